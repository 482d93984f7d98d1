"""Mutated plans, strategies, sweeps and results folders: accepted whole, or refused in one line."""

import shutil
from pathlib import Path
from random import Random

import pytest
from click.testing import CliRunner

from engine.stub_programme import experiment, run
from engine.test_sweep import ENVELOPES, HEAD, SAMPLED, WORLD
from fuzz import mutated
from policies.desks import zone_desk
from rebound_sim.cli.results import results
from rebound_sim.decision.optimise.menu import read_menu
from rebound_sim.errors import ReboundError
from rebound_sim.experiment import load_sweep
from rebound_sim.policies.decision import award
from rebound_sim.policies.plan_file import load_plan
from rebound_sim.policies.strategy_choice import load_strategy_file
from rebound_sim.scenario.zones_table import read_zones

TRIALS, SWEEPS, FOLDERS, STRATEGIES = 600, 60, 25, 40  # sweeps and folders take their time
PLAN_CSV = (
    "zone;instrument;amount;start;end\n4404;engineering;1 000 000;6;24\n4401;grants;2000000;;\n"
)
PLAN_TOML = (
    'title = "mine"\n[[line]]\nzone = "4404"\ninstrument = "grants"\namount = 1_000_000\n'
    'start = 6\n[[line]]\nzone = "4401"\ninstrument = "engineering"\ndays = 30\n'
)


def refused_in_one_line(act, name):
    """Whether the door refuses; anything but one line that names the file fails the test."""
    try:
        act()
    except ReboundError as error:
        text = str(error)
        assert "\n" not in text and name in text, text
        return True
    return False


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(2))
@pytest.mark.parametrize(("name", "text"), [("plan.csv", PLAN_CSV), ("plan.toml", PLAN_TOML)])
def test_plans(tmp_path, name, text, seed):
    random, file = Random(seed), tmp_path / name
    file.write_text(text, encoding="utf-8")
    whole = load_plan(file)
    refused = changed = 0
    for _ in range(TRIALS):
        data = mutated(random, text.encode())
        file.write_bytes(data)
        if refused_in_one_line(lambda: load_plan(file), name):
            refused += 1
        else:
            changed += load_plan(file) != whole
    assert refused > TRIALS / 4 and changed


ZONES = "Commune;Code postal;Code APE;Effectif;Mois\nVierzon;18100;25.11Z;1 400;6\nThiers;;CH;90;\n"
MENU = (
    "Nom;Jours;Subventions (M€);Début ingénierie;Début subventions\nnone;;;3;6\nplus;50;1,5;3;6\n"
)


@pytest.mark.slow
@pytest.mark.parametrize(("text", "read"), [(ZONES, read_zones), (MENU, read_menu)])
def test_tables_of_zones_and_menus(tmp_path, text, read):
    random, file = Random(5), tmp_path / "table.csv"
    file.write_text(text, encoding="utf-8")
    whole, refused, changed = read(file), 0, 0
    for _ in range(TRIALS // 2):
        file.write_bytes(mutated(random, text.encode()))
        if refused_in_one_line(lambda: read(file), "table.csv"):
            refused += 1
        else:
            changed += read(file) != whole
    assert refused and changed


@pytest.mark.slow
@pytest.mark.parametrize("text", [HEAD + ENVELOPES, HEAD + SAMPLED])
def test_sweeps(tmp_path, text):
    random, file = Random(1), tmp_path / "sweep.toml"
    (tmp_path / "world.toml").write_text(WORLD)
    refused = 0
    for _ in range(SWEEPS):
        file.write_bytes(mutated(random, text.encode()))
        refused += refused_in_one_line(lambda: load_sweep(file), "toml")
    assert SWEEPS / 4 < refused < SWEEPS


STRATEGY = """
from rebound_sim.policies.allocation import share
from rebound_sim.policies.strategy import strategy

@strategy("mine", level="zones", committee_months=6)
def mine(desk, budget):
    return share(desk.jobs_lost, desk.amount, budget, desk.key)
"""


@pytest.mark.slow
def test_strategies(tmp_path):
    """A file of Python, read in a process of its own; then a decision of what it declares."""
    random, file = Random(3), tmp_path / "mine.py"
    desk, refused = zone_desk(3, jobs_lost=[10, 20, 30]), 0
    for _ in range(STRATEGIES):
        file.write_bytes(mutated(random, STRATEGY.encode()))

        def ask():
            award(load_strategy_file(file).resolve(), desk, 60)

        refused += refused_in_one_line(ask, "mine")
    assert STRATEGIES / 4 < refused < STRATEGIES


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return run(experiment(2), tmp_path_factory.mktemp("results") / "out")


@pytest.mark.slow
def test_results_folders(folder, tmp_path):
    random, place = Random(2), tmp_path / "results"
    files = sorted(p.relative_to(folder) for p in folder.rglob("*") if p.is_file())
    shutil.copytree(folder, place)
    for _ in range(FOLDERS):
        file: Path = random.choice(files)
        before = (folder / file).read_bytes()
        if random.random() < 0.1:
            (place / file).unlink()
        else:
            (place / file).write_bytes(mutated(random, before))
        for arguments in ([], ["--json"], ["--query", "SELECT * FROM runs"]):
            done = CliRunner().invoke(results, [str(place), *arguments])
            fault = done.exception
            assert fault is None or isinstance(fault, (ReboundError, SystemExit)), (file, fault)
        (place / file).write_bytes(before)
