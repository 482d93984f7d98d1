"""What each limit costs, and the frontier between jobs, equity and euros."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from rebound_sim.decision.optimise.allocation import Allocation, Allocations
from rebound_sim.decision.optimise.limits import Limit
from rebound_sim.errors import InputError
from rebound_sim.statistics.programme.inequality import worst_tenth

#: Relaxation at which a limit is priced: a tenth of its bound.
STEP = 0.1
#: Shares of the envelope, and places between the least and the usual loss of the worst tenth.
ENVELOPES = (0.25, 0.5, 0.75, 1.0)
EQUITY = (0.0, 0.25, 0.5, 1.0)


@dataclass(frozen=True, slots=True)
class Price:
    """What a limit costs in jobs (mean over the training worlds).

    relaxed : jobs gained when its bound moves by a tenth    removed : when it is dropped
    bound   : the bound, in the unit of the limit
    """

    limit: str
    bound: float
    relaxed: float
    removed: float


@dataclass(frozen=True, slots=True)
class FrontierPoint:
    """One allocation of the frontier, as the response table predicts it.

    envelope : EUR that could be used    worst_tenth : jobs missing per 1,000 residents
    """

    envelope: float
    allocated: float
    spent: float
    jobs: float
    worst_tenth: float
    allocation: Allocation


def prices(problem: Allocations) -> list[Price]:
    """Of every limit but the envelope's own removal, which has no answer but the whole menu."""
    whole = problem.mean().value
    found = []
    for place, limit in enumerate(problem.limits):
        others = [other for n, other in enumerate(problem.limits) if n != place]
        relaxed = Allocations(problem.responses, [*others, _relaxed(limit)]).mean().value
        removed = Allocations(problem.responses, others).mean().value
        bound = limit.high if np.isfinite(limit.high) else limit.low
        found.append(Price(limit.name, bound, max(relaxed - whole, 0.0), max(removed - whole, 0.0)))
    return found


def frontier(problem: Allocations, envelope: Limit) -> list[FrontierPoint]:
    """Most jobs for parts of the envelope and bounds of the worst tenth's loss, dominated ones left
    out. envelope : the limit of euros, among those of the problem."""
    found: list[FrontierPoint] = []
    others = [limit for limit in problem.limits if limit.name != envelope.name]
    for share in ENVELOPES:
        part = replace(envelope, high=envelope.high * share)
        try:
            one = Allocations(problem.responses, [*others, part])
            free, even = one.mean(), one.least_worst_tenth()
        except InputError:
            continue  # floors need more than this part
        least, usual = -even.value, worst_tenth_loss(problem, free.choice)
        for place in EQUITY:
            bound = least + place * (usual - least) + 1e-6 * max(abs(usual), 1.0)
            chosen = free if place == 1.0 else one.worst_tenth(bound)
            found.append(_point(problem, envelope, part.high, chosen))
    return _undominated(found)


def worst_tenth_loss(problem: Allocations, choice: np.ndarray) -> float:
    """Mean over worlds of the mean loss of the worst tenth of zones under an allocation."""
    return float(worst_tenth(problem.responses.of("loss", choice)).mean())


def _point(
    problem: Allocations, envelope: Limit, euros: float, chosen: Allocation
) -> FrontierPoint:
    rows = np.arange(len(problem.responses.zones))
    return FrontierPoint(
        euros,
        float(envelope.cells[0][rows, chosen.choice].sum()),
        float(problem.responses.of("spent", chosen.choice).sum(axis=0).mean()),
        float(problem.responses.of("jobs", chosen.choice).sum(axis=0).mean()),
        worst_tenth_loss(problem, chosen.choice),
        chosen,
    )


def _undominated(points: Sequence[FrontierPoint]) -> list[FrontierPoint]:
    def better(one: FrontierPoint, other: FrontierPoint) -> bool:
        ahead = (
            one.jobs - other.jobs,
            other.worst_tenth - one.worst_tenth,
            other.allocated - one.allocated,
        )
        return min(ahead) >= -1e-9 and max(ahead) > 1e-9

    kept: list[FrontierPoint] = []
    for point in points:
        same = any(np.array_equal(point.allocation.choice, k.allocation.choice) for k in kept)
        if not same and not any(better(other, point) for other in points):
            kept.append(point)
    return sorted(kept, key=lambda point: (point.allocated, point.jobs))


def _relaxed(limit: Limit) -> Limit:
    low = limit.low * (1.0 - STEP) if np.isfinite(limit.low) else limit.low
    high = limit.high * (1.0 + STEP) if np.isfinite(limit.high) else limit.high
    return replace(limit, low=low, high=high)
