"""What the docstrings of the rules promise: ranges, signs, monotonicity."""

import itertools
import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rebound_sim.parameters import ParameterSet
from rebound_sim.rules import demand, mobility, projects, search, separations, wages
from rebound_sim.state.codes import Regime

P = ParameterSet()
shares = st.floats(0.0, 1.0)
uniforms = st.floats(1e-12, 1.0 - 1e-12)
ratios = st.floats(0.05, 10.0)
months = st.integers(0, 600)
ages = st.floats(15.0, 67.0)
people = st.integers(0, 5000)


# -- Firms --------------------------------------------------------------------------------------


@given(people, people, uniforms)
def test_layoffs_never_exceed_overstaffing(employment, desired, u):
    number = demand.layoffs(employment, desired, u, P.demand)
    assert 0 <= number <= employment
    if desired >= employment:
        assert number == 0
    else:
        assert number <= employment - desired


@given(people, people, people, uniforms)
def test_layoffs_fall_with_desired_employment(employment, one, other, u):
    low, high = sorted((one, other))
    assert demand.layoffs(employment, low, u, P.demand) >= demand.layoffs(
        employment, high, u, P.demand
    )


@given(people, people, uniforms)
def test_vacancies_are_within_the_gap_and_kept(gap, posted, u):
    number = demand.posted_vacancies(gap, posted, u, P.demand)
    assert min(gap, posted) <= number <= gap


@given(uniforms, st.floats(0.0, 1e4))
def test_growth_shocks_are_finite_and_centred(u, size):
    assert math.isfinite(demand.growth_shock(u, size, P.demand))
    # The correction makes the expected factor of demand 1: the median shock is negative.
    assert demand.growth_shock(0.5, size, P.demand) <= 0.0


@pytest.mark.parametrize("size", [1.0, 10.0, 1000.0])
def test_expected_demand_is_unchanged_by_shocks(size):
    n = 20_000
    factors = [math.exp(demand.growth_shock((k + 0.5) / n, size, P.demand)) for k in range(n)]
    assert sum(factors) / n == pytest.approx(1.0, abs=0.01)


@pytest.mark.parametrize("size", [1.0, 10.0, 1000.0])
@pytest.mark.parametrize("fades", [0.0, 0.4, 0.9])
def test_what_lasts_of_a_shock_leaves_expected_demand_unchanged(size, fades):
    n = 20_000
    changes = [demand.growth_shock((k + 0.5) / n, size, P.demand) for k in range(n)]
    lasting = [math.exp(demand.lasting_shock(c, size, fades, P.demand)) for c in changes]
    assert sum(lasting) / n == pytest.approx(1.0, abs=0.002)


@given(st.integers(0, 10_000), st.floats(0.0, 600.0), st.integers(0, 1))
def test_survivors_make_up_for_firms_of_their_kind_that_close(size, age, industrial):
    closes = demand.failure_probability(size, age, 1.0, industrial, P.demand)
    grows = demand.growth_of_survivors(size, age, industrial, P.demand)
    expected = (1.0 - closes) * (1.0 + P.demand.shock_rate * (grows - 1.0))
    assert expected == pytest.approx(1.0, rel=1e-12)


@given(st.floats(0.5, 1e4), st.floats(0.5, 1e4))
def test_large_firms_vary_less_and_fade_less(one, other):
    small, large = sorted((one, other))
    spread = [
        demand.growth_shock(0.99, size, P.demand) - demand.growth_shock(0.01, size, P.demand)
        for size in (small, large)
    ]
    assert spread[0] >= spread[1] - 1e-12
    fading = [demand.transitory_part(size, P.demand) for size in (small, large)]
    assert 1.0 >= fading[0] >= fading[1] >= 0.0


@given(
    st.floats(0, 1e4), st.floats(-0.9, 2), ratios, shares, shares, shares, ratios, st.floats(0, 500)
)
def test_capacity_is_not_negative_and_falls_with_lost_sales(
    scale, part, factor, exposure, loss, shield, trend, jobs
):
    value = demand.capacity(scale, part, factor, exposure, loss, shield, trend, jobs)
    assert value >= 0.0
    assert value <= demand.capacity(scale, part, factor, exposure, 0.0, shield, trend, jobs) + 1e-9
    # Diversification never lowers the demand of a firm whose sector declines.
    assert value >= demand.capacity(scale, part, factor, exposure, loss, 0.0, trend, jobs) - 1e-9


