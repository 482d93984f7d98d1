"""Who uses temporary agency workers, whom statistics count in the agencies' sector (NZ).

`agency_work.csv` holds their split between industry, construction and services (Insee, from
Dares: those at work at the end of 2018). It is the same in all versions of the tables.
"""

from __future__ import annotations

from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from rebound_sim.data.national import national_jobs
from rebound_sim.data.sectors import SECTORS, Sector
from rebound_sim.data.tables import per_folder, read_csv

FILE: Final = Path(__file__).with_name("agency_work.csv")
AGENCIES: Final = next(sector.code for sector in SECTORS if sector.agencies)
#: Agency workers over jobs of the agencies' sector: 747,300 at the end of February 2024 (Dares)
#: over 1.96 million (Urssaf, private salaried jobs at the end of 2024).
JOBS_SHARE: Final = 0.38
#: Their price over the output of that sector: 31.4 billion EUR of turnover in 2017 (Insee) over
#: some 200 (235 billion USD in the input-output table of 2014, 2.4 % a year since: assumed).
OUTPUT_SHARE: Final = 0.16


@per_folder
def agency_users() -> NDArray[np.float64]:
    """Share of agency workers by sector that uses them, float64[38], sum 1.

    Published for industry, construction and services; inside each in proportion to salaried jobs
    (assumed: by branch of industry 9 to 12 % in 2017), public services and agencies left out.
    """
    shares = {row["users"]: float(row["share"]) for row in _rows()}
    group = np.array([_group(sector) for sector in SECTORS])
    jobs = national_jobs().astype(np.float64)
    users = np.zeros(len(SECTORS))
    for name, share in shares.items():
        inside = group == name
        users[inside] = share * jobs[inside] / jobs[inside].sum()
    users.setflags(write=False)
    return users


def _rows() -> list[dict[str, str]]:
    columns = read_csv(FILE).columns
    names = ("users", "share")
    rows = zip(*(columns[name] for name in names), strict=True)
    return [dict(zip(names, row, strict=True)) for row in rows]


def _group(sector: Sector) -> str:
    """Group of the published split; empty for sectors that hardly use agency workers."""
    if sector.a10 in ("BE", "FZ"):
        return sector.a10
    return "" if sector.a10 == "AZ" or sector.public or sector.agencies else "GU"
