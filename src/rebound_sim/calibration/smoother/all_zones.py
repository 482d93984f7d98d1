"""What all zones of the validation would add to moments measured on a few.

Points are simulated on the smallest zones, for their number. At the centre of each wave, where the
members are, all zones are simulated too: the difference of moments there, under the same luck, is
added to those of every member. So members are judged on all zones at the price of a few, as long as
the difference itself hardly depends on parameters within a wave (it is measured anew in each).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np

from rebound_sim.arrays import Floats
from rebound_sim.calibration.search.evaluations import Budget, EvaluationStore
from rebound_sim.calibration.smoother.wave_plans import Planned

#: Replications of the centre of a wave on all zones, and the first of them.
LUCKS: Final = 3
_FIRST: Final = 2_000
#: Waves whose differences are averaged: the centre moves little from one to the next.
_LAST_WAVES: Final = 2


def measure_centre(store: EvaluationStore, wave: Planned, budget: Budget) -> None:
    """Simulate the centre of a wave on all zones and on the few, as far as the budget goes."""
    if store.problem.everywhere is None:
        return
    values = store.problem.values(wave.points[0])
    points = [(values, replication) for replication in _replications(wave)]
    store.evaluate(points, budget, everywhere=True)
    store.evaluate(points, budget)


def added_by_all_zones(store: EvaluationStore, waves: Sequence[Planned]) -> Floats:
    """Moments of all zones less those of the few at the last centres, float[moments].

    0 where it is not known.
    """
    names = [target.name for target in store.problem.targets]
    found = []
    for wave in waves[-_LAST_WAVES:]:
        values = store.problem.values(wave.points[0])
        for replication in _replications(wave):
            all_zones = store.find(values, replication, everywhere=True)
            few = store.find(values, replication)
            if all_zones is not None and few is not None:
                found.append(all_zones.row(names) - few.row(names))
    rows = np.reshape(found, (-1, len(names)))
    known = np.isfinite(rows)
    total = np.where(known, rows, 0.0).sum(axis=0)
    return np.asarray(total / np.maximum(known.sum(axis=0), 1))


def _replications(wave: Planned) -> range:
    first = _FIRST + LUCKS * wave.number
    return range(first, first + LUCKS)
