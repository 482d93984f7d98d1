"""What was published about the staff of a closed site and its zone, in the words of a world file.

[[count]]
months_after = 10            # after the last layoffs; or date = "2014-11"
number = 130                 # or share = 0.11
of = 1143
definition = "lasting_work"
source = "RFI, 28 November 2014"
"""

from __future__ import annotations

from typing import Annotated, Final, Literal, Self

from pydantic import Field, StringConstraints, model_validator

from rebound_sim.reading.strict import LONGEST_MONTHS, StrictRecord, quantity

#: Half-width of the band of a share that gives none: mean of those of the shipped cases that do
#: (0.07, 0.09, 0.09, 0.105).
USUAL_BAND: Final = 0.09
#: Half-width of the 5-95 % band of placebo gaps of unemployment: 0.5 to 0.9 point (own synthetic
#: controls on Insee's series).
PLACEBO: Final = 0.7
#: Fixed-term contracts shorter than that are in no official count of solutions [month].
LASTING_MONTHS: Final = 6
_LASTING: Final = ("permanent", "fixed_term", "self_employed", "outside")
#: States of displaced people that each definition counts; `fixed_term` from LASTING_MONTHS on.
DEFINITIONS: Final[dict[str, tuple[str, ...]]] = {
    "in_work": (*_LASTING, "short_fixed_term"),
    "lasting_work": _LASTING,
    "stable_work": ("permanent", "self_employed"),
    "permanent_contract": ("permanent",),
    "training": ("training",),
    "retired": ("retired",),
}


class PublishedCount(StrictRecord):
    """A count of the staff laid off, at a date: a share, or a number of people out of some."""

    months_after: int | None = quantity(
        None, unit="months", meaning="months after the last layoffs", ge=0, le=LONGEST_MONTHS
    )
    date: Annotated[str, StringConstraints(pattern=r"^\d{4}-(0[1-9]|1[0-2])$")] | None = Field(
        None,
        description="month of the count, such as '2014-11', in place of months_after: the "
        "zone then needs a quarter",
    )
    share: float | None = quantity(
        None, unit="share", meaning="share of the staff laid off", ge=0, le=1
    )
    number: int | None = quantity(None, unit="persons", meaning="people counted", ge=0, le=10**7)
    of: int | None = quantity(None, unit="persons", meaning="of how many", ge=1, le=10**7)
    definition: Literal[
        "in_work", "lasting_work", "stable_work", "permanent_contract", "training", "retired"
    ] = Field(
        description="in_work: any job or business; lasting_work: without fixed-term contracts "
        "of less than six months; stable_work: permanent contract or business"
    )
    low: float | None = quantity(
        None, unit="share", meaning="lowest simulated share that agrees", ge=0, le=1
    )
    high: float | None = quantity(
        None, unit="share", meaning="highest simulated share that agrees", ge=0, le=1
    )
    source: str = Field(min_length=1, max_length=500, description="where it was published")

    @model_validator(mode="after")
    def _check(self) -> Self:
        if (self.months_after is None) == (self.date is None):
            raise ValueError("give either months_after or date")
        if (self.share is None) == (self.number is None) or (
            (self.number is None) != (self.of is None)
        ):
            raise ValueError("give either share, or number and of")
        if self.number is not None and self.of is not None and self.number > self.of:
            raise ValueError(f"number ({self.number}) is above of ({self.of})")
        if (self.low is None) != (self.high is None):
            raise ValueError("give both low and high, or neither")
        if self.low is not None and not self.low <= self.value <= (self.high or 0.0):
            raise ValueError(f"the share ({self.value:g}) lies outside low and high")
        return self

    @property
    def value(self) -> float:
        """The share that was published."""
        if self.share is not None:
            return self.share
        assert self.number is not None and self.of is not None
        return self.number / self.of

    @property
    def band(self) -> tuple[float, float]:
        """Shares between which the simulated mean agrees."""
        if self.low is not None and self.high is not None:
            return self.low, self.high
        return max(self.value - USUAL_BAND, 0.0), min(self.value + USUAL_BAND, 1.0)

    @property
    def states(self) -> tuple[str, ...]:
        """States of displaced people that it counts."""
        return DEFINITIONS[self.definition]

    def months(self, quarter: str, layoffs: int) -> int:
        """Months after the last layoffs. quarter : date of the zone, month 0 follows it
        layoffs : month of the last layoffs. Raises ValueError before them or without a quarter."""
        if self.months_after is not None:
            return self.months_after
        if not quarter:
            raise ValueError("a date needs a zone at a quarter; or give months_after")
        assert self.date is not None
        year, month = (int(part) for part in self.date.split("-"))
        first = int(quarter[:4]) * 12 + 3 * int(quarter[-1])
        after = year * 12 + month - 1 - first - layoffs
        if after < 0:
            raise ValueError(f"{self.date} comes before the last layoffs")
        return after


class PublishedGap(StrictRecord):
    """A gap of the zone's unemployment rate to what it would have been, as someone estimated it."""

    months_after: int = quantity(
        unit="months", meaning="months after the last layoffs", ge=0, le=LONGEST_MONTHS
    )
    points: float = quantity(unit="point", meaning="gap of the unemployment rate", ge=-40, le=40)
    band: float = quantity(
        PLACEBO,
        unit="point",
        meaning="half-width within which the simulated gap agrees",
        gt=0,
        le=10,
    )
    source: str = Field(
        "synthetic control on Insee's series",
        min_length=1,
        max_length=500,
        description="who estimated it",
    )


COUNTS: Final = Field(
    (),
    strict=False,
    max_length=200,
    description="published counts of the staff laid off, judged by `rebound validate --case`",
)
GAPS: Final = Field(
    (),
    strict=False,
    max_length=200,
    description="published gaps of the zone's unemployment rate, judged in the same way",
)
