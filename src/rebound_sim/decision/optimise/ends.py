"""What is kept of a simulation to decide: the ends of each zone under each arm.

A task simulates a world under some arms and keeps a few numbers a zone and arm, so that thousands
of them fit in memory and in small files.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from rebound_sim.arrays import Columns, Floats
from rebound_sim.errors import EngineError, InputError
from rebound_sim.experiment.pool import described
from rebound_sim.policies.arm import REFERENCES, Arm
from rebound_sim.policies.definition import NO_POLICY
from rebound_sim.scenario.programme import World
from rebound_sim.state.results import SimulationResult

#: Residents of working age: columns that do not overlap (statistics.programme.inequality).
_RESIDENTS = ("resident_employment", "unemployed", "in_training", "halo", "inactive")
_PER = 1_000.0
#: Kept of each zone and arm: `decision.optimise.responses` says what they are.
CELLS = ("jobs", "spent", "loss", "area", "files")


@dataclass(frozen=True)
class Ends:
    """float[zones, arms] of each of CELLS (files: an axis more), and float[zones] of residents.

    key : of the task    fault : why there is nothing, "" otherwise
    """

    key: str
    zones: tuple[str, ...]
    arms: tuple[str, ...]
    cells: Mapping[str, Floats]
    people: Floats
    fault: str = ""


@dataclass(frozen=True)
class EndsTask:
    """One replication of a world under some arms, done on a worker.

    world : with the parameters of its set    replication : its luck
    """

    key: str
    world: World
    arms: tuple[Arm, ...]
    seed: int
    replication: int

    def __call__(self) -> Ends:
        """Simulate and keep the ends; a fault of the engine is part of the result."""
        from rebound_sim.programme import simulate

        try:
            result = simulate(self.world, self.arms, self.seed, self.replication)
            return ends_of(self.key, result, self.world, tuple(a.name for a in self.arms))
        except InputError:
            raise
        except Exception as fault:
            return self._nothing(described(fault))

    def died(self, deaths: int) -> Ends:
        """The task that kills its workers."""
        return self._nothing(f"the worker died {deaths} times (memory exhausted?)")

    def _nothing(self, fault: str) -> Ends:
        return Ends(self.key, self.world.codes, (), {}, np.zeros(0), fault)


def ends_of(key: str, result: SimulationResult, world: World, arms: tuple[str, ...]) -> Ends:
    """The ends of a simulation. Raises EngineError when an arm failed."""
    failed = np.flatnonzero(result.runs["status"] != "done")
    if failed.size:
        row = failed[0]
        raise EngineError(f"{result.runs['arm'][row]}: {result.runs['error'][row]}")
    zones = world.codes
    paths = _Paths(result.trajectories, zones, (*REFERENCES, *arms))
    jobs = paths.of("workplace_employment")
    people = np.asarray(sum(paths.of(name)[:, 0, 0] for name in _RESIDENTS), float)
    missing = jobs[:, [0]] - jobs[:, 2:]
    filed = sum(paths.of(f"files_{state}")[:, 2:] for state in ("waiting", "granted", "refused"))
    cells = {
        "jobs": jobs[:, 2:, -1] - jobs[:, [1], -1],
        "spent": _spent(result.ledger, zones, arms),
        "loss": _PER * missing[:, :, -1] / people[:, None],
        "area": np.maximum(missing, 0.0).sum(axis=2) / people[:, None],
        "files": _by_interval(np.asarray(filed, float), world),
    }
    return Ends(key, zones, arms, cells, people)


def _by_interval(filed: Floats, world: World) -> Floats:
    """Files that came between committees of the window: float[zones, arms, intervals].

    filed : float[zones, arms, months], all that came up to each month
    """
    table = world.national()
    opening = table.start_month + table.grants_delay_months
    edges = np.arange(opening, opening + table.window_months, table.committee_months)
    last = np.minimum([*(edges[1:] - 1), opening + table.window_months], filed.shape[2] - 1)
    return np.asarray(np.diff(filed[:, :, last], axis=2, prepend=0.0))


class _Paths:
    """Columns of trajectories as float[zones, arms, months]."""

    def __init__(self, table: Columns, zones: tuple[str, ...], arms: tuple[str, ...]) -> None:
        self._table, self._shape = table, (len(zones), len(arms), -1)
        places = {code: n for n, code in enumerate(zones)}
        ranks = {name: n for n, name in enumerate(arms)}
        zone = np.array([places[code] for code in table["zone"].tolist()])
        arm = np.array([ranks[name] for name in table["arm"].tolist()])
        self._order = np.lexsort((table["month"], arm, zone))

    def of(self, name: str) -> Floats:
        """One column."""
        return np.asarray(self._table[name][self._order].reshape(self._shape), float)


def _spent(ledger: Columns, zones: tuple[str, ...], arms: tuple[str, ...]) -> Floats:
    """EUR paid − returned by zone and arm, less those without intervention. What the closing group
    owes (revitalisation) is not public money."""
    found = np.zeros((len(zones), len(arms) + 1))
    places = {code: n for n, code in enumerate(zones)}
    ranks = {name: n for n, name in enumerate((NO_POLICY, *arms))}
    signs = {"paid": 1.0, "returned": -1.0}
    rows = zip(
        ledger["zone"].tolist(),
        ledger["arm"].tolist(),
        ledger["kind"].tolist(),
        ledger["instrument"].tolist(),
        ledger["amount_eur"].tolist(),
        strict=True,
    )
    for zone, arm, kind, instrument, amount in rows:
        if zone in places and arm in ranks and kind in signs and instrument != "revitalisation":
            found[places[zone], ranks[arm]] += signs[kind] * amount
    return found[:, 1:] - found[:, [0]]
