"""A fast stand-in for the simulated moments, to share their variance out among parameters.

One emulator a moment, on points of the unit cube: a quadratic trend in the few parameters that
matter, chosen by the Bayesian information criterion, and a Gaussian process (Matérn 5/2, one length
scale for each of those parameters, white noise for all others) on what the trend leaves. Both forms
are judged by leaving out one point at a time, and the better one is kept.
"""

from __future__ import annotations

import warnings
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.util import find_spec
from typing import Any, Final

import numpy as np

from rebound_sim.arrays import Floats
from rebound_sim.errors import InputError

#: Parameters of one emulator at most; each takes two coefficients of the trend.
_MOST_ACTIVE: Final = 8
#: Points of a Gaussian process at most, the last ones, and those that set its length scales, evenly
#: taken among them: time grows with their cube, and the search of scales repeats it.
_MOST_POINTS, _SCALE_POINTS = 300, 80
_FEWEST_POINTS: Final = 12
#: Bounds of length scales in a unit cube: shorter than the gaps of a design, or a constant.
_LENGTHS: Final = (0.1, 30.0)


@dataclass(frozen=True)
class Emulator:
    """Emulator of one moment.

    active : coordinates it reads    form : "trend" or "trend and process"
    quality : 1 − mean squared error over variance, points left out one at a time
    """

    active: tuple[int, ...]
    form: str
    quality: float
    centre: float
    coefficients: Floats
    process: Any

    def mean(self, points: Floats) -> Floats:
        """Values at points [n, dimensions]: float[n]."""
        mean = self.centre + _features(points, self.active) @ self.coefficients
        if self.process is not None:
            mean = mean + self.process.predict(points[:, list(self.active)])
        return np.asarray(mean)


def fit_emulator(points: Floats, values: Floats) -> Emulator | None:
    """Emulator of values at points [n, dimensions]; NaN are left out.

    None with fewer than 12 points. Needs scikit-learn.
    """
    known = np.isfinite(values)
    points, values = points[known], values[known]
    if values.size < _FEWEST_POINTS:
        return None
    total = float(values.var())
    active = _active(points, values)
    centre, coefficients, errors = _trend(points, values, active)
    trend_error = float(np.mean(errors**2))
    plain = Emulator(active, "trend", _quality(trend_error, total), centre, coefficients, None)
    if not active or trend_error <= 1e-12 * max(total, 1e-300):
        return plain
    rest = values - centre - _features(points, active) @ coefficients
    process = _process(points[-_MOST_POINTS:, list(active)], rest[-_MOST_POINTS:])
    error = float(np.mean(_left_out(process, rest[-_MOST_POINTS:]) ** 2))
    if error >= trend_error:
        return plain
    quality = _quality(error, total)
    return Emulator(active, "trend and process", quality, centre, coefficients, process)


def _quality(error: float, total: float) -> float:
    return 1.0 - error / total if total > 0.0 else 1.0


def _features(points: Floats, active: Sequence[int]) -> Floats:
    """Centred coordinates and their squares, [n, 2 × active]."""
    centred = points[:, list(active)] - 0.5
    return np.hstack([centred, centred**2 - 1.0 / 12.0])


def _active(points: Floats, values: Floats) -> tuple[int, ...]:
    """Coordinates whose addition lowers the Bayesian information criterion, the best first."""
    count, dimensions = points.shape
    chosen: list[int] = []
    residual = values - values.mean()
    best = count * np.log(max(float(residual @ residual), 1e-300) / count)
    while len(chosen) < min(_MOST_ACTIVE, dimensions, count // 6):
        scores = [
            _criterion(points, values, (*chosen, new)) if new not in chosen else np.inf
            for new in range(dimensions)
        ]
        new = int(np.argmin(scores))
        if scores[new] >= best:
            break
        chosen.append(new)
        best = scores[new]
    return tuple(chosen)


def _criterion(points: Floats, values: Floats, active: Sequence[int]) -> float:
    """Bayesian information criterion of a quadratic trend."""
    columns = np.hstack([np.ones((len(points), 1)), _features(points, active)])
    fitted = columns @ np.linalg.lstsq(columns, values, rcond=None)[0]
    error = max(float(np.sum((values - fitted) ** 2)), 1e-300)
    return float(len(values) * np.log(error / len(values)) + 2 * len(active) * np.log(len(values)))


def _trend(points: Floats, values: Floats, active: Sequence[int]) -> tuple[float, Floats, Floats]:
    """Least squares: constant, coefficients, and errors at points left out one at a time."""
    columns = np.hstack([np.ones((len(points), 1)), _features(points, active)])
    inverse = np.linalg.pinv(columns)
    solution = inverse @ values
    leverage = np.clip(np.einsum("ij,ji->i", columns, inverse), 0.0, 1.0 - 1e-9)
    errors = (values - columns @ solution) / (1.0 - leverage)
    return float(solution[0]), solution[1:], errors


def refuse_without_processes() -> None:
    """Raise InputError when scikit-learn is absent: before hours of simulation, not after."""
    if find_spec("sklearn") is None:
        raise InputError(
            "needs scikit-learn",
            value="calibrate",
            allowed="python -m pip install 'rebound-sim[calibrate]'",
        )


def _process(points: Floats, values: Floats) -> Any:
    """Gaussian process fitted by maximum likelihood."""
    from sklearn.exceptions import ConvergenceWarning
    from sklearn.gaussian_process import GaussianProcessRegressor
    from sklearn.gaussian_process.kernels import ConstantKernel, Matern, WhiteKernel

    power = max(float(values.var()), 1e-300)
    kernel = ConstantKernel(power / 2, (power * 1e-4, power * 1e2)) * Matern(
        np.ones(points.shape[1]), _LENGTHS, nu=2.5
    ) + WhiteKernel(power / 2, (power * 1e-4, power * 10.0))
    rows = np.unique(np.linspace(0, len(values) - 1, _SCALE_POINTS).astype(np.int64))
    process = GaussianProcessRegressor(kernel, random_state=0)
    with warnings.catch_warnings():
        # A length scale at its bound says that a parameter does nothing more than the trend.
        warnings.simplefilter("ignore", ConvergenceWarning)
        process.fit(points[rows], values[rows])
    if rows.size == len(values):
        return process
    return GaussianProcessRegressor(process.kernel_, optimizer=None).fit(points, values)


def _left_out(process: Any, values: Floats) -> Floats:
    """Errors of a process, points left out one at a time (closed form)."""
    from scipy.linalg import cho_solve

    inverse = cho_solve((process.L_, True), np.eye(len(values)))
    return np.asarray((inverse @ values) / np.diag(inverse))
