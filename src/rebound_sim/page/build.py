"""One static HTML file from a results folder: both languages, every table, nothing from outside."""

from __future__ import annotations

import json
import shlex
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any, Protocol

from jinja2 import Environment, FunctionLoader, StrictUndefined, select_autoescape
from markupsafe import Markup, escape

from rebound_sim.experiment.manifest import FILE_NAME
from rebound_sim.page.comparison import ComparisonPage
from rebound_sim.page.files import File, fitting
from rebound_sim.page.sweep import SweepPage
from rebound_sim.page.texts import LANGUAGES, words_of
from rebound_sim.whole_files import write_text_whole

#: Bytes that the page may weigh: tables are left out, the largest first, beyond them.
LARGEST_BYTES = 5_000_000
#: Where the list of files goes once the rest of the page has its weight.
_FILES_HERE = "<!-- files -->"


class Page(Protocol):
    """What a kind of results shows."""

    def article(self, language: str) -> dict[str, Any]:
        """All that stands without script: `title`, `sections` in order, and what they print."""

    def data(self) -> dict[str, Any]:
        """What the script draws from, words apart."""

    def words(self, language: str) -> dict[str, Any]:
        """Words of the sections, and those that the script needs."""

    def files(self) -> list[File]:
        """Tables that can be taken away."""

    @property
    def made_by(self) -> Mapping[str, Any]:
        """command : the words typed    version, seed, digest : of the results"""


def write_page(folder: str | Path, out: Path, language: str = "fr") -> Path:
    """Write the page of a run of one zone, a comparison or a sweep. language : shown first.

    Raises InputError (another folder, or nothing to compare), OSError.
    """
    page = page_in(Path(folder))
    out.parent.mkdir(parents=True, exist_ok=True)
    write_text_whole(out, page_of(page, language))
    return out


def page_in(folder: Path) -> Page:
    """What a results folder shows. Raises InputError."""
    try:
        form = json.loads((folder / FILE_NAME).read_text(encoding="utf-8")).get("format", "")
    except (OSError, ValueError, AttributeError):
        form = ""  # said by the reader of comparisons
    return SweepPage.of(folder) if str(form).startswith("sweep") else ComparisonPage.of(folder)


def page_of(page: Page, language: str = "fr") -> str:
    """The page as text."""
    order = (language, *(other for other in LANGUAGES if other != language))
    articles = [
        {**page.article(name), "language": name, "words": page.words(name)} for name in order
    ]
    data = {
        **page.data(),
        "titles": {article["language"]: article["title"] for article in articles},
        "words": {article["language"]: article["words"] for article in articles},
    }
    text = (
        _environment()
        .get_template("page.html")
        .render(
            articles=articles,
            language=language,
            title=articles[0]["title"],
            data=Markup(_json(data)),
            css=Markup(_template("page.css")),
            js=Markup("\n".join(_template(name) for name in ("draw.js", "page.js"))),
            command=shlex.join(page.made_by["command"]),
            made_by=page.made_by,
            files_here=Markup(_FILES_HERE),
        )
    )
    return text.replace(_FILES_HERE, _listed(page.files(), LARGEST_BYTES - len(text.encode())))


def _listed(every: list[File], room: int) -> str:
    """The list of files, those that have room, and the names of the others."""
    given, left_out = fitting(every, room)
    rows = "\n".join(
        f'<li><a download="{escape(file.name)}" href="{file.address}">{escape(file.name)}</a></li>'
        for file in given
    )
    if not left_out:
        return f'<ul class="files">\n{rows}\n</ul>'
    names = ", ".join(file.name for file in left_out)
    told = "\n".join(
        f'<p class="note" lang="{language}">{escape(words_of(language)["files_left_out"])} '
        f"<code>{escape(names)}</code></p>"
        for language in LANGUAGES
    )
    return f'<ul class="files">\n{rows}\n</ul>\n{told}'


def _json(data: Mapping[str, Any]) -> str:
    """JSON that cannot end the element it stands in, whatever names hold."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    return text.replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")


def _template(name: str) -> str:
    return (files(__package__) / "templates" / name).read_text(encoding="utf-8")


@cache
def _environment() -> Environment:
    return Environment(
        loader=FunctionLoader(_template),
        autoescape=select_autoescape(default=True, default_for_string=True),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
