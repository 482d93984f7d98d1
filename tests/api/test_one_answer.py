"""The commands and the functions of Python are one door: the same question, the same bytes."""

import pytest
from click.testing import CliRunner

import rebound_sim as rb
from rebound_sim.cli.main import cli
from rebound_sim.errors import InputError

ZONE = """
[[zone]]
code = "{code}"
synthetic = {{ employed_residents = 2000, unemployment_rate_percent = 8.0, industry_share = 0.35, \
establishments = 200, area_km2 = 300.0, places = 2, qualification_shares = [0.5, 0.2, 0.1, 0.2] }}
closure = [{{ sector = "CL", jobs = 60, tranches = [{{ month = 2, share = 1.0 }}] }}]
"""
TIME = '\ntitle = "Une question"\n{head}\n[time]\nburn_in_months = 4\nmonths = 20\n'
PROGRAMME = TIME.format(
    head="[programme]\nenvelope_eur = 4_000_000\nstart_month = 3\nwindow_months = 15\n"
    'strategies = ["equal", "merit"]\n'
) + "".join(ZONE.format(code=code) for code in ("nord", "sud"))
ALONE = TIME.format(head='policies = ["local.toml", "money_only"]') + ZONE.format(code="nord")
LOCAL = """
name = "local"
title = "Ici"
[grants]
envelope_eur = 500_000
start_month = 3
duration_months = 10
selection = "merit"
"""
PLAN = "zone;instrument;amount\nnord;grants;1 000 000\nsud;engineering;200000\n"
SWEEP = """
title = "Two envelopes"
programmes = ["programme.toml"]
strategies = ["equal"]
replications = 2
[[factor]]
key = "programme.envelope_eur"
values = [2_000_000, 4_000_000]
"""


@pytest.fixture
def files(tmp_path, monkeypatch):
    """A folder with the files of each question; commands are called from elsewhere."""
    for name, text in (
        ("programme.toml", PROGRAMME),
        ("alone.toml", ALONE),
        ("local.toml", LOCAL),
        ("mine.csv", PLAN),
        ("sweep.toml", SWEEP),
    ):
        (tmp_path / name).write_text(text, encoding="utf-8")
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    monkeypatch.chdir(elsewhere)
    return tmp_path


def call(*arguments):
    done = CliRunner().invoke(cli, [*map(str, arguments), "--workers", "1"])
    if done.exception is not None:
        raise done.exception


def answers(folder):
    """Bytes of all tables of results, those of tasks included; the manifest names the caller."""
    tables = {
        str(path.relative_to(folder)): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.name != "manifest.json" and ".state" not in path.parts
    }
    assert any(name.endswith(".csv") for name in tables)
    assert any(name.endswith(".parquet") for name in tables)
    return tables


HOW = {"progress": False, "workers": 1}


@pytest.mark.parametrize(
    ("options", "named"),
    [
        ((), {}),
        (("--plan", "mine.csv", "--seed", "3"), {"plan": "mine.csv", "seed": 3}),
        (
            ("--strategy", "none", "--policy", "money_only", "--months", "18", "--group", "1"),
            {"arms": ["none", "money_only"], "months": 18, "group": 1},
        ),
        (("--zones", "1"), {"zones": 1}),
    ],
)
def test_a_comparison(files, options, named):
    options = [files / o if o == "mine.csv" else o for o in options]
    named = {k: files / v if k == "plan" else v for k, v in named.items()}
    call(
        "compare",
        files / "programme.toml",
        "--worlds",
        "1",
        "--lucks",
        "2",
        "--out",
        "a",
        "--no-figures",
        *options,
    )
    found = rb.compare(
        files / "programme.toml", worlds=1, lucks=2, out="b", no_figures=True, **named, **HOW
    )
    assert answers(files / "elsewhere" / "a") == answers(found.folder)


@pytest.mark.parametrize("door", ["run", "compare"])
def test_policies_of_the_world_are_all_simulated(files, door):
    asked = ("--replications", "1", "--no-figures", "--out", "a")
    call(door, files / "alone.toml", *asked)
    found = getattr(rb, door)(files / "alone.toml", replications=1, out="b", no_figures=True, **HOW)
    assert found.arms == ("no_shock", "none", "local", "money_only")
    assert answers(files / "elsewhere" / "a") == answers(found.folder)


def test_the_plan_alone_where_nothing_else_is_allocated(files):
    (files / "one.csv").write_text("zone;instrument;amount\nnord;grants;500000\n")
    call(
        "compare",
        files / "alone.toml",
        "--plan",
        files / "one.csv",
        "--replications",
        "1",
        "--no-figures",
        "--out",
        "a",
    )
    found = rb.compare(
        files / "alone.toml",
        plan=files / "one.csv",
        replications=1,
        out="b",
        no_figures=True,
        **HOW,
    )
    assert found.arms[2:] == ("one",)
    assert answers(files / "elsewhere" / "a") == answers(found.folder)


def test_a_sweep_and_its_figure(files):
    call("sweep", files / "sweep.toml", "--out", "a")
    found = rb.sweep(files / "sweep.toml", out="b", **HOW)
    assert answers(files / "elsewhere" / "a") == answers(found.folder)
    assert len(found.design()) == 2 and "2 points" in repr(found)
    assert found.plot()._repr_png_().startswith(b"\x89PNG")
    assert found.outcomes("additional_jobs").plot().axes
    assert found.point(1).arms == ("no_shock", "none", "equal")
    with pytest.raises(InputError, match="point"):
        found.point(7)


def refused(call_python, call_command):
    with pytest.raises(InputError) as python:
        call_python()
    with pytest.raises(InputError) as command:
        call_command()
    return str(python.value), str(command.value)


def test_the_same_faults_are_refused_in_the_same_words(files):
    world = files / "programme.toml"
    cases = [
        (
            {"until": "additional_jobs.ci<5%", "replications": 2},
            ("--until", "additional_jobs.ci<5%", "--replications", "2"),
            "--until decides",
        ),
        ({"overwrite": True, "resume": True}, ("--overwrite", "--resume"), "together"),
        ({"zones": 9}, ("--zones", "9"), "not a number of zones"),
        ({"worlds": "many"}, ("--worlds", "many"), "not a number of worlds"),
        ({"seed": -1}, ("--seed", "-1"), "out of range"),
    ]
    for named, options, words in cases:
        python, command = refused(
            lambda named=named: rb.compare(world, **named, **HOW),
            lambda options=options: call("compare", world, *options),
        )
        assert python == command and words in python
    python, _ = refused(lambda: rb.run(world, **HOW), lambda: call("run", world))
    assert "2 zones: compare its arms" in python
    python, _ = refused(
        lambda: rb.compare(world, ["equal", "equal"], **HOW),
        lambda: call("compare", world, "--strategy", "equal", "--strategy", "equal"),
    )
    assert "given twice" in python
