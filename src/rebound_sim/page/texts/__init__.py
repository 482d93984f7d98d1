"""Words of the page: one TOML file a language, with the same keys."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files

LANGUAGES = ("fr", "en")


@cache
def words_of(language: str) -> dict[str, str]:
    """Every text of the page in a language, by key."""
    content = files(__package__).joinpath(f"{language}.toml").read_text(encoding="utf-8")
    found: dict[str, str] = tomllib.loads(content)
    return found
