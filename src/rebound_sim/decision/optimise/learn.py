"""The response table of a question, and allocations in the coupled programme."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from rebound_sim.data.basins import load_basin
from rebound_sim.decision.optimise.ends import CELLS, Ends, EndsTask
from rebound_sim.decision.optimise.parts import Parts, do_missing, key_of
from rebound_sim.decision.optimise.plans import zone_alone
from rebound_sim.decision.optimise.question import Question
from rebound_sim.decision.optimise.responses import Responses
from rebound_sim.experiment.watcher import Watcher
from rebound_sim.policies.arm import Arm

#: Arms simulated together at most: each has copies of zones (2 GB in all with 30 zones).
GROUP = 8


def respond(
    question: Question, parts: Parts, replications: Sequence[int],
    workers: int | None = None, watcher: Watcher | None = None,
) -> Responses:  # fmt: skip
    """Every zone alone under every option, in some worlds; cells that are done are read."""
    tasks = {
        (code, number): _alone(question, code, number)
        for number in replications
        for code in question.closing
    }
    do_missing(tasks.values(), parts, workers, watcher or Watcher())
    ends = {place: parts.read(task.key) for place, task in tasks.items()}
    zones = question.closing
    cells = {
        name: np.stack(
            [np.stack([ends[z, n].cells[name][0] for z in zones]) for n in replications], axis=2
        )
        for name in CELLS
    }
    entries = {entry.code: entry for entry in question.world.zone}
    lost = [sum(closure.jobs for closure in entries[code].closure) for code in zones]
    people = np.array([np.mean([ends[z, n].people[0] for n in replications]) for z in zones])
    return Responses(
        zones, tuple(_region(question, code) for code in zones), question.menu,
        tuple(replications), **cells, people=people, lost=np.array(lost, float),
    )  # fmt: skip


def jobs_alone(
    question: Question, parts: Parts, choices: Sequence[NDArray[np.int64]],
    replications: Sequence[int], workers: int | None = None, watcher: Watcher | None = None,
) -> list[float]:  # fmt: skip
    """Mean jobs of allocations with zones alone, in the worlds of some replications.

    Only options that some allocation gives to a zone are simulated there.
    """
    wanted = {
        code: tuple(sorted({int(choice[row]) for choice in choices}))
        for row, code in enumerate(question.closing)
    }
    tasks = {
        (code, number): _alone(question, code, number, wanted[code])
        for number in replications
        for code in question.closing
    }
    do_missing(tasks.values(), parts, workers, watcher or Watcher())
    found = np.zeros(len(choices))
    for (code, _), task in tasks.items():
        jobs, row = parts.read(task.key).cells["jobs"][0], question.closing.index(code)
        found += [jobs[wanted[code].index(int(choice[row]))] for choice in choices]
    return [float(total) / len(replications) for total in found]


def together(
    question: Question, parts: Parts, arms: Sequence[Arm], replications: Sequence[int],
    workers: int | None = None, watcher: Watcher | None = None,
) -> dict[str, Mapping[str, np.ndarray]]:  # fmt: skip
    """Arms in the coupled programme, with its queues: arm -> cell -> float[zones, worlds].

    Zones are those with a closure, in the order of the response table.
    """
    groups = [tuple(arms[place : place + GROUP]) for place in range(0, len(arms), GROUP)]
    tasks = {
        (number, place): EndsTask(
            key_of("together", number, *(arm.digest() for arm in group)),
            question.in_world(number), group, question.seed, number,
        )
        for number in replications
        for place, group in enumerate(groups)
    }  # fmt: skip
    do_missing(tasks.values(), parts, workers, watcher or Watcher())
    found: dict[str, Mapping[str, np.ndarray]] = {}
    for place, group in enumerate(groups):
        ends: list[Ends] = [parts.read(tasks[number, place].key) for number in replications]
        rows = [ends[0].zones.index(code) for code in question.closing]
        for row, arm in enumerate(group):
            found[arm.name] = {
                name: np.stack([one.cells[name][rows, row] for one in ends], axis=1)
                for name in CELLS
            }
    return found


def _alone(question: Question, code: str, replication: int, some: tuple[int, ...] = ()) -> EndsTask:
    """some : positions in the menu, all without them."""
    menu = question.menu if not some else tuple(question.menu[place] for place in some)
    world, arms = zone_alone(question.in_world(replication), code, menu)
    key = key_of("alone", code, replication, *some)
    return EndsTask(key, world, arms, question.seed, replication)


def _region(question: Question, code: str) -> str:
    entry = next(entry for entry in question.world.zone if entry.code == code)
    return "" if entry.synthetic is not None else load_basin(code).region
