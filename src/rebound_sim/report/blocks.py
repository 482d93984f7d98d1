"""What a report is made of, whatever it is printed with."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Literal

from rebound_sim.report.sentence import Run

Runs = Sequence[Run]


@dataclass(frozen=True)
class Heading:
    """level : 1 for a section, 2 inside one."""

    level: int
    runs: Runs
    kind: str = "heading"


@dataclass(frozen=True)
class Paragraph:
    """role : "text", "note" (small), or "warning" (in a frame)."""

    runs: Runs
    role: str = "text"
    kind: str = "paragraph"


@dataclass(frozen=True)
class Bullets:
    """A list, in the order in which a reader needs it."""

    items: Sequence[Runs]
    kind: str = "bullets"


@dataclass(frozen=True)
class KeyFigures:
    """Some figures that a reader keeps. items : what it is, the number, what it speaks of"""

    items: Sequence[tuple[str, Runs, Runs]]
    kind: str = "figures"


@dataclass(frozen=True)
class TableBlock:
    """A table.

    columns : heading, alignment and share of the width (0: as its content needs)
    rows    : cells; the first of a row is its heading
    source  : files of the cells, named under the table
    size    : "text" or "small" (annexes)
    """

    number: int
    caption: Runs
    columns: Sequence[tuple[str, Literal["left", "right", "center"], float]]
    rows: Sequence[Sequence[Runs]]
    source: str
    size: str = "text"
    kind: str = "grid"


@dataclass(frozen=True)
class Drawing:
    """A figure.

    caption : what it shows, in a sentence    alternative : for a reader who does not see it
    svg     : self-contained                  png : gives the same as PNG, for what holds no SVG
    """

    number: int
    name: str
    caption: Runs
    alternative: str
    svg: str
    source: str
    png: Callable[[], bytes] | None = None
    kind: str = "drawing"


@dataclass(frozen=True)
class NewPage:
    """In print: what follows opens a page."""

    kind: str = "page"


@dataclass(frozen=True)
class Contents:
    """In print: the sections and their pages."""

    kind: str = "contents"


Block = Heading | Paragraph | Bullets | KeyFigures | TableBlock | Drawing | NewPage | Contents


@dataclass(frozen=True)
class Logo:
    """An image of whoever asks for or makes the report. suffix : "png" or "jpg" """

    content: bytes
    suffix: str
    alternative: str


@dataclass(frozen=True)
class Document:
    """A whole report.

    author : "" when no one is named    facts : lines under the title: what it is, its words
    labels : words of the frame (table, figure, source, ...), by name
    cited  : reference of each cell in the text -> its number in the index of cells; empty when
             there is no index
    """

    language: str
    title: str
    subtitle: str
    author: str
    facts: Sequence[tuple[str, Runs]]
    date: str
    labels: dict[str, str]
    blocks: Sequence[Block]
    cited: dict[str, int] = field(default_factory=dict)
    logo: Logo | None = None
