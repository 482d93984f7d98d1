"""A plan read from a user's file: a table (CSV, of a spreadsheet in any language) or TOML."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from pydantic import Field

from rebound_sim.cells import write_csv_rows
from rebound_sim.data.words import folded
from rebound_sim.errors import InputError
from rebound_sim.policies.definition import Sections, named_policies
from rebound_sim.policies.instruments import instrument_called
from rebound_sim.policies.plan import COLUMNS, EVERY_ZONE, Line, Plan, WrittenAt
from rebound_sim.policies.selection import SelectionName
from rebound_sim.policies.taught import taught_of
from rebound_sim.reading.numbers import is_nothing, month_number, whole_number
from rebound_sim.reading.places import PLACE_HEADS, place_code, place_text
from rebound_sim.reading.source import Source, given_path, read_source
from rebound_sim.reading.strict import LONGEST_MONTHS, StrictRecord, quantity, validated
from rebound_sim.reading.table_rows import UserTable, read_user_table, table_in_memory
from rebound_sim.reading.titles import Heads

RESERVED_NAMES = ("no_shock", "none")
LARGEST_EUR = 100_000_000_000
_HEADS = Heads({
    **PLACE_HEADS,
    "instrument": ("instrument", "dispositif", "aide", "outil", "mesure", "type d aide", "tool"),
    "amount": ("amount", "eur", "montant", "budget", "montant total"),
    "days": ("days", "person days", "jours", "jours consultant", "jours homme", "jours de conseil"),
    "start": ("start", "debut", "mois de debut", "start month", "first month", "begin", "from",
              "date de debut", "a partir de", "depuis"),
    "end": ("end", "fin", "mois de fin", "end month", "until", "to", "date de fin", "jusqu a"),
})  # fmt: skip
_EVERY = ("all", "every zone", "tous", "toutes", "toutes les zones")


class _Row(Sections):
    """One line of a plan in TOML: an instrument and what it is given, or sections of a policy."""

    zone: str = Field(
        min_length=1, max_length=60, description="code or name of the zone; * for every zone"
    )
    instrument: str | None = Field(
        None, min_length=1, max_length=60, description="what is given, without a section"
    )
    amount: int | None = quantity(None, unit="EUR", meaning="money", ge=0, le=LARGEST_EUR)
    days: int | None = quantity(
        None, unit="person-days", meaning="days of consultants", ge=0, le=1_000_000
    )
    start: int | None = quantity(
        None,
        unit="months",
        meaning="first month, from 0 after the burn-in",
        ge=0,
        le=LONGEST_MONTHS,
    )
    end: int | None = quantity(
        None, unit="months", meaning="first month without help", ge=1, le=LONGEST_MONTHS
    )


class _File(StrictRecord):
    """A plan in TOML."""

    title: str = ""
    description: str = ""
    selection: SelectionName | None = Field(None, description="how files are ranked inside a zone")
    line: tuple[_Row, ...] = Field(strict=False, min_length=1, description="who gets what, when")


def plan_json_schema() -> dict[str, object]:
    """JSON Schema of a plan in TOML, for editors."""
    return dict(_File.model_json_schema())


def load_plan(path: str | Path) -> Plan:
    """Read a plan; its name is that of the file. An optimal one knows which worlds chose it.

    Raises InputError with file, line and column: missing, empty or unreadable, a column that is
    unknown or missing, a number that is not whole, a name already taken.
    """
    path = given_path(path)
    name = name_of_plan(path)
    read = _from_toml if path.suffix.lower() == ".toml" else _from_table
    return replace(read(path, name), taught=taught_of(path))


def write_plan(plan: Plan, path: Path) -> None:
    """A table, as `rebound compare --plan` reads it. Raises OSError, InputError for a section."""
    for line in plan.lines:
        if line.settings is not None:
            raise InputError(
                f"a table has no column for the settings of {line.instrument}",
                file=str(path),
                allowed="a .toml file",
            )
    rows = (
        (line.zone, line.instrument, line.amount_eur, line.days, line.start, line.end)
        for line in plan.lines
    )
    write_csv_rows(path, COLUMNS, rows, ends="\n")


def name_of_plan(path: Path) -> str:
    """The arm that a file of this name gives. Raises InputError for a name already taken."""
    from rebound_sim.policies.strategy_choice import named_strategies

    name = re.sub(r"[^a-z0-9_]+", "_", path.stem.lower()).strip("_")[:60]
    if not re.match(r"[a-z]", name):
        name = f"plan_{name}".rstrip("_")
    if name in (*RESERVED_NAMES, *named_policies(), *named_strategies()):
        raise InputError(
            "the name of this file is that of a shipped policy or strategy; a result must not be "
            "taken for its own",
            file=str(path),
            value=name,
            allowed="another name of file",
        )
    return name


def _from_toml(path: Path, name: str) -> Plan:
    source = read_source(path)
    record = validated(_File, source.values, source)
    lines, places = [], []
    for number, row in enumerate(record.line):
        paths = {column: f"line.{number}.{column}" for column in COLUMNS}
        keys = tuple(
            (column, source.lines[path], source.columns.get(path))
            for column, path in paths.items()
            if path in source.lines
        )
        place = WrittenAt(source.name, source.place(f"line.{number}")[1] or 1, keys)
        given = _lines_of(row, source, number)
        lines += given
        places += [place] * len(given)
    return _checked(Plan(name, tuple(lines), record.selection, tuple(places)))


def _lines_of(row: _Row, source: Source, number: int) -> list[Line]:
    """A line for each section, or the one that gives an amount. Raises InputError for both."""
    sections = [Line(row.zone, name, settings=given) for name, given in row.orders()]
    amounts = (row.instrument, row.amount, row.days, row.start, row.end)
    if sections and any(value is not None for value in amounts):
        raise source.error(
            "a section says all that its instrument is told",
            f"line.{number}",
            allowed=f"the section alone, or {', '.join(COLUMNS[1:])}",
        )
    if not sections and row.instrument is None:
        raise source.error(
            "this key is missing",
            f"line.{number}.instrument",
            allowed="an instrument, or a section of a policy",
        )
    return sections or [Line(row.zone, instrument_called(str(row.instrument)), *amounts[1:])]


def plan_of_rows(name: str, titles: Sequence[Any], rows: Iterable[Sequence[Any]]) -> Plan:
    """A plan of a table in Python, of the columns of a file. Raises InputError."""
    name = name_of_plan(Path(name))
    return _plan_of(table_in_memory(f"plan {name}", titles, rows, _HEADS), name)


def _from_table(path: Path, name: str) -> Plan:
    return _plan_of(read_user_table(path, "a table (CSV, .xlsx) or a TOML file", _HEADS), name)


def _plan_of(table: UserTable, name: str) -> Plan:
    found = table.columns.columns
    needed = {"zone": PLACE_HEADS, "instrument": ("instrument",)}
    for column, names in needed.items():
        if not any(name in found for name in names):
            raise InputError(
                "this column is missing",
                file=table.file,
                line=table.line,
                key=column,
                value=", ".join(table.columns.titles),
                allowed="a row for each zone and instrument: " + ", ".join(COLUMNS),
            )
    lines = [_line(table, cells, number) for number, cells in table.rows]
    places = tuple(WrittenAt(table.file, number) for number, _ in table.rows)
    if not lines:
        raise InputError(
            "the plan has no line", file=table.file, allowed=f"rows of {', '.join(COLUMNS)}"
        )
    notes = (*table.notes, *_doubtful(lines, places))
    return _checked(Plan(name, tuple(lines), None, places, notes=notes))


def _doubtful(lines: Sequence[Line], places: Sequence[WrittenAt]) -> Iterator[str]:
    """Lines that are read as they stand, and may not be what was meant."""
    first: dict[Line, int] = {}
    for line, place in zip(lines, places, strict=True):
        same = replace(line, zone=place_code(line.zone) or line.zone)
        before = first.setdefault(same, place.line)
        if before != place.line:
            yield f"{place.file}:{place.line}: the same as line {before}: both are given"
        if 0 in (line.amount_eur, line.days):
            yield f"{place.file}:{place.line}: gives nothing"


def _line(table: UserTable, cells: dict[str, str], number: int) -> Line:
    try:
        zone = place_text(cells)
        zone = EVERY_ZONE if folded(zone) in _EVERY else zone
        for column, text in (("zone", zone), ("instrument", cells["instrument"])):
            if not text:
                allowed = "one on each row: merged cells keep it on the first, totals have none"
                raise InputError("this cell is empty", key=column, allowed=allowed)
        return Line(
            zone,
            instrument_called(cells["instrument"]),
            _whole(cells, "amount", table.columns.scale("amount")),
            _whole(cells, "days"),
            _month(cells, "start"),
            _month(cells, "end"),
        )
    except InputError as fault:
        raise fault.located(file=table.file, line=number) from None


def _whole(cells: dict[str, str], column: str, scale: int = 1) -> int | None:
    """A whole number, None for an empty cell."""
    text = cells.get(column, "")
    return None if is_nothing(text) else whole_number(text, column, LARGEST_EUR, scale)


def _month(cells: dict[str, str], column: str) -> int | None:
    text = cells.get(column, "")
    return None if is_nothing(text) else month_number(text, column, LONGEST_MONTHS)


def _checked(plan: Plan) -> Plan:
    """What a line can tell alone. Raises InputError."""
    for number, line in enumerate(plan.lines):
        if line.settings is not None:
            continue
        if (line.amount_eur is None) == (line.days is None):
            raise plan.error(number, "amount", "give either an amount or days")
        if line.start is not None and line.end is not None and line.end <= line.start:
            allowed = f"a month after {line.start}"
            raise plan.error(
                number, "end", "help ends before it starts", value=line.end, allowed=allowed
            )
    return plan
