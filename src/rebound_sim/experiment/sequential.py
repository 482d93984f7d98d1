"""Stop when the estimate is precise enough: `--until "additional_jobs.ci<5%"`.

Looking again and again at an ordinary 95 % interval and stopping when it is narrow misses the
truth more often than 1 time in 20. Two things keep the promise:

- looks are few: after 10 replications, then each time their number has grown by half;
- the error allowed, alpha = 5 %, is spent over the looks (Lan and DeMets 1983, Biometrika 70): look
  k, from 1, uses a Student interval at level 1 - alpha / (k (k + 1)). These sum to alpha over any
  number of looks, so that by Bonferroni's inequality all intervals hold together with 95 %,
  whichever look is the last.

The width is that of the difference with `none` in the same replications. Sources for stopping at a
fixed width: Chow and Robbins 1965, Annals of Mathematical Statistics 36; Glynn and Whitt 1992,
Annals of Applied Probability 2.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from rebound_sim.errors import InputError
from rebound_sim.experiment.results import Results

ALPHA = 0.05
#: Replications of the first look. Assumed: below, Student's interval leans too much on normality.
FIRST_LOOK = 10
GROWTH = 1.5
DEFAULT_CAP = 1000

#: Difference with `none`, all zones together, one value for each replication: arm -> array.
Measure = Callable[[Results], Mapping[str, NDArray[np.float64]]]

_FORM = re.compile(
    r"\s*(?P<outcome>\w+)\s*(\[(?P<names>[\w\s,]+)\])?\s*\.\s*ci\s*<=?\s*"
    r"(?P<width>[0-9]+(\.[0-9]*)?([eE]\+?[0-9]+)?)\s*(?P<percent>%)?\s*"
)
_ALLOWED = 'OUTCOME.ci<WIDTH, such as "additional_jobs.ci<5%" or "additional_jobs[merit].ci<200"'


@dataclass(frozen=True)
class Until:
    """Half-width of the interval to reach.

    text     : as typed
    names    : arms that must reach it, all when empty
    width    : share of the estimate if `relative`, otherwise in the unit of the outcome
    """

    text: str
    outcome: str
    names: tuple[str, ...]
    width: float
    relative: bool

    def asked(self, arms: tuple[str, ...]) -> tuple[str, ...]:
        """The arms to look at. Raises InputError for one that is not compared."""
        for name in self.names:
            if name not in arms:
                raise InputError.unknown("not a compared arm", name, arms, file="--until")
        return self.names or arms


@dataclass(frozen=True)
class Look:
    """What was seen after some replications, of the arm farthest from the goal.

    confidence : level of this look's intervals    goal : half-width wanted, same unit
    """

    replications: int
    confidence: float
    arm: str
    estimate: float
    half_width: float
    goal: float
    reached: bool

    def as_row(self) -> dict[str, Any]:
        """For the manifest; what cannot be computed is null."""
        row = asdict(self)
        return {
            k: None if isinstance(v, float) and not math.isfinite(v) else v for k, v in row.items()
        }

    def __str__(self) -> str:
        return (
            f"{self.replications} replications: {self.arm} {self.estimate:,.4g} "
            f"± {self.half_width:,.3g}, goal ± {self.goal:,.3g}"
        )


def parse_until(text: str, outcomes: Collection[str]) -> Until:
    """The rule that a text describes. Raises InputError."""
    found = _FORM.fullmatch(text)
    if found is None or float(found["width"]) <= 0:
        raise InputError("not a stopping rule", file="--until", value=text, allowed=_ALLOWED)
    if found["outcome"] not in outcomes:
        raise InputError.unknown(
            "no such outcome to stop on", found["outcome"], outcomes, file="--until"
        )
    names = tuple(name.strip() for name in (found["names"] or "").split(",") if name.strip())
    relative = found["percent"] is not None
    width = float(found["width"]) / (100.0 if relative else 1.0)
    return Until(text, found["outcome"], names, width, relative)


def look_sizes(cap: int) -> Iterator[int]:
    """Numbers of replications after which to look; the last is the cap."""
    size = min(FIRST_LOOK, cap)
    while size < cap:
        yield size
        size = math.ceil(size * GROWTH)
    yield cap


def confidence_of(look: int) -> float:
    """Confidence level of a look, from 1."""
    return 1.0 - ALPHA / (look * (look + 1))


def look_at(until: Until, values: Mapping[str, NDArray[np.float64]], look: int) -> Look:
    """Compare the half-widths with the goal, at the `look`-th look (from 1).

    values : arm -> difference with `none` in each replication; NaN is left out
    """
    from scipy.stats import t as student

    confidence = confidence_of(look)
    worst: Look | None = None
    for name, column in values.items():
        known = column[np.isfinite(column)]
        count = int(known.size)
        mean = float(known.mean()) if count else math.nan
        half = math.inf
        if count > 1:
            error = float(known.std(ddof=1)) / math.sqrt(count)
            half = float(student.ppf(0.5 + confidence / 2, count - 1)) * error
        goal = until.width * abs(mean) if until.relative else until.width
        seen = Look(count, confidence, name, mean, half, goal, half < goal)
        if worst is None or _distance(seen) > _distance(worst):
            worst = seen
    if worst is None:
        raise InputError("no arm to look at", file="--until", value=until.text)
    return worst


def _distance(look: Look) -> float:
    return look.half_width / look.goal if look.goal > 0 else math.inf
