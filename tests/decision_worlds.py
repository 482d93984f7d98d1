"""Response tables with known answers, for tests of decisions."""

import numpy as np

from rebound_sim.decision.optimise.menu import Option
from rebound_sim.decision.optimise.responses import Responses

OPTIONS = (
    Option("nothing", 0, 0, 6, 9),
    Option("small", 100, 500_000, 6, 9),
    Option("large", 400, 2_000_000, 6, 9),
    Option("late", 400, 2_000_000, 18, 21),
)


def table(jobs, loss=None, area=None, files=None, options=OPTIONS, regions=None, people=None):
    """jobs : [zones, options, worlds]; the rest follows from them unless given."""
    jobs = np.asarray(jobs, float)
    zones, _, worlds = jobs.shape
    people = np.full(zones, 10_000.0) if people is None else np.asarray(people, float)
    lost = np.full(zones, 300.0)
    missing = lost[:, None, None] - jobs if loss is None else np.asarray(loss, float)
    euros = np.array([option.grants_eur + 1_500 * option.days for option in options], float)
    return Responses(
        tuple(f"Z{n}" for n in range(zones)),
        tuple(regions or ("North", "South") * zones)[:zones],
        options,
        tuple(range(worlds)),
        jobs,
        np.broadcast_to(0.8 * euros[None, :, None], jobs.shape),
        missing,
        np.maximum(missing, 0.0) if area is None else np.asarray(area, float),
        np.full((*jobs.shape, 12), 1 / 12) if files is None else np.asarray(files, float),
        people,
        lost,
    )


def drawn(seed, zones=4, worlds=6, options=OPTIONS):
    """Jobs that grow with money, by zone and world, with luck."""
    luck = np.random.default_rng(seed)
    euros = np.array([option.grants_eur + 1_500 * option.days for option in options]) / 1e6
    slope = luck.gamma(2.0, 20.0, (zones, 1, worlds))
    jobs = slope * np.sqrt(euros)[None, :, None] + luck.normal(0, 8, (zones, len(options), worlds))
    jobs[:, 0] = 0.0
    base = luck.uniform(20, 400, (zones, 1, 1)) + luck.normal(0, 20, (zones, 1, worlds))
    return table(
        jobs,
        loss=base - jobs,
        area=np.maximum(base - 0.5 * jobs, 1.0),
        people=luck.uniform(5e3, 5e4, zones),
    )
