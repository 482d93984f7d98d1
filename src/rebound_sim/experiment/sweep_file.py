"""The file of a sweep: programmes × strategies × levers and parameters × replications.

title = "Strategies at several envelopes"
programmes = ["../scenarios/france2030_auto.toml"]     # from this file's folder
strategies = ["equal", "merit"]
replications = 4
design = "factorial"                                   # latin_hypercube, sobol: with `points`

[[factor]]
key = "programme.envelope_eur"
values = [50_000_000, 100_000_000]                     # or low, high: sampled designs

`plans` names files of plans, arms beside the strategies; factors `plan.grants_shift` and the like
(`policies.timing`) move their dates and pace.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, replace
from itertools import product
from math import ceil, floor
from pathlib import Path
from typing import Annotated, Any, Literal

import numpy as np
from pydantic import Field, ValidationError, ValidatorFunctionWrapHandler, WrapValidator

from rebound_sim.errors import InputError, nearest, shortened
from rebound_sim.experiment.experiment import LARGEST_GROUP, Experiment
from rebound_sim.experiment.manifest import Identity
from rebound_sim.parameters.ensemble import DECLARED, ParameterChoice
from rebound_sim.policies.arm import Arm, plan_notes
from rebound_sim.policies.plan import Plan
from rebound_sim.policies.plan_file import load_plan
from rebound_sim.policies.strategy_choice import StrategyChoice, get_strategy
from rebound_sim.policies.timing import PREFIX, timed, timing_of
from rebound_sim.reading.source import Source, read_source
from rebound_sim.reading.strict import StrictRecord, validated
from rebound_sim.scenario.definition import Title
from rebound_sim.scenario.door import open_programme
from rebound_sim.scenario.planned import completed_plan
from rebound_sim.scenario.programme import FigureChoice
from rebound_sim.scenario.programme_file import default_path

LARGEST_DESIGN = 10_000
Value = bool | int | float | str


def _level_of_a_file(value: Any, check: ValidatorFunctionWrapHandler) -> Any:
    """One fault for a value that is none of the kinds, in place of one for each kind."""
    try:
        return check(value)
    except ValidationError:
        raise ValueError(
            f"not a level: {shortened(value)}; a finite number, a text in quotes, true or false"
        ) from None


Level = Annotated[Value, WrapValidator(_level_of_a_file)]


class Factor(StrictRecord):
    """One thing that varies: a key of the programme file or the name of a parameter."""

    key: str = Field(min_length=1, max_length=100, description="as in --set KEY=VALUE")
    values: tuple[Level, ...] = Field((), strict=False, description="levels, all of them tried")
    low: float | None = Field(None, description="lowest value of a sampled factor")
    high: float | None = Field(None, description="highest value of a sampled factor")
    whole: bool = Field(False, description="sampled values are rounded to whole numbers")


class SweepFile(StrictRecord):
    """What is written in the file of a sweep."""

    title: Title
    description: str = Field("", max_length=10_000)
    programmes: tuple[str, ...] = Field(
        (), strict=False, description="programme files; the shipped one if none is named"
    )
    strategies: tuple[str, ...] = Field((), strict=False)
    plans: tuple[str, ...] = Field(
        (), strict=False, description="files of plans, arms too; from this file's folder"
    )
    replications: Annotated[int, Field(ge=1, le=1_000_000)] = 4
    seed: Annotated[int, Field(ge=0, lt=2**63)] = 0
    months: Annotated[int, Field(ge=1)] | None = Field(None, description="in place of the files'")
    design: Literal["factorial", "latin_hypercube", "sobol"] = "factorial"
    points: Annotated[int, Field(ge=1, le=LARGEST_DESIGN)] | None = Field(
        None, description="number of sampled points"
    )
    design_seed: Annotated[int, Field(ge=0, lt=2**63)] = Field(0, description="of the sample")
    factor: tuple[Factor, ...] = Field((), strict=False)
    figures: FigureChoice = FigureChoice()


@dataclass(frozen=True)
class Point:
    """One point of the design. values : factor -> value; the same luck at every point.

    note : what the writer of its programme should know, or ""
    """

    number: int
    programme: str
    values: dict[str, Value]
    experiment: Experiment
    note: str = ""


def sweep_json_schema() -> dict[str, object]:
    """JSON Schema of the file of a sweep, for editors."""
    return dict(SweepFile.model_json_schema())


@dataclass(frozen=True)
class Sweep:
    """A checked sweep: every point can be simulated."""

    file: SweepFile
    points: tuple[Point, ...]

    def identity(self) -> Identity:
        """What a resumed sweep must share with the first; replications are left out."""
        rows = [
            [point.programme, *_asked(point), list(point.values.items())] for point in self.points
        ]
        first = self.points[0].experiment
        text = json.dumps([rows, self.file.strategies])
        design = hashlib.sha256(text.encode()).hexdigest()[:16]
        # Overrides are part of each world; the sets below them are those of every point.
        return replace(
            first.identity(), world_digest=design, parameters_digest=first.parameters.digest()
        )


def _asked(point: Point) -> tuple[str, ...]:
    """Digests of what is simulated at a point; of its strategies, which are those of all points,
    nothing."""
    plans = [arm.digest() for arm in point.experiment.arms if isinstance(arm.does, Plan)]
    return (point.experiment.world.digest(), *plans)


def told_before(sweep: Sweep) -> list[str]:
    """What is said before anything is simulated: notes on programmes and plans, points that
    coincide."""
    notes = dict.fromkeys(point.note for point in sweep.points if point.note)
    for point in sweep.points:
        notes |= dict.fromkeys(plan_notes(point.experiment.arms))
    coincidences = told_coincidences(sweep)
    return [*notes, *([coincidences] if coincidences else [])]


def told_coincidences(sweep: Sweep) -> str:
    """A line when points of a sweep ask for the same runs, "" when all differ."""
    seen: dict[tuple[str, ...], list[int]] = {}
    for point in sweep.points:
        seen.setdefault(_asked(point), []).append(point.number)
    same = [numbers for numbers in seen.values() if len(numbers) > 1]
    if not same:
        return ""
    shown = "; ".join(", ".join(map(str, numbers)) for numbers in same[:3])
    return (
        f"{len(sweep.points)} points, of which {len(seen)} differ: points {shown}"
        f"{' and others' if len(same) > 3 else ''} ask for the same runs. Ask for fewer points, or "
        "for factors with more values."
    )


def load_sweep(
    path: str | Path,
    replications: int | None = None,
    parameters: ParameterChoice = DECLARED,
) -> Sweep:
    """Read a sweep and check every point. Raises InputError, located in the file.

    replications : in place of the file's    parameters : sets that replications use in turn;
    factors that are parameters win over them
    """
    source = read_source(path)
    file = validated(SweepFile, source.values, source)
    plans = _plans(file, source)
    for index, name in enumerate(file.strategies):
        try:
            get_strategy(name)
        except InputError as error:
            raise source.relocated(error, f"strategies.{index}") from None
    programmes = [(source.folder / name, name) for name in file.programmes]
    rows = design_values(file, source)
    count = len(rows) * max(len(programmes), 1)
    if count > LARGEST_DESIGN:
        raise source.error(f"{count:,} points", "factor", allowed=f"{LARGEST_DESIGN:,}")
    points = []
    for number, ((where, name), values) in enumerate(
        product(programmes or [(default_path(), default_path().name)], rows)
    ):
        try:
            points.append(
                _point(number, file, plans, where, name, values, replications, parameters)
            )
        except InputError as error:
            # A level that does not fit is reported with its point, and the line of its factor.
            factors = [f for f in file.factor if f.key in error.message]
            line = source.place(f"factor.{file.factor.index(factors[0])}")[1] if factors else None
            told = error.message.removeprefix("--set: ")
            raise InputError(f"point {number}: {told}", file=source.name, line=line) from None
    return Sweep(file, tuple(points))


def _plans(file: SweepFile, source: Source) -> tuple[Plan, ...]:
    """Plans named by the file. Raises InputError: none at all, or dates of plans without a plan."""
    if not file.strategies and not file.plans:
        raise source.error("missing", "strategies", allowed="strategies, plans, or both")
    moved = next((n for n, f in enumerate(file.factor) if f.key.startswith(PREFIX)), None)
    if moved is not None and not file.plans:
        raise source.error(
            "there is no plan to move",
            f"factor.{moved}.key",
            value=file.factor[moved].key,
            allowed="plans = [...]",
        )
    return tuple(load_plan(source.folder / name) for name in file.plans)


def _point(
    number: int,
    file: SweepFile,
    plans: tuple[Plan, ...],
    where: Path,
    name: str,
    values: dict[str, Value],
    replications: int | None,
    parameters: ParameterChoice,
) -> Point:
    texts = {key: _as_text(value) for key, value in values.items() if not key.startswith(PREFIX)}
    programme, source = open_programme(where, texts, file.months)
    timing = timing_of({key: value for key, value in values.items() if key.startswith(PREFIX)})
    moved = [timed(completed_plan(plan, programme), timing) for plan in plans]
    arms = (
        *(Arm.of_strategy(StrategyChoice(name)) for name in file.strategies),
        *(Arm.of_plan(completed_plan(plan, programme)) for plan in moved),
    )
    experiment = Experiment(
        programme,
        arms,
        file.replications if replications is None else replications,
        file.seed,
        LARGEST_GROUP,
        parameters,
    )
    return Point(number, name, values, experiment, source.note)


def _as_text(value: Value) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def design_values(file: SweepFile, source: Source) -> list[dict[str, Value]]:
    """Values of the factors at each point of the design, the same every time. Raises InputError."""
    keys = [factor.key.removeprefix("parameters.") for factor in file.factor]
    for index, key in enumerate(keys):
        if key in keys[:index]:
            raise source.error("this factor is given twice", f"factor.{index}.key", value=key)
    if file.design == "factorial" and file.points is not None:
        raise source.error("a factorial design tries all values", "points", value=file.points)
    for index, factor in enumerate(file.factor):
        if factor.whole and factor.values:
            raise source.error(
                "only values sampled between low and high are rounded", f"factor.{index}.whole"
            )
    if file.design == "factorial":
        return _factorial(file, source)
    if file.points is None:
        raise source.error("missing", "points", allowed=f"how many points a {file.design} has")
    return _sampled(file, file.points, source)


def _factorial(file: SweepFile, source: Source) -> list[dict[str, Value]]:
    for index, factor in enumerate(file.factor):
        if not factor.values or factor.low is not None or factor.high is not None:
            raise source.error(
                "a factorial design needs the values of each factor",
                f"factor.{index}",
                allowed="values = [...]; low and high belong to sampled designs",
                nearest=nearest("factorial", ("latin_hypercube", "sobol")),
            )
    keys = [factor.key for factor in file.factor]
    levels = [factor.values for factor in file.factor]
    return [dict(zip(keys, values, strict=True)) for values in product(*levels)]


def _sampled(file: SweepFile, points: int, source: Source) -> list[dict[str, Value]]:
    """Latin hypercube or scrambled Sobol points; a factor with values takes each equally often."""
    from scipy.stats import qmc

    if not file.factor:
        raise source.error("a sampled design needs factors", "design", value=file.design)
    for index, factor in enumerate(file.factor):
        bounds = (factor.low, factor.high)
        if not factor.values and None in bounds:
            raise source.error("low and high, or values", f"factor.{index}", value=factor.key)
        if factor.values and bounds != (None, None):
            raise source.error("values, or low and high", f"factor.{index}", value=factor.key)
        if factor.low is not None and factor.high is not None and not factor.low < factor.high:
            raise source.error(
                "low must be below high",
                f"factor.{index}.low",
                value=factor.low,
                allowed=f"below {factor.high:g}",
            )
        if factor.whole and _whole_bounds(factor)[0] > _whole_bounds(factor)[1]:
            raise source.error(
                f"no whole number from {factor.low:g} to {factor.high:g}", f"factor.{index}.whole"
            )
    if file.design == "sobol" and points & (points - 1):
        raise source.error(
            "Sobol points are balanced for powers of 2 only",
            "points",
            value=points,
            nearest=str(2 ** round(np.log2(points))),
        )
    maker = qmc.Sobol if file.design == "sobol" else qmc.LatinHypercube
    sample = maker(d=len(file.factor), rng=file.design_seed).random(points)
    return [
        {factor.key: _level(factor, u) for factor, u in zip(file.factor, row, strict=True)}
        for row in sample
    ]


def _level(factor: Factor, u: float) -> Value:
    """The level of a factor at a uniform in [0, 1)."""
    if factor.values:
        return factor.values[int(u * len(factor.values))]
    low, high = factor.low or 0.0, factor.high or 0.0
    value = low + u * (high - low)
    if not factor.whole:
        return float(f"{value:.6g}")
    least, most = _whole_bounds(factor)
    return min(max(round(value), least), most)


def _whole_bounds(factor: Factor) -> tuple[int, int]:
    """The whole numbers next to low and high, inside."""
    return ceil(factor.low or 0.0), floor(factor.high or 0.0)
