"""`rebound tables`: the statistics tables of a comparison for people and other programs."""

from __future__ import annotations

from pathlib import Path

import click

from rebound_sim.cli.options import language_option, path_option

_FORMATS = ("csv", "xlsx", "latex", "markdown")
_PROGRAMS = ("r", "stata", "excel", "python", "duckdb")


@click.command()
@click.argument("folder", metavar="DIR", required=False, type=click.Path(path_type=Path))
@click.option(
    "--format",
    "form",
    type=click.Choice(_FORMATS),
    default="xlsx",
    show_default=True,
    help="One workbook, or a file for each table.",
)
@language_option("Language of headings and words; CSV in French has semicolons and decimal commas.")
@click.option(
    "--only", multiple=True, metavar="TABLE", help="This table; may be repeated. Default: all."
)
@path_option("--out", help="Where to write.  [default: DIR/tables]", metavar="FOLDER")
@click.option(
    "--for",
    "program",
    type=click.Choice(_PROGRAMS),
    help="Print how to open the results in this program, and stop.",
)
def tables(
    folder: Path | None,
    form: str,
    language: str,
    only: tuple[str, ...],
    out: Path | None,
    program: str | None,
) -> None:
    """Write the tables of DIR, results of `rebound compare` or `rebound run`.

    CSV and workbook hold the statistics; LaTeX and Markdown the tables of the report, as it prints
    them, or those of --only, folded.
    """
    from rebound_sim.errors import EngineError, InputError

    if program is not None:
        from rebound_sim.report.opening_notes import note_for

        click.echo(note_for(program))
        return
    if folder is None:
        raise InputError("a results folder is needed", file="DIR", allowed="rebound tables DIR")
    from rebound_sim.report.build import comparison_in
    from rebound_sim.report.export import write_tables
    from rebound_sim.report.programme_tables import book_of

    comparison, manifest = comparison_in(folder)
    book = book_of(comparison, manifest)
    for name in only:
        if name not in book.tables:
            raise InputError.unknown("no such table", name, book.tables, file="--only")
    target = out or folder / "tables"
    try:
        if form in ("latex", "markdown") and not only:
            paths = _tables_of_the_report(folder, target, form, language)
        else:
            paths = write_tables(book, comparison.panels, target, form, language, only)
    except OSError as fault:
        raise EngineError(f"{target}: {fault.strerror or fault}") from None
    click.echo(f"Written: {target} ({', '.join(path.name for path in paths)})")


def _tables_of_the_report(folder: Path, target: Path, form: str, language: str) -> list[Path]:
    """Tables of the report, written without drawing its figures."""
    from rebound_sim.report.blocks import TableBlock
    from rebound_sim.report.build import comparison_in, document_of
    from rebound_sim.report.compact import of_grid
    from rebound_sim.report.export import write_grids
    from rebound_sim.report.settings import ReportSettings

    document, *_ = document_of(
        *comparison_in(folder), language, settings=ReportSettings(figures=()), folder=folder
    )
    grids = [of_grid(block) for block in document.blocks if isinstance(block, TableBlock)]
    return write_grids(grids, target, form, language)
