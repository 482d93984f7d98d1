"""What an outcome is: declared once, read by name wherever it is computed, stored or told."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import Literal

Better = Literal["higher", "lower", ""]


@dataclass(frozen=True, slots=True)
class Outcome:
    """One outcome of a run.

    name, unit : of the estimate, as in the tables
    formula    : how it is computed in one replication, from recorded variables; "" where only
                 a comparison over zones has it
    reference  : "" for a level, else the arm that it is a difference from, paired by replication;
                 then "no difference" is a possible finding
    label      : for a reader    group : heading under which it is shown
    better     : which direction is better, "" where none is
    over_zones : how a comparison computes it over zones, "" where it has none
    zones_unit : its unit there, where it is another
    least, most : bounds of what the formula can give; its interval stays within them
    """

    name: str
    unit: str
    formula: str = ""
    reference: str = ""
    label: str = ""
    group: str = ""
    better: Better = ""
    over_zones: str = ""
    zones_unit: str = ""
    least: float = -math.inf
    most: float = math.inf

    def compared(self) -> Outcome:
        """The outcome as a comparison over zones has it."""
        return replace(self, unit=self.zones_unit or self.unit, formula=self.over_zones)
