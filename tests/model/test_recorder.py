"""Each variable is written each month, beside its own name."""

import numpy as np
import pytest

from rebound_sim.data.sectors import SECTORS
from rebound_sim.errors import EngineError
from rebound_sim.kernels.cohorts import Count, count_cohort
from rebound_sim.model import BasinModel
from rebound_sim.recorder import Recorder, new_jobs
from rebound_sim.state import codes
from rebound_sim.state.variables import NEW_SECTORS, VARIABLES
from worlds import scenario


def test_every_variable_is_written_every_month() -> None:
    model = BasinModel(scenario())
    model.step()
    recorder = Recorder(1)
    unwritten = -7
    recorder._whole[:] = unwritten
    recorder._real[:] = unwritten
    recorder.record(model)
    left = {v.name for v in VARIABLES if recorder.column(v.name)[0] == unwritten}
    # Nobody is displaced yet, and controls are drawn at the announcement.
    assert {name.split("_")[0] for name in left} <= {"displaced", "control"}


def test_a_name_without_declaration_is_refused() -> None:
    class Stray(Recorder):
        def _firms(self, _model: BasinModel):
            yield ("workplace_employment", "no_such_variable"), (1, 2)

    model = BasinModel(scenario())
    with pytest.raises(EngineError, match="no_such_variable"):
        Stray(1).record(model)


def test_states_of_a_cohort_stand_where_their_names_say() -> None:
    model = BasinModel(scenario())
    workers = model.state.workers
    rows = np.flatnonzero(workers.resident == 1)[:400].astype(np.int32)
    out = np.zeros(len(Count), np.int64)
    count_cohort(rows, 255, 1.0, workers, out)
    status = workers.status[rows]
    for count, code in (
        (Count.PERMANENT, codes.Status.PERMANENT),
        (Count.SELF_EMPLOYED, codes.Status.SELF_EMPLOYED),
        (Count.OUTSIDE, codes.Status.WORKING_OUTSIDE),
        (Count.HALO, codes.Status.HALO),
        (Count.INACTIVE, codes.Status.INACTIVE),
    ):
        assert out[count] == (status == code).sum()
    assert out[Count.PEOPLE] == rows.size
    assert out[Count.IN_WORK] == np.isin(status, [int(s) for s in codes.IN_WORK]).sum()


def test_sectors_of_new_jobs_share_the_employees_of_the_zone() -> None:
    model = BasinModel(scenario())
    workers = model.state.workers
    rows = np.arange(600, dtype=np.int32)
    found = new_jobs(rows, workers, t=5)
    status = workers.status[rows]
    employed = (workers.resident[rows] == 1) & np.isin(
        status, [int(codes.Status.PERMANENT), int(codes.Status.FIXED_TERM)]
    )
    assert sum(found[f"displaced_in_{name}"] for name in NEW_SECTORS) == employed.sum() > 0
    industrial = np.array([sector.industrial for sector in SECTORS])
    made = industrial[workers.sector[rows[employed]]].sum()
    assert found["displaced_in_industry"] == made > 0
    long = (status == int(codes.Status.FIXED_TERM)) & employed & (5 - workers.since[rows] >= 6)
    assert found["displaced_fixed_term_long"] == long.sum() > 0
