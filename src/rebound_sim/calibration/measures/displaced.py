"""What becomes of people laid off by a closure, each figure by the definition of its source."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from rebound_sim.arrays import Columns, Floats
from rebound_sim.calibration.measures.flows import WORK, among
from rebound_sim.calibration.study import counts
from rebound_sim.data.sectors import SECTORS
from rebound_sim.state.codes import Status

#: Bertheau et al. 2023: workers of 24-50 with three years of tenure, firms of 50 or more.
AGES, TENURE_MONTHS, SMALLEST_FIRM = (24.0, 51.0), 36, 50
#: Public administration, education, health and social work: outside the panel of private wages.
_PUBLIC = np.array([sector.public for sector in SECTORS] + [False] * (256 - len(SECTORS)))
_EMPLOYEE = (int(Status.PERMANENT), int(Status.FIXED_TERM))
_IN_TRAINING = int(Status.IN_TRAINING)
_OUTSIDE, _LEFT = int(Status.WORKING_OUTSIDE), int(Status.LEFT)


def private_wage_work(rows: NDArray[np.int64], later: Columns) -> Floats:
    """Share of closure victims in private wage work, as in the panel of La Fabrique.

    rows : residents laid off, of any age    later : columns status and sector at the horizon.
    Public jobs and businesses do not count; people who have retired or left work stay in the
    denominator, and a job outside the zone is taken as private. People who moved out stay in the
    national panel; the model loses them: they are left out.
    """
    rows = rows[later["status"][rows] != _LEFT]
    status, sector = later["status"][rows], later["sector"][rows]
    private = among(status, _EMPLOYEE) & ~_PUBLIC[sector]
    return counts(np.count_nonzero(private | (status == _OUTSIDE)), rows.size)


def in_training(rows: NDArray[np.int64], later: Columns) -> Floats:
    """Share of closure victims in a training course. Arguments as in `private_wage_work`."""
    status = later["status"][rows]
    return counts((status == _IN_TRAINING).sum(), (status != _LEFT).sum())


def stable_workers(before: Columns, site: int, month: int) -> NDArray[np.bool_]:
    """Employees of the sample of mass-layoff studies, at the announcement: bool[rows].

    before : columns of people and firms (`firm_employment`)    site : row of the closing site
    month : month of the run. Residents on a permanent contract, of the ages and tenure above, in
    the site or in a firm of 50 or more.
    """
    age = (month - before["birth"].astype(np.int64)) / 12.0
    tenure = month - before["since"].astype(np.int64)
    employer = before["employer"]
    large = before["firm_employment"][np.maximum(employer, 0)] >= SMALLEST_FIRM
    sample: NDArray[np.bool_] = (
        (before["resident"] == 1)
        & (before["status"] == int(Status.PERMANENT))
        & (employer >= 0)
        & ((employer == site) | large)
        & (age >= AGES[0])
        & (age < AGES[1])
        & (tenure >= TENURE_MONTHS)
    )
    return sample


def matched_weights(
    before: Columns, treated: NDArray[np.bool_], others: NDArray[np.bool_], month: int
) -> Floats:
    """Weights that give `others` the make-up of `treated`: float[rows], 0 outside both.

    Cells of level of qualification, age (24-34, 35-44, 45-50) and fourth of the treated's wages;
    the treated whose cell holds nobody else have no weight.
    """
    age = (month - before["birth"].astype(np.int64)) / 12.0
    wage = before["wage"].astype(np.float64)
    edges = np.quantile(wage[treated], (0.25, 0.5, 0.75)) if treated.any() else np.zeros(3)
    cell = (
        before["qualification"].astype(np.int64) * 3 + np.digitize(age, (35.0, 45.0))
    ) * 4 + np.digitize(wage, edges)
    n_treated = np.bincount(cell[treated], minlength=48)
    n_others = np.bincount(cell[others], minlength=48)
    ratio = np.divide(n_treated, n_others, out=np.zeros(48), where=n_others > 0)
    weight = np.zeros(wage.size)
    weight[others] = ratio[cell[others]]
    weight[treated] = (n_others > 0)[cell[treated]]
    return weight


def losses(
    before: Columns, later: Columns, treated: NDArray[np.bool_], weight: Floats
) -> dict[str, Floats]:
    """Losses of the treated against matched others at a horizon.

    `work` -> float[4]: in work and present, for both groups (moved out are left out: the source
    follows them nationally, the model does not); `wage` -> float[4]: sum and number of changes of
    log wage since before, of those employed in the zone, for both groups.
    """
    status = later["status"]
    seen = (weight > 0.0) & (status != _LEFT)
    working, employed = among(status, WORK), among(status, _EMPLOYEE)
    change = np.log(np.maximum(later["wage"], 1.0)) - np.log(np.maximum(before["wage"], 1.0))
    found: dict[str, list[float]] = {"work": [], "wage": []}
    for group in (treated, ~treated):
        rows = seen & group
        found["work"] += [float(weight[rows & working].sum()), float(weight[rows].sum())]
        paid = rows & employed
        found["wage"] += [float((weight * change)[paid].sum()), float(weight[paid].sum())]
    return {name: np.array(values) for name, values in found.items()}


def pay_of_stayers(
    before: Columns, later: Columns, treated: NDArray[np.bool_], weight: Floats
) -> Floats:
    """Pay relative to before, of those in wage work of the zone: float[4], treated then others.

    Sums of monthly pay at the horizon and before, of the same people.
    """
    employed = (weight > 0.0) & among(later["status"], _EMPLOYEE)
    values: list[float] = []
    for group in (treated, ~treated):
        rows = employed & group
        values += [
            float((weight * later["wage"])[rows].sum()),
            float((weight * before["wage"])[rows].sum()),
        ]
    return np.array(values)


def lost_earnings(path: Columns, layoff: int, months: int) -> Floats:
    """Earnings lost over `months` from a layoff, in months of pay: float[2], sum and people.

    path : trajectory, months from 0. Earnings per head of matched controls, minus those of the
    displaced, over the controls' in the month of the layoff; people without work count zero.
    """
    window = slice(layoff, layoff + months)
    people = path["displaced"][window].astype(np.float64)
    displaced = path["displaced_earnings_eur"][window] / np.maximum(people, 1.0)
    heads = np.maximum(path["control_people"][window].astype(np.float64), 1.0)
    controls = path["control_earnings_eur"][window] / heads
    loss = float((controls - displaced).sum() / max(controls[0], 1.0))
    size = float(people[-1])
    return np.array([loss * size, size])
