"""The statistics tables as files: CSV (also for French Excel), XLSX, LaTeX, Markdown."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from rebound_sim.cells import write_csv_rows
from rebound_sim.report.compact import of_stored
from rebound_sim.report.markup import PrintedGrid, document, latex, markdown
from rebound_sim.report.people_tables import people_tables
from rebound_sim.report.table import Book, ReportTable
from rebound_sim.report.workbook import write_workbook
from rebound_sim.statistics.panels import Panels
from rebound_sim.whole_files import write_text_whole

FORMATS = ("csv", "xlsx", "latex", "markdown")
_SUFFIX = {"latex": "tex", "markdown": "md"}


def write_tables(
    book: Book,
    panels: Panels,
    out: Path,
    form: str = "csv",
    language: str = "en",
    only: Sequence[str] = (),
) -> list[Path]:
    """Write tables into a folder in a format of FORMATS; return the paths.

    csv in French: `;` between cells and a decimal comma, with the mark that Excel looks for.
    latex, markdown: stored tables folded (see `compact`); `write_grids` writes those of the report.
    Raises MissingCell (an unknown table), OSError.
    """
    out.mkdir(parents=True, exist_ok=True)
    chosen = [book[name] for name in only] if only else list(book)
    if form == "csv":
        paths = [out / f"{table.name}.csv" for table in chosen]
        for table, path in zip(chosen, paths, strict=True):
            write_csv(table, path, language)
        return paths
    names = [table.name for table in chosen]
    if form == "xlsx":
        path = out / "tables.xlsx"
        write_workbook(list(people_tables(book, language, names)), path, panels, language)
        return [path]
    folded = [of_stored(told, language) for told in people_tables(book, language, names)]
    return write_grids(folded, out, form, language)


def write_grids(tables: Iterable[PrintedGrid], out: Path, form: str, language: str) -> list[Path]:
    """Write printed tables as LaTeX (with `tables.tex`, which reads them all) or as Markdown.

    Returns the paths. Raises OSError.
    """
    out.mkdir(parents=True, exist_ok=True)
    paths = []
    for table in tables:
        paths.append(out / f"{table.name}.{_SUFFIX[form]}")
        text = latex(table) if form == "latex" else markdown(table)
        write_text_whole(paths[-1], text)
    if form == "latex":
        whole = out / "tables.tex"
        write_text_whole(whole, document([path.stem for path in paths], language))
        paths.append(whole)
    return paths


def write_csv(table: ReportTable, path: Path, language: str = "en") -> None:
    """One table with the column names of the store; text that a spreadsheet would take for a
    formula stands after an apostrophe."""
    names = [column.name for column in table.columns]
    rows = ([row[name] for name in names] for row in table.rows)
    write_csv_rows(path, names, rows, french=language == "fr")


def write_columns(columns: Mapping[str, Any], path: Path) -> None:
    """Columns of one length, as a figure draws them."""
    write_csv_rows(path, columns, zip(*columns.values(), strict=True))
