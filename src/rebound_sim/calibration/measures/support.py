"""Paths of job-seekers: people in CSP, and people trained against similar people not trained."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from rebound_sim.arrays import Floats
from rebound_sim.calibration.measures.flows import WORK, among
from rebound_sim.calibration.study import counts
from rebound_sim.state.codes import Regime, Status

CSP_MONTHS = 12
#: Months after joining at which members are counted, and length of a job that ends registration.
_REGISTERED, _LASTING = {"csp_registered_4m": 4, "csp_registered_8m": 8}, 6
_CSP = int(Regime.CSP)
_TRAINING_HORIZONS = {"training_6m": 6, "training_12m": 12, "training_24m": 24}


def csp_paths(status: NDArray[np.uint8], regime: NDArray[np.uint8]) -> dict[str, Floats]:
    """Evidence on members of CSP, all those who join it in the panel.

    status, regime : uint8[months, rows]. `csp_18m` -> float[2]: members in work 18 months after
    joining, members (those moved out answer the survey, but the model loses them: they are left
    out); `csp_month_worked` -> float[2]: person-months in the first twelve
    after joining spent in a fixed-term job (a permanent job or a business ends the scheme),
    person-months in the scheme or in such a job; `csp_registered_4m`, `_8m` -> float[2]: members
    still registered so many months after, members (see `_still_registered`).
    """
    months = status.shape[0]
    inside = regime == _CSP
    registered = {name: np.zeros(2) for name in _REGISTERED}
    later, monthly = np.zeros(2), np.zeros(2)
    for month in range(1, months):
        joined = np.flatnonzero(inside[month] & ~inside[month - 1])
        for name, after in _REGISTERED.items():
            if month + after + _LASTING <= months:
                registered[name] += _still_registered(
                    status[:, joined], inside[month + after, joined], month + after
                )
        if month + 18 < months:
            final = status[month + 18, joined]
            known = final != int(Status.LEFT)
            later += counts(among(final[known], WORK).sum(), known.sum())
        if month + CSP_MONTHS < months:
            for after in range(1, CSP_MONTHS):
                now = status[month + after, joined]
                short = now == int(Status.FIXED_TERM)
                monthly += counts(short.sum(), (short | inside[month + after, joined]).sum())
    return {"csp_18m": later, "csp_month_worked": monthly} | registered


def _still_registered(status: NDArray[np.uint8], inside: NDArray[np.bool_], month: int) -> Floats:
    """Members still on the registers, members not moved out: float[2].

    status : uint8[months, members]    inside : bool[members], in CSP in the month. Registered:
    unemployed, in a course, in a fixed-term job of less than six months, which suspends the scheme
    and does not end it, or in CSP without looking for work or being available (36 % of category A
    are inactive in the sense of the ILO: Insee Références 2019, pairing of survey and registers).
    """
    present = status[month] != int(Status.LEFT)
    short = status[month] == int(Status.FIXED_TERM)
    for start in range(month - _LASTING + 1, month + 1):
        lasting = status[start : start + _LASTING] == int(Status.FIXED_TERM)
        short &= ~lasting.all(axis=0)
    idle = among(status[month], (int(Status.HALO), int(Status.INACTIVE))) & inside
    looking = among(status[month], (int(Status.UNEMPLOYED), int(Status.IN_TRAINING)))
    on_register = looking | short | idle
    return counts((on_register & present).sum(), present.sum())


def training_effects(
    status: NDArray[np.uint8],
    regime: NDArray[np.uint8],
    age: NDArray[np.float64],
    qualification: NDArray[np.uint8],
) -> dict[str, Floats]:
    """Evidence of the effect of training on work, by exact matching as in the source.

    status, regime : uint8[months, rows]    age : years in month 0    qualification : 0-3
    People who enter training in a month against people unemployed in that month and the one
    before who do not (they may later), in cells of age, level of qualification, months
    unemployed so far and regime, weighted by the trained. float[4] by horizon: in work and
    present among the trained, then weighted among the others; moved out are left out.
    """
    found = {name: np.zeros(4) for name in _TRAINING_HORIZONS}
    months = status.shape[0]
    unemployed = status == int(Status.UNEMPLOYED)
    spell = np.zeros(status.shape[1], dtype=np.int64)
    for month in range(1, months):
        spell = np.where(unemployed[month - 1], spell + 1, 0)
        entered = (status[month] == int(Status.IN_TRAINING)) & unemployed[month - 1]
        others = unemployed[month] & unemployed[month - 1]
        years = (age + month / 12.0).astype(np.int64)
        band = np.digitize(years, (25, 35, 50))
        length = np.digitize(spell, (2, 4, 7, 13, 25))
        cell = ((band * 4 + qualification) * 6 + length) * 4 + regime[month - 1]
        for name, horizon in _TRAINING_HORIZONS.items():
            if month + horizon < months:
                found[name] += _matched(entered, others, cell, status[month + horizon])
    return found


def _matched(
    treated: NDArray[np.bool_],
    others: NDArray[np.bool_],
    cell: NDArray[np.int64],
    final: NDArray[np.uint8],
) -> Floats:
    """Work of the treated, and of the others weighted by the treated of their cell: float[4]."""
    seen = final != int(Status.LEFT)
    working = among(final, WORK)
    size = int(cell.max()) + 1

    def by_cell(rows: NDArray[np.bool_]) -> Floats:
        return np.bincount(cell[rows], minlength=size).astype(np.float64)

    people, controls = by_cell(treated & seen), by_cell(others & seen)
    kept = controls > 0
    share = np.divide(by_cell(others & seen & working), controls, out=np.zeros(size), where=kept)
    weight = np.where(kept, people, 0.0)
    worked = np.where(kept, by_cell(treated & seen & working), 0.0)
    return np.array([worked.sum(), weight.sum(), (weight * share).sum(), weight.sum()])
