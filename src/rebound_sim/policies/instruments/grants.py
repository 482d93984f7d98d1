"""Grants: a fund for industrial investment, that a committee awards to files."""

from __future__ import annotations

from pydantic import Field

from rebound_sim.policies.instruments.instrument import (
    LARGEST_BUDGET_EUR,
    Fund,
    Funder,
    Instrument,
    Words,
    duration,
    start,
)
from rebound_sim.policies.selection import SelectionName
from rebound_sim.reading.strict import quantity


class Grants(Fund):
    """A fund for industrial investment."""

    start_month: int = start(...)
    duration_months: int = duration(..., "months during which files are accepted")
    selection: SelectionName = Field(
        "merit", description="how files are ranked when money is short"
    )
    minimum_base_eur: int | None = quantity(
        None,
        unit="EUR",
        meaning="smallest eligible base of the call (200,000 EUR in the recovery plan's fund); by "
        "default the parameter `instruments.minimum_base`",
        ge=0,
        le=LARGEST_BUDGET_EUR,
    )
    jobs_weight: float | None = quantity(
        None,
        unit="standard deviations of quality per log job",
        meaning="what promised jobs count for in the committee's mark; by default the parameter "
        "`instruments.jobs_weight`",
        ge=0,
        le=10,
    )


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
