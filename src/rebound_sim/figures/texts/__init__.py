"""All words of the figures, by language: one module a language and kind, with the same keys."""

from __future__ import annotations

from collections.abc import Mapping
from types import ModuleType

from rebound_sim.figures.texts import decision_english, decision_french, english, french
from rebound_sim.figures.typography import english as english_typography
from rebound_sim.figures.typography import french as french_typography
from rebound_sim.policies.instruments import INSTRUMENTS
from rebound_sim.policies.strategies import STRATEGIES


def _tables(words: ModuleType, decisions: ModuleType, language: int) -> dict[str, dict[str, str]]:
    named = {name: rule.words[language] for name, rule in STRATEGIES.items() if rule.words}
    set_as = (english_typography, french_typography)[language]
    return {
        "run": {**words.RUN},
        # What a programme does not say otherwise is as for a basin.
        "programme": {**words.RUN, **words.PROGRAMME, **decisions.DECISION},
        "zone": {**words.RUN, **words.PROGRAMME, **words.ZONE},
        "decision": {**words.RUN, **words.PROGRAMME, **decisions.DECISION},
        "others": {**words.RUN, **words.PROGRAMME, **words.OTHERS},
        "list": {**words.LIST, **decisions.LIST},
        "strategies": {**set_as(named), **decisions.PLANS},
        "titles": {**words.TITLES},
        "families": {**words.FAMILIES},
        "factors": {**words.FACTORS},
    }


#: language: kind of results: key: words.
TEXTS: Mapping[str, Mapping[str, Mapping[str, str]]] = {
    "en": _tables(english, decision_english, 0),
    "fr": _tables(french, decision_french, 1),
}
LANGUAGES = tuple(TEXTS)


def typeset(own: Mapping[str, Mapping[str, str]], language: str) -> Mapping[str, str]:
    """Words of a figure that stand in its own file, as the language prints them.

    own : language: key: words; empty for a figure whose words stand here
    """
    set_as = french_typography if language == "fr" else english_typography
    return set_as(dict(own.get(language, {})))


def instrument_name(name: str, language: str) -> str:
    """Words for an instrument, as a title."""
    instrument = INSTRUMENTS[name]
    words = (instrument.french if language == "fr" else instrument.english).name
    return words[:1].upper() + words[1:]
