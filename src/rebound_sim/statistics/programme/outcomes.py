"""Outcomes of a programme in each replication: one array[compared, replications] each."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from rebound_sim.arrays import Floats
from rebound_sim.statistics import employment
from rebound_sim.statistics.money import public_cost
from rebound_sim.statistics.panels import Panels
from rebound_sim.statistics.programme import inequality
from rebound_sim.statistics.programme.money import final_accounts, unspent

Key = tuple[str, int]


@dataclass(frozen=True)
class Outcomes:
    """Everything that is compared.

    values : (outcome, months elapsed) -> float[compared, replications]
    ratios : outcome -> numerator and denominator, float[compared, replications] at the end
    end    : months of the run
    """

    values: Mapping[Key, Floats]
    ratios: Mapping[str, tuple[Floats, Floats]]
    end: int

    def at_end(self, outcome: str) -> Floats:
        """float[compared, replications] at the end of the run. KeyError for a ratio."""
        return self.values[outcome, self.end]


def mean_over_lucks(outcomes: Outcomes, worlds: NDArray[np.int64]) -> Outcomes:
    """The same with one column a world: the mean over its lucks. worlds : int[replications]."""
    groups = [np.flatnonzero(worlds == number) for number in np.unique(worlds)]

    def mean(values: Floats) -> Floats:
        return np.stack([values[:, group].mean(axis=1) for group in groups], axis=1)

    return Outcomes(
        {key: mean(values) for key, values in outcomes.values.items()},
        {name: (mean(top), mean(bottom)) for name, (top, bottom) in outcomes.ratios.items()},
        outcomes.end,
    )


def programme_outcomes(panels: Panels) -> Outcomes:
    """Outcomes of all compared strategies, in the order of `panels.compared`."""
    end = panels.horizon
    values: dict[Key, Floats] = {}
    effects: dict[str, Callable[[Panels, str], NDArray[Any]]] = {
        "additional_jobs": employment.additional_jobs,
        "job_months_gained": employment.job_months_gained,
        "public_cost": public_cost,
    }
    for outcome, compute in effects.items():
        paths = [compute(panels, name) for name in panels.compared]
        for date in panels.dates():
            columns = [path[:, date - 1] for path in paths]
            values[outcome, date] = np.stack(columns).astype(np.float64)
    for outcome, column in _STOCKS.items():
        stocks = [panels.values(column, name)[:, -1] for name in panels.compared]
        values[outcome, end] = np.stack(stocks).astype(np.float64)
    if panels.closing:
        for name, found in _against_no_closure(panels).items():
            values[name, end] = found
    accounts = final_accounts(panels, panels.instruments)
    for name in ("envelope", "allocated", "committed", "paid", "returned", "cancelled"):
        values[name, end] = accounts[name].astype(np.float64)
    values["unspent", end] = unspent(accounts).astype(np.float64)
    in_grants = final_accounts(panels, ("grants",))["committed"].astype(np.float64)
    spent = values["public_cost", end]
    ratios = {
        "cost_per_additional_job": (spent, values["additional_jobs", end]),
        "cost_per_job_month": (spent, values["job_months_gained", end]),
        "mean_grant": (in_grants, values["grants", end]),
    }
    return Outcomes(values, ratios, end)


_STOCKS = {
    "promised_jobs": "promised_jobs_supported",
    "gross_jobs": "supported_capacity",
    "grants": "files_granted",
}


def _against_no_closure(panels: Panels) -> dict[str, Floats]:
    """Rebound, loss area and inequality between zones with a closure."""
    zones = {code: panels.zone(code) for code in panels.closing}
    people = inequality.residents(panels)
    found: dict[str, list[Floats]] = {}
    for strategy in panels.compared:
        months = np.stack([employment.rebound_months(zone, strategy) for zone in zones.values()])
        cut = np.stack(
            [
                np.full(panels.count, zone.horizon - (zone.first_layoffs or 0), float)
                for zone in zones.values()
            ]
        )
        area = inequality.loss_area_per_resident(panels, strategy)
        loss = inequality.residual_loss(panels, strategy)
        rows = {
            "never_back": 100.0 * np.isinf(months).mean(axis=0),
            "rebound_time": np.sort(months, axis=0)[months.shape[0] // 2],
            "months_before_rebound": np.minimum(months, cut).mean(axis=0),
            "loss_area": (area * people).sum(axis=0),
            "worst_tenth_loss": inequality.worst_tenth(loss),
            "loss_spread": inequality.spread(loss),
            "loss_theil": inequality.theil(area, people),
            "loss_gini": inequality.gini(area, people),
        }
        for name, row in rows.items():
            found.setdefault(name, []).append(row)
    return {name: np.stack(rows) for name, rows in found.items()}
