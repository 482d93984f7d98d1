"""An optimisation from its question to its answer: learn, choose, correct, judge.

1. Each zone alone under each option, in the worlds that teach: the response table, shrunk.
2. Candidates: the best allocation under each objective.
3. The best of them is simulated in the coupled programme, in the same worlds. Where that is more
   than a tenth away from what the table predicts, each zone's cells are multiplied by what the
   programme makes of them and the choice is made again: a search around the best.
4. All candidates and the strategies are simulated in the coupled programme in the other worlds,
   with another luck. A candidate is never judged in the worlds that chose it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from rebound_sim.decision.optimise.allocation import Allocation, Allocations
from rebound_sim.decision.optimise.candidates import candidates
from rebound_sim.decision.optimise.learn import jobs_alone, respond, together
from rebound_sim.decision.optimise.limits import Limit, programme_limits, user_limits
from rebound_sim.decision.optimise.parts import Parts
from rebound_sim.decision.optimise.plans import plan_of
from rebound_sim.decision.optimise.prices import FrontierPoint, Price, frontier, prices
from rebound_sim.decision.optimise.question import Question, judged
from rebound_sim.decision.optimise.responses import Responses
from rebound_sim.decision.optimise.shrinkage import shrunk
from rebound_sim.experiment.watcher import Watcher
from rebound_sim.policies.arm import Arm
from rebound_sim.policies.plan import Plan
from rebound_sim.statistics.programme.inequality import worst_tenth

Values = NDArray[np.float64]

#: Gap between predicted and simulated from which the search goes on.
TOLERANCE = 0.10
ROUNDS = 3
CORRECTED, MEAN = "best_corrected", "best_mean"


@dataclass(frozen=True)
class Judged:
    """An arm in the worlds that judge. Cells: float[zones, worlds].

    predicted : jobs by the table in the worlds that taught, NaN for a strategy
    alone     : jobs of the same options, zones alone, in the worlds that judge; NaN likewise
    """

    arm: str
    choice: NDArray[np.int64] | None
    cells: Mapping[str, Values]
    allocated: float
    predicted: float
    alone: float

    @property
    def jobs(self) -> Values:
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
class Answer:
    """All that an optimisation found.

    raw : the table as simulated    responses : shrunk    kept : part of the rests kept
    corrections : rounds of the search around the best    gap : of the last, simulated / predicted
    """

    question: Question
    raw: Responses
    responses: Responses
    limits: tuple[Limit, ...]
    kept: float
    allocations: tuple[Allocation, ...]
    plans: tuple[Plan, ...]
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
    question: Question, parts: Parts, workers: int | None = None, watcher: Watcher | None = None
) -> Answer:
    """Do what is missing and answer. Raises InputError (limits), EngineError."""
    watch = watcher or Watcher()
    watch.said(f"Learning: {len(question.closing)} zones alone under {len(question.menu)} options "
               f"in {len(question.learning)} worlds.")  # fmt: skip
    raw = respond(question, parts, question.learning, workers, watch)
    responses, kept = shrunk(raw)
    limits = _limits(question, responses)
    found = candidates(responses, limits, limits[0])
    corrected, rounds, gap = _corrected(question, parts, responses, found[0], workers, watch)
    if corrected is not None:
        found.append(corrected)
    plans = [plan_of(a.name, responses.zones, responses.options, a.choice) for a in found]
    watch.said(f"Judging: {len(found)} plans and {len(question.strategies)} strategies in "
               f"{len(question.judging)} other worlds, with another luck.")  # fmt: skip
    arms = judged(question.strategies, [Arm.of_plan(plan) for plan in plans])
    simulated = together(question, parts, arms, question.judging, workers, watch)
    alone = jobs_alone(question, parts, [a.choice for a in found], question.judging, workers, watch)
    problem = Allocations(responses, limits)
    return Answer(
        question, raw, responses, limits, kept, tuple(found), tuple(plans),
        tuple(
            _judged(question, responses, arm.name, found, alone, simulated[arm.name])
            for arm in arms
        ),
        tuple(frontier(problem, limits[0])), tuple(prices(problem)), rounds, gap,
    )  # fmt: skip


def _limits(question: Question, responses: Responses) -> tuple[Limit, ...]:
    table = question.world.national()
    return (*programme_limits(table, responses), *user_limits(question.limits, table, responses))


def _corrected(
    question: Question, parts: Parts, responses: Responses, best: Allocation,
    workers: int | None, watch: Watcher,
) -> tuple[Allocation | None, int, float]:  # fmt: skip
    """The best allocation once the table is corrected by the coupled programme, in worlds that
    teach. None where the table predicts it within TOLERANCE, or where no round does better."""
    tried: list[tuple[float, Allocation]] = []
    table, choice, gap = responses, best, 0.0
    for number in range(ROUNDS + 1):
        plan = plan_of(f"round_{number}", responses.zones, responses.options, choice.choice)
        cells = together(question, parts, [Arm.of_plan(plan)], question.learning, workers, watch)
        simulated = cells[plan.name]["jobs"].sum(axis=0)
        predicted = float(table.of("jobs", choice.choice).sum(axis=0).mean())
        gap = float(simulated.mean()) / predicted if predicted > 0 else float("nan")
        tried.append((float(simulated.mean()), choice))
        if abs(gap - 1.0) <= TOLERANCE or number == ROUNDS:
            break
        table = _scaled(table, choice, cells[plan.name]["jobs"])
        again = Allocations(table, _limits(question, table)).mean(CORRECTED)
        if any(np.array_equal(again.choice, other.choice) for _, other in tried):
            break
        choice = again
    top = max(tried, key=lambda pair: pair[0])[1]
    rounds = len(tried) - 1
    return (None if top is best else replace(top, name=CORRECTED)), rounds, gap


def _scaled(table: Responses, choice: Allocation, simulated: Values) -> Responses:
    """Cells of each zone times what the programme makes of its option, between a half and twice,
    half of the way for zones: a zone's own ratio is mostly luck."""
    predicted = table.of("jobs", choice.choice)
    whole = float(simulated.sum() / predicted.sum()) if predicted.sum() > 0 else 1.0
    own = simulated.mean(axis=1) / np.maximum(predicted.mean(axis=1), 1.0)
    ratios = np.clip((np.clip(own, 0.0, 2.0) + whole) / 2.0, 0.5, 2.0)
    return replace(table, jobs=table.jobs * ratios[:, np.newaxis, np.newaxis])


def _judged(
    question: Question, responses: Responses, name: str, found: Sequence[Allocation],
    alone: Sequence[float], cells: Mapping[str, Values],
) -> Judged:  # fmt: skip
    place = next((n for n, a in enumerate(found) if a.name == name), None)
    cost = question.world.national().daily_cost_eur
    if place is None:
        return Judged(name, None, cells, float("nan"), float("nan"), float("nan"))
    own = found[place]
    euros = sum(sum(responses.options[option].euros(cost)) for option in own.choice.tolist())
    predicted = float(responses.of("jobs", own.choice).sum(axis=0).mean())
    return Judged(name, own.choice, cells, float(euros), predicted, alone[place])
