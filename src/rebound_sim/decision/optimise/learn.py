"""The response table of a question, and allocations in the coupled programme."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from rebound_sim.data.basins import load_basin
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
    replications: Sequence[int],
    kept: tuple[int, ...] = (),
    workers: Team = None,
    watcher: Watcher | None = None,
) -> Responses:
    """Every zone alone under options of the menu, in some worlds; cells that are done are read.

    kept : options of the table, by place, all without them. Worlds that race know all.
    """
    whole = tuple(range(len(question.menu)))
    places = kept or whole
    known = {number: whole if number in question.racing else places for number in replications}
    zones = question.closing
    tasks = {
        (code, number): _alone(question, code, number, known[number])
        for number in replications
        for code in zones
    }
    do_missing(tasks.values(), parts, workers, watcher or Watcher())
    ends = {place: kept_ends(parts, task.key) for place, task in tasks.items()}

    def table(name: str, number: int) -> np.ndarray:
        rows = [known[number].index(place) for place in places]
        return np.stack([ends[z, number].cells[name][0][rows] for z in zones])

    cells = {name: np.stack([table(name, n) for n in replications], axis=2) for name in CELLS}
    entries = {entry.code: entry for entry in question.world.zone}
    lost = [sum(closure.jobs for closure in entries[code].closure) for code in zones]
    people = np.array([np.mean([ends[z, n].people[0] for n in replications]) for z in zones])
    return Responses(
        zones,
        tuple(_region(question, code) for code in zones),
        tuple(question.menu[place] for place in places),
        tuple(replications),
        **cells,
        people=people,
        lost=np.array(lost, float),
    )


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


def _region(question: Question, code: str) -> str:
    entry = next(entry for entry in question.world.zone if entry.code == code)
    return "" if entry.synthetic is not None else load_basin(code).region
