"""What the response table expects, where the truth is known: luck taken away, predictions that
hold for plans that were chosen, worlds and zones that were not simulated."""

from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from decision_worlds import table
from programme_worlds import small_programme
from rebound_sim.decision.optimise.allocation import Allocations
from rebound_sim.decision.optimise.correction import corrected, coupling
from rebound_sim.decision.optimise.crossed import crossed
from rebound_sim.decision.optimise.forecast import LeftOut
from rebound_sim.decision.optimise.limits import programme_limits
from rebound_sim.decision.optimise.sample import parts_of, racing, shared_out
from rebound_sim.decision.optimise.shrinkage import expected_jobs, shrunk

EFFECTS = np.array([0.0, 50.0, 100.0, 90.0])
#: As found on the thirty zones: a zone in a world varies by half, by luck; worlds by a quarter.
LUCK, REST, WORLD = 0.5, 30.0, 0.25


def drawn(seed, zones=20, worlds=8, of_zones=0.2, of_worlds=WORLD, more=0):
    """(expected in each world, as simulated, in `more` other worlds) of zones × options × worlds:
    luck of a zone in a world is the same for all its options."""
    luck = np.random.default_rng(seed)
    zone = luck.normal(0, of_zones, (zones, 1, 1))
    world = luck.normal(0, of_worlds, (1, 1, worlds + more))
    truth = EFFECTS[None, :, None] * (1.0 + zone + world)
    same = EFFECTS[None, :, None] * luck.normal(0, LUCK, (zones, 1, worlds + more))
    own = luck.normal(0, REST, truth.shape) * (EFFECTS > 0)[None, :, None]
    seen = truth + same + own
    return truth[:, :, :worlds], seen[:, :, :worlds], seen[:, :, worlds:]


def thinned(seen, parts):
    """NaN where a zone is not simulated in a world."""
    zones, _, worlds = seen.shape
    sample = shared_out([str(n) for n in range(zones)], range(worlds))
    kept = np.array([[str(z) in sample[w] for w in range(worlds)] for z in range(zones)])
    assert kept.sum() == zones * worlds // parts
    return np.where(kept[:, np.newaxis], seen, np.nan)


def problem(cells, envelope=24_000_000):
    rules = small_programme().national().model_copy(update={"envelope_eur": envelope})
    return Allocations(cells, programme_limits(rules, cells)[:1])


def test_effects_and_variances_are_found_and_what_was_not_seen_is_expected():
    luck = np.random.default_rng(0)
    zone, world = luck.normal(0, 3, (60, 1, 1)), luck.normal(0, 2, (1, 40, 1))
    values = 10 + zone + world + luck.normal(0, 1, (60, 40, 1))
    gone = luck.random((60, 40)) < 0.6
    found = crossed(np.where(gone[:, :, None], np.nan, values))
    assert found.mean[0] == pytest.approx(10, abs=1.2)
    assert found.ratios[0] == pytest.approx(9, rel=0.35)
    assert found.ratios[1] == pytest.approx(4, rel=0.45)
    lacks = (found.cells() - (10 + zone + world))[gone]
    assert np.sqrt(np.square(lacks).mean()) < 0.5


def test_effects_of_noise_alone_are_none_and_of_no_noise_are_all():
    luck = np.random.default_rng(1)
    noise = crossed(luck.normal(5, 1, (30, 10, 3)))
    assert max(noise.shares) < 0.06 and noise.zones.std() < 0.2
    zone, world = np.arange(6.0)[:, None, None], 10 * np.arange(4.0)[None, :, None]
    sure = crossed(zone + world + luck.normal(0, 1e-3, (6, 4, 1)))
    assert np.allclose(sure.cells(), zone + world, atol=0.02)
    same = crossed(np.full((3, 2, 2), 7.0))
    assert np.array_equal(same.cells(), np.full((3, 2, 2), 7.0))


