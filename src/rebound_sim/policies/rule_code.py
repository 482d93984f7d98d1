"""The code of a user's rule, in a form that another process can read and run anew."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class FunctionCode:
    """A Python function.

    pickled  : the function with what it refers to (cloudpickle)
    declared : arguments of `@strategy`, in order
    text     : what decides its awards, for a digest that a new session finds again
    """

    pickled: bytes
    declared: tuple[tuple[str, Any], ...]
    text: str


@dataclass(frozen=True)
class RuleCode:
    """Where a rule comes from: exactly one of the text of a file, a function, an installed package.

    origin : path of the file as it was given, or words for messages
    source : text of a strategy file    entry : `module:attribute` of an installed package
    """

    origin: str
    source: str | None = None
    function: FunctionCode | None = None
    entry: str | None = None


@dataclass(frozen=True)
class Declaration:
    """What a strategy says of itself, as in `strategy.Strategy`.

    file, line : where its rule starts
    """

    name: str
    title: str
    description: str
    level: Any
    levers: Mapping[str, Any]
    recall: bool
    file: str | None
    line: int | None
