"""The office that hands vouchers for training to the displaced."""

from __future__ import annotations

from typing import Any

import numpy as np

from rebound_sim.agents.base import InstrumentAgent
from rebound_sim.state.codes import Status
from rebound_sim.state.market import Condition


class VoucherOffice(InstrumentAgent):
    """Vouchers act on top of training places, which set the month's offer before.

    left : vouchers not used yet, by order
    """

    instrument = "training_vouchers"

    def __init__(self, model: Any) -> None:
        super().__init__(model)
        self.left: dict[int, int] = {}

    def step(self) -> None:
        """Vouchers used this month: so many of the displaced without work and without a course."""
        if not self.orders or not self.state.cohort:
            return
        cohort, workers = np.concatenate(self.state.cohort), self.state.workers
        wanting = (workers.status[cohort] == Status.UNEMPLOYED) & (workers.trained[cohort] == 0)
        holders = int(wanting.sum())
        for number, order in enumerate(self.orders):
            month = self.clock - order.start_month
            if not 0 <= month < order.duration_months or holders == 0:
                continue
            left = self.left.get(number, order.vouchers)
            used = min(round(order.monthly_use * min(holders, left)), left)
            self.left[number] = left - used
            self.spend(used * order.value_eur)
            conditions = self.state.market.conditions
            most = self.parameters.instruments.training_offer_most
            offer = float(conditions[Condition.TRAINING_OFFER]) + used / holders
            conditions[Condition.TRAINING_OFFER] = min(offer, most)
