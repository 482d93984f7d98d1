"""Grants: a fund for industrial investment, that a committee awards to files."""

from __future__ import annotations

from typing import Literal, Self

from pydantic import Field

from rebound_sim.policies.instruments.instrument import (
    LARGEST_BUDGET_EUR,
    Funder,
    Instrument,
    Settings,
    Words,
    duration,
    start,
)
from rebound_sim.reading.strict import quantity


class Grants(Settings):
    """A fund for industrial investment."""

    envelope_eur: int = quantity(
        unit="EUR", meaning="money of the fund", ge=0, le=LARGEST_BUDGET_EUR
    )
    start_month: int = start(...)
    duration_months: int = duration(..., "months during which files are accepted")
    selection: Literal["merit", "first_come", "jobs_per_euro", "random"] = Field(
        "merit", description="how files are ranked when money is short"
    )

    def planned_eur(self, months: int, grants_eur: int) -> int:  # noqa: ARG002
        """The envelope."""
        return self.envelope_eur

    @classmethod
    def bought(cls, amount: int, start_month: int, months: int) -> Self:
        """An envelope."""
        return cls(envelope_eur=amount, duration_months=months, start_month=start_month)


GRANTS = Instrument(
    name="grants",
    funder=Funder.STATE,
    settings=Grants,
    agent="rebound_sim.agents.fund:FundOperator",
    english=Words("grants", "a committee awards money to investments, paid as they are built"),
    french=Words(
        "subventions", "un comité attribue de l'argent à des investissements, payé à mesure"
    ),
)
