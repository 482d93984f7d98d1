"""The journal of euros: accounts by any grouping, laws that find each fault, exported files."""

import csv
import zipfile

import numpy as np
import pytest
from openpyxl import load_workbook

from programme_results import journal, programme
from rebound_sim.cli.ledger_files import write_csv, write_workbook
from rebound_sim.errors import InputError
from rebound_sim.statistics.ledger import ACCOUNTS, ledger_accounts, ledger_faults

ZONES = ("0051", "0052", "0053")


@pytest.fixture
def entries():
    return journal(("a", "b"), ZONES, 3)


def with_entry(entries, **values):
    """The journal with one more entry, like the first payment unless told otherwise."""
    like = int(np.flatnonzero(entries["kind"] == "paid")[0])
    return {
        name: np.append(column, np.array(values.get(name, column[like]), dtype=column.dtype))
        for name, column in entries.items()
    }


def test_a_journal_that_balances_has_no_fault(entries):
    assert ledger_faults(entries) == []


@pytest.mark.parametrize(
    ("entry", "words"),
    [
        ({"amount_eur": 10**8}, "to pay is"),
        ({"kind": "committed", "amount_eur": 10**8}, "uncommitted is"),
        ({"kind": "committed", "month": 8, "project": 3, "amount_eur": 9_000}, "uncommitted is"),
        ({"kind": "allocated", "amount_eur": 10**8}, "unallocated is"),
        ({"kind": "recalled", "amount_eur": 10**6}, "allocated is"),
        ({"kind": "returned", "month": 25, "amount_eur": 1}, "paid - returned is"),
        ({"project": 8, "amount_eur": 1}, "to pay is"),
        ({"zone": "", "amount_eur": 1}, "national entries"),
        ({"kind": "lost", "amount_eur": 1}, "unknown kinds of entries: lost"),
        ({"amount_eur": -5}, "1 entries are not positive"),
    ],
)
def test_each_fault_is_found_and_named(entries, entry, words):
    faults = ledger_faults(with_entry(entries, **entry))
    assert any(words in fault for fault in faults), faults


def test_cents_are_a_fault(entries):
    assert "not whole euros" in ledger_faults(entries | {"amount_eur": np.array([0.5])})[0]


def test_groups_add_up_to_the_whole_and_identities_hold(entries):
    whole = ledger_accounts(entries, ["arm", "replication", "instrument"])
    parts = ledger_accounts(entries, ["arm", "replication", "instrument", "zone", "project"])
    for name in ("allocated", "committed", "paid", "cancelled", "returned", "to_pay"):
        assert parts[name].sum() == whole[name].sum()
    months = ledger_accounts(entries, ["instrument", "month"], months=np.arange(120))
    assert months["month"].tolist() == [*range(120), *range(120)]
    for accounts in (whole, months):
        assert np.array_equal(accounts["envelope"], accounts["allocated"] + accounts["unallocated"])
        assert np.array_equal(
            accounts["allocated"], accounts["committed"] + accounts["uncommitted"]
        )
        assert np.array_equal(
            accounts["committed"], accounts["paid"] + accounts["to_pay"] + accounts["cancelled"]
        )
    last = months["month"] == 119
    assert months["paid"][last].sum() == whole["paid"].sum()
    assert months["paid"][months["month"] == 25].sum() == 0


def test_the_order_of_entries_does_not_matter(entries):
    order = np.random.default_rng(0).permutation(entries["month"].size)
    shuffled = {name: column[order] for name, column in entries.items()}
    by = ["zone", "instrument", "month"]
    one, other = ledger_accounts(entries, by), ledger_accounts(shuffled, by)
    assert all(np.array_equal(one[name], other[name]) for name in one)


@pytest.fixture(scope="module")
def exported():
    panels = programme({"=cmd|'calc'!A1": 10.0, "b": 5.0}, replications=2)
    by = ["arm", "replication", "zone", "instrument", "month"]
    return panels, ledger_accounts(panels.ledger, by, months=np.arange(0, 120, 12))


def test_the_workbook_holds_whole_euros_units_notes_and_no_formula(tmp_path, exported):
    panels, accounts = exported
    write_workbook(tmp_path / "ledger.xlsx", panels, accounts)
    book = load_workbook(tmp_path / "ledger.xlsx")
    assert book.sheetnames == ["Ledger", "Notes"]
    lines = [[str(cell) for cell in row] for row in book["Ledger"].iter_rows(values_only=True)]
    rows = [dict(zip(lines[0], line, strict=True)) for line in lines[1:]]
    assert len(rows) == accounts["paid"].size
    assert rows[0]["arm"] == "=cmd|'calc'!A1"
    assert {"paid (EUR)", "to pay (EUR)"} <= set(rows[0])
    assert sum(int(row["paid (EUR)"]) for row in rows) == accounts["paid"].sum()
    with zipfile.ZipFile(tmp_path / "ledger.xlsx") as book:
        sheets = [n for n in book.namelist() if "worksheets" in n and n.endswith(".xml")]
        assert not any(b"<f>" in book.read(name) for name in sheets)
        assert b"#,##0" in book.read("xl/styles.xml")


def test_the_csv_holds_the_same_and_no_formula(tmp_path, exported):
    panels, accounts = exported
    write_csv(tmp_path / "ledger.csv", panels, accounts)
    with (tmp_path / "ledger.csv").open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    assert list(rows[0])[-len(ACCOUNTS) :] == [f"{name}_eur" for name in ACCOUNTS]
    assert sum(int(row["paid_eur"]) for row in rows) == accounts["paid"].sum()
    assert {row["arm"] for row in rows} == {"'=cmd|'calc'!A1", "b"}
    assert not any(value.startswith("=") for row in rows for value in row.values())


def test_a_sheet_too_short_is_refused(tmp_path, exported, monkeypatch):
    monkeypatch.setattr("rebound_sim.cli.ledger_files._ROWS_MOST", 10)
    with pytest.raises(InputError, match="too many rows"):
        write_workbook(tmp_path / "ledger.xlsx", *exported)
    assert not (tmp_path / "ledger.xlsx").exists()
