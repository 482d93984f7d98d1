"""Files on a desk: what a selection rule sees, and the only thing that it may return.

A rule gets the waiting files and a budget and returns one award per file. The desk checks that
awards are whole, between 0 and the amount asked, and within the budget.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, fields
from typing import Any

import numpy as np
import numpy.typing as npt

from rebound_sim.arrays import Floats
from rebound_sim.errors import EngineError

Integers = npt.NDArray[np.int64]


@dataclass(frozen=True)
class Requests:
    """Waiting files, one row each.

    project : int64[n] identity    amount : int64[n] EUR asked    jobs : float64[n] promised
    capital : float64[n] EUR    signal : float64[n] mark of the committee: quality and jobs
    filed : int64[n] month of the file    luck : float64[n] uniform of the file
    zone : int64[n] row of `room`, or None when all files are of one zone
    room : int64[zones] EUR that files of a zone can receive together, or None without such a limit
    money : EUR left in the envelope, this session's budget included; None if that is all of it
    """

    project: Integers
    amount: Integers
    jobs: Floats
    capital: Floats
    signal: Floats
    filed: Integers
    luck: Floats
    zone: Integers | None = None
    room: Integers | None = None
    money: int | None = None

    def take(self, rows: Integers) -> Requests:
        """The files of some rows, with the same rooms."""
        columns: dict[str, Any] = {item.name: getattr(self, item.name) for item in fields(self)}
        whole = {"room", "money"}
        part = {
            name: column if column is None or name in whole else column[rows]
            for name, column in columns.items()
        }
        return Requests(**part)


Selection = Callable[[Requests, int], Integers]


def fund_in_order(requests: Requests, priority: Floats, budget: int) -> Integers:
    """Fund whole files by falling priority while money remains; ties by identity.

    Returns int64[n] awards [EUR]. A session that cannot pay the next file keeps its money for it,
    if a later one can: those ranked below wait too, whatever their size. A file that the whole
    envelope, or the room of its zone, no longer holds is passed over.
    """
    awards = np.zeros(requests.amount.size, dtype=np.int64)
    left = int(budget)
    later = 0 if requests.money is None else max(int(requests.money) - left, 0)
    zone, room = np.zeros(awards.size, dtype=np.int64), [left + later]
    if requests.zone is not None and requests.room is not None:
        zone, room = requests.zone, requests.room.tolist()
    for k in np.lexsort((requests.project, -np.asarray(priority, dtype=np.float64))):
        amount = int(requests.amount[k])
        if amount > room[zone[k]] or amount > left + later:
            continue
        if amount > left:
            break
        awards[k] = amount
        left -= amount
        room[zone[k]] -= amount
    return awards


def decide(selection: Selection, requests: Requests, budget: int) -> Integers:
    """Ask a rule for awards and check them. Raises EngineError when the contract is broken."""
    if requests.amount.size == 0 or budget <= 0:
        return np.zeros(requests.amount.size, dtype=np.int64)
    awards = np.asarray(selection(requests, int(budget)))
    if awards.shape != requests.amount.shape or not np.issubdtype(awards.dtype, np.integer):
        raise EngineError("selection rule: one whole award per file is expected")
    if np.any(awards < 0) or np.any(awards > requests.amount):
        raise EngineError("selection rule: an award is below 0 or above the amount asked")
    if int(awards.sum()) > budget:
        raise EngineError(f"selection rule: awards of {int(awards.sum())} exceed {budget} EUR")
    return awards.astype(np.int64)
