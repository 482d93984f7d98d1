"""Worlds and luck kept apart: counts, words, luck's part, the joint chance of the best."""

import math
import re
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from programme_results import programme
from rebound_sim.cli.programme_table import comparison_json, comparison_tables
from rebound_sim.errors import InputError
from rebound_sim.experiment.asked import replications_asked
from rebound_sim.statistics.programme.answer import duels
from rebound_sim.statistics.programme.best import chances_of_best, posterior_means
from rebound_sim.statistics.programme.counts import Hold, hold, in_worlds
from rebound_sim.statistics.programme.files import standing_rows
from rebound_sim.statistics.programme.pairs import probability_positive
from rebound_sim.statistics.programme.summary import Summary
from rebound_sim.statistics.programme.worlds import by_world, standings


@pytest.mark.parametrize(
    ("count", "total", "held", "words"),
    [
        (30, 30, Hold.ALL, "in all 30 worlds"),
        (28, 30, Hold.NEARLY_ALL, "in 28 of 30 worlds"),
        (27, 30, Hold.NEARLY_ALL, "in 27 of 30 worlds"),
        (26, 30, Hold.MOST, "in 26 of 30 worlds"),
        (21, 30, Hold.MOST, "in 21 of 30 worlds"),
        (20, 30, Hold.SPLIT, "in 20 of 30 worlds"),
        (10, 30, Hold.SPLIT, "in 10 of 30 worlds"),
        (9, 30, Hold.FEW, "in 9 of 30 worlds"),
        (3, 30, Hold.NEARLY_NONE, "in 3 of 30 worlds"),
        (0, 30, Hold.NONE, "in none of 30 worlds"),
        (6.5, 12, Hold.SPLIT, "in 6.5 of 12 worlds"),
        (1, 1, Hold.ALL, "in the one world"),
    ],
)
def test_words_follow_counts(count, total, held, words):
    assert hold(count, total) is held
    assert in_worlds(count, total) == words


@given(st.integers(1, 400), st.data())
def test_a_count_and_its_opposite_have_opposite_words(total, data):
    count = data.draw(st.integers(0, total))
    order = list(Hold)
    assert order.index(hold(count, total)) == len(order) - 1 - order.index(
        hold(total - count, total)
    )


def test_luck_is_the_spread_between_lucks_of_one_world():
    luck = np.random.default_rng(0)
    worlds = np.repeat(np.arange(400), 2)
    level = luck.normal(0, 30, (1, 400))[:, worlds]
    common = luck.normal(0, 4, (1, 800))
    values = level * [[1], [2]] + common + luck.normal(0, 3, (2, 800))
    found = by_world(("a", "b"), values, worlds)
    assert found.count == 400 and found.crossed == 400
    assert math.sqrt(found.luck[0, 0]) == pytest.approx(5, rel=0.1)
    # The luck that both share is not luck of their difference.
    assert math.sqrt(found.luck[0, 1]) == pytest.approx(3 * math.sqrt(2), rel=0.1)
    assert found.luck_share(0, 1) == pytest.approx(18 / (900 + 18 / 2), rel=0.3)
    assert np.allclose(found.values[0], values[0].reshape(400, 2).mean(axis=1))


def test_one_luck_a_world_tells_nothing_of_luck():
    found = by_world(("a",), np.ones((1, 5)), np.arange(5))
    assert math.isnan(found.luck[0, 0]) and math.isnan(found.luck_share(0)) and found.crossed == 0


def test_standings_against_counts_made_by_hand():
    values = np.array([[0.0, 0, 0, 0, 0], [1, 2, 3, 4, -1], [2, 1, 3, 5, -2]])
    rows = {s.arm: s for s in standings(by_world(("none", "a", "b"), values, np.arange(5)), "none")}
    assert rows["a"].median == 2 and rows["a"].beats_none == 4
    assert rows["a"].best_in == 1.5 and rows["b"].best_in == 2.5 and rows["none"].best_in == 1
    assert rows["a"].regret == pytest.approx((1 + 0 + 0 + 1 + 1) / 5)
    assert rows["b"].worst_regret == 2
    assert rows["a"].low == pytest.approx(np.quantile(values[1], 0.1))


def test_two_strategies_have_the_chance_of_the_pair():
    values = np.random.default_rng(3).normal([[0.5], [0.0]], 1.0, (2, 9))
    first, second = chances_of_best(("a", "b"), values, draws=200_000)
    assert first.chance == pytest.approx(probability_positive(values[0] - values[1]), abs=0.004)
    assert first.chance + second.chance == pytest.approx(1.0)


def test_the_posterior_of_means_has_the_paired_covariance():
    luck = np.random.default_rng(1)
    values = luck.normal(0, 5, (1, 12)) + luck.normal(0, 1, (3, 12))
    draws = posterior_means(values, 400_000)
    # Student's t of 11 degrees of freedom: covariance 11/9 of its scale.
    assert np.allclose(np.cov(draws.T), np.cov(values) / 12 * 11 / 9, rtol=0.05)
    assert np.allclose(draws.mean(axis=0), values.mean(axis=1), atol=0.02)


def test_equal_strategies_share_the_chance_and_nothing_is_never_hidden():
    row = np.random.default_rng(2).normal(3, 1, 8)
    found = {b.arm: b for b in chances_of_best(("none", "a", "b"), np.stack([0 * row, row, row]))}
    assert found["a"].chance == pytest.approx(found["b"].chance)
    assert found["a"].regret == pytest.approx(found["b"].regret)
    assert found["none"].regret > 2.5


