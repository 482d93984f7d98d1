"""What an evaluator reads first: the answer, the question, the method in one page."""

from __future__ import annotations

import math

from rebound_sim.report.blocks import KeyFigures
from rebound_sim.report.names import shown
from rebound_sim.report.sentence import Binding, Run
from rebound_sim.report.texts import texts
from rebound_sim.report.writer import Writer
from rebound_sim.statistics.intervals import Verdict, verdict
from rebound_sim.statistics.panels import NONE
from rebound_sim.statistics.programme.answer import Duel, duels
from rebound_sim.statistics.programme.counts import Hold, hold
from rebound_sim.statistics.programme.pairs import Pair
from rebound_sim.statistics.programme.ranking import identical_groups
from rebound_sim.statistics.programme.sentences import FEW
from rebound_sim.statistics.programme.summary import RANKED

_MOST_PAIRS = 4  # named on the first page; the matrix has the others


def summary(writer: Writer) -> None:
    """The answer, as far as worlds and intervals carry it, and the table that it rests on."""
    comparison = writer.comparison
    count, best = comparison.panels.count, ranked(writer)[0]
    writer.heading("summary.heading")
    if count == 1:
        writer.paragraph("order.single", role="answer")
    else:
        _answer(writer)
    _key_figures(writer, best)
    items = []
    if count > 1:
        items.append(writer.runs("summary.effect", best=writer.bound("best", best)))
        items += _order(writer)
    items += _identical(writer)
    items += _costs(writer)
    items += _who(writer, best)
    items += _equity(writer)
    failed = [failure.strategy for failure in comparison.panels.failures]
    if failed:
        items.append(writer.runs("summary.failed", names=writer.listed(failed)))
    if 1 < count < FEW:
        items.append(writer.runs("summary.few"))
    writer.bullets(items)
    writer.paragraph("summary.warning", role="warning")
    _standings_table(writer)
    if count > 1:
        writer.paragraph("summary.intervals", role="note")


def question(writer: Writer) -> None:
    """What is asked, of which zones, with which strategies."""
    closures = str(writer.book.cell("design", ("closures",), "value").value)
    writer.heading("question.heading")
    writer.paragraph("question.money")
    writer.paragraph("question.shock", closures=closures)
    writer.paragraph("question.calendar")
    titles = texts(writer.language)["strategy_titles"]
    rows = [
        [
            writer.name(writer.strategy(name)),
            [Run("code", shown(name))],
            writer.plain(writer.typography.punctuated(titles.get(name, titles["own"]))),
        ]
        for name in (NONE, *ranked(writer))
    ]
    columns = [("strategy", "left", 1.3), ("identifier", "left", 1.3), ("what", "left", 3.0)]
    writer.grid("question.strategies", columns, rows, ["ranking"])


def method(writer: Writer) -> None:
    """The method in one page."""
    writer.heading("method.heading")
    for key in ("basin", "programme", "none", "luck", "intervals"):
        writer.paragraph(f"method.{key}")
    sets = writer.comparison.panels.parameter_sets
    writer.paragraph("method.sets" if sets else "method.luck_only", role="warning")


def ranked(writer: Writer) -> list[str]:
    """Strategies but `none`, highest median over worlds first."""
    return [row.strategy for row in writer.comparison.standings if row.strategy != NONE]


def units(writer: Writer) -> Binding:
    """Worlds, or lucks where all replications share one set of parameters."""
    kind = writer.comparison.worlds[RANKED].unit
    return Binding("", writer.words(f"summary.{kind}_unit"))


def _answer(writer: Writer) -> None:
    """One sentence: which strategy is best, in how many worlds."""
    rows = [row for row in writer.comparison.standings if row.strategy != NONE]
    top = max(rows, key=lambda row: row.best_in)
    held = hold(top.best_in, top.worlds) in (Hold.ALL, Hold.NEARLY_ALL)
    path = "summary.only" if len(rows) == 1 else "summary.best" if held else "summary.no_best"
    first = writer.bound("best", top.strategy)
    writer.paragraph(path, role="answer", first=first, units=units(writer))


def _key_figures(writer: Writer, best: str) -> None:
    """Jobs lost, jobs gained, money, and in how many worlds."""
    names = {"best": writer.bound("best", best), "units": units(writer)}
    shown: list[tuple[str, list[Run]]] = [
        ("closed", writer.cell("design", ("jobs_closed",), "value", "count")),
        ("jobs", writer.cell("standings", (best,), "median", "count")),
        ("none", writer.cell("standings", (best,), "worlds_beating_none", "significant")),
        ("spent", writer.cell("ranking", (best,), "public_cost", "meur")),
    ]
    writer.blocks.append(
        KeyFigures([
            (writer.words(f"summary.key_{key}"), writer.entered(runs),
             writer.runs(f"summary.key_{key}_about", **names))
            for key, runs in shown
        ])
    )  # fmt: skip


