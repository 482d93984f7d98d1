"""Words follow from intervals; texts are the same in both languages; no number is typed in them."""

import math
import re
import tomllib
from importlib.resources import files

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rebound_sim.figures.typography import NARROW
from rebound_sim.parameters import PARAMETERS
from rebound_sim.report.texts import LANGUAGES, texts
from rebound_sim.report.typography import FORMATS, Typography
from rebound_sim.statistics.definitions import COMPARED
from rebound_sim.statistics.intervals import (
    NO_DIFFERENCE,
    Verdict,
    difference_in_words,
    mean_estimate,
    verdict,
)
from rebound_sim.statistics.programme.pairs import compare_pairs
from rebound_sim.statistics.programme.ranking import order_of, ranks

BOUND = st.floats(-1e9, 1e9)
FINITE = st.floats(-1e12, 1e12)


@given(BOUND, BOUND)
def test_a_verdict_never_claims_more_than_its_interval(one, other):
    low, high = sorted((one, other))
    found = verdict(low, high)
    assert (found is Verdict.NO_DIFFERENCE) == (low <= 0 <= high)
    assert (found is Verdict.HIGHER) == (low > 0)
    assert (found is Verdict.LOWER) == (high < 0)


def test_without_bounds_nothing_is_said():
    assert verdict(math.nan, 1.0) is verdict(1.0, math.nan) is Verdict.NO_INTERVAL


@given(st.lists(st.floats(-1e3, 1e3), min_size=1, max_size=8))
def test_the_words_of_a_difference_are_its_verdict(values):
    estimate = mean_estimate(np.array(values))
    words = difference_in_words(estimate)
    found = verdict(estimate.low, estimate.high)
    known = {
        Verdict.HIGHER: "higher",
        Verdict.LOWER: "lower",
        Verdict.NO_DIFFERENCE: NO_DIFFERENCE,
        Verdict.NO_INTERVAL: estimate.method,
    }
    assert words == known[found]


@given(st.integers(0, 10_000), st.integers(2, 6), st.integers(2, 8), st.floats(0, 30))
def test_a_first_is_named_only_when_established_above_all_others(seed, arms, count, apart):
    luck = np.random.default_rng(seed)
    values = luck.normal(0, 10, (arms, count)) + apart * np.arange(arms)[:, np.newaxis]
    names = tuple(f"s{n}" for n in range(arms))
    pairs = compare_pairs(names, values)
    order = order_of(ranks(names, values, pairs))
    above = {name: {p.other for p in pairs if p.arm == name and p.established} for name in names}
    alone = [name for name in names if len(above[name]) == arms - 1]
    assert (order.kind == "first") == bool(alone)
    for name in order.first:
        assert not any(name in others for others in above.values())
    assert (order.kind == "none") == (not any(above.values()))


def keys_of(table, path=""):
    for key, value in table.items():
        if isinstance(value, dict):
            yield from keys_of(value, f"{path}{key}.")
        else:
            yield f"{path}{key}"


@pytest.mark.parametrize("stem", ["{}", "columns_{}"])
def test_both_languages_have_the_same_keys(stem):
    english, french = (set(keys_of(texts(stem.format(language)))) for language in LANGUAGES)
    assert english == french


@pytest.mark.parametrize("language", LANGUAGES)
def test_both_languages_cite_the_same_cells(language):
    def cited(name):
        return {
            path: sorted(re.findall(r"\{[\w$][^{}]*\}", str(value)))
            for section, table in texts(name).items()
            if isinstance(table, dict)
            for path, value in ((f"{section}.{key}", v) for key, v in table.items())
        }

    assert cited(language) == cited("en")


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_number_is_typed_in_a_text(language):
    known = ("0–100", "1,000", "1 000")  # of units
    for section, table in texts(language).items():
        if section in ("units",):
            continue
        for key, value in table.items():
            plain = re.sub(r"\{[^{}]*\}|`[^`]*`", "", str(value))
            for unit in known:
                plain = plain.replace(unit, "")
            assert not re.search(r"\d", plain), f"{section}.{key}: {plain}"


def test_every_verdict_and_order_has_words():
    for language in LANGUAGES:
        assert {one.value for one in Verdict} <= set(texts(language)["readings"])
        assert {"best", "no_best", "only", "single"} <= set(texts(language)["findings"])


def test_every_parameter_is_told_in_french():
    told = texts("parameters_fr")
    found = {f"{topic}.{name}" for topic, names in told.items() for name in names}
    assert found == set(PARAMETERS)
    for names in told.values():
        for words in names.values():
            assert set(words) == {"meaning", "reference"} and all(words.values())


def test_units_and_outcomes_are_told():
    for language in LANGUAGES:
        units = texts(language)["units"]
        assert {p.unit for p in PARAMETERS.values()} <= set(units)
        assert set(COMPARED) <= set(texts(f"columns_{language}")["outcomes"])


def test_the_files_of_texts_are_whole():
    for path in (files("rebound_sim.report") / "texts").iterdir():
        if path.name.endswith(".toml"):
            assert tomllib.loads(path.read_text(encoding="utf-8"))


@given(FINITE, st.sampled_from(LANGUAGES), st.sampled_from([n for n in FORMATS if n != "chance"]))
def test_a_printed_number_is_the_number(value, language, form):
    text = Typography(language).write(value, form)
    kind = FORMATS[form]
    plain = re.sub(r"[\s\u00a0\u202f%€]|[Mk](?=€)", "", text).replace("\u2212", "-")
    plain = plain.replace(",", "." if language == "fr" else "")
    close = 0.5000001 * 10.0**-kind.digits * kind.divisor
    if kind.whole is not None:
        close = max(1.0, 1e-3 * abs(value))
    assert abs(float(plain) * kind.divisor - value) <= max(close, 1e-12 * abs(value))
    assert " " not in text


@given(st.text(st.sampled_from("ab ;:!?%«»'1"), max_size=30))
def test_french_punctuation_never_stands_after_a_plain_space(text):
    found = Typography("fr").punctuated(text)
    assert not re.search(r"(?<! ) [;:!?%»]", found) or "  " in text
    assert "'" not in found
    assert not re.search(r"« (?! )", found) or "  " in text


def test_known_texts_are_printed_as_france_prints_them():
    french, english = Typography("fr"), Typography("en")
    assert french.interval(3434.75, 3266.2, 3603.3, "count") == (
        f"3{NARROW}435\u00a0[3{NARROW}266{NARROW}; 3{NARROW}603]"
    )
    assert english.interval(3434.75, 3266.2, 3603.3, "count") == "3,435\u00a0[3,266; 3,603]"
    assert french.write(12_340.0, "keur") == "12,3\u00a0k€"
    assert french.write(1e8, "wholemeur") == "100\u00a0M€"
    assert french.write(11.94, "percent") == f"11,9{NARROW}%"
    assert french.write(-0.001, "one") == "0,0"
    assert french.chance(0.9999) == f"≥{NARROW}99{NARROW}%" and english.chance(0.5) == "50%"
    assert french.interval(27e6, 27e6, 27e6, "meur") == "27,0\u00a0M€"
