"""Checks by libraries, where `rebound-sim[drivers]` is installed: indices and a small tree."""

from __future__ import annotations

import warnings
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from rebound_sim.arrays import Floats
from rebound_sim.parameters.names import short_name

_DEPTH, _LEAF = 2, 0.08
_SEED = 20


@dataclass(frozen=True, slots=True)
class Check:
    """Moment-independent indices of SALib. delta : Borgonovo's (2007)    pawn : median (Pianosi and
    Wagener 2018)."""

    parameter: str
    delta: float
    pawn: float


def salib_checks(names: Sequence[str], parameters: Floats, outcome: Floats) -> list[Check]:
    """In the order of the names; empty where SALib is not installed, or cannot tell."""
    with _quiet():
        try:
            from SALib.analyze import delta, pawn
        except ImportError:
            return []
        problem = {
            "num_vars": len(names),
            "names": list(names),
            "bounds": [[float(c.min()), float(c.max())] for c in parameters.T],
        }
        try:
            first = delta.analyze(problem, parameters, outcome, num_resamples=20, seed=_SEED)
            second = pawn.analyze(problem, parameters, outcome, S=8, seed=_SEED)
        except (ValueError, np.linalg.LinAlgError):
            return []  # nearly all worlds have one value: SALib has no density of them
    # Named so from SALib 1.6 on, where classes of equal size are one of several ways.
    deltas = first["delta_balanced"] if "delta_balanced" in first else first["delta"]
    return [
        Check(name, float(d), float(p))
        for name, d, p in zip(names, deltas, second["median"], strict=True)
    ]


@contextmanager
def _quiet() -> Iterator[None]:
    """SALib tells its notices as warnings, whatever the filters, in a form that it sets for all of
    the process: they are caught, and the form is put back."""
    form = warnings.formatwarning
    with warnings.catch_warnings(record=True):
        try:
            yield
        finally:
            warnings.formatwarning = form


@dataclass(frozen=True, slots=True)
class Leaf:
    """Worlds of one leaf of the tree: its conditions in words, and how often it happens there."""

    conditions: tuple[str, ...]
    worlds: int
    share: float


def small_tree(names: Sequence[str], parameters: Floats, happens: NDArray[np.bool_]) -> list[Leaf]:
    """A tree of two questions (Breiman and others 1984), the leaf where it happens most first.

    Empty where scikit-learn is not installed, or where no question helps.
    """
    try:
        from sklearn.tree import DecisionTreeClassifier
    except ImportError:
        return []
    tree = DecisionTreeClassifier(max_depth=_DEPTH, min_samples_leaf=_LEAF, random_state=_SEED)
    tree.fit(parameters, happens)
    inner = tree.tree_
    found: list[Leaf] = []

    def visit(node: int, conditions: tuple[str, ...], rows: NDArray[np.bool_]) -> None:
        number, bound = int(inner.feature[node]), float(inner.threshold[node])
        if number < 0:
            found.append(Leaf(conditions, int(rows.sum()), float(happens[rows].mean())))
            return
        below = rows & (parameters[:, number] <= bound)
        shown = f"{short_name(names[number])} {{}} {bound:.3g}"
        visit(int(inner.children_left[node]), (*conditions, shown.format("≤")), below)
        visit(int(inner.children_right[node]), (*conditions, shown.format(">")), rows & ~below)

    visit(0, (), np.ones(happens.size, bool))
    return sorted(found, key=lambda leaf: -leaf.share) if len(found) > 1 else []
