"""What an evaluator reads first: the answer, the question, the method in one page."""

from __future__ import annotations

import math

from rebound_sim.report.names import shown
from rebound_sim.report.sentence import Binding, Run
from rebound_sim.report.texts import texts
from rebound_sim.report.writer import Writer
from rebound_sim.statistics.panels import NONE
from rebound_sim.statistics.programme.pairs import Pair
from rebound_sim.statistics.programme.ranking import identical_groups, order_of
from rebound_sim.statistics.programme.sentences import FEW
from rebound_sim.statistics.programme.summary import RANKED


def summary(writer: Writer) -> None:
    """The answer, as far as the intervals carry it, and the table that it rests on."""
    comparison = writer.comparison
    count, best = comparison.panels.count, ranked(writer)[0]
    writer.heading("summary.heading")
    writer.paragraph(_order(writer), role="answer", first=_first(writer))
    items = []
    if count > 1:
        items.append(writer.runs("summary.estimate", best=writer.bound("best", best)))
        items += _against_none(writer)
    items += _identical(writer)
    items += _costs(writer)
    failed = [failure.strategy for failure in comparison.panels.failures]
    if failed:
        items.append(writer.runs("summary.failed", names=writer.listed(failed)))
    if 1 < count < FEW:
        items.append(writer.runs("summary.few"))
    writer.bullets(items)
    writer.paragraph("summary.warning", role="warning")
    _ranking_table(writer)
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
    """Strategies but `none`, best estimate first."""
    return [rank.strategy for rank in writer.comparison.ranks if rank.strategy != NONE]


def _order(writer: Writer) -> str:
    if writer.comparison.panels.count == 1:
        return "order.single"
    return f"order.{order_of(writer.comparison.ranks).kind}"


def _first(writer: Writer) -> Binding:
    return writer.listed(order_of(writer.comparison.ranks).first)


def _against_none(writer: Writer) -> list[list[Run]]:
    """Strategies by what is established against no programme, all pairs together."""
    pairs = writer.comparison.pairs[RANKED]
    more = [pair.strategy for pair in pairs if pair.other == NONE and pair.established]
    less = [pair.other for pair in pairs if pair.strategy == NONE and pair.established]
    rest = [name for name in ranked(writer) if name not in (*more, *less)]
    found = {"established": more, "fewer": less, "unclear": rest}
    return [
        writer.runs(f"summary.{key}", names=writer.listed([n for n in ranked(writer) if n in some]))
        for key, some in found.items()
        if some
    ]


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


def _ranking_table(writer: Writer) -> None:
    columns = [
        ("strategy", "left", 1.5), ("rank", "center", 1.0), ("additional", "right", 1.8),
        ("spent", "right", 0.8), ("cost", "right", 1.5),
    ]  # fmt: skip
    rows = []
    for name in ranked(writer):
        key = (name,)
        rows.append(
            [
                writer.name(writer.strategy(name)),
                rank_span(writer, name),
                writer.cell("ranking", key, "additional_jobs", "count", interval=True),
                writer.cell("ranking", key, "public_cost", "inmeur"),
                cost_cell(writer, name),
            ]
        )
    writer.grid("summary.caption", columns, rows, ["ranking"])


def rank_span(writer: Writer, name: str) -> list[Run]:
    """`2–5`: two cells."""
    if writer.comparison.panels.count == 1:
        return writer.plain("–")
    first = writer.cell("ranking", (name,), "rank_first", "count")
    last = writer.cell("ranking", (name,), "rank_last", "count")
    return first if first[0].text == last[0].text else [*first, Run("text", "–"), *last]


def cost_cell(writer: Writer, name: str) -> list[Run]:
    """Cost per additional job in k€, or that it is not shown."""
    value = writer.book.cell("ranking", (name,), "cost_per_additional_job").value
    if math.isnan(value):
        return writer.plain(writer.words("frame.not_shown"))
    return writer.cell("ranking", (name,), "cost_per_additional_job", "inkeur", interval=True)
