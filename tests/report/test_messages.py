"""Titles of sections say what intervals establish, in both languages, and never more."""

from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rebound_sim.report.programme_tables import book_of
from rebound_sim.report.sections import messages
from rebound_sim.report.sections.closing import conclusion
from rebound_sim.report.sections.findings import findings
from rebound_sim.report.sentence import Binding
from rebound_sim.report.table import ReportTable, columns_of
from rebound_sim.report.texts import LANGUAGES, texts
from rebound_sim.report.writer import Writer
from rebound_sim.statistics.intervals import Verdict
from rebound_sim.statistics.programme.answer import duels
from report_programmes import made

OF_SEVERAL = ("all", "some", "mixed", "fewer", "none")
OF_ONE = ("all", "fewer", "none")
COUNT = st.integers(0, 5)


def writer_of(counts):
    columns = columns_of(("outcome", "", ""), ("reading", "", ""), ("arms", "1", ""))
    rows = [{"outcome": "jobs", "reading": one.value, "arms": arms} for one, arms in counts.items()]
    return SimpleNamespace(
        book={"readings": ReportTable("readings", ("outcome", "reading"), columns, rows)}
    )


@given(st.fixed_dictionaries(dict.fromkeys(Verdict, COUNT)))
def test_a_title_claims_no_more_than_the_intervals(counts):
    found = messages.held(writer_of(counts), "jobs")
    arms, higher, lower = (
        sum(counts.values()),
        counts[Verdict.HIGHER],
        counts[Verdict.LOWER],
    )
    assert (found == "all") == (0 < higher == arms)
    assert (found == "some") == (0 < higher < arms and not lower)
    assert (found == "mixed") == bool(higher and lower)
    assert (found == "fewer") == bool(lower and not higher)
    assert (found == "none") == (not higher and not lower and counts[Verdict.NO_DIFFERENCE] > 0)
    if arms == 1:
        assert found in (*OF_ONE, "untold")


def test_an_outcome_that_is_not_there_has_the_plain_title():
    assert messages.held(writer_of({}), "jobs") == "untold"


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_title_has_words(language):
    words = texts(language)
    for section in ("jobs", "people", "recovery"):
        for form, kinds in (("several", OF_SEVERAL), ("one", OF_ONE)):
            assert {f"heading_{form}_{kind}" for kind in kinds} <= set(words[section])
    for effect in ("effect", "no_effect", "harm"):
        orders = ("order", "part", "no_order")
        wanted = {f"heading_{effect}", *(f"heading_{effect}_{order}" for order in orders)}
        assert wanted <= set(words["conclusion"])
    assert {f"people_{kind}" for kind in OF_SEVERAL} <= set(words["conclusion"])


@pytest.mark.parametrize("language", LANGUAGES)
def test_titles_of_a_report_follow_its_tables(language, documents):
    document, book, _ = documents[language]
    heads = ["".join(r.text for r in b.runs) for b in document.blocks if b.kind == "heading"]
    higher = int(book["readings"].cell(("additional_jobs", "higher"), "arms").value)
    arms = int(book["design"].cell(("strategies",), "value").value)
    assert 0 < higher < arms
    some = {
        "fr": f"{higher} options sur {arms} laissent",
        "en": f"{higher} options of {arms} leave",
    }
    assert any(head.startswith(some[language]) for head in heads)
    gross = f"{book['account_summary'].rows[0]['gross_jobs']:.0f}"
    assert any(gross in head for head in heads), "the account's first number is in its title"


def written(gains, language="fr", **options):
    comparison, manifest = made(gains, **options)
    writer = Writer(comparison, book_of(comparison, manifest), language, lambda _name: None)
    conclusion(writer)
    told = ["".join(run.text for run in block.runs) for block in writer.blocks]
    return comparison, told


@pytest.mark.parametrize(
    ("gains", "noise", "title"),
    [
        ({"merit": 80, "equal": 40}, 1.0, "l’effet et la première place sont établis"),
        ({"merit": 80, "equal": 80, "money_only": 10}, 20.0, "l’ordre des options ne l’est qu’en"),
        ({"merit": 0, "equal": 0}, 60.0, "ni l’effet moyen ni l’ordre des options"),
        ({"merit": -80, "equal": -40}, 1.0, "aucune option ne fait mieux que l’absence d’aide"),
        ({"merit": 80}, 1.0, "l’effet est établi"),
    ],
)
def test_the_conclusion_follows_from_the_effect_and_the_order(gains, noise, title):
    comparison, (head, *told) = written(gains, noise=noise)
    assert title in head
    first = comparison.ranks[0]
    effect = "L’effet du programme est établi" in told[0]
    assert effect == (first.estimate.low > 0 and first.arm != "none")
    beaten = "écartée" in told[0]
    assert beaten == any(
        pair.verdict == "holds"
        for pair in duels(comparison.worlds["additional_jobs"], list(comparison.ranked))
    )


def test_what_holds_is_one_item_that_tells_all_pairs():
    comparison, manifest = made(
        {"merit": 90, "equal": 80, "money_only": 10, "pipeline": 5}, noise=1.0
    )
    writer = Writer(comparison, book_of(comparison, manifest), "fr", lambda _name: None)
    findings(writer)
    (items,) = [block.items for block in writer.blocks if block.kind == "bullets"]
    told = ["".join(run.text for run in item) for item in items]
    held = [line for line in told if line.startswith("Tient dans presque tous")]
    assert len(held) == 1
    pairs = [
        pair
        for pair in duels(comparison.worlds["additional_jobs"], list(comparison.ranked))
        if pair.verdict == "holds"
    ]
    assert pairs and all(writer.quoted(pair.second) in held[0] for pair in pairs)
    assert held[0].count("plus nombreux qu") == len({pair.second for pair in pairs})


def test_a_cost_without_bounds_and_a_single_replication_conclude_nothing():
    _, told = written({"merit": 0, "equal": 0}, noise=60.0)
    assert any("n’est pas établi" in line and "coût" in line for line in told)
    _, told = written({"merit": 50, "equal": 20}, replications=1)
    assert told == ["Conclusion", "Une seule réplication ne permet aucune conclusion."]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("gains", "noise", "path"),
    [([60, 60, 60, 60], 1.0, "gain"), ([-60] * 4, 1.0, "lose"), ([0] * 4, 90.0, "neither")],
)
def test_the_title_of_zones_never_counts_none_that_gain(language, gains, noise, path):
    comparison, manifest = made({"merit": gains}, noise=noise)
    writer = Writer(comparison, book_of(comparison, manifest), language, lambda _name: None)
    told = "".join(run.text for run in messages.of_zones(writer))
    assert not told.startswith("0 ")
    best = writer.bound("best", comparison.ranked[0])
    words = {"higher": Binding("2", ""), "lower": Binding("4", ""), "best": best}
    assert told == "".join(r.text for r in writer.runs(f"zones.heading_{path}", **words))


def test_equity_is_concluded_whichever_way_it_goes():
    for gains in ([90, 5, 0, 0], [0, 0, 5, 90]):
        comparison, told = written({"merit": gains, "equal": 20}, noise=1.0)
        end = [r for r in comparison.rows if r.month == comparison.panels.horizon]
        theil = [r for r in end if r.outcome == "loss_theil" and r.reference == "none"]
        words = " ".join(told)
        assert theil
        assert ("plus inégales" in words) == any(r.low > 0 for r in theil)
        assert ("moins inégales" in words) == any(r.high < 0 for r in theil)
