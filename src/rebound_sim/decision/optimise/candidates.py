"""Allocations worth simulating: the best of each objective, and those nearer equity or thrift."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

import numpy as np

from rebound_sim.decision.optimise.allocation import Allocation, Allocations
from rebound_sim.decision.optimise.limits import Limit
from rebound_sim.decision.optimise.prices import worst_tenth_loss
from rebound_sim.decision.optimise.responses import Responses
from rebound_sim.errors import InputError
from rebound_sim.statistics.programme.inequality import theil

_LEVELS = 10  # worst zones that leximin orders


def candidates(responses: Responses, limits: Sequence[Limit], envelope: Limit) -> list[Allocation]:
    """One allocation an objective, the same choice kept once under the first name.

    Raises InputError when the limits exclude one another.
    """
    problem = Allocations(responses, limits)
    mean, even = problem.mean("best_mean"), problem.least_worst_tenth("best_worst_tenth")
    usual = worst_tenth_loss(problem, mean.choice)
    halfway = (usual - even.value) / 2.0
    tries: dict[str, Callable[[], Allocation]] = {
        "best_mean": lambda: mean,
        "best_tail": lambda: problem.tail(name="best_tail"),
        "least_regret": lambda: problem.regret("least_regret"),
        "best_worst_tenth": lambda: even,
        "fair": lambda: problem.worst_tenth(halfway, "fair"),
        "even": lambda: problem.theil(_halfway_theil(problem, mean, even), "even"),
        "leximin": lambda: problem.leximin(_LEVELS, "leximin"),
        **{
            name: lambda share=share, name=name: _with_share(problem, envelope, share, name)  # type: ignore[misc]
            for name, share in (("three_quarters", 0.75), ("half", 0.5), ("quarter", 0.25))
        },
    }
    found: list[Allocation] = []
    for make in tries.values():
        try:
            made = make()
        except InputError:
            continue  # floors need more than a part of the envelope, or a bound cannot be met
        if not any(np.array_equal(made.choice, other.choice) for other in found):
            found.append(made)
    return found


def _with_share(problem: Allocations, envelope: Limit, share: float, name: str) -> Allocation:
    others = [limit for limit in problem.limits if limit.name != envelope.name]
    part = replace(envelope, high=envelope.high * share)
    return Allocations(problem.responses, [*others, part]).mean(name)


def _halfway_theil(problem: Allocations, first: Allocation, second: Allocation) -> float:
    people = problem.responses.people[:, np.newaxis]
    indices = []
    for allocation in (first, second):
        area = problem.responses.of("area", allocation.choice).mean(axis=1)[:, np.newaxis]
        indices.append(float(theil(area, people)[0]))
    return sum(indices) / 2.0
