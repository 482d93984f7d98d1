"""What is asked and what was compared; the method in one page."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from rebound_sim.policies.instruments import INSTRUMENTS
from rebound_sim.report.design_tables import CSP
from rebound_sim.report.sections.findings import kind, ranked
from rebound_sim.report.sentence import Binding
from rebound_sim.report.texts import texts
from rebound_sim.report.writer import Writer
from rebound_sim.statistics.panels import NONE


def question(writer: Writer) -> None:
    """What is asked, of which zones, with which strategies, over which base policy."""
    where = kind(writer)
    closures = writer.book.cell("design", ("closures",), "value").value
    zone = writer.comparison.panels.zones[0]
    writer.heading("question.heading")
    writer.paragraph(f"question.ask_{where}", zone=writer.bound("zone", zone))
    writer.paragraph(f"question.shock_{where}", closures=Binding(f"{closures:.0f}", ""))
    if where == "programme":
        writer.paragraph("question.calendar")
    base_policy(writer)
    titles = texts(writer.language)["strategy_titles"]
    rows = [
        [writer.name(writer.strategy(name)), writer.plain(_rule(writer, titles, name))]
        for name in (NONE, *ranked(writer))
    ]
    columns = [("arm", "left", 1.3), ("what", "left", 4.0)]
    writer.grid(f"question.arms_{where}", columns, rows, ["ranking"])


def base_policy(writer: Writer) -> None:
    """What law and ordinary institutions do in every arm, as the manifest says."""
    design = writer.book["design"]
    if not design.cell(("base_known",), "value").value:
        writer.paragraph("base.unknown")
        return
    facts = {item: float(design.cell((item,), "value").value)
             for item in ("base_csp", "base_agreements", "base_agreement_wages")}  # fmt: skip
    told = [
        writer.runs(f"base.start_{kind(writer)}"),
        writer.runs("base.csp" if facts["base_csp"] else "base.no_csp"),
    ]
    if not facts["base_agreement_wages"]:
        told.append(writer.runs("base.no_agreement"))
    elif facts["base_agreements"]:
        number = Binding(f"{facts['base_agreements']:.0f}", "")
        told.append(writer.runs("base.agreement", agreements=number))
    else:
        told.append(writer.runs("base.none_due"))
    others = _other_instruments(writer)
    if others:
        told.append(writer.runs("base.others", names=Binding("", others)))
    told.append(writer.runs("base.end"))
    writer.sentences(told)


def method(writer: Writer) -> None:
    """The method in one page."""
    writer.heading("method.heading")
    for key in ("basin", f"help_{kind(writer)}", f"none_{kind(writer)}", "luck", "intervals"):
        writer.paragraph(f"method.{key}")
    sets = writer.comparison.panels.parameter_sets
    writer.paragraph("method.sets" if sets > 1 else "method.luck_only", role="warning")


def _rule(writer: Writer, titles: Mapping[str, Any], name: str) -> str:
    """What an arm does: the words of the report, or those of its own file."""
    if name == NONE:
        return writer.typography.punctuated(titles[f"none_{kind(writer)}"])
    own = writer.comparison.panels.titles.get(name, "")
    return writer.typography.punctuated(titles.get(name) or own or titles["own"])


def _other_instruments(writer: Writer) -> str:
    """Instruments that the base policy adds to what law asks, in one list."""
    names = [
        (INSTRUMENTS[name].french if writer.language == "fr" else INSTRUMENTS[name].english).name
        for name in dict.fromkeys(str(row["instrument"]) for row in writer.book["base"].rows
                                  if row["on"] == "yes")
        if name not in ("revitalisation", CSP)
    ]  # fmt: skip
    return writer.typography.listed(names)

