"""Headline outcomes of one zone, or of all together: one cell per outcome, month, arm, detail."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from rebound_sim.cells import write_cells
from rebound_sim.statistics import employment, jobs_account, money, people
from rebound_sim.statistics.cell import COLUMNS, Cell, cell
from rebound_sim.statistics.definitions import BY_NAME
from rebound_sim.statistics.intervals import (
    Estimate,
    mean_estimate,
    median_estimate,
    ratio_estimate,
    share_estimate,
)
from rebound_sim.statistics.panels import DATES_OF_DISPLACED, NO_SHOCK, NONE, Panels

FILE_NAME = "headline.csv"
TOTAL = "total"


def write_headline(panels: Panels, folder: Path) -> None:
    """Write headline.csv into a results folder. Raises OSError."""
    rows = map(Cell.row, headline_cells(panels))
    write_cells(folder / FILE_NAME, COLUMNS, rows)


def headline_cells(panels: Panels) -> list[Cell]:
    """All headline outcomes of a zone or of all together, in the order of their definitions."""
    rows = [
        *_employment(panels),
        *_against_no_closure(panels),
        *account_cells(panels),
        *_money(panels),
        *cost_cells(panels),
        *displaced_cells(panels),
        *hire_cells(panels),
    ]
    order = {name: place for place, name in enumerate(BY_NAME)}
    return sorted(rows, key=lambda row: order[row.outcome])


def _row(
    panels: Panels, outcome: str, month: int, arm: str, estimate: Estimate, detail: str = ""
) -> Cell:
    return cell(
        BY_NAME[outcome],
        estimate,
        arm=arm,
        month=month,
        zones=len(panels.zones),
        zone=panels.code,
        detail=detail,
    )


def _mean(outcome: str, values: NDArray[Any]) -> Estimate:
    """Mean of an outcome, its interval within the outcome's bounds."""
    declared = BY_NAME[outcome]
    return mean_estimate(values, declared.least, declared.most)


def _at_dates(
    panels: Panels, outcome: str, arm: str, values: NDArray[Any], detail: str = ""
) -> Iterator[Cell]:
    """Cells at 12, 24, ... months of values[replications, months]."""
    for date in panels.dates():
        yield _row(panels, outcome, date, arm, _mean(outcome, values[:, date - 1]), detail)


def _employment(panels: Panels) -> Iterator[Cell]:
    columns = {
        "resident_employment_difference": "resident_employment",
        "unemployment_rate_difference": "unemployment_rate",
        "registered_difference": "registered",
    }
    for policy in panels.strategies:
        yield from _at_dates(
            panels, "additional_jobs", policy, employment.additional_jobs(panels, policy)
        )
        yield from _at_dates(
            panels, "job_months_gained", policy, employment.job_months_gained(panels, policy)
        )
        left = panels.difference("out_migration", policy)
        yield from _at_dates(panels, "departures_difference", policy, left.cumsum(axis=1))
        # A rate of several zones together is not the sum of theirs.
        for outcome, column in columns.items():
            if panels.has(column):
                yield from _at_dates(panels, outcome, policy, panels.difference(column, policy))


def _against_no_closure(panels: Panels) -> Iterator[Cell]:
    if panels.first_layoffs is None or NO_SHOCK not in panels.arms:
        return
    end = panels.horizon
    for arm in (NONE, *panels.strategies):
        gap = employment.jobs_against_no_closure(panels, arm)
        rate = panels.difference("unemployment_rate", arm, NO_SHOCK)
        yield from _at_dates(panels, "jobs_against_no_closure", arm, gap)
        yield from _at_dates(panels, "unemployment_rate_against_no_closure", arm, rate)
        lost = -gap.sum(axis=1)
        yield _row(panels, "job_months_lost", end, arm, mean_estimate(lost))
        area = employment.loss_area(panels, arm)
        yield _row(panels, "loss_area", end, arm, _mean("loss_area", area))
        months = employment.rebound_months(panels, arm)
        yield _row(panels, "rebound_time", end, arm, median_estimate(months))
        known = months[~np.isnan(months)]
        yield _row(panels, "never_back", end, arm, share_estimate(np.isinf(known)))


