"""Arms at once while memory permits, then half of them to the end, while the others wait.

Arms share most of their zones at first. As they part, memory grows by the people of a whole arm
each; so once a limit is reached, those that share least with one another go on in turn, and the
few months that they would still have shared are simulated in each turn.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from rebound_sim.pace import tell
from rebound_sim.programme import cores
from rebound_sim.programme.sharing import Lane, check_laws, going_on, one_month
from rebound_sim.programme.waiting import Waiting, zones_by_core

#: People and firms held at a time, beyond which half of the arms wait: in copies of the whole world
#: (default programme, ten arms: 8 % more zone-months than without limit), and in bytes, as small
#: worlds have no need of it.
_COPIES, _BYTES = 2.8, 0.6e9


def run_together(
    arms: Sequence[Lane],
    described: Callable[[Exception], str],
    ended: Callable[[Sequence[Lane]], None] | None = None,
    limit: float | None = None,
) -> None:
    """Run all arms to the end. An arm that fails stops alone; the laws are checked at the end.

    arms : their models hold the same zones at t = 0    described : text of a fault
    ended : told of arms that have ended, while others may wait
    limit : bytes of people and firms held at a time, as long as there is more than one arm to run
    """
    if not arms:
        return
    limit = most_held(held(arms)) if limit is None else limit
    months = arms[0].model.months
    waiting: list[Waiting] = []
    turn = list(arms)
    while True:
        while (alive := going_on(turn)) and alive[0].model.t < months:
            if len(alive) > 1 and held(alive) > limit:
                alive, others = halves(alive)
                waiting.append(Waiting(others, alive))
                turn = [arm for arm in turn if all(arm is not other for other in others)]
            one_month(alive, described)
            tell(sum(arm.model.t for arm in arms) / (len(arms) * months))
        check_laws(alive, described)
        if ended is not None:
            ended(turn)
        if not waiting:
            return
        turn = waiting.pop().back()


def most_held(copy: float) -> float:
    """Bytes of people and firms held at a time at most, given those of one copy of the world."""
    return max(_COPIES * copy, _BYTES)


def held(arms: Sequence[Lane]) -> int:
    """Bytes of the people and firms of these arms, what several share once."""
    return sum(
        cores.bytes_of_core(zones[0])
        for code in arms[0].model.codes
        for zones in zones_by_core(code, arms)
    )


def halves(arms: Sequence[Lane]) -> tuple[list[Lane], list[Lane]]:
    """Two halves that share little with each other.

    Each arm in turn gathers the arms that share most with those gathered so far; kept are the
    halves that hold least together.
    """
    common = {(a.name, b.name): _shared(a, b) for a in arms for b in arms}
    best: tuple[int, list[Lane], list[Lane]] | None = None
    for start in arms:
        near = [start]
        far = [arm for arm in arms if arm is not start]
        while len(near) < len(far):
            next_one = max(far, key=lambda arm: sum(common[arm.name, b.name] for b in near))
            far.remove(next_one)
            near.append(next_one)
        size = held(near) + held(far)
        if best is None or size < best[0]:
            best = size, near, far
    assert best is not None
    return best[1], best[2]


def _shared(arm: Lane, other: Lane) -> int:
    """Bytes of people and firms that two arms share."""
    return sum(
        cores.bytes_of_core(zone)
        for code, zone in arm.model.zones.items()
        if cores.core_of(zone) == cores.core_of(other.model.zones[code])
    )
