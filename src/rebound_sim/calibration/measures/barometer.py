"""Sites opened and extended without policy, as the State's industrial barometer counts them."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from rebound_sim.arrays import Columns, Floats
from rebound_sim.calibration.study import counts
from rebound_sim.data.sectors import SECTORS
from rebound_sim.state.codes import FirmKind, FirmState, ProjectKind, Stage

#: Jobs from which an opening and a site extended count (Trendeo; the barometer gives no threshold).
LEAST_JOBS = 10
#: Rise of a site's capacity that counts as significant (Factoscope, DGE: about 40 %).
SIGNIFICANT_RISE = 0.4
MONTHS_PER_YEAR = 12
_INDUSTRIAL = np.array([sector.industrial for sector in SECTORS])
_MANUFACTURING = np.array([sector.manufacturing for sector in SECTORS])
_NEW = (int(ProjectKind.NEW_PLANT), int(ProjectKind.NEW_SECTOR))
_BUILT = (int(Stage.BUILT), int(Stage.OPERATING))


def manufacturing_sites(sector: NDArray[Any], employment: NDArray[Any]) -> int:
    """Manufacturing establishments of ten jobs or more. sector, employment : by firm."""
    rows = employment >= LEAST_JOBS
    return int(np.count_nonzero(_MANUFACTURING[sector[rows]]))


def _built(projects: Columns, first: int) -> NDArray[np.bool_]:
    """Projects whose works ended in month `first` or after, whatever became of the site."""
    return np.isin(projects["stage"], _BUILT) & (projects["since"] >= first)


def openings(projects: Columns, firms: Columns, first: int) -> int:
    """Industrial sites opened with ten jobs or more, plants of projects and start-ups.

    firms : columns `kind`, `state`, `sector`, `first_size` (jobs at the opening, for start-ups)
    first : month from which a plant counts; start-ups open from month 0 of the run on.
    """
    jobs = projects["jobs"] * projects["delivery"]
    plants = _built(projects, first) & np.isin(projects["kind"], _NEW) & (jobs >= LEAST_JOBS)
    started = (firms["kind"] == int(FirmKind.START_UP)) & (firms["state"] != int(FirmState.LATENT))
    started &= firms["first_size"] >= LEAST_JOBS
    young = int(np.count_nonzero(_INDUSTRIAL[firms["sector"][started]]))
    return int(np.count_nonzero(plants)) + young


def extensions(projects: Columns, yearly: NDArray[Any], first: int) -> int:
    """Projects that raise the capacity of a site of ten jobs or more by 40 % or more.

    yearly : int[years, firms] employees at the start of each year from month `first` on
    A project opens its posts over less than a year and a half: within a year or nearly so.
    """
    own = _built(projects, first) & ~np.isin(projects["kind"], _NEW)
    year = np.minimum((projects["since"][own] - first) // MONTHS_PER_YEAR, yearly.shape[0] - 1)
    before = yearly[year, projects["firm"][own]]
    rise = projects["jobs"][own] * projects["delivery"][own]
    return int(np.count_nonzero((before >= LEAST_JOBS) & (rise >= SIGNIFICANT_RISE * before)))


def rates(opened: int, extended: int, sites: int, years: float) -> dict[str, Floats]:
    """Openings and extensions per 1,000 sites and year, and the share of extensions among both."""
    exposed = sites * years / 1000.0
    return {
        "plants_opened": counts(opened, exposed),
        "sites_extended": counts(extended, exposed),
        "extensions": counts(extended, extended + opened),
    }
