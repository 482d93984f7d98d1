"""How solid it is, what to keep of it, what the model cannot say."""

from __future__ import annotations

import math

from rebound_sim.report.names import shown
from rebound_sim.report.sections import messages
from rebound_sim.report.sections.decision import EVERYTHING, known_words
from rebound_sim.report.sections.findings import (
    by_loser,
    contested,
    kind,
    ranked,
    spends_little,
    units,
)
from rebound_sim.report.sentence import Binding, Run
from rebound_sim.report.texts import texts
from rebound_sim.report.writer import Writer
from rebound_sim.statistics.intervals import Verdict, verdict
from rebound_sim.statistics.panels import NONE
from rebound_sim.statistics.programme.summary import RANKED

#: Options beyond which a table with a column each is too wide for a page.
_MOST_IN_MATRIX = 8
#: Options whose lead is told in sentences.
_MOST_TOLD = 3
_HEAD = 36  # characters of a name above a column


def robustness(writer: Writer) -> None:
    """Pairs, replications, common luck, seed."""
    panels = writer.comparison.panels
    writer.heading(messages.of_robustness(writer))
    if panels.count > 1 and len(ranked(writer)) > 1:
        some = _design(writer, "pairs_established") > 0
        told = [writer.runs("robustness.pairs" if some else "robustness.pairs_none")]
        matrix = len(ranked(writer)) <= _MOST_IN_MATRIX
        established = _established(writer)
        if not matrix or len(established) <= _MOST_TOLD:
            told += established  # the asterisks of the matrix say it of many
        told.append(writer.runs("robustness.chances"))
        writer.sentences(told)
        if matrix:  # the figure in the annex holds more
            _matrix(writer)
    told = []
    if panels.count > 1 and not math.isnan(_design(writer, "pairing_median")):
        one = len(ranked(writer)) == 1
        told.append(writer.runs("robustness.pairing_one" if one else "robustness.pairing"))
    if _design(writer, "sharing_saved") > 0:
        told.append(writer.runs("robustness.sharing"))
    if panels.until:
        told.append(writer.runs("robustness.until"))
    if panels.ended.size > panels.count:
        told.append(writer.runs("robustness.left_out"))
    told.append(writer.runs("robustness.seed"))
    writer.sentences(told)


def conclusion(writer: Writer) -> None:
    """What can be decided, what stays open, what to find out first: from the counts alone."""
    writer.heading(messages.of_conclusion(writer))
    if writer.comparison.panels.count == 1:
        writer.paragraph("conclusion.single")
        return
    names = ranked(writer)
    best = writer.bound("best", names[0])
    told = [
        writer.runs(
            f"conclusion.{messages.effect_of(writer, names[0])}_{kind(writer)}",
            best=best,
            units=units(writer),
        )
    ]
    beaten = list(by_loser(contested(writer)))
    left = [name for name in names if name not in beaten]
    if beaten:
        count = Binding(str(len(beaten)), "")
        told.append(
            writer.runs(
                "conclusion.beaten", names=writer.listed(beaten), count=count, units=units(writer)
            )
        )
        told += [
            writer.runs("conclusion.beaten_little", cheap=writer.bound("best", name))
            for name in beaten
            if spends_little(writer, name)
        ]
    if len(left) > 1:
        told.append(writer.runs("conclusion.open", names=writer.listed(left)))
    writer.sentences(told)
    _cost_of(writer, names[0])
    _who_is_left(writer)
    _equity_of(writer, names)
    if kind(writer) == "programme":
        writer.sentences(_to_find_out(writer))


def _to_find_out(writer: Writer) -> list[list[Run]]:
    """What to find out first: what the study of information shows where there is one."""
    if "information" not in {table.name for table in writer.book}:
        return [writer.runs("conclusion.next")]
    rows = writer.book["information"].rows
    prior = [row for row in rows if row["belief"] == rows[0]["belief"]]
    worth = [
        row for row in prior if row["above_chance"] == "yes" and EVERYTHING not in str(row["known"])
    ]
    told = [writer.runs("conclusion.next_none")]
    if worth:
        top = max(worth, key=lambda row: float(row["value"]))
        names = {
            "belief": Binding(str(top["belief"]), ""),
            "known": Binding(str(top["known"]), ""),
            "name": Binding("", known_words(writer, str(top["known"]))),
            "value": Binding(f"{top['value']:.0f}", ""),
        }
        unit = "_eur" if top["unit"] == "EUR" else ""
        told = [writer.runs(f"conclusion.next_known{unit}", **names)]
    if any(row["effect"] == "yes" and row["above_chance"] != "yes" for row in prior):
        told.append(writer.runs("conclusion.next_day"))
    return told


