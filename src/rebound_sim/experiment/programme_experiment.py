"""One programme under some strategies: what is asked, checked before anything is simulated."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rebound_sim.errors import InputError
from rebound_sim.experiment.manifest import git_commit, package_versions, source_digest
from rebound_sim.experiment.programme_manifest import ProgrammeIdentity, ProgrammeManifest
from rebound_sim.experiment.programme_task import REFERENCES, grouped
from rebound_sim.experiment.run import LARGEST_REPLICATIONS, LARGEST_SEED
from rebound_sim.parameters.ensemble import DECLARED, ParameterChoice
from rebound_sim.policies.strategy import StrategyChoice
from rebound_sim.scenario.programme import ProgrammeScenario

#: Strategies simulated together at most: they share zones, and each holds its own copies in memory.
LARGEST_GROUP = 12


@dataclass(frozen=True)
class ProgrammeExperiment:
    """One programme under some strategies.

    strategies   : compared with no shock and with no intervention, which are always simulated
    replications : number of them, numbered from 0; the largest number wanted, plus 1, with `some`
    some         : numbers of the replications wanted, where they are not all of them: replication r
                   has luck r and set r modulo the number of sets
    seed         : 0 to 2**63 - 1; replications of one seed are independent of one another
    group        : strategies of one task at most; only time and memory depend on it
    parameters   : sets that replications use in turn; values of the programme win over them
    Raises InputError.
    """

    programme: ProgrammeScenario
    strategies: tuple[StrategyChoice, ...]
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
            if not low <= value <= high:
                raise InputError(
                    "out of range",
                    file=option,
                    value=value,
                    allowed=f"a whole number from {low} to {high}",
                )
        names = [choice.name for choice in self.strategies]
        twice = next((name for name in names if names.count(name) > 1), None)
        if twice is not None:
            raise InputError("a strategy is given twice", file="--strategy", value=twice)

    @property
    def numbers(self) -> tuple[int, ...]:
        """Numbers of the replications asked for, in the order in which they are done."""
        return self.some or tuple(range(self.replications))

    @property
    def simulated(self) -> tuple[StrategyChoice, ...]:
        """Strategies besides the references, which every replication has."""
        return tuple(choice for choice in self.strategies if choice.name not in REFERENCES)

    @property
    def groups(self) -> tuple[tuple[StrategyChoice, ...], ...]:
        """Strategies simulated together; a task is one replication of one group."""
        return grouped(self.simulated, self.group)

    def identity(self) -> ProgrammeIdentity:
        """What a resumed run must share with the first."""
        return ProgrammeIdentity(
            version=package_versions()["rebound-sim"],
            source_digest=source_digest(),
            seed=self.seed,
            scenario_digest=self.programme.digest(),
            parameters_digest=self.parameters.digest(self.programme.parameters),
            strategy_digests={choice.name: choice.digest() for choice in self.simulated},
        )

    def manifest(self, command: Sequence[str]) -> ProgrammeManifest:
        """A manifest to be filled while the tasks end."""
        return ProgrammeManifest(
            identity=self.identity(),
            command=list(command),
            scenario=self.programme.model_dump(mode="json"),
            strategies=[*REFERENCES, *(choice.name for choice in self.simulated)],
            zones=list(self.programme.codes),
            groups=[[choice.name for choice in group] for group in self.groups],
            requested_replications=len(self.numbers),
            parameters=self.parameters.described(),
            git_commit=git_commit(),
            versions=package_versions(),
        )
