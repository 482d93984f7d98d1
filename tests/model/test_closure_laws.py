"""Laws of a closure: a larger site costs more jobs, and nothing that it costs is a gain."""

from functools import cache

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rebound_sim.model import BasinModel
from rebound_sim.rules.demand import recaptured_share
from rebound_sim.scenario.definition import Scenario
from rebound_sim.state.market import Cause

share = st.floats(0.0, 1.0)
recaptured = recaptured_share.py_func
#: A textbook zone whose sector CH holds 949 jobs and whose shops (GZ) hold several thousands.
ZONE = {
    "employed_residents": 45000, "unemployment_rate_percent": 8.0, "industry_share": 0.2,
    "establishments": 4000, "area_km2": 900.0, "places": 4,
    "qualification_shares": [0.5, 0.2, 0.1, 0.2],
}  # fmt: skip
SIZES, YEARS, REPLICATIONS = (250, 500, 900), 4, 3
#: Only the closure moves demand: the zone's own shocks cancel in the comparison all the same.
CERTAIN = {"closure.takeover_probability": 0.0}
#: The agreement of a large group is a policy: its projects buy nearby, which is a gain.
WITHOUT_AGREEMENT = {"revitalisation": {"enabled": False}}


@given(share, share, share, share, share)
def test_what_rivals_win_falls_with_the_part_of_the_site(one, other, nearby, served, elsewhere):
    small, large = sorted((one, other))
    won = [recaptured(part, nearby, served, elsewhere) for part in (small, large)]
    assert 0.0 <= won[1] <= won[0] + 1e-12 <= 1.0 + 1e-9
    # Jobs lost for good, in jobs of the sector: never fewer when the site is larger.
    assert small * (1.0 - won[0]) <= large * (1.0 - won[1]) + 1e-12


@cache
def after(sector, jobs):
    """Jobs lost in all and by cause four years after the layoffs, means over replications."""
    world = Scenario.model_validate(
        {
            "title": "laws",
            "basin": {"synthetic": ZONE},
            "parameters": CERTAIN,
            "closure": [{"sector": sector, "jobs": jobs}],
            "base": WITHOUT_AGREEMENT,
            "time": {"burn_in_months": 12, "months": 12 * YEARS + 7},
        }
    )
    lost, causes = [], []
    for replication in range(REPLICATIONS):
        spared, struck = (
            BasinModel(world, "none", seed=7, replication=replication, closure=closes).run()
            for closes in (False, True)
        )
        paths = [run.recorder.columns["workplace_employment"] for run in (spared, struck)]
        lost.append(float(paths[0][-12:].mean() - paths[1][-12:].mean()))
        causes.append(struck.state.market.causes - spared.state.market.causes)
    return float(np.mean(lost)), np.mean(causes, axis=0)


def test_a_larger_site_costs_more_jobs():
    lost = [after("CH", jobs)[0] for jobs in SIZES]
    assert lost[0] > 0.0
    assert np.all(np.diff(lost) > 0.0), lost


@pytest.mark.parametrize("sector", ["CH", "GZ"])
def test_no_cause_of_a_loss_has_the_sign_of_a_gain(sector):
    for jobs in SIZES:
        causes = after(sector, jobs)[1]
        # One job in a hundred of the site: rounding of firms, other luck of those it touches.
        for cause in (Cause.HOUSEHOLDS, Cause.CUSTOMERS, Cause.SITE, Cause.AGGLOMERATION):
            assert causes[cause] <= 0.01 * jobs, (sector, jobs, cause.name, causes[cause])


def test_a_closed_shop_costs_fewer_jobs_than_a_foundry():
    """Rivals nearby serve the customers of a closed shop, not those of a closed foundry."""
    shop, foundry = after("GZ", 500)[0], after("CH", 500)[0]
    assert 0.0 < shop < 0.6 * foundry
