"""Neighbouring zones of a programme: each is part of the other's outside labour market.

The unemployment around a zone is a mean of its neighbours', weighted by the length of the shared
border; neighbours outside the programme stay at their usual rate. The weights are modelled, not
observed: commuting between zones is not among the shipped figures. It acts through the commuting
and migration of the zone's residents, which respond to unemployment around it; people keep the
identity of their zone, so that leavers are counted where they leave.
"""

from __future__ import annotations

from typing import Any

from rebound_sim.data import neighbour_weights
from rebound_sim.programme.base import NationalAgent
from rebound_sim.programme.orders import OrderBook

#: Months at the end of the burn-in over which the usual rate of a zone is measured.
_USUAL = 6
_RATE = "unemployment_rate"


class OutsideMarkets(NationalAgent):
    """Tells each zone how unemployment around it compares with usual."""

    def __init__(self, model: Any) -> None:
        super().__init__(model)
        self._usual: dict[str, float] = {}
        self._weights: dict[str, list[tuple[str, float]]] = {}
        if model.scenario.coupled:
            real = sorted(entry.code for entry in model.scenario.zone if entry.synthetic is None)
            matrix = neighbour_weights(tuple(real))
            for row, code in enumerate(real):
                near = [
                    (real[j], float(matrix[row, j])) for j in range(len(real)) if matrix[row, j]
                ]
                if near:
                    self._weights[code] = near

    def decide(self, book: OrderBook) -> None:
        """Ratio of the next month, from the rates at the end of the last one."""
        month, burn_in = self.model.t, self.model.scenario.time.burn_in_months
        if not self._weights or month < max(burn_in, 1):
            return
        if not self._usual:
            self._measure(min(_USUAL, month))
        for code, near in self._weights.items():
            gap = sum(weight * (self._ratio(other) - 1.0) for other, weight in near)
            book.outside[code] = 1.0 + gap

    def _measure(self, months: int) -> None:
        for code in {code for near in self._weights.values() for code, _ in near}:
            recorder = self.model.zones[code].recorder
            rates = recorder.column(_RATE)[recorder.recorded - months : recorder.recorded]
            self._usual[code] = max(float(rates.mean()), 1e-6)

    def _ratio(self, code: str) -> float:
        recorder = self.model.zones[code].recorder
        return float(recorder.column(_RATE)[recorder.recorded - 1]) / self._usual[code]
