"""One static HTML file from a results folder: both languages, every table, nothing from outside."""

from __future__ import annotations

import csv
import io
import json
import shlex
from base64 import b64encode
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from functools import cached_property
from importlib.resources import files
from pathlib import Path
from typing import Any

from jinja2 import DictLoader, Environment, StrictUndefined, select_autoescape
from markupsafe import Markup

from rebound_sim.cells import as_cell
from rebound_sim.experiment.manifest import Manifest
from rebound_sim.figures.texts import TEXTS
from rebound_sim.page.drawings import dots, zone_map
from rebound_sim.page.facts import ZoneFacts, world_dots, zone_facts
from rebound_sim.page.texts import LANGUAGES, words_of
from rebound_sim.report.build import comparison_in
from rebound_sim.report.names import one_line
from rebound_sim.report.programme_tables import book_of
from rebound_sim.report.sections.annexes import title_of
from rebound_sim.report.table import Book, Table
from rebound_sim.report.typography import Typography
from rebound_sim.statistics.panels import DATES, NONE
from rebound_sim.statistics.programme.counts import whole
from rebound_sim.statistics.programme.summary import RANKED, Comparison
from rebound_sim.statistics.programme.worlds import Standing, wins

#: Bytes that the page may weigh: tables are left out, the largest first, beyond them.
LARGEST_BYTES = 5_000_000


def write_page(folder: str | Path, out: Path, language: str = "fr") -> Path:
    """Write the page of a comparison. language : the one shown first, "fr" or "en".

    Raises InputError (not a comparison, or nothing to compare), OSError.
    """
    comparison, manifest = comparison_in(folder)
    out.parent.mkdir(parents=True, exist_ok=True)
    out.write_text(page_of(comparison, manifest, language), encoding="utf-8", newline="\n")
    return out


def page_of(comparison: Comparison, manifest: Manifest, language: str = "fr") -> str:
    """The page as text."""
    page = _Page(comparison, manifest, book_of(comparison, manifest))
    without = page.render(language, files={})
    room = LARGEST_BYTES - len(without.encode())
    return page.render(language, files=_fitting(page.book, room))


