"""What a run that has ended adds to its results folder: tables, then figures."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from rebound_sim.errors import EngineError, ReboundError
from rebound_sim.experiment.durable import reason
from rebound_sim.experiment.manifest import read_manifest
from rebound_sim.experiment.missing import UNDER_WAY, note_missing
from rebound_sim.statistics.comparable import panels_of
from rebound_sim.statistics.headline import write_headline
from rebound_sim.statistics.ledger import ledger_faults
from rebound_sim.statistics.programme.files import write_tables
from rebound_sim.statistics.programme.summary import Summary


def add_tables_and_figures(
    folder: Path, figures: bool = True, phase: Callable[[str], None] = lambda _name: None
) -> None:
    """Write both into a results folder; nothing where nothing can be compared.

    figures : draw them too    phase : told what is being done

    What cannot be drawn is named in the manifest, and all of it until it is there: a run that is
    stopped meanwhile is not taken for a whole one. Raises EngineError when the ledger does not
    balance or tables cannot be made, OSError.
    """
    faults: list[str] = []
    note_missing(folder, [UNDER_WAY])
    try:
        _write(folder, faults, figures, phase)
    except (ReboundError, OSError) as fault:
        note_missing(folder, [f"tables and figures: {fault}"])
        raise
    except Exception as fault:
        line = f"{type(fault).__name__}: {' '.join(str(fault).split())}"
        note_missing(folder, [f"tables and figures: {line}"])
        raise EngineError(
            f"the tables could not be made ({line}); the runs are kept in {folder}"
        ) from fault
    note_missing(folder, faults)


def _write(folder: Path, faults: list[str], figures: bool, phase: Callable[[str], None]) -> None:
    phase("writing")
    comparison = Summary(panels_of(folder))
    unbalanced = ledger_faults(comparison.panels.ledger)
    if unbalanced:
        raise EngineError(f"{folder.name}: the ledger does not balance: {unbalanced[0]}")
    if comparison.panels.count:
        write_headline(comparison.panels, folder)
    if not comparison.known:
        return
    write_tables(comparison, folder)
    if not figures:
        return
    phase("drawing")
    # Tables are there before anything of the drawing library is imported.
    try:
        from rebound_sim.figures import Subject, draw_figures

        kind = "run" if read_manifest(folder).is_of_one_zone else "programme"
        draw_figures(Subject(kind, folder, made=comparison), folder, faults=faults)
    except ImportError as fault:
        faults.append(f"figures: Matplotlib cannot be imported ({fault})")
    except OSError as fault:
        faults.append(f"figures: they cannot be written ({reason(fault)})")
