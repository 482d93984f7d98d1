"""The page holds what the tables hold, in both languages, and needs nothing from outside."""

import csv
import dataclasses
import io
import json
import re
from base64 import b64decode
from html.parser import HTMLParser

import numpy as np
import openpyxl
import pytest

from figures.subjects import sweep_subject
from rebound_sim.errors import InputError
from rebound_sim.experiment.manifest import Identity
from rebound_sim.experiment.sweep_run import SweepManifest
from rebound_sim.page.build import LARGEST_BYTES, page_of, write_page
from rebound_sim.page.comparison import ComparisonPage
from rebound_sim.page.files import CSV
from rebound_sim.page.sweep import SweepPage
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
        if "lang" in given and tag != "html":
            self.language = given["lang"]
        if "id" in given:
            assert given["id"] not in self.ids, f"two elements have the id {given['id']}"
            self.ids.add(given["id"])
        for name in ("src", "href"):
            address = given.get(name) or ""
            if address.startswith("#"):
                self.inside.add(address[1:])
            elif address and tag == "img":
                assert address.startswith("data:image/svg+xml")
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
    text = page_of(ComparisonPage(comparison, manifest))
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
    rows = list(
        csv.DictReader(
            io.StringIO(b64decode(reader.files["standings.csv"].partition(",")[2]).decode())
        )
    )
    told = {row["arm"]: float(row["median"]) for row in rows}
    for language in LANGUAGES:
        content = b64decode(reader.files[f"tables_{language}.xlsx"].partition(",")[2])
        book = openpyxl.load_workbook(io.BytesIO(content), read_only=True)
        medians = [row[2] for row in book["standings"].iter_rows(min_row=2, values_only=True)]
        assert medians == pytest.approx([s.median for s in comparison.standings], rel=1e-5)
    for standing in comparison.standings:
        if standing.arm in told:
            assert told[standing.arm] == pytest.approx(standing.median, rel=1e-5)
    assert set(GAINS) <= set(told)


def test_both_languages_have_the_same_words_and_say_the_same_counts(made_page):
    comparison, _, reader = made_page
    assert set(words_of("fr")) == set(words_of("en"))
    assert (
        set(words_of("fr", one_zone=True))
        == set(words_of("fr"))
        == set(words_of("en", one_zone=True))
    )
    assert set(words_of("rows_fr")) == set(words_of("rows_en"))
    best = next(s for s in comparison.standings if s.arm != "none")
    for language in LANGUAGES:
        assert f"{best.beats_none:.0f} / {best.worlds}" in reader.text[language]
    assert "au mérite" in reader.text["fr"]
    assert "{" not in reader.text["fr"] + reader.text["en"]


def test_names_of_users_stay_text():
    comparison, manifest = made({"equal": 10.0}, replications=3)
    evil = "</script><img src=x onerror=alert(1)>"
    object.__setattr__(comparison.panels, "title", evil)
    object.__setattr__(comparison.panels, "names", {"0051": evil})
    text = page_of(ComparisonPage(comparison, manifest))
    assert "<img" not in text
    data = re.search(r'id="data">(.*?)</script>', text, re.S)[1]
    assert json.loads(data)["zones"][0]["name"] == evil


def test_a_large_comparison_fits_and_names_the_tables_that_have_no_room(monkeypatch):
    from rebound_sim.page import build

    page = ComparisonPage(*made(GAINS, replications=12))
    limit = len(page_of(page).encode()) - 1
    tables = [file for file in page.files() if file.kind == CSV]
    largest = max(tables, key=lambda file: file.weight).name
    monkeypatch.setattr(build, "LARGEST_BYTES", limit)
    text = page_of(page)
    assert len(text.encode()) <= limit
    assert 'download="standings.csv"' in text
    assert f'download="{largest}"' not in text
    assert text.count(f"<code>{largest}</code>") == 2  # named, once a language


def test_one_strategy_one_world_and_one_zone():
    comparison, manifest = made({"equal": 10.0}, replications=1, zones=("0051",))
    text = page_of(ComparisonPage(comparison, manifest), "en")
    assert '<html lang="en">' in text
    assert "1 / 1" in text


def sweep_page(folder, factors=None):
    """The page of a small sweep in memory; its files are in the folder."""
    table = sweep_subject().sweep
    if factors is not None:
        table = dataclasses.replace(table, factors=factors)
    (folder / "design.csv").write_text("point,programme.start_month\n0,0\n", encoding="utf-8")
    manifest = SweepManifest(
        identity=Identity({"rebound-sim": "0.0"}, 3, "d1", "9a", {}),
        sweep={},
        command=["rebound", "sweep", "a b.toml"],
        points=6,
    )
    return SweepPage(table, manifest, folder)


def test_the_page_of_a_sweep_has_every_point_its_figures_and_its_files(tmp_path):
    page = sweep_page(tmp_path)
    text = page_of(page)
    reader = Reader()
    reader.feed(text)
    assert reader.outside == [] and reader.inside <= reader.ids
    assert set(reader.files) == {"design.csv"}
    assert "rebound sweep &#39;a b.toml&#39;" in text
    data = json.loads(re.search(r'id="data">(.*?)</script>', text, re.S)[1])["sweep"]
    assert data["crossed"] is True
    best = max(max(row) for row in data["median"])
    # The highest point is told in both languages, as the table has it.
    for language in LANGUAGES:
        assert f"{best:,.0f}" in reader.text[language]
    images = re.findall(r'<img src="data:image/svg[^"]*" alt="([^"]+)"', text)
    assert len(images) == 8 and all(len(words) > 40 for words in images)


def test_the_strongest_factor_is_said_to_be_established_only_where_it_is(tmp_path):
    page = sweep_page(tmp_path)
    table = page.table
    # As much up in one replication as down in the next: 0 on average, at any level.
    signs = np.resize([1.0, -1.0], table.values.shape[2])
    signs -= signs.mean()
    values = np.zeros(table.values.shape) + 50.0 * np.arange(len(table.points))[:, None, None]
    flat, clear = (
        dataclasses.replace(page, table=dataclasses.replace(table, values=one))
        for one in (values * signs, values + signs)
    )
    for language, words in (("en", "No factor is established"), ("fr", "Aucun facteur ne change")):
        told = " ".join(flat.article(language)["answers"])
        assert words in told and "programme." not in told
        assert words not in " ".join(clear.article(language)["answers"])


def test_a_sampled_design_is_not_a_grid(tmp_path):
    factors = {"programme.start_month": tuple("012345"), "search.effort": tuple("543210")}
    assert sweep_page(tmp_path, factors).data()["sweep"]["crossed"] is False


def test_other_folders_are_refused(tmp_path):
    with pytest.raises(InputError, match=r"manifest\.json"):
        write_page(tmp_path, tmp_path / "page.html")
