"""The report of any comparison is made, tagged PDF included: many shapes of synthetic results."""

from types import SimpleNamespace

import numpy as np
import pytest

from rebound_sim.data.directory import zone_names
from rebound_sim.errors import EngineError
from rebound_sim.figures import Subject, names
from rebound_sim.policies import named_strategies
from rebound_sim.report import build
from rebound_sim.report.build import document_of, write_report
from rebound_sim.report.render_html import html_of
from rebound_sim.report.render_pdf import pdf_of
from report_programmes import made

STRATEGIES = [name for name in named_strategies() if name != "none"]
ZONES = [c for c in sorted(zone_names()) if c >= "1101" and not c.startswith("94")]  # mainland


def shape(strategies, zones, replications, size, noise=10.0):
    """A comparison: the n-th strategy brings n times `size` jobs to each zone."""
    gains = {name: size * (n + 1) for n, name in enumerate(STRATEGIES[:strategies])}
    codes = tuple(ZONES[:: max(1, len(ZONES) // zones)][:zones])
    return made(gains, replications=replications, zones=codes, noise=noise)


@pytest.fixture
def boxes(monkeypatch):
    """Figures as empty boxes of many heights: what decides where pages break."""
    heights = iter(np.tile([190, 240, 330, 400, 460, 520], 10_000).tolist())

    def draw(name, _subject, _language):
        return SimpleNamespace(title=f"Figure {name}", alternative=f"Words of {name}.", table={})

    def svg(_picture):
        size = f'width="511" height="{next(heights)}"'
        return f'<svg xmlns="http://www.w3.org/2000/svg" {size}><rect {size} fill="#ddd"/></svg>'

    monkeypatch.setattr(build, "draw", draw)
    monkeypatch.setattr(build, "svg", svg)


def check(comparison, manifest, language):
    document, *_ = document_of(comparison, manifest, language)
    assert "</html>" in html_of(document)
    assert pdf_of(document).startswith(b"%PDF")


@pytest.mark.usefixtures("boxes")
@pytest.mark.parametrize(
    ("what", "language"),
    [
        ((2, 5, 2, 1.0), "en"),  # a list that a page break cuts
        ((2, 3, 2, 0.0, 0.0), "fr"),  # no effect at all
        ((1, 1, 1, 60.0), "fr"),
        ((1, 1, 1, 0.0, 0.0), "en"),
        ((18, 2, 3, 20.0), "fr"),
        ((3, 40, 2, 30.0), "en"),
    ],
)
def test_a_report_of_any_shape_is_made(what, language):
    check(*shape(*what), language)


@pytest.mark.slow
@pytest.mark.usefixtures("boxes")
@pytest.mark.parametrize("seed", range(60))
def test_reports_of_random_shapes_are_made(seed):
    draw = np.random.default_rng(seed)
    count, zones, replications = (
        int(np.ceil(np.exp(draw.uniform(0, np.log(most))))) for most in (18, 40, 50)
    )
    size, noise = draw.choice([0.0, 0.5, 5.0, 60.0]), draw.choice([0.0, 1.0, 10.0, 100.0])
    check(*shape(count, zones, replications, float(size), float(noise)), ("en", "fr")[seed % 2])


@pytest.mark.slow
@pytest.mark.parametrize("what", [(2, 5, 2, 1.0), (1, 1, 1, 0.0, 0.0), (6, 12, 4, 20.0)])
def test_reports_with_their_figures_are_made(what):
    for language in ("en", "fr"):
        check(*shape(*what), language)


def test_a_fault_of_the_pdf_or_of_a_figure_leaves_html_and_tables(folder, tmp_path, monkeypatch):
    def refused(*_arguments, **_options):
        raise EngineError("the PDF could not be made: no")

    def broken(name, _subject, _language):
        raise ZeroDivisionError(f"in {name}")

    monkeypatch.setattr(build, "pdf_of", refused)
    monkeypatch.setattr(build, "draw", broken)
    (tmp_path / "report.pdf").write_bytes(b"of an earlier report")
    written = write_report(folder, tmp_path)
    assert not (tmp_path / "report.pdf").exists()
    assert written.paths[0].read_text("utf-8").endswith("</html>")
    assert any(path.suffix == ".csv" for path in written.paths)
    assert written.missing[-1] == "report.pdf: the PDF could not be made: no"
    drawable = names(Subject("programme", made=build.comparison_in(folder)[0]))
    assert {line.split(":")[0].removeprefix("figure ") for line in written.missing[:-1]} <= set(
        drawable
    )
    assert len(written.missing) > 3
