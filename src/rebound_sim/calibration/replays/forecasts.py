"""How good the model's forecasts of zones are: coverage, and scores beside two naive forecasts.

No figure judged here chose a parameter: calibration reads rows `use=calibrate` of the table of
moments alone, never a replay nor a zone of the panel. Two of these rows rest on series of the
nation and of zones in years that the start of 2006 covers, one number each: that start is judged a
second time with sets reweighted as if these rows had not been seen.

Scores are continuous ranked probability scores (CRPS, Gneiting and Raftery 2007; the absolute error
for a forecast without spread), in the unit of the quantity; the lower the better. The naive ones
have the spread of rates of zones in 2003-2006, years that no start of the panel judges.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from statistics import NormalDist
from typing import Final

import numpy as np

from rebound_sim.arrays import Floats
from rebound_sim.calibration.panel import measures
from rebound_sim.calibration.panel.table import LEVELS, ZonesPanel
from rebound_sim.calibration.panel.worlds import sample
from rebound_sim.calibration.replays.cases import Replay
from rebound_sim.calibration.replays.together import Past
from rebound_sim.calibration.side_by_side import prediction_interval, worth
from rebound_sim.calibration.studies.published_cases import QUARTER
from rebound_sim.data.history import jobs_history
from rebound_sim.parameters.ensemble import ParameterChoice, shipped_ensemble

HORIZONS: Final = (2, 3, 5)
#: Net of the nation, rates of zones drift as random walks: standard deviation of a year [point]
#: (Insee, localised rates of 287 zones, 2003-T1 to 2006-T4: 0.32, 0.45 and 0.58 in 1, 2, 3 years).
DRIFT: Final = 0.33
_NORMAL = NormalDist()
#: Year ends from which the drift of jobs is measured, and over how many years.
_BEFORE, _STEP = range(1998, 2007), 3
#: Start whose years are those of rows on series, and sets below which weights say nothing.
_COVERED_BY_SERIES, _FEWEST = "2006", 3.0


@dataclass(frozen=True, slots=True)
class Coverage:
    """Share of held-out figures inside intervals. level → share; figures : how many there are."""

    what: str
    figures: int
    covered: dict[float, float]


@dataclass(frozen=True, slots=True)
class Score:
    """CRPS of the model and of two naive forecasts, mean of zones.

    quantity, unit : unemployment [point], or the change of jobs since the start [%, logarithm]
    """

    quantity: str
    unit: str
    start: str
    years: int
    model: float
    no_change: float
    nation: float

    @property
    def better(self) -> bool:
        """True if the model beats both."""
        return self.model < min(self.no_change, self.nation)


def crps_of_runs(observed: Floats, runs: Floats) -> float:
    """Mean CRPS over zones, unbiased for few runs. observed : [zones]    runs : [runs, zones]."""
    n = runs.shape[0]
    error = np.abs(runs - observed).mean(axis=0)
    # Half the mean gap between two runs, from their ranks.
    weights = 2.0 * np.arange(1, n + 1) - n - 1.0
    between = weights @ np.sort(runs, axis=0) / (n * (n - 1))
    return float((error - between).mean())


def crps_of_normal(observed: Floats, mean: Floats, spread: float) -> float:
    """Mean CRPS over zones of normal forecasts. observed, mean : [zones]."""
    z = (observed - mean) / spread
    below = np.array([_NORMAL.cdf(value) for value in z])
    density = np.array([_NORMAL.pdf(value) for value in z])
    score = z * (2.0 * below - 1.0) + 2.0 * density - 1.0 / math.sqrt(math.pi)
    return float((spread * score).mean())


@cache
def drift_of_jobs() -> float:
    """Standard deviation of a year of drift of a zone's jobs, net of the mean of zones [%].

    From changes over three years of the sample between 1998 and 2006, before any start judged here.
    """
    paths = []
    for code in sample():
        series = jobs_history(code)
        paths.append([series.values[series.dates.index(str(year))] for year in _BEFORE])
    change = measures.net(np.log(np.array(paths)))
    three_years = change[:, _STEP:] - change[:, :-_STEP]
    return float(100.0 * np.sqrt((three_years**2).mean() / _STEP))


def scores(panels: Sequence[ZonesPanel]) -> list[Score]:
    """Scores of unemployment and of jobs at each horizon from each start.

    "No change" keeps the zone's rate and jobs; "nation" adds the change of the mean of the zones:
    as the model, it is given the national path.
    """
    found = []
    for panel in panels:
        jobs, runs = (
            100.0 * (paths - paths[..., :1]) for paths in (panel.jobs, panel.simulated_jobs)
        )
        for quantity, unit, paths, simulated, drift in (
            ("unemployment", "point", panel.rates, panel.simulated_rates, DRIFT),
            ("jobs", "%", jobs, runs, drift_of_jobs()),
        ):
            for years in (h for h in HORIZONS if h <= panel.start.years):
                observed, first = paths[:, years], paths[:, 0]
                change = observed.mean() - first.mean()
                spread = drift * math.sqrt(years)
                found.append(
                    Score(
                        quantity,
                        unit,
                        panel.start.name,
                        years,
                        crps_of_runs(observed, simulated[:, :, years]),
                        crps_of_normal(observed, first, spread),
                        crps_of_normal(observed, first + change, spread),
                    )
                )
    return found


def weights_of(choice: ParameterChoice, replications: int) -> Floats | None:
    """Weights of replications, sum 1, as if rows on series had not been seen; None without them.

    The installed ensemble has one for each of its sets (`calibration.smoother.left_out`).
    """
    ensemble = shipped_ensemble() if choice.name == "ensemble" else None
    known = None if ensemble is None else ensemble.provenance.get("weights_without_series")
    if known is None or len(known) != len(choice.sets):
        return None
    weights = np.array([known[n % len(known)] for n in range(replications)], dtype=np.float64)
    weights = weights / weights.sum()
    return weights if worth(weights) >= _FEWEST else None


@dataclass(frozen=True)
class Judgement:
    """How often intervals held, and scores of forecasts; empty without replays."""

    coverage: tuple[Coverage, ...]
    scores: tuple[Score, ...]


def judged(past: Past, choice: ParameterChoice) -> Judgement:
    """Judge replays by intervals and scores. choice : the parameter sets that they ran under"""
    runs = past.panels[0].simulated_rates.shape[0] if past.panels else 0
    weights = weights_of(choice, runs) if runs else None
    return Judgement(tuple(held_out(past.cases, past.panels, weights)), tuple(scores(past.panels)))


def held_out(
    cases: Sequence[Replay], panels: Sequence[ZonesPanel], weights: Floats | None = None
) -> list[Coverage]:
    """Coverage of 50, 80 and 95 % intervals of one replication, by kind of figure and in all.

    weights : of replications without the rows on series (`weights_of`), for the start of 2006
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
        parts |= _of_zones(panel, None)
    everything = [one for inside in parts.values() for one in inside]
    if weights is not None:
        said = f", sets without rows on series (worth {worth(weights):.0f})"
        for panel in panels:
            if panel.start.name == _COVERED_BY_SERIES:
                again = _of_zones(panel, weights)
                parts |= {f"{what}{said}": inside for what, inside in again.items()}
    found = [_coverage(what, inside) for what, inside in parts.items()]
    return [*found, _coverage("all figures", everything)] if everything else []


