"""Runs without a policy, and without a closure, have their headline and their figures."""

import synthetic_results
from rebound_sim.cli.headline_table import headline_tables, notes
from rebound_sim.figures import draw_figures
from rebound_sim.report.outputs import add_tables_and_figures
from rebound_sim.statistics import headline_cells
from synthetic_results import read_panels, write_results


def test_without_a_policy_there_is_the_effect_of_the_closure(tmp_path):
    folder = write_results(tmp_path, replications=2, months=30, policies=())
    add_tables_and_figures(folder)
    assert (folder / "headline.csv").is_file()
    assert draw_figures(folder) == []
    panels = read_panels(folder)
    rows = headline_cells(panels)
    assert {row.arm for row in rows} == {"none"}
    assert "jobs_against_no_closure" in {row.outcome for row in rows}
    assert len(list(headline_tables(rows, panels))) == 1


def test_without_a_closure_nobody_is_displaced_and_nothing_rebounds(tmp_path, monkeypatch):
    head, tail = synthetic_results.WORLD.split("[[closure]]")
    world = head + tail[tail.index("[policy]") :]
    monkeypatch.setattr(synthetic_results, "WORLD", world)
    folder = write_results(tmp_path, replications=2, months=30)
    names = {path.stem for path in draw_figures(folder)}
    assert names == {"employment", "funnel", "money", "hires"}
    panels = read_panels(folder)
    rows = headline_cells(panels)
    outcomes = {row.outcome for row in rows}
    assert "additional_jobs" in outcomes
    assert not {"rebound_time", "loss_area", "displaced_in_work"} & outcomes
    assert notes(rows, panels)[0].startswith("Mean of 2 replications")
