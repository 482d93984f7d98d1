"""The chapter of decisions: its numbers are those of the studies, its words follow from them."""

import csv
import importlib.util
import json
import re
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest
from click.testing import CliRunner

from decision_figures import ZONES, comparison_folder, optimisation_folder
from programme_results import programme
from rebound_sim.cli.main import cli
from rebound_sim.report.build import document_of
from rebound_sim.report.decision_tables import decision_places
from rebound_sim.report.texts import LANGUAGES
from rebound_sim.statistics.programme.summary import Summary

#: Of a sample of zones, as `rebound drivers` writes it from the manifest of a comparison.
SETTING = {
    "title": "a programme: sample of 6 of 30 zones",
    "zones": 6,
    "closures": 7,
    "jobs": 2_320,
    "envelope_eur": 20_000_000.0,
    "months": 84,
    "plans": {"best_mean": 1.14},
}
FIGURES = ("judged", "frontier", "optimal_map", "drivers", "information")


@pytest.fixture(scope="module")
def studies(tmp_path_factory):
    """Folders of an optimisation, and of a comparison with drivers and value."""
    place = tmp_path_factory.mktemp("studies")
    optimised, posterior = optimisation_folder(place / "opt"), comparison_folder(place / "post")
    pairs = ["--between", "engineering_only", "money_only", "--between", "money_only", "none"]
    for command in (["drivers", str(posterior), *pairs], ["value", str(posterior)]):
        done = CliRunner().invoke(cli, command)
        assert done.exit_code == 0, done.output
    for name in ("drivers", "value"):
        file = posterior / f"{name}.json"
        record = json.loads(file.read_text(encoding="utf-8"))
        file.write_text(json.dumps(record | {"setting": SETTING}), encoding="utf-8")
    return optimised, posterior


@pytest.fixture(scope="module")
def chapters(compared, studies):
    return {language: document_of(*compared, language, beside=studies) for language in LANGUAGES}


def words_of(document):
    """Plain text of headings, paragraphs and lists."""
    found = []
    for block in document.blocks:
        if block.kind in ("heading", "paragraph"):
            found.append(block.runs)
        elif block.kind == "bullets":
            found += block.items
    text = "\n".join("".join(run.text for run in runs) for runs in found)
    return text.replace("\u202f", " ").replace("\u00a0", " ")


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_chapter_tells_the_plan_its_gain_the_causes_and_what_knowing_is_worth(
    chapters, language
):
    document, book, drawn = chapters[language]
    told = words_of(document)
    chosen = book.cell("optimal_plans", ("best_mean",), "median").value
    assert f"{chosen:,.0f}".replace(",", " " if language == "fr" else ",") in told
    assert "[" in told and "days_effect" in told
    bracket = {"en": "3,200 [2,100; 4,300] jobs", "fr": "3 200 [2 100 ; 4 300] emplois"}[language]
    luck = {"en": "75% is luck", "fr": "75 % tiennent au hasard"}[language]
    assert bracket in told and luck in told
    assert set(FIGURES) <= set(drawn)
    kept = {"optimal_plans", "optimal_zones", "optimal_limits", "decision_drivers", "information"}
    assert kept <= {table.name for table in book}
    assert len(book["optimal_zones"].rows) == len(ZONES)
    assert np.isnan(book.cell("optimal_zones", (ZONES[0][0],), "grants_start").value)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_study_of_causes_is_told_and_drawn(chapters, language):
    document, book, drawn = chapters[language]
    studies = book["decision_studies"].rows
    assert len(studies) == 2
    about = {"en": "parameters that vary", "fr": "paramètres qui varient"}[language]
    lines = [line for line in words_of(document).splitlines() if about in line]
    assert len(lines) == 2 and lines[0] != lines[1]
    explained = drawn["drivers"]["explained"]
    assert len(set(explained)) == 2 and len(explained) == len(drawn["drivers"]["parameter"])


def test_an_envelope_is_told_in_millions(chapters):
    document, *_ = chapters["en"]
    cells = {
        "".join(run.text for run in row[0]): "".join(run.text for run in row[1])
        for block in document.blocks
        if block.kind == "grid" and "optimal_limits" in block.source
        for row in block.rows
    }
    assert cells["the envelope, M€"] == "100.0"


def test_established_plans_are_those_whose_interval_leaves_out_zero(chapters):
    document, book, _ = chapters["en"]
    told = words_of(document)
    above = [
        r["arm"] for r in book["optimal_plans"].rows if r["kind"] == "plan" and r["gain_low"] > 0
    ]
    assert above == ["best_mean"]
    lines = [x for x in told.splitlines() if "leaves more jobs than" in x and "taken alone" in x]
    assert len(lines) == 1 and lines[0].startswith("In most worlds and on average")
    assert "plan with most jobs" in lines[0] and "half" not in lines[0]
    assert "4 plans were tried in 2 of the worlds" in told and "The 3 judged beside" in told


