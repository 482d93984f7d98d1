"""Where figures stand in print: after their text, before the next heading, and pages full."""

import io
import json
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from matplotlib.image import imread

from rebound_sim.report import render_pdf
from rebound_sim.report.build import document_of
from rebound_sim.report.pages import (
    SCALES,
    PagePlace,
    Piece,
    arranged,
    pieces_of,
    usual_shape,
)
from rebound_sim.report.settings import ReportSettings

ROOM = 700.0
TEXT = st.builds(
    lambda height, parts: Piece("text", height, 10.0, 10.0, parts=parts),
    st.floats(10.0, 400.0),
    st.sampled_from([1, 1, 3, 6, 20]),
)
DRAWING = st.builds(
    lambda picture, widest: Piece("drawing", 30.0, 15.0, 15.0, picture, widest),
    st.floats(80.0, 500.0),
    st.sampled_from([1.0, 1.2]),
)
HEADING = st.just(Piece("heading", 12.0, 24.0, 12.0))
PIECES = st.lists(
    st.one_of(TEXT, TEXT, DRAWING, HEADING, st.just(Piece("page", 0, 0, 0))), max_size=25
)


@settings(max_examples=150, deadline=None)
@given(PIECES)
def test_figures_move_only_inside_their_section_and_keep_their_order(pieces):
    places = arranged(pieces, ROOM, 150.0)
    assert sorted(place.block for place in places) == list(range(len(pieces)))
    for kind in ("drawing", "text"):
        order = [p.block for p in places if pieces[p.block].kind == kind]
        assert order == sorted(order)
    for rank, place in enumerate(places):
        piece = pieces[place.block]
        assert place.scale in SCALES and place.scale <= max(piece.widest, 1.0)
        if piece.kind != "text":
            before = {p.block for p in places[:rank]}
            assert before >= set(range(place.block)) or piece.kind == "drawing"
        if piece.kind in ("heading", "page"):
            assert rank == place.block  # all that precedes stands before it


def test_a_figure_lets_the_table_fill_the_page_or_becomes_smaller():
    text, table = (Piece("text", height, 10.0, 10.0) for height in (500.0, 150.0))
    figure = Piece("drawing", 30.0, 15.0, 15.0, 250.0)
    assert [p.block for p in arranged([text, figure, table], ROOM)] == [0, 2, 1]
    assert arranged([text, replace(figure, picture=190.0)], ROOM)[1].scale < 1.0
    assert arranged([text], ROOM) == [PagePlace(0)] and arranged([], ROOM) == []


def test_a_part_does_not_end_on_a_page_that_is_nearly_empty():
    """The last lines of a part are brought back by a smaller figure, where that is enough."""
    text, last = Piece("text", 325.0, 10.0, 10.0), Piece("text", 30.0, 10.0, 10.0)
    figure = Piece("drawing", 30.0, 15.0, 15.0, 330.0)
    end = Piece("page", 0.0, 0.0, 0.0)
    alone = arranged([text, figure, last], ROOM)
    ended = arranged([text, figure, last, end, text], ROOM)
    assert ended[1].scale < alone[1].scale == 1.0


def test_the_smallest_words_of_a_tall_figure_can_be_read():
    for flat in (0.4, 0.8, 1.2, 1.6):
        width, own = usual_shape(f'<svg width="511.2pt" height="{511.2 * flat}pt">')
        printed = 470.6 * width / 511.2  # over the size in which it is drawn
        assert own == pytest.approx(flat)
        assert 7.0 * printed * min(SCALES) > 4.7 or flat * width > 1.3
        assert flat * width * 470.6 < 640.0  # a page holds it with its caption


@pytest.mark.parametrize("language", ["en", "fr"])
def test_columns_hold_their_longest_word_and_their_numbers(documents, language):
    """As the typesetter measures them, so that headings do not meet and intervals stay whole."""
    document, *_ = documents[language]
    told = render_pdf._typeset(
        document,
        render_pdf._data(document),
        lambda compiler: compiler.query("<columns>", field="value"),
    )
    tables = json.loads(told)
    assert len(tables) == sum(block.kind == "grid" for block in document.blocks) > 10
    for table in tables:
        assert all(width > least - 0.01 for width, least in table)
        assert sum(width for width, _ in table) == pytest.approx(470.6, abs=1.0)


def test_no_figure_parts_a_table_from_its_note():
    blocks = [
        {"kind": "paragraph", "role": "text"},
        {"kind": "drawing", "width": 1.0, "flat": 0.5},
        {"kind": "grid"},
        {"kind": "paragraph", "role": "note"},
        {"kind": "paragraph", "role": "text"},
    ]
    pieces = pieces_of(blocks, [480.0, 30.0, 160.0, 30.0, 20.0])
    assert [piece.note for piece in pieces] == [False, False, False, True, False]
    for height in np.arange(100.0, 620.0, 20.0):
        places = arranged([replace(pieces[0], height=height), *pieces[1:]], ROOM)
        order = [place.block for place in places]
        assert order.index(3) == order.index(2) + 1


def test_little_white_is_left_at_the_feet_of_pages(documents):
    """Of the first half, which the text takes: annexes have long tables and large figures."""
    for document, *_ in documents.values():
        data = render_pdf._data(document)
        data["blocks"] = render_pdf._arranged(document, data)
        pictures = render_pdf._typeset(document, data, lambda c: c.compile(format="png", ppi=20))
        white = np.array([white_of(picture) for picture in pictures[: len(pictures) // 2]])
        assert len(white) >= 5
        assert white.max() < 0.25 and white.mean() < 0.10, white


def white_of(picture: bytes) -> float:
    """Share of a page's height of text that is white at its foot."""
    grey = imread(io.BytesIO(picture))[..., :3].mean(axis=2)
    foot = round(len(grey) * (297 - 22) / 297)
    inked = np.flatnonzero((grey[:foot] < 0.8).any(axis=1))
    return float(foot - 1 - inked.max()) / (len(grey) * (297 - 44) / 297)


def test_contents_follow_the_findings_of_a_whole_report(compared, documents):
    blocks = documents["en"][0].blocks
    places = [place for place, block in enumerate(blocks) if block.kind == "contents"]
    headings = [place for place, block in enumerate(blocks) if block.kind == "heading"]
    assert len(places) == 1 and headings[0] < places[0] < headings[1]
    short = ReportSettings(sections=("findings", "jobs"), annexes=())
    document, *_ = document_of(*compared, "en", settings=short)
    assert all(block.kind != "contents" for block in document.blocks)
