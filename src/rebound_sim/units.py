"""Units in which parameters, outcomes and columns are declared, and conversions between them.

Unit strings are free text for a reader, but one quantity is always written in the same way: the
spellings below are the ones to use. `month^-1` and `year^-1` are rates or probabilities per
period; a share lies in [0, 1]; a percentage in [0, 100].
"""

from __future__ import annotations

import math

MONTHS_PER_YEAR = 12

JOBS = "jobs"
PERSONS = "persons"
FIRMS = "firms"
PROJECTS = "projects"
EUROS = "EUR"
EUROS_PER_MONTH = "EUR/month"
MONTHS = "months"
MONTH = "month"
PERSON_DAYS = "person-days"
PER_MONTH = "month^-1"
PER_YEAR = "year^-1"
SHARE = "share"
PERCENT = "%"
DIMENSIONLESS = "1"
KILOMETRES = "km"


def monthly_probability(yearly_probability: float) -> float:
    """Probability per month that compounds to a probability per year.

        m = 1 - (1 - y)^(1/12)

    yearly_probability : float in [0, 1).  Returns float in [0, 1).
    """
    return 1.0 - math.exp(math.log1p(-yearly_probability) / MONTHS_PER_YEAR)


def monthly_growth(yearly_growth: float) -> float:
    """Growth rate per month that compounds to a growth rate per year (> -1)."""
    return math.expm1(math.log1p(yearly_growth) / MONTHS_PER_YEAR)


def with_unit(value: float, unit: str) -> str:
    """A number and its unit for a reader: `1,500 EUR`, `0.12`, `7.5 %`.

    Whole numbers keep all their digits; others are given with four significant ones.
    """
    whole = float(value).is_integer() and abs(value) < 1e15
    number = f"{int(value):,}" if whole else f"{value:.4g}"
    return number if unit in (DIMENSIONLESS, "") else f"{number} {unit}"
