"""What state agents share: a Mesa agent with the state, the ledger and a calendar."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, ClassVar

from rebound_sim.agents.mesa_agent import MesaAgent
from rebound_sim.policies.ledger import NO_PROJECT

if TYPE_CHECKING:
    from rebound_sim.policies.ledger import Account, Ledger
    from rebound_sim.state.basin import BasinState


class StateAgent(MesaAgent):
    """A public decision-maker: a budget, a capacity, a rule, delays.

    Months of a policy count from the announcement of the first closure (from the end of the
    burn-in without one).
    """

    @property
    def state(self) -> BasinState:
        """State of the basin."""
        return self.model.state  # type: ignore[no-any-return]

    @property
    def ledger(self) -> Ledger:
        """Accounts of the run."""
        return self.model.ledger  # type: ignore[no-any-return]

    @property
    def parameters(self) -> Any:
        """Parameter set of the run."""
        return self.model.parameters

    @property
    def clock(self) -> int:
        """Months since the announcement; negative before."""
        return self.state.t - self.model.announcement  # type: ignore[no-any-return]


class InstrumentAgent(StateAgent):
    """The agent that carries out one instrument in a zone: `instrument` is its name.

    It may have several orders at once, such as two lines of a plan.
    """

    instrument: ClassVar[str]

    @property
    def orders(self) -> tuple[Any, ...]:
        """Settings of the instrument in the zone, as ordered so far."""
        return self.model.orders.get(self.instrument, ())  # type: ignore[no-any-return]

    @property
    def account(self) -> Account:
        """The instrument's account."""
        return self.ledger[self.instrument]

    def running(self) -> Iterator[tuple[Any, int]]:
        """Orders that run this month, each with the months since it started."""
        for order in self.orders:
            month = self.clock - order.start_month
            if 0 <= month < order.duration_months:
                yield order, month

    def spend(self, amount: int, project: int = NO_PROJECT) -> None:
        """Make money available, commit and pay it in the same month."""
        self.ledger.open(self.instrument, amount)
        self.ledger.commit(self.instrument, amount, project)
        self.ledger.pay(self.instrument, amount, project)
