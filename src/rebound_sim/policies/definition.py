"""A policy for one basin: which instruments, how much, when.

A section that is absent is an instrument that is not used. Months count from the announcement of
the closure. Euros are whole.
"""

from __future__ import annotations

import hashlib
import json
from importlib.resources import files
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from rebound_sim.errors import InputError, nearest
from rebound_sim.reading.source import read_source
from rebound_sim.reading.strict import LONGEST_MONTHS, StrictRecord, quantity, validated
from rebound_sim.units import MONTHS_PER_YEAR

LARGEST_BUDGET_EUR = 100_000_000_000
RESERVED_NAMES = ("no_shock",)
NO_POLICY = "none"


class Engineering(StrictRecord):
    """A mission of consultants that visits firms, finds projects and matures them (ingénierie)."""

    person_days: int = quantity(
        unit="person-days", meaning="days of consultants", ge=1, le=1_000_000
    )
    duration_months: int = quantity(
        unit="months", meaning="length of the mission", ge=1, le=LONGEST_MONTHS
    )
    start_month: int = quantity(
        unit="months", meaning="months after the announcement", ge=0, le=LONGEST_MONTHS
    )
    daily_cost_eur: int = quantity(
        1500, unit="EUR/person-day", meaning="price of a day", ge=0, le=100_000
    )


class Grants(StrictRecord):
    """A fund for industrial investment."""

    envelope_eur: int = quantity(
        unit="EUR", meaning="money of the fund", ge=0, le=LARGEST_BUDGET_EUR
    )
    start_month: int = quantity(
        unit="months", meaning="months after the announcement", ge=0, le=LONGEST_MONTHS
    )
    duration_months: int = quantity(
        unit="months", meaning="months during which files are accepted", ge=1, le=LONGEST_MONTHS
    )
    selection: Literal["merit", "first_come", "jobs_per_euro", "random"] = Field(
        "merit", description="how files are ranked when money is short"
    )


class Revitalisation(StrictRecord):
    """The legal agreement of a solvent closing group, paid by the group."""

    enabled: bool = True
    minimum_wages_per_job: float = quantity(
        3.0,
        unit="monthly minimum wages per job cut",
        meaning="size of the contribution",
        ge=2,
        le=4,
    )
    delay_months: int = quantity(
        6, unit="months", meaning="months from announcement to agreement", ge=0, le=LONGEST_MONTHS
    )
    duration_months: int = quantity(
        36, unit="months", meaning="months during which money is used", ge=1, le=LONGEST_MONTHS
    )


class Region(StrictRecord):
    """The region adds money to grants."""

    cofinancing_share: float = quantity(
        0.0, unit="EUR per EUR of grant", meaning="money added to each grant", ge=0, le=4
    )


class ProjectManager(StrictRecord):
    """A territorial project manager in the inter-municipal authority."""

    enabled: bool = True
    annual_cost_eur: int = quantity(44_000, unit="EUR/year", meaning="cost", ge=0, le=1_000_000)


class Accelerator(StrictRecord):
    """Business support for sponsor firms."""

    firms: int = quantity(0, unit="firms", meaning="firms supported", ge=0, le=100_000)
    start_month: int = quantity(
        0, unit="months", meaning="months after the announcement", ge=0, le=LONGEST_MONTHS
    )
    cost_per_firm_eur: int = quantity(
        0, unit="EUR/firm", meaning="public cost of a firm", ge=0, le=10_000_000
    )


class Training(StrictRecord):
    """Training places for job seekers, on top of the ordinary offer."""

    places_per_month: int = quantity(
        0, unit="persons/month", meaning="entries into training", ge=0, le=1_000_000
    )
    start_month: int = quantity(
        0, unit="months", meaning="months after the announcement", ge=0, le=LONGEST_MONTHS
    )
    duration_months: int = quantity(
        24, unit="months", meaning="months during which places open", ge=1, le=LONGEST_MONTHS
    )
    cost_per_place_eur: int = quantity(
        0, unit="EUR/person", meaning="public cost of a place", ge=0, le=1_000_000
    )


