"""Words of the report: one TOML file a language, with the same keys."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any

from rebound_sim.errors import EngineError

LANGUAGES = ("en", "fr")
Texts = Mapping[str, Mapping[str, Any]]


@cache
def texts(name: str) -> Texts:
    """A file of texts, by name: a language, `columns_fr`, `parameters_fr`."""
    content = files(__package__).joinpath(f"{name}.toml").read_text(encoding="utf-8")
    return tomllib.loads(content)


def text(language: str, path: str) -> str:
    """One text, by `section.key`. Raises EngineError when a language lacks it."""
    section, _, key = path.partition(".")
    try:
        return str(texts(language)[section][key])
    except KeyError:
        raise EngineError(f"the report has no text {path} in {language}") from None
