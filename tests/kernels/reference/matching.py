"""Reference of kernels/vacancies.py, search.py and matching.py."""

import math
from typing import NamedTuple

from kernels.reference.basin import MASK, Firm, bits, interpreted, mix, next_word, uniform, unit
from kernels.reference.people import (
    IN_WORK,
    age,
    count,
    general,
    insurance_left,
    start_job,
    starts,
    supported,
)
from rebound_sim.rules import projects, search, wages
from rebound_sim.state.codes import FirmState, Status
from rebound_sim.state.market import N_SECTORS, Condition, Flow

projects, search, wages = interpreted(projects), interpreted(search), interpreted(wages)
MOST_APPLICATIONS, TRIES = 6, 3


class Vacancy(NamedTuple):
    """One vacancy of the month: the `number`-th of a firm, at its place on its sector's ring."""

    word: int
    firm: Firm
    number: int
    level: int


class Application(NamedTuple):
    """An application that the person prefers by `offer` and the firm by `score`."""

    vacancy: Vacancy
    score: float
    offer: float


def place_vacancies(basin, last, ring_key, skill_key):
    """One ring per sector: vacancies in the order of positions."""
    rings = [[] for _ in range(N_SECTORS)]
    for firm in basin.firms[:last]:
        if firm.state == FirmState.OPEN:
            for number in range(firm.vacancies):
                word = bits(ring_key, firm.row, number)
                level = level_asked(basin, firm, unit(mix((word + int(skill_key)) & MASK)))
                rings[firm.sector].append(Vacancy(word, firm, number, level))
    for ring in rings:
        ring.sort(key=lambda vacancy: (position(vacancy), vacancy.firm.row, vacancy.number))
    return rings


def position(vacancy):
    return vacancy.word >> 32


def level_asked(basin, firm, u):
    """The level of the firm's projects for the share of posts that are theirs, else the mix."""
    share = projects.posts_share(firm.project_posts, firm.desired - basin.size(firm))
    if u < share:
        return firm.project_level
    u = (u - share) / (1.0 - share)
    return next((q for q in range(3) if u < basin.zone.skills[firm.sector][q]), 3)


# -- Search -------------------------------------------------------------------------------------


def number_of_applications(person, t, word, p):
    if person.status in (Status.UNEMPLOYED, Status.IN_TRAINING):
        months = t - person.since
        amount = search.effort_by_duration(months, p.search)
        left = insurance_left(person, t)
        amount = search.effort(amount, age(person, t), starts(person), months, left, p.search)
        if person.status == Status.IN_TRAINING:
            amount *= p.search.training_effort
    elif person.status == Status.HALO:
        amount = p.search.applications_halo
    else:
        amount = p.search.applications_others
    return min(int(amount + unit(word)), MOST_APPLICATIONS)


def vacancies_seen(basin, person, word, rings):
    """All vacancies of a ring in the order seen from the point that an application draws."""
    for attempt in range(TRIES):
        sector = basin.zone.targets[min(person.sector, 38)][(word >> (8 * attempt)) & 0xFF]
        ring = rings[sector]
        if ring:
            after = [v for v in ring if position(v) >= word >> 32]
            return after + [v for v in ring if position(v) < word >> 32]
    return []


def wage_wanted(person, t, p):
    """Logarithm of the lowest wage accepted."""
    if person.status in IN_WORK:
        return math.log(max(person.wage, 1.0)) + p.search.ladder_gain
    lowest = search.reservation_wage(person.wage, t - person.since, p.search)
    return math.log(max(lowest, 1.0))


def log_offer(basin, person, firm, p):
    zone, from_job = basin.zone, person.status in IN_WORK
    related = zone.related[min(person.sector, 38)][firm.sector]
    rung = p.wages.lower_rung * (1.0 - p.wages.rung_recovery * from_job)
    specific = wages.transferred(person.specific, related)
    carried = general(person, basin.t, p) - rung
    offer = zone.log_wage[firm.sector] + carried + specific + firm.premium
    return max(offer, math.log(p.wages.minimum))


def noise(word):
    """Sum of the three lower uniforms of 16 bits, mean 0 and standard deviation 1."""
    total = sum((word >> shift) & 0xFFFF for shift in (0, 16, 32))
    return ((total + 1.5) * 2.0**-16 - 1.5) * 2.0


