"""BasinModel: one employment basin as a Mesa model. Build, step, expose; no economics."""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path
from types import FrameType
from typing import Any

import mesa
import numpy as np
import numpy.typing as npt

from rebound_sim import schedule
from rebound_sim.agents.closing_group import ClosingGroup
from rebound_sim.agents.orders import Mandate, NationalOrders
from rebound_sim.agents.views import VIEWS
from rebound_sim.errors import InputError
from rebound_sim.kernels.projects import progress
from rebound_sim.parameters import ParameterSet
from rebound_sim.parameters.ensemble import choose_parameters
from rebound_sim.policies import NO_POLICY, Policy, load_policy
from rebound_sim.policies.definition import Order
from rebound_sim.policies.instruments import INSTRUMENTS, Settings
from rebound_sim.policies.ledger import Ledger
from rebound_sim.population.build import build, figures_of
from rebound_sim.population.controls import matched_controls
from rebound_sim.population.industry import PIPELINE_MONTHS
from rebound_sim.recorder import Recorder
from rebound_sim.rng.keys import month_keys, run_keys
from rebound_sim.scenario import Scenario, ZoneLike, check_scenario, scenario_of
from rebound_sim.settling import commuters_of
from rebound_sim.state.basin import BasinState, Site
from rebound_sim.state.check import check
from rebound_sim.state.market import Condition


