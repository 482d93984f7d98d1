"""Writes the blocks of a report: texts of a language, names as a reader sees them, cells cited."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from rebound_sim.experiment.manifest import Manifest
from rebound_sim.figures.texts import TEXTS
from rebound_sim.report.blocks import Block, Bullets, Drawing, Heading, Paragraph, Runs, TableBlock
from rebound_sim.report.names import shown
from rebound_sim.report.sentence import Binding, Run, cell_run, runs_of
from rebound_sim.report.table import Book
from rebound_sim.report.texts import text, texts
from rebound_sim.report.typography import Typography
from rebound_sim.statistics.programme.summary import Summary

FOLDER = "tables"
_FEW_LEFT, _MANY = 2, 4  # options left out of a list, and in it, to tell it by the former
Align = Any


@dataclass
class Writer:
    """What sections write with.

    draw     : a figure by name; None when these results do not hold it
    manifest : of the results; None in a test    folder : of the results; None in memory
    asked    : figures that a report.toml names
    cited    : cells of the text, in the order of their first mention
    """

    comparison: Summary
    book: Book
    language: str
    draw: Callable[[str], Drawn | None]
    manifest: Manifest | None = None
    folder: Path | None = None
    asked: Collection[str] = ()
    blocks: list[Block] = field(default_factory=list)
    cited: dict[str, tuple[int, Run]] = field(default_factory=dict)
    drawn: set[str] = field(default_factory=set)
    _numbers: dict[str, int] = field(default_factory=dict)

    @property
    def typography(self) -> Typography:
        """Numbers of the language."""
        return Typography(self.language)

    def words(self, path: str) -> str:
        """A text without cells, punctuated."""
        return self.typography.punctuated(text(self.language, path))

    def arm(self, name: str) -> str:
        """An arm as figures name it, or by its title in its file, or by its own name."""
        known = TEXTS[self.language]["strategies"]
        return shown(known.get(name) or self.comparison.panels.titles.get(name) or name)

    def quoted(self, name: str) -> str:
        """A strategy in a sentence: its words between quotation marks."""
        return self.typography.quoted(self.arm(name))

    def bound(self, name: str, key: str) -> Binding:
        """A binding of a strategy, in quotation marks, or of a zone."""
        if name == "zone":
            return Binding(key, shown(self.comparison.panels.zone_name(key)))
        return Binding(key, self.quoted(key))

    def listed(self, names: Iterable[str], *, denied: bool = False, but: bool = False) -> Binding:
        """Strategies in one list; all of them, when they are several, in one word.

        denied : the sentence says that something does not hold for them
        but    : nearly all of many are told by those that are left out
        """
        found, every = list(names), list(self.comparison.panels.strategies)
        if len(found) > 2 and set(found) == set(every):
            path = "frame.any_strategy" if denied else "frame.all_strategies"
            return Binding("", self.words(path))
        left = [name for name in every if name not in found]
        if but and len(left) <= _FEW_LEFT and len(found) >= _MANY:
            runs = self.runs("frame.all_but", names=self.listed(left))
            return Binding("", "".join(run.text for run in runs))
        return Binding("", self.typography.listed([self.quoted(name) for name in found]))

    @property
    def end(self) -> str:
        """The last month, as tables name it."""
        return str(self.comparison.panels.horizon)

    def has(self, path: str) -> bool:
        """Whether the language has a text at this path."""
        section, _, key = path.partition(".")
        return key in texts(self.language).get(section, {})

    def runs(self, path: str, /, **names: Binding | str) -> list[Run]:
        """Runs of a text by its path; a plain string binds a strategy, or itself."""
        return self.parsed(text(self.language, path), **names)

    def parsed(self, template: str, /, **names: Binding | str) -> list[Run]:
        """Runs of a template; cells are entered in the index."""
        bound = {k: v if isinstance(v, Binding) else Binding(v, v) for k, v in names.items()}
        return self.entered(runs_of(template, self.book, self.typography, bound))

    def entered(self, runs: list[Run]) -> list[Run]:
        """Runs of the text, whose cells are entered in the index."""
        for run in runs:
            if run.cells:
                self.cited.setdefault(run.cells[0].reference, (len(self.cited) + 1, run))
        return runs

    def heading(self, title: str | Runs, level: int = 1, **names: Binding | str) -> None:
        """A heading, by the path of its text or as its runs."""
        told = self.runs(title, **names) if isinstance(title, str) else title
        self.blocks.append(Heading(level, told))

    def paragraph(self, path: str, /, role: str = "text", **names: Binding | str) -> None:
        """One paragraph. role : as in `Paragraph`."""
        self.blocks.append(Paragraph(self.runs(path, **names), role))

    def sentences(self, sentences: Sequence[Runs], role: str = "text") -> None:
        """One paragraph of several sentences; nothing when there is none."""
        joined: list[Run] = []
        for runs in sentences:
            joined += [Run("text", " ")] * bool(joined) + list(runs)
        if joined:
            self.blocks.append(Paragraph(joined, role))

    def bullets(self, items: Sequence[Runs]) -> None:
        """A list; nothing when it is empty."""
        if items:
            self.blocks.append(Bullets(list(items)))

    def cell(
        self, table: str, key: tuple[str, ...], column: str, form: str, *, interval: bool = False
    ) -> list[Run]:
        """A cell inside a table."""
        place = (table, key, column)
        return [cell_run(self.book, self.typography, place, form, interval=interval)]

    def plain(self, words: str) -> list[Run]:
        """Words of the report inside a table."""
        return [Run("text", words)]

    def name(self, words: str) -> list[Run]:
        """A name that a user may have given."""
        return [Run("name", shown(words))]

    def grid(
        self,
        caption: str | Runs,
        columns: Sequence[tuple[str, Align, float]],
        rows: Sequence[Sequence[Runs]],
        sources: Sequence[str],
        *,
        size: str = "text",
        given: Mapping[int, str] | None = None,
    ) -> None:
        """A table.

        columns : key of [heads], alignment, width    sources : tables of its cells
        given   : headings that are not words of the report, by place
        """
        given = given or {}
        heads = [
            (given.get(place) or self.words(f"heads.{key}"), align, width)
            for place, (key, align, width) in enumerate(columns)
        ]
        files = ", ".join(f"{FOLDER}/{name}.csv" for name in sources)
        title = self.runs(caption) if isinstance(caption, str) else caption
        self.blocks.append(TableBlock(self._next("table"), title, heads, rows, files, size))

    def figure(self, name: str, /, **names: Binding | str) -> None:
        """A figure by its name, once; nothing when these results do not hold it.

        Its caption is the sentence of [captions] that says what it shows; the figure has its title.
        """
        if name in self.drawn:
            return
        self.drawn.add(name)
        picture = self.draw(name)
        if picture is None:
            return
        path = f"captions.{name}"
        caption: Runs = [Run("name", shown(picture.title, 200))]
        if self.has(path):
            caption = self.runs(path, **{"end": self.end, **names})
        self.blocks.append(
            Drawing(
                self._next("figure"),
                name,
                caption,
                picture.alternative,
                picture.svg,
                f"{FOLDER}/figure_{name}.csv",
                picture.png,
            )
        )

    def _next(self, kind: str) -> int:
        self._numbers[kind] = self._numbers.get(kind, 0) + 1
        return self._numbers[kind]


@dataclass(frozen=True)
class Drawn:
    """A figure as text of an `<svg>`, what gives it as PNG, and its words."""

    title: str
    alternative: str
    svg: str
    png: Callable[[], bytes] | None = None
