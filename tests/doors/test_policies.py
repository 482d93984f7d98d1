"""Policies shipped, read from files, and refused."""

import pytest

from rebound_sim.errors import InputError
from rebound_sim.policies import load_policy, named_policies
from rebound_sim.scenario import named_by, open_zone

FORMER_FORM = True  # of the world's file: it is still read

POLICY = """\
name = "mine"
[engineering]
person_days = 100
duration_months = 3
start_month = 2
[grants]
envelope_eur = 1_000_000
start_month = 6
duration_months = 24
"""


def message(given, **options):
    with pytest.raises(InputError) as caught:
        load_policy(given, **options)
    return str(caught.value)


def test_named_policies_are_valid_and_bear_their_file_name():
    assert {"none", "rebond", "engineering_only", "money_only", "revitalisation"} == set(
        named_policies()
    )
    assert [load_policy(name).name for name in named_policies()] == list(named_policies())


def cost(name):
    """Days and envelope that a policy plans, EUR."""
    policy = load_policy(name)
    mission, fund = policy.engineering, policy.grants
    days = mission.person_days * mission.daily_cost_eur if mission else 0
    return days + (fund.envelope_eur if fund else 0)


def test_rebond_and_its_two_halves_cost_the_same():
    costs = {cost(name) for name in ("rebond", "engineering_only", "money_only")}
    assert costs == {145 * 1500 + 3_000_000}
    assert load_policy("none").orders() == ()


def test_policy_file(tmp_path):
    path = tmp_path / "mine.toml"
    path.write_text(POLICY)
    policy = load_policy(path)
    assert policy == load_policy("mine.toml", folder=tmp_path)
    assert cost(path) == 1_150_000
    assert policy.training is None
    path.write_text(POLICY + "[project_manager]\n[region]\ncofinancing_share = 0.5\n")
    assert {"project_manager", "region"} <= {name for name, _ in load_policy(path).orders()}
    assert load_policy(path).digest() != policy.digest()


@pytest.mark.parametrize(
    ("old", "new", "line", "words"),
    [
        ("1_000_000", "-1_000_000", 7, "grants.envelope_eur: out of range, got -1000000"),
        ("1_000_000", "1e6", 7, "grants.envelope_eur: wrong type"),
        ("1_000_000", "nan", 7, "grants.envelope_eur: wrong type, got nan"),
        ("[grants]", "[grant]", 6, "did you mean grants?"),
        ('"mine"', '"Mine"', 1, "name: not written as expected"),
        ('"mine"', '"rebond"', 1, "name: a shipped policy has this name"),
        ('"mine"', '"no_shock"', 1, "name: this name is reserved"),
        (
            "envelope_eur",
            "selection = 'merits'\nenvelope_eur",
            7,
            "allowed: first_come, jobs_per_euro, leverage, merit, random; did you mean merit?",
        ),
    ],
)
def test_faults_of_a_policy_file(old, new, line, words, tmp_path):
    path = tmp_path / "mine.toml"
    path.write_text(POLICY.replace(old, new))
    text = message(path)
    column = 2 if old.startswith("[") else 1
    assert text.startswith(f"{path}:{line}:{column}: ")
    assert words in text


def test_unknown_policy_gives_the_nearest_and_the_list():
    text = message("rebonds")
    assert text.startswith("unknown policy, got 'rebonds'")
    assert "did you mean rebond?" in text
    assert "money_only" in text


def test_policy_named_by_a_scenario_is_located_and_found_beside_it(world):
    world.write_text(world.read_text().replace('"rebond"', '"rebonds"'))
    with pytest.raises(InputError) as caught:
        named_of(world)
    assert str(caught.value).startswith(f"{world}:25:1: policy.name: unknown policy")
    world.write_text(world.read_text().replace('"rebonds"', '"mine.toml"'))
    (world.parent / "mine.toml").write_text(POLICY)
    assert named_of(world) == ["mine"]


def named_of(world):
    found, source = open_zone(world)
    return [policy.name for policy in named_by(found.policies, source)]
