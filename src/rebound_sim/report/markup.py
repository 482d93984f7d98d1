"""Tables as LaTeX (booktabs, longtable) and as Markdown; every text is escaped."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from rebound_sim.report.fitted import fitted
from rebound_sim.report.names import one_line

_LATEX: Final = {
    "\\": r"\textbackslash{}", "{": r"\{", "}": r"\}", "$": r"\$", "&": r"\&", "#": r"\#",
    "%": r"\%", "_": r"\_\allowbreak{}", "^": r"\textasciicircum{}", "~": r"\textasciitilde{}",
    "<": r"\textless{}", ">": r"\textgreater{}", "|": r"\textbar{}", '"': r"\textquotedbl{}",
    "`": r"\textasciigrave{}", "\u202f": r"\,", "\u00a0": "~", "\u2264": r"$\le$",
    "\u2265": r"$\ge$", "\u221e": r"$\infty$", "\u200b": "",
}  # fmt: skip
#: Signs that LaTeX joins into another one when they follow each other.
_JOINED: Final = re.compile(r"([-',])(?=\1)")
_MARKDOWN: Final = re.compile(r"([\\`*_{}\[\]<>#|~$&@]|(?<=www)\.|:(?=//))")
_NUMBERS: Final = re.compile(r"[\d\s,.;%\[\]\u2212\u202f\u00a0]*")
_LONGEST = 400
#: Sizes of letters, and how many digits a line of the page holds.
_SIZES: Final = (("small", 96), ("footnotesize", 106), ("scriptsize", 118), ("tiny", 144))
_STAYS_WHOLE: Final = 14  # rows of a table that no page break cuts
_AROUND: Final = 7  # lines of its caption and heading, and of rows that take two
PREAMBLE: Final = r"""\documentclass[11pt]{article}
\usepackage{iftex}
\ifpdftex
  \usepackage[T1]{fontenc}
  \usepackage{textcomp}
  \DeclareUnicodeCharacter{2212}{\ensuremath{-}}
\else
  \usepackage{fontspec}
\fi
\IfFileExists{lmodern.sty}{\usepackage{lmodern}}{}
\usepackage[margin=20mm]{geometry}
\usepackage{array,booktabs,longtable}
"""


@dataclass(frozen=True)
class PrintedGrid:
    """A table of texts.

    name : stem of its file    sides : "left", "right" or "center", one a column
    widths : shares of the width of the text
    """

    name: str
    title: str
    headings: Sequence[str]
    sides: Sequence[str]
    widths: Sequence[float]
    rows: Sequence[Sequence[str]]


def escaped_latex(text: str) -> str:
    """A text that LaTeX prints as it is: no character of it commands anything."""
    escaped = "".join(_LATEX.get(character, character) for character in one_line(text, _LONGEST))
    return _JOINED.sub(r"\1{}", escaped)


def escaped_markdown(text: str) -> str:
    """A text that Markdown prints as it is: no emphasis, link, tag, or end of cell."""
    return _MARKDOWN.sub(r"\\\1", one_line(text, _LONGEST).replace("\u200b", ""))


def latex(table: PrintedGrid) -> str:
    """A longtable as wide as the text; its file is read by `document`, or by `\\input`.

    Letters are as large as leaves intervals on one line, and words whole.
    """
    rooms = [room for _, room in _SIZES]
    place, shares = fitted(table.sides, table.headings, table.rows, table.widths, rooms)
    size = _SIZES[place][0]
    kinds = "".join(
        f">{{{_RAGGED[side]}\\arraybackslash}}"
        f"p{{\\dimexpr {share:.4f}\\linewidth-2\\tabcolsep\\relax}}"
        for side, share in zip(table.sides, shares, strict=True)
    )
    lines = [
        r"% needs array, booktabs, longtable; under pdfLaTeX, a meaning for U+2212 (tables.tex)",
        *_room_for(len(table.rows)),
        f"{{\\{size}\\setlength{{\\tabcolsep}}{{3pt}}",
        f"\\begin{{longtable}}{{@{{}}{kinds}@{{}}}}",
        f"\\caption{{{escaped_latex(table.title)}}}\\\\",
        "\\toprule",
        f"{_latex_row(table.headings)}\\\\",
        "\\midrule",
        "\\endhead",
        "\\bottomrule",
        "\\endfoot",
        *(f"{_latex_row(row)}\\\\" for row in table.rows),
        "\\end{longtable}}",
    ]
    return "\n".join(lines) + "\n"


def _room_for(rows: int) -> list[str]:
    """What opens a page where a short table has no room: no break parts it from its heading."""
    if rows > _STAYS_WHOLE:
        return []
    height = f"{rows + _AROUND}\\baselineskip"
    return [f"\\par\\ifdim\\dimexpr\\pagegoal-\\pagetotal\\relax<{height}\\newpage\\fi"]


def document(names: Sequence[str], language: str = "en") -> str:
    """A document that reads the files of tables beside it; compiles with any LaTeX."""
    caption = "\\renewcommand{\\tablename}{Tableau}\n" if language == "fr" else ""
    inputs = "\n".join(f"\\input{{{name}}}" for name in names)
    return f"{PREAMBLE}{caption}\\begin{{document}}\n{inputs}\n\\end{{document}}\n"


def markdown(table: PrintedGrid) -> str:
    """A pipe table under its title, its columns aligned in the source."""
    rules = {"left": ":--", "right": "--:", "center": ":-:"}
    rows: list[list[str]] = [
        [escaped_markdown(heading) for heading in table.headings],
        [rules[side] for side in table.sides],
        *([_plain(text) for text in row] for row in table.rows),
    ]
    widths = [max(len(row[place]) for row in rows) for place in range(len(table.headings))]
    body = "\n".join(f"| {' | '.join(_aligned(row, widths, table.sides))} |" for row in rows)
    return f"**{escaped_markdown(table.title)}**\n\n{body}\n"


_RAGGED: Final = {
    "left": r"\raggedright",
    "right": r"\raggedleft",
    "center": r"\centering",
}


def _plain(text: str) -> str:
    """Numbers and intervals need no escape, which would make them hard to read in the source."""
    return text if _NUMBERS.fullmatch(text) else escaped_markdown(text)


def _latex_row(cells: Sequence[str]) -> str:
    """Cells of a row; after `\\\\` a bracket or a star would be read as its argument."""
    row = " & ".join(escaped_latex(text) for text in cells)
    return f"{{}}{row}" if row[:1] in ("[", "*") else row


def _aligned(row: Sequence[str], widths: Sequence[int], sides: Sequence[str]) -> list[str]:
    return [
        text.rjust(width) if side == "right" else text.ljust(width)
        for text, width, side in zip(row, widths, sides, strict=True)
    ]
