"""The first replication in pieces: some of its arms on one worker, some on another.

So what is first shown comes in 0.58 of the time, and an odd number of replications ends sooner on
two workers. Months that arms share are simulated in both pieces: it pays once, where there is more
than one worker. The references are in one piece alone.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from rebound_sim.experiment.experiment import Experiment
from rebound_sim.experiment.packed import PackedResult
from rebound_sim.policies.arm import REFERENCES, Arm

#: Pieces of a task that is cut, and arms that one must have to be worth it.
PIECES = 2
_FEWEST_ARMS = 4


def pieces_of(experiment: Experiment, replication: int, group: int) -> int:
    """Pieces in which a task is done: the first of a world of several zones is cut."""
    first = replication == experiment.numbers[0] and group == 0
    large = len(experiment.groups[0]) >= _FEWEST_ARMS and len(experiment.world.codes) > 1
    return PIECES if first and large else 1


def arms_of(arms: tuple[Arm, ...], piece: int, pieces: int) -> tuple[Arm, ...]:
    """Arms of a piece, besides the references of the first: neighbours in the list, alike more
    often than others; as many in each piece as makes them equal with the references.
    """
    every = len(arms) + len(REFERENCES)
    first = every * (pieces - 1) // pieces  # arms of the pieces without references
    if piece == 0:
        return arms[first:]
    bounds = [first * number // (pieces - 1) for number in (piece - 1, piece)]
    return arms[bounds[0] : bounds[1]]


class Pieces:
    """Results that wait for the others of their task."""

    def __init__(self) -> None:
        self._waiting: dict[tuple[int, int], list[PackedResult]] = {}

    @property
    def done(self) -> float:
        """Sum of the shares of tasks that wait."""
        return sum(len(pieces) / pieces[0].pieces for pieces in self._waiting.values())

    def whole(self, result: PackedResult) -> PackedResult | None:
        """The result of the whole task once all its pieces are there, None before."""
        if result.pieces == 1:
            return result
        key = (result.replication, result.group)
        pieces = self._waiting.setdefault(key, [])
        pieces.append(result)
        return joined(self._waiting.pop(key)) if len(pieces) == result.pieces else None


def joined(pieces: Sequence[PackedResult]) -> PackedResult:
    """What one task would have given."""
    first = pieces[0]
    return replace(
        first,
        blobs={key: blob for piece in pieces for key, blob in piece.blobs.items()},
        rows=sum(piece.rows for piece in pieces),
        reference="".join(piece.reference for piece in pieces),
        total=sum(piece.total for piece in pieces) % 2**128,
        errors={name: error for piece in pieces for name, error in piece.errors.items()},
        printed={name: text for piece in pieces for name, text in piece.printed.items()},
        fault=next((piece.fault for piece in pieces if piece.fault), ""),
        pieces=1,
    )
