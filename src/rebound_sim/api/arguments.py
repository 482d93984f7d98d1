"""Arguments of the functions of Python: what each may be, said in one line when it is not."""

from __future__ import annotations

import os
from collections.abc import Iterable
from operator import index
from pathlib import Path
from typing import Any

from rebound_sim.errors import InputError

_LONGEST_NAME = 255  # bytes, on the usual systems of files


def whole(name: str, value: Any) -> int:
    """A whole number, of NumPy too. Raises InputError for anything else, True and 2.0 included."""
    if not isinstance(value, bool):
        try:
            return index(value)
        except TypeError:
            pass
    raise InputError("wrong type", key=name, value=value, allowed="a whole number")


def whole_or_none(name: str, value: Any) -> int | None:
    """As `whole`; None stays None."""
    return None if value is None else whole(name, value)


def text(name: str, value: Any, allowed: str = "a text") -> str:
    """A text. Raises InputError."""
    if not isinstance(value, str):
        raise InputError("wrong type", key=name, value=value, allowed=allowed)
    return str(value)


def text_or_none(name: str, value: Any) -> str | None:
    """As `text`; None stays None."""
    return None if value is None else text(name, value)


def one_of(name: str, value: Any, known: Iterable[str], problem: str) -> str:
    """A text among known ones. Raises InputError with `problem` and the nearest."""
    allowed = list(known)
    if not isinstance(value, str) or value not in allowed:
        raise InputError.unknown(problem, value, allowed, key=name)
    return value


def language(value: Any) -> str:
    """A language of figures and reports. Raises InputError."""
    return one_of("lang", value, ("en", "fr"), "not a language")


def flag(name: str, value: Any) -> bool:
    """True or False. Raises InputError."""
    if not isinstance(value, bool):
        raise InputError("wrong type", key=name, value=value, allowed="True or False")
    return value


def place(name: str, value: Any) -> Path:
    """A path, from a text or a Path. Raises InputError."""
    if not isinstance(value, str | os.PathLike) or not str(value).strip() or "\0" in str(value):
        raise InputError("not a path", key=name, value=value, allowed="a text or a Path")
    found = Path(value)
    if any(len(os.fsencode(part)) > _LONGEST_NAME for part in found.parts):
        raise InputError("a name is too long for a file", key=name, value=value)
    return found
