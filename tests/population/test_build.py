"""A built zone obeys every law, holds the published people, and is drawn by address."""

import numpy as np
import pytest

from rebound_sim.data.basins import load_basin
from rebound_sim.errors import EngineError, InputError
from rebound_sim.population.build import figures_of
from rebound_sim.state.check import check
from rebound_sim.state.codes import IN_WORK, FirmKind, Stage, Status
from rebound_sim.state.market import Condition, Money
from worlds import scenario, state_of

WORLDS = {
    "textbook": scenario(closure=("CH", 20)),
    "without a site": scenario(residents=2000),
    "Vierzon": scenario(zone="2415", closure=("CH", 180)),
    "two sites": scenario(residents=3000, closure=(("CH", 60), ("CA", 45))),
}


@pytest.fixture(scope="module", params=list(WORLDS))
def built(request):
    world = WORLDS[request.param]
    return world, figures_of(world), state_of(world)


def test_every_law_holds_at_the_start(built):
    check(built[2])


def test_residents_by_status_are_the_published_ones(built):
    _, figures, state = built
    people = state.market.people
    assert people[1, [int(s) for s in IN_WORK]].sum() == figures.employed_residents
    assert people[1, Status.UNEMPLOYED] == figures.unemployed_ilo
    assert people[1, Status.HALO] == figures.halo
    inactive = people[1, Status.INACTIVE] + people[1, Status.RETIRED] + people[1, Status.HALO]
    assert inactive == max(figures.inactive_15_64, figures.halo)
    assert people[1, Status.LEFT] == people[1, Status.IN_TRAINING] == 0
    rate = 100.0 * state.market.conditions[Condition.UNEMPLOYMENT_BASE]
    assert rate == pytest.approx(figures.unemployment_rate_percent)


def test_jobs_by_sector_and_sites_are_exact(built):
    world, figures, state = built
    firms = state.firms
    jobs = np.zeros(38, dtype=np.int64)
    np.add.at(jobs, firms.sector, firms.employment.astype(np.int64))
    assert np.array_equal(jobs, figures.salaried_jobs)
    # A zone of 80 establishments cannot have one in each sector and all size classes exactly.
    slack = 0.0 if world.basin.zone else 0.05
    assert np.count_nonzero(firms.employment) == pytest.approx(figures.establishments, rel=slack)
    assert len(state.sites) == len(world.closure)
    for site, closure in zip(state.sites, world.closure, strict=True):
        assert firms.employment[site.firm] == site.jobs == closure.jobs
        assert firms.kind[site.firm] == FirmKind.CLOSING_SITE
        assert firms.kind[[site.buyer, site.reuse]].tolist() == [FirmKind.SUCCESSOR] * 2
        assert firms.sector[site.buyer] == firms.sector[site.firm]


def test_wages_are_near_the_published_mean_and_above_the_minimum(built):
    _, figures, state = built
    workers = state.workers
    paid = workers.wage[workers.employer >= 0]
    assert paid.min() >= 1801.8
    assert paid.mean() == pytest.approx(figures.mean_gross_wage_eur, rel=0.2)
    assert np.array_equal(paid, np.round(paid))
    assert state.market.money[Money.WAGE_BILL] > 0


def test_shares_of_sales_sum_to_one(built):
    market = built[2].market
    total = market.household_share + market.customer_share + market.external_share
    assert total == pytest.approx(np.ones(38))
    for share in (market.household_share, market.customer_share, market.external_share):
        assert share.min() >= 0.0


def test_exposed_sales_are_within_bounds(built):
    world, _, state = built
    exposure = state.firms.exposure
    assert exposure.min() >= 0.0
    assert exposure.max() <= 1.0
    jobs = sum(closure.jobs for closure in world.closure)
    if jobs > 40:
        assert exposure.sum() > 0.0
    elif jobs == 0:
        assert exposure.sum() == 0.0


