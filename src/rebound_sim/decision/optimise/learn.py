"""The response table of a question, and allocations in the coupled programme."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from rebound_sim.decision.optimise.ends import CELLS, Ends, EndsTask
from rebound_sim.decision.optimise.parts import do_missing, kept_ends, key_of
from rebound_sim.decision.optimise.plans import zone_alone
from rebound_sim.decision.optimise.question import Question
from rebound_sim.decision.optimise.responses import Responses
from rebound_sim.experiment.executors import Team
from rebound_sim.experiment.experiment import LARGEST_GROUP
from rebound_sim.experiment.kept import Kept
from rebound_sim.experiment.watcher import Watcher
from rebound_sim.policies.arm import Arm


def respond(
    question: Question,
    parts: Kept,
    sample: Mapping[int, tuple[str, ...]],
    kept: tuple[int, ...] = (),
    workers: Team = None,
    watcher: Watcher | None = None,
) -> Responses:
    """Zones alone under options of the menu, in worlds that teach; cells that are done are read.

    sample : world -> its zones; the table is NaN for the others
    kept : options of the table, by place, all without them. Zones that race know all.
    """
    whole = tuple(range(len(question.menu)))
    places = kept or whole
    raced = question.racing
    known = {
        (code, number): whole if code in raced.get(number, ()) else places
        for number, zones in sample.items()
        for code in zones
    }
    tasks = {place: _alone(question, *place, options) for place, options in known.items()}
    do_missing(tasks.values(), parts, workers, watcher or Watcher())
    ends = {place: kept_ends(parts, task.key) for place, task in tasks.items()}
    zones = question.closing
    cells = {name: _table(name, question, tuple(sample), places, known, ends) for name in CELLS}
    entries = {entry.code: entry for entry in question.world.zone}
    lost = [sum(closure.jobs for closure in entries[code].closure) for code in zones]
    return Responses(
        zones,
        question.regions,
        tuple(question.menu[place] for place in places),
        tuple(sample),
        **cells,
        people=_people(zones, ends),
        lost=np.array(lost, float),
    )


def _table(
    name: str,
    question: Question,
    worlds: Sequence[int],
    places: tuple[int, ...],
    known: Mapping[tuple[str, int], tuple[int, ...]],
    ends: Mapping[tuple[str, int], Ends],
) -> np.ndarray:
    """float[zones, options, worlds] of one of CELLS (files: an axis more), NaN where not
    simulated."""
    axes = next(iter(ends.values())).cells[name].shape[2:]
    table = np.full((len(question.closing), len(places), len(worlds), *axes), np.nan)
    for z, code in enumerate(question.closing):
        for w, world in enumerate(worlds):
            if (code, world) in ends:
                rows = [known[code, world].index(place) for place in places]
                table[z, :, w] = ends[code, world].cells[name][0][rows]
    return table


def _people(zones: Sequence[str], ends: Mapping[tuple[str, int], Ends]) -> np.ndarray:
    """Residents of working age: float[zones], mean of the worlds in which each was simulated; of
    the others where it was in none."""
    seen = [[one.people[0] for (zone, _), one in ends.items() if zone == code] for code in zones]
    usual = float(np.mean([one.people[0] for one in ends.values()]))
    return np.array([float(np.mean(own)) if own else usual for own in seen])


def together(
    question: Question,
    parts: Kept,
    arms: Sequence[Arm],
    replications: Sequence[int],
    workers: Team = None,
    watcher: Watcher | None = None,
) -> dict[str, Mapping[str, np.ndarray]]:
    """Arms in the coupled programme, with its queues: arm -> cell -> float[zones, worlds].

    Zones are those with a closure, in the order of the response table.
    """
    # Groups of the same size: each simulates the paths without help again.
    count = -(-len(arms) // LARGEST_GROUP)
    groups = [tuple(arms[n] for n in group) for group in np.array_split(range(len(arms)), count)]
    tasks = {
        (number, place): EndsTask(
            key_of("together", number, *(arm.digest() for arm in group)),
            question.in_world(number),
            group,
            question.seed,
            number,
        )
        for number in replications
        for place, group in enumerate(groups)
    }
    do_missing(tasks.values(), parts, workers, watcher or Watcher())
    found: dict[str, Mapping[str, np.ndarray]] = {}
    for place, group in enumerate(groups):
        ends: list[Ends] = [kept_ends(parts, tasks[number, place].key) for number in replications]
        rows = [ends[0].zones.index(code) for code in question.closing]
        for row, arm in enumerate(group):
            found[arm.name] = {
                name: np.stack([one.cells[name][rows, row] for one in ends], axis=1)
                for name in CELLS
            }
    return found


def _alone(question: Question, code: str, replication: int, places: tuple[int, ...]) -> EndsTask:
    """places : of its options in the menu."""
    menu = tuple(question.menu[place] for place in places)
    world, arms = zone_alone(question.in_world(replication), code, menu)
    return EndsTask(
        key_of("alone", code, replication, *places), world, arms, question.seed, replication
    )
