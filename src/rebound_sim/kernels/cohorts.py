"""Where the people laid off by the closing sites are, and what they and their matches earn."""

from __future__ import annotations

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

#: Positions in the counts: total, then the states of `displaced_*`, then other sector, earnings.
N_COUNTS = 15


@compiled
def count_cohort(rows, site_sector, wage_index, workers, out):  # type: ignore[no-untyped-def]
    """State of a cohort of residents. rows : int32[n]    out : int64[15], written.

    0 people; 1 permanent, 2 fixed-term, 3 self-employed, 4 outside, 5 unemployed with CSP or
    leave, 6 unemployed otherwise, 7 training, 8 halo, 9 inactive, 10 retired, 11 left,
    12 in work in the zone in another sector, 13 earnings [EUR/month], 14 in work.
    """
    out[:] = 0
    for k in range(rows.size):
        i = unsigned(rows[k])
        if workers.resident[i] == 0:
            continue
        out[0] += 1
        status = workers.status[i]
        if status <= _OUTSIDE:
            out[status] += 1
            out[14] += 1
            out[13] += int(wage_index * workers.wage[i])
            if status <= _FIXED_TERM and workers.sector[i] != site_sector:
                out[12] += 1
        elif status == _UNEMPLOYED:
            out[5 if workers.regime[i] >= _CSP else 6] += 1
        elif status == _TRAINING:
            out[7] += 1
        elif status == _HALO:
            out[8] += 1
        elif status == _INACTIVE:
            out[9] += 1
        elif status == _RETIRED:
            out[10] += 1
        else:
            out[11] += 1
