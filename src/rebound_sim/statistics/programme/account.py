"""From announced jobs to additional ones."""

from __future__ import annotations

from collections.abc import Iterator

from rebound_sim.statistics.cell import Cell, cell
from rebound_sim.statistics.headline import account_cells as lines_of_account
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


def account_cells(panels: Panels) -> list[Cell]:
    """Lines of the account at 12, 24, ... months; announced and undelivered at the end.

    Deadweight is a positive number to be subtracted.
    """
    return [*lines_of_account(panels), *_announced(panels)]


def _announced(panels: Panels) -> Iterator[Cell]:
    table = panels.projects
    if not len(table):
        return
    decided = (table["supported"] != 0) & (table["decided_month"] >= 0)
    for strategy in panels.strategies:
        rows = decided & (table["arm"] == strategy)
        jobs = panels.by_replication(table["replication"][rows], table["jobs_promised"][rows])
        gross = jobs_account(panels, strategy)["gross"][:, -1]
        for outcome, values in ((ANNOUNCED, jobs), (UNDELIVERED, gross - jobs)):
            yield cell(
                outcome,
                mean_estimate(values, outcome.least),
                arm=strategy,
                month=panels.horizon,
                zones=len(panels.zones),
                zone=panels.code,
            )
