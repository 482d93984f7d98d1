"""The bibliography: works that references of parameters name, as a journal would print them."""

from __future__ import annotations

from functools import cache

from rebound_sim.parameters import PARAMETERS
from rebound_sim.report.texts import texts
from rebound_sim.report.typography import Typography


@cache
def cited_works(language: str) -> tuple[str, ...]:
    """One line a work, in alphabetical order: those whose names stand in a reference."""
    references = "\n".join(p.reference for p in PARAMETERS.values())
    works = texts("bibliography")["work"]
    found = [
        str(work["printed"])
        for work in works.values()
        if any(name in references for name in work["named"])
    ]
    punctuated = Typography(language).punctuated
    return tuple(sorted((punctuated(work) for work in found), key=str.casefold))
