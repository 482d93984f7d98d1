"""Arms that share people and firms until these differ end as arms simulated alone, bit for bit."""

from __future__ import annotations

import numpy as np
import pytest

from programme_worlds import small_programme
from rebound_sim.policies import load_policy
from rebound_sim.policies.strategy import get_strategy
from rebound_sim.programme import ProgrammeModel
from rebound_sim.programme.cores import core_of
from rebound_sim.programme.model import build_zones
from rebound_sim.programme.sharing import Lane, run_together

STRATEGIES = ("equal", "merit", "adaptive", "money_only", "engineering_first")
LOCAL = ("rebond", "revitalisation")
SEED, REPLICATION = 3, 1


def model(name: str, zones=None) -> ProgrammeModel:
    world = small_programme()
    strategy = get_strategy(name) if name in STRATEGIES else None
    local = load_policy(name) if name in LOCAL else None
    return ProgrammeModel(
        world, strategy, SEED, REPLICATION, name != "no_shock", zones, local
    )  # fmt: skip


@pytest.fixture(scope="module")
def together() -> dict[str, Lane]:
    zones = build_zones(small_programme(), SEED, REPLICATION)
    names = ("no_shock", "none", *STRATEGIES, *LOCAL)
    lanes = [Lane(name, model(name, zones)) for name in names]
    run_together(lanes, repr)
    return {lane.name: lane for lane in lanes}


@pytest.mark.parametrize("name", ["no_shock", "none", *STRATEGIES, *LOCAL])
def test_every_column_and_record_as_alone(together, name) -> None:
    assert together[name].error == ""
    alone = model(name).run()
    for code, zone in together[name].model.zones.items():
        other = alone.zones[code]
        for table in ("workers", "firms", "projects", "market"):
            ours, theirs = getattr(zone.state, table), getattr(other.state, table)
            for column, a, b in zip(ours._fields, ours, theirs, strict=True):
                np.testing.assert_array_equal(a, b, err_msg=f"{code} {table}.{column}")
        for column, values in zone.recorder.trajectory().items():
            np.testing.assert_array_equal(values, other.recorder.trajectory()[column])
        assert zone.ledger.journal == other.ledger.journal
        assert zone.digest() == other.digest()


def test_people_are_shared_longer_than_orders(together) -> None:
    """Months of people and firms simulated, where a copy at the first order would simulate more."""
    lanes = [lane for lane in together.values() if lane.name in STRATEGIES]
    months = small_programme().time.burn_in_months + small_programme().time.months
    hit = [code for code in lanes[0].model.codes if code in lanes[0].model.hit]
    simulated = sum(lane.months[code] for lane in lanes for code in hit)
    after_the_first_order = sum(
        months - lane.model.calendar.start for lane in lanes for code in hit
    )
    assert simulated < after_the_first_order
    control = {core_of(lane.model.zones["control"]) for lane in lanes}
    assert len(control) == 1
