"""Who holds which post at t = 0: people are spread over posts at random, near where they live.

Writes the job cells of employees: employer, qualification, place, sector, wage, human capital,
lists of members in order of hiring.
"""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import numpy.typing as npt

from rebound_sim.compilation import compiled, compiled_allocating
from rebound_sim.population.people import pick
from rebound_sim.rng.draws import bits, uniform_pair
from rebound_sim.rules.wages import experience, specific_capital, wage_offer

_POST_LEVEL, _POST_PLACE = 21, 22


@compiled_allocating
def shuffled(rows, key):  # type: ignore[no-untyped-def]
    """`rows` in the order of a hash of each row: an addressed permutation."""
    words = np.empty(rows.size, dtype=np.uint64)
    for k in range(rows.size):
        words[k] = bits(key, rows[k])
    return rows[np.argsort(words, kind="mergesort")]


@compiled
def assign(workers, firms, people, key, skills, homes, level_return):  # type: ignore[no-untyped-def]
    """Give the posts of open firms, in the order of firms, to `people` in their order.

    people : int32[posts]    skills : float64[38, 4] cumulated    homes : float64[places, places]
    cumulated shares of homes by place of work. Level and home follow the post.
    """
    k = 0
    for f in range(firms.rows):
        for _ in range(firms.employment[f]):
            i = people[k]
            k += 1
            s = firms.sector[f]
            workers.employer[i] = f
            workers.sector[i] = s
            workers.qualification[i] = pick(uniform_pair(key, i, _POST_LEVEL), skills[s])
            workers.general[i] += level_return * workers.qualification[i]
            workers.place[i] = pick(uniform_pair(key, i, _POST_PLACE), homes[firms.place[f]])


@compiled
def link(workers, firms, order):  # type: ignore[no-untyped-def]
    """Build the lists of members; order : int64[n] people by firm, level and date of hiring."""
    for k in range(order.size):
        i = order[k]
        f = workers.employer[i]
        q = workers.qualification[i]
        last = firms.last_member[f, q]
        workers.previous_member[i] = last
        if last >= 0:
            workers.next_member[last] = i
        else:
            firms.first_member[f, q] = i
        firms.last_member[f, q] = i
        firms.members[f, q] += 1


@compiled
def pay(workers, firms, people, base, wages):  # type: ignore[no-untyped-def]
    """Wage of employees at t = 0: with the specific capital learnt since they were hired.

    base : float64[38] EUR/month. The column `specific` keeps its value at the start of the spell.
    """
    for k in range(people.size):
        i = people[k]
        f = workers.employer[i]
        tenure = -float(workers.since[i])
        specific = specific_capital(0.0, tenure, wages)
        general = workers.general[i] + experience(-workers.birth[i] / 12.0, wages)
        workers.wage[i] = wage_offer(
            general, specific, firms.premium[f], base[firms.sector[f]], wages
        )


def order_of_hiring(workers: Any, people: npt.NDArray[np.int32]) -> npt.NDArray[np.int64]:
    """People by employer, level and date of hiring (ties by row), int64[n]."""
    code = (
        (workers.employer[people].astype(np.int64) << 20)
        | (workers.qualification[people].astype(np.int64) << 18)
        | (workers.since[people].astype(np.int64) + 100_000)
    )
    return people[np.lexsort((people, code))].astype(np.int64)


@compiled
def mean_capital(workers, firms, people, wages):  # type: ignore[no-untyped-def]
    """Mean of exp(human capital and premium) over employees: what scales the base wage."""
    total = 0.0
    for k in range(people.size):
        i = people[k]
        specific = specific_capital(0.0, -float(workers.since[i]), wages)
        general = workers.general[i] + experience(-workers.birth[i] / 12.0, wages)
        total += math.exp(general + specific + firms.premium[workers.employer[i]])
    return total / max(people.size, 1)


@compiled
def pay_others(workers, first, last, base, wages):  # type: ignore[no-untyped-def]
    """Last or present wage of people without a post in the zone, without premium.

    base : float64[38] EUR/month; people without a sector get the mean of sectors.
    """
    mean = base.mean()
    for i in range(first, last):
        s = workers.sector[i]
        level = base[s] if s < 38 else mean
        general = workers.general[i] + experience(-workers.birth[i] / 12.0, wages)
        workers.wage[i] = wage_offer(general, 0.0, 0.0, level, wages)
