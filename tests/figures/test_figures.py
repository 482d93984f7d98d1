"""Figures by their structure: words, axes, legends, nothing cut, and the drawn numbers beside."""

import csv
import dataclasses
import subprocess
import sys

import numpy as np
import pytest

from panels_in_memory import with_columns
from rebound_sim.figures import draw_figures, house_style, pictures
from rebound_sim.figures.context import PolicyContext
from rebound_sim.figures.displaced import displaced_picture
from rebound_sim.figures.employment import employment_picture
from rebound_sim.figures.funnel import funnel_picture
from rebound_sim.figures.money import money_picture
from rebound_sim.figures.texts import TEXTS
from rebound_sim.policies.instruments import INSTRUMENTS
from rebound_sim.statistics.employment import additional_jobs
from synthetic_results import read_panels, write_results

#: Figures of one policy against none, and those of all policies together.
NAMES = ["employment", "displaced", "funnel", "money"]
TOGETHER = ["job_account", "job_shares", "costs", "solutions", "hires", "unemployment"]


@pytest.fixture(scope="module")
def drawn(folder):
    with house_style():
        found = {picture.name: picture for picture in pictures(folder)}
        for picture in found.values():
            picture.figure.draw_without_rendering()
    return found


def data_axes(figure):
    return [axes for axes in figure.axes if axes.axison]


def test_a_run_has_its_own_figures_and_those_of_a_comparison(drawn):
    assert set(drawn) == {*NAMES, *TOGETHER}


def check_layout(figure):
    """Nothing leaves the canvas; axes leave room to titles and notes; words do not meet."""
    renderer = figure.canvas.get_renderer()
    for part in (*figure.axes, *figure.texts):
        box = part.get_tightbbox(renderer)
        assert box.x0 >= 0 and box.y0 >= 0, part
        assert box.x1 <= figure.bbox.x1 and box.y1 <= figure.bbox.y1, part
    for axes in figure.axes:
        for text in figure.texts:
            assert not axes.get_tightbbox(renderer).overlaps(text.get_window_extent(renderer))
    words = [*figure.texts]
    for axes in data_axes(figure):
        words += [axes.xaxis.label, axes.yaxis.label, axes._left_title]
        if axes.get_legend() is not None:
            words += axes.get_legend().get_texts()
    boxes = [
        (text.get_text(), text.get_window_extent(renderer)) for text in words if text.get_text()
    ]
    for place, (text, box) in enumerate(boxes):
        for other, second in boxes[place + 1 :]:
            assert not box.overlaps(second), (text, other)


@pytest.mark.parametrize("name", NAMES)
def test_nothing_is_cut_and_words_do_not_meet(drawn, name):
    check_layout(drawn[name].figure)


def test_long_titles_and_many_instruments_stay_on_the_page(folder):
    panels = read_panels(folder)
    money = panels.read("grants_envelope_total_eur").values[:, 0]
    envelopes = {f"{name}_envelope_total_eur": money for name in INSTRUMENTS}
    titles = {"rebond": "all the money that there is " * 9}
    panels = dataclasses.replace(with_columns(panels, envelopes), titles=titles)
    context = PolicyContext(panels, "rebond", "where, when, what and how much " * 9, "0.1.0", 2**62)
    with house_style():
        for draw in (employment_picture, displaced_picture, funnel_picture, money_picture):
            figure = draw(context).figure
            figure.draw_without_rendering()
            check_layout(figure)


@pytest.mark.parametrize("name", NAMES)
def test_axes_have_titles_units_and_the_figure_its_source(drawn, name):
    figure = drawn[name].figure
    for axes in data_axes(figure):
        assert axes._left_title.get_text()
    assert any(axes.get_ylabel() for axes in data_axes(figure))
    assert any(axes.get_xlabel() for axes in data_axes(figure))
    below = figure.texts[-1].get_text()
    assert "8 replications" in below
    assert "seed 3" in below
    if name != "money":
        assert "95 % interval" in " ".join(below.split())


@pytest.mark.parametrize("name", ["displaced", "money"])
def test_layers_and_lines_are_named(drawn, name):
    figure = drawn[name].figure
    labels = [
        text.get_text()
        for axes in figure.axes
        if axes.get_legend()
        for text in axes.get_legend().get_texts()
    ]
    assert len(labels) >= 5
    assert set(labels) <= set(TEXTS["en"]["run"].values())


def test_the_effect_of_the_policy_has_its_own_scale(drawn, panels):
    axes = drawn["employment"].figure.axes[-1]
    highest = additional_jobs(panels, "rebond").mean(axis=0).max()
    assert axes.get_ylim()[1] < 2 * highest


def test_layers_of_the_displaced_reach_100_percent(drawn):
    table = drawn["displaced"].table
    for arm in ("none", "rebond"):
        layers = [values for name, values in table.items() if name.startswith(f"{arm}_")]
        assert len(layers) == 9  # movers are in none
        assert np.allclose(np.sum(layers, axis=0), 100.0)


def test_layers_of_money_reach_the_envelope(drawn):
    table = drawn["money"].table
    for name in ("engineering", "grants"):
        layers = sum(
            table[f"{name}_{kind}_eur"]
            for kind in ("kept", "returned", "to_pay", "cancelled", "uncommitted")
        )
        assert np.allclose(layers, table[f"{name}_envelope_eur"])


def test_files_are_written_with_the_numbers_drawn(folder, panels):
    paths = draw_figures(folder)
    assert sorted(path.name for path in paths) == sorted(
        f"{name}.{suffix}" for name in [*NAMES, "hires"] for suffix in ("png", "svg", "csv")
    )
    with (folder / "figures" / "employment.csv").open(encoding="utf-8", newline="") as stream:
        read = list(csv.DictReader(stream))
    assert len(read) == panels.horizon
    mean = additional_jobs(panels, "rebond").mean(axis=0)[-1]
    assert float(read[-1]["policy_effect_mean"]) == pytest.approx(mean)
    png = (folder / "figures" / "employment.png").read_bytes()
    assert int.from_bytes(png[16:20], "big") == 1420  # 7.1 inches at 200 dpi


def test_one_replication_and_several_policies_are_drawn_without_intervals(tmp_path):
    folder = write_results(
        tmp_path, replications=1, months=30, policies=("rebond", "revitalisation")
    )
    with house_style():
        found = {picture.name: picture for picture in pictures(folder)}
    assert "employment_rebond" in found
    assert "money_revitalisation" in found
    below = found["employment_rebond"].figure.texts[-1].get_text()
    assert "no interval can be given" in below
    assert "not an effect" in below


def test_figures_leave_the_settings_of_the_caller_alone():
    program = (
        "import matplotlib, rebound_sim.figures as f; before = matplotlib.rcParams.copy()\n"
        "with f.house_style(): pass\n"
        "print(before == matplotlib.rcParams.copy())\n"
        "import sys; print('matplotlib.pyplot' in sys.modules)"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    assert done.stdout.split() == ["True", "False"]
