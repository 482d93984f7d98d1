"""The page in a real browser, without network, at a laptop's width and at a telephone's."""

import json
import time

import pytest

from page.browser import Browser
from page.test_page import sweep_page
from rebound_sim.page.build import page_of
from rebound_sim.page.comparison import ComparisonPage
from report_programmes import made

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
    with Browser(folder, width) as browser:
        browser.open(page)
        for _ in range(100):
            if (told := browser.ask("document.title")).startswith("{"):
                return json.loads(told)
            time.sleep(0.1)
    raise AssertionError("the page did not answer")


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


#: What the keyboard stands on: its kind, whether it is shown, and whether a frame shows it.
HERE = """(() => {
  const e = document.activeElement, style = getComputedStyle(e);
  const box = e.getBoundingClientRect();
  return {
    tag: e.tagName.toLowerCase(), words: (e.textContent || "").trim().slice(0, 40),
    lang: (e.closest("[lang]") || document.documentElement).getAttribute("lang"),
    shown: box.width > 0 && box.height > 0 && box.right > 0,
    framed: style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2,
    place: [...document.querySelectorAll("*")].indexOf(e),
  };
})()"""
#: What a reader must be able to reach.
CONTROLS = """[...document.querySelectorAll(
  "a[href], button, select, input, summary, [tabindex='0']"
)].filter((e) => e.checkVisibility()).length"""


@pytest.mark.parametrize("width", [1366, 390])
def test_the_keyboard_reaches_every_control_in_order(page, tmp_path, width):
    text = page.read_text(encoding="utf-8").replace(QUESTION, "</body>")
    plain = tmp_path / "plain.html"
    plain.write_text(text, encoding="utf-8")
    with Browser(tmp_path / "profile", width) as browser:
        browser.open(plain)
        count = browser.ask(CONTROLS)
        reached = []
        for _ in range(count + 5):
            browser.press("Tab")
            here = browser.ask(HERE)
            if here["tag"] == "body":
                break
            reached.append(here)
        assert len(reached) >= count > 15
        assert all(here["shown"] and here["framed"] for here in reached), reached
        places = [here["place"] for here in reached]
        assert places == sorted(places)
        # The link that skips the menu is the first, in the language that is shown, and is seen.
        assert reached[0]["words"] == "Aller au contenu" and reached[0]["lang"] == "fr"
        hidden = [here for here in reached if here["lang"] == "en" and here["tag"] != "button"]
        assert not hidden


def test_the_keyboard_chooses_a_zone_and_a_language(page, tmp_path):
    plain = tmp_path / "plain.html"
    text = page.read_text(encoding="utf-8").replace(QUESTION, "</body>")
    plain.write_text(text, encoding="utf-8")
    zone = "document.querySelector('article[lang=fr] .zone-text').textContent"
    with Browser(tmp_path / "profile", 1366) as browser:
        browser.open(plain)
        before = browser.ask(zone)
        browser.ask("document.querySelector('article[lang=fr] .zone-choice').focus()")
        browser.press("ArrowDown")
        assert browser.ask(zone) != before
        browser.ask("document.querySelector('button[data-language=en]').focus()")
        browser.press("Enter")
        assert browser.ask("document.querySelector('article[lang=fr]').hidden") is True
        assert browser.ask("document.documentElement.lang") == "en"


def test_the_keyboard_moves_a_slider(tmp_path):
    page = tmp_path / "page.html"
    page.write_text(page_of(sweep_page(tmp_path)), encoding="utf-8")
    with Browser(tmp_path / "profile", 390) as browser:
        browser.open(page)
        told = "document.querySelector('article[lang=fr] .sweep-where').textContent"
        first = browser.ask(told)
        browser.ask("document.querySelector('article[lang=fr] input[type=range]').focus()")
        browser.press("End")
        assert browser.ask(told) != first


@pytest.mark.parametrize("width", [1366, 390])
def test_letters_of_drawings_can_be_read(page, tmp_path, width):
    """As printed on the screen, in points of the screen."""
    with Browser(tmp_path / "profile", width) as browser:
        browser.open(page)
        time.sleep(0.5)
        sizes = browser.ask(
            """[...document.querySelectorAll("article svg text")]
              .filter((e) => e.getClientRects().length)
              .map((e) => parseFloat(e.getAttribute("font-size")) * e.getScreenCTM().a)"""
        )
        outside = browser.ask(
            """[...document.querySelectorAll("article svg")].filter((e) => {
              const box = e.getBoundingClientRect(), wide = e.closest(".wide");
              return box.width && !wide && box.right > innerWidth + 1; }).length"""
        )
    assert len(sizes) > 20 and min(sizes) >= 10.0, min(sizes)
    assert outside == 0


def test_without_script_texts_and_tables_stand(page, tmp_path):
    plain = tmp_path / "plain.html"
    text = page.read_text(encoding="utf-8").replace(QUESTION, "</body>")
    plain.write_text(text, encoding="utf-8")
    with Browser(tmp_path / "profile", 1366, script=False) as browser:
        browser.open(plain)
        shown = """[...document.querySelectorAll("%s")].filter((e) => e.getClientRects().length)
          .length"""
        assert browser.ask(shown % "article") == 2  # both languages
        assert browser.ask(shown % "article table") >= 4
        assert browser.ask(shown % "select, input, button") == 0