@given(st.integers(0, 5000), st.floats(0.0, 600.0), st.floats(0.0, 1.5), st.integers(0, 1))
def test_failure_is_a_rate_that_falls_with_age_size_and_demand(size, age, relative, industrial):
    rate = demand.failure_probability(size, age, relative, industrial, P.demand)
    assert 0.0 <= rate <= 1.0
    assert demand.failure_probability(size + 10, age, relative, industrial, P.demand) <= rate
    assert demand.failure_probability(size, age + 12, relative, industrial, P.demand) <= rate
    assert demand.failure_probability(size, age, relative + 0.1, industrial, P.demand) <= rate


@given(ratios, ratios)
def test_entries_rise_with_local_demand(one, other):
    low, high = sorted((one, other))
    a, b = (demand.entry_probability(level, 1.5, P.demand) for level in (low, high))
    assert 0.0 <= a <= b <= 1.0
    assert demand.entry_probability(1.0, 1.5, P.demand) == pytest.approx(1 / 1.5)


@given(st.floats(-1.0, 1.0), st.floats(0.0, 1.0))
def test_at_most_a_share_of_lost_customers_is_replaced(lost, replaceable):
    replaced = 0.0
    for _ in range(600):
        following = demand.replaced_customers(lost, replaced, replaceable, P.demand)
        assert abs(following) <= replaceable * abs(lost) + 1e-12
        replaced = following
    assert replaced == pytest.approx(replaceable * lost, abs=1e-6)


# -- Search -------------------------------------------------------------------------------------


@given(months, months, ages, st.integers(0, 1))
def test_effort_falls_with_duration_up_to_a_cap(one, other, age, supported):
    """For a given distance from the start of support, whose own effect goes the other way."""
    short, long = sorted((one, other))
    a, b = (
        search.effort(search.effort_by_duration(m, P.search), age, supported, one, 6.0, P.search)
        for m in (short, long)
    )
    assert a >= b > 0.0
    if short >= P.search.duration_cap:
        assert a == b


@given(months, months, ages)
def test_support_slows_search_at_first_only(one, other, age):
    early, late = sorted((one, other))
    alone = search.effort(1.0, age, 0, early, 6.0, P.search)
    first, second = (search.effort(1.0, age, 1, m, 6.0, P.search) for m in (early, late))
    assert first <= second <= alone
    assert search.effort(1.0, age, 1, P.search.support_rise, 6.0, P.search) == alone
    assert search.relative_effort(0, 40.0, 0, 6.0, P.search) == 1.0


def test_search_in_support_rises_faster_and_faster():
    """The registers lose members slowly in the first months, then faster (Unédic 2016)."""
    path = [search.by_support(m, P.search) for m in range(int(P.search.support_rise) + 1)]
    steps = [later - earlier for earlier, later in itertools.pairwise(path)]
    assert all(later > earlier for earlier, later in itertools.pairwise(steps))
    assert path[0] == P.search.support_effort and path[-1] == 1.0


@given(months, months)
def test_search_rises_as_insurance_runs_out(one, other):
    """By half over the last year, level before it (Marinescu and Skandalis 2021)."""
    near, far = sorted((float(one), float(other)))
    assert search.by_insurance(near, P.search) >= search.by_insurance(far, P.search)
    last, year = (search.by_insurance(left, P.search) for left in (0.0, 12.0))
    assert last / year == pytest.approx(1.5)
    assert search.by_insurance(24.0, P.search) == year
    assert search.by_insurance(6.0, P.search) == 1.0


@given(months, ratios, ratios)
def test_screening_is_harsher_in_tight_markets(duration, one, other):
    slack, tight = sorted((one, other))
    slopes = [search.screening_slope(level, P.search) for level in (slack, tight)]
    assert 0.0 <= slopes[0] <= slopes[1]
    scores = [search.standing(duration, slope, 0, 0, 0, 0.0, P.search) for slope in slopes]
    assert scores[0] >= scores[1]


