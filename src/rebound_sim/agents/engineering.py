"""The engineering mission: consultants who visit firms, find projects and mature them."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from rebound_sim.agents.base import InstrumentAgent
from rebound_sim.agents.sponsors import protect
from rebound_sim.kernels.projects import latency_left, turned_down
from rebound_sim.rng.draws import uniforms
from rebound_sim.rules.projects import maturation_gain
from rebound_sim.state.codes import FirmKind, FirmState, Stage, Support

#: Smallest establishment that a mission visits [person] (assumed: missions meet firms with staff).
SMALLEST_VISITED = 5
#: Days spent on one project at most, relative to what one unit of maturation needs (assumed).
_MOST_DAYS = 2.0


class EngineeringMission(InstrumentAgent):
    """Person-days of consultants, spread evenly over the mission.

    A share of the days goes to visits while firms remain to be seen: first those whose plans local
    networks know, then the others, largest first up to chance. The rest matures projects of the
    firms visited, most promised jobs first. Returns diminish
    because the stock of firms and of latent projects is finite. Plants of outside investors have
    no firm to visit: their search is another trade, which no instrument pays for here.
    """

    instrument = "engineering"

    def __init__(self, model: Any) -> None:
        super().__init__(model)
        self.firms_visited = 0
        self.projects_found = 0
        self.projects_helped: set[int] = set()
        self.days_used = 0.0
        self._days_over = 0.0
        self._route: npt.NDArray[np.int64] | None = None
        #: Months in which advice given takes effect, and the firms that received it.
        self._advised: list[tuple[int, npt.NDArray[np.int64]]] = []

    def step(self) -> None:
        """One month of the mission, and of what its earlier advice does."""
        self._take_effect()
        for mission, month in self.running():
            total, cost = mission.person_days, mission.daily_cost_eur
            if month == 0:
                self.ledger.open("engineering", total * cost)
                self.ledger.commit("engineering", total * cost)
            days = (
                total * (month + 1) // mission.duration_months
                - total * month // mission.duration_months
            )
            self.work(days, cost)

    def work(self, days: int, daily_cost: int) -> None:
        """A month's person-days, paid from what is committed. daily_cost : EUR/person-day."""
        self.ledger.pay("engineering", days * daily_cost)
        self.days_used += days
        left = self._visit(float(days))
        self._mature(left)

    def planned_route(self) -> npt.NDArray[np.int64]:
        """Industrial establishments with staff, in the order of visits, fixed for the mission.

        Chambers, authorities and networks send the mission first to the firms that they know to
        have a plan under study (`instruments.plans_known` of them); by size with some chance in
        each part.
        """
        firms, market = self.state.firms, self.state.market
        rows = np.flatnonzero(
            (firms.state == FirmState.OPEN)
            & (market.industrial[firms.sector] == 1)
            & (firms.employment >= SMALLEST_VISITED)
            & (firms.kind != FirmKind.CLOSING_SITE)
        )
        key = self.model.run_keys.visit
        chance = uniforms(key, rows, 1)
        told = uniforms(key, rows, 3)
        planning = np.unique(self.state.projects.sponsor[self._under_study()])
        first = np.isin(rows, planning) & (told < self.parameters.instruments.plans_known)
        return rows[np.lexsort((-firms.employment[rows] * chance, ~first))]

    def _under_study(self) -> npt.NDArray[np.int64]:
        """Projects on which firms work, or on which they are about to decide."""
        projects, t = self.state.projects, self.state.t
        key, funnel = self.model.run_keys.stage, self.parameters.projects
        own = projects.sponsor >= 0
        studied = np.flatnonzero(own & (projects.stage == Stage.DETECTED))
        mature = np.flatnonzero(own & (projects.stage == Stage.MATURE))
        shelved = np.empty(mature.size, dtype=np.bool_)
        turned_down(mature, t, projects, key, funnel, shelved)
        return np.concatenate((studied, mature[~shelved]))

    def _visit(self, days: float) -> float:
        """Visit firms on the route; returns the days left for maturing."""
        p = self.parameters.instruments
        if self._route is None:
            self._route = self.planned_route()
        remaining = self._route.size - self.firms_visited
        spent = min(days * p.visit_share, remaining * p.days_per_visit)
        self._days_over += spent
        number = min(int(self._days_over / p.days_per_visit), remaining)
        self._days_over -= number * p.days_per_visit
        visited = self._route[self.firms_visited : self.firms_visited + number]
        self.firms_visited += number
        self._detect(visited)
        self.state.firms.visited[visited] = 1
        if number:
            self._advised.append((self.state.t + int(p.advice_months), visited))
        return float(days - spent)

    def _take_effect(self) -> None:
        """Advice whose time has come keeps small and medium independent firms alive.

        Programmes evaluated advise such firms; larger ones, and those of groups, have advisers.
        """
        firms, p = self.state.firms, self.parameters.instruments
        for month, rows in self._advised:
            if month == self.state.t:
                small = (firms.employment[rows] < p.advice_largest) & (firms.group[rows] == 0)
                protect(
                    self.model,
                    rows[small & (firms.state[rows] == FirmState.OPEN)],
                    p.visit_survival,
                )
        self._advised = [one for one in self._advised if one[0] > self.state.t]

    def _detect(self, visited: npt.NDArray[np.int64]) -> None:
        """Projects of the firms visited become known to the State, most of them.

        Ideas, and plans that the firm studies and has not shown: both were unknown to the State.
        A firm tells nothing of what it has turned down. Being known starts nothing: what was left
        of the latency of an idea adds to the progress needed to mature, so that a project on which
        no day is spent matures when it would have.
        """
        projects, t = self.state.projects, self.state.t
        stage_key, funnel = self.model.run_keys.stage, self.parameters.projects
        plans = self._under_study()
        unknown = (projects.public_detection[plans] == 0) & (projects.filed_month[plans] < 0)
        both = np.concatenate((np.flatnonzero(projects.stage == Stage.LATENT), plans[unknown]))
        rows = np.sort(both[np.isin(projects.sponsor[both], visited)])
        key, share = self.model.run_keys.visit, self.parameters.instruments.visit_finds
        for k in rows[uniforms(key, rows, 2) < share].tolist():
            if projects.stage[k] == Stage.LATENT:
                left = latency_left(k, t, projects, stage_key, funnel)
                projects.threshold[k] += left * funnel.maturation
                projects.stage[k] = Stage.DETECTED
                projects.since[k] = t
                projects.clock[k] = 0.0
            projects.public_detection[k] = 1
            projects.supported[k] |= Support.ENGINEERING
            projects.detected_month[k] = t
            self.projects_found += 1

    def _mature(self, days: float) -> None:
        """Spend days on projects of the firms visited, most promised jobs first."""
        projects, p = self.state.projects, self.parameters.instruments
        visited = self.state.firms.visited[projects.sponsor] == 1
        rows = np.flatnonzero(
            (projects.stage == Stage.DETECTED)
            & (projects.jobs > 0)
            & (projects.sponsor >= 0)
            & visited
            & (projects.days_received < _MOST_DAYS * projects.days_needed)
        )
        for k in rows[np.lexsort((rows, -projects.jobs[rows]))]:
            if days <= 0.0:
                break
            spent = min(
                days, float(_MOST_DAYS * projects.days_needed[k] - projects.days_received[k])
            )
            days -= spent
            projects.days_received[k] += spent
            projects.supported[k] |= Support.ENGINEERING
            self.projects_helped.add(int(k))
            projects.clock[k] += maturation_gain.py_func(
                spent, float(projects.days_needed[k]), p.days_effect
            )
