"""What a parameter is: a number with a unit, a range or prior, a class of evidence, a reference."""

from __future__ import annotations

import math
import sys
from collections import namedtuple
from dataclasses import dataclass, field
from typing import Any, Literal

from rebound_sim import fields

Evidence = Literal["measured", "calibrated", "assumed"]
Prior = Literal["fixed", "uniform", "loguniform", "normal", "lognormal", "halfnormal", "beta"]


@dataclass(frozen=True, slots=True)
class Parameter:
    """One number of the model.

    name : name inside its topic    value : default    unit : unit, "1" for a pure number
    low, high : admissible range; the central 95 % of the prior unless `prior` is "fixed"
    evidence : "measured" (read off a source), "calibrated" (fitted to moments) or "assumed"
    reference : the source, or why the value is assumed    meaning : one sentence
    Raises ValueError when the value is outside its range or a text is missing.
    """

    name: str
    value: float
    unit: str
    low: float
    high: float
    prior: Prior
    evidence: Evidence
    reference: str
    meaning: str
    topic: str = ""

    def __post_init__(self) -> None:
        if not (math.isfinite(self.value) and self.low <= self.value <= self.high):
            raise ValueError(f"{self.name}: {self.value} outside [{self.low}, {self.high}]")
        if not (self.unit and self.reference and self.meaning):
            raise ValueError(f"{self.name}: a unit, a reference and a meaning are required")

    @property
    def full_name(self) -> str:
        """Name with its topic, as typed by users: `search.applications_unemployed`."""
        return f"{self.topic}.{self.name}"


@dataclass(frozen=True)
class Topic:
    """Parameters of one subject, and the record type that kernels receive for it."""

    name: str
    title: str
    parameters: tuple[Parameter, ...]
    record: Any = field(init=False)

    def __post_init__(self) -> None:
        names = [parameter.name for parameter in self.parameters]
        if len(set(names)) != len(names):
            raise ValueError(f"topic {self.name}: a parameter is declared twice")
        owned = tuple(
            Parameter(
                p.name,
                float(p.value),
                p.unit,
                float(p.low),
                float(p.high),
                p.prior,
                p.evidence,
                p.reference,
                p.meaning,
                self.name,
            )
            for p in self.parameters
        )
        object.__setattr__(self, "parameters", owned)
        record = namedtuple(f"{self.name.title()}Parameters", names, module=__name__)  # type: ignore[misc]
        # A compiled kernel is found again in its cache only if the types of its arguments can be
        # imported by name.
        setattr(sys.modules[__name__], record.__name__, record)
        fields.block(record, {name: fields.Number() for name in names})
        object.__setattr__(self, "record", record)
