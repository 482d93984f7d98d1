"""Figures of programmes: strategies compared. `figures.draw` draws them."""
