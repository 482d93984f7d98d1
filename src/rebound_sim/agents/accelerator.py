"""The accelerator: business support for a promotion of industrial firms."""

from __future__ import annotations

from typing import Any

import numpy as np

from rebound_sim.agents.base import InstrumentAgent
from rebound_sim.rng.draws import uniforms
from rebound_sim.state.codes import FirmKind, FirmState


class AcceleratorAgent(InstrumentAgent):
    """Chooses a promotion of firms, which then grow over some years.

    capacity : jobs that it has opened so far
    """

    instrument = "accelerator"

    def __init__(self, model: Any) -> None:
        super().__init__(model)
        self.capacity = 0.0
        self._promotions: dict[int, list[tuple[int, float]]] = {}

    def step(self) -> None:
        """Choose the promotions that start, then let each grow."""
        months = int(self.parameters.instruments.accelerator_months)
        for number, order in enumerate(self.orders):
            month = self.clock - order.start_month
            if month == 0:
                self._promotions[number] = self._choose(order.firms, months)
                self.spend(order.cost_per_firm_eur * len(self._promotions[number]))
            if 0 <= month < months:
                self._grow(self._promotions[number])

    def _grow(self, promotion: list[tuple[int, float]]) -> None:
        firms = self.state.firms
        for f, monthly in promotion:
            if firms.state[f] == FirmState.OPEN:
                firms.project_jobs[f] += np.float32(monthly)
                self.capacity += monthly

    def _choose(self, number: int, months: int) -> list[tuple[int, float]]:
        """Firms drawn among those of the promotion's sizes that no promotion has taken yet."""
        firms, market, p = self.state.firms, self.state.market, self.parameters.instruments
        taken = [f for promotion in self._promotions.values() for f, _ in promotion]
        rows = np.flatnonzero(
            (firms.state == FirmState.OPEN)
            & (firms.kind == FirmKind.ORDINARY)
            & (market.industrial[firms.sector] == 1)
            & (firms.employment >= p.accelerator_smallest)
            & (firms.employment < p.accelerator_largest)
        )
        rows = rows[~np.isin(rows, taken)]
        key = self.model.run_keys.committee
        order = rows[np.argsort(uniforms(key, rows, 3))][:number]
        return [(int(f), p.accelerator_gain * float(firms.employment[f]) / months) for f in order]
