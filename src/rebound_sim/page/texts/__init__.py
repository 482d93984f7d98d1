"""Words of the page: one TOML file a language, with the same keys."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any

from rebound_sim.figures.typography import french

LANGUAGES = ("fr", "en")


@cache
def words_of(name: str, *, one_zone: bool = False) -> dict[str, Any]:
    """Every text of the page in a language, by key.

    name : a language, or `rows_` and a language    one_zone : policies of one zone, in their words
    """
    content = files(__package__).joinpath(f"{name}.toml").read_text(encoding="utf-8")
    found: dict[str, Any] = tomllib.loads(content)
    alone = found.pop("one_zone", {})
    chosen = {**found, **alone} if one_zone else found
    return french(chosen) if name.endswith("fr") else chosen
