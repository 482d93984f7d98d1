"""One variable of a run over its arms, zones, replications and months: an array with named axes.

Axes keep one order everywhere, DIMENSIONS; what is chosen or summed drops out of it. xarray would
do as much and more: imported, it costs 0.3 to 0.4 s (pandas with it) where a whole command that
reads results takes one, and 0.3 ms for each choice by name, made thousands of times in a report.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from rebound_sim.errors import InputError, nearest

DIMENSIONS = ("arm", "zone", "replication", "month")


@dataclass(frozen=True, repr=False)
class Panel:
    """values : array over `dims`, which follow the order of DIMENSIONS    coords : dim -> labels

    >>> panel.of(arm="merit", month=59).sum("zone").values    # [replications]
    """

    values: NDArray[Any]
    coords: Mapping[str, Sequence[Any]]

    def __post_init__(self) -> None:
        shape = tuple(len(labels) for labels in self.coords.values())
        ordered = [name for name in DIMENSIONS if name in self.coords]
        if self.values.shape != shape or list(self.coords) != ordered:
            raise ValueError(f"array of shape {self.values.shape} for axes {list(self.coords)}")

    @property
    def dims(self) -> tuple[str, ...]:
        """Names of the axes."""
        return tuple(self.coords)

    def of(self, **labels: Any) -> Panel:
        """One label of an axis, which drops out, or several (a list or tuple), which stay.

        Raises InputError for a label or an axis that is not there.
        """
        values, coords = self.values, dict(self.coords)
        for dim, wanted in labels.items():
            if dim not in coords:
                raise _unknown("no such axis", dim, tuple(self.coords))
            axis = list(coords).index(dim)
            if isinstance(wanted, list | tuple | np.ndarray):
                values = values.take([self._place(dim, one) for one in wanted], axis=axis)
                coords[dim] = tuple(wanted)
            else:
                values = values[(slice(None),) * axis + (self._place(dim, wanted),)]
                del coords[dim]
        return Panel(values, coords)

    def __repr__(self) -> str:
        axes = ", ".join(f"{dim} {len(labels)}" for dim, labels in self.coords.items())
        return f"<Panel of {self.values.size:,} values: {axes or 'one'}; .values, .of(), .mean()>"

    def sum(self, dim: str) -> Panel:
        """Sum over an axis."""
        return self._without(dim, self.values.sum(axis=self._axis(dim)))

    def mean(self, dim: str) -> Panel:
        """Mean over an axis."""
        return self._without(dim, self.values.mean(axis=self._axis(dim)))

    def _axis(self, dim: str) -> int:
        if dim not in self.coords:
            raise _unknown("no such axis", dim, self.dims)
        return self.dims.index(dim)

    def _place(self, dim: str, label: Any) -> int:
        labels = self.coords[dim]
        if not isinstance(label, str | int | float | np.number) or label not in labels:
            raise _unknown(f"no such {dim}", label, labels)
        return list(labels).index(label)

    def _without(self, dim: str, values: NDArray[Any]) -> Panel:
        return Panel(np.asarray(values), {k: v for k, v in self.coords.items() if k != dim})


def _unknown(problem: str, given: Any, known: Sequence[Any]) -> InputError:
    words = [str(one) for one in known]
    return InputError(
        problem, value=given, allowed=", ".join(words[:60]), nearest=nearest(str(given), words)
    )
