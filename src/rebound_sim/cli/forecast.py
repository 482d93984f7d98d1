"""`rebound forecast`: jobs and unemployment of a zone from a date, with intervals."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from rebound_sim.cli.options import (
    count_option,
    json_option,
    out_option,
    path_option,
    scheduler_option,
    seed_option,
    workers_option,
)
from rebound_sim.cli.parameter_choice import parameters_note, parameters_option
from rebound_sim.json_text import json_text

if TYPE_CHECKING:
    from rebound_sim.calibration.panel.forecast import NationalPath

_DEFAULT_REPLICATIONS = 30
_FEWEST, _MOST = 2, 1_000


@click.command()
@click.argument("zone")
@click.option("--until", metavar="QUARTER", help="Last quarter, such as 2028-T4. Default: 5 years.")
@path_option(
    "--national",
    help="The nation: CSV with columns year, unemployment_rate [%] and, if known, jobs (number or "
    "index), the start included. Default: as published, level after the last year.",
)
@count_option("--replications", "Independent repetitions.", _DEFAULT_REPLICATIONS)
@seed_option
@parameters_option
@workers_option
@scheduler_option
@out_option("Write forecast.csv there.")
@json_option
def forecast(
    zone: str,
    until: str | None,
    national: Path | None,
    replications: int,
    seed: int,
    parameters: str | None,
    workers: int | None,
    scheduler: str | None,
    out: Path | None,
    as_json: bool,
) -> None:
    """Forecast ZONE@QUARTER, such as 3202@2018-T4, given the path of the nation.

    Nothing that happens to the zone alone is foreseen: intervals hold it. How often they held in
    the past: `rebound validate --only panel`.
    """
    from rebound_sim.api.progress import shown_progress
    from rebound_sim.calibration.moments.run import Repetitions
    from rebound_sim.calibration.panel import forecast as model
    from rebound_sim.data.dated import notes
    from rebound_sim.data.directory import find_zone
    from rebound_sim.errors import refuse_outside
    from rebound_sim.experiment.durable import refuse_unwritable
    from rebound_sim.experiment.executors import workers_of
    from rebound_sim.parameters.ensemble import choose_parameters

    refuse_outside("--replications", replications, _FEWEST, _MOST)
    if out is not None:
        refuse_unwritable(out)
    years = model.years_until(zone, until)
    quarter = zone.partition("@")[2]
    if national is None:
        nation = model.published_national(quarter, years)
    else:
        nation = model.read_national(national, quarter, years)
    for text in _notes_of(nation, national):
        click.echo(f"Note: {text}", err=True)
    world = model.world_of_forecast(zone, years, nation)
    for text in notes(find_zone(zone.partition("@")[0]), quarter):
        click.echo(f"Note: {text}", err=True)
    chosen = choose_parameters(parameters)
    with shown_progress(world.title) as watcher, workers_of(workers, scheduler) as team:
        how = Repetitions(replications, seed, chosen, team, watcher)
        found = model.forecast(world, nation, how)
    rows = found.rows()
    if out is not None:
        _write(out, rows)
    if as_json:
        click.echo(json_text({"zone": zone, "rows": rows}))
        return
    _print(rows)
    note = parameters_note(chosen.described())
    if note:
        click.echo(note)
    if out is not None:
        click.echo(f"Written: {out / 'forecast.csv'}")


def _notes_of(nation: NationalPath, given: Path | None) -> list[str]:
    """What stands for figures of the nation that nobody gave."""
    found = []
    if nation.level_rates:
        found.append(
            f"the national rate is published until {nation.rates[-1]:g} % and kept level "
            f"for the last {nation.level_rates} years; to give it: --national"
        )
    if nation.level_growth:
        where = "column jobs of --national" if given is None else f"column jobs of {given}"
        found.append(
            f"in the last {nation.level_growth} years national jobs grow no more than unemployment "
            f"falls, for want of a figure: the labour force is constant; to give them: {where}"
        )
    return found


def _write(out: Path, rows: list[dict[str, object]]) -> None:
    from rebound_sim.cells import write_cells
    from rebound_sim.errors import InputError

    try:
        out.mkdir(parents=True, exist_ok=True)
        write_cells(out / "forecast.csv", list(rows[0]), rows)
    except OSError as fault:
        raise InputError(
            f"cannot be written: {fault.strerror}", file="--out", value=str(out)
        ) from None


def _print(rows: list[dict[str, object]]) -> None:
    from rich.console import Console
    from rich.table import Table

    console = Console(highlight=False)
    for quantity, title, digits in (
        ("unemployment_rate", "Unemployment rate, %", 1),
        ("jobs", "Jobs at the workplace", 0),
    ):
        made = Table(title=title, title_justify="left", title_style="bold", box=None)
        for name in ("Quarter", "Mean", "50 %", "80 %", "95 %"):
            made.add_column(name, justify="right", no_wrap=True)
        for row in rows:
            if row["quantity"] == quantity:
                made.add_row(
                    str(row["quarter"]),
                    f"{row['mean']:,.{digits}f}",
                    *(
                        f"{row[f'low{level}']:,.{digits}f} to {row[f'high{level}']:,.{digits}f}"
                        for level in (50, 80, 95)
                    ),
                )
        console.print(made)
