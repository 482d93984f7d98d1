"""Tables as LaTeX (booktabs, longtable) and as Markdown; every text is escaped."""

from __future__ import annotations

import re
from typing import Any, Final

from rebound_sim.report.names import one_line
from rebound_sim.report.people_tables import PeopleTable
from rebound_sim.report.typography import Typography

_LATEX: Final = {
    "\\": r"\textbackslash{}", "{": r"\{", "}": r"\}", "$": r"\$", "&": r"\&", "#": r"\#",
    "%": r"\%", "_": r"\_", "^": r"\textasciicircum{}", "~": r"\textasciitilde{}",
    "<": r"\textless{}", ">": r"\textgreater{}", "|": r"\textbar{}", '"': r"\textquotedbl{}",
    "[": "{[}", "]": "{]}", "-": "{-}", "`": r"\textasciigrave{}", "'": "{'}", "*": "{*}",
    "\u202f": r"\,", "\u00a0": "~", "\u2212": "$-$", "\u2264": r"$\le$", "\u2265": r"$\ge$",
    "\u221e": r"$\infty$",
}  # fmt: skip
_MARKDOWN = re.compile(r"([\\`*_{}\[\]<>()#+\-.!|~$&:@=^])")


def escaped_latex(text: str) -> str:
    """A text that LaTeX prints as it is: no character of it commands anything.

    Brackets, stars and hyphens stand in braces: after `\\\\` or in a row they would be read as an
    argument or joined into another sign. For a UTF-8 engine.
    """
    return "".join(_LATEX.get(character, character) for character in one_line(text, 400))


def escaped_markdown(text: str) -> str:
    """A text that Markdown prints as it is: no emphasis, link, tag, or end of cell."""
    return _MARKDOWN.sub(r"\\\1", one_line(text, 400))


def latex(table: PeopleTable, language: str) -> str:
    """A longtable; needs the packages booktabs and longtable."""
    kinds = "".join("l" if _is_text(table, place) else "r" for place in range(len(table.columns)))
    head = " & ".join(escaped_latex(heading) for heading in table.headings)
    lines = [
        f"% {table.name}.csv; \\usepackage{{booktabs,longtable}}",
        f"\\begin{{longtable}}{{{kinds}}}",
        f"\\caption{{{escaped_latex(table.title)}}}\\\\",
        "\\toprule", f"{head}\\\\", "\\midrule", "\\endhead", "\\bottomrule", "\\endfoot",
        *(f"{' & '.join(escaped_latex(t) for t in _printed(row, language))}\\\\"
          for row in table.rows),
        "\\end{longtable}",
    ]  # fmt: skip
    return "\n".join(lines) + "\n"


def markdown(table: PeopleTable, language: str) -> str:
    """A pipe table under its title."""
    rules = ["---" if _is_text(table, place) else "--:" for place in range(len(table.columns))]
    rows = [
        [escaped_markdown(heading) for heading in table.headings],
        rules,
        *([_plain(text) for text in _printed(row, language)] for row in table.rows),
    ]
    body = "\n".join(f"| {' | '.join(row)} |" for row in rows)
    return f"**{escaped_markdown(table.title)}**\n\n{body}\n"


def _plain(text: str) -> str:
    """Numbers need no escape, which would make them hard to read in the source."""
    return text if re.fullmatch(r"[\d\s,.\u2212\u202f]*", text) else escaped_markdown(text)


def _printed(row: list[Any], language: str) -> list[str]:
    typography = Typography(language)
    return [
        "" if value is None else value if isinstance(value, str)
        else typography.significant(float(value), 6)
        for value in row
    ]  # fmt: skip


def _is_text(table: PeopleTable, place: int) -> bool:
    return any(isinstance(row[place], str) and row[place] for row in table.rows)
