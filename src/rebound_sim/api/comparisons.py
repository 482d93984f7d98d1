"""Simulate a world under arms, and say what follows: tables, figures, ledger, report."""

from __future__ import annotations

import html
import shutil
import sys
import tempfile
import weakref
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import nullcontext
from dataclasses import asdict, fields
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rebound_sim.api.progress import shown_progress
from rebound_sim.api.tables import Table, table_of
from rebound_sim.api.worlds import LoadedWorld, load
from rebound_sim.errors import InputError, nearest
from rebound_sim.experiment import Experiment, Panel, Results, Watcher, read_results, run_experiment
from rebound_sim.experiment.asked import replications_asked
from rebound_sim.experiment.parameter_sets import write_parameter_sets
from rebound_sim.parameters.ensemble import choose_parameters
from rebound_sim.policies import (
    Arm,
    Plan,
    Policy,
    StrategyChoice,
    load_plan,
    load_policy,
    load_strategy_file,
    named_policies,
    named_strategies,
)
from rebound_sim.policies.strategy import Strategy
from rebound_sim.policies.strategy_function import choice_of
from rebound_sim.report.outputs import add_tables_and_figures
from rebound_sim.scenario import World
from rebound_sim.scenario.planned import completed_plan
from rebound_sim.statistics.ledger import MEANINGS as LEDGER_MEANINGS
from rebound_sim.statistics.ledger import ledger_accounts, meaningful_accounts
from rebound_sim.statistics.programme import as_programme
from rebound_sim.statistics.programme import files as stored
from rebound_sim.statistics.programme.comparison import Row
from rebound_sim.statistics.programme.summary import Comparison as Findings
from rebound_sim.statistics.stopping import stopping_measures

if TYPE_CHECKING:
    from matplotlib.figure import Figure

#: What `compare` and `run` take as an arm.
ArmLike = (
    str | Path | Arm | Plan | Policy | StrategyChoice | Strategy | Callable[..., Any]
)
WorldLike = LoadedWorld | World | str | Path
DEFAULT_REPLICATIONS_OF_RUN = 20


class Comparison:
    """Results of `compare` or `run`: what the arms gave under the same luck.

    folder : where the results stand; a temporary one, which goes with this object, unless `out` was
    given (`save` copies it)
    """

    def __init__(self, folder: str | Path) -> None:
        self.folder = Path(folder)
        self._results = read_results(self.folder)

    @property
    def results(self) -> Results:
        """The stored tables: `results.table("trajectories")`."""
        return self._results

    @cached_property
    def findings(self) -> Findings:
        """Everything computed from the results, as the statistics have it."""
        return Findings(as_programme(self.folder))

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
        rows = [asdict(row) for row in self.findings.rows]
        known = dict.fromkeys(row["outcome"] for row in rows)
        if outcome is not None and outcome not in known:
            raise InputError(
                "no such outcome", value=outcome, allowed=", ".join(known),
                nearest=nearest(outcome, known),
            )  # fmt: skip
        kept = [row for row in rows if outcome in (None, row["outcome"])]
        return self._table("effects", kept, "comparison", "strategies",
                           [field.name for field in fields(Row)])  # fmt: skip

    def standings(self) -> Table:
        """Arms by additional jobs over worlds, best median first."""
        return self._table("standings", stored.standing_rows(self.findings), "standings",
                           "strategies")  # fmt: skip

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
        if name not in stored.CELL_TABLES:
            known = stored.CELL_TABLES
            raise InputError("no such table", value=name, allowed=", ".join(known),
                             nearest=nearest(name, known))  # fmt: skip
        cells = getattr(self.findings, stored.CELL_TABLES[name])
        figure = name if name in self.figures() else ""
        return self._table(name, map(asdict, cells), name, figure)

    def ledger(
        self, by: Sequence[str] | str = ("instrument",), *, mean: bool = True
    ) -> Table:
        """Accounts of the public money [EUR].

        by   : of zone, instrument, project, month
        mean : over replications; False gives each
        Raises InputError for another column.
        """
        keys = [by] if isinstance(by, str) else list(by)
        for name in keys:
            known = ("zone", "instrument", "project", "month")
            if name not in known:
                raise InputError("unknown column", key="by", value=name, allowed=", ".join(known),
                                 nearest=nearest(name, known))  # fmt: skip
        panels = self.findings.panels
        journal = dict(panels.ledger)
        for column, least in (("zone", ""), ("project", -1)):
            if column in keys:
                rows = journal[column] != least
                journal = {name: values[rows] for name, values in journal.items()}
        accounts = ledger_accounts(
            journal, ["arm", "replication", *keys], months=panels.months
        )
        told = meaningful_accounts(keys)
        labels = ["arm", "replication", *keys]
        money = [name for name in accounts if name in told]
        columns = {name: accounts[name] for name in (*labels, *money)}
        if mean:
            columns = _mean(columns, ["arm", *keys], money, panels.count)
        units = dict.fromkeys(money, "EUR")
        return Table("ledger", columns, units, dict(LEDGER_MEANINGS), "money", self.plot)

    def panel(self, variable: str, **labels: Any) -> Panel:
        """One variable over arm, zone, replication and month; see `Results.panel`."""
        return self._results.panel(variable, **labels)

    def trajectories(self, variable: str) -> Table:
        """A variable by arm, zone, replication and month, as rows."""
        columns = self._results.table("trajectories", ["zone", "replication", "month", variable])
        return Table(f"trajectories of {variable}", columns, {"month": "month"}, {}, "", None)

    def plot(self, figure: str | None = None, lang: str = "en") -> Figure:
        """A figure by its name; without one, that which shows most. Raises InputError."""
        from rebound_sim.figures import Subject, draw, names
        from rebound_sim.figures.registry import known
        from rebound_sim.figures.style import Picture

        kind = "run" if self._results.manifest.is_of_one_zone else "programme"
        subject = Subject(kind, self.folder, made=self.findings)
        name = figure or names(subject)[0]
        known([name], subject)
        picture: Picture | None = draw(name, subject, lang)
        if picture is None:
            raise InputError("these results have nothing to show in this figure", value=name)
        return _displayed(picture)

    def figures(self) -> tuple[str, ...]:
        """Names that `plot` takes."""
        from rebound_sim.figures import Subject, names

        kind = "run" if self._results.manifest.is_of_one_zone else "programme"
        return names(Subject(kind, self.folder, made=self.findings))

    def report(
        self, out: str | Path | None = None, lang: str = "en", config: str | Path | None = None
    ) -> list[Path]:
        """Write the evaluation report (PDF, HTML, Word, tables); return the paths.

        config : a report.toml
        Raises InputError (nothing to compare, a fault of the file), EngineError, OSError.
        """
        from rebound_sim.report.build import write_report
        from rebound_sim.report.settings import read_settings

        target = Path(out) if out is not None else self.folder / "report" / lang
        settings, logo = read_settings(config) if config is not None else (None, None)
        written = write_report(self.folder, target, lang, settings, logo)
        return written.paths

    def save(self, folder: str | Path) -> Path:
        """Copy the results to a new folder. Raises InputError when it exists, OSError."""
        target = Path(folder)
        if target.exists():
            raise InputError("this folder exists, and is not replaced", file=str(target))
        shutil.copytree(self.folder, target)
        return target

    def _table(
        self, name: str, rows: Iterable[Mapping[str, Any]], file: str, figure: str,
        columns: Sequence[str] = (),
    ) -> Table:  # fmt: skip
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


