"""Best allocations of a response table: one option a zone, under an objective and limits.

The objectives speak of worlds: the mean over them; the mean of the worst of them (CVaR); the
largest regret, against what would have been best in each; the mean under a bound of inequality; and
the worst zones first (leximin). All are mixed-integer linear, so that the optimum is proven up to
the gap of the solver.

Rockafellar and Uryasev 2000, Journal of Risk 2 (CVaR); Ogryczak and Śliwiński 2006, Annals of
Operations Research 147 (leximin by sums of the worst).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from rebound_sim.arrays import Floats
from rebound_sim.decision.optimise.limits import Limit
from rebound_sim.decision.optimise.mixed_integer import MixedInteger, Solution
from rebound_sim.decision.optimise.responses import Responses
from rebound_sim.errors import InputError

Choice = NDArray[np.int64]

ONE_OPTION = "one option a zone"
#: Worlds that CVaR looks at: the worst quarter. Assumed.
TAIL = 0.25
_CUTS = 200  # most tangents to Theil's bound before giving up
_SLACK = 1e-6


@dataclass(frozen=True)
class Allocation:
    """One option a zone: int[zones]. value : of the objective    gap : relative, proven"""

    name: str
    choice: Choice
    value: float
    gap: float


@dataclass
class Allocations:
    """Allocations of one response table under the same limits."""

    responses: Responses
    limits: Sequence[Limit] = field(default_factory=tuple)

    def __post_init__(self) -> None:
        zones, options = self.responses.jobs.shape[:2]
        model = MixedInteger()
        self._place = np.array(model.variables(zones * options, 0, 1, whole=True))
        self._place = self._place.reshape(zones, options)
        for row in self._place:
            model.row(ONE_OPTION, dict.fromkeys(row.tolist(), 1.0), 1.0, 1.0)
        for limit in self.limits:
            scale = max(float(np.abs(limit.cells).max()), 1e-9)
            for cells in limit.cells:
                model.row(
                    limit.name, self._terms(cells / scale), limit.low / scale, limit.high / scale
                )
        self._model = model

    def mean(self, name: str = "mean", below: Mapping[str, Limit] | None = None) -> Allocation:
        """Most jobs on average over worlds. below : further limits, such as of inequality."""
        model = self._model.copy()
        for limit in (below or {}).values():
            for cells in limit.cells:
                model.row(limit.name, self._terms(cells), limit.low, limit.high)
        return self._found(name, model, self._terms(self.responses.jobs.mean(axis=2)))

    def tail(self, share: float = TAIL, name: str = "cvar") -> Allocation:
        """Most jobs on average over the worst share of worlds (CVaR)."""
        model = self._model.copy()
        worlds = self.responses.jobs.shape[2]
        (least,) = model.variables(1, -np.inf)
        short = model.variables(worlds)
        for world, lack in enumerate(short):
            row = self._terms(self.responses.jobs[:, :, world])
            model.row("shortfall", {**row, lack: 1.0, least: -1.0}, 0.0)
        weight = 1.0 / (share * worlds)
        return self._found(name, model, {least: 1.0, **dict.fromkeys(short, -weight)})

    def regret(self, name: str = "regret") -> Allocation:
        """The smallest largest regret: what the best of a world has more. Value: its negative."""
        best = [self._best_in(world).value for world in range(self.responses.jobs.shape[2])]
        model = self._model.copy()
        (worst,) = model.variables(1, 0.0)
        for world, top in enumerate(best):
            row = self._terms(self.responses.jobs[:, :, world])
            model.row("regret", {**row, worst: 1.0}, top - _SLACK * abs(top))
        return self._found(name, model, {worst: -1.0})

    def worst_tenth(self, most: float, name: str = "worst_tenth") -> Allocation:
        """Most jobs on average where the worst tenth of zones misses at most `most` jobs per 1,000
        residents: mean over worlds of the mean of that tenth in each, as in comparison.csv."""
        model = self._model.copy()
        self._bound_worst_tenth(model, most)
        return self._found(name, model, self._terms(self.responses.jobs.mean(axis=2)))

    def least_worst_tenth(self, name: str = "least_worst_tenth") -> Allocation:
        """The smallest loss of the worst tenth of zones. Value: its negative."""
        model = self._model.copy()
        (bound,) = model.variables(1, -np.inf)
        self._bound_worst_tenth(model, 0.0, bound)
        return self._found(name, model, {bound: -1.0})

    def theil(self, most: float, name: str = "theil") -> Allocation:
        """Most jobs on average where Theil's index of the loss area, mean over worlds, is at most
        `most`. The bound is convex: tangents are added until the solution respects it.

        With a the area per resident and p the shares of residents, T ≤ t is sum p a ln(a / mean)
        ≤ t mean, whose left side is convex and homogeneous: its tangent at b is sum p ln(b / mean
        of b) a.
        """
        people = self.responses.people / self.responses.people.sum()
        area = np.maximum(self.responses.area.mean(axis=2), 1e-12)
        model = self._model.copy()
        jobs = self._terms(self.responses.jobs.mean(axis=2))
        for _ in range(_CUTS):
            found = self._found(name, model, jobs)
            own = area[np.arange(len(self.responses.zones)), found.choice]
            mean = float(people @ own)
            if float(people @ (own * np.log(own / mean))) <= most * mean + _SLACK * mean:
                return found
            slopes = (people * (np.log(own / mean) - most))[:, np.newaxis] * area
            model.row("the bound of Theil's index", self._terms(slopes / mean), -np.inf, 0.0)
        raise InputError(
            "no allocation was found under this bound in 200 steps", file="--theil", value=most
        )

    def leximin(self, levels: int | None = None, name: str = "leximin") -> Allocation:
        """The worst zone as well as can be, then the second worst, and so on; jobs decide the rest.

        levels : how many of the worst zones are looked at, all without it. A zone's measure is its
        loss per 1,000 residents, mean over worlds.
        """
        loss = self.responses.loss.mean(axis=2)
        zones = len(self.responses.zones)
        model = self._model.copy()
        for level in range(1, (zones if levels is None else min(levels, zones)) + 1):
            # Sum of the `level` largest losses = least of level·t + sum max(0, loss − t).
            (threshold,) = model.variables(1, -np.inf)
            above = model.variables(zones)
            for row, (place, extra) in enumerate(zip(self._place, above, strict=True)):
                terms = {int(v): -float(x) for v, x in zip(place, loss[row], strict=True)}
                model.row(f"loss {level}", {**terms, threshold: 1.0, extra: 1.0}, 0.0)
            total = {threshold: float(level), **dict.fromkeys(above, 1.0)}
            found = self._found(name, model, {v: -x for v, x in total.items()})
            reached = -found.value
            model.row(f"worst {level}", total, -np.inf, reached + _SLACK * max(1.0, abs(reached)))
        return self._found(name, model, self._terms(self.responses.jobs.mean(axis=2)))

    def single(self, world: int) -> Allocation:
        """The best of one world, by its position: what a wise choice would have been there."""
        return self._best_in(world)

    def _best_in(self, world: int) -> Allocation:
        jobs = self.responses.jobs[:, :, world]
        return self._found(
            f"best in {self.responses.worlds[world]}", self._model.copy(), self._terms(jobs)
        )

    def _bound_worst_tenth(
        self, model: MixedInteger, most: float, bound: int | None = None
    ) -> None:
        """Mean over worlds of the loss of the worst tenth (rounded up) (less a variable) ≤ most."""
        zones, _, worlds = self.responses.loss.shape
        count = -(-zones // 10)
        whole: dict[int, float] = {}
        for world in range(worlds):
            (threshold,) = model.variables(1, -np.inf)
            above = model.variables(zones)
            for row, (place, extra) in enumerate(zip(self._place, above, strict=True)):
                cells = self.responses.loss[row, :, world]
                terms = {int(v): -float(x) for v, x in zip(place, cells, strict=True)}
                model.row("losses", {**terms, threshold: 1.0, extra: 1.0}, 0.0)
            whole[threshold] = 1.0 / worlds
            whole |= dict.fromkeys(above, 1.0 / (worlds * count))
        if bound is not None:
            whole[bound] = -1.0
        model.row("the worst tenth of zones", whole, -np.inf, most)

    def _terms(self, cells: Floats) -> dict[int, float]:
        return dict(zip(self._place.ravel().tolist(), cells.ravel().tolist(), strict=True))

    def _found(self, name: str, model: MixedInteger, terms: Mapping[int, float]) -> Allocation:
        solution: Solution | None = model.maximise(terms)
        if solution is None:
            clash = model.conflict((ONE_OPTION,))
            raise InputError(
                f"no allocation respects together: {'; '.join(clash)}",
                file="limits",
                allowed="a lower floor, a higher ceiling, or more of what runs out",
            )
        choice = solution.values[self._place].argmax(axis=1).astype(np.int64)
        return Allocation(name, choice, solution.objective, solution.gap)
