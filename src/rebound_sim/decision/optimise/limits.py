"""Limits of an allocation: the envelope, capacities, and floors and ceilings that a user sets.

Each has a name in words, under which it is told when no allocation respects all of them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from rebound_sim.decision.optimise.responses import Responses
from rebound_sim.errors import InputError
from rebound_sim.reading.numbers import whole_number
from rebound_sim.reading.places import place_code
from rebound_sim.scenario import ProgrammeTable

EACH, ALL = "each", "all"
MEASURES = ("engineering", "grants", "money", "jobs")
_FORM = re.compile(r"\s*(.+?)\s+(\w+)\s*(<=|>=|≤|≥)\s*(\d.*)")
_ALLOWED = (
    'SCOPE MEASURE >= VALUE (or <=), such as "each grants >= 500000", "Bretagne money <= 2e7", '
    f'"2714 jobs >= 50"; measures: {", ".join(MEASURES)}'
)


@dataclass(frozen=True)
class LimitAsked:
    """A limit as typed. scope : EACH, ALL, a zone or a region    low, high : of the measure"""

    text: str
    scope: str
    measure: str
    low: float
    high: float


@dataclass(frozen=True)
class Limit:
    """low ≤ sum over zones and options of `cells` × choice ≤ high, for each row of cells.

    cells : float[rows, zones, options]
    """

    name: str
    cells: NDArray[np.float64]
    low: float
    high: float


def programme_limits(table: ProgrammeTable, responses: Responses) -> list[Limit]:
    """What the programme allows: euros in all, days a month, files appraised between committees.

    Engineering and grants share the envelope: how to split it is part of the answer.
    """
    euros = _euros(table, responses)
    days = monthly_days(table, responses)
    busy = days[days.max(axis=(1, 2)) > 0]
    limits = [
        Limit("the envelope", euros["money"][np.newaxis], -np.inf, float(table.envelope_eur)),
        Limit("consultants' days a month", busy, -np.inf, float(table.consultant_days_month)),
        *_appraisals(table, responses),
    ]
    return [limit for limit in limits if limit.cells.size]


def _appraisals(table: ProgrammeTable, responses: Responses) -> list[Limit]:
    """Files of any run of committees fit in the appraisals made until one committee later.

    Those that come in n intervals have n + 1 to be appraised in. Rows are in files a month of
    that time, means over worlds; rows that no allocation can fill are left out, but the fullest.
    """
    files = responses.files.mean(axis=2)  # zones, options, intervals
    count, each = files.shape[2], float(table.appraisal_capacity * table.committee_months)
    sums = np.concatenate([np.zeros((*files.shape[:2], 1)), files.cumsum(axis=2)], axis=2)
    runs = [
        (sums[:, :, last] - sums[:, :, first]) / (each * (last - first + 1))
        for first in range(count)
        for last in range(first + 1, count + 1)
    ]
    most = np.array([run.max(axis=1).sum() for run in runs])
    kept = [run for run, top in zip(runs, most, strict=True) if top > min(1.0, most.max() - 1e-9)]
    capacity = float(table.appraisal_capacity)
    return [Limit("files appraised a month", capacity * np.stack(kept), -np.inf, capacity)]


def monthly_days(table: ProgrammeTable, responses: Responses) -> NDArray[np.float64]:
    """Days worked each month by option at full pace: float[months, zones, options]."""
    last = max(option.last_months[0] for option in responses.options)
    most = max(option.days for option in responses.options)
    months = last + -(-most // table.mission_days_month) + 1
    worked = np.zeros((months, len(responses.options)))
    for place, option in enumerate(responses.options):
        coming = {option.engineering_start + wait: d for wait, d in option.split(option.days)}
        left = 0
        for month in range(months):
            left += coming.get(month, 0)
            worked[month, place] = min(left, table.mission_days_month)
            left -= min(left, table.mission_days_month)
    return np.repeat(worked[:, np.newaxis], len(responses.zones), axis=1)


def limits_asked(
    texts: Sequence[str], zones: Sequence[str], regions: Sequence[str]
) -> list[LimitAsked]:
    """Limits as typed, before anything is simulated. zones, regions : those that there are

    Raises InputError for what is not a limit, with the nearest name.
    """
    return [_asked(text, zones, regions) for text in texts]


def _asked(text: str, zones: Sequence[str], regions: Sequence[str]) -> LimitAsked:
    found = _FORM.fullmatch(text)
    if found is None:
        raise InputError("not a limit", file="--limit", value=text, allowed=_ALLOWED)
    scope, measure, sign, number = found.groups()
    if measure not in MEASURES:
        raise InputError.unknown("unknown measure of a limit", measure, MEASURES, file="--limit")
    known = (EACH, ALL, *zones, *dict.fromkeys(regions))
    if scope not in known:
        code = place_code(scope)
        if code not in zones:
            problem = "unknown zone or region of a limit"
            raise InputError.unknown(problem, scope, known, file="--limit")
        scope = code
    try:
        value = float(whole_number(number, "--limit"))
    except InputError as fault:
        raise fault.located(file="--limit") from None
    low, high = (value, np.inf) if sign in (">=", "≥") else (-np.inf, value)
    return LimitAsked(text.strip(), scope, measure, low, high)


def user_limits(texts: Sequence[str], table: ProgrammeTable, responses: Responses) -> list[Limit]:
    """Limits as typed, on a table. Raises InputError, see `limits_asked`."""
    asked = limits_asked(texts, responses.zones, responses.regions)
    cells = {**_euros(table, responses), "jobs": responses.jobs.mean(axis=2)}
    return [
        Limit(one.text, _rows(one.scope, responses, cells[one.measure]), one.low, one.high)
        for one in asked
    ]


def _rows(scope: str, responses: Responses, cells: NDArray[np.float64]) -> NDArray[np.float64]:
    """Cells of what a limit bounds: a row for each zone, or one of the zones inside."""
    if scope == EACH:
        return np.asarray(np.eye(len(responses.zones))[:, :, np.newaxis] * cells)
    zones, regions = np.array(responses.zones), np.array(responses.regions)
    inside = (zones == scope) | (regions == scope) | (scope == ALL)
    return np.asarray((cells * inside[:, np.newaxis])[np.newaxis])


def _euros(table: ProgrammeTable, responses: Responses) -> dict[str, NDArray[np.float64]]:
    """EUR allocated by option, the same in every zone: float[zones, options] by measure."""
    pairs = np.array([option.euros(table.daily_cost_eur) for option in responses.options], float)
    every = np.repeat(pairs[np.newaxis], len(responses.zones), axis=0)
    engineering, grants = every[:, :, 0], every[:, :, 1]
    return {"engineering": engineering, "grants": grants, "money": engineering + grants}
