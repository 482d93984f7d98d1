"""Instruments at work: money, deadweight, claw-back, and what each leaves alone."""

from __future__ import annotations

import dataclasses

import numpy as np
import pytest

from model.worlds import small_world
from rebound_sim.model import BasinModel
from rebound_sim.parameters import ParameterSet
from rebound_sim.policies import Policy, load_policy, named_policies
from rebound_sim.policies.instruments import (
    INSTRUMENTS,
    Accelerator,
    Grants,
    ProjectManager,
    Region,
    Training,
)
from rebound_sim.policies.ledger import by_month
from rebound_sim.state.codes import Stage, Support


def _run(policy: Policy | str, months: int = 84, **overrides: float) -> BasinModel:
    values = {name.replace("__", "."): value for name, value in overrides.items()}
    return BasinModel(small_world(months=months), policy, seed=11, parameters=values).run()


@pytest.mark.parametrize("name", named_policies())
def test_money_balances_in_every_month(name: str) -> None:
    model = _run(name)
    for instrument in INSTRUMENTS:
        money = {
            amount: by_month(model.ledger.journal, instrument, amount, model.months)
            for amount in ("envelope", "committed", "paid", "cancelled", "returned")
        }
        assert {amount: path[-1] for amount, path in money.items()} == dataclasses.asdict(
            model.ledger[instrument]
        )
        assert np.all(money["committed"] <= money["envelope"])
        assert np.all(money["paid"] + money["cancelled"] <= money["committed"])
        assert np.all(money["returned"] <= money["paid"])
        for column in money.values():
            assert np.all(np.diff(column) >= 0)


def test_half_of_the_building_comes_before_the_intermediate_payment() -> None:
    """The advance, then 40 % once half of the building is behind, the balance once all runs."""
    model = _run("rebond", months=120)
    projects, due = model.state.projects, {}
    for entry in model.ledger.journal:
        if entry.instrument == "grants" and entry.kind == "paid":
            due.setdefault(entry.project, []).append(entry)
    intermediate = {k: paid[1] for k, paid in due.items() if len(paid) > 1}
    assert intermediate
    for k, entry in intermediate.items():
        works = int(projects.decided_month[k]) + int(projects.permit_months[k])
        assert entry.month >= works + projects.build_months[k] / 2
        awarded = next(c.awarded["grants"] for c in model.fund.contracts if c.project == k)
        assert entry.amount == int(model.parameters.instruments.intermediate * awarded)
        if len(due[k]) > 2:
            assert due[k][2].month >= projects.operating_month[k] > entry.month


def test_engineering_finds_and_matures_projects() -> None:
    none, engineering = _run("none"), _run("engineering_only")
    assert none.recorder.latest()["projects_found_publicly"] == 0
    assert engineering.recorder.latest()["projects_found_publicly"] > 0
    mission = load_policy("engineering_only").engineering
    assert engineering.ledger["engineering"].paid == mission.person_days * mission.daily_cost_eur


def test_engineering_without_effect_only_makes_projects_known() -> None:
    """Being found moves nothing: each project is decided in the month that it would have been."""
    none, idle = _run("none"), _run("engineering_only", instruments__days_effect=0.0)
    assert idle.recorder.latest()["projects_found_publicly"] > 0
    assert (idle.state.projects.days_received > 0).any()
    for column in ("decided_month", "operating_month", "capacity"):
        np.testing.assert_array_equal(
            getattr(idle.state.projects, column), getattr(none.state.projects, column)
        )


def test_a_mission_matures_projects_of_the_firms_that_it_visits_and_no_others() -> None:
    """Days never go to a plant of an outside investor, nor to a firm that nobody has seen."""
    model = BasinModel(
        small_world(employed=20_000, jobs=200),
        "engineering_only",
        seed=3,
        parameters={"projects.maturation": 0.01, "projects.entrants": 0.3},
    ).run()
    projects, firms = model.state.projects, model.state.firms
    helped = projects.days_received > 0
    assert helped.any() and (projects.sponsor[helped] >= 0).all()
    assert (firms.visited[projects.sponsor[helped]] == 1).all()
    known = (projects.detected_month >= 0) & (projects.jobs > 0)
    assert (known & (projects.sponsor < 0)).any()
    unseen = known & (projects.sponsor >= 0) & (firms.visited[projects.sponsor] == 0)
    assert unseen.any()


def test_a_mission_finds_ideas_and_plans_but_not_what_was_turned_down() -> None:
    none, idle = _run("none"), _run("engineering_only", instruments__days_effect=0.0)
    projects, alone = idle.state.projects, none.state.projects
    found = projects.public_detection == 1
    assert found.sum() == idle.mission.projects_found
    month = projects.detected_month[found]
    studied = (alone.detected_month[found] >= 0) & (alone.detected_month[found] < month)
    assert studied.any() and not studied.all()
    decided = projects.decided_month[found]
    assert ((decided < 0) | (decided >= month)).all()
    assert (projects.filed_month[~found & (projects.sponsor >= 0)] < 0).all()


