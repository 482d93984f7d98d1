"""No CSV file of the package holds the words `nan` or `inf`."""

from __future__ import annotations

import csv
import math
from pathlib import Path

import numpy as np
import pytest

from rebound_sim.cells import as_cell, write_cells


@pytest.mark.parametrize(
    "value",
    [math.nan, math.inf, -math.inf, np.float64("nan"), np.float32("inf"), np.float16("-inf")],
)
def test_a_figure_that_does_not_exist_is_an_empty_cell(value: float) -> None:
    assert as_cell(value) == ""


@pytest.mark.parametrize(
    ("value", "cell"),
    [
        (0.1, "0.1"),
        (np.float32(2.5), "2.5"),
        (1234567.8, "1234568"),
        (-3.0, "-3"),
        (7, 7),
        ("0051", "0051"),
        ("=1+1", "'=1+1"),
        ("@x", "'@x"),
        (True, True),
    ],
)
def test_other_values(value: object, cell: object) -> None:
    assert as_cell(value) == cell


def test_a_written_table_reads_back_as_numbers(tmp_path: Path) -> None:
    rows = [{"zone": "0051", "x": math.inf, "y": 1.0}, {"zone": "0052", "x": -2.5, "y": math.nan}]
    write_cells(tmp_path / "t.csv", ["zone", "x", "y"], rows)
    with (tmp_path / "t.csv").open(encoding="utf-8", newline="") as stream:
        assert list(csv.reader(stream)) == [
            ["zone", "x", "y"],
            ["0051", "", "1"],
            ["0052", "-2.5", ""],
        ]


def test_every_csv_writer_of_tables_goes_through_cells() -> None:
    """A module that writes CSV by itself is listed with the reason why no figure can be missing."""
    by_itself = {
        "cells.py": "the writer",
        "data/building/draft.py": "tables of figures: draft.number leaves unpublished cells empty",
        "parameters/ensemble.py": "values are checked to be finite when they are read",
        "benchmarks/history.py": "figures that were measured, formatted; the others are empty",
    }
    root = Path(__file__).resolve().parent.parent / "src" / "rebound_sim"
    found = {
        path.relative_to(root).as_posix()
        for path in root.rglob("*.py")
        if "csv.writer(" in path.read_text(encoding="utf-8")
        or "csv.DictWriter(" in path.read_text(encoding="utf-8")
    }
    assert {name for name in found if name not in by_itself} == set()
