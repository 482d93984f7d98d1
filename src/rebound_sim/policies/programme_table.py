"""Rules of a programme: money, capacities and calendar, as its file states them (`[programme]`)."""

from __future__ import annotations

from typing import Annotated, Any, Self

from pydantic import Field, StringConstraints, model_validator

from rebound_sim.policies.instruments import INSTRUMENTS
from rebound_sim.policies.instruments.engineering import DAY_EUR
from rebound_sim.policies.selection import SelectionName
from rebound_sim.reading.strict import LONGEST_MONTHS, StrictRecord

LARGEST_ENVELOPE_EUR = 100_000_000_000
LARGEST_DAYS = 1_000_000
#: Instruments that the national agents of a programme carry out; others are agents of the zones.
NATIONAL = ("engineering", "grants")

Name = Annotated[str, StringConstraints(min_length=1, max_length=60)]


def lever(default: Any = ..., *, unit: str, meaning: str, source: str, **bounds: Any) -> Any:
    """A lever of a programme, with its unit, meaning, bounds and where the default comes from.

    The source stands beside the value in files written by `rebound programme pick`.
    """
    return Field(
        default,
        description=f"{meaning} [{unit}]",
        json_schema_extra={"unit": unit, "source": source},
        **bounds,
    )


class ProgrammeTable(StrictRecord):
    """Money, capacities and calendar of a programme. Sources: evidence of Rebond industriel."""

    start_month: int = lever(
        6,
        unit="months",
        meaning="month, from 0 after the burn-in, when the envelope opens",
        source="assumed: the call opens half a year after the first announcements",
        ge=0,
        le=LONGEST_MONTHS,
    )
    envelope_eur: int = lever(
        unit="EUR",
        meaning="money of the programme: engineering and grants",
        source="Rebond industriel, 1 August 2022: 100 million for 30 territories",
        gt=0,
        le=LARGEST_ENVELOPE_EUR,
    )
    engineering_share: float = lever(
        0.10,
        unit="share",
        meaning="share of the envelope for engineering; the rest is for grants",
        source="10 million (Banque des Territoires) and 90 million (Bpifrance)",
        ge=0,
        le=1,
    )
    daily_cost_eur: int = lever(
        DAY_EUR,
        unit="EUR/person-day",
        meaning="price of a day of consultants",
        source="Morlaix 2023: 100 person-days for 150,000 EUR (Senate, 24100163S)",
        gt=0,
        le=100_000,
    )
    mission_days_most: int = lever(
        600,
        unit="person-days",
        meaning="most engineering that one zone can receive",
        source="assumed: four missions of the pilot (145 person-days each)",
        ge=1,
        le=LARGEST_DAYS,
    )
    mission_days_month: int = lever(
        50,
        unit="person-days/month",
        meaning="most engineering in one zone in a month",
        source="missions of 100 to 145 person-days last about 3 months",
        ge=1,
        le=LARGEST_DAYS,
    )
    consultant_days_month: int = lever(
        800,
        unit="person-days/month",
        meaning="capacity of consultants, shared between zones",
        source="assumed: 16 missions at full pace; about ten territories a year were announced",
        ge=1,
        le=LARGEST_DAYS,
    )
    grants_delay_months: int = lever(
        3,
        unit="months",
        meaning="months from the opening of the envelope to that of grants",
        source="engineering lasts about 3 months",
        ge=0,
        le=LONGEST_MONTHS,
    )
    window_months: int = lever(
        36,
        unit="months",
        meaning="months during which files are accepted and money is committed",
        source="call open from August 2022 to October 2026; assumed shorter for one zone",
        ge=1,
        le=LONGEST_MONTHS,
    )
    committee_months: int = lever(
        3,
        unit="months",
        meaning="months between two committees",
        source="assumed: Morlaix's files waited five months for the national committee",
        ge=1,
        le=LONGEST_MONTHS,
    )
    allocation_months: int = lever(
        6,
        unit="months",
        meaning="months between two allocations of money to zones",
        source="assumed; territories were selected every four months",
        ge=1,
        le=LONGEST_MONTHS,
    )
    appraisal_capacity: int = lever(
        40,
        unit="files/month",
        meaning="files that the fund operator appraises in a month, all zones together",
        source="assumed: two fifths of the regional fund of 2020-21 (1,416 grants in 14 months)",
        ge=1,
        le=LARGEST_DAYS,
    )
    zone_ceiling_eur: int = lever(
        15_000_000,
        unit="EUR",
        meaning="most that one zone can be allocated in grants",
        source="assumed: three times the largest envelope of a territory (1.5 to 5 million)",
        gt=0,
        le=LARGEST_ENVELOPE_EUR,
    )
    cofinancing_share: float = lever(
        0.0,
        unit="EUR per EUR of grant",
        meaning="money that the region adds to each grant",
        source="none: only projects without other funding were accepted",
        ge=0,
        le=4,
    )
    selection: SelectionName = Field(
        "merit", description="how files are ranked inside the envelope of a zone"
    )
    coupling: bool = Field(
        True, description="zones that touch share an outside labour market (modelled)"
    )
    strategies: tuple[Name, ...] = Field(
        strict=False, min_length=1, description="strategies compared when none is asked for"
    )

    instruments_eur: dict[str, Annotated[int, Field(ge=0, le=LARGEST_ENVELOPE_EUR)]] = Field(
        {}, description="money of the envelope for other instruments, by name [EUR]"
    )

    @model_validator(mode="after")
    def _check(self) -> Self:
        known = [n for n, item in INSTRUMENTS.items() if item.allocated and n not in NATIONAL]
        for name in self.instruments_eur:
            if name not in known:
                raise ValueError(f"instruments_eur: {name} is none of {', '.join(known)}")
        if self.grants_eur < 0:
            raise ValueError("instruments_eur and engineering take more than the envelope")
        return self

    @property
    def engineering_eur(self) -> int:
        """Part of the envelope for engineering [EUR], rounded to the euro."""
        return round(self.envelope_eur * self.engineering_share)

    @property
    def grants_eur(self) -> int:
        """Part of the envelope for grants [EUR]: what is left."""
        return self.envelope_eur - self.engineering_eur - sum(self.instruments_eur.values())
