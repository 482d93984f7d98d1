"""All words of the figures, by language: one module a language and kind, with the same keys."""

from __future__ import annotations

from collections.abc import Mapping
from types import ModuleType

from rebound_sim.figures.texts import decision_english, decision_french, english, french
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
TEXTS: Mapping[str, Mapping[str, Mapping[str, str]]] = {
    "en": _tables(english, decision_english),
    "fr": _tables(french, decision_french),
}
LANGUAGES = tuple(TEXTS)


def instrument_name(name: str, language: str) -> str:
    """Words for an instrument, as a title."""
    instrument = INSTRUMENTS[name]
    words = (instrument.french if language == "fr" else instrument.english).name
    return words[:1].upper() + words[1:]
