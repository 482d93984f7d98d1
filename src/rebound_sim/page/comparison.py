"""The page of a comparison: strategies over worlds, zones; or policies in one zone."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from markupsafe import Markup

from rebound_sim.errors import InputError
from rebound_sim.experiment.manifest import Manifest, read_manifest
from rebound_sim.figures.setting import setting
from rebound_sim.figures.texts import TEXTS, instrument_name
from rebound_sim.page.decisions import Decisions
from rebound_sim.page.drawings import dots, zone_map
from rebound_sim.page.facts import MONEY, ZoneFacts, world_dots, zone_facts
from rebound_sim.page.files import File, of_table, of_workbook
from rebound_sim.page.findings import findings_of
from rebound_sim.page.texts import LANGUAGES, words_of
from rebound_sim.policies.instruments import INSTRUMENTS
from rebound_sim.report.names import one_line
from rebound_sim.report.programme_tables import book_of
from rebound_sim.report.sections.annexes import title_of
from rebound_sim.report.table import Book
from rebound_sim.report.typography import Typography
from rebound_sim.statistics.comparable import panels_of
from rebound_sim.statistics.panels import DATES, NONE
from rebound_sim.statistics.programme.summary import RANKED, Summary
from rebound_sim.statistics.programme.worlds import Standing, wins


@dataclass(frozen=True)
class ComparisonPage:
    """A comparison in a folder, or in memory (folder None)."""

    comparison: Summary
    manifest: Manifest
    folder: Path | None = None

    @classmethod
    def of(cls, folder: Path) -> ComparisonPage:
        """Raises InputError: other results, or nothing to compare."""
        manifest = read_manifest(folder)
        comparison = Summary(panels_of(folder))
        if not comparison.known:
            raise InputError("nothing can be compared in these results", file=str(folder))
        return cls(comparison, manifest, folder)

    @cached_property
    def book(self) -> Book:
        """All tables."""
        return book_of(self.comparison, self.manifest)

    @cached_property
    def zones(self) -> list[ZoneFacts]:
        """What is told of each zone."""
        return zone_facts(self.comparison)

    @cached_property
    def standings(self) -> list[Standing]:
        """Strategies, highest mean first, as in the report."""
        standings = {row.arm: row for row in self.comparison.standings}
        return [standings[name] for name in self.comparison.ranked]

    @cached_property
    def decisions(self) -> Decisions:
        """Studies of what drives the result, where the folder has some."""
        return Decisions.of(self.folder)

    @property
    def alone(self) -> bool:
        """Whether there is one zone."""
        return len(self.comparison.panels.zones) == 1

    @property
    def made_by(self) -> Mapping[str, Any]:
        """As in `build.Page`."""
        return {
            "command": self.manifest.command,
            "version": self.manifest.version,
            "seed": self.manifest.identity.seed,
            "digest": self.manifest.identity.world_digest,
        }

    def files(self) -> list[File]:
        """Every table of the report, and all of them as a workbook in each language."""
        panels, made = self.comparison.panels, self.manifest.written
        workbooks = [of_workbook(self.book, panels, language, made) for language in LANGUAGES]
        return [*workbooks, *map(of_table, self.book), *self.decisions.files()]

    def data(self) -> dict[str, Any]:
        """Zones under every arm."""
        panels = self.comparison.panels
        return {
            "months": [int(month) for month in panels.months],
            "dates": [date for date in DATES if date <= panels.horizon],
            "zones": [asdict(zone) for zone in self.zones],
        }

    def words(self, language: str) -> dict[str, Any]:
        """Words of the sections and of the rows that the script draws."""
        rows = dict(words_of(f"rows_{language}"))
        for name in INSTRUMENTS:
            for kind in MONEY:
                rows[f"{name}_{kind}"] = f"{instrument_name(name, language)}, {rows[kind]}"
        arms = self.comparison.panels.arms
        return {
            **words_of(language, one_zone=self.alone),
            "strategies": {name: self.name(name, language) for name in arms},
            "rows": rows,
        }

    def name(self, strategy: str, language: str) -> str:
        """A strategy in words; a policy of one zone by its title."""
        known = TEXTS[language]["strategies"].get(strategy)
        title = self.comparison.panels.titles.get(strategy) if self.alone else None
        return one_line(known or title or strategy, 60)

    def article(self, language: str) -> dict[str, Any]:
        """All that stands without script."""
        words, panels = self.words(language), self.comparison.panels
        best = self.standings[0]
        marks = dict.fromkeys(self.comparison.chosen, "\u00a0†")
        names = {r.arm: self.name(r.arm, language) + marks.get(r.arm, "") for r in self.standings}
        sections = ["findings", "worlds", "pairs", "map", "zone", "drivers", "value"]
        left_out = {
            "pairs": len(names) < 2 or best.worlds < 2,
            "map": self.alone,
            "drivers": not self.decisions.drivers,
            "value": not self.decisions.value,
        }
        return {
            "title": self._title(language) or words["question"],
            "sections": [name for name in sections if not left_out.get(name)],
            "question": self._question(words, language),
            "findings": findings_of(self.comparison, self.book, language),
            "months": panels.horizon,
            "worlds": best.worlds,
            "names": names,
            "best": names[best.arm],
            "best_key": best.arm,
            "choices": [(zone.code, zone.name) for zone in self.zones],
            "lone": self._lone(words, names, language) if self.alone else [],
            **self._over_worlds(words, names, language),
            **({} if self.alone else self._by_zone(words, language)),
            **self.decisions.article(language),
        }

    def _title(self, language: str) -> str:
        """The title of the file; of one zone, what was simulated, which `--set` may change."""
        panels = self.comparison.panels
        if self.alone:
            return setting(panels, TEXTS[language]["zone"], language)
        return one_line(title_of(language, panels.title), 120)

    def _question(self, words: Mapping[str, Any], language: str) -> str:
        design = {str(row["item"]): float(row["value"]) for row in self.book["design"].rows}
        typography, panels = Typography(language), self.comparison.panels
        plain = "question_one" if design["closures"] == 1 else "question_plain"
        key = "question_text" if design.get("envelope_eur") else plain
        return str(words[key]).format(
            envelope=typography.write(design.get("envelope_eur", 0.0), "meur"),
            zones=len(panels.zones),
            zone=panels.zone_name(panels.zones[0]),
            months=panels.horizon,
            closures=typography.number(design["closures"]),
            jobs=typography.number(design["jobs_closed"]),
        )

    def _over_worlds(
        self, words: Mapping[str, Any], names: Mapping[str, str], language: str
    ) -> dict[str, Any]:
        """Strategies over worlds: the drawing, its table, and who beats whom."""
        typography, dotted = Typography(language), world_dots(self.comparison)
        number = typography.number
        means = {
            rank.arm: (rank.estimate.value, rank.estimate.low, rank.estimate.high)
            for rank in self.comparison.ranks
        }

        def count(worlds: float) -> str:
            """Halves of ties are shown."""
            return number(worlds, 0 if float(worlds).is_integer() else 1)

        caption = str(words["strategies_caption"]).format(months=self.comparison.panels.horizon)
        return {
            "strategies_caption": caption,
            "dots": Markup(dots({name: dotted[name] for name in names}, names, language, caption)),
            "standings": [
                (
                    names[row.arm],
                    typography.interval(*means[row.arm], "count"),
                    number(row.median),
                    f"{number(row.low)} – {number(row.high)}",
                    f"{count(row.beats_none)} / {row.worlds}",
                    # Alone, an arm is always the best.
                    *([count(row.best_in), number(row.regret)] if len(names) > 1 else []),
                )
                for row in self.standings
            ],
            "pairs": self._pairs(names, count),
        }

    def _pairs(
        self, names: Mapping[str, str], count: Callable[[float], str]
    ) -> list[tuple[str, list[str]]]:
        """Counts of worlds, a row a strategy."""
        worlds = self.comparison.worlds[RANKED]
        values = dict(zip(worlds.names, worlds.values, strict=True))
        return [
            (
                names[one],
                [
                    "·" if one == other else count(wins(values[one] - values[other]))
                    for other in (*names, NONE)
                ],
            )
            for one in names
        ]

    def _by_zone(self, words: Mapping[str, Any], language: str) -> dict[str, Any]:
        """The map and the table of zones, for the strategy of the highest mean."""
        number, best = Typography(language).number, self.standings[0].arm
        effects = {zone.code: zone.effects[best] for zone in self.zones}
        medians = {code: effect["median"] or 0.0 for code, effect in effects.items()}
        rows = [
            (
                zone.name,
                number(zone.jobs_lost),
                number(medians[zone.code]),
                f"{number(effects[zone.code]['low'] or 0.0)} – "
                f"{number(effects[zone.code]['high'] or 0.0)}",
                number(effects[zone.code]["paid"] or 0.0, 1),
            )
            for zone in self.zones
        ]
        names = {zone.code: zone.name for zone in self.zones}
        drawn = zone_map(medians, names, f"zone-{language}", language, words["map_alternative"])
        return {"map": Markup(drawn), "zones": rows}

    def _lone(
        self, words: Mapping[str, Any], names: Mapping[str, str], language: str
    ) -> list[dict[str, Any]]:
        """Tables of the only zone, for who has no script: jobs at dates, then each policy's."""
        number, zone, panels = Typography(language).number, self.zones[0], self.comparison.panels
        dates = [date for date in DATES if date <= panels.horizon]
        told = {NONE: words["none"], **names}

        def at(arm: str, date: int) -> str:
            median, low, high = (
                number(zone.curves[arm][side][date - 1]) for side in ("median", "low", "high")
            )
            return f"{median} [{low} ; {high}]"

        tables = [
            {
                "caption": words["curves_caption"],
                "heads": [words["path"], *(f"{words['month']} {date}" for date in dates)],
                "rows": [[told[arm], *(at(arm, date) for date in dates)] for arm in told],
            }
        ]
        for part, digits in (("hires", 0), ("projects", 0), ("euros", 2)):
            rows = [
                [f"{name} · {words['rows'][row['key']]}", number(row["value"], digits)]
                for arm, name in names.items()
                for row in getattr(zone, part).get(arm, ())
            ]
            heads = [words["what"], words["mean"]]
            tables.append({"caption": words[part], "heads": heads, "rows": rows})
        return tables
