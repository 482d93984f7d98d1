"""Print-ready figures of programmes: strategies compared."""

from rebound_sim.figures.programme.draw import draw_programme, programme_pictures

__all__ = ["draw_programme", "programme_pictures"]
