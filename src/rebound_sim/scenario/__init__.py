"""Scenarios: TOML files read once, at the door, into frozen records."""

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
from rebound_sim.scenario.load import check_scenario, load_scenario, open_scenario

__all__ = [
    "Basin",
    "Closure",
    "Conditions",
    "PolicyChoice",
    "Scenario",
    "SyntheticBasin",
    "Time",
    "Tranche",
    "check_scenario",
    "load_scenario",
    "open_scenario",
    "scenario_json_schema",
]


def scenario_json_schema() -> dict[str, object]:
    """JSON Schema of a scenario file, for editors."""
    return Scenario.model_json_schema()
