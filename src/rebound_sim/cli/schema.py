"""`rebound schema`: JSON Schemas for editors."""

from __future__ import annotations

import click

from rebound_sim.json_text import json_text


@click.command()
@click.argument("kind", type=click.Choice(["world", "policy", "scenario", "programme"]))
def schema(kind: str) -> None:
    """Print the JSON Schema of a world or policy file; scenarios and programmes are worlds."""
    if kind == "policy":
        from rebound_sim.policies import policy_json_schema as json_schema
    else:
        from rebound_sim.scenario import world_json_schema as json_schema
    click.echo(json_text(json_schema(), 2))
