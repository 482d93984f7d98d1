"""The state of one basin: tables, market, calendars. No behaviour."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import numpy as np
import numpy.typing as npt

from rebound_sim.state.market import Market, Rates


@dataclass
class PeopleCalendar:
    """Who may arrive or retire when; drawn once.

    retirement_rows : int32[n] people in the order of retirement months
    retirement_start : int64[months + 2], first position of each month (month 0 first)
    neighbour_blocks, school_blocks, migrant_blocks : int64[months + 1] rows
    arrival_status : uint8 by candidate
    start_up_blocks : int64[months + 1] rows of firms
    """

    retirement_rows: npt.NDArray[np.int32]
    retirement_start: npt.NDArray[np.int64]
    neighbour_blocks: npt.NDArray[np.int64]
    school_blocks: npt.NDArray[np.int64]
    migrant_blocks: npt.NDArray[np.int64]
    arrival_status: npt.NDArray[np.uint8]
    start_up_blocks: npt.NDArray[np.int64]


@dataclass
class Site:
    """A closing site: row of the firm, rows of its two possible successors, dates and counts."""

    firm: int
    sector: int
    jobs: int
    buyer: int
    reuse: int
    announcement: int  # month of the run
    recapture: float = 0.0  # share of its sales that other firms of its sector win in the end
    jobs_at_announcement: int = 0
    closed: bool = False


@dataclass
class BasinState:
    """Everything that changes during a run, and the zone's fixed structure.

    workers, firms, projects : records of columns    market : zone arrays    rates : zone rates
    sites : closing sites    t : month of the run, 0 at the start of the burn-in
    cohort : rows of the people laid off by the closing sites, in order
    scratch_* : work arrays of the size of the table of people
    """

    workers: Any
    firms: Any
    projects: Any
    market: Market
    rates: Rates
    calendar: PeopleCalendar
    sites: list[Site]
    firm_rows_at_start: int
    first_start_up: int
    people_at_start: int
    residents_at_start: int
    active_at_start: int
    neighbour_first: int
    school_first: int
    migrant_first: int
    scratch_events: npt.NDArray[np.int32]
    scratch_seekers: npt.NDArray[np.int32]
    t: int = 0
    cohort: list[npt.NDArray[np.int32]] = field(default_factory=list)

    def nbytes(self) -> int:
        """Bytes of all columns and work arrays."""
        tables = (self.workers, self.firms, self.projects, self.market)
        total = sum(array.nbytes for record in tables for array in record)
        return total + self.scratch_events.nbytes + self.scratch_seekers.nbytes
