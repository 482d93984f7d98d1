"""The model confronted with figures: moments, and how each is measured on simulated data."""

from rebound_sim.calibration.moments.registry import MEASURES, STUDIES
from rebound_sim.calibration.moments.run import Measured, Repetitions, measure
from rebound_sim.calibration.moments.table import Moment, chosen, families, load_moments
from rebound_sim.calibration.study import Evidence, Measure, Study, StudyTask

__all__ = [
    "MEASURES",
    "STUDIES",
    "Evidence",
    "Measure",
    "Measured",
    "Moment",
    "Repetitions",
    "Study",
    "StudyTask",
    "chosen",
    "families",
    "load_moments",
    "measure",
]
