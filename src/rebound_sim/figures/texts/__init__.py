"""All words of the figures, by language: one module a language and kind, with the same keys."""

from __future__ import annotations

from collections.abc import Mapping
from types import ModuleType

from rebound_sim.figures.texts import decision_english, decision_french, english, french
from rebound_sim.figures.typography import french as set_french
from rebound_sim.policies.instruments import INSTRUMENTS


def _tables(words: ModuleType, decisions: ModuleType) -> dict[str, dict[str, str]]:
    return {
        "run": {**words.RUN},
        # What a programme does not say otherwise is as for a basin.
        "programme": {**words.RUN, **words.PROGRAMME, **decisions.DECISION},
        "zone": {**words.RUN, **words.PROGRAMME, **words.ZONE},
        "decision": {**words.RUN, **words.PROGRAMME, **decisions.DECISION},
        "others": {**words.RUN, **words.PROGRAMME, **words.OTHERS},
        "list": {**words.LIST, **decisions.LIST},
        "strategies": {**words.STRATEGIES, **decisions.PLANS},
        "titles": {**words.TITLES},
        "families": {**words.FAMILIES},
        "factors": {**words.FACTORS},
    }


#: language: kind of results: key: words.
_TEXTS = {
    "en": _tables(english, decision_english),
    "fr": _tables(french, decision_french),
}
TEXTS: Mapping[str, Mapping[str, Mapping[str, str]]] = _TEXTS
LANGUAGES = tuple(TEXTS)


def add_words(figure: str, kind: str, words: Mapping[str, Mapping[str, str]]) -> None:
    """Words that only one figure has, and that stand in its file.

    kind : of results    words : language -> key -> words; `about` says what it shows, in one line
    Raises ValueError when a language lacks a key.
    """
    if set(words) != set(LANGUAGES) or len({frozenset(of) for of in words.values()}) > 1:
        raise ValueError(f"figure {figure}: each language needs the same words")
    for language, of in words.items():
        said = set_french(of) if language == "fr" else of
        _TEXTS[language]["list"][figure] = said["about"]
        _TEXTS[language][kind].update((k, v) for k, v in said.items() if k != "about")


def instrument_name(name: str, language: str) -> str:
    """Words for an instrument, as a title."""
    instrument = INSTRUMENTS[name]
    words = (instrument.french if language == "fr" else instrument.english).name
    return words[:1].upper() + words[1:]
