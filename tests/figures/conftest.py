"""A results folder with plausible figures, written once."""

import pytest

from rebound_sim.statistics.comparable import panels_of
from synthetic_results import write_results


@pytest.fixture(scope="session")
def folder(tmp_path_factory):
    return write_results(tmp_path_factory.mktemp("synthetic"), replications=8)


@pytest.fixture(scope="session")
def panels(folder):
    return panels_of(folder)
