"""What every figure of a programme needs: the comparison, words, titles and notes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

from matplotlib.figure import Figure

from rebound_sim.figures import style
from rebound_sim.figures.context import PolicyContext
from rebound_sim.figures.setting import setting
from rebound_sim.figures.texts import TEXTS, typeset
from rebound_sim.figures.typography import between, number, percent, shortened
from rebound_sim.statistics.panels import NONE, Panels
from rebound_sim.statistics.programme.ranking import Rank
from rebound_sim.statistics.programme.summary import Summary

_LABEL_WIDTH = 24


@dataclass(frozen=True)
class ComparisonContext:
    """One comparison in one language.

    boundaries : file of the zones' true outlines    own : words of a figure that stand in its file
    """

    comparison: Summary
    language: str = "en"
    boundaries: Path | None = None
    own: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    @cached_property
    def words(self) -> Mapping[str, str]:
        """Texts of the language."""
        alone = len(self.comparison.panels.zones) == 1
        return {
            **TEXTS[self.language]["zone" if alone else "programme"],
            **typeset(self.own, self.language),
        }

    @property
    def _titles(self) -> Mapping[str, str]:
        """Words for policies of one zone; strategies are named as commands name them."""
        panels = self.comparison.panels
        return panels.titles if len(panels.zones) == 1 else {}

    @property
    def count(self) -> int:
        """Number of replications."""
        return self.comparison.panels.count

    @property
    def months(self) -> int:
        """Months of the run."""
        return self.comparison.panels.horizon

    @property
    def ranked(self) -> list[Rank]:
        """Strategies but `none`, best estimate first."""
        return [rank for rank in self.comparison.ranks if rank.arm != NONE]

    @property
    def best(self) -> Rank:
        """The strategy of the highest estimate."""
        return self.ranked[0]

    @property
    def best_title(self) -> str:
        """What may be said of it; its name where it is alone."""
        if len(self.ranked) == 1:
            return self.label(self.best.arm)
        alone = self.best.first == self.best.last == 1 and self.count > 1
        return self.words["best_established" if alone else "best_estimate"].format(
            strategy=self.label(self.best.arm), n=len(self.comparison.ranks)
        )

    def label(self, strategy: str) -> str:
        """A strategy in the words of the language; a user's own as it is named, cut if long."""
        known = TEXTS[self.language]["strategies"].get(strategy)
        return known or shortened(self._titles.get(strategy, strategy), _LABEL_WIDTH)

    def number(self, value: float, digits: int = 0) -> str:
        """A number as the language writes it."""
        return number(value, self.language, digits)

    def worlds(self, count: float) -> str:
        """A count of worlds; halves of ties are shown."""
        return self.number(count, 0 if float(count).is_integer() else 1)

    def percent(self, value: float, digits: int = 1) -> str:
        """A share as the language writes it."""
        return percent(value, self.language, digits)

    def interval(self, low: float, high: float, digits: int = 0) -> str:
        """Bounds in brackets."""
        return between(low, high, self.language, digits)

    def subtitle(self, more: str = "") -> str:
        """The line below a title: what was simulated, and what is added."""
        simulated = setting(self.comparison.panels, self.words, self.language)
        return " · ".join(part for part in (simulated, more) if part)

    def canvas(
        self, height: float, title: str, *notes: str, subtitle: str = "", **values: Any
    ) -> Figure:
        """An empty figure: title with the months of the run, what was simulated, notes and source.

        notes : keys of texts    values : what they quote, the number of replications apart
        """
        panels, words = self.comparison.panels, self.words
        below = words["replications" if self.count > 1 else "one_replication"].format(n=self.count)
        keys = notes if self.count > 1 else (*notes, "single")
        lines = [
            " ".join(words[key].format(n=self.count, **values) for key in keys),
            words["source"].format(version=panels.version, seed=panels.seed, n=below),
        ]
        whole = words[title].format(months=self.months, **values)
        return style.canvas(height, whole, self.subtitle(subtitle), lines)

    def picture(
        self, name: str, figure: Figure, table: Mapping[str, Any], **values: Any
    ) -> style.Picture:
        """The picture, and the words for who does not see it. values : what they quote."""
        words = self.words[f"alt_{name}"].format(**values)
        return style.Picture(name, figure, table, words, self.language)

    def as_basin(self, panels: Panels, zones: int) -> PolicyContext:
        """All zones together as one basin, under the strategy of the highest estimate."""
        whole = self.comparison.panels
        return PolicyContext(
            panels,
            self.best.arm,
            world=setting(whole, self.words, self.language),
            version=whole.version,
            seed=whole.seed,
            language=self.language,
            kind="programme",
            below_title=self.subtitle(self.best_title),
            zones=zones,
        )
