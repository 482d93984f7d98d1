"""The report of one zone: the results of `rebound run`, in both languages."""

import io
import json

import pytest
from click.testing import CliRunner
from pypdf import PdfReader

from rebound_sim.cli.report import report
from synthetic_results import write_results


@pytest.fixture(scope="module")
def results(tmp_path_factory):
    return write_results(tmp_path_factory.mktemp("zone"), replications=3, months=60)


@pytest.mark.parametrize("language", ["fr", "en"])
def test_a_run_of_one_zone_has_its_report(results, tmp_path, language, monkeypatch):
    if language == "en":  # figures are drawn once
        monkeypatch.setattr("rebound_sim.report.build.names", lambda _subject: ())
    done = CliRunner().invoke(
        report, [str(results), "--lang", language, "--out", str(tmp_path), "--format", "pdf"]
    )
    assert done.exit_code == 0, done.output
    pages = PdfReader(io.BytesIO((tmp_path / "report.pdf").read_bytes())).pages
    text = " ".join(" ".join(page.extract_text().split()) for page in pages[:6])
    known = {
        "fr": ("droit commun", "convention de revitalisation", "Rebond industriel"),
        "en": ("Law and ordinary institutions", "revitalisation agreement"),
    }
    for words in known[language]:
        assert words in text
    strange = {
        "fr": ("stratégie", "Équité entre zones", "sans programme", "indice de Theil"),
        "en": ("strategy", "Equity between zones", "no programme", "Theil"),
    }
    for words in strange[language]:
        assert words not in text, words


WARNINGS = ("Résultats provisoires.", "Résultats incomplets.")


@pytest.mark.parametrize(
    ("state", "told"),
    [
        ({"interrupted": True, "tasks": 40, "done": 3}, WARNINGS[0]),
        ({"tasks": 4, "done": 3, "failed": 1}, WARNINGS[1]),
        ({"tasks": 3, "done": 3, "missing": ["figures: the disk is full"]}, None),
    ],
)
def test_results_that_are_not_whole_say_so(state, told, results, tmp_path, monkeypatch):
    monkeypatch.setattr("rebound_sim.report.build.names", lambda _subject: ())
    place = results / "manifest.json"
    whole = place.read_text("utf-8")
    manifest = json.loads(whole)
    manifest |= {"complete": False, **state}
    place.write_text(json.dumps(manifest), "utf-8")
    try:
        done = CliRunner().invoke(
            report, [str(results), "--lang", "fr", "--out", str(tmp_path), "--format", "html"]
        )
    finally:
        place.write_text(whole, "utf-8")
    assert done.exit_code == 0, done.output
    page = (tmp_path / "report.html").read_text("utf-8")
    for words in WARNINGS:
        assert (words in page) is (words == told)
    if told:
        assert page.index(told) < page.index('class="cards"')
