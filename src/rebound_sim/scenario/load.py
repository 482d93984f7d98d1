"""A scenario checked against the figures of its zone and the registry of parameters."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from rebound_sim.data.basins import BasinFigures, load_basin, synthetic_basin
from rebound_sim.data.closures import KNOWN_CLOSURES
from rebound_sim.data.sectors import SECTOR_CODES, SECTOR_INDEX, SECTORS
from rebound_sim.errors import InputError, nearest
from rebound_sim.parameters.load import check_value
from rebound_sim.policies.definition import Policy, load_policy
from rebound_sim.reading.source import Source
from rebound_sim.scenario.definition import Basin, Closure, Conditions, PolicyChoice, Scenario, Time


def check_scenario(scenario: Scenario, source: Source | None = None) -> BasinFigures:
    """Check a scenario against the registry of parameters and the figures of its basin.

    source : where values were given, for messages.  Returns the figures of the basin.
    Raises InputError.
    """
    source = source or Source("scenario", {})
    check_world(scenario.parameters, scenario.conditions, source)
    check_sites(scenario.closure, scenario.time, source)
    figures = figures_of(scenario.basin, source, "basin.zone")
    check_sites_fit(scenario.closure, figures, source)
    return figures


def check_world(parameters: Mapping[str, float], conditions: Conditions, source: Source) -> None:
    """Check parameters and trends of sectors against the registry and the nomenclature."""
    for name, value in parameters.items():
        try:
            check_value(name, value)
        except InputError as error:
            raise source.relocated(error, f"parameters.{name}") from None
    for code in conditions.sector_trends:
        check_sector(code, f"conditions.sector_trends.{code}", source)


def check_sites(sites: Sequence[Closure], time: Time, source: Source, within: str = "") -> None:
    """Check sectors of sites, and that their layoffs fall in the months simulated.

    within : dotted path of the table that holds `closure`, with its final dot
    """
    for index, site in enumerate(sites):
        check_sector(site.sector, f"{within}closure.{index}.sector", source)
        if site.first_layoff_month >= time.months:
            raise source.error(
                f"the first layoffs come in month {site.first_layoff_month}, after the last month "
                f"simulated ({time.months - 1})",
                "time.months" if "time.months" in source.options else f"{within}closure.{index}",
                allowed=f"time.months above {site.first_layoff_month}",
            )


def table_of(source: Source, name: str) -> dict[str, Any]:
    """A table of the document, created when absent; InputError when the key holds no table."""
    table = source.values.setdefault(name, {})
    if not isinstance(table, dict):
        raise source.error("wrong type", name, value=table, allowed="a table")
    return table


def check_sector(code: str, path: str, source: Source) -> None:
    """Check a code of the nomenclature A38. Raises InputError."""
    if code not in SECTOR_INDEX:
        raise source.error(
            "unknown sector",
            path,
            value=code,
            allowed=f"A38 codes {', '.join(SECTOR_CODES)}",
            nearest=nearest(code, SECTOR_CODES),
        )


def figures_of(basin: Basin, source: Source, path: str) -> BasinFigures:
    """Figures of a real or synthetic basin. path : where its zone was given."""
    if basin.synthetic is not None:
        return synthetic_basin(basin.synthetic)
    _check_declared(basin, source, f"{path.rpartition('.')[0]}.at_date.closed")
    try:
        return load_basin(str(basin.zone), basin.given)
    except InputError as error:
        raise source.relocated(error, path) from None


def _check_declared(basin: Basin, source: Source, path: str) -> None:
    """Sites declared closed are in the future of the zone, and not among those already known."""
    code, _, quarter = str(basin.zone).partition("@")
    for index, site in enumerate(basin.at_date.closed if basin.at_date else ()):
        here = f"{path}.{index}"
        check_sector(site.sector, f"{here}.sector", source)
        if site.closed < quarter:
            raise source.error(
                "this site had closed before the date of the zone",
                f"{here}.closed",
                value=site.closed,
                allowed=f"{quarter} or later",
            )
        for known in KNOWN_CLOSURES:
            if (known.code, known.sector, known.closed) == (code, site.sector, site.closed):
                raise source.error(
                    f"this site is known ({known.name}): its {known.jobs:,} jobs are added back "
                    "without being declared",
                    here,
                )


def check_sites_fit(
    sites: Sequence[Closure], figures: BasinFigures, source: Source, within: str = ""
) -> None:
    """Sites of one sector cannot hold more jobs together than the sector has in the basin."""
    taken: Counter[str] = Counter()
    for index, site in enumerate(sites):
        present = int(figures.salaried_jobs[SECTOR_INDEX[site.sector]])
        left = present - taken[site.sector]
        taken[site.sector] += site.jobs
        if site.jobs > left:
            label = SECTORS[SECTOR_INDEX[site.sector]].english.lower()
            others = f", of which {present - left:,} at sites above" if left < present else ""
            raise source.error(
                f"the site has more jobs than its sector: {figures.name} ({figures.code}) has "
                f"{present:,} jobs in {site.sector} ({label}){others}",
                f"{within}closure.{index}.jobs",
                value=site.jobs,
                allowed=f"at most {left:,}",
            )


def named_by(names: Sequence[str], source: Source) -> tuple[Policy, ...]:
    """Policies that a world names, `rebond` without any; an error is located in its file."""
    found = []
    for place, name in enumerate(names or (PolicyChoice().name,)):
        try:
            found.append(load_policy(name, source.folder))
        except InputError as error:
            if error.file is not None:
                raise
            key = f"policies.{place}" if "policies" in source.values else "policy.name"
            raise source.relocated(error, key) from None
    return tuple(found)
