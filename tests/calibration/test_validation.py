"""From studies to verdicts, with studies that cost nothing."""

from __future__ import annotations

import csv
import json
import pickle
from dataclasses import replace
from functools import partial
from importlib import import_module
from pathlib import Path

import numpy as np
import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st

from rebound_sim.calibration import MEASURES, STUDIES, load_moments
from rebound_sim.calibration.moments.run import (
    Measured,
    Repetitions,
    measure,
    measure_until,
    run_studies,
)
from rebound_sim.calibration.moments.table import Moment, chosen
from rebound_sim.calibration.study import Measure, Study, StudyTask, combine_ratio, counts
from rebound_sim.cli.validate import validate
from rebound_sim.errors import EngineError, InputError
from rebound_sim.experiment.kept import opened_kept
from rebound_sim.experiment.shards import Shard
from rebound_sim.parameters import PARAMETERS
from rebound_sim.parameters.ensemble import choose_parameters
from rebound_sim.statistics.intervals import Estimate
from rebound_sim.statistics.validation import compare_moments, estimated, tally, tally_by_use


def _simulate(task: StudyTask) -> dict[str, np.ndarray]:
    """Job finding of 0.20 or 0.30 by replication; a moment without denominator."""
    if "fails" in task.place:
        raise ZeroDivisionError("no seekers")
    size = 100.0 if task.place == "a" else 300.0
    rate = 0.20 + 0.10 * task.replication
    return {"flow_ue_q": counts(rate * size, size), "flow_ui_q": np.zeros(2)}


_MEASURES = {
    name: Measure(name, "fake", combine_ratio, "a share") for name in ("flow_ue_q", "flow_ui_q")
}
#: As in the registry, places need not be sent to a process.
_STUDIES = {"fake": Study("fake", "for a test", lambda: ("a", "b"), _simulate)}
_NAMES = ("flow_ue_q", "flow_ui_q", "flow_eu_q")


def test_every_measure_is_of_a_moment_and_of_a_study_that_exists() -> None:
    moments = load_moments()
    for name, one in MEASURES.items():
        assert name == one.moment and name in moments
        assert one.study in STUDIES and one.definition


def test_every_study_can_be_sent_to_a_process() -> None:
    for study in STUDIES.values():
        assert pickle.loads(pickle.dumps(study.simulate)) is study.simulate
        assert study.places() == study.places() and len(set(study.places())) == len(study.places())


def test_a_moment_that_contradicts_itself_is_refused() -> None:
    with pytest.raises(ValueError, match="outside its band"):
        Moment("x", "flows", "x", "x", "", "1", 0.5, 0.6, 0.7, "check", "somewhere", "seen")


def test_verdicts_never_count_what_is_not_measured_as_inside() -> None:
    found = measure(_NAMES, Repetitions(2, team=1), _MEASURES, _STUDIES)
    rows = compare_moments(chosen(_NAMES), found)
    by_id = {row.moment.id: row for row in rows}
    assert by_id["flow_ue_q"].estimate.value == pytest.approx(0.25)
    assert by_id["flow_ue_q"].verdict == "inside"
    assert by_id["flow_ui_q"].verdict == by_id["flow_eu_q"].verdict == "not measured"
    assert by_id["flow_ui_q"].reason != by_id["flow_eu_q"].reason
    counted = {"inside": 1, "outside": 0, "not_measured": 2, "total": 3}
    assert tally(rows) == counted
    assert tally_by_use(rows)["calibrate"] == counted


def _estimate(pairs: list[tuple[float, float]]) -> Estimate:
    """The estimate of a ratio whose totals by replication are given."""
    totals = np.array(pairs)
    with np.errstate(divide="ignore", invalid="ignore"):
        values = totals[:, 0] / totals[:, 1]
    return estimated(Measured(_MEASURES["flow_ue_q"], values, totals))


def test_a_replication_with_hardly_any_denominator_does_not_rule_a_ratio() -> None:
    """Costs of 40 a job; in one replication 50 is spent for a hundredth of a job."""
    usual = [(4_000.0 + 10 * k, 100.0 + k) for k in range(-4, 5)]
    found = _estimate([*usual, (50.0, 0.01)])
    assert found.low < 40.0 < found.high and found.value == pytest.approx(40.0, rel=0.02)


def test_a_denominator_that_may_be_lost_leaves_no_value() -> None:
    lost = _estimate([(100.0, 5.0), (100.0, -4.0), (100.0, 2.0)])
    assert np.isnan(lost.value) and not lost.has_interval
    people = _estimate([(1.0, 5.0), (2.0, 90.0)])  # two replications tell little of luck
    assert people.value == pytest.approx(3.0 / 95.0) and not people.has_interval


