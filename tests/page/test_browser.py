"""The page in a real browser, without network, at a laptop's width and at a telephone's."""

import html
import json
import shutil
import subprocess

import pytest

from page.test_page import sweep_page
from rebound_sim.page.build import page_of
from rebound_sim.page.comparison import ComparisonPage
from report_programmes import made

_NAMES = ("chromium", "chromium-browser", "google-chrome")
BROWSER = next(filter(None, map(shutil.which, _NAMES)), None)
FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--virtual-time-budget=4000",
)
#: Asked of the page once it is drawn; the answer stands in its title.
QUESTION = """
<script>
addEventListener("load", () => setTimeout(() => {
  const shown = (e) => e.getClientRects().length > 0;
  const article = [...document.querySelectorAll("article")].find(shown);
  const zone = article.querySelector(".zone-choice");
  const before = article.querySelector(".zone-text").textContent;
  zone.value = zone.options[1].value;
  zone.dispatchEvent(new Event("change"));
  const after = article.querySelector(".zone-text").textContent;
  const answer = {
    languages: [...document.querySelectorAll("article")].filter(shown).map((a) => a.lang),
    before, after, zone: zone.options[1].textContent,
    curves: article.querySelectorAll(".zone-curves path").length,
    unnamed: document.querySelectorAll("svg:not([aria-label])").length,
    tables: [...article.querySelectorAll("figure")].filter((f) =>
      !f.querySelector("table") && !f.parentElement.querySelector("table")).length,
    wide: document.documentElement.scrollWidth - document.documentElement.clientWidth,
  };
  document.querySelector("button[data-language=en]").click();
  answer.files = [...document.querySelectorAll("#files [lang]")].filter(shown).map((d) => d.lang);
  answer.then = [...document.querySelectorAll("article")].filter(shown).map((a) => a.lang);
  document.title = JSON.stringify(answer);
}, 200));
</script></body>
"""


@pytest.fixture(scope="module")
def page(tmp_path_factory):
    comparison, manifest = made({"equal": 60.0, "merit": 90.0}, replications=12)
    path = tmp_path_factory.mktemp("page") / "page.html"
    path.write_text(
        page_of(ComparisonPage(comparison, manifest)).replace("</body>", QUESTION), encoding="utf-8"
    )
    return path


def asked(page, folder, width):
    """What the question that the page carries has answered."""
    if BROWSER is None:
        pytest.skip("no Chromium: install the system's package `chromium`")
    drawn = subprocess.run(
        [
            BROWSER,
            *FLAGS,
            f"--user-data-dir={folder}",
            f"--window-size={width},900",
            "--dump-dom",
            page.as_uri(),
        ],
        capture_output=True,
        text=True,
        timeout=120,
        check=True,
    ).stdout
    return json.loads(html.unescape(drawn.partition("<title>")[2].partition("</title>")[0]))


@pytest.mark.parametrize("width", [1366, 390])
def test_a_browser_draws_the_choices(page, tmp_path, width):
    answer = asked(page, tmp_path, width)
    assert answer["languages"] == ["fr"]
    assert answer["then"] == answer["files"] == ["en"]
    assert answer["zone"] in answer["after"]
    assert answer["before"] != answer["after"]
    assert answer["curves"] == 4  # two lines, two bands
    assert answer["unnamed"] == answer["tables"] == 0
    assert answer["wide"] <= 0, "the page is wider than the screen"


#: Moves the first slider to a level, between two levels, and to the end.
SLIDERS = """
<script>
addEventListener("load", () => setTimeout(() => {
  const article = document.querySelector("article[lang=fr]");
  const range = article.querySelector("input[type=range]");
  const told = () => article.querySelector(".sweep-where").textContent;
  const rows = () => [...article.querySelectorAll(".sweep-table tbody tr")];
  const values = () => rows().map((row) => row.children[1].textContent);
  const put = (value) => { range.value = value; range.dispatchEvent(new Event("input")); };
  put(6);
  const answer = { at: told(), at_values: values() };
  put(9);
  answer.between = told(); answer.between_values = values();
  put(12);
  answer.end_values = values();
  answer.bars = article.querySelectorAll(".sweep-bars rect").length;
  answer.named = [...article.querySelectorAll("input[type=range]")]
    .every((input) => input.closest("label").textContent.trim());
  answer.wide = document.documentElement.scrollWidth - document.documentElement.clientWidth;
  document.title = JSON.stringify(answer);
}, 200));
</script></body>
"""


@pytest.mark.parametrize("width", [1366, 390])
def test_sliders_look_points_up_and_say_when_they_interpolate(tmp_path, width):
    page = tmp_path / "page.html"
    text = page_of(sweep_page(tmp_path)).replace("</body>", SLIDERS)
    page.write_text(text, encoding="utf-8")
    answer = asked(page, tmp_path / "profile", width)
    assert answer["at"].startswith("Point simulé n° 2")
    assert answer["between"].startswith("Interpolé entre 2 points simulés (n° 2, 4)")
    at, between, end = (
        [float(v) for v in answer[f"{name}_values"]] for name in ("at", "between", "end")
    )
    assert between == pytest.approx([(a + b) / 2 for a, b in zip(at, end, strict=True)], abs=1)
    assert answer["bars"] == 2 and answer["named"]
    assert answer["wide"] <= 0, "the page is wider than the screen"


def test_a_sampled_design_shows_the_nearest_point(tmp_path):
    factors = {"programme.start_month": tuple("012345"), "search.effort": tuple("012345")}
    page = tmp_path / "page.html"
    text = page_of(sweep_page(tmp_path, factors)).replace("</body>", SLIDERS)
    page.write_text(text, encoding="utf-8")
    answer = asked(page, tmp_path / "profile", 1366)
    assert answer["at"].startswith("Rien n’est simulé exactement là")