class BasinModel(mesa.Model):  # type: ignore[misc]
    """A basin, a closure (or several), a policy; one step is one month.

    scenario : a zone: what `rb.zone(...).close(...)` or `rb.load` gives, a Scenario, or a path
    policy : Policy, name of a shipped policy, or path of a policy file
    seed, replication : address of the luck; two policies with the same address face the same luck.
    Without a replication: the iteration of Mesa's `batch_run`, 0 elsewhere
    rng : a seed under the name that Mesa now gives it
    closure : False gives the path without shock
    parameters : declared values, unless "ensemble", "posterior" or "point" takes that of the
    replication, as commands do; or values that replace them. The scenario's win over sets

    `parameters_from` says which they are.

    `state` holds the columns; `agents` and `agents_by_type` give Mesa views of people, firms and
    projects (made at first look) beside the state agents, which decide each month in Python.
    Raises InputError for a wrong scenario, policy or parameter.
    """

    def __init__(
        self,
        scenario: ZoneLike,
        policy: Policy | str | Path = NO_POLICY,
        seed: int | None = None,
        replication: int | None = None,
        closure: bool = True,
        parameters: Mapping[str, float] | str | None = None,
        rng: int | None = None,
    ) -> None:
        if replication is None:
            replication = iteration_of_mesa()
        seed = _seed(seed, rng)
        super().__init__(seed=seed)
        self.scenario: Scenario = scenario_of(scenario)
        check_scenario(self.scenario)
        self.policy = policy if isinstance(policy, Policy) else load_policy(policy)
        if replication < 0:
            raise InputError("below 0", key="replication", value=replication)
        self.seed, self.replication = seed, replication
        self.parameters_from, values = _chosen(parameters, replication, self.scenario)
        self.parameters = ParameterSet(values)
        self.figures = figures_of(self.scenario)
        self.zone = self.figures.code
        least = self.parameters.instruments.regional_aid_fragility
        self.regional_aid = self.figures.fragility >= least
        p = self.parameters
        self.people_parameters = (p.separations, p.search, p.wages, p.demography, p.closure)
        self.run_keys = run_keys(seed, replication, self.zone)
        self.state: BasinState = build(self.scenario, p, seed, replication)
        self._run_pipeline()
        self.month_keys = month_keys(seed, replication, self.zone, 0)
        self.n_seekers = self.vacancies = self.hires = 0
        self.controls: npt.NDArray[np.int32] = np.zeros(0, dtype=np.int32)
        self._displaced: npt.NDArray[np.int32] = np.zeros(0, dtype=np.int32)
        # What `settling` steers: tightness seen, participation (log), rates, commuters of t = 0.
        self.tightness: list[float] = []
        self.participation = 0.0
        self.return_rate = self.state.rates.inactive_to_unemployment
        self.outside_rate = self.state.rates.outside_job
        self.commuters = commuters_of(self.state)
        self._views_made = False
        self.months = self.scenario.time.burn_in_months + self.scenario.time.months
        self.ledger = Ledger(INSTRUMENTS)
        #: Settings of the instruments used in the zone, by name; replaced when they change.
        self.orders: Mapping[str, tuple[Settings, ...]] = {}
        self._base: Mapping[str, tuple[Settings, ...]] = {}
        self.order(self.scenario.base.orders())
        self._base = self.orders
        self.order(self.policy.orders())
        #: Outside unemployment: over national at t = 0; that of neighbours over usual, if coupled.
        self.outside_base = float(
            self.state.market.conditions[Condition.OUTSIDE_UNEMPLOYMENT_RATIO]
        )
        self.around: float | None = None
        self._appoint(closure)
        self.recorder = Recorder(self.months)
        self.datacollector = mesa.DataCollector(
            model_reporters={
                name: _latest(name)
                for name in (
                    "workplace_employment",
                    "unemployment_rate",
                    "vacancies",
                    "displaced",
                    "project_capacity",
                )
            }
        )

    def __repr__(self) -> str:
        return (
            f"<BasinModel {self.figures.name} ({self.zone}), policy {self.policy.name}, seed "
            f"{self.seed}, replication {self.replication}: month {self.state.t} of {self.months}, "
            f"parameters: {self.parameters_from}>"
        )

    # -- building -----------------------------------------------------------------------------

    @property
    def announcement(self) -> int:
        """Month of the run in which policies start counting: the first announcement."""
        sites = self.state.sites
        if sites:
            return min(site.announcement for site in sites)
        return int(self.scenario.time.burn_in_months)

    def _appoint(self, closure: bool) -> None:
        """Create the state agents, in the order in which they decide."""
        self.closing_groups = [
            ClosingGroup(self, site, closes, closure)
            for site, closes in zip(self.state.sites, self.scenario.closure, strict=True)
        ]
        self.mandates = NationalOrders(self)
        #: Agent of each instrument, by its name.
        self.instruments: dict[str, Any] = {
            name: item.agent_class()(self) for name, item in INSTRUMENTS.items() if item.agent
        }
        self.state_agents = (self.mandates, *self.instruments.values())
        self.mission = self.instruments["engineering"]
        self.fund = self.instruments["grants"]
        self.local_authority = self.instruments["project_manager"]
        self.accelerator = self.instruments["accelerator"]

    def _run_pipeline(self) -> None:
        """Let projects run before t = 0, so that the funnel starts in its usual state.

        What they opened by then is part of the published jobs: capacity counts from t = 0.
        """
        state, p = self.state, self.parameters
        growing = (state.firms.exposure.copy(), state.firms.shield.copy(), state.firms.state.copy())
        for month in range(-PIPELINE_MONTHS, 0):
            progress(
                state.projects,
                state.firms,
                self.run_keys.stage,
                month,
                0.0,
                p.projects,
                p.instruments.manager_maturation,
            )
        state.firms.exposure[:], state.firms.shield[:], state.firms.state[:] = growing
        state.firms.project_jobs[:] = 0.0
        state.firms.project_posts[:] = 0.0
        self.capacity_at_start = state.projects.capacity.astype(np.float64)

    # -- as a zone of a programme -------------------------------------------------------------

    def receive(self, mandate: Mandate) -> None:
        """What the national level orders for the next month."""
        self.mandates.receive(mandate)

    def order(self, orders: Iterable[Order]) -> None:
        """Use instruments from now on, beside those in use but in place of the base policy's."""
        for name, settings in orders:
            kept = self.orders.get(name, ())
            if kept and kept == self._base.get(name):
                kept = ()
            given = (settings,) if settings.enabled else ()
            self.orders = {**self.orders, name: (*kept, *given)}

    # -- running ------------------------------------------------------------------------------

    def step(self) -> None:
        """One month: the phases of `schedule.PHASES`, in order."""
        self.advance()
        if self.state.t >= self.months:
            self.running = False
        self.datacollector.collect(self)

    def run(self) -> BasinModel:
        """All months, then the conservation laws. Returns the model, its data collected."""
        for _ in range(self.state.t, self.months):
            self.advance()
        self.running = False
        recorder, collected = self.recorder, self.datacollector.model_vars
        for name in collected:
            collected[name] = recorder.column(name)[: recorder.recorded].astype(float).tolist()
        check(self.state)
        return self

    def advance(self) -> None:
        """One month, without Mesa's collection of data."""
        for _, phase in schedule.PHASES:
            phase(self)
        self.state.t += 1

    def firms_in_use(self) -> int:
        """Rows of firms that may be open this month: the first … th."""
        blocks = self.state.calendar.start_up_blocks
        return int(blocks[min(self.state.t + 1, blocks.size - 1)])

    def people_in_use(self) -> npt.NDArray[np.int64]:
        """Ranges of rows of people who may be present this month, int64[4, 2]."""
        state, calendar = self.state, self.state.calendar
        month = min(state.t, calendar.school_blocks.size - 1)
        return np.array(
            [
                [0, state.people_at_start],
                [state.neighbour_first, calendar.neighbour_blocks[month]],
                [state.school_first, calendar.school_blocks[month]],
                [state.migrant_first, calendar.migrant_blocks[month]],
            ],
            dtype=np.int64,
        )

    def displaced(self) -> npt.NDArray[np.int32]:
        """Rows of all people laid off by the closing sites so far."""
        if sum(part.size for part in self.state.cohort) != self._displaced.size:
            self._displaced = np.concatenate(self.state.cohort)
        return self._displaced

    def choose_controls(self, site: Site) -> None:
        """Match the site's staff with employees of other firms, at the announcement."""
        chosen = matched_controls(self.state.workers, site.firm)
        self.controls = np.concatenate([self.controls, chosen])

    def capacity_opened(self) -> npt.NDArray[np.float64]:
        """Jobs opened by each project since t = 0, float64[projects]."""
        opened = self.state.projects.capacity - self.capacity_at_start
        return np.asarray(np.maximum(opened, 0.0))

    def digest(self) -> str:
        """Digest of every column, count and account: 16 hexadecimal digits."""
        digest = hashlib.sha256()
        state = self.state
        for record in (state.workers, state.firms, state.projects, state.market):
            for array in record:
                digest.update(np.ascontiguousarray(array).tobytes())
        digest.update(repr(self.ledger.accounts).encode())
        return digest.hexdigest()[:16]

    # -- Mesa's face --------------------------------------------------------------------------

    def _make_views(self) -> None:
        if not self._views_made:
            self._views_made = True
            for view in VIEWS:
                rows = getattr(self.state, view.table)[0].shape[0]
                for row in range(rows):
                    view(self, row)

    @property
    def agents(self) -> Any:
        """All agents: state agents, and views of people, firms and projects."""
        self._make_views()
        return super().agents

    @property
    def agents_by_type(self) -> Any:
        """Agents by class."""
        self._make_views()
        return super().agents_by_type


