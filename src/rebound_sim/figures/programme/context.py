"""What every figure of a programme needs: the comparison, words, titles and notes."""

from __future__ import annotations

import textwrap
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from matplotlib.figure import Figure

from rebound_sim.figures import style
from rebound_sim.figures.texts import TEXTS
from rebound_sim.statistics.panels import NONE
from rebound_sim.statistics.programme.ranking import Rank
from rebound_sim.statistics.programme.summary import Comparison

_TITLE_WIDTH = 90


@dataclass(frozen=True)
class Context:
    """One comparison in one language. boundaries : file of the zones' true outlines."""

    comparison: Comparison
    language: str = "en"
    boundaries: Path | None = None

    @property
    def words(self) -> Mapping[str, str]:
        """Texts of the language."""
        return TEXTS[self.language]["programme"]

    @property
    def count(self) -> int:
        """Number of replications."""
        return self.comparison.panels.count

    @property
    def ranked(self) -> list[Rank]:
        """Strategies but `none`, best estimate first."""
        return [rank for rank in self.comparison.ranks if rank.strategy != NONE]

    @property
    def best(self) -> Rank:
        """The strategy of the highest estimate."""
        return self.ranked[0]

    @property
    def best_title(self) -> str:
        """What may be said of it."""
        alone = self.best.first == self.best.last == 1 and self.count > 1
        return self.words["best_established" if alone else "best_estimate"].format(
            strategy=self.best.strategy, n=len(self.comparison.ranks)
        )

    def canvas(self, height: float, title: str, *notes: str, subtitle: str = "") -> Figure:
        """An empty figure: title with the months of the run, programme, notes and source."""
        panels, words = self.comparison.panels, self.words
        zones = words["zones"].format(n=len(panels.zones))
        parts = [textwrap.shorten(panels.title, _TITLE_WIDTH, placeholder=" …"), zones, subtitle]
        below = words["replications" if self.count > 1 else "one_replication"].format(n=self.count)
        keys = notes if self.count > 1 else (*notes, "single")
        lines = [
            " ".join(words[key] for key in keys),
            words["source"].format(version=panels.version, seed=panels.seed, n=below),
        ]
        return style.canvas(
            height,
            words[title].format(months=panels.horizon),
            " · ".join(part for part in parts if part),
            lines,
        )
