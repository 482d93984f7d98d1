"""On which line of a TOML text each key stands, and at which character.

`tomllib` gives values without places. This scanner reads a text that `tomllib` has accepted and
records the place of every key and of every array element, under a dotted path: `closure.0.jobs`.
"""

from __future__ import annotations

import contextlib
import tomllib

_BARE_KEY_ENDS = " \t=.]\r\n"
_VALUE_ENDS = ",]} \t\r\n#"


def key_places(text: str) -> dict[str, tuple[int, int]]:
    """Dotted path -> line and character (both from 1) where the path is first named.

    text : valid TOML. A text that is not valid gives the places found before the fault.
    """
    scanner = _Scanner(text)
    # In a text that is not valid, tomllib reports the fault: this scanner need not.
    with contextlib.suppress(IndexError, ValueError):
        scanner.document()
    return scanner.places


class _Scanner:
    def __init__(self, text: str) -> None:
        self.text = text.replace("\r\n", "\n") + "\n"
        self.at = 0
        self.places: dict[str, tuple[int, int]] = {}
        self._line = 1
        self._counted_to = 0
        self._array_sizes: dict[str, int] = {}

    def document(self) -> None:
        table: tuple[str, ...] = ()
        while True:
            self._skip_blank()
            if self.at >= len(self.text):
                return
            if self.text.startswith("[[", self.at):
                self.at += 2
                table = self._resolve(self._dotted_key(), new_element=True)
                self.at += 2
            elif self.text[self.at] == "[":
                self.at += 1
                table = self._resolve(self._dotted_key(), new_element=False)
                self.at += 1
            else:
                self._assignment(table)

    def _resolve(self, parts: tuple[tuple[str, int], ...], *, new_element: bool) -> tuple[str, ...]:
        """Path of a header, with the index of the element that each array of tables is at."""
        path: tuple[str, ...] = ()
        for position, (part, start) in enumerate(parts):
            path = (*path, part)
            name = ".".join(path)
            last = position == len(parts) - 1
            self._record(path, start)
            if last and new_element:
                self._array_sizes[name] = self._array_sizes.get(name, 0) + 1
            if name in self._array_sizes:
                path = (*path, str(self._array_sizes[name] - 1))
                self._record(path, start)
        return path

    def _assignment(self, table: tuple[str, ...]) -> None:
        path = table
        for part, start in self._dotted_key():
            path = (*path, part)
            self._record(path, start)
        self._skip_spaces()
        self._expect("=")
        self._value(path)

    def _dotted_key(self) -> tuple[tuple[str, int], ...]:
        """Parts of a key, each with where it starts in the text."""
        parts = []
        while True:
            self._skip_spaces()
            start = self.at
            if self.text[self.at] in "\"'":
                parts.append((self._string(), start))
            else:
                while self.text[self.at] not in _BARE_KEY_ENDS:
                    self.at += 1
                parts.append((self.text[start : self.at], start))
            self._skip_spaces()
            if self.text[self.at] != ".":
                return tuple(parts)
            self.at += 1

    def _value(self, path: tuple[str, ...]) -> None:
        self._skip_spaces()
        first = self.text[self.at]
        if first in "\"'":
            self._string()
        elif first == "[":
            self._array(path)
        elif first == "{":
            self._inline_table(path)
        else:
            while self.text[self.at] not in _VALUE_ENDS:
                self.at += 1

    def _array(self, path: tuple[str, ...]) -> None:
        self._expect("[")
        element = 0
        while True:
            self._skip_blank()
            if self.text[self.at] == "]":
                self.at += 1
                return
            here = (*path, str(element))
            self._record(here, self.at)
            self._value(here)
            element += 1
            self._skip_blank()
            if self.text[self.at] == ",":
                self.at += 1

    def _inline_table(self, path: tuple[str, ...]) -> None:
        self._expect("{")
        while True:
            self._skip_blank()
            if self.text[self.at] == "}":
                self.at += 1
                return
            self._assignment(path)
            self._skip_blank()
            if self.text[self.at] == ",":
                self.at += 1

    def _string(self) -> str:
        """Skip a string of any of the four kinds; its text, decoded when it is a key."""
        start = self.at
        quote = self.text[self.at]
        fence = quote * 3 if self.text.startswith(quote * 3, self.at) else quote
        self.at += len(fence)
        while not self.text.startswith(fence, self.at):
            self.at += 2 if quote == '"' and self.text[self.at] == "\\" else 1
            if self.at >= len(self.text):
                raise ValueError("string without an end")
        self.at += len(fence)
        # A multi-line string may end with one or two more quotes, which belong to it.
        while len(fence) == 3 and self.text[self.at] == quote:
            self.at += 1
        if len(fence) == 3:
            return ""
        return str(tomllib.loads(f"key = {self.text[start : self.at]}")["key"])

    def _record(self, path: tuple[str, ...], start: int) -> None:
        # Starts only grow, so that lines are counted once over the whole text.
        self._line += self.text.count("\n", self._counted_to, start)
        self._counted_to = start
        column = start - self.text.rfind("\n", 0, start)
        self.places.setdefault(".".join(path), (self._line, column))

    def _expect(self, character: str) -> None:
        if self.text[self.at] != character:
            raise ValueError(f"expected {character!r}")
        self.at += 1

    def _skip_spaces(self) -> None:
        while self.text[self.at] in " \t":
            self.at += 1

    def _skip_blank(self) -> None:
        """Skip spaces, ends of lines and comments."""
        while self.at < len(self.text) and self.text[self.at] in " \t\n#":
            if self.text[self.at] == "#":
                self.at = self.text.index("\n", self.at)
            else:
                self.at += 1
