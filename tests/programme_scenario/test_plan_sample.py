"""A plan of all zones of a programme, in a sample of them: lines, dates, money."""

from __future__ import annotations

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from programme_worlds import small_programme
from rebound_sim.api.questions import comparison_asked
from rebound_sim.decision.setting import setting_of
from rebound_sim.errors import InputError
from rebound_sim.policies import Arm, StrategyChoice
from rebound_sim.policies.plan import Line, Plan
from rebound_sim.scenario import completed_plan
from rebound_sim.scenario.plan_sample import plan_in_sample
from rebound_sim.scenario.zone_sample import sample_of_zones

WORLD = small_programme(24, mission_days_most=400)
PLAN = Plan(
    "mine",
    (
        Line("north", "engineering", days=100, start=4),
        Line("north", "grants", 600_000, start=7),
        Line("east", "grants", 900_000),
        Line("west", "grants", 750_000, start=9),
    ),
)


def holding(*codes):
    """A sample of two zones of four that holds these."""
    drawn = (sample_of_zones(WORLD, 2, seed) for seed in range(200))
    return next(sample for sample in drawn if set(codes) <= set(sample.codes))


def euros(plan, world):
    return sum(line.amount_eur for line in completed_plan(plan, world).lines)


def test_a_sample_of_zones_gives_a_plan_the_share_of_money_that_it_has_of_the_whole():
    # 2.4 of 6 M EUR; the sample has 3, so 1.2, of which these zones were given 0.75 and 0.75.
    sample = holding("north", "west")
    found = plan_in_sample(PLAN, WORLD, sample)
    assert [(line.zone, line.instrument, line.start) for line in found.lines] == [
        ("north", "engineering", 4),
        ("north", "grants", 7),
        ("west", "grants", 9),
    ]
    assert [(line.days, line.amount_eur) for line in found.lines] == [
        (80, 120_000),
        (None, 480_000),
        (None, 600_000),
    ]
    assert found.sampled == 0.8 and euros(found, sample) == 1_200_000


def test_it_has_more_where_the_plan_gave_less_up_to_the_ceilings_of_a_zone():
    sample = holding("north", "control")
    found = plan_in_sample(PLAN, WORLD, sample)
    assert found.sampled == pytest.approx(1.6) and euros(found, sample) == 1_200_000
    small = small_programme(24, mission_days_most=120)
    sample = small.model_copy(
        update={"zone": sample.zone, "programme": sample.programme.model_copy(
            update={"mission_days_most": 120}
        )}
    )  # fmt: skip
    capped = plan_in_sample(PLAN, small, sample)
    assert [(line.days, line.amount_eur) for line in capped.lines] == [
        (120, 180_000),
        (None, 960_000),
    ]


def test_a_plan_without_a_line_in_the_sample_is_refused_in_words():
    sample = holding("north", "control")
    only = Plan("mine", (Line("west", "grants", 750_000),))
    with pytest.raises(InputError, match="gives nothing to the zones of this sample"):
        plan_in_sample(only, WORLD, sample)
    with pytest.raises(InputError, match="no such zone"):
        plan_in_sample(Plan("mine", (Line("nroth", "grants", 1_000),)), WORLD, sample)


@given(
    st.lists(
        st.tuples(
            st.sampled_from(("north", "east", "west")),
            st.integers(0, 1_300_000),
            st.integers(0, 120),
        ),
        min_size=1,
        max_size=6,
    ),
    st.integers(1, 3),
    st.integers(0, 50),
)
def test_what_a_sample_is_given_is_never_more_than_it_can_have(given_lines, count, seed):
    """The checks of any plan hold, and its money is the share of the whole or ceilings bind."""
    lines = [
        line
        for zone, amount, days in given_lines
        for line in (Line(zone, "grants", amount), Line(zone, "engineering", days=days))
    ]
    plan, sample = Plan("mine", tuple(lines)), sample_of_zones(WORLD, count, seed)
    try:
        whole = euros(plan, WORLD)
        found = plan_in_sample(plan, WORLD, sample)
    except InputError:
        assume(False)
    given_there = euros(found, sample)  # raises where a ceiling is passed
    wanted = whole * sample.programme.envelope_eur / WORLD.programme.envelope_eur
    rounding = len(lines) * WORLD.programme.daily_cost_eur
    assert given_there <= wanted
    if given_there < wanted - rounding:
        table = sample.programme
        days = table.mission_days_most * table.daily_cost_eur
        held = [
            sum(x.amount_eur for x in found.lines if (x.zone, x.instrument) == key)
            for key in {(x.zone, x.instrument) for x in found.lines}
        ]
        assert max(held) >= min(days, table.zone_ceiling_eur) - rounding


def test_a_comparison_of_a_sample_carries_the_plan_and_says_what_became_of_it():
    arms = (Arm.of_strategy(StrategyChoice("equal")), Arm.of_plan(PLAN))
    seed = next(
        s for s in range(50) if {"north", "west"} == set(sample_of_zones(WORLD, 2, s).codes)
    )
    asked = comparison_asked(WORLD, arms, worlds=1, zones=2, seed=seed, parameters="declared")
    assert asked.arms[1].does.sampled == 0.8
    manifest = asked.manifest(("rebound",))
    said = setting_of(manifest.world, manifest.actions).words()
    assert "sample of 2 of 4 zones" in said and "amounts times 0.80" in said
    whole = comparison_asked(WORLD, arms, worlds=1, zones=4, seed=seed, parameters="declared")
    assert whole.arms[1].does.sampled is None
    manifest = whole.manifest(("rebound",))
    assert "amounts" not in setting_of(manifest.world, manifest.actions).words()
