"""Repayable advances: money lent without interest to investments that got no grant.

Rebond industriel gave grants and repayable advances; their split is not published. A file that the
committee passed over, or any file where there is no fund, gets an advance while the money lasts.
"""

from __future__ import annotations

from typing import Self

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


class RepayableAdvances(Settings):
    """Money lent to investments, repaid once they run."""

    envelope_eur: int = quantity(
        unit="EUR", meaning="money lent in all", ge=0, le=LARGEST_BUDGET_EUR
    )
    start_month: int = start(0)
    duration_months: int = duration(24, "months during which money is lent")

    def planned_eur(self, months: int, grants_eur: int) -> int:  # noqa: ARG002
        """All that is lent; what comes back is counted when it does."""
        return self.envelope_eur

    @classmethod
    def bought(cls, amount: int, start_month: int, months: int) -> Self:
        """An envelope."""
        return cls(envelope_eur=amount, duration_months=months, start_month=start_month)


REPAYABLE_ADVANCES = Instrument(
    name="repayable_advances",
    funder=Funder.STATE,
    settings=RepayableAdvances,
    agent="rebound_sim.agents.advances:AdvancesOperator",
    english=Words(
        "repayable advances", "money lent without interest to investments, repaid once they run"
    ),
    french=Words(
        "avances remboursables", "prêts sans intérêt aux investissements, remboursés en marche"
    ),
)
