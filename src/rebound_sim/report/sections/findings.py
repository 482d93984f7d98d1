"""Page one: what was found, how sure it is, who gains, what it rests on."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from typing import Any

from rebound_sim.report.blocks import KeyFigures
from rebound_sim.report.sections.readings import sentences_of
from rebound_sim.report.sentence import Binding, Run
from rebound_sim.report.writer import Writer
from rebound_sim.statistics.intervals import Verdict, verdict
from rebound_sim.statistics.panels import NONE
from rebound_sim.statistics.programme.answer import Duel, duels
from rebound_sim.statistics.programme.counts import Hold, hold
from rebound_sim.statistics.programme.ranking import identical_groups
from rebound_sim.statistics.programme.sentences import FEW
from rebound_sim.statistics.programme.summary import RANKED

_MOST = 3  # sentences of one kind on the first page; the matrix has the other pairs
_SMALL_PART = 0.5  # of the envelope, below which a cost per job is not that of a programme
_MOST_PAIRS = 5  # pairs in one sentence, the least clear first


def findings(writer: Writer) -> None:
    """The answer, as far as worlds and intervals carry it, and the table that it rests on."""
    panels = writer.comparison.panels
    best = ranked(writer)[0]
    writer.heading("findings.heading")
    state_of_results(writer)
    _answer(writer)
    _key_figures(writer, best)
    items = []
    if panels.count > 1:
        items.append(_effect(writer, best))
        items += _order(writer)
    items += _identical(writer) + _costs(writer) + _who(writer, best) + _equity(writer)
    failed = [failure.arm for failure in panels.failures]
    if failed:
        items.append(writer.runs("findings.failed", names=writer.listed(failed)))
    writer.bullets(items)
    writer.paragraph(f"findings.warning_{kind(writer)}", role="warning")
    chosen_arms(writer)
    _standings_table(writer)
    _what_counts_are(writer)


def state_of_results(writer: Writer) -> None:
    """A warning where the results are not those of a whole simulation."""
    manifest = writer.manifest
    if manifest is None or manifest.complete:
        return
    # Where tables or figures alone are missing, the simulation is whole.
    if manifest.done + manifest.failed < manifest.tasks:
        writer.paragraph("findings.interrupted", role="warning")
    elif manifest.failed:
        writer.paragraph("findings.incomplete", role="warning")


def chosen_arms(writer: Writer) -> None:
    """A warning for plans that some of the worlds compared chose: there they are flattered."""
    arms: dict[int, list[str]] = {}
    for arm, count in writer.comparison.chosen.items():
        arms.setdefault(count, []).append(arm)
    for names in arms.values():
        first = writer.bound("arm", names[0])
        writer.paragraph("findings.chosen", role="warning", arm=first, names=writer.listed(names))


def marked(writer: Writer, name: str) -> list[Run]:
    """An arm, with a dagger where worlds compared chose it."""
    mark = [Run("text", "\u00a0†")] if name in writer.comparison.chosen else []
    return [*writer.name(writer.arm(name)), *mark]


def ranked(writer: Writer) -> list[str]:
    """Arms but `none`, highest mean over worlds first, as in figures."""
    return list(writer.comparison.ranked)


def units(writer: Writer) -> Binding:
    """Worlds, or lucks where all replications share one set of parameters."""
    unit = writer.comparison.worlds[RANKED].unit
    return Binding("", writer.words(f"findings.{unit}_unit"))


def kind(writer: Writer) -> str:
    """What is compared: strategies of a "programme", or policies of one "zone"."""
    has_programme = writer.book["design"].has("envelope_eur")
    return "programme" if has_programme else "zone"


def arm_words(writer: Writer, name: str) -> str:
    """An arm in a table; doing nothing has words of its own for a programme and for a zone."""
    if name == NONE:
        return writer.words(f"frame.none_{kind(writer)}")
    return writer.arm(name)


def cost_cell(writer: Writer, name: str) -> list[Run]:
    """Cost per additional job in k€, or that it is not shown."""
    value = writer.book.cell("ranking", (name,), "cost_per_additional_job").value
    if math.isnan(value):
        return writer.plain(writer.words("frame.not_shown"))
    return writer.cell("ranking", (name,), "cost_per_additional_job", "inkeur", interval=True)


def contested(writer: Writer) -> list[Duel]:
    """Every pair of arms over worlds, the one that is ahead more often first."""
    return duels(writer.comparison.worlds[RANKED], ranked(writer))


def by_loser(found: Iterable[Duel]) -> dict[str, list[Duel]]:
    """Duels that hold in nearly all worlds, by their loser."""
    losers: dict[str, list[Duel]] = {}
    for duel in found:
        if duel.verdict == "holds":
            losers.setdefault(duel.second, []).append(duel)
    return losers


def _answer(writer: Writer) -> None:
    """One sentence: which arm is best, in how many worlds."""
    if writer.comparison.panels.count == 1:
        writer.paragraph("findings.single", role="answer")
        return
    rows = [row for row in writer.comparison.standings if row.arm != NONE]
    lead = ranked(writer)[0]
    top = max(rows, key=lambda row: (row.best_in, row.arm == lead))
    held = hold(top.best_in, top.worlds) in (Hold.ALL, Hold.NEARLY_ALL)
    path = "best" if held else "no_best"
    if len(rows) == 1:
        path = "only"
    elif top.arm != lead:
        path += "_other"
    names = {"first": writer.bound("best", top.arm), "best": writer.bound("best", lead)}
    writer.paragraph(f"findings.{path}", role="answer", **names, units=units(writer))


def _key_figures(writer: Writer, best: str) -> None:
    """Jobs closed, jobs gained, money, and in how many worlds."""
    closures = Binding(f"{writer.book.cell('design', ('closures',), 'value').value:.0f}", "")
    names = {"best": writer.bound("best", best), "units": units(writer), "closures": closures}
    where = kind(writer)
    shown: list[tuple[str, str, list[Run]]] = [
        ("closed", _closed(writer), writer.cell("design", ("jobs_closed",), "value", "count")),
        ("jobs", "jobs", writer.cell("ranking", (best,), "additional_jobs", "count")),
        ("none", "none", writer.cell("standings", (best,), "worlds_beating_none", "significant")),
        ("spent", f"spent_{where}", writer.cell(*spent_place(writer, best), "meur")),
    ]
    writer.blocks.append(
        KeyFigures(
            [
                (
                    writer.words(f"findings.key_{key}"),
                    writer.entered(runs),
                    writer.runs(f"findings.key_{about}_about", **names),
                )
                for key, about, runs in shown
            ]
        )
    )


def every_zone_closes(writer: Writer) -> bool:
    """Whether each zone of a programme loses one site."""
    design = writer.book["design"]
    zones, closing, closures = (
        design.cell((item,), "value").value for item in ("zones", "zones_closing", "closures")
    )
    return bool(zones == closing == closures)


def _effect(writer: Writer, best: str) -> list[Run]:
    """The mean effect of the first option, and whether its interval holds zero."""
    names = {"best": writer.bound("best", best), "units": units(writer)}
    found = writer.runs("findings.effect", **names)
    low, high = writer.book["ranking"].interval((best,), "additional_jobs")
    if verdict(low.value, high.value) is Verdict.NO_DIFFERENCE:
        found += [Run("text", " "), *writer.runs("findings.effect_open")]
    return found


def _closed(writer: Writer) -> str:
    where = kind(writer)
    return (
        f"closed_{where}_all"
        if where == "programme" and every_zone_closes(writer)
        else f"closed_{where}"
    )


def spent_place(writer: Writer, name: str) -> tuple[str, tuple[str, ...], str]:
    """The cell of the public money that an arm spent, net: of sums that close if there are any."""
    if writer.book["money_summary"].has(name):
        return "money_summary", (name,), "net"
    return "ranking", (name,), "public_cost"


def _order(writer: Writer) -> list[list[Run]]:
    """What holds in nearly all worlds, what depends on them, what luck hides."""
    pairs = contested(writer)
    if not pairs:
        return []
    found = [_held(writer, pairs)]
    open_ones = [duel for duel in pairs if duel.verdict in ("mostly", "depends")]
    if open_ones:
        found.append(_depends(writer, open_ones))
    hidden = [duel for duel in pairs if duel.verdict in ("luck", "average")]
    if hidden:
        words = [
            writer.typography.listed([writer.quoted(d.first), writer.quoted(d.second)])
            for d in hidden[:_MOST]
        ]
        names = Binding("", f"{writer.typography.semicolon} ".join(words))
        left = Binding(str(len(hidden) - _MOST), str(len(hidden) - _MOST))
        path = "findings.luck_more" if len(hidden) > _MOST else "findings.luck"
        found.append(writer.runs(path, names=names, count=left))
    return found


def _held(writer: Writer, pairs: Sequence[Duel]) -> list[Run]:
    """What holds in nearly all worlds, in one item: losers of the same winners together, those of
    most pairs first."""
    told = {"units": units(writer)}
    groups: dict[tuple[str, ...], list[Duel]] = {}
    for won in by_loser(pairs).values():
        groups.setdefault(tuple(duel.first for duel in won), []).extend(won)
    if not groups:
        return writer.runs("findings.no_order", **told)
    found = writer.runs("findings.holds_start", **told)
    most = sorted(groups.items(), key=lambda group: -len(group[1]))
    for winners, won in most[:_MOST]:
        least = min(won, key=lambda duel: duel.ahead)
        losers = dict.fromkeys(duel.second for duel in won)
        found += [
            Run("text", " "),
            *writer.runs(
                "findings.holds",
                **told,
                winners=writer.listed(winners),
                losers=writer.listed(losers),
                first=Binding(least.first, ""),
                second=Binding(least.second, ""),
                some=Binding("1" if len({duel.ahead for duel in won}) == 1 else "2", ""),
            ),
        ]
    left = sum(len(won) for _, won in most[_MOST:])
    if left:
        count = Binding(str(left), str(left))
        found += [Run("text", " "), *writer.runs("findings.holds_more", count=count)]
    return found


def _depends(writer: Writer, everything: Sequence[Duel]) -> list[Run]:
    """The first option against those that it leads in some worlds only; how many other pairs."""
    lead = ranked(writer)[0]
    first = min((duel.first for duel in everything), key=lambda name: name != lead)
    open_ones = [duel for duel in everything if duel.first == first]
    runs = writer.runs("findings.depends", first=writer.bound("first", first), units=units(writer))
    told = sorted(open_ones, key=lambda duel: duel.ahead)[:_MOST_PAIRS]
    left = len(everything) - len(told)
    for joint, duel in zip(_joints(writer, len(told)), told, strict=True):
        names = {side: writer.bound(side, getattr(duel, side)) for side in ("first", "second")}
        runs += [Run("text", joint), *writer.runs("findings.depends_pair", **names)]
    if left:
        runs += writer.runs("findings.depends_other", count=Binding(str(left), str(left)))
    return [*runs, Run("text", ".")]


def _joints(writer: Writer, count: int) -> list[str]:
    last = f" {writer.words('frame.and')} "
    return [" ", *[", "] * (count - 2), *[last] * (count > 1)][:count]


def _who(writer: Writer, best: str) -> list[list[Run]]:
    if not writer.book["hires_summary"].has(best):
        return []
    return [writer.runs("findings.who", best=writer.bound("best", best))]


def _equity(writer: Writer) -> list[list[Run]]:
    """Losses of zones: what is established is said, whichever way it goes."""
    found: list[Run] = []
    if len(writer.comparison.panels.closing) < 2:
        return []
    for outcome in ("loss_theil", "worst_tenth_loss"):
        for runs in sentences_of(writer, outcome, ranked(writer)):
            found += [Run("text", " "), *runs]
    return [[*writer.runs("findings.equity"), *found]] if found else []


def _identical(writer: Writer) -> list[list[Run]]:
    pairs = writer.comparison.pairs[RANKED]
    groups = identical_groups(tuple(ranked(writer)), pairs)
    return [writer.runs("findings.identical", names=writer.listed(group)) for group in groups]


def _costs(writer: Writer) -> list[list[Run]]:
    """Cheapest and dearest additional job, and for whom no cost is shown, in one item."""
    costs = {
        name: writer.book.cell("ranking", (name,), "cost_per_additional_job").value
        for name in ranked(writer)
    }
    known = sorted((name for name in costs if not math.isnan(costs[name])), key=costs.__getitem__)
    hidden = [name for name in costs if name not in known]
    found = writer.runs("findings.cost")
    if known:
        path = "findings.cost_range" if len(known) > 1 else "findings.cost_one"
        names = {"cheap": writer.bound("best", known[0]), "dear": writer.bound("best", known[-1])}
        found += [Run("text", " "), *writer.runs(path, **names)]
    if known and spends_little(writer, known[0]):
        cheap = writer.bound("best", known[0])
        found += [Run("text", " "), *writer.runs("findings.cost_partial", cheap=cheap)]
    if hidden:
        found += [
            Run("text", " "),
            *writer.runs("findings.cost_hidden", names=writer.listed(hidden)),
        ]
    return [found]


def spends_little(writer: Writer, name: str) -> bool:
    """Whether a strategy spends less than half of the envelope of the programme."""
    design, money = writer.book["design"], writer.book["money_summary"]
    if not design.has("envelope_eur") or not money.has(name):
        return False
    envelope = design.cell(("envelope_eur",), "value").value
    return bool(money.cell((name,), "net").value < _SMALL_PART * envelope)


def _standings_table(writer: Writer) -> None:
    names, unit = ranked(writer), writer.comparison.worlds[RANKED].unit
    several = len(names) > 1
    columns: list[tuple[str, Any, float]] = [
        ("arm", "left", 2.1),
        ("mean", "right", 1.6),
        ("median", "right", 0.8),
        (f"four_of_five_{unit}", "right", 1.1),
        *[(f"best_in_{unit}", "right", 0.8)] * several,
        ("net", "right", 0.8),
        ("cost", "right", 1.4),
    ]
    rows = []
    for name in names:
        key = (name,)
        low = writer.cell("standings", key, "low", "count")
        high = writer.cell("standings", key, "high", "count")
        rows.append(
            [
                marked(writer, name),
                writer.cell("ranking", key, "additional_jobs", "count", interval=True),
                writer.cell("standings", key, "median", "count"),
                [*low, Run("text", f" {writer.words('frame.to')} "), *high],
                *[writer.cell("standings", key, "best_in", "significant")] * several,
                writer.cell(*spent_place(writer, name), "inmeur"),
                cost_cell(writer, name),
            ]
        )
    sources = ["standings", "ranking"]
    sources += ["money_summary"] * bool(writer.book["money_summary"].rows)
    writer.grid(f"findings.caption_{kind(writer)}", columns, rows, sources, size="small")


def _what_counts_are(writer: Writer) -> None:
    """What a world, an interval and net spending are, once."""
    count = writer.comparison.panels.count
    unit = writer.comparison.worlds[RANKED].unit
    told = [writer.runs(f"findings.{unit}_note")] if count > 1 else []
    if count > 1:
        told.append(writer.runs(f"findings.intervals_{unit}"))
    if 1 < count < FEW:
        told.append(writer.runs("findings.few", units=units(writer)))
    counts = [n for row in writer.comparison.standings for n in (row.best_in, row.beats_none)]
    if count > 1 and not all(float(number).is_integer() for number in counts):
        told.append(writer.runs("findings.ties"))
    told.append(writer.runs("findings.net"))
    writer.sentences(told, role="note")
