"""What any figure must be: nothing cut, no words on words, ticks apart, source and units said."""

from itertools import pairwise

from matplotlib.figure import Figure
from matplotlib.text import Text


def check(figure: Figure, *, slack: float = 0.5) -> None:
    """Raise AssertionError with the words that are wrong. slack : pixels at 100 dpi."""
    figure.draw_without_rendering()
    renderer = figure.canvas.get_renderer()
    boxes = [(text.get_text(), text.get_window_extent(renderer)) for text in _words(figure)]
    for words, box in boxes:
        inside = box.x0 >= -slack and box.y0 >= -slack
        inside &= box.x1 <= figure.bbox.x1 + slack and box.y1 <= figure.bbox.y1 + slack
        assert inside, f"cut by the page: {words!r}"
    for place, (words, box) in enumerate(boxes):
        for other, second in boxes[place + 1 :]:
            assert not _meet(box, second, slack), f"{words!r} meets {other!r}"
    for axes in figure.axes:
        for axis in (axes.xaxis, axes.yaxis):
            labels = [t for t in axis.get_ticklabels() if t.get_text() and t.get_visible()]
            extents = [label.get_window_extent(renderer) for label in labels]
            if any(label.get_rotation() for label in labels):
                continue  # slanted: boxes meet where letters do not
            for first, second in pairwise(extents):
                assert not _meet(first, second, slack), f"ticks meet: {axis}"


def _words(figure: Figure) -> list[Text]:
    """Titles, notes, labels of axes and of legends: what stands outside the plots."""
    found = [*figure.texts]
    for axes in figure.axes:
        if not axes.axison:
            continue
        found += [axes.xaxis.label, axes.yaxis.label, axes._left_title]
    for owner in (*figure.axes, figure):
        legends = figure.legends if owner is figure else [owner.get_legend()]
        for legend in legends:
            found += legend.get_texts() if legend else []
    return [text for text in found if text.get_text().strip() and text.get_visible()]


def _meet(first, second, slack: float) -> bool:
    return (
        min(first.x1, second.x1) - max(first.x0, second.x0) > slack
        and min(first.y1, second.y1) - max(first.y0, second.y0) > slack
    )


def words_of(figure: Figure) -> str:
    """All words of a figure, ticks included, on one line."""
    return " | ".join(t.get_text().replace("\n", " ") for t in figure.findobj(Text) if t.get_text())
