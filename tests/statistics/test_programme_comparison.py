"""A comparison of strategies with known effects: figures, sentences, files, terminal."""

import csv
import io
import json
import math
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from rich.console import Console

from programme_results import SITE, programme
from rebound_sim.cli.programme_table import comparison_json, comparison_tables, print_comparison
from rebound_sim.statistics.definitions import COMPARED
from rebound_sim.statistics.intervals import mean_estimate
from rebound_sim.statistics.programme.comparison import find
from rebound_sim.statistics.programme.files import TABLES, write_tables
from rebound_sim.statistics.programme.inequality import gini, theil, worst_tenth
from rebound_sim.statistics.programme.outcomes import programme_outcomes
from rebound_sim.statistics.programme.sentences import Findings, sentences
from rebound_sim.statistics.programme.sharing import sharing
from rebound_sim.statistics.programme.summary import RANKED, Summary

NAMES = (
    "equal", "per_inhabitant", "per_job_lost", "fragility", "unemployment", "pipeline",
    "first_come", "waves", "shock_topup", "need_threshold", "merit", "regional",
    "engineering_first", "money_only", "engineering_only", "adaptive", "random",
)  # fmt: skip
GAINS = {"good": [120, 90, 60, 30], "alike": [100, 80, 80, 40], "weak": 10.0, "idle": 0.0}


@pytest.fixture(scope="module")
def comparison():
    return Summary(programme(GAINS, noise=4.0))


def printed(comparison, width=80):
    console = Console(width=width, record=True, file=io.StringIO())
    print_comparison(comparison, console)
    return console.export_text()


def test_every_definition_has_rows_with_its_unit(comparison):
    assert {row.outcome for row in comparison.rows} == set(COMPARED)
    for row in comparison.rows:
        assert row.unit == COMPARED[row.outcome].unit
    keys = [(r.outcome, r.month, r.arm, r.reference) for r in comparison.rows]
    assert len(set(keys)) == len(keys)
    dates = {r.month for r in comparison.rows if r.outcome == "additional_jobs"}
    assert dates == {12, 24, 36, 60, 120}


def test_additional_jobs_are_the_sum_of_zones_paired_by_replication(comparison):
    panels = comparison.panels
    jobs = panels.read("workplace_employment").values
    place = panels.arms.index("good")
    gained = (jobs[place] - jobs[1])[:, :, -1].sum(axis=0)
    row = find(comparison.rows, "additional_jobs", "good")
    expected = mean_estimate(gained)
    assert (row.estimate, row.low, row.high) == (expected.value, expected.low, expected.high)
    assert row.low < 300 < row.high


def test_money_of_trajectories_and_of_the_ledger_agree(comparison):
    outcomes = comparison.outcomes
    kept = outcomes.at_end("paid") - outcomes.at_end("returned")
    assert np.array_equal(outcomes.at_end("public_cost"), kept)
    assert np.array_equal(
        outcomes.at_end("unspent")[1:] + kept[1:], outcomes.at_end("envelope")[1:]
    )


def test_a_zone_that_gains_all_it_lost_is_back_and_the_others_are_not():
    whole = Summary(programme({"full": [SITE, SITE, 0, 0]}, noise=0.0))
    assert find(whole.rows, "never_back", "full", reference="").estimate == 50.0
    assert find(whole.rows, "never_back", "none").estimate == 100.0
    assert find(whole.rows, "never_back", "full", reference="none").reading == "lower"
    # Half the zones are back: the upper median is that of one which is not.
    row = find(whole.rows, "rebound_time", "full")
    assert math.isinf(row.estimate) and row.reading == "not back by the end of the run"


def test_a_share_of_zones_stays_between_0_and_100():
    found = Summary(programme({"a": [300, 300, 290, 0]}, noise=30.0, replications=4))
    row = find(found.rows, "never_back", "a", reference="")
    assert 0.0 <= row.low < row.estimate < row.high <= 100.0
    assert found.outcomes.at_end("never_back")[1].std(ddof=1) > 0
    single = Summary(programme({"a": 300.0}, replications=1))
    assert math.isnan(find(single.rows, "never_back", "a", reference="").low)


