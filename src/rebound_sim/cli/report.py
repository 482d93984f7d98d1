"""`rebound report`: the evaluation report of results, as PDF, HTML and a Word document."""

from __future__ import annotations

from pathlib import Path

import click

from rebound_sim.cli.options import language_option, path_option

_FORMS = ("pdf", "html", "docx")


@click.command()
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@language_option("Language of the report.")
@path_option("--config", help="report.toml: title, author, logo, date, sections, figures, annexes.")
@click.option(
    "--format",
    "forms",
    type=click.Choice(_FORMS),
    multiple=True,
    help="This form alone; may be repeated. Default: all three.",
)
@click.option(
    "--with",
    "beside",
    type=click.Path(path_type=Path),
    multiple=True,
    metavar="FOLDER",
    help="Results of rebound optimise, or a comparison with drivers and value, for the chapter of "
    "decisions; may be repeated. What DIR itself holds is taken without it.",
)
@path_option("--out", help="Where to write.  [default: DIR/report/LANG]", metavar="FOLDER")
def report(
    folder: Path,
    language: str,
    config: Path | None,
    forms: tuple[str, ...],
    beside: tuple[Path, ...],
    out: Path | None,
) -> None:
    """Write report.pdf, .html and .docx from DIR, results of `rebound compare` or `rebound run`.

    Beside them: the report's own tables (report_tables.xlsx, tables/printed/*.csv) and the
    statistics that they rest on (tables/*.csv).
    """
    from rebound_sim.errors import EngineError, InputError
    from rebound_sim.experiment.durable import refuse_unwritable
    from rebound_sim.report.build import write_report
    from rebound_sim.report.decision_tables import RECORDS, decision_places
    from rebound_sim.report.settings import read_settings

    settings, logo = read_settings(config) if config else (None, None)
    for place in beside:
        if not decision_places([place]):
            raise InputError(
                "no study of decision is there",
                file=f"--with {place}",
                allowed="a folder with " + ", ".join(RECORDS.values()),
            )
    target = out or folder / "report" / language
    if folder.is_dir():
        refuse_unwritable(target)
    try:
        written = write_report(folder, target, language, settings, logo, forms or _FORMS, beside)
    except OSError as fault:
        raise EngineError(f"{target}: {fault.strerror or fault}") from None
    reports = [path.name for path in written.paths if path.parent == target]
    tables = len(written.paths) - len(reports)
    shown = ", ".join([str(target / reports[0]), *reports[1:], f"{tables} tables in tables/"])
    click.echo(f"Report: {shown}")
    if written.missing:
        raise EngineError(f"{target}: not made: {'; '.join(written.missing)}")
