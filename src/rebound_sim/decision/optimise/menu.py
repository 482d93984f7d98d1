"""The menu: what one zone can receive, from nothing to much, early or late.

An option is days of consultants, a ceiling of grants, the month from which each is there, and the
pace at which it comes: at once, or in equal parts.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import product
from pathlib import Path

from rebound_sim.errors import InputError
from rebound_sim.policies.programme_table import LARGEST_ENVELOPE_EUR
from rebound_sim.reading.numbers import is_nothing, month_number, whole_number
from rebound_sim.reading.strict import LONGEST_MONTHS
from rebound_sim.reading.table_rows import UserTable, read_user_table
from rebound_sim.reading.titles import Heads
from rebound_sim.scenario import ProgrammeTable

COLUMNS = ("name", "days", "grants_eur", "engineering_start", "grants_start")
#: Columns that a user's menu may leave out, and their values without them.
PACE = {"parts": 1, "every": 12}
_NUMBERS = (*COLUMNS[1:], *PACE)
_HEADS = Heads({
    "name": ("name", "nom", "option", "libelle"),
    "days": ("days", "jours", "person days", "jours consultant"),
    "grants_eur": ("grants", "subventions", "montant", "amount"),
    "engineering_start": ("engineering start", "debut ingenierie", "debut de l ingenierie"),
    "grants_start": ("grants start", "debut subventions", "debut des subventions"),
    "parts": ("parts", "tranches"),
    "every": ("every", "intervalle", "pas"),
})  # fmt: skip
LARGEST_MENU = 200
#: Shares of the most engineering that a zone can receive. Assumed: a third of it
#: (200 days, more than a mission of the pilot), and all of it.
DAYS_SHARES = (1 / 3, 1.0)
#: Multiples of the grants of the envelope per zone: half of it, as much, three times.
GRANTS_MULTIPLES = (0.5, 1.0, 3.0)
#: Parts of the window by which late money comes after early money, and in which money that is
#: spread comes. Assumed: a third, one year of the three of the shipped programme.
THIRDS = 3


@dataclass(frozen=True, slots=True)
class Option:
    """What a zone receives.

    days : person-days of consultants    grants_eur : ceiling of its grants, EUR
    engineering_start, grants_start : months of the world from which each can be spent
    parts, every : equal parts in which each comes, and months from one to the next
    """

    name: str
    days: int
    grants_eur: int
    engineering_start: int
    grants_start: int
    parts: int = 1
    every: int = 12

    def euros(self, daily_cost_eur: int) -> tuple[int, int]:
        """EUR of engineering and of grants."""
        return self.days * daily_cost_eur, self.grants_eur

    def split(self, amount: int) -> list[tuple[int, int]]:
        """Parts of an amount that are not nothing, and the months after the first when they come;
        what equal parts leave over comes with the first."""
        size, left = divmod(amount, self.parts)
        sizes = [size + left, *[size] * (self.parts - 1)]
        return [(n * self.every, part) for n, part in enumerate(sizes) if part]

    @property
    def last_months(self) -> tuple[int, int]:
        """Months in which the last part of engineering and of grants comes."""
        wait = (self.parts - 1) * self.every
        return self.engineering_start + wait, self.grants_start + wait


NOTHING = "nothing"


def default_menu(table: ProgrammeTable, zones: int) -> tuple[Option, ...]:
    """Nothing; engineering, grants or both; small, fair share or large; early, late, engineering
    early and grants late, or a third every year. 30 options, sized on the programme and its number
    of zones; those that its calendar has no room for are left out."""
    early, opening = table.start_month, table.start_month + table.grants_delay_months
    days = [max(round(share * table.mission_days_most), 1) for share in DAYS_SHARES]
    fair = table.envelope_eur / zones
    grants = [min(_round(multiple * fair), table.zone_ceiling_eur) for multiple in GRANTS_MULTIPLES]
    found = [Option(NOTHING, 0, 0, early, opening)]
    third = max(table.window_months // THIRDS, 1)
    for when, (first, second, parts) in _dates(early, opening, third).items():
        for d, g in product([0, *dict.fromkeys(days)], [0, *dict.fromkeys(grants)]):
            option = Option(_name(d, g, when), d, g, first, second, parts, third)
            mixed = d > 0 and g > 0
            fits = max(option.last_months) < opening + table.window_months
            if fits and (mixed or (when == "early" and (d or g))):
                found.append(option)
    return tuple(found)


def _dates(early: int, opening: int, third: int) -> dict[str, tuple[int, int, int]]:
    """First months of engineering and of grants, and parts of each."""
    return {
        "early": (early, opening, 1),
        "late": (early + third, opening + third, 1),
        "engineering_first": (early, opening + third, 1),
        "spread": (early, opening, THIRDS),
    }


def _name(days: int, grants: int, when: str) -> str:
    parts = [f"{days}d" if days else "", f"{grants / 1e6:g}M" if grants else ""]
    return "_".join(part for part in (*parts, when) if part)


def _round(euros: float) -> int:
    """To a hundred thousand."""
    return max(100_000, round(euros / 1e5) * 100_000)


def read_menu(path: Path) -> tuple[Option, ...]:
    """A user's own menu: a table of COLUMNS and, if need be, PACE, one row an option; `nothing` is
    added where it lacks.

    Raises InputError with file, line and column.
    """
    table = read_user_table(path, "a table (CSV, .xlsx) of options", _HEADS)
    missing = [name for name in COLUMNS if name not in table.columns.columns]
    if missing:
        raise InputError(
            "a column is missing",
            file=table.file,
            line=table.line,
            value=", ".join(missing),
            allowed=", ".join(COLUMNS),
        )
    return checked([_option(table, row, line) for line, row in table.rows], table.file)


def checked(options: Sequence[Option], file: str) -> tuple[Option, ...]:
    """With `nothing` first. Raises InputError: a name twice, an empty or too long menu."""
    names = [option.name for option in options]
    twice = next((name for name in names if names.count(name) > 1), None)
    if twice is not None:
        raise InputError("an option is named twice", file=file, value=twice)
    if not 1 <= len(options) <= LARGEST_MENU:
        raise InputError(
            "options of the menu", file=file, value=len(options), allowed=f"1 to {LARGEST_MENU}"
        )
    if any(option.days == 0 and option.grants_eur == 0 for option in options):
        return tuple(options)
    return (replace(options[0], name=NOTHING, days=0, grants_eur=0), *options)


def _option(table: UserTable, row: dict[str, str], line: int) -> Option:
    try:
        if not row["name"]:
            raise InputError("an option without a name", key="name")
        return Option(row["name"], **{name: _number(table, row, name) for name in _NUMBERS})
    except InputError as fault:
        raise fault.located(file=table.file, line=line) from None


def _number(table: UserTable, row: dict[str, str], name: str) -> int:
    text, least = row.get(name, ""), int(name in PACE)
    if is_nothing(text):
        return PACE.get(name, 0)
    if name.endswith("_start"):
        return month_number(text, name, LONGEST_MONTHS)
    value = whole_number(text, name, LARGEST_ENVELOPE_EUR, table.columns.scale(name))
    if value < least:
        raise InputError("out of range", key=name, value=text, allowed="1 or more")
    return value
