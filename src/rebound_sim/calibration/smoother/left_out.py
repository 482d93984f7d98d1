"""What a calibration says of a figure that it had not seen: each moment left out in turn.

Members of the last wave are a sample of the posterior given all moments. Divided by the likelihood
of one of them they are a sample of the posterior without it (importance weights, Gelfand, Dey and
Chang 1992), at most √n times their mean (truncated importance sampling, Ionides 2008, JCGS 17). How
many members such a sample is worth is said: below some ten, the answer is hardly one.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from statistics import median
from typing import Final

import numpy as np

from rebound_sim.arrays import Floats
from rebound_sim.calibration.search.problem import Target
from rebound_sim.calibration.side_by_side import worth
from rebound_sim.calibration.smoother.step import misfits

#: Moments that rest on series of zones or of the nation, which a start of the panel covers too.
OF_SERIES: Final = ("national_slump", "local_response")


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A moment predicted by what the others say.

    fitted : mean over the members    predicted : the same without this moment
    low80, high80 : of members without it    effective : members that they are worth
    """

    moment: str
    target: float
    low: float
    high: float
    fitted: float
    predicted: float
    low80: float
    high80: float
    effective: float

    @property
    def inside(self) -> bool:
        """Whether the prediction lies in the band."""
        return self.low <= self.predicted <= self.high


def worth_of(found: Sequence[LeftOut]) -> tuple[float, float]:
    """Members that reweighted ones are worth: in the median of the moments, and the fewest."""
    worths = [one.effective for one in found]
    return median(worths), min(worths)


def weights_without(
    targets: Sequence[Target], rows: Floats, luck: Floats, left: Collection[str], taken: float = 1.0
) -> Floats:
    """Weights of members, sum 1, as if some moments had not been seen.

    rows : moments of members, [members, moments]    luck : float[moments]    left : names
    taken : share of the data that led to these members
    """
    members = len(rows)
    chosen = np.array([target.name in left for target in targets], dtype=bool)
    found = misfits(targets, rows, luck)[:, chosen]
    power = 0.5 * taken * (np.nan_to_num(found) ** 2).sum(axis=1)
    weights = np.exp(power - power.max(initial=0.0))
    weights = np.minimum(weights, np.sqrt(members) * weights.mean())
    return np.asarray(weights / weights.sum())


def left_out(
    targets: Sequence[Target], rows: Floats, luck: Floats, taken: float = 1.0
) -> list[LeftOut]:
    """Each moment predicted without it. Arguments as in `weights_without`."""
    found = []
    for number, target in enumerate(targets):
        column = rows[:, number]
        known = np.isfinite(column)
        if not known.any():
            continue
        weights = weights_without(targets, rows, luck, (target.name,), taken)[known]
        weights = weights / weights.sum()
        values = column[known]
        order = np.argsort(values)
        # Middle of each member's share of the whole.
        place = np.cumsum(weights[order]) - 0.5 * weights[order]
        low, high = np.interp((0.1, 0.9), place, values[order])
        found.append(
            LeftOut(
                target.name,
                target.value,
                target.low,
                target.high,
                float(values.mean()),
                float(weights @ values),
                float(low),
                float(high),
                worth(weights),
            )
        )
    return found
