"""Flores figures over the tables; secret cells filled by a stated method and marked."""

from __future__ import annotations

import numpy as np

from rebound_sim.data.building import zones_columns
from rebound_sim.data.building.draft import Tables, number
from rebound_sim.data.official.flores import FLORES_SIZES, Flores
from rebound_sim.data.official.record import FileRecord
from rebound_sim.data.rounding import largest_remainder
from rebound_sim.data.sectors import SECTOR_CODES

SHARED = "the zone's total less its published sectors, shared as in the former table"
FORMER = "figure of the former table: the file has no total of the zone"
#: A zone's jobs change by less from one vintage to the next.
USUAL_CHANGE = 1.5
_SIZES = tuple(FLORES_SIZES)


def put_flores(tables: Tables, figures: Flores, record: FileRecord) -> None:
    """Put jobs by sector and size classes over the tables; zones that the file lacks are kept."""
    # A zone of which every sector is secret tells nothing: it keeps its former figures.
    zones = set(figures.sector_jobs)
    tables.forget_marks("salaried_jobs", zones)
    record.remark(tables.keep_former("salaried_jobs", "*", zones, record.vintage))
    imputed, jumps = 0, []
    for row in tables.rows["salaried_jobs"]:
        if row[0] in zones:
            former = dict(zip(SECTOR_CODES, (int(cell) for cell in row[1:]), strict=True))
            jobs, method = sector_jobs(figures, row[0], former)
            row[1:] = [str(jobs[code]) for code in SECTOR_CODES]
            change = sum(jobs.values()) / max(sum(former.values()), 1)
            if not 1 / USUAL_CHANGE <= change <= USUAL_CHANGE:
                jumps.append(row[0])
            for code in sorted(figures.withheld_sectors.get(row[0], ())):
                tables.mark("salaried_jobs", row[0], code, "withheld", method)
                imputed += 1
    if imputed:
        record.remark(f"{imputed} secret cells of jobs by sector imputed (marks.csv)")
    if jumps:
        named = ", ".join(jumps[:6])
        record.remark(
            f"jobs of {len(jumps)} zones differ from the former by over a third ({named})"
        )
    vintage = (zones_columns.FLORES, record.vintage)
    tables.revised["salaried_jobs", "*"] = vintage
    _put_sizes(tables, figures, record, vintage)


def sector_jobs(figures: Flores, zone: str, former: dict[str, int]) -> tuple[dict[str, int], str]:
    """Jobs by sector of a zone, secret cells filled, and the method that filled them.

    A sector of which the file has no row has no job there; a secret one has at least one.
    """
    known = figures.sector_jobs.get(zone, {})
    jobs = {code: known.get(code, 0) for code in SECTOR_CODES}
    secret = [code for code in SECTOR_CODES if code in figures.withheld_sectors.get(zone, ())]
    if not secret:
        return jobs, ""
    total = figures.zone_total(zone)
    weights = np.array([max(former[code], 1) for code in secret], dtype=np.float64)
    rest = None if total is None else total - sum(known.values())
    if rest is None or rest < len(secret):
        filled = weights.astype(np.int64)
    else:
        filled = 1 + largest_remainder(weights, rest - len(secret))
    jobs |= {code: int(value) for code, value in zip(secret, filled, strict=True)}
    return jobs, FORMER if rest is None else SHARED


def _put_sizes(
    tables: Tables, figures: Flores, record: FileRecord, vintage: tuple[str, str]
) -> None:
    """Size classes of the zones where all are published, and the three columns they give."""
    whole = [
        zone
        for zone, jobs in sorted(figures.size_jobs.items())
        if not figures.withheld_sizes.get(zone) and sum(jobs.values()) > 0
    ]
    secret = sorted(set(figures.withheld_sizes))
    if secret:
        record.remark(f"size classes of {len(secret)} zones are secret: former shares kept")
    if not whole:
        return
    establishments, under_10, over_100, body = {}, {}, {}, []
    for zone in whole:
        jobs, units = figures.size_jobs[zone], figures.establishments.get(zone, {})
        total = sum(jobs.values())
        if units:
            establishments[zone] = number(sum(units.values()), 0)
        under_10[zone] = number(100 * sum(jobs.get(s, 0) for s in _SIZES[:2]) / total, 2)
        over_100[zone] = number(100 * sum(jobs.get(s, 0) for s in _SIZES[5:]) / total, 2)
        body += [[zone, FLORES_SIZES[s], str(units.get(s, 0)), str(jobs.get(s, 0))] for s in _SIZES]
    body += [row for row in tables.rows.get("size_classes", []) if row[0] not in whole]
    tables.put(
        "size_classes",
        ["code", "size", "establishments", "jobs"],
        sorted(body, key=lambda row: row[0]),
    )
    tables.forget_marks("size_classes", whole)
    tables.revised["size_classes", "*"] = vintage
    for zone in secret:
        tables.mark("size_classes", zone, "*", "withheld", "former shares kept")
    columns = (
        ("establishments", establishments),
        ("jobs_under_10", under_10),
        ("jobs_100_plus", over_100),
    )
    for column, values in columns:
        tables.set_column("zones", column, values)
        tables.revised["zones", column] = vintage
