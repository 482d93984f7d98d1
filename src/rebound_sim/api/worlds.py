"""Worlds to simulate: loaded, or made of a zone and closures, in a few words."""

from __future__ import annotations

import html
import warnings
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from rebound_sim.api.arguments import flag, place, text, text_or_none, whole, whole_or_none
from rebound_sim.api.tables import Table
from rebound_sim.data.basins import load_basin
from rebound_sim.data.directory import find_place
from rebound_sim.data.sectors import sector_called
from rebound_sim.errors import InputError
from rebound_sim.reading.source import Source
from rebound_sim.scenario import World, open_world
from rebound_sim.scenario.new_world import world_text
from rebound_sim.scenario.programme_file import DEFAULT_NAME, check_programme
from rebound_sim.whole_files import write_text_whole


@dataclass(frozen=True, repr=False)
class LoadedWorld:
    """A checked world: zones, closures, perhaps a programme. It is never changed in place.

    record : the world as the engine takes it    origin : where it comes from
    """

    record: World
    origin: str = ""
    source: Source | None = field(default=None, repr=False, compare=False)

    @property
    def read_from(self) -> Source:
        """Where its values were given, for messages, and where paths in it start."""
        return Source("world", {}) if self.source is None else self.source

    @property
    def title(self) -> str:
        """Its title."""
        return self.record.title

    def close(
        self,
        jobs: int,
        sector: str,
        *,
        month: int = 0,
        layoffs: dict[int, float] | None = None,
        insolvent: bool = False,
        group_employees: int | None = None,
        takeover_probability: float = 0.0,
        zone: str | None = None,
    ) -> LoadedWorld:
        """The same world with one more closure.

        jobs, sector : of the site; a sector by code or words of its label
        month        : of the announcement    layoffs : months after it -> share of the staff;
        all a year after it (three months, insolvent) without it
        zone         : which one, in a world of several
        Raises InputError, as a file with these values would.
        """
        jobs = whole("jobs", jobs)
        tranches = {(3 if flag("insolvent", insolvent) else 12): 1.0}
        if layoffs is not None:
            if not isinstance(layoffs, Mapping) or not layoffs:
                raise InputError(
                    "wrong type",
                    key="layoffs",
                    value=layoffs,
                    allowed="months -> shares, such as {6: 0.5, 12: 0.5}",
                )
            tranches = {whole("layoffs", m): share for m, share in layoffs.items()}
        group = jobs if insolvent else max(jobs, 1000)
        site: dict[str, Any] = {
            "sector": sector_called(text("sector", sector)),
            "jobs": jobs,
            "announcement_month": whole("month", month),
            "tranches": [{"month": m, "share": s} for m, s in tranches.items()],
            "group": "insolvent" if insolvent else "solvent",
            "group_employees": group
            if group_employees is None
            else whole("group_employees", group_employees),
            "takeover_probability": takeover_probability,
        }
        values = self.record.model_dump(mode="json", exclude_unset=True)
        entry = self._entry(values["zone"], zone)
        entry["closure"] = [*entry.get("closure", ()), site]
        return self._changed(values)

    def change(self, months: int | None = None, **parameters: float) -> LoadedWorld:
        """The same world with other months, or parameters given as `search__effort_decay=0.08`.

        Raises InputError for an unknown parameter or a value out of its range.
        """
        values = self.record.model_dump(mode="json", exclude_unset=True)
        if months is not None:
            values["time"] = {**values.get("time", {}), "months": whole("months", months)}
        given = {name.replace("__", "."): value for name, value in parameters.items()}
        values["parameters"] = {**values.get("parameters", {}), **given}
        return self._changed(values)

    def zones(self) -> Table:
        """Zones with the jobs that close."""
        rows = []
        for entry in self.record.zone:
            name = entry.code if entry.synthetic is not None else load_basin(entry.code).name
            lost = sum(site.jobs for site in entry.closure)
            sectors = ", ".join(site.sector for site in entry.closure)
            rows.append((entry.code, name, lost, sectors))
        names = ("zone", "name", "jobs_closed", "sectors")
        columns = dict(zip(names, map(list, zip(*rows, strict=True)), strict=True))
        return Table("zones of the world", columns, {"jobs_closed": "job"})

    def save(self, path: str | Path) -> Path:
        """Write the world as a commented file. Raises InputError when the file exists, OSError."""
        target = place("path", path)
        if target.exists():
            raise InputError("this file exists, and is not replaced", file=str(target))
        write_text_whole(target, world_text(self.record))
        return target

    def _entry(self, entries: list[dict[str, Any]], zone: str | None) -> dict[str, Any]:
        if zone is None:
            if len(entries) > 1:
                raise InputError("which zone?", key="zone", allowed=", ".join(self.record.codes))
            return entries[0]
        zone = text("zone", zone)
        code = zone if zone in self.record.codes else find_place(zone).code
        for entry in entries:
            if entry["code"] == code:
                return entry
        raise InputError(
            "not in this world", key="zone", value=zone, allowed=", ".join(self.record.codes)
        )

    def _changed(self, values: dict[str, Any]) -> LoadedWorld:
        return _made(values, Source("world", values, folder=self.read_from.folder), self.origin)

    def __repr__(self) -> str:
        world = self.record
        sites = sum(len(entry.closure) for entry in world.zone)
        jobs = sum(site.jobs for entry in world.zone for site in entry.closure)
        money = f", {world.programme.envelope_eur:,} EUR" if world.programme else ""
        return (
            f"<World {world.title!r}: {len(world.zone)} zone{'s' * (len(world.zone) > 1)}, "
            f"{sites} closure{'s' * (sites != 1)} ({jobs:,} jobs), {world.time.months} months"
            f"{money}>"
        )

    def _repr_html_(self) -> str:
        return f"<p>{html.escape(repr(self)[1:-1])}</p>{self.zones()._repr_html_()}"


