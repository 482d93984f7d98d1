"""One world under some arms: what is asked, checked before anything is simulated."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from rebound_sim.errors import InputError, refuse_outside
from rebound_sim.experiment.manifest import Identity, Manifest
from rebound_sim.experiment.provenance import git_commit, package_versions, provenance
from rebound_sim.parameters.ensemble import DECLARED, ParameterChoice
from rebound_sim.policies.arm import REFERENCES, Arm
from rebound_sim.policies.definition import Policy
from rebound_sim.policies.plan import Plan
from rebound_sim.scenario.programme import World

LARGEST_SEED = 2**63 - 1
LARGEST_REPLICATIONS = 1_000_000
#: Arms simulated together at most: they share zones, and each holds its own copies in memory.
LARGEST_GROUP = 12


@dataclass(frozen=True)
class Experiment:
    """One world under some arms.

    arms         : compared with no shock and with no intervention, which are always simulated
    replications : number of them, numbered from 0; the largest number wanted, plus 1, with `some`
    some         : numbers of the replications wanted, where they are not all of them: replication r
                   has luck r and set r modulo the number of sets
    seed         : 0 to 2**63 - 1; replications of one seed are independent of one another
    group        : arms of one task at most; only time and memory depend on it
    parameters   : sets that replications use in turn; values of the world win over them
    Raises InputError.
    """

    world: World
    arms: tuple[Arm, ...]
    replications: int = 20
    seed: int = 0
    group: int = LARGEST_GROUP
    parameters: ParameterChoice = DECLARED
    some: tuple[int, ...] = ()

    def __post_init__(self) -> None:
        for option, value, low, high in (
            ("--replications", self.replications, 1, LARGEST_REPLICATIONS),
            ("--seed", self.seed, 0, LARGEST_SEED),
            ("--group", self.group, 1, 1000),
        ):
            refuse_outside(option, value, low, high)
        names = [arm.name for arm in self.arms]
        twice = next((name for name in names if names.count(name) > 1), None)
        if twice is not None:
            raise InputError("two arms have the same name", value=twice)

    @property
    def numbers(self) -> tuple[int, ...]:
        """Numbers of the replications asked for, in the order in which they are done."""
        return self.some or tuple(range(self.replications))

    @property
    def simulated(self) -> tuple[Arm, ...]:
        """Arms besides the references, which every replication has."""
        return tuple(arm for arm in self.arms if arm.name not in REFERENCES)

    @property
    def groups(self) -> tuple[tuple[Arm, ...], ...]:
        """Arms simulated together; a task is one replication of one group."""
        return grouped(self.simulated, self.group)

    def world_of(self, replication: int) -> World:
        """The world with the parameters of one replication, the same in all arms."""
        values = self.parameters.of(replication, self.world.parameters)
        return self.world.model_copy(update={"parameters": values})

    def identity(self) -> Identity:
        """What a resumed run must share with the first."""
        return Identity(
            provenance=provenance(),
            seed=self.seed,
            world_digest=self.world.digest(),
            parameters_digest=self.parameters.digest(self.world.parameters),
            arm_digests={arm.name: arm.digest() for arm in self.simulated},
        )

    @property
    def taught(self) -> dict[str, list[int]]:
        """Worlds, among all sets of parameters, that chose an arm: plans of an optimisation."""
        digest = self.parameters.digest(self.world.parameters)
        found = {
            arm.name: list(arm.does.taught.among(digest))
            for arm in self.simulated
            if isinstance(arm.does, Plan) and arm.does.taught is not None
        }
        return {name: worlds for name, worlds in found.items() if worlds}

    def manifest(self, command: Sequence[str]) -> Manifest:
        """A manifest to be filled while the tasks end."""
        return Manifest(
            identity=self.identity(),
            command=list(command),
            world=self.world.model_dump(mode="json"),
            arms=[*REFERENCES, *(arm.name for arm in self.simulated)],
            zones=list(self.world.codes),
            groups=[[arm.name for arm in group] for group in self.groups],
            titles={
                arm.name: arm.does.title
                for arm in self.simulated
                if isinstance(arm.does, Policy) and arm.does.title
            },
            actions={arm.name: arm.described() for arm in self.simulated},
            requested_replications=len(self.numbers),
            parameters=self.parameters.described(),
            taught=self.taught,
            git_commit=git_commit(),
            versions=package_versions(),
        )


def grouped(arms: Sequence[Arm], most: int) -> tuple[tuple[Arm, ...], ...]:
    """Groups of at most `most` arms, equal to one, in order; one empty group without any."""
    count = max(1, -(-len(arms) // most))
    bounds = [len(arms) * number // count for number in range(count + 1)]
    return tuple(tuple(arms[a:b]) for a, b in pairwise(bounds))