def _chosen(
    given: Mapping[str, float] | str | None, replication: int, scenario: Scenario
) -> tuple[str, dict[str, float]]:
    """What the parameters are, in words, and their values. Raises InputError."""
    if isinstance(given, str):
        choice = choose_parameters(given)
        number = f", set {replication % len(choice.sets)}" if len(choice.sets) > 1 else ""
        return f"{given}{number}", dict(choice.of(replication, scenario.parameters))
    values = {**scenario.parameters, **(given or {})}
    return ("declared" + (f", {len(values)} given" if values else "")), values


def iteration_of_mesa() -> int:
    """Number of the iteration when `mesa.batch_run` makes the model, 0 elsewhere.

    Mesa repeats a model for luck, but tells the iteration to the function around the call alone.
    """
    frame: FrameType | None = sys._getframe(1)
    while frame is not None:
        if frame.f_globals.get("__name__") == "mesa.batchrunner" and "iteration" in frame.f_locals:
            return int(frame.f_locals["iteration"])
        frame = frame.f_back
    return 0


def _seed(seed: Any, rng: Any) -> int:
    """The seed, by either name; 0 without one. Raises InputError."""
    if seed is not None and rng is not None:
        raise InputError("the same thing twice: give one", key="seed and rng", value=(seed, rng))
    given = 0 if seed is None and rng is None else rng if seed is None else seed
    whole = isinstance(given, int | np.integer) and not isinstance(given, bool)
    if not whole or not 0 <= given < 2**64:
        allowed = "a whole number from 0 to 2^64 − 1"
        raise InputError("not a seed", key="seed", value=given, allowed=allowed)
    return int(given)


def _latest(name: str) -> Any:
    def reporter(model: BasinModel) -> float:
        return float(model.recorder.column(name)[model.recorder.recorded - 1])

    return reporter
