"""Competitive calls, each with a target envelope."""

from __future__ import annotations

from rebound_sim.policies.allocation import FileDesk
from rebound_sim.policies.desk import Integers
from rebound_sim.policies.selection.merit import merit
from rebound_sim.policies.strategy import strategy


# Calls and ceiling of Rebond industriel: a selection every 4 months; envelopes of territories
# between 1.5 and 5 M€.
@strategy(
    "waves",
    level="files",
    words=("calls in waves", "appels par vagues"),
    committee_months=4,
    zone_ceiling_eur=5_000_000,
    pace=False,
)
def waves(desk: FileDesk, budget: int) -> Integers:
    """Competitive calls, each with a target envelope.

    A call every four months. Wave w of W may commit envelope × w / W less what earlier waves
    committed: targets are equal, and what a wave leaves is added to the next. In a wave, the best
    files of all zones come first (score of `merit`), with at most 5 M€ for a zone over the whole
    programme.
    """
    target = desk.session.due - int(desk.zones.committed.sum())
    return merit(desk.requests, min(budget, target))
