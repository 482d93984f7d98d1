"""Shares of the variance of a moment that each parameter explains: Sobol indices, on emulators."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from scipy.stats import sobol_indices

from rebound_sim.arrays import Floats
from rebound_sim.calibration.search.random_designs import drawn_from
from rebound_sim.calibration.sensitivity.emulator import Emulator

_SAMPLE: Final = 512


@dataclass(frozen=True)
class VarianceShare:
    """One parameter and one moment.

    first : share explained by the parameter alone    total : with its interactions
    Both are shares of the variance of the emulator over the first wave: priors narrowed around
    declared values.
    """

    parameter: str
    moment: str
    first: float
    total: float


def variance_shares(
    emulators: Sequence[Emulator | None], parameters: Sequence[str], moments: Sequence[str]
) -> list[VarianceShare]:
    """Sobol indices (Saltelli 2010) of the parameters that each emulator reads, largest first."""
    found = []
    for moment, emulator in zip(moments, emulators, strict=True):
        if emulator is None or not emulator.active:
            continue
        first_order, total_order = _indices(emulator)
        rows = [
            VarianceShare(parameters[column], moment, float(first), float(total))
            for column, first, total in zip(emulator.active, first_order, total_order, strict=True)
        ]
        found += sorted(rows, key=lambda row: -row.total)
    return found


def _indices(emulator: Emulator) -> tuple[Floats, Floats]:
    """Indices over the unit cube of the active coordinates; the emulator reads no other."""
    active = list(emulator.active)
    if len(active) == 1:
        # SciPy fails on a single parameter, which explains everything.
        return np.ones(1), np.ones(1)
    least = max(active) + 1

    def moment(points: Floats) -> Floats:
        whole = np.full((points.shape[1], least), 0.5)
        whole[:, active] = points.T
        return emulator.mean(whole)

    class _Uniform:
        """Uniform on [0, 1], by its quantiles, as SciPy asks."""

        @staticmethod
        def ppf(quantile: Floats) -> Floats:
            return quantile

    found = sobol_indices(
        func=moment, n=_SAMPLE, dists=[_Uniform()] * len(active), rng=drawn_from(0)
    )
    return found.first_order, found.total_order
