"""Read the results folder of a programme, complete or not, column by column."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
from numpy.typing import NDArray

from rebound_sim.errors import InputError, nearest
from rebound_sim.experiment.batches import STATE, read_index, table_folder
from rebound_sim.experiment.durable import reason
from rebound_sim.experiment.programme_manifest import ProgrammeManifest, read_programme_manifest
from rebound_sim.experiment.programme_task import TABLES
from rebound_sim.experiment.task_parts import read_parts

Column = NDArray[Any]


@dataclass(frozen=True)
class ProgrammeResults:
    """Results of a programme. Nothing but the manifest is read before it is asked for.

    strategies   : arms, `no_shock` and `none` first
    zones        : codes, in the order of the programme
    """

    folder: Path
    manifest: ProgrammeManifest

    @property
    def strategies(self) -> tuple[str, ...]:
        """Names, `no_shock` and `none` first."""
        return tuple(self.manifest.strategies)

    @property
    def zones(self) -> tuple[str, ...]:
        """Codes, in the order of the programme."""
        return tuple(self.manifest.zones)

    @cached_property
    def replications(self) -> tuple[int, ...]:
        """Numbers of the replications of which anything ended, failures included."""
        numbers = [
            rows["replication"].to_numpy() for _, rows in self._rows("runs", ["replication"])
        ]
        return tuple(np.unique(np.concatenate(numbers)).tolist()) if numbers else ()

    def table(self, name: str, columns: Sequence[str] | None = None) -> dict[str, Column]:
        """Columns of a table, `strategy` first; rows by strategy, then replication.

        columns : those to read, all by default (a table of trajectories may be large)
        Raises InputError for an unknown table or column.
        """
        if name not in TABLES:
            raise self._unknown(name, TABLES)
        wanted = None if columns is None else [c for c in columns if c != "strategy"]
        read = None if wanted is None else list(dict.fromkeys(["replication", *wanted]))
        tables, strategies = [], []
        for strategy, rows in self._rows(name, read):
            tables.append(rows)
            strategies += [self.strategies.index(strategy)] * rows.num_rows
        if not tables:
            return {}
        whole = pa.concat_tables(tables, promote_options="permissive")
        codes = np.array(strategies, np.int64)
        order = np.lexsort((whole["replication"].to_numpy(), codes))
        found = {"strategy": np.array(self.strategies, dtype=object)[codes[order]]}
        for column in whole.column_names if wanted is None else wanted:
            found[column] = _as_array(whole[column])[order]
        return found

    def panel(self, outcome: str) -> NDArray[np.float64]:
        """One outcome: float64[strategies, zones, replications, months], NaN where there is none.

        Raises InputError when the results have no such outcome.
        """
        months = int(self.manifest.scenario["time"]["months"])
        replications = np.array(self.replications, np.int64)
        shape = (len(self.strategies), len(self.zones), replications.size, months)
        panel = np.full(shape, np.nan)
        for strategy, rows in self._rows("trajectories", ["zone", "replication", "month", outcome]):
            place = np.searchsorted(replications, rows["replication"].to_numpy())
            zones = rows["zone"].combine_chunks().dictionary_encode()
            codes = [self.zones.index(code) for code in zones.dictionary.to_pylist()]
            zone = np.array(codes, np.int64)[zones.indices.to_numpy()]
            one = panel[self.strategies.index(strategy)]
            one[zone, place, rows["month"].to_numpy()] = rows[outcome].to_numpy()
        return panel

    def _rows(self, table: str, columns: list[str] | None) -> Iterator[tuple[str, pa.Table]]:
        """(strategy, rows) of each file: batches, then tasks not yet gathered, then failures."""
        try:
            state = self.folder / STATE
            batches = read_index(state / "batches")
            gathered = {key for batch in batches for key in batch.keys}
            waiting = [*read_parts(state / "parts"), *read_parts(state / "failed")]
            parts = [part for part in waiting if part.key not in gathered]
            # A copy of the folder may lack hidden files; then all visible ones count.
            counted = {batch.file for batch in batches} if state.is_dir() else None
            for strategy in self.strategies:
                for file in sorted(table_folder(self.folder, table, strategy).glob("*.parquet")):
                    if counted is None or file.name in counted:
                        yield strategy, self._read(file, columns)
                for part in parts:
                    rows = part.read(table, strategy, columns)
                    if rows is not None:
                        yield strategy, rows
        except FileNotFoundError:
            raise InputError(
                "the results have changed while they were read", file=str(self.folder)
            ) from None
        except (OSError, ValueError, KeyError, pa.ArrowException) as fault:
            problem = f"the results cannot be read: {reason(fault)}"
            raise InputError(problem, file=str(self.folder)) from None

    def _read(self, file: Path, columns: list[str] | None) -> pa.Table:
        if columns is not None:
            known = pq.read_schema(file).names
            for column in columns:
                if column not in known:
                    raise self._unknown(column, known)
        return pq.read_table(file, columns=columns, partitioning=None)

    def _unknown(self, name: str, known: Sequence[str]) -> InputError:
        return InputError(
            "not in these results",
            file=str(self.folder),
            value=name,
            allowed=", ".join(known),
            nearest=nearest(name, known),
        )


def read_programme(folder: str | Path) -> ProgrammeResults:
    """Read the results folder of a programme. Raises InputError when it is not one."""
    folder = Path(folder)
    return ProgrammeResults(folder, read_programme_manifest(folder))


def _as_array(column: pa.ChunkedArray) -> Column:
    """NumPy column; texts are objects that share one string for each distinct value."""
    if not pa.types.is_string(column.type):
        values: Column = column.to_numpy()
        return values
    encoded = column.combine_chunks().dictionary_encode()
    words = np.array(encoded.dictionary.to_pylist(), dtype=object)
    texts: Column = words[encoded.indices.to_numpy()]
    return texts
