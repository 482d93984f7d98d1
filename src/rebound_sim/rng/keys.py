"""Keys of all streams, computed once a run or once a month."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from rebound_sim import fields
from rebound_sim.rng.streams import Stream, stream_keys


class RunKeys(NamedTuple):
    """Keys without a month: what is drawn once for the life of an agent."""

    ring: np.uint64
    skill: np.uint64
    entry: np.uint64
    in_migration: np.uint64
    stage: np.uint64
    closure: np.uint64
    visit: np.uint64
    committee: np.uint64
    person: np.uint64
    firm: np.uint64
    project: np.uint64
    assignment: np.uint64
    closure_person: np.uint64


class MonthKeys(NamedTuple):
    """Keys of one month."""

    event: np.uint64
    firm_shock: np.uint64
    firm_failure: np.uint64
    layoff_skill: np.uint64
    search_number: np.uint64
    search_sector: np.uint64
    pair_score: np.uint64
    contract: np.uint64
    basin_shock: np.uint64


for _keys in (RunKeys, MonthKeys):
    fields.block(_keys, {name: fields.Number("u8") for name in _keys._fields})

_RUN = np.array(
    (
        Stream.VACANCY_RING,
        Stream.VACANCY_SKILL,
        Stream.FIRM_ENTRY,
        Stream.IN_MIGRATION,
        Stream.STAGE,
        Stream.CLOSURE,
        Stream.ENGINEERING_VISIT,
        Stream.COMMITTEE,
        Stream.PERSON_TRAITS,
        Stream.FIRM_TRAITS,
        Stream.PROJECT_TRAITS,
        Stream.EMPLOYMENT_ASSIGNMENT,
        Stream.CLOSURE_PERSON,
    ),
    dtype=np.uint64,
)
_MONTH = np.array(
    (
        Stream.MONTHLY_EVENT,
        Stream.FIRM_SHOCK,
        Stream.FIRM_FAILURE,
        Stream.LAYOFF_SKILL,
        Stream.SEARCH_NUMBER,
        Stream.SEARCH_SECTOR,
        Stream.PAIR_SCORE,
        Stream.CONTRACT,
        Stream.BASIN_SHOCK,
    ),
    dtype=np.uint64,
)


def run_keys(seed: int, replication: int, basin: str) -> RunKeys:
    """Keys of a run. Arguments as in `streams.stream_keys`."""
    return RunKeys(*stream_keys(seed, replication, basin, _RUN))


def month_keys(seed: int, replication: int, basin: str, month: int) -> MonthKeys:
    """Keys of a month. The origin of months is shifted, so month 0 differs from no month."""
    return MonthKeys(*stream_keys(seed, replication, basin, _MONTH, month + 1))
