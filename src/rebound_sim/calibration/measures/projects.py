"""Projects, grants and agreements, read in the table of projects at the end of a run."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from rebound_sim.arrays import Columns, Floats
from rebound_sim.calibration.study import counts
from rebound_sim.state.codes import Answer, ProjectKind, Support

MILLION = 1e6


def durations(projects: Columns) -> dict[str, Floats]:
    """Permits of new sites, and months from decision to operation of new plants: sums, numbers.

    Projects decided during the run, whatever became of them.
    """
    new = np.isin(projects["kind"], (int(ProjectKind.NEW_PLANT), int(ProjectKind.NEW_SECTOR)))
    decided = new & (projects["decided_month"] >= 0)
    permits = projects["permit_months"][decided].astype(np.float64)
    build = projects["build_months"][decided].astype(np.float64)
    return {
        "permits_new": counts(permits.sum(), permits.size),
        "build": counts((permits + build).sum(), build.size),
    }


def investment_rate(projects: Columns, first: int, years: float, value_added: float) -> Floats:
    """Investment decided by projects over the value added of the zone's industry: float[2], EUR.

    first : month from which decisions count    years : until the end    value_added : EUR/year
    """
    decided = projects["decided_month"] >= first
    return counts(projects["capital"][decided].sum(), years * value_added)


def mission_yield(projects: Columns, found: int, visited: int) -> dict[str, Floats]:
    """What one mission finds: projects per firm visited, investment [M€] and potential jobs.

    By project, and for the mission as a whole.
    """
    rows = projects["public_detection"] == 1
    capital, jobs = projects["capital"][rows].sum() / MILLION, projects["jobs"][rows].sum()
    return {
        "projects_per_visit": counts(found, visited),
        "invest_per_project": counts(capital, rows.sum()),
        "jobs_per_project": counts(jobs, rows.sum()),
        "mission_investment": counts(capital, 1),
        "mission_jobs": counts(jobs, 1),
    }


def started_within(projects: Columns, months: int) -> Floats:
    """Investment found by missions and decided within some months of the visit, over all found."""
    found = projects["public_detection"] == 1
    waited = projects["decided_month"].astype(np.int64) - projects["detected_month"]
    soon = found & (projects["decided_month"] >= 0) & (waited <= months)
    return counts(projects["capital"][soon].sum(), projects["capital"][found].sum())


def advised_firms(
    visited: NDArray[np.bool_], advised: NDArray[Any], without: NDArray[Any]
) -> Floats:
    """Employment that advice adds in the firms visited, and their employment without: float[2].

    advised, without : employees by firm, the same month, same luck.
    """
    gained = advised[visited].astype(np.float64) - without[visited]
    return counts(gained.sum(), without[visited].sum())


def funded(projects: Columns) -> dict[str, Floats]:
    """Means over funded projects, and amounts granted over amounts asked by all files decided."""
    rows = projects["grant_answer"] == int(Answer.GRANTED)
    answered = rows | (projects["grant_answer"] == int(Answer.REFUSED))
    granted = projects["granted"][rows].sum() / MILLION
    capital = projects["capital"][rows].sum() / MILLION
    asked = projects["asked"][answered].sum() / MILLION
    return {
        "faiit_invest": counts(capital, rows.sum()),
        "faiit_grant": counts(granted, rows.sum()),
        "aid_intensity": counts(granted, capital),
        "granted_share": counts(granted, asked),
        "jobs_per_grant": counts(projects["jobs"][rows].sum(), rows.sum()),
    }


def additional_jobs(
    projects: Columns,
    opened: NDArray[np.float64],
    opened_without: NDArray[np.float64],
    support: Support,
    money: float,
) -> dict[str, Floats]:
    """Delivered over promised, additional over delivered, public money [k€] per additional job.

    opened, opened_without : jobs of each project at the end, with the policy and without any
    (same random numbers)    support : kind of help that defines the sample    money : euros.
    Jobs are those of the helped projects, as in the survey of the source, not of the zone.
    """
    rows = (projects["supported"] & int(support)) != 0
    delivered = opened[rows].sum()
    additional = delivered - opened_without[rows].sum()
    return {
        "delivered": counts(delivered, projects["jobs"][rows].sum()),
        "additional": counts(additional, delivered),
        "cost_per_additional": counts(money / 1000.0, additional),
    }


def marginal_winners(
    projects: Columns, before: NDArray[Any], with_policy: NDArray[Any], without: NDArray[Any]
) -> Floats:
    """Growth that the fund adds to firms that won with a low score, summed, and firms: float[2].

    before : employees by firm when the fund opens    with_policy, without : some years later.
    Winners whose signal is below the median of winners stand for those at the cut-off; outside
    entrants have no firm before. Each firm counts once, as in the regressions of the source.
    """
    rows = (projects["grant_answer"] == int(Answer.GRANTED)) & (projects["sponsor"] >= 0)
    if not rows.any():
        return np.zeros(2)
    low = rows & (projects["signal"] <= np.median(projects["signal"][rows]))
    firms = np.unique(projects["sponsor"][low])
    firms = firms[before[firms] > 0]
    gained = with_policy[firms].astype(np.float64) - without[firms]
    return counts((gained / before[firms]).sum(), firms.size)
