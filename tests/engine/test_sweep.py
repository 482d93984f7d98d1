"""Designs: the points that a file asks for, each under the same luck, in one folder."""

import csv

import numpy as np
import pyarrow.dataset as ds
import pytest
from click.testing import CliRunner

from engine.stub_programme import BASIN, DICTIONARY, simulate
from rebound_sim.cli.programme import show_command
from rebound_sim.errors import EngineError, InputError
from rebound_sim.experiment import load_sweep, read_results, run_sweep
from rebound_sim.experiment.sweep_file import told_before, told_coincidences
from rebound_sim.experiment.sweep_run import tasks_done

WORLD = f"""
title = "A small programme"
[programme]
envelope_eur = 1_000_000
strategies = ["equal"]
[time]
burn_in_months = 2
months = 12
[[zone]]
code = "Z0"
synthetic = {{ {", ".join(f"{key} = {value}" for key, value in BASIN.items())} }}
"""
HEAD = """
title = "A small sweep"
programmes = ["world.toml"]
strategies = ["equal", "merit"]
replications = 3
"""
ENVELOPES = """
[[factor]]
key = "programme.envelope_eur"
values = [1_000_000, 2_000_000]
[[factor]]
key = "programme.coupling"
values = [true, false]
"""
SAMPLED = """
design = "latin_hypercube"
points = 8
[[factor]]
key = "programme.start_month"
low = 0
high = 7
whole = true
[[factor]]
key = "search.effort_decay"
low = 0.01
high = 0.09
"""

EFFORT = """
[[factor]]
key = "search.effort_decay"
values = [0.08]
"""
TITLES = """
[[factor]]
key = "title"
values = ["=1+1", "small"]
"""


@pytest.fixture
def written(tmp_path):
    """Write a sweep beside its programme, and load it."""

    def write(text, **options):
        (tmp_path / "world.toml").write_text(WORLD)
        (tmp_path / "sweep.toml").write_text(text)
        return load_sweep(tmp_path / "sweep.toml", **options)

    return write


def run(sweep, out, **options):
    return run_sweep(
        sweep, out, **{"workers": 1, "simulate": simulate, "dictionary": DICTIONARY, **options}
    )


def test_a_factorial_sweep_is_one_dataset_with_its_design(written, tmp_path):
    sweep = written(HEAD + ENVELOPES)
    out = run(sweep, tmp_path / "out", workers=2)
    with (out / "design.csv").open() as stream:
        design = list(csv.DictReader(stream))
    assert [row["programme.envelope_eur"] for row in design] == ["1000000"] * 2 + ["2000000"] * 2
    files = [str(file) for file in (out / "points").glob("*/trajectories/**/*.parquet")]
    table = ds.dataset(files, partitioning=ds.partitioning(flavor="hive")).to_table()
    assert table.num_rows == 4 * 4 * 3 * 12
    assert set(table["point"].to_pylist()) == {0, 1, 2, 3}
    for number in range(4):
        results = read_results(out / "points" / f"point={number:04d}")
        assert results.manifest.complete and results.replications == (0, 1, 2)
        envelope = results.manifest.world["programme"]["envelope_eur"]
        assert envelope == int(design[number]["programme.envelope_eur"])


def test_sampled_points_fill_their_ranges_and_are_the_same_each_time(written):
    points = written(HEAD + SAMPLED).points
    starts = [point.values["programme.start_month"] for point in points]
    assert len(points) == 8 and all(isinstance(start, int) for start in starts)
    decay = np.array([point.values["search.effort_decay"] for point in points])
    # One point in each eighth of the range.
    assert sorted(np.floor((decay - 0.01) / 0.01).astype(int)) == list(range(8))
    assert [p.values for p in written(HEAD + SAMPLED).points] == [p.values for p in points]
    assert points[0].experiment.world.parameters["search.effort_decay"] == decay[0]
    sobol = written(HEAD + SAMPLED.replace("latin_hypercube", "sobol")).points
    assert [p.values for p in sobol] != [p.values for p in points]


def test_a_sweep_is_resumed_and_grown_without_doing_anything_again(written, tmp_path):
    asked = []

    def failing(programme, strategies, seed, replication):
        asked.append((programme.programme.envelope_eur, programme.programme.coupling, replication))
        if len(asked) == 5:
            raise KeyboardInterrupt
        return simulate(programme, strategies, seed, replication)

    out = tmp_path / "out"
    with pytest.raises(KeyboardInterrupt, match=r"is kept in .* --resume goes on"):
        run(written(HEAD + ENVELOPES), out, simulate=failing)
    done = asked[:4]
    with pytest.raises(InputError, match="the results folder exists"):
        run(written(HEAD + ENVELOPES), out)
    with pytest.raises(InputError, match="another design"):
        run(written(HEAD + ENVELOPES.replace("2_000", "3_000")), out, resume=True)
    asked[:] = [()] * 5
    run(written(HEAD + ENVELOPES, replications=4), out, resume=True, simulate=failing)
    again = asked[5:]
    assert len(again) == 16 - 4 and not set(again) & set(done)
    whole = run(written(HEAD + ENVELOPES, replications=4), tmp_path / "whole")
    for number in range(4):
        one, other = (read_results(f / "points" / f"point={number:04d}") for f in (out, whole))
        assert one.manifest.results_digest == other.manifest.results_digest


