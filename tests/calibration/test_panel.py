"""Statistics of the zone panel, on paths whose answer is known."""

from __future__ import annotations

import numpy as np
import pytest

from rebound_sim.calibration.panel import events, measures
from rebound_sim.calibration.panel.table import (
    ZonesPanel,
    all_results,
    event_results,
    panel_results,
    possible,
    published_paths,
)
from rebound_sim.calibration.panel.worlds import STARTS, sample, sector_trends, world
from rebound_sim.calibration.side_by_side import (
    compared,
    compared_with_band,
    prediction_interval,
)
from rebound_sim.data.basins import load_basin
from rebound_sim.data.sectors import SECTOR_CODES

ZONES, YEARS = 400, 150


def autoregressive(rho: float, seed: int = 1) -> np.ndarray:
    """Deviations of zones that keep a share rho each year, around trends of their own."""
    generator = np.random.default_rng(seed)
    paths = np.zeros((ZONES, YEARS))
    for year in range(1, YEARS):
        paths[:, year] = rho * paths[:, year - 1] + generator.normal(0.0, 0.01, ZONES)
    trends = generator.normal(0.0, 0.02, ZONES)[:, None] * np.arange(YEARS)
    common = np.cumsum(generator.normal(0.0, 0.05, YEARS))
    return paths + trends + common


@pytest.mark.parametrize("rho", [0.5, 0.7])
def test_persistence_is_found_whatever_zones_and_nation_do(rho: float) -> None:
    paths = autoregressive(rho)
    # Short panels bias the autocorrelation down (Nickell), in the published one as in the other.
    assert measures.half_life(paths) == pytest.approx(np.log(0.5) / np.log(rho), rel=0.15)
    responses = [measures.impulse_response(paths, h) for h in (0, 1, 3, 6)]
    assert responses[0] == pytest.approx(1.0)
    assert responses[0] > responses[1] > responses[2] > responses[3]


def test_spread_grows_as_the_root_of_time_for_a_random_walk() -> None:
    walk = np.cumsum(np.random.default_rng(2).normal(0.0, 0.02, (ZONES, YEARS)), axis=1)
    assert measures.spread_of_change(walk, 1) == pytest.approx(0.02, rel=0.05)
    assert measures.spread_of_change(walk, 9) == pytest.approx(0.06, rel=0.1)


def test_the_answer_of_unemployment_to_jobs_is_found_net_of_the_nation() -> None:
    jobs = autoregressive(0.9)
    cycle = np.cumsum(np.random.default_rng(8).normal(0.0, 1.0, YEARS))
    rates = 8.0 - 100.0 * 0.1 * (jobs - jobs[:, :1]) + cycle
    assert measures.points_per_percent(jobs, rates) == pytest.approx(-0.1)


def test_intervals_cover_at_their_level_when_the_world_is_one_more_draw() -> None:
    generator = np.random.default_rng(3)
    for level in (0.5, 0.8, 0.95):
        draws = generator.normal(size=(7, 20_000))
        share = measures.coverage(generator.normal(size=20_000), draws, level)
        assert share == pytest.approx(level, abs=0.01)


def test_verdicts() -> None:
    values = np.array([1.0, 2.0, 3.0])
    low, high = prediction_interval(values)
    assert compared("f", "n", "1", float(high) - 0.01, list(values), "").inside
    assert not compared("f", "n", "1", float(high) + 0.01, list(values), "").inside
    assert not compared("f", "n", "1", 1.0, [float("nan"), 1.0], "").inside
    assert compared_with_band("f", "n", "1", 9.0, values, (1.9, 2.1), "").inside
    assert not compared_with_band("f", "n", "1", 2.0, values, (2.1, 9.0), "").inside
    assert low < 1.0