def test_the_chance_of_the_best_comes_true_as_often_as_it_says():
    """200 experiments: true means drawn, 12 worlds each; hits against chances of the favourite."""
    luck = np.random.default_rng(7)
    chances, hits = [], []
    for _ in range(200):
        truth = luck.normal(0, 0.5, 4)
        values = truth[:, None] + luck.normal(0, 2, (1, 12)) + luck.normal(0, 1, (4, 12))
        found = chances_of_best(tuple("abcd"), values, draws=2_000)
        favourite = int(np.argmax([b.chance for b in found]))
        chances.append(found[favourite].chance)
        hits.append(truth.argmax() == favourite)
    chances = np.array(chances)
    error = math.sqrt(np.sum(chances * (1 - chances)))
    assert abs(sum(hits) - chances.sum()) < 3 * error
    # Sure favourites win more often than doubtful ones, each about as often as said.
    for low, high in ((0.25, 0.6), (0.6, 0.85), (0.85, 1.01)):
        kept = (chances >= low) & (chances < high)
        spread = math.sqrt(np.sum(chances[kept] * (1 - chances[kept])))
        assert abs(np.sum(np.array(hits)[kept]) - chances[kept].sum()) < 3 * spread + 1


def of_worlds(gains, sets, **more):
    """A comparison of replications as worlds; the further lucks of `sets` worlds are apart."""
    panels = programme(gains, **more)
    whole = np.arange(panels.replications.size)
    worlds = panels.replications % sets
    first = np.unique(worlds, return_index=True)[1]
    return Summary(
        replace(
            panels,
            replications=panels.ended[whole[first]],
            further=panels.ended[np.delete(whole, first)],
            parameter_sets=sets,
            _cache={},
        )
    )


def test_the_answer_says_what_holds_and_counts_worlds():
    found = of_worlds({"good": 90.0, "weak": 30.0}, 12, replications=15, noise=4.0)
    assert found.panels.count == 12 and found.worlds["additional_jobs"].crossed == 3
    text = " ".join(found.answer)
    assert "good has the highest median: 35" in text
    assert "good is the best of all in all 12 worlds." in text
    assert "More jobs than without a programme: good and weak in all 12 worlds." in text
    assert "good above weak (in 12 of 12)" in text
    assert "3 worlds of several lucks" in text
    # The third line of tables speaks of 12 worlds, and the fifteenth replication is not lost.
    assert "left out" not in " ".join(found.sentences)


def test_strategies_that_differ_by_luck_alone_are_not_ordered():
    found = of_worlds({"a": 50.0, "b": 50.0}, 12, replications=24, noise=40.0)
    (duel,) = duels(found.worlds["additional_jobs"], ["a", "b"])
    assert duel.verdict == "luck"
    # Neither is said to be above the other, and what was spent and the lowest stand beside.
    text = " ".join(found.answer)
    assert re.search(r"Cannot be told from luck: [ab] against [ab] \(ahead in \d+ of 12\)", text)
    assert re.search(r"M EUR spent; [ab] the lowest, \d+\.", found.answer[0])


def test_a_few_worlds_are_not_said_to_lean():
    found = of_worlds({"a": 50.0, "b": 42.0}, 4, replications=4, noise=20.0)
    (duel,) = duels(found.worlds["additional_jobs"], ["a", "b"])
    text = " ".join(found.answer)
    assert duel.verdict in ("mostly", "depends")
    assert "Leans" not in text and "Depends" not in text
    assert f"Not told by 4 worlds: {duel.first} above {duel.second}" in text


def test_as_many_lucks_in_each_world_are_averaged():
    gains = {"a": 50.0}
    found = of_worlds(gains, 4, replications=8, noise=10.0)
    panels = found.panels.every_luck()
    jobs = panels.read("workplace_employment").values[:, :, :, -1].sum(axis=1)
    gap = jobs[panels.arms.index("a")] - jobs[1]
    assert np.allclose(found.outcomes.at_end("additional_jobs")[1], gap.reshape(2, 4).mean(axis=0))


def test_options_of_worlds_and_lucks_and_what_they_refuse():
    assert replications_asked(None, None, None, 30) == (*range(12), 30, 31, 32)
    assert replications_asked("all", None, None, 5) == (*range(5), 5, 6, 7)
    assert replications_asked("2", 2, None, 30) == (0, 1, 30, 31)
    assert replications_asked(None, None, 4, 30) == (0, 1, 2, 3)
    assert replications_asked(None, 3, None, 1) == (0, 1, 2)
    for worlds, lucks, replications, sets in (
        ("31", None, None, 30),
        ("x", None, None, 30),
        ("2", None, 4, 30),
        ("2", None, None, 1),
        ("2", 0, None, 30),
        (None, None, 0, 30),
    ):
        with pytest.raises(InputError):
            replications_asked(worlds, lucks, replications, sets)


def test_an_arm_compared_in_worlds_that_chose_it_is_marked_everywhere():
    panels = replace(
        programme({"plan": 60.0, "other": 50.0, "equal": 20.0}),
        parameter_sets=30,
        taught={"plan": (2, 3, 29), "other": (28, 29)},
    )
    comparison = Summary(panels)
    assert comparison.chosen == {"plan": 2}
    told = "Chosen in 2 of the 8 worlds compared, whose figures flatter it (†): plan."
    assert comparison.answer.count(told) == 1
    rows = {row["arm"]: row["worlds_that_chose_it"] for row in standing_rows(comparison)}
    assert rows == {"plan": 2, "other": 0, "equal": 0, "none": 0}
    titles = dict(comparison_tables(comparison))
    over_worlds = next(table for title, table in titles.items() if "each of 8 worlds" in title)
    assert set(over_worlds.columns[1].cells) == {"plan †", "other", "equal"}
    assert "worlds_that_chose" in comparison_json(comparison)
    assert not any("Chosen in" in line for line in Summary(programme({"plan": 9.0})).answer)