@given(st.floats(-3, 3), shares, st.integers(0, 3), st.integers(0, 3), months, st.floats(0, 0.2))
def test_score_prefers_the_related_the_fitting_and_the_recent(
    noise, related, level, asked, duration, slope
):
    def score(
        related=related, level=level, duration=duration, trained=0, employed=0, helped=0, ease=0.0
    ):
        standing = search.standing(duration, slope, trained, employed, helped, ease, P.search)
        best = search.best_score(noise, related, standing, P.search)
        given = search.applicant_score(best, level, asked, P.search)
        # A kernel drops an application whose best score is too low, whatever level is asked.
        assert given <= best
        return given

    base = score()
    assert score(related=min(related + 0.1, 1.0)) >= base
    assert score(level=asked) >= base
    assert score(duration=duration + 1) <= base
    assert score(trained=1) >= base
    assert score(employed=1) >= base
    assert score(helped=1) >= base
    assert score(ease=0.5) >= base


@given(st.floats(1000, 1e4), months)
def test_reservation_wage_is_below_the_last_wage_and_falls(wage, duration):
    value = search.reservation_wage(wage, duration, P.search)
    assert 0.0 <= value <= wage
    assert search.reservation_wage(wage, duration + 1, P.search) <= value


# -- Ends of spells -----------------------------------------------------------------------------


@given(uniforms, st.floats(0, 0.01), st.floats(0, 0.05), st.floats(0, 0.05))
def test_policy_moves_only_the_last_boundaries(u, training, more, outside):
    """More training turns search into training, and nothing else into anything."""
    event = separations.unemployed_event(u, 0.002, 0.08, 0.001, outside, training, P.separations)
    after = separations.unemployed_event(
        u, 0.002, 0.08, 0.001, outside, training + more, P.separations
    )
    if event != after:
        assert (event, after) == (separations.SEARCH, separations.TRAINING)


@pytest.mark.parametrize("search_rate", [0.0, 0.02])
def test_frequencies_of_events_are_the_rates(search_rate):
    n, business, migration, review, p = 200_000, 0.0007, 0.001, 0.02, P.separations
    events = [
        separations.permanent_event((k + 0.5) / n, 2.0, business, migration, search_rate, review, p)
        for k in range(n)
    ]
    for event, rate in (
        (separations.TO_UNEMPLOYMENT, 2.0 * p.permanent_to_unemployment),
        (separations.TO_INACTIVITY, 2.0 * p.permanent_to_inactivity),
        (separations.BUSINESS, business),
        (separations.SEARCH, search_rate),
        (separations.MIGRATE, migration),
        (separations.REVIEW, review),
    ):
        assert events.count(event) / n == pytest.approx(rate, abs=2 / n)


@given(ratios, ratios)
def test_discouragement_rises_with_unemployment(one, other):
    low, high = sorted((one, other))
    p = P.separations._replace(discouragement=0.3)
    a, b = (separations.exit_rate(level, p) for level in (low, high))
    assert 0.0 <= a <= b <= 0.3
    assert separations.exit_rate(1.0, P.separations) == P.separations.unemployed_to_inactivity


@given(uniforms, st.floats(15, 54.9), st.integers(0, 1))
def test_the_young_and_the_attached_return_more(u, age, attached):
    back = (separations.TO_UNEMPLOYMENT, separations.SEARCH)
    rates = (0.0, 0.02, 0.03, 0.0)
    if separations.inactive_event(u, 60.0, attached, *rates, P.separations) in back:
        assert separations.inactive_event(u, age, attached, *rates, P.separations) in back
        assert separations.inactive_event(u, 60.0, 1, *rates, P.separations) in back


@given(uniforms, st.floats(15, 70), st.integers(0, 1), st.floats(-4, 4), st.floats(0, 0.3))
def test_who_is_inactive_does_what_the_uniform_says(u, age, attached, ease, rate):
    """The order of events is that of their rates, whatever is left uncomputed."""
    p, search, migration = P.separations, 0.3, 0.01
    weight = p.old_inactive if age >= p.old_age else 1.0
    if attached:
        weight *= p.attached_return
    edge, expected = 0.0, separations.NOTHING
    for more, event in (
        (weight * separations.by_person(ease, -p.attachment) * rate, separations.TO_UNEMPLOYMENT),
        (weight * search, separations.SEARCH),
        (migration, separations.MIGRATE),
    ):
        edge += more
        if u < edge and expected == separations.NOTHING:
            expected = event
    assert (
        separations.inactive_event(u, age, attached, ease, rate, search, migration, p) == expected
    )


