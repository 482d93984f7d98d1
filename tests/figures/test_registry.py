"""Every figure, in both languages: nothing cut, all said, and the table is what is drawn."""

import csv
import re

import numpy as np
import pytest

from figures.layout import check, words_of
from figures.subjects import (
    decision_subjects,
    programme_subject,
    screening_subject,
    sweep_subject,
    validation_subject,
)
from rebound_sim.errors import InputError
from rebound_sim.figures import FIGURES, LANGUAGES, draw, names, save, subject_of, svg
from rebound_sim.figures.programme.drawings import WORDS
from rebound_sim.figures.style import capital
from rebound_sim.figures.texts import TEXTS
from rebound_sim.figures.typography import NARROW
from rebound_sim.statistics.cell import at

#: English words that no French figure may have; names of parameters and of users are not words.
ENGLISH = re.compile(
    r"\b(the|of|jobs?|and|with(out)?|months?|zones? \w+ed|strateg(y|ies)|interval|mean|"
    r"replications|seed|paid|grants|engineering|source: |none|equal|merit|closure|programme's)\b"
)


@pytest.fixture(scope="module")
def subjects(tmp_path_factory):
    folder = tmp_path_factory.mktemp("tables")
    made = (
        programme_subject(),
        sweep_subject(),
        validation_subject(folder),
        screening_subject(folder),
        *decision_subjects(folder),
    )
    return {subject.kind: subject for subject in made}


@pytest.fixture(scope="module")
def drawn(subjects):
    return {
        (subject.kind, name, language): draw(name, subject, language)
        for subject in subjects.values()
        for name in names(subject)
        for language in LANGUAGES
    }


KINDS = ("programme", "sweep", "validation", "screening", "optimisation", "drivers", "information")
KEYS = [
    (kind, name, language)
    for kind in KINDS
    for name, figure in FIGURES.items()
    if kind in figure.needs
    for language in LANGUAGES
]


@pytest.mark.parametrize("key", KEYS, ids="-".join)
def test_nothing_is_cut_and_no_words_meet(drawn, key):
    assert drawn[key] is not None
    check(drawn[key].figure)


@pytest.mark.parametrize("key", KEYS, ids="-".join)
def test_title_source_axes_and_words_for_who_does_not_see(drawn, key):
    kind, _, language = key
    picture = drawn[key]
    below = picture.figure.texts
    words = " ".join(text.get_text() for text in below)
    assert {"en": "Source: ", "fr": f"Source{NARROW}: "}[language] in words
    if kind in ("programme", "sweep"):
        count = {"programme": 6, "sweep": 5}[kind]
        assert f"{count} {'replications' if language == 'en' else 'réplications'}" in words
    assert picture.title == below[0].get_text().replace("\n", " ") and picture.title
    assert picture.title == capital(picture.title)
    labels = [a.get_xlabel() + a.get_ylabel() for a in picture.figure.axes if a.axison]
    # One label for all small panels; a map has none.
    assert any(labels) or key[1] in ("money", "zones_gap", "zones_map", "optimal_map")
    assert len(picture.alternative) > 40 and "{" not in picture.alternative
    assert "nan" not in words_of(picture.figure) + picture.alternative


@pytest.mark.parametrize("key", [key for key in KEYS if key[2] == "fr"], ids="-".join)
def test_a_french_figure_is_french(drawn, key):
    picture = drawn[key]
    words = words_of(picture.figure).replace("A synthetic programme", "")
    words = (words + " " + picture.alternative).replace("A small sweep", "")
    found = ENGLISH.search(re.sub(r"\w+[._]\w+\S*", "", words))
    assert found is None, found
    assert not re.search(r"\d\.\d", re.sub(r"(rebound-sim|\.csv|effects)\S* ?\S*", "", words))
    assert not re.search(r"\w ?[;?!%]|« | »|\w :", re.sub("\u202f.", "", words))


@pytest.mark.parametrize("key", KEYS, ids="-".join)
def test_the_columns_drawn_are_of_one_length_and_are_written(drawn, key, tmp_path):
    picture = drawn[key]
    assert len({len(column) for column in picture.table.values()}) == 1
    paths = save(picture, tmp_path, ())
    assert [path.name for path in paths] == [f"{picture.name}.csv"]
    with paths[-1].open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    assert list(rows[0]) == list(picture.table)
    assert len(rows) == len(next(iter(picture.table.values())))


