"""The response table: what each zone becomes under each option of the menu, in each world.

Each zone is simulated alone, with no queue for consultants or appraisals, so that the table adds
up: an allocation is one option a zone, and its jobs are the sum of its cells. As simulated it is
NaN where a zone was not simulated in a world; as expected (`shrinkage`) it is whole.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from rebound_sim.arrays import Floats
from rebound_sim.decision.optimise.menu import Option


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
    jobs: Floats
    spent: Floats
    loss: Floats
    area: Floats
    files: Floats
    people: Floats
    lost: Floats

    def in_worlds(self, places: Sequence[int]) -> Responses:
        """The same in some of the worlds, by position."""
        kept = list(places)
        cells = {name: getattr(self, name)[:, :, kept] for name in CELLS}
        return replace(self, worlds=tuple(self.worlds[place] for place in kept), **cells)

    @property
    def seen(self) -> NDArray[np.bool_]:
        """Whether a zone was simulated in a world: bool[zones, worlds]."""
        return ~np.isnan(self.jobs[:, 0])

    @property
    def nothing(self) -> int:
        """The place of the option that gives nothing."""
        return next(
            n for n, option in enumerate(self.options) if not option.days and not option.grants_eur
        )

    def of(self, name: str, choice: NDArray[np.int64]) -> Floats:
        """Cells of an allocation: float[zones, worlds]. choice : int[zones], option of each."""
        cells: Floats = getattr(self, name)
        return cells[np.arange(len(self.zones)), choice]


CELLS = ("jobs", "spent", "loss", "area", "files")
