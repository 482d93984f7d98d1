"""The rule that picks zones and draws closures, and the file that it writes."""

from pathlib import Path

import numpy as np
import pytest

from rebound_sim.data import neighbour_weights
from rebound_sim.data.basins import list_basins
from rebound_sim.data.exposure import (
    CAR_SECTOR,
    LARGEST_ACTIVE,
    LEAST_EXPOSED_JOBS,
    SUPPLIER_SECTORS,
    exposures,
    most_exposed,
    supplier_weights,
)
from rebound_sim.data.national import input_output
from rebound_sim.data.sectors import SECTOR_INDEX
from rebound_sim.scenario import load_world
from rebound_sim.scenario.pick import draw_closure, pick, programme_text

SCENARIOS = Path(__file__).parents[2] / "scenarios"


def test_the_shipped_file_is_the_rule_applied():
    shipped = (SCENARIOS / "france2030_auto.toml").read_bytes()
    assert programme_text(pick()).encode() == shipped
    programme = load_world(SCENARIOS / "france2030_auto.toml")
    assert programme.codes == tuple(each.zone.code for each in pick())
    assert [entry.closure for entry in programme.zone] == [(each.closure,) for each in pick()]
    assert 1_800_000 < sum(each.zone.active for each in pick()) < 2_400_000


def test_any_picked_programme_is_valid(tmp_path):
    for zones, seed in ((1, 0), (7, 1), (95, 2)):
        path = tmp_path / "picked.toml"
        path.write_text(programme_text(pick(zones, seed), seed), encoding="utf-8")
        assert len(load_world(path).codes) == zones


def test_fewer_zones_are_the_first_of_more_with_the_same_closures():
    assert pick(10, 5) == pick(25, 5)[:10]
    assert pick(10, 5) != pick(10, 6)


def test_scores_are_means_of_four_ranks_of_all_mainland_zones():
    zones = exposures()
    assert {zone.code for zone in zones} == {zone.code for zone in list_basins()}
    ranks = np.array([zone.ranks for zone in zones])
    assert ranks.min() >= 0 and ranks.max() <= 100
    # Mid-ranks: each column is centred, whatever the ties.
    np.testing.assert_allclose(ranks.mean(axis=0), 50)
    # More of any of the four never lowers its rank.
    values = np.array([(z.exposed_jobs, z.share, z.fragility, z.ti_share) for z in zones])
    for column in range(4):
        order = np.argsort(values[:, column])
        assert (np.diff(ranks[order, column]) >= 0).all()
    chosen = most_exposed(30)
    assert all(
        zone.active <= LARGEST_ACTIVE and zone.exposed_jobs >= LEAST_EXPOSED_JOBS for zone in chosen
    )
    left = [zone.score for zone in zones if zone.eligible and zone not in chosen]
    assert min(zone.score for zone in chosen) >= max(left)


def test_weights_of_suppliers_are_what_they_sell_to_the_car_sector():
    national, buyer = input_output(), SECTOR_INDEX[CAR_SECTOR]
    weights = supplier_weights()
    assert weights[CAR_SECTOR] == 1
    for code in SUPPLIER_SECTORS:
        # A part of what all sectors together buy of its output.
        assert 0 < weights[code] < national.intermediate_share[SECTOR_INDEX[code]] < 1
        sold = weights[code] * national.output[SECTOR_INDEX[code]]
        bought = national.domestic_coefficients[SECTOR_INDEX[code], buyer] * national.output[buyer]
        assert sold == pytest.approx(bought)


def test_a_closure_fits_its_sector_whatever_the_seed():
    for zone in most_exposed(100):
        for seed in range(5):
            site = draw_closure(zone, seed)
            held = zone.sector_jobs[site.sector]
            assert 100 <= site.jobs <= max(held / 3, 100) <= held
            assert site.jobs <= 1143
            assert site.group_employees >= site.jobs


def test_neighbours_weigh_what_they_share_of_the_border():
    codes = [zone.code for zone in list_basins()]
    weights = neighbour_weights(codes)
    assert (np.diag(weights) == 0).all()
    assert ((weights > 0) == (weights > 0).T).all()
    sums = weights.sum(axis=1)
    assert ((np.abs(sums - 1) < 1e-9) | (sums == 0)).all()
    # Among a part of the zones a weight is the same: the rest of the border is outside.
    part = [3, 8, 90, 91, 92, 200]
    inside = neighbour_weights([codes[row] for row in part])
    np.testing.assert_array_equal(inside, weights[np.ix_(part, part)])
