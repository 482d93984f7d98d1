"""The report's own tables as files: what is printed, numbers as numbers."""

import csv

import openpyxl
import pytest

from rebound_sim.report.printed_tables import printed_tables, write_printed_tables
from rebound_sim.report.typography import Typography


@pytest.fixture(scope="module")
def files(documents, tmp_path_factory):
    out = tmp_path_factory.mktemp("printed")
    return write_printed_tables(documents["fr"][0], out, out / "printed"), out


def test_each_table_has_a_sheet_and_a_file(files, documents):
    paths, out = files
    grids = [block for block in documents["fr"][0].blocks if block.kind == "grid"]
    book = openpyxl.load_workbook(out / "report_tables.xlsx")
    assert book.sheetnames == [f"Tableau {grid.number}" for grid in grids]
    assert len(paths) == len(grids) + 1


def test_numbers_are_those_printed(files, documents):
    document = documents["fr"][0]
    _, out = files
    table = printed_tables(document)[0]
    text = (out / "printed" / "table_01.csv").read_text("utf-8-sig")
    read = list(csv.DictReader(text.splitlines(), delimiter=";"))
    sheet = openpyxl.load_workbook(out / "report_tables.xlsx")["Tableau 1"]
    assert sheet.cell(1, 1).value == table.caption
    grid = next(block for block in document.blocks if block.kind == "grid")
    written = Typography("fr")
    for number, (row, runs) in enumerate(zip(read, grid.rows, strict=True), start=3):
        mean = float(row["Moyenne"].replace(",", "."))
        low, high = (
            float(row[f"Moyenne (borne {side})"].replace(",", ".")) for side in ("basse", "haute")
        )
        assert low <= mean <= high
        printed = "".join(run.text for cell in runs for run in cell)
        assert written.interval(mean, low, high, "count") in printed
        place = [cell.value for cell in sheet[2]].index("Moyenne") + 1
        assert sheet.cell(number, place).value == mean