@settings(max_examples=20, deadline=None)
@given(st.integers(0, 10_000), st.integers(2, 8), st.integers(2, 8))
def test_expected_values_lie_among_those_seen_whatever_the_table(seed, zones, worlds):
    luck = np.random.default_rng(seed)
    values = luck.normal(0, 1, (zones, worlds, 2)) * luck.gamma(1, 5)
    found = crossed(values).cells()
    assert np.isfinite(found).all()
    assert found.std() <= values.std() * 1.01
    assert np.allclose(found.mean(axis=(0, 1)), values.mean(axis=(0, 1)))


def test_luck_is_taken_away_and_cells_that_were_not_simulated_are_expected():
    errors = []
    for seed in range(5):
        truth, seen, _ = drawn(seed, zones=30, worlds=9)
        sparse = thinned(seen, 3)
        for cells in (seen, sparse):
            found, parts = expected_jobs(cells)
            errors.append(np.abs(found - truth).mean() / np.nanmean(np.abs(cells - truth)))
            assert 0 <= parts.zone < 0.35 and 0 < parts.world < 0.5
        assert (expected_jobs(sparse)[0][:, 0] == 0).all()
    assert max(errors[::2]) < 0.35 and max(errors[1::2]) < 0.55


def test_losses_follow_jobs_and_all_cells_are_whole():
    _, seen, _ = drawn(3, zones=30, worlds=6)
    raw = table(seen)
    holes = np.isnan(thinned(seen, 2))
    cells = {
        name: np.where(
            holes.reshape(holes.shape + (1,) * (getattr(raw, name).ndim - 3)),
            np.nan,
            getattr(raw, name),
        )
        for name in ("jobs", "spent", "loss", "area", "files")
    }
    found, _ = shrunk(replace(raw, **cells))
    for name in cells:
        assert np.isfinite(getattr(found, name)).all(), name
    assert np.allclose(found.loss + found.jobs / 10, found.loss[:, :1] + 0 * found.jobs)
    assert (found.area >= 0).all() and (found.files >= 0).all()
    # Spending of this table is the same everywhere: it is expected as it is.
    assert np.allclose(found.spent, raw.spent)


def test_a_plan_that_was_chosen_brings_what_was_predicted_and_more_than_by_luck():
    """Held against 40 other worlds, their general level set apart: by cells as simulated, the
    prediction is a fifth too high, and the plan is not as good."""
    over, came = np.zeros((40, 2)), np.zeros((40, 2))
    for seed in range(40):
        _, seen, other = drawn(seed, of_worlds=0.0, more=40, worlds=4)
        raw = table(seen)
        for place, jobs in enumerate((raw.jobs, expected_jobs(raw.jobs)[0])):
            best = problem(replace(raw, jobs=jobs)).mean()
            own = other[np.arange(20), best.choice].sum(axis=0).mean()
            level = jobs.sum(axis=(0, 1)).mean() / other.sum(axis=(0, 1)).mean()
            over[seed, place], came[seed, place] = best.value / own / level - 1.0, own
    assert over[:, 0].mean() > 0.15 and abs(over[:, 1].mean()) < 0.03
    assert came[:, 1].mean() > 1.02 * came[:, 0].mean()


def test_many_worlds_with_a_part_of_the_zones_predict_better_than_few_with_all():
    """The same number of simulations: nine worlds of ten zones, three of thirty."""
    errors = []
    for seed in range(40):
        _, seen, _ = drawn(seed, zones=30, worlds=9)
        few, many = expected_jobs(seen[:, :, :3])[0], expected_jobs(thinned(seen, 3))[0]
        errors.append([cells[:, 2].mean() - EFFECTS[2] for cells in (few, many)])
    few, many = np.sqrt(np.square(errors).mean(axis=0))
    assert many < 0.8 * few


