"""What became of displaced workers, and who got the new jobs."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from rebound_sim.state.variables import NEW_SECTORS
from rebound_sim.statistics.panels import Panels

#: Where displaced residents are: columns `displaced_<state>`, which add up to `displaced`.
STATES = (
    "permanent",
    "fixed_term",
    "self_employed",
    "outside",
    "unemployed_supported",
    "unemployed",
    "training",
    "halo",
    "inactive",
    "retired",
    "left",
)
IN_WORK = ("permanent", "fixed_term", "self_employed", "outside")
#: People who have moved out of the zone: the model follows them no further, sources do.
LEFT = "left"
#: Solutions found, as monitoring committees count them: states that add up to `displaced`.
SOLUTIONS = {
    "permanent": ("permanent",),
    "fixed_term": ("fixed_term",),
    "business": ("self_employed",),
    "outside": ("outside",),
    "training": ("training",),
    "searching": ("unemployed_supported", "unemployed"),
    "inactive": ("halo", "inactive"),
    "retired": ("retired",),
    "left": ("left",),
}
#: Contract and sector of new jobs in the zone: detail → column.
NEW_JOBS = {
    "permanent": "displaced_permanent",
    "fixed_term": "displaced_fixed_term",
    "fixed_term_long": "displaced_fixed_term_long",
    "other_sector": "displaced_other_sector",
    **{f"in_{name}": f"displaced_in_{name}" for name in NEW_SECTORS},
}
#: Origins of the people hired in the zone: columns `hires_<origin>`, which add up to `hires`.
ORIGINS = ("unemployed", "inactive", "job_to_job", "outsiders", "returned")


def displaced_share(panels: Panels, arm: str, states: tuple[str, ...]) -> NDArray[np.float64]:
    """Share of the people displaced so far who are in some states, %: float[replications, months].

    Those who have moved out of the zone leave both sides, as in validation: published counts follow
    people wherever they live, the model does not. The state `left` alone is a share of everybody.
    NaN before the first displaced person.
    """
    people = panels.values("displaced", arm).astype(np.float64)
    if LEFT not in states:
        people = people - _moved_out(panels, arm, "displaced")
    inside = np.sum([panels.values(f"displaced_{s}", arm) for s in states], axis=0)
    return _share(inside, people)


def gap_in_work(panels: Panels, arm: str) -> NDArray[np.float64]:
    """Share of the displaced in work less that of matched employees of other firms [point].

    People who have moved out leave both groups, as in `displaced_share`.
    float[replications, months]; NaN before the first displaced person.
    """
    matched = _share(
        panels.values("control_in_work", arm).astype(np.float64),
        panels.values("control_people", arm) - _moved_out(panels, arm, "control"),
    )
    return displaced_share(panels, arm, IN_WORK) - matched


def share_of_new_jobs(panels: Panels, arm: str, column: str) -> NDArray[np.float64]:
    """Displaced people of a column over those who are employees of the zone, %.

    column : of `NEW_JOBS`    float[replications, months]; NaN when nobody is.
    """
    employees = panels.values("displaced_permanent", arm) + panels.values(
        "displaced_fixed_term", arm
    )
    return _share(panels.values(column, arm).astype(np.float64), employees.astype(np.float64))


def earnings_against_controls(panels: Panels, arm: str) -> NDArray[np.float64]:
    """Earnings of displaced people relative to those of their matched controls, %.

    100 x earnings of displaced / earnings of controls, per person who has not moved out; people
    without work count 0. Levels before the announcement are equal: controls are matched on them.
    float[replications, months]; NaN before the first displaced person.
    """
    ratios = []
    for group, people in (("displaced", "displaced"), ("control", "control_people")):
        heads = panels.values(people, arm).astype(np.float64)
        staying = heads - _moved_out(panels, arm, group)
        ratios.append(_share(panels.values(f"{group}_earnings_eur", arm), staying))
    return _share(ratios[0], ratios[1])


def _moved_out(panels: Panels, arm: str, group: str) -> NDArray[np.float64]:
    """People of a group who have moved out; 0 in results made before they were recorded."""
    name = f"{group}_{LEFT}"
    people = panels.values("displaced" if group == "displaced" else "control_people", arm)
    return panels.values(name, arm) if panels.has(name) else np.zeros(people.shape)


def additional_hires(panels: Panels, policy: str, origin: str | None) -> NDArray[np.int64]:
    """Hires with the policy - without it, from month 0: int[replications, months from 0].

    origin : one of ORIGINS, or None for all hires. A post filled by someone already in work opens
    another: these hires are more numerous than additional jobs.
    """
    column = "hires" if origin is None else f"hires_{origin}"
    flows = panels.difference(column, policy)
    return np.cumsum(flows, axis=1, dtype=np.int64)


def _share(part: NDArray[np.float64], whole: NDArray[np.float64]) -> NDArray[np.float64]:
    """100 x part / whole, NaN where whole is not positive."""
    result = np.full(np.shape(whole), np.nan)
    np.divide(100.0 * part, whole, out=result, where=whole > 0)
    return result
