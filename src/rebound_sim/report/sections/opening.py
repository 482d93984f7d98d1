"""What is asked and what was compared; the method in one page."""

from __future__ import annotations

from collections.abc import Iterable

from rebound_sim.policies.instruments import INSTRUMENTS
from rebound_sim.report.design_tables import CSP
from rebound_sim.report.sections import messages
from rebound_sim.report.sections.findings import arm_words, every_zone_closes, kind, ranked
from rebound_sim.report.sentence import Binding
from rebound_sim.report.texts import texts
from rebound_sim.report.writer import Writer
from rebound_sim.statistics.panels import NONE


def question(writer: Writer) -> None:
    """What is asked, of which zones, with which strategies, over which base policy."""
    where = kind(writer)
    closures = Binding(f"{writer.book.cell('design', ('closures',), 'value').value:.0f}", "")
    zone = writer.bound("zone", writer.comparison.panels.zones[0])
    writer.heading(messages.of_question(writer))
    every = "_all" if where == "programme" and every_zone_closes(writer) else ""
    writer.paragraph(f"question.ask_{where}{every}", zone=zone, closures=closures)
    writer.paragraph(f"question.shock_{where}", closures=closures)
    if where == "programme":
        writer.paragraph("question.calendar")
    base_policy(writer)
    rows = [
        [writer.name(arm_words(writer, name)), writer.plain(_rule(writer, name))]
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
    facts = {
        item: float(design.cell((item,), "value").value)
        for item in ("base_csp", "base_agreements", "base_agreement_wages")
    }
    told = [
        writer.runs(f"base.start_{kind(writer)}"),
        writer.runs("base.csp" if facts["base_csp"] else "base.no_csp"),
    ]
    if not facts["base_agreement_wages"]:
        told.append(writer.runs("base.no_agreement"))
    elif facts["base_agreements"]:
        one = design.cell(("closures",), "value").value == 1
        told.append(writer.runs("base.agreement_one" if one else "base.agreement"))
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
    luck = "luck" if len(writer.comparison.panels.zones) > 1 else "luck_zone"
    for key in ("basin", f"help_{kind(writer)}", f"none_{kind(writer)}", luck, "intervals"):
        writer.paragraph(f"method.{key}")
    sets = writer.comparison.panels.parameter_sets
    writer.paragraph("method.sets" if sets > 1 else "method.luck_only", role="warning")


def _rule(writer: Writer, name: str) -> str:
    """What an arm does: the words of the report, or its instruments, or those of its own file."""
    titles = texts(writer.language)["strategy_titles"]
    known = titles.get(f"none_{kind(writer)}" if name == NONE else name)
    if known:
        return writer.typography.punctuated(known)
    found = [
        str(row["instrument"])
        for row in writer.book["arms"].rows
        if row["arm"] == name and row["instrument"] in INSTRUMENTS
    ]
    words = _instrument_words(writer, dict.fromkeys(found))
    own = writer.words(f"strategy_titles.own_{kind(writer)}")
    return words[:1].upper() + words[1:] if words else own


def _other_instruments(writer: Writer) -> str:
    """Instruments that the base policy adds to what law asks, in one list."""
    return _instrument_words(
        writer,
        dict.fromkeys(
            str(row["instrument"])
            for row in writer.book["base"].rows
            if row["on"] == "yes" and row["instrument"] not in ("revitalisation", CSP)
        ),
    )


def _instrument_words(writer: Writer, names: Iterable[str]) -> str:
    """Instruments in one list, as they are called in the language."""
    found = [INSTRUMENTS[name] for name in names]
    words = [(item.french if writer.language == "fr" else item.english).name for item in found]
    return writer.typography.listed(words)