def _order(writer: Writer) -> list[list[Run]]:
    """What holds in nearly all worlds, what depends on them, what luck hides."""
    worlds = writer.comparison.worlds[RANKED]
    pairs = duels(worlds, ranked(writer))
    told = {"units": units(writer)}
    found = [
        writer.runs("summary.holds", **_sides(writer, duel), **told)
        for duel in pairs if duel.verdict == "holds"
    ][:_MOST_PAIRS]  # fmt: skip
    if pairs and not found:
        found.append(writer.runs("summary.no_order", **told))
    found += [
        writer.runs("summary.depends", **_sides(writer, duel), **told)
        for duel in pairs if duel.verdict in ("mostly", "depends")
    ][:_MOST_PAIRS]  # fmt: skip
    hidden = [
        writer.runs("summary.against", **_sides(writer, duel))
        for duel in pairs if duel.verdict == "luck"
    ]  # fmt: skip
    if hidden:
        words = ["".join(run.text for run in runs) for runs in hidden[:_MOST_PAIRS]]
        names = Binding("", f"{writer.typography.semicolon} ".join(words))
        found.append(writer.runs("summary.luck", names=names))
    return found


def _sides(writer: Writer, duel: Duel) -> dict[str, Binding]:
    return {side: writer.bound(side, getattr(duel, side)) for side in ("first", "second")}


def _who(writer: Writer, best: str) -> list[list[Run]]:
    end = str(writer.comparison.panels.horizon)
    if not writer.book["hires"].has("additional_hires", "total", "", end, best, NONE):
        return []
    return [writer.runs("summary.who", end=end, best=writer.bound("best", best))]


def _equity(writer: Writer) -> list[list[Run]]:
    """Inequality between zones: what is established is said, whichever way it goes."""
    table, end = writer.book["comparison"], str(writer.comparison.panels.horizon)
    found: dict[Verdict, list[str]] = {}
    for name in ranked(writer):
        key = ("loss_theil", end, name, NONE)
        if not table.has(*key):
            return []
        low, high = table.interval(key, "estimate")
        found.setdefault(verdict(low.value, high.value), []).append(name)
    told = [
        writer.runs(f"summary.equity_{one.value}", names=writer.listed(found[one]))
        for one in (Verdict.HIGHER, Verdict.LOWER)
        if one in found
    ]
    if not told and Verdict.NO_DIFFERENCE in found:
        told = [writer.runs("summary.equity_none")]
    return told


def _identical(writer: Writer) -> list[list[Run]]:
    pairs: list[Pair] = writer.comparison.pairs[RANKED]
    groups = identical_groups(tuple(ranked(writer)), pairs)
    return [writer.runs("summary.identical", names=writer.listed(group)) for group in groups]


def _costs(writer: Writer) -> list[list[Run]]:
    costs = {
        name: writer.book.cell("ranking", (name,), "cost_per_additional_job").value
        for name in ranked(writer)
    }
    known = sorted((name for name in costs if not math.isnan(costs[name])), key=costs.__getitem__)
    hidden = [name for name in costs if name not in known]
    found = []
    if known:
        key = "summary.cost" if len(known) > 1 else "summary.cost_one"
        names = {"cheap": known[0], "dear": known[-1]}
        found.append(writer.runs(key, **{k: writer.bound(k, v) for k, v in names.items()}))
    if hidden:
        found.append(writer.runs("summary.cost_hidden", names=writer.listed(hidden)))
    return found


def _standings_table(writer: Writer) -> None:
    columns = [
        ("strategy", "left", 1.5), ("median", "right", 0.8), ("four_of_five", "right", 1.1),
        ("best_in", "right", 0.8), ("mean", "right", 1.6), ("spent", "right", 0.8),
        ("cost", "right", 1.4),
    ]  # fmt: skip
    rows = []
    for name in ranked(writer):
        key = (name,)
        low = writer.cell("standings", key, "low", "count")
        high = writer.cell("standings", key, "high", "count")
        rows.append(
            [
                writer.name(writer.strategy(name)),
                writer.cell("standings", key, "median", "count"),
                [*low, Run("text", f" {writer.words('frame.to')} "), *high],
                writer.cell("standings", key, "best_in", "significant"),
                writer.cell("ranking", key, "additional_jobs", "count", interval=True),
                writer.cell("ranking", key, "public_cost", "inmeur"),
                cost_cell(writer, name),
            ]
        )
    writer.grid("summary.caption", columns, rows, ["standings", "ranking"], size="small")


def cost_cell(writer: Writer, name: str) -> list[Run]:
    """Cost per additional job in k€, or that it is not shown."""
    value = writer.book.cell("ranking", (name,), "cost_per_additional_job").value
    if math.isnan(value):
        return writer.plain(writer.words("frame.not_shown"))
    return writer.cell("ranking", (name,), "cost_per_additional_job", "inkeur", interval=True)
