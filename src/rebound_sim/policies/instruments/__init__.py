"""Instruments of public action: one object each, listed here in the order in which they act."""

from __future__ import annotations

from functools import cache

from rebound_sim.data.words import folded
from rebound_sim.policies.instruments.accelerator import ACCELERATOR, Accelerator
from rebound_sim.policies.instruments.engineering import ENGINEERING, Engineering
from rebound_sim.policies.instruments.grants import GRANTS, Grants
from rebound_sim.policies.instruments.instrument import Funder, Instrument, Settings, Words
from rebound_sim.policies.instruments.project_manager import PROJECT_MANAGER, ProjectManager
from rebound_sim.policies.instruments.region import REGION, Region
from rebound_sim.policies.instruments.repayable_advances import (
    REPAYABLE_ADVANCES,
    RepayableAdvances,
)
from rebound_sim.policies.instruments.revitalisation import REVITALISATION, Revitalisation
from rebound_sim.policies.instruments.takeover_support import TAKEOVER_SUPPORT, TakeoverSupport
from rebound_sim.policies.instruments.training import TRAINING, Training
from rebound_sim.policies.instruments.training_vouchers import TRAINING_VOUCHERS, TrainingVouchers

__all__ = [
    "INSTRUMENTS",
    "PUBLIC",
    "Accelerator",
    "Engineering",
    "Funder",
    "Grants",
    "Instrument",
    "ProjectManager",
    "Region",
    "RepayableAdvances",
    "Revitalisation",
    "Settings",
    "TakeoverSupport",
    "Training",
    "TrainingVouchers",
    "Words",
    "instrument_called",
]

_SHIPPED = (
    ENGINEERING,
    PROJECT_MANAGER,
    GRANTS,
    REGION,
    REPAYABLE_ADVANCES,
    TAKEOVER_SUPPORT,
    REVITALISATION,
    TRAINING,
    TRAINING_VOUCHERS,
    ACCELERATOR,
)
INSTRUMENTS: dict[str, Instrument] = {item.name: item for item in _SHIPPED}
#: Those paid with public money.
PUBLIC: tuple[str, ...] = tuple(item.name for item in _SHIPPED if item.public)


def instrument_called(text: str) -> str:
    """Name of an instrument from what people call it, in either language, one or many; a text that
    is none stays as it is."""
    return _called().get(_singular(text), text)


@cache
def _called() -> dict[str, str]:
    found = {}
    for name, item in INSTRUMENTS.items():
        for words in (name, item.english.name, item.french.name):
            found[_singular(words)] = name
    return found


def _singular(text: str) -> str:
    return " ".join(word.rstrip("sx") for word in folded(text.replace("_", " ")).split())