def load(
    world: str | Path = DEFAULT_NAME,
    *,
    months: int | None = None,
    zone: str | None = None,
    **settings: Any,
) -> LoadedWorld:
    """A world by the path of its file; the shipped programme by its name, and without any.

    months, zone : in place of the file's    settings : other values, with __ for the dots:
    `programme__envelope_eur=50_000_000`, `search__effort_decay=0.08`
    Raises InputError, located in the file.
    """
    given = {name.replace("__", "."): _typed(value) for name, value in settings.items()}
    path = place("world", world)
    zone, months = text_or_none("zone", zone), whole_or_none("months", months)
    if not path.exists() and str(path) in (DEFAULT_NAME, Path(DEFAULT_NAME).stem):
        return _told(_opened(None, given, zone, months, Path(DEFAULT_NAME).stem))
    if not path.suffix and not path.exists():
        raise InputError(
            "no world of this name",
            value=str(world),
            allowed=f"{Path(DEFAULT_NAME).stem}, or the path of a TOML file; "
            'rb.zone("Vierzon") makes a world of a zone',
        )
    return _told(_opened(path, given, zone, months, str(path)))


def _made(values: dict[str, Any], source: Source, origin: str) -> LoadedWorld:
    """A world of values, checked as a file is. Raises InputError."""
    from rebound_sim.reading.strict import validated

    record = validated(World, values, source)
    check_programme(record, source)
    return LoadedWorld(record, origin, source)


def _typed(value: Any) -> str:
    """A value as one types it after `--set key=`."""
    return str(value).lower() if isinstance(value, bool) else str(value)


def _opened(
    path: Path | None, given: dict[str, str], zone: str | None, months: int | None, origin: str
) -> LoadedWorld:
    record, source = open_world(path, given, zone, months)
    return LoadedWorld(record, origin, source)


def zone(name: str, *, months: int = 120) -> LoadedWorld:
    """A world of one zone, today's, without a closure yet: `rb.zone("Vierzon").close(...)`.

    name : code or name of a zone, municipality or authority; "Vierzon@2013-T1" as it was then
    Raises InputError when there is none.
    """
    called, at, quarter = text("name", name, "a code or name, in quotes").partition("@")
    code = find_place(called).code + at + quarter
    title = load_basin(code).name
    values = {"title": title, "time": {"months": whole("months", months)}, "zone": [{"code": code}]}
    return _told(_made(values, Source("world", values), code))


def _told(world: LoadedWorld) -> LoadedWorld:
    """The world, with a warning for each figure of a zone at a quarter that stands for another."""
    for note in world.record.date_notes():
        warnings.warn(note, stacklevel=3)
    return world
