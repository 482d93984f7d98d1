"""Each mechanism does what the evidence says, and shows its part when it is switched off.

Small synthetic zones, several replications, same random numbers in the runs compared. A gap that
is known is marked as such, with its figure; docs/validation.md says what it means for users. The
figures of its table are printed: `pytest -n0 -m slow -rA tests/calibration/test_mechanisms.py`.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import pytest

from rebound_sim.calibration.measures import displaced, matching
from rebound_sim.calibration.measures.zones import PRESENT
from rebound_sim.calibration.studies.following import Snapshots, follow
from rebound_sim.calibration.study import combine_gap, combine_ratio
from rebound_sim.data.sectors import SECTORS
from rebound_sim.model import BasinModel
from rebound_sim.policies import Policy
from rebound_sim.policies.instruments import Engineering, Grants, Revitalisation
from rebound_sim.scenario import Scenario
from rebound_sim.state.codes import FirmState, Support
from worlds import scenario

pytestmark = pytest.mark.slow

BURN_IN = 12
LAYOFF = BURN_IN + 6
_MANUFACTURING = np.array([sector.manufacturing for sector in SECTORS])
_PEOPLE = ("status", "wage", "sector", "employer", "birth", "since", "resident", "qualification")


def _tell(**figures: float) -> None:
    """Print figures that docs/validation.md quotes."""
    print(", ".join(f"{name} {value:.4g}" for name, value in figures.items()))


def _closure(months: int, residents: int = 8_000, jobs: int = 240, **parameters: float) -> Scenario:
    values = {name.replace("__", "."): value for name, value in parameters.items()}
    values["closure.takeover_probability"] = 0.0
    return scenario(residents, months, BURN_IN, ("CL", jobs), parameters=values)


def _zone(months: int, residents: int, demand: tuple[float, ...] = (), **parameters: float) -> Any:
    values = {name.replace("__", "."): value for name, value in parameters.items()}
    return scenario(
        residents, months, BURN_IN, parameters=values, conditions={"external_demand": demand}
    )


# -- employer premia and the lower rung -------------------------------------------------------


def _wage_loss(**parameters: float) -> float:
    """Change of log wage five years after, of the displaced in work against matched employees."""
    before, after = LAYOFF - 1 - BURN_IN, LAYOFF + 60 - BURN_IN
    gaps = []
    for replication in range(12):
        model = BasinModel(_closure(72, **parameters), seed=1, replication=replication)
        taken = Snapshots((before, after), _PEOPLE, ("employment",))
        follow(model, (taken,))
        start, end = taken.taken[before], taken.taken[after]
        site, month = model.state.sites[0].firm, BURN_IN + before
        sample = displaced.stable_workers(start, site, month)
        treated = sample & (start["employer"] == site)
        weight = displaced.matched_weights(start, treated, sample & ~treated, month)
        gaps.append(displaced.losses(start, end, treated, weight)["wage"])
    return combine_gap(gaps)


def test_premia_and_the_lower_rung_make_half_of_wage_losses() -> None:
    """Without them models give a fraction of the losses seen (Davis and von Wachter 2011)."""
    full = _wage_loss()
    no_rung = _wage_loss(wages__lower_rung=0.0)
    no_premia = _wage_loss(wages__premium_sd=0.05, wages__premium_size=0.0)
    neither = _wage_loss(wages__lower_rung=0.0, wages__premium_sd=0.05, wages__premium_size=0.0)
    _tell(full=full, no_rung=no_rung, no_premia=no_premia, neither=neither)
    assert full < min(no_rung, no_premia) < max(no_rung, no_premia) < neither < 0.0
    assert neither > 0.6 * full


# -- non-participation against migration ------------------------------------------------------


def _absorbed(**parameters: float) -> Mapping[str, float]:
    """Falls after ten years of external demand 6 % lower: people in work, present, active."""
    total = {"work": 0.0, "people": 0.0, "outside_the_labour_force": 0.0}
    for replication in range(2):
        paths = []
        for demand in ((1.0, 0.94), ()):
            model = BasinModel(
                _zone(120, 8_000, demand, **parameters), seed=2, replication=replication
            ).run()
            paths.append(
                {name: column[-24:].mean() for name, column in model.recorder.columns.items()}
            )
        low, base = paths
        total["work"] += base["resident_employment"] - low["resident_employment"]
        total["people"] += sum(base[name] - low[name] for name in PRESENT)
        total["outside_the_labour_force"] += sum(
            low[name] - base[name] for name in ("halo", "inactive", "in_training")
        )
    return total


@pytest.mark.xfail(
    reason="ten years after a lasting fall of its demand, as many residents are in work: they work "
    "outside, and there is nothing for migration to share (docs/validation.md)"
)
def test_migration_absorbs_and_stops_when_switched_off() -> None:
    """Half of the adjustment in Europe after a decade (Beyer and Smets 2015): a third or more."""
    full, fixed = _absorbed(), _absorbed(demography__migration_tightness=0.0)
    _tell(**full)
    _tell(**{f"fixed_{name}": value for name, value in fixed.items()})
    assert full["work"] > 0.0
    assert full["people"] > 0.33 * full["work"]
    assert abs(fixed["people"]) < 0.5 * full["people"]
    assert fixed["outside_the_labour_force"] > full["outside_the_labour_force"]


# -- supplier and household links, and substitution -------------------------------------------


def _link(cause: str, month: int, households: bool = True, **parameters: float) -> float:
    """Jobs that a cause takes away around a month after the layoffs (closure − no closure)."""
    columns = []
    for closes in (True, False):
        model = BasinModel(_closure(84, **parameters), seed=3, closure=closes)
        if not households:
            market = model.state.market
            market.external_share[:] += market.household_share
            market.household_share[:] = 0.0
        columns.append(model.run().recorder.columns[cause])
    window = slice(LAYOFF + month - 3, LAYOFF + month + 3)
    return float((columns[1] - columns[0])[window].mean())


def test_substitution_halves_the_losses_of_suppliers() -> None:
    """Fixed coefficients overshoot about twofold (What Works Centre; CAMA: 60-70 % attenuated)."""
    slow = {"demand__replaceable": 0.3, "demand__customer_replacement": 0.01}
    with_it, without = _link("cause_site", 60), _link("cause_site", 60, **slow)
    _tell(with_it=with_it, without=without)
    assert with_it > 0.0
    assert 0.35 < with_it / without < 0.65
    assert _link("cause_site", 60, closure__local_purchases=0.0) == 0.0


def test_households_spend_less_and_the_link_can_be_cut() -> None:
    spent = _link("cause_households", 12)
    _tell(households=spent)
    assert spent > 0.0
    assert _link("cause_households", 12, households=False) == 0.0


# -- matching ---------------------------------------------------------------------------------


def _matching_rows() -> list[np.ndarray]:
    rows = []
    for residents in (3_000, 6_000, 12_000):
        for rate in (5.0, 8.0, 12.0):
            world = _zone(72, residents, (1.0, 0.96, 1.0, 1.04, 1.0))
            synthetic = world.basin.synthetic.model_copy(update={"unemployment_rate_percent": rate})
            basin = world.basin.model_copy(update={"synthetic": synthetic})
            model = BasinModel(world.model_copy(update={"basin": basin}), seed=4).run()
            columns = model.recorder.columns
            rows.append(matching.matching_rows({k: v[BURN_IN:] for k, v in columns.items()}))
    return rows


def test_matching_has_constant_returns_that_nobody_imposed() -> None:
    """Petrongolo and Pissarides 2001: constant returns; both sides matter."""
    by_seekers, by_posts = matching.matching_elasticities(_matching_rows())
    _tell(by_seekers=by_seekers, by_posts=by_posts)
    assert by_seekers > 0.2 and by_posts > 0.2
    assert 0.9 < by_seekers + by_posts < 1.1


def test_the_elasticity_of_matches_to_seekers_is_that_of_the_literature() -> None:
    """Petrongolo and Pissarides 2001."""
    elasticity = matching.elasticity_to_unemployment(_matching_rows())
    _tell(to_unemployed=elasticity)
    assert 0.5 <= elasticity <= 0.7


# -- grants: deadweight, time-shifting, size --------------------------------------------------


def _grants(**parameters: float) -> dict[str, Any]:
    """Jobs of projects with a grant, with the fund and without, by size of the sponsor."""
    fund = Policy(
        name="fund",
        grants=Grants(envelope_eur=200_000_000, start_month=0, duration_months=60),
    )
    found = {name: np.zeros(2) for name in ("small", "large", "all")}
    earlier = 0
    for replication in range(6):
        world = _closure(120, 20_000, 300, **parameters)
        funded = BasinModel(world, fund, seed=5, replication=replication)
        size = funded.state.firms.employment.copy()
        funded.run()
        alone = BasinModel(world, seed=5, replication=replication).run()
        projects = funded.state.projects
        granted = (projects.supported & int(Support.GRANT)) != 0
        jobs, without = funded.capacity_opened(), alone.capacity_opened()
        staff = np.where(projects.sponsor >= 0, size[np.maximum(projects.sponsor, 0)], 1_000)
        for name, rows in (("small", staff < 50), ("large", staff >= 50), ("all", staff >= 0)):
            kept = granted & rows
            found[name] += [(jobs - without)[kept].sum(), jobs[kept].sum()]
        dates = projects.decided_month, alone.state.projects.decided_month
        # Help of the closing group also dates projects: those that have it are left out.
        helped = (projects.supported | alone.state.projects.supported) & int(Support.REVITALISATION)
        counted = granted & (helped == 0) & (dates[0] > 0)
        earlier += int((counted & (dates[1] > dates[0])).sum())
    additional = {name: combine_ratio([pair]) for name, pair in found.items()}
    return additional | {"earlier": earlier}


def test_grants_add_more_in_small_firms_and_less_where_all_have_finance() -> None:
    """Criscuolo et al. 2019; Decramer and Vanormelingen 2016: small firms alone react.

    Finance for all lowers what grants add in both, and leaves the higher ceilings of small firms.
    Larger firms short of finance react too, here: it is no part of the gap between them.
    """
    full, financed = _grants(), _grants(projects__constraint_small=0.0)
    _tell(**full)
    _tell(**{f"financed_{name}": value for name, value in financed.items()})
    assert full["small"] > 1.3 * full["large"]
    assert financed["small"] < full["small"] and financed["large"] < full["large"]


def test_deadweight_is_total_when_every_project_pays_for_itself() -> None:
    """PAT 1996-2004: 44 % deadweight; here between the extremes, and at the extreme when asked."""
    certain = {
        "projects__constraint_small": 0.0,
        "projects__value_mean": 0.2,
        "projects__value_sd": 0.05,
    }
    assert 0.0 < _grants()["all"] < 1.0
    assert _grants(**certain)["all"] == pytest.approx(0.0, abs=1e-9)


def test_grants_bring_projects_forward_only_if_refused_ones_are_reconsidered() -> None:
    """Law 488: funded firms brought projects forward (Bronzini and de Blasio 2006).

    Shortage of finance is left out of the second: it follows the size of the firm, so that a
    project that lacks it may find it later.
    """
    assert _grants()["earlier"] > 0
    final = {"projects__reconsider": 0.0, "projects__constraint_small": 0.0}
    assert _grants(**final)["earlier"] == 0


def _scheme(replication: int) -> np.ndarray:
    """A scheme that pays every file for seven years, and none: jobs of small industrial firms, and
    jobs that their projects opened, float[2, 2].
    """
    scheme = Policy(
        name="scheme",
        grants=Grants(envelope_eur=10_000_000_000, start_month=0, duration_months=84),
    )
    rows = []
    for policy in (scheme, Policy(name="none")):
        model = BasinModel(_zone(84, 20_000), policy, seed=8, replication=replication)
        firms, projects = model.state.firms, model.state.projects
        small = _MANUFACTURING[firms.sector] & (firms.state == FirmState.OPEN) & (firms.scale < 50)
        model.run()
        theirs = (projects.sponsor >= 0) & small[np.maximum(projects.sponsor, 0)]
        rows.append((firms.employment[small].sum(), model.capacity_opened()[theirs].sum()))
    return np.array(rows)


def test_what_small_firms_invest_bounds_what_aid_adds_to_their_jobs() -> None:
    """Criscuolo et al. 2019: 10 points of aid add 10 % (4 to 16). A whole scheme adds less here."""
    (paid, opened), (alone, opened_alone) = sum(_scheme(replication) for replication in range(4))
    _tell(scheme=paid / alone - 1.0, projects=opened / alone, projects_alone=opened_alone / alone)
    assert 0.0 < paid / alone - 1.0 < 0.10
    assert opened_alone < opened < 0.25 * alone


def _agreed(**parameters: float) -> float:
    """Jobs that the agreement of the law adds in all projects."""
    off, added = Policy(name="off", revitalisation=Revitalisation(enabled=False)), 0.0
    for replication in range(6):
        world = _closure(120, 20_000, 300, **parameters)
        opened = [
            BasinModel(world, policy, seed=5, replication=replication).run().capacity_opened().sum()
            for policy in (Policy(name="none"), off)
        ]
        added += opened[0] - opened[1]
    return added


def test_an_agreement_decides_more_by_returns_than_through_finance() -> None:
    """It pays some 1.4 % of an investment, which closes few financing gaps."""
    full, by_returns = _agreed(), _agreed(projects__constraint_relief=0.0)
    _tell(agreement=full, agreement_by_returns=by_returns)
    assert 0.0 <= by_returns <= full < 2.0 * by_returns


# -- engineering ------------------------------------------------------------------------------


def test_returns_of_engineering_diminish_because_stocks_are_finite() -> None:
    """Nobody imposes the curve: firms to visit and projects to find run out."""
    days = (50, 450, 1_350)
    found, added = np.zeros(3), np.zeros(3)
    for replication in range(3):
        world = _closure(120, 12_000, 300)
        without = BasinModel(world, seed=6, replication=replication).run().capacity_opened().sum()
        for k, number in enumerate(days):
            mission = Engineering(person_days=number, duration_months=6, start_month=1)
            model = BasinModel(
                world, Policy(name="mission", engineering=mission), seed=6, replication=replication
            ).run()
            found[k] += model.recorder.latest()["projects_found_publicly"]
            added[k] += model.capacity_opened().sum() - without
    per_day = found / np.array(days)
    _tell(**{f"found_a_day_{n}": value for n, value in zip(days, per_day, strict=True)})
    assert per_day[0] > per_day[1] > per_day[2] > 0.0
    assert added[1] > 0.0
    assert (added[2] - added[1]) / (days[2] - days[1]) < 0.5 * added[1] / days[1]


# -- slump and boom ---------------------------------------------------------------------------


@pytest.mark.xfail(
    reason="losses in a slump are about 1.1 times those in a boom, against 1.9 (1.5 to 2.2): "
    "the job-finding rate hardly follows the cycle (docs/validation.md)"
)
def test_losses_are_half_as_large_again_in_a_slump() -> None:
    """Schmieder et al. 2023; Davis and von Wachter 2011."""
    lost = []
    for level in (0.95, 1.05):
        total = np.zeros(2)
        for replication in range(3):
            world = _closure(96)
            site = world.closure[0].model_copy(update={"announcement_month": 12})
            slump = world.conditions.model_copy(update={"external_demand": (1.0, level)})
            world = world.model_copy(update={"closure": (site,), "conditions": slump})
            path = BasinModel(world, seed=7, replication=replication).run().recorder.columns
            total += displaced.lost_earnings(path, LAYOFF + 12, 60)
        lost.append(combine_ratio([total]))
    _tell(slump_over_boom=lost[0] / lost[1])
    assert lost[0] > 1.5 * lost[1]
