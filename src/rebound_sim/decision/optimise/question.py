"""What an optimisation is asked: a world, a menu, limits, sets of parameters."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from rebound_sim.decision.optimise.menu import Option
from rebound_sim.decision.optimise.plans import check_menu
from rebound_sim.errors import InputError
from rebound_sim.experiment.provenance import provenance
from rebound_sim.parameters.ensemble import ParameterChoice
from rebound_sim.policies.arm import Arm
from rebound_sim.scenario.programme import World

FEWEST_WORLDS = 4


@dataclass(frozen=True)
class Question:
    """One optimisation. Raises InputError.

    worlds     : sets of parameters, the last ones, so that a comparison, which takes the first,
        need not meet them; the first half of them teaches, the other judges
    strategies : arms judged beside the optimal plans
    """

    world: World
    menu: tuple[Option, ...]
    limits: tuple[str, ...]
    strategies: tuple[Arm, ...]
    parameters: ParameterChoice
    worlds: int
    seed: int = 0

    def __post_init__(self) -> None:
        faults = check_menu(self.menu, self.world.national())
        if faults:
            raise InputError(f"this programme cannot do: {'; '.join(faults)}", file="--menu")
        if len(self.closing) < 2:
            raise InputError(
                "zones to choose between",
                file="world",
                value=len(self.closing),
                allowed="two or more with a closure",
            )
        sets = len(self.parameters.sets)
        if sets > 1 and not FEWEST_WORLDS <= self.worlds <= sets:
            raise InputError(
                "out of range",
                file="--worlds",
                value=self.worlds,
                allowed=f"{FEWEST_WORLDS} to {sets}",
            )

    @property
    def closing(self) -> tuple[str, ...]:
        """Zones with a closure: only they can be helped."""
        return tuple(entry.code for entry in self.world.zone if entry.closure)

    @property
    def learning(self) -> tuple[int, ...]:
        """Replications whose worlds teach what each option does."""
        return tuple(range(self._first, self._first + self.worlds // 2))

    @property
    def racing(self) -> tuple[int, ...]:
        """The first of them, a third and two at least, which learn of the whole menu."""
        return self.learning[: max(-(-len(self.learning) // 3), 2)]

    @property
    def checking(self) -> tuple[int, ...]:
        """Two thirds of them, two at least, in which the best is held against the programme."""
        return self.learning[: max(2 * len(self.learning) // 3, 2)]

    @property
    def judging(self) -> tuple[int, ...]:
        """Replications, of other worlds and other luck, in which candidates are judged."""
        return tuple(range(self._first + self.worlds // 2, self._first + self.worlds))

    @property
    def _first(self) -> int:
        return max(len(self.parameters.sets) - self.worlds, 0)

    def in_world(self, replication: int) -> World:
        """The world with the parameters of a replication."""
        values = self.parameters.of(replication, self.world.parameters)
        return self.world.model_copy(update={"parameters": values})

    def identity(self) -> dict[str, Any]:
        """What decides the response table; limits and strategies do not."""
        return {
            "world": self.world.digest(),
            "menu": [repr(option) for option in self.menu],
            "parameters": self.parameters.digest(self.world.parameters),
            "seed": self.seed,
            **provenance(),
        }


def judged(strategies: Sequence[Arm], plans: Sequence[Arm]) -> tuple[Arm, ...]:
    """Plans, then strategies whose names no plan has."""
    names = {arm.name for arm in plans}
    return (*plans, *(arm for arm in strategies if arm.name not in names))
