"""The recovery plan's territorial fund as regions ran it: one committee for files of many zones.

Prefects of regions and presidents of regional councils chose (policy facts, B). Cut into zones the
same money is less than one large grant a session, and a committee of a zone takes what fits, not
what it ranks first. Zones alike, under other lucks, stand for the rest of the region.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from rebound_sim.agents.fund import session_budget
from rebound_sim.agents.orders import Mandate
from rebound_sim.calibration.measures import projects as measures
from rebound_sim.calibration.studies import design
from rebound_sim.calibration.study import Evidence, StudyTask, counts
from rebound_sim.data.basins import load_basin
from rebound_sim.data.national import national_jobs
from rebound_sim.data.sectors import SECTORS
from rebound_sim.model import BasinModel
from rebound_sim.policies.desk import Requests, decide
from rebound_sim.policies.ledger import by_month
from rebound_sim.policies.selection import SELECTIONS
from rebound_sim.state.codes import Answer

#: 573 M€ from September 2020 to October 2021 (policy facts, B), by industrial jobs.
_EUR, _MONTHS = 573_000_000, 14
#: It paid under the temporary framework: the same ceiling for any firm, whatever its size and place
#: (section 3.1: 0.8 M€ until the amendment of 28 January 2021, 1.8 M€ then; here the first).
_TEMPORARY_FRAMEWORK: Final = {"instruments.de_minimis": 800_000.0}
#: Zones of the region. More cost more; a region made some 110 grants (1,416 in thirteen).
_ZONES: Final = 6
_PAID_AFTER: Final = 36  # months from the opening to the count of payments
#: Addresses of their luck, far from those of replications.
_OTHER_LUCK: Final = 200_000
_INDUSTRIAL = np.array([sector.industrial for sector in SECTORS])


def share_of_industry(zone: str) -> float:
    """Industrial jobs of a zone over those of France."""
    return float(
        load_basin(zone).salaried_jobs[_INDUSTRIAL].sum() / national_jobs()[_INDUSTRIAL].sum()
    )


class RegionalCommittee:
    """Files of several zones on one desk, ranked by merit, within one envelope.

    zones : the runs    money : EUR not awarded yet    month : since the opening
    """

    def __init__(self, zones: list[BasinModel], money: int) -> None:
        self.zones, self.money, self.month = zones, money, 0
        self._seen: dict[tuple[int, int], int] = {}

    def mandates(self) -> list[Mandate]:
        """Orders of the next month to each zone."""
        rules = self.zones[0].parameters.instruments
        every = int(rules.committee_months)
        last = self.month == _MONTHS
        meets = last or (0 < self.month < _MONTHS and self.month % every == 0)
        awards: list[list[tuple[int, int]]] = [[] for _ in self.zones]
        refused: list[list[int]] = [[] for _ in self.zones]
        if meets:
            left = 0 if last else (_MONTHS - self.month) // every
            self._meet(left, last, int(rules.sessions), awards, refused)
        window = self.month < _MONTHS
        self.month += 1
        return [
            Mandate(
                envelopes=(("grants", sum(amount for _, amount in given)),),
                awards=tuple(given),
                refused=tuple(no),
                window=window,
            )
            for given, no in zip(awards, refused, strict=True)
        ]

    def _meet(
        self,
        left: int,
        last: bool,
        most: int,
        awards: list[list[tuple[int, int]]],
        refused: list[list[int]],
    ) -> None:
        """One session: awards, and refusals of files passed over `most` times or at the last."""
        desk, owners, rows = self._desk()
        if rows.size:
            desk = replace(desk, money=self.money)
            budget = session_budget(self.money, left, int(desk.amount.max()))
            for place, amount in enumerate(decide(SELECTIONS["merit"], desk, budget).tolist()):
                zone, k = int(owners[place]), int(rows[place])
                self._seen[zone, k] = self._seen.get((zone, k), 0) + 1
                if amount > 0:
                    awards[zone].append((k, amount))
                    self.money -= amount
                elif last or self._seen[zone, k] >= most:
                    refused[zone].append(k)
        if last:
            for zone, run in enumerate(self.zones):
                waiting = np.flatnonzero(run.state.projects.grant_answer == Answer.WAITING)
                given = [k for k, _ in awards[zone]]
                refused[zone] = np.setdiff1d(waiting, given).tolist()

    def _desk(self) -> tuple[Requests, NDArray[np.int64], NDArray[np.int64]]:
        """All files appraised, with the number of their zone and their row in it."""
        parts = [run.fund.requests(run.fund.appraised()) for run in self.zones]
        owners = np.repeat(np.arange(len(parts)), [part.project.size for part in parts])
        rows = np.concatenate([part.project for part in parts])
        columns: dict[str, Any] = {
            name: np.concatenate([getattr(part, name) for part in parts])
            for name in ("amount", "jobs", "capital", "signal", "filed", "luck")
        }
        return Requests(project=np.arange(rows.size), **columns), owners, rows


def recovery(task: StudyTask) -> Evidence:
    """Grants of the fund in a region of zones like the task's, three years after it opens."""
    world = design.world(task.place, _PAID_AFTER + 1)
    zones = [
        BasinModel(
            world,
            seed=task.seed,
            replication=task.replication + luck * _OTHER_LUCK,
            parameters={**task.parameters, **_TEMPORARY_FRAMEWORK},
        )
        for luck in range(_ZONES)
    ]
    committee = RegionalCommittee(zones, round(_ZONES * _EUR * share_of_industry(task.place)))
    for month in range(design.BURN_IN + _PAID_AFTER + 1):
        orders = committee.mandates() if month >= design.BURN_IN else [Mandate()] * _ZONES
        for run, mandate in zip(zones, orders, strict=True):
            run.receive(mandate)
            run.advance()
    tables = [run.state.projects._asdict() for run in zones]
    region = {name: np.concatenate([table[name] for table in tables]) for name in tables[0]}
    evidence = measures.funded(region)
    committed = sum(run.ledger["grants"].committed for run in zones)
    paid = sum(float(kept(run)[-1]) for run in zones)
    return evidence | {"paid_3y": counts(paid, committed)}


def kept(run: BasinModel) -> NDArray[np.int64]:
    """Grants paid less recovered, by the end of each month [EUR]."""
    journal = run.ledger.journal
    paid, returned = (
        by_month(journal, "grants", amount, run.months) for amount in ("paid", "returned")
    )
    return paid - returned
