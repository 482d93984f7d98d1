"""What a national programme orders in a basin, and the agent that carries it out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from rebound_sim.agents.base import StateAgent
from rebound_sim.policies.definition import Order
from rebound_sim.state.codes import Answer


@dataclass(frozen=True)
class Mandate:
    """Orders of one month. Two arms whose mandates are equal stay the same basin.

    closes : False in the path without shock, from the first announcement on
    orders : instruments used in the zone from now on, with their settings
    envelopes : (instrument, EUR) added to the zone's account; negative amounts are recalled
    engineering : (days committed by a mission that starts, days worked, days given up)
    daily_cost : EUR/person-day    window : True while aid files are accepted
    awards : (project, EUR)    region_share : EUR that the region adds per EUR
    refused : projects whose file is refused
    outside : unemployment of its neighbours over its usual value, None for no change
    """

    closes: bool = True
    orders: tuple[Order, ...] = ()
    envelopes: tuple[tuple[str, int], ...] = ()
    engineering: tuple[int, int, int] = (0, 0, 0)
    daily_cost: int = 0
    window: bool = False
    awards: tuple[tuple[int, int], ...] = ()
    region_share: float = 0.0
    refused: tuple[int, ...] = ()
    outside: float | None = None


class NationalOrders(StateAgent):
    """Carries out the month's mandate: envelopes, contracts and refusals, days of consultants."""

    def __init__(self, model: Any) -> None:
        super().__init__(model)
        self._mandate: Mandate | None = None

    def receive(self, mandate: Mandate) -> None:
        """Take the orders of the next month; what comes from outside acts from its start."""
        self._mandate = mandate
        if not mandate.closes:
            for group in self.model.closing_groups:
                group.happens = False
        self.model.order(mandate.orders)
        if mandate.outside is not None:
            self.model.around = mandate.outside

    def step(self) -> None:
        """Carry out the orders; without a programme there are none."""
        mandate = self._mandate
        if mandate is None:
            return
        self._mandate = None
        for instrument, amount in mandate.envelopes:
            if amount >= 0:
                self.ledger.open(instrument, amount)
            else:
                self.ledger.recall(instrument, -amount)
        fund = self.model.fund
        fund.window = mandate.window
        for project, award in mandate.awards:
            fund.contract(project, award, mandate.region_share)
        for project in mandate.refused:
            self.state.projects.grant_answer[project] = Answer.REFUSED
        committed, worked, given_up = mandate.engineering
        self.ledger.commit("engineering", committed * mandate.daily_cost)
        self.ledger.cancel("engineering", given_up * mandate.daily_cost)
        if worked:
            self.model.mission.work(worked, mandate.daily_cost)
