"""One zone, or several added up: variable and arm -> array[replications, months]."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from rebound_sim.policies import arm as arms_of
from rebound_sim.policies.definition import NO_POLICY

NO_SHOCK, NONE = arms_of.NO_SHOCK, NO_POLICY
DATES = (12, 24, 36, 60, 120)
DATES_OF_DISPLACED = (6, 12, 18, 24, 36, 60)


@dataclass(frozen=True)
class Panels:
    """Trajectories of all arms, months and replications, and what the scenario says of dates.

    columns       : variable -> array[arms, replications, months]
    projects      : column -> array[rows], with `arm` and `replication`
    arms          : `no_shock`, `none`, then policies or strategies, as simulated
    months        : int[months], 0 = first month after the burn-in; earlier ones are negative
    replications  : int[replications], their numbers
    first_layoffs : month of the first layoffs of a closing site, None without a closure
    last_layoffs  : month of the last ones
    announcement  : month of the first announcement, None without a closure
    titles        : arm -> words for a reader
    zone, zones   : code of the zone, "" for all together; number of zones added up
    """

    columns: Mapping[str, NDArray[Any]]
    projects: Mapping[str, NDArray[Any]]
    arms: tuple[str, ...]
    months: NDArray[np.int64]
    replications: NDArray[np.int64]
    first_layoffs: int | None = None
    last_layoffs: int | None = None
    announcement: int | None = None
    titles: Mapping[str, str] | None = None
    zone: str = ""
    zones: int = 1

    @property
    def policies(self) -> tuple[str, ...]:
        """Arms that are policies, `none` left out."""
        return tuple(arm for arm in self.arms if arm not in (NO_SHOCK, NONE))

    @property
    def horizon(self) -> int:
        """Months simulated after the burn-in."""
        return int(self.months[-1]) + 1

    def values(self, outcome: str, arm: str) -> NDArray[Any]:
        """One outcome of one arm: array[replications, months]. KeyError if there is none."""
        values: NDArray[Any] = self.columns[outcome][self.arms.index(arm)]
        return values

    def difference(self, outcome: str, arm: str, reference: str = NONE) -> NDArray[Any]:
        """arm - reference in each replication: array[replications, months]."""
        change: NDArray[Any] = self.values(outcome, arm) - self.values(outcome, reference)
        return change

    def after_burn_in(self) -> slice:
        """The months from 0 on."""
        return slice(self.row(0), None)

    def row(self, month: int) -> int:
        """Row of a month. KeyError when it was not simulated."""
        row = month - int(self.months[0])
        if not 0 <= row < self.months.size:
            raise KeyError(month)
        return row

    def before(self) -> int:
        """Row of the last month of the burn-in (month -1); the first row without a burn-in."""
        return max(self.row(0) - 1, 0)

    def dates(self) -> tuple[int, ...]:
        """12, 24, 36, 60, 120 months, as far as simulated; the end of the run closes the list.

        After h months: the end of month h - 1, stocks being at the end of a month.
        """
        return tuple(sorted({date for date in DATES if date < self.horizon} | {self.horizon}))

    def title(self, arm: str) -> str:
        """Words for an arm."""
        return (self.titles or {}).get(arm) or arm


def layoff_months(closures: Sequence[Mapping[str, Any]]) -> tuple[int | None, int | None]:
    """First and last month of layoffs of all closures of a scenario; None without a closure."""
    months = [
        int(closure.get("announcement_month", 0)) + int(tranche["month"])
        for closure in closures
        for tranche in closure.get("tranches", ())
    ]
    return (min(months), max(months)) if months else (None, None)
