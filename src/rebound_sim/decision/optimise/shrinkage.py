"""The response table without its luck: what each zone can expect of each option in each world.

A cell as simulated holds the luck of one zone in one world, the same for all its options, and an
optimiser picks the luckiest. What is expected of it is a product: what the option gives in the
mean, times a score, plus a rest. Scores and rests are crossed effects of zones and worlds, of which
only the part is kept that others confirm: of a zone what it is in several worlds, of a world what
it is in several zones (empirical Bayes by restricted likelihood). All zones thus say what a day or
a euro does, and cells that were not simulated are expected too.

Efron and Morris 1973, Journal of the American Statistical Association 68.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from rebound_sim.arrays import Floats
from rebound_sim.decision.optimise.crossed import crossed
from rebound_sim.decision.optimise.responses import Responses


@dataclass(frozen=True, slots=True)
class Parts:
    """Shares of the variance of what a zone yields in one world, any option.

    zone : lasts from world to world    world : all zones share    rest : luck, and what cannot be
    told from it
    """

    zone: float
    world: float

    @property
    def rest(self) -> float:
        return 1.0 - self.zone - self.world


def shrunk(responses: Responses) -> tuple[Responses, Parts]:
    """Expected cells in all worlds, and how much of jobs is the zone's, the world's, and luck.

    Cells that were not simulated (NaN) are filled. Losses are those without help less the jobs that
    help is expected to bring; loss areas likewise, never negative.
    """
    jobs, parts = expected_jobs(responses.jobs)
    none = responses.nothing
    per_thousand = 1_000.0 / responses.people[:, np.newaxis, np.newaxis]
    loss, area = (_alone(cells[:, none]) for cells in (responses.loss, responses.area))
    relief, _ = _product(responses.area[:, [none]] - responses.area)
    flat = responses.files.transpose(0, 1, 3, 2)
    files, _ = _product(flat.reshape(flat.shape[0], -1, flat.shape[3]))
    found = replace(
        responses,
        jobs=jobs,
        spent=np.maximum(_product(responses.spent)[0], 0.0),
        loss=loss[:, np.newaxis] - per_thousand * jobs,
        area=np.maximum(area[:, np.newaxis] - relief, 0.0),
        files=np.maximum(files.reshape(flat.shape).transpose(0, 1, 3, 2), 0.0),
    )
    return found, parts


def expected_jobs(jobs: Floats) -> tuple[Floats, Parts]:
    """The same of jobs alone: float[zones, options, worlds], NaN where not simulated."""
    expected, shares = _product(jobs)
    return expected, Parts(*shares)


def _alone(values: Floats) -> Floats:
    """Expected values of zones in worlds: float[zones, worlds]."""
    return np.asarray(crossed(values[:, :, np.newaxis]).cells()[:, :, 0])


def _product(cells: Floats) -> tuple[Floats, tuple[float, float]]:
    """Expected cells, and shares of the variance of scores: zones', worlds'.

    cells : float[zones, options, worlds]
    """
    values = cells.transpose(0, 2, 1)
    usual = values[~np.isnan(values[:, :, 0])].mean(axis=0)
    power = float(usual @ usual)
    if power == 0.0:
        return np.zeros_like(cells), (0.0, 0.0)
    scores = values @ usual / power
    rests = values - scores[:, :, np.newaxis] * usual
    own = crossed(scores[:, :, np.newaxis])
    found = own.cells() * usual + crossed(rests).cells()
    return np.asarray(found.transpose(0, 2, 1)), own.shares
