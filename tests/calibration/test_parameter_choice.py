"""Parameter sets of simulations: which replication uses which, and what is recorded."""

import json

import pytest

from rebound_sim.cli.parameter_choice import parameters_note
from rebound_sim.errors import InputError
from rebound_sim.experiment import Experiment, load_sweep, read_results
from rebound_sim.parameters import ParameterSet, ensemble
from rebound_sim.parameters.ensemble import (
    DECLARED,
    Ensemble,
    ParameterChoice,
    choose_parameters,
    read_ensemble,
    write_ensemble,
)
from rebound_sim.policies import load_policy
from rebound_sim.policies.arm import Arm
from rebound_sim.programme import simulate
from rebound_sim.scenario import world_of
from worlds import scenario

EFFORT, CURVE = "search.effort_decay", "wages.curve"
SETS = ({EFFORT: 0.01, CURVE: -0.05}, {EFFORT: 0.02, CURVE: -0.06}, {EFFORT: 0.03, CURVE: -0.07})


def written(folder, sets=SETS):
    about = tuple({"wave": 1.0, "inside": 2.0, "distance": 0.5} for _ in sets)
    write_ensemble(Ensemble(sets, about, {"seed": 0, "unidentified": [CURVE]}), folder)
    return folder


def test_replications_use_sets_in_turn_and_overrides_win():
    choice = ParameterChoice("ensemble", SETS)
    assert [choice.of(n)[EFFORT] for n in range(5)] == [0.01, 0.02, 0.03, 0.01, 0.02]
    assert choice.of(1, {EFFORT: 0.15}) == {EFFORT: 0.15, CURVE: -0.06}
    assert choice.overridden({CURVE: -0.1}).of(2) == {EFFORT: 0.03, CURVE: -0.1}


def test_digests_tell_the_values_used():
    choice = ParameterChoice("ensemble", SETS)
    assert DECLARED.digest({EFFORT: 0.1}) == ParameterSet({EFFORT: 0.1}).digest()
    digests = {DECLARED.digest(), choice.digest(), ParameterChoice("e", SETS[::-1]).digest()}
    assert len(digests) == 3
    both = {EFFORT: 0.1, CURVE: -0.1}
    # What overrides replace does not count.
    assert ParameterChoice("ensemble", SETS[:1]).digest(both) == DECLARED.digest(both)


def test_a_table_is_read_as_it_was_written(tmp_path):
    found = read_ensemble(written(tmp_path))
    assert found.sets == SETS
    assert found.range_of(EFFORT) == (0.01, 0.01, 0.03)
    assert choose_parameters("point", tmp_path).sets == SETS[:1]
    assert choose_parameters("ensemble", tmp_path).sets == SETS
    assert choose_parameters("declared", tmp_path) is DECLARED


def test_what_cannot_be_used_is_refused(tmp_path):
    with pytest.raises(InputError, match="did you mean ensemble"):
        choose_parameters("ensembl")
    with pytest.raises(InputError, match="no calibrated ensemble"):
        choose_parameters("point", tmp_path)
    written(tmp_path, ({EFFORT: 9.0},))
    with pytest.raises(InputError, match="out of range"):
        read_ensemble(tmp_path)
    written(tmp_path, ({"search.effort": 0.1},))
    with pytest.raises(InputError, match="unknown parameter"):
        read_ensemble(tmp_path)
    (tmp_path / ensemble.TABLE).write_text("wave\n1\n")
    with pytest.raises(InputError, match="cannot be read"):
        read_ensemble(tmp_path)


def test_all_arms_of_a_replication_have_its_set():
    world = world_of(scenario(1_000, 6, 3, ("CL", 30), parameters={CURVE: -0.12}))
    choice = ParameterChoice("ensemble", SETS)
    experiment = Experiment(world, (Arm.of_policy(load_policy("rebond")),), 4, 0, parameters=choice)
    assert [experiment.world_of(n).parameters for n in (0, 3)] == [{EFFORT: 0.01, CURVE: -0.12}] * 2
    assert experiment.world_of(1).parameters[EFFORT] == 0.02
    assert experiment.world_of(1).digest() != world.digest()
    identity = experiment.identity()
    assert identity.world_digest == world.digest()
    assert identity.parameters_digest == choice.digest(world.parameters)
    assert experiment.manifest(()).parameters == {"choice": "ensemble", "sets": 3}


