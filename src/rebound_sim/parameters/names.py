"""A few words for a parameter, in English and in French, where its name would not be read.

names.toml holds them for all parameters that a calibration moves; the declaration of each has its
meaning, unit and source.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

LANGUAGES = ("en", "fr")


def short_name(name: str, language: str = "en") -> str:
    """Words for `topic.parameter`; the name itself where there are none, as for a user's own."""
    topic, _, own = name.partition(".")
    words = _names().get(topic, {}).get(own)
    return words[LANGUAGES.index(language)] if words else name


@cache
def _names() -> Mapping[str, Mapping[str, tuple[str, str]]]:
    text = files("rebound_sim.parameters").joinpath("names.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)
