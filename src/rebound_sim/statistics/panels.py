"""A results folder as panels: outcome and arm -> array[replications, months]."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from rebound_sim.errors import EngineError
from rebound_sim.experiment.store import Results, read_results

NO_SHOCK = "no_shock"
NONE = "none"
DATES = (12, 24, 36, 60, 120)
DATES_OF_DISPLACED = (6, 12, 18, 24, 36, 60)


@dataclass(frozen=True)
class Panels:
    """Trajectories of all arms, months and replications, and what the scenario says of dates.

    columns       : outcome -> array[replications, arms, months]
    projects      : column -> array[rows], with `policy` and `replication`
    arms          : `no_shock`, `none`, then policies, as simulated
    months        : int[months], 0 = first month after the burn-in; burn-in months are negative
    replications  : int[replications], their numbers
    first_layoffs : month of the first layoffs of a closing site, None without a closure
    last_layoffs  : month of the last ones
    announcement  : month of the first announcement, None without a closure
    titles        : arm -> words for a reader
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
        values: NDArray[Any] = self.columns[outcome][:, self.arms.index(arm), :]
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


def as_panels(results: Panels | Results | str | Path) -> Panels:
    """Panels of a results folder, read or not.

    Raises InputError (not a results folder), EngineError (arms of unequal lengths).
    """
    if isinstance(results, Panels):
        return results
    if not isinstance(results, Results):
        results = read_results(results)
    manifest = results.manifest
    shape = (len(manifest.replications), len(manifest.arms), -1)
    try:
        columns = {
            name: column.reshape(shape)
            for name, column in results.trajectories.items()
            if name not in ("policy", "replication")
        }
        arms = np.asarray(results.trajectories["policy"]).reshape(shape)[0, :, 0]
    except ValueError:
        raise EngineError(f"{results.folder}: arms have different numbers of months") from None
    months = columns.pop("month")
    if list(arms) != manifest.arms or np.any(months != months[:1, :1]):
        raise EngineError(f"{results.folder}: rows are not by replication, arm and month")
    closures = manifest.scenario.get("closure", ())
    first, last = layoff_months(closures)
    announced = min((int(c.get("announcement_month", 0)) for c in closures), default=None)
    titles = {str(policy["name"]): str(policy.get("title", "")) for policy in manifest.policies}
    return Panels(
        columns,
        results.projects,
        tuple(manifest.arms),
        months[0, 0].astype(np.int64),
        np.asarray(manifest.replications, dtype=np.int64),
        first,
        last,
        announced,
        titles,
    )


def layoff_months(closures: Sequence[Mapping[str, Any]]) -> tuple[int | None, int | None]:
    """First and last month of layoffs of all closures of a scenario; None without a closure."""
    months = [
        int(closure.get("announcement_month", 0)) + int(tranche["month"])
        for closure in closures
        for tranche in closure.get("tranches", ())
    ]
    return (min(months), max(months)) if months else (None, None)
