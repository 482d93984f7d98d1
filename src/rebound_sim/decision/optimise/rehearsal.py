"""Which plans go on to judgement, from a rehearsal in worlds that taught.

A world that judges costs as much as its arms, and to establish a difference takes many worlds, not
many arms. So all plans are first simulated in the coupled programme in a few of the worlds that
taught; those that go on are judged in all the others, beside every strategy. Worlds that judge
choose nothing.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from rebound_sim.arrays import Floats
from rebound_sim.statistics.programme.inequality import worst_tenth

Cells = Mapping[str, Floats]

#: Plans judged where a user says nothing: with the six strategies of the shipped programme, what
#: one process simulates together.
FINALISTS = 6


@dataclass(frozen=True, slots=True)
class Rehearsed:
    """A plan in the coupled programme, means of the worlds of the rehearsal.

    jobs : additional    worst_tenth : jobs missing per 1,000 residents    spent : EUR
    judged : whether it goes on
    """

    arm: str
    jobs: float
    worst_tenth: float
    spent: float
    judged: bool


def rehearsed(plans: Mapping[str, Cells], kept: Sequence[str], most: int) -> list[Rehearsed]:
    """Every plan, those that go on marked, in the order given.

    plans : name -> cell -> float[zones, worlds]    kept : names that go on whatever happened
    most : plans that go on, `kept` among them

    They are those that no other beats in jobs, in the worst tenth of zones and in euros together,
    then the others, by jobs.
    """
    jobs, worst, spent = (
        np.array([measure(cells) for cells in plans.values()])
        for measure in (_jobs, _worst_tenth, _spent)
    )
    beaten = _beaten(np.stack([-jobs, worst, spent], axis=1))
    names = list(plans)
    order = sorted(range(len(names)), key=lambda n: (names[n] not in kept, beaten[n], -jobs[n]))
    going = set(order[: max(most, len(kept))])
    return [
        Rehearsed(name, float(jobs[n]), float(worst[n]), float(spent[n]), n in going)
        for n, name in enumerate(names)
    ]


def _beaten(costs: Floats) -> NDArray[np.bool_]:
    """Rows of which another is as low everywhere and lower somewhere. costs : float[arms, 3]"""
    below = (costs[:, np.newaxis] <= costs[np.newaxis]).all(axis=2)
    less = (costs[:, np.newaxis] < costs[np.newaxis]).any(axis=2)
    return np.asarray((below & less).any(axis=0))


def _jobs(cells: Cells) -> float:
    return float(cells["jobs"].sum(axis=0).mean())


def _worst_tenth(cells: Cells) -> float:
    return float(worst_tenth(cells["loss"]).mean())


def _spent(cells: Cells) -> float:
    return float(cells["spent"].sum(axis=0).mean())
