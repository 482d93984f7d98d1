"""The reference's month, beside a model whose state agents decide for both.

State agents are Python, not kernels: what they write is copied to the reference. The kernels that
the closing groups call are replayed by the reference instead.
"""

import math
import types

import numpy as np

from kernels.reference import files, firms, matching, people
from kernels.reference.basin import LINKS, Basin, uniform
from rebound_sim import schedule
from rebound_sim.agents import closing_group
from rebound_sim.kernels import files as kernels
from rebound_sim.rng.draws import normal_quantile
from rebound_sim.state.codes import Status
from rebound_sim.state.columns import TABLES
from rebound_sim.state.market import Condition


class Reference:
    """Follows a `BasinModel` phase by phase, from its state at t = 0."""

    def __init__(self, model):
        self.model = model
        self.basin = Basin(model.state)
        self.vacancies = self.hires = self.files = 0
        self.seekers = []
        self.commands = []
        closing_group.kernels = Recorded(closing_group.kernels, self.commands)

    def month(self):
        """One month of both; yields the name of each phase when both have passed it."""
        for name, phase in schedule.PHASES:
            before = snapshot(self.model.state)
            phase(self.model)
            getattr(self, phase.__name__, self.copy_decisions)(before)
            yield name
        self.model.state.t += 1
        self.basin.t += 1

    @property
    def last(self):
        return self.model.firms_in_use()

    # -- phases, by the name of their function in `schedule` ----------------------------------

    def begin(self, _before):
        self.basin.zone.flows = [0] * len(self.basin.zone.flows)
        self.basin.zone.conditions[Condition.UNEMPLOYMENT_USUAL] = float(
            self.model.state.market.conditions[Condition.UNEMPLOYMENT_USUAL]
        )
        # The model steers returns to activity in Python.
        self.basin.rates = self.model.state.rates
        self.basin.zone.conditions[Condition.TIGHTNESS_BASE] = float(
            self.model.state.market.conditions[Condition.TIGHTNESS_BASE]
        )
        if 0 < self.basin.t <= self.model.scenario.time.burn_in_months:
            firms.settle_demand(self.basin.zone)
        if self.basin.t == self.model.scenario.time.burn_in_months:
            c = self.basin.zone.conditions
            c[Condition.FOUND_BASE] = c[Condition.FOUND_INACTIVE]
            searching = max(c[Condition.EFFORT_PEOPLE], 1.0)
            c[Condition.EFFORT_BASE] = c[Condition.EFFORT] / searching
            jobs, (others, residents) = c[Condition.OUTSIDE_JOBS], self.basin.zone.people
            c[Condition.OUTSIDE_BASE] = residents[Status.WORKING_OUTSIDE] / jobs
            come = others[Status.PERMANENT] + others[Status.FIXED_TERM]
            c[Condition.COMMUTERS_BASE] = come / jobs
            c[Condition.UNEMPLOYED_BASE] = max(residents[Status.UNEMPLOYED], 1)

    def exogenous(self, _before):
        c, given = self.basin.zone.conditions, self.model.scenario.conditions
        if given.cycle_amplitude > 0.0:
            months = max(self.basin.t - self.model.scenario.time.burn_in_months, 0)
            angle = 2.0 * math.pi * months / given.cycle_period_months
            c[Condition.CYCLE] = 1.0 - given.cycle_amplitude * math.sin(angle)
        normal = normal_quantile.py_func(uniform(self.model.month_keys.basin_shock, 0))
        firms.sector_demand(self.basin, normal, self.model.parameters)

    def closure(self, before):
        for name, arguments in self.commands:
            COMMANDS[name](self, *arguments)
        self.commands.clear()
        self.copy_decisions(before, ("firms.vacancies", "firms.desired", "firms.state"))
        market = self.model.state.market
        self.basin.zone.regained = market.regained.tolist()
        self.basin.zone.site_jobs = market.site_jobs.tolist()

    def firms_phase(self, _before):
        basin, model, p = self.basin, self.model, self.model.parameters
        rows = block(model.state.calendar.start_up_blocks, basin.t)
        firms.enter(basin, rows, model.run_keys.entry, p)
        firms.firms_month(basin, self.last, model.month_keys, p)
        firms.account_for_causes(basin, self.last)

    def separations(self, _before):
        present = [i for first, last in self.model.people_in_use() for i in range(first, last)]
        self.seekers = people.separate(
            self.basin, self.model.month_keys.event, present, self.model.parameters
        )

    def projects_phase(self, _before):
        firms.progress(
            self.basin,
            self.model.run_keys.stage,
            self.basin.t,
            float(self.model.local_authority.managed),
            self.model.parameters,
        )
        self.compare_files()

    def compare_files(self):
        """Files that projects would make now, with and without a project manager."""
        model, p = self.model, self.model.parameters
        projects, firms = model.state.projects, model.state.firms
        out = np.empty(projects.stage.size, dtype=np.int64)
        for regional_aid in (0, 1):
            kernels.requests(projects, firms, regional_aid, p.instruments, out)
            assert out.tolist() == files.requests(self.basin, regional_aid, p)
        key = model.run_keys.committee
        for managed, months in ((False, 1), (False, 30), (True, 1)):
            kernels.applicants(
                projects, firms, key, managed, months, 1, p.instruments, p.projects, out
            )
            assert out.tolist() == files.applicants(self.basin, key, managed, months, 1, p)
            self.files += int((out > 0).sum())

    def search_and_matching(self, _before):
        self.vacancies, self.hires = matching.search_and_match(
            self.basin,
            self.seekers,
            self.last,
            self.model.run_keys,
            self.model.month_keys,
            self.model.parameters,
        )
        assert (self.vacancies, self.hires) == (self.model.vacancies, self.model.hires)

    def households_and_wages(self, _before):
        firms.update_indices(self.basin, self.vacancies, self.model.parameters)

    def demography_phase(self, _before):
        basin, state, calendar = self.basin, self.model.state, self.model.state.calendar
        due = [i for i in calendar.retirement_rows if state.workers.retirement[i] == basin.t + 1]
        people.retire(basin, due)
        people.look_here(basin, block(calendar.neighbour_blocks, basin.t))
        people.arrive_from_school(basin, block(calendar.school_blocks, basin.t))
        rows = block(calendar.migrant_blocks, basin.t)
        statuses = [int(calendar.arrival_status[i - state.migrant_first]) for i in rows]
        key = self.model.run_keys.in_migration
        people.arrive_from_elsewhere(basin, rows, statuses, key, self.model.parameters)

    def records(self, _before):
        """Writes nothing in the state."""

    # -- state agents -------------------------------------------------------------------------

    def copy_decisions(self, before, columns=None):
        """Copy the cells that state agents wrote. columns : names, or all but lists of members."""
        for table in TABLES:
            rows = self.basin.people if table == "workers" else getattr(self.basin, table)
            for column in TABLES[table][1]:
                name = f"{table}.{column.name}"
                if column.name in LINKS or (columns is not None and name not in columns):
                    continue
                now = getattr(getattr(self.model.state, table), column.name)
                for k in np.flatnonzero(now != before[name]):
                    setattr(rows[k], column.name, now[k].item())
        conditions = self.model.state.market.conditions
        for k in np.flatnonzero(conditions != before["conditions"]):
            self.basin.zone.conditions[k] = float(conditions[k])


