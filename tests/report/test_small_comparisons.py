"""Reports of comparisons that can say little say little, and are made all the same."""

import pytest

from rebound_sim.report.build import document_of
from rebound_sim.report.render_pdf import pdf_of
from report_programmes import made


@pytest.fixture(autouse=True)
def words_alone(monkeypatch):
    """Figures are drawn, and looked at, elsewhere."""
    monkeypatch.setattr("rebound_sim.report.build.names", lambda _subject: ())


def said(document):
    """All runs of paragraphs and lists, as text."""
    found = []
    for block in document.blocks:
        if block.kind == "paragraph":
            found += [run.text for run in block.runs]
        if block.kind == "bullets":
            found += [run.text for item in block.items for run in item]
    return " ".join(found)


@pytest.mark.parametrize("language", ["en", "fr"])
def test_one_replication_is_no_finding(language):
    document, *_ = document_of(*made({"merit": 40, "equal": 20}, replications=1), language)
    words = said(document)
    assert {"en": "Nothing here is a finding", "fr": "Rien ici n’est un résultat"}[
        language
    ] in words
    for claim in (
        "gives the most additional jobs",
        "les plus nombreux",
        "Established",
        "Holds in nearly all",
        "Établi",
        "Tient dans presque",
        "[",
        "there are more jobs than without",
        "plus nombreux que sans",
    ):
        assert claim not in words
    assert pdf_of(document).startswith(b"%PDF")


def test_noise_alone_gives_no_order():
    document, *_ = document_of(*made({"merit": 0, "equal": 0}, noise=60.0), "en")
    words = said(document)
    assert "No option is the best in nearly all" in words
    assert "no order holds in nearly all" in words
    assert "gives the most additional jobs" not in words
    assert "Holds in nearly all" not in words


def test_one_strategy_above_none_is_said_to_be():
    document, *_ = document_of(*made({"merit": 60}), "en")
    words = said(document)
    assert "more jobs than without help in 8 draws of 8" in " ".join(words.split())
    assert "pairs of options" not in words


def test_zones_without_closure_have_no_return():
    gains = {"merit": 60, "equal": 20}
    document, *_ = document_of(*made(gains, controls=4), "fr")
    assert "rétablissement" not in said(document)
    assert pdf_of(document).startswith(b"%PDF")
