"""Questions in SQL to the tables of a results folder (DuckDB)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol
from urllib.parse import unquote

from rebound_sim.errors import InputError

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection, DuckDBPyRelation


class FilesOfTable(Protocol):
    """Files of one table. hive : columns whose values are names of folders, `strategy=equal`."""

    @property
    def name(self) -> str: ...
    @property
    def files(self) -> tuple[Path, ...]: ...
    @property
    def hive(self) -> tuple[str, ...]: ...


def _text(value: str) -> str:
    return "'" + value.replace("'", "''") + "'"


def _value(file: Path, column: str) -> str:
    """Value of a column in the nearest folder named for it: those farther up are the user's."""
    start = f"{column}="
    found = next((p.name for p in file.parents if p.name.startswith(start)), start)
    return unquote(found.removeprefix(start))


def _view(table: FilesOfTable) -> str:
    """The files of a table as one; DuckDB never reads meaning in the folders above them."""
    groups: dict[tuple[str, ...], list[Path]] = defaultdict(list)
    for file in table.files:
        groups[tuple(_value(file, column) for column in table.hive)].append(file)
    parts = []
    for values, files in groups.items():
        named = ", ".join(_text(str(file)) for file in files)
        columns = "".join(
            f", {value if column == 'point' and value.isdigit() else _text(value)} AS {column}"
            for column, value in zip(table.hive, values, strict=True)
        )
        parts.append(f"SELECT *{columns} FROM read_parquet([{named}], hive_partitioning = false)")
    return f'CREATE VIEW "{table.name}" AS ' + " UNION ALL BY NAME ".join(parts)


def _finite(database: DuckDBPyConnection, answer: DuckDBPyRelation) -> DuckDBPyRelation:
    """Empty cells in place of figures that do not exist, as in all CSV tables of the package.

    Columns go by place: two of an answer may have one name.
    """
    cells = []
    for place, (name, kind) in enumerate(zip(answer.columns, answer.types, strict=True)):
        cell, label = f"c{place}", name.replace('"', '""')
        finite = f"CASE WHEN isfinite({cell}) THEN {cell} END"
        cells.append(f'{finite if str(kind) in ("FLOAT", "DOUBLE") else cell} AS "{label}"')
    places = ", ".join(f"c{place}" for place in range(len(cells)))
    return database.sql(f"SELECT {', '.join(cells)} FROM answer AS answer({places})")


def ask(
    tables: Sequence[FilesOfTable], query: str, rows: int, export: Path | None
) -> tuple[list[str], list[Any]]:
    """Names of columns and rows (one more than asked for, if there are more) of an answer.

    export : write the whole answer there (.csv, .parquet) and return no row. Raises InputError:
    DuckDB is missing, a fault of the question or of a file.
    """
    try:
        import duckdb
    except ImportError:
        raise InputError(
            "DuckDB is not installed: type  python -m pip install duckdb", file="--query"
        ) from None
    with duckdb.connect() as database:
        try:
            _views(database, tables)
            answer = database.sql(query)
            if answer is None:
                raise InputError("not a question", file="--query", allowed="SELECT ...")
            if export is None:
                return answer.columns, answer.limit(rows + 1).fetchall()
            if export.suffix.lower() == ".csv":
                _finite(database, answer).write_csv(str(export))
            else:
                answer.write_parquet(str(export))
        except (duckdb.Error, RuntimeError, UnicodeError) as fault:
            line = next(iter(str(fault).splitlines()), type(fault).__name__)
            names = ", ".join(table.name for table in tables)
            raise InputError(line, file="--query", allowed=f"tables: {names}") from None
    return [], []


def _views(database: DuckDBPyConnection, tables: Iterable[FilesOfTable]) -> None:
    for table in tables:
        database.execute(_view(table))
