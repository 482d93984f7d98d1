"""Values written as TOML, a comment beside those that need one."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from typing import Any


def toml_lines(
    values: Mapping[str, Any], path: str = "", note: Callable[[str, Any, str], str] | None = None
) -> list[str]:
    """Lines of a document: plain values first, then tables, as TOML needs them.

    path : of the table that holds the values    note : comment of a key, its value and its path
    """
    lines = []
    for name, value in values.items():
        if value is None or _is_table(value):
            continue
        line = f"{_key(name)} = {toml_value(value)}"
        said = note(name, value, path) if note else ""
        lines.append(f"{line}    # {said}" if said else line)
    for name, value in values.items():
        if value is None or not _is_table(value):
            continue
        inner = f"{path}.{_key(name)}" if path else _key(name)
        for entry in value if isinstance(value, list) else [value]:
            head = f"[[{inner}]]" if isinstance(value, list) else f"[{inner}]"
            if entry:
                lines += [
                    *([] if path.startswith("zone") else [""]),
                    head,
                    *toml_lines(entry, inner, note),
                ]
    return lines


def _is_table(value: Any) -> bool:
    """True for a table, or a list of them; lists of layoffs stand on their line."""
    if isinstance(value, dict):
        return True
    rows = isinstance(value, list) and bool(value) and isinstance(value[0], dict)
    return rows and not set(value[0]) <= {"month", "share"}


def _key(name: str) -> str:
    return name if re.fullmatch(r"[A-Za-z0-9_-]+", name) else json.dumps(name, ensure_ascii=False)


def toml_value(value: Any) -> str:
    """A value on one line; lists and small records too."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, str):
        return json.dumps(value, ensure_ascii=False)
    if isinstance(value, int):
        return f"{value:_}" if abs(value) >= 10_000 else str(value)
    if isinstance(value, float):
        return repr(value)
    if isinstance(value, dict):
        return "{ " + ", ".join(f"{_key(k)} = {toml_value(v)}" for k, v in value.items()) + " }"
    return "[" + ", ".join(toml_value(item) for item in value) + "]"
