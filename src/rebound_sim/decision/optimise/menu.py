"""The menu: what one zone can receive, from nothing to much, early or late.

An option is days of consultants, a ceiling of grants, and the month from which each is there.
"""

from __future__ import annotations

import csv
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import product
from pathlib import Path

from rebound_sim.errors import InputError
from rebound_sim.scenario import ProgrammeTable

COLUMNS = ("name", "days", "grants_eur", "engineering_start", "grants_start")
LARGEST_MENU = 200
#: Shares of the most engineering that a zone can receive. Assumed: a third of it
#: (200 days, more than a mission of the pilot), and all of it.
DAYS_SHARES = (1 / 3, 1.0)
#: Multiples of the grants of the envelope per zone: half of it, as much, three times.
GRANTS_MULTIPLES = (0.5, 1.0, 3.0)
#: Months by which late money comes after early money: a third of the window of three years.
LATE = 12


@dataclass(frozen=True, slots=True)
class Option:
    """What a zone receives.

    days : person-days of consultants    grants_eur : ceiling of its grants, EUR
    engineering_start, grants_start : months of the world from which each can be spent
    """

    name: str
    days: int
    grants_eur: int
    engineering_start: int
    grants_start: int

    def euros(self, daily_cost_eur: int) -> tuple[int, int]:
        """EUR of engineering and of grants."""
        return self.days * daily_cost_eur, self.grants_eur


NOTHING = "nothing"


def default_menu(table: ProgrammeTable, zones: int) -> tuple[Option, ...]:
    """Nothing; engineering, grants or both; small, fair share or large; early, late, or engineering
    early and grants late. 24 options, sized on the programme and its number of zones."""
    early, opening = table.start_month, table.start_month + table.grants_delay_months
    days = [round(share * table.mission_days_most) for share in DAYS_SHARES]
    fair = table.envelope_eur / zones
    grants = [min(_round(multiple * fair), table.zone_ceiling_eur) for multiple in GRANTS_MULTIPLES]
    found = [Option(NOTHING, 0, 0, early, opening)]
    for when, (first, second) in _dates(early, opening).items():
        for d, g in product([0, *days], [0, *dict.fromkeys(grants)]):
            mixed = d > 0 and g > 0
            if mixed or (when == "early" and (d or g)):
                found.append(Option(_name(d, g, when), d, g, first, second))
    return tuple(found)


def _dates(early: int, opening: int) -> dict[str, tuple[int, int]]:
    return {
        "early": (early, opening),
        "late": (early + LATE, opening + LATE),
        "engineering_first": (early, opening + LATE),
    }


def _name(days: int, grants: int, when: str) -> str:
    parts = [f"{days}d" if days else "", f"{grants / 1e6:g}M" if grants else ""]
    return "_".join(part for part in (*parts, when) if part)


def _round(euros: float) -> int:
    """To a hundred thousand."""
    return max(100_000, round(euros / 1e5) * 100_000)


def read_menu(path: Path) -> tuple[Option, ...]:
    """A user's own menu: a CSV of COLUMNS, one row an option; `nothing` is added where it lacks.

    Raises InputError with file, line and column.
    """
    try:
        with path.open(encoding="utf-8-sig", newline="") as stream:
            reader = csv.DictReader(stream)
            missing = [name for name in COLUMNS if name not in (reader.fieldnames or ())]
            if missing:
                raise InputError(
                    "a column is missing", file=str(path), line=1, value=", ".join(missing),
                    allowed=", ".join(COLUMNS),
                )  # fmt: skip
            options = [_option(row, str(path), line) for line, row in enumerate(reader, start=2)]
    except OSError as fault:
        raise InputError("the menu cannot be read", file=str(path), value=fault.strerror) from None
    return checked(options, str(path))


def checked(options: Sequence[Option], file: str) -> tuple[Option, ...]:
    """With `nothing` first. Raises InputError: a name twice, an empty or too long menu."""
    names = [option.name for option in options]
    twice = next((name for name in names if names.count(name) > 1), None)
    if twice is not None:
        raise InputError("an option is named twice", file=file, value=twice)
    if not 1 <= len(options) <= LARGEST_MENU:
        raise InputError("options of the menu", file=file, value=len(options),
                         allowed=f"1 to {LARGEST_MENU}")  # fmt: skip
    if any(option.days == 0 and option.grants_eur == 0 for option in options):
        return tuple(options)
    return (replace(options[0], name=NOTHING, days=0, grants_eur=0), *options)


def _option(row: dict[str, str | None], file: str, line: int) -> Option:
    numbers = {}
    for name in COLUMNS[1:]:
        text = (row[name] or "0").replace("_", "").strip()
        if not text.isdigit():
            raise InputError("not a whole number", file=file, line=line, key=name, value=row[name])
        numbers[name] = int(text)
    label = (row["name"] or "").strip()
    if not label:
        raise InputError("an option without a name", file=file, line=line, key="name")
    return Option(label, **numbers)
