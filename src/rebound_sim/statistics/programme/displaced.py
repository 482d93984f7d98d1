"""What became of the people laid off by the closing sites, over all zones, since their layoffs."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from rebound_sim.state.variables import LASTING_MONTHS
from rebound_sim.statistics import people
from rebound_sim.statistics.cell import Cell, cell
from rebound_sim.statistics.intervals import mean_estimate
from rebound_sim.statistics.outcome import Outcome
from rebound_sim.statistics.panels import DATES_OF_DISPLACED, NONE, Panels

_SINCE = "months since the first layoffs of each zone; zones followed until then"
SOLUTION = Outcome(
    "displaced_solution",
    "%",
    "displaced in this state / displaced so far who have not moved out of the zone (left: / "
    f"displaced so far); {_SINCE}",
    least=0.0,
    most=100.0,
)
IN_WORK = Outcome(
    "displaced_in_work",
    "%",
    "(displaced_permanent + displaced_fixed_term + displaced_self_employed + displaced_outside) / "
    f"(displaced − displaced_left); {_SINCE}",
    least=0.0,
    most=100.0,
)
GAP = Outcome(
    "displaced_gap_in_work",
    "point",
    "displaced in work / (displaced − displaced_left), less control_in_work / (control_people − "
    f"control_left) (matched employees of other firms); {_SINCE}",
    least=-100.0,
    most=100.0,
)
NEW_JOB = Outcome(
    "displaced_new_job",
    "%",
    "displaced with this contract, or in this sector, / displaced who are employees of the zone; "
    f"fixed_term_long: {LASTING_MONTHS} months or more in the firm; {_SINCE}",
    least=0.0,
    most=100.0,
)
EARNINGS = Outcome(
    "displaced_earnings",
    "% of controls",
    "earnings of the displaced / earnings of their matched controls, those who moved out in "
    f"neither; {_SINCE}",
)


def displaced_cells(panels: Panels) -> list[Cell]:
    """Solutions, share in work, gap to matched employees, earnings, contract and sector of jobs.

    6, 12, 18, 24, 36 and 60 months after the layoffs.

    Levels of each strategy and of `none`, and paired differences from `none`. A date is left out
    when no zone is followed so long.
    """
    found: list[Cell] = []
    for months in DATES_OF_DISPLACED:
        basin, zones = panels.since_layoffs(0, months)
        if zones:
            for strategy in panels.compared:
                found += _at(basin, strategy, months, zones)
    return found


def _at(basin: Panels, strategy: str, months: int, zones: int) -> Iterator[Cell]:
    for outcome, detail, levels in _levels(basin, strategy):
        value = mean_estimate(levels, outcome.least, outcome.most)
        yield cell(outcome, value, arm=strategy, month=months, zones=zones, detail=detail)
    if strategy == NONE:
        return
    pairs = zip(_levels(basin, strategy), _levels(basin, NONE), strict=True)
    for (outcome, detail, levels), (_, _, before) in pairs:
        points = Outcome(outcome.name, "point", outcome.formula)
        yield cell(
            points,
            mean_estimate(levels - before),
            arm=strategy,
            month=months,
            zones=zones,
            detail=detail,
            reference=NONE,
        )


def _levels(basin: Panels, arm: str) -> Iterator[tuple[Outcome, str, NDArray[np.float64]]]:
    """(outcome, detail, values at the last month): float[replications] each."""
    for solution, states in people.SOLUTIONS.items():
        yield SOLUTION, solution, people.displaced_share(basin, arm, states)[:, -1]
    yield IN_WORK, "", people.displaced_share(basin, arm, people.IN_WORK)[:, -1]
    yield GAP, "", people.gap_in_work(basin, arm)[:, -1]
    yield EARNINGS, "", people.earnings_against_controls(basin, arm)[:, -1]
    for detail, column in people.NEW_JOBS.items():
        if basin.has(column):
            yield NEW_JOB, detail, people.share_of_new_jobs(basin, arm, column)[:, -1]
