"""What the figures of decisions share: the record that they draw, words, and the page."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from matplotlib.figure import Figure

from rebound_sim.figures import style
from rebound_sim.figures.texts import TEXTS
from rebound_sim.figures.typography import (
    NARROW,
    french,
    number,
    percent,
    shortened,
    significant,
)
from rebound_sim.parameters.names import short_name

_LABEL_WIDTH, _PARAMETER_WIDTH = 26, 54
_MILLION = 1e6


class DecisionPage:
    """Words and numbers of one language, and pages with a source."""

    def __init__(self, language: str, version: str, worlds: int) -> None:
        self.language, self._version, self._worlds = language, version, worlds
        self.words: Mapping[str, str] = TEXTS[language]["decision"]

    def number(self, value: float, digits: int = 0) -> str:
        """A number as the language writes it."""
        return number(value, self.language, digits)

    def percent(self, share: float) -> str:
        """A share in %."""
        return percent(100.0 * share, self.language)

    def signed(self, value: float) -> str:
        """With its sign."""
        return f"+{self.number(value)}" if round(value) > 0 else self.number(value)

    def label(self, name: str) -> str:
        """An arm in the words of the language; a user's own as it is named."""
        return TEXTS[self.language]["strategies"].get(name) or shortened(name, _LABEL_WIDTH)

    def parameter(self, name: str) -> str:
        """A parameter in a few words; a set of them as it is named."""
        words = short_name(name, self.language)
        told = french({name: words})[name] if self.language == "fr" else words
        return shortened(told, _PARAMETER_WIDTH)

    def below(self, record: Mapping[str, Any]) -> str:
        """What a record holds for, to stand below a title; nothing for one of an earlier version
        without it."""
        setting = record.get("setting") or {}
        if not setting.get("zones"):
            return ""
        parts = [
            self.words["setting"].format(
                zones=self.number(setting["zones"]),
                closures=self.number(setting["closures"]),
                jobs=self.number(setting["jobs"]),
            )
        ]
        if setting["envelope_eur"]:
            amount = significant(setting["envelope_eur"] / _MILLION, self.language)
            parts.append(self.words["setting_envelope"].format(amount=f"{amount}{NARROW}M€"))
        return " · ".join(parts)

    def canvas(self, height: float, title: str, below: str, notes: Sequence[str]) -> Figure:
        """An empty page; the source is added to the notes."""
        source = self.words["decision_source"].format(version=self._version, n=self._worlds)
        return style.canvas(height, title, below, [*notes, source])

    def picture(
        self, name: str, figure: Figure, table: Mapping[str, Any], words: str
    ) -> style.Picture:
        """words : for who does not see it."""
        return style.Picture(name, figure, table, words, self.language)
