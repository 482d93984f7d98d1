"""Employment basins hit by a site closure, and the public policies that answer it.

    import rebound_sim as rb

    run = rb.run(rb.zone("Vierzon").close(jobs=400, sector="CH"))
    comparison = rb.compare("france2030_auto", ["merit", "equal"], worlds=12)
    comparison.effects().to_frame(); comparison.plot("strategies"); comparison.report("out")

The public names below are imported at first use, so that `import rebound_sim` stays cheap.
"""

from importlib import import_module
from typing import Any

__version__ = "0.1.0"

_PUBLIC_NAMES = {
    "load": "rebound_sim.api.worlds",
    "zone": "rebound_sim.api.worlds",
    "LoadedWorld": "rebound_sim.api.worlds",
    "compare": "rebound_sim.api.comparisons",
    "run": "rebound_sim.api.comparisons",
    "Comparison": "rebound_sim.api.comparisons",
    "sweep": "rebound_sim.api.sweeps",
    "SweepResults": "rebound_sim.api.sweeps",
    "open": "rebound_sim.api.sweeps",
    "explain": "rebound_sim.api.explanations",
    "basins": "rebound_sim.api.explanations",
    "Table": "rebound_sim.api.tables",
    "strategy": "rebound_sim.policies.strategy",
    "share": "rebound_sim.policies.allocation",
    "BasinModel": "rebound_sim.model",
    "simulate_arms": "rebound_sim.model",
    "Scenario": "rebound_sim.scenario",
    "load_scenario": "rebound_sim.scenario",
    "Policy": "rebound_sim.policies",
    "load_policy": "rebound_sim.policies",
    "named_policies": "rebound_sim.policies",
    "Experiment": "rebound_sim.experiment",
    "Panel": "rebound_sim.experiment",
    "Results": "rebound_sim.experiment",
    "read_results": "rebound_sim.experiment",
    "run_experiment": "rebound_sim.experiment",
    "Arm": "rebound_sim.policies",
    "Plan": "rebound_sim.policies",
    "World": "rebound_sim.scenario",
    "load_plan": "rebound_sim.policies",
    "load_world": "rebound_sim.scenario",
    "named_strategies": "rebound_sim.policies",
}
__all__ = ["__version__", *_PUBLIC_NAMES]  # noqa: PLE0604 (a list of strings, built once)


def __getattr__(name: str) -> Any:
    if name in _PUBLIC_NAMES:
        return getattr(import_module(_PUBLIC_NAMES[name]), name)
    raise AttributeError(f"module 'rebound_sim' has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted(__all__)