@given(months, months, st.floats(-4, 4), st.floats(-4, 4))
def test_jobs_and_people_who_stay(one, other, first, second):
    """A longer tenure and a higher employability never make a permanent job less safe."""
    p = P.separations
    early, late = sorted((one, other))
    mover, stayer = sorted((first, second))
    hazards = [separations.permanent_hazard(m, mover, p) for m in (early, late)]
    assert 0.0 < hazards[1] <= hazards[0] <= separations.MOST_NEW
    assert separations.permanent_hazard(early, stayer, p) <= hazards[0]
    looks = [separations.search_on_the_job(0.04, m, p) for m in (early, late)]
    assert 0.04 <= looks[1] <= looks[0] <= 0.04 * (1.0 + p.tenure_quits)
    assert separations.by_person(stayer, 0.5) <= separations.by_person(mover, 0.5)
    assert separations.by_person(mover, -0.5) <= separations.MOST_PERSON


@given(ratios, ratios)
def test_returns_to_unemployment_rise_in_a_slump(one, other):
    low, high = sorted((one, other))
    back = [separations.return_factor(0.0, 0.02, ratio, P.separations) for ratio in (low, high)]
    assert 0.0 < back[0] <= back[1] <= separations.MOST_PERSON
    assert separations.return_factor(0.0, 0.02, 1.0, P.separations) == 1.0
    # Each hire that inactive people miss is one more who comes to be unemployed.
    missed = separations.return_factor(0.002, 0.02, 1.0, P.separations) - 1.0
    assert missed * 0.02 == pytest.approx(0.002 * P.separations.failed_search)


def test_courses_have_the_mean_length_asked_and_differ():
    n = 20_000
    lengths, longer = (
        [separations.course_months((k + 0.5) / n, supported, P.instruments) for k in range(n)]
        for supported in (0, 1)
    )
    assert min(lengths) == 1 and max(lengths) == 24
    assert sum(lengths) / n == pytest.approx(P.instruments.training_months, abs=0.15)
    assert lengths == sorted(lengths)
    assert all(a <= b for a, b in zip(lengths, longer, strict=True)) and max(longer) == 24


@given(ratios, ratios)
def test_people_resign_less_the_more_are_unemployed(one, other):
    few, many = sorted((one, other))
    p = P.separations
    ends = [separations.quits_factor(level, p) for level in (few, many)]
    assert separations.MOST_QUITS >= ends[0] >= ends[1] >= 1.0 - p.quit_share
    assert separations.quits_factor(1.0, p) == 1.0


small = st.floats(1e-6, 0.03)


@given(st.floats(0.0, separations.MOST_NEW), small, small, small, small)
def test_what_a_permanent_job_may_meet_is_bounded_by_its_events(hazard, own, move, search, review):
    """The sweep looks at nobody whose draw is above: one more event must enter the bound."""
    p = P.separations
    most = separations.permanent_most(hazard, own, move, search, review, p)
    rest = (hazard, own, move, search, review, p)
    assert separations.permanent_event(most * 1.000001, *rest) == separations.NOTHING
    assert separations.permanent_event(most * 0.999999, *rest) != separations.NOTHING


@given(st.floats(0.0, separations.MOST_PERSON), small, small)
def test_what_a_fixed_term_job_may_meet_is_bounded_by_its_events(hazard, move, search):
    p = P.separations
    most = separations.fixed_term_most(hazard, move, search, p)
    rest = (hazard, move, search, p)
    assert separations.fixed_term_event(most * 1.000001, *rest) == separations.NOTHING
    assert separations.fixed_term_event(most * 0.999999, *rest) != separations.NOTHING


# -- Mobility -----------------------------------------------------------------------------------


@given(ratios, ratios, ratios, st.floats(0.03, 0.15))
def test_jobs_around_follow_unemployment_around(one, other, index, rate):
    """Fewer jobs outside, the higher unemployment there; they move by bounded steps."""
    low, high = sorted((one, other))
    jobs = [mobility.outside_jobs(ratio, 1.0, rate) for ratio in (low, high)]
    assert jobs[0] >= jobs[1] > 0.0
    assert mobility.outside_jobs(1.0, 1.0, rate) == 1.0
    change = mobility.outside_change(index, jobs[0])
    assert abs(change) <= mobility.LARGEST_OUTSIDE_LOSS
    assert change * (jobs[0] - index) >= 0.0


