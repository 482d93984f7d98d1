"""What state agents share: a Mesa agent with the state, the ledger and a calendar."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rebound_sim.agents.mesa_agent import MesaAgent

if TYPE_CHECKING:
    from rebound_sim.policies.definition import Policy
    from rebound_sim.policies.ledger import Ledger
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
    def policy(self) -> Policy:
        """Policy of the run."""
        return self.model.policy  # type: ignore[no-any-return]

    @property
    def parameters(self) -> Any:
        """Parameter set of the run."""
        return self.model.parameters

    @property
    def clock(self) -> int:
        """Months since the announcement; negative before."""
        return self.state.t - self.model.announcement  # type: ignore[no-any-return]
