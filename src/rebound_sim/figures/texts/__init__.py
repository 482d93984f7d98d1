"""All words of the figures, by language: one module a language, with the same keys."""

from __future__ import annotations

from collections.abc import Mapping
from types import ModuleType

from rebound_sim.figures.texts import english, french


def _tables(words: ModuleType) -> dict[str, Mapping[str, str]]:
    return {
        "run": words.RUN,
        # What a programme does not say otherwise is as for a basin.
        "programme": {**words.RUN, **words.PROGRAMME},
        "others": {**words.RUN, **words.PROGRAMME, **words.OTHERS},
        "list": words.LIST,
        "strategies": words.STRATEGIES,
        "titles": words.TITLES,
        "families": words.FAMILIES,
    }


#: language: kind of results: key: words.
TEXTS: Mapping[str, Mapping[str, Mapping[str, str]]] = {
    "en": _tables(english),
    "fr": _tables(french),
}
LANGUAGES = tuple(TEXTS)
