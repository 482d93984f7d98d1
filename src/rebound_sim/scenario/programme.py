"""The programme: one envelope, many zones with their closures, and the calendar of decisions.

Frozen records with the names of the TOML file (`[programme]`, `[[zone]]`). They check what one
value can tell alone; `scenario.load_programme` checks them against the figures of the zones.
"""

from __future__ import annotations

import hashlib
import json
import re
from typing import Annotated, Any, Self

from pydantic import Field, StringConstraints, model_validator

from rebound_sim.errors import InputError
from rebound_sim.scenario.definition import (
    LONGEST_MONTHS,
    Basin,
    Closure,
    Conditions,
    Scenario,
    SyntheticBasin,
    Time,
    Title,
)
from rebound_sim.scenario.strict import StrictRecord

LARGEST_ENVELOPE_EUR = 100_000_000_000
LARGEST_DAYS = 1_000_000

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
        1500,
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
    selection: Name = Field(
        "merit", description="how files are ranked inside the envelope of a zone"
    )
    coupling: bool = Field(
        True, description="zones that touch share an outside labour market (modelled)"
    )
    strategies: tuple[Name, ...] = Field(
        strict=False, min_length=1, description="strategies compared when none is asked for"
    )

    @property
    def engineering_eur(self) -> int:
        """Part of the envelope for engineering [EUR], rounded to the euro."""
        return round(self.envelope_eur * self.engineering_share)

    @property
    def grants_eur(self) -> int:
        """Part of the envelope for grants [EUR]."""
        return self.envelope_eur - self.engineering_eur


class ZoneEntry(StrictRecord):
    """A zone of the programme and the sites that close there; without a site, a control zone."""

    code: Name = Field(
        description="code of the zone d'emploi 2020, or any label of a synthetic zone"
    )
    closure: tuple[Closure, ...] = Field((), strict=False, description="sites that close")
    synthetic: SyntheticBasin | None = Field(
        None, description="stated characteristics, in place of the figures of a real zone"
    )

    @model_validator(mode="after")
    def _check(self) -> Self:
        # A label is a name of files and columns; `basin` copies it without checking it again.
        if self.synthetic is not None and not re.fullmatch(r"[\w-]+", self.code):
            raise ValueError(
                f"the label of a synthetic zone has letters, digits, _ and - only, not {self.code}"
            )
        return self

    @property
    def basin(self) -> Basin:
        """The basin of a scenario of this zone alone."""
        if self.synthetic is not None:
            return Basin(synthetic=self.synthetic.model_copy(update={"label": self.code}))
        return Basin(zone=self.code)


class FigureChoice(StrictRecord):
    """Figures drawn of the results. Names: `rebound figures --list`."""

    only: tuple[Name, ...] = Field(
        (), strict=False, max_length=100, description="figures drawn; the usual ones if none"
    )


class World(StrictRecord):
    """Zones, one or forty, and the programme that they share if there is one. Same digest, same
    world: texts, strategies and figures are left out."""

    title: Title
    description: str = Field("", max_length=10_000)
    programme: ProgrammeTable | None = None
    time: Time = Time()
    zone: tuple[ZoneEntry, ...] = Field(
        strict=False, min_length=1, max_length=306, description="zones of the programme"
    )
    conditions: Conditions = Conditions()
    # The registry refuses NaN itself, with the range of the parameter.
    parameters: dict[str, Annotated[float, Field(allow_inf_nan=True)]] = Field(
        {}, description="values that replace defaults, by full name: 'search.effort_decay'"
    )
    figures: FigureChoice = FigureChoice()

    def digest(self) -> str:
        """Digest of all that a simulation reads from the file: 16 hexadecimal digits."""
        values = self.model_dump(mode="json", exclude={"title", "description", "figures"})
        if self.programme is not None:
            del values["programme"]["strategies"]
        text = json.dumps(values, sort_keys=True, separators=(",", ":"))
        return hashlib.sha256(text.encode()).hexdigest()[:16]

    def national(self) -> ProgrammeTable:
        """The programme. Raises InputError in a world without one."""
        if self.programme is None:
            raise InputError(
                "this world has no programme: strategies need an envelope to allocate",
                key="programme",
                allowed="a file with a table [programme]",
            )
        return self.programme

    @property
    def coupled(self) -> bool:
        """True if zones that touch share an outside labour market."""
        return self.programme is None or self.programme.coupling

    @property
    def codes(self) -> tuple[str, ...]:
        """Codes of the zones, in file order."""
        return tuple(entry.code for entry in self.zone)

    def zone_scenario(self, code: str) -> Scenario:
        """The scenario of one zone of the world, as if it were alone.

        Raises KeyError for a zone that is not in the world.
        """
        entry = next((entry for entry in self.zone if entry.code == code), None)
        if entry is None:
            raise KeyError(code)
        return Scenario(
            title=f"{self.title[:130]}: {code}",
            basin=entry.basin,
            time=self.time,
            closure=entry.closure,
            conditions=self.conditions,
            parameters=self.parameters,
        )


#: Former name.
ProgrammeScenario = World


def world_of(scenario: Scenario) -> World:
    """The world of one zone that a scenario describes."""
    basin = scenario.basin
    code = basin.zone if basin.synthetic is None else basin.synthetic.label
    return World(
        title=scenario.title,
        description=scenario.description,
        time=scenario.time,
        zone=(ZoneEntry(code=str(code), closure=scenario.closure, synthetic=basin.synthetic),),
        conditions=scenario.conditions,
        parameters=scenario.parameters,
    )
