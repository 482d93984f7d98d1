"""A results folder of a programme with known effects, stored as the engine would store it."""

from programme_results import LAYOFFS, SITE, as_engine, programme
from rebound_sim.experiment import Experiment, run_experiment
from rebound_sim.policies.arm import Arm
from rebound_sim.policies.strategy_choice import StrategyChoice
from rebound_sim.report.outputs import add_tables_and_figures
from rebound_sim.scenario.programme import World

GAINS = {"merit": [60, 40], "equal": 20.0}
ZONES, REPLICATIONS, MONTHS = ("0051", "0052"), 4, 48
IN_MEMORY = programme(GAINS, zones=ZONES, replications=REPLICATIONS, months=MONTHS)


def store(out, last_step=add_tables_and_figures):
    """Write the folder; return its path."""
    closure = {"sector": "CL", "jobs": SITE, "tranches": ({"month": LAYOFFS, "share": 1.0},)}
    world = World.model_validate(
        {
            "title": "A synthetic programme",
            "programme": {"envelope_eur": 10_000_000, "strategies": tuple(GAINS)},
            "time": {"burn_in_months": 12, "months": MONTHS},
            "zone": [{"code": code, "closure": (closure,)} for code in ZONES],
        }
    )
    experiment = Experiment(
        world, tuple(Arm.of_strategy(StrategyChoice(name)) for name in GAINS), REPLICATIONS, 0
    )
    engine = as_engine(IN_MEMORY)
    return run_experiment(experiment, out, workers=1, simulate=engine, last_step=last_step)
