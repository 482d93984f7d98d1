"""Replays of closures beside what was published about their staff and their zones."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from rebound_sim.arrays import Floats
from rebound_sim.calibration.moments.run import Repetitions, run_studies
from rebound_sim.calibration.side_by_side import SideBySide, compared_with_band
from rebound_sim.calibration.studies.cases import FOLLOWED, STATES, STUDY, study_of
from rebound_sim.calibration.studies.published_cases import CASES, QUARTER, Case, case_at
from rebound_sim.scenario.published import DEFINITIONS

_WORDS: Final = {
    "in_work": "in work",
    "lasting_work": "in lasting work",
    "stable_work": "in stable work",
    "permanent_contract": "on a permanent contract",
    "training": "in training",
    "retired": "retired",
}
_NAMES: Final = {states: _WORDS[name] for name, states in DEFINITIONS.items()}


@dataclass(frozen=True)
class Replay:
    """One case, simulated.

    shares : displaced people by state over those who have not moved out, float[replications,
    months, states], month 0 that of the layoffs    gap : [point], float[replications, months], None
    where none was published
    """

    case: Case
    shares: Floats
    gap: Floats | None

    def share(self, states: tuple[str, ...]) -> Floats:
        """Share in some states, float[replications, months]."""
        return np.asarray(self.shares[:, :, [STATES.index(s) for s in states]].sum(axis=2))


def replays(how: Repetitions, path: str | None = None) -> tuple[Replay, ...]:
    """Simulate all shipped cases, or that of a world file. Raises EngineError when a run fails.

    path : a user's world file with tables [[count]] or [[gap]]; InputError when it has none
    """
    cases = CASES if path is None else {path: case_at(path)}
    study = STUDY if path is None else study_of(path)
    runs = run_studies([study], how)[study.name]
    found = []
    for name, case in cases.items():
        parts = [runs[name, n] for n in range(how.replications)]
        people = np.array([part["states"] for part in parts])
        gap = np.array([part["gap"] for part in parts]) if case.gaps else None
        found.append(Replay(case, people / people[:, :, FOLLOWED].sum(axis=2, keepdims=True), gap))
    return tuple(found)


def _quarter(path: Floats, month: int) -> Floats:
    """Mean of the three months from `month`, as a quarterly rate."""
    return np.asarray(path[:, month : month + QUARTER].mean(axis=1))


def case_results(found: tuple[Replay, ...], titles: bool = True) -> list[SideBySide]:
    """Every published count and gap: simulated mean, interval of one replication, verdict by band.

    The simulated mean must lie in the band of the count, or in that of the gap. titles : name lines
    after their case
    """
    lines = []
    for one in found:
        title = f"{one.case.title}: " if titles else ""
        for count in one.case.counts:
            what = _NAMES.get(count.states, " or ".join(count.states))
            lines.append(
                compared_with_band(
                    "cases",
                    f"{title}{what} at {count.months} months",
                    "share",
                    count.value,
                    one.share(count.states)[:, count.months],
                    (count.low, count.high),
                    count.source,
                )
            )
        for gap in one.case.gaps:
            assert one.gap is not None
            lines.append(
                compared_with_band(
                    "cases",
                    f"{title}gap of the unemployment rate at {gap.months} months",
                    "point",
                    gap.points,
                    _quarter(one.gap, gap.months),
                    (gap.points - gap.half, gap.points + gap.half),
                    gap.source,
                )
            )
    return lines
