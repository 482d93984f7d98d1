"""A search around the best, where the coupled programme is far from the response table.

Each zone's cells are multiplied by what the programme makes of them, and the choice is made again.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from rebound_sim.decision.optimise.allocation import Allocation
from rebound_sim.decision.optimise.responses import Responses

Values = NDArray[np.float64]
Cells = Mapping[str, Values]

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
    best: Allocation,
    cells: Cells,
    choose: Callable[[Responses], Allocation],
    simulate: Callable[[int, Allocation], Cells],
) -> Correction:
    """Choose again from a corrected table until it predicts the programme, ROUNDS times at most.

    best, cells : the best by the table, and what the programme gives it in the first worlds of it
    choose : the best by another table    simulate : cells of a round's choice in the same worlds
    """
    worlds = cells["jobs"].shape[1]
    tried = [(_jobs(cells), best, cells)]
    table, choice, now = responses, best, cells
    while True:
        expected = predicted(table, choice, worlds)
        gap = _jobs(now) / expected if expected > 0 else float("nan")
        if abs(gap - 1.0) <= TOLERANCE or len(tried) > ROUNDS:
            break
        table = _scaled(table, choice, now["jobs"])
        again = choose(table)
        if any(np.array_equal(again.choice, other.choice) for _, other, _ in tried):
            break
        choice, now = again, simulate(len(tried), again)
        tried.append((_jobs(now), choice, now))
    _, top, own = max(tried, key=lambda one: one[0])
    return Correction(None if top is best else top, own, len(tried) - 1, gap)


def predicted(table: Responses, choice: Allocation, worlds: int) -> float:
    """Jobs of an allocation by a table, mean of its first worlds."""
    return float(table.of("jobs", choice.choice)[:, :worlds].sum(axis=0).mean())


def _jobs(cells: Cells) -> float:
    return float(cells["jobs"].sum(axis=0).mean())


def _scaled(table: Responses, choice: Allocation, simulated: Values) -> Responses:
    """Cells of each zone times what the programme makes of its option, between a half and twice,
    half of the way for zones: a zone's own ratio is mostly luck."""
    expected = table.of("jobs", choice.choice)[:, : simulated.shape[1]]
    whole = float(simulated.sum() / expected.sum()) if expected.sum() > 0 else 1.0
    own = simulated.mean(axis=1) / np.maximum(expected.mean(axis=1), 1.0)
    ratios = np.clip((np.clip(own, 0.0, 2.0) + whole) / 2.0, 0.5, 2.0)
    return replace(table, jobs=table.jobs * ratios[:, np.newaxis, np.newaxis])
