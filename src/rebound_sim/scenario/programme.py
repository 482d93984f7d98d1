"""The world: zones with their closures, what acts on them, and the programme that they may share.

Frozen records with the names of the TOML file (`[programme]`, `[[zone]]`). They check what one
value can tell alone; `scenario.load_world` checks them against the figures of the zones.
"""

from __future__ import annotations

import hashlib
import json
import re
from typing import Annotated, Self

from pydantic import Field, model_validator

from rebound_sim.data.dated import notes
from rebound_sim.errors import InputError
from rebound_sim.policies.definition import Base
from rebound_sim.policies.programme_table import Name, ProgrammeTable
from rebound_sim.reading.strict import StrictRecord
from rebound_sim.scenario.dated_zone import AT_DATE, AtDate, check_dated, without_empty_date
from rebound_sim.scenario.definition import (
    Basin,
    Closure,
    Conditions,
    PolicyChoice,
    Scenario,
    SyntheticBasin,
    Time,
    Title,
)
from rebound_sim.scenario.published import COUNTS, GAPS, PublishedCount, PublishedGap


class ZoneEntry(StrictRecord):
    """A zone of the world and the sites that close there; without a site, a control zone."""

    code: Name = Field(
        description="code of the zone d'emploi 2020, or any label of a synthetic zone"
    )
    closure: tuple[Closure, ...] = Field((), strict=False, description="sites that close")
    synthetic: SyntheticBasin | None = Field(
        None, description="stated characteristics, in place of the figures of a real zone"
    )
    at_date: AtDate | None = Field(None, description=AT_DATE)
    conditions: Conditions | None = Field(
        None, description="what the zone undergoes from outside, in place of the world's"
    )
    base: Base | None = Field(
        None, description="what law and ordinary institutions do there, in place of the world's"
    )

    @model_validator(mode="after")
    def _check(self) -> Self:
        # A label is a name of files and columns; `basin` copies it without checking it again.
        if self.synthetic is not None and not re.fullmatch(r"[\w-]+", self.code):
            raise ValueError(
                f"the label of a synthetic zone has letters, digits, _ and - only, not {self.code}"
            )
        check_dated(self.code, self.at_date)
        return self

    @property
    def announcement_month(self) -> int:
        """Month of its first announcement; 0 without any."""
        return min((site.announcement_month for site in self.closure), default=0)

    @property
    def basin(self) -> Basin:
        """The basin of a scenario of this zone alone."""
        if self.synthetic is not None:
            return Basin(synthetic=self.synthetic.model_copy(update={"label": self.code}))
        return Basin(zone=self.code, at_date=self.at_date)


#: What no simulation reads.
_TEXTS = {"title", "description", "figures", "policies", "count", "gap"}


class FigureChoice(StrictRecord):
    """Figures drawn of the results. Names: `rebound figures --list`."""

    only: tuple[Name, ...] = Field(
        (), strict=False, max_length=100, description="figures drawn; the usual ones if none"
    )


class World(StrictRecord):
    """Zones, one or forty, and the programme that they share if there is one. Same digest, same
    world: texts, what was published, strategies and figures are left out."""

    title: Title
    description: str = Field("", max_length=10_000)
    programme: ProgrammeTable | None = None
    time: Time = Time()
    zone: tuple[ZoneEntry, ...] = Field(
        strict=False, min_length=1, max_length=306, description="zones of the programme"
    )
    conditions: Conditions = Conditions()
    base: Base = Field(
        Base(), description="what law and ordinary institutions do in every zone and arm"
    )
    policies: tuple[Name, ...] = Field(
        (),
        strict=False,
        description="policies of zones compared when none is asked for: shipped ones, or TOML "
        "files beside this one",
    )
    # The registry refuses NaN itself, with the range of the parameter.
    parameters: dict[str, Annotated[float, Field(allow_inf_nan=True)]] = Field(
        {}, description="values that replace defaults, by full name: 'search.effort_decay'"
    )
    figures: FigureChoice = FigureChoice()
    count: tuple[PublishedCount, ...] = COUNTS
    gap: tuple[PublishedGap, ...] = GAPS

    @model_validator(mode="after")
    def _check(self) -> Self:
        if (self.count or self.gap) and len(self.zone) > 1:
            raise ValueError("counts and gaps are of one closure: give a world of one zone")
        return self

    def digest(self) -> str:
        """Digest of all that a simulation reads from the file: 16 hexadecimal digits."""
        values = self.model_dump(mode="json", exclude=_TEXTS)
        for entry in values["zone"]:
            without_empty_date(entry)
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

    def date_notes(self) -> tuple[str, ...]:
        """Figures of zones at a quarter that stand for others: what their user should know."""
        found: list[str] = []
        for entry in self.zone:
            code, dated, quarter = entry.code.partition("@")
            if dated:
                found += notes(code, quarter, entry.basin.given)
        return tuple(found)

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
            conditions=entry.conditions or self.conditions,
            base=entry.base or self.base,
            policy=PolicyChoice(name=self.policies[0]) if self.policies else PolicyChoice(),
            parameters=self.parameters,
            count=self.count,
            gap=self.gap,
        )


def world_of(scenario: Scenario) -> World:
    """The world of one zone that a scenario describes."""
    basin = scenario.basin
    code = basin.zone if basin.synthetic is None else basin.synthetic.label
    return World(
        title=scenario.title,
        description=scenario.description,
        time=scenario.time,
        zone=(
            ZoneEntry(
                code=str(code),
                closure=scenario.closure,
                synthetic=basin.synthetic,
                at_date=basin.at_date,
            ),
        ),
        conditions=scenario.conditions,
        base=scenario.base,
        policies=(scenario.policy.name,),
        parameters=scenario.parameters,
        count=scenario.count,
        gap=scenario.gap,
    )
