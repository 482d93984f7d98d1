"""`rebound schema`: JSON Schemas for editors."""

from __future__ import annotations

from importlib import import_module

import click

from rebound_sim.json_text import json_text

#: kind of file: module and function that describe it
_SCHEMAS = {
    "world": ("rebound_sim.scenario", "world_json_schema"),
    "policy": ("rebound_sim.policies", "policy_json_schema"),
    "plan": ("rebound_sim.policies.plan_file", "plan_json_schema"),
    "sweep": ("rebound_sim.experiment.sweep_file", "sweep_json_schema"),
    "scenario": ("rebound_sim.scenario", "world_json_schema"),
    "programme": ("rebound_sim.scenario", "world_json_schema"),
}


@click.command()
@click.argument("kind", type=click.Choice(list(_SCHEMAS)))
def schema(kind: str) -> None:
    """Print the JSON Schema of a kind of TOML file; scenarios and programmes are worlds.

    `rebound schema world > world.schema.json`, then `#:schema world.schema.json` as the first line
    of a file: editors that know it complete keys, show units and mark what is out of range.
    """
    module, name = _SCHEMAS[kind]
    found = getattr(import_module(module), name)()
    dialect = {"$schema": "https://json-schema.org/draft/2020-12/schema"}
    click.echo(json_text({**dialect, **found}, 2))
