"""Findings in the words of the report: its first section, written for the page."""

from __future__ import annotations

from typing import Any

from markupsafe import Markup

from rebound_sim.report.blocks import Bullets, KeyFigures, Paragraph, Runs
from rebound_sim.report.sections.findings import findings
from rebound_sim.report.table import Book
from rebound_sim.report.writer import Writer
from rebound_sim.statistics.programme.summary import Summary


def findings_of(comparison: Summary, book: Book, language: str) -> list[dict[str, Any]]:
    """Paragraphs, lists and key figures, in order, as HTML; tables of the section are left out.

    kind : "paragraph" (role, text), "bullets" (items), "cards" (items: name, value, about)
    """
    writer = Writer(comparison, book, language, lambda _name: None)
    findings(writer)
    found: list[dict[str, Any]] = []
    for block in writer.blocks:
        if isinstance(block, Paragraph):
            found.append({"kind": "paragraph", "role": block.role, "text": _text(block.runs)})
        elif isinstance(block, Bullets):
            found.append({"kind": "bullets", "items": [_text(item) for item in block.items]})
        elif isinstance(block, KeyFigures):
            items = [(name, _text(value), _text(about)) for name, value, about in block.items]
            found.append({"kind": "cards", "items": items})
    return found


def _text(runs: Runs) -> Markup:
    """Text as HTML: escaped, what is strong marked as such."""
    parts = (Markup("<strong>{}</strong>" if run.strong else "{}").format(run.text) for run in runs)
    return Markup("").join(parts)
