"""The inter-municipal authority: aid files of its firms, with or without a project manager."""

from __future__ import annotations

import numpy as np

from rebound_sim.agents.base import InstrumentAgent
from rebound_sim.kernels.files import applicants, requests
from rebound_sim.state.codes import Answer, Stage
from rebound_sim.units import MONTHS_PER_YEAR


class LocalAuthority(InstrumentAgent):
    """Brings files to the committee: a limited number a month, more with a project manager."""

    instrument = "project_manager"
    #: True with a territorial project manager.
    managed = False

    def step(self) -> None:
        """Pay the project manager, then file the mature projects that ask for a grant."""
        managers = list(self.running())
        self.managed = bool(managers)
        for manager, month in managers:
            yearly = manager.annual_cost_eur
            self.spend(yearly * (month + 1) // MONTHS_PER_YEAR - yearly * month // MONTHS_PER_YEAR)
        if self.model.fund.is_open or self.model.instruments["repayable_advances"].is_open:
            self.model.fund.months_open += 1
            self._file(self.managed)

    def _file(self, managed: bool) -> None:
        """Files of the month: those that have waited longest first."""
        projects, p = self.state.projects, self.parameters
        asked = np.empty(projects.stage.size, dtype=np.int64)
        applicants(
            projects,
            self.state.firms,
            self.model.run_keys.committee,
            managed,
            self.model.fund.months_open,
            self.model.regional_aid,
            self.model.fund.rules_as_known,
            p.projects,
            asked,
        )
        rows = np.flatnonzero(asked)
        if rows.size == 0:
            return
        room = rows.size if managed else int(p.instruments.files_without_manager)
        filed = rows[np.lexsort((rows, projects.since[rows]))][:room]
        projects.asked[filed] = asked[filed]
        projects.filed_month[filed] = self.state.t
        projects.grant_answer[filed] = Answer.WAITING

    def pipeline(self) -> tuple[int, float]:
        """Grants that projects known to the State could ask or have asked [EUR], and their jobs."""
        projects, p = self.state.projects, self.model.fund.rules
        known = ((projects.stage == Stage.DETECTED) | (projects.stage == Stage.MATURE)) & (
            (projects.public_detection == 1) | (projects.grant_answer == Answer.WAITING)
        )
        open_ = (projects.grant_answer == Answer.NO_FILE) | (
            projects.grant_answer == Answer.WAITING
        )
        asked = np.empty(projects.stage.size, dtype=np.int64)
        requests(projects, self.state.firms, self.model.regional_aid, p, asked)
        rows = known & open_ & (projects.base >= p.minimum_base)
        return int(asked[rows].sum()), float(projects.jobs[rows].sum())
