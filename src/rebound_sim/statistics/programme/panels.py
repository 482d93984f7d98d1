"""Results of a programme, seen as basins: one `Panels` per zone, and one for all zones together.

Outcomes keep the definitions that they have for one basin: the arms are the strategies.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from rebound_sim.data.directory import zone_names
from rebound_sim.errors import InputError
from rebound_sim.experiment.euros import EUROS
from rebound_sim.experiment.panel import Panel
from rebound_sim.experiment.results import Results, read_results
from rebound_sim.policies.instruments import INSTRUMENTS, PUBLIC
from rebound_sim.state.variables import VARIABLES
from rebound_sim.statistics.panels import NO_SHOCK, NONE, Panels, layoff_months

Column = NDArray[Any]
#: Counts and euros, whose sum over zones means something; rates and indices are left out.
ADDITIVE = frozenset(o.name for o in VARIABLES if o.unit not in ("%", "1")) | frozenset(EUROS)
_KNOWN = frozenset(o.name for o in VARIABLES) | frozenset(EUROS)
DONE = "done"
_MOST_PROJECTS = 10_000_000  # of a zone: more than any state has rows


@dataclass(frozen=True)
class Failure:
    """A strategy that failed: in how many replications, and the first error."""

    strategy: str
    replications: int
    error: str


@dataclass(frozen=True)
class ProgrammePanels:
    """What is compared: strategies without a failure, replications that all of them have.

    read         : variable, of trajectories or of EUROS -> its Panel, NaN where not simulated
    arms         : arms of `read`, in its order: `no_shock`, `none`, then strategies
    zones        : codes, in the order of the programme
    months       : int[months], 0 = first after the burn-in, which is not stored
    burn_in      : months of it
    replications : int[replications of `read`], their numbers
    kept         : positions of the replications that are compared: the first luck of each world
    further      : positions of those that are another luck of the same worlds
    compared     : arms that are compared, `none` first, `no_shock` left out
    closures     : zone -> closures of the scenario (as in `layoff_months`)
    groups       : of strategies simulated together; each simulates the references again
    runs, ledger : tables as stored, column -> array[rows]
    read_projects : gives the table of projects as stored, column -> array[rows]
    names        : words for zones    titles : for arms that have some
    parameter_sets : calibrated sets of parameters, another in each replication; 0 if all share one
    until        : rule at which the run stopped, "" for a number of replications set beforehand
    envelope_eur : of the programme, 0 without one
    title, seed, version : of the run
    """

    read: Callable[[str], Panel]
    arms: tuple[str, ...]
    zones: tuple[str, ...]
    months: NDArray[np.int64]
    burn_in: int
    replications: NDArray[np.int64]
    kept: NDArray[np.int64]
    compared: tuple[str, ...]
    closures: Mapping[str, tuple[Mapping[str, Any], ...]]
    runs: Mapping[str, Column]
    ledger: Mapping[str, Column]
    read_projects: Callable[[], Mapping[str, Column]] = dict
    groups: int = 1
    failures: tuple[Failure, ...] = ()
    names: Mapping[str, str] = field(default_factory=dict)
    titles: Mapping[str, str] = field(default_factory=dict)
    parameter_sets: int = 0
    further: NDArray[np.int64] = field(default_factory=lambda: np.zeros(0, np.int64))
    until: str = ""
    envelope_eur: float = 0.0
    title: str = ""
    seed: int = 0
    version: str = ""

    @property
    def strategies(self) -> tuple[str, ...]:
        """Compared strategies, `none` left out."""
        return tuple(name for name in self.compared if name != NONE)

    @property
    def count(self) -> int:
        """Number of replications compared."""
        return int(self.kept.size)

    @property
    def unit(self) -> str:
        """What a replication compared is: a world; a luck where there is one set."""
        return "world" if self.parameter_sets > 1 else "luck"

    def world_of(self, places: NDArray[np.int64]) -> NDArray[np.int64]:
        """World of replications, by their positions; their own number where all share one."""
        return worlds_of(self.replications[places], self.parameter_sets)

    def every_luck(self) -> ProgrammePanels:
        """The same with all complete replications: several lucks of some worlds."""
        if not self.further.size:
            return self
        both = np.sort(np.concatenate([self.kept, self.further]))
        none_left = np.zeros(0, np.int64)
        return replace(self, kept=both, further=none_left, _cache={}, _tables=self._tables)

    @property
    def horizon(self) -> int:
        """Months simulated after the burn-in."""
        return int(self.months[-1]) + 1

    @property
    def closing(self) -> tuple[str, ...]:
        """Zones where a site has laid off before the end of the run; the others are controls."""
        last = {zone: layoff_months(self.closures.get(zone, ()))[1] for zone in self.zones}
        return tuple(
            zone for zone, month in last.items() if month is not None and month < self.horizon
        )

    def zone(self, code: str) -> Panels:
        """One zone as a basin."""
        closures = self.closures.get(code, ())
        first, last = layoff_months(closures)
        place = self.zones.index(code)
        columns = _Columns(lambda name: self._of(name)[:, place])
        announced = min((int(c.get("announcement_month", 0)) for c in closures), default=None)
        return replace(
            self._panels(columns, first, last, _Projects(self, code)),
            announcement=announced,
            zone=code,
            zones=1,
        )

    def whole(self) -> Panels:
        """The only zone, with all that is known of it, or all zones together."""
        if len(self.zones) > 1:
            return self.national()
        return replace(self.zone(self.zones[0]), zone="")

    def national(self) -> Panels:
        """All zones as one basin: additive outcomes summed. Nothing of layoffs, which differ."""
        return self._panels(_Columns(self._summed, ADDITIVE), None, None, _Projects(self))

    def since_layoffs(self, before: int, after: int) -> tuple[Panels, int]:
        """Zones added up by months since the first layoffs of each, as one basin; and their number.

        before, after : months shown; zones that are not followed over all of them are left out, so
        that the same zones make every month. Additive outcomes alone. No zone: no month either.
        """
        places, starts = [], []
        for code in self.closing:
            first = layoff_months(self.closures[code])[0]
            if first is not None and before <= first < self.horizon - after:
                places.append(self.zones.index(code))
                starts.append(first)

        def shifted(name: str) -> NDArray[np.float64]:
            whole = self._of(name)
            parts = [
                whole[:, place, :, start - before : start + after + 1]
                for place, start in zip(places, starts, strict=True)
            ]
            return np.asarray(np.sum(parts, axis=0))

        numbers = self.replications[self.kept]
        months = np.arange(-before, after + 1)
        columns = _Columns(shifted, ADDITIVE)
        found = Panels(columns, {}, self._shown, months, numbers, 0, 0, zones=len(places))
        return found, len(places)

    @cached_property
    def instruments(self) -> tuple[str, ...]:
        """Instruments of the programme; without one, public ones that any arm has used."""
        rows = self.ledger["kind"] == "envelope"
        if not self.national_envelope:
            rows = np.isin(self.ledger["instrument"], PUBLIC)
        found = set(np.unique(self.ledger["instrument"][rows]).tolist())
        return tuple(name for name in INSTRUMENTS if name in found)

    @cached_property
    def national_envelope(self) -> bool:
        """Whether a national envelope was opened."""
        return bool(np.any(self.ledger["kind"] == "envelope"))

    @property
    def projects(self) -> Mapping[str, Column]:
        """Table of projects, with `arm` and `zone`; empty where none is stored."""
        if "projects" not in self._tables:
            self._tables["projects"] = self.read_projects()
        return self._tables["projects"]

    def zone_name(self, code: str) -> str:
        """Words for a zone."""
        return self.names.get(code) or code

    def _panels(
        self, columns: _Columns, first: int | None, last: int | None, projects: _Projects
    ) -> Panels:
        numbers = self.replications[self.kept]
        return Panels(
            columns,
            projects,
            self._shown,
            self.months,
            numbers,
            first,
            last,
            titles=self.titles,
            zones=len(self.zones),
        )

    @property
    def _shown(self) -> tuple[str, ...]:
        return tuple(arm for arm in self.arms if arm == NO_SHOCK or arm in self.compared)

    def _of(self, name: str) -> NDArray[np.float64]:
        """float[arms shown, zones, replications kept, months]; each is read once."""
        cached: dict[str, NDArray[np.float64]] = self._cache
        if name not in cached:
            numbers = self.replications[self.kept].tolist()
            cached[name] = self.read(name).of(arm=self._shown, replication=numbers).values
        return cached[name]

    def _summed(self, name: str) -> NDArray[np.float64]:
        key = f"sum of {name}"
        if key not in self._cache:
            known = name in self._cache
            self._cache[key] = np.asarray(self._of(name).sum(axis=1))
            if not known:
                del self._cache[name]
        return self._cache[key]

    _cache: dict[str, NDArray[np.float64]] = field(default_factory=dict, repr=False)
    _tables: dict[str, Mapping[str, Column]] = field(default_factory=dict, repr=False)


class _Columns(Mapping[str, Column]):
    """Variable -> array[arms, replications, months], read when it is asked for."""

    def __init__(
        self, read: Callable[[str], NDArray[np.float64]], names: frozenset[str] | None = None
    ) -> None:
        self._read = read
        self._names = _KNOWN if names is None else names

    def __getitem__(self, name: str) -> Column:
        if name not in self._names:
            raise KeyError(name)
        return self._read(name)

    def __iter__(self) -> Iterator[str]:
        return iter(sorted(self._names))

    def __len__(self) -> int:
        return len(self._names)


class _Projects(Mapping[str, Column]):
    """Table of projects as that of a run: of one zone, or of all. Read when it is asked for."""

    def __init__(self, panels: ProgrammePanels, zone: str = "") -> None:
        self._panels, self._zone = panels, zone
        self._table: dict[str, Column] | None = None

    def __getitem__(self, name: str) -> Column:
        return self._columns()[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._columns())

    def __len__(self) -> int:
        return len(self._columns())

    def _columns(self) -> dict[str, Column]:
        if self._table is None:
            whole = self._panels.projects
            table = dict(whole)
            if whole:
                rows = np.isin(whole["replication"], self._panels.replications[self._panels.kept])
                if self._zone:
                    rows &= whole["zone"] == self._zone
                table = {name: column[rows] for name, column in table.items()}
                # A number names a project in its zone only.
                _, zone = np.unique(table["zone"], return_inverse=True)
                table["project"] = table["project"] + _MOST_PROJECTS * zone
            self._table = table
        return self._table


def worlds_of(replications: NDArray[np.int64], sets: int) -> NDArray[np.int64]:
    """World of each replication: its set of parameters, or itself where there is one set."""
    return replications % sets if sets > 1 else replications


def comparable(
    runs: Mapping[str, Column], arms: tuple[str, ...], replications: NDArray[np.int64]
) -> tuple[tuple[str, ...], NDArray[np.int64], tuple[Failure, ...]]:
    """Arms compared, `none` first; positions of replications where all are; failures.

    Replications without both references are left out. A strategy that failed in one of the others
    is left out of all: those where it did not fail are not a fair sample. Replications that lack
    an arm (the run was interrupted) are left out too.
    """
    zones = max(np.unique(runs["zone"]).size, 1)
    done = {
        arm: _whole(runs, (runs["arm"] == arm) & (runs["status"] == DONE), replications, zones)
        for arm in arms
    }
    base = np.ones(replications.size, dtype=bool)
    for reference in (NO_SHOCK, NONE):
        base &= done.get(reference, np.zeros(replications.size, dtype=bool))
    failures = []
    for arm in arms:
        wrong = (runs["arm"] == arm) & (runs["status"] != DONE)
        if arm not in (NO_SHOCK, NONE):
            wrong &= np.isin(runs["replication"], replications[base])
        rows = np.flatnonzero(wrong)
        if rows.size:
            count = np.unique(runs["replication"][rows]).size
            failures.append(Failure(arm, count, str(runs["error"][rows[0]])))
    failed = {failure.strategy for failure in failures}
    rest = tuple(arm for arm in arms if arm not in failed and arm not in (NO_SHOCK, NONE))
    for arm in rest:
        base &= done[arm]
    return (NONE, *rest), np.flatnonzero(base), tuple(failures)


def _whole(
    runs: Mapping[str, Column], rows: Column, replications: NDArray[np.int64], zones: int
) -> NDArray[np.bool_]:
    """Replications where as many rows as there are zones were selected: bool[replications]."""
    counts = np.zeros(replications.size, np.int64)
    found = runs["replication"][rows]
    np.add.at(counts, np.searchsorted(replications, found), 1)
    return np.asarray(counts == zones)


def as_programme(results: ProgrammePanels | Results | str | Path) -> ProgrammePanels:
    """Panels of a results folder of a programme, read or not.

    Raises InputError (not such a folder).
    """
    if isinstance(results, ProgrammePanels):
        return results
    if isinstance(results, str | Path):
        results = read_results(results)
    manifest, world = results.manifest, results.manifest.world
    runs = _texts(results.table("runs"))
    if not runs:
        raise InputError("nothing has ended in these results", file=str(results.folder))
    arms, replications = tuple(results.arms), np.asarray(results.replications, np.int64)
    compared, complete, failures = comparable(runs, arms, replications)
    sets = _parameter_sets(manifest.parameters)
    worlds = worlds_of(replications[complete], sets)
    # In the order of the worlds, whichever of their lucks came first.
    first = np.unique(worlds, return_index=True)[1]
    return ProgrammePanels(
        read=results.panel,
        arms=arms,
        zones=tuple(results.zones),
        months=np.arange(int(world["time"]["months"])),
        groups=len(manifest.groups),
        burn_in=int(world["time"]["burn_in_months"]),
        replications=replications,
        kept=complete[first],
        further=np.delete(complete, first),
        compared=compared,
        closures={entry["code"]: tuple(entry["closure"]) for entry in world["zone"]},
        runs=runs,
        ledger=_texts(results.table("ledger")) or _no_entries(),
        read_projects=lambda: _texts(results.table("projects")),
        failures=failures,
        names=zone_names(),
        titles=manifest.titles,
        parameter_sets=sets,
        until=manifest.until,
        envelope_eur=float((world.get("programme") or {}).get("envelope_eur", 0.0)),
        title=str(world.get("title", "")),
        seed=manifest.identity.seed,
        version=manifest.version,
    )


def _parameter_sets(recorded: Mapping[str, Any]) -> int:
    """Sets that replications use in turn. recorded : `parameters` of a manifest."""
    several = recorded.get("choice") in ("ensemble", "posterior")
    return int(recorded["sets"]) if several else 0


def _texts(table: Mapping[str, Column]) -> dict[str, Column]:
    """Text columns as fixed-width text, which compares and sorts faster than objects."""
    return {
        name: column.astype(str) if column.dtype == object else column
        for name, column in table.items()
    }


def _no_entries() -> dict[str, Column]:
    """The ledger of a run in which no euro has moved."""
    texts = {name: np.array([], dtype=str) for name in ("arm", "zone", "instrument", "kind")}
    numbers = ("replication", "project", "month", "amount_eur")
    return texts | {name: np.array([], dtype=np.int64) for name in numbers}
