"""Firms' table and latent projects at t = 0, with all those that may come."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from rebound_sim.compilation import compiled, compiled_allocating
from rebound_sim.data.sectors import SECTORS
from rebound_sim.population.establishments import Establishments
from rebound_sim.rng.draws import normal_quantile, normals, uniform_pair, uniforms
from rebound_sim.rules.demand import failure_probability
from rebound_sim.rules.projects import ENTRANT_SIZE, delivered_share
from rebound_sim.state.codes import FirmKind, FirmState, ProjectKind, Stage
from rebound_sim.state.columns import allocate

#: Months of ideas before t = 0, so that the funnel is in its usual state at t = 0.
PIPELINE_MONTHS = 180
_INDUSTRIAL = np.array([sector.industrial for sector in SECTORS])
_PLANT = int(FirmKind.PLANT)
_PLACE, _GROUP, _AGE, _PREMIUM, _ROUNDING, _ENTRY_SIZE = range(1, 7)
#: Share of establishments in a group: this × √employees, 0.9 at most. Assumed: about two thirds of
#: employees of industry then work in groups (assumed), mostly in the larger establishments.
_GROUP_SHARE = 0.08
_MEAN_AGE = 150.0  # month: establishments are 12 years old on average (assumed)


@dataclass(frozen=True)
class FirmRows:
    """First rows of the segments of the table of firms, and the sites."""

    successors: int
    plants: int
    start_ups: int
    rows: int
    sites: tuple[int, ...]
    start_up_blocks: npt.NDArray[np.int64]  # first start-up of each month, offset by start_ups


@compiled
def _firm_traits(firms, first, last, key, jobs_by_place, premium_sd, premium_size, initial):  # type: ignore[no-untyped-def]
    for f in range(first, last):
        u = uniform_pair(key, f, _PLACE)
        place = 0
        total = jobs_by_place[0]
        while place < jobs_by_place.size - 1 and u >= total:
            place += 1
            total += jobs_by_place[place]
        firms.place[f] = place
        size = max(firms.scale[f], 1.0)
        owner = float(ENTRANT_SIZE) if firms.kind[f] == _PLANT else size
        firms.group[f] = uniform_pair(key, f, _GROUP) < min(0.9, _GROUP_SHARE * owner**0.5)
        firms.premium[f] = premium_sd * normal_quantile(
            uniform_pair(key, f, _PREMIUM)
        ) + premium_size * math.log(size)
        firms.rounding[f] = uniform_pair(key, f, _ROUNDING)
        if initial:
            firms.born[f] = -int(-_MEAN_AGE * math.log(uniform_pair(key, f, _AGE))) - 1


@compiled_allocating
def _failure_by_sector(firms, rows, industrial, p):  # type: ignore[no-untyped-def]
    """Expected failures per month by sector at t = 0, float64[38]."""
    out = np.zeros(38)
    for f in range(rows):
        if firms.kind[f] == 0:
            s = firms.sector[f]
            rate = failure_probability(
                firms.employment[f], float(-firms.born[f]), 1.0, industrial[s], p
            )
            out[s] += rate
    return out


@compiled
def _start_up_sizes(firms, first, last, key, mean):  # type: ignore[no-untyped-def]
    """Geometric sizes from 1, mean `mean`."""
    ratio = 1.0 - 1.0 / max(mean, 1.0001)
    for f in range(first, last):
        u = uniform_pair(key, f, _ENTRY_SIZE)
        firms.scale[f] = 1.0 + math.floor(math.log(u) / math.log(ratio))


def expected_failures(firms: Any, rows: int, p: Any) -> npt.NDArray[np.float64]:
    """Expected failures per month by sector at t = 0, float64[38]."""
    return np.asarray(_failure_by_sector(firms, rows, _INDUSTRIAL.astype(np.uint8), p))


def fill_firms(
    opened: Establishments,
    plants: int,
    months: int,
    margin: float,
    key: np.uint64,
    jobs_by_place: npt.NDArray[np.float64],
    p: Any,
) -> tuple[Any, FirmRows, npt.NDArray[np.float64]]:
    """The table of firms: establishments, successors of sites, plants, candidate start-ups.

    plants : outside prospects    months : length of the run    margin : candidates per entry
    p : parameter set. Returns the table, its segments and the expected failures by sector.
    """
    n = opened.size.size
    draft = allocate("firms", n)
    _fill_open(draft, opened, n)
    draft.scale[:n] = opened.size
    _firm_traits(draft, 0, n, key, jobs_by_place, p.wages.premium_sd, p.wages.premium_size, True)
    failures = expected_failures(draft, n, p.demand)
    births = failures * months * margin
    start_ups = int(np.ceil(births.sum()))
    successors = n
    first_plant = successors + 2 * len(opened.site)
    first_start_up = first_plant + plants
    rows = first_start_up + start_ups
    firms = allocate("firms", rows)
    for name in firms._fields:
        getattr(firms, name)[:n] = getattr(draft, name)
    firms.kind[successors:first_plant] = FirmKind.SUCCESSOR
    firms.kind[first_plant:first_start_up] = FirmKind.PLANT
    firms.kind[first_start_up:] = FirmKind.START_UP
    _start_up_sectors(firms, first_start_up, births, key)
    _start_up_sizes(firms, first_start_up, rows, key, p.demand.entry_size)
    _firm_traits(firms, n, rows, key, jobs_by_place, p.wages.premium_sd, 0.0, False)
    blocks = (np.arange(months + 1, dtype=np.int64) * start_ups) // max(months, 1)
    firms.born[first_start_up:] = np.repeat(np.arange(months, dtype=np.int16), np.diff(blocks))
    segments = FirmRows(
        successors, first_plant, first_start_up, rows, opened.site, blocks + first_start_up
    )
    return firms, segments, failures


def _fill_open(firms: Any, opened: Establishments, n: int) -> None:
    firms.state[:n] = FirmState.OPEN
    firms.sector[:n] = opened.sector
    firms.employment[:n] = opened.size
    firms.desired[:n] = opened.size
    firms.kind[list(opened.site)] = FirmKind.CLOSING_SITE


@compiled
def _sectors_by_hash(firms, first, cumulated, key):  # type: ignore[no-untyped-def]
    for f in range(first, firms.rows):
        u = uniform_pair(key, f, 9)
        s = 0
        while s < 37 and u >= cumulated[s]:
            s += 1
        firms.sector[f] = s


def _start_up_sectors(
    firms: Any, first: int, births: npt.NDArray[np.float64], key: np.uint64
) -> None:
    cumulated = np.cumsum(births / max(births.sum(), 1e-12))
    cumulated[-1] = 1.0
    _sectors_by_hash(firms, first, cumulated, key)


def ideas_per_month(size: npt.NDArray[np.int64], p: Any) -> npt.NDArray[np.float64]:
    """Monthly arrival of ideas that keeps the stock of latent projects at `per_firm`.

    size : int64[n] employees of industrial establishments    p : `projects` record.
    """
    stock = p.per_firm * np.minimum(1.0, size / p.size_full)
    return np.asarray(stock * p.detection)


@dataclass(frozen=True)
class ProjectPlan:
    """Numbers of projects to draw: sponsor rows of own projects, and outside prospects."""

    sponsors: npt.NDArray[np.int32]
    prospects: int


def _drive(rows: npt.NDArray[np.int64], key: np.uint64, sigma: float) -> npt.NDArray[np.float64]:
    """How often firms have ideas, relative to others of their size: lognormal of mean one."""
    spread = normals(key, rows, 19)
    return np.asarray(np.exp(sigma * spread - 0.5 * sigma**2))


def plan_projects(opened: Establishments, months: int, key: np.uint64, p: Any) -> ProjectPlan:
    """How many ideas each industrial establishment has over the pipeline and the run.

    Poisson numbers through a normal quantile would not be exact for small means: a fixed
    fractional part per firm rounds the expected number instead. Firms differ for good: some
    invest again and again, others hardly ever.
    """
    rows = np.flatnonzero(_INDUSTRIAL[opened.sector])
    rows = rows[~np.isin(rows, opened.site)]
    expected = ideas_per_month(opened.size[rows], p) * (months + PIPELINE_MONTHS)
    expected *= _drive(rows, key, p.per_firm_sigma)
    fraction = uniforms(key, rows, 8)
    numbers = np.floor(expected + fraction).astype(np.int64)
    sponsors = np.repeat(rows, numbers).astype(np.int32)
    return ProjectPlan(sponsors, round(p.entrants * sponsors.size))


@compiled
def _largest_extension(size, p):  # type: ignore[no-untyped-def]
    """Most jobs of an extension of an establishment of `size` employees."""
    return min(max(p.smallest_bound, p.largest_extension * size), p.largest_extension_jobs)


@compiled
def _main_level(u, v, sector, skills, p):  # type: ignore[no-untyped-def]
    """Level that most posts of a project ask: the sector's mix, one level higher for some."""
    q = 0
    while q < 3 and u >= skills[sector, q]:
        q += 1
    return min(q + 1, 3) if v < p.higher_level else q


