"""The zones: what they are before the closures, and what becomes of each."""

from __future__ import annotations

from typing import Any

from rebound_sim.data.sectors import SECTORS
from rebound_sim.report.closing_sums import ALL_ZONES
from rebound_sim.report.sections import messages
from rebound_sim.report.sections.findings import kind, ranked
from rebound_sim.report.sections.readings import sentences_of
from rebound_sim.report.sentence import Binding, Run
from rebound_sim.report.writer import Writer
from rebound_sim.statistics.panels import NONE

#: Zones beyond which a table with a row a zone stands in an annex.
_ROWS_IN_TEXT = 12
_RETURN = (
    ("never_back", "one", "never_back"), ("months_before_rebound", "one", "before"),
    ("worst_tenth_loss", "two", "worst"), ("loss_theil", "three", "theil"),
)  # fmt: skip


def zones_before(writer: Writer) -> None:
    """Each zone before its closure."""
    table = writer.book["basins"]
    where = kind(writer) if len(table.rows) > 1 else "zone"
    rates = {row["zone"]: row["unemployment_rate"] for row in table.rows}
    closed = {row["zone"]: row["jobs_closed"] for row in table.rows}
    names = {
        "largest": writer.bound("zone", max(closed, key=closed.__getitem__)),
        "low": writer.bound("zone", min(rates, key=rates.__getitem__)),
        "high": writer.bound("zone", max(rates, key=rates.__getitem__)),
        "closures": Binding(f"{writer.book.cell('design', ('closures',), 'value').value:.0f}", ""),
    }
    writer.heading(writer.runs(f"basins.heading_{where}", **names))
    writer.sentences([writer.runs(f"basins.text_{where}", **names)])
    if where == "programme" and any(not jobs for jobs in closed.values()):
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
        ("zone", "left", 1.6),
        ("active", "right", 0.9),
        ("unemployment", "right", 1.1),
        ("fragility", "right", 1.0),
        ("sector", "left", 1.8),
        ("jobs_closed", "right", 1.1),
        ("announced", "right", 0.9),
    ]
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


def zone_by_zone(writer: Writer) -> None:
    """The zones one by one, under the strategy of the highest mean; nothing for one zone."""
    if len(writer.comparison.panels.zones) < 2:
        return
    best = ranked(writer)[0]
    rows_of = [row for row in writer.book["zones"].rows if row["arm"] == best]
    top = max(rows_of, key=lambda row: row["additional_jobs"])["zone"]
    name = writer.bound("strategy", best)
    writer.heading(messages.of_zones(writer))
    told = [writer.runs("zones.text", best=name, top=writer.bound("zone", top))]
    if writer.comparison.panels.count > 1:
        told += [*_counted(writer, best), writer.runs("zones.alone")]
    writer.sentences(told)
    writer.figure("zones_map", best=name, top=writer.bound("zone", top))
    if not many_zones(writer):
        zones_table(writer)


def _counted(writer: Writer, best: str) -> list[list[Run]]:
    """Zones that gain, that lose, and those of which nothing is established."""
    counts = {
        side: int(writer.book.cell("zones_readings", (best, side), "zones").value)
        for side in ("higher", "lower", "no_difference")
    }
    names = {side: Binding(str(count), "") for side, count in counts.items()}
    names |= {"best": Binding(best, ""), "rest": names["no_difference"]}
    if not counts["higher"] and not counts["lower"]:
        return [writer.runs("zones.counts_neither", **names)]
    path = "counts" if counts["lower"] else "counts_none_lose"
    path = path if counts["higher"] else "counts_none_gain"
    rest = "counts_rest" if counts["no_difference"] else "counts_no_rest"
    return [writer.runs(f"zones.{path}", **names), writer.runs(f"zones.{rest}", **names)]


def zones_table(writer: Writer) -> None:
    """A row a zone: money, jobs, what is missing at the end."""
    best = ranked(writer)[0]
    rows_of = [row for row in writer.book["zones"].rows if row["arm"] == best]
    columns = [
        ("zone", "left", 1.6),
        ("jobs_closed", "right", 1.0),
        ("allocated", "right", 0.9),
        ("net", "right", 0.9),
        ("additional", "right", 1.6),
        ("per_lost", "right", 0.9),
        ("missing", "right", 1.6),
    ]
    rows = []
    for row in rows_of:
        key = (row["zone"], best)
        rows.append(
            [
                writer.name(row["name"]),
                *_closing(writer, row["zone"], best),
                writer.cell("zones", key, "additional_per_job_lost", "two"),
                writer.cell("zones", key, "missing_jobs", "count", interval=True),
            ]
        )
    empty = writer.plain("")
    total = writer.name(writer.words("heads.total"))
    rows.append([total, *_closing(writer, ALL_ZONES, best), empty, empty])
    caption = writer.runs("zones.caption", best=writer.bound("strategy", best))
    writer.grid(caption, columns, rows, ["zones", "zones_summary"], size="small")
    writer.paragraph("zones.note", role="note")


def _closing(writer: Writer, zone: str, best: str) -> list[list[Run]]:
    """Cells whose printed sums close."""
    key = (zone, best)
    return [
        writer.cell("zones_summary", key, "jobs_lost", "count"),
        writer.cell("zones_summary", key, "allocated", "inmeur"),
        writer.cell("zones_summary", key, "net", "inmeur"),
        writer.cell("zones_summary", key, "additional_jobs", "count", interval=True),
    ]


def recovery(writer: Writer) -> None:
    """Return to the path without closure, and inequality between zones; nothing without one."""
    table, end = writer.book["comparison"], writer.end
    if not table.has("never_back", end, NONE, ""):
        return
    several = len(writer.comparison.panels.closing) > 1
    where = "programme" if several else "zone"
    outcomes = (*_RETURN[:2], *_RETURN[2:] * several)
    writer.heading(messages.of_recovery(writer))
    for outcome, _, _ in outcomes:
        writer.sentences(
            [
                writer.runs(f"recovery.{outcome}_{where}", end=end),
                *sentences_of(writer, outcome, ranked(writer)),
            ]
        )
    heads = [(f"{head}_{where}", "right", 1.3) for _, _, head in outcomes]
    columns: list[Any] = [("arm", "left", 1.4), *heads]
    rows = []
    for name in ranked(writer):
        row = [writer.name(writer.arm(name))]
        for outcome, form, _ in outcomes:
            row.append(
                writer.cell(
                    "comparison", (outcome, end, name, NONE), "estimate", form, interval=True
                )
            )
        rows.append(row)
    writer.grid("recovery.caption", columns, rows, ["comparison"], size="small")
    writer.figure("efficiency_equity", best=writer.bound("best", ranked(writer)[0]))