@given(st.floats(-5000.0, 5000.0), st.floats(-5000.0, 5000.0), st.floats(1.0, 5000.0))
def test_jobs_that_commuters_take_are_missing_around(one, other, unemployed):
    """Who loses a job to the zone is unemployed around it; what the zone gives back is a relief."""
    few, more = sorted((one, other))
    p = P.demography
    around = [mobility.crowding(people, unemployed, p) for people in (few, more)]
    assert mobility.LEAST_CROWDING <= around[0] <= around[1] <= mobility.MOST_CROWDING
    assert mobility.crowding(0.0, unemployed, p) == 1.0
    assert mobility.crowding(0.1 * unemployed, unemployed, p) == pytest.approx(
        1.0 + 0.1 / p.around_size
    )


@given(ratios, ratios, ratios)
def test_non_residents_turn_to_zones_with_shorter_queues(one, other, outside):
    short, long = sorted((one, other))
    p = P.demography
    here = [mobility.outsiders_search(1.0, level, outside, p) for level in (short, long)]
    assert mobility.LARGEST_OUTSIDERS >= here[0] >= here[1] >= 0.0
    assert mobility.outsiders_search(1.2, short, outside, p) >= here[0]


@given(ratios, ratios, ratios)
def test_people_leave_weak_zones_and_come_to_strong_ones(one, other, outside):
    strong, weak = sorted((one, other))
    p = P.demography
    assert mobility.out_migration_factor(strong, outside, p) <= mobility.out_migration_factor(
        weak, outside, p
    )
    come = [mobility.in_migration_probability(level, outside, p) for level in (strong, weak)]
    assert 1.0 >= come[0] >= come[1] > 0.0
    found = [mobility.outside_job_rate(0.01, level, outside, p) for level in (strong, weak)]
    assert 0.0 < found[0] <= found[1]
    assert mobility.outside_job_rate(0.01, outside, outside, p) == pytest.approx(
        0.01 * outside**-p.outside_tightness
    )


@given(ages, st.integers(0, 2))
def test_the_qualified_and_the_unemployed_move_more(age, level):
    p = P.demography
    weight = mobility.migration_weight(age, level, False, p)
    assert weight > 0.0
    assert mobility.migration_weight(age, level + 1, False, p) >= weight
    assert mobility.migration_weight(age, level, True, p) >= weight
    assert mobility.migration_weight(20.0, level, False, p) >= mobility.migration_weight(
        55.0, level, False, p
    )


# -- Projects -----------------------------------------------------------------------------------


@given(st.floats(-1, 1), shares, shares, uniforms, st.floats(0.0, 0.95))
def test_subsidy_never_turns_a_yes_into_a_no(value, one, other, constraint, probability):
    low, high = sorted((one, other))
    if projects.goes_ahead(value, low, low, constraint, probability, P.projects):
        assert projects.goes_ahead(value, high, low, constraint, probability, P.projects)
        assert projects.goes_ahead(value, high, high, constraint, probability, P.projects)


def test_money_closes_gaps_in_proportion_to_its_size() -> None:
    """Relief is that of the reference rate; ten sums of a tenth close what one closes."""
    assert projects.gap_left(0.0, P.projects) == 1.0
    at_reference = projects.gap_left(projects.REFERENCE_RATE, P.projects)
    assert at_reference == pytest.approx(1.0 - P.projects.constraint_relief)
    tenth = projects.gap_left(projects.REFERENCE_RATE / 10.0, P.projects)
    assert tenth**10 == pytest.approx(at_reference)
    all_closed = P.projects._replace(constraint_relief=1.0)
    assert projects.gap_left(0.0, all_closed) == 1.0
    assert projects.gap_left(0.001, all_closed) == 0.0


@given(st.floats(0, 1e4), st.floats(0, 1e4))
def test_small_sponsors_are_short_of_finance_more_often(one, other):
    small, large = sorted((one, other))
    a, b = (projects.constraint_probability(size, 0, P.projects) for size in (small, large))
    assert 1.0 > a >= b >= projects.constraint_probability(large, 1, P.projects) >= 0.0


