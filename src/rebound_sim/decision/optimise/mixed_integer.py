"""A mixed-integer linear programme whose rows have names, solved by HiGHS through SciPy.

Names serve two questions that a solver does not answer: which constraints exclude one another when
there is no solution, and what each costs.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field

import numpy as np
import scipy.sparse as sparse
from scipy.optimize import Bounds, LinearConstraint, milp

from rebound_sim.arrays import Floats
from rebound_sim.errors import EngineError

_INFEASIBLE = 2
#: Relative gap at which HiGHS may stop: a ten-thousandth of the objective.
GAP = 1e-4
SECONDS = 30.0


@contextmanager
def _no_stray_lines() -> Iterator[None]:
    """HiGHS 1.8 writes lines of its own on the standard output of the process, below Python, where
    they would spoil a JSON object: it is closed to them meanwhile."""
    try:
        sys.stdout.flush()
        kept = os.dup(1)
    except (OSError, ValueError, AttributeError):
        yield  # no standard output to protect
        return
    nowhere = os.open(os.devnull, os.O_WRONLY)
    try:
        os.dup2(nowhere, 1)
        yield
    finally:
        os.dup2(kept, 1)
        os.close(nowhere)
        os.close(kept)


@dataclass(frozen=True)
class Solution:
    """values : of all variables    objective : reached    gap : relative, proven"""

    values: Floats
    objective: float
    gap: float


@dataclass
class MixedInteger:
    """Variables in blocks, rows under names. Maximises."""

    low: list[float] = field(default_factory=list)
    high: list[float] = field(default_factory=list)
    whole: list[int] = field(default_factory=list)
    rows: dict[str, list[tuple[Mapping[int, float], float, float]]] = field(default_factory=dict)

    def variables(
        self, count: int, low: float = 0.0, high: float = np.inf, *, whole: bool = False
    ) -> range:
        """A block of new variables: their numbers."""
        first = len(self.low)
        self.low += [low] * count
        self.high += [high] * count
        self.whole += [int(whole)] * count
        return range(first, first + count)

    def row(
        self, name: str, terms: Mapping[int, float], low: float = -np.inf, high: float = np.inf
    ) -> None:
        """low ≤ sum of coefficient × variable ≤ high, under a name that several rows may share."""
        self.rows.setdefault(name, []).append((dict(terms), low, high))

    def copy(self) -> MixedInteger:
        """An independent copy, to add to."""
        rows = {name: list(group) for name, group in self.rows.items()}
        return MixedInteger(list(self.low), list(self.high), list(self.whole), rows)

    def without(self, names: Iterable[str]) -> MixedInteger:
        """The same without the rows of these names."""
        left_out = set(names)
        kept = {name: list(group) for name, group in self.rows.items() if name not in left_out}
        return MixedInteger(list(self.low), list(self.high), list(self.whole), kept)

    def maximise(
        self, terms: Mapping[int, float], *, seconds: float = SECONDS, gap: float = GAP
    ) -> Solution | None:
        """The best solution; None when there is none. Raises EngineError when HiGHS gives up."""
        costs = np.zeros(len(self.low))
        for number, coefficient in terms.items():
            costs[number] = -coefficient
        with _no_stray_lines():
            result = milp(
                costs,
                integrality=np.array(self.whole),
                bounds=Bounds(np.array(self.low), np.array(self.high)),
                constraints=self._matrix(),
                options={"time_limit": seconds, "mip_rel_gap": gap},
            )
        if result.status == _INFEASIBLE:
            return None
        if result.x is None:
            raise EngineError(f"the optimiser gave up: {result.message}")
        proven = 0.0 if result.mip_gap is None else float(result.mip_gap)
        return Solution(np.asarray(result.x), -float(result.fun), proven)

    def conflict(self, fixed: Sequence[str] = ()) -> tuple[str, ...]:
        """Names that exclude one another, none of which can be left out: a deletion filter.

        fixed : names that are never in doubt (their rows stay). Empty where a solution exists.
        Chinneck and Dravnieks 1991, ORSA Journal on Computing 3.
        """
        if self.maximise({}) is not None:
            return ()
        suspects = [name for name in self.rows if name not in fixed]
        left_out: list[str] = []
        for name in suspects:
            if self.without([*left_out, name]).maximise({}) is None:
                left_out.append(name)
        return tuple(name for name in suspects if name not in left_out)

    def _matrix(self) -> list[LinearConstraint]:
        rows: list[int] = []
        columns: list[int] = []
        data: list[float] = []
        low: list[float] = []
        high: list[float] = []
        for group in self.rows.values():
            for terms, least, most in group:
                for number, coefficient in terms.items():
                    rows.append(len(low))
                    columns.append(number)
                    data.append(coefficient)
                low.append(least)
                high.append(most)
        if not low:
            return []
        shape = (len(low), len(self.low))
        matrix = sparse.csr_matrix((data, (rows, columns)), shape=shape)
        return [LinearConstraint(matrix, np.array(low), np.array(high))]
