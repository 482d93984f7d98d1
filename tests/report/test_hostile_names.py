"""Names with markup, quotes, formulas, right-to-left text or 300 letters stay text everywhere."""

import csv
import io
from dataclasses import replace

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pypdf import PdfReader

from rebound_sim.report.build import document_of
from rebound_sim.report.export import write_tables
from rebound_sim.report.markup import escaped_latex, escaped_markdown
from rebound_sim.report.names import LONGEST, shown
from rebound_sim.report.render_html import html_of
from rebound_sim.report.render_pdf import pdf_of
from rebound_sim.statistics.programme.summary import Summary
from report_programmes import ZONES, made

NAMES = (
    '<script>alert("x")</script> & <img src=x onerror=alert(1)>',
    '#panic("typst") $x$ *b* _i_ @label [y] \\ `code` // {z}',
    '=HYPERLINK("http://example.org","x")',
    "\u202eمرحبا بالعالم שלום\u202c 東京 \U0001f600\x00\x07",
)
STRATEGIES = ("=1+1", "@SUM(A1)", "{{7*7}} {$best} **x** `y` | a", "x" * 300)


@pytest.fixture(scope="module")
def hostile():
    comparison, manifest = made(dict(zip(STRATEGIES, (60, 40, 20, 0), strict=True)))
    names, title = dict(zip(ZONES, NAMES, strict=True)), '+cmd|" /C calc"!A0 <b>'
    panels = replace(comparison.panels, names=names, title=title)
    manifest.world["title"] = panels.title
    return Summary(panels), manifest


@pytest.fixture(scope="module")
def french(hostile):
    return document_of(*hostile, "fr")


def test_the_page_holds_no_tag_of_a_name(french):
    page = html_of(french[0])
    assert "<script" not in page and "<img src=x" not in page and "<b>" not in page
    assert "&lt;script&gt;" in page
    assert "{{7*7}}" in page and "49" not in page.split("{{7*7}}")[1][:3]


def test_the_pdf_prints_names_as_they_are(french):
    pdf = PdfReader(io.BytesIO(pdf_of(french[0])))
    printed = "".join("".join(page.extract_text() for page in pdf.pages[:3]).split())
    assert '#panic("typst")' in printed
    assert "<script>" in printed
    assert "=1+1" in printed and "{$best}" in printed


def test_tables_hold_no_formula(hostile, french, tmp_path):
    panels, book = hostile[0].panels, french[1]
    (path,) = write_tables(book, panels, tmp_path, "xlsx", "fr")
    workbook = openpyxl.load_workbook(path)
    cells = [cell for sheet in workbook for row in sheet.iter_rows() for cell in row]
    assert not [cell for cell in cells if cell.data_type == "f" or cell.hyperlink]
    assert {"=1+1", "@SUM(A1)", NAMES[2]} <= {cell.value for cell in cells}
    for path in write_tables(book, panels, tmp_path, "csv", "fr"):
        with path.open(encoding="utf-8-sig", newline="") as stream:
            for row in csv.reader(stream, delimiter=";"):
                assert not [text for text in row if text.startswith(("=", "+", "@", "\t", "\r"))]


def test_printed_tables_keep_their_shape(hostile, french, tmp_path):
    panels, book = hostile[0].panels, french[1]
    for path in write_tables(book, panels, tmp_path, "markdown", "en"):
        lines = [x for x in path.read_text(encoding="utf-8").splitlines() if x.startswith("|")]
        bars = {line.replace("\\\\", "").replace("\\|", "").count("|") for line in lines}
        assert len(bars) == 1, path.name
    *files, whole = write_tables(book, panels, tmp_path, "latex", "en")
    assert whole.name == "tables.tex"
    for path in files:
        body = path.read_text(encoding="utf-8").split("\\midrule")[1].split("\\end{longtable}")[0]
        counts = {
            line.replace("\\&", "").count("&")
            for line in body.splitlines()
            if line.endswith("\\\\")
        }
        assert len(counts) == 1, path.name


@given(st.text(max_size=80))
def test_no_character_commands_latex(text):
    left = escaped_latex(text)
    for escape in (
        "textbackslash",
        "textasciicircum",
        "textasciitilde",
        "textless",
        "textgreater",
        "textbar",
        "textquotedbl",
        "textasciigrave",
    ):
        left = left.replace(f"\\{escape}{{}}", "")
    for escape in (r"$\le$", r"$\ge$", r"$\infty$", r"\allowbreak{}", "\\,", "{}"):
        left = left.replace(escape, "")
    for character in "{}$&#%_":
        left = left.replace(f"\\{character}", "")
    assert not set("\\{}$&#%_^") & set(left)


@given(st.text(max_size=80))
def test_no_character_commands_markdown(text):
    found = escaped_markdown(text)
    plain = found.replace("\\\\", "")
    for character in "`*_[]<>#|~$&@":
        assert plain.count(character) == plain.count(f"\\{character}")
    assert "\n" not in found


@given(st.text(max_size=400))
def test_a_shown_name_is_one_short_line(name):
    found = shown(name).replace("\u200b", "")
    assert len(found) <= LONGEST
    assert not [c for c in found if c in "\n\r\t\x00\u202e\u2066"]