def test_the_interval_of_a_prediction_holds_in_other_worlds_nineteen_times_in_twenty():
    """Of a plan that does not depend on the table, 5 other worlds, 60 experiments."""
    inside, choice = 0, np.full(30, 2)
    for seed in range(60):
        _, seen, other = drawn(seed, zones=30, worlds=9, more=5)
        raw = table(thinned(seen, 3))
        told = LeftOut(raw, replace(raw, jobs=expected_jobs(raw.jobs)[0])).forecast(choice, 5)
        inside += told.low <= other[:, 2].sum(axis=0).mean() <= told.high
    assert 0.88 <= inside / 60 <= 1.0
    two = table(drawn(0, worlds=2)[1])
    assert np.isnan(LeftOut(two, shrunk(two)[0]).forecast(np.full(20, 2), 5).low)


def test_the_luck_of_the_choice_is_found_where_there_is_some():
    """Chosen by cells as they are a plan owes much to it, by expected cells little."""
    found = []
    for seed in range(4):
        _, seen, _ = drawn(seed, worlds=6)
        raw = table(seen)
        left = LeftOut(raw, shrunk(raw)[0]), LeftOut(raw, raw, lambda jobs: jobs)
        found.append([one.luck_of_choice(lambda t: problem(t).mean()).value for one in left])
    sober, lucky = np.array(found).T
    assert lucky.min() > 0 and lucky.mean() > 4 * abs(sober.mean())


def test_every_zone_is_seen_once_by_a_block_of_worlds_and_the_same_zones_each_time():
    zones = [f"Z{n}" for n in range(30)]
    sample = shared_out(zones, range(20, 30))
    assert parts_of(30, 10) == 3 and [len(own) for own in sample.values()] == [10] * 10
    worlds = list(sample.values())
    for first in range(0, 9, 3):
        assert sorted(sum(worlds[first : first + 3], ())) == sorted(zones)
    assert all(set(one) != set(other) for one, other in pairwise(worlds[::3]))
    assert sample == shared_out(zones, range(20, 30))
    race = racing(sample)
    assert [len(own) for own in race.values()] == [4] * 10
    assert all(set(race[w]) <= set(sample[w]) for w in sample)
    assert len(set(sum(race.values(), ()))) >= 28
    few = shared_out(zones[:3], range(4))
    assert all(set(own) == set(zones[:3]) for own in few.values()) and racing(few) == few
    # A hundred zones: a third of them in each world, so that each is seen three times.
    assert parts_of(100, 10) == 3 and parts_of(100, 2) == 1


def test_a_search_around_the_best_compares_zones_with_themselves():
    """Luck is no reason to choose again; zones of which the programme makes a third are."""
    raw = table(drawn(4, worlds=3)[1])
    expected = shrunk(raw)[0]
    best = problem(expected).mean()
    used = np.flatnonzero(best.choice > 0)
    for poor, rounds in ((used[:0], 0), (used[: used.size // 2], 1)):
        factor = np.where(np.isin(np.arange(20), poor), 0.3, 1.0)[:, np.newaxis]

        def simulate(_, choice, factor=factor):
            return {"jobs": raw.of("jobs", choice.choice)[:, :2] * factor}

        first = simulate(0, best)
        found = corrected(expected, raw, best, first, lambda t: problem(t).mean(), simulate)
        assert (found.rounds > 0) == (rounds > 0) and (found.better is None) == (rounds == 0)
        assert (coupling(raw, best, first["jobs"]) < -50) == (rounds > 0)
    # Zones that were not simulated alone in these worlds say nothing of the programme.
    some = replace(raw, jobs=np.where(np.arange(20)[:, None, None] % 2, np.nan, raw.jobs))
    half = {"jobs": np.where(np.arange(20) % 2, 9.0, 0.5)[:, np.newaxis] * first["jobs"] / factor}
    found = corrected(expected, some, best, half, lambda _: best, simulate)
    assert found.rounds == 0 and found.gap == pytest.approx(0.5)
