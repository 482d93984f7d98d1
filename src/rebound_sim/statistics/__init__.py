"""Statistics of results folders: headline outcomes, accounts of jobs and euros, intervals."""

from rebound_sim.statistics.cell import Cell
from rebound_sim.statistics.headline import headline_cells, write_headline
from rebound_sim.statistics.jobs_account import jobs_account
from rebound_sim.statistics.outcome import Outcome
from rebound_sim.statistics.panels import Panels

__all__ = ["Cell", "Outcome", "Panels", "headline_cells", "jobs_account", "write_headline"]
