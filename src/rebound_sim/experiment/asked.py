"""Which replications are asked for: worlds, lucks, or a number of both.

Replication r has luck r and world r modulo the number of sets of parameters, so that a run of more
worlds or lucks adds to a smaller one.
"""

from __future__ import annotations

from rebound_sim.errors import InputError, refuse_outside

#: Worlds of a comparison unless told otherwise: seven or eight minutes on two cores with the
#: shipped programme.
DEFAULT_WORLDS = 12
#: Lucks where there is one set of parameters.
DEFAULT_LUCKS = 12
#: Worlds in which a second luck tells luck from worlds, when one luck a world is asked for.
CROSSED = 3
ALL = "all"
_MOST_LUCKS = 100_000


def replications_asked(
    worlds: str | None, lucks: int | None, replications: int | None, sets: int
) -> tuple[int, ...]:
    """Numbers of the replications. sets : of parameters.

    Raises InputError: not a number, more worlds than sets, options that exclude one another.
    """
    if replications is not None:
        for option, given in (("--worlds", worlds), ("--lucks", lucks)):
            if given is not None:
                raise InputError("cannot be used together", file=f"--replications and {option}")
        refuse_outside("--replications", replications, 1, 1_000_000)
        return tuple(range(replications))
    if sets == 1:
        if worlds not in (None, "1", ALL):
            raise InputError(
                "there is one world: one set of parameters",
                file="--worlds",
                value=worlds,
                allowed="--lucks L, or --parameters ensemble",
            )
        number = DEFAULT_LUCKS if lucks is None else lucks
        refuse_outside("--lucks", number, 1, _MOST_LUCKS)
        return tuple(range(number))
    count = _worlds(worlds, sets)
    if lucks is not None:
        refuse_outside("--lucks", lucks, 1, _MOST_LUCKS)
        return tuple(luck * sets + world for luck in range(lucks) for world in range(count))
    crossed = tuple(sets + world for world in range(min(CROSSED, count)))
    return (*range(count), *crossed)


def _worlds(asked: str | None, sets: int) -> int:
    if asked is None:
        return min(DEFAULT_WORLDS, sets)
    if asked.strip().lower() == ALL:
        return sets
    try:
        count = int(asked)
    except ValueError:
        count = 0
    if not 1 <= count <= sets:
        raise InputError(
            "not a number of worlds",
            file="--worlds",
            value=asked,
            allowed=f"1 to {sets} (sets of parameters that there are), or {ALL}; more with "
            "--parameters posterior",
        )
    return count
