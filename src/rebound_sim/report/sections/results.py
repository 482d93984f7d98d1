"""What the programme or the policies do: jobs, the account of jobs, money, people."""

from __future__ import annotations

import math
from typing import Any

from rebound_sim.policies.instruments import INSTRUMENTS
from rebound_sim.report.closing_sums import ORIGINS
from rebound_sim.report.programme_tables import IN_WORK
from rebound_sim.report.sections import messages
from rebound_sim.report.sections.findings import kind, ranked
from rebound_sim.report.sections.readings import sentences_of
from rebound_sim.report.sentence import Run
from rebound_sim.report.writer import Writer
from rebound_sim.statistics.panels import NONE
from rebound_sim.statistics.programme.summary import RANKED

_ACCOUNT = (
    "announced_jobs",
    "gross_jobs",
    "deadweight_jobs",
    "multiplier_jobs",
    "crowded_out_jobs",
    "other_cause_jobs",
    "additional_jobs",
)
_MONEY = ("committed", "paid", "returned", "net", "unspent")
#: Part of the jobs at the end that are there halfway, below which jobs "come late".
_LATE = 0.5


def jobs(writer: Writer) -> None:
    """Additional jobs: reading of each interval, course over time."""
    names = ranked(writer)
    best, worst = (writer.bound("strategy", name) for name in (names[0], names[-1]))
    writer.heading(messages.of_jobs(writer))
    told = [writer.runs("jobs.range" if len(names) > 1 else "jobs.one", best=best, worst=worst)]
    if writer.comparison.panels.count > 1:
        told += sentences_of(writer, RANKED, names)
    writer.sentences(told)
    dates = sorted({r["month"] for r in writer.book["comparison"].rows if r["outcome"] == RANKED})
    _course(writer, dates)
    writer.figure("strategies", best=best)
    if kind(writer) == "zone":
        writer.figure("employment", best=best)
    rows = [
        [
            writer.name(writer.arm(name)),
            *(
                writer.cell(
                    "comparison",
                    (RANKED, str(date), name, NONE),
                    "estimate",
                    "count",
                    interval=True,
                )
                for date in dates
            ),
        ]
        for name in names
    ]
    _dated_grid(writer, "jobs.time_caption", dates, rows, "comparison")


