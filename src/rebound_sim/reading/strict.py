"""Frozen, strict records read from TOML, and their errors in the words of the user's file."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, TypeVar

from pydantic import BaseModel, ConfigDict, Field, ValidationError
from pydantic_core import ErrorDetails

from rebound_sim.errors import InputError, nearest
from rebound_sim.reading.habits import meant
from rebound_sim.reading.source import Source

#: Bound of every month in a file.
LONGEST_MONTHS = 1200
_MOST_TOLD = 3  # problems told beside the first

_Record = TypeVar("_Record", bound=BaseModel)
Schema = Mapping[str, Any]


class StrictRecord(BaseModel):
    """A record without conversions: unknown keys, NaN and text for numbers are refused."""

    model_config = ConfigDict(
        strict=True, frozen=True, extra="forbid", allow_inf_nan=False, use_attribute_docstrings=True
    )


def quantity(default: Any = ..., *, unit: str, meaning: str, **bounds: Any) -> Any:
    """A number of a record, with its unit, meaning and bounds (`ge`, `gt`, `le`, `lt`).

    The three reach the JSON Schema, and from there the error messages.
    """
    return Field(
        default, description=f"{meaning} [{unit}]", json_schema_extra={"unit": unit}, **bounds
    )


def validated(record: type[_Record], values: Mapping[str, Any], source: Source) -> _Record:
    """The record made of the values; InputError located in the source for the first problem."""
    try:
        return record.model_validate(values)
    except ValidationError as faults:
        details = faults.errors(include_url=False)
        schema = record.model_json_schema(by_alias=True)
        # A list of which an item is wrong is also too short, and a misspelt key is also a missing
        # one: what stands in the file explains more. A value has one problem.
        details = [
            fault
            for place, fault in enumerate(details)
            if not any(_within(other["loc"], fault["loc"]) for other in details)
            and fault["loc"] not in [other["loc"] for other in details[:place]]
        ]
        details.sort(
            key=lambda fault: (
                fault["type"] == "missing",
                source.place(_dotted(fault["loc"]))[1] or 0,
            )
        )
        first, *others = (_translated(fault, schema, source) for fault in details)
        first.problem += _told(others)
        first.args = (first.message,)
        raise first from None


def _told(others: Sequence[InputError]) -> str:
    """The other problems, each with its place, as far as they fit in a line."""
    if not others:
        return ""
    told = [
        ": ".join(
            part for part in (other.line and f"line {other.line}", other.key, other.problem) if part
        )
        for other in others[:_MOST_TOLD]
    ]
    left = len(others) - len(told)
    return f" (also {'; '.join(told)}{f'; and {left} more' if left else ''})"


def _within(location: tuple[int | str, ...], above: tuple[int | str, ...]) -> bool:
    return len(location) > len(above) and location[: len(above)] == above


def _dotted(location: tuple[int | str, ...]) -> str:
    return ".".join(str(part) for part in location)


def _translated(fault: ErrorDetails, schema: Schema, source: Source) -> InputError:
    location = fault["loc"]
    path = _dotted(location)
    kind = fault["type"]
    if kind == "extra_forbidden":
        return _unknown_key(location, schema, source)
    if kind == "missing":
        return source.error("this key is missing", path, allowed=allowed_at(schema, location))
    if kind == "value_error":
        return source.error(str(fault["ctx"]["error"]), path)
    problem = {
        "finite_number": "not a finite number",
        "too_short": "too few values",
        "too_long": "too many values",
        "string_too_short": "empty text",
        "string_too_long": "the text is too long",
        "string_pattern_mismatch": "not written as expected",
    }.get(kind)
    if problem is None:
        out_of_range = kind.startswith(("greater_than", "less_than", "int_parsing_size"))
        problem = "out of range" if out_of_range else "wrong value"
        if kind.endswith(("_type", "int_from_float")):
            problem = "wrong type"
    value = fault["input"]
    if isinstance(value, dict | list):
        problem += ": a table was given" if isinstance(value, dict) else ": a list was given"
        value = None
    return source.error(
        problem,
        path,
        value=value,
        allowed=allowed_at(schema, location),
        nearest=_likely(value, schema_at(schema, location), problem, path),
    )


def _likely(value: Any, part: Schema, problem: str, key: str) -> str | None:
    """The value that was probably meant, as TOML writes it, where the key would take it."""
    choices = [choice for choice in part.get("enum", []) if isinstance(choice, str)]
    closest = nearest(value, choices) if isinstance(value, str) else None
    if closest is not None or problem != "wrong type":
        return closest
    kind = part.get("type")
    if isinstance(value, str):
        if kind == "array":
            return f'["{value}"]' if value else None
        if kind in ("integer", "number") and re.fullmatch(r"[-+]?\d+(\.\d+)?", value.strip()):
            return value.strip()
        likely = meant(value, key)
        unfit = likely is None or likely.startswith('"') or (kind == "integer" and "." in likely)
        return None if unfit else likely
    if isinstance(value, float) and kind == "integer" and value.is_integer():
        return f"{int(value):_}"
    if isinstance(value, int | float) and not isinstance(value, bool) and kind == "string":
        return f'"{value:g}"'
    return None


def _unknown_key(location: tuple[int | str, ...], schema: Schema, source: Source) -> InputError:
    *parents, name = location
    siblings = list(schema_at(schema, tuple(parents)).get("properties", {}))
    closest = nearest(str(name), siblings)
    if closest is None:
        # The key may be right and its table wrong: `months` outside [time].
        elsewhere = [key for key in schema_keys(schema) if key.rpartition(".")[2] == name]
        closest = elsewhere[0] if elsewhere else None
    else:
        closest = ".".join([*map(str, parents), closest])
    return source.error(
        "unknown key", _dotted(location), allowed=", ".join(siblings), nearest=closest
    )


def schema_at(schema: Schema, location: tuple[int | str, ...]) -> Schema:
    """The part of a JSON Schema that describes a location; empty when there is none."""
    here = _resolved(schema, schema)
    for part in location:
        properties = here.get("properties", {})
        if isinstance(part, str) and not part.isdigit() and part in properties:
            here = properties[part]
        elif "items" in here or "prefixItems" in here:
            here = here.get("items") or here["prefixItems"][0]
        elif isinstance(here.get("additionalProperties"), dict):
            here = here["additionalProperties"]
        else:
            return {}
        here = _resolved(here, schema)
    return here


def _resolved(part: Schema, schema: Schema) -> Schema:
    """Follow a reference; of `X or absent`, keep X with the description of the whole."""
    options = [option for option in part.get("anyOf", ()) if option.get("type") != "null"]
    if len(options) == 1:
        part = {**options[0], **{k: v for k, v in part.items() if k not in ("anyOf", "default")}}
    if "$ref" in part:
        target = schema["$defs"][part["$ref"].rpartition("/")[2]]
        part = {**target, **{k: v for k, v in part.items() if k != "$ref"}}
    return part


def schema_keys(schema: Schema) -> Iterator[str]:
    """All dotted keys that a schema knows, arrays shown with index 0: `closure.0.jobs`."""

    def walk(part: Schema, path: str) -> Iterator[str]:
        part = _resolved(part, schema)
        if "items" in part and _resolved(part["items"], schema).get("type") == "object":
            yield from walk(part["items"], f"{path}.0")
        for name, child in part.get("properties", {}).items():
            here = f"{path}.{name}" if path else name
            yield here
            yield from walk(child, here)

    yield from walk(schema, "")


def allowed_at(schema: Schema, location: tuple[int | str, ...]) -> str | None:
    """What a location accepts, in words: `a whole number, at least 1, months`."""
    part = schema_at(schema, location)
    if "enum" in part:
        return ", ".join(str(choice) for choice in part["enum"])
    if "const" in part:
        return str(part["const"])
    words = {
        "integer": "a whole number",
        "number": "a number",
        "string": "a text in quotes",
        "boolean": "true or false",
        "array": "a list",
        "object": "a table",
    }.get(str(part.get("type")))
    if words is None:
        return None
    if part.get("type") == "array":
        smallest, largest = part.get("minItems"), part.get("maxItems")
        if smallest is not None and smallest == largest:
            words += f" of {smallest} values"
        elif smallest:
            words += f" of at least {smallest}"
    bounds = [
        f"{sign} {part[name]:,}" if abs(part[name]) >= 10_000 else f"{sign} {part[name]}"
        for name, sign in (
            ("minimum", ">="),
            ("exclusiveMinimum", ">"),
            ("maximum", "<="),
            ("exclusiveMaximum", "<"),
        )
        if name in part
    ]
    unit = part.get("unit")
    return " ".join([words, " and ".join(bounds), f"[{unit}]" if unit else ""]).strip()
