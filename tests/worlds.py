"""Worlds and drivers shared by the tests of the model."""

from rebound_sim.parameters import ParameterSet
from rebound_sim.population.build import build
from rebound_sim.scenario.definition import Scenario


def scenario(residents=800, months=60, burn_in=0, closure=None, zone=None, **changes):
    """A small synthetic basin, or a real zone. closure : (sector, jobs), several, or None."""
    basin = (
        {"zone": zone}
        if zone
        else {
            "synthetic": {
                "employed_residents": residents,
                "unemployment_rate_percent": 8.0,
                "industry_share": 0.3,
                "establishments": max(20, residents // 10),
                "area_km2": 300.0,
                "places": 3,
                "qualification_shares": [0.5, 0.2, 0.1, 0.2],
            }
        }
    )
    sites = () if closure is None else (closure,) if isinstance(closure[0], str) else closure
    closures = [{"sector": sector, "jobs": jobs} for sector, jobs in sites]
    return Scenario.model_validate(
        {
            "title": "world of a test",
            "basin": basin,
            "closure": closures,
            "time": {"burn_in_months": burn_in, "months": months},
            **changes,
        }
    )


def state_of(world, seed=1, replication=0, parameters=None):
    """State of the world at t = 0."""
    return build(world, ParameterSet(parameters or {}), seed, replication)
