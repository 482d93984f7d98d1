"""A compact drawing is the same drawing, in fewer characters."""

import io
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from matplotlib.backends.backend_svg import FigureCanvasSVG
from matplotlib.figure import Figure

from rebound_sim.figures.compact_svg import compact

NUMBER = st.floats(-2000, 2000).map(lambda value: round(value, 6))
STEP = st.one_of(
    st.tuples(st.sampled_from("ML"), st.tuples(NUMBER, NUMBER)),
    st.tuples(st.just("Q"), st.tuples(*[NUMBER] * 4)),
    st.tuples(st.just("C"), st.tuples(*[NUMBER] * 6)),
    st.tuples(st.just("z"), st.just(())),
)


def points(data):
    """Absolute points of a path, whatever its letters (an independent reader of the grammar)."""
    found, here, start, letter = [], (0.0, 0.0), (0.0, 0.0), ""
    sizes = {"M": 2, "L": 2, "Q": 4, "C": 6}
    tokens = re.findall(r"[A-Za-z]|-?(?:\d+\.?\d*|\.\d+)", data)
    while tokens:
        if tokens[0].isalpha():
            letter = tokens.pop(0)
        if letter in "zZ":
            here = start
            continue
        size = sizes[letter.upper()]
        values, tokens = [float(t) for t in tokens[:size]], tokens[size:]
        base = here if letter.islower() else (0.0, 0.0)
        pairs = [(x + base[0], y + base[1]) for x, y in zip(values[::2], values[1::2], strict=True)]
        found += pairs
        here = pairs[-1]
        if letter in "mM":
            start, letter = here, "l" if letter == "m" else "L"
    return found


@given(st.tuples(NUMBER, NUMBER), st.lists(STEP, min_size=1, max_size=30))
def test_points_stay_within_a_hundredth_however_long_the_path(first, steps):
    data = f"M {first[0]:f} {first[1]:f} " + " ".join(
        f"{letter} {' '.join(f'{number:f}' for number in numbers)}" for letter, numbers in steps
    )
    short = re.search(r' d="([^"]*)"', compact(f'<svg><path d="{data}"/></svg>'))[1]
    for was, now in zip(points(data), points(short), strict=True):
        assert now == pytest.approx(was, abs=0.0101)


def test_a_form_of_path_that_is_not_known_is_left_alone():
    for data in ("M 1.23456 2 A 1 1 0 0 1 3 3", "m 1.23456 2 l 3 3", "M 1", ""):
        assert compact(f'<path d="{data}"/>') == f'<path d="{data}"/>'


def test_a_drawing_with_letters_takes_less_room():
    figure = Figure(figsize=(4, 3))
    FigureCanvasSVG(figure)
    axes = figure.add_subplot()
    axes.plot([n**0.5 for n in range(200)])
    axes.set_title("Emplois additionnels après 84 mois")
    stream = io.StringIO()
    figure.savefig(stream, format="svg")
    long = stream.getvalue()
    assert len(compact(long)) < 0.85 * len(long)
