"""The inter-municipal authority: aid files of its firms, with or without a project manager."""

from __future__ import annotations

from typing import Any

import numpy as np

from rebound_sim.agents.base import StateAgent
from rebound_sim.rng.draws import uniform_pair
from rebound_sim.rules.projects import ENTRANT_SIZE, constraint_probability, goes_ahead
from rebound_sim.state.codes import Answer, Stage
from rebound_sim.state.market import Condition

#: Size of establishment to which `instruments.file_alone` refers [person].
_REFERENCE_SIZE = 50


def aid_ceiling(size: int, group: bool, base: int, regional_aid: bool, p: Any) -> int:
    """Highest aid [EUR] to a firm for an eligible base of `base` EUR; de minimis aid at least.

    size : employees (under 50, under 250, larger)    group : True if the firm belongs to a group;
    the law counts the group's staff, which is not known here: one class higher (assumed).
    regional_aid : True in a regional-aid zone    p : `instruments` record.
    """
    size_class = (size >= 50) + (size >= 250)
    rates = (p.ceiling_small, p.ceiling_medium, p.ceiling_large)
    rate = rates[min(size_class + group, 2)]
    if not regional_aid:
        rate = max(rate - p.ceiling_outside, 0.0)
    return max(int(rate * base), int(p.de_minimis))


class LocalAuthority(StateAgent):
    """Brings files to the committee: a limited number a month, more with a project manager."""

    def step(self) -> None:
        """Pay the project manager, then file the mature projects that ask for a grant."""
        manager = self.policy.project_manager
        managed = manager is not None and manager.enabled and self.clock >= 0
        self.state.market.conditions[Condition.MANAGER] = 1.0 if managed else 0.0
        if managed and manager is not None:
            month = self.clock
            due = (
                manager.annual_cost_eur * (month + 1) // 12 - manager.annual_cost_eur * month // 12
            )
            self.ledger.open("project_manager", due)
            self.ledger.commit("project_manager", due)
            self.ledger.pay("project_manager", due)
        if self.model.fund.is_open:
            self._file(managed)

    def _file(self, managed: bool) -> None:
        projects, p, t = self.state.projects, self.parameters.instruments, self.state.t
        rows = np.flatnonzero(
            (projects.stage == Stage.MATURE)
            & (projects.grant_answer == Answer.NO_FILE)
            & (projects.base >= p.minimum_base)
        )
        room = len(rows) if managed else int(p.files_without_manager)
        for k in rows[np.lexsort((rows, projects.since[rows]))]:
            if room == 0:
                break
            asked = self.request(int(k))
            if not self._files(int(k), asked, managed) or not self._would_go(int(k), asked):
                continue
            projects.asked[k] = asked
            projects.filed_month[k] = t
            projects.grant_answer[k] = Answer.WAITING
            room -= 1

    def _files(self, k: int, asked: int, managed: bool) -> bool:
        """True if the sponsor knows the fund and the grant that it counts on covers a file's cost.

        A visit or a project manager makes the fund known; engineering days or a project manager
        write the file.
        """
        projects, p = self.state.projects, self.parameters.instruments
        written = managed or projects.days_received[k] > 0.0
        if asked <= 0 or not (written or p.success_expected * asked >= p.file_cost):
            return False
        if managed or projects.supported[k] != 0:
            share = p.file_helped
        else:
            size = self._size(k) / _REFERENCE_SIZE
            share = min(p.file_alone * size**p.file_size, p.file_helped)
        return bool(uniform_pair(self.model.run_keys.committee, k, 1) < share)

    def pipeline(self) -> tuple[int, float]:
        """Grants that projects known to the State could ask or have asked [EUR], and their jobs."""
        projects, p = self.state.projects, self.parameters.instruments
        known = ((projects.stage == Stage.DETECTED) | (projects.stage == Stage.MATURE)) & (
            (projects.public_detection == 1) | (projects.grant_answer == Answer.WAITING)
        )
        open_ = (projects.grant_answer == Answer.NO_FILE) | (
            projects.grant_answer == Answer.WAITING
        )
        rows = np.flatnonzero(known & open_ & (projects.base >= p.minimum_base))
        return sum(self.request(int(k)) for k in rows), float(projects.jobs[rows].sum())

    def _would_go(self, k: int, asked: int) -> bool:
        """A sponsor asks for a grant only for a project that it would carry out with it."""
        projects, p = self.state.projects, self.parameters.projects
        # Interpreted: the same bits, without the cost of passing records to compiled code.
        short = constraint_probability.py_func(float(self._size(k)), self._group(k), p)
        subsidy = asked / max(float(projects.capital[k]), 1.0)
        value, constraint = float(projects.value[k]), float(projects.constraint[k])
        return bool(goes_ahead.py_func(value, subsidy, constraint, short, p))

    def _size(self, k: int) -> int:
        sponsor = int(self.state.projects.sponsor[k])
        return ENTRANT_SIZE if sponsor < 0 else int(self.state.firms.employment[sponsor])

    def _group(self, k: int) -> bool:
        return bool(self.state.firms.group[self.state.projects.firm[k]])

    def request(self, k: int) -> int:
        """Grant that the sponsor of project k would ask for [EUR]."""
        projects, p = self.state.projects, self.parameters.instruments
        base = int(projects.base[k])
        ceiling = aid_ceiling(self._size(k), self._group(k), base, self.model.regional_aid, p)
        return min(int(p.asked_rate * base), ceiling, int(p.largest_grant))
