"""What simulating once the zones that receive the same decisions has saved."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from rebound_sim.experiment.packed import DONE
from rebound_sim.statistics.panels import NO_SHOCK, NONE, Panels


@dataclass(frozen=True, slots=True)
class Sharing:
    """Months of one zone under one strategy. simulated : of them, each counted once."""

    asked: float
    simulated: float

    @property
    def saved_percent(self) -> float:
        """Share of the months asked for that needed no simulation of their own, %."""
        return 100.0 * (1.0 - self.simulated / self.asked) if self.asked else 0.0


def sharing(panels: Panels) -> Sharing:
    """Zone-months asked for and simulated, over all finished runs, burn-in included.

    The references are stored once, and simulated again with each other group of strategies: those
    months are taken as equal to the stored ones.
    """
    runs = panels.runs
    done = runs["status"] == DONE
    months = np.asarray(runs["months_simulated"], dtype=np.float64)
    again = months[done & np.isin(runs["arm"], (NO_SHOCK, NONE))].sum() * (panels.groups - 1)
    return Sharing(
        float(panels.burn_in + panels.horizon) * float(np.count_nonzero(done)),
        float(months[done].sum() + again),
    )
