"""What the report says is what the tables hold, in both languages and both forms."""

import csv
import io
import re
from html.parser import HTMLParser
from itertools import pairwise

import pytest
from click.testing import CliRunner
from pypdf import PdfReader

from rebound_sim.cli.main import cli
from rebound_sim.cli.report import report
from rebound_sim.errors import InputError
from rebound_sim.report import texts as texts_module
from rebound_sim.report.build import document_of
from rebound_sim.report.render_html import html_of
from rebound_sim.report.render_pdf import pdf_of
from rebound_sim.report.table import MissingCell
from rebound_sim.report.typography import Typography

LANGUAGES = ("en", "fr")
#: Words of English that no French text has; names of programs and identifiers are code.
ENGLISH = """
    the and of with without by for from jobs job spent ranking strategy strategies months month cost
    table source page years each between after than interval intervals money paid grants grant
    engineering additional better not are is was were which where unemployed people closure policy
    programme mean same other share total committed allocated seed bars band lower higher difference
    first last luck zone's one's assumed measured calibrated value row column
"""
#: Those that French has too.
SHARED = {"table", "source", "page", "total", "programme"}


@pytest.fixture(scope="module")
def pdfs(documents):
    return {
        language: PdfReader(io.BytesIO(pdf_of(documents[language][0]))) for language in LANGUAGES
    }


@pytest.fixture(scope="module")
def pages(documents):
    return {language: html_of(documents[language][0]) for language in LANGUAGES}


@pytest.fixture(scope="module")
def texts_of_pages(pdfs):
    """The pages before the annexes, whose reading takes long, and the last one."""
    return {
        language: [page.extract_text() for page in (*pdf.pages[:4], pdf.pages[-1])]
        for language, pdf in pdfs.items()
    }


def squeezed(text):
    return re.sub(r"\s", "", text)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_pdf_prints_the_numbers_of_the_tables(texts_of_pages, documents, language):
    _, book, _ = documents[language]
    printed = squeezed(" ".join(texts_of_pages[language]))
    typography = Typography(language)
    for row in book["ranking"].rows:
        if row["arm"] == "none":
            continue
        bounds = (row["additional_jobs"], row["additional_jobs_low"], row["additional_jobs_high"])
        assert squeezed(typography.interval(*bounds, "count")) in printed
        assert squeezed(typography.write(row["public_cost"], "inmeur")) in printed
    for row in book["basins"].rows:
        assert squeezed(typography.write(row["active"], "count")) in printed
        assert squeezed(row["name"]) in printed


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_pdf_is_tagged_and_its_fonts_are_embedded(pdfs, language):
    pdf = pdfs[language]
    root = pdf.trailer["/Root"]
    assert root["/Lang"].lower().startswith(language)
    assert root["/MarkInfo"]["/Marked"]
    assert "pdfuaid" in pdf.xmp_metadata.stream.get_data().decode()
    fonts = {
        str(font.get_object()["/BaseFont"]): font.get_object()
        for page in pdf.pages
        for font in page["/Resources"].get("/Font", {}).values()
    }
    assert fonts
    for name, font in fonts.items():
        assert re.search("Libertinus|DejaVu", name)
        for descendant in font["/DescendantFonts"]:
            held = descendant.get_object()["/FontDescriptor"]
            assert {"/FontFile", "/FontFile2", "/FontFile3"} & set(held)


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_page_is_empty(texts_of_pages, pdfs, language):
    assert min(map(len, texts_of_pages[language])) > 150
    assert 8 <= len(pdfs[language].pages) <= 20


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_number_of_the_text_is_a_link_to_its_cell(documents, pages, language):
    document, book, _ = documents[language]
    page = Page(pages[language])
    links = [link for link in page.attributes("a") if link.get("class") == "cell"]
    assert len(links) > 20
    targets = {found["id"] for found in page.attributes("span") if "id" in found}
    for link in links:
        assert link["href"].removeprefix("#") in targets
        table, key, rest = link["title"].split(": ", 2)
        name = table.removeprefix("tables/").removesuffix(".csv")
        cell = book[name].cell(tuple(key.split(", ")), rest.split(" ")[0])
        assert f"(line {cell.line})" in rest
    assert set(document.cited.values()) == {int(name.removeprefix("cell")) for name in targets}


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_is_whole_and_accessible(pages, language):
    page = Page(pages[language])
    assert page.attributes("html") == [{"lang": language}]
    assert not re.search(r"(src|href)=\"(?!data:|#)", pages[language])
    assert "<script" not in pages[language]
    images = page.attributes("img")
    assert len(images) > 5
    assert all(len(image["alt"]) > 20 and image["src"].startswith("data:") for image in images)
    assert all(head.get("scope") in ("col", "row") for head in page.attributes("th"))
    assert len(page.attributes("h1")) == 1
    levels = [int(tag[1]) for tag in page.tags if re.fullmatch("h[1-6]", tag)]
    assert all(after - before <= 1 for before, after in pairwise(levels))


