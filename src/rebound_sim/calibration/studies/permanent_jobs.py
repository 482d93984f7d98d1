"""How long permanent jobs last, as the follow-up of contracts and the survey see it."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from rebound_sim.arrays import Floats
from rebound_sim.calibration.studies.following import END, month_of
from rebound_sim.calibration.study import counts
from rebound_sim.data.sectors import SECTORS
from rebound_sim.model import BasinModel
from rebound_sim.state.codes import Status

_PERMANENT = int(Status.PERMANENT)
_PRIVATE = np.array([not sector.public for sector in SECTORS] + [False] * (256 - len(SECTORS)))
#: Tenures are counted in months up to this one, which gathers longer ones.
_LONGEST = 600


class PermanentJobs:
    """Permanent jobs of residents in private firms by tenure, held and ended, month by month.

    A job ends when its holder leaves the firm for any reason, as in the source: resignation, trial
    period, dismissal, retirement, move.
    """

    phases = (END,)

    def __init__(self, first: int, months: int) -> None:
        self.first, self.last = first, first + months
        self.held: NDArray[np.int64] = np.zeros(_LONGEST + 1, dtype=np.int64)
        self.ended: NDArray[np.int64] = np.zeros(_LONGEST + 1, dtype=np.int64)
        self._rows: NDArray[np.int64] = np.zeros(0, dtype=np.int64)
        self._employer: NDArray[np.int64] = np.zeros(0, dtype=np.int64)
        self._tenure: NDArray[np.int64] = np.zeros(0, dtype=np.int64)

    def look(self, model: BasinModel, phase: str) -> None:  # noqa: ARG002
        """Count who of the month before has left the firm, then who is there."""
        if not self.first <= month_of(model) < self.last:
            return
        workers = model.state.workers
        left = workers.employer[self._rows] != self._employer
        self.held += np.bincount(self._tenure, minlength=_LONGEST + 1)
        self.ended += np.bincount(self._tenure[left], minlength=_LONGEST + 1)
        here = (workers.status == _PERMANENT) & (workers.resident == 1) & (workers.employer >= 0)
        self._rows = np.flatnonzero(here & _PRIVATE[workers.sector])
        self._employer = workers.employer[self._rows].astype(np.int64)
        tenure = model.state.t - workers.since[self._rows].astype(np.int64)
        self._tenure = np.minimum(tenure, _LONGEST)

    def evidence(self) -> dict[str, Floats]:
        """Held and ended jobs by month of the first year; shares of long tenures and short jobs."""
        year = np.concatenate([self.ended[:12], self.held[:12]]).astype(np.float64)
        return {
            "cdi_broken_1y": year,
            "cdi_tenure_1y": counts(self.held[12:].sum(), self.held.sum()),
            "cdi_ended_2y": counts(self.ended[:24].sum(), self.ended.sum()),
        }