def test_the_interval_of_a_share_stays_between_0_and_1() -> None:
    whole = [(8.0, 9.0), (65.0, 70.0), (7.0, 8.0), (20.0, 31.0), (50.0, 50.0), (12.0, 12.0)]
    many = _estimate(whole)
    assert 0.0 < many.low < many.value < many.high == 1.0
    few = _estimate([(0.0, 50.0), (0.0, 60.0), (4.0, 55.0)])
    assert 0.0 == few.low < few.value < few.high < 1.0
    more = _estimate([*whole[:-1], (12.5, 12.0)])  # no share
    assert more.high > 1.0


@given(st.integers(0, 2**32 - 1))
@settings(max_examples=20, deadline=None)
def test_intervals_of_ratios_hold_the_truth_across_unequal_replications(seed: int) -> None:
    """Sizes differ tenfold between replications; 95 % of 200 intervals, give or take chance."""
    rng = np.random.default_rng(seed)
    held = 0
    for _ in range(200):
        size = rng.uniform(50.0, 500.0, 12)
        part = size * 0.3 * rng.normal(1.0, 0.2, 12)
        found = _estimate(list(zip(part, size, strict=True)))
        held += found.low <= 0.3 <= found.high
    assert held >= 170  # some 190 are expected


def test_values_do_not_depend_on_the_number_of_workers() -> None:
    values = [
        measure(_NAMES, Repetitions(3, seed, None, team), _MEASURES, _STUDIES)
        for seed, team in ((0, 1), (1, 2))
    ]
    for name in _MEASURES:
        np.testing.assert_array_equal(values[0][name].values, values[1][name].values)


def _counted(log: Path, task: StudyTask) -> dict[str, np.ndarray]:
    """Notes each run; fails at the second replication of b while `log` has a sibling `stop`."""
    with log.open("a", encoding="utf-8") as stream:
        stream.write(f"{task.place}{task.replication}\n")
    if (log.parent / "stop").exists() and (task.place, task.replication) == ("b", 1):
        raise ZeroDivisionError("stopped")
    found = np.array([[task.replication / 3.0, np.nan], [0.1, 1e300]])
    return {"flow_ue_q": found, "flow_ui_q": np.zeros((0, 4))}


def test_runs_that_are_kept_are_not_run_again(tmp_path, monkeypatch) -> None:
    """What is read again is what was left, to the bit and in its shape; another seed is refused."""
    known = {}
    module = import_module("rebound_sim.calibration.moments.run")
    monkeypatch.setattr(module, "_KNOWN", known)
    log, stop = tmp_path / "log", tmp_path / "stop"
    study = Study("fake", "for a test", lambda: ("a", "b"), partial(_counted, log))
    how, question = Repetitions(2, team=1), Repetitions(2).question()
    stop.touch()
    with (
        pytest.raises(EngineError, match="stopped"),
        opened_kept(tmp_path / "out", question, resume=False) as kept,
    ):
        run_studies([study], replace(how, kept=kept))
    assert sorted(log.read_text().split()) == ["a0", "b0", "b1"]
    known.clear()
    stop.unlink()
    log.write_text("")
    with opened_kept(tmp_path / "out", question, resume=True) as kept:
        again = run_studies([study], replace(how, replications=3, kept=kept))["fake"]
    assert sorted(log.read_text().split()) == ["a1", "a2", "b1", "b2"]
    known.clear()
    whole = run_studies([study], replace(how, replications=3))["fake"]
    for where, evidence in whole.items():
        for name, array in evidence.items():
            np.testing.assert_array_equal(again[where][name], array)
            assert again[where][name].shape == array.shape
    other = replace(how, parameters={"search.own_sector": 0.5}).question()
    with (
        pytest.raises(InputError, match="another question: parameters"),
        opened_kept(tmp_path / "out", other, resume=True),
    ):
        pass


