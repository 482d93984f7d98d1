"""A TOML file as the user gave it: its values, and where each of them was written."""

from __future__ import annotations

import os
import re
import stat
import tomllib
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from rebound_sim.errors import InputError, nearest
from rebound_sim.reading.habits import meant, refuse_other_kinds
from rebound_sim.reading.toml_lines import key_places

LARGEST_FILE_BYTES = 1_000_000
"""A scenario or policy is a page of text; a larger file was given by mistake."""

_FAULT_PLACE = re.compile(r"\s*\(at (?:line (\d+), column (\d+)|end of document)\)$")
_FAULT_WORDS = {
    "Cannot overwrite a value": "this key is given twice",
    "Cannot declare": "this table is given twice",
    "Expected '=' after a key in a key/value pair": "a key must be followed by = and a value",
    "Invalid value": "not a TOML value (text needs quotes)",
    "Unterminated string": "text without its closing quote",
}


_TYPOGRAPHY = {
    "\u00a0": "a no-break space",
    "\u201c": "a curly quote",
    "\u201d": "a curly quote",
    "\u00ab": "a guillemet",
    "\u2013": "a long dash",
}


@dataclass
class Source:
    """Values of one file, the place of every key, and the options that replaced some of them.

    name    : file name shown in messages        values  : document, as `tomllib` gives it
    lines   : dotted path -> line, from 1         options : dotted path -> option (`--set`)
    columns : dotted path -> character in its line, from 1; empty when unknown
    folder  : where relative paths in the file start    note : what its writer should know, or ""
    """

    name: str
    values: dict[str, Any]
    lines: dict[str, int] = field(default_factory=dict)
    options: dict[str, str] = field(default_factory=dict)
    folder: Path = field(default_factory=Path)
    note: str = ""
    columns: dict[str, int] = field(default_factory=dict)

    def place(self, path: str) -> tuple[str, int | None]:
        """File (or option) and line where the value at a dotted path was given.

        A table that an option changed inside has the place of the option; a path that is not in
        the file (a missing key) has the place of its closest parent.
        """
        return self._place(path)[:2]

    def _place(self, path: str) -> tuple[str, int | None, int | None]:
        """File (or option), line, character."""
        within = f"{path}."
        for given, option in self.options.items():
            if path and given.startswith(within):
                return option, None, None
        parts = path.split(".")
        chain = [".".join(parts[:count]) for count in range(len(parts), 0, -1)]
        for above in chain:
            if above in self.options:
                return self.options[above], None, None
        for above in chain:
            if above in self.lines:
                return self.name, self.lines[above], self.columns.get(above)
        return self.name, None, None

    def replace(self, path: str, option: str) -> None:
        """Note that an option gives the value at a path. Raises InputError: one has already."""
        for given, by in self.options.items():
            if f"{given}.".startswith(f"{path}.") or f"{path}.".startswith(f"{given}."):
                raise InputError(f"this value is given twice (by {by} too)", file=option, key=given)
        self.options[path] = option

    def error(self, problem: str, path: str, **details: Any) -> InputError:
        """An InputError located at a dotted path. details : value, allowed, nearest."""
        file, line, column = self._place(path)
        return InputError(problem, file=file, line=line, column=column, key=path or None, **details)

    def relocated(self, error: InputError, path: str) -> InputError:
        """An error raised by a check that did not know the file, located at a dotted path."""
        return self.error(
            error.problem,
            path,
            value=error.value,
            allowed=error.allowed,
            nearest=error.nearest,
        )


def read_source(path: str | Path) -> Source:
    """Read a TOML file of at most `LARGEST_FILE_BYTES`.

    Raises InputError when the file is missing, a folder, too large, unreadable, not UTF-8,
    empty, or not TOML.
    """
    path = given_path(path)
    name = str(path)
    refuse_other_kinds(path)
    text = read_text(path, name)
    try:
        values = tomllib.loads(text)
    except tomllib.TOMLDecodeError as fault:
        raise _syntax_error(str(fault), text, name) from None
    except RecursionError:
        raise InputError("values are nested too deeply", file=name) from None
    except ValueError:
        # Python refuses to convert numbers of more than 4,300 digits.
        raise InputError("a number has too many digits", file=name) from None
    if not values:
        raise InputError("the file is empty", file=name, allowed="a TOML text with a title")
    places = key_places(text)
    return Source(
        name,
        values,
        lines={path: line for path, (line, _) in places.items()},
        columns={path: column for path, (_, column) in places.items()},
        folder=path.parent,
    )


