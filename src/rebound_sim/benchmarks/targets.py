"""What the model should cost: the figure of each measurement that is wanted.

Times depend on the machine and the hour; ratios within one run much less.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Goal:
    """figure : name of a measurement    wanted : its target    least : True if more is better."""

    figure: str
    meaning: str
    unit: str
    wanted: float
    least: bool = False

    def met(self, value: float) -> bool:
        """True if `value` reaches the target."""
        return value >= self.wanted if self.least else value <= self.wanted


TARGETS = (
    Goal("mesa_ratio", "speed over a minimal market in plain Mesa", "1", 65.0, least=True),
    Goal("ns_per_worker_month", "a month of the full model, quiet machine",
           "ns per worker", 15.0),
    Goal("exponent", "cost from 10,000 to 500,000 active: slope of logs", "1", 1.0),
    Goal("cold_compile_seconds", "first compilation, wall, two cores", "s", 40.0),
    Goal("start_up_seconds", "first simulated month of a fresh process, warm", "s", 3.0),
    Goal("help_seconds", "rebound --help", "s", 0.07),
    Goal("share_simulated", "zone-months simulated over asked for, default comparison",
           "1", 0.56),
    Goal("replication_over_before", "a default replication over the same before issue 13", "1",
           0.5),
    Goal("first_result_seconds", "first provisional result of the default comparison, warm, two "
           "processes", "s", 45.0),
    Goal("end_seconds", "tables and figures of twelve replications of it", "s", 5.0),
    Goal("worker_bytes", "memory of a process that simulates the default comparison", "byte",
           1.2e9),
)  # fmt: skip


def beside_targets(figures: Mapping[str, float]) -> list[tuple[Goal, float]]:
    """Targets of the figures measured, with what was reached."""
    return [(t, figures[t.figure]) for t in TARGETS if t.figure in figures]
