"""Runs that several studies read: a zone at rest, and one where a site closes.

Each is simulated once and watched for all studies of the zone; what differs (a policy, a recession,
no closure) branches off at month 0, since nothing differs before. A process keeps the latest zone
of each kind: studies of one zone are run one after the other.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Final, Self

import numpy as np
from numpy.typing import NDArray

from rebound_sim.arrays import Floats
from rebound_sim.calibration.studies import design
from rebound_sim.calibration.studies.following import (
    Lives,
    People,
    Posts,
    Snapshots,
    Worked,
    follow,
)
from rebound_sim.calibration.studies.permanent_jobs import PermanentJobs
from rebound_sim.calibration.study import StudyTask
from rebound_sim.model import BasinModel
from rebound_sim.parameters import ParameterSet
from rebound_sim.policies import Policy, load_policy
from rebound_sim.programme.cores import fork
from rebound_sim.scenario import Scenario

#: Months after the burn-in of study "quiet"; people are followed over the first four years.
QUIET_MONTHS: Final = 84
_PANEL: Final = 49
#: Tenures of permanent jobs are read once those drawn at t = 0 no longer rule short ones.
_TENURES: Final = 48
YEARS: Final = range(0, QUIET_MONTHS, 12)
#: Months in which people and sectors of a zone at rest are kept, for comparisons: five years, six
#: years after the bottom of a recession, the last month.
FIVE_YEARS: Final = 60
RECOVERED: Final = 96
LAST: Final = design.TEN_YEARS - 1
RESTING_DATES: Final = (0, FIVE_YEARS, RECOVERED, LAST)
#: Month before the layoffs, and months after them, at which those laid off are read.
CLOSURE_DATES: Final = (
    design.LAYOFF_MONTH - 1,
    *(design.LAYOFF_MONTH + months for months in (10, 24, 36, 48, 60, 84)),
)
#: Months in which sizes of firms are kept: the mission visits firms in months 3 to 5, grants are
#: awarded in months 6 to 30.
THREE_YEARS_LATER: Final = 42
SIX_YEARS_LATER: Final = 96
SIZE_DATES: Final = (0, THREE_YEARS_LATER, SIX_YEARS_LATER)
YEAR_STARTS: Final = range(-design.BURN_IN, design.TEN_YEARS, 12)
#: Columns of people that comparisons of two runs read.
COMPARED: Final = ("status", "employer", "resident", "birth")
_LAID_OFF: Final = (
    "status",
    "wage",
    "sector",
    "employer",
    "birth",
    "since",
    "resident",
    "qualification",
)


@dataclass(frozen=True)
class Address:
    """What decides a run: zone, A38 sector of the site that closes (None for none), luck, values"""

    zone: str
    sector: str | None
    seed: int
    replication: int
    parameters: tuple[tuple[str, float], ...]

    @classmethod
    def of(cls, task: StudyTask, sector: str | None = None) -> Self:
        """The address of a task's zone."""
        zone = task.place.partition(":")[0]
        given = tuple(sorted(task.parameters.items()))
        return cls(zone, sector, task.seed, task.replication, given)

    def world(self, demand: tuple[float, ...] = ()) -> Scenario:
        """The zone over ten years. demand : external demand at months 0, 12, …"""
        return design.world(self.zone, design.TEN_YEARS, self.sector, demand=demand)

    def model(self) -> BasinModel:
        """The zone before its burn-in."""
        values = dict(self.parameters)
        return BasinModel(
            self.world(), seed=self.seed, replication=self.replication, parameters=values
        )


def branch(
    start: BasinModel,
    policy: Policy | str | None = None,
    *,
    closes: bool = True,
    world: Scenario | None = None,
    parameters: Mapping[str, float] | None = None,
) -> BasinModel:
    """A copy of a run at month 0 that differs from there on.

    closes : False keeps its sites    world : other conditions, same zone and sites
    parameters : values of instruments that replace those of the run
    """
    run = fork(start)
    if policy is not None:
        run.policy = load_policy(policy) if isinstance(policy, str) else policy
        run.order(run.policy.orders())
    for group in run.closing_groups:
        group.happens = closes
    if world is not None:
        run.scenario = world
    if parameters is not None:
        run.parameters = ParameterSet({**run.scenario.parameters, **parameters})
    return run


class Resting:
    """A zone without closure. `start` : at month 0    `run` : ten years later

    people, posts, lives, yearly, jobs : watched for `QUIET_MONTHS`    taken : at `RESTING_DATES`
    worked : in the year that ends in `RECOVERED`
    """

    def __init__(self, address: Address) -> None:
        self.address = address
        self.people, self.posts, self.lives = People(0, _PANEL), Posts(), Lives()
        self.jobs = PermanentJobs(_TENURES, QUIET_MONTHS - _TENURES)
        self.yearly = Snapshots(
            YEARS, firms=("state", "scale", "transitory", "sector", "project_jobs")
        )
        self.taken = Snapshots(RESTING_DATES, COMPARED)
        self.worked = Worked(RECOVERED)
        watching = (self.people, self.posts, self.lives, self.yearly, self.jobs, self.taken)
        self.start = follow(address.model(), watching, until=0)
        self.run = follow(branch(self.start), watching, until=QUIET_MONTHS)
        follow(self.run, (self.taken, self.worked))


class ClosingSite:
    """A zone where a site closes, without policy, and the same zone where it goes on.

    start : both at month 0    closed, kept : ten years later
    people : what became of people at `CLOSURE_DATES`, closed then kept
    sizes : employment of firms at `SIZE_DATES`, where the site closes
    yearly : employment of firms at `YEAR_STARTS`, where it is kept
    first_firms : columns state, sector, scale and employment of firms before the burn-in
    """

    def __init__(self, address: Address) -> None:
        model = address.model()
        firms = model.state.firms
        self.first_firms: dict[str, NDArray[np.generic]] = {
            name: getattr(firms, name).copy() for name in ("state", "sector", "scale", "employment")
        }
        self.yearly = Snapshots(YEAR_STARTS, firms=("employment",))
        self.start = follow(model, (self.yearly,), until=0)
        people = [Snapshots(CLOSURE_DATES, _LAID_OFF, ("employment",)) for _ in range(2)]
        sizes = Snapshots(SIZE_DATES, firms=("employment",))
        self.closed = follow(branch(self.start), (people[0], sizes))
        self.kept = follow(branch(self.start, closes=False), (people[1], self.yearly))
        self.people = [one.taken for one in people]
        self.sizes = sizes.taken


@lru_cache(maxsize=1)
def resting(address: Address) -> Resting:
    """The zone at rest; the latest one is kept."""
    return Resting(address)


@lru_cache(maxsize=1)
def closing_site(address: Address) -> ClosingSite:
    """The zone and its closing site; the latest one is kept."""
    return ClosingSite(address)


def forget() -> None:
    """Drop what is kept: a model holds some 100 MB."""
    resting.cache_clear()
    closing_site.cache_clear()


def path(run: BasinModel, months: int = design.TEN_YEARS) -> dict[str, Floats]:
    """Recorded variables over some months after the burn-in."""
    last = design.BURN_IN + months
    return {name: column[design.BURN_IN : last] for name, column in run.recorder.columns.items()}
