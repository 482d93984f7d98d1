"""Jobs that projects bring without any policy: what existing jobs must lose for balance."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt
from scipy.special import gammainc

from rebound_sim.rules.demand import failure_probability
from rebound_sim.rules.projects import ENTRANT_SIZE, constraint_probability

Floats = npt.NDArray[np.float64]
#: Age [month] at which sponsors' chance to close is taken: past the fragile first years.
_MATURE = 240.0


def natural_project_jobs(projects: Any, firms: Any, before: int, months: int, p: Any) -> Floats:
    """Expected jobs delivered per month by sector without public help, float64[38].

    before, months : months over which ideas arrive before t = 0, and after    p : parameter set.
    A project that its sponsor would carry out is counted whole, one turned down by its chance to be
    taken up again; less those that come too late, and those whose sponsor closes beforehand.
    """
    rules = p.projects
    sponsored = projects.sponsor >= 0
    size = np.where(sponsored, firms.employment[projects.sponsor], ENTRANT_SIZE)
    sponsors = np.stack([size, firms.group[projects.firm]])
    kinds, kind = np.unique(sponsors, axis=1, return_inverse=True)
    short = np.array([constraint_probability.py_func(float(n), int(g), rules) for n, g in kinds.T])
    closes = np.array(
        [failure_probability.py_func(float(n), _MATURE, 1.0, 1, p.demand) for n, _ in kinds.T]
    )
    kind = kind.reshape(-1)
    ahead = (projects.value >= 0.0) & (projects.constraint >= short[kind])
    again = rules.reconsider / max(rules.reconsider + rules.give_up, 1e-12)
    survives = (1 - rules.abandon_latent) * (1 - rules.abandon_detected)
    survives *= (1 - rules.abandon_permits) * (1 - rules.abandon_build)
    known = projects.permit_months + projects.build_months + 0.5 * projects.ramp_months
    hazard = np.where(sponsored, closes[kind], 0.0)
    delivered = np.where(
        ahead,
        _arrives(known, hazard, before + months / 2, _waits(rules)),
        again * _arrives(known, hazard, before + months / 2, _waits(rules, turned_down=True)),
    )
    jobs = projects.jobs * projects.delivery * delivered * survives
    return np.bincount(projects.sector, weights=jobs, minlength=38) / (before + months)


def _waits(rules: Any, turned_down: bool = False) -> Floats:
    """Mean waiting times [month] of an idea: to be taken up, to mature, to be decided (again)."""
    rates = [rules.detection, rules.maturation, rules.decision]
    if turned_down:
        rates.append(rules.reconsider + rules.give_up)
    return np.array([1.0 / max(rate, 1e-9) for rate in rates])


def _arrives(known: Floats, hazard: Floats, within: float, waits: Floats) -> Floats:
    """Chance to be open before `within` months while the sponsor lives, float64[projects].

    known : fixed delays [month]    hazard : of the sponsor [1/month]    waits : means of
    exponential waiting times [month]; their sum is taken as a gamma law of the same two moments.
    """
    mean, variance = waits.sum(), (waits**2).sum()
    lives = np.exp(-hazard * known) / np.prod(1.0 + hazard[:, None] * waits, axis=1)
    left = np.maximum(within - known, 0.0)
    return np.asarray(lives * gammainc(mean**2 / variance, left * mean / variance))
