"""Replays of the past: closures on zones as they were, and the zone panel, in one call."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from rebound_sim.calibration.moments.run import Values
from rebound_sim.calibration.panel.events import Drops, real_drops
from rebound_sim.calibration.panel.table import ZonesPanel, all_results, panels, simulated_drops
from rebound_sim.calibration.replays.cases import Replay, case_results, replays
from rebound_sim.calibration.side_by_side import SideBySide
from rebound_sim.experiment.watcher import Watcher

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


def replay_past(
    families: Collection[str],
    replications: int,
    seed: int = 0,
    workers: int | None = None,
    parameters: Values | None = None,
    watcher: Watcher | None = None,
) -> Past:
    """Replay the closures ("cases"), the panel ("panel"), or both.

    parameters : values that replace defaults    Raises EngineError when a run fails.
    """
    number = max(replications, FEWEST_REPLICATIONS)
    cases: tuple[Replay, ...] = ()
    zones: tuple[ZonesPanel, ...] = ()
    if "cases" in families:
        cases = replays(number, seed, workers, parameters, watcher)
    if "panel" in families:
        zones = panels(number, seed, workers, parameters, watcher)
    rows = [*case_results(cases), *(all_results(zones) if zones else ())]
    return Past(cases, zones, tuple(rows))


def replay_case(
    path: Path,
    replications: int,
    seed: int = 0,
    workers: int | None = None,
    parameters: Values | None = None,
    watcher: Watcher | None = None,
) -> Past:
    """Replay the closure of a world file beside what the file says was published of it.

    Raises InputError for a file that says nothing to judge, EngineError when a run fails.
    """
    number = max(replications, FEWEST_REPLICATIONS)
    cases = replays(number, seed, workers, parameters, watcher, str(path))
    return Past(cases, (), tuple(case_results(cases, titles=False)))
