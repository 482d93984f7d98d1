"""The report of a comparison, from its results folder to its files."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from rebound_sim.errors import EngineError, InputError
from rebound_sim.experiment.manifest import Manifest, read_manifest
from rebound_sim.figures import Picture, Subject, draw, names, svg
from rebound_sim.figures.draw import told
from rebound_sim.figures.fonts import printable
from rebound_sim.report.blocks import Document
from rebound_sim.report.export import write_csv
from rebound_sim.report.names import shown
from rebound_sim.report.programme_tables import book_of
from rebound_sim.report.render_html import html_of
from rebound_sim.report.render_pdf import pdf_of
from rebound_sim.report.sections import closing, opening, people, results
from rebound_sim.report.sentence import Run
from rebound_sim.report.table import Book
from rebound_sim.report.texts import texts
from rebound_sim.report.writer import FOLDER, Drawn, Writer
from rebound_sim.statistics.programme import as_programme
from rebound_sim.statistics.programme.summary import Comparison

_SECTIONS = (
    opening.summary, opening.question, results.basins, results.jobs,
    people.account, results.money, people.costs, people.displaced, results.back,
    results.zones, closing.robustness, closing.limits, opening.method,
    closing.zone_tables, closing.parameters, closing.provenance, closing.cells,
)  # fmt: skip


@dataclass(frozen=True)
class Written:
    """The files of a report, and what could not be made of it, a line each."""

    paths: list[Path]
    missing: list[str]


def write_report(folder: str | Path, out: Path, language: str = "en") -> Written:
    """Write report.html, tables/*.csv and report.pdf into a folder.

    A figure that cannot be drawn or a PDF that cannot be made is left out and named. Raises
    InputError (not a comparison, or nothing to compare), MissingCell, OSError.
    """
    comparison, manifest = comparison_in(folder)
    missing: list[str] = []
    document, book, drawn = document_of(comparison, manifest, language, missing)
    tables = out / FOLDER
    tables.mkdir(parents=True, exist_ok=True)
    paths = [out / "report.html"]
    paths[0].write_text(html_of(document), encoding="utf-8", newline="\n")
    for table in book:
        paths.append(tables / f"{table.name}.csv")
        write_csv(table, paths[-1])
    for name, columns in drawn.items():
        paths.append(tables / f"figure_{name}.csv")
        _write_columns(columns, paths[-1])
    place = out / "report.pdf"
    place.unlink(missing_ok=True)  # a former one would be taken for this one
    try:
        place.write_bytes(pdf_of(document))
        paths.insert(0, place)
    except EngineError as fault:
        missing.append(f"report.pdf: {fault}")
    return Written(paths, missing)


def comparison_in(folder: str | Path) -> tuple[Comparison, Manifest]:
    """The comparison stored in a folder.

    Raises InputError when the folder holds something else, or nothing that can be compared.
    """
    place = Path(folder)
    manifest = read_manifest(place)
    if manifest.world.get("programme") is None:
        raise InputError(
            "a report is made of a comparison of strategies", file=str(place),
            allowed="the results folder of rebound compare",
        )  # fmt: skip
    comparison = Comparison(as_programme(place))
    if not comparison.known:
        raise InputError("nothing can be compared in these results", file=str(place))
    return comparison, manifest


def document_of(
    comparison: Comparison,
    manifest: Manifest,
    language: str,
    missing: list[str] | None = None,
) -> tuple[Document, Book, dict[str, Mapping[str, Any]]]:
    """The report, the tables that it cites, and the columns that its figures draw.

    missing : receives a line for each figure that cannot be drawn; without it the fault is raised
    """
    book = book_of(comparison, manifest)
    title = closing.title_of(language, comparison.panels.title)
    subject = Subject("programme", made=_titled(comparison, title))
    known = names(subject)
    drawn: dict[str, Mapping[str, Any]] = {}

    def drawing(name: str) -> Drawn | None:
        with told(name, missing):
            picture: Picture | None = draw(name, subject, language) if name in known else None
            if picture is not None:
                image = svg(picture)
                drawn[name] = picture.table
                return Drawn(picture.title, picture.alternative, image)
        return None

    writer = Writer(comparison, book, language, drawing)
    # The first page cites cells too: before the index is written.
    frame = _frame(writer, manifest, title)
    for section in _SECTIONS:
        section(writer)
    cited = {reference: number for reference, (number, _) in writer.cited.items()}
    return Document(**frame, blocks=writer.blocks, cited=cited), book, drawn


def _frame(writer: Writer, manifest: Manifest, title: str) -> dict[str, Any]:
    """Title page and the words around the blocks."""
    written = datetime.fromisoformat(manifest.written_utc).date()
    facts = [
        (writer.words("frame.design"), writer.runs("frame.design_value")),
        (writer.words("frame.date"), [Run("text", writer.typography.day(written))]),
        (writer.words("frame.software"), [Run("text", f"rebound-sim {manifest.version}")]),
    ]
    return {
        "language": writer.language,
        "title": "".join(run.text for run in writer.runs("frame.title")),
        "subtitle": shown(title, 120),
        "facts": facts,
        "date": written.isoformat(),
        "labels": {
            key: writer.words(f"frame.{key}")
            for key, words in texts(writer.language)["frame"].items()
            if "{" not in words
        },
    }


def _titled(comparison: Comparison, title: str) -> Comparison:
    """The same comparison, for figures: names that can be drawn, a title of the report's language,
    nothing computed again."""
    names = {code: printable(shown(name)) for code, name in comparison.panels.names.items()}
    panels = replace(comparison.panels, title=printable(shown(title, 120)), names=names)
    made = Comparison(panels)
    computed = {name: value for name, value in vars(comparison).items() if name != "panels"}
    made.__dict__.update(computed)
    return made


def _write_columns(columns: Mapping[str, Any], path: Path) -> None:
    from rebound_sim.cells import as_cell

    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(columns)
        for row in zip(*columns.values(), strict=True):
            writer.writerow([as_cell(value) for value in row])
