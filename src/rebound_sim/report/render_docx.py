"""The report as a Word document: headings, captions, lists and tables in Word's own styles.

Captions are numbered fields, so that Word makes lists of tables and of figures; headings of tables
are repeated on each page; figures and tables have their alternative text; numbers of the text are
links to the index. What a user gave goes through python-docx as text, never as markup.
"""

from __future__ import annotations

import io
from datetime import UTC, datetime
from typing import Any

from rebound_sim.report.blocks import (
    Bullets,
    Contents,
    Document,
    Drawing,
    Heading,
    KeyFigures,
    NewPage,
    Paragraph,
    Runs,
    TableBlock,
)
from rebound_sim.report.fitted import fitted
from rebound_sim.report.pages import usual_shape
from rebound_sim.report.sentence import Run

_ACCENT, _QUIET, _BAND, _WARM = "00507D", "4A4A4A", "F1F4F6", "FDF3E7"
_EDGE = {"answer": (_BAND, _ACCENT), "warning": (_WARM, "B35900")}
_LANGUAGES = {"fr": "fr-FR", "en": "en-GB"}
_WIDTH_MM = 166
_SHORT = 14  # rows of a table that is not parted between pages
#: Sizes of letters of a table in points, the usual one first.
_SIZES = {"text": (9, 8, 7), "small": (8, 7, 6), "tiny": (7, 6)}
_DIGIT = 0.56  # width of a digit over its size: of Calibri 0.51, of fonts that stand for it more
_INCH_MM = 25.4
_CELL_MARGIN = 60  # twentieths of a point, on either side of a cell


def docx_of(document: Document) -> bytes:
    """The document as .docx."""
    import docx

    page = _Page(docx.Document(), document)
    page.set_up()
    page.title()
    for block in document.blocks:
        page.add(block)
    stream = io.BytesIO()
    page.word.save(stream)
    return stream.getvalue()


