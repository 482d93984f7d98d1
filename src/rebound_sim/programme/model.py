"""ProgrammeModel: a national programme under one strategy, as a Mesa model over its zones."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import mesa

from rebound_sim.agents.orders import Mandate
from rebound_sim.model import BasinModel
from rebound_sim.policies import NO_POLICY, load_policy
from rebound_sim.policies.strategy import Strategy
from rebound_sim.programme.authority import ProgrammeAuthority
from rebound_sim.programme.calendar import calendar_of
from rebound_sim.programme.committee import FundQueue, NationalCommittee
from rebound_sim.programme.consultants import ConsultantPool
from rebound_sim.programme.neighbours import OutsideMarkets
from rebound_sim.programme.orders import OrderBook
from rebound_sim.scenario.programme import ProgrammeScenario


@dataclass(frozen=True)
class ZoneFacts:
    """What is known of a zone and does not change. residents : persons."""

    region: str
    residents: int
    fragility: float


class ProgrammeModel(mesa.Model):  # type: ignore[misc]
    """One strategy over the zones of a programme; one step is one month of all of them.

    programme : ProgrammeScenario    strategy : Strategy, which may fix levers of the programme
    seed, replication : address of the luck, the same for every strategy
    closures : False gives the path without shock    zones : built already, shared with a twin

    `zones` maps codes to `BasinModel`; `agents` are the national agents. National agents read the
    zones at the end of a month and order at the start of the next one.
    """

    def __init__(
        self,
        programme: ProgrammeScenario,
        strategy: Strategy,
        seed: int = 0,
        replication: int = 0,
        closures: bool = True,
        zones: Mapping[str, BasinModel] | None = None,
    ) -> None:
        super().__init__(seed=seed)
        self.scenario, self.strategy, self.closures = programme, strategy, closures
        fixed = {
            k: v for k, v in strategy.levers.items() if k in type(programme.programme).model_fields
        }
        self.table = programme.programme.model_copy(update=fixed)
        self.codes = tuple(sorted(programme.codes))
        self.rank = {code: number for number, code in enumerate(self.codes)}
        self.calendar = calendar_of(self.table, programme.time.burn_in_months)
        self.months = programme.time.burn_in_months + programme.time.months
        self.t = 0
        self.zones: dict[str, BasinModel] = dict(zones or build_zones(programme, seed, replication))
        #: Zones that have a closure; only they can receive money.
        self.hit = {code for code in self.codes if self.zones[code].state.sites}
        self.facts = [facts_of(self.zones[code]) for code in self.codes]
        self.authority = ProgrammeAuthority(self)
        self.consultants = ConsultantPool(self)
        self.queue = FundQueue(self)
        self.committee = NationalCommittee(self)
        self.outside = OutsideMarkets(self)

    def decide(self) -> dict[str, Mandate]:
        """Orders of the month to each zone, from what the zones were at the end of the last one."""
        book = OrderBook()
        if self.strategy.name != NO_POLICY and self.closures:
            self.authority.decide(book)
            self.consultants.decide(book)
            self.queue.decide(book)
            self.committee.decide(book)
        self.outside.decide(book)
        cost, share = self.table.daily_cost_eur, self.table.cofinancing_share
        return {code: book.mandate(code, self._closes(code), cost, share) for code in self.codes}

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


def build_zones(programme: ProgrammeScenario, seed: int, replication: int) -> dict[str, BasinModel]:
    """Every zone at t = 0. Two programmes that hold the same zone give it the same luck."""
    nothing = load_policy(NO_POLICY)
    return {
        code: BasinModel(programme.zone_scenario(code), nothing, seed, replication)
        for code in programme.codes
    }


def facts_of(zone: BasinModel) -> ZoneFacts:
    """Fixed facts of a zone, for the desks."""
    return ZoneFacts(
        region=zone.figures.region,
        residents=zone.figures.population,
        fragility=zone.figures.fragility,
    )
