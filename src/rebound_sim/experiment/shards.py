"""Parts of a work, for the jobs of an array that know nothing of each other."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from rebound_sim.errors import InputError

#: Folder of what the parts leave, inside that of the whole.
SHARDS = "shards"
Things = TypeVar("Things", bound=Sequence[Any])


@dataclass(frozen=True)
class Shard:
    """Part of the tasks, for a job of an array: number 1 to `count`."""

    number: int
    count: int

    @property
    def name(self) -> str:
        """Folder of its results inside `shards`."""
        return f"{self.number}-of-{self.count}"

    def of(self, tasks: Things, before: int = 0) -> Things:
        """Its tasks. before : how many of the whole stand before these"""
        return tasks[(self.number - 1 - before) % self.count :: self.count]  # type: ignore[return-value]


def shard_asked(text: str | None, until: str | None = None) -> Shard | None:
    """`3/10`: the third of ten; None for the whole.

    Raises InputError: not a shard; a stopping rule, which a part cannot judge.
    """
    if text is None:
        return None
    found = re.fullmatch(r"\s*(\d{1,6})\s*/\s*(\d{1,6})\s*", text)
    shard = Shard(int(found[1]), int(found[2])) if found else Shard(0, 0)
    if not 1 <= shard.number <= shard.count:
        raise InputError(
            "not a shard", file="--shard", value=text, allowed="i/n with 1 ≤ i ≤ n, such as 3/10"
        )
    if until is not None:
        raise InputError("cannot be used together", file="--until and --shard")
    return shard
