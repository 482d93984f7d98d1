"""Employment basins hit by a site closure, and the public policies that answer it.

The public names below are imported at first use, so that `import rebound_sim` stays cheap.
"""

from importlib import import_module
from typing import Any

__version__ = "0.1.0"

_PUBLIC_NAMES = {
    "BasinModel": "rebound_sim.model",
    "simulate_arms": "rebound_sim.model",
    "Scenario": "rebound_sim.scenario",
    "load_scenario": "rebound_sim.scenario",
    "Policy": "rebound_sim.policies",
    "load_policy": "rebound_sim.policies",
    "named_policies": "rebound_sim.policies",
    "read_results": "rebound_sim.experiment",
    "run_experiment": "rebound_sim.experiment",
}
__all__ = ["__version__", *_PUBLIC_NAMES]  # noqa: PLE0604 (a list of strings, built once)


def __getattr__(name: str) -> Any:
    if name in _PUBLIC_NAMES:
        return getattr(import_module(_PUBLIC_NAMES[name]), name)
    raise AttributeError(f"module 'rebound_sim' has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted(__all__)
