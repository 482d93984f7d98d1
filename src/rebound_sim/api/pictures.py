"""Figures that a notebook shows whatever its backend and settings are."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from matplotlib.figure import Figure


def displayed(picture: Any) -> Figure:
    """The figure of a picture, with its alternative text as its identity."""
    from rebound_sim.figures.style import house_style

    figure: Figure = picture.figure

    def png() -> bytes:
        stream = io.BytesIO()
        with house_style():
            figure.savefig(stream, format="png", dpi=110)
        return stream.getvalue()

    figure._repr_png_ = png  # type: ignore[attr-defined]
    figure.set_gid(picture.alternative)
    return figure
