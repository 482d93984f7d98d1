"""Statistics of comparisons: strategies over the same zones and the same luck."""

from rebound_sim.statistics.programme.comparison import Row, comparison_rows

__all__ = ["Row", "comparison_rows"]
