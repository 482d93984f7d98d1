"""Which zones are most exposed to the mutations of the car industry: a stated rule.

Exposed jobs of a zone are its salaried jobs in transport equipment (A38 CL), and those of its
supplier sectors weighted by the share of their domestic output that transport equipment buys
directly (national input-output table). A zone's score is the plain mean of four percentile ranks
among the 287 mainland zones: exposed jobs, their share of salaried jobs, fragility, and residents
in a Territoire d'industrie. A38 does not part cars from aircraft, ships and trains: some of the
zones with a high score build those (docs/programme_scenarios.md).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from rebound_sim.data.basins import list_basins, load_basin
from rebound_sim.data.fragility import percentile_ranks
from rebound_sim.data.national import input_output
from rebound_sim.data.sectors import SECTOR_INDEX
from rebound_sim.data.tables import per_folder

CAR_SECTOR: Final = "CL"
SUPPLIER_SECTORS: Final = ("CG", "CH", "CJ", "CK")
"""Rubber and plastics, metals and metal products, electrical equipment, machinery."""

LEAST_EXPOSED_JOBS: Final = 500
"""Assumed: below it, no closure of the usual size can be drawn without emptying the sector."""

LARGEST_ACTIVE: Final = 200_000
"""Assumed: a territory of the programme is a few inter-municipal bodies, not a metropolis whose
envelope (1.5 to 5 million EUR) would be lost in its labour market."""


@dataclass(frozen=True, slots=True)
class Exposure:
    """One zone and what the rule sees of it.

    active        : residents 15-64 in work or unemployed (ILO)
    exposed_jobs  : jobs, weighted; share : of salaried jobs; fragility : index 0-100
    ti_share      : share of residents in a Territoire d'industrie
    ranks         : percentile ranks of the last four, 0-100; score : their mean
    sector_jobs   : salaried jobs by exposed sector; weighted_jobs : the same, weighted
    """

    code: str
    name: str
    region: str
    active: int
    exposed_jobs: float
    share: float
    fragility: float
    ti_share: float
    ranks: tuple[float, float, float, float]
    score: float
    sector_jobs: dict[str, int]
    weighted_jobs: dict[str, float]

    @property
    def eligible(self) -> bool:
        """Whether the rule may take the zone."""
        return self.exposed_jobs >= LEAST_EXPOSED_JOBS and self.active <= LARGEST_ACTIVE


@per_folder
def supplier_weights() -> dict[str, float]:
    """Weight of a job by exposed sector: 1 in transport equipment itself.

    Elsewhere: purchases of transport equipment from the sector, over the output of the sector.
    """
    national = input_output()
    buyer = SECTOR_INDEX[CAR_SECTOR]
    weights = {CAR_SECTOR: 1.0}
    for code in SUPPLIER_SECTORS:
        seller = SECTOR_INDEX[code]
        bought = national.domestic_coefficients[seller, buyer] * national.output[buyer]
        weights[code] = float(bought / national.output[seller])
    return weights


@per_folder
def exposures() -> tuple[Exposure, ...]:
    """All mainland zones, the highest score first; equal scores in the order of codes."""
    weights = supplier_weights()
    zones = [load_basin(summary.code) for summary in list_basins()]
    jobs = [
        {sector: int(zone.salaried_jobs[SECTOR_INDEX[sector]]) for sector in weights}
        for zone in zones
    ]
    weighted = [{s: count * weights[s] for s, count in row.items()} for row in jobs]
    exposed = np.array([sum(row.values()) for row in weighted])
    share = exposed / np.array([zone.salaried_jobs.sum() for zone in zones])
    fragility = np.array([zone.fragility for zone in zones])
    overlap = np.array([zone.ti_share for zone in zones])
    ranks = np.stack([percentile_ranks(v) for v in (exposed, share, fragility, overlap)], axis=1)
    found = [
        Exposure(
            code=zone.code,
            name=zone.name,
            region=zone.region,
            active=zone.employed_residents + zone.unemployed_ilo,
            exposed_jobs=float(exposed[row]),
            share=float(share[row]),
            fragility=zone.fragility,
            ti_share=zone.ti_share,
            ranks=(
                float(ranks[row, 0]),
                float(ranks[row, 1]),
                float(ranks[row, 2]),
                float(ranks[row, 3]),
            ),
            score=float(ranks[row].mean()),
            sector_jobs=jobs[row],
            weighted_jobs=weighted[row],
        )
        for row, zone in enumerate(zones)
    ]
    return tuple(sorted(found, key=lambda zone: (-round(zone.score, 9), zone.code)))


def most_exposed(count: int) -> tuple[Exposure, ...]:
    """The first zones that the rule takes, by score; fewer when fewer are eligible."""
    return tuple(zone for zone in exposures() if zone.eligible)[:count]
