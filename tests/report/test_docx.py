"""The Word document: real styles, captions, headers, alternative texts; user's text is text."""

import io
import re
import zipfile

import docx
import pytest
from docx.oxml.ns import qn

from rebound_sim.report.build import document_of
from rebound_sim.report.render_docx import docx_of
from report_programmes import made


@pytest.fixture(scope="module")
def word(documents):
    return docx.Document(io.BytesIO(docx_of(documents["fr"][0])))


def test_headings_and_captions_have_the_styles_of_word(word, documents):
    blocks = documents["fr"][0].blocks
    styles = [paragraph.style.name for paragraph in word.paragraphs]
    assert styles.count("Heading 1") == sum(b.kind == "heading" and b.level == 1 for b in blocks)
    drawings, grids = ([b for b in blocks if b.kind == kind] for kind in ("drawing", "grid"))
    assert styles.count("Caption") == len(drawings) + len(grids)
    assert styles.count("Title") == 1 and "List Bullet" in styles
    codes = [e.text for e in word.element.iter(qn("w:instrText"))]
    assert sum("SEQ Tableau" in code for code in codes) == len(grids)
    assert sum("SEQ Figure" in code for code in codes) == len(drawings)


def test_figures_have_their_words_and_tables_their_repeated_header(word, documents):
    blocks = documents["fr"][0].blocks
    described = [e.get("descr") for e in word.element.iter(qn("wp:docPr"))]
    assert described == [b.alternative for b in blocks if b.kind == "drawing"]
    headed = [t for t in word.tables if t.rows[0]._tr.find(f".//{qn('w:tblHeader')}") is not None]
    assert len(headed) == sum(b.kind == "grid" for b in blocks)
    first, grid = headed[0], next(b for b in blocks if b.kind == "grid")
    assert [cell.text for cell in first.rows[0].cells] == [head for head, _, _ in grid.columns]
    assert len(first.rows) == len(grid.rows) + 1


def test_columns_of_tables_hold_their_words(word, documents):
    """In digits of 0.56 of their size, as the widest of the usual fonts has them."""
    grids = [b for b in documents["fr"][0].blocks if b.kind == "grid"]
    tables = [t for t in word.tables if t.rows[0]._tr.find(f".//{qn('w:tblHeader')}") is not None]
    for table, grid in zip(tables, grids, strict=True):
        size = table.rows[0].cells[0].paragraphs[0].runs[0].font.size.pt
        for cell, (head, _, _) in zip(table.rows[0].cells, grid.columns, strict=True):
            longest = max(map(len, head.split(" ")))
            assert cell.width.pt > 0.5 * 0.56 * size * longest, head
        assert sum(c.width.mm for c in table.rows[0].cells) == pytest.approx(166, abs=1.0)


def test_a_figure_its_caption_and_its_source_stay_together(word):
    captions = [p for p in word.paragraphs if p.style.name == "Caption"]
    assert captions and all(p.paragraph_format.keep_with_next for p in captions)


def test_numbers_are_links_to_the_index(word):
    anchors = {e.get(qn("w:anchor")) for e in word.element.iter(qn("w:hyperlink"))}
    marks = {e.get(qn("w:name")) for e in word.element.iter(qn("w:bookmarkStart"))}
    assert len(anchors) > 20 and anchors <= marks


def test_language_title_and_pages_are_said(word, documents):
    assert word.core_properties.title == documents["fr"][0].title
    assert word.core_properties.language == "fr-FR"
    assert "PAGE" in "".join(
        e.text for e in word.sections[0].footer._element.iter(qn("w:instrText"))
    )


def test_names_of_a_user_are_text(monkeypatch):
    monkeypatch.setattr("rebound_sim.report.build.names", lambda _subject: ())
    hostile = "<w:p/>&amp; \x0b]]> \u202e{=HYPERLINK}"
    document, *_ = document_of(*made({"merit": 60, hostile: 40}), "en")
    content = docx_of(document)
    text = "\n".join(p.text for p in docx.Document(io.BytesIO(content)).paragraphs)
    assert "<w:p/>&amp;" in text and "\u202e" not in text
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        xml = archive.read("word/document.xml").decode()
    assert not re.search(r"TargetMode=\"External\"|<w:p/>&", xml)
