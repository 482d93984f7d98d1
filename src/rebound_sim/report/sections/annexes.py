"""Annexes: words, long tables, other figures, parameters, sources, provenance, index of cells."""

from __future__ import annotations

import re

from rebound_sim.data.sectors import SECTORS
from rebound_sim.figures.texts import TEXTS
from rebound_sim.figures.typography import NARROW
from rebound_sim.report.bibliography import cited_works
from rebound_sim.report.blocks import TableBlock
from rebound_sim.report.design_tables import EVIDENCE
from rebound_sim.report.names import one_line, shown
from rebound_sim.report.sections.findings import arm_words, kind, ranked
from rebound_sim.report.sections.zones import basins_table, many_zones, zones_table
from rebound_sim.report.sentence import Run
from rebound_sim.report.texts import texts
from rebound_sim.report.writer import FOLDER, Writer
from rebound_sim.statistics.panels import NONE

#: The title that `rebound new zone` writes.
_OF_NEW_ZONE = re.compile(r"(.+), ([\d,]+) jobs in (.+)")
#: Topics whose parameters are printed: how instruments act on projects.
TOLD_TOPICS = ("instruments", "projects")
#: Figures that a reader may look for, and the text does not need.
_OTHER_FIGURES = (
    "worlds",
    "duels",
    "pairs",
    "zones_gap",
    "event_study",
    "lorenz",
    "marginal",
    "funnel",
)


def definitions(writer: Writer) -> None:
    """Words of the report, each once, and the names of strategies in files."""
    writer.heading("annex.definitions")
    found = texts(writer.language)["definitions"]
    where = kind(writer)
    rows = [
        [writer.plain(writer.typography.punctuated(words[part])) for part in ("word", "means")]
        for words in found.values()
        if words.get("of", where) == where
    ]
    columns = [("word", "left", 1.2), ("means", "left", 4.0)]
    writer.grid("annex.definitions_caption", columns, rows, [], size="small")
    names = [
        [writer.name(arm_words(writer, name)), [Run("code", shown(name))]]
        for name in (NONE, *ranked(writer))
    ]
    writer.grid(
        "annex.names_caption",
        [("arm", "left", 1.0), ("identifier", "left", 1.0)],
        names,
        [],
        size="small",
    )


def zone_tables(writer: Writer) -> None:
    """Tables with a row a zone, where they are long."""
    if many_zones(writer):
        writer.heading("annex.zones")
        basins_table(writer)
        zones_table(writer)


def other_figures(writer: Writer) -> None:
    """Figures that the text does not need; no heading without one."""
    start = len(writer.blocks)
    writer.heading("annex.figures")
    best = writer.bound("best", ranked(writer)[0])
    told = any(
        "pairwise" in block.source for block in writer.blocks if isinstance(block, TableBlock)
    )
    for name in _OTHER_FIGURES:
        if name == "pairs" and told and name not in writer.asked:
            continue  # the table of the text has the same chances
        writer.figure(name, best=best)
    if len(writer.blocks) == start + 1:
        writer.blocks.pop()


def parameters(writer: Writer) -> None:
    """What decides how instruments act, assumptions first; a file has all parameters."""
    words = texts(writer.language)["units"]
    translated = texts("parameters_fr") if writer.language == "fr" else {}
    writer.heading("annex.parameters")
    told = [writer.runs("annex.parameters_text")]
    if writer.comparison.panels.parameter_sets > 1:
        told.append(writer.runs("annex.parameters_sets"))
    writer.sentences(told)
    columns = [
        ("parameter", "left", 2.0),
        ("value", "right", 1.0),
        ("range", "right", 1.3),
        ("reference", "left", 5.0),
    ]
    for evidence in EVIDENCE:
        rows = []
        for row in writer.book["parameters"].rows:
            name = str(row["parameter"])
            topic, _, short = name.partition(".")
            if row["evidence"] != evidence or topic not in TOLD_TOPICS:
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
                [
                    [Run("code", shown(name))],
                    value,
                    [*low, Run("text", f" {writer.words('frame.to')} "), *high],
                    writer.plain(about),
                ]
            )
        if rows:
            writer.grid(f"annex.{evidence}", columns, rows, ["parameters"], size="tiny")


def bibliography(writer: Writer) -> None:
    """The works that the references of the parameters name."""
    writer.heading("annex.bibliography")
    writer.paragraph("annex.bibliography_text")
    writer.bullets([[Run("name", work)] for work in cited_works(writer.language)])


def provenance(writer: Writer) -> None:
    """Who made the results."""
    writer.heading("annex.provenance")
    writer.paragraph("annex.provenance_text")
    words = texts(writer.language)["provenance"]
    rows = []
    for row in writer.book["provenance"].rows:
        item, value = str(row["item"]), str(row["value"])
        if not value:
            continue
        if item.startswith("strategy "):
            said = f"{words['strategy']} {writer.quoted(item.partition(' ')[2])}"
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
    writer.grid("annex.provenance_caption", columns, rows, ["provenance"], size="tiny")


def cells(writer: Writer) -> None:
    """Where each number of the text stands."""
    writer.heading("annex.cells")
    writer.paragraph("annex.cells_text")
    columns = [
        ("number", "right", 0.5),
        ("cell_value", "right", 1.8),
        ("table", "left", 1.6),
        ("row", "left", 3.2),
        ("column", "left", 2.0),
    ]
    rows = []
    for _, (number, run) in writer.cited.items():
        cell = run.cells[0]
        table = writer.book[cell.table]
        key = ", ".join(
            f"{column} = {shown(value)}"
            for column, value in zip(table.key, cell.key, strict=True)
            if value
        )
        rows.append(
            [
                writer.plain(str(number)),
                [Run("anchor", run.text, (cell,))],
                [Run("code", f"{FOLDER}/{cell.table}.csv")],
                [Run("code", key)],
                [Run("code", cell.column)],
            ]
        )
    writer.grid("annex.cells_caption", columns, rows, [], size="tiny")


def title_of(language: str, title: str) -> str:
    """The shipped programme's title in the language, or that of `rebound new zone`; another title
    as it was given."""
    known = TEXTS[language]["titles"].get(title)
    written = _OF_NEW_ZONE.fullmatch(title)
    if known or language != "fr" or not written:
        return known or title
    zone, jobs, sector = written.groups()
    labels = {one.english.lower(): one.french for one in SECTORS}
    if sector not in labels:
        return title
    words = labels[sector]
    return f"{zone}, {jobs.replace(',', NARROW)} emplois, {words[:1].lower()}{words[1:]}"


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:].rstrip(".").replace("`", "")
