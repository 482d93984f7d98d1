"""Commands that read results, on folders that a copy, an editor or a sync program has damaged."""

import json
import shutil
from pathlib import Path
from random import Random

import pytest
from click.testing import CliRunner

import rebound_sim as rb
from fuzz import mutated
from programme_folder import GAINS, IN_MEMORY, MONTHS, ZONES, store
from programme_results import as_engine
from rebound_sim.cli.main import cli
from rebound_sim.errors import ReboundError
from rebound_sim.experiment import load_sweep, run_sweep
from rebound_sim.report.sweep_outcomes import write_outcomes

COMMANDS = {
    "results": ("results",),
    "query": ("results", "--query", "SELECT count(*) FROM runs"),
    "figures": ("figures", "--only", "strategies"),
    "tables": ("tables", "--format", "csv"),
    "ledger": ("ledger", "--by", "zone,instrument"),
    "report": ("report", "--lang", "fr"),
    "page": ("page",),
}
SLOW = ("report", "page")


@pytest.fixture(scope="module")
def whole(tmp_path_factory):
    return store(tmp_path_factory.mktemp("whole") / "results")


def first(folder, pattern):
    return min(path for path in folder.rglob(pattern) if path.is_file())


def cut(pattern, length):
    def damage(folder):
        file = first(folder, pattern)
        file.write_bytes(file.read_bytes()[:length])

    return damage


def entry(name, value):
    def damage(folder):
        file = folder / "manifest.json"
        manifest = json.loads(file.read_text("utf-8"))
        manifest[name] = value
        file.write_text(json.dumps(manifest), encoding="utf-8")

    return damage


def without(pattern):
    def damage(folder):
        for path in list(folder.glob(pattern)):
            shutil.rmtree(path) if path.is_dir() else path.unlink()

    return damage


def put(name, data):
    def damage(folder):
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)

    return damage


def folder_in_place_of(name):
    def damage(folder):
        (folder / name).unlink()
        (folder / name).mkdir()

    return damage


DAMAGES = {
    "trajectories cut": cut("trajectories/**/*.parquet", 100),
    "ledger emptied": cut("ledger/**/*.parquet", 0),
    "projects cut": cut("projects/**/*.parquet", 9),
    "runs cut": cut("runs/**/*.parquet", -7),
    "no trajectories": without("trajectories"),
    "no ledger": without("ledger"),
    "no projects": without("projects"),
    "no runs": without("runs"),
    "one arm lost": without("trajectories/arm=merit"),
    "no manifest": without("manifest.json"),
    "manifest of another kind": put("manifest.json", b"[]"),
    "manifest cut": cut("manifest.json", 200),
    "manifest empty": cut("manifest.json", 0),
    "manifest in another encoding": put("manifest.json", '{"titre": "été"}'.encode("latin-1")),
    "manifest a folder": folder_in_place_of("manifest.json"),
    "arms forgotten": entry("arms", ["no_shock", "none", "merit"]),
    "arms unknown": entry("arms", ["no_shock", "none", "merit", "equal", "ghost"]),
    "arms a text": entry("arms", "merit"),
    "zones lost": entry("zones", []),
    "zones swapped": entry("zones", ["0052", "9999"]),
    "world null": entry("world", None),
    "titles a number": entry("titles", 3),
    "parameters a list": entry("parameters", [1]),
    "format unknown": entry("format", "world 99"),
    "format null": entry("format", None),
    "identity lost": entry("identity", {}),
    "done wrong": entry("done", "many"),
    "foreign file": put("trajectories/arm=merit/zz.parquet", b"PAR1 not really"),
    "a note beside": put("trajectories/arm=merit/notes (copie).txt", b"x"),
    "a file of the desktop": put("runs/desktop.ini", b"[x]"),
    "tables of statistics damaged": put("comparison.csv", b"\xff\x00;;"),
    "tables of statistics lost": without("*.csv"),
}  # fmt: skip


def called(folder, arguments):
    """None, or the line in which a command refused; anything else fails the test."""
    command, *rest = arguments
    done = CliRunner().invoke(cli, [command, str(folder), *rest])
    fault = done.exception
    if fault is None or (isinstance(fault, SystemExit) and not fault.code):
        return None
    assert isinstance(fault, ReboundError), (arguments, repr(fault))
    assert "\n" not in str(fault)
    return str(fault)


@pytest.mark.slow
@pytest.mark.parametrize("damage", DAMAGES)
def test_each_command_reads_or_refuses_in_one_line(whole, tmp_path, damage):
    for name, arguments in COMMANDS.items():
        folder = tmp_path / name
        shutil.copytree(whole, folder, ignore=shutil.ignore_patterns("figures"))
        DAMAGES[damage](folder)
        before = sorted(path for path in folder.rglob("*"))
        refused = called(folder, arguments)
        if refused is not None:
            left = sorted(path for path in folder.rglob("*") if path not in before)
            assert left == [], (name, refused, left[:3])