class _Page:
    """A Word document being filled."""

    def __init__(self, word: Any, document: Document) -> None:
        self.word, self.document = word, document
        self._bookmarks = 0

    def set_up(self) -> None:
        """Page, language, styles, properties, page numbers."""
        from docx.enum.text import WD_ALIGN_PARAGRAPH
        from docx.shared import Mm, Pt, RGBColor

        section, styles = self.word.sections[0], self.word.styles
        section.page_width, section.page_height = Mm(210), Mm(297)
        section.left_margin = section.right_margin = Mm(22)
        section.top_margin = section.bottom_margin = Mm(22)
        language = styles.element.find(f".//{_tag('w:rPrDefault')}//{_tag('w:lang')}")
        if language is not None:
            language.set(_tag("w:val"), _LANGUAGES[self.document.language])
        styles["Normal"].font.name, styles["Normal"].font.size = "Calibri", Pt(10.5)
        styles["Normal"].paragraph_format.space_after = Pt(6)
        for name, size in (("Title", 20), ("Heading 1", 15), ("Heading 2", 12), ("Caption", 9)):
            style = styles[name]
            style.font.size, style.font.color.rgb = Pt(size), RGBColor.from_string(_ACCENT)
        styles["Caption"].font.bold = True
        subtitle = styles["Subtitle"].font
        subtitle.italic, subtitle.size = False, Pt(12)
        subtitle.color.rgb = RGBColor.from_string(_QUIET)
        properties = self.word.core_properties
        properties.title, properties.author = self.document.title, self.document.author
        properties.language = _LANGUAGES[self.document.language]
        properties.comments = ""
        day = datetime.fromisoformat(self.document.date).replace(tzinfo=UTC)
        properties.created = properties.modified = day
        words = self.document.labels
        foot = section.footer.paragraphs[0]
        foot.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        foot.add_run(f"{words['page']} ")
        _field(foot, "PAGE", "1")
        foot.add_run(f" {words['of']} ")
        _field(foot, "NUMPAGES", "1")
        section.different_first_page_header_footer = False

    def title(self) -> None:
        """Logo, what this is, title, subtitle, facts."""
        from docx.shared import Mm

        if self.document.logo is not None:
            place = self.word.add_paragraph()
            place.alignment = 2
            shape = place.add_run().add_picture(
                io.BytesIO(self.document.logo.content), height=Mm(18)
            )
            _describe(shape, self.document.logo.alternative)
        self._small(self.document.labels["subtitle"])
        self.word.add_paragraph(self.document.title, style="Title")
        self.word.add_paragraph(self.document.subtitle, style="Subtitle")
        for name, runs in self.document.facts:
            place = self._small(f"{name}{self.document.labels['colon']} ")
            self._flow(place, runs)
            place.paragraph_format.space_after = 0
        self._small(self.document.labels["tables_note"])

    def add(self, block: Any) -> None:
        """One block."""
        if isinstance(block, Heading):
            self._flow(self.word.add_heading(level=block.level), block.runs)
        elif isinstance(block, Paragraph):
            self._paragraph(block)
        elif isinstance(block, Bullets):
            for item in block.items:
                self._flow(self.word.add_paragraph(style="List Bullet"), item)
        elif isinstance(block, KeyFigures):
            self._key_figures(block)
        elif isinstance(block, TableBlock):
            self._grid(block)
        elif isinstance(block, Drawing):
            self._drawing(block)
        elif not isinstance(block, NewPage | Contents):
            raise TypeError(type(block).__name__)

    def _paragraph(self, block: Paragraph) -> None:
        if block.role == "note":
            self._flow(self._small(""), block.runs, size=8.5)
            return
        place = self.word.add_paragraph()
        self._flow(place, block.runs)
        if block.role in _EDGE:
            _framed(place, *_EDGE[block.role])

    def _key_figures(self, block: KeyFigures) -> None:
        from docx.shared import Pt

        table = self.word.add_table(rows=1, cols=len(block.items))
        for cell, (name, value, about) in zip(table.rows[0].cells, block.items, strict=True):
            _shade(cell, _BAND)
            first = cell.paragraphs[0]
            first.add_run(name).font.size = Pt(8.5)
            self._flow(cell.add_paragraph(), value, size=16, bold=True)
            self._flow(cell.add_paragraph(), about, size=8.5)
            for place in cell.paragraphs:
                place.paragraph_format.space_after = 0
        self.word.add_paragraph()

    def _grid(self, block: TableBlock) -> None:
        from docx.enum.text import WD_ALIGN_PARAGRAPH as Align
        from docx.shared import Mm

        self._caption(self.document.labels["table"], block.number, block.caption, keep=True)
        table = self.word.add_table(rows=1, cols=len(block.columns))
        table.autofit = False
        _ruled(table, "".join(run.text for run in block.caption))
        sides = {"left": Align.LEFT, "right": Align.RIGHT, "center": Align.CENTER}
        size, widths = _fitted(block)
        heads = [[Run("text", head)] for head, _, _ in block.columns]
        for column, width in zip(table.columns, widths, strict=True):
            column.width = Mm(_WIDTH_MM * width)
        short = len(block.rows) <= _SHORT
        for number, row in enumerate([heads, *block.rows]):
            cells = (table.rows[0] if not number else table.add_row()).cells
            for place, (cell, runs) in enumerate(zip(cells, row, strict=True)):
                side = block.columns[place][1]
                cell.width = Mm(_WIDTH_MM * widths[place])
                text = cell.paragraphs[0]
                text.alignment = sides[side]
                text.paragraph_format.space_after = 0
                # A short table is not parted, nor from its source.
                text.paragraph_format.keep_with_next = short or not number
                self._flow(text, runs, size=size, bold=not number, linked=bool(number))
                if not number:
                    _shade(cell, _BAND)
        for number, row in enumerate(table.rows):
            _whole_row(row, header=not number)
        self._source(block.source)

    def _drawing(self, block: Drawing) -> None:
        from docx.shared import Mm

        place = self.word.add_paragraph()
        place.paragraph_format.keep_with_next = True
        if block.png is not None:
            image = io.BytesIO(block.png())
            width = usual_shape(block.svg)[0]
            shape = place.add_run().add_picture(image, width=Mm(_WIDTH_MM * width))
            _describe(shape, block.alternative)
        self._caption(self.document.labels["figure"], block.number, block.caption, keep=True)
        self._source(block.source)

    def _caption(self, word: str, number: int, runs: Runs, *, keep: bool = False) -> None:
        place = self.word.add_paragraph(style="Caption")
        place.paragraph_format.keep_with_next = keep
        place.add_run(f"{word}\u00a0")
        _field(place, f"SEQ {word} \\* ARABIC", str(number))
        place.add_run(". – " if self.document.language == "fr" else ". ")
        self._flow(place, runs)

    def _source(self, source: str) -> None:
        if source:
            words = self.document.labels
            self._small(f"{words['source']}{words['colon']} {source}", size=7.5)

    def _small(self, text: str, size: float = 8.5) -> Any:
        place = self.word.add_paragraph()
        self._flow(place, [Run("text", text)], size=size)
        return place

    def _flow(
        self,
        place: Any,
        runs: Runs,
        *,
        size: float | None = None,
        bold: bool = False,
        linked: bool = True,
    ) -> None:
        """Runs of a text; numbers are links to the index, and places of the index bookmarks."""
        from docx.shared import Pt, RGBColor

        for run in runs:
            if not run.text:
                continue
            piece = place.add_run(_plain(run.text))
            piece.bold = True if bold or run.strong else None
            if size is not None:
                piece.font.size = Pt(size)
            if size is not None and size < 9 and not bold and place.style.name == "Normal":
                piece.font.color.rgb = RGBColor.from_string(_QUIET if size == 8.5 else "1A1A1A")
            if run.kind == "code":
                piece.font.name = "Consolas"
            number = self.document.cited.get(run.cells[0].reference, 0) if run.cells else 0
            if number and run.kind == "anchor":
                self._bookmarks += 1
                _bookmark(piece, f"cell{number}", self._bookmarks)
            elif number and run.kind == "cell" and linked:
                _link(piece, f"cell{number}")