def limits(writer: Writer) -> None:
    """What the model cannot say."""
    writer.heading("limits.heading")
    writer.bullets([writer.parsed(item) for item in texts(writer.language)["limits"]["items"]])
    told = [writer.runs("limits.parameters")]
    if writer.comparison.panels.parameter_sets < 2:
        told.append(writer.runs("limits.held"))
    writer.sentences([*told, writer.runs("limits.validation")])


def _cost_of(writer: Writer, best: str) -> None:
    """What a job costs with the first option, if its interval is finite."""
    known = not math.isnan(writer.book.cell("ranking", (best,), "cost_per_additional_job").value)
    path = "conclusion.cost" if known else "conclusion.no_cost"
    writer.paragraph(path, best=writer.bound("best", best))


def _who_is_left(writer: Writer) -> None:
    """Whether the people laid off are helped; nothing where no interval tells."""
    found = messages.held(writer, "displaced_in_work")
    if found != messages.UNTOLD:
        writer.paragraph(f"conclusion.people_{found}")


def _equity_of(writer: Writer, names: list[str]) -> None:
    """Inequality between zones, then the worst hit: what is established, either way."""
    told: list[list[Run]] = []
    if len(writer.comparison.panels.closing) < 2:
        return
    for outcome, paths in (
        ("loss_theil", {Verdict.HIGHER: "unequal", Verdict.LOWER: "equal"}),
        ("worst_tenth_loss", {Verdict.HIGHER: "worst_higher", Verdict.LOWER: "worst_lower"}),
    ):
        for one, path in paths.items():
            found = [name for name in names if _reading(writer, outcome, name) is one]
            if found:
                told.append(writer.runs(f"conclusion.{path}", names=writer.listed(found, but=True)))
    writer.sentences(told)


def _reading(writer: Writer, outcome: str, name: str) -> Verdict:
    table, key = writer.book["comparison"], (outcome, writer.end, name, NONE)
    if not table.has(*key):
        return Verdict.NO_INTERVAL
    low, high = table.interval(key, "estimate")
    return verdict(low.value, high.value)


def _established(writer: Writer) -> list[list[Run]]:
    """For each strategy, those that it is established above."""
    found = []
    for name in ranked(writer):
        below = [
            pair.other
            for pair in writer.comparison.pairs[RANKED]
            if pair.arm == name and pair.established and pair.other in ranked(writer)
        ]
        if below:
            names = {"first": writer.listed([name]), "names": writer.listed(below)}
            found.append(writer.runs("robustness.established", **names))
    return found


def _matrix(writer: Writer) -> None:
    """Chances of every ordered pair."""
    names = ranked(writer)
    pairs = {(p.arm, p.other): p for p in writer.comparison.pairs[RANKED]}
    rows = []
    for name in names:
        row = [writer.name(writer.arm(name))]
        for other in names:
            if name == other:
                row.append(writer.plain("·"))
                continue
            pair = pairs[name, other]
            key = (RANKED, name, other)
            row.append(writer.cell("pairwise", key, "probability_better", "chance"))
            if pair.established:
                row[-1].append(Run("text", "\u00a0*"))
        rows.append(row)
    columns = [("arm", "left", 1.6), *[("arm", "right", 1.0)] * len(names)]
    given = {n: shown(writer.arm(name), _HEAD) for n, name in enumerate(names, start=1)}
    writer.grid("robustness.caption", columns, rows, ["pairwise"], size="small", given=given)


def _design(writer: Writer, item: str) -> float:
    return float(writer.book.cell("design", (item,), "value").value)
