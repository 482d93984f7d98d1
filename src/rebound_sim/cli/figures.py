"""`rebound figures`: print-ready figures of a results folder, and the numbers that they draw."""

from __future__ import annotations

from pathlib import Path

import click

from rebound_sim.cli.options import path_option, repeated_option
from rebound_sim.json_text import json_text

_FORMATS = ("png", "svg", "pdf")
_NAMED = 6  # features left out that are named


@click.command()
@click.argument("folder", required=False, type=click.Path(path_type=Path))
@click.option(
    "--only", multiple=True, metavar="NAME", help="This figure alone; may be repeated (see --list)."
)
@click.option("--list", "listed", is_flag=True, help="List the figures, and stop.")
@click.option("--lang", "language", default="en", show_default=True, metavar="en|fr")
@repeated_option(
    "--format", "formats", "png|svg|pdf", "Form of the files; may be repeated. Default: all three."
)
@path_option("--out", help="Where files are written. Default: figures/ in DIR.", metavar="FOLDER")
@path_option(
    "--boundaries", help="Boundaries of employment zones (topojson, GeoJSON), drawn in the map."
)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object and nothing else.")
def figures(
    folder: Path | None,
    only: tuple[str, ...],
    listed: bool,
    language: str,
    formats: tuple[str, ...],
    out: Path | None,
    boundaries: Path | None,
    as_json: bool,
) -> None:
    """Draw the figures of a results folder DIR, each with the CSV of what it draws.

    DIR comes from `rebound compare`, `run`, `sweep` or `validate --out`; or is a CSV table of
    sensitivity. Without --only, those that the programme file selects ([figures]), else all.
    """
    from rebound_sim.errors import EngineError, InputError
    from rebound_sim.experiment.durable import refuse_unwritable
    from rebound_sim.figures import FIGURES, pictures, save, subject_of
    from rebound_sim.figures.draw import told
    from rebound_sim.figures.registry import known
    from rebound_sim.figures.selection import selected

    _check(language, formats)
    if listed:
        _list(language, as_json=as_json)
        return
    if folder is None:
        raise InputError("missing", file="DIR", allowed="a results folder, or --list")
    if boundaries is not None:
        _tell_left_out(boundaries)
    subject = subject_of(folder, boundaries)
    names = known(only, subject, "--only") if only else selected(subject)
    target = out or (folder if folder.is_dir() else folder.parent) / "figures"
    refuse_unwritable(target)
    drawn: list[tuple[str, str, list[Path]]] = []
    faults: list[str] = []
    for picture in pictures(subject, language, names, faults):
        _make(target)
        with told(picture.name, faults):
            files = save(picture, target, formats or _FORMATS)
            drawn.append((picture.name, picture.alternative, files))
    missing = [n for n in names if n in FIGURES and not any(d[0].startswith(n) for d in drawn)]
    _report(drawn, missing, target, as_json=as_json)
    if faults:
        raise EngineError(f"{target}: not drawn: {'; '.join(faults)}")


def _check(language: str, formats: tuple[str, ...]) -> None:
    """Raise InputError, with the nearest, for a language or a form that does not exist."""
    from rebound_sim.errors import InputError
    from rebound_sim.figures import LANGUAGES

    asked = [(language, LANGUAGES, "--lang"), *((form, _FORMATS, "--format") for form in formats)]
    for value, allowed, option in asked:
        if value not in allowed:
            raise InputError.unknown("not known", value, allowed, file=option)


def _tell_left_out(boundaries: Path) -> None:
    """Name the features that no map can draw. Raises InputError: the file has no zone."""
    from rebound_sim.data.geometry import zone_boundaries

    left = zone_boundaries(boundaries).left_out
    if left:
        more = f" and {len(left) - _NAMED} more" if len(left) > _NAMED else ""
        told = f"features left out, without an outline or the code of a zone: {len(left)}"
        click.echo(f"{boundaries}: {told} ({', '.join(left[:_NAMED])}{more})", err=True)


def _make(folder: Path) -> None:
    """Make the folder once there is something to put in it. Raises InputError."""
    from rebound_sim.errors import InputError

    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as fault:
        problem = f"cannot be written: {fault.strerror or fault}"
        raise InputError(problem, file=str(folder)) from None


def _list(language: str, *, as_json: bool) -> None:
    from rebound_sim.figures import FIGURES

    if as_json:
        rows = [
            {"name": f.name, "needs": list(f.needs), "about": f.about[language]}
            for f in FIGURES.values()
        ]
        click.echo(json_text({"figures": rows}))
        return
    width = max(map(len, FIGURES))
    for figure in FIGURES.values():
        click.echo(f"{figure.name:{width}}  {figure.about[language]} ({', '.join(figure.needs)})")


def _report(
    drawn: list[tuple[str, str, list[Path]]], missing: list[str], target: Path, *, as_json: bool
) -> None:
    if as_json:
        rows = [
            {"name": name, "alternative": words, "files": [path.name for path in paths]}
            for name, words, paths in drawn
        ]
        report = {"folder": str(target), "figures": rows, "not_drawn": missing}
        click.echo(json_text(report))
        return
    for name, words, _ in drawn:
        click.echo(f"{name}: {words}")
    if missing:
        click.echo(f"Not in these results: {', '.join(missing)}.")
    click.echo(f"Figures: {target} ({len(drawn)} figures)")
