"""An optimisation from its question to its answer: learn, choose, correct, judge.

1. Each zone alone under each option, in the first of the worlds that teach; then under the options
   that win this race, in the others of them: the response table, shrunk.
2. Candidates: the best allocation under each objective.
3. The best of them is simulated in the coupled programme, in two thirds of the same worlds. Where
   that is more than a tenth away from what the table predicts, each zone's cells are multiplied by
   what the programme makes of them and the choice is made again: a search around the best.
4. All candidates and the strategies are simulated in the coupled programme in the other worlds,
   with another luck. A candidate is never judged in the worlds that chose it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from rebound_sim.decision.optimise.allocation import Allocation, Allocations
from rebound_sim.decision.optimise.candidates import candidates
from rebound_sim.decision.optimise.learn import respond, together
from rebound_sim.decision.optimise.limits import Limit, programme_limits, user_limits
from rebound_sim.decision.optimise.parts import Parts, key_of
from rebound_sim.decision.optimise.plans import plan_of
from rebound_sim.decision.optimise.prices import FrontierPoint, Price, frontier, prices
from rebound_sim.decision.optimise.question import Question, judged
from rebound_sim.decision.optimise.race import survivors
from rebound_sim.decision.optimise.responses import Responses
from rebound_sim.decision.optimise.shrinkage import shrunk
from rebound_sim.experiment.watcher import Watcher
from rebound_sim.policies.arm import Arm
from rebound_sim.policies.plan import Plan
from rebound_sim.statistics.programme.inequality import worst_tenth

Values = NDArray[np.float64]

#: Gap between predicted and simulated from which the search goes on.
TOLERANCE = 0.10
ROUNDS = 2
CORRECTED, MEAN = "best_corrected", "best_mean"


@dataclass(frozen=True)
class Judged:
    """An arm in the worlds that judge. Cells: float[zones, worlds].

    predicted : jobs by the table in the worlds that taught, NaN for a strategy
    coupling  : jobs that neighbours and queues add in those worlds where the plan was checked
        against the table, NaN for others
    """

    arm: str
    choice: NDArray[np.int64] | None
    cells: Mapping[str, Values]
    allocated: float
    predicted: float
    coupling: float

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

    first : the whole menu in the worlds that raced    raw : the table as simulated
    responses : shrunk    kept : part of the rests kept
    corrections : rounds of the search around the best    gap : of the last, simulated / predicted
    """

    question: Question
    first: Responses
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
    first, raw = _table(question, parts, workers, watch)
    responses, kept = shrunk(raw)
    limits = _limits(question, responses)
    watch.said(f"Choosing between {len(raw.options)} options in {len(raw.zones)} zones.")
    found = _chosen(parts, responses, limits)
    search = _searched(question, parts, responses, found[0], workers, watch)
    if search.better is not None:
        found.append(search.better)
    plans = [plan_of(a.name, responses.zones, responses.options, a.choice) for a in found]
    watch.said(
        f"Judging: {len(found)} plans and {len(question.strategies)} strategies in "
        f"{len(question.judging)} other worlds, with another luck."
    )
    arms = judged(question.strategies, [Arm.of_plan(plan) for plan in plans])
    simulated = together(question, parts, arms, question.judging, workers, watch)
    watch.said("Pricing limits and drawing the frontier.")
    problem = Allocations(responses, limits)
    return Answer(
        question,
        first,
        raw,
        responses,
        limits,
        kept,
        tuple(found),
        tuple(plans),
        tuple(
            _judged(question, responses, arm.name, found, search, simulated[arm.name])
            for arm in arms
        ),
        tuple(frontier(problem, limits[0])),
        tuple(prices(problem)),
        search.rounds,
        search.gap,
    )