_ACCOUNT = {
    "gross_jobs": "gross",
    "deadweight_jobs": "deadweight",
    "time_shifted_jobs": "time_shifted",
    "induced_jobs": "induced",
    "accelerated_jobs": "accelerated",
    "other_project_jobs": "other_projects",
    "multiplier_jobs": "multiplier",
    "agglomeration_jobs": "agglomeration",
    "crowded_out_jobs": "crowded_out",
    "site_jobs_difference": "site",
    "takeover_jobs": "takeover",
    "chance_jobs": "chance",
    "other_cause_jobs": "other_causes",
}


def account_cells(panels: Panels) -> Iterator[Cell]:
    """Lines of the identity of jobs, policy by policy, at each date."""
    for policy in panels.strategies:
        promised = panels.values("promised_jobs_supported", policy)
        yield from _at_dates(panels, "promised_jobs", policy, promised)
        account = jobs_account.jobs_account(panels, policy)
        for outcome, line in _ACCOUNT.items():
            yield from _at_dates(panels, outcome, policy, account[line])


def _money(panels: Panels) -> Iterator[Cell]:
    for policy in panels.strategies:
        for instrument in money.used_instruments(panels, policy):
            for kind, values in money.euros(panels, policy, instrument).items():
                yield from _at_dates(panels, kind, policy, values, instrument)
        cost = money.public_cost(panels, policy)
        yield from _at_dates(panels, "public_cost", policy, cost)
        net = money.net_budget_cost(panels, policy)
        yield from _at_dates(panels, "net_budget_cost", policy, net)


def cost_cells(panels: Panels) -> Iterator[Cell]:
    """Euros per gross job, additional job and job-month, in all and by instrument."""
    end = panels.horizon
    for policy in panels.strategies:
        jobs = employment.additional_jobs(panels, policy)[:, -1]
        job_months = employment.job_months_gained(panels, policy)[:, -1]
        for instrument in (None, *money.used_instruments(panels, policy)):
            spent = money.costs(panels, policy, instrument)
            detail = instrument or TOTAL
            by_denominator = {"cost_per_additional_job": jobs, "cost_per_job_month": job_months}
            if instrument is None or instrument in money.SUPPORT_BITS:
                gross = money.gross_jobs_of(panels, policy, instrument)
                by_denominator["cost_per_gross_job"] = gross
            for outcome, denominator in by_denominator.items():
                yield _row(panels, outcome, end, policy, ratio_estimate(spent, denominator), detail)


def displaced_cells(panels: Panels) -> Iterator[Cell]:
    """What became of the displaced, at dates counted from the first layoffs."""
    if panels.first_layoffs is None:
        return
    for arm in (NONE, *panels.strategies):
        in_work = people.displaced_share(panels, arm, people.IN_WORK)
        earnings = people.earnings_against_controls(panels, arm)
        other = people.displaced_share(panels, arm, ("other_sector",))
        yield from _after_layoffs(panels, "displaced_in_work", arm, in_work)
        yield from _after_layoffs(panels, "displaced_earnings", arm, earnings)
        yield from _after_layoffs(panels, "displaced_other_sector", arm, other)
        for state in people.STATES:
            share = people.displaced_share(panels, arm, (state,))
            yield from _after_layoffs(panels, "displaced_state", arm, share, state)
        if arm == NONE:
            work_none, earnings_none = in_work, earnings
            continue
        gain = in_work - work_none
        yield from _after_layoffs(panels, "displaced_in_work_difference", arm, gain)
        gain = earnings - earnings_none
        yield from _after_layoffs(panels, "displaced_earnings_difference", arm, gain)


def _after_layoffs(
    panels: Panels, outcome: str, arm: str, values: NDArray[Any], detail: str = ""
) -> Iterator[Cell]:
    """Cells at 6, 12, ... months after the first layoffs, as far as simulated."""
    for months in DATES_OF_DISPLACED:
        date = (panels.first_layoffs or 0) + months
        if date < panels.horizon:
            column = values[:, panels.row(date)]
            yield _row(panels, outcome, months, arm, _mean(outcome, column), detail)


def hire_cells(panels: Panels) -> Iterator[Cell]:
    """Who was hired more with the policy than without, at each date."""
    for policy in panels.strategies:
        for origin in (None, *people.ORIGINS):
            hires = people.additional_hires(panels, policy, origin)
            yield from _at_dates(panels, "additional_hires", policy, hires, origin or TOTAL)
