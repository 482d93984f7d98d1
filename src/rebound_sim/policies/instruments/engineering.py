"""Engineering (ingénierie): consultants who visit firms, find projects and mature them."""

from __future__ import annotations

from typing import Final, Self

from rebound_sim.policies.instruments.instrument import (
    Funder,
    Instrument,
    Settings,
    Words,
    duration,
    start,
)
from rebound_sim.reading.strict import quantity

#: Price of a day of consultants [EUR]: Morlaix 2023, 100 person-days for 150,000 EUR (Senate,
#: 24100163S).
DAY_EUR: Final = 1_500


class Engineering(Settings):
    """A mission of consultants that visits firms, finds projects and matures them (ingénierie)."""

    person_days: int = quantity(
        unit="person-days", meaning="days of consultants", ge=1, le=1_000_000
    )
    duration_months: int = duration(..., "length of the mission")
    start_month: int = start(...)
    daily_cost_eur: int = quantity(
        DAY_EUR, unit="EUR/person-day", meaning="price of a day", ge=0, le=100_000
    )

    @classmethod
    def bought(cls, amount: int, start_month: int, months: int) -> Self:
        """Whole days, spread over the months."""
        days = amount // int(cls.model_fields["daily_cost_eur"].default)
        return cls(person_days=days, duration_months=months, start_month=start_month)

    def cost(self) -> int:
        """Days at their price."""
        return self.person_days * self.daily_cost_eur


ENGINEERING = Instrument(
    name="engineering",
    funder=Funder.STATE,
    settings=Engineering,
    agent="rebound_sim.agents.engineering:EngineeringMission",
    english=Words("engineering", "consultants visit firms, find projects and mature them"),
    french=Words(
        "ingénierie", "des consultants visitent des entreprises, repèrent et mûrissent des projets"
    ),
)
