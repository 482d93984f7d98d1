"""Figures of a programme by their structure: words, units, source, nothing cut, numbers beside."""

import csv

import numpy as np
import pytest

from programme_results import programme
from rebound_sim.figures import draw, house_style
from rebound_sim.figures.draw import USUAL, draw_figures, pictures
from rebound_sim.figures.subject import Subject
from rebound_sim.statistics.programme.comparison import find
from rebound_sim.statistics.programme.summary import RANKED, Summary


def _pictures(comparison):
    return pictures(Subject("programme", made=comparison))


NAMES = [
    "worlds",
    "duels",
    "strategies",
    "pairs",
    "efficiency_equity",
    "costs",
    "money",
    "zones_gap",
    "zones_map",
]
ZONES = ("0051", "0052", "5301", "7625", "8426", "9312", "1105")
GAINS = {"engineering_first": [40, 30, 20, 10, 5, 5, 5], "equal": 12.0, "idle": 0.0}


@pytest.fixture(scope="module")
def comparison():
    return Summary(programme(GAINS, zones=ZONES, replications=6, noise=4.0))


@pytest.fixture(scope="module")
def drawn(comparison):
    with house_style():
        found = {picture.name: picture for picture in _pictures(comparison)}
        for picture in found.values():
            picture.figure.draw_without_rendering()
    return found


def test_a_comparison_ends_with_the_usual_figures(drawn):
    assert set(NAMES) == set(USUAL["programme"]) <= set(drawn)


@pytest.mark.parametrize("name", NAMES)
def test_nothing_leaves_the_page_and_axes_leave_room_to_words(drawn, name):
    figure = drawn[name].figure
    renderer = figure.canvas.get_renderer()
    for part in (*figure.axes, *figure.texts, *figure.legends):
        box = part.get_tightbbox(renderer)
        assert box.x0 >= 0 and box.y0 >= 0, part
        assert box.x1 <= figure.bbox.x1 and box.y1 <= figure.bbox.y1, part
    words = [(text.get_text(), text.get_window_extent(renderer)) for text in figure.texts]
    words += [("legend", legend.get_window_extent(renderer)) for legend in figure.legends]
    for axes in figure.axes:
        for text, box in words:
            assert not axes.get_tightbbox(renderer).overlaps(box), (text, axes)
    for place, (text, box) in enumerate(words):
        for other, second in words[place + 1 :]:
            assert not box.overlaps(second), (text, other)


@pytest.mark.parametrize("name", NAMES)
def test_the_source_the_replications_and_the_units_are_said(drawn, name):
    figure = drawn[name].figure
    words = " ".join(text.get_text() for text in figure.texts)
    assert "6 replications" in words and "seed 0" in words and "7 zones" in words
    labels = [axes.get_xlabel() + axes.get_ylabel() for axes in figure.axes]
    units = ("jobs", "Jobs", "EUR", "Months", "Million EUR", "degrees", "%")
    assert any(unit in label for unit in units for label in (*labels, words))


def test_numbers_drawn_are_those_of_the_tables(comparison, drawn):
    table = drawn["strategies"].table
    for place, strategy in enumerate(table["arm"]):
        row = find(comparison.rows, "additional_jobs", strategy)
        assert table["additional_jobs_mean"][place] == row.estimate
        assert table["additional_jobs_low95"][place] == row.low
    costs = drawn["costs"].table
    hidden = costs["arm"].index("idle")
    assert np.isnan(costs["thousand_eur_per_additional_job"][hidden])
    zones = drawn["zones_map"].table
    total = find(comparison.rows, "additional_jobs", table["arm"][0]).estimate
    assert zones["additional_jobs_mean"].sum() == pytest.approx(total)
    money = drawn["money"].table
    assert max(money["envelope_eur"]) == 10_000_000


def test_files_are_written_with_the_columns_drawn(comparison, tmp_path):
    paths = draw_figures(Subject("programme", made=comparison), tmp_path)
    assert sorted(path.name for path in paths) == sorted(
        f"{name}.{suffix}" for name in NAMES for suffix in ("png", "svg", "csv")
    )
    with (tmp_path / "figures" / "zones_gap.csv").open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    assert len(rows) == len(ZONES) * 120


def test_panels_of_zones_have_one_scale_and_each_its_jobs(comparison):
    picture = draw("zones_gap", Subject("programme", made=comparison))
    panels = [axes for axes in picture.figure.axes if axes.get_title(loc="left")]
    assert len({axes.get_ylim() for axes in panels}) == 1 and len(panels) == len(ZONES)
    table = picture.table
    closed = dict(zip(table["zone"], table["jobs_closed"], strict=True))
    for axes, (zone, jobs) in zip(panels, closed.items(), strict=True):
        rows = np.array(table["zone"]) == zone
        gap = comparison.panels.zone(zone).difference("workplace_employment", "none", "no_shock")
        drawn = np.array(table["none_mean"])[rows]
        assert drawn[-1] * jobs / 100.0 == pytest.approx(gap[:, -1].mean())
        assert f"{jobs}" in axes.get_title(loc="left").replace(",", "")


def test_one_replication_is_drawn_without_intervals_or_pairs():
    single = Summary(programme(GAINS, zones=ZONES, replications=1))
    with house_style():
        found = {picture.name: picture for picture in _pictures(single)}
    assert "pairs" not in found
    below = " ".join(found["strategies"].figure.texts[-1].get_text().split())
    assert "no interval can be given" in below
    assert "not an effect" in below


def test_synthetic_zones_have_no_map_and_no_strategy_no_figure():
    labels = Summary(programme({"a": 5.0}, zones=("north", "south"), replications=2))
    with house_style():
        assert "zones_map" not in [picture.name for picture in _pictures(labels)]
        failed = programme({"a": 5.0}, failed={"a": {0: "x"}})
        assert list(_pictures(Summary(failed))) == []


def test_counts_of_worlds_with_at_least_so_many_jobs_are_those_of_the_comparison():
    comparison = Summary(programme(GAINS, zones=ZONES, replications=6, noise=4.0))
    table = draw("at_least", Subject("programme", made=comparison)).table
    worlds = comparison.worlds[RANKED]
    for arm, jobs, held in zip(
        table["arm"], table["jobs"], table["worlds_with_at_least"], strict=True
    ):
        own = worlds.values[worlds.names.index(arm)]
        assert held == sum(value >= jobs for value in own)
    for arm in set(table["arm"]):
        assert all(np.diff(table["worlds_with_at_least"][np.array(table["arm"]) == arm]) <= 0)
