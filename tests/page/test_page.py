"""The page holds what the tables hold, in both languages, and needs nothing from outside."""

import csv
import io
import json
import re
from base64 import b64decode
from html.parser import HTMLParser

import pytest

from rebound_sim.page.build import LARGEST_BYTES, page_of
from rebound_sim.page.texts import LANGUAGES, words_of
from report_programmes import made

GAINS = {"equal": 60.0, "merit": 90.0, "mine": -20.0}


class Reader(HTMLParser):
    """Elements with an address, ids, links inside, and text by language."""

    def __init__(self):
        super().__init__()
        self.outside, self.ids, self.inside, self.files = [], set(), set(), {}
        self.language, self.text = None, {}
        self.skipping = False

    def handle_starttag(self, tag, attributes):
        given = dict(attributes)
        self.skipping = tag in ("script", "style")
        if tag == "article":
            self.language = given["lang"]
        if "id" in given:
            assert given["id"] not in self.ids, f"two elements have the id {given['id']}"
            self.ids.add(given["id"])
        for name in ("src", "href"):
            address = given.get(name) or ""
            if address.startswith("#"):
                self.inside.add(address[1:])
            elif address.startswith("data:"):
                self.files[given["download"]] = address
            elif address:
                self.outside.append(address)

    def handle_data(self, data):
        if self.language and not self.skipping:
            self.text[self.language] = self.text.get(self.language, "") + data


@pytest.fixture(scope="module")
def made_page():
    comparison, manifest = made(GAINS, replications=12)
    text = page_of(comparison, manifest)
    reader = Reader()
    reader.feed(text)
    return comparison, text, reader


def test_nothing_comes_from_outside_and_every_link_arrives(made_page):
    _, text, reader = made_page
    assert reader.outside == []
    assert reader.inside <= reader.ids
    assert "default-src 'none'" in text
    # The name of SVG in documents is no address.
    assert re.findall(r"https?://[^\"]*", text) == ["http://www.w3.org/2000/svg"]
    assert len(text.encode()) < LARGEST_BYTES


def test_tables_of_the_page_are_those_of_the_statistics(made_page):
    comparison, _, reader = made_page
    rows = list(csv.DictReader(io.StringIO(
        b64decode(reader.files["standings.csv"].partition(",")[2]).decode()
    )))  # fmt: skip
    told = {row["strategy"]: float(row["median"]) for row in rows}
    for standing in comparison.standings:
        if standing.strategy in told:
            assert told[standing.strategy] == pytest.approx(standing.median, rel=1e-5)
    assert set(GAINS) <= set(told)


def test_both_languages_have_the_same_words_and_say_the_same_counts(made_page):
    comparison, _, reader = made_page
    assert set(words_of("fr")) == set(words_of("en"))
    assert set(words_of("rows_fr")) == set(words_of("rows_en"))
    best = next(s for s in comparison.standings if s.strategy != "none")
    for language in LANGUAGES:
        assert f"{best.beats_none:.0f} / {best.worlds}" in reader.text[language]
    assert "au mérite" in reader.text["fr"]
    assert "{" not in reader.text["fr"] + reader.text["en"]


def test_names_of_users_stay_text():
    comparison, manifest = made({"equal": 10.0}, replications=3)
    evil = "</script><img src=x onerror=alert(1)>"
    object.__setattr__(comparison.panels, "title", evil)
    object.__setattr__(comparison.panels, "names", {"0051": evil})
    text = page_of(comparison, manifest)
    assert "<img" not in text
    data = re.search(r'id="data">(.*?)</script>', text, re.S)[1]
    assert json.loads(data)["zones"][0]["name"] == evil


def test_a_large_comparison_fits_and_keeps_the_tables_that_have_room(monkeypatch):
    from rebound_sim.page import build

    comparison, manifest = made(GAINS, replications=12)
    monkeypatch.setattr(build, "LARGEST_BYTES", 1_200_000)
    text = page_of(comparison, manifest)
    assert len(text.encode()) <= 1_200_000
    assert 'download="standings.csv"' in text
    assert 'download="zone_outcomes.csv"' not in text


def test_one_strategy_one_world_and_one_zone():
    comparison, manifest = made({"equal": 10.0}, replications=1, zones=("0051",))
    text = page_of(comparison, manifest, "en")
    assert '<html lang="en">' in text
    assert "1 / 1" in text
