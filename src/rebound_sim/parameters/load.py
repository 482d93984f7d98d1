"""The registry of all parameters, and a set of values in use."""

from __future__ import annotations

import hashlib
import json
import math
from collections.abc import Mapping
from typing import Any

from rebound_sim.errors import InputError, nearest
from rebound_sim.parameters import (
    closure,
    demand,
    demography,
    instruments,
    projects,
    search,
    separations,
    wages,
)
from rebound_sim.parameters.records import Parameter, Topic

TOPICS: dict[str, Topic] = {
    topic.name: topic
    for topic in (
        demand.TOPIC,
        separations.TOPIC,
        search.TOPIC,
        wages.TOPIC,
        demography.TOPIC,
        closure.TOPIC,
        projects.TOPIC,
        instruments.TOPIC,
    )
}

PARAMETERS: dict[str, Parameter] = {
    parameter.full_name: parameter for topic in TOPICS.values() for parameter in topic.parameters
}


class ParameterSet:
    """Values of all parameters, read as one record per topic: `values.search.effort_decay`."""

    def __init__(self, overrides: Mapping[str, float] | None = None) -> None:
        """Defaults, replaced by `overrides` (full name → value).

        Raises InputError for an unknown name, a value that is not finite or out of range.
        """
        self._values = {name: parameter.value for name, parameter in PARAMETERS.items()}
        for name, value in (overrides or {}).items():
            self._values[name] = check_value(name, value)
        self._records = {
            name: topic.record(*(self._values[p.full_name] for p in topic.parameters))
            for name, topic in TOPICS.items()
        }

    def __getattr__(self, topic: str) -> Any:
        try:
            return self.__dict__["_records"][topic]
        except KeyError:
            raise AttributeError(topic) from None

    def as_dict(self) -> dict[str, float]:
        """Full name → value in use, for every parameter."""
        return dict(self._values)

    def digest(self) -> str:
        """Digest of all values in use: 16 hexadecimal digits."""
        text = json.dumps(self._values, sort_keys=True)
        return hashlib.sha256(text.encode()).hexdigest()[:16]


def check_value(name: str, value: float) -> float:
    """The value, checked against the declaration of `name`.

    Raises InputError with the nearest name, or the admissible range.
    """
    if name not in PARAMETERS:
        raise InputError(
            "unknown parameter",
            key=name,
            nearest=nearest(name, PARAMETERS),
        )
    parameter = PARAMETERS[name]
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        raise InputError("not a finite number", key=name, value=value, allowed=allowed(parameter))
    if not parameter.low <= value <= parameter.high:
        raise InputError("out of range", key=name, value=value, allowed=allowed(parameter))
    return float(value)


def allowed(parameter: Parameter) -> str:
    """The admissible range, with its unit, as shown to users."""
    return f"{parameter.low:g} to {parameter.high:g} {parameter.unit}"
