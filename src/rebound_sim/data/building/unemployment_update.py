"""A new vintage of unemployment rates over the former: newer cells win, other quarters stay."""

from __future__ import annotations

from rebound_sim.data.building import zones_columns
from rebound_sim.data.building.draft import Tables, number
from rebound_sim.data.official.record import FileRecord
from rebound_sim.data.official.unemployment import PublishedRates

TABLE = "unemployment"


def put_unemployment(tables: Tables, figures: PublishedRates, record: FileRecord) -> None:
    """Put the rates of a file over the table. Quarters and zones that it lacks are kept, and said.

    A quarter of the file is taken whole: a zone without a rate there has none (withheld).
    """
    header = tables.header[TABLE]
    former = {row[0]: dict(zip(header[1:], row[1:], strict=True)) for row in tables.rows[TABLE]}
    taken = set(figures.quarters)
    kept = [quarter for quarter in header[1:] if quarter not in taken]
    quarters = sorted(taken | set(kept))
    codes = sorted(set(former) | set(figures.rates))
    body = []
    for code in codes:
        before, now = former.get(code, {}), figures.rates.get(code, {})
        cells = [number(now.get(q), 1) if q in taken else before.get(q, "") for q in quarters]
        body.append([code, *cells])
    absent = [code for code in former if code not in figures.rates]
    if absent:
        record.remark(
            f"{len(absent)} zones of the table are not in it and have no rate at its quarters"
        )
    if kept:
        record.remark(
            f"{len(kept)} quarters are not in it and keep their former rates ({spans(kept)}; the "
            "series may break there)"
        )
    tables.put(TABLE, ["code", *quarters], body)
    tables.marks = [m for m in tables.marks if m[0] != TABLE or m[2] not in taken]
    for quarter, mark in figures.quarter_marks.items():
        tables.mark(TABLE, "*", quarter, mark, f"{record.file}, title of the column")
    for (code, quarter), mark in figures.cell_marks.items():
        tables.mark(TABLE, code, quarter, mark, record.file)
    vintage = f"{quarters[0].replace('-', ' ')}-{quarters[-1].replace('-', ' ')}"
    provisional = sorted(q for q, mark in figures.quarter_marks.items() if mark == "provisional")
    if provisional:
        vintage += f" (provisional: {', '.join(provisional)})"
    tables.revised[TABLE, "*"] = (zones_columns.LOCALISED, vintage)


def spans(quarters: list[str]) -> str:
    """`2003-T1 to 2021-T4, 2023-T2` from quarters in order."""
    numbers = [int(q[:4]) * 4 + int(q[-1]) for q in quarters]
    parts: list[list[str]] = []
    for place, quarter in enumerate(quarters):
        if place and numbers[place] == numbers[place - 1] + 1:
            parts[-1][1:] = [quarter]
        else:
            parts.append([quarter])
    return ", ".join(" to ".join(part) for part in parts)