@given(uniforms, uniforms)
def test_the_better_project_delivers_no_less(one, other):
    low, high = (projects.delivered_share(u, P.projects) for u in sorted((one, other)))
    assert P.projects.delivered_low <= low <= high <= 1.0


@given(st.floats(0.0, 300.0), st.integers(-50, 300))
def test_posts_of_projects_are_no_more_than_the_open_posts_in_the_end(posts, gap):
    share = projects.posts_share(posts, gap)
    assert 0.0 <= share <= 1.0
    left = projects.posts_to_staff(posts, gap)
    assert min(posts, max(gap, 0)) <= left <= posts
    for _ in range(60):
        left = projects.posts_to_staff(left, gap)
    assert left <= max(gap, 0) + 1e-4


@given(st.floats(0, 1e3), months, st.integers(1, 60))
def test_ramp_grows_to_the_jobs_delivered(jobs, since, ramp):
    value = projects.ramp_jobs(jobs, since, ramp)
    assert 0.0 <= value <= jobs
    assert projects.ramp_jobs(jobs, since + 1, ramp) >= value
    assert projects.ramp_jobs(jobs, ramp, ramp) == jobs


@given(st.floats(0, 50), st.floats(1, 100), shares)
def test_maturation_gain_is_in_proportion_to_days(days, needed, effect):
    gain = projects.maturation_gain(days, needed, effect)
    assert gain >= 0.0
    assert projects.maturation_gain(days, needed, 0.0) == 0.0
    assert gain <= days / needed + 1e-12


# -- Wages --------------------------------------------------------------------------------------


@given(st.floats(-1, 1), st.floats(0, 0.3), st.floats(-0.5, 0.5), st.floats(1500, 6000))
def test_wage_offers_are_whole_euros_above_the_minimum(general, specific, premium, base):
    offer = wages.wage_offer(general, specific, premium, base, P.wages)
    assert offer == math.floor(offer)
    assert offer >= P.wages.minimum
    assert wages.wage_offer(general, specific, premium + 0.1, base, P.wages) >= offer


@given(st.floats(0.0, 0.2), months)
def test_specific_capital_grows_towards_its_bound(start, duration):
    p = P.wages
    value = wages.specific_capital(start, duration, p)
    assert min(start, p.specific_max) - 1e-12 <= value <= p.specific_max
    assert wages.specific_capital(start, duration + 1, p) >= value
    assert wages.specific_capital(start, 0, p) == pytest.approx(min(start, p.specific_max))


@given(st.floats(0, 0.3), shares)
def test_specific_capital_is_lost_in_proportion_to_unrelatedness(specific, related):
    assert 0.0 <= wages.transferred(specific, related) <= specific
    assert wages.transferred(specific, 1.0) == specific


@given(st.floats(0.8, 1.2), ratios, ratios)
def test_wages_fall_with_unemployment(index, one, other):
    low, high = sorted((one, other))
    assert wages.wage_index(index, low, P.wages) >= wages.wage_index(index, high, P.wages)
    assert wages.wage_index(1.0, 1.0, P.wages) == 1.0


def test_wage_curve_has_its_elasticity_in_the_long_run():
    index = 1.0
    for _ in range(5000):
        index = wages.wage_index(index, 1.2, P.wages)
    assert math.log(index) / math.log(1.2) == pytest.approx(P.wages.curve, rel=1e-6)
    assert P.wages.curve < 0.0


@given(st.floats(1500, 8000))
def test_support_pays_more_than_insurance(wage):
    amounts = [wages.benefit(int(regime), wage, P.wages) for regime in Regime]
    assert amounts[0] == 0
    assert 0 < amounts[1] < amounts[2] == amounts[3] < wage
    assert all(isinstance(amount, int) for amount in amounts)


@given(months, ages)
def test_insurance_lasts_as_long_as_the_job_up_to_a_cap(tenure, age):
    duration = wages.insured_months(tenure, age, P.wages)
    assert 0 <= duration <= tenure
    assert duration <= P.wages.months_ordinary_old
    assert (duration == 0) == (tenure < 6)
