"""Screening, emulators and the smoother on a function whose answer is known."""

import math
import os
import signal
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import qmc

from calibration.analytic import LUCK, NAMES, TRUTH, Analytic, moments_at, problem
from rebound_sim.calibration import load_moments
from rebound_sim.calibration.search.evaluations import Budget, opened_evaluations
from rebound_sim.calibration.search.implausibility import implausibility
from rebound_sim.calibration.search.problem import (
    Target,
    calibration_targets,
    calibration_zones,
    model_problem,
)
from rebound_sim.calibration.sensitivity.emulator import fit_emulator
from rebound_sim.calibration.sensitivity.screening import screen, trajectory
from rebound_sim.calibration.sensitivity.variance_shares import variance_shares
from rebound_sim.calibration.smoother.ensemble_files import (
    parameter_fits,
    write_calibration,
    write_screening,
)
from rebound_sim.calibration.smoother.step import scores_of
from rebound_sim.calibration.smoother.waves import WaveSettings, calibrate
from rebound_sim.errors import EngineError, InputError
from rebound_sim.parameters import PARAMETERS
from rebound_sim.parameters.ensemble import read_ensemble
from rebound_sim.parameters.priors import quantile_of

SETTINGS = WaveSettings(points=60, sets=12, waves=4, seed=1)


def cube(dimensions, count, seed):
    """Points that fill the unit cube evenly."""
    return qmc.LatinHypercube(dimensions, rng=seed).random(count)


def of_truth(values):
    return np.array([quantile_of(PARAMETERS[name], values[name]) for name in NAMES[:3]])


# -- what enters an objective -----------------------------------------------------------------


def test_rows_that_check_never_enter():
    moments = load_moments()
    checks = {name for name, moment in moments.items() if moment.use == "check"}
    targets = {target.name for target in calibration_targets()}
    assert checks and targets and not checks & targets
    whole = model_problem()
    assert {target.name for target in whole.targets} == targets == set(whole.simulate.moments)
    for name in checks:
        with pytest.raises(ValueError, match="never enters"):
            Target.of(moments[name])


def test_zones_and_studies_of_the_models_problem():
    whole = model_problem()
    assert {one.prior for one in whole.searched}.isdisjoint({"fixed"})
    zones = {place.partition(":")[0] for _, places in whole.simulate.places for place in places}
    assert zones == set(calibration_zones())
    assert all(places for _, places in whole.simulate.places)


# -- implausibility ---------------------------------------------------------------------------


def test_the_edge_of_a_band_has_implausibility_1_96_without_luck():
    target = Target("x", 2.0, 1.0, 6.0)
    values = np.array([[1.0], [2.0], [6.0], [math.nan]])
    found = implausibility([target], values, np.zeros(1))
    assert found[:, 0] == pytest.approx([1.96, 0.0, 1.96, math.inf])
    blurred = implausibility([target], values[:1], np.array([(1.0 / 1.96) ** 2]))
    assert blurred[0, 0] == pytest.approx(1.96 / math.sqrt(2.0))


# -- designs ----------------------------------------------------------------------------------


@given(st.integers(1, 40), st.integers(0, 1000))
def test_a_trajectory_moves_each_parameter_once_by_half_its_prior(dimensions, seed):
    points, order = trajectory(dimensions, np.random.default_rng(seed))
    steps = np.diff(points, axis=0)
    assert sorted(order) == list(range(dimensions))
    assert ((points > 0) & (points < 1)).all()
    assert (np.count_nonzero(steps, axis=1) == 1).all()
    assert np.abs(steps[np.arange(dimensions), order]) == pytest.approx(0.5)


# -- emulators --------------------------------------------------------------------------------


def test_emulators_predict_what_they_have_not_seen():
    points, new = cube(8, 120, 0), cube(8, 200, 1)

    def rows(sample):
        return np.array([list(moments_at(u).values()) for u in sample])

    emulators = [fit_emulator(points, column) for column in rows(points).T]
    mean = np.array([one.mean(new) for one in emulators]).T
    truth = rows(new)
    assert (np.mean((mean - truth) ** 2, axis=0) < 0.02 * truth.var(axis=0)).all()
    assert all(one.quality > 0.95 for one in emulators)
    assert set(emulators[2].active) == {2}


def test_an_emulator_of_noise_knows_that_it_knows_nothing():
    rng = np.random.default_rng(0)
    values = rng.normal(size=80)
    emulator = fit_emulator(rng.random((80, 5)), values)
    assert emulator.quality < 0.2


