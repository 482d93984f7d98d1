"""The whole calibration on as many parameters and moments as the model has, in place of the model.

Figures of docs/calibration.md come from such problems: 37 nonlinear moments, two of them out of
reach, of 45 parameters that act, among all those with a prior; sixty do nothing, the others little.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pytest

from rebound_sim.calibration.search.evaluations import Budget, opened_evaluations
from rebound_sim.calibration.search.problem import Problem, Target
from rebound_sim.calibration.smoother.ensemble_files import moment_fits, parameter_fits
from rebound_sim.calibration.smoother.step import scores_of
from rebound_sim.calibration.smoother.waves import WaveSettings, calibrate
from rebound_sim.parameters.priors import free_parameters, quantile_of

pytestmark = pytest.mark.slow

MOMENTS, ACTIVE, INERT, OUT_OF_REACH, LUCK = 37, 45, 60, 2, 0.3
PARAMETERS = tuple(free_parameters())
HALF = 1.96


@dataclass(frozen=True)
class Synthetic:
    """Moments of parameters: a `Simulate`. fewest, most : parameters that move one moment"""

    seed: int
    fewest: int
    most: int

    @cached_property
    def declared(self) -> np.ndarray:
        return scores_of(np.array([quantile_of(one, one.value) for one in PARAMETERS]))

    @cached_property
    def slopes(self) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """Of the active parameters, squares of them, and of the others: [moments, parameters]."""
        rng = np.random.default_rng(self.seed)
        main = np.zeros((MOMENTS, ACTIVE))
        for row in main:
            count = int(rng.integers(self.fewest, self.most + 1))
            sizes = rng.normal(0.0, 4.0, count) / np.arange(1, count + 1) ** 0.7
            row[rng.choice(ACTIVE, count, replace=False)] = sizes
        square = rng.normal(0.0, 0.6, main.shape) * (rng.random(main.shape) < 0.03)
        others = (MOMENTS, len(PARAMETERS) - ACTIVE)
        weak = rng.normal(0.0, 0.35, others) * (rng.random(others) < 0.08)
        weak[:, -INERT:] = 0.0
        return main, square, weak

    @cached_property
    def truth(self) -> np.ndarray:
        moved = self.declared.copy()
        moved[:ACTIVE] += np.random.default_rng(self.seed + 1).normal(0.0, 0.5, ACTIVE)
        return moved

    def moments(self, scores: np.ndarray) -> np.ndarray:
        main, square, weak = self.slopes
        away = scores - self.declared
        linear = main @ away[:ACTIVE]
        return (
            8.0 * np.exp(0.25 * linear)
            + 0.5 * linear
            + (square @ away[:ACTIVE]) ** 2
            + weak @ away[ACTIVE:]
        )

    def targets(self) -> tuple[Target, ...]:
        values = self.moments(self.truth)
        # Exponentials are above 0 and dominate.
        values[-OUT_OF_REACH:] = -40.0
        return tuple(Target(f"m{n}", v, v - HALF, v + HALF) for n, v in enumerate(values.tolist()))

    def __call__(self, values: Mapping[str, float], replication: int) -> dict[str, float]:
        given = [quantile_of(one, values.get(one.full_name, one.value)) for one in PARAMETERS]
        luck = np.random.default_rng(replication).normal(0.0, LUCK, MOMENTS)
        found = self.moments(scores_of(np.array(given))) + luck
        return {f"m{number}": float(value) for number, value in enumerate(found)}


@pytest.mark.parametrize(("fewest", "most", "least"), [(2, 6, 33), (10, 35, 31)])
def test_moments_are_reached_and_what_does_nothing_keeps_its_spread(tmp_path, fewest, most, least):
    simulate = Synthetic(3, fewest, most)
    asked = Problem(PARAMETERS, simulate.targets(), simulate, about="synthetic")
    with opened_evaluations(tmp_path, asked, resume=False, team=1) as store:
        found = calibrate(store, WaveSettings(waves=5), Budget())
    fits = moment_fits(found, [None] * MOMENTS, [])
    assert sum(fit.inside(fit.declared) for fit in fits) < 20
    assert sum(fit.inside(fit.mean) for fit in fits) >= least
    assert not any(fit.inside(fit.mean) for fit in fits[-OUT_OF_REACH:])
    assert sum(fit.inside(fit.point) for fit in fits) >= least - 6
    last = scores_of(found.waves[-1].points[1:])
    whole = np.abs(simulate.declared) < 1.5
    whole[:-INERT] = False
    assert last[:, whole].std(axis=0).mean() > 0.8
    rows = parameter_fits(found)
    assert np.mean([row.identified for row in rows[:ACTIVE]]) > 0.5
    assert np.mean([row.identified for row in rows[-INERT:]]) < 0.15
    assert np.mean([row.spread for row in rows[:ACTIVE] if row.identified]) < 0.5
