"""A rule gives the same bits compiled, with the types of the columns, and interpreted."""

import itertools

import numpy as np
import pytest

from rebound_sim.parameters import ParameterSet
from rebound_sim.rules import demand, mobility, projects, search, separations, wages

P = ParameterSet()
N = 300
RNG = np.random.default_rng(20)


def real(low, high):
    return RNG.uniform(low, high, N)


def single(low, high):
    return RNG.uniform(low, high, N).astype(np.float32)


def whole(low, high, dtype=np.int64):
    return RNG.integers(low, high, N, endpoint=True).astype(dtype)


LEVEL = {"low": 0, "high": 3, "dtype": np.uint8}
FLAG = {"low": 0, "high": 1, "dtype": np.uint8}
#: Rule, record of parameters or None, columns of arguments with the types that kernels pass.
CASES = [
    (demand.shock_scale, P.demand, [single(0.5, 900)]),
    (demand.growth_shock, P.demand, [real(0.001, 0.999), single(0.5, 900)]),
    (demand.transitory_part, P.demand, [single(0.5, 900)]),
    (demand.lasting_shock, P.demand, [real(-1, 1), single(0.5, 900), real(0, 1)]),
    (demand.growth_of_survivors, P.demand, [
        whole(0, 900, np.int32), real(0, 400), whole(**FLAG),
    ]),
    (demand.capacity, None, [
        single(0, 500), single(-0.4, 0.4), real(0.5, 1.5), single(0, 0.6), real(0, 1),
        single(0, 0.5), real(0.5, 1.5), single(0, 30),
    ]),
    (demand.posted_vacancies, P.demand, [whole(0, 40), whole(0, 40, np.int32), real(0, 1)]),
    (demand.layoffs, P.demand, [whole(0, 90, np.int32), whole(0, 90), real(0, 1)]),
    (demand.failure_probability, P.demand, [
        whole(0, 900, np.int32), real(0, 400), real(0, 1.2), whole(**FLAG),
    ]),
    (demand.entry_probability, P.demand, [real(0.01, 2), real(1, 2)]),
    (demand.replaced_customers, P.demand, [real(-1, 1), real(-1, 1), real(0, 1)]),
    (demand.recaptured_share, None, [real(0, 1), real(0, 1), real(0, 1), real(0, 1)]),
    (mobility.migration_weight, P.demography, [real(15, 70), whole(**LEVEL), whole(0, 1) > 0]),
    (mobility.out_migration_factor, P.demography, [real(0.2, 5), real(0.2, 5)]),
    (mobility.in_migration_probability, P.demography, [real(0.2, 5), real(0.2, 5)]),
    (mobility.outside_jobs, None, [real(0.2, 5), real(0.5, 2), real(0.03, 0.15)]),
    (mobility.outside_change, None, [real(0.8, 1.2), real(0.8, 1.2)]),
    (mobility.crowding, P.demography, [real(-3000, 3000), real(0, 4000)]),
    (mobility.outsiders_search, P.demography, [real(0.5, 2), real(0.2, 5), real(0.2, 5)]),
    (mobility.outside_job_rate, P.demography, [real(0, 0.1), real(0.2, 5), real(0.2, 5)]),
    (projects.constraint_probability, P.projects, [real(0, 900), whole(**FLAG)]),
    (projects.gap_left, P.projects, [real(0, 0.6)]),
    (projects.goes_ahead, P.projects, [
        single(-1, 1), real(0, 0.6), real(0, 0.6), single(0, 1), real(0, 0.95),
    ]),
    (projects.ramp_jobs, None, [real(0, 200), whole(0, 40), whole(1, 30, np.int16)]),
    (projects.delivered_share, P.projects, [real(0, 1)]),
    (projects.posts_to_staff, None, [single(0, 30), whole(-20, 40)]),
    (projects.posts_share, None, [single(0, 30), whole(-20, 40)]),
    (search.effort_by_duration, P.search, [whole(0, 80)]),
    (search.insurance_left, None, [whole(0, 3), whole(0, 1) > 0, whole(0, 40)]),
    (search.by_support, P.search, [whole(0, 80)]),
    (search.by_insurance, P.search, [real(-1, 40)]),
    (search.effort, P.search, [
        real(0, 4), real(15, 66), whole(0, 1), whole(0, 80), real(0, 40),
    ]),
    (search.effort_outside, P.search, [
        real(0, 4), real(15, 66), whole(0, 1), whole(0, 80), real(0, 40),
    ]),
    (search.relative_effort, P.search, [whole(0, 80), real(15, 66), whole(0, 1), real(0, 40)]),
    (search.screening_slope, P.search, [real(0.05, 20)]),
    (search.standing, P.search, [
        whole(0, 60), real(0, 0.2), whole(**FLAG), whole(0, 1), whole(0, 1), single(-3, 3),
    ]),
    (search.outside_by_person, P.search, [single(-3, 3)]),
    (search.best_score, P.search, [real(-3, 3), real(0, 1), real(-1, 1)]),
    (search.applicant_score, P.search, [real(-4, 5), whole(**LEVEL), whole(**LEVEL)]),
    (search.reservation_wage, P.search, [single(1500, 9000), whole(0, 60)]),
    (separations.by_person, None, [single(-3, 3), real(-1, 1)]),
    (separations.permanent_hazard, P.separations, [whole(0, 400), single(-3, 3)]),
    (separations.quits_factor, P.separations, [real(0.1, 5)]),
    (separations.search_on_the_job, P.separations, [real(0, 0.1), whole(0, 400)]),
    (separations.business_rate, None, [real(0, 0.05), real(0.1, 5)]),
    (separations.return_factor, P.separations, [real(-0.01, 0.01), real(0, 0.03), real(0.2, 5)]),
    (separations.permanent_event, P.separations, [
        real(0, 0.08), real(0, 12), real(0, 0.01), real(0, 0.01), real(0, 0.03), real(0, 0.03),
    ]),
    (separations.permanent_most, P.separations, [
        real(0, 12), real(0, 0.01), real(0, 0.01), real(0, 0.03), real(0, 0.03),
    ]),
    (separations.fixed_term_most, P.separations, [real(0, 2.5), real(0, 0.01), real(0, 0.1)]),
    (separations.course_months, P.instruments, [real(0, 1), whole(0, 1)]),
    (separations.fixed_term_event, P.separations, [
        real(0, 0.2), real(0, 2.5), real(0, 0.01), real(0, 0.1),
    ]),
    (separations.unemployed_event, P.separations, [
        real(0, 0.3), real(0, 0.02), real(0, 0.2), real(0, 0.01), real(0, 0.05), real(0, 0.05),
    ]),
    (separations.halo_event, P.separations, [real(0, 1), real(0.02, 4), real(0.2, 2.5)]),
    (separations.inactive_event, P.separations, [
        real(0, 0.5), real(15, 66), whole(0, 1), real(-4, 4), real(0, 0.05), real(0, 0.05),
        real(0, 0.01),
    ]),
    (separations.outside_worker_event, P.separations, [
        real(0, 0.1), real(0, 0.02), real(0, 0.01), real(0, 0.03),
    ]),
    (separations.self_employed_event, P.separations, [real(0, 0.05), real(0, 0.01)]),
    (separations.exit_rate, P.separations, [real(0.01, 8)]),
    (wages.wage_offer, P.wages, [single(-1, 1), real(0, 0.3), real(-0.5, 0.5), real(1500, 6000)]),
    (wages.experience, P.wages, [real(15, 70)]),
    (wages.specific_capital, P.wages, [single(0, 0.3), whole(0, 500)]),
    (wages.transferred, None, [real(0, 0.3), real(0, 1)]),
    (wages.wage_index, P.wages, [real(0.7, 1.3), real(0.1, 5)]),
    (wages.benefit, P.wages, [whole(0, 3, np.uint8), single(0, 9000)]),
    (wages.insured_months, P.wages, [whole(0, 400), real(15, 66)]),
    (wages.longest_insurance, P.wages, [real(15, 66)]),
]  # fmt: skip


@pytest.mark.parametrize(
    ("rule", "record", "columns"), CASES, ids=[rule.__name__ for rule, *_ in CASES]
)
def test_same_bits_compiled_and_interpreted(rule, record, columns):
    last = () if record is None else (record,)
    for row in zip(*columns, strict=True):
        plain = [value.item() for value in row]
        assert rule(*row, *last) == rule.py_func(*plain, *last), plain


def test_every_rule_is_compared():
    """A rule that no case names would go unchecked."""
    modules = (demand, mobility, projects, search, separations, wages)
    rules = {
        value.py_func.__qualname__
        for module, value in itertools.chain.from_iterable(
            ((module, value) for value in vars(module).values()) for module in modules
        )
        if hasattr(value, "py_func") and value.__module__ == module.__name__
    }
    compared = {rule.py_func.__qualname__ for rule, *_ in CASES} | {"maturation_gain"}
    assert rules == compared
