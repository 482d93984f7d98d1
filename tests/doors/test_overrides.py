"""`--set`, `--zone` and `--months`: the same checks as the file, and the option named."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rebound_sim.errors import InputError
from rebound_sim.parameters import PARAMETERS
from rebound_sim.scenario import load_scenario

FORMER_FORM = True  # of the world's file: it is still read


def message(world, **options):
    with pytest.raises(InputError) as caught:
        load_scenario(world, **options)
    return str(caught.value)


def test_values_reach_the_scenario(world):
    scenario = load_scenario(
        world,
        overrides={
            "time.months": "36",
            "closure.0.jobs": "25",
            "closure.0.tranches.1.month": "13",
            "closure.0.group": "insolvent",
            "conditions.sector_trends.CL": "-0.02",
            "search.effort_decay": "0.1",
            "parameters.search.applications_unemployed": "3",
        },
    )
    assert scenario.time.months == 36
    assert scenario.closure[0].jobs == 25
    assert scenario.closure[0].tranches[1].month == 13
    assert scenario.closure[0].group == "insolvent"
    assert scenario.conditions.sector_trends == {"CL": -0.02}
    assert scenario.parameters == {
        "search.effort_decay": 0.1,
        "search.applications_unemployed": 3.0,
    }


def test_zone_may_be_typed_without_quotes(world):
    scenario = load_scenario(world, overrides={"basin": '{zone = "3202"}'}, months=30)
    assert scenario.basin.zone == "3202"
    assert load_scenario(world, zone="3202", months=30) == scenario


@pytest.mark.parametrize(
    ("key", "value", "start", "words"),
    [
        ("time.months", "0", "time.months: out of range, got 0", ">= 1"),
        ("time.months", "many", "time.months: wrong type, got 'many'", "whole number"),
        ("time.month", "3", "time.month: unknown key", "did you mean time.months?"),
        ("closure.1.jobs", "3", "closure.1: no such element", "of 1"),
        ("closure.-1.jobs", "3", "closure.-1: no such element", "did you mean closure.0.jobs?"),
        ("closure.x.jobs", "3", "closure.x: no such element", "did you mean closure.0.jobs?"),
        ("closure.jobs", "3", "closure.jobs: no such element", "did you mean closure.0.jobs?"),
        ("closure.0.jobs", "1 200", "closure.0.jobs: wrong type, got", "did you mean 1_200?"),
        ("time.months", "6.0", "time.months: wrong type, got 6.0", "did you mean 6?"),
        ("time.months", "2024-01-01", "time.months: wrong type, got 2024-01-01", "[months]"),
        ("search.effort_decay", ".08", "parameters.search.effort_decay: wrong type", "mean 0.08?"),
        ("closure.0.jobs", "999999", "closure.0.jobs: the site has more jobs", "jobs in CH"),
        ("closure.0.tranches.0.share", "0.9", "closure.0: shares of tranches", "1.3"),
        ("conditions.cycle_amplitude", "nan", "conditions.cycle_amplitude: not a finite", "0.5"),
        ("search.effort_decay", "9", "parameters.search.effort_decay: out of range", "0 to 0.2"),
        ("search.effort_decays", "1", "search.effort_decays: unknown key", "search.effort_decay?"),
        ("parameters", "1", "parameters: unknown key", ""),
        ("title.x", "1", "title.x: unknown key", ""),
        ("", "1", "(empty): unknown key", ""),
    ],
)
def test_fault_names_the_option_and_the_key(key, value, start, words, world):
    text = message(world, overrides={key: value})
    assert text.startswith(f"--set: {start}")
    assert words in text


@pytest.mark.parametrize(
    ("overrides", "options"),
    [
        ({"time.months": "8"}, {"months": 9}),
        ({"basin.zone": "2415"}, {"zone": "2415"}),
        ({"search.effort_decay": "0.07", "parameters.search.effort_decay": "0.08"}, {}),
        ({"closure.0.jobs": "80", "closure.00.jobs": "90"}, {}),
        ({"closure.0.jobs": "80", "zone.0.closure.0.jobs": "90"}, {}),
    ],
)
def test_one_value_given_by_two_options_is_refused(overrides, options, world):
    assert "this value is given twice (by --set too)" in message(
        world, overrides=overrides, **options
    )


def test_zone_and_months_name_their_option(world):
    assert message(world, zone="Amien").startswith("--zone: basin.zone: unknown zone")
    assert message(world, months=0).startswith("--months: time.months: out of range")
    assert "allowed: time.months above 6" in message(world, months=6)


FREE_TEXT = st.text(max_size=12)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(
    st.sampled_from(["time.months", "closure.0.jobs", "basin", "closure", *PARAMETERS])
    | FREE_TEXT.filter(lambda key: "." not in key),
    FREE_TEXT | st.integers().map(str) | st.floats().map(str),
)
def test_any_key_and_text_is_accepted_or_explained_on_one_line(world, key, value):
    try:
        load_scenario(world, overrides={key: value})
    except InputError as error:
        assert error.file is not None
        assert len(str(error).splitlines()) == 1