def test_a_run_simulates_each_replication_with_its_set(tmp_path):
    from rebound_sim.experiment import run_experiment

    seen = {}

    def simulate(world, _policies, _seed, replication):
        seen[replication] = world.parameters[EFFORT]
        raise RuntimeError("enough")

    world = world_of(scenario(1_000, 6, 3))
    experiment = Experiment(world, (), 4, 0, parameters=ParameterChoice("ensemble", SETS))
    with pytest.raises(Exception, match="enough"):
        run_experiment(experiment, tmp_path / "out", workers=1, simulate=simulate)
    assert seen == {0: 0.01, 1: 0.02, 2: 0.03, 3: 0.01}


def test_tables_say_what_intervals_hold():
    assert parameters_note({}) == parameters_note(DECLARED.described()) == ""
    note = parameters_note(ParameterChoice("ensemble", SETS).described())
    assert "3 calibrated sets" in note and "luck and parameters" in note
    assert "luck alone" in parameters_note(ParameterChoice("point", SETS[:1]).described())


def test_an_installed_ensemble_reaches_simulations_and_explanations(tmp_path, monkeypatch, capsys):
    from rebound_sim.cli.main import cli
    from rebound_sim.experiment.provenance import source_digest

    source, package = tmp_path / "source", tmp_path / "package"
    source.mkdir()
    package.mkdir()
    monkeypatch.setattr(ensemble, "_FOLDER", package)
    ensemble.shipped_ensemble.cache_clear()
    before = source_digest()
    try:
        cli.main(["calibrate", "--install", str(written(source))], standalone_mode=False)
        assert choose_parameters("ensemble").sets == SETS
        cli.main(["explain", EFFORT], standalone_mode=False)
        cli.main(["explain", CURVE], standalone_mode=False)
        cli.main(["explain", "wages.rung_recovery"], standalone_mode=False)
    finally:
        ensemble.shipped_ensemble.cache_clear()
    said = capsys.readouterr().out
    assert "Installed 3 sets of 2 parameters" in said
    assert "0.01 to 0.03" in said and "spread as its prior" in said and "not in the ens" in said
    assert source_digest() == before
    assert json.loads((package / ensemble.PROVENANCE).read_text())["seed"] == 0


def test_strategies_of_a_replication_share_its_set(tmp_path):
    from engine import stub_programme as stub

    choice = ParameterChoice("ensemble", SETS)
    seen = []

    def simulate(programme, strategies, seed, replication):
        seen.append((replication, len(strategies), programme.parameters[EFFORT]))
        return stub.simulate(programme, strategies, seed, replication)

    asked = stub.experiment(4, parameters=choice, group=2)
    folder = stub.run(asked, tmp_path / "out", simulate=simulate)
    # Two groups of strategies a replication, under the same set.
    assert sorted(seen) == sorted(
        (n, size, SETS[n % 3][EFFORT]) for n in range(4) for size in (1, 2)
    )
    assert read_results(folder).manifest.parameters == {"choice": "ensemble", "sets": 3}
    with pytest.raises(InputError, match="other parameters"):
        stub.run(stub.experiment(4, group=2), tmp_path / "out", resume=True, simulate=simulate)


def test_points_of_a_sweep_have_the_sets_below_their_factors(tmp_path):
    file = tmp_path / "sweep.toml"
    file.write_text(
        'title = "A sweep"\nstrategies = ["equal"]\nreplications = 2\n'
        f'[[factor]]\nkey = "{EFFORT}"\nvalues = [0.05, 0.06]\n'
    )
    choice = ParameterChoice("ensemble", SETS)
    sweep = load_sweep(file, parameters=choice)
    for point, value in zip(sweep.points, (0.05, 0.06), strict=True):
        values = choice.of(1, point.experiment.world.parameters)
        assert values[EFFORT] == value and values[CURVE] == -0.06
    assert sweep.identity() != load_sweep(file).identity()


def test_a_real_run_differs_by_its_sets_and_stays_paired():
    """Some months of the model: the same luck, other parameters; arms alike before the policy."""
    world = world_of(scenario(1_000, 8, 2, ("CL", 30)))
    choice = ParameterChoice(
        "ensemble", ({"search.search_inactive": 0.0}, {"search.search_inactive": 0.4})
    )
    arms = (Arm.of_policy(load_policy("rebond")),)
    experiment = Experiment(world, arms, 2, 0, parameters=choice)

    def jobs(replication, arm):
        found = simulate(experiment.world_of(replication), arms, 0, 0).trajectories
        return found["workplace_employment"][found["arm"] == arm]

    hires = [jobs(n, "none") for n in (0, 1)]
    assert (hires[0] != hires[1]).any()
    paired = jobs(0, "rebond"), hires[0]
    assert (paired[0][:2] == paired[1][:2]).all()
