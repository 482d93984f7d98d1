"""The table of moments: what figures say, within which band, and what each row may be used for."""

from __future__ import annotations

import csv
import math
from dataclasses import dataclass, fields
from functools import cache
from importlib.resources import files
from typing import Literal, cast, get_args

from rebound_sim.errors import InputError, nearest

Use = Literal["calibrate", "check"]
Confidence = Literal["seen", "secondary", "derived", "recalled"]
_TABLE = "moments.csv"


@dataclass(frozen=True, slots=True)
class Moment:
    """One figure that the model is confronted with.

    id, family : names    label, definition : what it is, in words    label_fr : in French
    value, low, high : target and band, in `unit` ("1" for a pure number)
    use : "calibrate" (may be fitted) or "check" (never enters an objective)
    source : where it comes from    confidence : "seen" in the source, in a "secondary" one,
    "derived" by arithmetic, or "recalled" and not seen
    """

    id: str
    family: str
    label: str
    label_fr: str
    definition: str
    unit: str
    value: float
    low: float
    high: float
    use: Use
    source: str
    confidence: Confidence

    def __post_init__(self) -> None:
        if not self.low <= self.value <= self.high:
            raise ValueError(f"{self.id}: {self.value} outside its band [{self.low}, {self.high}]")
        if self.use not in get_args(Use) or self.confidence not in get_args(Confidence):
            raise ValueError(f"{self.id}: use {self.use!r}, confidence {self.confidence!r}")
        if not (self.id and self.family and self.label and self.unit and self.source):
            raise ValueError(f"{self.id}: a family, a label, a unit and a source are required")

    def inside(self, value: float) -> bool:
        """Whether a simulated value lies in the band. False for NaN."""
        return math.isfinite(value) and self.low <= value <= self.high


@cache
def load_moments() -> dict[str, Moment]:
    """The shipped table, by id, in file order.

    Raises ValueError for a row that is incomplete or contradicts itself.
    """
    text = files("rebound_sim.calibration.moments").joinpath(_TABLE).read_text(encoding="utf-8")
    reader = csv.DictReader(text.splitlines())
    names = [field.name for field in fields(Moment)]
    if reader.fieldnames != names:
        raise ValueError(f"{_TABLE}: columns must be {', '.join(names)}")
    moments: dict[str, Moment] = {}
    for row in reader:
        moment = Moment(
            id=row["id"],
            family=row["family"],
            label=row["label"],
            label_fr=row["label_fr"],
            definition=row["definition"],
            unit=row["unit"],
            value=float(row["value"]),
            low=float(row["low"]),
            high=float(row["high"]),
            use=cast(Use, row["use"]),
            source=row["source"],
            confidence=cast(Confidence, row["confidence"]),
        )
        if moment.id in moments:
            raise ValueError(f"{_TABLE}: {moment.id} is given twice")
        moments[moment.id] = moment
    return moments


def families() -> tuple[str, ...]:
    """Families of moments, in the order of the table."""
    return tuple(dict.fromkeys(moment.family for moment in load_moments().values()))


def chosen(only: tuple[str, ...] = ()) -> tuple[Moment, ...]:
    """The moments of some families, or those named; all of them when nothing is asked.

    Raises InputError for a name that is neither a family nor a moment.
    """
    moments = load_moments()
    known = (*families(), *moments)
    for name in only:
        if name not in known:
            raise InputError(
                "neither a family nor a moment",
                file="--only",
                value=name,
                allowed=", ".join(families()) + " or the id of a moment",
                nearest=nearest(name, known),
            )
    return tuple(m for m in moments.values() if not only or m.family in only or m.id in only)
