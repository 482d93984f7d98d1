"""From announced to additional jobs, what a job costs by instrument, and who is helped."""

from __future__ import annotations

import math
from typing import Any

from rebound_sim.report.sections.opening import ranked
from rebound_sim.report.sections.results import said
from rebound_sim.report.sentence import Run
from rebound_sim.report.writer import Writer
from rebound_sim.statistics.definitions import BY_NAME
from rebound_sim.statistics.intervals import Verdict, verdict
from rebound_sim.statistics.panels import NONE

_ACCOUNT = (
    ("promised_jobs", "promised"), ("gross_jobs", "gross"), ("deadweight_jobs", "deadweight"),
    ("time_shifted_jobs", "time_shifted"), ("induced_jobs", "induced"),
)  # fmt: skip
_COSTS = (
    ("cost_per_gross_job", "total", "per_gross"), ("cost_per_additional_job", "total", "cost"),
    ("cost_per_additional_job", "engineering", "of_engineering"),
    ("cost_per_additional_job", "grants", "of_grants"),
)  # fmt: skip


def account(writer: Writer) -> None:
    """Gross jobs against what would have come without the programme."""
    end, names = str(writer.comparison.panels.horizon), ranked(writer)
    best = writer.bound("strategy", names[0])
    writer.heading("people.account", 2)
    writer.paragraph("people.account_text", end=end, best=best)
    writer.figure("job_account")
    columns = [("strategy", "left", 1.3), *((head, "right", 1.0) for _, head in _ACCOUNT),
               ("additional", "right", 1.0)]  # fmt: skip
    rows = []
    for name in names:
        row = [writer.name(writer.strategy(name))]
        for outcome, _ in _ACCOUNT:
            key = (outcome, "", "", end, name, BY_NAME[outcome].reference)
            row.append(writer.cell("job_account", key, "estimate", "count"))
        row.append(writer.cell("ranking", (name,), "additional_jobs", "count"))
        rows.append(row)
    writer.grid("people.account_caption", columns, rows, ["job_account", "ranking"])
    writer.paragraph("people.account_note", role="note")


def costs(writer: Writer) -> None:
    """Euros per job, gross and additional, and by instrument."""
    end = str(writer.comparison.panels.horizon)
    writer.figure("costs")
    columns = [("strategy", "left", 1.3), *((head, "right", 1.3) for _, _, head in _COSTS)]
    rows = [
        [
            writer.name(writer.strategy(name)),
            *(_cost(writer, (outcome, detail, "", end, name, NONE))
              for outcome, detail, _ in _COSTS),
        ]
        for name in ranked(writer)
    ]  # fmt: skip
    writer.grid("people.costs_caption", columns, rows, ["job_costs"], size="small")
    writer.paragraph("people.costs_note", role="note")
    pooled = ("jobs_per_million", "engineering", "", end, "", NONE)
    other = (*pooled[:1], "grants", *pooled[2:])
    if all(_known(writer, "marginal", key) for key in (pooled, other)):
        writer.paragraph("people.marginal_text", end=end)
    writer.figure("marginal")


def displaced(writer: Writer) -> None:
    """Return to work of the people laid off, and who gets the new jobs."""
    rows = writer.book["displaced"].rows
    dates = sorted({row["month"] for row in rows})
    if not dates:
        return
    writer.heading("people.displaced", 2)
    last = str(dates[-1])
    writer.paragraph("people.displaced_text", first=str(dates[0]), last=last)
    writer.bullets(_readings(writer, "displaced", ("displaced_in_work", "", "", last)))
    writer.figure("solutions")
    given = {
        place: f"{writer.words('heads.month')} {date}" for place, date in enumerate(dates, start=1)
    }
    columns: list[Any] = [("strategy", "left", 1.3), *[("month", "right", 1.2)] * len(dates)]
    table = [[writer.name(writer.strategy(NONE)), *_in_work(writer, NONE, dates, "")]]
    for name in ranked(writer):
        table.append([writer.name(writer.strategy(name)), *_in_work(writer, name, dates, NONE)])
    writer.grid(
        "people.displaced_caption", columns, table, ["displaced"], size="small", given=given
    )
    end = str(writer.comparison.panels.horizon)
    writer.paragraph("people.hires_text", end=end, best=writer.bound("best", ranked(writer)[0]))
    writer.figure("hires")


def _in_work(writer: Writer, name: str, dates: list[int], reference: str) -> list[list[Run]]:
    return [
        writer.cell("displaced", ("displaced_in_work", "", "", str(date), name, reference),
                    "estimate", "one", interval=True)
        for date in dates
    ]  # fmt: skip


def _readings(writer: Writer, table: str, start: tuple[str, ...]) -> list[list[Run]]:
    found: dict[Verdict, list[str]] = {}
    for name in ranked(writer):
        low, high = writer.book[table].interval((*start, name, NONE), "estimate")
        found.setdefault(verdict(low.value, high.value), []).append(name)
    return said(writer, found)


def _cost(writer: Writer, key: tuple[str, ...]) -> list[Run]:
    if not _known(writer, "job_costs", key):
        return writer.plain(writer.words("frame.not_shown"))
    return writer.cell("job_costs", key, "estimate", "inkeur", interval=True)


def _known(writer: Writer, table: str, key: tuple[str, ...]) -> bool:
    rows = writer.book[table]
    return rows.has(*key) and not math.isnan(rows.cell(key, "estimate").value)
