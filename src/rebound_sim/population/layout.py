"""Rows of the table of people: how many of whom, in which order.

Segments, in order: employees who live in the zone; self-employed; residents working outside;
unemployed; halo; other inactive; in-commuters; non-resident seekers; future non-resident seekers
(by month); future school leavers (by month); candidates for in-migration (by month).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from rebound_sim.data.basins import BasinFigures


@dataclass(frozen=True)
class Layout:
    """Numbers of people by segment [person]; `months` is the length of the run."""

    employees: int
    self_employed: int
    outside: int
    unemployed: int
    halo: int
    inactive: int
    commuters: int
    outsiders: int
    months: int
    neighbours: int = 0
    school: int = 0
    migrants: int = 0

    @property
    def residents(self) -> int:
        """Residents of working age at t = 0."""
        return (
            self.employees
            + self.self_employed
            + self.outside
            + self.unemployed
            + self.halo
            + self.inactive
        )

    @property
    def active(self) -> int:
        """Employed and unemployed residents at t = 0."""
        return self.employees + self.self_employed + self.outside + self.unemployed

    @property
    def present(self) -> int:
        """Rows used from t = 0: residents, in-commuters, non-resident seekers."""
        return self.residents + self.commuters + self.outsiders

    @property
    def rows(self) -> int:
        """All rows."""
        return self.present + self.neighbours + self.school + self.migrants

    def starts(self) -> dict[str, int]:
        """First row of each segment."""
        names = (
            "employees",
            "self_employed",
            "outside",
            "unemployed",
            "halo",
            "inactive",
            "commuters",
            "outsiders",
            "neighbours",
            "school",
            "migrants",
        )
        edges = np.concatenate([[0], np.cumsum([getattr(self, name) for name in names])])
        return dict(zip(names, (int(e) for e in edges[:-1]), strict=True))


def layout(figures: BasinFigures, months: int, demography: Any) -> Layout:
    """Layout of a zone at t = 0, before its latent people are counted.

    Exact: employed residents, unemployed (localised rate), halo, inactive people 15-64, salaried
    jobs. Jobs that residents do not hold belong to in-commuters (or are second jobs: the source
    counts jobs, the census people). Gross commuting is modelled: at least `outside_share` of
    employed residents work in another zone.
    """
    employed = figures.employed_residents
    jobs = int(figures.salaried_jobs.sum())
    self_employed = round(employed * (1.0 - figures.salaried_share))
    outside = max(round(demography.outside_share * employed), employed - self_employed - jobs)
    outside = min(outside, employed - self_employed)
    employees = employed - self_employed - outside
    return Layout(
        employees=employees,
        self_employed=self_employed,
        outside=outside,
        unemployed=figures.unemployed_ilo,
        halo=figures.halo,
        inactive=max(figures.inactive_15_64 - figures.halo, 0),
        commuters=jobs - employees,
        outsiders=round(demography.outsider_ratio * jobs),
        months=months,
    )


def monthly_blocks(total: int, months: int) -> npt.NDArray[np.int64]:
    """First row of each month's block when `total` people are spread evenly: int64[months + 1]."""
    return (np.arange(months + 1, dtype=np.int64) * total) // max(months, 1)
