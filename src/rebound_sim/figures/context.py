"""What every figure needs: the panels, one policy, words, and the lines under the figure."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from matplotlib.figure import Figure
from numpy.typing import NDArray

from rebound_sim.figures.style import Picture
from rebound_sim.figures.texts import TEXTS
from rebound_sim.figures.typography import number, percent, shortened
from rebound_sim.statistics.intervals import student_quantile, within
from rebound_sim.statistics.panels import Panels

_POLICY_WIDTH = 45  # characters


@dataclass(frozen=True)
class PolicyContext:
    """One policy of one results folder, in one language.

    world   : what was simulated, in words (`figures.setting`)
    version : of rebound-sim    seed : of the run
    suffix  : added to file names when there are several policies
    kind    : of results, which chooses the words
    below_title : in place of the scenario and the policy
    zones   : number of zones added up, for notes
    """

    panels: Panels
    policy: str
    world: str
    version: str
    seed: int
    language: str = "en"
    suffix: str = ""
    kind: str = "run"
    below_title: str = ""
    zones: int = 1

    @property
    def words(self) -> Mapping[str, str]:
        """Texts of the language."""
        return TEXTS[self.language][self.kind]

    @property
    def count(self) -> int:
        """Number of replications."""
        return self.panels.count

    @property
    def subtitle(self) -> str:
        """What was simulated, and the policy, cut where it would leave the page."""
        policy = shortened(self.panels.titles.get(self.policy) or self.policy, _POLICY_WIDTH)
        return self.below_title or f"{self.world} · {policy}"

    @property
    def month_axis(self) -> str:
        """Label of an axis of months."""
        key = "announcement_axis" if self.panels.announcement == 0 else "burn_in_axis"
        return self.words[key]

    def notes(self, *keys: str) -> list[str]:
        """Lines under a figure: what is drawn, then the source and the number of replications."""
        words = self.words
        n = words["replications" if self.count > 1 else "one_replication"].format(n=self.count)
        source = words["source"].format(version=self.version, seed=self.seed, n=n)
        values = {"axis": self.month_axis, "n": self.count, "zones": self.zones}
        return [" ".join(words[key].format(**values) for key in keys), source]

    def number(self, value: float, digits: int = 0) -> str:
        """A number as the language writes it."""
        return number(value, self.language, digits)

    def percent(self, value: float, digits: int = 1) -> str:
        """A share as the language writes it."""
        return percent(value, self.language, digits)

    def picture(
        self, name: str, figure: Figure, table: Mapping[str, Any], **values: Any
    ) -> Picture:
        """The picture, and the words for who does not see it. values : what they quote."""
        words = self.words[f"alt_{name}"].format(**values)
        return Picture(f"{name}{self.suffix}", figure, table, words, self.language)


def mean_band(
    values: NDArray[Any], least: float = -math.inf, most: float = math.inf
) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.float64]]:
    """Mean over replications and its 95 % interval, by month.

    values : [replications, months]. The bounds are NaN with one replication.
    least, most : bounds that values cannot pass, which the interval respects (`intervals.within`)
    """
    n = values.shape[0]
    mean = np.asarray(values.mean(axis=0), dtype=np.float64)
    if n < 2:
        return mean, np.full(mean.shape, np.nan), np.full(mean.shape, np.nan)
    half = student_quantile(n) * values.std(axis=0, ddof=1) / np.sqrt(n)
    return mean, *within(mean, half, least, most)
