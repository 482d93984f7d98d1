"""`rebound data build` and `update`: derive the compact tables of figures from official statistics.

`build` starts from the prepared files of the project (basins.csv and its neighbours), `update` from
the tables in use; official downloads replace the columns that they update. A rebuilt table is
byte-identical for the same sources: fixed order, fixed decimals, LF line ends, UTF-8.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from pathlib import Path
from typing import Final

from rebound_sim.data.building import boundaries, municipalities, updates
from rebound_sim.data.building.checks import check_tables
from rebound_sim.data.building.draft import Row, Tables, number, read_prepared, read_tables, wide
from rebound_sim.data.building.zones_columns import URSSAF_COLUMNS, ZONE_COLUMNS, Shipped, all_notes
from rebound_sim.data.official.survey import survey
from rebound_sim.data.sectors import INPUT_OUTPUT_SECTORS, SECTOR_CODES
from rebound_sim.data.tables import tables_folder
from rebound_sim.errors import InputError

#: Prepared files that the tables are made from, and those of the same folder that are not needed.
PREPARED: Final = (
    "basins.csv", "communes_ze2020_epci_2023.csv", "indicators_ze2020_147.csv",
    "io_france_2014_a38_Z_domestic.csv", "io_france_2014_a38_Z_imported.csv",
    "io_france_2014_a38_final_demand.csv", "io_france_2014_a38_totals.csv",
    "jobseekers_epci_2019_anciennete.csv", "oecd_size_class_france_2014_2020.csv",
    "private_jobs_ze2020_a38.csv", "salaried_jobs_ze2020_a38_2024.csv",
    "salaried_jobs_ze2020_yearly.csv", "territoires_industrie_183_epci_2024.csv",
    "territoires_industrie_183_x_ze2020.csv", "unemployment_rate_ze2020_quarterly.csv",
)  # fmt: skip
NOT_NEEDED: Final = (
    "census_2022_ze2020.csv",
    "jobseekers_epci_2019_categorie_a.csv",
    "jobseekers_epci_2019_categorie_abc.csv",
    "private_jobs_ze2020_yearly.csv",
    "territoires_industrie_149_phase1_epci.csv",
)


def _cell(row: Row, column: Shipped) -> str:
    if column.decimals is None:
        return row[column.prepared]
    return row.number(column.prepared, column.decimals)


def _zone_tables(folder: Path, tables: Tables) -> None:
    rows = sorted(read_prepared(folder, "basins.csv"), key=lambda row: row["ze2020"])
    for row in rows:
        row["region_main"] = row["region_main"].zfill(2)
    for name, columns in (("zones", ZONE_COLUMNS), ("zones_urssaf", URSSAF_COLUMNS)):
        cells = [[_cell(row, column) for column in columns] for row in rows]
        tables.put(name, (column.name for column in columns), cells)


def _series_tables(folder: Path, tables: Tables) -> None:
    header, body = wide(
        read_prepared(folder, "salaried_jobs_ze2020_a38_2024.csv"),
        "ze2020",
        "a38",
        "salaried_jobs",
        0,
        SECTOR_CODES,
    )
    # Every zone's sectors add up to its published total, so an absent sector is a true zero.
    tables.put("salaried_jobs", header, [[cell or "0" for cell in row] for row in body])
    yearly = read_prepared(folder, "salaried_jobs_ze2020_yearly.csv")
    tables.put("jobs_history", *wide(yearly, "ze2020", "year", "salaried_jobs", 0))
    quarterly = read_prepared(folder, "unemployment_rate_ze2020_quarterly.csv")
    tables.put("unemployment", *wide(quarterly, "ze2020", "quarter", "rate_pct", 1))


def _sector_trends(folder: Path, tables: Tables) -> None:
    years = ("y2019", "y2022", "y2023", "y2024")
    sums = {code: [0.0] * len(years) for code in SECTOR_CODES}
    for row in read_prepared(folder, "private_jobs_ze2020_a38.csv"):
        if row["a38"] in sums and all(row[year] for year in years):
            for position, year in enumerate(years):
                sums[row["a38"]][position] += float(row.number(year, 6))
    body = [[code, *(number(value, 0) for value in sums[code])] for code in SECTOR_CODES]
    tables.put("sector_trends", ["code", *(year[1:] for year in years)], body)


#: Years of private jobs by zone and sector that are shipped: before, during, last.
PRIVATE_YEARS = ("2019", "2022", "2024")


def _private_jobs(folder: Path, tables: Tables) -> None:
    found: dict[tuple[str, str], dict[str, str]] = {}
    for row in read_prepared(folder, "private_jobs_ze2020_a38.csv"):
        for year in PRIVATE_YEARS:
            found.setdefault((row["ze2020"], year), {})[row["a38"]] = row.number(f"y{year}", 0)
    body = [
        [*key, *(cells.get(code, "") for code in SECTOR_CODES)]
        for key, cells in sorted(found.items())
    ]
    tables.put("private_jobs", ["code", "year", *SECTOR_CODES], body)


def _territoires(folder: Path, tables: Tables) -> None:
    names = {
        row["id_ti"]: row["lib_ti"]
        for row in read_prepared(folder, "territoires_industrie_183_epci_2024.csv")
    }
    rows = read_prepared(folder, "territoires_industrie_183_x_ze2020.csv")
    body = [
        [
            r["ZE2020"],
            r["id_ti"],
            names.get(r["id_ti"], ""),
            r["n_communes"],
            r.number("population", 0),
        ]
        for r in sorted(rows, key=lambda r: (r["ZE2020"], r["id_ti"]))
    ]
    tables.put(
        "territoires_industrie", ["code", "id", "name", "municipalities", "population"], body
    )


def _input_output(folder: Path, tables: Tables) -> None:
    for kind in ("domestic", "imported"):
        rows = read_prepared(folder, f"io_france_2014_a38_Z_{kind}.csv")
        by_code = {next(iter(row.values())): row for row in rows}
        body = [
            [code, *(_row(by_code, code).number(other, 3) for other in INPUT_OUTPUT_SECTORS)]
            for code in INPUT_OUTPUT_SECTORS
        ]
        tables.put(f"input_output_{kind}", ["code", *INPUT_OUTPUT_SECTORS], body)
    uses = read_prepared(folder, "io_france_2014_a38_final_demand.csv")
    totals = read_prepared(folder, "io_france_2014_a38_totals.csv")
    names = [name for name in (*uses[0], *totals[0]) if name]
    merged = {next(iter(row.values())): row for row in totals}
    for row in uses:
        _row(merged, next(iter(row.values()))).update(row)
    body = [
        [code, *(_row(merged, code).number(name, 3) for name in names)]
        for code in INPUT_OUTPUT_SECTORS
    ]
    tables.put("input_output_uses", ["code", *names], body)


def _row(rows: Mapping[str, Row], code: str) -> Row:
    """Row of a sector; InputError names the file that lacks it."""
    if code not in rows:
        file = next(iter(rows.values())).file if rows else None
        raise InputError("sector not found", file=file, key=code)
    return rows[code]


SIZE_SECTIONS: Mapping[str, str] = {
    "05_09": "B", "10_33": "C", "35": "D", "36_39": "E", "41_43": "F", "45_47": "G", "49_53": "H",
    "55_56": "I", "58_63": "J", "68": "L", "69_75": "M", "77_82": "N",
}  # fmt: skip
SIZE_CLASSES: Mapping[str, str] = {
    "NSC-1": "1-9",
    "NSC-2": "10-19",
    "NSC-3": "20-49",
    "NSC-4": "50-249",
    "NSC-5": "250+",
}


#: Column of `zones` -> national value in the row 00FR of the indicators (France less overseas).
FRANCE: Mapping[str, str] = {
    "employment_rate": "eco_txemp_1564_22",
    "salaried": "eco_sal_pct_22",
    "below_bac": "dsp_dipl_infbac_pct_22",
    "above_bac2": "dsp_dipl_supbac2_pct_22",
    "managers": "dsp_csp_cadres_pct_22",
    "blue_collar": "dsp_csp_ouvriers_pct_22",
    "retired": "dsp_csp_retraites_pct_22",
    "aged_75_plus": "dmv_75p_pct_22",
    "ageing_index": "dmv_iv_ind_22",
    "vacant_dwellings": "log_vac_pct_22",
    "owners": "log_prop_pct_22",
    "jobs_under_10": "eco_eff_petites_pct_23",
    "jobs_100_plus": "eco_eff_grandes_pct_23",
    "presential": "eco_emp_pres_pct_23",
    "living_standard": "rev_med_21",
    "poverty": "rev_txpauv_21",
}


def _france(folder: Path, tables: Tables) -> None:
    rows = read_prepared(folder, "indicators_ze2020_147.csv")
    national = [row for row in rows if row["code"] == "00FR"]
    if not national:
        raise InputError("national row 00FR not found", file="indicators_ze2020_147.csv")
    body = [[name, national[0].number(source, 2)] for name, source in FRANCE.items()]
    tables.put("france", ["column", "value"], body)


def _size_distribution(folder: Path, tables: Tables, year: str = "2019") -> None:
    cells: dict[tuple[str, str, str], str] = {}
    for row in read_prepared(folder, "oecd_size_class_france_2014_2020.csv"):
        section, size = SIZE_SECTIONS.get(row["ISIC4"]), SIZE_CLASSES.get(row["SCL"])
        if row["TIME"] == year and section and size and row["VAR"] in ("ENTR", "EMPN"):
            cells[section, row["VAR"], size] = row.number("Value", 0)
    header = ["code", *(f"{v}_{s}" for v in ("ENTR", "EMPN") for s in SIZE_CLASSES.values())]
    body = [
        [section, *(cells.get((section, *name.split("_")), "") for name in header[1:])]  # type: ignore[arg-type]
        for section in SIZE_SECTIONS.values()
    ]
    tables.put("size_distribution", header, body)


def _columns(tables: Tables) -> None:
    """The column dictionary: declared notes of the tables that are there, with new vintages."""
    former = {tuple(row[:2]): row for row in tables.rows.get("columns", ())}
    there = {
        *tables.header,
        *(["marks"] if tables.marks else []),
        *(["sources"] if tables.official else []),
    }
    body = []
    for note in all_notes():
        key = (note[0], note[1])
        if note[0] not in there:
            continue
        row = list(former.get(key, note))
        row[4:6] = tables.revised.get(key, (row[4], row[5]))
        body.append(row)
    header = ["table", "column", "meaning", "unit", "source", "vintage", "licence"]
    tables.put("columns", header, body)


def build_tables(folder: Path, skip: Collection[str] = ()) -> Tables:
    """All tables derived from a source folder, official files taking precedence.

    skip : names of files to leave out. Raises InputError: a file that is not recognised or cannot
    be read, a table that contradicts another.
    """
    if not folder.is_dir():
        raise InputError("source folder not found", key="--from", value=str(folder))
    tables = Tables()
    _zone_tables(folder, tables)
    found = survey(sorted(folder.iterdir()), PREPARED, NOT_NEEDED, skip)
    tables.records = found.records
    _series_tables(folder, tables)
    _sector_trends(folder, tables)
    _private_jobs(folder, tables)
    _territoires(folder, tables)
    _input_output(folder, tables)
    _size_distribution(folder, tables)
    _france(folder, tables)
    composition = updates.newest_geography(found, tables.zone_names())
    municipalities.add_tables(folder, tables, composition)
    topology = boundaries.boundary_file(folder)
    boundaries.add_tables(topology, tables)
    boundaries.add_file(topology, tables)
    updates.apply(found, tables, composition)
    _columns(tables)
    check_tables(tables)
    return tables


def update_tables(files: Sequence[Path], skip: Collection[str] = ()) -> Tables:
    """The tables in use with the figures of official files over them.

    files : official files, or folders of them. Raises InputError as `build_tables`, and for a
    file that holds no figures.
    """
    given = [p for path in files for p in (sorted(path.iterdir()) if path.is_dir() else [path])]
    tables = read_tables(tables_folder())
    check_tables(tables)
    folders = any(path.is_dir() for path in files)
    found = survey(given, skip=skip, strict=not folders)
    if not found.sources:
        raise InputError("no official file among those given", allowed="docs/data.md lists them")
    tables.records = found.records
    composition = updates.newest_geography(found, tables.zone_names())
    if composition is not None:
        municipalities.update_tables(tables, composition)
    updates.apply(found, tables, composition)
    _columns(tables)
    check_tables(tables)
    return tables
