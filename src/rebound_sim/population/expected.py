"""Jobs that projects bring without any policy: what existing jobs must lose for balance."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from rebound_sim.rules.projects import ENTRANT_SIZE, constraint_probability


def natural_project_jobs(projects: Any, firms: Any, months: int, p: Any) -> npt.NDArray[np.float64]:
    """Expected jobs delivered per month by sector without public help, float64[38].

    months : months over which the ideas arrive    p : `projects` record. A project that its
    sponsor would carry out is counted whole, one turned down by its chance to be taken up again.
    """
    size = np.where(projects.sponsor >= 0, firms.employment[projects.sponsor], ENTRANT_SIZE)
    sponsors = np.stack([size, firms.group[projects.firm]])
    kinds, kind = np.unique(sponsors, axis=1, return_inverse=True)
    short = np.array([constraint_probability.py_func(float(n), int(g), p) for n, g in kinds.T])
    probability = short[kind.reshape(-1)]
    ahead = (projects.value >= 0.0) & (projects.constraint >= probability)
    again = p.reconsider / max(p.reconsider + p.give_up, 1e-12)
    survives = (1 - p.abandon_latent) * (1 - p.abandon_detected)
    survives *= (1 - p.abandon_permits) * (1 - p.abandon_build)
    jobs = projects.jobs * projects.delivery * np.where(ahead, 1.0, again) * survives
    return np.bincount(projects.sector, weights=jobs, minlength=38) / months
