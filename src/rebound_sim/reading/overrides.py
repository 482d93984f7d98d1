"""Options that replace a value of a scenario: `--set key=value`."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from typing import Any

from pydantic import BaseModel

from rebound_sim.errors import InputError, nearest
from rebound_sim.parameters.load import PARAMETERS
from rebound_sim.reading.source import Source
from rebound_sim.reading.strict import schema_at, schema_keys

OPTION = "--set"


def flatten_parameters(source: Source) -> None:
    """Give values under [parameters] their full names.

    TOML reads `search.effort_decay = 0.1` as nested tables and the same key in quotes as one
    name: both are accepted.
    """
    parameters = source.values.get("parameters")
    if not isinstance(parameters, dict):
        return
    flat: dict[str, Any] = {}
    for name, value in _leaves(parameters, ""):
        if name in flat:
            raise source.error("this parameter is given twice", f"parameters.{name}")
        flat[name] = value
    source.values["parameters"] = flat


def _leaves(table: dict[str, Any], prefix: str) -> Iterator[tuple[str, Any]]:
    for name, value in table.items():
        full = f"{prefix}.{name}" if prefix else name
        if isinstance(value, dict):
            yield from _leaves(value, full)
        else:
            yield full, value


def apply_override(source: Source, key: str, text: str, record: type[BaseModel]) -> None:
    """Replace one value of the document.

    key    : full name of a parameter, or dotted key of the file (`closure.0.jobs`)
    text   : the value as typed
    record : what the file holds: a scenario or a programme
    Raises InputError when the key is unknown; the value is checked with the rest afterwards.
    """
    name = key.removeprefix("parameters.")
    if name in PARAMETERS:
        parameters = source.values.setdefault("parameters", {})
        if not isinstance(parameters, dict):
            raise source.error("wrong type", "parameters", value=parameters, allowed="a table")
        parameters[name] = _typed_value(text, None)
        source.replace(f"parameters.{name}", OPTION)
        return
    schema = record.model_json_schema()
    parts = [str(_place(part)) if _place(part) is not None else part for part in key.split(".")]
    location = tuple(parts)
    kind = schema_at(schema, location)
    if not key or parts[0] == "parameters" or not kind:
        known = [*PARAMETERS, *schema_keys(schema)]
        raise InputError(
            "unknown key",
            file=OPTION,
            key=key or "(empty)",
            allowed="a parameter (see rebound explain) or a key of the file",
            nearest=nearest(name, known),
        )
    _store(source, parts, _typed_value(text, kind.get("type")))
    source.replace(".".join(parts), OPTION)


def _store(source: Source, parts: list[str], value: Any) -> None:
    here: Any = source.values
    for depth, part in enumerate(parts):
        last = depth == len(parts) - 1
        path = ".".join(parts[: depth + 1])
        if isinstance(here, list):
            element = _place(part)
            if element is None or element >= len(here):
                number = not any(isinstance(item, dict) and part in item for item in here)
                raise InputError(
                    f"no such element, of {len(here)} numbered from 0",
                    file=OPTION,
                    key=path,
                    nearest=".".join([*parts[:depth], "0", *parts[depth + number :]]),
                )
            if last:
                here[element] = value
            else:
                here = here[element]
        elif isinstance(here, dict):
            if last:
                here[part] = value
            elif part in here:
                here = here[part]
            elif _place(parts[depth + 1]) is not None:
                raise InputError(f"the file has no {part}", file=OPTION, key=path)
            else:
                here = here.setdefault(part, {})
        else:
            raise InputError("this key holds a single value", file=OPTION, key=path)


def _place(part: str) -> int | None:
    """Number of an element of a list, None for a name."""
    return int(part) if part.isdecimal() and len(part) < 10 else None


def _typed_value(text: str, kind: str | None) -> Any:
    """The value that TOML would read; text where the key holds text, quoted or not."""
    try:
        document = tomllib.loads(f"value = {text}")
        value = document["value"] if len(document) == 1 else text
    except (ValueError, RecursionError):
        return text
    if kind == "string" and not isinstance(value, str):
        return text
    return value
