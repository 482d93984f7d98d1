"""`rebound bench`: speed and memory of the model on this machine."""

from __future__ import annotations

import json

import click

from rebound_sim.cli.options import json_option


@click.command()
@click.argument("what", type=click.Choice(["basin", "programme"]), default="basin")
@json_option
@click.option("--no-cold", is_flag=True, help="Do not compile again in an empty cache folder.")
def bench(what: str, as_json: bool, no_cold: bool) -> None:
    """Measure one basin beside plain Mesa, or a national programme. Takes some minutes."""
    from rebound_sim.benchmarks import measure, measure_programme

    figures = measure(cold=not no_cold) if what == "basin" else measure_programme()
    if as_json:
        click.echo(json.dumps(figures))
        return
    width = max(len(name) for name in figures)
    for name, value in figures.items():
        shown = f"{value:,.4g}" if isinstance(value, float) else value
        click.echo(f"{name:<{width}}  {shown}")