def test_missions_go_first_to_firms_known_to_have_plans() -> None:
    model = _run("none", months=24, instruments__plans_known=1.0)
    projects = model.state.projects
    route = model.mission.planned_route()
    studying = np.isin(route, projects.sponsor[projects.stage == Stage.DETECTED])
    last = np.flatnonzero(studying).max()
    deciding = np.isin(route[: last + 1], projects.sponsor[projects.stage == Stage.MATURE])
    assert (studying[: last + 1] | deciding).all() and not studying[last + 1 :].any()
    assert 0 < last + 1 < route.size
    model.parameters = ParameterSet({"instruments.plans_known": 0.0})
    by_size = model.mission.planned_route()
    assert sorted(by_size) == sorted(route) and not np.array_equal(by_size, route)


def test_a_committee_marks_quality_and_jobs() -> None:
    marks = []
    for weight in (0.0, 2.0):
        model = BasinModel(
            small_world(), "none", seed=11, parameters={"instruments.jobs_weight": weight}
        )
        marks.append(model.fund.requests(np.arange(20)))
    gained = marks[1].signal - marks[0].signal
    np.testing.assert_allclose(gained, 2.0 * np.log1p(marks[0].jobs))
    np.testing.assert_array_equal(marks[0].signal, model.state.projects.signal[:20])


def test_a_call_has_its_own_smallest_base_and_weight_of_jobs() -> None:
    grants = Grants(envelope_eur=5_000_000, start_month=0, duration_months=36)
    large = grants.model_copy(update={"minimum_base_eur": 600_000, "jobs_weight": 0.0})
    known = {"instruments__file_alone": 0.8, "instruments__file_cost": 0.0}
    files = []
    for call in (grants, large):
        model = _run(Policy(name="call", grants=call), **known)
        rows = np.flatnonzero(model.state.projects.filed_month >= 0)
        files.append(model.state.projects.base[rows])
        marks = model.fund.requests(rows).signal
    assert files[0].min() < 600_000 <= files[1].min()
    np.testing.assert_array_equal(marks, model.state.projects.signal[rows])


def test_days_of_engineering_bring_projects_forward() -> None:
    """None is delayed: without shortage of finance, which follows the size of the firm, and but for
    those that the closing group pays, who compete for its money."""
    rules = {"instruments__days_effect": 1.0, "projects__constraint_small": 0.0}
    none, effective = (_run(name, **rules).state.projects for name in ("none", "engineering_only"))
    both = (none.decided_month >= 0) & (effective.decided_month >= 0)
    both &= ((none.supported | effective.supported) & Support.REVITALISATION) == 0
    gained = (none.decided_month - effective.decided_month)[both]
    assert (gained >= 0).all()
    assert (gained[effective.days_received[both] > 0] > 0).any()


def test_a_grant_never_stops_a_project_that_goes_anyway() -> None:
    """Deadweight: projects that open jobs without the fund still do with it, or wait for it."""
    none, money = _run("none", months=120), _run("money_only", months=120)
    granted = money.state.projects.supported & 2 > 0
    assert granted.any()
    opened_without = none.capacity_opened()[granted] > 0
    stage = money.state.projects.stage[granted][opened_without]
    assert opened_without.any()
    assert np.all((stage >= Stage.DECIDED) & (stage != Stage.ABANDONED))


def test_other_instruments_act_and_are_paid() -> None:
    policy = Policy(
        name="all_others",
        region=Region(cofinancing_share=0.5),
        project_manager=ProjectManager(),
        accelerator=Accelerator(firms=5, start_month=1, cost_per_firm_eur=20_000),
        training=Training(
            places_per_month=5, start_month=4, duration_months=12, cost_per_place_eur=4_000
        ),
        grants=load_policy("rebond").grants,
    )
    model = _run(policy)
    assert model.recorder.latest()["accelerated_capacity"] > 0
    assert model.ledger["accelerator"].paid > 0
    assert model.ledger["project_manager"].paid == 44_000 * 84 // 12
    assert model.ledger["training"].paid > 0
    half_euros = 0.5 * len(model.fund.contracts)  # each share is rounded to the euro
    most = 0.5 * model.ledger["grants"].committed + half_euros
    assert model.ledger["region"].committed <= most


def test_revitalisation_is_due_from_solvent_large_groups_only() -> None:
    due = _run("revitalisation")
    assert due.ledger["revitalisation"].envelope == int(3.0 * 1801.8 * 60)
    world = small_world(months=24)
    closure = world.closure[0].model_copy(update={"group": "insolvent"})
    poor = world.model_copy(update={"closure": (closure,)})
    model = BasinModel(poor, "revitalisation", seed=11).run()
    assert model.ledger["revitalisation"].envelope == 0


def test_the_site_closes_and_its_staff_is_followed() -> None:
    model = _run("none", months=36, closure__takeover_probability=0.0)
    latest = model.recorder.latest()
    assert latest["site_jobs"] == 0
    states = [
        name
        for name in latest
        if name.startswith("displaced_")
        and not name.startswith("displaced_in_")
        and name
        not in ("displaced_other_sector", "displaced_fixed_term_long", "displaced_earnings_eur")
    ]
    assert latest["displaced"] == sum(latest[name] for name in states) > 0


def test_a_takeover_keeps_part_of_the_staff() -> None:
    kept = _run("none", months=12, closure__takeover_probability=0.6, closure__takeover_support=0.0)
    site = kept.state.sites[0]
    luck = kept.closing_groups[0]._luck
    assert (kept.state.firms.employment[site.buyer] > 0) == (luck < 0.6)
