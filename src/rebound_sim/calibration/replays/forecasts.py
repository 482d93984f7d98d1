"""How good the model's forecasts of zones are: coverage, and scores beside two naive forecasts.

Scores are continuous ranked probability scores (CRPS, Gneiting and Raftery 2007; the absolute error
for a forecast without spread), in the unit of the quantity; the lower the better. The naive ones
have the spread of rates of zones in 2003-2006, years that no start of the panel judges.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import NormalDist
from typing import Final

import numpy as np

from rebound_sim.calibration.panel import measures
from rebound_sim.calibration.panel.table import LEVELS, Panel
from rebound_sim.calibration.replays.cases import Replay
from rebound_sim.calibration.side_by_side import prediction_interval
from rebound_sim.calibration.studies.published_cases import QUARTER
from rebound_sim.calibration.study import Array

HORIZONS: Final = (2, 3, 5)
#: Net of the nation, rates of zones drift as random walks: standard deviation of a year [point]
#: (Insee, localised rates of 287 zones, 2003-T1 to 2006-T4: 0.32, 0.45 and 0.58 in 1, 2, 3 years).
DRIFT: Final = 0.33
_NORMAL = NormalDist()


@dataclass(frozen=True, slots=True)
class Coverage:
    """Share of held-out figures inside intervals. level → share; figures : how many there are."""

    what: str
    figures: int
    covered: dict[float, float]


@dataclass(frozen=True, slots=True)
class Score:
    """CRPS of unemployment, mean of zones [point], of the model and of two naive forecasts."""

    start: str
    years: int
    model: float
    no_change: float
    nation: float

    @property
    def better(self) -> bool:
        """True if the model beats both."""
        return self.model < min(self.no_change, self.nation)


def crps_of_runs(observed: Array, runs: Array) -> float:
    """Mean CRPS over zones, unbiased for few runs. observed : [zones]    runs : [runs, zones]."""
    n = runs.shape[0]
    error = np.abs(runs - observed).mean(axis=0)
    # Half the mean gap between two runs, from their ranks.
    weights = 2.0 * np.arange(1, n + 1) - n - 1.0
    between = weights @ np.sort(runs, axis=0) / (n * (n - 1))
    return float((error - between).mean())


def crps_of_normal(observed: Array, mean: Array, spread: float) -> float:
    """Mean CRPS over zones of normal forecasts. observed, mean : [zones]."""
    z = (observed - mean) / spread
    below = np.array([_NORMAL.cdf(value) for value in z])
    density = np.array([_NORMAL.pdf(value) for value in z])
    score = z * (2.0 * below - 1.0) + 2.0 * density - 1.0 / math.sqrt(math.pi)
    return float((spread * score).mean())


def scores(panels: Sequence[Panel]) -> list[Score]:
    """Scores of unemployment at each horizon from each start.

    "No change" keeps the zone's rate; "nation" adds the change of the mean of the zones: as the
    model, it is given the national path.
    """
    found = []
    for panel in panels:
        for years in (h for h in HORIZONS if h <= panel.start.years):
            observed, first = panel.rates[:, years], panel.rates[:, 0]
            change = panel.rates[:, years].mean() - first.mean()
            spread = DRIFT * math.sqrt(years)
            found.append(Score(
                panel.start.name, years, crps_of_runs(observed, panel.simulated_rates[:, :, years]),
                crps_of_normal(observed, first, spread),
                crps_of_normal(observed, first + change, spread),
            ))  # fmt: skip
    return found


def held_out(cases: Sequence[Replay], panels: Sequence[Panel]) -> list[Coverage]:
    """Coverage of 50, 80 and 95 % intervals of one replication, by kind of figure and in all.

    No figure here was fitted: calibration reads rows `use=calibrate` of the table of moments alone.
    Two of these rows rest on national and local series of years that the start of 2006 covers
    (`national_slump`, `local_response`), one number each.
    """
    parts: dict[str, list[dict[float, bool]]] = {}
    for one in cases:
        for count in one.case.counts:
            values = one.share(count.states)[:, count.months]
            parts.setdefault("shares of staff, replays", []).append(_inside(count.value, values))
        for gap in one.case.gaps:
            assert one.gap is not None
            values = one.gap[:, gap.months : gap.months + QUARTER].mean(axis=1)
            parts.setdefault("gaps of unemployment, replays", []).append(
                _inside(gap.points, values)
            )
    for panel in panels:
        changes = panel.simulated_jobs - panel.simulated_jobs[:, :, :1]
        jobs = changes - changes.mean(axis=1, keepdims=True)
        real = measures.net(panel.jobs - panel.jobs[:, :1])
        for years in (h for h in HORIZONS if h <= panel.start.years):
            for zone in range(panel.jobs.shape[0]):
                name = f"from {panel.start.name}, {years} years"
                parts.setdefault(f"unemployment of zones {name}", []).append(
                    _inside(panel.rates[zone, years], panel.simulated_rates[:, zone, years])
                )
                parts.setdefault(f"jobs of zones {name}, net", []).append(
                    _inside(real[zone, years], jobs[:, zone, years])
                )
    found = [_coverage(what, inside) for what, inside in parts.items()]
    everything = [one for inside in parts.values() for one in inside]
    return [*found, _coverage("all figures", everything)] if everything else []


def _inside(published: float, values: Array) -> dict[float, bool]:
    found = {}
    for level in LEVELS:
        low, high = prediction_interval(values, level)
        found[level] = bool(low <= published <= high)
    return found


def _coverage(what: str, inside: Sequence[dict[float, bool]]) -> Coverage:
    covered = {level: float(np.mean([one[level] for one in inside])) for level in LEVELS}
    return Coverage(what, len(inside), covered)