@compiled
def _project_traits(projects, firms, skills, key, months, pipeline, p, base_share, days_needed):  # type: ignore[no-untyped-def]
    """Draw what makes each project; sponsor, firm and kind are set before."""
    for k in range(projects.rows):
        outside = projects.sponsor[k] < 0
        size = float(ENTRANT_SIZE)
        if not outside:
            size = max(float(firms.employment[projects.sponsor[k]]), 1.0)
        median = p.capital_median * (size / 30.0) ** p.capital_size
        if outside:
            median *= p.entrant_scale
        capital = (
            1.0e6 * median * math.exp(p.capital_sigma * normal_quantile(uniform_pair(key, k, 1)))
        )
        capital = min(max(capital, 2.0e4), 1.0e9)
        per_job = (
            1.0e6
            * p.capital_per_job
            * math.exp(
                p.capital_per_job_sigma * normal_quantile(uniform_pair(key, k, 2))
                - 0.5 * p.capital_per_job_sigma**2
            )
        )
        jobs = int(capital / per_job + uniform_pair(key, k, 3))
        largest = int(p.largest_entrant if outside else _largest_extension(size, p))
        if jobs > largest:
            # What a site cannot take in jobs, nobody invests in it either.
            jobs, capital = largest, largest * per_job
        projects.jobs[k] = jobs
        projects.capital[k] = int(capital)
        projects.base[k] = int(base_share * capital)
        quality = normal_quantile(uniform_pair(key, k, 4))
        merit = p.merit_value * quality + math.sqrt(1.0 - p.merit_value**2) * normal_quantile(
            uniform_pair(key, k, 5)
        )
        projects.value[k] = p.value_mean + p.value_sd * quality
        projects.signal[k] = merit + p.signal_noise * normal_quantile(uniform_pair(key, k, 6))
        # Finance is the firm's: all its projects lack it together.
        projects.constraint[k] = (
            uniform_pair(key, k, 7) if outside else uniform_pair(key, projects.sponsor[k], 18)
        )
        rank = p.merit_delivery * merit + math.sqrt(1.0 - p.merit_delivery**2) * normal_quantile(
            uniform_pair(key, k, 8)
        )
        # Its distribution function makes a uniform of a standard normal: the better deliver more.
        projects.delivery[k] = delivered_share(0.5 * (1.0 + math.erf(rank / math.sqrt(2.0))), p)
        projects.threshold[k] = -math.log(uniform_pair(key, k, 9))
        projects.days_needed[k] = days_needed * math.exp(
            0.5 * normal_quantile(uniform_pair(key, k, 10))
        )
        projects.born[k] = int((months + pipeline) * uniform_pair(key, k, 11)) - pipeline
        permit = p.permit_new if outside else p.permit_extension
        build = p.build_new if outside else p.build_extension
        projects.permit_months[k] = int(2.0 * permit * uniform_pair(key, k, 12))
        projects.build_months[k] = int(build * (0.5 + uniform_pair(key, k, 13)))
        projects.ramp_months[k] = max(1, int(p.ramp * (0.5 + uniform_pair(key, k, 14))))
        projects.qualification[k] = _main_level(
            uniform_pair(key, k, 15), uniform_pair(key, k, 17), projects.sector[k], skills, p
        )


