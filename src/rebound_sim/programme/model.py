"""ProgrammeModel: a world in one arm, as a Mesa model over its zones and national agents."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import mesa

from rebound_sim.agents.orders import Mandate
from rebound_sim.model import BasinModel
from rebound_sim.policies import NO_POLICY, load_policy
from rebound_sim.policies.definition import Order
from rebound_sim.policies.ledger import Entry
from rebound_sim.policies.plan import Plan
from rebound_sim.policies.strategy import Strategy
from rebound_sim.programme.authority import PlanAuthority, ProgrammeAuthority, StrategyAuthority
from rebound_sim.programme.base import NationalAgent
from rebound_sim.programme.calendar import calendar_of
from rebound_sim.programme.committee import FundQueue, NationalCommittee
from rebound_sim.programme.consultants import ConsultantPool
from rebound_sim.programme.neighbours import OutsideMarkets
from rebound_sim.programme.orders import OrderBook
from rebound_sim.scenario.planned import allocated, completed_plan, planned_orders
from rebound_sim.scenario.programme import World
from rebound_sim.state.basin import BasinState


@dataclass(frozen=True)
class FixedFacts:
    """What is known of a zone and does not change. residents : persons."""

    region: str
    residents: int
    fragility: float


class ProgrammeModel(mesa.Model):  # type: ignore[misc]
    """One arm of a world; one step is one month of all its zones.

    world : World    given : a strategy, which allocates its envelope, with levers that it may fix;
    or a plan; None or the strategy `none` for nothing
    seed, replication : address of the luck, the same for every arm
    closures : False gives the path without shock    zones : built already, shared with a twin

    `zones` maps codes to `BasinModel`; `agents` are the national agents. National agents read the
    zones at the end of a month and order at the start of the next one.
    """

    def __init__(
        self,
        world: World,
        given: Strategy | Plan | None = None,
        seed: int = 0,
        replication: int = 0,
        closures: bool = True,
        zones: Mapping[str, BasinModel] | None = None,
    ) -> None:
        super().__init__(seed=seed)
        self.scenario, self.closures = world, closures
        self.codes = tuple(sorted(world.codes))
        self.rank = {code: number for number, code in enumerate(self.codes)}
        self.months = world.time.burn_in_months + world.time.months
        self.t = 0
        self.zones: dict[str, BasinModel] = dict(zones or build_zones(world, seed, replication))
        #: Zones that have a closure; only they can receive money.
        self.hit = {code for code in self.codes if self.zones[code].state.sites}
        self.facts = [facts_of(self.zones[code]) for code in self.codes]
        self.outside = OutsideMarkets(self)
        self.journal: list[Entry] = []
        self.national: tuple[NationalAgent, ...] = ()
        self._local: dict[str, tuple[Order, ...]] = {}
        if given is None or given.name == NO_POLICY or not closures:
            return
        if isinstance(given, Plan):
            given = completed_plan(given, world)
            self._local = planned_orders(given, world)
        if not isinstance(given, Plan) or allocated(given, world):
            self._appoint(given)

    def _appoint(self, given: Strategy | Plan) -> None:
        """Create the national agents, in the order in which they decide."""
        table = self.scenario.national()
        fixed: dict[str, Any] = {}
        if not isinstance(given, Plan):
            fixed = {k: v for k, v in given.levers.items() if k in type(table).model_fields}
        elif given.selection is not None:
            fixed = {"selection": given.selection}
        self.table = table.model_copy(update=fixed)
        self.calendar = calendar_of(self.table, self.scenario.time.burn_in_months)
        self.authority: ProgrammeAuthority
        if isinstance(given, Plan):
            self.authority = PlanAuthority(self, given)
        else:
            self.authority = StrategyAuthority(self, given)
        self.consultants = ConsultantPool(self)
        self.queue = FundQueue(self)
        self.committee = NationalCommittee(self)
        self.national = (self.authority, self.consultants, self.queue, self.committee)

    def decide(self) -> dict[str, Mandate]:
        """Orders of the month to each zone, from what the zones were at the end of the last one."""
        book = OrderBook()
        for agent in self.national:
            agent.decide(book)
        self.outside.decide(book)
        cost, share = 0, 0.0
        if self.national:
            cost, share = self.table.daily_cost_eur, self.table.cofinancing_share
        return {
            code: book.mandate(code, self._closes(code), cost, share, self._orders(code))
            for code in self.codes
        }

    def _orders(self, code: str) -> tuple[Order, ...]:
        """Those of the plan, in the month when they start to count."""
        if self.t != self.zones[code].announcement:
            return ()
        return self._local.get(code, ())

    def _closes(self, code: str) -> bool:
        """False from the first announcement on in the path without shock; the same before."""
        if self.closures or code not in self.hit:
            return True
        return self.t < self.zones[code].announcement

    def step(self) -> None:
        """One month: orders, then every zone."""
        for code, mandate in self.decide().items():
            self.zones[code].receive(mandate)
            self.zones[code].advance()
        self.t += 1
        if self.t >= self.months:
            self.running = False

    def run(self) -> ProgrammeModel:
        """All months. Returns the model."""
        while self.t < self.months:
            self.step()
        return self


def build_zones(world: World, seed: int, replication: int) -> dict[str, BasinModel]:
    """Every zone at t = 0. Two worlds that hold the same zone give it the same luck."""
    nothing = load_policy(NO_POLICY)
    zones = {
        code: BasinModel(world.zone_scenario(code), nothing, seed, replication)
        for code in world.codes
    }
    _share_work_arrays([zone.state for zone in zones.values()])
    return zones


def _share_work_arrays(states: Sequence[BasinState]) -> None:
    """Those of the largest zone for all: zones move one after another."""
    for name in ("scratch_events", "scratch_seekers"):
        largest = max((getattr(state, name) for state in states), key=len)
        for state in states:
            setattr(state, name, largest[: getattr(state, name).size])


def facts_of(zone: BasinModel) -> FixedFacts:
    """Fixed facts of a zone, for the desks."""
    return FixedFacts(
        region=zone.figures.region,
        residents=zone.figures.population,
        fragility=zone.figures.fragility,
    )
