"""`rebound ledger`: where each euro of a programme is, by zone, instrument and month."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from rebound_sim.cli.options import count_option

if TYPE_CHECKING:
    from rebound_sim.statistics.panels import Panels

_BY = ("zone", "instrument", "project", "month")


@click.command()
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@click.option(
    "--arm",
    "--strategy",
    "arm",
    metavar="NAME",
    help="One strategy or policy. Default: all, one after another.",
)
@click.option("--zone", metavar="CODE", help="One zone; national money is then left out.")
@click.option("--instrument", metavar="NAME", help="One instrument, as engineering or grants.")
@click.option(
    "--by",
    default="instrument",
    show_default=True,
    metavar="KEYS",
    help=f"Rows of the account, of {', '.join(_BY)}; several after commas.",
)
@count_option(
    "--replication",
    "One replication, in whole euros. Default on screen: mean of all, in million EUR; "
    "exported: every replication.",
)
@click.option(
    "--export",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    help="Write to FILE.csv or FILE.xlsx in whole euros, a row per arm and replication.",
)
def ledger(
    folder: Path,
    arm: str | None,
    zone: str | None,
    instrument: str | None,
    by: str,
    replication: int | None,
    export: Path | None,
) -> None:
    """Accounts of public money in results folder DIR: envelope, committed, paid, returned.

    Cumulated, at the end of the run or of each month (--by month). The laws of the ledger are
    checked on reading.
    """
    from rebound_sim.errors import EngineError
    from rebound_sim.statistics.comparable import panels_of
    from rebound_sim.statistics.ledger import (
        ACCOUNTS,
        ledger_accounts,
        ledger_faults,
        meaningful_accounts,
    )

    keys = _keys(by)
    if export is not None:
        _check_suffix(export)
    panels = panels_of(folder)
    faults = ledger_faults(panels.ledger)
    if faults:
        raise EngineError(f"{folder}: the ledger does not balance: {faults[0]}")
    journal = _selected(
        panels.ledger,
        {"arm": arm, "zone": zone, "instrument": instrument, "replication": replication},
        {"arm": panels.compared, "zone": panels.zones},
    )
    if "zone" in keys or zone is not None:
        journal = _kept(journal, journal["zone"] != "")
    if "project" in keys:
        journal = _kept(journal, journal["project"] >= 0)
    accounts = ledger_accounts(journal, ["arm", "replication", *keys], months=panels.months)
    local = zone is not None or not panels.national_envelope
    told = meaningful_accounts([*keys, *(["zone"] if local else [])])
    accounts = {n: v for n, v in accounts.items() if n in told or n not in ACCOUNTS}
    if export is None:
        _show(panels, accounts, keys, exact=replication is not None)
        return
    _export(export, panels, accounts)
    click.echo(f"{export}: {accounts['paid'].size:,} rows")


def _keys(by: str) -> list[str]:
    """Columns of --by, checked, in a fixed order of importance."""
    from rebound_sim.errors import InputError

    asked = [part.strip() for part in by.split(",") if part.strip()]
    for name in asked:
        if name not in _BY:
            raise InputError.unknown("unknown column", name, _BY, file="--by")
    if not asked or len(set(asked)) < len(asked):
        raise InputError("needs columns, each once", file="--by", value=by, allowed=", ".join(_BY))
    return asked


def _check_suffix(export: Path) -> None:
    from rebound_sim.errors import InputError

    if export.suffix.lower() not in (".csv", ".xlsx"):
        raise InputError(
            "unknown kind of file", file="--export", value=str(export), allowed=".csv or .xlsx"
        )
    if not export.parent.is_dir():
        raise InputError("no such folder", file="--export", value=str(export.parent))


def _selected(
    journal: Mapping[str, Any],
    wanted: Mapping[str, Any],
    known: Mapping[str, Sequence[str]],
) -> dict[str, Any]:
    """Entries of what was asked for. InputError, with the nearest name, for what is not there."""
    import numpy as np

    from rebound_sim.errors import InputError

    rows = np.ones(journal["amount_eur"].size, dtype=bool)
    for column, value in wanted.items():
        if value is None:
            continue
        found = known.get(column) or sorted(set(journal[column].tolist()))
        if value not in found:
            names = [str(name) for name in found]
            raise InputError.unknown("not in these results", value, names, file=f"--{column}")
        rows &= journal[column] == value
    return _kept(journal, rows)


def _kept(journal: Mapping[str, Any], rows: Any) -> dict[str, Any]:
    return {name: values[rows] for name, values in journal.items()}


def _show(panels: Panels, accounts: Mapping[str, Any], keys: Sequence[str], *, exact: bool) -> None:
    from rich.console import Console

    from rebound_sim.cli.ledger_tables import account_tables

    console = Console(highlight=False)
    if not accounts["paid"].size:
        console.print("No euro moved.")
        return
    # A replication in which no euro moved counts in the mean; one that failed does not.
    count = 0 if exact or panels.failures else panels.ended.size
    tables = account_tables(panels, accounts, keys, exact=exact, width=console.width, count=count)
    for title, table in tables:
        console.print(title, style="bold")
        console.print(table)
        console.print()
    console.print(
        "Cumulated. Envelope = allocated + not allocated; allocated = committed + not committed; "
        "committed = paid + to pay + cancelled: checked, to the euro, for every month. Not "
        "committed is left out where it does not fit; --export writes all.",
        style="dim",
    )


def _export(path: Path, panels: Panels, accounts: Mapping[str, Any]) -> None:
    """Write the file. InputError when it cannot be written."""
    from rebound_sim.cli.ledger_files import write_csv, write_workbook
    from rebound_sim.errors import InputError

    write = write_csv if path.suffix.lower() == ".csv" else write_workbook
    try:
        write(path, panels, accounts)
    except OSError as fault:
        reason = fault.strerror or str(fault)
        raise InputError(f"cannot be written: {reason}", file="--export", value=str(path)) from None
