"""Walk along the lists of members of every firm, for the laws."""

from __future__ import annotations

from enum import IntEnum
from typing import Any

import numpy as np
import numpy.typing as npt

from rebound_sim.compilation import compiled
from rebound_sim.state.columns import N_QUALIFICATIONS


class Fault(IntEnum):
    """What may be wrong with a list; the first row where it is, -1 without."""

    LINK = 0  # a member whose neighbours do not name each other, or of another firm or level
    ORDER = 1  # a member hired before the previous one
    END = 2  # a firm whose last member is not the end of a list
    LENGTH = 3  # a firm whose list is shorter or longer than its number of members


_LINK, _ORDER, _END, _LENGTH = (int(fault) for fault in Fault)


@compiled
def _walk(workers, firms, faults):  # type: ignore[no-untyped-def]
    """Follow each list from its first member, no further than its number of members and one."""
    for f in range(firms.rows):
        for q in range(N_QUALIFICATIONS):
            before, i, steps = -1, firms.first_member[f, q], 0
            while i >= 0 and steps <= firms.members[f, q]:
                steps += 1
                named = workers.previous_member[i] == before
                own = workers.employer[i] == f and workers.qualification[i] == q
                if faults[_LINK] < 0 and not (named and own):
                    faults[_LINK] = i
                if faults[_ORDER] < 0 and before >= 0 and workers.since[i] < workers.since[before]:
                    faults[_ORDER] = i
                before, i = i, workers.next_member[i]
            if faults[_END] < 0 and i < 0 and before != firms.last_member[f, q]:
                faults[_END] = f
            if faults[_LENGTH] < 0 and steps != firms.members[f, q]:
                faults[_LENGTH] = f


def faults_of_lists(workers: Any, firms: Any) -> npt.NDArray[np.int64]:
    """First row with each `Fault`, -1 without: int64[4].

    Lists that are linked, of the right length and end where they should hold every member once:
    members that a list leaves out would make it too short.
    """
    faults = np.full(len(Fault), -1, dtype=np.int64)
    _walk(workers, firms, faults)
    return faults
