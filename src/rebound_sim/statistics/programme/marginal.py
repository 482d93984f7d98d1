"""What one more million brings, zone by zone and instrument by instrument.

Strategies give a zone different amounts under the same luck. In each replication, within each zone,
additional jobs are regressed by least squares on the millions paid there by each instrument, over
strategies and `none` (which pays nothing), with a constant for the zone. The slope of an instrument
is jobs per million; its mean over replications has Student's interval. For all zones together the
regression is pooled, with a constant for each zone.

It is the slope between the amounts that the strategies compared have paid, not at the last euro: it
holds for the next million as far as jobs are linear in money there. Strategies also differ by when
and to which projects they pay, which the slope mixes in. It is not identified where fewer than two
more strategies than slopes are compared, or where both amounts vary together.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from rebound_sim.statistics import employment
from rebound_sim.statistics.cell import Cell, cell
from rebound_sim.statistics.intervals import Estimate, mean_estimate
from rebound_sim.statistics.money import spent
from rebound_sim.statistics.outcome import Outcome
from rebound_sim.statistics.panels import Panels

MILLION = 1e6
NOT_IDENTIFIED = "not identified: the strategies compared do not tell the instruments apart"
#: Largest ratio of the singular values of the scaled amounts (Belsley, Kuh and Welsch, Regression
#: Diagnostics, 1980: from 30 on collinearity does harm).
_WORST_CONDITION = 30.0
_FEWEST_MORE = 2  # arms beyond the constant and the slopes
MARGINAL = Outcome(
    "jobs_per_million",
    "job/million EUR",
    "slope of additional jobs at the end on millions paid less recovered by the instrument in the "
    "zone, least squares over strategies and none within zone and replication",
)


def marginal_cells(panels: Panels) -> list[Cell]:
    """Slopes of all zones together, then of each zone; detail: the instrument."""
    zones = [panels.zone(code) for code in panels.zones]
    jobs = np.stack([_jobs(panels, zone) for zone in zones])
    money = np.stack([_money(panels, zone) for zone in zones])
    found = list(_cells(panels, "", len(zones), slopes(jobs, money)))
    for place, code in enumerate(panels.zones):
        one = slopes(jobs[[place]], money[[place]])
        found += _cells(panels, code, 1, one)
    return found


def slopes(jobs: NDArray[np.float64], money: NDArray[np.float64]) -> NDArray[np.float64] | None:
    """Jobs per million of each instrument: float[instruments, replications]; None: not identified.

    jobs  : [zones, arms, replications]
    money : [zones, arms, replications, instruments], millions
    An instrument that no strategy pays here has NaN.
    """
    within = money - money.mean(axis=1, keepdims=True)
    gained = jobs - jobs.mean(axis=1, keepdims=True)
    used = [i for i in range(money.shape[-1]) if np.ptp(within[..., i]) > 0]
    if not used or money.shape[1] < 1 + len(used) + _FEWEST_MORE:
        return None
    found = np.full((money.shape[-1], jobs.shape[2]), np.nan)
    for row in range(jobs.shape[2]):
        amounts = within[:, :, row][..., used].reshape(-1, len(used))
        size = np.linalg.norm(amounts, axis=0)
        if np.any(size == 0) or np.linalg.cond(amounts / size) > _WORST_CONDITION:
            return None
        found[used, row] = np.linalg.lstsq(amounts, gained[:, :, row].ravel(), rcond=None)[0]
    return found


def _jobs(panels: Panels, zone: Panels) -> NDArray[np.float64]:
    """Additional jobs at the end: float[compared, replications]."""
    gained = [employment.additional_jobs(zone, name)[:, -1] for name in panels.compared]
    return np.stack(gained).astype(np.float64)


def _money(panels: Panels, zone: Panels) -> NDArray[np.float64]:
    """Millions paid less recovered by the end: float[compared, replications, instruments]."""
    amounts = [
        [spent(zone, name, (instrument,))[:, -1] for instrument in panels.instruments]
        for name in panels.compared
    ]
    shape = (len(panels.compared), len(panels.instruments), panels.count)
    return np.reshape(amounts, shape).swapaxes(1, 2) / MILLION


def _cells(
    panels: Panels, zone: str, zones: int, found: NDArray[np.float64] | None
) -> Iterator[Cell]:
    for place, instrument in enumerate(panels.instruments):
        if found is None:
            nan = float("nan")
            estimate = Estimate(nan, nan, nan, panels.count, NOT_IDENTIFIED)
        else:
            estimate = mean_estimate(found[place])
        yield cell(
            MARGINAL,
            estimate,
            arm="",
            month=panels.horizon,
            zones=zones,
            zone=zone,
            detail=instrument,
            reference="none",
        )
