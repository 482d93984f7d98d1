"""Figures that a programme file or an experiment file asks for: `[figures] only = [...]`."""

from __future__ import annotations

from rebound_sim.figures.registry import known, names
from rebound_sim.figures.subject import Subject


def selected(subject: Subject) -> tuple[str, ...]:
    """Names chosen in the file that the results come from; all of their kind without a choice.

    Raises InputError with the nearest name when one does not exist.
    """
    wanted = subject.chosen
    return known(wanted, subject, "[figures] only") if wanted else names(subject)