def fill_projects(
    plan: ProjectPlan,
    firms: Any,
    segments: FirmRows,
    base_jobs: npt.NDArray[np.float64],
    skills: npt.NDArray[np.float64],
    exposed: npt.NDArray[np.bool_],
    months: int,
    key: np.uint64,
    p: Any,
) -> Any:
    """The table of projects over the pipeline and the run, all still unborn.

    skills : float64[38, 4] cumulated shares of levels by sector    exposed : bool[38], sectors
    whose firms may diversify    p : parameter set.
    """
    own = plan.sponsors.size
    total = own + plan.prospects
    projects = allocate("projects", total)
    projects.sponsor[:own] = plan.sponsors
    projects.firm[:own] = plan.sponsors
    projects.firm[own:] = segments.plants + np.arange(plan.prospects)
    projects.stage[:] = Stage.UNBORN
    draw = uniforms(key, np.arange(total), 16)
    projects.sector[:own] = firms.sector[plan.sponsors]
    diversifies = exposed[projects.sector[:own]] & (draw[:own] < p.projects.diversification)
    diversifies |= (firms.exposure[plan.sponsors] > 0) & (draw[:own] < p.projects.diversification)
    projects.kind[:own] = np.where(diversifies, ProjectKind.DIVERSIFICATION, ProjectKind.EXTENSION)
    new = draw[own:] < p.projects.new_sector
    projects.kind[own:] = np.where(new, ProjectKind.NEW_SECTOR, ProjectKind.NEW_PLANT)
    projects.sector[own:] = _prospect_sectors(new, draw[own:], base_jobs, p.projects.new_sector)
    firms.sector[projects.firm[own:]] = projects.sector[own:]
    _project_traits(
        projects,
        firms,
        skills,
        key,
        months,
        PIPELINE_MONTHS,
        p.projects,
        p.instruments.base_share,
        p.instruments.days_needed,
    )
    return projects


def _prospect_sectors(
    new: npt.NDArray[np.bool_],
    draw: npt.NDArray[np.float64],
    base_jobs: npt.NDArray[np.float64],
    share: float,
) -> npt.NDArray[np.uint8]:
    """Sectors of outside prospects: of the zone's industry, or the least present new ones."""
    present = np.where(_INDUSTRIAL, base_jobs, 0.0)
    usual = np.cumsum(present / max(present.sum(), 1e-12))
    codes = np.flatnonzero([sector.new for sector in SECTORS])
    rarity = 1.0 / (1.0 + base_jobs[codes])
    rare = np.cumsum(rarity / rarity.sum())
    inside = np.searchsorted(
        usual, np.clip((draw - share) / max(1.0 - share, 1e-12), 0.0, 0.999999)
    )
    outside = codes[np.searchsorted(rare, np.clip(draw / max(share, 1e-12), 0.0, 0.999999))]
    return np.where(new, outside, np.minimum(inside, 37)).astype(np.uint8)
