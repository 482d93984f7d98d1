"""Public money for a buyer of the closing site."""

from __future__ import annotations

from typing import Self

from rebound_sim.policies.instruments.instrument import (
    LARGEST_BUDGET_EUR,
    Funder,
    Instrument,
    Settings,
    Words,
)
from rebound_sim.reading.strict import quantity


class TakeoverSupport(Settings):
    """Public money for a buyer of the closing site."""

    budget_eur: int = quantity(
        unit="EUR", meaning="most that is given", ge=0, le=LARGEST_BUDGET_EUR
    )

    @classmethod
    def bought(cls, amount: int, start_month: int, months: int) -> Self:  # noqa: ARG003
        """A budget, there from the announcement on."""
        return cls(budget_eur=amount)

    def cost(self) -> int:
        """Its budget."""
        return self.budget_eur


TAKEOVER_SUPPORT = Instrument(
    name="takeover_support",
    funder=Funder.STATE,
    settings=TakeoverSupport,
    agent="rebound_sim.agents.prefecture:TakeoverFollowUp",
    english=Words("takeover support", "money for a buyer of the closing site"),
    french=Words("soutien à la reprise", "de l'argent pour un repreneur du site qui ferme"),
)
