"""A zone that fails in one arm stops that arm alone, and says where."""

from __future__ import annotations

import numpy as np
import pytest

from programme_worlds import small_programme
from rebound_sim.agents.engineering import EngineeringMission
from rebound_sim.errors import EngineError
from rebound_sim.policies.arm import Arm
from rebound_sim.policies.strategy_choice import StrategyChoice
from rebound_sim.programme import simulate


@pytest.fixture()
def broken_missions(monkeypatch: pytest.MonkeyPatch) -> None:
    work = EngineeringMission.work

    def fail(self: EngineeringMission, days: int, daily_cost: int) -> None:
        if self.model.zone == "east":
            raise EngineError("the consultants are gone")
        work(self, days, daily_cost)

    monkeypatch.setattr(EngineeringMission, "work", fail)


@pytest.mark.usefixtures("broken_missions")
def test_an_arm_whose_zone_fails_stops_alone() -> None:
    world = small_programme(24)
    arms = tuple(Arm.of_strategy(StrategyChoice(name)) for name in ("equal", "money_only"))
    result = simulate(world, arms, 3, 1)
    status = dict(zip(result.runs["arm"].tolist(), result.runs["status"].tolist(), strict=True))
    assert status == {"no_shock": "done", "none": "done", "equal": "failed", "money_only": "done"}
    wrong = result.runs["arm"] == "equal"
    words = "zone east: EngineError: the consultants are gone"
    assert set(result.runs["error"][wrong]) == {words}
    for table in (result.trajectories, result.ledger, result.projects):
        assert "equal" not in table["arm"]
    alone = simulate(world, arms[1:], 3, 1)
    for name in ("digest", "status"):
        np.testing.assert_array_equal(result.runs[name][~wrong], alone.runs[name])
