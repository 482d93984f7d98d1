"""`rebound value`: what finding out a parameter before choosing is worth."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from rebound_sim.cli.options import finite, json_option, repeated_option, tell_lines
from rebound_sim.json_text import json_text
from rebound_sim.whole_files import write_text_whole

if TYPE_CHECKING:
    from rich.console import Console

    from rebound_sim.decision.information.study import Information

_SHOWN = 6


@click.command()
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@repeated_option(
    "--know",
    "sets",
    "A,B",
    "A set of parameters learnt together, names with commas; may be repeated.",
)
@click.option(
    "--value-per-job",
    type=finite,
    metavar="EUR",
    help="What a job at the end is worth: then values are in euros, net of what is spent.",
)
@json_option
def value(folder: Path, sets: tuple[str, ...], value_per_job: float | None, as_json: bool) -> None:
    """Say what finding out is worth before a strategy is chosen, from a comparison DIR.

    The gain of choosing in each world what is best there on average, given what would be known;
    under three beliefs about the effect of a day of engineering, which no study has measured.
    """
    from rebound_sim.cells import write_cells
    from rebound_sim.decision.information.study import information
    from rebound_sim.decision.information.tables import record, value_rows
    from rebound_sim.decision.worlds_table import read_worlds
    from rebound_sim.figures.decision.draw import draw_record

    asked = {text: tuple(part.strip() for part in text.split(",")) for text in sets}
    table = read_worlds(folder)
    found = information(table, value_per_job, asked)
    rows = list(value_rows(found))
    write_cells(folder / "value.csv", list(rows[0]), rows)
    report = record(found, table.setting, round(max(one.worlds for one in found)))
    write_text_whole(folder / "value.json", json_text(report, 1) + "\n")
    tell_lines(draw_record(folder / "value.json"))
    if as_json:
        click.echo(json_text(report))
        return
    from rich.console import Console

    console = Console(highlight=False)
    console.print(table.setting.words())
    _print(found, folder, console)


def _print(found: Sequence[Information], folder: Path, console: Console) -> None:
    from rich.table import Table

    from rebound_sim.cli.parameter_names import named
    from rebound_sim.decision.information.study import words

    for line in words(found):
        console.print(line)
    console.print()
    for one in found:
        unit = "jobs" if one.unit == "job" else "EUR"
        console.print(
            f"{one.belief.name.capitalize()}: worth of knowing, {unit} (worlds: {one.worlds:.0f})",
            style="bold",
        )
        table = Table(box=None, pad_edge=False, padding=(0, 1, 0, 0), header_style="dim")
        table.add_column("what is known")
        for heading in ("worth", "± error", "inert,\n95 %"):
            table.add_column(heading, justify="right", no_wrap=True)
        for worth in one.known[:_SHOWN]:
            table.add_row(
                named(worth.parameters[0]) if len(worth.parameters) == 1 else one.words(worth),
                f"{worth.value:,.0f}",
                f"{worth.error:,.0f}",
                f"{worth.inert:,.0f}",
            )
        table.add_row("everything, luck included", f"{one.everything:,.0f}", "", "")
        table.add_row(
            "(the best of as many inert parameters, 95 %)", "", "", f"{one.largest_inert:,.0f}"
        )
        console.print(table)
        console.print()
    console.print(
        "Perfect knowledge, before the choice. What a pilot of a given size would tell is less, "
        f"and is not computed. All rows: {folder}/value.csv.",
        style="dim",
    )
