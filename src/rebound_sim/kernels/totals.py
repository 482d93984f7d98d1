"""Sums over firms for the records."""

from __future__ import annotations

from rebound_sim.compilation import compiled
from rebound_sim.state.codes import FirmState

_OPEN = int(FirmState.OPEN)


@compiled
def desired_and_employed(firms, first, last, out):  # type: ignore[no-untyped-def]
    """Employees, desired jobs and number of open firms. out : int64[4], written."""
    out[:] = 0
    for f in range(first, last):
        if firms.state[f] == _OPEN:
            out[0] += firms.employment[f]
            out[1] += firms.desired[f]
            out[2] += 1
