"""Scenarios: TOML files read once, at the door, into frozen records."""

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
from rebound_sim.scenario.load import check_scenario, load_scenario, open_scenario, policy_of
from rebound_sim.scenario.planned import completed_plan
from rebound_sim.scenario.programme import (
    ProgrammeScenario,
    World,
    ZoneEntry,
    world_of,
)
from rebound_sim.scenario.programme_file import (
    check_names,
    check_programme,
    default_programme,
    load_programme,
    open_programme,
)

__all__ = [
    "Basin",
    "Closure",
    "Conditions",
    "PolicyChoice",
    "ProgrammeScenario",
    "ProgrammeTable",
    "Scenario",
    "SyntheticBasin",
    "Time",
    "Tranche",
    "World",
    "ZoneEntry",
    "check_names",
    "check_programme",
    "check_scenario",
    "completed_plan",
    "default_programme",
    "load_programme",
    "load_scenario",
    "open_programme",
    "open_scenario",
    "policy_of",
    "programme_json_schema",
    "scenario_json_schema",
    "world_of",
]


def scenario_json_schema() -> dict[str, object]:
    """JSON Schema of a scenario file, for editors."""
    return Scenario.model_json_schema()


def programme_json_schema() -> dict[str, object]:
    """JSON Schema of a programme file, for editors."""
    return ProgrammeScenario.model_json_schema()