def test_zones_without_a_closure_count_for_jobs_and_not_for_rebound():
    with_controls = Summary(programme({"a": 20.0}, controls=2, noise=0.0))
    assert find(with_controls.rows, "additional_jobs", "a").estimate == 80.0
    assert find(with_controls.rows, "never_back", "none").estimate == 100.0
    lost = {effect.zone: effect.jobs_lost for effect in with_controls.zones}
    assert list(lost.values()) == [SITE, SITE, 0, 0]
    ratios = [effect.per_job_lost for effect in with_controls.zones]
    assert ratios[0] == pytest.approx(20 / SITE) and math.isnan(ratios[-1])


def test_a_zone_whose_layoffs_come_after_the_run_is_a_control():
    short = Summary(programme({"a": 20.0}, months=10, replications=3))
    assert short.panels.closing == ()
    assert not any(row.outcome in ("never_back", "loss_area") for row in short.rows)
    assert "Change from none" in printed(short)


def test_zones_add_up_to_the_programme(comparison):
    for strategy in ("good", "idle"):
        zones = [effect for effect in comparison.zones if effect.arm == strategy]
        total = find(comparison.rows, "additional_jobs", strategy).estimate
        assert sum(effect.jobs.value for effect in zones) == pytest.approx(total)
        spent = find(comparison.rows, "public_cost", strategy).estimate
        assert sum(effect.paid for effect in zones) == pytest.approx(spent)


positive = arrays(float, (6, 3), elements=st.floats(0, 1e3).map(lambda x: round(x, 3)))
weights = arrays(float, (6, 3), elements=st.floats(1, 1e3))


@given(positive, weights, st.floats(0.1, 10))
def test_indices_of_inequality_keep_their_bounds_and_ignore_scale(values, people, scale):
    for index in (theil, gini):
        found = index(values, people)
        assert np.array_equal(np.isnan(found), values.max(axis=0) == 0)
        known = found[~np.isnan(found)]
        assert (known >= -1e-9).all()
        assert np.allclose(index(values * scale, people), found, equal_nan=True, atol=1e-9)
    limit = np.log(people.sum(axis=0) / people.min(axis=0))
    assert (np.nan_to_num(theil(values, people)) <= limit + 1e-9).all()
    assert (np.nan_to_num(gini(values, people)) <= 1.0).all()


def test_a_transfer_from_less_to_more_hit_zones_is_seen_by_all_measures():
    even, people = np.array([[2.0], [2.0], [2.0], [2.0]]), np.ones((4, 1))
    uneven = even + np.array([[0.0], [0.0], [-1.0], [1.0]])
    for index in (theil, gini):
        assert index(even, people) == pytest.approx(0.0)
        assert index(uneven, people) > 0.01
    assert worst_tenth(uneven) == 3.0
    assert np.isnan(theil(-even, people)) and np.isnan(gini(-even, people))
    assert worst_tenth(-uneven) == -1.0


def test_sentences_follow_from_established_pairs(comparison):
    text = " ".join(comparison.sentences)
    assert "one of good and alike: they cannot be told apart with 8 lucks" in text
    assert "not established as different from no programme, all pairs together: idle." in text
    assert "Cost per additional job is not shown for idle" in text
    assert "times fewer replications than independent draws" in text
    assert "docs/validation.md" in comparison.sentences[-2]
    assert "parameters are held" in comparison.sentences[-1]


def test_an_arm_above_no_programme_everywhere_by_uneven_amounts_is_not_said_to_do_nothing():
    """A few large effects widen the interval of the mean: the counts of the first lines hold."""
    uneven = Summary(programme({"uneven": 100.0, "idle": 0.0}, replications=4, noise=1.0))
    pairs = [
        replace(pair, established=False, share=1.0 if pair.arm == "uneven" else pair.share)
        for pair in uneven.pairs[RANKED]
    ]
    found = Findings(uneven.panels, uneven.ranks, pairs, uneven.rows, sharing(uneven.panels))
    said = [line for line in sentences(found) if "no programme" in line]
    assert said[0].startswith("Above no programme in all 4 lucks, by amounts too uneven")
    assert said[0].endswith("uneven.") and said[1].endswith("idle.")


def test_intervals_over_calibrated_sets_are_said_to_hold_parameters_too(comparison):
    calibrated = replace(comparison.panels, parameter_sets=8)
    assert "parameters are held" not in " ".join(Summary(calibrated).sentences)


def test_a_clear_first_is_said_and_no_order_too():
    clear = Summary(programme({"best": 200.0, "other": 20.0}, noise=2.0))
    assert "best creates the most jobs" in " ".join(clear.sentences)
    assert clear.ranks[0].last == 1
    muddle = Summary(programme({"a": 1.0, "b": 2.0}, noise=300.0, replications=3))
    assert "no order can be given" in " ".join(muddle.sentences)
    assert "3 lucks are few" in muddle.notes[0]
    assert all((rank.first, rank.last) == (1, 3) for rank in muddle.ranks)


