"""The zone panel, real and simulated side by side: every statistic with its interval."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from rebound_sim.arrays import Floats
from rebound_sim.calibration.moments.run import Repetitions, run_studies
from rebound_sim.calibration.panel import events, measures
from rebound_sim.calibration.panel.worlds import STARTS, STUDIES, Start, sample
from rebound_sim.calibration.side_by_side import SideBySide, compared
from rebound_sim.data.history import jobs_history, unemployment_history
from rebound_sim.scenario.nation import national_growth

LEVELS: Final = (0.5, 0.8, 0.95)
#: Years of a panel from which persistence can be told from trends.
LONG_ENOUGH = 10
_HISTORY = "Insee, yearly salaried jobs of the 24 zones, deviations from their mean"
_RATES = "Insee, localised rates of the 24 zones, fourth quarters"
_URSSAF = "Urssaf, private market jobs of mainland zones, 2019-2022-2024"
_Statistic = Callable[[Floats, Floats], float]


@dataclass(frozen=True)
class ZonesPanel:
    """Paths of the sample from one start, real and simulated.

    jobs, rates : published, float[zones, years + 1]: logarithms; %
    simulated_jobs, simulated_rates : float[replications, zones, years + 1]
    sectors : simulated jobs by sector, float[replications, zones, simulated years + 1, 38]
    Simulated jobs grow with the nation's (`national_growth`): the nation is given.
    """

    start: Start
    jobs: Floats
    rates: Floats
    simulated_jobs: Floats
    simulated_rates: Floats
    sectors: Floats


def published_paths(start: Start) -> tuple[Floats, Floats]:
    """Log jobs at year ends and unemployment rates of fourth quarters of the sample."""
    first = int(start.quarter[:4])
    years = range(first, first + start.years + 1)
    jobs, rates = [], []
    for code in sample():
        series, quarters = jobs_history(code), unemployment_history(code)
        jobs.append([series.values[series.dates.index(str(year))] for year in years])
        rates.append([quarters.values[quarters.dates.index(f"{year}-T4")] for year in years])
    return np.log(np.array(jobs)), np.array(rates)


def panels(how: Repetitions) -> tuple[ZonesPanel, ...]:
    """Simulate the sample from each start. Raises EngineError when a run fails."""
    found = run_studies([STUDIES[start.name] for start in STARTS], how)
    panels = []
    for start in STARTS:
        runs = found[STUDIES[start.name].name]
        paths = {
            name: np.array(
                [[runs[zone, n][name] for zone in sample()] for n in range(how.replications)]
            )
            for name in ("jobs", "rates", "sectors")
        }
        jobs, rates = published_paths(start)
        growth = np.array(national_growth(start.quarter, start.months // 12))
        kept = slice(0, start.years + 1)
        panels.append(
            ZonesPanel(
                start,
                jobs,
                rates,
                np.log(paths["jobs"] * growth)[:, :, kept],
                paths["rates"][:, :, kept],
                paths["sectors"] * growth[:, None],
            )
        )
    return tuple(panels)


def _jobs(statistic: Callable[..., float], *numbers: int, scale: float = 1.0) -> _Statistic:
    """A statistic of the paths of jobs as one of both paths."""
    return lambda jobs, _rates: scale * statistic(jobs, *numbers)


def _unemployment(statistic: Callable[..., float], *numbers: int) -> _Statistic:
    """A statistic of the paths of rates as one of both paths."""
    return lambda _jobs, rates: statistic(rates, *numbers)


def _statistics(start: Start) -> list[tuple[str, str, _Statistic, str]]:
    """Name, unit, function of (log jobs, rates), source."""
    last = start.years
    found = [
        (
            f"spread of growth of jobs over {h} years",
            "log point",
            _jobs(measures.spread_of_change, h, scale=100.0),
            _HISTORY,
        )
        for h in (1, 3, 5, 13)
        if h <= last
    ]
    if last >= LONG_ENOUGH:
        found += [
            (
                f"what is left of a year's change of jobs {h} years later",
                "1",
                _jobs(measures.impulse_response, h),
                f"{_HISTORY} and own trends",
            )
            for h in (1, 3, 5)
        ]
        found += [
            (
                "half-life of a deviation of jobs from the zone's trend",
                "year",
                _jobs(measures.half_life),
                _HISTORY,
            ),
            (
                "half-life of a deviation of unemployment from the zone's trend",
                "year",
                _unemployment(measures.half_life),
                _RATES,
            ),
        ]
    found += [
        (
            "points of unemployment per 1 % of jobs, yearly changes net of the mean",
            "point",
            measures.points_per_percent,
            f"{_HISTORY}; {_RATES}",
        ),
        (
            "spread of changes of unemployment over 2 years",
            "point",
            _unemployment(measures.spread_of_change, 2),
            _RATES,
        ),
        (
            "spread of changes of unemployment over 5 years",
            "point",
            _unemployment(measures.spread_of_change, 5),
            _RATES,
        ),
        (
            f"spread of unemployment over zones {last} years after",
            "point",
            _unemployment(measures.cross_section, last),
            _RATES,
        ),
        (
            f"correlation of unemployment at the start and {last} years after",
            "1",
            _unemployment(measures.rank_kept, last),
            _RATES,
        ),
        (
            f"highest mean unemployment in {last} years, above the start",
            "point",
            _unemployment(measures.largest_rise),
            _RATES,
        ),
    ]
    return found


def coverages(panel: ZonesPanel) -> list[tuple[str, int, float, float]]:
    """(quantity, years, level, share of zones covered) at 2, 3, 5 and the last year.

    Jobs are log changes from the start, net of the mean of the zones; rates are levels.
    """
    found = []
    horizons = sorted({2, 3, 5, panel.start.years})
    real_jobs = measures.net(panel.jobs - panel.jobs[:, :1])
    changes = panel.simulated_jobs - panel.simulated_jobs[:, :, :1]
    jobs = changes - changes.mean(axis=1, keepdims=True)
    for years in horizons:
        for level in LEVELS:
            found += [
                (
                    "jobs",
                    years,
                    level,
                    measures.coverage(real_jobs[:, years], jobs[:, :, years], level),
                ),
                (
                    "unemployment rate",
                    years,
                    level,
                    measures.coverage(
                        panel.rates[:, years], panel.simulated_rates[:, :, years], level
                    ),
                ),
            ]
    return found


def panel_results(panel: ZonesPanel) -> list[SideBySide]:
    """Every statistic of a panel, then the coverage of its intervals."""
    name = panel.start.name
    found = [
        compared(
            "panel",
            f"{name}: {label}",
            unit,
            statistic(panel.jobs, panel.rates),
            [
                statistic(jobs, rates)
                for jobs, rates in zip(panel.simulated_jobs, panel.simulated_rates, strict=True)
            ],
            source,
        )
        for label, unit, statistic, source in _statistics(panel.start)
    ]
    zones = panel.jobs.shape[0]
    for quantity, years, level, share in coverages(panel):
        # The band is that of as many independent draws as there are zones.
        half = 1.96 * math.sqrt(level * (1.0 - level) / zones)
        low, high = max(level - half, 0.0), min(level + half, 1.0)
        label = f"{name}: share of zones inside the {100 * level:.0f} % interval of "
        found.append(
            SideBySide(
                "panel",
                f"{label}{quantity} at {years} years",
                "share",
                level,
                share,
                low,
                high,
                low <= share <= high,
                "the level itself; the interval is that of independent zones",
            )
        )
    return found


def simulated_drops(panel: ZonesPanel) -> events.Drops:
    """Drops of the sample in every replication of the panel from 2018, as one sample."""
    first = int(panel.start.quarter[:4])
    years = [year - first for year in events.YEARS]
    return events.joined(
        [events.drops(run[:, years][:, :, events.MARKET]) for run in panel.sectors]
    )


def event_results(real: events.Drops, simulated: events.Drops) -> list[SideBySide]:
    """The event study, real and simulated; inside when the difference can be chance at 95 %."""
    statistics: list[tuple[str, str, Callable[[events.Drops], float]]] = [
        (
            "share of zones where a sector lost 1.5 % of jobs in 3 years",
            "share",
            lambda d: float(d.event.mean()),
        ),
        (
            "jobs lost by the zone per job lost in the sector, 3 years",
            "job",
            lambda d: events.pass_through(d, 0),
        ),
        (
            "jobs lost by the zone per job lost in the sector, 5 years",
            "job",
            lambda d: events.pass_through(d, 1),
        ),
        (
            "largest drop of a sector over jobs of the zone, mean of zones, 3 years",
            "share",
            lambda d: float(d.drop.mean()),
        ),
        (
            "jobs lost by the zone per job of its largest drop, all zones, 3 years",
            "job",
            lambda d: events.slope(d, 0),
        ),
        (
            "share of such zones below 5 % of the others, 3 years",
            "share",
            lambda d: events.share_below_placebo(d, 0),
        ),
        (
            "spread of growth of the other zones, 3 years",
            "log point",
            lambda d: 100.0 * events.placebo_spread(d, 0),
        ),
        (
            "spread of growth of the other zones, 5 years",
            "log point",
            lambda d: 100.0 * events.placebo_spread(d, 1),
        ),
    ]
    again = [events.redrawn(real), events.redrawn(simulated)]
    found = []
    for label, unit, statistic in statistics:
        value, mine = statistic(real), statistic(simulated)
        draws = [np.array([statistic(d) for d in sample_]) for sample_ in again]
        error = [float(np.nanstd(d)) if np.isfinite(d).any() else math.nan for d in draws]
        half = 1.96 * math.hypot(error[0], error[1])
        inside = math.isfinite(half) and abs(value - mine) <= half
        found.append(
            SideBySide(
                "panel",
                f"event: {label}",
                unit,
                value,
                mine,
                mine - half,
                mine + half,
                inside,
                _URSSAF,
            )
        )
    return found


#: What a statistic can be, by the first words of its label; those of other labels have no bound.
_POSSIBLE: Final = {
    "spread of": (0.0, math.inf),
    "half-life of": (0.0, math.inf),
    "highest mean": (0.0, math.inf),
    "correlation of": (-1.0, 1.0),
    "share of": (0.0, 1.0),
    "largest drop of a sector": (0.0, 1.0),
}


def possible(line: SideBySide) -> SideBySide:
    """A line whose interval holds nothing that its statistic cannot be; its verdict stands."""
    label = line.name.partition(": ")[2]
    for words, (least, most) in _POSSIBLE.items():
        if label.startswith(words):
            return replace(line, low=max(line.low, least), high=min(line.high, most))
    return line


def all_results(found: tuple[ZonesPanel, ...]) -> list[SideBySide]:
    """Every panel, and the event study where the panel of 2018 is among them."""
    lines = [line for panel in found for line in panel_results(panel)]
    for recent in found:
        if recent.start.name == "2018":
            lines += event_results(events.real_drops(), simulated_drops(recent))
    return [possible(line) for line in lines]
