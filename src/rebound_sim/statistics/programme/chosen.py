"""Arms compared in worlds that chose them: their figures there flatter them.

An optimisation picks a plan for what it does in some worlds, luck included. In those the plan looks
better than it would elsewhere; a comparison that meets them says so beside its figures.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence


def chosen_in(taught: Mapping[str, Sequence[int]], worlds: Collection[int]) -> dict[str, int]:
    """How many of the worlds compared chose each arm; arms that none chose are left out.

    taught : arm -> worlds in which an optimisation chose it    worlds : those compared
    """
    known = set(worlds)
    counts = {arm: len(known.intersection(places)) for arm, places in taught.items()}
    return {arm: count for arm, count in counts.items() if count}


def chosen_words(taught: Mapping[str, Sequence[int]], worlds: Collection[int]) -> list[str]:
    """One sentence for each number of worlds; none where no arm meets the worlds that chose it."""
    arms: dict[int, list[str]] = {}
    for arm, count in chosen_in(taught, worlds).items():
        arms.setdefault(count, []).append(arm)
    total = len(set(worlds))
    return [
        f"Chosen in {count} of the {total} worlds compared, whose figures flatter "
        f"{'it' if len(names) == 1 else 'them'} (†): {', '.join(names)}."
        for count, names in arms.items()
    ]
