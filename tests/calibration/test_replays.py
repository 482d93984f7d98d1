"""Replays of the past at the door: what is printed, written and drawn."""

from __future__ import annotations

import csv
import json
from importlib import import_module

import numpy as np
import pytest
from click.testing import CliRunner

from rebound_sim.calibration.panel.table import ZonesPanel, all_results, published_paths
from rebound_sim.calibration.panel.worlds import STARTS
from rebound_sim.calibration.replays.cases import Replay, case_results
from rebound_sim.calibration.replays.together import Past
from rebound_sim.calibration.studies.cases import STATES
from rebound_sim.calibration.studies.published_cases import CASES
from rebound_sim.cli.validate import validate

RUNS, MONTHS = 3, 52
FIGURES = ("replays_in_work", "replays_unemployment", "panel_2006", "panel_2018", "panel_events")


@pytest.fixture(scope="module")
def past() -> Past:
    """Replays made of chance: people drawn over states, zones that move as published, shuffled."""
    draw = np.random.default_rng(8)
    cases = []
    for case in CASES.values():
        shares = draw.dirichlet(np.ones(len(STATES)), (RUNS, MONTHS))
        gap = draw.normal(0.0, 0.2, (RUNS, MONTHS)) if case.gaps else None
        cases.append(Replay(case, shares, gap))
    panels = []
    for start in STARTS:
        jobs, rates = published_paths(start)
        orders = [draw.permutation(len(jobs)) for _ in range(RUNS)]
        sectors = draw.uniform(400, 600, (RUNS, len(jobs), start.months // 12 + 1, 38))
        panels.append(
            ZonesPanel(
                start,
                jobs,
                rates,
                np.array([jobs[o] for o in orders]),
                np.array([rates[o] for o in orders]),
                sectors,
            )
        )
    rows = (*case_results(tuple(cases)), *all_results(tuple(panels)))
    return Past(tuple(cases), tuple(panels), rows)


def test_validate_prints_and_writes_the_replays(past, tmp_path, monkeypatch) -> None:
    asked = []

    def fake(families, *_options):
        asked.append(tuple(families))
        return past

    together = import_module("rebound_sim.calibration.replays.together")
    monkeypatch.setattr(together, "replay_past", fake)
    options = ["--only", "panel", "--out", str(tmp_path)]
    result = CliRunner().invoke(validate, [*options, "--json"])
    assert result.exit_code == 0
    assert asked == [("panel",)]
    report = json.loads(result.stdout)["replays"]
    assert report["inside"] + report["outside"] == report["total"] == len(past.rows)
    with (tmp_path / "replays.csv").open(encoding="utf-8") as stream:
        written = list(csv.DictReader(stream))
    assert [row["name"] for row in written] == [row["name"] for row in report["rows"]]
    tables = (tmp_path / "replays.md").read_text(encoding="utf-8")
    assert all(f"| {row.name} | {row.unit} |" in tables for row in past.rows)
    for name in FIGURES:
        for suffix in ("png", "svg", "csv"):
            assert (tmp_path / f"{name}.{suffix}").stat().st_size > 200
    drawing = import_module("rebound_sim.figures.replays")
    monkeypatch.setattr(drawing, "draw_replays", lambda *_: [])  # the same figures again
    shown = CliRunner().invoke(validate, [*options, "--overwrite"])
    assert f"replays: {report['inside']} of {report['total']} inside" in shown.stdout


def test_rows_name_what_they_compare(past) -> None:
    names = [row.name for row in past.rows]
    assert len(set(names)) == len(names)
    assert {row.family for row in past.rows} == {"cases", "panel"}
    assert all(row.source for row in past.rows)
