"""Runs that are watched from outside: observers read the state, conditions can be imposed.

Nothing here changes the model: an observer reads columns between two phases of the month.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from rebound_sim import schedule
from rebound_sim.calibration.measures.flows import WORK, among
from rebound_sim.model import BasinModel
from rebound_sim.state.codes import FirmState, Status
from rebound_sim.state.market import Condition

#: Phases after which observers look.
POSTED = "firms"  # vacancies of the month are posted
MATCHED = "search and matching"
END = "records"

Impose = Callable[[BasinModel], None]
#: Lowest rate [%] in a ratio of rates (numerical bound).
_LOWEST_RATE = 0.1
_OPEN, _CLOSED = int(FirmState.OPEN), int(FirmState.CLOSED)


class Observer(Protocol):
    """Something that reads a run. `phases` : names of the phases after which it looks."""

    @property
    def phases(self) -> Sequence[str]:
        """Names of phases of the month (schedule.PHASES)."""

    def look(self, model: BasinModel, phase: str) -> None:
        """Read the state, month `model.state.t`."""


def follow(
    model: BasinModel,
    observers: Sequence[Observer] = (),
    impose: Impose | None = None,
    until: int | None = None,
) -> BasinModel:
    """Run a model to its end. impose : called at the start of each month, after its keys.

    until : stop before this month, counted from the end of the burn-in
    """
    first = schedule.PHASES[0][0]
    last = model.months if until is None else model.scenario.time.burn_in_months + until
    for _ in range(model.state.t, last):
        for name, phase in schedule.PHASES:
            phase(model)
            if name == first and impose is not None:
                impose(model)
            for observer in observers:
                if name in observer.phases:
                    observer.look(model, name)
        model.state.t += 1
    return model


def month_of(model: BasinModel) -> int:
    """Month counted from the end of the burn-in."""
    return int(model.state.t - model.scenario.time.burn_in_months)


def status_of_residents(model: BasinModel) -> NDArray[np.uint8]:
    """Status of all rows of people; those of non-residents are latent: uint8[rows]."""
    workers = model.state.workers
    resident = workers.resident == 1
    return np.where(resident, workers.status, int(Status.LATENT)).astype(np.uint8)


class People:
    """Statuses and regimes of all rows, month by month: uint8[months, rows]."""

    phases = (END,)

    def __init__(self, first: int, months: int) -> None:
        self.first, self.months = first, months
        self._status: list[NDArray[np.uint8]] = []
        self._regime: list[NDArray[np.uint8]] = []
        self.birth: NDArray[np.int64] = np.zeros(0, dtype=np.int64)

    def look(self, model: BasinModel, phase: str) -> None:  # noqa: ARG002
        """Keep the month if it lies in the window. Non-residents are kept as latent."""
        month = month_of(model)
        if not self.first <= month < self.first + self.months:
            return
        workers = model.state.workers
        if not self._status:
            # Ages are counted from the first month of the panel.
            self.birth = workers.birth.astype(np.int64) - model.state.t
        self._status.append(status_of_residents(model))
        self._regime.append(workers.regime.copy())

    @property
    def status(self) -> NDArray[np.uint8]:
        """Status by month and row (state.codes.Status; LATENT for non-residents)."""
        return np.array(self._status)

    @property
    def regime(self) -> NDArray[np.uint8]:
        """Regime of income support by month and row (state.codes.Regime)."""
        return np.array(self._regime)

    def age(self, month: int) -> NDArray[np.float64]:
        """Ages in years in a month of the panel, float[rows]."""
        return (month - self.birth) / 12.0


class Snapshots:
    """Copies of some columns of people and firms at the end of given months."""

    phases = (END,)

    def __init__(
        self, months: Sequence[int], people: Sequence[str] = (), firms: Sequence[str] = ()
    ):
        self.wanted = frozenset(months)
        self.people, self.firms = tuple(people), tuple(firms)
        self.taken: dict[int, dict[str, NDArray[Any]]] = {}

    def look(self, model: BasinModel, phase: str) -> None:  # noqa: ARG002
        """Copy, if the month is wanted; columns of firms are prefixed `firm_`."""
        month = month_of(model)
        if month not in self.wanted:
            return
        state = model.state
        copies = {name: getattr(state.workers, name).copy() for name in self.people}
        copies |= {f"firm_{name}": getattr(state.firms, name).copy() for name in self.firms}
        copies["sector_jobs"] = state.market.sector_jobs.copy()
        self.taken[month] = copies


class Worked:
    """Who lives in the zone and works there or outside in any month of a year: bool[rows]."""

    phases = (END,)

    def __init__(self, last: int) -> None:
        self.year = range(last - 11, last + 1)
        self.ever: NDArray[np.bool_] = np.zeros(0, dtype=bool)

    def look(self, model: BasinModel, phase: str) -> None:  # noqa: ARG002
        """Note who works, in a month of the year that ends with month `last`."""
        if month_of(model) not in self.year:
            return
        working = among(status_of_residents(model), WORK)
        self.ever = self.ever | working if self.ever.size else working


class DisplacedJobs:
    """Status and employer of the people laid off, month by month from the last layoffs."""

    phases = (END,)

    def __init__(self, first: int) -> None:
        self.first = first
        self._months: list[tuple[NDArray[np.uint8], NDArray[np.int64]]] = []

    def look(self, model: BasinModel, phase: str) -> None:  # noqa: ARG002
        """Keep the month if the layoffs are over. People who live elsewhere have no job here."""
        if month_of(model) < self.first:
            return
        rows = model.displaced()
        employer = model.state.workers.employer[rows].astype(np.int64)
        self._months.append((status_of_residents(model)[rows], employer))

    def short_contracts(self, least: int) -> NDArray[np.int64]:
        """People on a fixed-term contract of less than `least` months in all: int64[months]."""
        status, employer = (np.array(column) for column in zip(*self._months, strict=True))
        return short_contracts(status, employer, least)


def short_contracts(
    status: NDArray[np.uint8], employer: NDArray[np.int64], least: int
) -> NDArray[np.int64]:
    """People on a fixed-term contract who spend less than `least` months in a row with the firm.

    status, employer : [months, people]. Time on a permanent contract of the same firm counts, and
    so do months that follow: a count of contracts "of more than six months" goes by their term.
    Those that may go on after the last month are taken as longer. Returns int64[months].
    """
    months = employer.shape[0]
    changed = np.ones(employer.shape, dtype=bool)
    changed[1:] = (employer[1:] != employer[:-1]) | (employer[1:] < 0)
    spell = np.cumsum(changed, axis=0) + months * np.arange(employer.shape[1])
    length = np.bincount(spell.ravel())[spell]
    short = (length < least) & (spell != spell[-1])
    return np.asarray((short & (status == int(Status.FIXED_TERM))).sum(axis=1), dtype=np.int64)


class Lives:
    """Month of opening and of closing of each establishment, -1 where it did not come."""

    phases = (END,)

    def __init__(self) -> None:
        self.opened: NDArray[np.int64] = np.zeros(0, dtype=np.int64)
        self.closed: NDArray[np.int64] = np.zeros(0, dtype=np.int64)

    def look(self, model: BasinModel, phase: str) -> None:  # noqa: ARG002
        """Date what opened or closed this month; establishments of t = 0 keep -1."""
        state = model.state.firms.state
        if self.closed.size == 0:
            self.opened = np.full(state.size, -1)
            self.closed = np.full(state.size, -1)
            self._latent = state == int(FirmState.LATENT)
        came = self._latent & (state != int(FirmState.LATENT))
        self.opened[came] = model.state.t
        self._latent &= ~came
        self.closed[(self.closed < 0) & (state == _CLOSED)] = model.state.t


class Posts:
    """Durations of vacancies: fills by age in months, expected numbers.

    A firm's vacancies cannot be told apart: each age loses the same share when some are filled
    or withdrawn. A vacancy filled in the month in which it was posted has age 1.
    """

    phases = (POSTED, MATCHED)
    oldest = 36

    def __init__(self) -> None:
        self.fills: NDArray[np.float64] = np.zeros(self.oldest + 1)
        self._ages: NDArray[np.float64] | None = None

    def look(self, model: BasinModel, phase: str) -> None:
        """Before matching: age and post. After it: fill."""
        firms = model.state.firms
        now = np.where(firms.state == _OPEN, firms.vacancies, 0).astype(np.float64)
        if self._ages is None:
            self._ages = np.zeros((now.size, self.oldest + 1))
        ages = self._ages
        held = ages.sum(axis=1)
        kept = np.divide(np.minimum(now, held), held, out=np.zeros_like(held), where=held > 0)
        if phase == POSTED:
            older = ages * kept[:, None]
            ages[:, 1:] = older[:, :-1]
            ages[:, -1] += older[:, -1]
            ages[:, 0] = 0.0
            ages[:, 1] = np.maximum(now - older.sum(axis=1), 0.0)
            return
        if month_of(model) >= 0:
            self.fills += (ages * (1.0 - kept)[:, None]).sum(axis=0)
        ages *= kept[:, None]


def as_in_the_country(calm: NDArray[np.float64]) -> Impose:
    """Unemployment around the zone moves as in the zone: the shock is national.

    calm : rate [%] of the zone by month from month 0, without the shock. What moves is the rate
    over that one: the luck of one zone is not that of the country, and would feed itself there.
    """

    def impose(model: BasinModel) -> None:
        month = month_of(model)
        if month < 1:
            return
        rate = model.recorder.column("unemployment_rate")[model.state.t - 1]
        usual = calm[month - 1]
        ratio = max(float(rate), _LOWEST_RATE) / max(float(usual), _LOWEST_RATE)
        model.state.market.conditions[Condition.OUTSIDE_UNEMPLOYMENT_RATIO] = ratio

    return impose
