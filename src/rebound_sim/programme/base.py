"""What national agents share: a Mesa agent of the programme, with its table of rules."""

from __future__ import annotations

from typing import Any

from rebound_sim.agents.mesa_agent import MesaAgent
from rebound_sim.programme.orders import OrderBook


class NationalAgent(MesaAgent):
    """A national decision-maker. It reads the zones at the end of the month before."""

    def decide(self, book: OrderBook) -> None:
        """Add the month's orders to the book."""
        raise NotImplementedError

    @property
    def table(self) -> Any:
        """The programme's rules, with what the strategy fixes (scenario.programme)."""
        return self.model.table
