"""From announced jobs to additional ones, euros per job by instrument, and who got the jobs."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from rebound_sim.statistics.cell import Cell, cell
from rebound_sim.statistics.headline import account_cells as lines_of_account
from rebound_sim.statistics.headline import cost_cells as costs_of
from rebound_sim.statistics.headline import hire_cells as hires_of
from rebound_sim.statistics.intervals import mean_estimate
from rebound_sim.statistics.jobs_account import jobs_account
from rebound_sim.statistics.outcome import Outcome
from rebound_sim.statistics.panels import Panels

ANNOUNCED = Outcome(
    "announced_jobs",
    "job",
    "jobs promised by supported projects whose investment is decided, in the table of projects",
    least=0.0,
)
UNDELIVERED = Outcome(
    "undelivered_jobs", "job", "gross jobs delivered − announced (negative: fewer than announced)"
)
#: Steps of the account, which add up: announced + undelivered = gross;
#: gross + the others = additional.
STEPS = (
    "deadweight_jobs",
    "accelerated_jobs",
    "other_project_jobs",
    "multiplier_jobs",
    "agglomeration_jobs",
    "crowded_out_jobs",
    "site_jobs_difference",
    "takeover_jobs",
    "chance_jobs",
)


def account_cells(panels: Panels, zone: str = "") -> list[Cell]:
    """Lines of the account at 12, 24, ... months; announced and undelivered at the end.

    Deadweight is a positive number to be subtracted. zone : code, all zones together by default.
    """
    basin = _basin(panels, zone)
    return [*lines_of_account(basin), *_announced(basin)]


def cost_cells(panels: Panels, zone: str = "") -> list[Cell]:
    """Euros per gross job, additional job and job-month: in all and by instrument."""
    return list(costs_of(_basin(panels, zone)))


def hire_cells(panels: Panels, zone: str = "") -> list[Cell]:
    """Hires with the programme − without, by origin of the people."""
    return list(hires_of(_basin(panels, zone)))


def _basin(panels: Panels, zone: str) -> Panels:
    return panels.zone(zone) if zone else panels


def _announced(basin: Panels) -> Iterator[Cell]:
    table = basin.projects
    if not len(table):
        return
    decided = (table["supported"] != 0) & (table["decided_month"] >= 0)
    for strategy in basin.strategies:
        rows = decided & (table["arm"] == strategy)
        jobs = np.zeros(basin.count)
        places = np.searchsorted(basin.replications, table["replication"][rows])
        np.add.at(jobs, places, table["jobs_promised"][rows])
        gross = jobs_account(basin, strategy)["gross"][:, -1]
        for outcome, values in ((ANNOUNCED, jobs), (UNDELIVERED, gross - jobs)):
            yield cell(
                outcome,
                mean_estimate(values, outcome.least),
                arm=strategy,
                month=basin.horizon,
                zones=len(basin.zones),
                zone=basin.code,
            )
