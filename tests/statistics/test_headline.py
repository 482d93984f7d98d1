"""Headline rows of a whole results folder: definitions, pairing, files, terminal."""

import csv
import io
import math
import subprocess
import sys

import numpy as np
import pytest
from rich.console import Console

from rebound_sim.cli.headline_table import headline_tables, notes
from rebound_sim.errors import InputError
from rebound_sim.experiment import read_results
from rebound_sim.statistics import headline_cells, write_headline
from rebound_sim.statistics.definitions import BY_NAME, OUTCOMES
from rebound_sim.statistics.intervals import NO_INTERVAL, mean_estimate
from synthetic_results import read_panels, write_results


@pytest.fixture(scope="module")
def rows(panels):
    return headline_cells(panels)


@pytest.fixture(scope="module")
def single(tmp_path_factory):
    folder = tmp_path_factory.mktemp("single")
    return write_results(folder, replications=1, months=40, policies=("rebond", "money_only"))


def shown(panels, width=80):
    console = Console(width=width, record=True, file=io.StringIO())
    for table in headline_tables(headline_cells(panels), panels, width):
        console.print(table)
    return console.export_text()


def one(rows, outcome, month, policy="rebond", detail=""):
    (row,) = [
        row
        for row in rows
        if (row.outcome, row.month, row.arm, row.detail) == (outcome, month, policy, detail)
    ]
    return row


def test_every_outcome_is_defined_once_and_found(rows):
    names = [outcome.name for outcome in OUTCOMES]
    assert len(set(names)) == len(names)
    assert {row.outcome for row in rows} == {o.name for o in OUTCOMES if o.formula}
    for row in rows:
        assert (row.unit, row.definition) == (
            BY_NAME[row.outcome].unit,
            BY_NAME[row.outcome].formula,
        )


def test_a_row_is_found_by_outcome_month_policy_and_detail(rows):
    keys = [(row.outcome, row.month, row.arm, row.detail) for row in rows]
    assert len(set(keys)) == len(keys)


def test_additional_jobs_are_paired_differences_at_the_end_of_the_month(rows, panels):
    row = one(rows, "additional_jobs", 36)
    paired = panels.values("workplace_employment", "rebond")[:, 35]
    paired = paired - panels.values("workplace_employment", "none")[:, 35]
    expected = mean_estimate(paired)
    assert (row.estimate, row.low, row.high) == (expected.value, expected.low, expected.high)
    assert row.replications == 8


def test_the_closure_is_the_difference_of_none_to_no_shock(rows, panels):
    row = one(rows, "jobs_against_no_closure", 24, "none")
    gap = panels.difference("workplace_employment", "none", "no_shock")[:, panels.row(23)]
    assert row.estimate == gap.mean()


def test_displaced_states_cover_everyone_at_every_date(rows):
    for month in (6, 12, 18, 24, 36, 60):
        total = sum(
            row.estimate
            for row in rows
            if (row.outcome, row.month, row.arm) == ("displaced_state", month, "none")
            and row.detail != "left"  # of everybody; other shares are of those who stay
        )
        assert total == pytest.approx(100.0)


def test_costs_by_instrument_add_up_to_the_total(rows):
    parts = [
        one(rows, "cost_per_additional_job", 120, detail=detail).estimate
        for detail in ("engineering", "grants")
    ]
    total = one(rows, "cost_per_additional_job", 120, detail="total")
    assert total.estimate == pytest.approx(sum(parts))
    assert total.low < total.estimate < total.high


def test_readings_say_when_nothing_can_be_shown(rows):
    for row in rows:
        if row.reference and not row.unit.startswith("EUR/") and not math.isnan(row.low):
            no_difference = row.low <= 0 <= row.high
            assert (row.reading == "no difference can be shown") == no_difference


def test_one_replication_gives_no_interval(single):
    rows = headline_cells(read_panels(single))
    assert {row.arm for row in rows} == {"none", "rebond", "money_only"}
    assert all(math.isnan(row.low) and math.isnan(row.high) for row in rows)
    assert one(rows, "additional_jobs", 36).reading == NO_INTERVAL
    assert max(row.month for row in rows if row.outcome == "paid") == 40


def test_the_csv_holds_the_same_rows(folder, panels, rows):
    write_headline(panels, folder)
    with (folder / "headline.csv").open(encoding="utf-8", newline="") as stream:
        read = list(csv.DictReader(stream))
    assert len(read) == len(rows)
    assert [row["outcome"] for row in read] == [row.outcome for row in rows]
    assert float(read[0]["estimate"]) == pytest.approx(rows[0].estimate, rel=1e-5)
    assert [row["reference"] for row in read] == [row.reference for row in rows]


def test_the_table_fits_a_terminal_and_its_account_closes(panels, rows):
    text = shown(panels)
    lines = text.rstrip().splitlines()
    assert len(lines) <= 37
    assert "…" not in text
    assert all(len(line) <= 80 for line in lines)
    terms = {
        "gross_jobs": 1,
        "deadweight_jobs": -1,
        "multiplier_jobs": 1,
        "crowded_out_jobs": 1,
        "other_cause_jobs": 1,
    }
    total = sum(sign * one(rows, name, 120).estimate for name, sign in terms.items())
    assert total == pytest.approx(one(rows, "additional_jobs", 120).estimate)


def test_policies_that_do_not_fit_get_tables_of_their_own(single):
    panels = read_panels(single)
    tables = list(headline_tables(headline_cells(panels), panels, 80))
    assert len(tables) == 2
    assert len(list(headline_tables(headline_cells(panels), panels, 140))) == 1
    assert "so nothing here is a finding" in notes(headline_cells(panels), panels)[0]


def test_a_folder_that_holds_no_results_is_refused(tmp_path):
    with pytest.raises(InputError):
        read_results(tmp_path)


def test_differences_name_the_arm_that_they_are_taken_from(rows):
    references = {row.outcome: row.reference for row in rows}
    for name in (
        "crowded_out_jobs",
        "induced_jobs",
        "other_project_jobs",
        "chance_jobs",
        "other_cause_jobs",
        "additional_jobs",
        "cost_per_additional_job",
    ):
        assert references[name] == "none", name
    for name in ("jobs_against_no_closure", "job_months_lost"):
        assert references[name] == "no_shock", name
    for name in ("gross_jobs", "deadweight_jobs", "loss_area", "paid", "displaced_in_work"):
        assert references[name] == "", name


def test_panels_start_after_the_burn_in(panels):
    assert (panels.months[0], panels.horizon) == (0, 120)
    assert panels.first_layoffs == panels.last_layoffs == 12
    assert np.array_equal(panels.replications, np.arange(8))


def test_statistics_need_no_drawing_and_no_engine():
    program = (
        "import sys, rebound_sim.statistics; "
        "print([n for n in ('matplotlib', 'mesa', 'numba', 'pandas') if n in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "[]"
