"""Replays of the past: closures on zones as they were, and the zone panel, in one call."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from rebound_sim.calibration.moments.run import Repetitions, run_studies, studies_of
from rebound_sim.calibration.panel.events import Drops, real_drops
from rebound_sim.calibration.panel.table import ZonesPanel, all_results, panels, simulated_drops
from rebound_sim.calibration.panel.worlds import STARTS, STUDIES
from rebound_sim.calibration.replays.cases import Replay, case_results, replays
from rebound_sim.calibration.side_by_side import SideBySide
from rebound_sim.calibration.studies.cases import STUDY

FAMILIES: Final = ("cases", "panel")
#: An interval of one more replication needs two.
FEWEST_REPLICATIONS: Final = 2


@dataclass(frozen=True)
class Past:
    """What was replayed; empty where it was not asked for."""

    cases: tuple[Replay, ...]
    panels: tuple[ZonesPanel, ...]
    rows: tuple[SideBySide, ...]

    def drops(self) -> tuple[Drops, Drops]:
        """Zones by the largest drop of a sector, published and simulated (with panels only)."""
        recent = next(panel for panel in self.panels if panel.start.name == "2018")
        return real_drops(), simulated_drops(recent)


def replay_past(families: Collection[str], how: Repetitions) -> Past:
    """Replay the closures ("cases"), the panel ("panel"), or both.

    Raises EngineError when a run fails.
    """
    enough = _enough(how)
    cases: tuple[Replay, ...] = replays(enough) if "cases" in families else ()
    zones: tuple[ZonesPanel, ...] = panels(enough) if "panel" in families else ()
    rows = [*case_results(cases), *(all_results(zones) if zones else ())]
    return Past(cases, zones, tuple(rows))


def replay_case(path: Path, how: Repetitions) -> Past:
    """Replay the closure of a world file beside what the file says was published of it.

    Raises InputError for a file that says nothing to judge, EngineError when a run fails.
    """
    cases = replays(_enough(how), str(path))
    return Past(cases, (), tuple(case_results(cases, titles=False)))


def simulate_part(moments: Iterable[str], families: Collection[str], how: Repetitions) -> None:
    """Simulate and keep one part of what moments and replays need. Raises EngineError."""
    run_studies(studies_of(moments), how)
    past = [STUDY] if "cases" in families else []
    if "panel" in families:
        past += [STUDIES[start.name] for start in STARTS]
    run_studies(past, _enough(how))


def _enough(how: Repetitions) -> Repetitions:
    return replace(how, replications=max(how.replications, FEWEST_REPLICATIONS))
