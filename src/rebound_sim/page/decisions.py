"""What drives the result, and what finding out is worth, where the folder holds these studies."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from rebound_sim.figures import draw, subject_of, svg
from rebound_sim.figures.decision.causes import explained
from rebound_sim.figures.decision.page import DecisionPage
from rebound_sim.figures.style import capital
from rebound_sim.figures.texts import TEXTS
from rebound_sim.page.files import File
from rebound_sim.page.texts import words_of
from rebound_sim.parameters.names import short_name
from rebound_sim.records import read_record, read_rows
from rebound_sim.report.sections.decision import EVERYTHING
from rebound_sim.report.texts import text as report_text
from rebound_sim.report.typography import Typography

_FILES = {"drivers": ("drivers.json", "drivers.csv"), "value": ("value.json", "value.csv")}
#: Pictures of each study, by its section.
_PICTURES = {"drivers": ("drivers", "box"), "value": ("information",)}
_MOST_ROWS = 20


@dataclass(frozen=True)
class Decisions:
    """drivers, value : JSON files of the studies, None where there is none"""

    drivers: Path | None = None
    value: Path | None = None

    @classmethod
    def of(cls, folder: Path | None) -> Decisions:
        """Those of a results folder."""
        if folder is None:
            return cls()
        found = {name: folder / file for name, (file, _) in _FILES.items()}
        return cls(**{name: path for name, path in found.items() if path.is_file()})

    def files(self) -> list[File]:
        """Their tables."""
        paths = [
            path.with_name(_FILES[name][1])
            for name, path in (("drivers", self.drivers), ("value", self.value))
            if path is not None
        ]
        return [File(path.name, path.read_bytes()) for path in paths if path.is_file()]

    def article(self, language: str) -> dict[str, Any]:
        """Pictures and tables of both sections."""
        found: dict[str, Any] = {}
        if self.drivers is not None:
            found["drivers"] = {
                "holds": _holds_for(self.drivers, language),
                "pictures": pictures(self.drivers, "drivers", language),
                "tables": _driver_tables(self.drivers, language),
            }
        if self.value is not None:
            found["value"] = {
                "holds": _holds_for(self.value, language),
                "pictures": pictures(self.value, "value", language),
                "rows": _value_rows(self.value.with_name("value.csv"), language),
            }
        return found


def _holds_for(path: Path, language: str) -> str:
    """The zones, the money and the worlds of a study; "" where an earlier version did not say."""
    record = read_record(path)
    worlds = record.get("worlds") or record["studies"][0]["worlds"]
    below = DecisionPage(language, record["version"], worlds).below(record)
    told: str = words_of(language)["holds_for"]
    return told.format(setting=below, worlds=Typography(language).number(worlds)) if below else ""


def pictures(path: Path, section: str, language: str) -> list[dict[str, str]]:
    """Figures of a study as addresses of images, with their words for who does not see them."""
    subject = subject_of(path)
    drawn = (draw(name, subject, language) for name in _PICTURES[section])
    return [
        {"source": image(svg(picture)), "alternative": picture.alternative}
        for picture in drawn
        if picture is not None
    ]


def image(text: str) -> str:
    """An `<svg>` as an address: nothing in it can run."""
    return f"data:image/svg+xml;base64,{b64encode(text.encode()).decode()}"


def _rows(path: Path) -> Sequence[Mapping[str, str]]:
    return read_rows(path) if path.is_file() else ()


def _number(text: str, language: str, digits: int = 2) -> str:
    return Typography(language).number(float(text), digits) if text else "–"


def _driver_tables(path: Path, language: str) -> list[tuple[str, list[tuple[str, ...]]]]:
    """What each study explains, and its rows."""
    record = read_record(path)
    page = DecisionPage(language, record["version"], record["studies"][0]["worlds"])
    by_study: dict[str, list[Mapping[str, str]]] = {}
    for row in _rows(path.with_name("drivers.csv")):
        by_study.setdefault(row["study"], []).append(row)
    return [
        (capital(explained(page, study)), _driver_rows(by_study.get(study["what"], ()), language))
        for study in record["studies"]
    ]


def _driver_rows(rows: Sequence[Mapping[str, str]], language: str) -> list[tuple[str, ...]]:
    return [
        (
            short_name(row["parameter"], language),
            row["parameter"],
            _number(row["correlation"], language),
            _number(row["inert_correlation_of_all"], language),
            _told(row["above_chance"], language),
        )
        for row in rows[:_MOST_ROWS]
    ]


def _value_rows(path: Path, language: str) -> list[tuple[str, ...]]:
    words = TEXTS[language]["decision"]
    found: list[tuple[str, ...]] = []
    for row in _rows(path)[: 3 * _MOST_ROWS]:
        found.append(
            (
                str(words.get(f"belief_{row['belief']}", row["belief"])),
                _known(row, language),
                _number(row["value"], language, 0),
                _number(row["error"], language, 0),
                _told(row["above_chance"], language),
            )
        )
    return found


def _known(row: Mapping[str, str], language: str) -> str:
    """What would be known, in the words of the report."""
    names, known = row["parameters"].split(), row["known"]
    if len(names) == 1:
        return short_name(names[0], language)
    if EVERYTHING in known:
        return Typography(language).punctuated(report_text(language, "decision.everything"))
    return str(TEXTS[language]["decision"].get(known, known))


def _told(answer: str, language: str) -> str:
    return str(words_of(language)[answer]) if answer in ("yes", "no") else "–"
