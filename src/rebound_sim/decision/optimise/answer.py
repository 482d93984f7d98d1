"""An optimisation from its question to its answer: learn, choose, correct, judge.

1. Zones alone under each option, a part of them in each world that teaches; some race under the
   whole menu, the others under the options that win: the response table, from which what each zone
   can expect in each world follows (`shrinkage`).
2. Candidates: the best allocation under each objective.
3. They rehearse in the coupled programme, in a few of the same worlds. Where the best is more than
   a tenth away from what the same zones gave alone, each zone's cells are multiplied by what the
   programme makes of them and the choice is made again: a search around the best.
4. Those that go on (the best, what no other beats) and all strategies are simulated in the coupled
   programme in the other worlds, with another luck. A candidate is never judged in the worlds that
   chose it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from rebound_sim.arrays import Floats
from rebound_sim.decision.optimise.allocation import Allocation, Allocations
from rebound_sim.decision.optimise.candidates import candidates
from rebound_sim.decision.optimise.correction import Correction, corrected, coupling
from rebound_sim.decision.optimise.forecast import Forecast, LeftOut
from rebound_sim.decision.optimise.learn import respond, together
from rebound_sim.decision.optimise.limits import Limit, programme_limits, user_limits
from rebound_sim.decision.optimise.parts import key_of
from rebound_sim.decision.optimise.plans import plan_of
from rebound_sim.decision.optimise.prices import FrontierPoint, Price, frontier, prices
from rebound_sim.decision.optimise.question import Question, judged
from rebound_sim.decision.optimise.race import survivors
from rebound_sim.decision.optimise.rehearsal import Rehearsed, rehearsed
from rebound_sim.decision.optimise.responses import Responses
from rebound_sim.decision.optimise.shrinkage import Parts, shrunk
from rebound_sim.experiment.executors import Team
from rebound_sim.experiment.kept import Kept
from rebound_sim.experiment.watcher import Watcher
from rebound_sim.policies.arm import Arm
from rebound_sim.policies.plan import Plan
from rebound_sim.statistics.intervals import Estimate
from rebound_sim.statistics.programme.inequality import worst_tenth

CORRECTED, MEAN = "best_corrected", "best_mean"


@dataclass(frozen=True)
class Judged:
    """An arm in the worlds that judge. Cells: float[zones, worlds].

    predicted : jobs by the table, mean of so many other worlds, None for a strategy
    coupling  : jobs that neighbours and queues add in the rehearsal, NaN for a strategy
    """

    arm: str
    choice: NDArray[np.int64] | None
    cells: Mapping[str, Floats]
    allocated: float
    predicted: Forecast | None
    coupling: float

    @property
    def jobs(self) -> Floats:
        """Additional jobs in each world, all zones."""
        return np.asarray(self.cells["jobs"].sum(axis=0))

    @property
    def spent(self) -> float:
        """EUR, mean of worlds."""
        return float(self.cells["spent"].sum(axis=0).mean())

    @property
    def worst_tenth(self) -> float:
        """Jobs missing per 1,000 residents in the worst tenth of zones, mean of worlds."""
        return float(worst_tenth(self.cells["loss"]).mean())


@dataclass(frozen=True)
class Optimisation:
    """All that an optimisation found.

    first : the whole menu in zones that raced    raw : the table as simulated
    responses : as expected    varies : how much of jobs is the zone's, the world's, and luck
    without : the table without each world that taught    luck : jobs that the choice owes to it
    rehearsal : plans in worlds that taught    judged : those that went on, and strategies
    corrections : rounds of the search around the best    gap : of the last, simulated / predicted
    """

    question: Question
    first: Responses
    raw: Responses
    responses: Responses
    limits: tuple[Limit, ...]
    varies: Parts
    without: LeftOut
    luck: Estimate
    allocations: tuple[Allocation, ...]
    plans: tuple[Plan, ...]
    rehearsal: tuple[Rehearsed, ...]
    judged: tuple[Judged, ...]
    frontier: tuple[FrontierPoint, ...]
    prices: tuple[Price, ...]
    corrections: int
    gap: float

    @property
    def chosen(self) -> Judged:
        """The plan of the most jobs on average in the worlds that taught, as judged in the others.

        Naming the best of those judged instead would be to choose by the worlds that judge.
        """
        found = {judged.arm: judged for judged in self.judged}
        return found.get(CORRECTED, found[MEAN])


def answered(
    question: Question, parts: Kept, workers: Team = None, watcher: Watcher | None = None
) -> Optimisation:
    """Do what is missing and answer. Raises InputError (limits), EngineError."""
    watch = watcher or Watcher()
    first, raw = _table(question, parts, workers, watch)
    responses, varies = shrunk(raw)
    limits = _limits(question, responses)
    watch.said(f"Choosing between {len(raw.options)} options in {len(raw.zones)} zones.")
    found = _chosen(parts, responses, limits)
    tries, correction = _rehearsed(question, parts, (raw, responses), found, workers, watch)
    if correction.better is not None:
        found.append(replace(correction.better, name=CORRECTED))
    plans = [plan_of(a.name, responses.zones, responses.options, a.choice) for a in found]
    rehearsal = rehearsed(tries, _always(found), question.finalists)
    arms = _judging(question, plans, rehearsal, watch)
    simulated = together(question, parts, arms, question.judging, workers, watch)
    watch.said("Leaving each world that taught out; pricing limits; drawing the frontier.")
    without, problem = LeftOut(raw, responses), Allocations(responses, limits)
    judge = _Judge(question, raw, without, found, tries)
    return Optimisation(
        question,
        first,
        raw,
        responses,
        limits,
        varies,
        without,
        without.luck_of_choice(lambda table: Allocations(table, limits).mean()),
        tuple(found),
        tuple(plans),
        tuple(rehearsal),
        tuple(judge(arm.name, simulated[arm.name]) for arm in arms),
        tuple(frontier(problem, limits[0])),
        tuple(prices(problem)),
        correction.rounds,
        correction.gap,
    )


def _judging(
    question: Question, plans: Sequence[Plan], rehearsal: Sequence[Rehearsed], watch: Watcher
) -> tuple[Arm, ...]:
    """Plans that go on from the rehearsal, and all strategies."""
    going = {one.arm for one in rehearsal if one.judged}
    kept = [Arm.of_plan(plan) for plan in plans if plan.name in going]
    arms = judged(question.strategies, kept)
    watch.said(
        f"Judging: {len(kept)} of {len(rehearsal)} plans and {len(arms) - len(kept)} strategies "
        f"in {len(question.judging)} other worlds, with another luck."
    )
    return arms


def _always(found: Sequence[Allocation]) -> tuple[str]:
    """The plan preferred is judged whatever the rehearsal says."""
    names = [one.name for one in found]
    return (CORRECTED if CORRECTED in names else MEAN,)


def _table(
    question: Question, parts: Kept, workers: Team, watch: Watcher
) -> tuple[Responses, Responses]:
    """The whole menu in zones that race, and what is left of it in all that teach."""
    sample, race = question.sample, question.racing
    watch.said(
        f"Learning: {_size(sample)} zones alone in each of {len(sample)} worlds, {_size(race)} of "
        f"them under {len(question.menu)} options."
    )
    first = respond(question, parts, race, (), workers, watch)
    if race == sample:
        return first, first
    limits = _limits(question, shrunk(first)[0])
    watch.said("Racing: options that no choice uses are left out.")
    key = key_of("race", _digest(first, limits))
    kept = tuple(parts.remembered(key, lambda: survivors(first, limits)))
    watch.said(f"Learning: {len(kept)} options in the other zones of each world.")
    return first, respond(question, parts, sample, kept, workers, watch)


def _size(sample: Mapping[int, tuple[str, ...]]) -> int:
    """Zones of a world, the most."""
    return max(len(zones) for zones in sample.values())


def _chosen(parts: Kept, table: Responses, limits: Sequence[Limit]) -> list[Allocation]:
    """Candidates, those of an earlier run where the same table and limits had them."""
    key = key_of("choices", _digest(table, limits))
    found = parts.remembered(
        key,
        lambda: [
            [a.name, a.choice.tolist(), a.value, a.gap]
            for a in candidates(table, limits, limits[0])
        ],
    )
    return [
        Allocation(name, np.array(choice, np.int64), value, gap)
        for name, choice, value, gap in found
    ]


def _digest(table: Responses, limits: Sequence[Limit]) -> str:
    """Of what choices depend on."""
    cells = (table.jobs, table.loss, table.area, table.files, table.people)
    digest = hashlib.sha256(b"".join(np.ascontiguousarray(c).tobytes() for c in cells))
    for limit in limits:
        digest.update(f"{limit.name} {limit.low!r} {limit.high!r}".encode())
    return digest.hexdigest()


def _limits(question: Question, responses: Responses) -> tuple[Limit, ...]:
    table = question.world.national()
    return (*programme_limits(table, responses), *user_limits(question.limits, table, responses))


def _rehearsed(
    question: Question,
    parts: Kept,
    tables: tuple[Responses, Responses],
    found: Sequence[Allocation],
    workers: Team,
    watch: Watcher,
) -> tuple[dict[str, Mapping[str, Floats]], Correction]:
    """Plans in the coupled programme, in worlds that taught; the search around the best there.

    tables : as simulated, as expected
    """
    (raw, responses), worlds = tables, question.rehearsing
    plans = [plan_of(a.name, responses.zones, responses.options, a.choice) for a in found]
    arms = [Arm.of_plan(plan) for plan in plans]
    watch.said(f"Rehearsing: {len(plans)} plans in {len(worlds)} worlds that taught.")
    tries = together(question, parts, arms, worlds, workers, watch)

    def simulate(number: int, choice: Allocation) -> Mapping[str, Floats]:
        watch.said(f"The programme is far from the table: choice {number + 1} around the best.")
        name = f"round_{number}"
        plan = plan_of(name, responses.zones, responses.options, choice.choice)
        return together(question, parts, [Arm.of_plan(plan)], worlds, workers, watch)[name]

    correction = corrected(
        responses,
        raw,
        found[0],
        tries[found[0].name],
        lambda table: Allocations(table, _limits(question, table)).mean(CORRECTED),
        simulate,
    )
    if correction.better is not None:
        tries[CORRECTED] = correction.cells
    return tries, correction


@dataclass(frozen=True)
class _Judge:
    """What is known of arms beside the worlds that judge."""

    question: Question
    raw: Responses
    without: LeftOut
    found: Sequence[Allocation]
    tries: Mapping[str, Mapping[str, Floats]]

    def __call__(self, name: str, cells: Mapping[str, Floats]) -> Judged:
        own = next((a for a in self.found if a.name == name), None)
        if own is None or name not in self.tries:
            return Judged(name, None, cells, float("nan"), None, float("nan"))
        cost, options = self.question.world.national().daily_cost_eur, self.raw.options
        return Judged(
            name,
            own.choice,
            cells,
            float(sum(sum(options[place].euros(cost)) for place in own.choice.tolist())),
            self.without.forecast(own.choice, len(self.question.judging)),
            coupling(self.raw, own, self.tries[name]["jobs"]),
        )
