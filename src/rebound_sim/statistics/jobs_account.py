"""The accounting identity of jobs: from gross jobs to additional ones, to the unit.

    additional = gross - deadweight
                 + accelerated + other_projects + households + customers + agglomeration
                 + wages + unfilled + site + takeover + chance
    gross - deadweight = time_shifted + induced

Each line is a difference policy - none in one replication at the end of one month.
"""

from __future__ import annotations

from typing import Any

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
    deadweight, time_shifted = _twins(panels, policy)
    additional = additional_jobs(panels, policy).astype(np.int64)
    lines = {"time_shifted": time_shifted, "induced": gross - deadweight - time_shifted}
    lines["accelerated"] = panels.difference("accelerated_capacity", policy)
    of_projects = panels.difference("cause_projects", policy)
    lines["other_projects"] = of_projects - lines["accelerated"] - (gross - deadweight)
    for name in ("households", "customers", "agglomeration", "wages"):
        lines[name] = panels.difference(f"cause_{name}", policy)
    lines["unfilled"] = -panels.difference("unfilled_jobs", policy)
    lines["site"] = panels.difference("cause_site", policy)
    lines["site"] = lines["site"] + panels.difference("cause_recapture", policy)
    lines["takeover"] = panels.difference("successor_jobs", policy)
    lines["chance"] = additional - sum(lines.values())
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


def _twins(panels: Panels, policy: str) -> tuple[NDArray[Any], NDArray[Any]]:
    """Deadweight and time-shifted capacity of the projects supported: float[replications, months].

    The twin of a project is the same project in arm `none`. Deadweight is the twin's capacity of
    the same month; time-shifted, what exists now and the twin only has by the end of the run.
    """
    if "twin_capacity" in panels.columns:
        deadweight = panels.values("twin_capacity", policy)
        return deadweight, panels.values("time_shifted_capacity", policy)
    shape = (panels.replications.size, panels.months.size)
    deadweight, shifted = np.zeros(shape), np.zeros(shape)
    for row, replication in enumerate(panels.replications):
        here = _supported_capacity(panels, policy, int(replication), None)
        twin = _supported_capacity(panels, NONE, int(replication), here)
        paths = [(here[name], twin.get(name)) for name in here]
        for now, before in paths:
            if before is not None:
                deadweight[row] += before
                shifted[row] += np.maximum(np.minimum(now, before[-1]) - before, 0.0)
    return deadweight, shifted


def _supported_capacity(
    panels: Panels, arm: str, replication: int, wanted: dict[int, NDArray[Any]] | None
) -> dict[int, NDArray[np.float64]]:
    """Project -> capacity by month, from the dates of the table of projects.

    wanted : the projects to keep; those that were supported if None. Without a monthly record a
    project has its capacity from the month of full operation on.
    """
    table = panels.projects
    if not len(table.get("project", ())):
        return {}
    rows = (table["policy"] == arm) & (table["replication"] == replication)
    kept: dict[int, NDArray[np.float64]] = {}
    for index in np.flatnonzero(rows):
        project = int(table["project"][index])
        if table["supported"][index] if wanted is None else project in wanted:
            opened = int(table["operating_month"][index])
            open_now = (panels.months >= opened) if opened >= 0 else np.zeros_like(panels.months)
            kept[project] = table["jobs_delivered"][index] * open_now.astype(np.float64)
    return kept
