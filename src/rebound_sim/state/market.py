"""Quantities of the zone as a whole: counts, flows, money, conditions, sector indices."""

from __future__ import annotations

from enum import IntEnum
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from rebound_sim import fields
from rebound_sim.state.codes import N_STATUS

N_SECTORS = 38
#: Rows of tables by year of age: 0 to 99 and more.
N_AGES = 100
#: Row of the relatedness and target tables for people without a sector.
NO_SECTOR = N_SECTORS


class Flow(IntEnum):
    """People (or jobs) who moved during the month; reset at its start."""

    HIRES_UNEMPLOYED = 0
    HIRES_INACTIVE = 1  # inactive and halo
    HIRES_JOB_TO_JOB = 2
    HIRES_OUTSIDERS = 3
    HIRES_FIXED_TERM_UNEMPLOYED = 4
    HIRES_OTHER_SECTOR = 5  # from unemployment, sector changed
    HIRES_OWN_PLACE = 6  # from unemployment, place of residence
    HIRES_RETURNED_OUTSIDE = 7  # residents who worked outside
    EMPLOYMENT_TO_UNEMPLOYMENT = 8
    EMPLOYMENT_TO_INACTIVITY = 9
    PERMANENT_TO_UNEMPLOYMENT = 10
    FIXED_TERM_TO_UNEMPLOYMENT = 11
    CONVERSIONS = 12
    LAYOFFS = 13
    UNEMPLOYED_TO_INACTIVITY = 14
    INACTIVITY_TO_UNEMPLOYMENT = 15
    UNEMPLOYED_TO_OUTSIDE = 16
    BUSINESSES = 17
    TRAINING_ENTRIES = 18
    RETIREMENTS = 19
    OUT_MIGRATION = 20
    IN_MIGRATION = 21
    SCHOOL_LEAVERS = 22
    FIRM_FAILURES = 23
    FIRM_ENTRIES = 24
    JOBS_LOST_FAILURES = 25
    APPLICATIONS = 26
    COMMUTERS_LOST = 27


class Condition(IntEnum):
    """Indices of the month; ratios are to t = 0."""

    WAGE_INDEX = 0
    UNEMPLOYMENT_RATIO = 1  # to what is usual in the zone
    TIGHTNESS_RATIO = 2
    OUTSIDE_UNEMPLOYMENT_RATIO = 3
    HOUSEHOLD_DEMAND = 4
    BASIN_SHOCK = 5
    CYCLE = 6
    SITE_LOSS = 7  # share of the site's purchases lost and not replaced
    NATIONAL_SLACK = 8  # national unemployment rate at the date over that of the reference
    TRAINING_OFFER = 9  # extra monthly probability of training of the displaced
    TAKEOVER_SUPPORT = 10
    INCOME_BASE = 11  # EUR/month at the end of the burn-in
    EXOGENOUS_INCOME = 12  # EUR/month per resident of working age
    UNEMPLOYMENT_BASE = 13  # rate at t = 0
    TIGHTNESS_BASE = 14
    OUTSIDE_RATE = 15  # unemployment rate around the zone at an outside ratio of 1
    OUTSIDE_START = 16  # outside ratio at t = 0
    OUTSIDE_JOBS = 17  # index of jobs around the zone, 1 at t = 0
    FOUND_INACTIVE = 18  # hires of inactive people over inactive people, smoothed, per month
    FOUND_BASE = 19  # the same at the end of the burn-in; 0 before
    RETURNED = 20  # inactive people who become unemployed over inactive people, smoothed
    EFFORT = 21  # sum over the unemployed of their chance of a job outside relative to others'
    EFFORT_PEOPLE = 22  # people in that sum
    EFFORT_BASE = 23  # its mean at the end of the burn-in; 0 before
    UNEMPLOYMENT_USUAL = 24  # rate that passes for usual: that of t = 0, drifting
    OUTSIDE_BASE = (
        25  # residents working outside at the end of the burn-in, over the index; 0 before
    )
    COMMUTERS_BASE = 26  # non-residents working here, in the same way
    UNEMPLOYED_BASE = 27  # unemployed residents at the end of the burn-in


class Cause(IntEnum):
    """Jobs that each cause adds to desired employment, relative to base demand (float)."""

    HOUSEHOLDS = 0
    CUSTOMERS = 1  # local intermediate demand
    SITE = 2  # lost sales to the closing site
    WAGES = 3
    AGGLOMERATION = 4
    OWN_DEMAND = 5  # trend, cycle, firms' own shocks, entry and failure
    PROJECTS = 6
    RECAPTURE = 7


N_CAUSES = len(Cause)


class Money(IntEnum):
    """Monthly euros of the zone's residents, exact integers."""

    WAGE_BILL = 0  # at a wage index of 1, residents in work
    BENEFITS = 1


