"""Copies of a zone that share its people and firms until a firm, or what people meet, differs.

A policy first changes projects, files and accounts; people and firms notice when a project hires,
months or years later. So a copy begins with its own projects, state agents, ledger and records, and
shares the rest, its core: people, firms, market, closing sites. What the public side writes into
the core each month (`Cells`), and the first firm that help keeps alive, tell when it needs a core
of its own.
"""

from __future__ import annotations

import copy
from typing import Any

import numpy as np
import numpy.typing as npt

from rebound_sim.kernels.firms import failing
from rebound_sim.model import BasinModel
from rebound_sim.state import packs
from rebound_sim.state.columns import WORKER_COLUMNS

#: Columns of firms that projects and state agents write, and that people and other firms notice.
FIRM_CELLS = (
    "state",
    "born",
    "exposure",
    "shield",
    "project_jobs",
    "project_posts",
    "project_level",
)
#: Columns of firms that belong to the public side: its projects alone read the first two; the
#: others are noticed in the month when a firm fails with the one and not with the other.
PUBLIC_COLUMNS = ("visited", "relief", "protection", "protected_until")
#: Arrays of the market that nothing changes during a run.
STRUCTURE = (
    "household_share", "customer_share", "external_share", "customers", "related", "base_jobs",
    "industrial", "base_wage", "log_wage", "targets", "skills", "willing", "migration",
    "replaceable", "wage_elasticity", "site_base", "cyclical",
)  # fmt: skip
#: Columns of people, and of projects, that are never written after t = 0: all copies share them.
FIXED = tuple(column.name for column in WORKER_COLUMNS if column.fixed)
FIXED_OF_PROJECTS = (
    "kind", "sector", "qualification", "sponsor", "firm", "capital", "base", "jobs", "value",
    "constraint", "signal", "delivery", "days_needed", "born", "permit_months", "build_months",
    "ramp_months",
)  # fmt: skip
#: What a month of the core leaves in the model, beside its state.
_MONTH = (
    "month_keys",
    "n_seekers",
    "vacancies",
    "hires",
    "controls",
    "_displaced",
    "return_rate",
    "participation",
)


def bytes_of_core(zone: BasinModel) -> int:
    """Memory of people and firms that zones with another core do not share."""
    return sum(array.nbytes for array in own_arrays(zone).values())


def own_arrays(zone: BasinModel) -> dict[tuple[str, str], npt.NDArray[Any]]:
    """Columns of people and firms of a core, by table and name."""
    return {
        (table, name): array
        for table, shared in (("workers", FIXED), ("firms", PUBLIC_COLUMNS))
        for name, array in getattr(zone.state, table)._asdict().items()
        if name not in shared
    }


def core_of(zone: BasinModel) -> int:
    """The same number for zones that share their core."""
    return id(zone.state.workers)


def share(zone: BasinModel) -> BasinModel:
    """A copy with its own public side, under the same luck, that shares the core of `zone`."""
    state = zone.state
    shared: tuple[Any, ...] = (
        zone.scenario,
        zone.policy,
        zone.orders,
        zone.parameters,
        zone.people_parameters,
        zone.run_keys,
        zone.figures,
        zone.month_keys,
        zone.controls,
        zone._displaced,
        zone.tightness,
        state.calendar,
        state.scratch_events,
        state.scratch_seekers,
        state.workers,
        state.firms,
        state.market,
        state.rates,
        state.sites,
        *state.sites,
        state.cohort,
        *(getattr(state.projects, name) for name in FIXED_OF_PROJECTS),
    )
    other = copy.deepcopy(zone, {id(thing): thing for thing in shared})
    firms = {name: getattr(state.firms, name).copy() for name in PUBLIC_COLUMNS}
    other.state.firms = state.firms._replace(**firms)
    return other


def adopt(zone: BasinModel, lead: BasinModel) -> None:
    """Let `zone`, in the same month, share the core of `lead`."""
    own = {name: getattr(zone.state.firms, name) for name in PUBLIC_COLUMNS}
    zone.state.firms = lead.state.firms._replace(**own)
    for name in ("workers", "market", "sites", "cohort"):
        setattr(zone.state, name, getattr(lead.state, name))
    zone.tightness = lead.tightness
    for group, site in zip(zone.closing_groups, zone.state.sites, strict=True):
        group.site = site
    follow(zone, lead)


def follow(zone: BasinModel, lead: BasinModel) -> None:
    """Take what the month of the shared core, run by `lead`, leaves beside the arrays."""
    for name in _MONTH:
        setattr(zone, name, getattr(lead, name))
    zone.state.rates = lead.state.rates
    zone.ledger.month = lead.ledger.month
    for group, other in zip(zone.closing_groups, lead.closing_groups, strict=True):
        for name, value in vars(other).items():
            if isinstance(value, bool | int | float):
                setattr(group, name, value)


def part(zone: BasinModel) -> None:
    """Give `zone` a core of its own, equal to the one that it shared."""
    state = zone.state
    state.workers = packs.copied(state.workers, FIXED)
    state.firms = packs.copied(state.firms, PUBLIC_COLUMNS)
    part_market(zone)


def part_market(zone: BasinModel) -> None:
    """Give `zone` its own market and closing sites, all of a core but people and firms."""
    state = zone.state
    state.market = _copy(state.market, STRUCTURE)
    state.cohort = list(state.cohort)
    state.sites = [copy.copy(site) for site in state.sites]
    zone.tightness = list(zone.tightness)
    for group, site in zip(zone.closing_groups, state.sites, strict=True):
        group.site = site


def fork(zone: BasinModel) -> BasinModel:
    """A copy that goes its own way from here, under the same luck.

    What never changes (scenario, parameters, structure of the zone, fixed columns of people) and
    what holds nothing between months (work arrays) is shared.
    """
    other = share(zone)
    part(other)
    return other


def _copy(record: Any, kept: tuple[str, ...]) -> Any:
    """The record with arrays of its own, but those of names `kept`."""
    return type(record)(
        *(
            array if name in kept else array.copy()
            for name, array in zip(record._fields, record, strict=True)
        )
    )


def same_help(zone: BasinModel, other: BasinModel) -> bool:
    """True if the same firms are protected in both, as much and as long."""
    return all(
        np.array_equal(getattr(zone.state.firms, name), getattr(other.state.firms, name))
        for name in ("protection", "protected_until")
    )


def failures(zone: BasinModel) -> bytes:
    """Firms that fail this month, as `firms_phase` will find: zones that agree on it share on."""
    state = zone.state
    rows = np.empty(zone.firms_in_use(), dtype=np.int32)
    number = failing(
        state.firms,
        state.market,
        zone.month_keys.firm_failure,
        zone.firms_in_use(),
        state.t,
        zone.parameters.demand,
        rows,
    )
    return rows[:number].tobytes()


class Cells:
    """The cells of a core that the public side may write, at one moment."""

    def __init__(self, zone: BasinModel) -> None:
        firms = [getattr(zone.state.firms, name).copy() for name in FIRM_CELLS]
        self._arrays = [*firms, zone.state.market.conditions.copy()]

    def write(self, zone: BasinModel) -> None:
        """Put them into the core of `zone`."""
        state = zone.state
        targets = [*(getattr(state.firms, name) for name in FIRM_CELLS), state.market.conditions]
        for target, array in zip(targets, self._arrays, strict=True):
            target[:] = array

    def same(self, other: Cells) -> bool:
        """True if people and firms cannot tell one from the other, bit for bit."""
        return all(
            np.array_equal(a.view(np.uint8), b.view(np.uint8))
            for a, b in zip(self._arrays, other._arrays, strict=True)
        )
