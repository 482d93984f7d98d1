"""Values as JSON, whoever reads it: R, a browser, Python."""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Mapping
from typing import Any


def without_nan(value: Any) -> Any:
    """JSON has no NaN and no infinity: a figure that does not exist is null."""
    if isinstance(value, Mapping):
        return {key: without_nan(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [without_nan(item) for item in value]
    if isinstance(value, float) and not math.isfinite(value):
        return None
    return value


def json_text(
    value: Any, indent: int | None = None, default: Callable[[Any], Any] | None = None
) -> str:
    """The text of a JSON value, letters as they are. default : makes a value of what JSON lacks"""
    return json.dumps(
        without_nan(value), indent=indent, ensure_ascii=False, allow_nan=False, default=default
    )
