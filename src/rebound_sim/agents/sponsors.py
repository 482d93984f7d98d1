"""What help does to the firm that receives it, beyond the project helped.

A grant relaxes the finance of its sponsor as a whole, if the sponsor is short of it (mostly small
independent firms do): own funds and collateral freed serve its other projects and its ordinary
activity, and it fails less. A visit brings advice, which may keep the firm alive. Suppliers follow
through the local purchases of the firm's sector (kernels.conditions).
"""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from rebound_sim.rules.aid import finance_freed
from rebound_sim.rules.projects import constraint_probability
from rebound_sim.state.codes import FirmState, Stage, Support


def relax(model: Any, k: int, grant: int) -> None:
    """A grant of `grant` EUR to project k relaxes its sponsor, unless it has finance enough.

    The jobs that shortage held back are opened at once; hiring takes its time. The sponsor's
    projects still to be decided are marked: the grant may have opened them.
    """
    projects, firms, p = model.state.projects, model.state.firms, model.parameters
    f = int(projects.sponsor[k])
    if f < 0 or firms.state[f] != FirmState.OPEN:
        return
    size = float(firms.employment[f])
    short = constraint_probability.py_func(size, int(firms.group[f]), p.projects)
    if projects.constraint[k] >= short:
        return
    gain = (1.0 - float(firms.relief[f])) * finance_freed.py_func(grant, size, p.instruments)
    firms.relief[f] += gain
    firms.project_jobs[f] += p.projects.held_back * gain * size
    protect(model, np.array([f]), p.instruments.aided_survival * gain)
    undecided = (projects.sponsor == f) & (projects.stage < Stage.DECIDED)
    projects.supported[undecided] |= np.uint8(Support.SPONSOR)


def protect(model: Any, rows: npt.NDArray[np.int64], share: float) -> None:
    """Firms fail less by `share` for `instruments.help_months`; help received before adds up."""
    firms, t = model.state.firms, model.state.t
    over = rows[firms.protected_until[rows] <= t]
    firms.protection[over] = 0.0
    firms.protection[rows] += (1.0 - firms.protection[rows]) * np.float32(share)
    firms.protected_until[rows] = t + int(model.parameters.instruments.help_months)
