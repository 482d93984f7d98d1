"""A report, from its results folder to its files."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

from rebound_sim.errors import EngineError, InputError
from rebound_sim.experiment.manifest import Manifest, read_manifest
from rebound_sim.figures import Picture, Subject, draw, names, png, svg
from rebound_sim.figures.draw import told
from rebound_sim.figures.fonts import printable
from rebound_sim.report.blocks import Document, Logo
from rebound_sim.report.decision_tables import decision_places, decision_tables
from rebound_sim.report.export import write_columns, write_csv
from rebound_sim.report.names import shown
from rebound_sim.report.outline import write_outline
from rebound_sim.report.printed_tables import write_printed_tables
from rebound_sim.report.programme_tables import book_of
from rebound_sim.report.render_docx import docx_of
from rebound_sim.report.render_html import html_of
from rebound_sim.report.render_pdf import pdf_of
from rebound_sim.report.sections.annexes import title_of
from rebound_sim.report.sections.findings import kind, units
from rebound_sim.report.sentence import Binding, Run
from rebound_sim.report.settings import ReportSettings
from rebound_sim.report.table import Book
from rebound_sim.report.texts import texts
from rebound_sim.report.writer import FOLDER, Drawn, Writer
from rebound_sim.statistics.comparable import panels_of
from rebound_sim.statistics.programme.summary import Summary
from rebound_sim.whole_files import write_whole

#: Forms of a report: suffix of its file -> what makes it.
FORMS: Mapping[str, Callable[[Document], bytes]] = {
    "pdf": lambda document: pdf_of(document),
    "html": lambda document: html_of(document).encode(),
    "docx": lambda document: docx_of(document),
}


@dataclass(frozen=True)
class WrittenReport:
    """The files of a report, and what could not be made of it, a line each."""

    paths: list[Path]
    missing: list[str]


def write_report(
    folder: str | Path,
    out: Path,
    language: str = "en",
    settings: ReportSettings | None = None,
    logo: Logo | None = None,
    forms: Collection[str] = tuple(FORMS),
    beside: Sequence[Path] = (),
) -> WrittenReport:
    """Write report.pdf, report.html, report.docx, and the tables that they rest on, into a folder.

    forms : of FORMS    beside : folders of an optimisation, or of the drivers and the value of
    information of other worlds, for the chapter of decisions
    tables/*.csv are the statistics, and the columns of figures; report_tables.xlsx and
    tables/printed/*.csv are the report's own tables. A figure that cannot be drawn or a file that
    cannot be made is left out and named. Raises InputError (not results of a run or a comparison,
    or nothing to compare), MissingCell, OSError.
    """
    comparison, manifest = comparison_in(folder)
    missing: list[str] = []
    document, book, drawn = document_of(
        comparison, manifest, language, missing, settings, logo, Path(folder), beside
    )
    tables = out / FOLDER
    tables.mkdir(parents=True, exist_ok=True)
    paths = []
    for form, made in FORMS.items():
        place = out / f"report.{form}"
        place.unlink(missing_ok=True)  # a former one would be taken for this one
        if form not in forms:
            continue
        try:
            write_whole(place, made(document))
            paths.append(place)
        except EngineError as fault:
            missing.append(f"{place.name}: {fault}")
    for table in book:
        paths.append(tables / f"{table.name}.csv")
        write_csv(table, paths[-1])
    for name, columns in drawn.items():
        paths.append(tables / f"figure_{name}.csv")
        write_columns(columns, paths[-1])
    paths += write_printed_tables(document, out, tables / "printed")
    return WrittenReport(paths, missing)


def comparison_in(folder: str | Path) -> tuple[Summary, Manifest]:
    """What is compared in a folder: strategies of a programme, or policies of a zone.

    Raises InputError when the folder holds something else, or nothing that can be compared.
    """
    place = Path(folder)
    manifest = read_manifest(place)
    comparison = Summary(panels_of(place))
    if not comparison.known:
        raise InputError("nothing can be compared in these results", file=str(place))
    return comparison, manifest


def document_of(
    comparison: Summary,
    manifest: Manifest,
    language: str,
    missing: list[str] | None = None,
    settings: ReportSettings | None = None,
    logo: Logo | None = None,
    folder: Path | None = None,
    beside: Sequence[Path] = (),
) -> tuple[Document, Book, dict[str, Mapping[str, Any]]]:
    """The report, the tables that it cites, and the columns that its figures draw.

    missing : receives a line for each figure that cannot be drawn; without it the fault is raised
    beside : as in `write_report`
    """
    settings = settings or ReportSettings()
    studies = decision_places([*([folder] if folder else []), *beside])
    book = book_of(comparison, manifest)
    book = Book({**book.tables, **{table.name: table for table in decision_tables(studies)}})
    title = title_of(language, comparison.panels.title)
    drawn: dict[str, Mapping[str, Any]] = {}
    subject = Subject(
        "run" if manifest.is_of_one_zone else "programme", made=_titled(comparison, title)
    )
    subjects = [subject, *(Subject(kind, place) for kind, place in studies.items())]
    known = {name: one for one in reversed(subjects) for name in names(one) if settings.keeps(name)}

    def drawing(name: str) -> Drawn | None:
        with told(name, missing):
            picture: Picture | None = draw(name, known[name], language) if name in known else None
            if picture is not None:
                image = svg(picture)
                drawn[name] = picture.table
                return Drawn(picture.title, picture.alternative, image, lambda: png(picture))
        return None

    writer = Writer(comparison, book, language, drawing, manifest, folder, settings.figures or ())
    # The first page cites cells too: before the index is written.
    frame = _frame(writer, manifest, title, settings)
    write_outline(writer, settings)
    cited = {reference: number for reference, (number, _) in writer.cited.items()}
    indexed = cited if "cells" in settings.annexes else {}
    return Document(**frame, blocks=writer.blocks, cited=indexed, logo=logo), book, drawn


def _frame(
    writer: Writer, manifest: Manifest, title: str, settings: ReportSettings
) -> dict[str, Any]:
    """Title page and the words around the blocks."""
    day = settings.date or (manifest.written.date() if manifest.written else None)
    where = kind(writer)
    zone = writer.bound("zone", writer.comparison.panels.zones[0])
    about = writer.runs(f"frame.title_{where}", zone=zone)
    facts = [
        (writer.words(f"frame.{key}"), [Run("name", shown(value, 200))])
        for key, value in (("by", settings.author), ("for", settings.commissioner))
        if value
    ]
    arms = Binding(str(len(writer.comparison.panels.strategies)), "")
    design = writer.runs(f"frame.design_{where}", arms=arms, units=units(writer))
    facts.append((writer.words("frame.design"), design))
    if day is not None:
        key = "frame.date_given" if settings.date else "frame.date"
        facts.append((writer.words(key), [Run("text", writer.typography.day(day))]))
    facts.append((writer.words("frame.software"), [Run("text", f"rebound-sim {manifest.version}")]))
    labels = {
        key: writer.words(f"frame.{key}")
        for key, words in texts(writer.language)["frame"].items()
        if "{" not in words
    }
    if "cells" not in settings.annexes:
        labels["tables_note"] = writer.words("frame.no_index")
    return {
        "language": writer.language,
        "title": settings.title or "".join(run.text for run in about),
        "subtitle": shown(settings.subtitle or title, 200),
        "author": settings.author or "",
        "facts": facts,
        "date": (day or date(1970, 1, 1)).isoformat(),
        "labels": labels,
    }


def _titled(comparison: Summary, title: str) -> Summary:
    """The same comparison, for figures: names that can be drawn, a title of the report's language,
    nothing computed again."""
    names = {code: printable(shown(name)) for code, name in comparison.panels.names.items()}
    panels = replace(comparison.panels, title=printable(shown(title, 120)), names=names)
    made = Summary(panels)
    computed = {name: value for name, value in vars(comparison).items() if name != "panels"}
    made.__dict__.update(computed)
    return made