def test_strategies_with_the_same_awards_are_said_to_be_equal():
    same = Summary(programme({"a": 30.0, "b": 30.0}, noise=0.0, common=0.0))
    assert "a and b give the same jobs in every luck." in same.sentences


def test_a_failed_strategy_is_named_and_the_others_are_compared():
    failed = {"bad": {2: "ValueError: no luck", 5: "ValueError: again"}}
    found = Summary(programme(GAINS | {"bad": 50.0}, failed=failed, noise=4.0))
    assert found.panels.count == 8
    assert "bad" not in {row.arm for row in found.rows}
    assert "bad failed in 2 replications and is not compared: ValueError: no luck" in printed(
        found
    ).replace("\n", " ")
    assert comparison_json(found)["failed"][0]["arm"] == "bad"
    alone = Summary(programme(GAINS, noise=4.0))
    # Luck is drawn for arms in turn: the levels differ, the comparison holds.
    assert [r.arm for r in found.ranks[:2]] == [r.arm for r in alone.ranks[:2]]


def test_replications_that_lack_an_arm_or_a_reference_are_left_out_and_said():
    found = Summary(
        programme(GAINS, failed={"none": {0: "killed"}}, missing={("weak", 7)}, noise=4.0)
    )
    assert found.panels.count == 6
    assert "2 replications are left out" in " ".join(found.sentences)
    assert find(found.rows, "additional_jobs", "good").replications == 6
    assert not any(np.isnan(v).any() for v in programme_outcomes(found.panels).values.values())


def test_what_sharing_saved_is_what_was_not_simulated(comparison):
    (line,) = [s for s in comparison.sentences if s.startswith("Sharing")]
    arms, cells = 6, 8 * 4
    assert f"{(arms - 0.25) * cells * 132:,.0f} zone-months" in line
    assert f"{arms * cells * 132:,.0f} asked" in line


@pytest.mark.parametrize("replications", [1, 6])
def test_eighteen_strategies_fit_a_terminal(replications):
    gains = {name: 10.0 * place for place, name in enumerate(NAMES)}
    found = Summary(programme(gains, replications=replications))
    text = printed(found)
    assert "…" not in text
    assert all(len(line) <= 80 for line in text.splitlines())
    assert len(list(comparison_tables(found))) == (5 if replications > 1 else 3)
    if replications == 1:
        assert "nothing here is a finding" in text
        assert "[" not in text
    for name in NAMES:
        assert name in text


def test_nothing_to_compare_is_said_and_not_drawn():
    nothing = Summary(programme({"bad": 1.0}, failed={"none": dict.fromkeys(range(8), "x")}))
    assert nothing.panels.count == 0
    assert "Nothing can be compared." in printed(nothing)
    assert comparison_json(nothing)["ranking"] == []


def test_the_json_object_holds_no_nan_and_all_rows(comparison):
    record = json.loads(json.dumps(comparison_json(comparison), allow_nan=False))
    assert len(record["outcomes"]) == len(comparison.rows)
    assert record["ranking"][0]["first_rank"] == 1
    assert {pair["outcome"] for pair in record["pairs"]} >= {"additional_jobs", "never_back"}


def test_files_hold_the_rows_and_every_column_has_a_meaning(tmp_path, comparison):
    dictionary = tmp_path / "column_dictionary.csv"
    dictionary.write_text("table,column,type,unit,meaning,formula\nruns,zone,text,,code,\n")
    write_tables(comparison, tmp_path)
    write_tables(comparison, tmp_path)
    with dictionary.open(encoding="utf-8", newline="") as stream:
        described = [(row["table"], row["column"]) for row in csv.DictReader(stream)]
    assert described[0] == ("runs", "zone")
    assert len(set(described)) == len(described)
    for table in (*TABLES, "ledger_summary"):
        with (tmp_path / f"{table}.csv").open(encoding="utf-8", newline="") as stream:
            rows = list(csv.DictReader(stream))
        assert [(table, name) for name in rows[0]] == [d for d in described if d[0] == table]
    assert len(rows) == 2 * 4 * 120
    last = rows[119]
    kept = float(last["allocated_eur"]) + float(last["unallocated_eur"])
    assert kept == pytest.approx(float(last["envelope_eur"]))
