"""The page of a sweep: sliders that look simulated points up, and its figures."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np

from rebound_sim.experiment.sweep_run import SweepManifest, read_sweep_manifest
from rebound_sim.figures import Subject, draw, svg
from rebound_sim.figures.sweep import divisor_of, factor_name, level_name, strategy_name
from rebound_sim.page.decisions import image
from rebound_sim.page.files import File
from rebound_sim.page.texts import words_of
from rebound_sim.report.names import one_line
from rebound_sim.report.typography import Typography
from rebound_sim.statistics.intervals import Verdict, verdict
from rebound_sim.statistics.programme.levels import numbers, ordered, strategies_by_mean
from rebound_sim.statistics.programme.sweep import SweepTable, factor_effects, read_sweep
from rebound_sim.statistics.programme.worlds import RANGE

_FILES = ("design.csv", "outcomes.csv")
_PICTURES = ("response", "heatmap", "tornado", "regret")
_MOST_ROWS = 120  # points of the table that stands without script; files have all


@dataclass(frozen=True)
class SweepPage:
    """A sweep in a folder."""

    table: SweepTable
    manifest: SweepManifest
    folder: Path

    @classmethod
    def of(cls, folder: Path) -> SweepPage:
        """Raises InputError: no point of the sweep has ended."""
        return cls(read_sweep(folder), read_sweep_manifest(folder), folder)

    @property
    def made_by(self) -> Mapping[str, Any]:
        """As in `build.Page`."""
        return {
            "command": self.manifest.command,
            "version": self.table.version,
            "seed": self.table.seed,
            "digest": self.manifest.identity.world_digest,
        }

    def files(self) -> list[File]:
        """The design, and the outcomes of all points."""
        paths = [self.folder / name for name in _FILES]
        return [File(path.name, path.read_bytes()) for path in paths if path.is_file()]

    @cached_property
    def quantiles(self) -> dict[str, np.ndarray]:
        """median, low, high over replications: float[points, strategies] each."""
        low, high = np.quantile(self.table.values, RANGE, axis=2)
        return {"median": np.median(self.table.values, axis=2), "low": low, "high": high}

    @cached_property
    def crossed(self) -> bool:
        """Whether every combination of levels was simulated, once: a grid to interpolate in."""
        cells = np.prod([len(ordered(texts)) for texts in self.table.factors.values()])
        rows = set(zip(*self.table.factors.values(), strict=True))
        return len(rows) == len(self.table.points) == int(cells)

    def data(self) -> dict[str, Any]:
        """Factors with their levels, and every point."""
        factors = []
        for key, texts in self.table.factors.items():
            levels = ordered(texts)
            values = numbers(levels)
            factors.append(
                {
                    "key": key,
                    "levels": list(levels)
                    if values is None
                    else [float(value) for value in values],
                    "places": [levels.index(text) for text in texts],
                    "numeric": values is not None,
                    "divisor": divisor_of(key),
                }
            )
        return {
            "sweep": {
                "factors": factors,
                "crossed": self.crossed,
                "numbers": [int(number) for number in self.table.points],
                "order": strategies_by_mean(self.table),
                "strategies": list(self.table.strategies),
                **{name: np.round(v, 1).tolist() for name, v in self.quantiles.items()},
            }
        }

    def words(self, language: str) -> dict[str, Any]:
        """Words of the sections and of the sliders."""
        return {
            **words_of(language),
            "strategies": {name: strategy_name(name, language) for name in self.table.strategies},
            "factors": {name: factor_name(name, language) for name in self.table.factors},
            "levels": {
                name: [level_name(text, name, language) for text in ordered(texts)]
                for name, texts in self.table.factors.items()
            },
        }

    def article(self, language: str) -> dict[str, Any]:
        """All that stands without script."""
        words, table = self.words(language), self.table
        subject = Subject("sweep", self.folder, made=table)
        drawn = [draw(name, subject, language) for name in _PICTURES]
        return {
            "title": one_line(table.title, 120) or words["sweep_title"],
            "sections": ["answers", "sliders", "figures"],
            "question": words["sweep_question"].format(
                factors=Typography(language).listed(list(words["factors"].values())),
                points=len(table.points),
                n=table.values.shape[2],
                months=table.months,
            ),
            "answers": self._answers(words, language),
            "factors": [(key, words["factors"][key]) for key in table.factors],
            "heads": [words["point"], *words["factors"].values(), *words["strategies"].values()],
            "points": self._points(language),
            "pictures": [
                {"source": image(svg(one)), "alternative": one.alternative}
                for one in drawn
                if one is not None
            ],
        }

    def _points(self, language: str) -> list[list[str]]:
        number, medians = Typography(language).number, self.quantiles["median"]
        return [
            [
                str(point),
                *(
                    level_name(texts[row], key, language)
                    for key, texts in self.table.factors.items()
                ),
                *(number(value) for value in medians[row]),
            ]
            for row, point in enumerate(self.table.points[:_MOST_ROWS])
        ]

    def _answers(self, words: Mapping[str, Any], language: str) -> list[str]:
        """What the points say: who is best where, the best point, what moves it most."""
        table, number = self.table, Typography(language).number
        medians, names = self.quantiles["median"], words["strategies"]
        total = len(table.points)
        told = []
        if len(table.strategies) > 1:
            best = np.argmax(medians, axis=1)
            counts = {
                name: int(np.sum(best == place)) for place, name in enumerate(table.strategies)
            }
            parts = [
                words["sweep_best_in"].format(strategy=names[name], count=counts[name])
                for name in strategies_by_mean(table)
                if counts[name]
            ]
            told.append(words["sweep_best"].format(parts=", ".join(parts), points=total))
        row, column = np.unravel_index(int(np.argmax(medians)), medians.shape)
        levels = ", ".join(
            f"{words['factors'][key]} {level_name(texts[row], key, language)}"
            for key, texts in table.factors.items()
        )
        told.append(
            words["sweep_highest"].format(
                value=number(float(medians[row, column])),
                low=number(float(self.quantiles["low"][row, column])),
                high=number(float(self.quantiles["high"][row, column])),
                strategy=names[table.strategies[int(column)]],
                levels=levels,
                point=table.points[int(row)],
            )
        )
        first = strategies_by_mean(table)[0]
        for effect in factor_effects(table, first)[:1]:
            gap = effect.gap
            sure = verdict(gap.low, gap.high) in (Verdict.HIGHER, Verdict.LOWER)
            told.append(
                words["sweep_moves" if sure else "sweep_moves_not"].format(
                    factor=words["factors"][effect.factor],
                    strategy=names[first],
                    gap=Typography(language).interval(gap.value, gap.low, gap.high, "count"),
                )
            )
        told.append(words["sweep_luck"])
        return told
