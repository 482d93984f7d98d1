"""Figures that are not published by zone, filled by stated methods.

Every function here is a method named in the provenance of the figure that it fills.
"""

from __future__ import annotations

from typing import Final

import numpy as np

from rebound_sim.arrays import Floats

AGE_CLASSES: Final = ("15-24", "25-39", "40-49", "50-59", "60-64")
_AGE_MIDDLES: Final = np.array([20.0, 32.5, 45.0, 55.0, 62.5])

# Residents of France by age, census 2022: Insee, table POP5, page 8581721 (15-19, 20-24, 25-39,
# 40-54, 55-64). The table has no finer class: 40-54 is cut at two thirds (equal five-year
# classes); 55-64 is cut as in Insee's estimates for January 2022 (men: 2,085,627 aged 55-59 and
# 1,931,463 aged 60-64, metropolitan France, quoted by Drees).
_SHARE_55_59: Final = 2_085_627 / (2_085_627 + 1_931_463)
NATIONAL_AGES: Final = np.array(
    [
        4_179_381 + 3_869_753,
        12_147_697,
        13_097_266 * 2 / 3,
        13_097_266 / 3 + 8_604_567 * _SHARE_55_59,
        8_604_567 * (1 - _SHARE_55_59),
    ]
)
# Insee, census 2022, France without overseas: residents 65+ per 100 residents under 20.
NATIONAL_AGEING_INDEX: Final = 89.92
# Distance between the mean ages of residents 65+ (about 76) and under 20 (about 10), in years.
_AGE_DISTANCE: Final = 66.0

AGE_METHOD: Final = (
    "national shape of ages 15-64 (census 2022) times exp(k x age), k such that the same tilt of "
    "the whole pyramid gives the zone's ageing index; students in university towns are missed"
)


def age_shares(ageing_index: float) -> Floats:
    """Shares of residents 15-64 in five age classes, shape (5,), sum 1. See AGE_METHOD.

    ageing_index : residents 65+ per 100 residents under 20
    """
    tilt = np.log(ageing_index / NATIONAL_AGEING_INDEX) / _AGE_DISTANCE
    weights = NATIONAL_AGES * np.exp(tilt * (_AGE_MIDDLES - 42.0))
    return np.asarray(weights / weights.sum())


CENSUS_AGE_METHOD: Final = (
    "census classes 15-24 and 25-39 as published; 40-54 cut at two thirds and 55-64 as nationally"
)


def age_shares_from_census(classes: Floats) -> Floats:
    """Five age classes from the census's four (15-24, 25-39, 40-54, 55-64), sum 1."""
    young, adult, middle, senior = classes
    fifties = middle / 3 + senior * _SHARE_55_59
    ages = np.array([young, adult, middle * 2 / 3, fifties, senior * (1 - _SHARE_55_59)])
    return np.asarray(ages / ages.sum())


# Where the share "bac or less" stands between "below bac" and "bac+2 or less" on the logit scale:
# mean over seven areas of Insee's census 2022 table FOR T2 (page 8581240: zone 7520, areas
# AAV 025 and ARR 341, urban unit 37701, authorities 243500139, 200058485, 200067643);
# range 0.52-0.58, that is less than 1 point of share.
_BAC_POSITION: Final = 0.545
QUALIFICATION_METHOD: Final = (
    "below bac and above bac+2 published; the middle is split by logit interpolation of the "
    "cumulative shares (position 0.545, seven published areas); persons 15+ out of school, "
    "so the low qualification of those of working age is overstated"
)


def qualification_shares(below_bac: float, above_bac2: float) -> Floats:
    """Shares below bac, bac, bac+2, above, shape (4,), sum 1, from the two published ones."""

    def logit(share: float) -> float:
        return float(np.log(share / (1 - share)))

    low, high = logit(below_bac), logit(1 - above_bac2)
    cumulative = 1 / (1 + np.exp(-(low + _BAC_POSITION * (high - low))))
    bac = float(cumulative) - below_bac
    return np.array([below_bac, bac, 1 - above_bac2 - below_bac - bac, above_bac2])


WAGE_METHOD: Final = (
    "withheld: log wage predicted by least squares over the other mainland zones from the shares "
    "of managers, of manufacturing jobs and of jobs in establishments of 100 or more (R2 0.64)"
)


def predicted_wages(log_wages: Floats, predictors: Floats) -> Floats:
    """Wages [EUR a month] predicted by least squares from the rows where they are known.

    log_wages : float64[zones], NaN where withheld; predictors : float64[zones, k]
    """
    design = np.column_stack([np.ones(len(predictors)), predictors])
    known = np.isfinite(log_wages)
    coefficients = np.linalg.lstsq(design[known], log_wages[known], rcond=None)[0]
    return np.asarray(np.exp(design @ coefficients))
