"""The accounting identity of jobs: from gross jobs to additional ones, to the unit.

    additional = gross - deadweight
                 + accelerated + other_projects + households + customers + agglomeration
                 + wages + unfilled + site + takeover + chance
    gross - deadweight = time_shifted + induced

Each line is a difference policy - none in one replication at the end of one month.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from rebound_sim.statistics.employment import additional_jobs
from rebound_sim.statistics.panels import NONE, Panels

#: Lines that add up to the additional jobs, in the order in which they are told.
LINES = (
    "time_shifted", "induced", "accelerated", "other_projects", "households", "customers",
    "agglomeration", "wages", "unfilled", "site", "takeover", "chance",
)  # fmt: skip
MULTIPLIER = ("households", "customers")
CROWDED_OUT = ("wages", "unfilled")
OTHER_CAUSES = ("accelerated", "other_projects", "agglomeration", "site", "takeover", "chance")


def jobs_account(panels: Panels, policy: str) -> dict[str, NDArray[np.int64]]:
    """Lines of the identity: name -> int[replications, months].

    `LINES` add up to `additional`, and `gross` = `deadweight` + `time_shifted` + `induced`,
    exactly, in every replication and month. Fractions of jobs are rounded by largest remainder.
    """
    gross = np.asarray(panels.values("supported_capacity", policy), dtype=np.float64)
    deadweight, time_shifted = _deadweight(panels, policy), _time_shifted(panels, policy)
    additional = additional_jobs(panels, policy).astype(np.int64)
    lines: dict[str, NDArray[np.float64]] = {
        "time_shifted": time_shifted,
        "induced": gross - deadweight - time_shifted,
    }
    lines["accelerated"] = panels.difference("accelerated_capacity", policy)
    of_projects = panels.difference("cause_projects", policy)
    lines["other_projects"] = of_projects - lines["accelerated"] - (gross - deadweight)
    for name in ("households", "customers", "agglomeration", "wages"):
        lines[name] = panels.difference(f"cause_{name}", policy)
    lines["unfilled"] = -panels.difference("unfilled_jobs", policy)
    lines["site"] = panels.difference("cause_site", policy)
    lines["site"] = lines["site"] + panels.difference("cause_recapture", policy)
    lines["takeover"] = panels.difference("successor_jobs", policy)
    lines["chance"] = np.asarray(additional - sum(lines.values()), dtype=np.float64)
    whole = whole_lines(np.stack([lines[name] for name in LINES]), additional)
    account = dict(zip(LINES, whole, strict=True))
    account["deadweight"] = np.rint(deadweight).astype(np.int64)
    account["gross"] = account["deadweight"] + account["time_shifted"] + account["induced"]
    account["multiplier"] = sum_of(account, MULTIPLIER)
    account["crowded_out"] = sum_of(account, CROWDED_OUT)
    account["other_causes"] = sum_of(account, OTHER_CAUSES)
    account["additional"] = additional
    return account


def sum_of(account: dict[str, NDArray[np.int64]], names: tuple[str, ...]) -> NDArray[np.int64]:
    """Sum of some lines: int[replications, months]."""
    total: NDArray[np.int64] = np.sum([account[name] for name in names], axis=0, dtype=np.int64)
    return total


def whole_lines(lines: NDArray[np.float64], total: NDArray[np.int64]) -> NDArray[np.int64]:
    """Round lines to integers that add up to a total, by largest remainder.

    lines : float[lines, ...] whose sum over lines is `total`, int[...]. Returns int[lines, ...];
    no line moves by a unit or more. Equal remainders are served in the order of the lines.
    """
    # Sums of floats leave dust: 2.9999999999 is 3.
    lines = np.round(lines, 9)
    whole = np.floor(lines).astype(np.int64)
    missing = total - whole.sum(axis=0)
    order = np.argsort(-(lines - whole), axis=0, kind="stable")
    rank = np.empty_like(order)
    places = np.arange(lines.shape[0]).reshape(-1, *([1] * total.ndim))
    np.put_along_axis(rank, order, np.broadcast_to(places, order.shape), axis=0)
    result: NDArray[np.int64] = whole + (rank < missing)
    return result


def _deadweight(panels: Panels, policy: str) -> NDArray[np.float64]:
    """Capacity of the supported projects in arm `none`, same month: float[replications, months].

    What the projects of both arms differ by is gross - deadweight: projects without support have
    the same luck in both arms, so the same capacity.
    """
    gross = panels.values("supported_capacity", policy)
    deadweight: NDArray[np.float64] = gross - panels.difference("project_capacity", policy)
    return deadweight


def _time_shifted(panels: Panels, policy: str) -> NDArray[np.float64]:
    """Capacity that the same projects only have by the end of the run in arm `none`.

    float[replications, months], by project. Between its two known dates a project has nothing
    before full operation and all of its capacity from then on: its ramp is not recorded by month.
    """
    shifted = np.zeros((panels.count, panels.months.size))
    if not len(panels.projects.get("project", ())):
        return shifted
    for row, replication in enumerate(panels.replications):
        here = _dated(panels, policy, int(replication), supported=True)
        twins = _dated(panels, NONE, int(replication), supported=False)
        _, mine, theirs = np.intersect1d(
            here.project, twins.project, assume_unique=True, return_indices=True
        )
        # Months from the operation here to that of the twin, up to what the twin has in the end.
        gain = np.minimum(here.capacity[mine], twins.capacity[theirs])
        start, stop = here.since[mine], twins.since[theirs]
        early = (start < stop) & (gain > 0)
        steps, first = np.zeros(panels.months.size + 1), int(panels.months[0])
        for month, sign in ((start, 1.0), (stop, -1.0)):
            places = np.clip(month[early] - first, 0, panels.months.size)
            np.add.at(steps, places, sign * gain[early])
        shifted[row] = np.cumsum(steps)[:-1]
    shifted[:, -1] = 0.0  # by definition, ramps not finished included
    return shifted


class _Dated(NamedTuple):
    """Projects of one arm and replication: identity, month of full operation, capacity then."""

    project: NDArray[np.int64]
    since: NDArray[np.int64]
    capacity: NDArray[np.float64]


def _dated(panels: Panels, arm: str, replication: int, *, supported: bool) -> _Dated:
    """From the table of projects. supported : keep only those that were."""
    table = panels.projects_of(arm, replication)
    rows = table["supported"] != 0 if supported else slice(None)
    opened = np.asarray(table["operating_month"])[rows].astype(np.int64)
    # Dates before month 0 and "none" are both negative; a project still in its ramp has none.
    since = np.where(opened >= 0, opened, panels.horizon - 1)
    return _Dated(
        np.asarray(table["project"])[rows].astype(np.int64),
        since,
        np.asarray(table["jobs_delivered"])[rows].astype(np.float64),
    )
