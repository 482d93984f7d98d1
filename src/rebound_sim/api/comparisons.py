"""Simulate a world under arms: `compare` and `run`, the functions behind the commands."""

from __future__ import annotations

import shutil
import sys
import weakref
from collections.abc import Sequence
from contextlib import nullcontext
from pathlib import Path
from typing import Any

from rebound_sim.api.arms import ArmLike, arm_of, arms_asked, plan_given
from rebound_sim.api.comparison import Comparison
from rebound_sim.api.execution import Execution, results_place
from rebound_sim.api.optimal_plans import default_plans, flattering
from rebound_sim.api.progress import shown_progress
from rebound_sim.api.questions import comparison_asked, run_asked
from rebound_sim.api.worlds import LoadedWorld, load
from rebound_sim.errors import InputError
from rebound_sim.experiment import Experiment, Watcher
from rebound_sim.policies import Plan
from rebound_sim.policies.arm import plan_notes
from rebound_sim.scenario import World
from rebound_sim.scenario.door import only_zone

WorldLike = LoadedWorld | World | str | Path
#: A file, a plan, or a DataFrame (not named here, so that pandas is imported by who uses it).
PlanLike = str | Path | Plan | Any


def compare(
    world: WorldLike | None = None,
    arms: ArmLike | Sequence[ArmLike] | None = None,
    *,
    worlds: int | str | None = None,
    lucks: int | None = None,
    replications: int | None = None,
    plan: PlanLike | Sequence[PlanLike] | None = None,
    zones: int | None = None,
    months: int | None = None,
    seed: int = 0,
    parameters: str | None = None,
    group: int | None = None,
    out: str | Path | None = None,
    progress: bool = True,
    **running: Any,
) -> Comparison:
    """Compare arms under the same luck, as `rebound compare` does and with its defaults.

    world   : as `load` gives it, its name or path; the shipped programme without one
    arms    : strategies or policies by name, files (.py, .toml, .csv), functions
    `rule(desk, budget)`, plans; those of the world without any
    worlds  : sets of parameters to compare in, or "all"    lucks : in each
    plan    : tables of amounts (CSV, .xlsx, TOML, a DataFrame), compared too
    zones   : size of a sample of the zones of a programme
    parameters : "ensemble" (calibrated sets, the default), "posterior", "point" or "declared"
    group   : arms simulated together at most
    out     : results folder; a temporary one without it
    running : see `api.execution.Execution`: workers, scheduler, until, cap, overwrite, resume...
    Raises InputError, EngineError.
    """
    how = Execution.of(running)
    loaded = _loaded(world, months)
    shipped = default_plans(world, arms, plan, zones, months)
    plans = [plan_given(item) for item in (*_listed(plan), *shipped)]
    found = [arm_of(item, loaded.record) for item in _listed(arms)]
    experiment = comparison_asked(
        loaded.record,
        arms_asked(loaded.record, loaded.read_from, found, plans),
        worlds=worlds,
        lucks=lucks,
        replications=replications,
        zones=zones,
        seed=seed,
        parameters=parameters,
        group=group,
        until=how.until,
    )
    notes = [*plan_notes(experiment.arms), *flattering(experiment)]
    return _simulated(experiment, out, how, progress=progress, notes=notes)


def run(
    world: WorldLike,
    policies: ArmLike | Sequence[ArmLike] | None = None,
    *,
    replications: int | None = None,
    months: int | None = None,
    seed: int = 0,
    parameters: str | None = None,
    group: int | None = None,
    out: str | Path | None = None,
    progress: bool = True,
    **running: Any,
) -> Comparison:
    """Simulate one zone with and without policies, as `rebound run` does and with its defaults.

    policies : names, files or plans; those of the world, or `rebond`, without any
    replications : 20 without it    others : as `compare`
    Raises InputError (several zones: `compare` takes them), EngineError.
    """
    how = Execution.of(running)
    loaded = _loaded(world, months)
    record = only_zone(loaded.record, loaded.read_from)
    found = [arm_of(item, record) for item in _listed(policies)]
    experiment = run_asked(
        record,
        arms_asked(record, loaded.read_from, found),
        replications=replications,
        seed=seed,
        parameters=parameters,
        group=group,
        until=how.until,
    )
    notes = plan_notes(experiment.arms)
    return _simulated(experiment, out, how, progress=progress, notes=notes)


def _listed(given: Any) -> list[Any]:
    if given is None:
        return []
    return list(given) if isinstance(given, list | tuple) else [given]


def _loaded(world: WorldLike | None, months: int | None) -> LoadedWorld:
    if world is None:
        return load(months=months)
    if isinstance(world, str | Path):
        return load(world, months=months)
    if not isinstance(world, LoadedWorld | World):
        raise InputError(
            "not a world", value=world, allowed="what rb.load or rb.zone gives, a name, a path"
        )
    loaded = world if isinstance(world, LoadedWorld) else LoadedWorld(world)
    return loaded if months is None else loaded.change(months=months)


def _simulated(
    experiment: Experiment,
    out: str | Path | None,
    how: Execution,
    *,
    progress: bool,
    notes: Sequence[str] = (),
) -> Comparison:
    kept = out is not None
    target = results_place(out)
    shown = shown_progress(experiment.world.title) if progress else nullcontext(Watcher())
    try:
        with shown as watcher:
            for note in notes:
                watcher.said(note)
            command = ["python", Path(sys.argv[0]).name]
            folder = how.carry_out(experiment, target, command, watcher)
    except BaseException:
        if not kept:
            shutil.rmtree(target.parent, ignore_errors=True)
        raise
    found = Comparison(folder)
    if not kept:
        weakref.finalize(found, shutil.rmtree, folder.parent, ignore_errors=True)
    return found
