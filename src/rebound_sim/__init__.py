"""Employment basins hit by a site closure, and the public policies that answer it.

    import rebound_sim as rb

    run = rb.run(rb.zone("Vierzon").close(jobs=400, sector="CH"))
    comparison = rb.compare("france2030_auto", ["merit", "equal"], worlds=12)
    comparison.effects().to_frame(); comparison.plot("strategies"); comparison.report("out")

The public names below are imported at first use, so that `import rebound_sim` stays cheap.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from rebound_sim.api.comparison import Comparison as Comparison
    from rebound_sim.api.comparisons import compare as compare
    from rebound_sim.api.comparisons import run as run
    from rebound_sim.api.explanations import basins as basins
    from rebound_sim.api.explanations import explain as explain
    from rebound_sim.api.sweeps import SweepResults as SweepResults
    from rebound_sim.api.sweeps import open as open
    from rebound_sim.api.sweeps import sweep as sweep
    from rebound_sim.api.tables import Table as Table
    from rebound_sim.api.worlds import LoadedWorld as LoadedWorld
    from rebound_sim.api.worlds import load as load
    from rebound_sim.api.worlds import zone as zone
    from rebound_sim.experiment import Experiment as Experiment
    from rebound_sim.experiment import Panel as Panel
    from rebound_sim.experiment import Results as Results
    from rebound_sim.experiment import read_results as read_results
    from rebound_sim.experiment import run_experiment as run_experiment
    from rebound_sim.model import BasinModel as BasinModel
    from rebound_sim.policies import Arm as Arm
    from rebound_sim.policies import Plan as Plan
    from rebound_sim.policies import Policy as Policy
    from rebound_sim.policies import load_plan as load_plan
    from rebound_sim.policies import load_policy as load_policy
    from rebound_sim.policies import named_policies as named_policies
    from rebound_sim.policies import named_strategies as named_strategies
    from rebound_sim.policies.allocation import share as share
    from rebound_sim.policies.strategy import strategy as strategy
    from rebound_sim.scenario import Scenario as Scenario
    from rebound_sim.scenario import World as World
    from rebound_sim.scenario import load_scenario as load_scenario
    from rebound_sim.scenario import load_world as load_world

__version__ = "0.1.0"

_PUBLIC_NAMES = {
    "load": "rebound_sim.api.worlds",
    "zone": "rebound_sim.api.worlds",
    "LoadedWorld": "rebound_sim.api.worlds",
    "compare": "rebound_sim.api.comparisons",
    "run": "rebound_sim.api.comparisons",
    "Comparison": "rebound_sim.api.comparison",
    "sweep": "rebound_sim.api.sweeps",
    "SweepResults": "rebound_sim.api.sweeps",
    "open": "rebound_sim.api.sweeps",
    "explain": "rebound_sim.api.explanations",
    "basins": "rebound_sim.api.explanations",
    "Table": "rebound_sim.api.tables",
    "strategy": "rebound_sim.policies.strategy",
    "share": "rebound_sim.policies.allocation",
    "BasinModel": "rebound_sim.model",
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
