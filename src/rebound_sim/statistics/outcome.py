"""What an outcome is: declared once, read by name wherever it is computed, stored or told."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Literal

Better = Literal["higher", "lower", ""]


@dataclass(frozen=True, slots=True)
class Outcome:
    """One outcome of a run.

    name, unit : of the estimate, as in the tables
    formula    : how it is computed in one replication, from recorded variables
    reference  : "" for a level, else the arm that it is a difference from, paired by replication;
                 then "no difference" is a possible finding
    label      : for a reader    group : heading under which it is shown
    better     : which direction is better, "" where none is
    dated      : given at 12, 24, ... months, else at the end of the run alone
    least, most : bounds of what the formula can give; its interval stays within them
    """

    name: str
    unit: str
    formula: str
    reference: str = ""
    label: str = ""
    group: str = ""
    better: Better = ""
    dated: bool = False
    least: float = -math.inf
    most: float = math.inf
