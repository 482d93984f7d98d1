"""From a stored folder to tables, figures and accounts: what the commands read and print."""

import csv
import json
import shutil

import numpy as np
import pytest
from click.testing import CliRunner

from programme_folder import IN_MEMORY, MONTHS, REPLICATIONS, ZONES, store
from rebound_sim.cli.ledger import ledger
from rebound_sim.cli.programme_table import comparison_json
from rebound_sim.errors import EngineError, InputError
from rebound_sim.report.outputs import add_tables_and_figures


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return store(tmp_path_factory.mktemp("stored") / "results")


def run(*arguments):
    return CliRunner().invoke(ledger, [str(word) for word in arguments])


def test_a_stored_folder_says_what_the_panels_say(folder):
    stored, known = comparison_json(folder), comparison_json(IN_MEMORY)
    for part in ("ranking", "outcomes", "pairs", "zone_effects", "sentences"):
        assert stored[part] == known[part], part


def test_the_last_step_leaves_tables_figures_and_meanings(folder):
    names = {path.name for path in folder.iterdir()}
    assert {"comparison.csv", "pairwise.csv", "zones.csv", "ledger_summary.csv"} <= names
    assert (folder / "figures" / "strategies.png").is_file()
    with (folder / "column_dictionary.csv").open(encoding="utf-8", newline="") as stream:
        described = {row["table"] for row in csv.DictReader(stream)}
    assert {"trajectories", "runs", "comparison", "ledger_summary"} <= described


def test_an_account_that_does_not_balance_is_refused(folder, tmp_path, monkeypatch):
    folder = shutil.copytree(folder, tmp_path / "copy")
    wrong = dict(IN_MEMORY.ledger)
    wrong["amount_eur"] = wrong["amount_eur"] * np.where(wrong["kind"] == "paid", 3, 1)
    monkeypatch.setattr(
        "rebound_sim.experiment.results.Results.table",
        lambda _self, name, _columns=None: wrong if name == "ledger" else IN_MEMORY.runs,
    )
    with pytest.raises(EngineError, match="does not balance: to pay is -"):
        add_tables_and_figures(folder)
    assert isinstance(run(folder).exception, EngineError)


def test_the_account_of_one_replication_is_in_whole_euros(folder):
    shown = run(folder, "--strategy", "merit", "--replication", 1, "--instrument", "grants")
    assert shown.exit_code == 0, shown.output
    assert "merit, EUR, replication 1" in shown.output
    paid = IN_MEMORY.ledger
    rows = (
        (paid["arm"] == "merit")
        & (paid["replication"] == 1)
        & (paid["kind"] == "paid")
        & (paid["instrument"] == "grants")
    )
    assert f"{paid['amount_eur'][rows].sum():,}" in shown.output
    assert "equal" not in shown.output


@pytest.mark.parametrize("by", ["instrument", "zone,instrument", "zone,project", "month"])
def test_accounts_fit_a_terminal_and_zones_have_names(folder, by):
    shown = run(folder, "--by", by)
    assert shown.exit_code == 0, shown.output
    assert "…" not in shown.output
    assert all(len(line) <= 80 for line in shown.output.splitlines())
    assert ("0051 Alençon" in shown.output) == ("zone" in by)
    # The envelope is national, and no project has an allocation.
    assert ("enve-" in shown.output) == ("zone" not in by)


@pytest.mark.parametrize("suffix", [".csv", ".xlsx"])
def test_every_replication_is_exported(folder, tmp_path, suffix):
    path = tmp_path / f"ledger{suffix}"
    done = run(folder, "--by", "zone,month", "--export", path)
    assert done.exit_code == 0, done.output
    assert f"{2 * REPLICATIONS * len(ZONES) * MONTHS:,} rows" in done.output
    assert path.stat().st_size > 0


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--strategy", "merits"], "did you mean merit"),
        (["--zone", "0151"], "did you mean 0051"),
        (["--instrument", "grant"], "did you mean grants"),
        (["--replication", 9], "allowed: 0, 1, 2, 3"),
        (["--by", "zone,zone"], "each once"),
        (["--by", "zones"], "did you mean zone"),
        (["--export", "ledger.ods"], ".csv or .xlsx"),
        (["--export", "nowhere/ledger.csv"], "no such folder"),
    ],
)
def test_wrong_words_get_their_own_message(folder, arguments, words):
    fault = run(folder, *arguments).exception
    assert isinstance(fault, InputError)
    assert words in fault.message


def test_a_folder_of_something_else_is_refused(tmp_path):
    assert isinstance(run(tmp_path).exception, InputError)


def test_the_ledger_summary_agrees_with_the_exported_accounts(folder, tmp_path):
    run(folder, "--by", "instrument,month", "--export", tmp_path / "all.csv")
    with (folder / "ledger_summary.csv").open(encoding="utf-8", newline="") as stream:
        summary = list(csv.DictReader(stream))
    with (tmp_path / "all.csv").open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    keys = (("arm", "arm"), ("instrument", "instrument"), ("month", "month"))
    for line in summary[:: MONTHS // 3]:
        same = [
            int(row["paid_eur"])
            for row in rows
            if all(row[key] == line[other] for key, other in keys)
        ]
        assert np.mean(same) == pytest.approx(float(line["paid_eur"]))
    assert json.loads((folder / "manifest.json").read_text())["complete"]
