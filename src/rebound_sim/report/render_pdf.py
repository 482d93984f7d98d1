"""The report as PDF, with Typst: text goes to the template as data, never as markup."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from functools import cache
from importlib.resources import files
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

from rebound_sim.errors import EngineError
from rebound_sim.figures.fonts import FONT_FOLDER, printable
from rebound_sim.report.blocks import Block, Document, Drawing
from rebound_sim.report.pages import arranged, pieces_of, scaled, usual_shape
from rebound_sim.report.sentence import Run

#: Text without alternative for a figure, untagged tables and missing titles are refused.
STANDARD: Final = "ua-1"
#: Rows of a table and items of a list up to which no page break cuts it.
_STAYS_WHOLE: Final[Mapping[str, int]] = {"grid": 14, "bullets": 3}
#: Points of a page left for errors of measure.
_MARGIN: Final = 6.0


def pdf_of(document: Document) -> bytes:
    """The document as tagged PDF/UA-1, its pages full. Raises EngineError when Typst refuses it."""
    data = _data(document)
    data["blocks"] = _arranged(document, data)
    pages = _typeset(document, data, lambda compiler: _pdf(compiler, document))
    assert isinstance(pages, bytes)
    return pages


def _pdf(compiler: Any, document: Document) -> Any:
    day = datetime.fromisoformat(document.date).replace(tzinfo=UTC)
    return compiler.compile(format="pdf", pdf_standards=[STANDARD], timestamp=day)


def _arranged(document: Document, data: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The blocks in the order in which they are printed, figures as wide as their place asks."""
    asked = {**data, "measured": True}
    told = _typeset(
        document, asked, lambda compiler: compiler.query("<height>", field="value"), pictures=False
    )
    (first, room), *heights = json.loads(told)
    blocks = data["blocks"]
    pieces = pieces_of(blocks, [height for height, _ in heights])
    found = []
    for place in arranged(pieces, room - _MARGIN, first):
        block = blocks[place.block]
        if block["kind"] == "drawing":
            block = {**block, "width": scaled(block["width"], place.scale)}
        elif place.whole:
            block = {**block, "cut": False}
        found.append(block)
    return found


def _typeset(
    document: Document,
    data: Mapping[str, Any],
    ask: Callable[[Any], Any],
    *,
    pictures: bool = True,
) -> Any:
    """What a compiler of the template answers. Raises EngineError."""
    import typst

    with TemporaryDirectory(prefix="rebound-report-", ignore_cleanup_errors=True) as place:
        root = Path(place)
        for name, content in _sources(document, data, pictures=pictures).items():
            (root / name).write_bytes(content)
        fonts = typst.Fonts(include_system_fonts=False, font_paths=[FONT_FOLDER])
        compiler = typst.Compiler(root / "report.typ", root=root, font_paths=fonts)
        try:
            return ask(compiler)
        except typst.TypstError as fault:
            hints = "; ".join([fault.message, *fault.hints])
            raise EngineError(f"the PDF could not be made: {hints}") from None
        except (KeyboardInterrupt, SystemExit):
            raise
        except BaseException as fault:  # a panic of Typst is no Exception
            raise EngineError(
                f"the PDF could not be made: {type(fault).__name__}: {fault}"
            ) from None


def _sources(document: Document, data: Mapping[str, Any], *, pictures: bool) -> dict[str, bytes]:
    """Template, data, logo and figures, by file name."""
    drawings = [block for block in document.blocks if isinstance(block, Drawing)] * pictures
    files = {f"figure{block.number}.svg": block.svg.encode() for block in drawings}
    if document.logo is not None:
        files[f"logo.{document.logo.suffix}"] = document.logo.content
    files["data.json"] = json.dumps(data, ensure_ascii=False).encode()
    files["report.typ"] = _template().encode()
    return files


def _data(document: Document) -> dict[str, Any]:
    """What the template reads."""
    return {
        "language": document.language,
        "measured": False,
        "author": printable(document.author or document.labels["author"]),
        "logo": _logo(document),
        "title": printable(document.title),
        "subtitle": printable(document.subtitle),
        "date": document.date,
        "labels": document.labels,
        "facts": [[name, _runs(runs, document)] for name, runs in document.facts],
        "blocks": [_block(block, document) for block in document.blocks],
    }


def _logo(document: Document) -> dict[str, str] | None:
    if document.logo is None:
        return None
    return {"file": f"logo.{document.logo.suffix}", "alternative": document.logo.alternative}


@cache
def _template() -> str:
    return (files(__package__) / "templates" / "report.typ").read_text(encoding="utf-8")


def _block(block: Block, document: Document) -> dict[str, Any]:
    found: dict[str, Any] = {"kind": block.kind}
    for name, value in vars(block).items():
        if name in ("runs", "caption"):
            found[name] = _runs(value, document)
        elif name == "items" and block.kind == "figures":
            found[name] = [
                [printable(what), *(_runs(runs, document) for runs in told)]
                for what, *told in value
            ]
        elif name == "items":
            found[name] = [_runs(item, document) for item in value]
        elif name == "rows":
            found[name] = [[_runs(cell, document) for cell in row] for row in value]
        elif name == "columns":
            found[name] = [[printable(head), align, width] for head, align, width in value]
        elif name == "svg":
            found["file"] = f"figure{block.number}.svg"  # type: ignore[union-attr]
            found["width"], found["flat"] = usual_shape(value)
        elif name == "png":
            continue
        elif name == "alternative":
            found[name] = printable(value)
        else:
            found[name] = value
    if block.kind in ("grid", "bullets"):
        rows = found["rows" if block.kind == "grid" else "items"]
        found["cut"] = len(rows) > _STAYS_WHOLE[block.kind]
    return found


def _runs(runs: Sequence[Run], document: Document) -> list[dict[str, Any]]:
    found = []
    for run in runs:
        place = document.cited.get(run.cells[0].reference, 0) if run.cells else 0
        found.append(
            {"kind": run.kind, "text": printable(run.text), "cell": place, "strong": run.strong}
        )
    return found
