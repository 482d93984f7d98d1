"""Headline outcomes as a table for the terminal."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

from rebound_sim.experiment.manifest import Manifest
from rebound_sim.statistics import Cell, Panels, headline_cells
from rebound_sim.statistics.headline import TOTAL
from rebound_sim.statistics.intervals import NO_DENOMINATOR, NO_DIFFERENCE
from rebound_sim.statistics.panels import NONE
from rebound_sim.statistics.programme.summary import Summary

#: Heading, then outcome (and its detail after /), months shown (0: end of the run) and label.
_Line = tuple[str, tuple[int, ...], str]
_SHOWN: tuple[tuple[str, tuple[_Line, ...]], ...] = (
    ("With the policy − without", (
        ("additional_jobs", (12, 24, 36, 60, 0), "Additional jobs after {m} m"),
        ("job_months_gained", (0,), "Job-months gained by {m} m"),
        ("unemployment_rate_difference", (36,), "Unemployment, {m} m, points"),
    )),
    ("Against no closure", (
        ("jobs_against_no_closure", (24, 0), "Jobs after {m} m"),
        ("rebound_time", (0,), "Rebound time, median months"),
        ("never_back", (0,), "Not back by {m} m, % of runs"),
        ("loss_area", (0,), "Loss area, 1,000 job-months"),
    )),
    ("Origin of additional jobs, end", (
        ("gross_jobs", (0,), "+ gross jobs delivered"),
        ("deadweight_jobs", (0,), "− deadweight"),
        ("multiplier_jobs", (0,), "+ multiplier"),
        ("crowded_out_jobs", (0,), "+ displaced (negative)"),
        ("other_cause_jobs", (0,), "+ other causes and chance"),
    )),
    ("Public money", (
        ("public_cost", (0,), "Spent, M EUR"),
        ("cost_per_gross_job", (0,), "1,000 EUR per gross job"),
        ("cost_per_additional_job", (0,), "1,000 EUR per additional job"),
        ("net_budget_cost", (0,), "Net cost to budgets, M EUR"),
    )),
    ("Displaced, since first layoffs", (
        ("displaced_in_work", (12, 36), "In work after {m} m, %"),
        ("displaced_earnings", (36,), "Earnings, {m} m, % of controls"),
    )),
    ("Who gets the jobs: hires by {m} m", (
        ("additional_hires", (0,), "Hires, all"),
        ("additional_hires/unemployed", (0,), "  of unemployed residents"),
        ("additional_hires/inactive", (0,), "  of inactive residents"),
        ("additional_hires/job_to_job", (0,), "  of people in work in the zone"),
        ("additional_hires/outsiders", (0,), "  of people from other zones"),
        ("additional_hires/returned", (0,), "  of residents working outside"),
    )),
)  # fmt: skip
_LABEL_WIDTH, _ARM_WIDTH = 34, 25
_DIGITS = {
    "loss_area": 1,
    "point": 2,
    "EUR": 2,
    "EUR/job": 1,
    "EUR/job-month": 2,
    "%": 1,
    "% of replications": 0,
    "% of controls": 1,
}
_SCALES = {"EUR": 1e6, "EUR/job": 1e3, "loss_area": 1e3}


def headline_tables(rows: Sequence[Cell], panels: Panels, width: int = 80) -> Iterator[Table]:
    """About 25 lines: outcome, then estimate and 95 % interval by arm.

    width : of the terminal; policies that do not fit beside one another get a table each.
    """
    policies = list(panels.strategies)
    fitting = max((width - _LABEL_WIDTH) // _ARM_WIDTH - 1, 1)
    for first in range(0, max(len(policies), 1), fitting):
        yield _table(rows, panels, [NONE, *policies[first : first + fitting]])


def print_headline(comparison: Summary, console: Console) -> None:
    """Headline outcomes, and what they rest on."""
    panels = comparison.panels
    cells = headline_cells(panels) if panels.count else []
    for table in headline_tables(cells, panels, console.width) if cells else ():
        console.print(table)
    lines = notes(cells, panels) if cells else comparison.notes
    for line in lines:
        console.print(line, style="dim")


def headline_json(comparison: Summary, manifest: Manifest, folder: Path) -> dict[str, Any]:
    """The same as one object ready for JSON."""
    cells = headline_cells(comparison.panels) if comparison.panels.count else []
    return {
        "results": str(folder),
        "title": comparison.panels.title,
        "arms": manifest.arms,
        "replications": comparison.panels.count,
        "seed": manifest.identity.seed,
        "complete": manifest.complete,
        "missing": manifest.missing,
        "results_digest": manifest.results_digest,
        "world_digest": manifest.identity.world_digest,
        "parameters": manifest.parameters,
        "duration_seconds": manifest.duration_seconds,
        "headline": [asdict(found) for found in cells],
    }


def _table(rows: Sequence[Cell], panels: Panels, arms: Sequence[str]) -> Table:
    found = {
        (
            row.outcome if row.detail in ("", TOTAL) else f"{row.outcome}/{row.detail}",
            row.month,
            row.arm,
        ): row
        for row in rows
    }
    table = Table(box=None, pad_edge=False, padding=(0, 1, 0, 0), header_style="bold")
    table.add_column("", no_wrap=True)
    for arm in arms:
        table.add_column("no policy" if arm == NONE else arm, justify="right", no_wrap=True)
    for title, outcomes in _SHOWN:
        lines = []
        for outcome, dates, label in outcomes:
            for month in sorted({date or panels.horizon for date in dates}):
                cells = [found.get((outcome, month, arm)) for arm in arms]
                if any(cells):
                    lines.append((f"  {label.format(m=month)}", *map(_figure, cells)))
        if lines:
            table.add_row(title.format(m=panels.horizon), style="bold")
            for line in lines:
                table.add_row(*line)
    return table


def notes(rows: Sequence[Cell], panels: Panels) -> list[str]:
    """What the table rests on, and what it does not show."""
    count = panels.count
    if count == 1:
        lines = ["1 replication: no interval can be given, so nothing here is a finding."]
    else:
        lines = [f"Mean of {count} replications [95 % interval], paired by random numbers."]
    last = panels.horizon
    for row in rows:
        if row.outcome == "additional_jobs" and row.month == last and count > 1:
            if row.reading == NO_DIFFERENCE:
                lines.append(f"{row.arm}: {row.reading} in jobs after {last} months.")
            else:
                lines.append(f"{row.arm}: jobs are {row.reading} after {last} months.")
    undefined = {row.reading for row in rows if row.reading == NO_DENOMINATOR}
    lines += [f"Cost per job {reading}." for reading in undefined]
    lines.append("All outcomes, with definitions: headline.csv and docs/outcomes.md.")
    return lines


def _figure(row: Cell | None) -> str:
    if row is None:
        return ""
    if math.isnan(row.estimate):
        return "not defined"
    digits, scale = (
        _DIGITS.get(row.outcome, _DIGITS.get(row.unit, 0)),
        _SCALES.get(row.outcome, _SCALES.get(row.unit, 1.0)),
    )
    figures = [
        _number(value / scale, digits, row.month) for value in (row.estimate, row.low, row.high)
    ]
    if math.isnan(row.low) or math.isnan(row.high) or math.isinf(row.low):
        return figures[0]
    return f"{figures[0]} [{figures[1]}; {figures[2]}]"


def _number(value: float, digits: int, horizon: int) -> str:
    if math.isinf(value):
        return f"> {horizon}"
    # Adding 0 turns −0 into 0.
    return "" if math.isnan(value) else f"{round(value, digits) + 0.0:,.{digits}f}"
