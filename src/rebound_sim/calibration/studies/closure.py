"""Study "closure": a site of 1 % of active residents closes, against the same zone without it."""

from __future__ import annotations

import numpy as np

from rebound_sim.calibration.measures import displaced, zones
from rebound_sim.calibration.studies import design
from rebound_sim.calibration.studies.following import Snapshots, follow
from rebound_sim.calibration.study import Array, Evidence, Study, Task
from rebound_sim.data.sectors import SECTOR_INDEX, SECTORS
from rebound_sim.model import BasinModel

_HORIZONS = (10, 24, 36, 48, 60, 84)
_PEOPLE = ("status", "wage", "sector", "employer", "birth", "since", "resident", "qualification")


def places() -> tuple[str, ...]:
    """Zone and sector of the site: the largest manufacturing one in each zone, and the largest
    private sector outside manufacturing in every other zone."""
    sites = [f"{zone}:{design.largest_sector(zone, True)}" for zone in design.zones()]
    sites += [f"{zone}:{design.largest_sector(zone, False)}" for zone in design.zones()[::2]]
    return tuple(sites)


def simulate(task: Task) -> Evidence:
    """One closure and the same zone without it, ten years, same random numbers."""
    zone, sector = task.place.split(":")
    world = design.world(zone, design.TEN_YEARS, sector)
    runs, snapshots = [], []
    dates = [design.LAYOFF_MONTH - 1, *(design.LAYOFF_MONTH + h for h in _HORIZONS)]
    for closes in (True, False):
        model = BasinModel(
            world, seed=task.seed, replication=task.replication, closure=closes,
            parameters=task.parameters,
        )  # fmt: skip
        taken = Snapshots(dates, _PEOPLE, ("employment",))
        runs.append(follow(model, (taken,)))
        snapshots.append(taken.taken)
    paths = [{k: v[design.BURN_IN :] for k, v in run.recorder.columns.items()} for run in runs]
    manufacturing = SECTORS[SECTOR_INDEX[sector]].manufacturing
    evidence = _victims(runs[0], snapshots[0], manufacturing)
    if manufacturing:
        month = design.LAYOFF_MONTH + 48
        evidence["spill_same_industry"] = zones.same_industry(
            snapshots[0][month]["sector_jobs"], snapshots[1][month]["sector_jobs"],
            SECTOR_INDEX[sector], int(paths[1]["site_jobs"][month]),
        )  # fmt: skip
        evidence["migration_share"] = zones.migration_share(
            paths[0], paths[1], design.TEN_YEARS - 1
        )
        rates = [path["unemployment_rate"][design.LAYOFF_MONTH + 24] for path in paths]
        evidence["ur_gap_closure"] = np.array([rates[0] - rates[1]])
    return evidence


def _victims(
    run: BasinModel, taken: dict[int, dict[str, Array]], manufacturing: bool
) -> dict[str, Array]:
    """Paths of the people laid off, and losses against matched employees."""
    start = design.LAYOFF_MONTH - 1
    before = taken[start]

    def later(months: int) -> dict[str, Array]:
        return taken[design.LAYOFF_MONTH + months]

    rows = run.displaced()
    residents = rows[before["resident"][rows] == 1].astype(np.int64)
    evidence = {
        "displaced_training_10m": displaced.in_training(residents, later(10)),
        "displaced_2y": displaced.private_wage_work(residents, later(24)),
    }
    if manufacturing:
        evidence["displaced_3y_manuf"] = displaced.private_wage_work(residents, later(36))
    month = design.BURN_IN + start
    site = run.state.sites[0].firm
    sample = displaced.stable_workers(before, site, month)
    treated = sample & (before["employer"] == site)
    weight = displaced.matched_weights(before, treated, sample & ~treated, month)
    after = displaced.losses(before, later(60), treated, weight)
    evidence["displaced_gap_5y"], evidence["displaced_wage_5y"] = after["work"], after["wage"]
    evidence["displaced_pay_7y"] = displaced.pay_of_stayers(before, later(84), treated, weight)
    return evidence


STUDY = Study("closure", "closure of 1 % of the labour force, ten years", places, simulate, 16.0)
