"""Names that Windows keeps for devices, or changes without a word."""

from __future__ import annotations

import os
from pathlib import Path

from rebound_sim.errors import InputError

_DEVICES = frozenset({
    "con", "prn", "aux", "nul", "conin$", "conout$",
    *(f"{kind}{n}" for kind in ("com", "lpt") for n in "123456789¹²³"),
})  # fmt: skip
_NEVER = frozenset('<>:"|?*')
_SYSTEM = os.name


def on_windows() -> bool:
    """Whether this process runs on Windows."""
    return _SYSTEM == "nt"


def fault_of_name(name: str) -> str:
    """Why Windows cannot keep a file or a folder under a name; "" when it can."""
    if name.partition(".")[0].rstrip().casefold() in _DEVICES:
        return "is the name of a device"
    if name != name.rstrip(" ."):
        return "ends in a space or a full stop, which are dropped"
    if any(character in _NEVER or ord(character) < 32 for character in name):
        return "holds a character that names cannot have"
    return ""


def refuse_names(path: Path, option: str = "--out") -> None:
    """Raise InputError on Windows for a path that it would refuse or change."""
    if not on_windows():
        return
    for part in path.parts:
        fault = "" if part in (path.anchor, ".", "..") else fault_of_name(part)
        if fault:
            raise InputError(
                f"Windows cannot keep {part!r}: it {fault}",
                file=option,
                value=str(path),
                allowed="another name",
            )


def kept_name(stem: str) -> str:
    """A name of a file like this one that every system keeps."""
    return f"{stem}_" if fault_of_name(stem) else stem
