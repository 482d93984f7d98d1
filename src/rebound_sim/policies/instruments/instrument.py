"""What an instrument is: one object that says who pays, what can be set, who carries it out.

    TRAINING = Instrument(
        name="training", funder=Funder.STATE, settings=Training,
        agent="rebound_sim.agents.training:TrainingPlaces",
        english=Words("training places", "..."), french=Words("places de formation", "..."),
    )

Policies, plans, strategies, accounts and reports read it from there.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from importlib import import_module
from typing import Any, Self

from rebound_sim.reading.strict import LONGEST_MONTHS, StrictRecord, quantity

LARGEST_BUDGET_EUR = 100_000_000_000


class Funder(StrEnum):
    """Whose money it is."""

    STATE = "State"
    REGION = "region"
    GROUP = "closing group"


def start(default: Any = 0) -> Any:
    """The month in which an instrument starts, as its settings state it."""
    return quantity(
        default, unit="months", meaning="months after the announcement", ge=0, le=LONGEST_MONTHS
    )


def duration(default: Any, meaning: str) -> Any:
    """The months during which an instrument runs, as its settings state it."""
    return quantity(default, unit="months", meaning=meaning, ge=1, le=LONGEST_MONTHS)


class Settings(StrictRecord):
    """What a user may set of an instrument in one zone; a record of a policy file.

    Months count from the first announcement in the zone.
    """

    enabled: bool = True

    @classmethod
    def bought(cls, amount: int, start_month: int, months: int) -> Self:
        """What `amount` EUR buy over some months, by default prices: a line of a plan."""
        raise NotImplementedError

    def cost(self) -> int:
        """What it costs in all [EUR]: by default prices, `bought` gives it back for so much."""
        raise NotImplementedError


class Fund(Settings):
    """An envelope that files use up."""

    envelope_eur: int = quantity(
        unit="EUR", meaning="money of the fund", ge=0, le=LARGEST_BUDGET_EUR
    )

    @classmethod
    def bought(cls, amount: int, start_month: int, months: int) -> Self:
        """An envelope."""
        return cls.model_validate(
            {"envelope_eur": amount, "duration_months": months, "start_month": start_month}
        )

    def cost(self) -> int:
        """Its envelope."""
        return self.envelope_eur


@dataclass(frozen=True)
class Words:
    """What an instrument is called, and what it does, in one language."""

    name: str
    does: str


@dataclass(frozen=True)
class Instrument:
    """One instrument of public action.

    name : section of policy files, column of plans, account of the ledger
    funder : whose money it is
    settings : what a user may set, with units and bounds
    agent : module:class of the state agent of a zone that carries it out; "" if the agent of
    another instrument does
    english, french : its words
    allocated : True if a plan or a strategy can give it to a zone; else the law or another
    instrument decides
    """

    name: str
    funder: Funder
    settings: type[Settings]
    agent: str
    english: Words
    french: Words
    allocated: bool = True

    @property
    def public(self) -> bool:
        """True if the money is public."""
        return self.funder is not Funder.GROUP

    def agent_class(self) -> Any:
        """The class of its agent, imported when a zone is built."""
        module, _, name = self.agent.partition(":")
        return getattr(import_module(module), name)
