"""`rebound tables`: files in each form, and how to open them elsewhere."""

import csv
import re
from pathlib import Path

import openpyxl
import pytest
from click.testing import CliRunner

from rebound_sim.cli.tables import tables
from rebound_sim.errors import InputError
from rebound_sim.report.programme_tables import book_of
from rebound_sim.report.texts import texts

PAGE = Path(__file__).parents[2] / "docs" / "open_the_results.md"


def run(*arguments):
    return CliRunner().invoke(tables, [str(word) for word in arguments])


def test_french_csv_is_what_a_french_spreadsheet_reads(folder, tmp_path):
    done = run(folder, "--format", "csv", "--lang", "fr", "--out", tmp_path, "--only", "comparison")
    assert done.exit_code == 0, done.output
    stored = list(csv.DictReader((folder / "comparison.csv").read_text("utf-8").splitlines()))
    text = (tmp_path / "comparison.csv").read_text("utf-8-sig")
    found = list(csv.DictReader(text.splitlines(), delimiter=";"))
    assert [row["estimate"].replace(",", ".") for row in found] == [r["estimate"] for r in stored]
    assert any("," in row["estimate"] for row in found)


def test_the_workbook_has_the_numbers_units_and_notes(folder, tmp_path):
    assert run(folder, "--lang", "fr", "--out", tmp_path).exit_code == 0
    book = openpyxl.load_workbook(tmp_path / "tables.xlsx")
    assert book.sheetnames[0] == "Notes"
    heads = [cell.value for cell in book["ledger_summary"][1]]
    assert "payé (EUR)" in heads
    column = heads.index("payé (EUR)")
    stored = csv.DictReader((folder / "ledger_summary.csv").read_text("utf-8").splitlines())
    paid = [float(row["paid_eur"]) for row in stored]
    found = [row[column] for row in book["ledger_summary"].iter_rows(min_row=2, values_only=True)]
    assert found == pytest.approx(paid, rel=1e-5)
    notes = [cell.value for row in book["Notes"].iter_rows() for cell in row]
    assert "A synthetic programme" in notes and "payé (EUR)" in notes


def test_a_table_that_does_not_exist_is_refused(folder):
    fault = run(folder, "--only", "rankin").exception
    assert isinstance(fault, InputError) and fault.nearest == "ranking"


@pytest.mark.parametrize("program", ["r", "stata", "excel", "python", "duckdb"])
def test_notes_are_those_of_the_page(program):
    done = run("--for", program)
    assert done.exit_code == 0
    assert done.output.strip() in PAGE.read_text(encoding="utf-8")
    assert len(done.output) > 200


def test_every_table_and_column_has_words(compared):
    for language in ("en", "fr"):
        words = texts(f"columns_{language}")
        for table in book_of(*compared):
            assert table.name in words["tables"]
            missing = {c.name for c in table.columns} - set(words["labels"])
            assert missing <= {"definition", "interval"}, table.name


def test_column_names_fit_stata():
    known = texts("columns_en")["labels"]
    assert all(re.fullmatch(r"[a-z]\w{0,31}", name) for name in known)