def test_the_french_report_has_no_english_word(pages):
    page = Page(pages["fr"])
    words = {word.lower() for word in re.findall(r"[A-Za-zÀ-ÿ’']+", " ".join(page.texts))}
    assert sorted(words & (set(ENGLISH.split()) - SHARED)) == []
    alternatives = " ".join(image["alt"] for image in page.attributes("img"))
    said = {word.lower() for word in re.findall(r"[A-Za-zÀ-ÿ’']+", alternatives)}
    assert sorted(said & (set(ENGLISH.split()) - SHARED)) == []


def test_french_spaces_are_narrow(pages):
    for text in Page(pages["fr"]).texts:
        assert not re.search(r"\w [;:!?%»]|« ", text), text
    assert "1er\u00a0novembre\u00a02026" in pages["fr"]
    assert "1\u00a0November\u00a02026" in pages["en"]


def test_a_missing_cell_stops_the_build_and_is_named(compared, monkeypatch):
    known = texts_module.texts("en")
    broken = {
        **known,
        "findings": {**known["findings"], "effect": "{ranking[nobody].additional_jobs:count}"},
    }
    monkeypatch.setattr(texts_module, "texts", lambda _name: broken)
    with pytest.raises(MissingCell, match=r"ranking\[nobody\]\.additional_jobs"):
        document_of(*compared, "en")


def test_the_command_writes_report_and_tables(folder, tmp_path):
    done = CliRunner().invoke(report, [str(folder), "--lang", "fr", "--out", str(tmp_path)])
    assert done.exit_code == 0, done.output
    assert (tmp_path / "report.pdf").read_bytes().startswith(b"%PDF")
    assert '<html lang="fr">' in (tmp_path / "report.html").read_text(encoding="utf-8")
    beside = (tmp_path / "tables/comparison.csv").read_text(encoding="utf-8")
    assert beside == (folder / "comparison.csv").read_text(encoding="utf-8")
    stored = list(csv.DictReader(io.StringIO(beside)))
    printed = squeezed(PdfReader(tmp_path / "report.pdf").pages[0].extract_text())
    end = max(int(row["month"]) for row in stored)
    for row in stored:
        if row["outcome"] == "additional_jobs" and int(row["month"]) == end:
            written = Typography("fr").number(float(row["estimate"]))
            assert squeezed(written) in printed


def test_other_results_are_refused(tmp_path):
    with pytest.raises(InputError, match=r"manifest\.json"):
        CliRunner().invoke(
            cli, ["report", str(tmp_path)], catch_exceptions=False, standalone_mode=False
        )
    (tmp_path / "manifest.json").write_text('{"format": "results 1"}', encoding="utf-8")
    with pytest.raises(InputError, match="rebound compare"):
        CliRunner().invoke(
            cli, ["report", str(tmp_path)], catch_exceptions=False, standalone_mode=False
        )


class Page(HTMLParser):
    """Tags with attributes, and the texts outside code, style and names."""

    def __init__(self, source):
        super().__init__()
        self.tags, self._found, self.texts, self._open = [], [], [], []
        self.feed(source)

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        self._found.append((tag, dict(attrs)))
        if tag in ("code", "style", "bdi"):
            self._open.append(tag)

    def handle_endtag(self, tag):
        if self._open and self._open[-1] == tag:
            self._open.pop()

    def handle_data(self, data):
        if not self._open:
            self.texts.append(data)

    def attributes(self, tag):
        return [attributes for name, attributes in self._found if name == tag]
