"""Worlds: TOML files read once, at one door, into frozen records."""

from rebound_sim.policies.programme_table import ProgrammeTable
from rebound_sim.scenario.definition import (
    Basin,
    Closure,
    Conditions,
    PolicyChoice,
    Scenario,
    SyntheticBasin,
    Time,
    Tranche,
)
from rebound_sim.scenario.door import (
    ZoneLike,
    load_scenario,
    load_world,
    open_programme,
    open_scenario,
    open_world,
    open_zone,
    scenario_of,
)
from rebound_sim.scenario.load import check_scenario, named_by
from rebound_sim.scenario.planned import completed_plan
from rebound_sim.scenario.programme import (
    World,
    ZoneEntry,
    world_of,
)
from rebound_sim.scenario.programme_file import check_programme, check_strategies

__all__ = [
    "Basin",
    "Closure",
    "Conditions",
    "PolicyChoice",
    "ProgrammeTable",
    "Scenario",
    "SyntheticBasin",
    "Time",
    "Tranche",
    "World",
    "ZoneEntry",
    "ZoneLike",
    "check_programme",
    "check_scenario",
    "check_strategies",
    "completed_plan",
    "load_scenario",
    "load_world",
    "named_by",
    "open_programme",
    "open_scenario",
    "open_world",
    "open_zone",
    "scenario_of",
    "world_json_schema",
    "world_of",
]


def world_json_schema() -> dict[str, object]:
    """JSON Schema of a world's file, for editors."""
    return World.model_json_schema()
