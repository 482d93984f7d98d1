"""One replication of a world under a group of arms, as tables."""

from __future__ import annotations

import gc
import hashlib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

import numpy as np

from rebound_sim.arrays import Column, Columns
from rebound_sim.model import BasinModel
from rebound_sim.policies.arm import NO_SHOCK, Arm, with_references
from rebound_sim.policies.ledger import Entry
from rebound_sim.policies.plan import Plan
from rebound_sim.policies.strategy import Strategy
from rebound_sim.policies.strategy_choice import StrategyChoice
from rebound_sim.programme.model import ProgrammeModel, build_zones
from rebound_sim.programme.sharing import Lane
from rebound_sim.programme.turns import run_together
from rebound_sim.recorder import project_table
from rebound_sim.scenario.programme import World
from rebound_sim.state.results import SimulationResult
from rebound_sim.state.variables import PROJECT_VARIABLES, VARIABLES


def simulate(
    world: World, arms: Sequence[Arm], seed: int, replication: int, references: bool = True
) -> SimulationResult:
    """The path without shock, without intervention, then every arm, under the same luck.

    references : False leaves out the first two, which another process simulates

    Zones that get the same orders in two arms are simulated once, to the month when the orders
    part. An arm that fails (the code of its strategy, its awards, its time) has rows in `runs` that
    say why and no others. Raises InputError for two arms of one name, a plan that the world cannot
    carry out, or a strategy in a world without a programme.
    """
    zones = build_zones(world, seed, replication)
    lanes: list[Lane] = []
    rules: dict[str, Strategy] = {}
    for arm in with_references(tuple(arms)) if references else arms:
        given: Strategy | Plan | None = None
        error = ""
        if isinstance(arm.does, StrategyChoice):
            world.national()
            try:
                given = rules[arm.name] = arm.does.resolve()
            except Exception as fault:
                error = _described(fault)
        elif arm.does is not None:
            given = arm.does if isinstance(arm.does, Plan) else arm.does.plan()
        model = ProgrammeModel(world, given, seed, replication, arm.name != NO_SHOCK, zones)
        lanes.append(Lane(arm.name, model, error))
    run_together(lanes, _described, _without_people)
    printed = {name: rule.printed for name, rule in rules.items() if rule.printed}
    result = replace(_tables(lanes, replication), printed=printed)
    # Models and their agents hold each other: without this, several replications stay in memory.
    del zones, lanes, model
    gc.collect()
    return result


def _without_people(arms: Sequence[Lane]) -> None:
    """Let go of people and firms, of which no table is made."""
    for arm in arms:
        for zone in arm.model.zones.values():
            zone.state.workers = zone.state.firms = None


def _described(fault: Exception) -> str:
    """Type and text of a fault."""
    return f"{type(fault).__name__}: {fault}"


def _tables(arms: Sequence[Lane], replication: int) -> SimulationResult:
    done = [arm for arm in arms if not arm.error]
    return SimulationResult(
        replication=replication,
        trajectories=_stacked(done, _trajectory, ("month", *(o.name for o in VARIABLES))),
        runs=_runs(arms),
        ledger=_ledger(done),
        projects=_stacked(done, _projects, tuple(o.name for o in PROJECT_VARIABLES)),
    )


def _trajectory(zone: BasinModel) -> Columns:
    """Months from the end of the burn-in."""
    table = zone.recorder.trajectory()
    after = table["month"] >= 0
    return {name: column[after] for name, column in table.items()}


def _projects(zone: BasinModel) -> Columns:
    rows = np.flatnonzero((zone.state.projects.supported != 0) | (zone.capacity_opened() > 0))
    return project_table(zone, rows)


def _stacked(
    arms: Sequence[Lane], facts: Callable[[BasinModel], Columns], names: Sequence[str]
) -> Columns:
    """A table of every (arm, zone), one above the other; a shared zone is read once."""
    known: dict[int, Columns] = {}
    parts: list[Columns] = []
    names_of: list[str] = []
    zone: list[str] = []
    rows: list[int] = []
    for arm in arms:
        for code, model in arm.model.zones.items():
            if id(model) not in known:
                known[id(model)] = facts(model)
            part = known[id(model)]
            parts.append(part)
            names_of.append(arm.name)
            zone.append(code)
            rows.append(part[names[0]].size)
    table: dict[str, Column] = {
        "arm": np.repeat(np.array(names_of, dtype="U"), rows),
        "zone": np.repeat(np.array(zone, dtype="U"), rows),
    }
    for name in names:
        table[name] = np.concatenate([part[name] for part in parts]) if parts else np.zeros(0)
    return table


def _runs(arms: Sequence[Lane]) -> Columns:
    """One row per (arm, zone), failed or not."""
    holders: dict[int, int] = {}
    for arm in arms:
        for zone in arm.model.zones.values():
            holders[id(zone)] = holders.get(id(zone), 0) + (not arm.error)
    distinct = {id(z): z for arm in arms if not arm.error for z in arm.model.zones.values()}
    digests = {key: _digest(zone) for key, zone in distinct.items()}
    every = [(arm, code, zone) for arm in arms for code, zone in arm.model.zones.items()]
    return {
        "arm": np.array([arm.name for arm, _, _ in every]),
        "zone": np.array([code for _, code, _ in every]),
        "status": np.array(["failed" if arm.error else "done" for arm, _, _ in every]),
        "error": np.array([arm.error for arm, _, _ in every]),
        "allocation": np.array([arm.orders[code].hexdigest()[:16] for arm, code, _ in every]),
        "digest": np.array(["" if arm.error else digests[id(zone)] for arm, _, zone in every]),
        "shared": np.array([not arm.error and holders[id(zone)] > 1 for arm, _, zone in every]),
        "months_simulated": np.array([arm.months[code] for arm, code, _ in every]),
    }


def _digest(zone: BasinModel) -> str:
    """Digest of all that a zone went through: outcomes of every month, and its euros."""
    digest = hashlib.sha256()
    for column in zone.recorder.trajectory().values():
        digest.update(np.ascontiguousarray(column).tobytes())
    digest.update(repr(zone.ledger.journal).encode())
    return digest.hexdigest()[:16]


def _ledger(arms: Sequence[Lane]) -> Columns:
    """The journal of national movements and of every zone."""
    rows: list[tuple[str, str, str, int, int, str, int]] = []

    def add(name: str, zone: str, journal: Iterable[Entry], shift: int) -> None:
        rows.extend(
            (name, zone, e.instrument, e.project, e.month - shift, e.kind, e.amount)
            for e in journal
        )

    for arm in arms:
        shift = arm.model.scenario.time.burn_in_months
        add(arm.name, "", arm.model.journal, shift)
        for code, model in arm.model.zones.items():
            add(arm.name, code, model.ledger.journal, shift)
    names = ("arm", "zone", "instrument", "project", "month", "kind", "amount_eur")
    columns = list(zip(*rows, strict=True)) or [()] * len(names)
    whole = ("project", "month", "amount_eur")
    return {
        name: np.array(column, dtype=np.int64 if name in whole else np.str_)
        for name, column in zip(names, columns, strict=True)
    }
