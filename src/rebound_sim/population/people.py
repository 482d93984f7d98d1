"""Traits of people at t = 0 and of those to come: one address per person, trait by trait."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import numpy.typing as npt

from rebound_sim.compilation import compiled, compiled_allocating
from rebound_sim.data.basins import BasinFigures
from rebound_sim.data.national import (
    RETIREMENT_AGES,
    UNEMPLOYMENT_BY_LEVEL,
    activity_of_classes,
)
from rebound_sim.population.layout import Layout
from rebound_sim.population.rounding import fit_margins
from rebound_sim.rng.draws import normal_quantile, uniform_pair
from rebound_sim.state.codes import Regime, Status

#: Age classes of `BasinFigures.age_shares`.
AGE_EDGES = np.array([15.0, 25.0, 40.0, 50.0, 60.0, 65.0])
_EMPLOYED, _UNEMPLOYED, _INACTIVE = 0, 1, 2
#: Ages between which people retire [year].
_EARLIEST, _LATEST = RETIREMENT_AGES
_PERMANENT = int(Status.PERMANENT)
_FIXED_TERM = int(Status.FIXED_TERM)
_ORDINARY = int(Regime.ORDINARY)
_MEAN_TENURE = 130.0  # month, permanent contracts: about 11 years (OECD, all employees)
_MEAN_TENURE_FIXED = 7.0
DURATION_EDGES = np.array([0.0, 3.0, 6.0, 12.0, 24.0, 36.0, 60.0])
#: Codes of traits in an address.
_AGE, _IN_AGE, _LEVEL, _PLACE, _GENERAL, _RETIRE = range(1, 7)
_TENURE, _CONTRACT, _SECTOR, _SUPPORT, _EARLY, _IN_SPELL = range(7, 13)
_PAST_SECTOR, _EASE_DRAW = 13, 14
#: Age from which everyone has a last sector (assumed: most have left education and worked).
_HAS_WORKED = 25.0


def ages_by_group(figures: BasinFigures, lay: Layout) -> npt.NDArray[np.float64]:
    """Cumulated shares of age classes in each group, float64[3, 5].

    Groups: employed, unemployed, inactive. National activity by age fitted to the zone's age shares
    and to its totals.
    """
    employed, unemployed = (np.array(shares) for shares in activity_of_classes())
    seed = np.stack([employed, unemployed, 1.0 - employed - unemployed]) * figures.age_shares
    totals = np.array(
        [
            lay.employees + lay.self_employed + lay.outside,
            lay.unemployed,
            lay.halo + lay.inactive,
        ],
        dtype=np.float64,
    )
    table = fit_margins(seed, totals, figures.age_shares * totals.sum())
    cumulated = np.cumsum(table / np.maximum(table.sum(axis=1, keepdims=True), 1e-12), axis=1)
    cumulated[:, -1] = 1.0
    return cumulated


@compiled
def pick(u, cumulated):  # type: ignore[no-untyped-def]
    """Class of the uniform u by cumulated shares, float64[n] ending at 1."""
    k = 0
    while k < cumulated.size - 1 and u >= cumulated[k]:
        k += 1
    return k


@compiled
def _retirement_month(birth, key, i, mean, sd):  # type: ignore[no-untyped-def]
    age = mean + sd * normal_quantile(uniform_pair(key, i, _RETIRE))
    return birth + int(12.0 * min(max(age, _EARLIEST), _LATEST))


@compiled
def traits(  # type: ignore[no-untyped-def]
    workers,
    first,
    last,
    key,
    ages,
    levels,
    home,
    group,
    edges,
    general_sd,
    level_return,
    mean_retirement,
    sd_retirement,
):
    """Age, level (if `levels` is given), place, general human capital, retirement of rows.

    ages : float64[5] cumulated    levels : float64[4] cumulated, or empty to keep the level
    home : float64[places] cumulated, or empty to keep the place
    """
    for i in range(first, last):
        k = pick(uniform_pair(key, i, _AGE), ages)
        age = edges[k] + (edges[k + 1] - edges[k]) * uniform_pair(key, i, _IN_AGE)
        birth = -int(12.0 * age)
        workers.birth[i] = birth
        level = 0
        if levels.size > 0:
            level = pick(uniform_pair(key, i, _LEVEL), levels)
            workers.qualification[i] = level
        if home.size > 0:
            workers.place[i] = pick(uniform_pair(key, i, _PLACE), home)
        workers.general[i] = (
            general_sd * normal_quantile(uniform_pair(key, i, _GENERAL)) + level_return * level
        )
        month = _retirement_month(birth, key, i, mean_retirement, sd_retirement)
        if month <= 0 and group != _INACTIVE:
            month = 1 + int(30.0 * uniform_pair(key, i, _EARLY))
        workers.retirement[i] = min(month, 32000)


@compiled
def contracts(workers, rows, key, fixed_share):  # type: ignore[no-untyped-def]
    """Contract and tenure of employees; tenure is bounded by working life."""
    for k in range(rows.size):
        i = rows[k]
        fixed = uniform_pair(key, i, _CONTRACT) < fixed_share
        workers.status[i] = _FIXED_TERM if fixed else _PERMANENT
        mean = _MEAN_TENURE_FIXED if fixed else _MEAN_TENURE
        longest = max(-workers.birth[i] - 216.0, 1.0)
        u = uniform_pair(key, i, _TENURE)
        tenure = -mean * math.log(1.0 - u * (1.0 - math.exp(-longest / mean)))
        workers.since[i] = -int(tenure)


@compiled
def spells(workers, first, last, key, durations, edges, sectors, paid_share, cap):  # type: ignore[no-untyped-def]
    """Duration, last sector and insurance of people without work.

    durations : float64[6] cumulated shares of job-seekers by duration    sectors : float64[38]
    cumulated shares of last sectors    paid_share : insured among those below `cap` months.
    """
    for i in range(first, last):
        k = pick(uniform_pair(key, i, _TENURE), durations)
        months = edges[k] + (edges[k + 1] - edges[k]) * uniform_pair(key, i, _IN_SPELL)
        workers.since[i] = -int(months)
        workers.sector[i] = pick(uniform_pair(key, i, _SECTOR), sectors)
        if months < cap and uniform_pair(key, i, _SUPPORT) < paid_share:
            workers.regime[i] = _ORDINARY
            workers.until[i] = int(cap - months) + 1


@compiled
def past_sectors(workers, first, arrival, key, sectors):  # type: ignore[no-untyped-def]
    """Last sector of people old enough to have worked, at t = 0 or on arrival.

    first : first row    arrival : int16[n], month of arrival of the n rows, 0 if present
    sectors : float64[38], cumulated shares. Those who have a sector keep it.
    """
    for k in range(arrival.size):
        i = first + k
        worked = arrival[k] - workers.birth[i] >= 12.0 * _HAS_WORKED
        if worked and workers.sector[i] >= sectors.size:
            workers.sector[i] = pick(uniform_pair(key, i, _PAST_SECTOR), sectors)


#: Mean employability by status at t = 0, in s.d. of all (assumed: those whom firms retain are in
#: permanent jobs; flows sort people further in the burn-in).
_EASE = {
    Status.PERMANENT: 0.15, Status.FIXED_TERM: -0.2, Status.SELF_EMPLOYED: 0.1,
    Status.WORKING_OUTSIDE: 0.1, Status.UNEMPLOYED: -0.5, Status.HALO: -0.6,
    Status.INACTIVE: -0.3, Status.OUTSIDER: -0.3,
}  # fmt: skip


@compiled
def _draw_ease(workers, rows, key, means):  # type: ignore[no-untyped-def]
    for i in range(rows):
        draw = normal_quantile(uniform_pair(key, i, _EASE_DRAW))
        workers.ease[i] = draw + means[workers.status[i]]


def employability(workers: Any, rows: int, key: np.uint64) -> None:
    """Draw the employability of everyone, once contracts and statuses are known."""
    means = np.zeros(len(Status))
    for status, mean in _EASE.items():
        means[int(status)] = mean
    _draw_ease(workers, rows, key, means)


@compiled_allocating
def arrival_draws(first, last, key):  # type: ignore[no-untyped-def]
    """Fixed uniforms that decide what candidates for in-migration do on arrival."""
    out = np.empty(last - first)
    for i in range(first, last):
        out[i - first] = uniform_pair(key, i, _SECTOR)
    return out


def tilted(shares: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """Cumulated levels of qualification of people without work, float64[4]."""
    weights = shares * np.array(UNEMPLOYMENT_BY_LEVEL)
    cumulated = np.cumsum(weights / weights.sum())
    cumulated[-1] = 1.0
    return np.asarray(cumulated)


def moving_levels(shares: npt.NDArray[np.float64], per_level: float) -> npt.NDArray[np.float64]:
    """Cumulated levels of qualification of people who move, float64[4].

    shares : of residents, float64[4]    per_level : `demography.migration_qualified`
    Those who come are as qualified as those who leave: else the zone would lose its graduates, and
    then its movers, undisturbed.
    """
    weights = shares * per_level ** np.arange(4.0)
    cumulated = np.cumsum(weights / weights.sum())
    cumulated[-1] = 1.0
    return np.asarray(cumulated)


def retiring_yearly(ages: npt.NDArray[np.float64]) -> float:
    """Share of a group that reaches retirement in a year: a tenth of those aged 50 to 59.

    ages : cumulated shares of age classes, float64[5]. They retire within the ten years to come;
    older ones are too few and too unevenly spread to tell the pace.
    """
    return float((ages[3] - ages[2]) / (AGE_EDGES[4] - AGE_EDGES[3]))


def fill_people(
    workers: Any,
    figures: BasinFigures,
    lay: Layout,
    key: np.uint64,
    home: npt.NDArray[np.float64],
    p: Any,
) -> None:
    """Traits of everyone but the jobs of employees (see `population.posts`).

    home : float64[places], cumulated shares of residents    p : parameter set.
    """
    groups = ages_by_group(figures, lay)
    start = lay.starts()
    mix = np.cumsum(figures.qualification_shares)
    mix[-1] = 1.0
    none = np.empty(0)
    tilt = tilted(figures.qualification_shares)
    common = (
        AGE_EDGES,
        p.wages.general_sd,
        p.wages.qualification_return,
        p.demography.retirement_age,
        p.demography.retirement_sd,
    )

    def fill(first: str, last: int, group: int, levels: Any, places: Any, ages: Any = None) -> None:
        chosen = groups[group] if ages is None else ages
        traits(workers, start[first], last, key, chosen, levels, places, group, *common)

    fill("employees", start["self_employed"], _EMPLOYED, none, none)
    fill("self_employed", start["unemployed"], _EMPLOYED, mix, home)
    fill("unemployed", start["halo"], _UNEMPLOYED, tilt, home)
    fill("halo", start["inactive"], _UNEMPLOYED, tilt, home)
    fill("inactive", start["commuters"], _INACTIVE, tilt, home)
    fill("commuters", start["outsiders"], _EMPLOYED, none, none)
    fill("outsiders", start["neighbours"], _EMPLOYED, mix, home)
    workers.resident[: start["commuters"]] = 1
    workers.resident[start["school"] :] = 1
    workers.status[start["self_employed"] : start["outside"]] = Status.SELF_EMPLOYED
    workers.status[start["outside"] : start["unemployed"]] = Status.WORKING_OUTSIDE
    workers.status[start["unemployed"] : start["halo"]] = Status.UNEMPLOYED
    workers.status[start["halo"] : start["inactive"]] = Status.HALO
    workers.status[start["inactive"] : start["commuters"]] = Status.INACTIVE
    workers.status[start["outsiders"] : start["neighbours"]] = Status.OUTSIDER
    rows = np.arange(start["inactive"], start["commuters"])
    retired = workers.retirement[rows] <= 0
    workers.status[rows[retired]] = Status.RETIRED
    fill_newcomers(workers, figures, lay, key, home, p)


def fill_newcomers(
    workers: Any,
    figures: BasinFigures,
    lay: Layout,
    key: np.uint64,
    home: npt.NDArray[np.float64],
    p: Any,
) -> None:
    """Latent people: school leavers of the month's age, here and around, and in-migrants."""
    start = lay.starts()
    mix = np.cumsum(figures.qualification_shares)
    mix[-1] = 1.0
    #: In-migrants are young: ages of out-migrants by class (weights of `demography.migration_*`).
    d = p.demography
    weights = figures.age_shares * np.array(
        [d.migration_young, d.migration_prime, 1.0, d.migration_old, d.migration_old]
    )
    young = np.cumsum(weights / weights.sum())
    young[-1] = 1.0
    common = (
        AGE_EDGES,
        p.wages.general_sd,
        p.wages.qualification_return,
        d.retirement_age,
        d.retirement_sd,
    )
    first = np.ones(5)
    coming = start["neighbours"]
    levels = moving_levels(figures.qualification_shares, d.migration_qualified)
    traits(workers, coming, start["migrants"], key, first, mix, home, _INACTIVE, *common)
    traits(workers, start["migrants"], lay.rows, key, young, levels, home, _EMPLOYED, *common)
    for block, following in (("neighbours", "school"), ("school", "migrants")):
        young = np.arange(start[block], start[following])
        months = block_months(young.size, lay.months)
        retirement_age = workers.retirement[young].astype(np.int64) - workers.birth[young]
        workers.birth[young] = months - round(12 * d.school_leaving)
        workers.retirement[young] = np.minimum(workers.birth[young] + retirement_age, 32000)
    migrants = np.arange(start["migrants"], lay.rows)
    months = block_months(migrants.size, lay.months)
    workers.birth[migrants] += months
    workers.retirement[migrants] = np.minimum(workers.retirement[migrants] + months, 32000)


def block_months(total: int, months: int) -> npt.NDArray[np.int16]:
    """Month of each of `total` people spread evenly over the run, int16[total], increasing."""
    from rebound_sim.population.layout import monthly_blocks

    edges = monthly_blocks(total, months)
    return np.repeat(np.arange(months, dtype=np.int16), np.diff(edges))