@pytest.mark.parametrize(
    ("label", "value", "least", "most"),
    [
        ("2006: spread of growth of jobs over 1 years", 0.5, 0.0, np.inf),
        ("2010: correlation of unemployment at the start and 5 years after", 0.97, -1.0, 1.0),
        ("event: share of such zones below 5 % of the others, 3 years", 0.9, 0.0, 1.0),
        ("2006: points of unemployment per 1 % of jobs, net", -0.1, -np.inf, np.inf),
    ],
)
def test_intervals_hold_nothing_impossible_and_verdicts_stand(label, value, least, most) -> None:
    line = compared("panel", label, "1", value, [value - 2.0, value, value + 2.0], "")
    kept = possible(line)
    assert line.low < -2.0 and line.high > 2.0
    assert (kept.low, kept.high) == (max(line.low, least), min(line.high, most))
    assert kept.inside is line.inside is True


def planted(pass_through: float, seed: int = 4) -> np.ndarray:
    """Jobs [zones, 3, sectors]: every tenth zone loses 4 % of its jobs in one sector."""
    generator = np.random.default_rng(seed)
    jobs = np.repeat(generator.uniform(400, 600, (ZONES, 1, 20)), 3, axis=1)
    jobs[:, 1:] *= np.exp(generator.normal(0.0, 0.005, (ZONES, 1, 20)))
    for zone in range(0, ZONES, 10):
        sector = zone // 10 % 20
        lost = 0.04 * jobs[zone, 0].sum()
        jobs[zone, 1:] += (1.0 - pass_through) * lost / 20
        jobs[zone, 1:, sector] -= lost
    return jobs


@pytest.mark.parametrize("pass_through", [0.0, 0.5, 1.0])
def test_event_study_finds_the_planted_pass_through(pass_through: float) -> None:
    found = events.drops(planted(pass_through))
    assert np.array_equal(np.flatnonzero(found.event), np.arange(0, ZONES, 10))
    assert np.array_equal(found.sector[found.event], np.arange(ZONES // 10) % 20)
    assert events.pass_through(found, 0) == pytest.approx(pass_through, abs=0.12)


def test_a_withheld_sector_is_no_event() -> None:
    jobs = planted(1.0)
    jobs[3, 1, 5] = np.nan
    assert not events.drops(jobs).event[3]


def test_the_same_sample_twice_is_inside_and_another_one_is_not() -> None:
    one, other = events.drops(planted(1.0)), events.drops(planted(0.0, seed=5))
    assert all(line.inside for line in event_results(one, events.drops(planted(1.0, seed=6))))
    verdicts = {line.name: line.inside for line in event_results(one, other)}
    assert not verdicts["event: jobs lost by the zone per job lost in the sector, 3 years"]


def test_real_events_move_the_total_of_their_zone() -> None:
    real = events.real_drops()
    assert 10 <= real.event.sum() <= 60
    assert events.pass_through(real, 0) > 0.3


def test_sample_spans_sizes_and_its_trends_are_neutral_for_the_nation() -> None:
    jobs = [load_basin(zone).salaried_jobs.sum() for zone in sample()]
    assert len(set(sample())) == 24
    assert max(jobs) > 8 * min(jobs)
    for start in STARTS:
        assert set(sector_trends(start.name)) == set(SECTOR_CODES)
        assert len(world(start.name, sample()[0]).conditions.external_demand) >= start.years


def test_a_model_that_is_the_world_passes_its_own_panel() -> None:
    """Published paths plus the spread of other zones: nearly every statistic is inside."""
    start = STARTS[1]
    jobs, rates = published_paths(start)
    generator = np.random.default_rng(7)
    draws = [generator.permutation(len(jobs)) for _ in range(6)]
    shape = (6, len(jobs), start.months // 12 + 1, 38)
    sectors = generator.uniform(500, 600, shape)
    panel = ZonesPanel(
        start,
        jobs,
        rates,
        np.array([jobs[d] for d in draws]),
        np.array([rates[d] for d in draws]),
        sectors,
    )
    lines = [line for line in panel_results(panel) if "inside the" not in line.name]
    assert all(line.inside or line.high - line.low < 1e-9 for line in lines)
    assert len(all_results((panel,))) > len(lines)
