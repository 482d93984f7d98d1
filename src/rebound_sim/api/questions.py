"""Questions as experiments: what is asked of a world, with the defaults of the project.

Commands and the functions of Python both come here, so that the same question has one answer.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from rebound_sim.api.arguments import text_or_none, whole, whole_or_none
from rebound_sim.errors import InputError
from rebound_sim.experiment import Experiment
from rebound_sim.experiment.asked import replications_asked
from rebound_sim.experiment.experiment import LARGEST_GROUP
from rebound_sim.parameters.ensemble import choose_parameters
from rebound_sim.policies import Arm, Plan
from rebound_sim.scenario import World
from rebound_sim.scenario.plan_sample import plan_in_sample
from rebound_sim.scenario.zone_sample import sample_of_zones

#: Replications of `run` unless told otherwise.
DEFAULT_REPLICATIONS: Final = 20


def comparison_asked(
    world: World,
    arms: Sequence[Arm],
    *,
    worlds: str | int | None = None,
    lucks: int | None = None,
    replications: int | None = None,
    zones: int | None = None,
    seed: int = 0,
    parameters: str | None = None,
    group: int | None = None,
    until: str | None = None,
) -> Experiment:
    """A comparison of arms over worlds; see `compare`. zones : size of a sample of them, in which
    a plan keeps its lines there, scaled to the money of the sample

    Raises InputError, which names the option.
    """
    lucks, replications = whole_or_none("lucks", lucks), whole_or_none("replications", replications)
    _refuse_with_until(until, replications=replications, worlds=worlds, lucks=lucks)
    if world.figures.only:
        from rebound_sim.figures.registry import known_of_kind

        known_of_kind(world.figures.only, "programme", "[figures] only")
    seed = whole("seed", seed)
    if zones is not None:
        drawn = sample_of_zones(world, whole("zones", zones), seed)
        arms, world = _in_sample(arms, world, drawn), drawn
    sets = choose_parameters(text_or_none("parameters", parameters))
    asked = worlds if worlds is None or isinstance(worlds, str) else str(whole("worlds", worlds))
    numbers = replications_asked(asked, lucks, replications, len(sets.sets))
    together = LARGEST_GROUP if group is None else whole("group", group)
    return Experiment(world, tuple(arms), max(numbers) + 1, seed, together, sets, numbers)


def run_asked(
    world: World,
    arms: Sequence[Arm],
    *,
    replications: int | None = None,
    seed: int = 0,
    parameters: str | None = None,
    group: int | None = None,
    until: str | None = None,
) -> Experiment:
    """Policies in one zone, beside doing nothing; see `run`. Raises InputError."""
    _refuse_with_until(until, replications=replications)
    count = DEFAULT_REPLICATIONS if replications is None else whole("replications", replications)
    together = LARGEST_GROUP if group is None else whole("group", group)
    sets = choose_parameters(text_or_none("parameters", parameters))
    return Experiment(world, tuple(arms), count, whole("seed", seed), together, sets)


def _in_sample(arms: Sequence[Arm], world: World, sample: World) -> list[Arm]:
    """Arms whose plans hold for the zones of a sample. Raises InputError, see `plan_in_sample`."""
    if sample.codes == world.codes:
        return list(arms)
    return [
        replace(arm, does=plan_in_sample(arm.does, world, sample))
        if isinstance(arm.does, Plan)
        else arm
        for arm in arms
    ]


def _refuse_with_until(until: str | None, **given: object) -> None:
    """Raise InputError for an option that sets the number of replications beside `until`."""
    for option, value in given.items():
        if value is not None and until is not None:
            raise InputError("--until decides; bound it with --cap", file=f"--{option}")
