"""Source folders for the tests: the real one when it is at hand, and a tiny synthetic one."""

from __future__ import annotations

import csv
import json
import os
import zipfile
from collections.abc import Callable, Sequence
from pathlib import Path
from xml.sax.saxutils import escape

import pytest

from rebound_sim.data.building.zones_columns import URSSAF_COLUMNS, ZONE_COLUMNS
from rebound_sim.data.sectors import INPUT_OUTPUT_SECTORS, SECTOR_CODES

REPOSITORY = Path(__file__).resolve().parents[2]
Rows = Sequence[Sequence[object]]


def real_source() -> Path | None:
    """Folder of the prepared files: REBOUND_SOURCE_DATA, else ../shared/data beside the clone."""
    named = os.environ.get("REBOUND_SOURCE_DATA")
    folder = Path(named) if named else REPOSITORY.parent / "shared" / "data"
    return folder if (folder / "basins.csv").is_file() else None


def write_csv(path: Path, header: Sequence[str], rows: Rows, delimiter: str = ",") -> None:
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file, delimiter=delimiter)
        writer.writerow(header)
        writer.writerows(rows)


def _sheet_xml(rows: Rows) -> str:
    lines = []
    for number, row in enumerate(rows, start=1):
        cells = []
        for position, value in enumerate(row):
            if value is None:
                continue
            reference = f"{chr(ord('A') + position)}{number}"
            if isinstance(value, (int, float)):
                cells.append(f'<c r="{reference}"><v>{value}</v></c>')
            else:
                text = f"<is><t>{escape(str(value))}</t></is>"
                cells.append(f'<c r="{reference}" t="inlineStr">{text}</c>')
        lines.append(f'<row r="{number}">{"".join(cells)}</row>')
    space = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    return f'<worksheet xmlns="{space}"><sheetData>{"".join(lines)}</sheetData></worksheet>'


def write_workbook(path: Path, sheet: str, rows: Rows) -> None:
    """A minimal .xlsx with one sheet; None leaves a cell out, as spreadsheets do."""
    space = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    link = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    package = "http://schemas.openxmlformats.org/package/2006/relationships"
    book = (
        f'<workbook xmlns="{space}" xmlns:r="{link}"><sheets>'
        f'<sheet name="{sheet}" sheetId="1" r:id="rId1"/></sheets></workbook>'
    )
    relations = (
        f'<Relationships xmlns="{package}"><Relationship Id="rId1" '
        f'Type="{link}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>'
    )
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("xl/workbook.xml", book)
        archive.writestr("xl/_rels/workbook.xml.rels", relations)
        archive.writestr("xl/worksheets/sheet1.xml", _sheet_xml(rows))


ZONES = (("0051", "Ici", 1.0), ("0052", "Là-bas", 2.0), ("0101", "Outre-mer", 0.5))
_TEXTS = {"ti183_ids": "ti-0001", "region_main": "28"}


def _basins(folder: Path) -> None:
    columns = {c.prepared: c for c in (*ZONE_COLUMNS, *URSSAF_COLUMNS)}
    rows = []
    for code, name, size in ZONES:
        row: list[object] = []
        for prepared, column in columns.items():
            census_only = prepared.startswith(("rp22", "flores23", "filosofi21"))
            if prepared == "ze2020":
                row.append(code)
            elif prepared == "name":
                row.append(name)
            elif prepared in _TEXTS:
                row.append(_TEXTS[prepared])
            elif code == "0101" and census_only:
                row.append("")
            else:
                row.append(10_000 * size if not column.decimals else 20.0 + size)
        rows.append(row)
    write_csv(folder / "basins.csv", list(columns), rows)


def _series(folder: Path) -> None:
    jobs = [(c, s, 100 + i) for c, _, _ in ZONES for i, s in enumerate(SECTOR_CODES) if s != "TZ"]
    write_csv(
        folder / "salaried_jobs_ze2020_a38_2024.csv", ("ze2020", "a38", "salaried_jobs"), jobs
    )
    years = [(c, y, 4000 * s) for c, _, s in ZONES for y in range(1998, 2024)]
    write_csv(
        folder / "salaried_jobs_ze2020_yearly.csv", ("ze2020", "year", "salaried_jobs"), years
    )
    quarters = [
        (c, f"{y}-T{q}", 7.5) for c, _, _ in ZONES for y in (2019, 2022) for q in range(1, 5)
    ]
    write_csv(
        folder / "unemployment_rate_ze2020_quarterly.csv",
        ("ze2020", "quarter", "rate_pct"),
        quarters,
    )
    private = [(c, s, 90, 95, 97, 99) for c, _, _ in ZONES for s in SECTOR_CODES[1:36]]
    write_csv(
        folder / "private_jobs_ze2020_a38.csv",
        ("ze2020", "a38", "y2019", "y2022", "y2023", "y2024"),
        private,
    )


