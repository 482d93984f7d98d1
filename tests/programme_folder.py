"""A results folder of a programme with known effects, stored as the engine would store it."""

from programme_results import LAYOFFS, SITE, as_engine, programme
from rebound_sim.cli.programme_table import finish
from rebound_sim.experiment.programme_run import ProgrammeExperiment, run_programme
from rebound_sim.policies.strategy import StrategyChoice
from rebound_sim.scenario.programme import ProgrammeScenario

GAINS = {"merit": [60, 40], "equal": 20.0}
ZONES, REPLICATIONS, MONTHS = ("0051", "0052"), 4, 48
IN_MEMORY = programme(GAINS, zones=ZONES, replications=REPLICATIONS, months=MONTHS)


def store(out, last_step=finish):
    """Write the folder; return its path."""
    closure = {"sector": "CL", "jobs": SITE, "tranches": ({"month": LAYOFFS, "share": 1.0},)}
    world = ProgrammeScenario.model_validate(
        {
            "title": "A synthetic programme",
            "programme": {"envelope_eur": 10_000_000, "strategies": tuple(GAINS)},
            "time": {"burn_in_months": 12, "months": MONTHS},
            "zone": [{"code": code, "closure": (closure,)} for code in ZONES],
        }
    )
    experiment = ProgrammeExperiment(world, tuple(map(StrategyChoice, GAINS)), REPLICATIONS, 0)
    engine = as_engine(IN_MEMORY)
    return run_programme(experiment, out, workers=1, simulate=engine, last_step=last_step)
