"""`rebound compare` at its door: what it asks of the engine, and mistakes told before it starts."""

from pathlib import Path

import pytest
from click.testing import CliRunner

from engine.stub_programme import simulate
from engine.test_sweep import WORLD
from rebound_sim.cli.compare import compare
from rebound_sim.errors import EngineError, InputError
from rebound_sim.experiment import read_results, under_way

MINE = '''
from rebound_sim.policies.strategy import strategy

@strategy("mine")
def mine(desk, budget):
    """Nothing for anyone."""
    return desk.amount * 0
'''


@pytest.fixture
def called(tmp_path, monkeypatch):
    """Call the command on a small programme, with the stub engine; tables are not made."""
    from rebound_sim.cli.running import Running
    from rebound_sim.experiment import run as run_module
    from rebound_sim.experiment import store
    from rebound_sim.report import outputs

    def engine(team, _watcher, _simulate):
        return under_way.Engine(simulate, team)

    monkeypatch.setattr(run_module, "engine_on", engine)
    monkeypatch.setattr(store.ResultsStore, "_write_dictionary", lambda _store: None)
    monkeypatch.setattr(outputs, "add_tables_and_figures", lambda _folder, *_: None)
    monkeypatch.setattr(Running, "_tell", lambda _how, folder: print(f"table of {folder}"))
    monkeypatch.chdir(tmp_path)
    (tmp_path / "world.toml").write_text(WORLD)
    (tmp_path / "mine.py").write_text(MINE)

    def call(*options):
        options = ["world.toml", "--workers", "1", *map(str, options)]
        runner = CliRunner()
        return runner.invoke(compare, options, catch_exceptions=True)

    return call


def test_strategies_of_the_file_of_options_and_of_the_user(called):
    assert called("--replications", 2).stdout == "table of results/world\n"
    found = read_results("results/world")
    assert found.arms == ("no_shock", "none", "equal")
    assert found.replications == (0, 1)
    called("--strategy", "merit", "--strategy-file", "mine.py", "--seed", 3, "--out", "other")
    assert read_results("other").arms == ("no_shock", "none", "merit", "mine")
    assert read_results("other").manifest.identity.seed == 3

    Path("mine.py").write_text(MINE + "\n# changed")
    again = ("--strategy", "merit", "--strategy-file", "mine.py", "--seed", 3, "--out", "other")
    assert "other arms (then mine, now mine)" in str(called(*again, "--resume").exception)


def test_shards_say_how_they_are_collected(called):
    text = called("--replications", 4, "--shard", "1/2").output
    assert text.startswith("Shard 1/2: 2 tasks in results/world/shards/1-of-2.")
    assert "--resume in place of --shard" in text
    called("--replications", 4, "--shard", "2/2")
    assert called("--replications", 4, "--resume").stdout == "table of results/world\n"
    assert read_results("results/world").replications == (0, 1, 2, 3)


def test_what_could_be_compared_is_shown_before_the_fault(called, monkeypatch):
    monkeypatch.setenv("STUB_FAILS", "1")
    done = called("--replications", 3)
    assert isinstance(done.exception, EngineError) and done.stdout == "table of results/world\n"


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (["--strategy", "merits"], "--strategy: unknown strategy, got 'merits'"),
        (["--strategy", "equal", "--strategy", "equal"], "a strategy is given twice"),
        (["--set", "programme.envelope_eur=-1"], "--set: programme.envelope_eur"),
        (["--set", "programme.envelope_eur=lots"], "--set: programme.envelope_eur"),
        (["--replications", "0"], "--replications: out of range"),
        (["--replications", "5", "--until", "additional_jobs.ci<5%"], "--until decides"),
        (["--until", "jobs.ci<5%"], "allowed: additional_jobs"),
        (["--cap", "5"], "--cap: used without --until"),
        (["--shard", "0/4"], "--shard: not a shard"),
        (["--shard", "1/4", "--until", "additional_jobs.ci<5%"], "cannot be used together"),
        (["--overwrite", "--resume"], "cannot be used together"),
        (["--scheduler", "tcp://127.0.0.1:1"], "--workers and --scheduler"),
        (["--workers", "0"], "--workers: out of range"),
        (["--group", "0"], "--group: out of range"),
        (["--strategy-file", "none.py"], "none.py"),
    ],
)
def test_mistakes_are_told_before_anything_is_written(called, tmp_path, options, words):
    fault = called(*options).exception
    assert isinstance(fault, InputError) and words in str(fault), fault
    assert not (tmp_path / "results").exists()
