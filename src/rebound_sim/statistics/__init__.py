"""Statistics of results folders: headline outcomes, accounts of jobs and euros, intervals."""

from rebound_sim.statistics.headline import Row, headline, headline_rows, write_headline
from rebound_sim.statistics.jobs_account import jobs_account
from rebound_sim.statistics.panels import Panels, as_panels

__all__ = [
    "Panels",
    "Row",
    "as_panels",
    "headline",
    "headline_rows",
    "jobs_account",
    "write_headline",
]
