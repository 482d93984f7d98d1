"""Desks for tests: plain ones by hand, and wild ones drawn by hypothesis."""

import numpy as np
from hypothesis import strategies as st

from rebound_sim.policies.allocation import FileDesk, Session, ZoneDesk

MONEY = st.one_of(st.integers(0, 10**11), st.sampled_from((0, 1, 10**11)))
LUCK = st.one_of(st.floats(0, 1, exclude_max=True), st.just(0.5))
SESSIONS = st.builds(
    Session,
    month=st.integers(0, 200),
    number=st.integers(0, 12),
    left=st.integers(0, 12),
    instrument=st.sampled_from(("engineering", "grants")),
    envelope=MONEY,
)


def zone_desk(rows=3, session=None, **columns):
    """`rows` equal zones, without shock nor project, but for the columns given."""
    values = {
        "key": np.arange(rows),
        "code": np.array([f"z{row}" for row in range(rows)], dtype=np.str_),
        "region": np.array(["here"] * rows, dtype=np.str_),
        "amount": [15_000_000] * rows,
        "residents": [100_000] * rows,
        "employment": [40_000] * rows,
        "jobs_lost": [0] * rows,
        "fragility": [50.0] * rows,
        "unemployment_rate": [7.0] * rows,
        "pipeline": [0] * rows,
        "pipeline_jobs": [0.0] * rows,
        "allocated": [0] * rows,
        "committed": [0] * rows,
        "paid": [0] * rows,
        "luck": [0.5] * rows,
    }
    values.update(columns)
    return ZoneDesk(
        **{name: np.asarray(column) for name, column in values.items()},
        session=session or Session(0, 0, 5, "grants", 90_000_000),
    )


def file_desk(zones, zone, amount, **columns):
    """Files of zones, alike but for the columns given."""
    rows = len(zone)
    values = {
        "key": np.arange(rows),
        "zone": zone,
        "amount": amount,
        "jobs": [10.0] * rows,
        "capital": [1e6] * rows,
        "signal": [0.0] * rows,
        "filed": [0] * rows,
        "luck": np.arange(rows) / max(rows, 1),
    }
    values.update(columns)
    return FileDesk(
        **{name: np.asarray(column) for name, column in values.items()},
        zones=zones,
        session=zones.session,
    )


def _column(draw, element, rows, dtype):
    return np.array(draw(st.lists(element, min_size=rows, max_size=rows)), dtype=dtype)


def _keys(draw, rows):
    return np.array(
        draw(st.lists(st.integers(0, 2**40), min_size=rows, max_size=rows, unique=True)),
        dtype=np.int64,
    )


@st.composite
def wild_zones(draw, fewest=0):
    """Up to 60 zones with any amounts, equal or not, and any state of their money."""
    rows = draw(st.integers(fewest, 60))
    allocated, used = (_column(draw, MONEY, rows, np.int64) for _ in range(2))
    committed = np.minimum(allocated, used)
    return zone_desk(
        rows,
        draw(SESSIONS),
        key=_keys(draw, rows),
        region=_column(draw, st.sampled_from(("north", "south", "east")), rows, np.str_),
        amount=_column(draw, MONEY, rows, np.int64),
        residents=_column(draw, st.integers(0, 10**7), rows, np.int64),
        employment=_column(draw, st.integers(0, 10**7), rows, np.int64),
        jobs_lost=_column(draw, st.one_of(st.just(0), st.integers(0, 10**5)), rows, np.int64),
        fragility=_column(draw, st.floats(0, 100), rows, np.float64),
        unemployment_rate=_column(draw, st.floats(0, 100), rows, np.float64),
        pipeline=_column(draw, st.one_of(st.just(0), MONEY), rows, np.int64),
        pipeline_jobs=_column(draw, st.floats(0, 1e5), rows, np.float64),
        allocated=allocated,
        committed=committed,
        paid=committed // 2,
        luck=_column(draw, LUCK, rows, np.float64),
    )


@st.composite
def wild_files(draw):
    """Up to 60 files of wild zones."""
    zones = draw(wild_zones(fewest=1))
    rows = draw(st.integers(0, 60))
    return file_desk(
        zones,
        _column(draw, st.integers(0, zones.key.size - 1), rows, np.int64),
        _column(draw, MONEY, rows, np.int64),
        key=_keys(draw, rows),
        jobs=_column(draw, st.floats(0, 1e6), rows, np.float64),
        capital=_column(draw, st.floats(0, 1e12), rows, np.float64),
        signal=_column(draw, st.floats(-10, 10), rows, np.float64),
        filed=_column(draw, st.integers(0, 300), rows, np.int64),
        luck=_column(draw, LUCK, rows, np.float64),
    )
