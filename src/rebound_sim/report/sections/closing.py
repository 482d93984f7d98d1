"""Robustness, limits, and the annexes: parameters, provenance, index of cells."""

from __future__ import annotations

import math

from rebound_sim.figures.texts import TEXTS
from rebound_sim.report.blocks import Flush, Paragraph
from rebound_sim.report.names import one_line, shown
from rebound_sim.report.sections.opening import ranked
from rebound_sim.report.sections.results import basins_table, many_zones, zones_table
from rebound_sim.report.sentence import Run
from rebound_sim.report.texts import texts
from rebound_sim.report.writer import FOLDER, Writer
from rebound_sim.statistics.programme.summary import RANKED

#: Topics whose parameters are printed: how instruments act on projects.
_TOLD_TOPICS = ("instruments", "projects")
_EVIDENCE = ("assumed", "calibrated", "measured")


def robustness(writer: Writer) -> None:
    """Pairs, replications, common luck, seed."""
    panels = writer.comparison.panels
    writer.heading("robustness.heading")
    if panels.count > 1 and len(ranked(writer)) > 1:
        writer.heading("robustness.pairs", 2)
        writer.paragraph("robustness.pairs_text")
        writer.bullets(_established(writer))
        _matrix(writer)
        writer.figure("pairs")
    writer.heading("robustness.luck", 2)
    if panels.count > 1:
        firsts = [
            [Run("name", f"{writer.strategy(name)} "),
             *writer.cell("ranking", (name,), "replications_first", "significant")]
            for name in ranked(writer)
        ]  # fmt: skip
        _firsts(writer, firsts)
    if panels.count > 1 and not math.isnan(_design(writer, "pairing_median")):
        writer.paragraph("robustness.pairing")
    if _design(writer, "sharing_saved") > 0:
        writer.paragraph("robustness.sharing")
    if panels.until:
        writer.paragraph("robustness.until")
    if panels.replications.size > panels.count:
        writer.paragraph("robustness.left_out")
    writer.paragraph("robustness.seed")


def limits(writer: Writer) -> None:
    """What the model cannot say."""
    writer.heading("limits.heading")
    writer.bullets([writer.parsed(item) for item in texts(writer.language)["limits"]["items"]])
    writer.paragraph("limits.parameters")
    if not writer.comparison.panels.parameter_sets:
        writer.paragraph("limits.held")
    writer.paragraph("limits.validation")


def zone_tables(writer: Writer) -> None:
    """Annex: tables with a row a zone, where they are long."""
    if many_zones(writer):
        writer.blocks.append(Flush())
        writer.heading("annex.zones")
        basins_table(writer)
        zones_table(writer)


def parameters(writer: Writer) -> None:
    """Annex: what decides how instruments act, assumptions first; a file has all parameters."""
    words = texts(writer.language)["units"]
    translated = texts("parameters_fr") if writer.language == "fr" else {}
    writer.blocks.append(Flush())
    writer.heading("annex.parameters")
    writer.paragraph("annex.parameters_text")
    columns = [
        ("parameter", "left", 2.0), ("value", "right", 1.0), ("range", "right", 1.3),
        ("reference", "left", 5.0),
    ]  # fmt: skip
    for kind in _EVIDENCE:
        rows = []
        for row in writer.book["parameters"].rows:
            name = str(row["parameter"])
            topic, _, short = name.partition(".")
            if row["evidence"] != kind or topic not in _TOLD_TOPICS:
                continue
            told = translated.get(topic, {}).get(short, {})
            meaning = told.get("meaning", row["meaning"])
            reference = told.get("reference", row["reference"])
            unit = words.get(row["unit"], row["unit"])
            value = writer.cell("parameters", (name,), "value", "significant")
            if row["unit"] != "1":
                one, _, several = unit.partition("|")
                value.append(Run("text", f" {one if abs(row['value']) < 2 else several or one}"))
            low, high = (
                writer.cell("parameters", (name,), side, "significant") for side in ("low", "high")
            )
            about = writer.typography.punctuated(f"{_capital(meaning)}. {_capital(reference)}.")
            rows.append(
                [[Run("code", shown(name))], value,
                 [*low, Run("text", f" {writer.words('frame.to')} "), *high], writer.plain(about)]
            )  # fmt: skip
        if rows:
            writer.grid(f"annex.{kind}", columns, rows, ["parameters"], size="tiny")


