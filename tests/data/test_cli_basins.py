"""`rebound basins`: what it prints and what it imports."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

import rebound_sim
from rebound_sim.cli.basins import basins
from rebound_sim.errors import InputError

HEAVY = ("mesa", "numba", "scipy", "pandas", "matplotlib", "pyarrow")


def printed(*arguments: str, width: int = 80) -> str:
    result = CliRunner(env={"COLUMNS": str(width)}).invoke(basins, list(arguments))
    assert result.exit_code == 0, result.output
    assert max(len(line) for line in result.stdout.splitlines()) <= width
    return result.stdout


@pytest.mark.parametrize("width", [80, 120])
def test_list(width: int) -> None:
    text = printed("list", "--sort", "fragility", "--limit", "3", width=width)
    assert "3 of 287 zones" in text and "19 overseas zones" in text
    rows = [line.split() for line in text.splitlines() if line[:4].isdigit()]
    assert len(rows) == 3
    whole = printed("list", width=width)
    assert ("Occitanie" in whole) == (width == 120)
    header = whole.splitlines()[0]
    assert "Unemp.%" in header and header.rstrip().endswith("Rank" if width == 80 else "TI %")


def test_list_sorts_and_filters() -> None:
    record = json.loads(printed("list", "--sort", "jobs", "--json", width=10_000))
    jobs = [zone["salaried_jobs"] for zone in record["zones"]]
    assert jobs == sorted(jobs, reverse=True) and len(jobs) == 287
    assert len(record["not_simulable"]) == 19
    region = json.loads(printed("list", "--region", "normandie", "--json", width=10_000))
    assert {zone["region"] for zone in region["zones"]} == {"Normandie"}


@pytest.mark.parametrize("width", [80, 120])
def test_show(width: int) -> None:
    text = printed("show", "maubeuge", width=width)
    for part in (
        "3217 Maubeuge, Hauts-de-France",
        "Salaried jobs by sector",
        "Establishments by size",
        "Unemployment rate, %",
        "Qualification of residents 15+, %*",
        "Age of residents",
        "Fragility 79 of 100",
        "Territoires d'industrie",
        "Places",
        "* Age",
    ):
        assert part in text, part


def test_show_marks_withheld_values() -> None:
    text = printed("show", "3205")
    assert "Unemployment rate 2022 (ILO), %*" in text and "Mean gross pay, EUR a month*" in text
    assert "withheld" in text
    record = json.loads(printed("show", "3205", "--json", width=10_000))
    assert record["provenance"]["mean_gross_wage_eur"]["imputed"] is True


def test_show_all_sectors_in_order() -> None:
    text = printed("show", "3217", "--all-sectors")
    start = text.index("Salaried jobs by sector")
    codes = [line[:2] for line in text[start:].splitlines() if line[:2].isupper()]
    assert codes[:4] == ["AZ", "BZ", "CA", "CB"]


def test_compare() -> None:
    text = printed("compare", "3217", "rennes")
    assert "3217 Maubeuge" in text and "5315 Rennes" in text and "Sectors that differ most" in text
    record = json.loads(printed("compare", "3217", "5315", "--json", width=10_000))
    assert [zone["code"] for zone in record["zones"]] == ["3217", "5315"]


def test_unknown_zone_is_an_input_error() -> None:
    result = CliRunner().invoke(basins, ["show", "Maubeuje"])
    assert isinstance(result.exception, InputError)
    assert result.exception.nearest == "3217 Maubeuge"


@pytest.mark.parametrize("arguments", [["list"], ["show", "3217"]])
def test_basins_stays_light(arguments: list[str]) -> None:
    code = (
        "import sys; from rebound_sim.cli.basins import basins; "
        f"basins({arguments!r}, standalone_mode=False); "
        f"print([name for name in {HEAVY!r} if name in sys.modules])"
    )
    source = str(Path(rebound_sim.__file__).parents[1])
    result = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, "PYTHONPATH": source},
    )
    assert result.stdout.splitlines()[-1] == "[]"
