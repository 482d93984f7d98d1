"""`rebound tables`: files in each form, and how to open them elsewhere."""

import csv
import re
import shutil
import subprocess
from pathlib import Path

import openpyxl
import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from rebound_sim.cli.tables import tables
from rebound_sim.errors import InputError
from rebound_sim.report.fitted import fitted
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


@given(st.data())
def test_columns_hold_their_words_and_numbers(data):
    count = data.draw(st.integers(1, 8))
    words = st.text("abcdefg 0123456789,[];", min_size=1, max_size=30)
    cells = st.lists(words, min_size=count, max_size=count)
    sides = data.draw(st.lists(st.sampled_from(["left", "right"]), min_size=count, max_size=count))
    shares = data.draw(st.lists(st.floats(0.4, 5.0), min_size=count, max_size=count))
    rows = data.draw(st.lists(cells, min_size=1, max_size=5))
    headings = data.draw(cells)
    rooms = [60.0, 80.0, 100.0]
    size, found = fitted(sides, headings, rows, shares, rooms)
    assert sum(found) == pytest.approx(1.0) and min(found) > 0.0
    longest = [
        max(
            max(map(len, headings[place].split(" "))),
            *(
                len(row[place]) if side == "right" else max(map(len, row[place].split(" ")))
                for row in rows
            ),
        )
        for place, side in enumerate(sides)
    ]
    # A letter counts for a digit at most, and two lie between columns.
    fits = [sum(longest) + 2 * count <= room for room in rooms]
    if fits[size]:
        assert all(
            share * rooms[size] >= 0.5 * long for share, long in zip(found, longest, strict=True)
        )
    assert not fits[0] or size < 2  # the smallest letters are for what fits in no other


def test_latex_in_french_names_tables_and_keeps_short_ones_whole(folder, tmp_path):
    done = run(folder, "--lang", "fr", "--format", "latex", "--out", tmp_path)
    assert done.exit_code == 0, done.output
    assert r"\renewcommand{\tablename}{Tableau}" in (tmp_path / "tables.tex").read_text("utf-8")
    written = [path.read_text("utf-8") for path in sorted(tmp_path.glob("table_*.tex"))]
    short = [text for text in written if text.count(r"\\") <= 16]
    assert short and all(r"\newpage" in text for text in short)


@pytest.mark.slow
@pytest.mark.parametrize("language", ["en", "fr"])
def test_latex_compiles_and_nothing_leaves_the_page(folder, tmp_path, language):
    if shutil.which("pdflatex") is None:
        pytest.skip("needs pdflatex: apt-get install texlive-latex-base")
    run(folder, "--lang", language, "--format", "latex", "--out", tmp_path)
    command = ["pdflatex", "-interaction=nonstopmode", "-halt-on-error", "tables.tex"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, timeout=300)
    assert done.returncode == 0, done.stdout[-2000:]
    over = re.findall(r"Overfull \\[hv]box \(([\d.]+)pt too", done.stdout)
    assert all(float(points) < 6.0 for points in over), over


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
