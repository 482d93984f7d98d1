"""Replays of closures beside what was published about their staff and their zones."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from rebound_sim.calibration.moments.run import Values, run_studies
from rebound_sim.calibration.side_by_side import SideBySide, compared_with_band
from rebound_sim.calibration.studies.cases import FOLLOWED, STATES, STUDY
from rebound_sim.calibration.studies.published_cases import CASES, IN_WORK, LASTING, PLACEBO, Case
from rebound_sim.calibration.study import Array
from rebound_sim.experiment.watcher import Watcher

REPLICATIONS: Final = 8
_NAMES: Final = {IN_WORK: "in work", LASTING: "in lasting work"}


@dataclass(frozen=True)
class Replay:
    """One case, simulated.

    shares : displaced people by state over those who have not moved out, float[replications,
    months, states], month 0 that of the layoffs    gap : [point], float[replications, months], None
    where none was published
    """

    case: Case
    shares: Array
    gap: Array | None

    def share(self, states: tuple[str, ...]) -> Array:
        """Share in some states, float[replications, months]."""
        return np.asarray(self.shares[:, :, [STATES.index(s) for s in states]].sum(axis=2))


def replays(
    replications: int = REPLICATIONS,
    seed: int = 0,
    workers: int | None = None,
    parameters: Values | None = None,
    watcher: Watcher | None = None,
) -> tuple[Replay, ...]:
    """Simulate all cases. Raises EngineError when a run fails."""
    runs = run_studies([STUDY], replications, seed, workers, parameters, watcher)[STUDY.name]
    found = []
    for name, case in CASES.items():
        parts = [runs[name, n] for n in range(replications)]
        people = np.array([part["states"] for part in parts])
        gap = np.array([part["gap"] for part in parts]) if case.gaps else None
        found.append(Replay(case, people / people[:, :, FOLLOWED].sum(axis=2, keepdims=True), gap))
    return tuple(found)


def _quarter(path: Array, month: int) -> Array:
    """Mean of the three months from `month`, as a quarterly rate."""
    return np.asarray(path[:, month : month + 3].mean(axis=1))


def case_results(found: tuple[Replay, ...]) -> list[SideBySide]:
    """Every published count and gap: simulated mean, interval of one replication, verdict by band.

    The simulated mean must lie in the band of the count. For gaps, the difference must lie within
    the placebo band of synthetic controls.
    """
    lines = []
    for one in found:
        title = one.case.title
        for count in one.case.counts:
            what = _NAMES.get(count.states, " or ".join(count.states))
            lines.append(compared_with_band(
                "cases", f"{title}: {what} at {count.months} months", "share", count.value,
                one.share(count.states)[:, count.months], (count.low, count.high), count.source,
            ))  # fmt: skip
        for month, value in one.case.gaps:
            assert one.gap is not None
            lines.append(compared_with_band(
                "cases", f"{title}: gap of the unemployment rate at {month} months", "point", value,
                _quarter(one.gap, month), (value - PLACEBO, value + PLACEBO),
                "synthetic control on Insee's series (policy facts, G)",
            ))  # fmt: skip
    return lines
