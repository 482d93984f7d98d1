"""Basins, then what the programme does to them: jobs, money, return, zones."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

from rebound_sim.data.sectors import SECTORS
from rebound_sim.report.sections.opening import ranked
from rebound_sim.report.sentence import Run
from rebound_sim.report.texts import texts
from rebound_sim.report.writer import Writer
from rebound_sim.statistics.intervals import Verdict, verdict
from rebound_sim.statistics.panels import NONE
from rebound_sim.statistics.programme.summary import RANKED

_MONEY = (
    ("committed", "inmeur", "committed"), ("paid", "inmeur", "paid"),
    ("returned", "inmeur", "returned"), ("unspent", "inmeur", "unspent"),
    ("grants", "count", "grants"),
    ("mean_grant", "inkeur", "mean_grant"), ("promised_jobs", "count", "promised"),
    ("gross_jobs", "count", "delivered"),
)  # fmt: skip
_RETURN = (
    ("never_back", "one", "never_back"), ("months_before_rebound", "one", "before"),
    ("worst_tenth_loss", "two", "worst"), ("loss_theil", "three", "theil"),
)  # fmt: skip
#: Zones beyond which a table with a row a zone stands in an annex.
_ROWS_IN_TEXT = 12
_READ = ("never_back", "months_before_rebound", "worst_tenth_loss", "loss_theil")


def basins(writer: Writer) -> None:
    """Each zone before its closure."""
    table = writer.book["basins"]
    writer.heading("basins.heading")
    rates = {row["zone"]: row["unemployment_rate"] for row in table.rows}
    closed = {row["zone"]: row["jobs_closed"] for row in table.rows}
    writer.paragraph(
        "basins.text",
        largest=writer.bound("zone", max(closed, key=closed.__getitem__)),
        low=writer.bound("zone", min(rates, key=rates.__getitem__)),
        high=writer.bound("zone", max(rates, key=rates.__getitem__)),
    )
    if any(not jobs for jobs in closed.values()):
        writer.paragraph("basins.controls", role="note")
    if not many_zones(writer):
        basins_table(writer)


def many_zones(writer: Writer) -> bool:
    """Whether tables with a row a zone stand in an annex."""
    return len(writer.comparison.panels.zones) > _ROWS_IN_TEXT


def basins_table(writer: Writer) -> None:
    """A row a zone: what it was, and what closes."""
    table = writer.book["basins"]
    sectors = {s.code: s.french if writer.language == "fr" else s.english for s in SECTORS}
    columns = [
        ("zone", "left", 1.7), ("active", "right", 0.9), ("unemployment", "right", 1.3),
        ("fragility", "right", 1.0), ("sector", "left", 1.8), ("jobs_closed", "right", 1.0),
        ("announced", "right", 0.9),
    ]  # fmt: skip
    rows = []
    for row in table.rows:
        key = (row["zone"],)
        codes = [code for code in row["sector"].split(", ") if code]
        rows.append(
            [
                writer.name(row["name"]),
                writer.cell("basins", key, "active", "count"),
                writer.cell("basins", key, "unemployment_rate", "percent"),
                writer.cell("basins", key, "fragility", "count"),
                writer.plain(", ".join(writer.typography.punctuated(sectors[c]) for c in codes)),
                writer.cell("basins", key, "jobs_closed", "count"),
                writer.cell("basins", key, "announcement_month", "plain"),
            ]
        )
    writer.grid("basins.caption", columns, rows, ["basins"], size="small")
    writer.paragraph("basins.note", role="note")


def jobs(writer: Writer) -> None:
    """Additional jobs: figure, course over time, reading of each interval."""
    names = ranked(writer)
    best, worst = (writer.bound("strategy", name) for name in (names[0], names[-1]))
    writer.heading("results.heading")
    writer.heading("results.jobs", 2)
    writer.paragraph("results.jobs_text", best=best, worst=worst)
    dates = sorted({r["month"] for r in writer.book["comparison"].rows if r["outcome"] == RANKED})
    if len(dates) > 2:
        early, middle = (str(dates[place]) for place in (len(dates) // 3, 2 * len(dates) // 3))
        writer.paragraph("results.jobs_time", best=best, early=early, middle=middle)
    writer.figure("strategies")
    writer.paragraph("results.jobs_reading")
    writer.bullets(readings(writer, RANKED))
    columns: list[tuple[str, str, float]] = [("strategy", "left", 1.4)]
    rows = [
        [
            writer.name(writer.strategy(name)),
            *(writer.cell("comparison", (RANKED, str(date), name, NONE), "estimate", "count",
                          interval=True) for date in dates),
        ]
        for name in names
    ]  # fmt: skip
    columns += [("month", "right", 1.2)] * len(dates)
    given = {
        place: f"{writer.words('heads.month')} {date}" for place, date in enumerate(dates, start=1)
    }
    writer.grid("results.time_caption", columns, rows, ["comparison"], size="small", given=given)


def money(writer: Writer) -> None:
    """Money over time, cost of a job, supported projects."""
    end, names = str(writer.comparison.panels.horizon), ranked(writer)
    writer.heading("results.money", 2)
    writer.paragraph("results.money_text", end=end, best=writer.bound("strategy", names[0]))
    writer.figure("money")
    columns = [("strategy", "left", 1.5), *((head, "right", 1.0) for _, _, head in _MONEY)]
    rows = [
        [
            writer.name(writer.strategy(name)),
            *(writer.cell("comparison", (outcome, end, name, ""), "estimate", form)
              for outcome, form, _ in _MONEY),
        ]
        for name in names
    ]  # fmt: skip
    writer.grid("results.money_caption", columns, rows, ["comparison"])
    writer.paragraph("results.cost_text")


def back(writer: Writer) -> None:
    """Zones back to their path, and inequality between zones; nothing without a closure."""
    table, end = writer.book["comparison"], str(writer.comparison.panels.horizon)
    if not table.has("never_back", end, NONE, ""):
        return
    writer.heading("results.return", 2)
    for outcome in _READ:
        writer.paragraph(f"results.{outcome}_text", end=end)
        writer.bullets(readings(writer, outcome))
    columns = [("strategy", "left", 1.4), *((head, "right", 1.3) for _, _, head in _RETURN)]
    rows = []
    for name in ranked(writer):
        row = [writer.name(writer.strategy(name))]
        for outcome, form, _ in _RETURN:
            key = (outcome, end, name, NONE)
            row.append(writer.cell("comparison", key, "estimate", form, interval=True))
        rows.append(row)
    writer.grid("results.return_caption", columns, rows, ["comparison"], size="small")
    writer.figure("efficiency_equity")
    writer.figure("lorenz")


def zones(writer: Writer) -> None:
    """The zones one by one, under the strategy of the highest estimate."""
    best = ranked(writer)[0]
    rows_of = [row for row in writer.book["zones"].rows if row["strategy"] == best]
    top = max(rows_of, key=lambda row: row["additional_jobs"])["zone"]
    name = writer.bound("strategy", best)
    writer.heading("results.zones", 2)
    writer.paragraph("results.zones_text", best=name, top=writer.bound("zone", top))
    if writer.comparison.panels.count > 1:
        writer.paragraph("results.zones_counts", best=name)
    writer.figure("zones_map")
    writer.figure("event_study")
    if not many_zones(writer):
        zones_table(writer)
    writer.figure("zones_gap")


def zones_table(writer: Writer) -> None:
    """A row a zone: money, jobs, what is missing at the end."""
    best = ranked(writer)[0]
    name = writer.bound("strategy", best)
    rows_of = [row for row in writer.book["zones"].rows if row["strategy"] == best]
    columns = [
        ("zone", "left", 1.6), ("jobs_closed", "right", 0.9), ("allocated", "right", 0.9),
        ("paid", "right", 0.9), ("additional", "right", 1.6), ("per_lost", "right", 0.9),
        ("missing", "right", 1.6),
    ]  # fmt: skip
    rows = []
    for row in rows_of:
        key = (row["zone"], best)
        rows.append(
            [
                writer.name(row["name"]),
                writer.cell("zones", key, "jobs_lost", "count"),
                writer.cell("zones", key, "allocated_eur", "inmeur"),
                writer.cell("zones", key, "paid_eur", "inmeur"),
                writer.cell("zones", key, "additional_jobs", "count", interval=True),
                writer.cell("zones", key, "additional_per_job_lost", "two"),
                writer.cell("zones", key, "missing_jobs", "count", interval=True),
            ]
        )
    caption = writer.runs("results.zones_caption", best=name)
    writer.grid(caption, columns, rows, ["zones"], size="small")


def readings(writer: Writer, outcome: str) -> list[list[Run]]:
    """Strategies by what the interval of their difference from no programme allows to say."""
    end = str(writer.comparison.panels.horizon)
    found: dict[Verdict, list[str]] = defaultdict(list)
    for name in ranked(writer):
        key = (outcome, end, name, NONE)
        low, high = (writer.book.cell("comparison", key, side).value for side in ("low", "high"))
        found[verdict(low, high)].append(name)
    return said(writer, found)


def said(writer: Writer, found: Mapping[Verdict, list[str]]) -> list[list[Run]]:
    """One sentence a verdict, with the strategies of which it holds."""
    known = texts(writer.language)["verdict_list"]
    return [
        writer.parsed(known[one.value], names=writer.listed(found[one]))
        for one in Verdict
        if found.get(one)
    ]
