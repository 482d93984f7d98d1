"""How an experiment is carried out: where, how far, and what is written at the end."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass, fields
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rebound_sim.api.arguments import flag, place, text_or_none, whole_or_none
from rebound_sim.errors import InputError, refuse_outside

if TYPE_CHECKING:
    from rebound_sim.experiment import Experiment, Watcher
    from rebound_sim.experiment.sweep_file import Sweep


def results_place(out: str | Path | None) -> Path:
    """The folder asked for; a new temporary one without it. Raises InputError."""
    if out is not None:
        return place("out", out)
    return Path(tempfile.mkdtemp(prefix="rebound-")) / "results"


@dataclass(frozen=True)
class Execution:
    """Means of a run, the same for commands and Python. Raises InputError.

    workers   : processes on this machine    scheduler : address of a Dask cluster
    shard     : "i/n", this part of the work only
    until     : stop when this interval is narrow    cap : replications at most, then
    no_figures : tables alone
    overwrite, resume : results that are there already
    """

    workers: int | None = None
    scheduler: str | None = None
    shard: str | None = None
    until: str | None = None
    cap: int | None = None
    no_figures: bool = False
    overwrite: bool = False
    resume: bool = False

    def __post_init__(self) -> None:
        for name in ("no_figures", "overwrite", "resume"):
            flag(name, getattr(self, name))
        for name in ("scheduler", "shard", "until"):
            text_or_none(name, getattr(self, name))
        for name in ("workers", "cap"):
            whole_or_none(name, getattr(self, name))
        if self.overwrite and self.resume:
            raise InputError("cannot be used together", file="--overwrite and --resume")
        if self.workers is not None:
            refuse_outside("--workers", self.workers, 1, 1024)

    @classmethod
    def of(cls, given: dict[str, Any]) -> Execution:
        """From keywords of a function. Raises InputError for one that it does not have."""
        known = [field.name for field in fields(cls)]
        for name in given:
            if name not in known:
                raise InputError.unknown("unknown option", name, known)
        return cls(**given)

    def carry_out(
        self,
        experiment: Experiment,
        out: Path,
        command: Sequence[str],
        watcher: Watcher,
        ended: Callable[[Path], None] = lambda _folder: None,
    ) -> Path:
        """Simulate, store, write tables and figures; returns the folder.

        ended : called once these are there, before a fault of a task is raised
        Raises InputError, EngineError.
        """
        from rebound_sim.experiment import run_experiment
        from rebound_sim.experiment.durable import disk_faults
        from rebound_sim.experiment.parameter_sets import write_parameter_sets
        from rebound_sim.report.outputs import add_tables_and_figures

        def last_step(folder: Path) -> None:
            try:
                with disk_faults(folder, lambda: "the runs are kept; add --resume for the tables"):
                    write_parameter_sets(
                        folder,
                        experiment.parameters,
                        experiment.world.parameters,
                        experiment.numbers,
                    )
                    add_tables_and_figures(folder, not self.no_figures, watcher.phase)
            except InputError:
                ended(folder)  # the runs hold the answer
                raise
            except KeyboardInterrupt:
                watcher.said(f"The runs are in {folder}; --resume writes tables and figures.")
                raise
            ended(folder)

        return run_experiment(
            experiment,
            out,
            **self._means(),
            command=list(command),
            last_step=last_step,
            watcher=watcher,
        )

    def carry_out_sweep(
        self,
        asked: Sweep,
        out: Path,
        command: Sequence[str],
        watcher: Watcher,
        last_step: Callable[[Path], None],
    ) -> Path:
        """Simulate and store the points of a design; returns the folder, of a shard its own.

        last_step : called with the folder when all is stored. Raises InputError, EngineError.
        """
        from rebound_sim.experiment import run_sweep

        return run_sweep(
            asked,
            out,
            **self._means(),
            command=list(command),
            last_step=last_step,
            watcher=watcher,
        )

    def _means(self) -> dict[str, Any]:
        """Options that an experiment and a sweep share."""
        from rebound_sim.statistics.stopping import stopping_measures

        return {
            "workers": self.workers,
            "scheduler": self.scheduler,
            "shard": self.shard,
            "overwrite": self.overwrite,
            "resume": self.resume,
            "until": self.until,
            "cap": self.cap,
            "measures": stopping_measures() if self.until else None,
        }
