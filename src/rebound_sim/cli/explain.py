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
    from rebound_sim.parameters import PARAMETERS, TOPICS

    if parameter is None:
        _list_topics()
    elif parameter in TOPICS:
        _list_parameters(parameter)
    elif parameter in PARAMETERS:
        _show(PARAMETERS[parameter])
    else:
        from rebound_sim.api.explanations import unknown_parameter

        raise unknown_parameter(parameter)


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
    from rebound_sim.api.explanations import explained

    click.echo(item.full_name)
    for name, text in explained(item).items():
        click.echo(f"  {name:<10} {text}")
