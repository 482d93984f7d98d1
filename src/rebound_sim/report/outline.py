"""The sections and annexes of a report by name, in their usual order."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from rebound_sim.report.blocks import Contents, NewPage
from rebound_sim.report.sections import annexes, closing, opening, results, zones
from rebound_sim.report.sections.decision import decision
from rebound_sim.report.sections.findings import findings
from rebound_sim.report.settings import Annex, ReportSettings, Section
from rebound_sim.report.writer import Writer

Write = Callable[[Writer], None]

SECTIONS: Mapping[Section, Write] = {
    "findings": findings,
    "question": opening.question,
    "zones_before": zones.zones_before,
    "jobs": results.jobs,
    "account": results.account,
    "money": results.money,
    "people": results.people,
    "recovery": zones.recovery,
    "zones": zones.zone_by_zone,
    "decision": decision,
    "robustness": closing.robustness,
    "conclusion": closing.conclusion,
    "limits": closing.limits,
    "method": opening.method,
}
#: Sections from which a report has a table of contents, after its findings.
_LONG: Final = 6
ANNEXES: Mapping[Annex, Write] = {
    "definitions": annexes.definitions,
    "zone_tables": annexes.zone_tables,
    "figures": annexes.other_figures,
    "parameters": annexes.parameters,
    "bibliography": annexes.bibliography,
    "provenance": annexes.provenance,
    "cells": annexes.cells,
}


def write_outline(writer: Writer, settings: ReportSettings) -> None:
    """Write the sections that are asked for, then the annexes.

    The index of cells comes last whatever its place, for it names those of all the others.
    """
    for section in settings.sections:
        SECTIONS[section](writer)
        if section == "findings" and len(settings.sections) >= _LONG:
            writer.blocks.append(Contents())
    for place, annex in enumerate(sorted(settings.annexes, key=lambda name: name == "cells")):
        if not place:
            writer.blocks.append(NewPage())
        ANNEXES[annex](writer)