@dataclass(frozen=True)
class _Page:
    """What both languages show."""

    comparison: Comparison
    manifest: Manifest
    book: Book

    @cached_property
    def zones(self) -> list[ZoneFacts]:
        return zone_facts(self.comparison)

    @cached_property
    def standings(self) -> list[Standing]:
        return [row for row in self.comparison.standings if row.strategy != NONE]

    @cached_property
    def design(self) -> dict[str, float]:
        """Facts of the design, by name."""
        table = self.book["design"]
        return {str(row[table.key[0]]): float(row["value"]) for row in table.rows}

    @cached_property
    def articles(self) -> dict[str, dict[str, Any]]:
        """What stands without script, by language."""
        return {name: self.article(name) for name in LANGUAGES}

    def render(self, language: str, files: Mapping[str, str]) -> str:
        order = (language, *(other for other in LANGUAGES if other != language))
        data = {
            "titles": {name: self.title(name) for name in LANGUAGES},
            "months": [int(month) for month in self.comparison.panels.months],
            "dates": [date for date in DATES if date <= self.comparison.panels.horizon],
            "zones": [asdict(zone) for zone in self.zones],
            "words": {name: self.words(name) for name in LANGUAGES},
        }
        return _environment().get_template("page").render(
            articles=[self.articles[name] for name in order],
            language=language,
            title=self.title(language),
            data=Markup(_json(data)),
            css=Markup(_template("page.css")),
            js=Markup(_template("page.js")),
            files=files,
            command=shlex.join(self.manifest.command),
            identity=self.manifest.identity,
            version=self.manifest.version,
        )

    def title(self, language: str) -> str:
        given = one_line(title_of(language, self.comparison.panels.title), 120)
        return given or words_of(language)["question"]

    def words(self, language: str) -> dict[str, Any]:
        """Words that the script needs."""
        return {
            **words_of(language),
            "strategies": {name: self.name(name, language) for name in self.comparison.panels.arms},
            "rows": self.rows(language),
        }

    def rows(self, language: str) -> dict[str, str]:
        """Words of origins, of lines of the account and of instruments."""
        return dict(words_of(f"rows_{language}"))

    def name(self, strategy: str, language: str) -> str:
        return one_line(TEXTS[language]["strategies"].get(strategy, strategy), 60)

    def article(self, language: str) -> dict[str, Any]:
        """All that stands without script, in one language."""
        words, number = words_of(language), Typography(language).number
        panels, best = self.comparison.panels, self.standings[0]
        design = self.design
        names = {row.strategy: self.name(row.strategy, language) for row in self.standings}
        envelope = Typography(language).write(design.get("envelope_eur", 0.0), "meur")
        question = words["question_text" if design.get("envelope_eur") else "question_plain"]
        effects = {zone.code: zone.effects[best.strategy]["median"] or 0.0 for zone in self.zones}
        dotted = world_dots(self.comparison)
        return {
            "language": language,
            "words": words,
            "title": self.title(language),
            "question": question.format(
                envelope=envelope, zones=len(panels.zones), months=panels.horizon,
                closures=number(design["closures"]), jobs=number(design["jobs_closed"]),
            ),
            "cards": [
                (words["best"], number(best.median),
                 words["best_unit"].format(strategy=names[best.strategy])),
                (words["range_card"], f"{number(best.low)} – {number(best.high)}",
                 words["range_unit"]),
                (words["none_card"], f"{whole(best.beats_none)} / {best.worlds}",
                 words["none_unit"]),
            ],
            "months": panels.horizon,
            "dots": Markup(dots(
                {row.strategy: dotted[row.strategy] for row in self.standings}, names, language,
                words["strategies_caption"].format(months=panels.horizon),
            )),
            "standings": [
                (names[row.strategy], number(row.median),
                 f"{number(row.low)} – {number(row.high)}",
                 f"{whole(row.beats_none)} / {row.worlds}", whole(row.best_in), number(row.regret))
                for row in self.standings
            ],
            "pairs": self.pairs(names),
            "worlds": best.worlds,
            "map": Markup(zone_map(
                effects, {zone.code: zone.name for zone in self.zones}, f"zone-{language}",
                language, words["map_alternative"],
            )),
            "best": names[best.strategy],
            "best_key": best.strategy,
            "names": names,
            "zones": [
                (zone.name, number(zone.jobs_lost),
                 number(zone.effects[best.strategy]["median"] or 0.0),
                 f"{number(zone.effects[best.strategy]['low'] or 0.0)} – "
                 f"{number(zone.effects[best.strategy]['high'] or 0.0)}",
                 number(zone.effects[best.strategy]["paid"] or 0.0, 1))
                for zone in self.zones
            ],
            "choices": [(zone.code, zone.name) for zone in self.zones],
        }  # fmt: skip

    def pairs(self, names: Mapping[str, str]) -> list[tuple[str, list[str]]]:
        """Counts of worlds, a row a strategy."""
        worlds = self.comparison.worlds[RANKED]
        place = {name: k for k, name in enumerate(worlds.names)}
        rows = []
        for one in names:
            counts = [
                "·" if one == other
                else whole(wins(worlds.values[place[one]] - worlds.values[place[other]]))
                for other in (*names, NONE)
            ]  # fmt: skip
            rows.append((names[one], counts))
        return rows


def _fitting(book: Book, room: int) -> dict[str, str]:
    """Tables as addresses of CSV files, the smallest first, as many as the page has room for."""
    found, used = {}, 0
    for table in sorted(book, key=lambda each: len(each.rows)):
        address = "data:text/csv;base64," + b64encode(_csv(table).encode()).decode()
        used += len(LANGUAGES) * (len(address) + 200)  # each language lists the files
        if used > room:
            break
        found[table.name] = address
    return dict(sorted(found.items()))


def _csv(table: Table) -> str:
    stream = io.StringIO(newline="")
    writer = csv.writer(stream, lineterminator="\n")
    names = [column.name for column in table.columns]
    writer.writerow(names)
    writer.writerows([as_cell(row[name]) for name in names] for row in table.rows)
    return stream.getvalue()


def _json(data: Mapping[str, Any]) -> str:
    """JSON that cannot end the element it stands in, whatever names hold."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    return text.replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")


def _template(name: str) -> str:
    return (files(__package__) / "templates" / name).read_text(encoding="utf-8")


def _environment() -> Environment:
    return Environment(
        loader=DictLoader({"page": _template("page.html")}),
        autoescape=select_autoescape(default=True, default_for_string=True),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


