"""France Travail: training places for the displaced, on top of the ordinary offer."""

from __future__ import annotations

import numpy as np

from rebound_sim.agents.base import InstrumentAgent
from rebound_sim.state.codes import Status
from rebound_sim.state.market import Condition


class TrainingPlaces(InstrumentAgent):
    """Opens places each month, offered to the displaced who look for work and were not trained."""

    instrument = "training"

    def step(self) -> None:
        """Places of the month, as a monthly probability of those who may take one."""
        conditions = self.state.market.conditions
        conditions[Condition.TRAINING_OFFER] = 0.0
        running = list(self.running())
        if not running or not self.state.cohort:
            return
        cohort = np.concatenate(self.state.cohort)
        workers = self.state.workers
        seeking = int(
            ((workers.status[cohort] == Status.UNEMPLOYED) & (workers.trained[cohort] == 0)).sum()
        )
        left = seeking
        for order, _ in running:
            places = min(order.places_per_month, left)
            left -= places
            self.spend(places * order.cost_per_place_eur)
        if seeking > left:
            most = self.parameters.instruments.training_offer_most
            conditions[Condition.TRAINING_OFFER] = min((seeking - left) / seeking, most)
