"""The base policy of results in one line: what every arm has, `none` included."""

from __future__ import annotations

from rebound_sim.experiment.manifest import Manifest
from rebound_sim.policies.instruments import INSTRUMENTS
from rebound_sim.report.design_tables import CSP, base_table
from rebound_sim.scenario import World


def base_words(manifest: Manifest) -> str:
    """Base policy: what law and ordinary institutions do in every arm."""
    parts: dict[str, list[str]] = {}
    for row in base_table(World.model_validate(manifest.world)).rows:
        name = "CSP" if row["instrument"] == CSP else INSTRUMENTS[row["instrument"]].english.name
        state = name if row["on"] == "yes" else f"no {name}"
        settings = f" ({row['settings']})" if row["settings"] else ""
        parts.setdefault(row["zone"], []).append(state + settings)
    told = [
        f"{zone}: {', '.join(names)}" if zone else ", ".join(names) for zone, names in parts.items()
    ]
    return f"Base policy, in every arm: {'; '.join(told)}."
