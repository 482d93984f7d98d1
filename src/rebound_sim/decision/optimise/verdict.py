"""What an optimisation allows to say: arms over the worlds that judge, and the answer in words."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from rebound_sim.arrays import Floats
from rebound_sim.decision.optimise.answer import Judged, Optimisation
from rebound_sim.decision.optimise.correction import TOLERANCE
from rebound_sim.policies.definition import NO_POLICY
from rebound_sim.statistics.intervals import Estimate, mean_estimate, median_estimate
from rebound_sim.statistics.programme.best import Best, chances_of_best
from rebound_sim.statistics.programme.counts import in_worlds
from rebound_sim.statistics.programme.worlds import Standing, by_world, standings, wins

_MILLION = 1e6


@dataclass(frozen=True)
class PlansVerdict:
    """Arms in the worlds that judge.

    standings : best median first, no programme left out    best : chances of the best mean
    gain      : jobs above the reference, mean over worlds with its interval, by arm
    typical   : the same, median over worlds with its interval by order statistics (6 worlds or
        more), which leaves out 0 when the arm is ahead in more worlds than a coin would give
    ahead     : worlds above the reference, by arm
    """

    reference: str
    standings: tuple[Standing, ...]
    best: dict[str, Best]
    gain: dict[str, Estimate]
    typical: dict[str, Estimate]
    ahead: dict[str, float]


def verdict(answer: Optimisation) -> PlansVerdict:
    """Against the reference of the question."""
    arms = {judged.arm: judged.jobs for judged in answer.judged}
    reference = answer.question.reference
    names = (NO_POLICY, *arms)
    values = np.stack([np.zeros(len(answer.question.judging)), *arms.values()])
    against = arms.get(reference, values[0])
    found = by_world(names, values, np.array(answer.question.judging))
    best = chances_of_best(names, values) if values.shape[1] > 1 else []
    return PlansVerdict(
        reference,
        tuple(row for row in standings(found, NO_POLICY) if row.arm != NO_POLICY),
        {one.arm: one for one in best},
        {name: mean_estimate(jobs - against) for name, jobs in arms.items()},
        {name: _typical(jobs - against) for name, jobs in arms.items()},
        {name: wins(jobs - against) for name, jobs in arms.items()},
    )


def _typical(differences: Floats) -> Estimate:
    return replace(median_estimate(differences), value=float(np.median(differences)))


def words(answer: Optimisation, found: PlansVerdict) -> list[str]:
    """The answer in sentences, first what to do, then what it rests on."""
    plans = {judged.arm: judged for judged in answer.judged if judged.choice is not None}
    own, count = answer.chosen, len(answer.question.judging)
    first = next(row for row in found.standings if row.arm == own.arm)
    share = "four worlds of five"
    lines = [
        f"{first.arm} brings {first.median:,.0f} additional jobs in the median of {count} "
        f"worlds that did not choose it, {first.low:,.0f} to {first.high:,.0f} in {share}, with "
        f"{own.spent / _MILLION:,.1f} M EUR spent of {own.allocated / _MILLION:,.1f} allocated."
    ]
    if found.reference not in (NO_POLICY, first.arm):
        typical, mean = found.typical[first.arm], found.gain[first.arm]
        lines.append(
            f"Against {found.reference}: {_told(typical)} jobs in the median world, above it "
            f"{in_worlds(found.ahead[first.arm], count)}; {_told(mean)} on average."
        )
    lines += _established(found, plans, count)
    lines += _prediction(answer)
    lines += _correction(answer)
    lines += _rehearsal(answer)
    return lines


def _told(estimate: Estimate) -> str:
    interval = f" [{estimate.low:,.0f}; {estimate.high:,.0f}]" if estimate.has_interval else ""
    return f"{estimate.value:+,.0f}{interval}"


def _established(found: PlansVerdict, plans: dict[str, Judged], count: int) -> list[str]:
    """By the median world, then by the mean: a mean that a few worlds carry is told apart."""
    if found.reference == NO_POLICY or count < 2:
        return []
    lines = []
    for estimates, where in ((found.typical, "in most worlds"), (found.gain, "on average")):
        sure = [name for name in plans if estimates[name].low > 0]
        worse = [name for name in plans if estimates[name].high < 0]
        for names, side in ((sure, "above"), (worse, "below")):
            if names:
                lines.append(
                    f"Established {side} {found.reference} {where}, one at a time, 95 %: "
                    f"{', '.join(names)}."
                )
    return lines or [
        f"No optimal plan is established as different from {found.reference}, one at a "
        f"time, 95 %, over {count} worlds."
    ]


def _prediction(answer: Optimisation) -> list[str]:
    """Predicted, then in the programme: neighbours and queues, then the rest; what the choice owes
    to luck; what zones owe to it."""
    own, count = answer.chosen, len(answer.question.judging)
    if own.predicted is None:
        return []
    simulated, told = float(own.jobs.mean()), own.predicted
    wide = not np.isnan(told.low)
    where = f"mean of {count} other worlds"
    interval = f" [{told.low:,.0f}; {told.high:,.0f}], 95 %, for the {where}" if wide else ""
    coupled = -own.coupling
    lines = [
        f"The response table predicted {told.value:,.0f} for it{interval}; {simulated:,.0f} came"
        f"{'' if wide else f', {where}'}: {_lost(coupled)} by neighbours and queues (measured in "
        f"worlds that taught), {_lost(told.value - simulated - coupled)} by other worlds and luck."
    ]
    if answer.luck.has_interval:
        lines.append(
            f"The luck of the choice: {_told(answer.luck)} jobs, predicted and not come where a "
            f"plan was chosen without one of the worlds that taught and tried there."
        )
    zone, world, rest = (
        f"{100.0 * share:.0f} %"
        for share in (answer.varies.zone, answer.varies.world, answer.varies.rest)
    )
    lines.append(
        f"What help brings to one zone in one world varies by {zone} with the zone and by {world} "
        f"with the world; {rest} is luck, of which the table is freed."
    )
    return lines


def _lost(jobs: float) -> str:
    return f"{abs(jobs):,.0f} {'lost' if jobs >= 0 else 'gained'}"


def _correction(answer: Optimisation) -> list[str]:
    if answer.corrections == 0:
        return []
    within = abs(answer.gap - 1.0) <= TOLERANCE
    said = "within" if within else "still beyond"
    return [
        f"In the worlds that taught, the programme gave more than a tenth less or more than the "
        f"table: {answer.corrections} more {'choice' if answer.corrections == 1 else 'choices'} "
        f"around the best, {said} a tenth at the end."
    ]


def _rehearsal(answer: Optimisation) -> list[str]:
    left = [one.arm for one in answer.rehearsal if not one.judged]
    if not left:
        return []
    worlds = len(answer.question.rehearsing)
    where = f"a rehearsal in {worlds} worlds that taught"
    return [f"Plans not judged, beaten in {where}: {', '.join(left)}."]
