"""The one door of worlds: from a TOML file and options to a checked world.

Files written before worlds were one form ([basin], [[closure]], [policy]) are read too, with a note
that says how they would be written now.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Protocol

from rebound_sim.errors import InputError
from rebound_sim.reading.overrides import apply_override, flatten_parameters
from rebound_sim.reading.source import Source, read_source
from rebound_sim.reading.strict import validated
from rebound_sim.scenario.definition import Scenario
from rebound_sim.scenario.load import check_scenario, table_of
from rebound_sim.scenario.programme import World, world_of
from rebound_sim.scenario.programme_file import check_programme, default_path, name_zones


class Loaded(Protocol):
    """What `rb.load` and `rb.zone` give."""

    @property
    def record(self) -> World:
        """The world."""


#: What can stand for a zone that is simulated alone.
ZoneLike = Scenario | World | Loaded | str | Path
_FORMER = ("basin", "closure", "policy")
#: Keys of a zone alone, as a file with one zone writes them.
_KEYS = (("closure", "zone.0.closure"), ("basin.synthetic", "zone.0.synthetic"),
         ("basin.zone", "zone.0.code"))  # fmt: skip
NOTE = (
    "written in a former form, which is still read. Now: [[zone]] with code = ... in place of "
    "[basin] zone = ...; [zone.synthetic]; [[zone.closure]] in place of [[closure]]; "
    'policies = ["..."] at the top in place of [policy] name'
)


def load_world(
    path: str | Path | None = None,
    overrides: Mapping[str, str] | None = None,
    zone: str | None = None,
    months: int | None = None,
) -> World:
    """Read, override and check a world; the shipped one without a path.

    overrides : dotted key -> value as typed (`--set`): a key of the file or a parameter
    zone      : code or name that replaces that of a world of one zone (`--zone`)
    months    : months simulated, in place of the file's (`--months`)
    Raises InputError, located in the file or naming the option.
    """
    return open_world(path, overrides, zone, months)[0]


def open_world(
    path: str | Path | None = None,
    overrides: Mapping[str, str] | None = None,
    zone: str | None = None,
    months: int | None = None,
) -> tuple[World, Source]:
    """As `load_world`, with the source that locates later errors and may have a note."""
    source = read_source(default_path() if path is None else path)
    flatten_parameters(source)
    former = "zone" not in source.values and any(key in source.values for key in _FORMER)
    alone = former or len(source.values.get("zone") or ()) == 1
    for key, text in (overrides or {}).items():
        apply_override(
            source, _known(key, former) if alone else key, text, Scenario if former else World
        )
    if months is not None:
        table_of(source, "time")["months"] = months
        source.replace("time.months", "--months")
    if zone is not None:
        _replace_zone(source, zone, former)
    if former:
        source.note = f"{source.name}: {NOTE}"
        scenario = validated(Scenario, source.values, source)
        check_scenario(scenario, source)
        return _noted(world_of(scenario), source), source
    name_zones(source)
    world = validated(World, source.values, source)
    check_programme(world, source)
    return _noted(world, source), source


def _noted(world: World, source: Source) -> World:
    """Note in the source which figures of zones at a quarter stand for others."""
    told = [source.note] if source.note else []
    source.note = "\n".join([*told, *(f"{source.name}: {text}" for text in world.date_notes())])
    return world


def _known(key: str, former: bool) -> str:
    """A key of a world of one zone, in the form in which the file is written."""
    for old, new in _KEYS:
        given, written = (new, old) if former else (old, new)
        if key == given or key.startswith(f"{given}."):
            return written + key[len(given) :]
    return key


def _replace_zone(source: Source, zone: str, former: bool) -> None:
    """Simulate another zone with the closures of the file."""
    if former:
        source.values["basin"] = {"zone": zone}
        source.replace("basin", "--zone")
        return
    entries = source.values.get("zone")
    if not isinstance(entries, list) or len(entries) != 1 or not isinstance(entries[0], dict):
        raise InputError("used with a world of one zone only", file="--zone", value=zone)
    entries[0].pop("synthetic", None)
    entries[0]["code"] = zone
    source.replace("zone.0.code", "--zone")


def open_programme(
    path: str | Path | None = None,
    overrides: Mapping[str, str] | None = None,
    months: int | None = None,
) -> tuple[World, Source]:
    """A world that has a programme. Raises InputError for one without."""
    world, source = open_world(path, overrides, None, months)
    if world.programme is None:
        raise source.error(
            "this world has no programme: simulate it with `rebound run`",
            "basin" if "basin" in source.values else "zone",
            allowed="a file with [programme] and [[zone]]",
        )
    return world, source


def open_zone(
    path: str | Path,
    overrides: Mapping[str, str] | None = None,
    zone: str | None = None,
    months: int | None = None,
) -> tuple[World, Source]:
    """The world of one zone, without a programme. Raises InputError for a world of several."""
    world, source = open_world(path, overrides, zone, months)
    return only_zone(world, source), source


def only_zone(world: World, source: Source) -> World:
    """The world without its programme. Raises InputError when it has several zones."""
    if len(world.zone) > 1:
        raise source.error(
            f"this world has {len(world.zone)} zones: compare its arms with `rebound compare`",
            "programme" if world.programme is not None else "zone",
        )
    return world.model_copy(update={"programme": None})


def open_scenario(
    path: str | Path,
    overrides: Mapping[str, str] | None = None,
    zone: str | None = None,
    months: int | None = None,
) -> tuple[Scenario, Source]:
    """The zone of a world that has one, as a model takes it. Raises InputError."""
    world, source = open_zone(path, overrides, zone, months)
    return _scenario(world), source


def _scenario(world: World) -> Scenario:
    scenario = world.zone_scenario(world.codes[0])
    return scenario.model_copy(update={"title": world.title, "description": world.description})


def scenario_of(given: ZoneLike) -> Scenario:
    """A zone to simulate alone: a scenario, a world of one zone, the path of either.

    given : may be what `rb.load` and `rb.zone` give too. Raises InputError.
    """
    record = getattr(given, "record", given)
    if isinstance(record, Scenario):
        return record
    if isinstance(record, World):
        return _scenario(only_zone(record, Source("world", {})))
    if isinstance(record, str | Path):
        return load_scenario(record)
    raise InputError(
        "not a world", value=given, allowed="what rb.load or rb.zone gives, or the path of a file"
    )


def load_scenario(
    path: str | Path,
    overrides: Mapping[str, str] | None = None,
    zone: str | None = None,
    months: int | None = None,
) -> Scenario:
    """The zone of a world of one zone, as `BasinModel` takes it.

    overrides : dotted key -> value as typed    zone, months : in place of the file's
    Raises InputError, located in the file or naming the option.
    """
    return open_scenario(path, overrides, zone, months)[0]
