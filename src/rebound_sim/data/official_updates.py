"""Official downloads found in the source folder, and the columns that they replace."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Final

from rebound_sim.data import zones_columns
from rebound_sim.data.draft import Row, Tables, number, read_prepared
from rebound_sim.data.figaro import read_figaro
from rebound_sim.data.official import (
    CENSUS_AGES,
    FLORES_SIZES,
    csv_kind,
    read_census_ages,
    read_commuting,
    read_flores,
    read_geography,
    read_unemployment,
    read_urssaf,
    workbook_kind,
)
from rebound_sim.data.sectors import INPUT_OUTPUT_SECTORS, SECTOR_CODES

MUNICIPALITIES: Final = "communes_ze2020_epci_2023.csv"


def official_files(folder: Path) -> dict[str, Path]:
    """Official files of a folder by kind, told by their sheets or header; the last name wins."""
    found: dict[str, Path] = {}
    for path in sorted(folder.iterdir()):
        kind = None
        if path.suffix == ".xlsx":
            kind = workbook_kind(path)
        elif path.suffix == ".csv":
            kind = csv_kind(path)
        if kind is not None:
            found[kind] = path
    return found


def updated_geography(folder: Path, communes: list[Row]) -> list[Row]:
    """Municipalities with their zone, taken from the official composition when it is there.

    Authorities and residents come from the prepared file: a municipality that only the official
    file knows is left out, since neither is published there.
    """
    path = official_files(folder).get("geography")
    if path is None:
        return communes
    official = read_geography(path)
    updated = []
    for row in communes:
        newer = official.get(row["CODGEO"], {})
        names = ("ZE2020", "LIBZE2020")
        updated.append(row | {name: newer[name] for name in names if newer.get(name)})
    return updated


def _set_column(tables: Tables, name: str, column: str, values: dict[str, str]) -> None:
    position = tables.header[name].index(column)
    for row in tables.rows[name]:
        row[position] = values.get(row[0], row[position])


def _unemployment(path: Path, _folder: Path, tables: Tables) -> None:
    rates = read_unemployment(path)
    quarters = sorted({quarter for series in rates.values() for quarter in series})
    body = [
        [code, *(number(rates[code].get(quarter), 1) for quarter in quarters)]
        for code in sorted(rates)
    ]
    tables.put("unemployment", ["code", *quarters], body)
    vintage = f"{quarters[0].replace('-', ' ')}-{quarters[-1].replace('-', ' ')}"
    tables.revised["unemployment", "*"] = (zones_columns.LOCALISED, vintage)


def _flores(path: Path, _folder: Path, tables: Tables) -> None:
    figures = read_flores(path)
    for row in tables.rows["salaried_jobs"]:
        jobs = figures.sector_jobs.get(row[0])
        if jobs:
            row[1:] = [str(jobs.get(code, 0)) for code in SECTOR_CODES]
    sizes = list(FLORES_SIZES)
    establishments, under_10, over_100, body = {}, {}, {}, []
    for zone in sorted(figures.size_jobs):
        jobs, units = figures.size_jobs[zone], figures.establishments.get(zone, {})
        total = sum(jobs.values())
        establishments[zone] = number(sum(units.values()), 0)
        under_10[zone] = number(100 * sum(jobs.get(s, 0) for s in sizes[:2]) / total, 2)
        over_100[zone] = number(100 * sum(jobs.get(s, 0) for s in sizes[5:]) / total, 2)
        body += [[zone, FLORES_SIZES[s], str(units.get(s, 0)), str(jobs.get(s, 0))] for s in sizes]
    vintage = (zones_columns.FLORES, f"end {figures.year}")
    tables.revised["salaried_jobs", "*"] = vintage
    if body:
        tables.put("size_classes", ["code", "size", "establishments", "jobs"], body)
        columns = (("establishments", establishments), ("jobs_under_10", under_10),
                   ("jobs_100_plus", over_100))  # fmt: skip
        for column, values in columns:
            _set_column(tables, "zones", column, values)
            tables.revised["zones", column] = vintage


def _urssaf(path: Path, _folder: Path, tables: Tables) -> None:
    quarter, figures = read_urssaf(path)
    columns = (("private_jobs", 0, 0), ("mean_gross_wage", 1, 1))
    for column, position, decimals in columns:
        values = {zone: number(pair[position], decimals) for zone, pair in figures.items()}
        _set_column(tables, "zones_urssaf", column, values)
        tables.revised["zones_urssaf", column] = (zones_columns.URSSAF, quarter)


def _commuting(path: Path, folder: Path, tables: Tables) -> None:
    communes = updated_geography(folder, read_prepared(folder, MUNICIPALITIES))
    flows = read_commuting(path, {row["CODGEO"]: row["ZE2020"] for row in communes})
    # Flows below one resident are rounding of weights; the rest is shipped whole.
    body = [[home, work, number(n, 0)] for (home, work), n in sorted(flows.items()) if n >= 1]
    tables.put("commuting", ["code", "workplace", "residents"], body)


def _census(path: Path, _folder: Path, tables: Tables) -> None:
    year, ages = read_census_ages(path)
    body = [[zone, *(number(row[name], 0) for name in CENSUS_AGES)] for zone, row in ages.items()]
    if body:
        tables.put("census_age", ["code", *CENSUS_AGES], body)
        tables.revised["census_age", "*"] = (zones_columns.CENSUS, year)


def _figaro(path: Path, _folder: Path, tables: Tables) -> None:
    figures = read_figaro(path)
    source = ("Eurostat, FIGARO input-output tables, France (million EUR)", figures.year)
    for kind, flows in (("domestic", figures.domestic), ("imported", figures.imported)):
        body = [
            [row, *(number(flows.get((row, other), 0.0), 3) for other in INPUT_OUTPUT_SECTORS)]
            for row in INPUT_OUTPUT_SECTORS
        ]
        tables.put(f"input_output_{kind}", ["code", *INPUT_OUTPUT_SECTORS], body)
        tables.revised[f"input_output_{kind}", "*"] = source
    header = tables.header["input_output_uses"]
    uses = [
        [row, *(number(figures.uses.get((row, name), 0.0), 3) for name in header[1:])]
        for row in INPUT_OUTPUT_SECTORS
    ]
    tables.put("input_output_uses", header, uses)
    tables.revised["input_output_uses", "*"] = source


_UPDATES: Final[dict[str, Callable[[Path, Path, Tables], None]]] = {
    "unemployment": _unemployment,
    "flores": _flores,
    "urssaf": _urssaf,
    "commuting": _commuting,
    "census": _census,
    "figaro": _figaro,
}


def apply(folder: Path, tables: Tables) -> list[str]:
    """Replace the columns that official files of the folder update; names of the files used."""
    used = []
    for kind, path in official_files(folder).items():
        update = _UPDATES.get(kind)
        if update is not None:
            update(path, folder, tables)
        used.append(path.name)
    return used
