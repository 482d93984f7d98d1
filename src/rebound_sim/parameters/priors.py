"""What is believed of a parameter before any moment is looked at, as a map from [0, 1].

A prior lies in the admissible range of its declaration, which holds its central 95 %: a uniform
one fills it; a (log)normal one is centred in it and cut at its ends, since no other value is
accepted; a half-normal one is most likely at the low end (an effect that may well be none) and
has 95 % of its mass below the high end, where it is cut.
Calibration works in these coordinates: 0 is the low end of the range, 1 the high end.
"""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from rebound_sim.parameters.load import PARAMETERS
from rebound_sim.parameters.records import Parameter

Array = NDArray[np.float64]
_LOGARITHMIC = ("loguniform", "lognormal")
_BELL_SHAPED = ("normal", "lognormal")
#: Tail of a normal distribution beyond one end of the range (central 95 %).
_TAIL = 0.025


def free_parameters() -> tuple[Parameter, ...]:
    """Parameters with a prior, in the order of their declarations: all but the fixed ones."""
    return tuple(one for one in PARAMETERS.values() if one.prior != "fixed")


def value_at(parameter: Parameter, quantile: float) -> float:
    """Value at a quantile of the prior, in [low, high]. quantile : in [0, 1].

    Raises ValueError for a fixed parameter, a quantile outside [0, 1], or a prior without a map.
    """
    if not 0.0 <= quantile <= 1.0:
        raise ValueError(f"{parameter.full_name}: quantile {quantile} outside [0, 1]")
    low, high = _ends(parameter)
    share = quantile
    if parameter.prior in _BELL_SHAPED:
        from scipy.special import ndtr, ndtri

        z = float(ndtri(_TAIL))
        cut = float(ndtr(z))
        share = (float(ndtri(cut + quantile * (1.0 - 2.0 * cut))) - z) / (-2.0 * z)
    elif parameter.prior == "halfnormal":
        from scipy.special import ndtri

        share = float(ndtri(0.5 + quantile * (0.5 - _TAIL)) / ndtri(1.0 - _TAIL))
    position = low + share * (high - low)
    value = math.exp(position) if parameter.prior in _LOGARITHMIC else position
    return min(max(value, parameter.low), parameter.high)


def quantile_of(parameter: Parameter, value: float) -> float:
    """Quantile of the prior at a value of the range: the inverse of `value_at`.

    Raises ValueError for a fixed parameter, or a prior without a map.
    """
    low, high = _ends(parameter)
    position = math.log(value) if parameter.prior in _LOGARITHMIC else value
    share = (position - low) / (high - low)
    if parameter.prior in _BELL_SHAPED:
        from scipy.special import ndtr, ndtri

        z = float(ndtri(_TAIL))
        cut = float(ndtr(z))
        share = (float(ndtr(z - 2.0 * z * share)) - cut) / (1.0 - 2.0 * cut)
    elif parameter.prior == "halfnormal":
        from scipy.special import ndtr, ndtri

        share = (float(ndtr(share * ndtri(1.0 - _TAIL))) - 0.5) / (0.5 - _TAIL)
    return min(max(share, 0.0), 1.0)


def _ends(parameter: Parameter) -> tuple[float, float]:
    """Ends of the range, in logarithms for logarithmic priors."""
    if parameter.prior in ("fixed", "beta"):
        raise ValueError(f"{parameter.full_name}: no map for the prior {parameter.prior}")
    if parameter.prior in _LOGARITHMIC:
        return math.log(parameter.low), math.log(parameter.high)
    return parameter.low, parameter.high
