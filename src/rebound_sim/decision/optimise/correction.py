"""A search around the best, where the coupled programme is far from the response table.

Each zone's cells are multiplied by what the programme makes of them, and the choice is made again.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

import numpy as np

from rebound_sim.arrays import Floats
from rebound_sim.decision.optimise.allocation import Allocation
from rebound_sim.decision.optimise.responses import Responses

Cells = Mapping[str, Floats]

#: Gap between predicted and simulated from which the search goes on.
TOLERANCE = 0.10
ROUNDS = 2


@dataclass(frozen=True)
class Correction:
    """What a search around the best gave.

    better : the best once the table is corrected, None where the table predicts the programme
        within TOLERANCE or no round does better    cells : of it in the programme
    rounds : choices made again    gap : simulated over predicted in the last
    """

    better: Allocation | None
    cells: Cells
    rounds: int
    gap: float


def corrected(
    responses: Responses,
    raw: Responses,
    best: Allocation,
    cells: Cells,
    choose: Callable[[Responses], Allocation],
    simulate: Callable[[int, Allocation], Cells],
) -> Correction:
    """Choose again from a corrected table until it predicts the programme, ROUNDS times at most.

    raw : the table as simulated: a zone alone is held against the same zone in the programme, in
        the same world and with the same luck    responses : as expected, from which one chooses
    best, cells : the best by the table, and what the programme gives it in the first worlds of it
    choose : the best by another table    simulate : cells of a round's choice in the same worlds
    """
    tried = [(_jobs(cells), best, cells)]
    table, alone, choice, now = responses, raw, best, cells
    while True:
        gap = _gap(alone, choice, now["jobs"])
        if abs(gap - 1.0) <= TOLERANCE or np.isnan(gap) or len(tried) > ROUNDS:
            break
        ratios = _ratios(alone, choice, now["jobs"])
        table, alone = _times(table, ratios), _times(alone, ratios)
        again = choose(table)
        if any(np.array_equal(again.choice, other.choice) for _, other, _ in tried):
            break
        choice, now = again, simulate(len(tried), again)
        tried.append((_jobs(now), choice, now))
    _, top, own = max(tried, key=lambda one: one[0])
    return Correction(None if top is best else top, own, len(tried) - 1, gap)


def coupling(raw: Responses, choice: Allocation, simulated: Floats) -> float:
    """Jobs that neighbours and queues add to all zones: in the programme less alone, in the same
    worlds with the same luck, mean of those in which each zone was simulated alone.

    simulated : float[zones, worlds], of the first worlds of the table
    """
    return float(np.nansum(_mean_of_zones(simulated - _alone(raw, choice, simulated))))


def _alone(raw: Responses, choice: Allocation, simulated: Floats) -> Floats:
    return raw.of("jobs", choice.choice)[:, : simulated.shape[1]]


def _gap(raw: Responses, choice: Allocation, simulated: Floats) -> float:
    """Jobs in the programme over those of the same zones alone, NaN where these are none."""
    alone = _alone(raw, choice, simulated)
    whole = float(np.nansum(alone))
    together = float(simulated[~np.isnan(alone)].sum())
    return together / whole if whole > 0 else float("nan")


def _jobs(cells: Cells) -> float:
    return float(cells["jobs"].sum(axis=0).mean())


def _ratios(raw: Responses, choice: Allocation, simulated: Floats) -> Floats:
    """By zone, what the programme makes of its option, between a half and twice, half of the way
    from the ratio of all: a zone's own is mostly luck. float[zones]"""
    alone = _alone(raw, choice, simulated)
    together = np.where(np.isnan(alone), np.nan, simulated)
    whole = _gap(raw, choice, simulated)
    own = _mean_of_zones(together) / np.maximum(_mean_of_zones(alone), 1.0)
    own = np.where(np.isnan(own), whole, np.clip(own, 0.0, 2.0))
    return np.asarray(np.clip((own + whole) / 2.0, 0.5, 2.0))


def _mean_of_zones(values: Floats) -> Floats:
    """Mean over the worlds in which each zone was seen, NaN in none: float[zones]."""
    count = (~np.isnan(values)).sum(axis=1)
    return np.where(count > 0, np.nansum(values, axis=1) / np.maximum(count, 1), np.nan)


def _times(table: Responses, ratios: Floats) -> Responses:
    return replace(table, jobs=table.jobs * ratios[:, np.newaxis, np.newaxis])
