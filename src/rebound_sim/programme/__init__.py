"""A national programme over many basins: national agents, zones in lockstep, shared simulation."""

from rebound_sim.programme.model import ProgrammeModel
from rebound_sim.programme.simulate import simulate

__all__ = ["ProgrammeModel", "simulate"]
