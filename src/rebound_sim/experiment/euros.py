"""Euros by month, from the journal: the only record of money, read as a variable is.

`grants_paid_total_eur` is a variable that no trajectory stores: the sums of the journal of zones,
at the end of each month, of one amount of one instrument's account.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from rebound_sim.policies.instruments import INSTRUMENTS
from rebound_sim.policies.ledger import AMOUNTS, KINDS

#: Variable → instrument and amount.
EUROS: Mapping[str, tuple[str, str]] = {
    f"{name}_{amount}_total_eur": (name, amount) for name in INSTRUMENTS for amount in AMOUNTS
}
#: Columns of the journal that are read.
COLUMNS = ("replication", "zone", "instrument", "month", "kind", "amount_eur")
_PLACES = {pair: place for place, pair in enumerate(EUROS.values())}
_ELSEWHERE = -1


@dataclass(frozen=True)
class Euros:
    """Movements of zones, each with its cell of the panel: int[movements].

    cells : positions in a panel laid out flat    places : positions in EUROS
    amounts : EUR, recalled ones negative    shape : arms, zones, replications, months
    """

    cells: NDArray[np.int64]
    places: NDArray[np.int64]
    amounts: NDArray[np.int64]
    shape: tuple[int, int, int, int]

    def of(self, variable: str) -> NDArray[np.float64]:
        """Cumulated whole euros: float[arms, zones, replications, months]. KeyError."""
        rows = self.places == _PLACES[EUROS[variable]]
        flows = np.bincount(self.cells[rows], self.amounts[rows], int(np.prod(self.shape)))
        sums: NDArray[np.float64] = flows.reshape(self.shape).cumsum(axis=-1)
        return sums


def euros_of(
    tables: Iterable[tuple[int, pa.Table]],
    zones: Sequence[str],
    replications: Sequence[int],
    arms: int,
    months: int,
) -> Euros:
    """Euros of a journal. tables : (position of the arm, entries); national ones are left out."""
    shape = (arms, len(zones), len(replications), months)
    numbers = np.array(replications, np.int64)
    found: list[tuple[NDArray[Any], ...]] = [(np.zeros(0, np.int64),) * 3]
    for arm, table in tables:
        zone = _positions(table["zone"], list(zones))
        instrument = _positions(table["instrument"], list(INSTRUMENTS))
        kind = _positions(table["kind"], list(KINDS))
        month = table["month"].to_numpy()
        rows = np.flatnonzero((zone >= 0) & (instrument >= 0) & (kind >= 0) & (month < months))
        sign = np.array([sign for _, sign in KINDS.values()])[kind[rows]]
        amount = np.array([AMOUNTS.index(name) for name, _ in KINDS.values()])[kind[rows]]
        place = np.searchsorted(numbers, table["replication"].to_numpy()[rows])
        # Money of before the first month recorded is part of its stock.
        where = (np.full(rows.size, arm), zone[rows], place, np.maximum(month[rows], 0))
        found.append(
            (
                np.ravel_multi_index(where, shape),
                instrument[rows] * len(AMOUNTS) + amount,
                sign * table["amount_eur"].to_numpy()[rows],
            )
        )
    cells, places, amounts = (np.concatenate(parts) for parts in zip(*found, strict=True))
    return Euros(cells, places, amounts, shape)


def _positions(column: pa.ChunkedArray, known: Sequence[str]) -> NDArray[np.int64]:
    """Position of each text among known ones, -1 for another."""
    encoded = column.combine_chunks().dictionary_encode()
    names = encoded.dictionary.to_pylist()
    places = [known.index(name) if name in known else _ELSEWHERE for name in names]
    found: NDArray[np.int64] = np.array(places, np.int64)[encoded.indices.to_numpy()]
    return found
