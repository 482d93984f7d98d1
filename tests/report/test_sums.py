"""Sums that a reader makes with the printed numbers close, read from the PDF itself."""

import io
import math
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pypdf import PdfReader

from rebound_sim.figures.texts import TEXTS
from rebound_sim.report.render_pdf import pdf_of
from rebound_sim.statistics.balanced import balanced

NAMES = {
    "fr": ("au mérite", "parts égales", "subventions seules"),
    "en": ("by merit", "equal shares", "grants alone"),
}
CAPTIONS = {
    "fr": {
        "money": "Crédits et subventions",
        "account": "bruts − aubaine",
        "hires": "Embauches additionnelles selon la situation",
        "costs": "Dépense nette par emploi, k€",
        "zones": "Les zones à la fin",
        "first": "Stratégies, de la moyenne",
    },
    "en": {
        "money": "Money and grants at the end",
        "account": "gross − deadweight",
        "hires": "Additional hires by what",
        "costs": "Net spending per job, k€",
        "zones": "The zones at the end",
        "first": "Strategies, from the highest mean",
    },
}
NUMBER = r"[−-]?\d[\d\u202f,.]*"


@pytest.fixture(scope="module", params=["fr", "en"])
def printed(request, documents):
    """language, text of the pages."""
    pdf = PdfReader(io.BytesIO(pdf_of(documents[request.param][0])))
    return request.param, "\n".join(page.extract_text() for page in pdf.pages)


def rows(printed, caption, names=None):
    """strategy, or name -> numbers of its row in a table, intervals left out."""
    language, text = printed
    names = names or NAMES[language]
    start = text.index(CAPTIONS[language][caption])
    table = text[start : text.index("Source", start)]
    found = {}
    for line in table.split("\n"):
        name = next((name for name in names if line.startswith(f"{name} ")), None)
        if name is not None:
            rest = re.sub(r"\[[^\]]*\]", "", line.removeprefix(name))
            found[name] = [value(word, language) for word in re.findall(NUMBER, rest)]
    assert set(found) == set(names)
    return found


def value(word, language):
    plain = word.replace("\u202f", "").replace("−", "-")
    plain = plain.replace(",", ".") if language == "fr" else plain.replace(",", "")
    return float(plain)


def tenths(number):
    return round(10 * number)


def test_paid_less_recovered_and_unspent_make_the_envelope(printed):
    first = rows(printed, "first")
    for name, (committed, paid, returned, net, unspent, *_) in rows(printed, "money").items():
        assert tenths(paid) - tenths(returned) == tenths(net)
        assert tenths(net) + tenths(unspent) == tenths(10.0)  # of the comparison made
        assert tenths(committed) >= tenths(paid)
        assert tenths(net) in map(tenths, first[name]), "one number on page one, another here"


def test_the_account_of_jobs_adds_up(printed):
    first = rows(printed, "first")
    for name, row in rows(printed, "account").items():
        *_, gross, deadweight, multiplier, crowded, other, additional = row
        assert gross - deadweight + multiplier + crowded + other == additional
        assert additional in first[name]


def test_origins_of_hires_add_up(printed):
    for *origins, total in rows(printed, "hires").values():
        assert sum(origins) == total


def test_parts_of_a_cost_add_up(printed):
    first, told = rows(printed, "first"), 0
    for name, (_, *costs) in rows(printed, "costs").items():
        if len(costs) == 3:
            whole, *parts = map(tenths, costs)
            assert sum(parts) == whole and whole in map(tenths, first[name])
            told += 1
    assert told


def test_zones_add_up_to_the_programme(printed, compared):
    zones = [compared[0].panels.zone_name(code) for code in compared[0].panels.zones]
    found = rows(printed, "zones", [*zones, "Total"])
    total = found.pop("Total")
    for place, whole in enumerate(total):  # jobs closed, allocated, net, additional jobs
        parts = [row[place] for row in found.values()]
        assert sum(map(tenths, parts)) == tenths(whole)
    best = compared[0].ranked[0]
    first = rows(printed, "first")[TEXTS[printed[0]]["strategies"][best]]
    assert {tenths(total[2]), tenths(total[3])} <= set(map(tenths, first))


@given(
    st.lists(st.floats(-1e9, 1e9), min_size=1, max_size=8),
    st.sampled_from([1.0, 100.0, 100_000.0]),
)
def test_balanced_parts_sum_to_the_rounded_whole(parts, step):
    total = math.fsum(parts)
    found = balanced(parts, total, step)
    assert round(math.fsum(found) / step) == round(total / step)
    for part, rounded in zip(parts, found, strict=True):
        assert abs(rounded - part) < 2 * step


def test_a_part_that_is_not_known_takes_no_part():
    found = balanced([1.4, math.nan, 2.4], 3.8)
    assert math.isnan(found[1]) and found[0] + found[2] == 4.0
