"""Instruments of public action: one object each, listed here in the order in which they act."""

from __future__ import annotations

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