def provenance(writer: Writer) -> None:
    """Annex: who made the results."""
    writer.heading("annex.provenance")
    writer.paragraph("annex.provenance_text")
    words = texts(writer.language)["provenance"]
    rows = []
    for row in writer.book["provenance"].rows:
        item, value = str(row["item"]), str(row["value"])
        if not value:
            continue
        if item.startswith("strategy "):
            said = f"{words['strategy']} {shown(writer.strategy(item.partition(' ')[2]))}"
        elif item.startswith("version of "):
            said = f"{words['version_of']} {item.removeprefix('version of ')}"
        else:
            said = words[item]
        if item == "title":
            value = title_of(writer.language, value)
        told = shown(value, 300) if item in ("title", "command") else one_line(value, 300)
        rows.append(
            [
                writer.plain(writer.typography.punctuated(said)),
                [Run("name", told) if item == "title" else Run("code", told)],
            ]
        )
    columns = [("item", "left", 1.2), ("digest", "left", 2.0)]
    writer.grid("annex.provenance_caption", columns, rows, ["provenance"], size="small")


def cells(writer: Writer) -> None:
    """Annex: where each number of the text stands."""
    writer.heading("annex.cells")
    writer.paragraph("annex.cells_text")
    columns = [
        ("number", "right", 0.5), ("cell_value", "right", 1.8), ("table", "left", 1.6),
        ("row", "left", 3.2), ("column", "left", 2.0),
    ]  # fmt: skip
    rows = []
    for _, (number, run) in writer.cited.items():
        cell = run.cells[0]
        table = writer.book[cell.table]
        key = ", ".join(
            f"{column} = {shown(value)}"
            for column, value in zip(table.key, cell.key, strict=True)
            if value
        )
        rows.append([writer.plain(str(number)), [Run("anchor", run.text, (cell,))],
                     [Run("code", f"{FOLDER}/{cell.table}.csv")], [Run("code", key)],
                     [Run("code", cell.column)]])  # fmt: skip
    writer.grid("annex.cells_caption", columns, rows, [], size="tiny")


def title_of(language: str, title: str) -> str:
    """The shipped programme's title in the language; another title as it was given."""
    return TEXTS[language]["titles"].get(title, title)


def _firsts(writer: Writer, each: list[list[Run]]) -> None:
    found: list[Run] = []
    for run in writer.runs("robustness.firsts", names=""):
        if run.kind != "name":
            found.append(run)
            continue
        for place, runs in enumerate(each):
            found += [Run("text", ", ")] * bool(place) + runs
    writer.blocks.append(Paragraph(writer.entered(found)))


def _established(writer: Writer) -> list[list[Run]]:
    """For each strategy, those that it is established above."""
    found = []
    for name in ranked(writer):
        below = [
            pair.other
            for pair in writer.comparison.pairs[RANKED]
            if pair.strategy == name and pair.established and pair.other in ranked(writer)
        ]
        if below:
            names = {"first": writer.listed([name]), "names": writer.listed(below)}
            found.append(writer.runs("robustness.established", **names))
    return found


def _matrix(writer: Writer) -> None:
    """Chances of every ordered pair."""
    names = ranked(writer)
    pairs = {(p.strategy, p.other): p for p in writer.comparison.pairs[RANKED]}
    rows = []
    for name in names:
        row = [writer.name(writer.strategy(name))]
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
    columns = [("strategy", "left", 1.6), *[("strategy", "right", 1.0)] * len(names)]
    given = {n: shown(writer.strategy(name), 24) for n, name in enumerate(names, start=1)}
    writer.grid("robustness.pairs_caption", columns, rows, ["pairwise"], size="small", given=given)


def _design(writer: Writer, item: str) -> float:
    return float(writer.book.cell("design", (item,), "value").value)


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:].rstrip(".").replace("`", "")
