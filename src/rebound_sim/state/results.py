"""What one replication gives back: trajectories and supported projects, one set per arm.

An arm is one future of the same basin under the same luck: `no_shock` (no closure), `none`
(closure, no intervention), then one per policy.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

Column = NDArray[Any]


@dataclass(frozen=True)
class ArmResult:
    """One arm of one replication.

    trajectory : outcome name -> array[months], month 0 being the first after the burn-in
    projects   : attribute name -> array[supported projects]
    digest     : hexadecimal digest of the arm's final state
    """

    trajectory: Mapping[str, Column]
    projects: Mapping[str, Column]
    digest: str

    def __post_init__(self) -> None:
        for what, columns in (("trajectory", self.trajectory), ("projects", self.projects)):
            lengths = {name: np.shape(column) for name, column in columns.items()}
            if len(set(lengths.values())) > 1 or any(len(s) != 1 for s in lengths.values()):
                raise ValueError(f"columns of {what} must be 1-D and of one length: {lengths}")


@dataclass(frozen=True)
class ReplicationResult:
    """All arms of one replication. arms : arm name -> ArmResult, in the order simulated."""

    replication: int
    arms: Mapping[str, ArmResult]
