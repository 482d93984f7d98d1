"""What people write out of habit, and how TOML writes it."""

from __future__ import annotations

import os
import re
from pathlib import Path

from rebound_sim.data.directory import UNKNOWN_ZONE, find_place
from rebound_sim.errors import InputError

_SPACES = "[ \u00a0\u202f\u2009'’_]"
_WORDS = {
    "oui": "true",
    "vrai": "true",
    "non": "false",
    "faux": "false",
    "yes": "true",
    "no": "false",
}
_SCALES = {"k": 10**3, "m": 10**6, "md": 10**9, "g": 10**9}


def meant(written: str, key: str = "") -> str | None:
    """A value as TOML writes it, from how people write it; None when it is like neither.

    `0,08` is 0.08; `10 000 000` is 10_000_000; `25M` is 25_000_000; `0051` is "0051"; `oui`, true;
    `1.000,5` is 1_000.5. `50 %` is 0.5, but 50 for a key in percent, as their names say.
    """
    text = written.strip().rstrip(";").strip().removesuffix("€").removesuffix("EUR").strip()
    if text.casefold() in _WORDS or text in ("True", "False"):
        return _WORDS.get(text.casefold(), text.casefold())
    if re.fullmatch(r"0\d+", text):
        return f'"{text}"'  # a code: its zeros count
    if re.fullmatch(r"[-+]?\d+,\d+", text) and not re.fullmatch(r"\d{1,3},\d{3}", text):
        return text.replace(",", ".")
    if re.fullmatch(rf"\d{{1,3}}(({_SPACES}\d{{3}})+|(,\d{{3}})+|(\.\d{{3}}){{2,}})", text):
        return f"{int(re.sub(r'[^0-9]', '', text)):_}"
    decimals = re.fullmatch(rf"(\d{{1,3}}(?:({_SPACES}|[.,])\d{{3}})+)([.,])(\d+)", text)
    if decimals and decimals[2] != decimals[3]:
        return f"{int(re.sub(r'[^0-9]', '', decimals[1])):_}.{decimals[4]}"
    scaled = re.fullmatch(rf"(\d+(?:[.,]\d+)?){_SPACES}?(k|M|m|Md|G)", text)
    if scaled:
        value = float(scaled[1].replace(",", ".")) * _SCALES[scaled[2].casefold()]
        return f"{round(value):_}"
    share = re.fullmatch(r"(\d+(?:[.,]\d+)?)\s*%", text)
    if share:
        percent = share[1].replace(",", ".")
        return percent if "percent" in key else f"{float(percent) / 100:.12g}"
    if re.fullmatch(r"[-+]?\.\d+|[-+]?\d+\.", text):
        return str(float(text))  # TOML wants a digit on both sides
    if re.fullmatch(r"[A-Za-zÀ-ÿ][\wÀ-ÿ -]*", text):
        return f'"{text}"'  # a text stands in quotes
    return None


def refuse_other_kinds(path: Path) -> None:
    """Raise InputError, with what to do, for what is given in place of a world file."""
    suffix, name = path.suffix.casefold(), str(path)
    if suffix in (".csv", ".tsv", ".xlsx", ".xls", ".ods"):
        raise InputError(
            "a table, where a TOML file is expected",
            file=name,
            allowed=f"`rebound new programme --zones-from {name} --envelope 25M` makes a world of "
            "zones and closures; a table of amounts is a plan",
        )
    if suffix or os.path.exists(path):  # noqa: PTH110 (a name too long is none, not a fault)
        return
    try:
        found = find_place(name)
    except InputError as fault:
        if fault.problem == UNKNOWN_ZONE and fault.nearest and name.strip():
            raise InputError(
                "no such file, nor zone", file=name, nearest=f"zone {fault.nearest}"
            ) from None
        if fault.problem == UNKNOWN_ZONE:
            return
        # A name of several zones, a zone overseas: the reason is worth more than "no such file".
        problem = f"no such file, and as a zone: {fault.problem}"
        raise InputError(problem, file=name, allowed=fault.allowed) from None
    raise InputError(
        f"a zone ({found.code}), where a world file is expected",
        file=name,
        allowed=f'`rebound new zone "{name}" --jobs 400 --sector CH` writes one; then rebound run',
    )