def applications_of(basin, person, rings, keys, p):
    """Applications that a firm would accept, best-liked first."""
    t, found, own = basin.t, [], bits(keys.search_number, person.row)
    for a in range(number_of_applications(person, t, own, p)):
        drawn = next_word(own + int(keys.search_sector), a)
        seen = vacancies_seen(basin, person, drawn, rings)
        hidden = noise(next_word(own + int(keys.pair_score), a))
        for vacancy in seen[: int(p.search.ring_looks)]:
            firm = vacancy.firm
            word = mix((own + int(keys.pair_score) + vacancy.word) & MASK)
            near = ((word >> 48) + 0.5) / 2.0**16 < basin.zone.willing[person.place][firm.place]
            if near and person.employer != firm.row:
                offer = log_offer(basin, person, firm, p)
                score = score_of(basin, person, vacancy, hidden, p)
                known = any(other.vacancy is vacancy for other in found)
                wanted = offer >= wage_wanted(person, t, p)
                if wanted and score >= p.search.score_threshold and not known:
                    found.append(Application(vacancy, score, offer))
                break
    return sorted(found, key=lambda application: -application.offer)


def score_of(basin, person, vacancy, seen, p):
    from_job = person.status in IN_WORK
    slope = search.screening_slope(basin.zone.conditions[Condition.TIGHTNESS_RATIO], p.search)
    related = basin.zone.related[min(person.sector, 38)][vacancy.firm.sector]
    standing = search.standing(
        0 if from_job else basin.t - person.since,
        slope,
        person.trained,
        int(from_job),
        int(supported(person)),
        person.ease,
        p.search,
    )
    best = search.best_score(seen, related, standing, p.search)
    return search.applicant_score(best, person.qualification, vacancy.level, p.search)


# -- Matching -----------------------------------------------------------------------------------


def deferred_acceptance(wishes):
    """Stable matching, people proposing in rounds.

    wishes : person's row -> applications, best-liked first. Returns id of vacancy -> row.
    """
    left = {row: list(applications) for row, applications in wishes.items()}
    held = {}
    free = list(left)
    while free:
        proposals = {}
        for row in free:
            if left[row]:
                application = left[row].pop(0)
                proposals.setdefault(id(application.vacancy), []).append((application.score, -row))
        free = []
        for vacancy, rivals in proposals.items():
            rivals += [held[vacancy]] if vacancy in held else []
            held[vacancy] = max(rivals)
            free += [-row for score, row in rivals if (score, row) != held[vacancy]]
    return {vacancy: -row for vacancy, (_, row) in held.items()}


def hire(basin, rings, kept, key, p):
    """Hires, in the order of sectors and rings. Returns their number."""
    hires = 0
    for vacancy in (vacancy for ring in rings for vacancy in ring):
        if id(vacancy) not in kept:
            continue
        person, firm = basin.people[kept[id(vacancy)]], vacancy.firm
        contract = Status.PERMANENT
        stable = person.status in (Status.PERMANENT, Status.WORKING_OUTSIDE)
        if not stable and uniform(key, person.row) < p.separations.fixed_term_hires:
            contract = Status.FIXED_TERM
        count_hire(basin, person, firm, contract)
        start_job(basin, person, firm, contract, basin.t, p)
        firm.vacancies -= 1
        hires += 1
    return hires


def count_hire(basin, person, firm, contract):
    status = person.status
    if status == Status.UNEMPLOYED:
        count(basin, Flow.HIRES_UNEMPLOYED)
        count(basin, Flow.HIRES_FIXED_TERM_UNEMPLOYED, int(contract == Status.FIXED_TERM))
        count(basin, Flow.HIRES_OTHER_SECTOR, int(firm.sector != person.sector < 38))
        count(basin, Flow.HIRES_OWN_PLACE, int(person.place == firm.place))
    elif status == Status.OUTSIDER:
        count(basin, Flow.HIRES_OUTSIDERS)
    elif status == Status.WORKING_OUTSIDE:
        count(basin, Flow.HIRES_RETURNED_OUTSIDE)
    elif status in (Status.PERMANENT, Status.FIXED_TERM, Status.SELF_EMPLOYED):
        count(basin, Flow.HIRES_JOB_TO_JOB)
    else:
        count(basin, Flow.HIRES_INACTIVE)


def search_and_match(basin, seekers, last, run_keys, keys, p):
    """Vacancies, applications, matching, hires. Returns the numbers of vacancies and hires."""
    rings = place_vacancies(basin, last, run_keys.ring, run_keys.skill)
    basin.zone.flows[Flow.APPLICATIONS] = sum(
        number_of_applications(person, basin.t, bits(keys.search_number, person.row), p)
        for person in seekers
    )
    wishes = {person.row: applications_of(basin, person, rings, keys, p) for person in seekers}
    hires = hire(basin, rings, deferred_acceptance(wishes), keys.contract, p)
    return sum(len(ring) for ring in rings), hires
