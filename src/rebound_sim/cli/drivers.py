"""`rebound drivers`: what decides an outcome, or which of two strategies is better."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from rebound_sim.cli.options import json_option, repeated_option, tell_lines
from rebound_sim.json_text import json_text
from rebound_sim.whole_files import write_text_whole

if TYPE_CHECKING:
    from rich.console import Console

    from rebound_sim.decision.drivers.study import DriversStudy

_SHOWN = 8


@click.command()
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@click.option(
    "--between",
    nargs=2,
    multiple=True,
    metavar="A B",
    help="What decides whether A or B is better; may be repeated. Default: the two strategies "
    "whose difference moves most between worlds.",
)
@repeated_option(
    "--strategy",
    "strategies",
    "NAME",
    "What decides the outcome of this strategy; may be repeated. Default: the one of the "
    "highest mean.",
)
@click.option(
    "--outcome",
    default="additional_jobs",
    show_default=True,
    metavar="NAME",
    help="Outcome of worlds.csv, at the end of the run.",
)
@json_option
def drivers(
    folder: Path,
    between: tuple[tuple[str, str], ...],
    strategies: tuple[str, ...],
    outcome: str,
    as_json: bool,
) -> None:
    """Find what decides the results of a comparison DIR.

    DIR comes from rebound compare --parameters posterior --worlds 300 --zones 10.

    Parameters by how much they move the outcome, beside what inert ones reach by chance; and the
    box of worlds where it happens, told only if it is denser than chance would make it.
    """
    from rebound_sim.cells import write_cells
    from rebound_sim.decision.drivers.study import of_difference, of_strategy
    from rebound_sim.decision.drivers.tables import driver_rows, record
    from rebound_sim.decision.worlds_table import read_worlds, split_most
    from rebound_sim.figures.decision.draw import draw_record

    table = read_worlds(folder)
    pairs = between or (() if strategies else (split_most(table, outcome),))
    names = strategies or (() if between else (pairs[0][0],))
    studies = [
        *(of_difference(table, first, second, outcome) for first, second in pairs),
        *(of_strategy(table, name, outcome) for name in names),
    ]
    rows = [row for study in studies for row in driver_rows(study)]
    write_cells(folder / "drivers.csv", list(rows[0]), rows)
    found = record(studies, table.setting)
    write_text_whole(folder / "drivers.json", json_text(found, 1) + "\n")
    tell_lines(draw_record(folder / "drivers.json"))
    if as_json:
        click.echo(json_text(found))
        return
    from rich.console import Console

    console = Console(highlight=False)
    console.print(table.setting.words())
    _print(studies, folder, console)


def _print(studies: Sequence[DriversStudy], folder: Path, console: Console) -> None:
    from rich.table import Table

    from rebound_sim.cli.parameter_names import named
    from rebound_sim.decision.drivers.study import words

    for study in studies:
        for line in words(study):
            console.print(line)
        console.print()
        shares = dict(zip(study.shared.names, study.shared.effects.tolist(), strict=True))
        table = Table(box=None, pad_edge=False, padding=(0, 1, 0, 0), header_style="dim")
        table.add_column("parameter")
        for heading in ("rank\ncorrelation", "first\norder", "Shapley", "above\nchance"):
            table.add_column(heading, justify="right", no_wrap=True)
        for driver in study.drivers[:_SHOWN]:
            share = shares.get(driver.parameter)
            table.add_row(
                named(driver.parameter),
                f"{driver.correlation:+.2f}",
                f"{driver.first_order:.2f}",
                "" if share is None else f"{share:.2f}",
                "yes" if driver.above_chance else "",
            )
        inert = study.inert
        table.add_row(
            "(an inert one, 95 %)",
            f"±{inert.correlation:.2f}",
            f"{inert.first_order:.2f}",
            f"{study.shared.inert:.2f}",
            "",
        )
        table.add_row(
            f"(largest of {len(study.drivers)} inert ones, 95 %)",
            f"±{inert.correlation_of_all:.2f}",
            f"{inert.first_order_of_all:.2f}",
            "",
            "",
        )
        console.print(f"What decides {study.what}", style="bold")
        console.print(table)
        if study.tree and study.box is not None and study.box.found:
            console.print("In two questions:", style="bold")
            for leaf in study.tree:
                console.print(
                    f"  {100 * leaf.share:3.0f} % of {leaf.worlds} worlds: "
                    f"{' and '.join(leaf.conditions)}"
                )
        console.print()
    console.print(f"All parameters: {folder}/drivers.csv, drivers.json; figures/.", style="dim")