def test_too_few_points_have_no_emulator():
    assert fit_emulator(np.random.default_rng(0).random((5, 2)), np.arange(5.0)) is None
    assert fit_emulator(np.zeros((20, 2)), np.full(20, math.nan)) is None


def test_shares_of_variance_of_a_known_function():
    """Ishigami-like check on a sum: first-order shares are those of each term."""
    points = cube(4, 150, 0)
    emulator = fit_emulator(points, 3.0 * points[:, 1] + points[:, 3])
    shares = {one.parameter: one for one in variance_shares([emulator], list("abcd"), ["m"])}
    assert shares["b"].first == pytest.approx(0.9, abs=0.03)
    assert shares["d"].total == pytest.approx(0.1, abs=0.03)
    assert "a" not in shares and "c" not in shares


# -- screening --------------------------------------------------------------------------------


def test_screening_finds_what_moves_what(tmp_path):
    with opened_evaluations(tmp_path, problem(), resume=False, team=1) as store:
        found = screen(store, 6, 0, Budget())
        write_screening(found, tmp_path)
    assert len(store.known) == 6 + 6 * 6
    assert set(found.influential()) == set(NAMES[:3])
    assert found.unidentified() == NAMES[3:]
    assert {name for name, _ in found.of(NAMES[2])} == {"wave", "product"}
    row, column = found.parameters.index(NAMES[0]), found.moments.index("sum")
    # Linear: the effect is its slope, the same everywhere, since all points have the same luck.
    assert found.mean[row, column] == pytest.approx(2.0, abs=1e-5)
    assert found.deviation[row, column] == pytest.approx(0.0, abs=1e-5)
    assert 0.2 * LUCK < found.luck.mean() < 3.0 * LUCK
    assert (tmp_path / "screening.csv").read_text().count("\n") == 1 + 5 * 4


# -- recovery ---------------------------------------------------------------------------------


def test_known_parameters_are_recovered_and_inert_ones_keep_their_prior(tmp_path):
    asked = problem(searched=4, drawn=1)
    with opened_evaluations(tmp_path, asked, resume=False, team=1) as store:
        found = calibrate(store, SETTINGS, Budget())
        written, fits = write_calibration(found, tmp_path, {"seed": 1})
    assert len(found.waves) == 4 and found.complete and found.waves[-1].taken == 1.0
    sets = np.array([of_truth(values) for values in found.chosen.values])
    assert len(sets) == 12
    # Bands of ± 0.05 on moments with slopes of about one.
    assert np.abs(sets - TRUTH).max() < 0.1
    assert np.abs(sets.mean(axis=0) - TRUTH).max() < 0.03
    assert np.abs(sets[0] - TRUTH).max() < 0.05
    assert all(fit.inside(fit.mean) for fit in fits)
    # What nothing identifies keeps its prior, searched or drawn: 0.29 is that of a uniform one.
    assert found.waves[-1].identified.tolist() == [True, True, True, False, False]
    for name in NAMES[3:]:
        inert = [quantile_of(PARAMETERS[name], v[name]) for v in found.chosen.values]
        assert np.std(inert, ddof=1) > 0.15
    rows = {row.parameter: row for row in parameter_fits(found)}
    assert all(rows[name].spread < 0.2 for name in NAMES[:3])
    assert not any(rows[name].identified for name in NAMES[3:])
    last = scores_of(found.waves[-1].points[1:])
    assert (last[:, 3:].std(axis=0) > 0.75).all() and (last[:, :3].std(axis=0) < 0.2).all()
    assert read_ensemble(tmp_path).sets == written.sets


def test_an_interrupted_calibration_goes_on_with_the_same_points(tmp_path):
    whole, parts = tmp_path / "whole", tmp_path / "parts"
    with opened_evaluations(whole, problem(), resume=False, team=1) as store:
        expected = calibrate(store, SETTINGS, Budget())
    log = tmp_path / "log"
    with opened_evaluations(parts, problem(Analytic(str(log))), resume=False, team=1) as store:
        stopped = store.evaluate

        def interrupted(points, budget, workers=None):
            if len(store.known) > 2 * SETTINGS.points:
                stopped(list(points)[:7], budget, workers)
                raise KeyboardInterrupt
            return stopped(points, budget, workers)

        store.evaluate = interrupted
        with pytest.raises(KeyboardInterrupt):
            calibrate(store, SETTINGS, Budget())
    assert (parts / "wave-3.json").is_file() and not (parts / "wave-4.json").is_file()
    with opened_evaluations(parts, problem(Analytic(str(log))), resume=True, team=1) as store:
        found = calibrate(store, SETTINGS, Budget())
    for one, other in zip(found.waves, expected.waves, strict=True):
        assert (one.points == other.points).all() and one.taken == other.taken
    assert found.chosen.values == expected.chosen.values
    assert set(
        Counter(line.rsplit(" ", 1)[0] for line in log.read_text().splitlines()).values()
    ) == {1}


