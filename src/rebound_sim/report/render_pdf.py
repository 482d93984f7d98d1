"""The report as PDF, with Typst: text goes to the template as data, never as markup."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from datetime import UTC, datetime
from functools import cache
from importlib.resources import files
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

from rebound_sim.errors import EngineError
from rebound_sim.figures.fonts import FONT_FOLDER, printable
from rebound_sim.report.blocks import Block, Document, Drawing
from rebound_sim.report.sentence import Run

#: Text without alternative for a figure, untagged tables and missing titles are refused.
STANDARD: Final = "ua-1"
#: Height of a figure over the width of the text, at most.
_HIGHEST: Final = 0.62


def pdf_of(document: Document) -> bytes:
    """The document as tagged PDF/UA-1. Raises EngineError when Typst refuses it.

    Figures wait for room on their page or the next; where that breaks the structure of the document
    they stand where they are cited.
    """
    try:
        pages = _compiled(document, "pdf")
    except EngineError:
        pages = _compiled(document, "pdf", floating=False)
    assert isinstance(pages, bytes)
    return pages


def _compiled(
    document: Document, form: str, ppi: float | None = None, *, floating: bool = True
) -> Any:
    import typst

    with TemporaryDirectory(prefix="rebound-report-", ignore_cleanup_errors=True) as place:
        root = Path(place)
        for name, content in _sources(document, floating=floating).items():
            (root / name).write_bytes(content)
        fonts = typst.Fonts(include_system_fonts=False, font_paths=[FONT_FOLDER])
        compiler = typst.Compiler(root / "report.typ", root=root, font_paths=fonts)
        day = datetime.fromisoformat(document.date).replace(tzinfo=UTC)
        try:
            if form == "png":
                return compiler.compile(format="png", ppi=ppi)
            return compiler.compile(format="pdf", pdf_standards=[STANDARD], timestamp=day)
        except typst.TypstError as fault:
            hints = "; ".join([fault.message, *fault.hints])
            raise EngineError(f"the PDF could not be made: {hints}") from None
        except (KeyboardInterrupt, SystemExit):
            raise
        except BaseException as fault:  # a panic of Typst is no Exception
            raise EngineError(
                f"the PDF could not be made: {type(fault).__name__}: {fault}"
            ) from None


def _sources(document: Document, *, floating: bool) -> dict[str, bytes]:
    """Template, data, logo and figures, by file name."""
    drawings = [block for block in document.blocks if isinstance(block, Drawing)]
    files = {f"figure{block.number}.svg": block.svg.encode() for block in drawings}
    if document.logo is not None:
        files[f"logo.{document.logo.suffix}"] = document.logo.content
    data = {
        "language": document.language,
        "floating": floating,
        "author": printable(document.author or document.labels["author"]),
        "logo": _logo(document),
        "title": printable(document.title),
        "subtitle": printable(document.subtitle),
        "date": document.date,
        "labels": document.labels,
        "facts": [[name, _runs(runs, document)] for name, runs in document.facts],
        "blocks": [_block(block, document) for block in document.blocks],
    }
    files["data.json"] = json.dumps(data, ensure_ascii=False).encode()
    files["report.typ"] = _template().encode()
    return files


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
            found["width"] = _share_of_width(value)
        elif name == "png":
            continue
        elif name == "alternative":
            found[name] = printable(value)
        else:
            found[name] = value
    return found


def _share_of_width(svg: str) -> float:
    """The width of a figure over that of the text, so that no figure takes half a page."""
    size = re.search(r'<svg[^>]*?\bwidth="([\d.]+)[^>]*?\bheight="([\d.]+)', svg[:2_000], re.S)
    if size is None:
        return 1.0
    return min(1.0, _HIGHEST * float(size[1]) / float(size[2]))


def _runs(runs: Sequence[Run], document: Document) -> list[dict[str, Any]]:
    found = []
    for run in runs:
        place = document.cited.get(run.cells[0].reference, 0) if run.cells else 0
        found.append(
            {"kind": run.kind, "text": printable(run.text), "cell": place, "strong": run.strong}
        )
    return found
