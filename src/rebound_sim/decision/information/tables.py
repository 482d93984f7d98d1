"""Files of a value of information."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from rebound_sim import __version__
from rebound_sim.decision.information.prior import EFFECT_OF_A_DAY
from rebound_sim.decision.information.study import Information, words
from rebound_sim.decision.setting import Setting


def value_rows(found: Sequence[Information]) -> Iterator[dict[str, Any]]:
    """One row a belief and set of parameters; the first of a belief is everything."""
    for one in found:
        base = {
            "belief": one.belief.name,
            "unit": one.unit,
            "best_today": one.best,
            "effective_worlds": one.worlds,
        }
        yield {
            **base,
            "known": "everything, luck included",
            "parameters": "",
            "value": one.everything,
            "error": float("nan"),
            "inert": one.largest_inert,
            "above_chance": "",
        }
        for worth in one.known:
            yield {
                **base,
                "known": one.label(worth),
                "parameters": " ".join(worth.parameters),
                "value": worth.value,
                "error": worth.error,
                "inert": worth.inert,
                "above_chance": "yes" if one.above_chance(worth) else "no",
            }


def record(found: Sequence[Information], setting: Setting, worlds: int) -> dict[str, Any]:
    """One object ready for JSON. setting, worlds : of the comparison."""
    return {
        "setting": setting.record(),
        "version": __version__,
        "worlds": worlds,
        "unit": found[0].unit,
        "day": EFFECT_OF_A_DAY,
        "sentences": words(found),
        "values": list(value_rows(found)),
    }
