"""One comparison for all tests of the report, and the documents that are made of it."""

import pytest

from programme_folder import store
from rebound_sim.report.build import document_of
from rebound_sim.statistics.comparable import panels_of
from rebound_sim.statistics.programme.files import write_tables
from rebound_sim.statistics.programme.summary import Summary
from report_programmes import made


@pytest.fixture(scope="session")
def compared():
    return made({"merit": [60, 40, 5, 0], "equal": 20.0, "money_only": 0.0})


@pytest.fixture(scope="session")
def documents(compared):
    """language -> (document, tables, columns of figures)."""
    return {language: document_of(*compared, language) for language in ("en", "fr")}


@pytest.fixture(scope="session")
def folder(tmp_path_factory):
    """A stored comparison: tables, no figures."""

    def tables_only(place):
        write_tables(Summary(panels_of(place)), place)

    return store(tmp_path_factory.mktemp("stored") / "results", tables_only)