class TakeoverSupport(StrictRecord):
    """Public money for a buyer of the closing site."""

    enabled: bool = True
    budget_eur: int = quantity(
        unit="EUR", meaning="most that is given", ge=0, le=LARGEST_BUDGET_EUR
    )


class Policy(StrictRecord):
    """One policy. Its name is its arm in results."""

    name: Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]*$", max_length=60)] = Field(
        description="lower-case letters, digits and _"
    )
    title: str = ""
    description: str = ""
    engineering: Engineering | None = None
    grants: Grants | None = None
    revitalisation: Revitalisation | None = None
    region: Region | None = None
    project_manager: ProjectManager | None = None
    accelerator: Accelerator | None = None
    training: Training | None = None
    takeover_support: TakeoverSupport | None = None

    def digest(self) -> str:
        """Digest of the instruments (texts left out): 16 hexadecimal digits."""
        values = self.model_dump(mode="json", exclude={"title", "description"})
        text = json.dumps(values, sort_keys=True, separators=(",", ":"))
        return hashlib.sha256(text.encode()).hexdigest()[:16]

    def planned_cost_eur(self, months: int = 0) -> int:
        """Public money planned, euros, if all of it is used.

        months : months of the project manager that are counted.
        The money of a revitalisation agreement is the group's and is not counted; a region's
        co-financing is.
        """
        cost = 0
        if self.engineering:
            cost += self.engineering.person_days * self.engineering.daily_cost_eur
        if self.grants:
            share = self.region.cofinancing_share if self.region else 0.0
            cost += self.grants.envelope_eur + round(self.grants.envelope_eur * share)
        if self.project_manager and self.project_manager.enabled:
            cost += round(self.project_manager.annual_cost_eur * months / MONTHS_PER_YEAR)
        if self.accelerator:
            cost += self.accelerator.firms * self.accelerator.cost_per_firm_eur
        if self.training:
            places = self.training.places_per_month * self.training.duration_months
            cost += places * self.training.cost_per_place_eur
        if self.takeover_support and self.takeover_support.enabled:
            cost += self.takeover_support.budget_eur
        return cost


def named_policies() -> tuple[str, ...]:
    """Names of the policies shipped with the package, in alphabetical order."""
    folder = files("rebound_sim.policies") / "named"
    return tuple(
        sorted(
            entry.name.removesuffix(".toml")
            for entry in folder.iterdir()
            if entry.name.endswith(".toml")
        )
    )


def load_policy(name_or_path: str | Path, folder: Path | None = None) -> Policy:
    """A named policy, or one read from a TOML file.

    folder : where a relative path starts (the scenario's folder); the current one if None.
    Raises InputError: unknown name, or a fault of the file, located.
    """
    given = str(name_or_path)
    if given in named_policies():
        return _read_policy(Path(str(files("rebound_sim.policies") / "named" / f"{given}.toml")))
    if not given.endswith(".toml"):
        raise InputError(
            "unknown policy",
            value=given,
            allowed=f"{', '.join(named_policies())}, or a .toml file",
            nearest=nearest(given, named_policies()),
        )
    path = Path(given)
    return _read_policy(path if folder is None or path.is_absolute() else folder / path)


def _read_policy(path: Path) -> Policy:
    source = read_source(path)
    policy = validated(Policy, source.values, source)
    if policy.name in RESERVED_NAMES:
        raise source.error("this name is reserved", "name", value=policy.name)
    shipped = path.parent == Path(str(files("rebound_sim.policies") / "named"))
    if not shipped and policy.name in named_policies():
        raise source.error(
            "a shipped policy has this name; a result must not be taken for its own",
            "name",
            value=policy.name,
        )
    return policy


def policy_json_schema() -> dict[str, object]:
    """JSON Schema of a policy file, for editors."""
    return Policy.model_json_schema()
