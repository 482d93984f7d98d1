"""What a file says of a zone at a past quarter, in place of the shipped tables.

[[zone]]
code = "3202@2020-T1"
at_date = { unemployment_rate_percent = 9.1, salaried_jobs = 139_000 }

[[zone.at_date.closed]]      # a site that has closed since: its jobs are added back
sector = "CG"
jobs = 300
closed = "2021-T2"
"""

from __future__ import annotations

from typing import Annotated, Any, Final

from pydantic import Field, StringConstraints

from rebound_sim.data.closures import KnownClosure
from rebound_sim.data.dated import Given
from rebound_sim.reading.strict import StrictRecord, quantity

LARGEST_BASIN: Final = 20_000_000
AT_DATE: Final = "figures of a zone at a quarter, in place of those of the tables"


class ClosedSite(StrictRecord):
    """A site that closed after the date of the zone: its jobs are added back to its sector."""

    sector: str = Field(description="A38 code of the site's sector, such as 'CG'")
    jobs: int = quantity(unit="jobs", meaning="jobs lost at the site", ge=1, le=1_000_000)
    closed: Annotated[str, StringConstraints(pattern=r"^\d{4}-T[1-4]$")] = Field(
        description="quarter in which its staff left, such as '2014-T1'"
    )


class AtDate(StrictRecord):
    """Figures of a zone at its quarter, in place of those of the tables."""

    unemployment_rate_percent: float | None = quantity(
        None, unit="%", meaning="localised unemployment rate at the quarter", gt=0, le=40
    )
    salaried_jobs: int | None = quantity(
        None, unit="jobs", meaning="salaried jobs at the quarter", ge=100, le=LARGEST_BASIN
    )
    closed: tuple[ClosedSite, ...] = Field(
        (),
        strict=False,
        max_length=100,
        description="sites that closed since, beside those that the package knows",
    )

    def given(self, code: str) -> Given:
        """The same, as the tables of a zone take it. code : zone, without its date"""
        sites = tuple(
            KnownClosure("declared", code, site.closed, site.sector, site.jobs, "the file")
            for site in self.closed
        )
        return Given(self.unemployment_rate_percent, self.salaried_jobs, sites)


def check_dated(zone: str, at_date: AtDate | None) -> None:
    """Raise ValueError when figures at a date are given to a zone without one."""
    if at_date is not None and "@" not in zone:
        raise ValueError("at_date goes with a zone at a quarter, such as '3202@2013-T1'")


def without_empty_date(values: dict[str, Any]) -> None:
    """Drop `at_date` from a zone's values when it says nothing, before a digest is taken."""
    if values.get("at_date") is None:
        values.pop("at_date", None)
