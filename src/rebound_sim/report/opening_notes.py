"""How to open the results in other programs: the sections of docs/open_the_results.md."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

NAME = "open_the_results.md"


def note_for(program: str) -> str:
    """The section of a program. Raises KeyError when the page has none."""
    sections = _page().split("\n## ")[1:]
    found = {text.partition("\n")[0].strip(): text.partition("\n")[2].strip() for text in sections}
    return found[program]


def _page() -> str:
    """The page of docs/, which the wheel carries beside this module."""
    shipped = files(__package__) / NAME
    if shipped.is_file():
        return shipped.read_text(encoding="utf-8")
    return (Path(__file__).parents[3] / "docs" / NAME).read_text(encoding="utf-8")