def digests(out):
    folders = sorted((out / "points").iterdir())
    return {folder.name: read_results(folder).manifest.results_digest for folder in folders}


def test_shards_of_a_sweep_are_collected_and_what_they_lack_is_simulated(written, tmp_path):
    asked = []

    def counting(programme, strategies, seed, replication):
        asked.append((programme.programme.envelope_eur, programme.programme.coupling, replication))
        return simulate(programme, strategies, seed, replication)

    sweep, out = written(HEAD + ENVELOPES), tmp_path / "out"
    for number in (1, 3, 4):
        folder = run(sweep, out, shard=f"{number}/4", simulate=counting)
        assert folder == out / "shards" / f"{number}-of-4" and len(asked) == 3
        assert tasks_done(folder) == 3
        asked.clear()
    with pytest.raises(InputError, match="the folder holds shards"):
        run(sweep, out)
    with pytest.raises(InputError, match="another design"):
        run(written(HEAD + ENVELOPES.replace("2_000", "3_000")), out, resume=True)
    run(sweep, out, resume=True, simulate=counting)
    assert len(asked) == 3 and not (out / "shards").exists()
    assert digests(out) == digests(run(sweep, tmp_path / "whole")) and tasks_done(out) == 12
    with pytest.raises(InputError, match="cannot be used together"):
        run(sweep, out, shard="1/4", until="additional_jobs.ci<5%")


def test_each_point_of_a_sweep_stops_when_its_intervals_are_narrow(written, tmp_path):
    """The stub's outcomes vary more with a larger envelope."""

    def spread(results):
        wide = results.manifest.world["programme"]["envelope_eur"] > 1_000_000
        values = np.random.default_rng(3).normal(0.0, 10.0 if wide else 1.0, 200)
        return dict.fromkeys(("equal", "merit"), values[: len(results.replications)])

    options = {"until": "additional_jobs.ci<2.5", "measures": {"additional_jobs": spread}}
    out = run(written(HEAD + ENVELOPES), tmp_path / "out", cap=22, **options)
    found = [read_results(folder).manifest for folder in sorted((out / "points").iterdir())]
    assert [manifest.done for manifest in found] == [10, 10, 22, 22]
    assert [manifest.looks[-1]["reached"] for manifest in found] == [True, True, False, False]
    assert [len(manifest.looks) for manifest in found] == [1, 1, 3, 3]
    assert all(manifest.until == options["until"] and manifest.complete for manifest in found)
    with pytest.raises(InputError, match="not a compared arm"):
        run(
            written(HEAD + ENVELOPES),
            out,
            resume=True,
            **{**options, "until": "additional_jobs[x].ci<2"},
        )
    with pytest.raises(InputError, match="used without --until"):
        run(written(HEAD + ENVELOPES), out, resume=True, cap=3)


def test_a_failed_task_leaves_the_other_points(written, tmp_path, monkeypatch):
    monkeypatch.setenv("STUB_FAILS", "1")
    with pytest.raises(EngineError, match="1 of 3 tasks failed; replication 1"):
        run(written(HEAD + ENVELOPES), tmp_path / "out")
    states = [
        read_results(folder).manifest.done
        for folder in sorted((tmp_path / "out" / "points").iterdir())
    ]
    assert states == [2, 2, 2, 2]


PLAN = """zone,instrument,amount,days,start,end
Z0,engineering,,90,1,
Z0,grants,840000,,4,
"""
DATES = """
[[factor]]
key = "plan.grants_shift"
values = [0, 3]
[[factor]]
key = "plan.parts"
values = [1, 3]
[[factor]]
key = "plan.every"
values = [2]
"""


def planned(tmp_path, text):
    world = WORLD.replace("[programme]", "[programme]\nstart_month = 1\nwindow_months = 8")
    closure = '[[zone.closure]]\nsector = "CL"\njobs = 50\nannouncement_month = 0\n'
    closure += "tranches = [{ month = 3, share = 1.0 }]\n"
    (tmp_path / "world.toml").write_text(world + closure)
    (tmp_path / "mine.csv").write_text(PLAN)
    (tmp_path / "sweep.toml").write_text(text)
    return load_sweep(tmp_path / "sweep.toml")


