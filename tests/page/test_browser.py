"""The page in a real browser, without network, at a laptop's width and at a telephone's."""

import json
import shutil
import subprocess

import pytest

from rebound_sim.page.build import page_of
from report_programmes import made

_NAMES = ("chromium", "chromium-browser", "google-chrome")
BROWSER = next(filter(None, map(shutil.which, _NAMES)), None)
FLAGS = (
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
    "--virtual-time-budget=4000",
)  # fmt: skip
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
  answer.then = [...document.querySelectorAll("article")].filter(shown).map((a) => a.lang);
  document.title = JSON.stringify(answer);
}, 200));
</script></body>
"""


@pytest.fixture(scope="module")
def page(tmp_path_factory):
    comparison, manifest = made({"equal": 60.0, "merit": 90.0}, replications=12)
    path = tmp_path_factory.mktemp("page") / "page.html"
    path.write_text(page_of(comparison, manifest).replace("</body>", QUESTION), encoding="utf-8")
    return path


@pytest.mark.parametrize("width", [1366, 390])
def test_a_browser_draws_the_choices(page, tmp_path, width):
    if BROWSER is None:
        pytest.skip("no Chromium: install the system's package `chromium`")
    drawn = subprocess.run(
        [BROWSER, *FLAGS, f"--user-data-dir={tmp_path}", f"--window-size={width},900",
         "--dump-dom", page.as_uri()],
        capture_output=True, text=True, timeout=120, check=True,
    ).stdout  # fmt: skip
    answer = json.loads(drawn.partition("<title>")[2].partition("</title>")[0])
    assert answer["languages"] == ["fr"]
    assert answer["then"] == ["en"]
    assert answer["zone"] in answer["after"]
    assert answer["before"] != answer["after"]
    assert answer["curves"] == 4  # two lines, two bands
    assert answer["unnamed"] == answer["tables"] == 0
    assert answer["wide"] <= 0, "the page is wider than the screen"
