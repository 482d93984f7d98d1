"""From a programme file and options to a checked programme; the one that is shipped."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path
from typing import Any

from rebound_sim.data.basins import BasinFigures
from rebound_sim.data.directory import find_zone
from rebound_sim.errors import InputError, nearest
from rebound_sim.policies.programme_table import ProgrammeTable
from rebound_sim.policies.strategy_choice import named_strategies
from rebound_sim.reading.source import Source
from rebound_sim.scenario.load import (
    check_sector,
    check_sites,
    check_sites_fit,
    check_world,
    figures_of,
)
from rebound_sim.scenario.programme import World

DEFAULT_NAME = "france2030_auto.toml"


def default_path() -> Path:
    """The programme that `rebound compare` takes when it is given none.

    One file: `scenarios/france2030_auto.toml` of a checkout, which a wheel holds in this package.
    """
    shipped = Path(str(files("rebound_sim.scenario") / DEFAULT_NAME))
    if shipped.is_file():
        return shipped
    return Path(__file__).parents[3] / "scenarios" / DEFAULT_NAME


def check_programme(programme: World, source: Source | None = None) -> tuple[BasinFigures, ...]:
    """Check a programme against the registry of parameters and the figures of its zones.

    source : where values were given, for messages.  Returns the figures of the zones, in order.
    Raises InputError.
    """
    source = source or Source("programme", {})
    check_world(programme.parameters, programme.conditions, source)
    if programme.programme is not None:
        _check_calendar(programme.programme, programme.time.months, source)
    _check_repeats(programme.codes, "zone.{}.code", "this zone", source)
    figures = []
    for index, entry in enumerate(programme.zone):
        within = f"zone.{index}."
        for code in entry.conditions.sector_trends if entry.conditions else ():
            check_sector(code, f"{within}conditions.sector_trends.{code}", source)
        check_sites(entry.closure, programme.time, source, within)
        figures.append(figures_of(entry.basin, source, f"{within}code"))
        check_sites_fit(entry.closure, figures[-1], source, within)
    return tuple(figures)


def _check_calendar(table: ProgrammeTable, months: int, source: Source) -> None:
    opens = table.start_month + table.grants_delay_months
    if opens >= months:
        raise source.error(
            f"grants open in month {opens}, after the last month simulated ({months - 1})",
            "time.months" if "time.months" in source.options else "programme.start_month",
            allowed=f"time.months above {opens}",
        )
    _check_repeats(table.strategies, "programme.strategies.{}", "this strategy", source)


def check_strategies(programme: World, source: Source) -> None:
    """Check the names of strategies against those that exist. Raises InputError, located."""
    known = named_strategies()
    for index, name in enumerate(programme.national().strategies):
        if name not in known:
            raise source.error(
                "unknown strategy",
                f"programme.strategies.{index}",
                value=name,
                allowed=", ".join(known),
                nearest=nearest(name, known),
            )


def name_zones(source: Source) -> None:
    """Replace names of zones by their codes, so that a zone has one name in the results."""
    entries: Any = source.values.get("zone")
    for index, entry in enumerate(entries if isinstance(entries, list) else ()):
        if not isinstance(entry, dict) or entry.get("synthetic") is not None:
            continue
        if isinstance(entry.get("code"), str):
            code, at, quarter = entry["code"].partition("@")
            try:
                entry["code"] = find_zone(code) + at + quarter
            except InputError as error:
                raise source.relocated(error, f"zone.{index}.code") from None


def _check_repeats(names: tuple[str, ...], path: str, what: str, source: Source) -> None:
    for index, name in enumerate(names):
        first = names.index(name)
        if first < index:
            line = source.place(path.format(first))[1]
            above = f" (first on line {line})" if line is not None else ""
            raise source.error(f"{what} is listed twice{above}", path.format(index), value=name)
