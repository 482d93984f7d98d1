"""The model confronted with figures: moments, and how each is measured on simulated data."""

from rebound_sim.calibration.moments.registry import MEASURES, STUDIES
from rebound_sim.calibration.moments.run import Measured, measure
from rebound_sim.calibration.moments.table import Moment, chosen, families, load_moments
from rebound_sim.calibration.study import Evidence, Measure, Study, Task

__all__ = [
    "MEASURES",
    "STUDIES",
    "Evidence",
    "Measure",
    "Measured",
    "Moment",
    "Study",
    "Task",
    "chosen",
    "families",
    "load_moments",
    "measure",
]
