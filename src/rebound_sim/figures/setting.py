"""The line below a title: what was simulated, in words made of its numbers.

A title that a user gave says what the file meant; `--set` or the Python door may have changed it.
"""

from __future__ import annotations

from collections.abc import Mapping

from rebound_sim.figures.typography import NARROW, number, shortened, significant
from rebound_sim.statistics.panels import Panels

_ZONE_WIDTH = 40  # characters
_MILLION = 1e6


def setting(panels: Panels, words: Mapping[str, str], language: str) -> str:
    """Zones, closures, jobs that they take, and the envelope where there is one.

    words : texts of a kind of results, with `setting_*`
    """
    closures = [closure for zone in panels.zones for closure in panels.closures.get(zone, ())]
    jobs = number(sum(int(closure.get("jobs", 0)) for closure in closures), language)
    count = len(panels.zones)
    zone = shortened(panels.zone_name(panels.zones[0]), _ZONE_WIDTH)
    if not closures:
        key = "setting_zones" if count > 1 else "setting_zone"
    else:
        key = "setting_closures" if len(closures) > 1 or count > 1 else "setting_closure"
    zones = words["zones"].format(n=count) if count > 1 else zone
    parts = [words[key].format(zones=zones, zone=zone, closures=len(closures), jobs=jobs)]
    if panels.envelope_eur:
        millions = significant(panels.envelope_eur / _MILLION, language)
        parts.append(words["setting_envelope"].format(amount=f"{millions}{NARROW}M€"))
    return " · ".join(parts)
