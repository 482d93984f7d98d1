"""Titles of sections that say what their numbers show: each is chosen by a rule on intervals.

A title claims what the text under it establishes and no more; where nothing can be told (one
replication) it names its subject.
"""

from __future__ import annotations

import math
from collections.abc import Mapping

from rebound_sim.report.sections.findings import by_loser, contested, kind, ranked, spent_place
from rebound_sim.report.sentence import Binding, Run
from rebound_sim.report.writer import Writer
from rebound_sim.statistics.intervals import Verdict
from rebound_sim.statistics.programme.summary import RANKED

_LEFT = "never_back"
Names = Mapping[str, Binding | str]
#: Verdicts on several options, in one word.
ALL, SOME, NONE_OF_THEM, FEWER, MIXED, UNTOLD = "all", "some", "none", "fewer", "mixed", "untold"


def held(writer: Writer, outcome: str) -> str:
    """What intervals establish of the options, one at a time, against doing nothing.

    "all" and "some" : higher with them, lower with none    "fewer" : lower with some, higher with
    none    "mixed" : both    "none" : no difference    "untold" : there is no interval
    """
    counts = {one: _arms(writer, outcome, one) for one in Verdict}
    told = sum(counts.values()) - counts[Verdict.NO_INTERVAL]
    higher, lower = counts[Verdict.HIGHER], counts[Verdict.LOWER]
    if not told:
        return UNTOLD
    if higher and lower:
        return MIXED
    if higher:
        return ALL if higher == sum(counts.values()) else SOME
    return FEWER if lower else NONE_OF_THEM


def _by_verdict(writer: Writer, outcome: str, path: str, untold: str) -> list[Run]:
    """The title that says what is established of an outcome; `untold` where nothing can be."""
    found = held(writer, outcome)
    if found == UNTOLD:
        return writer.runs(untold)
    form = "one" if len(ranked(writer)) == 1 else "several"
    return writer.runs(f"{path}_{form}_{found}", **_counted(writer, outcome))


def of_jobs(writer: Writer) -> list[Run]:
    """Whether options leave more jobs than doing nothing."""
    return _by_verdict(writer, RANKED, "jobs.heading", "jobs.heading")


def of_money(writer: Writer) -> list[Run]:
    """What was spent and what a job costs, of the first option."""
    best = ranked(writer)[0]
    if spent_place(writer, best)[0] != "money_summary":
        return writer.runs("money.heading")
    cost = writer.book.cell("ranking", (best,), "cost_per_additional_job").value
    path = "money.heading_no_cost" if math.isnan(cost) else "money.heading_cost"
    return writer.runs(path, best=writer.bound("best", best))


def of_people(writer: Writer) -> list[Run]:
    """Whether the people laid off are more often in work."""
    return _by_verdict(writer, "displaced_in_work", "people.heading", "people.heading")


def of_recovery(writer: Writer) -> list[Run]:
    """Inequality of losses between zones; of one zone, how rarely it recovers."""
    if len(writer.comparison.panels.closing) < 2:
        share = writer.book.cell("comparison", (_LEFT, writer.end, "none", ""), "estimate").value
        path = {0.0: "_always", 100.0: "_never"}.get(float(share), "")
        return writer.runs(f"recovery.heading_zone{path}", end=writer.end)
    return _by_verdict(writer, "loss_theil", "recovery.heading", "recovery.heading_programme")


def of_zones(writer: Writer) -> list[Run]:
    """How many zones gain jobs and how many lose some, under the first option."""
    best = ranked(writer)[0]
    if writer.comparison.panels.count < 2:
        return writer.runs("zones.heading")
    zones = {
        side: Binding(f"{writer.book.cell('zones_readings', (best, side), 'zones').value:.0f}", "")
        for side in ("higher", "lower")
    }
    some = {side: count.key != "0" for side, count in zones.items()}
    path = {
        (True, True): "counts",
        (True, False): "gain",
        (False, True): "lose",
        (False, False): "neither",
    }[some["higher"], some["lower"]]
    return writer.runs(f"zones.heading_{path}", best=writer.bound("best", best), **zones)


def of_robustness(writer: Writer) -> list[Run]:
    """How many pairs of options are told apart."""
    if writer.comparison.panels.count < 2 or len(ranked(writer)) < 2:
        return writer.runs("robustness.heading")
    told = writer.book.cell("design", ("pairs_established",), "value").value
    path = "robustness.heading_some" if told else "robustness.heading_none"
    return writer.runs(path, told=Binding(f"{told:.0f}", ""))


def of_conclusion(writer: Writer) -> list[Run]:
    """The effect of the first option, then the order between options."""
    if writer.comparison.panels.count < 2:
        return writer.runs("conclusion.heading")
    effect = effect_of(writer, ranked(writer)[0])
    if len(ranked(writer)) == 1:
        return writer.runs(f"conclusion.heading_{effect}")
    return writer.runs(f"conclusion.heading_{effect}_{order_of(writer)}")


def effect_of(writer: Writer, name: str) -> str:
    """Whether the effect of an option on jobs is established: of its mean, at the end."""
    table, key = writer.book["comparison"], (RANKED, writer.end, name, "none")
    low, high = table.interval(key, "estimate")
    if low.value > 0.0:
        return "effect"
    return "harm" if high.value < 0.0 else "no_effect"


def order_of(writer: Writer) -> str:
    """Order between options over worlds: "order" (one is ahead of each other in nearly all of
    them), "part" (some are beaten there), "no_order"."""
    beaten = by_loser(contested(writer))
    names = ranked(writer)
    if any(
        all(
            name in {duel.first for duel in beaten.get(other, [])}
            for other in names
            if other != name
        )
        for name in names
    ):
        return "order"
    return "part" if beaten else "no_order"


def of_question(writer: Writer) -> list[Run]:
    """What is asked, in one line."""
    return writer.runs(f"question.heading_{kind(writer)}")


def _counted(writer: Writer, outcome: str) -> Names:
    """The first option, and how many are higher and lower."""
    return {
        "best": writer.bound("best", ranked(writer)[0]),
        "higher": Binding(str(_arms(writer, outcome, Verdict.HIGHER)), ""),
        "lower": Binding(str(_arms(writer, outcome, Verdict.LOWER)), ""),
    }


def _arms(writer: Writer, outcome: str, one: Verdict) -> int:
    table = writer.book["readings"]
    if not table.has(outcome, one.value):
        return 0
    return int(table.cell((outcome, one.value), "arms").value)
