"""Settings of all tests."""

import pytest
from hypothesis import settings

from rebound_sim.experiment.compiling import compile_once

# The first example of a rule may compile it, so that no deadline is meaningful; examples are the
# same in every run, so that a failure can be repeated.
settings.register_profile("project", deadline=None, derandomize=True)
settings.load_profile("project")


def pytest_sessionstart(session: pytest.Session) -> None:
    """Workers that start on an empty cache would all compile: one does, the others wait."""
    if hasattr(session.config, "workerinput"):
        compile_once()
