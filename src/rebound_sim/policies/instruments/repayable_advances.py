"""Repayable advances: money lent without interest to investments that got no grant.

Rebond industriel gave grants and repayable advances; their split is not published. A file that the
committee passed over, or any file where there is no fund, gets an advance while the money lasts.
"""

from __future__ import annotations

from rebound_sim.policies.instruments.instrument import (
    Fund,
    Funder,
    Instrument,
    Words,
    duration,
    start,
)


class RepayableAdvances(Fund):
    """Money lent to investments, repaid once they run."""

    start_month: int = start(0)
    duration_months: int = duration(24, "months during which money is lent")


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
