"""Parameters of the worlds of a comparison, stored beside its results: parameter_sets.csv.

One row a world, one column a parameter that differs from its declared value in some world, so that
what decides a result can be looked for in the results folder alone.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from rebound_sim.cells import write_csv_rows
from rebound_sim.errors import InputError
from rebound_sim.parameters.ensemble import ParameterChoice

FILE = "parameter_sets.csv"
_WORLD = "world"


@dataclass(frozen=True)
class WorldParameters:
    """Values by world. worlds : int[worlds]    values : float[worlds, names of parameters]"""

    worlds: NDArray[np.int64]
    names: tuple[str, ...]
    values: NDArray[np.float64]

    def of(self, worlds: NDArray[np.int64]) -> NDArray[np.float64]:
        """float[worlds asked for, names]. Raises KeyError for a world that is not there."""
        known = {int(world): row for row, world in enumerate(self.worlds)}
        return self.values[[known[int(world)] for world in worlds]]


def write_parameter_sets(
    folder: Path,
    parameters: ParameterChoice,
    overrides: Mapping[str, float],
    replications: Sequence[int],
) -> None:
    """Write the values in use in each world of the replications. overrides : of the programme.

    Raises OSError.
    """
    worlds = sorted({number % len(parameters.sets) for number in replications})
    rows = [parameters.of(world, overrides) for world in worlds]
    names = sorted({name for row in rows for name in row})
    cells = ([n, *(row[name] for name in names)] for n, row in zip(worlds, rows, strict=True))
    write_csv_rows(folder / FILE, [_WORLD, *names], cells, digits=10, ends="\n")


def read_parameter_sets(folder: Path) -> WorldParameters:
    """Read them. Raises InputError: absent (an older comparison), unreadable, a cell that is no
    number, a parameter or a world twice."""
    path = folder / FILE
    try:
        with path.open(encoding="utf-8", newline="") as stream:
            header, *rows = list(csv.reader(stream))
        numbers = np.array([[float(cell) for cell in row] for row in rows])
        whole = numbers.ndim == 2 and numbers.shape[1] == len(header)
        if header[0] != _WORLD or not whole or not np.isfinite(numbers).all():
            raise ValueError(path)
        if len(set(header)) < len(header) or np.unique(numbers[:, 0]).size < len(rows):
            raise ValueError(path)
    except FileNotFoundError:
        raise InputError(
            "the parameters of the worlds are not there",
            file=str(path),
            allowed="results of rebound compare of this version",
        ) from None
    except (OSError, ValueError, IndexError):
        raise InputError("the parameters of the worlds cannot be read", file=str(path)) from None
    return WorldParameters(numbers[:, 0].astype(np.int64), tuple(header[1:]), numbers[:, 1:])
