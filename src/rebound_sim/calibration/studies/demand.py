"""Studies "trade", "recession", "lasting", "slump": external demand moves, against the same zone
at rest."""

from __future__ import annotations

import numpy as np

from rebound_sim.calibration.measures import displaced, matching, zones
from rebound_sim.calibration.studies import design
from rebound_sim.calibration.studies.following import (
    Impose,
    Snapshots,
    Worked,
    as_in_the_country,
    follow,
)
from rebound_sim.calibration.studies.shared import (
    COMPARED,
    FIVE_YEARS,
    LAST,
    RECOVERED,
    Address,
    branch,
    path,
    resting,
)
from rebound_sim.calibration.study import Evidence, Study, StudyTask
from rebound_sim.data.sectors import SECTORS
from rebound_sim.model import BasinModel
from rebound_sim.scenario import Scenario

#: Yearly growth of external demand for manufacturing (assumed: a size that can be measured).
_GROWTH = 0.02
_FIRST_YEAR = 12
#: External demand in a recession at months 0, 12, 24, 36 (assumed: as in 2008-09, when French
#: market output fell by about 4 %); employment is read six years after the bottom (`RECOVERED`).
_RECESSION, _BOTTOM, _RECESSION_MONTHS = (1.0, 0.96, 0.96, 1.0), 24, 100
#: External demand of one zone that falls in a year, and for good (assumed: a size that can be
#: measured; at 4 % the luck of single people is as large as the effect).
_LASTING = (1.0, 0.9)
#: Levels of external demand around a closure in a slump and in a boom (assumed: unemployment then
#: differs by some points, as between the groups of the sources).
_SLUMP, _BOOM, _LAYOFFS, _LOSS_MONTHS = (1.0, 0.95), (1.0, 1.05), 18, 60


def _run(
    task: StudyTask, world: Scenario, dates: tuple[int, ...] = (), impose: Impose | None = None
) -> tuple[BasinModel, Snapshots]:
    model = BasinModel(
        world, seed=task.seed, replication=task.replication, parameters=task.parameters
    )
    taken = Snapshots(dates, COMPARED)
    follow(model, (taken,), impose)
    return model, taken


def simulate_trade(task: StudyTask) -> Evidence:
    """Demand for manufacturing falls, stays, or rises by 2 % a year for ten years."""
    sectors = [sector.code for sector in SECTORS if sector.manufacturing]
    base = resting(Address.of(task)).taken.taken
    moved = []
    for growth in (-_GROWTH, _GROWTH):
        trends = dict.fromkeys(sectors, growth)
        world = design.world(task.place, design.TEN_YEARS, trends=trends)
        moved.append(_run(task, world, (FIVE_YEARS, LAST))[1].taken)
    down, up = moved
    evidence = {
        "spill_nonmanuf": zones.other_employment(
            down[LAST]["sector_jobs"], base[LAST]["sector_jobs"]
        ),
        "multiplier": zones.sheltered_per_tradable(
            up[LAST]["sector_jobs"], base[LAST]["sector_jobs"]
        ),
    }
    if task.place in design.distressed_zones():
        evidence["hires_residents_out_of_work"] = zones.filled_by_residents(
            up[FIVE_YEARS], base[FIVE_YEARS], base[0]
        )
    return evidence


def simulate_recession(task: StudyTask) -> Evidence:
    """A recession of the zone alone, and one of all zones, against the zone without it."""
    zone = resting(Address.of(task))
    slump = zone.address.world(_RECESSION)
    hit_taken, hit_worked = Snapshots((RECOVERED,), COMPARED), Worked(RECOVERED)
    hit = follow(branch(zone.start, world=slump), (hit_taken, hit_worked), until=_RECESSION_MONTHS)
    paths = [path(run, _RECESSION_MONTHS) for run in (hit, zone.run)]
    country = as_in_the_country(paths[1]["unemployment_rate"])
    nation = path(follow(branch(zone.start, world=slump), (), country, _BOTTOM), _BOTTOM)
    calm = zone.taken.taken
    fall = zones.employment_of_residents(
        hit_taken.taken[RECOVERED] | {"worked": hit_worked.ever},
        calm[RECOVERED] | {"worked": zone.worked.ever},
        calm[0],
        design.BURN_IN,
    )
    year = slice(_BOTTOM - 12, _BOTTOM)
    rates = [float(path["unemployment_rate"][year].mean()) for path in paths]
    rows = np.concatenate([matching.matching_rows(path) for path in paths])
    return {
        "persistence_er": np.array([fall, rates[0] - rates[1]]),
        "national_slump": zones.points_per_percent(nation, paths[1], _BOTTOM),
        "local_response": zones.points_per_percent(paths[0], paths[1], _FIRST_YEAR),
        "match_elast": rows,
        "match_crs": rows,
        "wage_curve": np.array([matching.wage_rows(path) for path in paths]),
    }


def simulate_lasting(task: StudyTask) -> Evidence:
    """External demand of the zone alone falls for good, against the zone without it."""
    zone = resting(Address.of(task))
    hit = follow(branch(zone.start, world=zone.address.world(_LASTING)))
    return {"migration_share": zones.migration_share(path(hit), path(zone.run), LAST)}


def simulate_slump(task: StudyTask) -> Evidence:
    """The same closure in a slump and in a boom of the whole country."""
    sector = design.largest_sector(task.place, True)
    months, announcement = _LAYOFFS + _LOSS_MONTHS, _LAYOFFS - design.LAYOFF_MONTH
    country = as_in_the_country(path(resting(Address.of(task)).run)["unemployment_rate"])
    lost = []
    for level in (_SLUMP, _BOOM):
        world = design.world(task.place, months, sector, demand=level, announcement=announcement)
        hit = path(_run(task, world, impose=country)[0], months)
        lost.append(displaced.lost_earnings(hit, _LAYOFFS, _LOSS_MONTHS))
    return {"displaced_slump": np.concatenate(lost)}


TRADE = Study(
    "trade",
    "demand for manufacturing moves by 2 % a year, ten years",
    lambda: design.zones(),
    simulate_trade,
)
RECESSION = Study(
    "recession",
    "external demand falls by 4 % for two years",
    lambda: design.zones(),
    simulate_recession,
)
LASTING = Study(
    "lasting",
    "external demand falls by 10 % in one zone, for good",
    lambda: design.zones(),
    simulate_lasting,
)
SLUMP = Study(
    "slump",
    "the same closure in a slump and in a boom",
    lambda: design.zones()[1::2],
    simulate_slump,
)
