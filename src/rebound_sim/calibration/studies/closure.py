"""Study "closure": a site of 1 % of active residents closes, against the same zone without it."""

from __future__ import annotations

import numpy as np

from rebound_sim.arrays import Floats
from rebound_sim.calibration.measures import displaced, zones
from rebound_sim.calibration.studies import design
from rebound_sim.calibration.studies.shared import (
    Address,
    ClosingSite,
    closing_site,
    path,
)
from rebound_sim.calibration.study import Evidence, Study, StudyTask, counts
from rebound_sim.data.sectors import SECTOR_INDEX, SECTORS
from rebound_sim.state.codes import IN_WORK, Status


def places() -> tuple[str, ...]:
    """Zone and sector of the site: the largest manufacturing one in each zone, and the largest
    private sector outside manufacturing in every other zone."""
    sites = [f"{zone}:{design.largest_sector(zone, True)}" for zone in design.zones()]
    sites += [f"{zone}:{design.largest_sector(zone, False)}" for zone in design.zones()[::2]]
    return tuple(sites)


def simulate(task: StudyTask) -> Evidence:
    """One closure and the same zone without it, ten years, same random numbers."""
    sector = task.place.partition(":")[2]
    site = closing_site(Address.of(task, sector))
    paths = [path(site.closed), path(site.kept)]
    manufacturing = SECTORS[SECTOR_INDEX[sector]].manufacturing
    evidence = _victims(site, manufacturing)
    if manufacturing:
        month = design.LAYOFF_MONTH + 48
        evidence["spill_same_industry"] = zones.same_industry(
            site.people[0][month]["sector_jobs"],
            site.people[1][month]["sector_jobs"],
            SECTOR_INDEX[sector],
            int(paths[1]["site_jobs"][month]),
        )
        rates = [path["unemployment_rate"][design.LAYOFF_MONTH + 24] for path in paths]
        evidence["ur_gap_closure"] = np.array([rates[0] - rates[1]])
    return evidence


def _victims(site: ClosingSite, manufacturing: bool) -> dict[str, Floats]:
    """Paths of the people laid off, and losses against matched employees."""
    run, taken = site.closed, site.people[0]
    start = design.LAYOFF_MONTH - 1
    before = taken[start]

    def later(months: int) -> dict[str, Floats]:
        return taken[design.LAYOFF_MONTH + months]

    rows = run.displaced()
    residents = rows[before["resident"][rows] == 1].astype(np.int64)
    evidence = {
        "displaced_training_10m": displaced.in_training(residents, later(10)),
        "displaced_2y": displaced.private_wage_work(residents, later(24)),
    }
    if manufacturing:
        evidence["displaced_3y_manuf"] = displaced.private_wage_work(residents, later(36))
        three = later(36)["status"][residents]
        own = np.count_nonzero(three == Status.SELF_EMPLOYED)
        evidence["displaced_business_3y"] = counts(own, np.isin(three, IN_WORK).sum())
    month = design.BURN_IN + start
    firm = run.state.sites[0].firm
    sample = displaced.stable_workers(before, firm, month)
    treated = sample & (before["employer"] == firm)
    weight = displaced.matched_weights(before, treated, sample & ~treated, month)
    after = displaced.losses(before, later(60), treated, weight)
    evidence["displaced_gap_5y"], evidence["displaced_wage_5y"] = after["work"], after["wage"]
    evidence["displaced_pay_7y"] = displaced.pay_of_stayers(before, later(84), treated, weight)
    return evidence


STUDY = Study("closure", "closure of 1 % of the labour force, ten years", places, simulate)
