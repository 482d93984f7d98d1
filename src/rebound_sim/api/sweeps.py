"""Designs: many points, one folder."""

from __future__ import annotations

import shutil
import sys
import weakref
from contextlib import nullcontext
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rebound_sim.api.arguments import (
    language,
    one_of,
    place,
    text,
    text_or_none,
    whole,
    whole_or_none,
)
from rebound_sim.api.comparison import Comparison
from rebound_sim.api.execution import Execution, results_place
from rebound_sim.api.pictures import displayed
from rebound_sim.api.progress import shown_progress
from rebound_sim.api.tables import Table
from rebound_sim.errors import InputError
from rebound_sim.experiment import Watcher, load_sweep
from rebound_sim.experiment.sweep_file import told_before
from rebound_sim.experiment.sweep_points import point_folder
from rebound_sim.experiment.sweep_run import read_sweep_manifest
from rebound_sim.parameters.ensemble import choose_parameters
from rebound_sim.report.sweep_outcomes import write_outcomes

if TYPE_CHECKING:
    from matplotlib.figure import Figure


_RUNNING = ("workers", "scheduler", "shard", "until", "cap", "overwrite", "resume")


class SweepResults:
    """Results of a design. folder : where they stand"""

    def __init__(self, folder: str | Path) -> None:
        self.folder = place("folder", folder)
        read_sweep_manifest(self.folder)

    def design(self) -> Table:
        """The points and their levels."""
        return _read(self.folder / "design.csv", "design")

    def outcomes(self, outcome: str | None = None) -> Table:
        """Outcomes of every point with their intervals, levels beside them."""
        table = _read(self.folder / "outcomes.csv", "outcomes", self.plot)
        if outcome is None:
            return table
        known = dict.fromkeys(table["outcome"])
        return table.where(outcome=one_of("outcome", outcome, known, "no such outcome"))

    def point(self, number: int) -> Comparison:
        """The comparison at one point. Raises InputError when there is none."""
        count = read_sweep_manifest(self.folder).points
        if not 0 <= whole("number", number) < count:
            raise InputError(
                "no such point", key="number", value=number, allowed=f"0 to {count - 1}"
            )
        return Comparison(point_folder(self.folder, number))

    def plot(self, figure: str = "tornado", lang: str = "en") -> Figure:
        """A figure of the design. Raises InputError."""
        from rebound_sim.figures import draw, subject_of
        from rebound_sim.figures.registry import known

        subject = subject_of(self.folder)
        known([text("figure", figure)], subject)
        picture = draw(figure, subject, language(lang))
        if picture is None:
            raise InputError("this design has nothing to show in this figure", value=figure)
        return displayed(picture)

    def __repr__(self) -> str:
        return f"<Sweep of {len(self.design())} points in {self.folder}>"


def sweep(
    file: str | Path,
    *,
    replications: int | None = None,
    parameters: str | None = None,
    out: str | Path | None = None,
    progress: bool = True,
    **running: Any,
) -> SweepResults:
    """Simulate a design, as `rebound sweep FILE` does and with its defaults.

    running : workers, scheduler, shard, until, cap, overwrite, resume
    Raises InputError, EngineError.
    """
    for name in running:
        one_of("running", name, _RUNNING, "unknown option")
    how = Execution.of(running)
    choice = choose_parameters(text_or_none("parameters", parameters))
    asked = load_sweep(place("file", file), whole_or_none("replications", replications), choice)
    target = results_place(out)
    try:
        with shown_progress(asked.file.title) if progress else nullcontext(Watcher()) as watcher:
            for line in told_before(asked):
                watcher.said(line)
            command = ["python", Path(sys.argv[0]).name]
            folder = how.carry_out_sweep(
                asked, target, command, watcher, lambda place: write_outcomes(asked, place)
            )
    except BaseException:
        if out is None:
            shutil.rmtree(target.parent, ignore_errors=True)
        raise
    found = SweepResults(folder)
    if out is None:
        weakref.finalize(found, shutil.rmtree, folder.parent, ignore_errors=True)
    return found


def open(folder: str | Path) -> Comparison | SweepResults:
    """Results of `compare`, `run` or `sweep` by their folder. Raises InputError."""
    from rebound_sim.figures import subject_of

    folder = place("folder", folder)
    kind = subject_of(folder).kind
    if kind == "sweep":
        return SweepResults(folder)
    if kind in ("run", "programme"):
        return Comparison(folder)
    raise InputError("not results of compare, run or sweep", file=str(folder))


def _read(path: Path, name: str, draw: Any = None) -> Table:
    """A stored table; codes stay text, numbers are numbers."""
    from pyarrow import ArrowException, ArrowInvalid, string
    from pyarrow import csv as arrow_csv

    if not path.is_file():
        raise InputError("this table is not in the results", file=str(path))
    texts = dict.fromkeys(("zone", "arm", "outcome", "programme", "unit"), string())
    options = arrow_csv.ConvertOptions(column_types=texts)
    try:
        read = arrow_csv.read_csv(path, convert_options=options)
        if not set(texts) & set(read.column_names):
            raise ArrowInvalid("none of its columns")
    except (ArrowException, OSError, UnicodeError):
        raise InputError("this table cannot be read", file=str(path)) from None
    columns = {column: read[column].to_pylist() for column in read.column_names}
    figure = "tornado" if draw is not None else ""
    return Table(name, columns, {}, {}, figure, draw)
