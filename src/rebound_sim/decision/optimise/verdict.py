"""What an optimisation allows to say: arms over the worlds that judge, and the answer in words."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from rebound_sim.decision.optimise.answer import TOLERANCE, Answer, Judged
from rebound_sim.policies.definition import NO_POLICY
from rebound_sim.statistics.intervals import Estimate, mean_estimate
from rebound_sim.statistics.programme.best import Best, chances_of_best
from rebound_sim.statistics.programme.counts import in_worlds
from rebound_sim.statistics.programme.worlds import Standing, by_world, standings, wins

#: What optimal plans are held against: what was done, the same for each zone.
REFERENCE = "equal"
_MILLION = 1e6


@dataclass(frozen=True)
class Verdict:
    """Arms in the worlds that judge.

    standings : best median first, no programme left out    best : chances of the best mean
    gain      : jobs above the reference, mean over worlds with its interval, by arm
    ahead     : worlds above the reference, by arm
    """

    reference: str
    standings: tuple[Standing, ...]
    best: dict[str, Best]
    gain: dict[str, Estimate]
    ahead: dict[str, float]


def verdict(answer: Answer) -> Verdict:
    """Against `equal`, or the first strategy where it was not simulated."""
    arms = {judged.arm: judged.jobs for judged in answer.judged}
    strategies = [judged.arm for judged in answer.judged if judged.choice is None]
    reference = REFERENCE if REFERENCE in arms else (strategies or [NO_POLICY])[0]
    names = (NO_POLICY, *arms)
    values = np.stack([np.zeros(len(answer.question.judging)), *arms.values()])
    against = arms.get(reference, values[0])
    found = by_world(names, values, np.array(answer.question.judging))
    best = chances_of_best(names, values) if values.shape[1] > 1 else []
    return Verdict(
        reference,
        tuple(row for row in standings(found, NO_POLICY) if row.strategy != NO_POLICY),
        {one.strategy: one for one in best},
        {name: mean_estimate(jobs - against) for name, jobs in arms.items()},
        {name: wins(jobs - against) for name, jobs in arms.items()},
    )


def words(answer: Answer, found: Verdict) -> list[str]:
    """The answer in sentences, first what to do, then what it rests on."""
    plans = {judged.arm: judged for judged in answer.judged if judged.choice is not None}
    own, count = answer.chosen, len(answer.question.judging)
    first = next(row for row in found.standings if row.strategy == own.arm)
    share = "four worlds of five"
    lines = [
        f"{first.strategy} brings {first.median:,.0f} additional jobs in the median of {count} "
        f"worlds that did not choose it, {first.low:,.0f} to {first.high:,.0f} in {share}, with "
        f"{own.spent / _MILLION:,.1f} M EUR spent of {own.allocated / _MILLION:,.1f} allocated."
    ]
    if found.reference not in (NO_POLICY, first.strategy):
        gain = found.gain[first.strategy]
        interval = f" [{gain.low:,.0f}; {gain.high:,.0f}]" if gain.has_interval else ""
        lines.append(
            f"Against {found.reference}: {gain.value:+,.0f} jobs{interval} on average, above it "
            f"{in_worlds(found.ahead[first.strategy], count)}."
        )
    lines += _established(found, plans, count)
    lines.append(_prediction(own))
    lines += _correction(answer)
    return lines


def _established(found: Verdict, plans: dict[str, Judged], count: int) -> list[str]:
    if found.reference == NO_POLICY or count < 2:
        return []
    sure = [name for name in plans if found.gain[name].low > 0]
    worse = [name for name in plans if found.gain[name].high < 0]
    if not sure and not worse:
        return [
            f"No optimal plan is established as different from {found.reference}, one at a "
            f"time, 95 %, over {count} worlds."
        ]
    lines = []
    if sure:
        lines.append(
            f"Established above {found.reference}, one at a time, 95 %: {', '.join(sure)}."
        )
    if worse:
        lines.append(f"Established below {found.reference}: {', '.join(worse)}.")
    return lines


def _prediction(own: Judged) -> str:
    """Predicted, then in the programme: neighbours and queues, then the rest."""
    simulated = float(own.jobs.mean())
    coupled = -own.coupling
    chosen = own.predicted - simulated - coupled
    return (
        f"The response table predicted {own.predicted:,.0f} for it; {simulated:,.0f} came, mean of "
        f"the other worlds: {_lost(coupled)} by neighbours and queues (measured in worlds that "
        f"taught), {_lost(chosen)} by other worlds and the luck of the choice."
    )


def _lost(jobs: float) -> str:
    return f"{abs(jobs):,.0f} {'lost' if jobs >= 0 else 'gained'}"


def _correction(answer: Answer) -> list[str]:
    if answer.corrections == 0:
        return []
    within = abs(answer.gap - 1.0) <= TOLERANCE
    said = "within" if within else "still beyond"
    return [
        f"In the worlds that taught, the programme gave more than a tenth less or more than the "
        f"table: {answer.corrections} more {'choice' if answer.corrections == 1 else 'choices'} "
        f"around the best, {said} a tenth at the end."
    ]
