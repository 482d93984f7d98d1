"""Envelopes of regions, by jobs lost."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from rebound_sim.policies.allocation import FileDesk, share
from rebound_sim.policies.desk import Integers
from rebound_sim.policies.selection.merit import merit
from rebound_sim.policies.strategy import strategy


@strategy("regional", level="files", words=("by region", "par région"), pace=False)
def regional(desk: FileDesk, budget: int) -> Integers:
    """Envelopes of regions by jobs lost, merit inside.

    By committee c of C, region r may have committed envelope × c / C × jobs_lost(r) / jobs_lost: an
    even pace that keeps for the region what it did not use. Inside, the best files of its zones
    first (score of `merit`), within ceilings of zones. A region's money does not cross its border:
    what it has not used when the last committee ends returns to the State.
    """
    names, of_zone = np.unique(desk.zones.region, return_inverse=True)
    lost, committed = (np.zeros(names.size, dtype=np.int64) for _ in range(2))
    np.add.at(lost, of_zone, desk.zones.jobs_lost)
    np.add.at(committed, of_zone, desk.zones.committed)
    rank = np.arange(names.size)
    due, envelope = desk.session.due, desk.session.envelope
    own = np.maximum(share(lost, np.full(names.size, envelope), envelope, rank) - committed, 0)
    room = np.maximum(share(lost, np.full(names.size, due), due, rank) - committed, 0)
    room = share(room, room, budget, rank)
    awards = np.zeros(desk.key.size, dtype=np.int64)
    for region in rank:
        rows = np.flatnonzero(of_zone[desk.zone] == region)
        requests = replace(desk.requests.take(rows), money=int(own[region]))
        awards[rows] = merit(requests, int(room[region]))
    return awards
