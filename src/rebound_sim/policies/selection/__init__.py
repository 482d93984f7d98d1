"""Selection rules of a committee: one small file each, listed here by name."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from rebound_sim.policies.desk import Selection
from rebound_sim.policies.selection.chance import chance
from rebound_sim.policies.selection.first_come import first_come
from rebound_sim.policies.selection.jobs_per_euro import jobs_per_euro
from rebound_sim.policies.selection.merit import merit

SELECTIONS: dict[str, Selection] = {
    "merit": merit,
    "first_come": first_come,
    "jobs_per_euro": jobs_per_euro,
    "random": chance,
}
#: A field of records that names one of them.
if TYPE_CHECKING:
    SelectionName = str
else:
    SelectionName = Literal[tuple(SELECTIONS)]
