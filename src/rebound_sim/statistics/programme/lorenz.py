"""Lorenz curves of what the closures have left, between zones."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from rebound_sim.statistics.cell import Cell, cell
from rebound_sim.statistics.intervals import mean_estimate
from rebound_sim.statistics.outcome import Outcome
from rebound_sim.statistics.panels import Panels
from rebound_sim.statistics.programme import inequality

#: Shares of residents at which the curve is given.
PLACES = np.round(np.linspace(0.0, 1.0, 21), 2)
LORENZ = Outcome(
    "lorenz_loss",
    "% of the loss",
    "share of the loss area borne by the residents of working age (share in `detail`) of the zones "
    "where it is lowest for each resident; linear between zones",
    least=0.0,
    most=100.0,
)


def lorenz_cells(panels: Panels) -> list[Cell]:
    """Points of the curve of each strategy and of `none`; detail: share of residents, 0 to 1."""
    if not panels.closing:
        return []
    people = inequality.residents(panels)
    return [
        cell(
            LORENZ,
            mean_estimate(100.0 * curve[place], LORENZ.least, LORENZ.most),
            arm=strategy,
            month=panels.horizon,
            zones=len(panels.closing),
            detail=f"{share:g}",
        )
        for strategy in panels.compared
        for curve in [lorenz(inequality.loss_area_per_resident(panels, strategy), people)]
        for place, share in enumerate(PLACES)
    ]


def lorenz(values: NDArray[np.float64], weights: NDArray[np.float64]) -> NDArray[np.float64]:
    """Share of the total held by the lowest shares of the weight: float[places, replications].

    values, weights : [zones, replications], values >= 0. NaN where all values are 0.
    """
    curves = np.full((PLACES.size, values.shape[1]), np.nan)
    for column in range(values.shape[1]):
        order = np.argsort(values[:, column], kind="stable")
        weight = weights[order, column]
        held = values[order, column] * weight
        if held.sum() > 0:
            across = np.concatenate([[0.0], np.cumsum(weight) / weight.sum()])
            curves[:, column] = np.interp(
                PLACES, across, np.concatenate([[0.0], np.cumsum(held) / held.sum()])
            )
    return curves
