"""What is compared: arms, zones, replications and months of one experiment, read when asked for."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from rebound_sim.arrays import Column
from rebound_sim.errors import InputError
from rebound_sim.experiment.euros import EUROS
from rebound_sim.experiment.panel import Panel
from rebound_sim.policies import arm as arms_of
from rebound_sim.policies.definition import NO_POLICY
from rebound_sim.policies.instruments import INSTRUMENTS, PUBLIC
from rebound_sim.state.variables import VARIABLES

Closures = Sequence[Mapping[str, Any]]
NO_SHOCK, NONE = arms_of.NO_SHOCK, NO_POLICY
DATES = (12, 24, 36, 60, 120)
DATES_OF_DISPLACED = (6, 12, 18, 24, 36, 60)
#: Counts and euros, whose sum over zones means something; rates and indices are left out.
ADDITIVE = frozenset(o.name for o in VARIABLES if o.unit not in ("%", "1")) | frozenset(EUROS)
_KNOWN = frozenset(o.name for o in VARIABLES) | frozenset(EUROS)
_MOST_PROJECTS = 10_000_000  # of a zone: more than any state has rows


@dataclass(frozen=True)
class Failure:
    """A strategy that failed: in how many replications, and the first error."""

    arm: str
    replications: int
    error: str


@dataclass(frozen=True)
class Panels:
    """Strategies without a failure in the replications that all of them have, over some zones.

    Values of several zones are their sums, of additive variables alone. `zone` gives one of them.

    read         : variable, of trajectories or of EUROS -> its Panel, NaN where not simulated
    arms         : arms of `read`, in its order: `no_shock`, `none`, then strategies
    zones        : codes, in the order of the world
    months       : int[months], 0 = first after the burn-in, which is not stored
    burn_in      : months of it
    ended        : int[], replications of `read`, by their numbers
    replications : int[], those that are compared: the first luck of each world
    further      : int[], those that are another luck of the same worlds
    compared     : arms that are compared, `none` first, `no_shock` left out
    closures     : zone -> closures of the scenario (as in `layoff_months`)
    groups       : of strategies simulated together; each simulates the references again
    runs, ledger : tables as stored, column -> array[rows]
    read_projects : gives the table of projects as stored, column -> array[rows]
    names        : words for zones    titles : for arms that have some
    parameter_sets : calibrated sets of parameters, another in each replication; 0 if all share one
    until        : rule at which the run stopped, "" for a number of replications set beforehand
    envelope_eur : of the programme, 0 without one
    taught       : arm -> worlds in which an optimisation chose it, those not compared included
    title, seed, version : of the run
    code         : of the zone when one was chosen, "" for the world
    """

    read: Callable[[str], Panel]
    arms: tuple[str, ...]
    zones: tuple[str, ...]
    months: NDArray[np.int64]
    burn_in: int
    ended: NDArray[np.int64]
    replications: NDArray[np.int64]
    compared: tuple[str, ...]
    closures: Mapping[str, Closures]
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
    taught: Mapping[str, Sequence[int]] = field(default_factory=dict)
    title: str = ""
    seed: int = 0
    version: str = ""
    code: str = ""
    _cache: dict[Any, Any] = field(default_factory=dict, repr=False)

    @property
    def strategies(self) -> tuple[str, ...]:
        """Compared strategies, policies or plans: `none` left out."""
        return tuple(name for name in self.compared if name != NONE)

    @property
    def count(self) -> int:
        """Number of replications compared."""
        return int(self.replications.size)

    @property
    def unit(self) -> str:
        """What a replication compared is: a world; a luck where there is one set."""
        return "world" if self.parameter_sets > 1 else "luck"

    def world_of(self, replications: NDArray[np.int64]) -> NDArray[np.int64]:
        """World of each replication: its set of parameters, or itself where there is one set."""
        return replications % self.parameter_sets if self.parameter_sets > 1 else replications

    def every_luck(self) -> Panels:
        """The same with all complete replications: several lucks of some worlds."""
        if not self.further.size:
            return self
        both = np.sort(np.concatenate([self.replications, self.further]))
        return replace(self, replications=both, further=np.zeros(0, np.int64), _cache={})

    @property
    def horizon(self) -> int:
        """Months simulated after the burn-in."""
        return int(self.months[-1]) + 1

    def dates(self) -> tuple[int, ...]:
        """12, 24, 36, 60, 120 months, as far as simulated; the end of the run closes the list.

        After h months: the end of month h - 1, stocks being at the end of a month.
        """
        return tuple(sorted({date for date in DATES if date < self.horizon} | {self.horizon}))

    @property
    def closing(self) -> tuple[str, ...]:
        """Zones where a site has laid off before the end of the run; the others are controls."""
        last = {zone: layoff_months(self.closures.get(zone, ()))[1] for zone in self.zones}
        return tuple(
            zone for zone, month in last.items() if month is not None and month < self.horizon
        )

    @property
    def closures_here(self) -> Closures:
        """Closures of the only zone; none for several, whose dates differ."""
        return self.closures.get(self.zones[0], ()) if len(self.zones) == 1 else ()

    @property
    def first_layoffs(self) -> int | None:
        """Month of the first layoffs of the only zone, None without a closure."""
        return layoff_months(self.closures_here)[0]

    @property
    def last_layoffs(self) -> int | None:
        """Month of the last ones."""
        return layoff_months(self.closures_here)[1]

    @property
    def announcement(self) -> int | None:
        """Month of the first announcement in the only zone, None without a closure."""
        return min((_announced(closure) for closure in self.closures_here), default=None)

    def zone_name(self, code: str) -> str:
        """Words for a zone."""
        return self.names.get(code) or code

    def zone(self, code: str) -> Panels:
        """One zone alone."""
        return replace(self, zones=(code,), code=code)

    def since_layoffs(self, before: int, after: int) -> tuple[Panels, int]:
        """Zones added up by months since the first layoffs of each, as one; and their number.

        before, after : months shown; zones that are not followed over all of them are left out, so
        that the same zones make every month. Additive outcomes alone.
        """
        starts = {
            code: first
            for code in self.closing
            if (first := layoff_months(self.closures[code])[0]) is not None
            and before <= first < self.horizon - after
        }

        def shifted(name: str) -> Panel:
            whole = self._whole(name, ADDITIVE)
            parts = [
                whole.of(zone=code).values[..., start - before : start + after + 1]
                for code, start in starts.items()
            ]
            axes = {**whole.coords, "zone": ("",), "month": tuple(months)}
            return Panel(np.asarray(np.sum(parts, axis=0))[:, np.newaxis], axes)

        months = np.arange(-before, after + 1)
        closed = ({"announcement_month": -1, "tranches": [{"month": 1}]},)
        one = replace(
            self, read=shifted, zones=("",), months=months, closures={"": closed}, _cache={}
        )
        return one, len(starts)

    def values(self, variable: str, arm: str) -> Column:
        """One variable of one arm: array[replications, months].

        Raises KeyError when there is none, or when it does not add up over zones.
        """
        values: Column = self._summed(variable)[self._shown.index(arm)]
        return values

    def difference(self, variable: str, arm: str, reference: str = NONE) -> Column:
        """arm - reference in each replication: array[replications, months]."""
        change: Column = self.values(variable, arm) - self.values(variable, reference)
        return change

    def has(self, variable: str) -> bool:
        """Whether these results hold a variable: earlier ones lack some, rates do not add up."""
        try:
            self._summed(variable)
        except (InputError, KeyError):
            return False
        return True

    def by_replication(self, numbers: Column, amounts: Column) -> NDArray[np.float64]:
        """Sums of amounts, each of a replication that is compared: float[replications]."""
        order = np.argsort(self.replications)  # they stand in the order of their worlds
        sums = np.zeros(self.count)
        np.add.at(sums, order[np.searchsorted(self.replications, numbers, sorter=order)], amounts)
        return sums

    def row(self, month: int) -> int:
        """Row of a month. KeyError when it was not simulated."""
        row = month - int(self.months[0])
        if not 0 <= row < self.months.size:
            raise KeyError(month)
        return row

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

    @cached_property
    def projects(self) -> Mapping[str, Column]:
        """Table of projects of these zones and replications; empty where none is stored."""
        if "projects" not in self._cache:
            self._cache["projects"] = dict(self.read_projects())
        table: Mapping[str, Column] = self._cache["projects"]
        if not table:
            return table
        rows = np.isin(table["replication"], self.replications)
        if self.code:
            rows &= table["zone"] == self.code
        here = {name: column[rows] for name, column in table.items()}
        # A number names a project in its zone only.
        _, zone = np.unique(here["zone"], return_inverse=True)
        return here | {"project": here["project"] + _MOST_PROJECTS * zone}

    def projects_of(self, arm: str, replication: int) -> Mapping[str, Column]:
        """Those of one arm in one replication, each column in the order of the table."""
        rows = self._rows_of_projects.get((arm, replication), np.zeros(0, np.int64))
        return {name: column[rows] for name, column in self.projects.items()}

    @cached_property
    def _rows_of_projects(self) -> Mapping[tuple[str, int], Column]:
        """Rows of `projects` by arm and replication."""
        arms, replications = self.projects["arm"], self.projects["replication"]
        new = (arms[1:] != arms[:-1]) | (replications[1:] != replications[:-1])
        rows: dict[tuple[str, int], list[Column]] = {}
        for part in np.split(np.arange(arms.size), np.flatnonzero(new) + 1):
            if part.size:
                rows.setdefault((str(arms[part[0]]), int(replications[part[0]])), []).append(part)
        return {key: np.concatenate(parts) for key, parts in rows.items()}

    @property
    def _shown(self) -> tuple[str, ...]:
        return tuple(arm for arm in self.arms if arm == NO_SHOCK or arm in self.compared)

    def _whole(self, name: str, known: frozenset[str]) -> Panel:
        """Arms shown, all zones of the world, replications compared; each is read once."""
        if name not in known:
            raise KeyError(name)
        if name not in self._cache:
            numbers = self.replications.tolist()
            self._cache[name] = self.read(name).of(arm=self._shown, replication=numbers)
        found: Panel = self._cache[name]
        return found

    def _summed(self, name: str) -> Column:
        """array[arms shown, replications, months], of the zone or summed over zones."""
        if len(self.zones) == 1:
            return self._whole(name, _KNOWN).of(zone=self.zones[0]).values
        key = ("sum", name)
        if key not in self._cache:
            read_before = name in self._cache
            self._cache[key] = self._whole(name, ADDITIVE).sum("zone").values
            if not read_before:
                del self._cache[name]
        found: Column = self._cache[key]
        return found


def layoff_months(closures: Closures) -> tuple[int | None, int | None]:
    """First and last month of layoffs of all closures of a scenario; None without a closure."""
    months = [
        _announced(closure) + int(tranche["month"])
        for closure in closures
        for tranche in closure.get("tranches", ())
    ]
    return (min(months), max(months)) if months else (None, None)


def _announced(closure: Mapping[str, Any]) -> int:
    return int(closure.get("announcement_month", 0))
