"""A territorial project manager in the inter-municipal authority."""

from __future__ import annotations

from typing import Self

from rebound_sim.policies.instruments.instrument import (
    Funder,
    Instrument,
    Settings,
    Words,
    duration,
    start,
)
from rebound_sim.reading.strict import LONGEST_MONTHS, quantity
from rebound_sim.units import MONTHS_PER_YEAR


class ProjectManager(Settings):
    """A territorial project manager in the inter-municipal authority."""

    annual_cost_eur: int = quantity(44_000, unit="EUR/year", meaning="cost", ge=0, le=1_000_000)
    start_month: int = start(0)
    duration_months: int = duration(LONGEST_MONTHS, "months of the post")

    @classmethod
    def bought(cls, amount: int, start_month: int, months: int) -> Self:
        """As many months of the post as the money pays."""
        yearly = int(cls.model_fields["annual_cost_eur"].default)
        paid = min(amount * MONTHS_PER_YEAR // yearly, months)
        if paid < 1:
            return cls(enabled=False)
        return cls(start_month=start_month, duration_months=paid)

    def cost(self) -> int:
        """Months of the post, rounded up."""
        return -(-self.annual_cost_eur * self.duration_months // MONTHS_PER_YEAR)


PROJECT_MANAGER = Instrument(
    name="project_manager",
    funder=Funder.STATE,
    settings=ProjectManager,
    agent="rebound_sim.agents.local_authority:LocalAuthority",
    english=Words("project manager", "someone who carries projects and files, in the authority"),
    french=Words("chef de projet", "quelqu'un qui porte projets et dossiers, à l'intercommunalité"),
)
