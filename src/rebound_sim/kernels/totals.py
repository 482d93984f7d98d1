"""Sums over firms and projects for the records."""

from __future__ import annotations

from rebound_sim.compilation import compiled
from rebound_sim.state.codes import FirmState

_OPEN = int(FirmState.OPEN)


@compiled
def firm_totals(firms, last, out):  # type: ignore[no-untyped-def]
    """Employees, desired jobs and number of open firms, rows 0 … last. out : int64[3], written."""
    out[:] = 0
    for f in range(last):
        if firms.state[f] == _OPEN:
            out[0] += firms.employment[f]
            out[1] += firms.desired[f]
            out[2] += 1


@compiled
def project_totals(stage, answer, supported, capacity, at_start, stages, answers, opened):  # type: ignore[no-untyped-def]
    """Projects by stage and by answer to their file; jobs opened since t = 0.

    at_start : float64[projects], capacity at t = 0    stages : int64[9], answers : int64[4],
    opened : float64[2], by all projects and by supported ones; all three written.
    """
    stages[:] = 0
    answers[:] = 0
    opened[:] = 0.0
    for k in range(stage.size):
        stages[stage[k]] += 1
        answers[answer[k]] += 1
        jobs = max(capacity[k] - at_start[k], 0.0)
        opened[0] += jobs
        if supported[k] != 0:
            opened[1] += jobs
