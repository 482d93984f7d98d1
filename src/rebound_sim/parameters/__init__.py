"""Parameters of the model: one declaration each, with unit, range, evidence and reference."""

from rebound_sim.parameters.load import PARAMETERS, TOPICS, ParameterSet
from rebound_sim.parameters.records import Parameter, Topic

__all__ = ["PARAMETERS", "TOPICS", "Parameter", "ParameterSet", "Topic"]
