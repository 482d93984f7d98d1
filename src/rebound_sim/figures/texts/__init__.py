"""All words of the figures, by language: one module a language, with the same keys."""

from __future__ import annotations

from collections.abc import Mapping

from rebound_sim.figures.texts import english

#: language: kind of results: key: words. What a programme does not say otherwise is as for a basin.
TEXTS: Mapping[str, Mapping[str, Mapping[str, str]]] = {
    "en": {
        "run": english.RUN,
        "programme": {**english.RUN, **english.PROGRAMME},
        "list": english.LIST,
    },
}
LANGUAGES = tuple(TEXTS)
