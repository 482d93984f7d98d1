"""`rebound explain`: what a parameter is and where its value comes from."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from rebound_sim.parameters import Parameter


@click.command()
@click.argument("parameter", required=False)
def explain(parameter: str | None) -> None:
    """Explain PARAMETER (`search.effort_decay`) or a topic; without it, list the topics."""
    from rebound_sim.errors import InputError, nearest
    from rebound_sim.parameters import PARAMETERS, TOPICS

    if parameter is None:
        _list_topics()
    elif parameter in TOPICS:
        _list_parameters(parameter)
    elif parameter in PARAMETERS:
        _show(PARAMETERS[parameter])
    else:
        same_ending = [name for name in PARAMETERS if name.rpartition(".")[2] == parameter]
        raise InputError(
            "unknown parameter",
            value=parameter,
            allowed=f"a parameter, or a topic: {', '.join(TOPICS)}",
            nearest=same_ending[0] if same_ending else nearest(parameter, [*PARAMETERS, *TOPICS]),
        )


def _list_topics() -> None:
    from rich.console import Console
    from rich.table import Table

    from rebound_sim.parameters import TOPICS

    table = Table("topic", "title", "parameters", box=None, pad_edge=False)
    for topic in TOPICS.values():
        table.add_row(topic.name, topic.title, str(len(topic.parameters)))
    console = Console(highlight=False)
    console.print(table)
    console.print("\nrebound explain TOPIC lists its parameters.")


def _list_parameters(topic: str) -> None:
    from rich.console import Console
    from rich.table import Table

    from rebound_sim.parameters import TOPICS
    from rebound_sim.units import with_unit

    table = Table(box=None, pad_edge=False)
    # A name cut short cannot be typed: only the meaning may fold.
    for column in ("parameter", "value", "evidence"):
        table.add_column(column, no_wrap=True, overflow="ignore")
    table.add_column("meaning")
    for item in TOPICS[topic].parameters:
        table.add_row(item.full_name, with_unit(item.value, item.unit), item.evidence, item.meaning)
    Console(highlight=False).print(table)


def _show(item: Parameter) -> None:
    from rebound_sim.units import with_unit

    low, high = with_unit(item.low, ""), with_unit(item.high, item.unit)
    ranges = "fixed" if item.prior == "fixed" else f"{item.prior}, 95 % of it in the range"
    lines = {
        "meaning": item.meaning,
        "value": with_unit(item.value, item.unit),
        "unit": "a pure number" if item.unit == "1" else item.unit,
        "range": f"{low} to {high}",
        "prior": ranges,
        "calibrated": _calibrated(item),
        "evidence": item.evidence,
        "reference": item.reference,
        "change it": f"--set {item.full_name}=VALUE, or under [parameters] in a scenario",
    }
    click.echo(item.full_name)
    for name, text in lines.items():
        click.echo(f"  {name:<10} {text}")


def _calibrated(item: Parameter) -> str:
    """Value at the calibrated point and range over the ensemble, or why there is none."""
    from rebound_sim.parameters.ensemble import shipped_ensemble
    from rebound_sim.units import with_unit

    ensemble = shipped_ensemble()
    if ensemble is None:
        return "no ensemble is installed"
    if item.full_name not in ensemble.names:
        return "not in the ensemble: as declared in every set"
    point, low, high = ensemble.range_of(item.full_name)
    how = ""
    if item.full_name in ensemble.provenance.get("unidentified", ()):
        how = "; no moment identifies it: spread as its prior"
    ends = f"{with_unit(low, '')} to {with_unit(high, item.unit)}"
    return f"{with_unit(point, item.unit)} at the point, {ends} in {len(ensemble.sets)} sets{how}"
