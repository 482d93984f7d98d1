"""Outcomes and parameters of the worlds of a comparison, read from its results folder."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TypedDict

import numpy as np
from numpy.typing import NDArray

from rebound_sim.arrays import Floats
from rebound_sim.decision.setting import Setting, setting_of
from rebound_sim.errors import InputError, nearest
from rebound_sim.experiment.manifest import read_manifest
from rebound_sim.experiment.parameter_sets import FILE as PARAMETER_SETS
from rebound_sim.experiment.parameter_sets import read_parameter_sets
from rebound_sim.statistics.panels import NONE

FILE = "worlds.csv"
FEWEST_WORLDS = 20
_ANEW = "a new copy; rebound compare --resume writes both tables again"


class _Row(TypedDict):
    arm: str
    outcome: str
    world: int
    value: float


@dataclass(frozen=True)
class WorldsTable:
    """What `rebound compare` knows of its worlds.

    strategies : no programme among them    worlds : int[worlds]
    values     : outcome -> float[strategies, worlds], mean over the lucks of a world
    parameters : names of those that vary between worlds    inputs : float[worlds, parameters]
    setting    : zones, closures and envelope that the results hold for
    """

    strategies: tuple[str, ...]
    worlds: NDArray[np.int64]
    values: dict[str, Floats]
    parameters: tuple[str, ...]
    inputs: Floats
    setting: Setting = field(default_factory=Setting)

    def of(self, strategy: str, outcome: str) -> Floats:
        """float[worlds]. Raises InputError for what is not there."""
        if outcome not in self.values:
            raise InputError.unknown(
                "not an outcome of this comparison", outcome, self.values, file=FILE
            )
        if strategy not in self.strategies:
            raise InputError.unknown(
                "not a strategy of this comparison", strategy, self.strategies, file="--strategy"
            )
        found: Floats = self.values[outcome][self.strategies.index(strategy)]
        return found

    def where_known(self, values: Floats, what: str) -> tuple[WorldsTable, Floats]:
        """The worlds where `values` (float[worlds]) are figures, and those figures.

        Raises InputError: too few of them, or the same figure in all, which nothing can decide.
        """
        known = np.isfinite(values)
        if known.sum() < FEWEST_WORLDS:
            raise InputError(
                f"{what}: not defined in enough worlds",
                file="--outcome",
                value=int(known.sum()),
                allowed=f"{FEWEST_WORLDS} at least",
            )
        if np.ptp(values[known]) == 0.0:
            raise InputError(
                f"{what}: the same in all {known.sum()} worlds, so that nothing decides it",
                file="--outcome",
                value=float(values[known][0]),
                allowed="another outcome, other strategies, more months",
            )
        return self.among(known), values[known]

    def among(self, known: NDArray[np.bool_]) -> WorldsTable:
        """Some of the worlds. known : bool[worlds]"""
        return replace(
            self,
            worlds=self.worlds[known],
            values={name: cells[:, known] for name, cells in self.values.items()},
            inputs=self.inputs[known],
        )

    def column(self, parameter: str) -> Floats:
        """float[worlds] of a parameter that varies. Raises InputError for another."""
        if parameter not in self.parameters:
            raise InputError(
                "not a parameter that varies between these worlds",
                file="--know",
                value=parameter,
                allowed="a name of parameter_sets.csv",
                nearest=nearest(parameter, self.parameters),
            )
        return self.inputs[:, self.parameters.index(parameter)]


def read_worlds(folder: Path) -> WorldsTable:
    """Read worlds.csv and parameter_sets.csv.

    Raises InputError: not the results of a comparison, or too few worlds to look for causes in.
    """
    if not (folder / FILE).is_file():
        read_manifest(folder)  # a sweep, or no results at all: it says so
    sets = read_parameter_sets(folder)
    rows = _rows(folder / FILE)
    strategies = tuple(dict.fromkeys(row["arm"] for row in rows))
    outcomes = tuple(dict.fromkeys(row["outcome"] for row in rows))
    worlds = np.array(sorted({row["world"] for row in rows}), np.int64)
    lost = sorted(set(worlds.tolist()) - set(sets.worlds.tolist()))
    if lost:
        raise InputError(
            f"the parameters of {len(lost)} worlds are not there (world {lost[0]} first)",
            file=str(folder / PARAMETER_SETS),
            allowed=_ANEW,
        )
    if worlds.size < FEWEST_WORLDS:
        raise InputError(
            "too few worlds to tell what decides",
            file=str(folder),
            value=worlds.size,
            allowed=f"{FEWEST_WORLDS} at least, 300 to tell much: rebound compare --parameters "
            "posterior --worlds 300 --zones 10",
        )
    places = {int(world): place for place, world in enumerate(worlds)}
    ranks = {name: place for place, name in enumerate(strategies)}
    sums = {name: np.zeros((len(strategies), worlds.size)) for name in outcomes}
    counts = {name: np.zeros((len(strategies), worlds.size)) for name in outcomes}
    for row in rows:
        place = places[row["world"]]
        sums[row["outcome"]][ranks[row["arm"]], place] += row["value"]
        counts[row["outcome"]][ranks[row["arm"]], place] += 1.0
    inputs = sets.of(worlds)
    varies = np.flatnonzero(np.ptp(inputs, axis=0) > 0)
    if not varies.size:
        raise InputError(
            "these worlds have the same parameters",
            file=str(folder),
            allowed="a comparison with --parameters ensemble",
        )
    return WorldsTable(
        strategies,
        worlds,
        {name: _means(total, counts[name]) for name, total in sums.items()},
        tuple(sets.names[n] for n in varies),
        inputs[:, varies],
        _setting(folder),
    )


def split_most(table: WorldsTable, outcome: str, names: Sequence[str] = ()) -> tuple[str, str]:
    """The two strategies whose difference moves most between worlds, the better on average first.

    Raises InputError with fewer than two strategies.
    """
    found = [name for name in (names or table.strategies) if name != NONE]
    if len(found) < 2:
        raise InputError("two strategies to compare", file=FILE, value=", ".join(found) or "none")
    pairs = [(a, b) for n, a in enumerate(found) for b in found[n + 1 :]]
    gaps = [table.of(a, outcome) - table.of(b, outcome) for a, b in pairs]
    known = [gap[np.isfinite(gap)] for gap in gaps]
    place = int(np.argmax([gap.std() if gap.size else -1.0 for gap in known]))
    first, second = pairs[place]
    return (first, second) if known[place].sum() >= 0 else (second, first)


def _setting(folder: Path) -> Setting:
    """Of the comparison; an empty one without its manifest."""
    try:
        manifest = read_manifest(folder)
        return setting_of(manifest.world, manifest.actions)
    except (InputError, KeyError, TypeError, ValueError, AttributeError):
        return Setting()


def _means(total: Floats, counts: Floats) -> Floats:
    """NaN where a table lacks the lines of a world."""
    missing = np.full(total.shape, np.nan)
    return np.asarray(np.divide(total, counts, out=missing, where=counts > 0))


def _rows(path: Path) -> list[_Row]:
    try:
        with path.open(encoding="utf-8", newline="") as stream:
            rows = [
                _Row(
                    arm=row["arm"] if "arm" in row else row["strategy"],  # earlier versions
                    outcome=row["outcome"],
                    world=int(row["world"]),
                    value=float(row["value"] or "nan"),
                )
                for row in csv.DictReader(stream)
            ]
    except FileNotFoundError:
        raise InputError(
            "not the results of a comparison", file=str(path), allowed="a folder of rebound compare"
        ) from None
    except OSError as fault:
        raise InputError("cannot be read", file=str(path), value=fault.strerror) from None
    except (ValueError, KeyError, TypeError, csv.Error):
        raise InputError("not the worlds of a comparison", file=str(path)) from None
    if not rows:
        raise InputError("not the worlds of a comparison", file=str(path))
    _refuse_cut(rows, path)
    return rows


def _refuse_cut(rows: Sequence[_Row], path: Path) -> None:
    """Each outcome of an arm has a line in the same worlds, empty where it is not defined."""
    counts = Counter((row["arm"], row["outcome"]) for row in rows)
    most: dict[str, int] = {}
    for (arm, _), count in counts.items():
        most[arm] = max(most.get(arm, 0), count)
    for (arm, outcome), count in counts.items():
        if count < most[arm]:
            raise InputError(
                f"the table was cut or edited: {count} lines of {arm}, {outcome}, {most[arm]} of "
                "another outcome",
                file=str(path),
                allowed=_ANEW,
            )