@pytest.mark.parametrize("language", LANGUAGES)
def test_causes_and_worth_of_knowing_say_which_zones_and_worlds_they_hold_for(
    chapters, compared, studies, tmp_path, language
):
    said = {
        "en": ("6 of the", "7 closures", "2,320 jobs", "20.0 M€", "60 worlds", "by 1.14"),
        "fr": ("6 des", "7 fermetures", "2 320 emplois", "20,0 M€", "60 mondes", "par 1,14"),
    }[language]
    begins = {"en": "This study is of", "fr": "Cette étude porte sur"}[language]
    lines = [x for x in words_of(chapters[language][0]).splitlines() if begins in x]
    # The same sample is said once.
    assert len(lines) == 1 and all(words in lines[0] for words in said), lines
    # A study of an earlier version does not say, nor one whose folder lost its manifest.
    for name in ("drivers", "value"):
        record = json.loads((studies[1] / f"{name}.json").read_text(encoding="utf-8"))
        del record["setting"]
        (tmp_path / f"{name}.json").write_text(json.dumps(record), encoding="utf-8")
    assert begins not in words_of(document_of(*compared, language, beside=(tmp_path,))[0])


def test_without_studies_the_chapter_speaks_of_worlds_alone(compared):
    document, book, drawn = document_of(*compared, "en")
    assert "optimal_plans" not in {table.name for table in book}
    assert not set(FIGURES) & set(drawn)
    assert {"worlds", "duels", "world_regret"} <= set(drawn)
    assert "Which allocation" in words_of(document)


def test_the_box_is_told_with_its_bounds_when_it_is_found(chapters):
    document, book, _ = chapters["en"]
    assert book.cell("decision_studies", ("1",), "box_found").value == "yes"
    bound = book["decision_box"].rows[0]
    assert bound["parameter"] == "instruments.days_effect"
    side = "low" if not np.isnan(bound["low"]) else "high"
    assert re.search(r"a day of engineering (above|below) 0\.\d", words_of(document))
    assert 0.3 < bound[side] < 0.5


def test_records_are_found_where_they_are_and_a_folder_without_any_is_refused(studies, tmp_path):
    assert set(decision_places(studies)) == {"optimisation", "drivers", "information"}
    assert decision_places([tmp_path]) == {}
    done = CliRunner().invoke(cli, ["report", str(tmp_path), "--with", str(tmp_path)])
    assert done.exit_code != 0 and "no study of decision" in str(done.exception)


def page_script():
    place = Path(__file__).parents[2] / "scripts" / "adviser_page.py"
    made = importlib.util.spec_from_file_location("adviser_page", place)
    script = importlib.util.module_from_spec(made)
    made.loader.exec_module(script)
    return script


def test_the_page_tells_calendars_apart_where_their_paired_difference_does(tmp_path, monkeypatch):
    script = page_script()
    header = "point,plan.engineering_shift,plan.grants_shift"
    text = "\n".join([header, "0,0,0", "1,0,12", "2,12,12", ""])
    (tmp_path / "design.csv").write_text(text, encoding="utf-8")
    gains = {"0": 100.0, "1": 100.0, "2": 60.0}
    made = {
        number: programme({"mine": gain}, replications=6, noise=5.0)
        for number, gain in gains.items()
    }
    manifest = SimpleNamespace(command=["rebound", "sweep"], sweep={"title": "Dates"})
    monkeypatch.setattr(script, "read_sweep_manifest", lambda _: manifest)
    monkeypatch.setattr(script, "point_folder", lambda _, number: str(number))
    monkeypatch.setattr(script, "panels_of", made.__getitem__)
    told = list(script._dates(tmp_path))
    lines = [line for part in told for line in part.splitlines()]
    assert any(line.startswith("| both later |") for line in lines)
    last = lines[-1]
    assert last.startswith("- After 120 months") and "both later (fewer jobs)" in last
    assert "grants later (" not in last and "mean of 6 worlds" in " ".join(told)


def test_the_page_for_an_adviser_is_written_from_folders(folder, studies, tmp_path):
    script = page_script()
    target = tmp_path / "page.md"
    target.write_text(f"# Title\n{script.BEGIN}\nFORMER\n{script.END}\nafter\n", encoding="utf-8")
    script.put(script.page(folder, studies[0], None), target)
    text = target.read_text(encoding="utf-8")
    assert "FORMER" not in text and text.startswith("# Title") and text.endswith("after\n")
    assert "- best_mean brings jobs." in text and "| **best_mean** |" in text
    assert "### What follows from assumptions" in text and "/tmp" not in text
    assert text.count("###") == 3
    for row in read_worlds_rows(folder):
        assert f"| {row['arm']} |" in text


def read_worlds_rows(folder):
    with (folder / "standings.csv").open(encoding="utf-8", newline="") as stream:
        return [row for row in csv.DictReader(stream) if row["arm"] != "none"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_plan_compared_in_worlds_that_chose_it_is_marked_on_page_one(compared, language):
    comparison, manifest = compared
    panels = replace(comparison.panels, parameter_sets=30, taught={"merit": (0, 5)})
    document, _, _ = document_of(Summary(panels), manifest, language)
    told = words_of(document)
    said = {"en": "Chosen by an optimisation in 2 of the 8", "fr": "optimisation dans 2 des 8"}
    assert told.count(said[language]) == 1
    grids = [block for block in document.blocks if block.kind == "grid"]
    cells = ["".join(run.text for run in cell) for g in grids for row in g.rows for cell in row]
    assert sum(cell.endswith("†") for cell in cells) == 1
    plain, _, _ = document_of(comparison, manifest, language)
    assert said[language] not in words_of(plain)
