"""What cannot be drawn or computed is named in the manifest, and takes nothing else away."""

import json
from importlib import import_module

import pytest
from click.testing import CliRunner

from programme_folder import store
from rebound_sim.cli.results import results
from rebound_sim.cli.running import tell_missing
from rebound_sim.errors import EngineError
from rebound_sim.experiment import batches
from rebound_sim.experiment.missing import UNDER_WAY
from rebound_sim.report import outputs


def manifest_of(folder):
    return json.loads((folder / "manifest.json").read_text("utf-8"))


def test_a_figure_that_fails_leaves_tables_and_the_others(tmp_path, monkeypatch, capsys):
    module = import_module("rebound_sim.figures.draw")  # the package shows a function of this name
    whole = module.draw

    def broken(name, subject, language):
        if name == "pairs":
            raise RuntimeError("Matplotlib has\nno such thing")
        return whole(name, subject, language)

    monkeypatch.setattr(module, "draw", broken)
    folder = store(tmp_path / "results")
    manifest = manifest_of(folder)
    assert manifest["missing"] == ["figure pairs: RuntimeError: Matplotlib has no such thing"]
    assert manifest["complete"] is False and manifest["done"] == manifest["tasks"]
    assert (folder / "comparison.csv").is_file()
    drawn = {path.stem for path in (folder / "figures").glob("*.png")}
    assert "strategies" in drawn and "pairs" not in drawn
    tell_missing(folder)
    told = capsys.readouterr()
    assert told.out == "" and "Missing: figure pairs: RuntimeError" in told.err


def test_tables_that_fail_leave_runs_marked_incomplete(tmp_path, monkeypatch):
    def broken(*_arguments):
        raise KeyError("workplace_employment")

    monkeypatch.setattr(outputs, "write_tables", broken)
    with pytest.raises(EngineError, match="the tables could not be made"):
        store(tmp_path / "results")
    manifest = manifest_of(tmp_path / "results")
    assert manifest["complete"] is False
    assert manifest["missing"] == ["tables and figures: KeyError: 'workplace_employment'"]
    assert list((tmp_path / "results" / "runs").rglob("*.parquet"))


def test_an_interruption_of_tables_or_figures_is_no_whole_folder(tmp_path, monkeypatch):
    for name in ("write_headline", "write_tables"):
        with monkeypatch.context() as patched:
            patched.setattr(outputs, name, _interrupted)
            with pytest.raises(KeyboardInterrupt):
                store(tmp_path / name)
        manifest = manifest_of(tmp_path / name)
        assert manifest["complete"] is False and manifest["missing"] == [UNDER_WAY]
        told = CliRunner().invoke(results, [str(tmp_path / name)], catch_exceptions=False).output
        assert "incomplete: --resume goes on" in told and f"missing: {UNDER_WAY}" in told
        outputs.add_tables_and_figures(tmp_path / name)
        manifest = manifest_of(tmp_path / name)
        assert manifest["complete"] is True and manifest["missing"] == []


def _interrupted(*_arguments):
    raise KeyboardInterrupt


def test_an_interruption_while_results_are_gathered_keeps_them(tmp_path, monkeypatch):
    gather, asked = batches.gather, []

    def interrupted_once(*arguments, **named):
        asked.append(1)
        if len(asked) == 1:
            raise KeyboardInterrupt
        return gather(*arguments, **named)

    monkeypatch.setattr("rebound_sim.experiment.store.gather", interrupted_once)
    with pytest.raises(KeyboardInterrupt):
        store(tmp_path / "results")
    manifest = manifest_of(tmp_path / "results")
    assert (manifest["complete"], manifest["interrupted"]) == (False, True)
    assert manifest["done"] == manifest["tasks"] > 0


def test_nothing_is_missing_in_a_whole_folder(tmp_path, capsys):
    folder = store(tmp_path / "results")
    assert manifest_of(folder)["missing"] == [] and manifest_of(folder)["complete"] is True
    tell_missing(folder)
    assert capsys.readouterr().err == ""
