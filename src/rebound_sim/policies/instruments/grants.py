"""Grants: a fund for industrial investment, that a committee awards to files."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from rebound_sim.policies.instruments.instrument import (
    Fund,
    Funder,
    Instrument,
    Words,
    duration,
    start,
)


class Grants(Fund):
    """A fund for industrial investment."""

    start_month: int = start(...)
    duration_months: int = duration(..., "months during which files are accepted")
    selection: Literal["merit", "first_come", "jobs_per_euro", "random"] = Field(
        "merit", description="how files are ranked when money is short"
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
