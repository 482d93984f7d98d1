"""Print-ready figures of results folders."""

from rebound_sim.figures.draw import draw_figures, pictures
from rebound_sim.figures.style import Picture, house_style

__all__ = ["Picture", "draw_figures", "house_style", "pictures"]
