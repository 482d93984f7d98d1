"""An accelerator: business support for a promotion of industrial firms."""

from __future__ import annotations

from typing import Self

from rebound_sim.policies.instruments.instrument import Funder, Instrument, Settings, Words, start
from rebound_sim.reading.strict import quantity


class Accelerator(Settings):
    """Business support for sponsor firms."""

    firms: int = quantity(0, unit="firms", meaning="firms supported", ge=0, le=100_000)
    start_month: int = start(0)
    # 5,000 EUR a job and six jobs a firm, gross (Bpifrance 2025).
    cost_per_firm_eur: int = quantity(
        30_000, unit="EUR/firm", meaning="public cost of a firm", ge=0, le=10_000_000
    )

    @classmethod
    def bought(cls, amount: int, start_month: int, months: int) -> Self:  # noqa: ARG003
        """One promotion."""
        cost = int(cls.model_fields["cost_per_firm_eur"].default)
        return cls(firms=amount // cost, start_month=start_month)

    def cost(self) -> int:
        """Firms at their cost."""
        return self.firms * self.cost_per_firm_eur


ACCELERATOR = Instrument(
    name="accelerator",
    funder=Funder.STATE,
    settings=Accelerator,
    agent="rebound_sim.agents.accelerator:AcceleratorAgent",
    english=Words("accelerator", "business support: a promotion of firms grows over three years"),
    french=Words("accélérateur", "accompagnement : une promotion d'entreprises croît en trois ans"),
)