def test_points_that_fail_are_drawn_again_and_too_many_are_refused(tmp_path):
    some = problem(Analytic(fails=0.7))
    with opened_evaluations(tmp_path / "some", some, resume=False, team=1) as store:
        found = calibrate(store, SETTINGS, Budget())
        assert any(one.error for one in store.known.values())
    assert all(len(wave.points) == SETTINGS.points + 1 for wave in found.waves)
    assert all(math.isfinite(value) for value in found.chosen.moments.ravel())
    most = problem(Analytic(fails=0.35))
    with (
        opened_evaluations(tmp_path / "most", most, resume=False, team=1) as store,
        pytest.raises(EngineError, match="points failed"),
    ):
        calibrate(store, SETTINGS, Budget())


def test_the_budget_is_kept(tmp_path):
    asked = problem(Analytic(seconds=0.05))
    start = time.monotonic()
    with opened_evaluations(tmp_path, asked, resume=False, team=1) as store:
        found = calibrate(store, WaveSettings(points=30, sets=4), Budget(3.0))
    # Fits, and a busy machine, come on top of the three seconds.
    assert 1.0 < time.monotonic() - start < 20.0
    # Each point takes 0.05 s: three seconds allow 60, of 600 that the waves would hold.
    assert 6 <= len(store.known) < 3.0 / 0.05 + 10
    assert len(found.chosen.values) == 4


# -- the folder -------------------------------------------------------------------------------


def test_folders_of_others_are_refused(tmp_path):
    folder = tmp_path / "out"
    with opened_evaluations(folder, problem(), resume=False, team=1) as store:
        store.evaluate([({}, 0)], Budget())
        with (
            pytest.raises(InputError, match="another run"),
            opened_evaluations(folder, problem(), resume=True),
        ):
            pass

    def refused(asked, resume):
        with (
            pytest.raises(InputError) as error,
            opened_evaluations(folder, asked, resume=resume, team=1),
        ):
            pass
        return error.value.message

    assert "--resume" in refused(problem(), False)
    assert "another question: parameters" in refused(problem(searched=3), True)
    note = folder / ".state" / "question.json"
    whole = note.read_text()
    for name, words in (("sources", "another state of the source code"), ("tables", "other tables"),
                        ("libm", "another library of mathematics")):  # fmt: skip
        note.write_text(whole.replace(f'"{name}": "', f'"{name}": "x'))
        assert words in refused(problem(), True)
    note.write_text(whole)
    point = next((folder / ".state" / "tasks").glob("*.json"))
    for damage in (point.read_text()[:40], "[]", "{}", point.read_text().replace(": 0", ": 1", 1)):
        point.write_text(damage)
        assert "cannot be read" in refused(problem(), True)
    note.unlink()
    assert "something else" in refused(problem(), True)


SCRIPT = """
import sys
from pathlib import Path
from calibration.analytic import Analytic, problem
from rebound_sim.calibration.search.evaluations import Budget, opened_evaluations
asked = problem(Analytic(seconds=0.1))
with opened_evaluations(Path(sys.argv[1]), asked, resume=False, team=2) as store:
    points = [(store.problem.values([n / 100] * 5), 0) for n in range(100)]
    store.evaluate(points, Budget())
"""


def test_a_killed_run_keeps_its_points(tmp_path):
    folder = tmp_path / "out"
    paths = [str(Path(__file__).parents[1]), os.environ.get("PYTHONPATH", "")]
    process = subprocess.Popen(
        [sys.executable, "-c", SCRIPT, str(folder)],
        env={**os.environ, "PYTHONPATH": os.pathsep.join(paths).strip(os.pathsep)},
        start_new_session=True,
    )
    deadline = time.monotonic() + 60
    while (
        len(list((folder / ".state" / "tasks").glob("*.json"))) < 5 and time.monotonic() < deadline
    ):
        time.sleep(0.02)
    os.killpg(process.pid, signal.SIGKILL)
    process.wait(timeout=30)
    with opened_evaluations(folder, problem(Analytic(seconds=0.1)), resume=True, team=1) as store:
        assert 5 <= len(store.known) < 100
        expected = Analytic()
        for one in store.known.values():
            assert one.moments == expected(one.values, one.replication)