def compare(
    world: WorldLike | None = None,
    arms: ArmLike | Sequence[ArmLike] | None = None,
    *,
    worlds: int | str | None = None,
    lucks: int | None = None,
    replications: int | None = None,
    plan: str | Path | Plan | Sequence[str | Path | Plan] | None = None,
    months: int | None = None,
    seed: int = 0,
    parameters: str | None = None,
    out: str | Path | None = None,
    **running: Any,
) -> Comparison:
    """Compare arms under the same luck, as `rebound compare` does and with its defaults.

    world   : as `load` gives it, its name or path; the shipped programme without one
    arms    : strategies or policies by name, files (.py, .toml), functions `rule(desk, budget)`,
    plans; those of the world without any
    worlds  : sets of parameters to compare in, or "all"    lucks : in each
    plan    : tables of amounts (CSV, TOML), compared too
    parameters : "ensemble" (calibrated sets, the default), "point" or "declared"
    out     : results folder; a temporary one without it
    running : workers, scheduler, until, cap, overwrite, resume, progress, as the options
    Raises InputError, EngineError.
    """
    record = _world(world, months)
    chosen = _listed(arms)
    if not chosen:
        chosen = list(record.programme.strategies if record.programme else record.policies)
    plans = _listed(plan)
    found = [_arm(item, record) for item in chosen]
    found += [Arm.of_plan(item if isinstance(item, Plan) else load_plan(item)) for item in plans]
    for arm in found:
        if isinstance(arm.national, Plan):
            completed_plan(arm.national, record)  # refused before anything is simulated
    choice = choose_parameters(parameters)
    asked = None if worlds is None else str(worlds)
    numbers = replications_asked(asked, lucks, replications, len(choice.sets))
    experiment = _experiment(record, found, numbers, seed, choice, running)
    return _simulated(experiment, out, **running)


def run(
    world: WorldLike,
    policies: ArmLike | Sequence[ArmLike] | None = None,
    *,
    replications: int = DEFAULT_REPLICATIONS_OF_RUN,
    months: int | None = None,
    seed: int = 0,
    parameters: str | None = None,
    out: str | Path | None = None,
    **running: Any,
) -> Comparison:
    """Simulate a world with and without policies, as `rebound run` does and with its defaults.

    policies : names or files; those of the world, or `rebond`, without any. Others as `compare`.
    Raises InputError, EngineError.
    """
    record = _world(world, months)
    chosen = _listed(policies) or list(getattr(record, "policies", ()) or ("rebond",))
    arms = [_arm(item, record) for item in chosen]
    choice = choose_parameters(parameters)
    numbers = replications_asked(None, None, replications, len(choice.sets))
    return _simulated(_experiment(record, arms, numbers, seed, choice, running), out, **running)