def _course(writer: Writer, dates: list[int]) -> None:
    """When the jobs come, in words that follow the numbers."""
    if len(dates) < 3:
        return
    best = ranked(writer)[0]
    early, middle = (str(dates[place]) for place in (len(dates) // 3, 2 * len(dates) // 3))
    halfway, end = (
        writer.book.cell("comparison", (RANKED, month, best, NONE), "estimate").value
        for month in (str(dates[len(dates) // 2]), writer.end)
    )
    path = "jobs.late" if end > 0 and halfway < _LATE * end else "jobs.course"
    writer.paragraph(path, best=writer.bound("best", best), early=early, middle=middle)


def account(writer: Writer) -> None:
    """Gross jobs against what would have come without the programme; parts that add up."""
    table = writer.book["account_summary"]
    names = [name for name in ranked(writer) if table.has(name)]
    if not names or not any(row["gross_jobs"] for row in table.rows):
        return
    best = writer.bound("strategy", names[0])
    announced = not all(math.isnan(row["announced_jobs"]) for row in table.rows)
    columns = _ACCOUNT if announced else _ACCOUNT[1:]
    writer.heading("account.heading", best=best)
    writer.paragraph("account.text", best=best)
    writer.figure("job_account", best=best)
    rows = [
        [
            writer.name(writer.arm(name)),
            *(writer.cell(table.name, (name,), column, "count") for column in columns),
        ]
        for name in names
    ]
    heads = [("arm", "left", 1.7), *((column, "right", 1.0) for column in columns)]
    writer.grid("account.caption", heads, rows, [table.name], size="small")
    writer.paragraph("account.note_announced" if announced else "account.note", role="note")


def money(writer: Writer) -> None:
    """Credits over time, and what a job costs."""
    names = ranked(writer)
    best = writer.bound("strategy", names[0])
    writer.heading(messages.of_money(writer))
    if writer.book["money_summary"].has(names[0]):
        writer.paragraph("money.text", best=best)
        _money_table(writer)
    writer.figure("money", best=best)
    writer.paragraph("money.cost_text")
    writer.figure("costs", best=best)
    _cost_table(writer)
    pooled = ("jobs_per_million", "engineering", "", writer.end, "", NONE)
    other = (*pooled[:1], "grants", *pooled[2:])
    if all(_known(writer, "marginal", key) for key in (pooled, other)):
        writer.paragraph("money.marginal", end=writer.end)


def people(writer: Writer) -> None:
    """Return to work of the people laid off, and who gets the new jobs."""
    rows = writer.book["displaced"].rows
    dates = sorted({row["month"] for row in rows})
    if not dates:
        return
    names, last = ranked(writer), str(dates[-1])
    best = writer.bound("best", names[0])
    writer.heading(messages.of_people(writer))
    told = [writer.runs(f"people.in_work_{_where(writer)}", first=str(dates[0]), last=last)]
    start = (IN_WORK, "", "", last)
    told += sentences_of(writer, IN_WORK, names, table="displaced", start=start)
    if len(names) > 1 and told[1:]:
        told.append(_largest_gap(writer, names, last))
    writer.sentences(told)
    writer.figure("displaced" if kind(writer) == "zone" else "solutions", best=best)
    table = [
        [
            writer.name(writer.words(f"frame.none_{kind(writer)}")),
            *_in_work(writer, NONE, dates, ""),
        ]
    ]
    table += [
        [writer.name(writer.arm(name)), *_in_work(writer, name, dates, NONE)] for name in names
    ]
    _dated_grid(writer, "people.caption", dates, table, "displaced")
    _hires(writer)


def _largest_gap(writer: Writer, names: list[str], last: str) -> list[Run]:
    """How large the largest difference is, whether or not it is established."""
    table = writer.book["displaced"]

    def gap(name: str) -> float:
        return abs(float(table.cell((IN_WORK, "", "", last, name, NONE), "estimate").value))

    top = max(names, key=gap)
    return writer.runs("people.largest", top=writer.bound("best", top), last=last)


def _hires(writer: Writer) -> None:
    """Who gets the additional hires: parts that add up."""
    table = writer.book["hires_summary"]
    names = [name for name in ranked(writer) if table.has(name)]
    if not names:
        return
    writer.paragraph("people.hires", best=writer.bound("best", names[0]), end=writer.end)
    rows = [
        [
            writer.name(writer.arm(name)),
            *(
                writer.cell(table.name, (name,), column, "count")
                for column in (*(f"{origin}_hires" for origin in ORIGINS), "total")
            ),
        ]
        for name in names
    ]
    origins = [(f"{origin}_origin", "right", 1.0) for origin in ORIGINS]
    heads: list[Any] = [("arm", "left", 1.9), *origins, ("total", "right", 0.8)]
    writer.grid("people.hires_caption", heads, rows, [table.name], size="small")
    writer.paragraph("people.hires_note", role="note")
    writer.figure("hires", best=writer.bound("best", names[0]))


def _money_table(writer: Writer) -> None:
    end = writer.end
    table = writer.book["money_summary"]
    columns = [
        ("arm", "left", 2.1),
        *((name, "right", 1.0) for name in _MONEY),
        ("grants", "right", 1.0),
        ("mean_grant", "right", 1.1),
    ]
    rows = [
        [
            writer.name(writer.arm(name)),
            *(writer.cell(table.name, (name,), column, "inmeur") for column in _MONEY),
            writer.cell("comparison", ("grants", end, name, ""), "estimate", "count"),
            writer.cell("comparison", ("mean_grant", end, name, ""), "estimate", "inkeur"),
        ]
        for name in ranked(writer)
    ]
    writer.grid("money.caption", columns, rows, [table.name, "comparison"], size="small")
    writer.paragraph(f"money.note_{kind(writer)}", role="note")


def _cost_table(writer: Writer) -> None:
    """Cost of a gross and of an additional job, and its parts by instrument."""
    end, table = writer.end, writer.book["costs_summary"]
    details = [row["detail"] for row in table.rows if not math.isnan(row["estimate"])]
    parts = [name for name in dict.fromkeys(details) if name != "total"]
    parts = parts if len(parts) > 1 else []
    words = _of_which(writer, parts)
    columns: list[Any] = [("arm", "left", 1.4), ("per_gross", "right", 1.2), ("cost", "right", 1.3)]
    columns += [("part", "right", 1.3)] * len(parts)
    rows = []
    for name in ranked(writer):
        gross = ("cost_per_gross_job", "total", "", end, name, NONE)
        row = [writer.name(writer.arm(name)), _cost(writer, "job_costs", gross)]
        row += [_cost(writer, table.name, (name, detail)) for detail in ("total", *parts)]
        rows.append(row)
    given = dict(enumerate(words, start=3))
    writer.grid(
        "money.costs_caption",
        columns,
        rows,
        ["costs_summary", "job_costs"],
        size="small",
        given=given,
    )
    if parts:
        writer.paragraph("money.costs_note", role="note")


def _of_which(writer: Writer, names: list[str]) -> list[str]:
    """Headings of the parts of instruments: "of which engineering"."""
    found = []
    for name in names:
        item = INSTRUMENTS[name]
        words = (item.french if writer.language == "fr" else item.english).name
        found.append(f"{writer.words('heads.of_which')} {words}")
    return found


def _dated_grid(
    writer: Writer, caption: str, dates: list[int], rows: list[list[list[Run]]], table: str
) -> None:
    """A table with a column a date."""
    columns: list[Any] = [("arm", "left", 1.4), *[("month", "right", 1.2)] * len(dates)]
    given = {
        place: f"{writer.words('heads.month')} {date}" for place, date in enumerate(dates, start=1)
    }
    writer.grid(caption, columns, rows, [table], size="small", given=given)


def _in_work(writer: Writer, name: str, dates: list[int], reference: str) -> list[list[Run]]:
    return [
        writer.cell(
            "displaced",
            (IN_WORK, "", "", str(date), name, reference),
            "estimate",
            "two" if reference else "one",
            interval=True,
        )
        for date in dates
    ]


def _cost(writer: Writer, table: str, key: tuple[str, ...]) -> list[Run]:
    if not _known(writer, table, key):
        return writer.plain(writer.words("frame.not_shown"))
    return writer.cell(table, key, "estimate", "inkeur", interval=True)


def _known(writer: Writer, table: str, key: tuple[str, ...]) -> bool:
    rows = writer.book[table]
    return rows.has(*key) and not math.isnan(rows.cell(key, "estimate").value)


def _where(writer: Writer) -> str:
    return "programme" if len(writer.comparison.panels.closing) > 1 else "zone"
