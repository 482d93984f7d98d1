"""`rebound report`: the evaluation report of a comparison, as PDF and as one HTML file."""

from __future__ import annotations

from pathlib import Path

import click


@click.command()
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@click.option(
    "--lang", "language", type=click.Choice(["en", "fr"]), default="en", show_default=True,
    help="Language of the report.",
)  # fmt: skip
@click.option(
    "--out", type=click.Path(path_type=Path), metavar="FOLDER",
    help="Where to write.  [default: DIR/report/LANG]",
)  # fmt: skip
def report(folder: Path, language: str, out: Path | None) -> None:
    """Write report.pdf, report.html and tables/*.csv from DIR, the results of `rebound compare`."""
    from rebound_sim.errors import EngineError
    from rebound_sim.report.build import write_report

    target = out or folder / "report" / language
    try:
        written = write_report(folder, target, language)
    except OSError as fault:
        raise EngineError(f"{target}: {fault.strerror or fault}") from None
    reports = [path.name for path in written.paths if path.parent == target]
    tables = len(written.paths) - len(reports)
    shown = ", ".join([str(target / reports[0]), *reports[1:], f"{tables} tables in tables/"])
    click.echo(f"Report: {shown}")
    if written.missing:
        raise EngineError(f"{target}: not made: {'; '.join(written.missing)}")