def test_lines_drawn_are_the_columns(drawn):
    ranking = drawn["programme", "strategies", "en"]
    (dots,) = [line for line in ranking.figure.axes[0].lines if line.get_marker() == "o"]
    assert np.allclose(dots.get_xdata(), ranking.table["additional_jobs_mean"])
    event = drawn["programme", "event_study", "en"]
    best = ranking.table["arm"][0]
    rows = [i for i, name in enumerate(event.table["arm"]) if name == best]
    curve = np.array(event.table["jobs_per_zone"])[rows]
    assert any(
        np.array_equal(line.get_ydata(), curve) for axes in event.figure.axes for line in axes.lines
    )


def test_the_account_of_jobs_closes_as_drawn(drawn):
    table = drawn["programme", "job_account", "en"].table
    jobs = dict(zip(table["line"], table["jobs_mean"], strict=True))
    assert jobs["announced_jobs"] + jobs["undelivered_jobs"] == pytest.approx(jobs["gross_jobs"])
    net = ("gross_jobs", "deadweight_jobs", "crowded_out_jobs", "multiplier_jobs", "other_jobs")
    assert sum(jobs[name] for name in net) == pytest.approx(jobs["additional_jobs"])


def test_bars_of_solutions_reach_100_percent_and_show_the_gain(subjects, drawn):
    table = drawn["programme", "solutions", "en"].table
    shares = np.array(table["percent_mean"])
    for date in set(table["month_since_layoffs"]):
        rows = np.array(table["month_since_layoffs"]) == date
        assert shares[rows].sum() == pytest.approx(200.0)
    gain = at(
        subjects["programme"].comparison.displaced,
        outcome="displaced_in_work",
        month=12,
        arm="equal",
        reference="none",
    )
    # Two points more of those displaced, over the 97 % who have not moved away.
    assert gain.estimate == pytest.approx(2.0 / 0.97)


def test_a_picture_is_the_same_twice_and_its_svg_is_one_element(subjects):
    first, second = (svg(draw("costs", subjects["programme"], "fr")) for _ in range(2))
    assert first == second
    assert first.startswith("<svg") and first.rstrip().endswith("</svg>")


def test_names_given_by_users_are_text(tmp_path):
    hostile = {r"$\frac{1}{": 9.0, "<b>=1+1</b> & co" + "x" * 300: [1, 2, 3, 4, 5, 6, 7]}
    subject = programme_subject(gains=hostile)
    for name in names(subject):
        picture = draw(name, subject, "fr")
        if name == "marginal":
            assert picture is None  # two strategies do not tell two instruments apart
            continue
        check(picture.figure)
        save(picture, tmp_path, ("svg",))


def test_one_replication_has_no_interval_and_says_so():
    subject = programme_subject(replications=1)
    for name in names(subject):
        picture = draw(name, subject, "fr")
        if picture is not None:
            below = " ".join(text.get_text() for text in picture.figure.texts)
            assert "aucun intervalle" in " ".join(below.split(" ")), name
            check(picture.figure)


def test_what_results_do_not_hold_is_not_drawn():
    control = programme_subject(controls=7)
    found = {name: draw(name, control) for name in ("event_study", "solutions", "lorenz")}
    assert found == dict.fromkeys(found)


def test_a_wrong_name_says_the_nearest(subjects):
    with pytest.raises(InputError, match="did you mean costs"):
        draw("cost", subjects["programme"])
    with pytest.raises(InputError, match="results of a sweep"):
        draw("regret", subjects["programme"])
    with pytest.raises(InputError, match="unknown language"):
        draw("costs", subjects["programme"], "de")


def test_each_figure_is_listed_in_each_language():
    for language in LANGUAGES:
        assert set(TEXTS[language]["list"]) == set(FIGURES) - set(WORDS)
        assert all(figure.about[language] for figure in FIGURES.values())


def test_languages_have_the_same_keys():
    for part in ("run", "programme", "others", "list", "families"):
        assert set(TEXTS["en"][part]) == set(TEXTS["fr"][part]), part
    for name, own in WORDS.items():
        assert set(own) == set(LANGUAGES) and set(own["en"]) == set(own["fr"]), name


def test_a_folder_of_nothing_is_refused(tmp_path):
    with pytest.raises(InputError, match="not a results folder"):
        subject_of(tmp_path)
    (tmp_path / "manifest.json").write_text("{")
    with pytest.raises(InputError, match="cannot be read"):
        subject_of(tmp_path)
