"""`report.toml`: what a report is called, who asks for it, and what it holds.

    title = "Un programme de rebond pour trente bassins"
    author = "Service des études"
    commissioner = "Direction générale des entreprises"
    logo = "logo.png"
    date = 2026-11-27
    sections = ["findings", "question", "jobs", "money", "limits"]
    annexes = ["bibliography", "provenance"]

Every key may be left out. Mistakes are told with file, line and key, as those of a world file.
"""

from __future__ import annotations

from datetime import date as Date
from pathlib import Path
from typing import Annotated, Any, Literal, get_args

from pydantic import Field, StringConstraints

from rebound_sim.errors import nearest
from rebound_sim.reading.source import Source, read_source
from rebound_sim.reading.strict import StrictRecord, validated
from rebound_sim.report.blocks import Logo

Section = Literal[
    "findings",
    "question",
    "zones_before",
    "jobs",
    "account",
    "money",
    "people",
    "recovery",
    "zones",
    "decision",
    "robustness",
    "conclusion",
    "limits",
    "method",
]
Annex = Literal[
    "definitions", "zone_tables", "figures", "parameters", "bibliography", "provenance", "cells"
]
Line = Annotated[str, StringConstraints(min_length=1, max_length=200, pattern=r"^[^\n\r\t]*$")]
#: Bytes of a logo: more is a photograph given by mistake.
LARGEST_LOGO = 2_000_000
_SIGNATURES = {b"\x89PNG\r\n\x1a\n": "png", b"\xff\xd8\xff": "jpg"}


class ReportSettings(StrictRecord):
    """Contents of report.toml. What is left out is as in a report without one."""

    title: Line | None = Field(None, description="title; made of the programme if none")
    subtitle: Line | None = Field(None, description="line under it; the world's title if none")
    author: Line | None = Field(None, description="who signs the report")
    commissioner: Line | None = Field(None, description="who asked for it")
    logo: Line | None = Field(None, description="PNG or JPEG file, beside this one")
    date: Date | None = Field(None, description="date of the report; of the simulation if none")
    sections: tuple[Section, ...] = Field(
        get_args(Section), strict=False, min_length=1, description="sections, in their order"
    )
    figures: tuple[str, ...] | None = Field(
        None,
        strict=False,
        max_length=100,
        description="figures kept; all that have a place if none. Names: rebound figures --list",
    )
    annexes: tuple[Annex, ...] = Field(
        get_args(Annex), strict=False, description="annexes, in their order"
    )

    def keeps(self, figure: str) -> bool:
        """Whether a figure is wanted."""
        return self.figures is None or figure in self.figures


def read_settings(path: str | Path) -> tuple[ReportSettings, Logo | None]:
    """The settings of a file, and its logo. Raises InputError, located."""
    source = read_source(path)
    settings = validated(ReportSettings, source.values, source)
    for key in ("sections", "annexes", "figures"):
        _refuse_twice(source, key, getattr(settings, key) or ())
    if settings.figures is not None:
        _refuse_unknown_figures(source, settings.figures)
    return settings, None if settings.logo is None else _logo(source, settings)


def _refuse_twice(source: Source, key: str, names: tuple[str, ...]) -> None:
    for place, name in enumerate(names):
        if name in names[:place]:
            raise source.error("named twice", f"{key}.{place}", value=name)


def _refuse_unknown_figures(source: Source, names: tuple[str, ...]) -> None:
    from rebound_sim.figures import FIGURES

    for place, name in enumerate(names):
        if name not in FIGURES:
            raise source.error(
                "unknown figure",
                f"figures.{place}",
                value=name,
                allowed="names of rebound figures --list",
                nearest=nearest(name, FIGURES),
            )


def _logo(source: Source, settings: ReportSettings) -> Logo:
    place = source.folder / str(settings.logo)
    told: dict[str, Any] = {"value": settings.logo, "allowed": "a PNG or JPEG file, at most 2 MB"}
    try:
        with place.open("rb") as stream:
            content = stream.read(LARGEST_LOGO + 1)
    except (OSError, ValueError) as fault:
        reason = getattr(fault, "strerror", None) or str(fault)
        raise source.error(f"the logo cannot be read: {reason}", "logo", **told) from None
    if len(content) > LARGEST_LOGO:
        raise source.error("the logo is too large", "logo", **told)
    for signature, suffix in _SIGNATURES.items():
        if content.startswith(signature):
            words = settings.commissioner or settings.author or place.stem
            return Logo(content, suffix, words)
    raise source.error("the logo is not an image that can be used", "logo", **told)
