"""Where the people laid off by the closing sites are, and what they and their matches earn."""

from __future__ import annotations

from enum import IntEnum

from rebound_sim.compilation import compiled, unsigned
from rebound_sim.state.codes import Regime, Status

_PERMANENT = int(Status.PERMANENT)
_FIXED_TERM = int(Status.FIXED_TERM)
_SELF_EMPLOYED = int(Status.SELF_EMPLOYED)
_OUTSIDE = int(Status.WORKING_OUTSIDE)
_UNEMPLOYED = int(Status.UNEMPLOYED)
_TRAINING = int(Status.IN_TRAINING)
_HALO = int(Status.HALO)
_INACTIVE = int(Status.INACTIVE)
_RETIRED = int(Status.RETIRED)
_CSP = int(Regime.CSP)


class Count(IntEnum):
    """What is counted: positions in the counts of `count_cohort`."""

    PEOPLE = 0
    PERMANENT = 1
    FIXED_TERM = 2
    SELF_EMPLOYED = 3
    OUTSIDE = 4
    UNEMPLOYED_SUPPORTED = 5  # with CSP or redeployment leave
    UNEMPLOYED = 6
    TRAINING = 7
    HALO = 8
    INACTIVE = 9
    RETIRED = 10
    LEFT = 11
    OTHER_SECTOR = 12  # in work in the zone
    EARNINGS = 13  # EUR/month
    IN_WORK = 14


# A compiled loop reads constants; the first states of work stand at their status.
_PEOPLE = int(Count.PEOPLE)
_AT_SUPPORTED = int(Count.UNEMPLOYED_SUPPORTED)
_AT_UNEMPLOYED = int(Count.UNEMPLOYED)
_AT_TRAINING = int(Count.TRAINING)
_AT_HALO = int(Count.HALO)
_AT_INACTIVE = int(Count.INACTIVE)
_AT_RETIRED = int(Count.RETIRED)
_LEFT = int(Count.LEFT)
_OTHER_SECTOR = int(Count.OTHER_SECTOR)
_EARNINGS = int(Count.EARNINGS)
_IN_WORK = int(Count.IN_WORK)


@compiled
def count_cohort(rows, site_sector, wage_index, workers, out):  # type: ignore[no-untyped-def]
    """State of a cohort of residents. rows : int32[n]    out : int64[len(Count)], written."""
    out[:] = 0
    for k in range(rows.size):
        i = unsigned(rows[k])
        if workers.resident[i] == 0:
            continue
        out[_PEOPLE] += 1
        status = workers.status[i]
        if status <= _OUTSIDE:
            out[status] += 1
            out[_IN_WORK] += 1
            out[_EARNINGS] += int(wage_index * workers.wage[i])
            if status <= _FIXED_TERM and workers.sector[i] != site_sector:
                out[_OTHER_SECTOR] += 1
        elif status == _UNEMPLOYED:
            out[_AT_SUPPORTED if workers.regime[i] >= _CSP else _AT_UNEMPLOYED] += 1
        elif status == _TRAINING:
            out[_AT_TRAINING] += 1
        elif status == _HALO:
            out[_AT_HALO] += 1
        elif status == _INACTIVE:
            out[_AT_INACTIVE] += 1
        elif status == _RETIRED:
            out[_AT_RETIRED] += 1
        else:
            out[_LEFT] += 1


@compiled
def count_new_jobs(rows, t, lasting, group_of, workers, out):  # type: ignore[no-untyped-def]
    """Residents of a cohort who are employees of the zone, by group of sectors.

    rows : int32[n]    lasting : month after which a fixed-term contract counts as lasting
    group_of : int64[38], group of each sector    out : int64[groups + 1], written: the first cell
    holds those whose fixed-term contract has lasted.
    """
    out[:] = 0
    for k in range(rows.size):
        i = unsigned(rows[k])
        status = workers.status[i]
        if workers.resident[i] == 1 and _PERMANENT <= status <= _FIXED_TERM:
            out[1 + group_of[workers.sector[i]]] += 1
            out[0] += status == _FIXED_TERM and t - workers.since[i] >= lasting