@pytest.mark.slow
@pytest.mark.parametrize("damage", DAMAGES)
def test_the_door_in_python_reads_or_refuses(whole, tmp_path, damage):
    folder = tmp_path / "results"
    shutil.copytree(whole, folder, ignore=shutil.ignore_patterns("figures"))
    DAMAGES[damage](folder)
    asked = (
        lambda found: found.effects(),
        lambda found: found.standings(),
        lambda found: found.zones(),
        lambda found: found.ledger(by=["zone"]),
        lambda found: found.table("hires"),
        repr,
        lambda found: found._repr_html_(),
        lambda found: found.plot(),
        lambda found: found.panel("workplace_employment"),
    )
    try:
        found = rb.open(folder)
    except ReboundError as fault:
        assert "\n" not in str(fault)
        return
    for ask in asked:
        try:
            ask(found)
        except ReboundError as fault:
            assert "\n" not in str(fault)


@pytest.mark.slow
def test_mutated_files(whole, tmp_path):
    random, place = Random(4), tmp_path / "results"
    shutil.copytree(whole, place, ignore=shutil.ignore_patterns("figures"))
    files = sorted(p.relative_to(place) for p in place.rglob("*") if p.is_file())
    for _ in range(40):
        file: Path = random.choice(files)
        before = (whole / file).read_bytes()
        (place / file).write_bytes(mutated(random, before))
        for name, arguments in COMMANDS.items():
            if name not in SLOW:
                called(place, arguments)
        (place / file).write_bytes(before)


# -- designs ----------------------------------------------------------------------------------

ENTRY = """[[zone]]
code = "{code}"
[[zone.closure]]
sector = "CL"
jobs = 100
tranches = [{{ month = 12, share = 1.0 }}]
"""
DESIGN = """title = "Two envelopes"
programmes = ["world.toml"]
strategies = {arms}
replications = 2
[[factor]]
key = "programme.envelope_eur"
values = [10_000_000, 20_000_000]
"""
OF_A_DESIGN = {
    "results": ("results",),
    "query": ("results", "--query", "SELECT count(*) FROM runs"),
    "figures": ("figures", "--format", "png"),
    "page": ("page",),
}
DAMAGES_OF_A_DESIGN = {
    "design lost": without("design.*"),
    "design cut": cut("design.csv", 40),
    "design emptied": cut("design.csv", 0),
    "design in UTF-16": put("design.csv", "point,programme\n0,é\n".encode("utf-16")),
    "design a folder": folder_in_place_of("design.csv"),
    "design without numbers": put("design.csv", b"point,programme\nx,y\n"),
    "design of semicolons": put("design.csv", b"point;programme\n0;y\n"),
    "outcomes lost": without("outcomes.csv"),
    "outcomes cut": cut("outcomes.csv", 90),
    "outcomes of semicolons": put("outcomes.csv", b"a;b\n1;2\n"),
    "a point lost": without("points/point=0000"),
    "all points lost": without("points"),
    "manifest of a point cut": cut("points/point=0000/manifest.json", 100),
    "runs of a point cut": cut("points/point=0000/runs/**/*.parquet", 50),
    "manifest cut": cut("manifest.json", 200),
    "identity lost": entry("identity", {}),
    "points a text": entry("points", "many"),
}


@pytest.fixture(scope="module")
def design(tmp_path_factory):
    place = tmp_path_factory.mktemp("design")
    head = (
        'title = "A synthetic programme"\n[programme]\nenvelope_eur = 10_000_000\n'
        f'strategies = ["equal"]\n[time]\nburn_in_months = 12\nmonths = {MONTHS}\n'
    )
    zones = "".join(ENTRY.format(code=code) for code in ZONES)
    (place / "world.toml").write_text(head + zones, encoding="utf-8")
    (place / "design.toml").write_text(DESIGN.format(arms=json.dumps(list(GAINS))))
    asked = load_sweep(place / "design.toml")
    return run_sweep(
        asked, place / "out", workers=1, simulate=as_engine(IN_MEMORY),
        last_step=lambda folder: write_outcomes(asked, folder),
    )  # fmt: skip


@pytest.mark.slow
@pytest.mark.parametrize("damage", ["none", *DAMAGES_OF_A_DESIGN])
def test_each_command_reads_a_design_or_refuses_in_one_line(design, tmp_path, damage):
    for name, arguments in OF_A_DESIGN.items():
        folder = tmp_path / name
        shutil.copytree(design, folder)
        DAMAGES_OF_A_DESIGN.get(damage, lambda _: None)(folder)
        before = set(folder.rglob("*"))
        refused = called(folder, arguments)
        assert refused is None or set(folder.rglob("*")) == before, (name, refused)
        assert refused is None or damage != "none"
    folder = tmp_path / "python"
    shutil.copytree(design, folder)
    DAMAGES_OF_A_DESIGN.get(damage, lambda _: None)(folder)
    for ask in (
        lambda found: found.design(), lambda found: found.outcomes("additional_jobs"),
        lambda found: found.point(0).effects(), lambda found: found.plot(), repr,
    ):  # fmt: skip
        try:
            ask(rb.open(folder))
        except ReboundError as fault:
            assert damage != "none" and "\n" not in str(fault)
