"""Rebound time, loss area and dates, on courses drawn by hand."""

import numpy as np
import pytest

from panels_in_memory import panels_from
from rebound_sim.statistics.employment import (
    additional_jobs,
    job_months_gained,
    loss_area,
    rebound_months,
)
from rebound_sim.statistics.panels import layoff_months

BASE = 1000  # a tolerance of 0.1 % is one job


def course(gap, first=2, last=2):
    """Panels of one replication: 1,000 jobs without closure, and a gap to it in arm `none`."""
    path = np.full(len(gap), BASE)
    jobs = np.stack([path, path + gap, path + gap + np.arange(len(gap))])[:, np.newaxis]
    arms = ("no_shock", "none", "aid")
    return panels_from({"workplace_employment": jobs}, arms, first=first, last=last)


@pytest.mark.parametrize(
    ("gap", "months"),
    [
        # months: 0, 1, 2 (layoffs), 3, ...
        ([0, 0, -9, -9, -1, -1, -1], 2),
        ([0, 0, -9, -1, -1, -9, 0, 0, 5], 4),  # two months are not enough
        ([0, 0, -9, -9, -9, -9, 0, 0], np.inf),
        ([0, 0, 0, 0, 0, -9, -9], 0),  # never left within three months
        ([0, 0, -9, -2, -2, -2, -2], np.inf),
    ],
)
def test_rebound_is_three_months_within_tolerance(gap, months):
    assert rebound_months(course(gap), "none").tolist() == [months]


def test_rebound_is_looked_for_after_the_last_layoffs():
    gap = [0, 0, 0, 0, 0, -9, 0, 0, 0]
    assert rebound_months(course(gap, first=1, last=5), "none").tolist() == [5]


def test_tolerance_and_duration_are_parameters():
    panels = course([0, 0, -9, -5, -5, -9, -9])
    assert rebound_months(panels, "none", tolerance_share=0.005, sustained=2).tolist() == [1]


def test_without_closure_there_is_no_rebound():
    panels = course([0] * 6, first=None, last=None)
    assert np.isnan(rebound_months(panels, "none")).all()
    assert np.isnan(rebound_months(course([0] * 6, first=9, last=9), "none")).all()


def test_loss_area_counts_what_is_below():
    assert loss_area(course([0, -3, 4, -2]), "none").tolist() == [5]


def test_job_months_add_up_additional_jobs_from_month_0():
    panels = course([0] * 5)
    assert additional_jobs(panels, "aid").tolist() == [[0, 1, 2, 3, 4]]
    assert job_months_gained(panels, "aid").tolist() == [[0, 1, 3, 6, 10]]


def test_dates_are_those_simulated_and_the_end():
    assert course([0] * 120).dates() == (12, 24, 36, 60, 120)
    assert course([0] * 30).dates() == (12, 24, 30)
    with pytest.raises(KeyError):
        course([0] * 5).row(5)


def test_layoffs_follow_announcement_and_tranches_of_all_closures():
    closures = [
        {"announcement_month": 3, "tranches": [{"month": 6}, {"month": 12}]},
        {"announcement_month": 0, "tranches": [{"month": 8}]},
    ]
    assert layoff_months(closures) == (8, 15)
    assert layoff_months([]) == (None, None)