def _listed(given: Any) -> list[Any]:
    if given is None:
        return []
    return list(given) if isinstance(given, list | tuple) else [given]


def _world(world: WorldLike | None, months: int | None) -> World:
    if world is None or isinstance(world, str | Path):
        found = load(months=months) if world is None else load(world, months=months)
        return found.record
    loaded = world if isinstance(world, LoadedWorld) else LoadedWorld(world)
    return (loaded if months is None else loaded.change(months=months)).record


def _arm(item: ArmLike, world: World) -> Arm:
    """An arm from what a user gives for it. Raises InputError."""
    if isinstance(item, Arm):
        return item
    if isinstance(item, Plan):
        return Arm.of_plan(item)
    if isinstance(item, Policy):
        return Arm.of_policy(item)
    if isinstance(item, StrategyChoice):
        return Arm.of_strategy(item)
    if isinstance(item, str | Path):
        return _named_arm(str(item), world)
    return Arm.of_strategy(choice_of(item))


def _named_arm(name: str, world: World) -> Arm:
    suffix = Path(name).suffix.lower()
    if suffix == ".py":
        return Arm.of_strategy(load_strategy_file(name))
    if suffix == ".csv":
        return Arm.of_plan(load_plan(name))
    if suffix == ".toml" or name in named_policies():
        return Arm.of_policy(load_policy(name))
    if name in named_strategies() and world.programme is not None:
        return Arm.of_strategy(StrategyChoice(name))
    known = [*named_policies(), *(named_strategies() if world.programme else ())]
    why = "" if world.programme else " (a world without a programme has policies)"
    raise InputError(
        f"unknown arm{why}", value=name, allowed=", ".join(known), nearest=nearest(name, known)
    )


def _experiment(
    world: World, arms: Sequence[Arm], numbers: tuple[int, ...], seed: int, parameters: Any,
    running: dict[str, Any],
) -> Experiment:  # fmt: skip
    group = running.pop("group", None)
    more = {} if group is None else {"group": group}
    return Experiment(
        world, tuple(arms), max(numbers) + 1, seed, parameters=parameters, some=numbers, **more
    )


def _simulated(
    experiment: Experiment, out: str | Path | None, *, progress: bool = True,
    until: str | None = None, **running: Any,
) -> Comparison:  # fmt: skip
    known = ("workers", "scheduler", "cap", "overwrite", "resume")
    for name in running:
        if name not in known:
            raise InputError("unknown option", value=name, allowed=", ".join(known),
                             nearest=nearest(name, known))  # fmt: skip

    def last_step(folder: Path) -> None:
        write_parameter_sets(
            folder, experiment.parameters, experiment.world.parameters, experiment.numbers
        )
        add_tables_and_figures(folder)

    kept = out is not None
    target = Path(out) if out is not None else Path(tempfile.mkdtemp(prefix="rebound-")) / "results"
    title = experiment.world.title
    with shown_progress(title) if progress else nullcontext(Watcher()) as watcher:
        folder = run_experiment(
            experiment, target, until=until, measures=stopping_measures() if until else None,
            command=["python", Path(sys.argv[0]).name], last_step=last_step, watcher=watcher,
            **running,
        )  # fmt: skip
    found = Comparison(folder)
    if not kept:
        weakref.finalize(found, shutil.rmtree, folder.parent, ignore_errors=True)
    return found


def _mean(
    columns: Mapping[str, Any], keys: Sequence[str], money: Sequence[str], count: int
) -> dict[str, Any]:
    """Sums over replications by key, over their number."""
    import numpy as np

    labels = list(zip(*(columns[key] for key in keys), strict=True))
    distinct = {label: row for row, label in enumerate(dict.fromkeys(labels))}
    place = np.array([distinct[label] for label in labels], dtype=np.int64)
    found: dict[str, Any] = {
        key: [label[k] for label in distinct] for k, key in enumerate(keys)
    }
    for name in money:
        sums = np.zeros(len(distinct))
        np.add.at(sums, place, np.asarray(columns[name], dtype=float))
        found[name] = sums / max(count, 1)
    return found


def _displayed(picture: Any) -> Figure:
    """The figure of a picture, which notebooks show whatever the backend is."""
    import io

    from rebound_sim.figures.style import house_style

    figure: Figure = picture.figure

    def png() -> bytes:
        stream = io.BytesIO()
        with house_style():
            figure.savefig(stream, format="png", dpi=110)
        return stream.getvalue()

    figure._repr_png_ = png  # type: ignore[attr-defined]
    figure.set_gid(picture.alternative)
    return figure
