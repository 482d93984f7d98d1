"""What can go wrong, said in one line.

`InputError` is a mistake in what the user gave (exit code 2): it names the file, the line, the
key and what would have been accepted. `EngineError` is a failure of a simulation (exit code 3).
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from datetime import date, time
from typing import Any

_LONGEST_SHOWN_VALUE = 60


class ReboundError(Exception):
    """Base of the errors that the command line reports without a traceback."""

    exit_code = 1


class EngineError(ReboundError):
    """A simulation failed, or its results could not be written."""

    exit_code = 3


class InputError(ReboundError):
    """A scenario, a policy, an option or a results folder that cannot be accepted.

    problem : what is wrong, without a final full stop
    file    : file name, or option (`--set`, `--zone`) that holds the value
    line    : line in the file, from 1    column : character in the line, from 1
    key     : dotted key, `closure.0.jobs`
    value   : what was given (shown, shortened, when not None)
    allowed : what is accepted
    nearest : valid name or value closest to what was given
    """

    exit_code = 2

    def __init__(
        self,
        problem: str,
        *,
        file: str | None = None,
        line: int | None = None,
        column: int | None = None,
        key: str | None = None,
        value: Any = None,
        allowed: str | None = None,
        nearest: str | None = None,
    ) -> None:
        self.problem = problem
        self.file = file
        self.line = line
        self.column = column
        self.key = key
        self.value = value
        self.allowed = allowed
        self.nearest = nearest
        super().__init__(self.message)

    @classmethod
    def unknown(cls, problem: str, value: Any, known: Iterable[str], **where: Any) -> InputError:
        """Of a name that is not one of those known, with the nearest. where : file, line, key"""
        names = list(known)
        return cls(
            problem,
            value=value,
            allowed=", ".join(names),
            nearest=nearest(str(value), names),
            **where,
        )

    @property
    def message(self) -> str:
        """`file:line:column: key: problem: value (allowed: ...; did you mean ...?)`, one line."""
        where = self.file or ""
        if where and self.line is not None:
            where += f":{self.line}" + (f":{self.column}" if self.column is not None else "")
        text = ": ".join(part for part in (where, self.key, self.problem) if part)
        if self.value is not None:
            text += f", got {shortened(self.value)}"
        hints = []
        if self.allowed:
            hints.append(f"allowed: {self.allowed}")
        if self.nearest:
            hints.append(f"did you mean {self.nearest}?")
        if hints:
            text += f" ({'; '.join(hints)})"
        return " ".join(text.split())

    def located(
        self, file: str | None = None, line: int | None = None, key: str | None = None
    ) -> InputError:
        """The same error with the place where the value was given; known places are kept."""
        return type(self)(
            self.problem,
            file=self.file or file,
            line=self.line if self.line is not None else line,
            column=self.column,
            key=self.key or key,
            value=self.value,
            allowed=self.allowed,
            nearest=self.nearest,
        )

    def __reduce__(self) -> Any:
        # Exceptions with keyword arguments do not survive pickling by default, and this one
        # may cross a process boundary.
        state = {
            name: getattr(self, name)
            for name in ("file", "line", "column", "key", "value", "allowed", "nearest")
        }
        return (_rebuild, (type(self), self.problem, state))


class StrategyError(InputError):
    """A strategy raised, took too long, or broke its contract. The other strategies go on."""


def _rebuild(kind: type[InputError], problem: str, state: dict[str, Any]) -> InputError:
    return kind(problem, **state)


def refuse_outside(option: str, value: int, low: int, high: int) -> None:
    """Raise InputError for an option out of [low, high]."""
    if not low <= value <= high:
        allowed = f"a whole number from {low} to {high}"
        raise InputError("out of range", file=option, value=value, allowed=allowed)


def words_of(fault: BaseException) -> str:
    """Kind and text of an exception of a user's code, whose own text may fail too."""
    try:
        return f"{type(fault).__name__}: {fault}"
    except Exception:
        return type(fault).__name__


def shortened(value: Any) -> str:
    """`repr` of a value given by the user, cut to what fits in a message."""
    if isinstance(value, bool):
        return str(value).lower()
    text = value.isoformat() if isinstance(value, date | time) else repr(value)
    if len(text) > _LONGEST_SHOWN_VALUE:
        text = text[: _LONGEST_SHOWN_VALUE - 3] + "..."
    return text


def nearest(name: str, candidates: Iterable[str]) -> str | None:
    """The candidate closest to a name, or None when nothing resembles it.

    Case is ignored. Ties go to the first candidate in alphabetical order, so that the answer
    does not depend on the order in which candidates are listed.
    """
    by_folded: dict[str, str] = {}
    for candidate in sorted(candidates):
        by_folded.setdefault(candidate.casefold(), candidate)
    found = difflib.get_close_matches(name.casefold(), by_folded, n=len(by_folded) or 1)
    # `difflib` breaks ties by the last in the alphabet, so that the best ones are compared again.
    matcher = difflib.SequenceMatcher()
    matcher.set_seq2(name.casefold())

    def resemblance(candidate: str) -> float:
        matcher.set_seq1(candidate)
        return matcher.ratio()

    return by_folded[max(sorted(found), key=resemblance)] if found else None