def _places(folder: Path) -> None:
    header = (
        "CODGEO",
        "LIBGEO",
        "ZE2020",
        "LIBZE2020",
        "ZE2020_PARTIE_REG",
        "DEP",
        "REG",
        "EPCI",
        "LIBEPCI",
        "POP_LEGALE_ETALAB2026",
    )
    communes = [
        (
            f"610{i:02d}",
            f"Commune {i}",
            ZONES[i % 3][0],
            "",
            "",
            "61",
            "28",
            f"2000{i % 2}",
            f"CC {i % 2}",
            1000 + i,
        )
        for i in range(18)
    ]
    write_csv(folder / "communes_ze2020_epci_2023.csv", header, communes)
    months = (
        "anc_moins_3_mois",
        "anc_3_a_5_mois",
        "anc_6_a_11_mois",
        "anc_12_a_23_mois",
        "anc_24_a_35_mois",
        "anc_plus_36_mois",
    )
    seekers = [(f"2000{i}.0", f"CC {i}", 10, 20, 30, 40, 50, 60, 210) for i in range(2)]
    write_csv(
        folder / "jobseekers_epci_2019_anciennete.csv",
        ("code_epci", "lib_epci", *months, "total"),
        seekers,
    )
    write_csv(
        folder / "territoires_industrie_183_epci_2024.csv",
        ("id_ti", "lib_ti", "siren", "lib", "kind"),
        [("ti-0001", "Un", "20000", "CC 0", "epci")],
    )
    write_csv(
        folder / "territoires_industrie_183_x_ze2020.csv",
        ("id_ti", "ZE2020", "n_communes", "population"),
        [("ti-0001", "0051", 3, 3000.0)],
    )


def _national(folder: Path) -> None:
    size = len(INPUT_OUTPUT_SECTORS)
    for kind, flow in (("domestic", 2.0), ("imported", 1.0)):
        rows = [(code, *([flow] * size)) for code in INPUT_OUTPUT_SECTORS]
        name = f"io_france_2014_a38_Z_{kind}.csv"
        write_csv(folder / name, ("", *INPUT_OUTPUT_SECTORS), rows)
    uses = (
        "HFCE",
        "NPISH",
        "GGFC",
        "GFCF",
        "INVNT",
        "DPABR",
        "imp_HFCE",
        "imp_NPISH",
        "imp_GGFC",
        "imp_GFCF",
        "imp_INVNT",
        "imp_DPABR",
        "exports_intermediate",
        "exports_final",
    )
    demand = [(code, *([3.0] * len(uses))) for code in INPUT_OUTPUT_SECTORS]
    write_csv(folder / "io_france_2014_a38_final_demand.csv", ("", *uses), demand)
    totals = [(code, 2.0 * size + 24, 30.0, 0.0) for code in INPUT_OUTPUT_SECTORS]
    write_csv(
        folder / "io_france_2014_a38_totals.csv",
        ("", "output", "value_added", "taxes_less_subsidies"),
        totals,
    )
    oecd = [
        (v, "", s, "", "BSC", f"NSC-{k}", "", 2019, 10.0 * k)
        for v in ("ENTR", "EMPN")
        for s in ("10_33", "41_43")
        for k in range(1, 6)
    ]
    write_csv(
        folder / "oecd_size_class_france_2014_2020.csv",
        ("VAR", "Variable", "ISIC4", "ISIC4.1", "SRC", "SCL", "Size Class", "TIME", "Value"),
        oecd,
    )
    from rebound_sim.data.building.build import FRANCE

    write_csv(
        folder / "indicators_ze2020_147.csv",
        ("code", *FRANCE.values()),
        [("00FR", *([50.0] * len(FRANCE)))],
    )


def _boundaries(folder: Path) -> None:
    # Two squares of one degree side by side on the 46th parallel, sharing one arc.
    arcs = [
        [[1, 46], [1, 47]],
        [[1, 47], [0, 47], [0, 46], [1, 46]],
        [[1, 46], [2, 46], [2, 47], [1, 47]],
    ]
    shapes = [
        {"type": "Polygon", "arcs": [[0, 1]], "properties": {"ze2020": "0051"}},
        {"type": "MultiPolygon", "arcs": [[[2, -1]]], "properties": {"ze2020": "0052"}},
    ]
    topology = {"type": "Topology", "arcs": arcs, "objects": {"data": {"geometries": shapes}}}
    (folder / "zones.topojson").write_text(json.dumps(topology), encoding="utf-8")


def make_tiny_source(folder: Path) -> Path:
    """Two mainland zones and one overseas, in every prepared format."""
    folder.mkdir(parents=True, exist_ok=True)
    for write in (_basins, _series, _places, _national, _boundaries):
        write(folder)
    return folder


@pytest.fixture
def tiny_source(tmp_path: Path) -> Path:
    """A synthetic source folder."""
    return make_tiny_source(tmp_path / "source")


@pytest.fixture
def source_folder() -> Callable[[], Path | None]:
    """Where the real source folder is, or None."""
    return real_source


@pytest.fixture
def workbook() -> Callable[[Path, str, Rows], None]:
    """Writer of minimal .xlsx files."""
    return write_workbook


@pytest.fixture
def csv_file() -> Callable[..., None]:
    """Writer of CSV files."""
    return write_csv
