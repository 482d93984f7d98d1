"""`rebound schema`: JSON Schemas for editors."""

from __future__ import annotations

import json

import click


@click.command()
@click.argument("kind", type=click.Choice(["scenario", "programme", "policy"]))
def schema(kind: str) -> None:
    """Print the JSON Schema of a scenario, programme or policy file."""
    if kind == "scenario":
        from rebound_sim.scenario import scenario_json_schema as json_schema
    elif kind == "programme":
        from rebound_sim.scenario import programme_json_schema as json_schema
    else:
        from rebound_sim.policies import policy_json_schema as json_schema
    click.echo(json.dumps(json_schema(), indent=2, ensure_ascii=False))
