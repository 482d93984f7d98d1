"""The response table: what each zone becomes under each option of the menu, in each world.

Each zone is simulated alone, with no queue for consultants or appraisals, so that the table adds
up: an allocation is one option a zone, and its jobs are the sum of its cells.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from rebound_sim.decision.optimise.menu import Option

Values = NDArray[np.float64]


@dataclass(frozen=True)
class Responses:
    """Cells of float[zones, options, worlds], at the end of the run.

    jobs  : additional jobs, option − none, same random numbers
    spent : EUR paid − returned
    loss  : jobs missing (no_shock − option) per 1,000 residents of working age
    area  : loss area per resident (job-months missing, never negative, over residents)
    files : aid files that ask for a grant, by interval between two committees from the opening of
        grants to the end of the window: one axis more, the last
    people : float[zones], residents of working age    lost : float[zones], jobs of closing sites
    regions : of the zones    worlds : their numbers
    """

    zones: tuple[str, ...]
    regions: tuple[str, ...]
    options: tuple[Option, ...]
    worlds: tuple[int, ...]
    jobs: Values
    spent: Values
    loss: Values
    area: Values
    files: Values
    people: Values
    lost: Values

    def in_worlds(self, places: Sequence[int]) -> Responses:
        """The same in some of the worlds, by position."""
        kept = list(places)
        cells = {name: getattr(self, name)[:, :, kept] for name in CELLS}
        return replace(self, worlds=tuple(self.worlds[place] for place in kept), **cells)

    def of(self, name: str, choice: NDArray[np.int64]) -> Values:
        """Cells of an allocation: float[zones, worlds]. choice : int[zones], option of each."""
        cells: Values = getattr(self, name)
        return cells[np.arange(len(self.zones)), choice]


CELLS = ("jobs", "spent", "loss", "area", "files")