def _fitted(block: TableBlock) -> tuple[int, list[float]]:
    """The size of letters of a table and the shares of its columns in the width of the text."""
    heads, sides, shares = zip(*block.columns, strict=True)
    rows = [["".join(run.text for run in cell) for cell in row] for row in block.rows]
    sizes = _SIZES[block.size]
    rooms = [_WIDTH_MM / _INCH_MM * 72 / (_DIGIT * size) for size in sizes]
    place, widths = fitted(sides, heads, rows, [share or 1.0 for share in shares], rooms)
    return sizes[place], widths


def _plain(text: str) -> str:
    """Characters that XML can hold."""
    return "".join(c for c in text if c in "\t\n" or ord(c) >= 32).replace("\u200b", "")


def _tag(name: str) -> str:
    from docx.oxml.ns import qn

    return str(qn(name))


def _element(kind: str, /, **attributes: str) -> Any:
    from docx.oxml import OxmlElement

    made = OxmlElement(kind)
    for key, value in attributes.items():
        made.set(_tag(f"w:{key}"), value)
    return made


def _field(place: Any, code: str, shown: str) -> None:
    """A field that Word computes, with what it shows until then."""
    for kind, text in (
        ("begin", None),
        (None, code),
        ("separate", None),
        ("", shown),
        ("end", None),
    ):
        run = place.add_run()
        if kind:
            run._r.append(_element("w:fldChar", fldCharType=kind))
        elif kind is None:
            instruction = _element("w:instrText")
            instruction.text = f" {text} "
            run._r.append(instruction)
        else:
            run.text = text


def _link(run: Any, anchor: str) -> None:
    element = run._r
    link = _element("w:hyperlink", anchor=anchor)
    element.addprevious(link)
    link.append(element)


def _bookmark(run: Any, name: str, number: int) -> None:
    run._r.addprevious(_element("w:bookmarkStart", id=str(number), name=name))
    run._r.addnext(_element("w:bookmarkEnd", id=str(number)))


def _describe(shape: Any, words: str) -> None:
    shape._inline.docPr.set("descr", words)


def _shade(cell: Any, colour: str) -> None:
    cell._tc.get_or_add_tcPr().append(_element("w:shd", val="clear", color="auto", fill=colour))


def _framed(place: Any, fill: str, edge: str) -> None:
    properties = place._p.get_or_add_pPr()
    borders = _element("w:pBdr")
    borders.append(_element("w:left", val="single", sz="24", space="6", color=edge))
    properties.append(borders)
    properties.append(_element("w:shd", val="clear", color="auto", fill=fill))


def _ruled(table: Any, words: str) -> None:
    """Rules above and below, thin ones between rows; the caption as alternative text."""
    properties = table._tbl.tblPr
    borders = _element("w:tblBorders")
    for side, size in (("top", "8"), ("bottom", "8"), ("insideH", "4")):
        borders.append(_element(f"w:{side}", val="single", sz=size, space="0", color="9AA5AD"))
    properties.append(borders)
    look = properties.find(_tag("w:tblLook"))
    if look is not None:
        properties.remove(look)
        properties.append(look)
    margins = _element("w:tblCellMar")
    for side in ("left", "right"):
        margins.append(_element(f"w:{side}", w=str(_CELL_MARGIN), type="dxa"))
    look = properties.find(_tag("w:tblLook"))
    if look is None:
        properties.append(margins)
    else:
        look.addprevious(margins)
    properties.append(_element("w:tblCaption", val=words[:250]))


def _whole_row(row: Any, *, header: bool) -> None:
    properties = row._tr.get_or_add_trPr()
    properties.append(_element("w:cantSplit"))
    if header:
        properties.append(_element("w:tblHeader"))
