"""The month's orders to the zones, gathered from the national agents."""

from __future__ import annotations

from collections import defaultdict

from rebound_sim.agents.orders import Mandate
from rebound_sim.policies.definition import Order


class OrderBook:
    """Collects the orders of one month; `mandate` turns those of a zone into a record."""

    def __init__(self) -> None:
        self.envelopes: dict[str, list[tuple[str, int]]] = defaultdict(list)
        self.awards: dict[str, list[tuple[int, int]]] = defaultdict(list)
        self.refused: dict[str, list[int]] = defaultdict(list)
        self.engineering: dict[str, tuple[int, int, int]] = {}
        self.windows: set[str] = set()
        self.outside: dict[str, float] = {}
        self.orders: dict[str, list[Order]] = defaultdict(list)

    def allocate(self, code: str, instrument: str, amount: int) -> None:
        """Money for a zone; a negative amount is recalled. Nothing is noted for 0."""
        if amount:
            self.envelopes[code].append((instrument, amount))

    def change(self, code: str, instrument: str) -> int:
        """Change of a zone's envelope noted so far [EUR]."""
        return sum(amount for name, amount in self.envelopes.get(code, ()) if name == instrument)

    def mandate(
        self,
        code: str,
        closes: bool,
        daily_cost: int,
        region_share: float,
        orders: tuple[Order, ...],
    ) -> Mandate:
        """Orders of one zone."""
        return Mandate(
            closes=closes,
            orders=(*orders, *self.orders.get(code, ())),
            envelopes=tuple(self.envelopes.get(code, ())),
            engineering=self.engineering.get(code, (0, 0, 0)),
            daily_cost=daily_cost if code in self.engineering else 0,
            window=code in self.windows,
            awards=tuple(self.awards.get(code, ())),
            region_share=region_share if code in self.awards else 0.0,
            refused=tuple(self.refused.get(code, ())),
            outside=self.outside.get(code),
        )
