"""Jobs that projects bring without any policy: what existing jobs must lose for balance."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from rebound_sim.rules.projects import constraint_probability


def natural_project_jobs(projects: Any, firms: Any, months: int, p: Any) -> npt.NDArray[np.float64]:
    """Expected jobs delivered per month by sector without public help, float64[38].

    months : months over which the ideas arrive    p : `projects` record. A project that its
    sponsor would carry out is counted whole, one turned down by its chance to be taken up again.
    """
    size = np.where(projects.sponsor >= 0, firms.employment[projects.sponsor], 50)
    short = np.array([constraint_probability.py_func(float(n), p) for n in np.unique(size)])
    probability = short[np.searchsorted(np.unique(size), size)]
    ahead = (projects.value >= 0.0) & (projects.constraint >= probability)
    again = p.reconsider / max(p.reconsider + p.give_up, 1e-12)
    survives = (1 - p.abandon_latent) * (1 - p.abandon_detected)
    survives *= (1 - p.abandon_permits) * (1 - p.abandon_build)
    jobs = projects.jobs * projects.delivery * np.where(ahead, 1.0, again) * survives
    return np.bincount(projects.sector, weights=jobs, minlength=38) / months
