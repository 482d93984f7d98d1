"""What national agents share: a Mesa agent of the programme, with its table of rules."""

from __future__ import annotations

from typing import Any

from rebound_sim.agents.mesa_agent import MesaAgent


class NationalAgent(MesaAgent):
    """A national decision-maker. It reads the zones at the end of the month before."""

    @property
    def table(self) -> Any:
        """The programme's rules, with what the strategy fixes (scenario.programme)."""
        return self.model.table
