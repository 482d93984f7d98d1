"""The report as one HTML file that needs no other: style, figures and links inside."""

from __future__ import annotations

import base64
from functools import cache
from importlib.resources import files
from typing import Final
from urllib.parse import quote

from jinja2 import Environment, StrictUndefined, select_autoescape

from rebound_sim.report.blocks import Document, Logo
from rebound_sim.report.sentence import Run

#: Signs that an address may hold as they are, between double quotation marks of HTML.
_PLAIN: Final = " =:/;,'()!*+?@$[]{}|~-_."


def html_of(document: Document) -> str:
    """The document as HTML; every text is escaped."""
    return _environment().get_template("report").render(document=document)


@cache
def _environment() -> Environment:
    from jinja2 import DictLoader

    source = (files(__package__) / "templates" / "report.html").read_text(encoding="utf-8")
    environment = Environment(
        loader=DictLoader({"report": source}),
        autoescape=select_autoescape(default=True, default_for_string=True),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {"data_uri": _data_uri, "image_uri": _image_uri, "where": _where}
    return environment


def _data_uri(svg: str) -> str:
    """A figure as an address: an `<img>` can hold it, and nothing in it can run."""
    # Plain text: a third shorter than base64.
    text = quote(svg.replace('"', "'"), safe=_PLAIN)
    return f"data:image/svg+xml,{text}"


def _image_uri(logo: Logo) -> str:
    """A logo as an address."""
    kind = {"png": "png", "jpg": "jpeg"}[logo.suffix]
    return f"data:image/{kind};base64,{base64.b64encode(logo.content).decode()}"


def _where(run: Run) -> str:
    """File, row and column of a number, for those who point at it."""
    cell = run.cells[0]
    return f"tables/{cell.table}.csv: {', '.join(cell.key)}: {cell.column} (line {cell.line})"
