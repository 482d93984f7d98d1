"""The programme's calendar: opening, allocation dates, committees, closing."""

from __future__ import annotations

from dataclasses import dataclass

from rebound_sim.policies.programme_table import ProgrammeTable


@dataclass(frozen=True)
class Calendar:
    """Months of the run (0 = start of the burn-in). Committees and allocations are in order."""

    start: int
    opening: int
    closing: int
    allocations: tuple[int, ...]
    committees: tuple[int, ...]

    def is_open(self, month: int) -> bool:
        """True while aid files are accepted."""
        return self.opening <= month < self.closing


def calendar_of(table: ProgrammeTable, burn_in: int) -> Calendar:
    """Dates of a programme. burn_in : months before month 0 of the scenario.

    The first committee meets one interval after the opening; the last one when the window closes.
    """
    start = burn_in + table.start_month
    opening = start + table.grants_delay_months
    closing = opening + table.window_months
    committees = {*range(opening + table.committee_months, closing, table.committee_months)}
    return Calendar(
        start=start,
        opening=opening,
        closing=closing,
        allocations=tuple(range(opening, closing, table.allocation_months)),
        committees=(*sorted(committees), closing),
    )
