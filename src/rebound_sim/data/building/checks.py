"""Tables checked against one another, before they are written and when a user's folder is read.

What every command reads without asking must be there: a zone that can be simulated has a row in
each table, and figures of the right order of magnitude.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path
from typing import Final

from rebound_sim.data.building.draft import Tables, read_tables
from rebound_sim.data.building.zones_columns import ZONE_COLUMNS, all_notes
from rebound_sim.data.regions import REGIONS
from rebound_sim.data.tables import SHIPPED, TextTable, read_csv
from rebound_sim.errors import InputError

#: Tables with one row for each zone that can be simulated.
BY_ZONE: Final = (
    "zones_urssaf",
    "unemployment",
    "salaried_jobs",
    "jobs_history",
    "geometry",
    "jobseekers",
)
OVERSEAS_TOO: Final = ("zones_urssaf", "salaried_jobs")
NEEDED: Final = (
    "zones", *BY_ZONE, "neighbours", "places", "municipalities", "authorities", "sector_trends",
    "private_jobs", "france", "territoires_industrie", "input_output_domestic",
    "input_output_imported", "input_output_uses", "size_distribution", "columns",
)  # fmt: skip
#: Columns of `zones` that may be empty where the source withholds the figure.
_MAY_BE_EMPTY: Final = frozenset({"ti_ids", "ti_share"})
#: Zones that may have no rate at a quarter, or no pay: four of 287 are withheld since 2020.
MISSING_SHARE: Final = 0.05
#: Salaried jobs of a zone over its jobs at the workplace (census), and over the last year of the
#: yearly series: orders of magnitude (a file cut short, thousands read as units).
JOBS_RATIO: Final = (0.1, 10.0)


#: Tables whose columns are dates of series.
_SERIES: Final = frozenset({"unemployment", "jobs_history"})
_REMEDY: Final = "tables written by `rebound data` of this version"


def check_folder(folder: Path) -> None:
    """Check the tables of a user's folder (REBOUND_TABLES). Raises InputError naming the file."""
    try:
        check_tables(read_tables(folder))
    except InputError as error:
        raise InputError(
            error.problem,
            file=str(folder / (error.file or "")),
            line=error.line,
            key=error.key,
            value=error.value,
            allowed=error.allowed or _REMEDY,
        ) from None


def _check_header(tables: Tables, name: str) -> None:
    """The columns are those of the shipped table, in their order; a series starts with `code`."""
    header = tables.header[name]
    wanted = ["code"] if name in _SERIES else list(_shipped(name).columns)
    own = header[:1] if name in _SERIES else header
    if own != wanted:
        lost = next((c for c in wanted if c not in own), None)
        raise InputError(
            "column not found" if lost else "columns are not those of the package",
            file=f"{name}.csv",
            line=1,
            key=lost,
            allowed=_REMEDY,
        )


@lru_cache
def _shipped(name: str) -> TextTable:
    return read_csv(SHIPPED / f"{name}.csv")


def check_tables(tables: Tables) -> None:
    """Raise InputError for the first table that is missing, incomplete or contradicts another."""
    for name in NEEDED:
        if name not in tables.header:
            raise InputError("table is missing", file=f"{name}.csv", allowed=_REMEDY)
        _check_header(tables, name)
    zones = tables.mainland()
    if not zones:
        raise InputError("no zone has the figures of a simulation", file="zones.csv")
    _check_zones(tables, zones)
    for name in BY_ZONE:
        every = list(tables.zone_names()) if name in OVERSEAS_TOO else zones
        _one_row(tables, name, every)
    _check_rows(tables)
    _check_numbers(tables)
    _check_rates(tables, zones)
    _check_pay(tables, zones)
    _check_jobs(tables, zones)
    _check_links(tables, zones)


def _fault(
    table: str,
    problem: str,
    codes: Iterable[str] = (),
    allowed: str | None = None,
) -> InputError:
    named = sorted(codes)
    more = f" and {len(named) - 4} more" if len(named) > 4 else ""
    shown = f" ({', '.join(named[:4])}{more})" if named else ""
    return InputError(f"{problem}{shown}", file=f"{table}.csv", allowed=allowed)


