"""Run an experiment: replications in parallel, stored as they come."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from rebound_sim.errors import InputError, refuse_outside
from rebound_sim.experiment.dictionary import ColumnDescription, column_descriptions
from rebound_sim.experiment.executors import workers_of
from rebound_sim.experiment.experiment import LARGEST_REPLICATIONS, Experiment
from rebound_sim.experiment.memory import workers_that_fit
from rebound_sim.experiment.results import read_results
from rebound_sim.experiment.sequential import (
    DEFAULT_CAP,
    Measure,
    look_at,
    look_sizes,
    parse_until,
)
from rebound_sim.experiment.shards import SHARDS, shard_asked
from rebound_sim.experiment.store import opened
from rebound_sim.experiment.task import Simulate
from rebound_sim.experiment.under_way import Engine, UnderWay, do_tasks, engine_on
from rebound_sim.experiment.watcher import Watcher
from rebound_sim.windows_names import refuse_names


def run_experiment(
    experiment: Experiment,
    out: str | Path,
    *,
    workers: int | None = None,
    scheduler: str | None = None,
    shard: str | None = None,
    overwrite: bool = False,
    resume: bool = False,
    until: str | None = None,
    cap: int | None = None,
    measures: Mapping[str, Measure] | None = None,
    command: Sequence[str] = (),
    last_step: Callable[[Path], None] | None = None,
    watcher: Watcher | None = None,
    simulate: Simulate | None = None,
    dictionary: Sequence[ColumnDescription] | None = None,
) -> Path:
    """Simulate, store, and return the results folder (of a shard, `out/shards/i-of-n`).

    workers   : processes, None for one per processor, or as many as memory holds. Results do not
                depend on it.
    scheduler : address of a Dask scheduler, whose workers do the tasks instead
    shard     : "i/n", this part of the tasks; `resume` without a shard collects the parts
    until     : stopping rule, see `sequential`; then `cap` bounds the replications
    measures  : outcome -> measure for stopping rules
    last_step : called with the folder when all is stored
    Raises InputError, EngineError (a task failed: the others are kept), KeyboardInterrupt
    (finished tasks are kept too).
    """
    watcher = watcher or Watcher()
    rule = None if until is None else parse_until(until, measures or {})
    sizes = replications_at_looks(experiment.numbers, rule is not None, cap)
    part = shard_asked(shard, until)
    if rule is not None:
        compared = rule.asked(tuple(arm.name for arm in experiment.simulated))
    folder = Path(os.path.normpath(out))
    refuse_names(folder)
    if part is not None:
        folder = folder / SHARDS / part.name
    manifest = experiment.manifest(command)
    manifest.until, manifest.shard = until or "", shard or ""
    columns = column_descriptions() if dictionary is None else dictionary
    if workers is None and scheduler is None:
        workers, note = workers_that_fit(experiment)
        if note:
            watcher.said(note)
    with (
        workers_of(workers, scheduler) as team,
        opened(folder, manifest, columns, overwrite=overwrite, resume=resume) as store,
    ):
        if store.done:
            watcher.said(f"Resuming: {len(store.done)} finished tasks are there already.")
        run = UnderWay(experiment, store, watcher)
        with run.kept_on_faults():
            engine: Engine | None = None
            for number, size in enumerate(sizes, start=1):
                missing = run.missing(size, part)
                if missing and engine is None:
                    engine = engine_on(team, watcher, simulate)
                if missing and engine is not None:
                    cut = part is None and team.count > 1
                    do_tasks(team, run.tasks(missing, engine, cut), run.keep, run.pace)
                if rule is None or store.failed:
                    break
                values = (measures or {})[rule.outcome](read_results(folder))
                look = look_at(rule, {n: values[n] for n in compared if n in values}, number)
                manifest.looks = [*manifest.looks[: number - 1], look.as_row()]
                watcher.said(str(look))
                if look.reached:
                    break
            else:
                watcher.said(f"The goal is not reached with {len(sizes[-1])} replications.")
            run.close(complete=not store.failed)
        if last_step is not None and part is None:
            last_step(folder)
        run.raise_faults()
    return folder


def replications_at_looks(
    numbers: Sequence[int], sequential: bool, cap: int | None
) -> list[Sequence[int]]:
    """Replications to have before each look; all `numbers` at once without a stopping rule.

    Raises InputError for a cap out of range, or without a rule.
    """
    if not sequential:
        if cap is not None:
            raise InputError("used without --until", file="--cap", value=cap)
        return [numbers]
    most = DEFAULT_CAP if cap is None else cap
    refuse_outside("--cap", most, 2, LARGEST_REPLICATIONS)
    return [range(size) for size in look_sizes(most)]
