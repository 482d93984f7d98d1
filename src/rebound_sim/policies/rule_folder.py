"""Rules of a folder, found by name: a file each, whose function has the name of the file."""

from __future__ import annotations

import sys
from importlib import import_module
from pkgutil import iter_modules
from typing import Any


def rules_in(package: str) -> dict[str, Any]:
    """The rule of each file of a package that is being imported, by name in alphabetical order."""
    names = sorted(module.name for module in iter_modules(sys.modules[package].__path__))
    return {name: getattr(import_module(f"{package}.{name}"), name) for name in names}
