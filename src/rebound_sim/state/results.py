"""What one replication gives back: the tables of every arm and zone.

An arm is one future of a world under the same luck: `no_shock` (no closure), `none` (closures, no
intervention), then policies, plans and strategies.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

Column = NDArray[Any]


@dataclass(frozen=True)
class SimulationResult:
    """All zones of a world under a group of arms, in one replication.

    Each table is column -> array[rows]. Columns `arm` and `zone` (text) come first; `no_shock`
    and `none` are arms like others.

    trajectories : one row per (arm, zone, month from the end of the burn-in): month, then every
                   outcome
    runs         : one row per (arm, zone): status ("done" or "failed"), error, allocation
                   (digest of the decisions that reached the zone), digest (of the final state),
                   shared (simulated with another arm to the end), months_simulated
    ledger       : journal of euros: instrument, project (-1 none), month, kind, amount_eur;
                   zone is "" for national movements
    projects     : one row per (arm, zone, project that is supported or opened jobs in that arm)
    printed      : arm -> what the user's rule wrote on its output
    """

    replication: int
    trajectories: Mapping[str, Column]
    runs: Mapping[str, Column]
    ledger: Mapping[str, Column]
    projects: Mapping[str, Column]
    printed: Mapping[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for what in ("trajectories", "runs", "ledger", "projects"):
            _check_table(what, getattr(self, what))


def _check_table(what: str, columns: Mapping[str, Column]) -> None:
    lengths = {name: np.shape(column) for name, column in columns.items()}
    if len(set(lengths.values())) > 1 or any(len(shape) != 1 for shape in lengths.values()):
        raise ValueError(f"columns of {what} must be 1-D and of one length: {lengths}")
