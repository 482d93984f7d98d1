"""The free fonts of figures and reports: DejaVu, which Matplotlib ships and every install has.

DejaVu: Bitstream Vera licence and public domain. Typst brings Libertinus Serif (SIL Open Font
Licence), used for the text of reports; DejaVu Sans stands in for what it does not cover.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Final

import matplotlib
from matplotlib.ft2font import FT2Font

FONT_FOLDER: Final = Path(matplotlib.get_data_path()) / "fonts" / "ttf"
UNKNOWN: Final = "\ufffd"


@cache
def _covered() -> frozenset[int]:
    """Code points of DejaVu Sans."""
    return frozenset(FT2Font(str(FONT_FOLDER / "DejaVuSans.ttf")).get_charmap())


def printable(text: str) -> str:
    """A text whose every character a font can draw; others become the replacement character."""
    covered = _covered()
    return "".join(c if ord(c) in covered else UNKNOWN for c in text)
