"""Real closures, and what was published about their staff and their zones.

A case is a world of one zone whose file has tables `[[count]]` and `[[gap]]` (scenario.published).
The shipped ones are `scenarios/cases/*.toml`; a user's own is judged in the same way. Counts were
published by prefectures, firms and the press, each with its own denominator and jobs that count;
"in work" here counts work outside the zone and own businesses, over those laid off, retired or not,
who have not moved out of the zone.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from rebound_sim.errors import EngineError
from rebound_sim.reading.source import Source
from rebound_sim.scenario import Scenario, open_scenario
from rebound_sim.scenario.published import DEFINITIONS, PublishedCount, PublishedGap

LASTING: Final = DEFINITIONS["lasting_work"]
IN_WORK: Final = DEFINITIONS["in_work"]
STABLE: Final = DEFINITIONS["stable_work"]
#: Months whose mean is compared with a quarterly gap.
QUARTER: Final = 3
#: Counts that have a row in the table of moments: case, months after the layoffs, states counted.
_MOMENTS: Final = {
    ("goodyear_amiens", 10, LASTING): "goodyear_10m",
    ("goodyear_amiens", 33, LASTING): "goodyear_33m",
    ("continental_clairoix", 48, DEFINITIONS["permanent_contract"]): "continental_4y",
    ("gms_la_souterraine", 20, IN_WORK): "gms_20m",
}
_NAMES: Final = (
    "goodyear_amiens",
    "continental_clairoix",
    "gms_la_souterraine",
    "michelin_la_roche_sur_yon",
    "molex_villemur",
    "moulinex_alencon",
    "moulinex_caen",
)


@dataclass(frozen=True, slots=True)
class CaseCount:
    """A published share of the staff.

    months : after the last layoffs    states : displaced people counted (columns `displaced_…`;
    `fixed_term` from LASTING_MONTHS on, `short_fixed_term` below)
    value, low, high : share and band    moment : id in the table of moments, "" for none
    """

    months: int
    states: tuple[str, ...]
    value: float
    source: str
    low: float
    high: float
    moment: str = ""


@dataclass(frozen=True, slots=True)
class Gap:
    """A published gap of the zone's unemployment rate [point], `months` after the last layoffs.

    half : half-width of the band in which the simulated gap agrees [point]
    """

    months: int
    points: float
    half: float
    source: str


@dataclass(frozen=True, slots=True)
class Case:
    """A closure.

    name : of a shipped case, or the path of a user's file    title : for tables and figures
    counts, gaps : what was published
    """

    name: str
    title: str
    counts: tuple[CaseCount, ...]
    gaps: tuple[Gap, ...] = ()


def count_of(name: str, told: PublishedCount, months: int) -> CaseCount:
    """A published count, `months` after the last layoffs."""
    people = "" if told.number is None else f"{told.number:,} of {told.of:,}, "
    moment = _MOMENTS.get((name, months, told.states), "")
    return CaseCount(months, told.states, told.value, people + told.source, *told.band, moment)


def gap_of(told: PublishedGap) -> Gap:
    """A published gap."""
    return Gap(told.months_after, told.points, told.band, told.source)


def layoffs_of(scenario: Scenario) -> int:
    """Month of the last layoffs of its sites, from the end of the burn-in."""
    return max(int(site.announcement_month + site.tranches[-1].month) for site in scenario.closure)


def case_at(place: str) -> Case:
    """A shipped case by its name, or that of a world file.

    Raises InputError for a file that closes no site, publishes nothing, or counts beyond the months
    simulated.
    """
    return CASES[place] if place in CASES else _case_of_file(place)


def _case_of_file(path: str) -> Case:
    scenario, source = open_scenario(path)
    if not scenario.closure:
        raise source.error("a case needs a site that closes", "zone.0", allowed="[[zone.closure]]")
    if not (scenario.count or scenario.gap):
        raise source.error("nothing to judge", "", allowed="tables [[count]] or [[gap]]")
    quarter = (scenario.basin.zone or "").partition("@")[2]
    layoffs = layoffs_of(scenario)
    counts = []
    for index, told in enumerate(scenario.count):
        try:
            months = told.months(quarter, layoffs)
        except ValueError as fault:
            raise source.error(str(fault), f"count.{index}.date", value=told.date) from None
        _check_followed(months, scenario, source, f"count.{index}")
        counts.append(count_of(path, told, months))
    for index, gap in enumerate(scenario.gap):
        _check_followed(gap.months_after + QUARTER - 1, scenario, source, f"gap.{index}")
    return Case(path, scenario.title, tuple(counts), tuple(gap_of(gap) for gap in scenario.gap))


def _check_followed(months: int, scenario: Scenario, source: Source, path: str) -> None:
    last = layoffs_of(scenario) + months
    if last >= scenario.time.months:
        raise source.error(
            f"this comes {months} months after the last layoffs, and {scenario.time.months} months "
            "are simulated",
            path,
            allowed=f"time.months above {last}",
        )


def case_file(name: str) -> Path:
    """File of a case: in `scenarios/cases` of a checkout, or the copy that a wheel holds here."""
    here = Path(__file__).resolve().parent
    for folder in (here / "case_files", here.parents[3] / "scenarios" / "cases"):
        if (folder / f"{name}.toml").is_file():
            return folder / f"{name}.toml"
    raise EngineError(f"the scenario of the case {name} is missing from the installation")


def _shipped(name: str) -> Case:
    """A shipped case, from what its file says was published; the zone is not loaded for it."""
    with case_file(name).open("rb") as stream:
        values = tomllib.load(stream)
    told = [PublishedCount.model_validate(one) for one in values.get("count", ())]
    gaps = [PublishedGap.model_validate(one) for one in values.get("gap", ())]
    counts = tuple(count_of(name, one, one.months("", 0)) for one in told)
    return Case(name, values["title"], counts, tuple(map(gap_of, gaps)))


CASES: Final = {name: _shipped(name) for name in _NAMES}
