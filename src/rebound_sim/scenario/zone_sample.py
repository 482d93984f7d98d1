"""A sample of the zones of a programme, with its share of money and of capacities."""

from __future__ import annotations

from hashlib import sha256

from rebound_sim.errors import InputError
from rebound_sim.scenario.programme import World

#: What zones share, which a sample of them has in proportion.
_SHARED = ("envelope_eur", "consultant_days_month", "appraisal_capacity")


def sample_of_zones(world: World, count: int, seed: int) -> World:
    """A simple random sample of the zones, in the order of the file.

    The seed decides which, by a digest of their codes.

    The envelope, consultants' days and appraisals are those of the programme times count / number
    of zones, so that each zone has as much on average; the title says that it is a sample.
    Raises InputError for a count out of range.
    """
    zones = world.zone
    if not 1 <= count <= len(zones):
        raise InputError(
            "not a number of zones", file="--zones", value=count, allowed=f"1 to {len(zones)}"
        )
    if count == len(zones):
        return world
    drawn = sorted(zones, key=lambda entry: sha256(f"{seed}|{entry.code}".encode()).digest())
    chosen = {entry.code for entry in drawn[:count]}
    table, share = world.programme, count / len(zones)
    if table is not None:
        scaled = {name: max(1, round(getattr(table, name) * share)) for name in _SHARED}
        table = table.model_copy(update=scaled)
    title = f"{world.title[:100]}: sample of {count} of {len(zones)} zones"
    return world.model_copy(
        update={
            "title": title,
            "zone": tuple(entry for entry in zones if entry.code in chosen),
            "programme": table,
        }
    )