def test_dates_and_pace_of_a_plan_are_factors(tmp_path):
    head = HEAD.replace('strategies = ["equal", "merit"]', 'plans = ["mine.csv"]')
    points = planned(tmp_path, head + DATES).points
    lines = [point.experiment.arms[0].does.lines for point in points]
    assert [line.start for line in lines[0]] == [1, 4]
    assert [line.start for line in lines[1]] == [1, 3, 5, 4, 6, 8]
    assert [line.start for line in lines[2]] == [1, 7]
    assert [line.start for line in lines[3]] == [1, 3, 5, 7, 9, 11]
    for plan in lines:
        assert sum(line.days or 0 for line in plan) == 90
        assert sum(line.amount_eur for line in plan if line.instrument == "grants") == 840_000
        assert {line.end for line in plan} == {12}
    sweep = planned(tmp_path, head + DATES)
    assert told_coincidences(sweep) == ""
    later = planned(tmp_path, head + DATES.replace("[0, 3]", "[0, 2]"))
    assert sweep.identity() != later.identity()


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (HEAD + DATES, "there is no plan to move"),
        (HEAD.replace('strategies = ["equal", "merit"]', ""), "strategies, plans, or both"),
        (HEAD + 'plans = ["mine.csv"]' + DATES.replace("parts", "part"), "plan.parts"),
        (HEAD + 'plans = ["mine.csv"]' + DATES.replace("[2]", "[6]"), "point 1: plan mine"),
        (HEAD + 'plans = ["mine.csv"]' + DATES.replace("[0, 3]", "[0, -2]"), "cannot start then"),
        (HEAD + 'plans = ["none.csv"]' + DATES, "none.csv"),
    ],
)
def test_mistakes_in_the_dates_of_a_plan_are_told(text, words, tmp_path):
    with pytest.raises(InputError) as caught:
        planned(tmp_path, text)
    assert words in str(caught.value)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (HEAD.replace("merit", "merits") + ENVELOPES, "sweep.toml:4:24: strategies.1: unknown"),
        (
            HEAD + ENVELOPES.replace("envelope_eur", "envelop_eur"),
            "did you mean programme.envelope",
        ),
        (HEAD + ENVELOPES.replace("1_000_000", "-5"), "point 0: programme.envelope_eur"),
        (HEAD + ENVELOPES.replace("coupling", "envelope_eur"), "factor is given twice"),
        (HEAD + SAMPLED.replace("points = 8", ""), "points: missing"),
        (HEAD + SAMPLED.replace("latin_hypercube", "sobol").replace("8", "6"), "powers of 2"),
        (HEAD + SAMPLED.replace("high = 7", "high = -1"), "low must be below high"),
        (HEAD + SAMPLED.replace("latin_hypercube", "factorial"), "tries all values"),
        (HEAD + 'design = "sobel"\n' + ENVELOPES, "did you mean sobol"),
        (HEAD + SAMPLED.replace("0\nhigh = 7", "1.4\nhigh = 1.6"), "no whole number from 1.4 to"),
        (HEAD + ENVELOPES + "whole = true", "only values sampled between low and high are rounded"),
        (HEAD + ENVELOPES.replace("true, false", "nan"), "factor.1.values.0: not a level: nan; a"),
        (
            HEAD + EFFORT + EFFORT.replace("search", "parameters.search"),
            "this factor is given twice",
        ),
        (HEAD + "months = 8" + EFFORT.replace("search.effort_decay", "time.months"), "twice (by"),
    ],
)
def test_mistakes_in_a_sweep_are_located(text, words, written):
    with pytest.raises(InputError) as caught:
        written(text)
    assert words in str(caught.value)


def test_levels_of_several_kinds_are_one_column(written, tmp_path):
    levels = '[[factor]]\nkey = "programme.envelope_eur"\nvalues = [1_000_000, "2_000_000"]\n'
    sweep = written(HEAD + levels + TITLES)
    out = run_sweep(sweep, tmp_path / "out", workers=1, simulate=simulate, dictionary=DICTIONARY)
    table = ds.dataset(out / "design.parquet").to_table()
    assert table["programme.envelope_eur"].to_pylist() == ["1000000"] * 2 + ["2_000_000"] * 2
    with (out / "design.csv").open(encoding="utf-8", newline="") as stream:
        titles = [row["title"] for row in csv.DictReader(stream)]
    assert titles == ["'=1+1", "small"] * 2  # no formula for a spreadsheet


def test_replaced_figures_of_a_date_are_told_once(tmp_path):
    text = WORLD[: WORLD.index("[[zone]]")] + '[[zone]]\ncode = "3202@2001-T4"\n'
    (tmp_path / "world.toml").write_text(text)
    (tmp_path / "sweep.toml").write_text(HEAD + ENVELOPES)
    (note,) = told_before(load_sweep(tmp_path / "sweep.toml"))
    assert "world.toml: " in note and "3202" in note
    assert note in CliRunner().invoke(show_command, [str(tmp_path / "world.toml")]).output


def test_points_that_coincide_are_told_before_anything_is_simulated(written):
    whole = """
design = "latin_hypercube"
points = 12
[[factor]]
key = "programme.start_month"
low = 1
high = 3
whole = true
"""
    line = told_coincidences(written(HEAD + whole))
    assert line.startswith("12 points, of which 3 differ: points ")
    twice = '[[factor]]\nkey = "search.effort_decay"\nvalues = [0.05, 0.050, 0.06]\n'
    assert "3 points, of which 2 differ: points 0, 1 ask for the same runs" in told_coincidences(
        written(HEAD + twice)
    )
    assert told_coincidences(written(HEAD + ENVELOPES)) == ""
