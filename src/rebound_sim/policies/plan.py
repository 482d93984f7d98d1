"""A plan: which zone gets what help, when. The common form of every allocation.

A user's own allocation is a plan in a table (CSV) or in TOML:

    zone,instrument,amount,days,start,end
    5005,engineering,,145,6,12
    5005,grants,3000000,,9,36

Euros are whole. Months count from 0 after the burn-in; `end` is the first month without help. What
is left out comes from the calendar of the programme (`scenario.planned`). The zone `*` stands for
every zone that has a closure.

In TOML a line may hold the sections of a policy file in place of an amount: a policy is the plan
that gives its sections to every such zone.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from rebound_sim.errors import InputError
from rebound_sim.policies.taught import Taught

if TYPE_CHECKING:
    from rebound_sim.policies.instruments import Settings

#: Columns of a plan's table. `amount` is in EUR; `days` in person-days, for engineering.
COLUMNS = ("zone", "instrument", "amount", "days", "start", "end")
#: Every zone that has a closure; every zone of a world without closures.
EVERY_ZONE = "*"


@dataclass(frozen=True)
class Line:
    """Help of one kind to one zone from month `start` to the month before `end`.

    zone : its code or name, or EVERY_ZONE    instrument : its name
    amount_eur : EUR, or days : person-days; one of the two, bought at usual prices
    start, end : months, None to follow the programme's calendar
    settings : all that the instrument can be told, in place of the four others: months count from
    the first announcement in the zone, whose own agents carry it out
    """

    zone: str
    instrument: str
    amount_eur: int | None = None
    days: int | None = None
    start: int | None = None
    end: int | None = None
    settings: Settings | None = None

    def described(self) -> dict[str, Any]:
        """What is given, by name: for who reads the results."""
        if self.settings is not None:
            given = self.settings.model_dump(mode="json")
        else:
            names = ("amount_eur", "days", "start", "end")
            given = {name: getattr(self, name) for name in names}
        known = {name: value for name, value in given.items() if value is not None}
        return {"zone": self.zone, "instrument": self.instrument, **known}


@dataclass(frozen=True)
class WrittenAt:
    """Where a line was written. keys : in TOML, line and character of each of its columns"""

    file: str
    line: int
    keys: tuple[tuple[str, int, int | None], ...] = ()


@dataclass(frozen=True)
class Plan:
    """An allocation, known in full before the world is simulated.

    name : its arm in results    lines : in any order
    selection : how files are ranked inside the envelope of a zone; the programme's rule if None
    places : where each line was written, for messages; empty for a plan made in Python
    taught : where an optimisation chose it, in which worlds; None for another
    sampled : what its amounts are multiplied by in a sample of its zones; None in all of them
    notes : what its writer should know: rows and columns of the file that were passed over
    """

    name: str
    lines: tuple[Line, ...]
    selection: str | None = None
    places: tuple[WrittenAt, ...] = ()
    taught: Taught | None = None
    sampled: float | None = None
    notes: tuple[str, ...] = field(default=(), compare=False)

    def digest(self) -> str:
        """Digest of what is given to whom, when: 16 hexadecimal digits."""
        lines = sorted(repr(tuple(line.described().items())) for line in self.lines)
        text = "\n".join([self.name, str(self.selection), *lines])
        return hashlib.sha256(text.encode()).hexdigest()[:16]

    def error(self, number: int, column: str, problem: str, **details: Any) -> InputError:
        """An InputError located at a line's column. details : value, allowed, nearest."""
        if number >= len(self.places):
            key = f"lines.{number}.{column}"
            return InputError(problem, file=f"plan {self.name}", key=key, **details)
        place = self.places[number]
        where = {key: (line, character) for key, line, character in place.keys}
        line, character = where.get(column, (place.line, None))
        return InputError(
            problem, file=place.file, line=line, column=character, key=column, **details
        )