def _one_row(tables: Tables, name: str, zones: list[str]) -> None:
    rows = Counter(row[0] for row in tables.rows[name])
    missing = [code for code in zones if code not in rows]
    if missing:
        raise _fault(
            name,
            f"{len(missing)} of {len(zones)} zones have no row",
            missing,
            "every zone of mainland France",
        )
    twice = [code for code, count in rows.items() if count > 1]
    if twice:
        raise _fault(name, "zone with two rows", twice)
    unknown = [code for code in rows if code not in tables.zone_names()]
    if unknown:
        raise _fault(name, "codes that are not zones", unknown)


def _check_zones(tables: Tables, zones: list[str]) -> None:
    header = tables.header["zones"]
    twice = [c for c, n in Counter(row[0] for row in tables.rows["zones"]).items() if n > 1]
    if twice:
        raise _fault("zones", "zone with two rows", twice)
    malformed = [c for c in tables.zone_names() if not (len(c) == 4 and c.isdigit())]
    if malformed:
        raise _fault(
            "zones",
            "codes are not of four digits",
            malformed,
            "0051: a spreadsheet drops the zeros",
        )
    simulable = set(zones)
    for row in tables.rows["zones"]:
        empty = [
            name
            for name, cell in zip(header, row, strict=True)
            if not cell and name not in _MAY_BE_EMPTY
        ]
        if row[0] in simulable and empty:
            raise _fault("zones", f"zone {row[0]} has no {empty[0]}")


_TEXT_TABLES: Final = frozenset({"columns", "sources", "marks"})
_TEXT_COLUMNS: Final = frozenset({
    "code", "name", "region", "ti_ids", "column", "kind", "neighbour", "workplace", "size", "zone",
    "authority", "id",
})  # fmt: skip
_MAY_BE_NEGATIVE: Final = frozenset({"net_migration_15_24", "longitude"})
#: Columns read as whole numbers, which may not be empty (table or `zones`: column).
_WHOLE: Final = frozenset({
    ("places", "population"), ("size_classes", "establishments"), ("size_classes", "jobs"),
    ("commuting", "residents"),
    *(("zones", column.name) for column in ZONE_COLUMNS if column.decimals == 0),
})  # fmt: skip
_NOT_EMPTY: Final = frozenset({
    ("places", "population"), ("size_classes", "establishments"), ("size_classes", "jobs"),
    ("commuting", "residents"), ("neighbours", "shared_km"), ("geometry", "area_km2"),
    ("geometry", "longitude"), ("geometry", "latitude"),
})  # fmt: skip
#: National tables whose rows are fixed.
_FIXED_ROWS: Final = (
    "input_output_domestic",
    "input_output_imported",
    "input_output_uses",
    "sector_trends",
    "size_distribution",
    "france",
)


def _check_numbers(tables: Tables) -> None:
    """Every figure is a finite number, and no count, rate or euro is negative."""
    for name, header in tables.header.items():
        if name in _TEXT_TABLES:
            continue
        for column, title in enumerate(header):
            if title in _TEXT_COLUMNS:
                continue
            free = title in _MAY_BE_NEGATIVE or name.startswith("input_output")
            for line, row in enumerate(tables.rows[name], start=2):
                problem = _problem(row[column], free, (name, title))
                if problem:
                    raise InputError(
                        problem, file=f"{name}.csv", line=line, key=title, value=row[column]
                    )


def _problem(cell: str, negative: bool, where: tuple[str, str]) -> str:
    if not cell:
        return "is empty" if where in _NOT_EMPTY else ""
    try:
        value = float(cell)
    except ValueError:
        value = float("nan")
    if not abs(value) < float("inf"):
        return "is not a number"
    if value < 0 and not negative:
        return "is negative"
    return "is not a whole number" if where in _WHOLE and not cell.isdigit() else ""


def _check_rows(tables: Tables) -> None:
    """Rows of national tables are those of the shipped ones; every column has its note."""
    for name in _FIXED_ROWS:
        own = [row[0] for row in tables.rows[name]]
        if own != list(next(iter(_shipped(name).columns.values()))):
            raise _fault(name, "its rows are not those of the package", allowed=_REMEDY)
    noted = {tuple(row[:2]) for row in tables.rows["columns"]}
    for note in all_notes():
        if note[0] in tables.header and (note[0], note[1]) not in noted:
            name = f"{note[0]}.{note[1]}"
            raise InputError("column without a note", file="columns.csv", key=name)
    for code, region in tables.column("zones", "region").items():
        if region not in REGIONS:
            raise InputError(
                f"zone {code} is in an unknown region",
                file="zones.csv",
                key="region",
                value=region,
            )


