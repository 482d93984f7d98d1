"""Text and figures stand out from what is behind them: WCAG 2.1, level AA."""

import re
from importlib.resources import files

import pytest

from rebound_sim.figures import style

TEXT, GRAPHIC = 4.5, 3.0
TEMPLATES = files("rebound_sim.report") / "templates"


def luminance(colour):
    """Relative luminance of #rrggbb (WCAG 2.1)."""
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [p / 12.92 if p <= 0.03928 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one, other):
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.fixture(scope="module")
def named():
    source = (TEMPLATES / "report.typ").read_text(encoding="utf-8")
    return dict(re.findall(r'#let ([\w-]+) = rgb\("(#[0-9a-f]{6})"\)', source))


@pytest.mark.parametrize("text", ["ink", "quiet", "accent"])
@pytest.mark.parametrize("behind", ["white", "band", "warm"])
def test_text_of_the_pdf(named, text, behind):
    assert contrast(named[text], {"white": "#ffffff", **named}[behind]) >= TEXT


def test_the_page_has_the_colours_of_the_pdf(named):
    page = (TEMPLATES / "report.html").read_text(encoding="utf-8")
    used = set(re.findall(r"#[0-9a-f]{6}", page))
    assert used <= {*named.values(), "#ffffff"}


@pytest.mark.parametrize("colour", [style.NO_SHOCK_COLOUR, style.NONE_COLOUR, style.POLICY_COLOUR])
def test_lines_of_figures(colour):
    assert contrast(colour, "#ffffff") >= GRAPHIC


def test_notes_of_figures():
    assert contrast("#444444", "#ffffff") >= TEXT