def _of_zones(panel: ZonesPanel, weights: Floats | None) -> dict[str, list[dict[float, bool]]]:
    """Whether each zone is inside, by quantity and horizon: rates, and jobs net of the mean."""
    changes = panel.simulated_jobs - panel.simulated_jobs[:, :, :1]
    jobs = changes - changes.mean(axis=1, keepdims=True)
    real = measures.net(panel.jobs - panel.jobs[:, :1])
    found: dict[str, list[dict[float, bool]]] = {}
    for years in (h for h in HORIZONS if h <= panel.start.years):
        for what, published, simulated in (
            ("unemployment of zones", panel.rates, panel.simulated_rates),
            ("jobs of zones, net", real, jobs),
        ):
            found[f"{what} from {panel.start.name}, {years} years"] = [
                _inside(published[zone, years], simulated[:, zone, years], weights)
                for zone in range(len(published))
            ]
    return found


def _inside(published: float, values: Floats, weights: Floats | None = None) -> dict[float, bool]:
    found = {}
    for level in LEVELS:
        low, high = prediction_interval(values, level, weights)
        found[level] = bool(low <= published <= high)
    return found


def _coverage(what: str, inside: Sequence[dict[float, bool]]) -> Coverage:
    covered = {level: float(np.mean([one[level] for one in inside])) for level in LEVELS}
    return Coverage(what, len(inside), covered)
