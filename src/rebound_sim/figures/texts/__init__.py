"""All words of the figures: one TOML file a language, with the same keys."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from importlib.resources import files

from rebound_sim.figures import typography
from rebound_sim.policies.instruments import INSTRUMENTS
from rebound_sim.policies.strategies import STRATEGIES

LANGUAGES = ("en", "fr")
_SET_AS = {"en": typography.english, "fr": typography.french}


def _tables(language: str) -> dict[str, dict[str, str]]:
    content = files(__package__).joinpath(f"{language}.toml").read_text(encoding="utf-8")
    set_as = _SET_AS[language]
    words = {name: set_as(table) for name, table in tomllib.loads(content).items()}
    place = LANGUAGES.index(language)
    named = {name: rule.words[place] for name, rule in STRATEGIES.items() if rule.words}
    # What a programme does not say otherwise is as for a basin.
    programme = {**words["run"], **words["programme"]}
    decision = {**programme, **words["decision"]}
    return {
        "run": words["run"],
        "programme": decision,
        "zone": {**programme, **words["zone"]},
        "decision": decision,
        "others": {**programme, **words["others"]},
        "strategies": {**set_as(named), **words["plans"]},
        **{name: words[name] for name in ("list", "titles", "families", "factors")},
    }


#: language: kind of results: key: words.
TEXTS: Mapping[str, Mapping[str, Mapping[str, str]]] = {name: _tables(name) for name in LANGUAGES}


def typeset(own: Mapping[str, Mapping[str, str]], language: str) -> Mapping[str, str]:
    """Words of a figure that stand in its own file, as the language prints them.

    own : language: key: words; empty for a figure whose words stand here
    """
    return _SET_AS[language](own.get(language, {}))


def instrument_name(name: str, language: str) -> str:
    """Words for an instrument, as a title."""
    instrument = INSTRUMENTS[name]
    words = (instrument.french if language == "fr" else instrument.english).name
    return words[:1].upper() + words[1:]
