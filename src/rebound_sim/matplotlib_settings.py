"""Matplotlib, imported whatever the user's settings are worth.

Figures take nothing from a matplotlibrc file, a style or a backend: `figures.style.house_style`
starts from Matplotlib's own defaults, and a picture has its own canvas. But Matplotlib reads those
settings when it is imported, and refuses some of them (a notebook's backend whose package is not
installed here). Sound settings stay, for the user's own figures.
"""

from __future__ import annotations

import os
import sys
from importlib import import_module
from pathlib import Path
from typing import Final

from rebound_sim.caches import cache_folder

#: A file of settings without any.
NO_SETTINGS: Final = Path(__file__).parent / "figures" / "matplotlibrc"


def settings_of_a_command() -> dict[str, str]:
    """Environment of a process that draws to files alone: no window, no settings of the user."""
    return {
        "MPLBACKEND": "agg",
        "MATPLOTLIBRC": str(NO_SETTINGS),
        # The index of fonts: a home that cannot be written makes Matplotlib warn at each import.
        "MPLCONFIGDIR": str(cache_folder() / "matplotlib"),
    }


def import_matplotlib() -> None:
    """Import Matplotlib; again without the settings of the user when it refuses them."""
    try:
        import_module("matplotlib")
    except (ValueError, OSError, RuntimeError):  # of a setting, of a file of settings, of a home
        for name in [name for name in sys.modules if name.partition(".")[0] == "matplotlib"]:
            del sys.modules[name]
        former = dict(os.environ)
        try:
            os.environ.update(settings_of_a_command())
            import_module("matplotlib")
        finally:
            os.environ.clear()
            os.environ.update(former)