def _table(
    question: Question, parts: Parts, workers: int | None, watch: Watcher
) -> tuple[Responses, Responses]:
    """The whole menu in the worlds that race, and what is left of it in all that teach."""
    zones, teach, race = len(question.closing), question.learning, question.racing
    watch.said(
        f"Learning: {zones} zones alone under {len(question.menu)} options in {len(race)} "
        f"of {len(teach)} worlds."
    )
    first = respond(question, parts, race, (), workers, watch)
    if race == teach:
        return first, first
    limits = _limits(question, shrunk(first)[0])
    watch.said("Racing: options that no choice uses are left out.")
    key = key_of("race", _digest(first, limits))
    kept = tuple(parts.remembered(key, lambda: survivors(first, limits)))
    watch.said(f"Learning: {len(kept)} options in the other {len(teach) - len(race)} worlds.")
    return first, respond(question, parts, teach, kept, workers, watch)


def _chosen(parts: Parts, table: Responses, limits: Sequence[Limit]) -> list[Allocation]:
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


@dataclass(frozen=True)
class _Search:
    """The search around the best.

    better : the best once the table is corrected by the coupled programme, None where the table
        predicts it within TOLERANCE or no round does better    gap : of the last round
    coupling : jobs of the programme less those of the table, same worlds, by name of plan
    """

    better: Allocation | None
    rounds: int
    gap: float
    coupling: Mapping[str, float]


def _searched(
    question: Question,
    parts: Parts,
    responses: Responses,
    best: Allocation,
    workers: int | None,
    watch: Watcher,
) -> _Search:
    """Simulate the best in worlds that teach, correct the table, choose again."""
    worlds = question.checking
    tried: list[tuple[float, Allocation, float]] = []
    table, choice, gap = responses, best, 0.0
    for number in range(ROUNDS + 1):
        watch.said(f"Checking the best in {len(worlds)} worlds that taught, round {number + 1}.")
        plan = plan_of(f"round_{number}", responses.zones, responses.options, choice.choice)
        cells = together(question, parts, [Arm.of_plan(plan)], worlds, workers, watch)[plan.name]
        simulated = float(cells["jobs"].sum(axis=0).mean())
        predicted = _predicted(table, choice, len(worlds))
        gap = simulated / predicted if predicted > 0 else float("nan")
        coupling = simulated - _predicted(responses, choice, len(worlds))
        tried.append((simulated, choice, coupling))
        if abs(gap - 1.0) <= TOLERANCE or number == ROUNDS:
            break
        table = _scaled(table, choice, cells["jobs"])
        again = Allocations(table, _limits(question, table)).mean(CORRECTED)
        if any(np.array_equal(again.choice, other.choice) for _, other, _ in tried):
            break
        choice = again
    _, top, coupling = max(tried, key=lambda one: one[0])
    better = None if top is best else replace(top, name=CORRECTED)
    return _Search(better, len(tried) - 1, gap, {CORRECTED: coupling, best.name: tried[0][2]})


def _predicted(table: Responses, choice: Allocation, worlds: int) -> float:
    """Jobs of an allocation by a table, mean of its first worlds."""
    return float(table.of("jobs", choice.choice)[:, :worlds].sum(axis=0).mean())


def _scaled(table: Responses, choice: Allocation, simulated: Values) -> Responses:
    """Cells of each zone times what the programme makes of its option, between a half and twice,
    half of the way for zones: a zone's own ratio is mostly luck."""
    predicted = table.of("jobs", choice.choice)[:, : simulated.shape[1]]
    whole = float(simulated.sum() / predicted.sum()) if predicted.sum() > 0 else 1.0
    own = simulated.mean(axis=1) / np.maximum(predicted.mean(axis=1), 1.0)
    ratios = np.clip((np.clip(own, 0.0, 2.0) + whole) / 2.0, 0.5, 2.0)
    return replace(table, jobs=table.jobs * ratios[:, np.newaxis, np.newaxis])


def _judged(
    question: Question,
    responses: Responses,
    name: str,
    found: Sequence[Allocation],
    search: _Search,
    cells: Mapping[str, Values],
) -> Judged:
    own = next((a for a in found if a.name == name), None)
    cost = question.world.national().daily_cost_eur
    if own is None:
        return Judged(name, None, cells, float("nan"), float("nan"), float("nan"))
    euros = sum(sum(responses.options[option].euros(cost)) for option in own.choice.tolist())
    predicted = _predicted(responses, own, len(responses.worlds))
    coupling = search.coupling.get(name, float("nan"))
    return Judged(name, own.choice, cells, float(euros), predicted, coupling)
