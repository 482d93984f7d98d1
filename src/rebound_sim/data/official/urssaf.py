"""Private jobs and mean gross pay by zone from an export of the Urssaf."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass

from rebound_sim.data.official.quarters import folded_title, quarter_of
from rebound_sim.data.official.reading import Reader
from rebound_sim.data.official.recognise import RecognisedTable
from rebound_sim.data.official.record import FileRecord
from rebound_sim.data.official.values import UNPUBLISHED

#: Mean gross pay of a zone [EUR a month] outside which jobs and pay are not those of one quarter.
LOWEST_PAY, HIGHEST_PAY = 800.0, 12_000.0


@dataclass
class _Sum:
    line: int
    jobs: float = 0.0
    pay: float = 0.0
    withheld: bool = False


def read_urssaf(
    source: RecognisedTable, record: FileRecord, zones: Collection[str]
) -> dict[str, tuple[float, float]]:
    """By zone, private jobs and mean gross pay [EUR a month] of the latest quarter.

    Regional parts of a zone are summed (pay is that of the quarter, over three months); a zone
    with a withheld part is left out, since its sum would be too small.
    """
    reader = Reader(source, record, zones)
    columns = source.columns
    sums: dict[tuple[str, str], _Sum] = {}
    rows: set[tuple[str, ...]] = set()
    for line, cells in source.rows():
        jobs_at, pay_at = columns["effectifs_salaries_cvs"], columns["masse_salariale_cvs"]
        figures = any(any(c.isdigit() for c in cells[at]) for at in (jobs_at, pay_at))
        zone = reader.zone(cells[columns["zone"]], figures=figures)
        if zone is None:
            continue
        reader.width(line, cells)
        if tuple(cells) in rows:
            record.repeated += 1
            continue
        rows.add(tuple(cells))
        quarter = _quarter(source, line, cells)
        jobs = reader.figure(line, cells, jobs_at)
        pay = reader.figure(line, cells, pay_at)
        record.rows += 1
        total = sums.setdefault((quarter, zone), _Sum(line))
        for reading in (jobs, pay):
            reader.count(reading)
        if jobs.value is None or pay.value is None:
            total.withheld = True
            continue
        total.jobs += jobs.value
        total.pay += pay.value
    reader.finish()
    return _latest(source, record, sums)


def _latest(
    source: RecognisedTable, record: FileRecord, sums: dict[tuple[str, str], _Sum]
) -> dict[str, tuple[float, float]]:
    last = max(quarter for quarter, _ in sums)
    found: dict[str, tuple[float, float]] = {}
    left_out: dict[str, list[str]] = defaultdict(list)
    for (quarter, zone), total in sorted(sums.items()):
        if quarter != last:
            continue
        if total.withheld or total.jobs <= 0:
            left_out[UNPUBLISHED].append(zone)
            continue
        pay = total.pay / total.jobs / 3
        if not LOWEST_PAY <= pay <= HIGHEST_PAY:
            raise source.fault(
                f"mean gross pay of zone {zone} would be {pay:,.0f} EUR a month",
                total.line,
                columns_of(source),
                allowed=f"{LOWEST_PAY:,.0f} to {HIGHEST_PAY:,.0f}: jobs, and euros of a quarter",
            )
        found[zone] = (total.jobs, pay)
    if not found:
        raise source.fault("no zone with jobs and pay in the latest quarter", column=last)
    if zones := left_out[UNPUBLISHED]:
        record.remark(f"former figures kept where a part is missing: {', '.join(zones[:6])}")
    record.vintage, record.zones = last.replace("-", " "), len(found)
    return found


def columns_of(source: RecognisedTable) -> int:
    """Position of the wage bill."""
    return source.columns["masse_salariale_cvs"]


def _quarter(source: RecognisedTable, line: int, cells: list[str]) -> str:
    """`2025-T4` from the columns of year and quarter (`4`, `T4`, `2025-T4`, `4e trimestre`)."""
    year_text, text = cells[source.columns["annee"]], cells[source.columns["trimestre"]]
    whole = quarter_of(text)
    if whole is not None:
        return whole[0]
    year = re.match(r"^\s*((?:19|20)\d\d)(?:\.0+)?\s*(?:-.*)?$", year_text)
    number = re.match(r"^(?:trimestre |trim\.? ?|t|q)?0?([1-4])(?:\.0+)?(?!\d)", folded_title(text))
    if year is None or number is None:
        at = "annee" if year is None else "trimestre"
        raise source.fault(
            "is not a year" if year is None else "is not a quarter",
            line,
            source.columns[at],
            year_text if year is None else text,
            allowed="2025 and 4, T4 or 2025-T4",
        )
    return f"{year[1]}-T{number[1]}"
