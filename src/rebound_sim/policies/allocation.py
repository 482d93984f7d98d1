"""The national desk: what an allocation strategy sees, and how money is shared exactly.

A strategy of level "zones" gets a `ZoneDesk` and returns an award for each zone; one of level
"files" gets a `FileDesk` and returns an award for each file. Rows may come in any order: `key` is
what identifies them and what breaks ties.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from fractions import Fraction
from typing import Any

import numpy as np
import numpy.typing as npt

from rebound_sim.arrays import Floats
from rebound_sim.errors import nearest
from rebound_sim.policies.desk import Integers, Requests

Texts = npt.NDArray[np.str_]


@dataclass(frozen=True)
class Session:
    """One decision date.

    month : months since the programme's start
    number, left : rank of this date among those of the instrument, from 0; dates after it
    instrument : "engineering" (ingénierie), "grants", or another that the programme has money for
    envelope : EUR of the instrument in the whole programme
    """

    month: int
    number: int
    left: int
    instrument: str
    envelope: int

    @property
    def due(self) -> int:
        """EUR of the envelope that are due by this date at an even pace over all dates."""
        return self.envelope * (self.number + 1) // (self.number + 1 + self.left)


def _no_such(desk: ZoneDesk | FileDesk, name: str) -> AttributeError:
    """What the author of a rule is told of a column that a desk has not."""
    known = [item.name for item in fields(desk)]
    near = nearest(name, known)
    meant = f"; did you mean {near}?" if near else ""
    return AttributeError(f"a desk has no {name!r} (it has {', '.join(known)}{meant})")


@dataclass(frozen=True)
class ZoneDesk:
    """Zones of the programme, one row each.

    key : int64[n] identity of the zone    code, region : str[n]
    amount : int64[n] EUR that the zone can still receive: the ceiling of its award
    residents, employment : int64[n] persons    jobs_lost : int64[n] jobs of its closures
    fragility : float64[n] index 0-100 (data.fragility)
    unemployment_rate : float64[n] %, as observed
    pipeline : int64[n] EUR of grants that known projects ask or could ask, not yet granted
    pipeline_jobs : float64[n] jobs that these projects promise
    allocated, committed, paid : int64[n] EUR of this instrument so far
    luck : float64[n] uniform of the zone, the same in every strategy
    """

    key: Integers
    code: Texts
    region: Texts
    amount: Integers
    residents: Integers
    employment: Integers
    jobs_lost: Integers
    fragility: Floats
    unemployment_rate: Floats
    pipeline: Integers
    pipeline_jobs: Floats
    allocated: Integers
    committed: Integers
    paid: Integers
    luck: Floats
    session: Session

    def __getattr__(self, name: str) -> Any:
        raise _no_such(self, name)


@dataclass(frozen=True)
class FileDesk:
    """Appraised files of all zones, one row each.

    key : int64[n] identity of the file    zone : int64[n] row of its zone in `zones`
    amount : int64[n] EUR asked    jobs : float64[n] promised    capital : float64[n] EUR
    signal : float64[n] mark of the committee: quality and jobs
    filed : int64[n] month of the file    luck : float64[n] uniform of the file
    zones : all zones; here `zones.amount` bounds what the files of a zone receive together
    """

    key: Integers
    zone: Integers
    amount: Integers
    jobs: Floats
    capital: Floats
    signal: Floats
    filed: Integers
    luck: Floats
    zones: ZoneDesk
    session: Session

    def __getattr__(self, name: str) -> Any:
        raise _no_such(self, name)

    @property
    def requests(self) -> Requests:
        """The files as a committee's selection rule reads them, with what zones and later
        sessions can still receive.
        """
        return Requests(
            project=self.key,
            amount=self.amount,
            jobs=self.jobs,
            capital=self.capital,
            signal=self.signal,
            filed=self.filed,
            luck=self.luck,
            zone=self.zone,
            room=self.zones.amount,
            money=self.session.envelope - int(self.zones.allocated.sum()),
        )


def share(
    weights: npt.ArrayLike, ceilings: npt.ArrayLike, budget: int, key: npt.ArrayLike
) -> Integers:
    """Split `budget` in proportion to `weights`, none above its ceiling, to the euro.

    weights : float or int [n], ≥ 0    ceilings : int [n] EUR    key : int [n] identity of rows
    Returns int64[n]. What a row cannot take is shared among the others by the same weights
    (water-filling): awards are min(ceiling, level × weight), with one level for all. The last euros
    go to the largest remainders, ties to the smallest key. A weight of 0 receives nothing: money is
    left when weights or ceilings run out. Rational arithmetic: exact, whatever the order of rows.
    """
    given = np.asarray(weights)
    if not np.all(np.isfinite(given) & (given >= 0)):
        raise ValueError("weights are finite numbers, at least 0")
    exact = [Fraction(weight) for weight in given.tolist()]
    most, names = np.asarray(ceilings).tolist(), np.asarray(key).tolist()
    awards = [0] * len(exact)
    rows = [row for row, weight in enumerate(exact) if weight > 0 and most[row] > 0]
    # Those whose ceiling is low for their weight are full first.
    rows.sort(key=lambda row: most[row] / exact[row])
    rest, mass = max(int(budget), 0), sum((exact[row] for row in rows), Fraction(0))
    full = 0
    for row in rows:
        if rest * exact[row] < most[row] * mass:
            break
        awards[row] = most[row]
        rest -= most[row]
        mass -= exact[row]
        full += 1
    parts = {row: rest * exact[row] / mass for row in rows[full:]}
    for row, part in parts.items():
        awards[row] = int(part)
    euros = rest - sum(awards[row] for row in parts) if parts else 0
    by_remainder = sorted(parts, key=lambda row: (awards[row] - parts[row], names[row]))
    for row in by_remainder[:euros]:
        awards[row] += 1
    return np.array(awards, dtype=np.int64)