class Rates(NamedTuple):
    """Zone-specific monthly rates that keep the undisturbed zone stationary."""

    migration: float  # out-migration of a person of weight 1
    inactive_to_unemployment: float
    business: float  # unemployed to self-employment
    business_employed: float  # permanent employees of the zone to self-employment
    outside_job: float  # unemployed to a job outside
    outsiders: float  # search of non-residents relative to the national rate
    search_inactive: float
    halo_scale: float  # speed of the halo relative to the national rates
    entry_margin: float


class Market(NamedTuple):
    """Arrays of the zone; the only cells that are not facts about one agent."""

    people: npt.NDArray[np.int64]  # (2, status): non-residents, residents
    flows: npt.NDArray[np.int64]
    money: npt.NDArray[np.int64]
    conditions: npt.NDArray[np.float64]
    causes: npt.NDArray[np.float64]
    sector_jobs: npt.NDArray[np.int64]  # employees, closing site excluded
    sector_scale: npt.NDArray[np.float64]  # job, demand before sector factors
    factor: npt.NDArray[np.float64]  # sector demand, 1 at t = 0
    trend: npt.NDArray[np.float64]  # cumulated sector trend
    growth: npt.NDArray[np.float64]  # monthly growth that offsets entry, failure and projects
    trend_growth: npt.NDArray[np.float64]  # monthly growth of the scenario's sector trend
    replaced: npt.NDArray[np.float64]  # share of local sales regained elsewhere
    agglomeration: npt.NDArray[np.float64]
    household_share: npt.NDArray[np.float64]  # of sales, at t = 0
    customer_share: npt.NDArray[np.float64]
    external_share: npt.NDArray[np.float64]
    customers: npt.NDArray[np.float64]  # (38, 38) weight of buyer j in local sales of i
    related: npt.NDArray[np.float64]  # (39, 38) relatedness, last row: no sector
    base_jobs: npt.NDArray[np.float64]
    industrial: npt.NDArray[np.uint8]
    base_wage: npt.NDArray[np.float64]  # EUR/month, sector in the zone, human capital 0
    log_wage: npt.NDArray[np.float64]  # its logarithm
    targets: npt.NDArray[np.uint8]  # (39, 256) sector of an application by 8 random bits
    skills: npt.NDArray[np.float64]  # (38, 4) cumulated shares of levels asked
    willing: npt.NDArray[np.float64]  # by two places: share of people who apply so far away
    migration: npt.NDArray[np.float64]  # (100, 4, 2) monthly rate by age, level, unemployed or not
    replaceable: npt.NDArray[np.float64]  # share of lost local customers that can be replaced
    wage_elasticity: npt.NDArray[np.float64]  # fall of desired jobs (log) per unit of log wage
    cyclical: npt.NDArray[np.float64]  # 1 if sales outside follow the cycle, 0 for public posts
    settled_jobs: npt.NDArray[np.float64]  # employees at the end of the burn-in
    regained: npt.NDArray[np.float64]  # job, won from closed sites by other firms of the sector
    site_jobs: npt.NDArray[np.float64]  # employees of the closing sites
    site_base: npt.NDArray[np.float64]  # the same at t = 0


#: Arrays that are not one float64 a sector: NumPy's type, sizes (-1 : places of the zone).
_SHAPES: dict[str, tuple[str, tuple[int, ...]]] = {
    "people": ("i8", (2, N_STATUS)),
    "flows": ("i8", (len(Flow),)),
    "money": ("i8", (len(Money),)),
    "conditions": ("f8", (len(Condition),)),
    "causes": ("f8", (len(Cause),)),
    "sector_jobs": ("i8", (N_SECTORS,)),
    "customers": ("f8", (N_SECTORS, N_SECTORS)),
    "related": ("f8", (N_SECTORS + 1, N_SECTORS)),
    "industrial": ("u1", (N_SECTORS,)),
    "targets": ("u1", (N_SECTORS + 1, 256)),
    "skills": ("f8", (N_SECTORS, 4)),
    "willing": ("f8", (-1, -1)),
    "migration": ("f8", (N_AGES, 4, 2)),
}


def _shape(name: str) -> tuple[str, tuple[int, ...]]:
    return _SHAPES.get(name, ("f8", (N_SECTORS,)))


def _in_compiled_code(name: str) -> fields.Field:
    dtype, sizes = _shape(name)
    if sizes == (-1, -1):
        return fields.Dynamic(dtype)
    return fields.Column(dtype, sizes[1:])


fields.block(Market, {name: _in_compiled_code(name) for name in Market._fields})
fields.block(Rates, {name: fields.Number() for name in Rates._fields})


def allocate_market(places: int) -> Market:
    """Market arrays at zero, shapes as declared. places : places of the zone."""
    arrays = []
    for name in Market._fields:
        dtype, sizes = _shape(name)
        arrays.append(np.zeros([places if n < 0 else n for n in sizes], dtype=dtype))
    return Market(*arrays)
