"""Loaders of official downloads, on small files written in exactly those formats."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from data.flores_columns import FLORES
from rebound_sim.data.building.build import build_tables
from rebound_sim.data.building.draft import write_tables
from rebound_sim.data.official.census import read_census_ages
from rebound_sim.data.official.commuting import read_commuting
from rebound_sim.data.official.figaro import read_figaro, table_sector
from rebound_sim.data.official.flores import read_flores
from rebound_sim.data.official.recognise import RecognisedTable, recognise
from rebound_sim.data.official.record import FileRecord
from rebound_sim.data.official.unemployment import read_unemployment
from rebound_sim.data.official.urssaf import read_urssaf
from rebound_sim.data.tables import TABLES_VARIABLE

Writer = Callable[..., None]
TITLE_ROWS = [["Taux de chômage localisés"], [], ["Source : Insee"], [], []]


def write_unemployment(folder: Path, workbook: Writer) -> Path:
    path = folder / "chomage-zone-t1-2003-t4-2025.xlsx"
    header = [
        "ZE2020",
        "LIBZE2020",
        "REG",
        "LIBREG",
        *(f"2022-T{q}" for q in range(1, 5)),
        "2025-T4",
    ]
    rows = [
        ["0051", "Ici", "28", "Normandie", 6.0, 6.1, 6.2, 6.3, 6.9],
        ["0051", "Ici", "52", "Pays de la Loire", 6.0, 6.1, 6.2, 6.3, 6.9],
        ["0052", "Là-bas", "93", "Paca", 9.0, None, 9.2, 9.3, 8.8],
    ]
    workbook(path, "txcho_ze", [*TITLE_ROWS, header, *rows])
    return path


def read(path: Path) -> tuple[RecognisedTable, FileRecord]:
    """The one table of a file, and an empty record for it."""
    (source,) = recognise(path)
    return source, FileRecord(path.name)


NAMES = {"0051": "Ici", "0052": "Là-bas"}


def test_unemployment_workbook(tmp_path: Path, workbook: Writer) -> None:
    source, record = read(write_unemployment(tmp_path, workbook))
    rates = read_unemployment(source, record, NAMES).rates
    assert rates["0051"] == {
        "2022-T1": 6.0,
        "2022-T2": 6.1,
        "2022-T3": 6.2,
        "2022-T4": 6.3,
        "2025-T4": 6.9,
    }
    assert "2022-T2" not in rates["0052"]  # an empty cell is not a zero
    assert (record.repeated, record.vintage) == (1, "2022 T1-2025 T4")


def test_unemployment_csv_variant(tmp_path: Path) -> None:
    path = tmp_path / "chomage.csv"
    text = (
        "\ufeffZE2020;LIBZE2020;1er trimestre 2003;2e trimestre 2003;3e trimestre 2003\r\n"
        "0051;Ici;7,0;7,4;\r\n52;Là-bas;10,9;nd;10,8\r\n"
    )
    path.write_text(text, encoding="utf-8", newline="")
    source, record = read(path)
    assert source.kind.name == "unemployment"
    assert read_unemployment(source, record, NAMES).rates == {
        "0051": {"2003-T1": 7.0, "2003-T2": 7.4},
        "0052": {"2003-T1": 10.9, "2003-T3": 10.8},
    }
    assert record.statuses == {"unpublished": 1}


def write_geography(folder: Path, workbook: Writer) -> None:
    header = ["CODGEO", "LIBGEO", "ZE2020", "LIBZE2020", "ZE2020_PARTIE_REG", "DEP", "REG"]
    rows = [["61000", "Commune 0", "0052", "Là-bas", "", "61", "28"]]
    workbook(
        folder / "ZE2020_au_01-01-2025.xlsx", "Composition_communale", [*TITLE_ROWS, header, *rows]
    )


def flores_rows() -> list[tuple[object, ...]]:
    sizes = {
        "E1T4": (300, 600),
        "E5T9": (100, 700),
        "E10T19": (50, 700),
        "E20T49": (30, 900),
        "E50T99": (10, 700),
        "E100T199": (5, 700),
        "E200T499": (2, 600),
        "E_GE500": (1, 1100),
    }
    rows: list[tuple[object, ...]] = [
        ("0051", "ZE2020", "_T", size, "1T9X7", measure, "A", 2024, value)
        for size, pair in sizes.items()
        for measure, value in zip(("UNIT_LOC", "EMPL3112"), pair, strict=True)
    ]
    rows += [
        ("0051", "ZE2020", "CA", "_T", "1T9X7", "EMPL3112", "A", 2024, 2500),
        ("0051", "ZE2020", "GZ", "_T", "1T9X7", "EMPL3112", "A", 2024, 3500),
        ("0051", "ZE2020", "GZ", "_T", "7", "EMPL3112", "A", 2024, 99),
        ("28", "REG", "GZ", "_T", "1T9X7", "EMPL3112", "A", 2024, 12345),
        ("0052", "ZE2020", "GZ", "_T", "1T9X7", "EMPL3112", "A", 2024, ""),
    ]
    return rows


def test_flores(tmp_path: Path, csv_file: Writer) -> None:
    path = tmp_path / "DS_FLORES_A38_2024_data.csv"
    csv_file(path, FLORES, flores_rows(), delimiter=";")
    source, record = read(path)
    figures = read_flores(source, record, NAMES)
    assert record.statuses == {"unpublished": 1}
    assert figures.year == "2024"
    assert dict(figures.sector_jobs) == {"0051": {"CA": 2500, "GZ": 3500}}
    assert sum(figures.size_jobs["0051"].values()) == 6000
    assert sum(figures.establishments["0051"].values()) == 498


def test_commuting_matches_any_year(tmp_path: Path, csv_file: Writer) -> None:
    path = tmp_path / "base-flux-mobilite-domicile-lieu-travail-2023.csv"
    header = ("CODGEO", "LIBGEO", "DCLT", "L_DCLT", "NBFLUX_C23_ACTOCC15P")
    rows = [
        ("A", "", "B", "", 10.5),
        ("A", "", "A", "", 4.25),
        ("B", "", "BE00", "", 3),
        ("X", "", "A", "", 0.1),
    ]
    csv_file(path, header, rows, delimiter=";")
    source, record = read(path)
    assert source.kind.name == "commuting"
    flows = read_commuting(source, record, {"A": "0051", "B": "0052"})
    assert record.vintage == "2023"
    assert flows == {("0051", "0052"): 10.5, ("0051", "0051"): 4.25, ("0052", "OUT"): 3.0}


def census_rows() -> list[tuple[object, ...]]:
    ages = {"Y15T19": 60, "Y20T24": 40, "Y25T39": 300, "Y40T54": 300, "Y55T64": 200, "_T": 900}
    rows: list[tuple[object, ...]] = [
        ("2025-ZE2020-0051", "ZE2020", "2022", "_T", age, "POP", value, "A")
        for age, value in ages.items()
    ]
    rows.append(("2025-ZE2020-0051", "ZE2020", "2022", "F", "Y25T39", "POP", 150, "A"))
    rows.append(("2025-DEP-61", "DEP", "2022", "_T", "Y25T39", "POP", 1, "A"))
    return rows


CENSUS_HEADER = (
    "GEO",
    "GEO_OBJECT",
    "TIME_PERIOD",
    "SEX",
    "AGE",
    "RP_MEASURE",
    "OBS_VALUE",
    "OBS_STATUS",
)


def test_census_from_melodi(tmp_path: Path, csv_file: Writer) -> None:
    path = tmp_path / "DS_RP_POPULATION_PRINC_2022_data.csv"
    csv_file(path, CENSUS_HEADER, census_rows(), delimiter=";")
    source, record = read(path)
    ages = read_census_ages(source, record, NAMES)
    assert record.vintage == "2022"
    assert ages == {"0051": {"15-24": 100.0, "25-39": 300.0, "40-54": 300.0, "55-64": 200.0}}


URSSAF_HEADER = (
    "code_zone_d_emploi",
    "annee",
    "trimestre",
    "effectifs_salaries_cvs",
    "masse_salariale_cvs",
)
URSSAF_ROWS = [
    ("0051", 2025, 4, 1000, 7_500_000), ("51", 2025, 4, 500, 3_300_000),
    ("0051", 2025, 3, 1, 1), ("0052", 2025, 4, 200, 1_200_000),
]  # fmt: skip


def test_urssaf_sums_the_regional_parts_of_a_zone(tmp_path: Path, csv_file: Writer) -> None:
    path = tmp_path / "export.csv"
    csv_file(path, URSSAF_HEADER, URSSAF_ROWS, delimiter=";")
    source, record = read(path)
    figures = read_urssaf(source, record, NAMES)
    assert record.vintage == "2025 T4"
    assert figures == {"0051": (1500.0, 2400.0), "0052": (200.0, 2000.0)}


@pytest.mark.parametrize(
    ("code", "sector"),
    [
        ("A01", "AZ"),
        ("C10T12", "CA"),
        ("CPA_C31_32", "CM"),
        ("E37T39", "EZ"),
        ("J62_63", "JC"),
        ("M69_70", "MA+MB+MC"),
        ("Q87_88", "QA+QB"),
        ("L", "LZ"),
        ("T", "TZ"),
        ("U", None),
        ("D", "DZ"),
        ("D1", None),
        ("D21X31", None),
        ("B", "BZ"),
        ("B2A3G", None),
        ("P3_S14", None),
        ("OP_RES", None),
    ],
)
def test_figaro_codes(code: str, sector: str | None) -> None:
    assert table_sector(code) == sector


FIGARO_HEADER = ("refArea", "rowPi", "counterpartArea", "colPi", "obsValue")
FIGARO_ROWS = [
    ("FR", "A01", "FR", "C10T12", 30), ("FR", "A02", "FR", "C10T12", 10),
    ("DE", "C25", "FR", "C29", 7), ("FR", "C29", "DE", "C29", 5), ("FR", "C29", "DE", "P3_S14", 4),
    ("FR", "C10T12", "FR", "P3_S14", 60), ("US", "C26", "FR", "P3_S14", 2),
    ("W2", "D1", "FR", "C10T12", 20), ("W2", "B2A3G", "FR", "C10T12", 15),
    ("W2", "D21X31", "FR", "C10T12", 1), ("DE", "C25", "DE", "C25", 99),
]  # fmt: skip


def test_figaro(tmp_path: Path, csv_file: Writer) -> None:
    path = tmp_path / "flatfile_eu-ic-io_ind-by-ind_25ed_2022.csv"
    csv_file(path, FIGARO_HEADER, FIGARO_ROWS)
    figures = read_figaro(*read(path))
    assert figures.year == "2022"
    assert dict(figures.domestic) == {("AZ", "CA"): 40.0}
    assert dict(figures.imported) == {("CH", "CL"): 7.0}
    uses = {key: value for key, value in figures.uses.items() if value}
    assert uses == {
        ("CL", "exports_intermediate"): 5.0,
        ("CL", "exports_final"): 4.0,
        ("CA", "HFCE"): 60.0,
        ("CI", "imp_HFCE"): 2.0,
        ("CA", "value_added"): 35.0,
        ("CA", "taxes_less_subsidies"): 1.0,
        ("CA", "output"): 76.0,
        ("CL", "output"): 7.0,
    }


def test_official_files_take_the_place_of_prepared_columns(
    tiny_source: Path,
    tmp_path: Path,
    workbook: Writer,
    csv_file: Writer,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    write_unemployment(tiny_source, workbook)
    write_geography(tiny_source, workbook)
    csv_file(tiny_source / "DS_FLORES.csv", FLORES, flores_rows(), delimiter=";")
    csv_file(tiny_source / "census.csv", CENSUS_HEADER, census_rows(), delimiter=";")
    csv_file(tiny_source / "urssaf.csv", URSSAF_HEADER, URSSAF_ROWS, delimiter=";")
    csv_file(tiny_source / "figaro_2022.csv", FIGARO_HEADER, FIGARO_ROWS)
    flows = [("61001", "", "61000", "", 12), ("61000", "", "61000", "", 30)]
    header = ("CODGEO", "LIBGEO", "DCLT", "L_DCLT", "NBFLUX_C23_ACTOCC15P")
    csv_file(tiny_source / "flux.csv", header, flows, delimiter=";")
    tables = build_tables(tiny_source)
    assert len(tables.official) == 7
    zones = {
        row[0]: dict(zip(tables.header["zones"], row, strict=True)) for row in tables.rows["zones"]
    }
    assert zones["0051"]["establishments"] == "498"
    assert zones["0051"]["jobs_under_10"] == "21.67"
    assert zones["0051"]["jobs_100_plus"] == "40"
    assert tables.rows["commuting"] == [["0052", "0052", "42"]]  # 61000 moved to 0052
    notes = {(row[0], row[1]): row for row in tables.rows["columns"]}
    assert notes["unemployment", "*"][5] == "2019 T1-2025 T4"  # 2019 is kept
    assert notes["zones_urssaf", "mean_gross_wage"][5] == "2025 T4"
    assert "FIGARO" in notes["input_output_domestic", "*"][4]
    write_tables(tables, tmp_path / "tables")
    monkeypatch.setenv(TABLES_VARIABLE, str(tmp_path / "tables"))
    from rebound_sim.data.directory import commuting_flows
    from rebound_sim.data.impute import age_shares_from_census
    from rebound_sim.data.tables import optional_table

    assert commuting_flows("0052") == {"0052": 42}
    ages = optional_table("census_age")
    assert ages is not None
    shares = age_shares_from_census(ages.matrix(("15-24", "25-39", "40-54", "55-64"))[0])
    assert shares.sum() == pytest.approx(1)
    assert shares[:2] == pytest.approx([1 / 9, 1 / 3])
