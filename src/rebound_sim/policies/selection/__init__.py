"""Selection rules of a committee: one small file each, found by its name."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from rebound_sim.policies.desk import Selection
from rebound_sim.policies.rule_folder import rules_in

SELECTIONS: dict[str, Selection] = rules_in(__name__)
#: A field of records that names one of them.
if TYPE_CHECKING:
    SelectionName = str
else:
    SelectionName = Literal[tuple(SELECTIONS)]
