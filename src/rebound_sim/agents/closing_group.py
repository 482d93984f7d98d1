"""The owner of a closing site: announcement, tranches, redeployment, buyer, reuse."""

from __future__ import annotations

from typing import Any

import numpy as np

from rebound_sim.agents.base import StateAgent
from rebound_sim.kernels import firms as kernels
from rebound_sim.rng.draws import uniform_pair
from rebound_sim.rules.demand import replaced_customers
from rebound_sim.scenario import Closure
from rebound_sim.state.basin import Site
from rebound_sim.state.codes import FirmState, Regime
from rebound_sim.state.market import Condition

_TAKEOVER, _FAILURE = 40, 41


class ClosingGroup(StateAgent):
    """Closes one site. `happens` is False in the path without shock: the site goes on."""

    def __init__(self, model: Any, site: Site, closure: Closure, happens: bool) -> None:
        super().__init__(model)
        self.site = site
        self.closure = closure
        self.happens = happens
        self.replaced = 0.0
        self.taken_over = False
        key = model.run_keys.closure
        self._luck = float(uniform_pair(key, site.firm, _TAKEOVER))
        self._failure_luck = float(uniform_pair(key, site.firm, _FAILURE))

    @property
    def months(self) -> int:
        """Months since the announcement of this site's closure."""
        return self.state.t - self.site.announcement

    @property
    def last_layoff(self) -> int:
        """Months from the announcement to the last tranche."""
        return self.closure.tranches[-1].month

    def _value(self, name: str, default: float) -> float:
        given = getattr(self.closure, name)
        return default if given is None else float(given)

    def step(self) -> None:
        """One month of the site."""
        firms = self.state.firms
        if not self.happens or self.months < 0:
            kernels.open_vacancies_of_site(self.site.firm, self.site.jobs, firms)
            return
        if self.months == 0:
            self.site.jobs_at_announcement = int(firms.employment[self.site.firm])
            self.model.choose_controls(self.site)
        firms.vacancies[self.site.firm] = 0
        firms.desired[self.site.firm] = firms.employment[self.site.firm]
        for tranche in self.closure.tranches:
            if tranche.month == self.months:
                self._tranche(tranche.share, last=tranche.month == self.last_layoff)
        self._after()

    def _tranche(self, share: float, last: bool) -> None:
        """Lay off one tranche; the buyer first takes over those it keeps."""
        state, p, site = self.state, self.parameters, self.site
        if last:
            self._take_over()
        number = int(state.firms.employment[site.firm])
        if not last:
            number = min(number, round(share * site.jobs_at_announcement))
        solvent = self.closure.group == "solvent"
        large = self.closure.group_employees >= p.closure.group_threshold
        mode = Regime.REDEPLOYMENT_LEAVE if solvent and large else Regime.CSP
        rules = p.closure
        if not self.model.scenario.base.csp:
            rules = rules._replace(csp_takeup=0.0)
        redeployed = self._value("redeployment_share", p.closure.redeployment_share)
        out = np.empty(max(number, 1), dtype=np.int32)
        left = kernels.closing_site(
            site.firm,
            number,
            int(mode),
            state.t,
            self.model.run_keys.closure,
            self.model.run_keys.closure_person,
            state.workers,
            state.firms,
            state.market,
            p.wages,
            rules,
            redeployed if solvent else 0.0,
            out,
        )
        state.cohort.append(out[:left].copy())
        if last:
            state.firms.state[site.firm] = FirmState.CLOSED
            state.firms.desired[site.firm] = 0
            site.closed = True

    def _take_over(self) -> None:
        """A buyer appears with some probability and keeps part of the staff."""
        p, site, state = self.parameters.closure, self.site, self.state
        probability = self._value("takeover_probability", p.takeover_probability)
        probability += p.takeover_support * state.market.conditions[Condition.TAKEOVER_SUPPORT]
        if self._luck >= probability:
            return
        self.taken_over = True
        share = self._value("takeover_jobs_share", p.takeover_jobs)
        number = min(round(share * site.jobs), int(state.firms.employment[site.firm]))
        kernels.open_successor(site.buyer, float(number), state.t, state.firms)
        kernels.transfer(
            site.firm,
            site.buyer,
            number,
            self.model.run_keys.closure,
            state.workers,
            state.firms,
            state.market,
        )

    def _after(self) -> None:
        """Suppliers' losses and replacement, recapture, failure of the buyer, reuse."""
        p, site, state = self.parameters, self.site, self.state
        activity = state.firms.employment[site.firm] / max(site.jobs_at_announcement, 1)
        if site.closed and state.firms.state[site.buyer] == FirmState.OPEN:
            activity += state.firms.employment[site.buyer] / max(site.jobs_at_announcement, 1)
        lost = max(1.0 - float(activity), 0.0)
        since_end = self.months - self.last_layoff
        ramp = min(max(since_end + 1, 0) / p.closure.recapture_months, 1.0)
        # Rivals who win the site's sales buy its inputs from the same suppliers.
        regained = site.recapture * lost * ramp
        gone = lost - regained
        self.replaced = replaced_customers(gone, self.replaced, p.demand.replaceable, p.demand)
        self.loss = max(gone - self.replaced, 0.0)
        self.regained = regained * site.jobs
        failure = self._value("takeover_failure_probability", p.closure.takeover_failure)
        if (
            self.taken_over
            and since_end == int(p.closure.takeover_life)
            and self._failure_luck < failure
            and state.firms.state[site.buyer] == FirmState.OPEN
        ):
            kernels.close_firm(
                site.buyer,
                state.t,
                self.model.month_keys,
                state.workers,
                state.firms,
                state.market,
                p.wages,
                p.closure,
            )
        if self.closure.reuse_month is not None and self.months == self.closure.reuse_month:
            kernels.open_successor(
                site.reuse, float(self.closure.reuse_jobs or 0), state.t, state.firms
            )

    loss = 0.0
    regained = 0.0
