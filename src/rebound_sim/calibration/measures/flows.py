"""Quarterly flows of people between work, unemployment and inactivity, as the survey has them.

Insee, enquête Emploi: people aged 15-64 who live in ordinary dwellings of the area are asked
again a quarter later; those who moved out are not found again. A flow is the share of the people
of one state who are in another state three months later, whatever happened in between. Someone in
training, in the halo or retired is inactive. Retired people above 64 are out of the sample.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

from rebound_sim.arrays import Floats
from rebound_sim.calibration.study import combine_ratio, counts
from rebound_sim.state.codes import IN_WORK, Status

QUARTER = 3
OLDEST = 65.0  # first age out of the sample
WORK = tuple(int(status) for status in IN_WORK)
UNEMPLOYED = (int(Status.UNEMPLOYED),)
INACTIVE = tuple(int(s) for s in (Status.IN_TRAINING, Status.HALO, Status.INACTIVE, Status.RETIRED))
PERMANENT, FIXED_TERM = (int(Status.PERMANENT),), (int(Status.FIXED_TERM),)
#: Contracts that are known: a job outside the zone has none in the model.
KNOWN = (int(Status.PERMANENT), int(Status.FIXED_TERM), int(Status.SELF_EMPLOYED))
_PRESENT = (*WORK, *UNEMPLOYED, *INACTIVE)
YOUNG, OLD = (15.0, 25.0), (50.0, 65.0)

#: Flow -> states of origin, states of destination, states in the denominator a quarter later.
FLOWS = {
    "flow_ue_q": (UNEMPLOYED, WORK, _PRESENT),
    "flow_ui_q": (UNEMPLOYED, INACTIVE, _PRESENT),
    "flow_eu_q": (WORK, UNEMPLOYED, _PRESENT),
    "flow_eu_cdi_q": (PERMANENT, UNEMPLOYED, _PRESENT),
    "flow_eu_cdd_q": (FIXED_TERM, UNEMPLOYED, _PRESENT),
    "flow_ei_q": (WORK, INACTIVE, _PRESENT),
    "flow_ei_cdi_q": (PERMANENT, INACTIVE, _PRESENT),
    "flow_ie_q": (INACTIVE, WORK, _PRESENT),
    "cdd_to_cdi_q": (FIXED_TERM, PERMANENT, _PRESENT),
    "hires_cdd": (UNEMPLOYED, (*FIXED_TERM, int(Status.SELF_EMPLOYED)), KNOWN),
}


def among(status: NDArray[np.uint8], wanted: tuple[int, ...]) -> NDArray[np.bool_]:
    """Whether each status is one of some: a look-up, ten times as fast as numpy's `isin`."""
    table = np.zeros(256, dtype=bool)
    table[list(wanted)] = True
    return np.asarray(table[status])


def quarterly_flows(status: NDArray[np.uint8], age: NDArray[np.float64]) -> dict[str, Floats]:
    """Evidence of the quarterly flows, counted at each quarter of a panel.

    status : uint8[months, rows] (state.codes.Status)    age : float[rows], years in month 0
    Returns flow -> float[2]: people who made the move, people at risk and seen again;
    `flow_ue_age` -> float[4]: the same for the oldest, then for the youngest.
    """
    found = {name: np.zeros(2) for name in FLOWS}
    by_age = np.zeros(4)
    for month in range(0, status.shape[0] - QUARTER, QUARTER):
        now, later = status[month], status[month + QUARTER]
        years = age + month / 12.0
        sample = (years >= 15.0) & (years < OLDEST)
        for name, (origin, destination, seen) in FLOWS.items():
            found[name] += _moved(now, later, sample, origin, destination, seen)
        for position, (first, last) in enumerate((OLD, YOUNG)):
            part = sample & (years >= first) & (years < last)
            by_age[2 * position : 2 * position + 2] += _moved(
                now, later, part, UNEMPLOYED, WORK, _PRESENT
            )
    return found | {"flow_ue_age": by_age}


def _moved(
    now: NDArray[np.uint8],
    later: NDArray[np.uint8],
    sample: NDArray[np.bool_],
    origin: tuple[int, ...],
    destination: tuple[int, ...],
    seen: tuple[int, ...],
) -> Floats:
    at_risk = sample & among(now, origin) & among(later, seen)
    return counts(np.count_nonzero(at_risk & among(later, destination)), at_risk.sum())


def moves_of_zone(status: NDArray[np.uint8], age: NDArray[np.float64]) -> dict[str, Floats]:
    """Evidence of residential mobility over the years of a panel.

    status, age : as in `quarterly_flows`. `zone_move_y` -> float[2]: active people (in work or
    unemployed) who have moved out of the zone a year later, active people; `zone_move_age` ->
    float[4]: the same at 40-49, then at 25-39.
    """
    whole, by_age = np.zeros(2), np.zeros(4)
    active = (*WORK, *UNEMPLOYED)
    left = int(Status.LEFT)
    for month in range(0, status.shape[0] - 12, 12):
        now, later = status[month], status[month + 12]
        years = age + month / 12.0
        people = among(now, active) & (years >= 15.0) & (years < OLDEST)
        whole += counts(np.count_nonzero(people & (later == left)), people.sum())
        for position, (first, last) in enumerate(((40.0, 50.0), (25.0, 40.0))):
            part = people & (years >= first) & (years < last)
            gone = np.count_nonzero(part & (later == left))
            by_age[2 * position : 2 * position + 2] += counts(gone, part.sum())
    return {"zone_move_y": whole, "zone_move_age": by_age}


def _finding(places: Sequence[Floats], year: int, first: int) -> float:
    """Pooled rate of a year. first : place of its counts in the rows of study "dates"."""
    rows = [row for row in places if row[0] == year]
    return combine_ratio([row[first : first + 2] for row in rows]) if rows else math.nan


def finding_in(year: int) -> Callable[[Sequence[Floats]], float]:
    """Quarterly job finding of a year over that of 2019."""

    def relative(places: Sequence[Floats]) -> float:
        return _finding(places, year, 1) / _finding(places, 2019, 1)

    return relative


#: Registers (categories A, B and C) and unemployed in the sense of the survey, millions, mainland.
#: 2007: 3.108 in November, 8.7 % less than a year before, and 7.65 % of 28.0 active, mean of the
#: year. 2010: 3.82 in December 2009, 3.971 in August (3.94 in mid-year), 8.88 % of 28.35. March
#: 2014: 5.216 at the end of the year, 0.078 more each quarter, 9.8 % of 28.6. Sources: Dares and
#: ANPE by month; Insee, quarterly rates; active people: Insee, interpolated to 2014 (assumed).
_REGISTERED = {2007: 3.22 / 2.14, 2010: 3.94 / 2.52, 2014: 4.98 / 2.80}


def exits_in(year: int) -> Callable[[Sequence[Floats]], float]:
    """Monthly exits to a job of a year over those of 2007, both over the registers.

    The source divides by the registers, which hold people in short jobs and rose more than the
    unemployed of the survey, whom the model counts: so many registered for one of these.
    """

    def relative(places: Sequence[Floats]) -> float:
        now, then = (_finding(places, one, 3) / _REGISTERED[one] for one in (year, 2007))
        return now / then

    return relative
