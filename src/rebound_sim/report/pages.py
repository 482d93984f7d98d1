"""Where figures stand in print, how wide they are and which long tables stay whole, so that pages
are full.

A figure stands after the text that it illustrates and before the next heading; inside its section
it may let paragraphs and tables go first, and be a little smaller or larger. Among these ways of
setting the report, a beam search keeps those that leave least white at the feet of pages. Heights
come from the typesetter, which then breaks pages by itself: an error of some points costs white,
nothing else.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Final

#: Width of the text and height of a line in points, as the template has them.
_WIDTH, _LINE = 470.6, 13.4
#: Usual height of a figure over the width of the text, at most.
_USUAL_HEIGHT: Final = 0.62
#: A figure's usual width over its own, at least: its smallest words, of 7 points, stay legible.
_SMALLEST: Final = 0.86
#: Height of a picture that a page holds with its caption, over the width of the text.
_PAGE_HEIGHT: Final = 1.35
#: Widths of a figure over its usual one, and what a tenth of change costs. Smallest words of 7
#: points are printed in 4.8 at least.
SCALES: Final = (1.0, 0.96, 0.92, 0.88, 0.84, 0.80, 1.06, 1.12)
_SCALE_COST, _WAIT_COST, _CUT_COST, _PARTED_COST = 0.10, 0.06, 0.35, 0.5
#: White at the foot of a page costs its share of the page, squared, times this.
_WHITE_COST: Final = 100.0
#: The same for a page that a part of the report ends: half of it may be white, not most of it.
_ENDED_COST: Final = 60.0
#: Lines or rows that a break leaves on either side, at least.
_KEPT: Final = 2
_MOST_PASSED: Final = 4  # blocks that go before a figure that waits
_BEAM: Final = 120  # states kept at each step
_GRAIN: Final = 5.0  # points: states as near as this are one


@dataclass(frozen=True)
class Piece:
    """A block as pages see it. Lengths in points.

    kind   : "heading", "drawing", "page" (what follows opens one), or "text" for all others
    height : of what does not change with the scale    picture : height of a figure's picture
    widest : largest scale of a figure that the page can hold
    parts  : lines, items or rows between which it can be cut; 1: it stays whole
    optional : it may stay whole, where a page holds it
    note     : it explains what precedes, from which no figure parts it
    """

    kind: str
    height: float
    above: float
    below: float
    picture: float = 0.0
    widest: float = 1.0
    parts: int = 1
    optional: bool = False
    note: bool = False


@dataclass(frozen=True)
class PagePlace:
    """What stands next: a block, the scale of a figure, whether a long table stays whole."""

    block: int
    scale: float = 1.0
    whole: bool = False


@dataclass(frozen=True)
class _State:
    """Blocks placed so far. following : the first not placed, apart from the figure that waits
    since `passed` blocks"""

    cost: float
    filled: float
    below: float
    following: int
    waiting: int | None = None
    passed: int = 0
    last: PagePlace | None = None
    before: _State | None = field(default=None, repr=False)


def arranged(pieces: Sequence[Piece], room: float, first: float = 0.0) -> list[PagePlace]:
    """The blocks in the order in which they are printed.

    room : height of a page    first : what stands on the first page before them
    """
    states = [_State(0.0, first, 0.0, 0)]
    for _ in pieces:
        found: dict[tuple[int, int | None, int, int], _State] = {}
        for state in states:
            for after in _next(state, pieces, room):
                key = (
                    after.following,
                    after.waiting,
                    round(after.filled / _GRAIN),
                    round(after.below),
                )
                if key not in found or after.cost < found[key].cost:
                    found[key] = after
        states = sorted(found.values(), key=lambda one: one.cost)[:_BEAM]
    best: _State | None = min(states, key=lambda one: one.cost)
    places = []
    while best is not None and best.last is not None:
        places.append(best.last)
        best = best.before
    return places[::-1]


def _next(state: _State, pieces: Sequence[Piece], room: float) -> Iterator[_State]:
    """All ways to place one block more."""
    following, waiting = state.following, state.waiting
    noted = following < len(pieces) and pieces[following].note
    if waiting is not None and not noted:
        done = replace(state, waiting=None, passed=0)
        for scale in _scales(pieces[waiting]):
            yield from _placed(done, state, PagePlace(waiting, scale), pieces, room)
    if following == len(pieces):
        return
    piece = pieces[following]
    on = replace(state, following=following + 1)
    if piece.kind == "drawing":
        if waiting is not None:
            return
        for scale in _scales(piece):
            yield from _placed(on, state, PagePlace(following, scale), pieces, room)
        if following + 1 < len(pieces) and pieces[following + 1].kind == "text":
            late = replace(on, waiting=following)
            yield from _next(late, pieces, room)
        return
    if waiting is not None:
        if piece.kind != "text" or (state.passed >= _MOST_PASSED and not noted):
            return
        on = replace(on, passed=state.passed + 1, cost=on.cost + _WAIT_COST)
    yield from _placed(on, state, PagePlace(following), pieces, room)
    if piece.optional and piece.height <= room:
        yield from _placed(on, state, PagePlace(following, whole=True), pieces, room)


def _scales(piece: Piece) -> Iterator[float]:
    yield from (scale for scale in SCALES if scale <= piece.widest)


def _placed(
    on: _State, before: _State, place: PagePlace, pieces: Sequence[Piece], room: float
) -> Iterator[_State]:
    """The state once a block is placed, here or on a new page."""
    piece = pieces[place.block]
    cost = on.cost + _SCALE_COST * abs(1.0 - place.scale) * 10.0
    if piece.kind == "page":
        cost += _ENDED_COST * ((room - on.filled) / room) ** 4 if on.filled else 0.0
        yield replace(on, cost=cost, filled=0.0, below=0.0, last=place, before=before)
        return
    height = piece.height + piece.picture * place.scale
    top = on.filled + (max(on.below, piece.above) if on.filled else 0.0)
    needed = _start_of(place.block + 1, pieces) + piece.below if piece.kind == "heading" else 0.0
    if top + height + needed <= room:
        filled = top + height
    elif piece.parts > 1 and not place.whole and (rest := _rest(piece, room - top, room)):
        filled = rest
        cost += _CUT_COST * piece.optional
    else:
        cost += _WHITE_COST * ((room - on.filled) / room) ** 2 if on.filled else 0.0
        cost += _PARTED_COST * piece.note
        filled = height if height <= room else math.fmod(height, room)
    yield replace(on, cost=cost, filled=filled, below=piece.below, last=place, before=before)


def _rest(piece: Piece, free: float, room: float) -> float:
    """What goes over to the next page when a block is cut; 0 where it cannot be cut here."""
    step = piece.height / piece.parts
    here = min(int(free / step), piece.parts - _KEPT)
    if here < _KEPT:
        return 0.0
    left = piece.height - here * step
    return left if left <= room else math.fmod(left, room)


def _start_of(block: int, pieces: Sequence[Piece]) -> float:
    """The height without which a heading does not stand above a block."""
    if block >= len(pieces):
        return 0.0
    piece = pieces[block]
    if piece.kind == "drawing":
        return piece.height + piece.picture * min(SCALES)
    return piece.height * min(1.0, _KEPT / piece.parts)


def usual_shape(svg: str) -> tuple[float, float]:
    """The usual width of a figure over that of the text, so that it does not take half a page nor
    is too small to read, and its own height over its width."""
    size = re.search(r'<svg[^>]*?\bwidth="([\d.]+)[^>]*?\bheight="([\d.]+)', svg[:2_000], re.S)
    if size is None:
        return 1.0, _USUAL_HEIGHT
    wide, flat = float(size[1]), float(size[2]) / float(size[1])
    legible = min(_SMALLEST * wide / _WIDTH, _PAGE_HEIGHT / flat)
    return min(1.0, max(_USUAL_HEIGHT / flat, legible)), flat


def scaled(width: float, scale: float) -> float:
    """A share of the width of the text once scaled: never wider than it."""
    return min(1.0, width * scale)


#: Spaces above and below blocks in points, as the template has them.
SPACES: Final[Mapping[str, tuple[float, float]]] = {
    "heading1": (24.0, 12.0),
    "heading2": (15.0, 7.0),
    "paragraph": (10.0, 10.0),
    "frame": (12.6, 12.6),
    "bullets": (12.6, 12.6),
    "figures": (10.5, 12.6),
    "contents": (12.6, 12.6),
    "grid": (11.6, 14.7),
    "drawing": (14.7, 14.7),
}


_GAP: Final = 7.0  # between a picture and its caption
#: A figure may be as high as this over the width of the text.
_TALLEST: Final = 0.95


def pieces_of(blocks: Sequence[Mapping[str, Any]], heights: Sequence[float]) -> list[Piece]:
    """The blocks of the template's data as pages see them. heights : without pictures, in points"""
    found = []
    for place, (block, height) in enumerate(zip(blocks, heights, strict=True)):
        note = block["kind"] == "paragraph" and block["role"] == "note"
        under = note and place > 0 and blocks[place - 1]["kind"] in ("grid", "paragraph")
        found.append(replace(_piece(block, height), note=under))
    return found


def _piece(block: Mapping[str, Any], height: float) -> Piece:
    kind = block["kind"]
    if kind == "page":
        return Piece("page", 0.0, 0.0, 0.0)
    name = kind
    if kind == "heading":
        name = f"heading{block['level']}"
    elif kind == "paragraph" and block["role"] in ("warning", "answer"):
        name = "frame"
    above, below = SPACES[name]
    if kind == "drawing":
        picture = block["width"] * block["flat"] * _WIDTH
        widest = min(1.0 / block["width"], _TALLEST * _WIDTH / picture)
        return Piece("drawing", height + _GAP, above, below, picture, max(widest, 1.0))
    parts, optional = 1, False
    if name == "paragraph":
        parts = max(1, round(height / _LINE + 0.4))
    elif block.get("cut"):
        parts = len(block["rows"]) + 2 if kind == "grid" else len(block["items"])
        optional = True
    return Piece(
        "heading" if kind == "heading" else "text",
        height,
        above,
        below,
        parts=parts,
        optional=optional,
    )
