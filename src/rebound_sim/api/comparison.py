"""Results of a comparison or a run, as tables, figures, ledger and report."""

from __future__ import annotations

import html
import shutil
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rebound_sim.api.accounts import ledger_table
from rebound_sim.api.arguments import flag, language, one_of, place, text
from rebound_sim.api.pictures import displayed
from rebound_sim.api.tables import Table, table_of
from rebound_sim.errors import InputError
from rebound_sim.experiment import Panel, Results, read_results
from rebound_sim.statistics.cell import COLUMNS, Cell
from rebound_sim.statistics.comparable import panels_of
from rebound_sim.statistics.programme import files as stored
from rebound_sim.statistics.programme.summary import Summary

if TYPE_CHECKING:
    from matplotlib.figure import Figure

    from rebound_sim.figures import Subject


class Comparison:
    """Results of `compare` or `run`: what the arms gave under the same luck.

    folder : where the results stand; a temporary one, which goes with this object, unless `out` was
    given (`save` copies it)
    """

    def __init__(self, folder: str | Path) -> None:
        self.folder = place("folder", folder)
        self._results = read_results(self.folder)

    @property
    def results(self) -> Results:
        """The stored tables: `results.table("trajectories")`."""
        return self._results

    @cached_property
    def findings(self) -> Summary:
        """Everything computed from the results, as the statistics have it."""
        return Summary(panels_of(self.folder))

    @property
    def title(self) -> str:
        """Title of the world."""
        return self.findings.panels.title

    @property
    def arms(self) -> tuple[str, ...]:
        """Names of the arms, `no_shock` and `none` first."""
        return self._results.arms

    @property
    def answer(self) -> list[str]:
        """What the results allow to say, in sentences."""
        return list(self.findings.answer or self.findings.sentences)

    def effects(self, outcome: str | None = None) -> Table:
        """Outcomes with 95 % intervals: levels, and paired differences from doing nothing.

        outcome : one alone. Raises InputError for an unknown one.
        """
        rows = self.findings.rows
        known = dict.fromkeys(row.outcome for row in rows)
        if outcome is not None:
            one_of("outcome", outcome, known, "no such outcome")
        kept = [row.row() for row in rows if outcome in (None, row.outcome)]
        return self._table("effects", kept, "comparison", "strategies", COLUMNS)

    def standings(self) -> Table:
        """Arms by additional jobs over worlds, best median first."""
        return self._table(
            "standings", stored.standing_rows(self.findings), "standings", "strategies"
        )

    def pairs(self) -> Table:
        """Each arm against each other, paired by luck."""
        return self._table("pairs", stored.pair_rows(self.findings), "pairwise", "pairs")

    def zones(self) -> Table:
        """Effects in each zone."""
        return self._table("zones", stored.zone_rows(self.findings), "zones", "zones_gap")

    def table(self, name: str) -> Table:
        """Another table of the comparison: job_account, job_costs, hires, displaced...

        Raises InputError for an unknown one.
        """
        one_of("name", name, stored.CELL_TABLES, "no such table")
        cells = getattr(self.findings, stored.CELL_TABLES[name])
        figure = name if name in self.figures() else ""
        return self._table(name, map(Cell.row, cells), name, figure)

    def ledger(self, by: Sequence[str] | str = ("instrument",), *, mean: bool = True) -> Table:
        """Accounts of the public money [EUR].

        by   : of zone, instrument, project, month
        mean : over replications; False gives each
        Raises InputError for another column.
        """
        return ledger_table(self.findings.panels, by, self.plot, mean=flag("mean", mean))

    def panel(self, variable: str, **labels: Any) -> Panel:
        """One variable over arm, zone, replication and month; see `Results.panel`."""
        return self._results.panel(text("variable", variable), **labels)

    def trajectories(self, variable: str) -> Table:
        """A variable by arm, zone, replication and month, as rows."""
        read = ["zone", "replication", "month", text("variable", variable)]
        columns = self._results.table("trajectories", read)
        return Table(f"trajectories of {variable}", columns, {"month": "month"}, {}, "", None)

    def plot(self, figure: str | None = None, lang: str = "en") -> Figure:
        """A figure by its name; without one, that which shows most. Raises InputError."""
        from rebound_sim.figures import draw, names
        from rebound_sim.figures.registry import known
        from rebound_sim.figures.style import Picture

        subject = self._subject()
        name = names(subject)[0] if figure is None else text("figure", figure)
        known([name], subject)
        picture: Picture | None = draw(name, subject, language(lang))
        if picture is None:
            raise InputError("these results have nothing to show in this figure", value=name)
        return displayed(picture)

    def figures(self) -> tuple[str, ...]:
        """Names that `plot` takes."""
        from rebound_sim.figures import names

        return names(self._subject())

    def _subject(self) -> Subject:
        from rebound_sim.figures import Subject

        kind = "run" if self._results.manifest.is_of_one_zone else "programme"
        return Subject(kind, self.folder, made=self.findings)

    def report(
        self, out: str | Path | None = None, lang: str = "en", config: str | Path | None = None
    ) -> list[Path]:
        """Write the evaluation report (PDF, HTML, Word, tables); return the paths.

        config : a report.toml
        Raises InputError (nothing to compare, a fault of the file), EngineError, OSError.
        """
        from rebound_sim.report.build import write_report
        from rebound_sim.report.settings import read_settings

        lang = language(lang)
        target = place("out", out) if out is not None else self.folder / "report" / lang
        chosen = (None, None) if config is None else read_settings(place("config", config))
        written = write_report(self.folder, target, lang, *chosen)
        return written.paths

    def save(self, folder: str | Path) -> Path:
        """Copy the results to a new folder. Raises InputError when it exists, OSError."""
        target = place("folder", folder)
        if target.exists():
            raise InputError("this folder exists, and is not replaced", file=str(target))
        shutil.copytree(self.folder, target)
        return target

    def _table(
        self,
        name: str,
        rows: Iterable[Mapping[str, Any]],
        file: str,
        figure: str,
        columns: Sequence[str] = (),
    ) -> Table:
        described = stored.TABLES.get(file, {})
        units = {column: described[column][1] for column in described}
        meanings = {column: described[column][2] for column in described}
        units = {column: units.get(column, "") for column in (columns or units)}
        return table_of(name, rows, units, meanings, figure, self.plot)

    def __repr__(self) -> str:
        manifest = self._results.manifest
        arms = ", ".join(self.arms[2:][:6]) + (", ..." if len(self.arms) > 8 else "")
        head = f"<{self.title!r}: {arms}; {manifest.done} of {manifest.tasks} tasks>"
        return "\n".join([head, *self.answer[:3]])

    def _repr_html_(self) -> str:
        words = "".join(f"<p>{html.escape(line)}</p>" for line in self.answer[:6])
        table = self.standings()._repr_html_() if self.findings.known else ""
        return f"<h4>{html.escape(self.title)}</h4>{words}{table}"
