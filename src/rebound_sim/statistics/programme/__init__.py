"""Statistics of programmes: strategies compared over the same zones and the same luck."""

from rebound_sim.statistics.programme.comparison import Row, comparison_rows
from rebound_sim.statistics.programme.panels import ProgrammePanels, as_programme

__all__ = ["ProgrammePanels", "Row", "as_programme", "comparison_rows"]
