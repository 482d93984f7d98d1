"""What an optimisation is asked: a world, a menu, limits, sets of parameters."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from rebound_sim.data.basins import load_basin
from rebound_sim.decision.optimise.limits import limits_asked
from rebound_sim.decision.optimise.menu import Option
from rebound_sim.decision.optimise.plans import check_menu
from rebound_sim.decision.optimise.rehearsal import FINALISTS
from rebound_sim.decision.optimise.sample import parts_of, racing, shared_out
from rebound_sim.errors import InputError, refuse_outside
from rebound_sim.experiment.provenance import provenance
from rebound_sim.parameters.ensemble import ParameterChoice
from rebound_sim.policies.arm import Arm
from rebound_sim.policies.definition import NO_POLICY
from rebound_sim.scenario.programme import World

FEWEST_WORLDS, MOST_FINALISTS = 4, 40
#: What optimal plans are held against: what was done, the same for each zone.
REFERENCE = "equal"


@dataclass(frozen=True)
class Question:
    """One optimisation. Raises InputError.

    worlds     : sets of parameters, the last ones, so that a comparison, which takes the first,
        need not meet them; the last half of them teaches, the others judge: what help does differs
        by world more than by zone, and a difference is established by worlds alone
    strategies : arms judged beside the optimal plans    finalists : plans judged at most
    """

    world: World
    menu: tuple[Option, ...]
    limits: tuple[str, ...]
    strategies: tuple[Arm, ...]
    parameters: ParameterChoice
    worlds: int
    seed: int = 0
    finalists: int = FINALISTS

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
        refuse_outside("--finalists", self.finalists, 1, MOST_FINALISTS)
        limits_asked(self.limits, self.closing, self.regions)
        sets = len(self.parameters.sets)
        if sets > 1:
            refuse_outside("--worlds", self.worlds, FEWEST_WORLDS, sets)

    @property
    def closing(self) -> tuple[str, ...]:
        """Zones with a closure: only they can be helped."""
        return tuple(entry.code for entry in self.world.zone if entry.closure)

    @property
    def regions(self) -> tuple[str, ...]:
        """Region of each of them, "" for a synthetic zone."""
        made = {entry.code: entry.synthetic is not None for entry in self.world.zone}
        return tuple("" if made[code] else load_basin(code).region for code in self.closing)

    @property
    def judging(self) -> tuple[int, ...]:
        """Replications, of other worlds and other luck, in which candidates are judged."""
        return tuple(range(self._first, self._first + self.worlds - self._taught))

    @property
    def learning(self) -> tuple[int, ...]:
        """Replications whose worlds teach what each option does."""
        last = self._first + self.worlds
        return tuple(range(last - self._taught, last))

    @property
    def sample(self) -> Mapping[int, tuple[str, ...]]:
        """Zones simulated alone in each of these."""
        return shared_out(self.closing, self.learning)

    @property
    def racing(self) -> Mapping[int, tuple[str, ...]]:
        """Those that learn of the whole menu."""
        return racing(self.sample)

    @property
    def rehearsing(self) -> tuple[int, ...]:
        """The first of them, where plans are tried before they are judged in others: as many as see
        every zone once, two at least."""
        return self.learning[: max(parts_of(len(self.closing), len(self.learning)), 2)]

    @property
    def reference(self) -> str:
        """What plans are held against: `equal`, else the first strategy, else no programme."""
        names = [arm.name for arm in self.strategies]
        return REFERENCE if REFERENCE in names else (names or [NO_POLICY])[0]

    @property
    def _taught(self) -> int:
        return max(self.worlds // 2, 2)

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