def given_path(path: Any) -> Path:
    """A path, from a text or a Path. Raises InputError for anything else."""
    if not isinstance(path, str | os.PathLike):
        raise InputError("not a path", value=path, allowed="a text or a Path")
    return Path(path)


def read_text(path: Path, name: str, kind: str = "a TOML file") -> str:
    """Text of a small file, UTF-8. name, kind : as in messages. Raises InputError."""
    check_small_file(path, name, kind)
    try:
        with path.open("rb") as stream:
            # A pipe or a device has no size: the limit is enforced again while reading.
            content = stream.read(LARGEST_FILE_BYTES + 1)
    except (OSError, ValueError) as fault:
        raise _unreadable(fault, name) from None
    if len(content) > LARGEST_FILE_BYTES:
        raise InputError("the file is too large", file=name, allowed="at most 1,000,000 bytes")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as fault:
        line = content.count(b"\n", 0, fault.start) + 1
        raise InputError(
            "the text is not UTF-8",
            file=name,
            line=line,
            allowed="the file saved again as UTF-8, which editors offer when saving",
        ) from None


def check_small_file(path: Path, name: str, kind: str) -> None:
    """Raise InputError for a file that is missing, a folder, too large or out of reach."""
    try:
        status = path.stat()
    except FileNotFoundError:
        raise InputError("no such file", file=name, nearest=_similar_file(path)) from None
    except (OSError, ValueError) as fault:
        raise _unreadable(fault, name) from None
    if stat.S_ISDIR(status.st_mode):
        raise InputError("this is a folder", file=name, allowed=kind)
    if status.st_size > LARGEST_FILE_BYTES:
        raise InputError(
            f"the file has {status.st_size:,} bytes", file=name, allowed="at most 1,000,000"
        )


def _unreadable(fault: OSError | ValueError, name: str) -> InputError:
    reason = getattr(fault, "strerror", None) or str(fault)
    return InputError(f"the file cannot be read: {reason}", file=name)


def _similar_file(path: Path) -> str | None:
    if not path.parent.is_dir():
        return None
    kind = path.suffix if path.suffix.isascii() and path.suffix[1:].isalnum() else ".toml"
    # A link that leads nowhere is no suggestion.
    others = (other.name for other in path.parent.glob(f"*{kind}") if other.exists())
    found = nearest(path.name, others)
    return str(path.parent / found) if found else None


def _syntax_error(fault: str, text: str, name: str) -> InputError:
    """The message of `tomllib`, with line and column, and the key when one stands on that line."""
    place = _FAULT_PLACE.search(fault)
    line = int(place[1]) if place and place[1] else text.count("\n") + 1
    problem = fault[: place.start()] if place else fault
    for start, words in _FAULT_WORDS.items():
        if problem.startswith(start):
            problem = words
            break
    else:
        problem = f"not TOML: {problem[:1].lower()}{problem[1:]}"
    written = text.replace("\r\n", "\n").split("\n")[line - 1] if text else ""
    key = written.partition("=")[0].strip(" \t[]\"'") if "=" in written or "[" in written else ""
    key = key if len(key) <= 60 and key.isprintable() else ""
    value = written.partition("=")[2].partition("#")[0].strip()
    for character, why in _TYPOGRAPHY.items():
        if character in written.partition("#")[0]:
            problem = f"{why}, as a word processor writes it, is not TOML"
    likely = meant(value, key) if key and value else None
    return InputError(
        problem,
        file=name,
        line=line,
        column=int(place[2]) if place and place[2] else None,
        key=key or None,
        nearest=f"{key} = {likely}" if likely and likely != value else None,
    )
