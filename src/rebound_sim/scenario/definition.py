"""The scenario: a basin, its closures, the time simulated and the conditions around it.

Frozen records with the names of the TOML file. They check what one value can tell alone;
`scenario.load` checks them against the figures of the zone and the registry of parameters.
"""

from __future__ import annotations

import hashlib
import json
import math
from typing import Annotated, Literal, Self

from pydantic import Field, StringConstraints, model_validator

from rebound_sim.data.dated import Given
from rebound_sim.policies.definition import Base
from rebound_sim.reading.strict import LONGEST_MONTHS, StrictRecord, quantity
from rebound_sim.scenario.dated_zone import (
    AT_DATE,
    LARGEST_BASIN,
    AtDate,
    check_dated,
    without_empty_date,
)
from rebound_sim.scenario.published import COUNTS, GAPS, PublishedCount, PublishedGap

Title = Annotated[str, StringConstraints(min_length=1, max_length=200)]
Share = Annotated[float, Field(ge=0, le=1)]


class SyntheticBasin(StrictRecord):
    """A basin with stated characteristics; what is not stated comes from national means."""

    label: Annotated[str, StringConstraints(pattern=r"^[\w-]{1,60}$")] = Field(
        "SYNT", description="what the zone is called; zones of two labels have their own luck"
    )
    employed_residents: int = quantity(
        unit="persons", meaning="employed residents aged 15-64", ge=500, le=LARGEST_BASIN
    )
    unemployment_rate_percent: float = quantity(
        unit="%", meaning="unemployment rate, ILO concept", gt=0, le=40
    )
    industry_share: float = quantity(
        unit="share", meaning="share of salaried jobs in industry (sections B to E)", ge=0, le=0.9
    )
    establishments: int = quantity(
        unit="firms", meaning="establishments with employees", ge=20, le=LARGEST_BASIN
    )
    area_km2: float = quantity(unit="km2", meaning="area", gt=0, le=100_000)
    places: int = quantity(unit="places", meaning="groups of municipalities", ge=1, le=12)
    qualification_shares: tuple[Share, Share, Share, Share] = Field(
        strict=False,
        description="residents below bac, with bac, with bac+2, above [share]",
        json_schema_extra={"unit": "share"},
    )

    @model_validator(mode="after")
    def _check(self) -> Self:
        if not math.isclose(sum(self.qualification_shares), 1.0, abs_tol=1e-6):
            raise ValueError(
                f"qualification_shares must sum to 1, not {sum(self.qualification_shares):g}"
            )
        if self.establishments > self.employed_residents:
            raise ValueError("establishments cannot outnumber employed_residents")
        return self


class Basin(StrictRecord):
    """A zone d'emploi by its Insee code, or a synthetic basin: exactly one of the two."""

    zone: str | None = Field(
        None,
        description="code of the zone d'emploi 2020, such as '3202', or '3202@2013-T1' for the "
        "zone as it was at a quarter",
    )
    synthetic: SyntheticBasin | None = None
    at_date: AtDate | None = Field(None, description=AT_DATE)

    @model_validator(mode="after")
    def _check(self) -> Self:
        if (self.zone is None) == (self.synthetic is None):
            raise ValueError("give either zone or [basin.synthetic], and not both")
        check_dated(self.zone or "", self.at_date)
        return self

    @property
    def given(self) -> Given | None:
        """Figures at the date that replace those of the tables; None without any."""
        if self.at_date is None:
            return None
        return self.at_date.given((self.zone or "").partition("@")[0])


class Time(StrictRecord):
    """How long the basin is simulated."""

    burn_in_months: int = quantity(
        24, unit="months", meaning="months before month 0, to settle", ge=0, le=LONGEST_MONTHS
    )
    months: int = quantity(
        120, unit="months", meaning="months simulated after the burn-in", ge=1, le=LONGEST_MONTHS
    )


class Tranche(StrictRecord):
    """A part of the layoffs of a closure."""

    month: int = quantity(
        unit="months", meaning="months after the announcement", ge=0, le=LONGEST_MONTHS
    )
    share: float = quantity(unit="share", meaning="share of the jobs of the site", gt=0, le=1)


