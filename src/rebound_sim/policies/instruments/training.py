"""Training places for the displaced, on top of the ordinary offer."""

from __future__ import annotations

from typing import Self

from rebound_sim.policies.instruments.instrument import (
    Funder,
    Instrument,
    Settings,
    Words,
    duration,
    start,
)
from rebound_sim.reading.strict import quantity


class Training(Settings):
    """Training places for job seekers, on top of the ordinary offer."""

    places_per_month: int = quantity(
        0, unit="persons/month", meaning="entries into training", ge=0, le=1_000_000
    )
    start_month: int = start(0)
    duration_months: int = duration(24, "months during which places open")
    # Nearly 15 bn EUR for two million people, national plan for skills 2018-22 (2017).
    cost_per_place_eur: int = quantity(
        7_500, unit="EUR/person", meaning="public cost of a place", ge=0, le=1_000_000
    )

    @classmethod
    def bought(cls, amount: int, start_month: int, months: int) -> Self:
        """The same number of places each month, as long as the money pays at least one."""
        places = amount // int(cls.model_fields["cost_per_place_eur"].default)
        monthly = max(places // months, 1)
        paid = min(places // monthly, months)
        if paid < 1:
            return cls(enabled=False)
        return cls(places_per_month=monthly, start_month=start_month, duration_months=paid)

    def cost(self) -> int:
        """Places at their price."""
        return self.places_per_month * self.duration_months * self.cost_per_place_eur


TRAINING = Instrument(
    name="training",
    funder=Funder.STATE,
    settings=Training,
    agent="rebound_sim.agents.training:TrainingPlaces",
    english=Words("training places", "courses for the displaced, on top of the ordinary offer"),
    french=Words("places de formation", "des formations pour les licenciés, en plus de l'offre"),
)
