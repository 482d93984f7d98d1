"""`rebound page`: a results folder as one file to explore, in French and English."""

from __future__ import annotations

from pathlib import Path

import click

from rebound_sim.cli.options import language_option, path_option


@click.command()
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@language_option("Language shown first; the page holds both.", "fr")
@path_option("--out", help="Where to write.  [default: DIR/page.html]")
def page(folder: Path, language: str, out: Path | None) -> None:
    """Write one HTML file from DIR, the results of `rebound run`, `compare` or `sweep`.

    It opens from a disk, asks nothing of a server or of the network, and holds every table.
    """
    from rebound_sim.errors import EngineError
    from rebound_sim.experiment.durable import refuse_unwritable
    from rebound_sim.page.build import write_page

    target = out or folder / "page.html"
    if folder.is_dir():
        refuse_unwritable(target.parent)
    try:
        written = write_page(folder, target, language)
    except OSError as fault:
        raise EngineError(f"{target}: {fault.strerror or fault}") from None
    click.echo(f"Page: {written} ({written.stat().st_size / 1e6:.1f} MB)")