def test_shards_of_runs_are_collected(tmp_path, monkeypatch) -> None:
    """Each job of an array runs its part; what a lost job leaves is run with the whole."""
    known = {}
    monkeypatch.setattr(import_module("rebound_sim.calibration.moments.run"), "_KNOWN", known)
    log, out = tmp_path / "log", tmp_path / "out"
    study = Study("fake", "for a test", lambda: ("a", "b"), partial(_counted, log))
    how, question = Repetitions(3, team=1), Repetitions(3).question()
    for number in (1, 3):
        shard = Shard(number, 3)
        with opened_kept(out / "shards" / shard.name, question, resume=False) as kept:
            run_studies([study], replace(how, kept=kept, shard=shard))
        known.clear()
    assert len(log.read_text().split()) == 4
    other = replace(how, seed=1).question()
    with (
        pytest.raises(InputError, match="another question: seed"),
        opened_kept(out, other, resume=True, beside=True),
    ):
        pass
    with opened_kept(out, question, resume=True, beside=True) as kept:
        runs = run_studies([study], replace(how, kept=kept))["fake"]
    assert sorted(log.read_text().split()) == ["a0", "a1", "a2", "b0", "b1", "b2"]
    assert len(runs) == 6 and not (out / "shards").exists()


def test_replications_are_added_until_a_moment_is_known(monkeypatch) -> None:
    module = import_module("rebound_sim.calibration.moments.run")
    drawn = np.random.default_rng(1).normal(1.0, 0.3, 100)

    def fake(names, how):
        measured = {name: Measured(MEASURES[name], drawn[: how.replications]) for name in names}
        sizes.append(how.replications)
        return measured

    monkeypatch.setattr(module, "measure", fake)
    for until, cap, expected in (
        ("exits_2014.ci<40%", 100, [10]),
        ("exits_2014.ci<10%", 100, [10, 15, 23, 35, 53, 80]),
        ("exits_2014.ci<1%", 12, [10, 12]),
        (None, None, [4]),
    ):
        sizes: list[int] = []
        _, how = measure_until(("exits_2014", "exits_2010"), Repetitions(4), until, cap)
        assert sizes == expected and how.replications == expected[-1]
    with pytest.raises(InputError, match="no such outcome to stop on"):
        measure_until(("exits_2010",), Repetitions(4), "exits_2014.ci<5%", None)


def test_a_run_that_fails_is_named() -> None:
    studies = {"fake": Study("fake", "for a test", lambda: ("a", "fails"), _simulate)}
    with pytest.raises(
        EngineError, match="study fake, fails, replication 0 failed: ZeroDivisionError: no seekers"
    ):
        measure(_NAMES, Repetitions(1, team=1), _MEASURES, studies)


def test_an_unknown_family_gets_the_nearest_name() -> None:
    with pytest.raises(InputError, match="flows"):
        chosen(("flow",))


def test_the_command_writes_what_it_prints(tmp_path, monkeypatch) -> None:
    def fake(names, how):
        assert how.parameters == choose_parameters().overridden({"search.own_sector": 0.5})
        return measure(names, replace(how, team=1), _MEASURES, _STUDIES)

    monkeypatch.setattr(import_module("rebound_sim.calibration.moments.run"), "measure", fake)
    options = ["--only", "flows", "--replications", "2", "--set", "search.own_sector=0.5"]
    result = CliRunner().invoke(validate, [*options, "--json", "--out", str(tmp_path)])
    assert result.exit_code == 0
    report = json.loads(result.stdout)
    assert report["inside"] + report["outside"] + report["not_measured"] == report["total"]
    assert report["total"] == sum(report["use"][use]["total"] for use in ("calibrate", "check"))
    with (tmp_path / "moments.csv").open(encoding="utf-8") as stream:
        rows = list(csv.DictReader(stream))
    assert [row["id"] for row in rows] == [row["id"] for row in report["rows"]]
    for suffix in ("png", "svg", "csv"):
        assert (tmp_path / f"validation_flows.{suffix}").stat().st_size > 100
    assert "flow_ue_q" in (tmp_path / "results.md").read_text(encoding="utf-8")
    again = CliRunner().invoke(validate, [*options, "--out", str(tmp_path)])
    assert "the results folder exists" in str(again.exception)
    more = [*options, "--out", str(tmp_path), "--json", "--replications", "3", "--resume"]
    monkeypatch.setattr(
        import_module("rebound_sim.figures.validation"), "draw_families", lambda *_: []
    )
    assert json.loads(CliRunner().invoke(validate, more).stdout)["total"] == report["total"]
    shown = CliRunner().invoke(validate, options)
    assert shown.exit_code == 0
    assert "Outside their band" not in shown.stdout  # nothing is, of what could be measured
    assert "not measured" in shown.stdout


def test_parameters_of_the_command_are_checked() -> None:
    name = next(iter(PARAMETERS))
    for setting in (f"{name}=abc", f"{name}=1e9", "no.such=1"):
        result = CliRunner().invoke(validate, ["--set", setting])
        assert isinstance(result.exception, InputError)
