"""Read a results folder, complete or not, column by column."""

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

from rebound_sim.arrays import Column
from rebound_sim.errors import InputError
from rebound_sim.experiment import former
from rebound_sim.experiment.batches import read_index, table_folder
from rebound_sim.experiment.durable import STATE, reason
from rebound_sim.experiment.euros import COLUMNS, EUROS, Euros, euros_of
from rebound_sim.experiment.manifest import Manifest, read_manifest
from rebound_sim.experiment.packed import DONE, TABLES
from rebound_sim.experiment.panel import DIMENSIONS, Panel
from rebound_sim.experiment.task_parts import read_parts
from rebound_sim.reading.source import given_path


@dataclass(frozen=True)
class Results:
    """Results of an experiment. Nothing but the manifest is read before it is asked for."""

    folder: Path
    manifest: Manifest

    @property
    def arms(self) -> tuple[str, ...]:
        """Names, `no_shock` and `none` first."""
        return tuple(self.manifest.arms)

    @property
    def zones(self) -> tuple[str, ...]:
        """Codes, in the order of the world."""
        return tuple(self.manifest.zones)

    @cached_property
    def replications(self) -> tuple[int, ...]:
        """Numbers of the replications of which anything ended, failures included."""
        numbers = [
            rows["replication"].to_numpy() for _, rows in self._rows("runs", ["replication"])
        ]
        return tuple(np.unique(np.concatenate(numbers)).tolist()) if numbers else ()

    def table(self, name: str, columns: Sequence[str] | None = None) -> dict[str, Column]:
        """Columns of a table, `arm` first; rows by arm, then replication.

        columns : those to read, all by default (a table of trajectories may be large)
        Raises InputError for an unknown table or column.
        """
        if name not in TABLES:
            raise former.unknown_column(self.folder, name, TABLES)
        wanted = None if columns is None else [c for c in columns if c != "arm"]
        read = None if wanted is None else list(dict.fromkeys(["replication", *wanted]))
        tables, places = [], []
        for arm, rows in self._rows(name, read):
            tables.append(rows)
            places += [self.arms.index(arm)] * rows.num_rows
        if not tables:
            return {}
        whole = pa.concat_tables(tables, promote_options="permissive")
        codes = np.array(places, np.int64)
        order = np.lexsort((whole["replication"].to_numpy(), codes))
        found = {"arm": np.array(self.arms, dtype=object)[codes[order]]}
        for column in whole.column_names if wanted is None else wanted:
            found[column] = _as_array(whole[column])[order]
        return found

    def panel(self, variable: str, **labels: Any) -> Panel:
        """One variable over arm, zone, replication and month: float64, NaN where there is none.

        variable : a column of `trajectories`, or one of `euros.EUROS`, summed from the journal
        labels : what is chosen, as `Panel.of`: `panel("workplace_employment", arm="merit")`
        Raises InputError when the results have no such variable, or no such label.
        """
        if variable in EUROS:
            values = np.where(self._done[..., np.newaxis], self._euros.of(variable), np.nan)
        else:
            values = self._recorded(variable)
        axes = (self.arms, self.zones, self.replications, range(self._months))
        return Panel(values, dict(zip(DIMENSIONS, axes, strict=True))).of(**labels)

    @property
    def _months(self) -> int:
        return int(self.manifest.world["time"]["months"])

    def _recorded(self, variable: str) -> NDArray[np.float64]:
        """A column of trajectories: float[arms, zones, replications, months]."""
        replications = np.array(self.replications, np.int64)
        shape = (len(self.arms), len(self.zones), replications.size, self._months)
        values = np.full(shape, np.nan)
        seen: set[str] = set()
        for number, (arm, rows) in enumerate(self._rows("trajectories", [variable])):
            places = self._places[number] if number < len(self._places) else np.zeros(0)
            if places.size != rows.num_rows:
                raise self._changed()
            if rows.num_rows:
                seen.add(arm)
                one = values[self.arms.index(arm)].reshape(-1)
                one[places] = rows[variable].to_numpy()
        ended = {arm for arm, done in zip(self.arms, self._done, strict=True) if done.any()}
        if lost := sorted(ended - seen):  # by a copy, or by who tidied the folder
            raise InputError("trajectories are lost", file=str(self.folder), value=", ".join(lost))
        return values

    @cached_property
    def _euros(self) -> Euros:
        """Movements of euros of all zones."""
        entries = self._rows("ledger", list(COLUMNS))
        tables = ((self.arms.index(arm), rows) for arm, rows in entries)
        return euros_of(tables, self.zones, self.replications, len(self.arms), self._months)

    @cached_property
    def _done(self) -> NDArray[np.bool_]:
        """What was simulated to its end: bool[arms, zones, replications]."""
        numbers = np.array(self.replications, np.int64)
        done = np.zeros((len(self.arms), len(self.zones), numbers.size), dtype=bool)
        for arm, rows in self._rows("runs", ["zone", "replication", "status"]):
            ended = rows.filter(pa.compute.equal(rows["status"], DONE))
            zones = [self._zone(code) for code in ended["zone"].to_pylist()]
            place = np.searchsorted(numbers, ended["replication"].to_numpy())
            done[self.arms.index(arm), zones, place] = True
        return done

    def _zone(self, code: str) -> int:
        if code not in self.zones:
            raise InputError(
                "tables hold a zone that the manifest lacks", file=str(self.folder), value=code
            )
        return self.zones.index(code)

    @cached_property
    def _places(self) -> list[NDArray[np.int32]]:
        """Of each file of trajectories, the place of its rows in [zones, replications, months] laid
        flat: read once for all variables.
        """
        keys = ["zone", "replication", "month"]
        return [self._placed(rows) for _, rows in self._rows("trajectories", keys)]

    def _placed(self, rows: pa.Table) -> NDArray[np.int32]:
        replications = np.array(self.replications, np.int64)
        if not rows.num_rows:
            return np.zeros(0, np.int32)
        numbers, months = rows["replication"].to_numpy(), rows["month"].to_numpy()
        zones = rows["zone"].combine_chunks().dictionary_encode()
        codes = zones.dictionary.to_pylist()
        known = set(np.unique(numbers)) <= {*self.replications}
        if not known or not 0 <= months.min() <= months.max() < self._months:
            raise InputError(
                "trajectories hold replications or months that these results do not have",
                file=str(self.folder),
            )
        zone = np.array([self._zone(code) for code in codes], np.int64)[zones.indices.to_numpy()]
        place = zone * replications.size + np.searchsorted(replications, numbers)
        return np.asarray(place * self._months + months, np.int32)

    def _changed(self) -> InputError:
        return InputError("the results have changed while they were read", file=str(self.folder))

    def _rows(self, table: str, columns: list[str] | None) -> Iterator[tuple[str, pa.Table]]:
        """(arm, rows) of each file: batches, then tasks not yet gathered, then failures."""
        try:
            if self.manifest.format == "1":
                zone = self.zones[0]
                found = former.rows_of_run(self.folder, table, self.arms, zone, columns)
            else:
                found = self._files(table, columns)
            for arm, rows in found:
                yield arm, former.with_present_names(rows)
        except FileNotFoundError:
            raise self._changed() from None
        except (OSError, ValueError, KeyError, pa.ArrowException) as fault:
            problem = f"the results cannot be read: {reason(fault)}"
            raise InputError(problem, file=str(self.folder)) from None

    def _files(self, table: str, columns: list[str] | None) -> Iterator[tuple[str, pa.Table]]:
        state = self.folder / STATE
        batches = read_index(state / "batches")
        gathered = {key for batch in batches for key in batch.keys}
        waiting = [*read_parts(state / "parts"), *read_parts(state / "failed")]
        parts = [part for part in waiting if part.key not in gathered]
        # A copy of the folder may lack hidden files; then all visible ones count.
        counted = {batch.file for batch in batches} if state.is_dir() else None
        for batch in batches:
            for place in batch.files:
                if place.startswith(f"{table}/") and not (self.folder / place).is_file():
                    raise InputError("a file of the results is lost", file=str(self.folder / place))
        key = former.ARM_NAMES.get(self.manifest.format, "arm")
        for arm in self.arms:
            folder = table_folder(self.folder, table, arm, key)
            for file in sorted(folder.glob("*.parquet")):
                if counted is None or file.name in counted:
                    yield arm, self._read(file, columns)
            for part in parts:
                rows = part.read(table, arm, columns)
                if rows is not None:
                    yield arm, rows

    def _read(self, file: Path, columns: list[str] | None) -> pa.Table:
        # Of one file read as one, not as a data set: a third of the time where files are small.
        with pq.ParquetFile(file) as source:
            known = source.schema_arrow.names
            for column in columns or ():
                if column not in known:
                    raise former.unknown_column(self.folder, column, known)
            rows = source.read(columns=columns, use_threads=False)
        return rows if columns is None else rows.select(columns)


def read_results(folder: str | Path) -> Results:
    """Read a results folder. Raises InputError when it is not one."""
    folder = given_path(folder)
    return Results(folder, read_manifest(folder))


def _as_array(column: pa.ChunkedArray) -> Column:
    """NumPy column; texts are objects that share one string for each distinct value."""
    if not pa.types.is_string(column.type):
        values: Column = column.to_numpy()
        return values
    encoded = column.combine_chunks().dictionary_encode()
    words = np.array(encoded.dictionary.to_pylist(), dtype=object)
    texts: Column = words[encoded.indices.to_numpy()]
    return texts
