"""The nation around a zone: the external demand under which zones follow it, and its growth.

What is given of the nation is its jobs. The model needs the demand from outside zones that makes
them: zones follow the nation on average, since together they are the nation.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np

from rebound_sim.data.history import national_jobs_index, national_rates

#: Fall of external demand [%] that goes with 1 % of jobs in all zones alike, once they have
#: followed. Public posts (a third of jobs) follow no cycle and households spend other incomes too:
#: of 1 % of external demand 0.45 % of jobs comes back by sales, of 1 % of the country's jobs 0.17 %
#: by households' spending, hence (1 - 0.17) / 0.45.
DEMAND_OVER_JOBS: Final = 1.9
#: Time that jobs of zones take to follow their demand [year], by which demand runs ahead: firms
#: fill posts and shed staff by degrees (`posting_speed`, `layoff_speed`, `layoff_tolerance`).
LAG_OF_JOBS: Final = 0.5


def employment_at(rates: Sequence[float]) -> tuple[float, ...]:
    """Index of employment at a constant labour force: (1 − u) / (1 − u at first).

    rates : unemployment each year [%]
    """
    return tuple((100.0 - rate) / (100.0 - rates[0]) for rate in rates)


def demand_that_gives(employment: Sequence[float]) -> tuple[float, ...]:
    """External demand each year under which jobs of the mean zone follow an index of employment.

    employment : index each year, 1 at first. Returns indices, 1 at first, at least 0.5. Jobs follow
    demand with a lag L as a first-order filter does: its inverse is the path plus L times its
    slope. An identity of the model, in which no figure of a zone enters (`DEMAND_OVER_JOBS`,
    `LAG_OF_JOBS`): of all zones alike, jobs must be those of the nation.
    """
    path = np.asarray(employment, dtype=np.float64)
    ahead = path - 1.0 + LAG_OF_JOBS * np.diff(path, prepend=path[0])
    return tuple(round(max(1.0 + DEMAND_OVER_JOBS * float(e), 0.5), 4) for e in ahead)


def national_demand(quarter: str, years: int) -> tuple[float, ...]:
    """External demand of zones each year from a quarter, 1 at first, given national unemployment.

    quarter : "2013-T1"    years : steps of four quarters; fewer values when the series ends.
    Employment is that of a constant labour force: see `national_growth` for the rest.
    """
    return demand_that_gives(employment_at(national_rates(quarter, years)))


def growth_of(jobs: Sequence[float], rates: Sequence[float]) -> tuple[float, ...]:
    """National jobs over those of a constant labour force, each year; level after the last jobs.

    jobs : index or number each year, at least one    rates : unemployment each year [%]
    """
    growth = [j / jobs[0] / e for j, e in zip(jobs, employment_at(rates), strict=False)]
    return tuple(growth + growth[-1:] * (len(rates) - len(growth)))


def national_growth(quarter: str, years: int) -> tuple[float, ...]:
    """Growth of national jobs that unemployment does not explain, each year from a quarter: 1, …

    The labour force grows (births, pension reforms, apprentices) and more of it is salaried; that
    of a simulated zone does not. years + 1 values, level after the last year published.
    """
    growth = growth_of(national_jobs_index(quarter, years), national_rates(quarter, years))
    return growth + growth[-1:] * (years + 1 - len(growth))