class Closure(StrictRecord):
    """A site that closes. Values left out (None) come from the parameters of the topic closure."""

    sector: str = Field(description="A38 code of the site's sector, such as 'CG'")
    jobs: int = quantity(unit="jobs", meaning="jobs of the site", ge=1, le=1_000_000)
    announcement_month: int = quantity(
        0, unit="months", meaning="month of the announcement", ge=0, le=LONGEST_MONTHS
    )
    # TOML gives lists: `strict=False` converts the container alone, never its items.
    tranches: tuple[Tranche, ...] = Field(
        (Tranche(month=6, share=1.0),),
        strict=False,
        min_length=1,
        description="layoffs, in order of months",
    )
    group: Literal["solvent", "insolvent"] = Field(
        "solvent", description="whether the closing group can pay for its legal obligations"
    )
    group_employees: int = quantity(
        1000, unit="persons", meaning="employees of the group", ge=1, le=5_000_000
    )
    local_purchases_share: float | None = quantity(
        None, unit="share", meaning="purchases of the site made in the basin", ge=0, le=1
    )
    redeployment_share: float | None = quantity(
        None, unit="share", meaning="workers redeployed in the group, elsewhere", ge=0, le=1
    )
    takeover_probability: float | None = quantity(
        None, unit="share", meaning="probability that a buyer takes the site over", ge=0, le=1
    )
    takeover_month: int = quantity(
        6, unit="months", meaning="months from announcement to takeover", ge=0, le=LONGEST_MONTHS
    )
    takeover_jobs_share: float | None = quantity(
        None, unit="share", meaning="jobs that a buyer keeps", gt=0, le=1
    )
    takeover_failure_probability: float | None = quantity(
        None, unit="share", meaning="probability that the buyer fails later", ge=0, le=1
    )
    reuse_month: int | None = quantity(
        None,
        unit="months",
        meaning="months from announcement to reuse of the site",
        ge=1,
        le=LONGEST_MONTHS,
    )
    reuse_jobs: int | None = quantity(
        None, unit="jobs", meaning="jobs of the new activities on the site", ge=1, le=1_000_000
    )

    @model_validator(mode="after")
    def _check(self) -> Self:
        months = [tranche.month for tranche in self.tranches]
        if months != sorted(set(months)):
            raise ValueError(f"months of tranches must increase, not {months}")
        total = sum(tranche.share for tranche in self.tranches)
        if not math.isclose(total, 1.0, abs_tol=1e-6):
            raise ValueError(f"shares of tranches must sum to 1, not {total:g}")
        if (self.reuse_month is None) != (self.reuse_jobs is None):
            raise ValueError("reuse_month and reuse_jobs are given together, or neither")
        return self

    @property
    def first_layoff_month(self) -> int:
        """Month of the first layoffs, counted from the end of the burn-in."""
        return int(self.announcement_month + self.tranches[0].month)


class Conditions(StrictRecord):
    """What the basin undergoes from outside."""

    external_unemployment_rate_percent: float | None = quantity(
        None,
        unit="%",
        meaning="unemployment rate around the basin; national if absent",
        gt=0,
        le=40,
    )
    cycle_amplitude: float = quantity(
        0.0, unit="share", meaning="amplitude of the cycle of external demand", ge=0, le=0.5
    )
    cycle_period_months: int = quantity(
        96, unit="months", meaning="period of the cycle", ge=12, le=LONGEST_MONTHS
    )
    external_demand: tuple[Annotated[float, Field(gt=0, le=1e6)], ...] = Field(
        (),
        strict=False,
        description="index of external demand at months 0, 12, 24 …, on any base: straight "
        "between them, level before the first and after the last",
        json_schema_extra={"unit": "index"},
    )
    external_unemployment: tuple[Annotated[float, Field(gt=0, le=40)], ...] = Field(
        (),
        strict=False,
        description="unemployment rate around the basin at months 0, 12, 24 …, as external_demand; "
        "its changes act, not its level",
        json_schema_extra={"unit": "%"},
    )
    sector_trends: dict[str, Annotated[float, Field(ge=-0.5, le=0.5)]] = Field(
        {}, description="yearly growth of external demand by A38 sector [year^-1]"
    )

    @model_validator(mode="after")
    def _check(self) -> Self:
        if self.external_unemployment and self.external_unemployment_rate_percent is not None:
            raise ValueError(
                "give either external_unemployment_rate_percent or external_unemployment"
            )
        return self

    def external_demand_at(self, month: int) -> float:
        """External demand of a month after the burn-in, relative to month 0."""
        return _relative_path(self.external_demand, month)

    def external_unemployment_at(self, month: int) -> float:
        """Unemployment rate around the basin in a month, relative to month 0."""
        return _relative_path(self.external_unemployment, month)


def _relative_path(yearly: tuple[float, ...], month: int) -> float:
    """A yearly path over its first value: straight between years, level after; 1 if empty."""
    year = month // 12
    if year >= len(yearly) - 1:
        return yearly[-1] / yearly[0] if yearly else 1.0
    return (yearly[year] + (yearly[year + 1] - yearly[year]) * (month % 12) / 12.0) / yearly[0]


class PolicyChoice(StrictRecord):
    """The policy that the main job compares with doing nothing."""

    name: Title = Field("rebond", description="a named policy, or a TOML file beside the scenario")


class Scenario(StrictRecord):
    """One zone of a world, alone. Same digest, same world: texts, what was published and the policy
    are left out."""

    title: Title
    description: str = Field("", max_length=10_000)
    basin: Basin
    time: Time = Time()
    closure: tuple[Closure, ...] = Field((), strict=False, description="sites that close")
    conditions: Conditions = Conditions()
    base: Base = Base()
    policy: PolicyChoice = PolicyChoice()
    # The registry refuses NaN itself, with the range of the parameter.
    parameters: dict[str, Annotated[float, Field(allow_inf_nan=True)]] = Field(
        {}, description="values that replace defaults, by full name: 'search.effort_decay'"
    )
    count: tuple[PublishedCount, ...] = COUNTS
    gap: tuple[PublishedGap, ...] = GAPS

    def digest(self) -> str:
        """Digest of all that a simulation reads from the scenario: 16 hexadecimal digits."""
        told = {"title", "description", "policy", "count", "gap"}
        values = self.model_dump(mode="json", exclude=told)
        without_empty_date(values["basin"])
        text = json.dumps(values, sort_keys=True, separators=(",", ":"))
        return hashlib.sha256(text.encode()).hexdigest()[:16]