def block(starts, t):
    """Rows of month t; the last block once the calendar is over."""
    month = min(t, starts.size - 2)
    return range(int(starts[month]), int(starts[month + 1]))


def snapshot(state):
    """Copies of all columns that decisions may change."""
    out = {
        f"{table}.{column.name}": getattr(getattr(state, table), column.name).copy()
        for table in TABLES
        for column in TABLES[table][1]
        if column.name not in LINKS
    }
    return {**out, "conditions": state.market.conditions.copy()}


class Recorded(types.SimpleNamespace):
    """Kernels that note how they were called, for the reference to do the same."""

    def __init__(self, module, commands):
        super().__init__()
        module = getattr(module, "module", module)
        self.module = module
        for name in COMMANDS:
            setattr(self, name, self._noting(name, getattr(module, name), commands))

    @staticmethod
    def _noting(name, kernel, commands):
        def call(*arguments):
            commands.append((name, arguments))
            return kernel(*arguments)

        return call


def _close(reference, f, *_):
    basin, model = reference.basin, reference.model
    firms.close_firm(basin, basin.firms[f], model.month_keys, model.parameters)


def _tranche(reference, f, number, mode, _t, key, person_key, *rest):
    basin, redeployed = reference.basin, rest[-2]
    firms.closing_site(
        basin,
        basin.firms[f],
        number,
        mode,
        redeployed,
        key,
        person_key,
        reference.model.parameters,
    )


def _transfer(reference, f, g, number, key, *_):
    basin = reference.basin
    firms.transfer(basin, basin.firms[f], basin.firms[g], number, key)


COMMANDS = {
    "close_firm": _close,
    "closing_site": _tranche,
    "transfer": _transfer,
    "open_successor": lambda reference, f, jobs, *_: firms.open_successor(
        reference.basin, reference.basin.firms[f], jobs
    ),
    "open_vacancies_of_site": lambda reference, f, jobs, *_: firms.open_vacancies_of_site(
        reference.basin, reference.basin.firms[f], jobs
    ),
}