def test_everything_that_may_come_is_latent(built):
    state = built[2]
    assert np.all(state.projects.stage == Stage.UNBORN)
    assert np.all(state.workers.status[state.people_at_start :] == Status.LATENT)
    assert np.all(state.firms.state[state.firm_rows_at_start :] == 0)
    months = built[0].time.months + built[0].time.burn_in_months
    assert state.calendar.start_up_blocks.size == months + 1
    assert state.calendar.neighbour_blocks[-1] == state.school_first
    assert state.calendar.school_blocks[-1] == state.migrant_first
    assert state.calendar.migrant_blocks[-1] == state.workers.status.size
    assert state.calendar.retirement_start[-1] <= state.calendar.retirement_rows.size


def test_rates_are_probabilities(built):
    rates = built[2].rates
    for name in ("migration", "inactive_to_unemployment", "business", "outside_job"):
        assert 0.0 <= getattr(rates, name) < 0.5, name


def cells(state):
    records = (state.workers, state.firms, state.projects, state.market)
    return [column for record in records for column in record]


def test_same_seed_same_basin_other_luck_other_basin():
    world = WORLDS["textbook"]
    one, same = state_of(world, seed=4), state_of(world, seed=4)
    assert all(np.array_equal(a, b) for a, b in zip(cells(one), cells(same), strict=True))
    for other in (state_of(world, seed=5), state_of(world, seed=4, replication=1)):
        assert not np.array_equal(one.workers.general, other.workers.general)
        assert np.array_equal(one.firms.employment[:80], other.firms.employment[:80])


def test_a_site_that_does_not_fit_is_an_input_error():
    with pytest.raises(InputError, match=r"closure\.jobs"):
        state_of(scenario(closure=("CL", 10_000)))


def test_zones_are_loaded_by_code():
    assert load_basin("2415").code == "2415"


def break_people(state):
    state.workers.status[np.flatnonzero(state.workers.status == Status.UNEMPLOYED)[0]] = 8


def break_link(state):
    state.workers.next_member[np.flatnonzero(state.workers.next_member >= 0)[0]] = -1


def break_circle(state):
    # Two members of one list made to point at each other, the ends left alone.
    workers = state.workers
    inner = (workers.next_member >= 0) & (workers.previous_member >= 0)
    for i in np.flatnonzero(inner):
        j = workers.next_member[i]
        if inner[j]:
            before, after = workers.previous_member[i], workers.next_member[j]
            workers.next_member[before], workers.previous_member[after] = after, before
            workers.next_member[j], workers.previous_member[i] = i, j
            workers.since[[i, j]] = 0
            return
    raise AssertionError("no list is long enough")


BREACHES = {
    "people by residence": break_people,
    "wage bill": lambda s: s.market.money.__setitem__(Money.WAGE_BILL, 1),
    "jobs by sector": lambda s: s.market.sector_jobs.__setitem__(3, s.market.sector_jobs[3] + 1),
    "employees by firm": lambda s: s.firms.employment.__setitem__(0, 0),
    "linked both ways|ends of lists": break_link,
    "end: ": break_circle,
    "employers are open": lambda s: s.firms.state.__setitem__(s.workers.employer[0], 2),
    "jobs of the closing site": lambda s: setattr(s.sites[0], "jobs", 1),
    "finite numbers in wage": lambda s: s.workers.wage.__setitem__(5, np.nan),
    "code of stage": lambda s: s.projects.stage.__setitem__(0, 99),
    "hired before|in order of hiring": lambda s: s.workers.since.__setitem__(
        s.firms.first_member[
            np.argmax(s.firms.members.max(axis=1)), np.argmax(s.firms.members.max(axis=0))
        ],
        0,
    ),
    "as declared": lambda s: setattr(
        s, "workers", s.workers._replace(since=s.workers.since.astype(np.int32))
    ),
    "have begun": lambda s: s.workers.since.__setitem__(0, 3),
}


@pytest.mark.parametrize("law", list(BREACHES))
def test_a_breach_is_named(law):
    state = state_of(WORLDS["textbook"])
    BREACHES[law](state)
    with pytest.raises(EngineError, match=law) as caught:
        check(state)
    assert "month 0" in str(caught.value)
