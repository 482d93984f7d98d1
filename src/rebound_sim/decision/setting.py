"""What a study of decisions holds for: a sample of zones is not the programme."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

_MILLION = 1e6


@dataclass(frozen=True, slots=True)
class Setting:
    """title : of the world    zones : all of them    closures : in how many cases, and the jobs
    that they take    envelope_eur : 0 without a programme    months : simulated
    plans : made for all zones of a programme, and what their amounts are multiplied by in these"""

    title: str = ""
    zones: int = 0
    closures: int = 0
    jobs: int = 0
    envelope_eur: float = 0.0
    months: int = 0
    plans: Mapping[str, float] = field(default_factory=dict)

    def words(self) -> str:
        """What is known of it in a sentence or two."""
        if not self.zones:
            return "Which zones this holds for is not known: the folder has no manifest to read."
        money = f", envelope {self.envelope_eur / _MILLION:,.1f} M EUR" if self.envelope_eur else ""
        made = "".join(
            f" {name} is a plan for all zones of the programme: its lines in these, amounts times "
            f"{factor:.2f}."
            for name, factor in self.plans.items()
        )
        return (
            f"Holds for {self.title} ({self.closures} closures, {self.jobs:,} jobs{money}, "
            f"{self.months} months).{made}"
        )

    def record(self) -> dict[str, Any]:
        """Ready for JSON."""
        return asdict(self)


def setting_of(world: Mapping[str, Any], actions: Mapping[str, Any] | None = None) -> Setting:
    """Of a world as manifests hold it, and of what its arms do.

    Raises KeyError, TypeError, ValueError, AttributeError for something else.
    """
    closures = [closure for zone in world["zone"] for closure in zone["closure"]]
    programme = world["programme"] or {}
    return Setting(
        str(world["title"]),
        len(world["zone"]),
        len(closures),
        sum(int(closure["jobs"]) for closure in closures),
        float(programme.get("envelope_eur", 0.0)),
        int(world["time"]["months"]),
        {
            name: float(known["sampled"])
            for name, known in (actions or {}).items()
            if known.get("sampled") is not None
        },
    )