def _check_rates(tables: Tables, zones: list[str]) -> None:
    from rebound_sim.data.fragility import RATE_YEARS

    header = tables.header["unemployment"]
    rows = {row[0]: row for row in tables.rows["unemployment"]}
    places = {year: [i for i, q in enumerate(header) if q.startswith(year)] for year in RATE_YEARS}
    none = [
        code
        for code in zones
        if not any(len(at) == 4 and all(rows[code][i] for i in at) for at in places.values())
    ]
    if none:
        years = " nor ".join(RATE_YEARS)
        raise _fault(
            "unemployment",
            f"{len(none)} zones have neither the four rates of {years}",
            none,
            "a file that goes back to 2019",
        )
    for column, quarter in enumerate(header[1:], start=1):
        empty = [code for code in zones if not rows[code][column]]
        if len(empty) > max(MISSING_SHARE * len(zones), 1):
            raise _fault(
                "unemployment",
                f"{len(empty)} of {len(zones)} zones have no rate in {quarter}",
                empty,
                "a file of all zones",
            )


def _check_pay(tables: Tables, zones: list[str]) -> None:
    pay = tables.column("zones_urssaf", "mean_gross_wage")
    empty = [code for code in zones if not pay[code]]
    if zero := [code for code, cell in pay.items() if cell and float(cell) <= 0]:
        raise _fault("zones_urssaf", "zones with a pay of zero", zero)
    if len(empty) > max(MISSING_SHARE * len(zones), 1):
        raise _fault("zones_urssaf", f"{len(empty)} of {len(zones)} zones have no pay", empty)


def _check_jobs(tables: Tables, zones: list[str]) -> None:
    workplace = tables.column("zones", "jobs_workplace")
    history = {
        row[0]: next((c for c in reversed(row[1:]) if c), "") for row in tables.rows["jobs_history"]
    }
    simulable = set(zones)
    low, high = JOBS_RATIO
    for row in tables.rows["salaried_jobs"]:
        if not all(row[1:]):
            raise _fault("salaried_jobs", f"zone {row[0]} has a sector without a figure")
        jobs = sum(float(cell) for cell in row[1:])
        if jobs <= 0:
            raise _fault("salaried_jobs", f"zone {row[0]} has no job")
        if row[0] not in simulable:
            continue
        others = {
            "jobs at the workplace (zones.csv)": workplace[row[0]],
            "last year's jobs (jobs_history.csv)": history[row[0]],
        }
        for name, text in others.items():
            other = float(text or 0)
            if not other or not low <= jobs / other <= high:
                raise _fault(
                    "salaried_jobs",
                    f"zone {row[0]} has {jobs:,.0f} salaried jobs and {other:,.0f} {name}",
                    allowed=f"a ratio from {low:g} to {high:g}: is the file whole?",
                )
    if "2008" not in tables.header["jobs_history"]:
        raise _fault("jobs_history", "has no year 2008 (job growth is counted from it)")


def _check_links(tables: Tables, zones: list[str]) -> None:
    """Zones named by other tables exist; places, durations and flows are there."""
    names = set(tables.zone_names())
    for name, column in (
        ("places", "code"),
        ("municipalities", "zone"),
        ("neighbours", "code"),
        ("neighbours", "neighbour"),
        ("commuting", "code"),
        ("size_classes", "code"),
        ("census_age", "code"),
    ):
        if name in tables.header:
            at = tables.header[name].index(column)
            unknown = {row[at] for row in tables.rows[name]} - names
            if unknown:
                raise _fault(name, "codes that are not zones", unknown)
    placed = {row[0] for row in tables.rows["places"]}
    if missing := [code for code in zones if code not in placed]:
        raise _fault("places", "zones without a place", missing)
    durations = {row[0]: row[1:] for row in tables.rows["jobseekers"]}
    if empty := [c for c in zones if not all(durations[c]) or sum(map(float, durations[c])) <= 0]:
        raise _fault("jobseekers", "zones without job-seekers by duration", empty)
