"""The region's money beside each grant."""

from __future__ import annotations

from rebound_sim.policies.instruments.instrument import Funder, Instrument, Settings, Words
from rebound_sim.reading.strict import quantity


class Region(Settings):
    """The region adds money to grants."""

    cofinancing_share: float = quantity(
        0.0, unit="EUR per EUR of grant", meaning="money added to each grant", ge=0, le=4
    )


REGION = Instrument(
    name="region",
    funder=Funder.REGION,
    settings=Region,
    agent="",
    english=Words("regional co-financing", "the region adds money to each grant"),
    french=Words("cofinancement régional", "la région complète chaque subvention"),
    allocated=False,
)
