"""Figures of stored folders: the same numbers as in memory, a choice obeyed, points of a sweep."""

import numpy as np
import pytest

from figures.subjects import programme_subject
from programme_results import as_engine, programme
from rebound_sim.experiment import Experiment, load_sweep, run_experiment, run_sweep
from rebound_sim.figures import draw, subject_of
from rebound_sim.figures.selection import selected
from rebound_sim.policies.arm import Arm
from rebound_sim.policies.strategy_choice import StrategyChoice
from rebound_sim.report.outputs import add_tables_and_figures
from rebound_sim.scenario import load_world
from rebound_sim.statistics.programme.account import account_cells

WORLD = """
title = "A small programme"
[programme]
envelope_eur = 10_000_000
strategies = ["merit", "equal"]
[time]
burn_in_months = 12
months = 48
[[zone]]
code = "0051"
[[zone]]
code = "0052"
[figures]
only = ["costs", "job_account"]
"""
SWEEP = """
title = "A small sweep"
programmes = ["world.toml"]
strategies = ["merit", "equal"]
replications = 3
[[factor]]
key = "programme.start_month"
values = [3, 6, 9]
[figures]
only = ["regret"]
"""
PANELS = programme(
    {"merit": [60, 40], "equal": 20.0}, zones=("0051", "0052"), replications=3, months=48
)


@pytest.fixture(scope="module")
def files(tmp_path_factory):
    folder = tmp_path_factory.mktemp("files")
    (folder / "world.toml").write_text(WORLD)
    (folder / "sweep.toml").write_text(SWEEP)
    return folder


@pytest.fixture(scope="module")
def stored(files):
    world = load_world(files / "world.toml")
    choices = tuple(Arm.of_strategy(StrategyChoice(name)) for name in ("merit", "equal"))
    experiment = Experiment(world, choices, 3, 0)
    return run_experiment(
        experiment,
        files / "out",
        workers=1,
        simulate=as_engine(PANELS),
        last_step=add_tables_and_figures,
    )


def test_a_comparison_draws_what_the_file_chooses_and_writes_the_tables(stored):
    assert {path.stem for path in (stored / "figures").iterdir()} == {"costs", "job_account"}
    assert selected(subject_of(stored)) == ("costs", "job_account")
    tables = ("job_account", "job_costs", "hires", "displaced", "event_time", "lorenz", "marginal")
    assert all((stored / f"{name}.csv").is_file() for name in (*tables, "zone_outcomes"))


def test_stored_projects_give_the_account_of_those_in_memory(stored):
    found = account_cells(subject_of(stored).comparison.panels)
    known = account_cells(PANELS)
    strip = [[(c.outcome, c.month, c.arm, c.estimate) for c in cells] for cells in (found, known)]
    assert sorted(strip[0]) == sorted(strip[1])


def test_points_of_a_sweep_are_read_and_drawn(files):
    sweep = load_sweep(files / "sweep.toml")
    out = run_sweep(sweep, files / "points", workers=1, simulate=as_engine(PANELS))
    subject = subject_of(out)
    assert subject.kind == "sweep" and selected(subject) == ("regret",)
    table = subject.sweep
    assert table.factors == {"programme.start_month": ("3", "6", "9")}
    jobs = programme_jobs()
    assert table.values.shape == (3, 2, 3)
    for point in range(3):
        assert np.array_equal(table.values[point], jobs)
    assert draw("tornado", subject, "fr") is not None


def programme_jobs():
    return np.stack(
        [PANELS.difference("workplace_employment", name)[:, -1] for name in ("merit", "equal")]
    )


def test_outlines_are_drawn_in_place_of_centroids(tmp_path):
    square = [[0, 46], [1, 46], [1, 47], [0, 47], [0, 46]]
    file = tmp_path / "zones.topojson"
    file.write_text(
        '{"objects": {"z": {"geometries": [{"type": "Polygon", "arcs": [[0]], '
        f'"properties": {{"ze2020": "7625"}}}}]}}}}, "arcs": [{square}]}}'
    )
    subject = programme_subject()
    plain = draw("zones_map", subject, "fr")
    outlined = draw("zones_map", type(subject)("programme", made=subject.made, boundaries=file))
    assert "zones.topojson" in " ".join(t.get_text() for t in outlined.figure.texts)
    drawn = [p for c in outlined.figure.axes[0].collections for p in c.get_paths()]
    assert any(np.array_equal(path.vertices, square) for path in drawn)
    assert np.array_equal(
        plain.table["additional_jobs_mean"], outlined.table["additional_jobs_mean"]
    )
