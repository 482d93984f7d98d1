"""`rebound` as a user or a script calls it: exit codes, one message, clean output."""

import json
import resource
import subprocess
import sys

import pytest

from doors.worlds import names
from rebound_sim.cli.main import entry_point

HEAVY = ("mesa", "numba", "scipy", "matplotlib", "pandas", "pyarrow", "numpy", "pydantic")
JOBS = "zone.0.closure.0.jobs"


def one_message(done, code=2):
    """The only line on standard error; no traceback, nothing on standard output."""
    assert done.returncode == code, done.stderr
    assert done.stdout == ""
    lines = done.stderr.strip().splitlines()
    assert len(lines) == 1, done.stderr
    assert lines[0].startswith("rebound: ")
    return lines[0].removeprefix("rebound: ")


def test_help_imports_nothing_heavy():
    code = (
        "import sys; from rebound_sim.cli.main import cli; cli.main(['--help'], standalone_mode=0);"
        f"print([name for name in {HEAVY!r} if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "[]"
    for command in ("run", "basins", "explain", "schema", "data", "bench"):
        assert command in done.stdout


def test_run_writes_a_folder_and_a_table(rebound, world, tmp_path):
    done = rebound("run", world, "--replications", 3, "--workers", 1)
    assert done.returncode == 0, done.stderr
    assert "additional jobs" in done.stdout
    assert "Results: results/world" in done.stdout
    assert (tmp_path / "results" / "world" / "headline.csv").exists()


def test_json_is_one_object_alone_on_standard_output(rebound, world):
    done = rebound("run", world, "--json", "--replications", 2, "--workers", 1, "--seed", 0)
    report = json.loads(done.stdout)
    assert report["results"] == "results/world"
    assert report["arms"] == ["no_shock", "none", "rebond"]
    assert (report["complete"], report["tasks"], report["seed"]) == (True, 2, 0)
    assert report["headline"] == [{"outcome": "additional jobs", "value": None}]


def test_results_do_not_depend_on_the_number_of_workers(rebound, world, tmp_path):
    for workers in (1, 3):
        rebound("run", world, "--workers", workers, "--replications", 5, "--out", f"w{workers}")
    files = sorted(p.relative_to(tmp_path / "w1") for p in (tmp_path / "w1").rglob("*.parquet"))
    assert len(files) == 9
    for file in files:
        assert (tmp_path / "w1" / file).read_bytes() == (tmp_path / "w3" / file).read_bytes()


def test_a_worker_that_is_killed_is_replaced(rebound, world, tmp_path):
    done = rebound(
        "run",
        world,
        "--workers",
        2,
        "--replications",
        4,
        "--json",
        environment={"STUB_DIES": str(tmp_path / "died")},
    )
    assert (tmp_path / "died").exists()
    assert json.loads(done.stdout)["tasks"] == 4


def test_engine_errors_exit_with_3(rebound, world):
    done = rebound(
        "run", world, "--replications", 3, "--workers", 1, environment={"STUB_FAILS": "1"}
    )
    assert done.returncode == 3
    assert "replication 1: ValueError: negative stock" in done.stderr.splitlines()[-1]
    assert "the others are in results/world" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--zone", "Amien"], "--zone: zone.0.code: unknown zone, got 'Amien'"),
        (["--policy", "rebonds"], "--policy: unknown policy, got 'rebonds'"),
        (["--policy", "mine.toml"], "mine.toml: no such file"),
        (["--months", "0"], "--months: time.months: out of range, got 0"),
        (["--months", "many"], "Invalid value for '--months'"),
        (["--replications", "0"], "--replications: out of range, got 0"),
        (["--seed", "-1"], "--seed: out of range, got -1"),
        (["--workers", "0"], "--workers: out of range, got 0"),
        (["--set", "search.effort_decay"], "--set: not of the form KEY=VALUE"),
        (["--set", f"{JOBS}=nan"], f"--set: {JOBS}: wrong type, got nan"),
        (["--set", f"{JOBS}=90000"], f"--set: {JOBS}: the site has more jobs"),
        (["--set", "time.months=9", "--set", "time.months=8"], "this key is given twice"),
        (["--overwrite", "--resume"], "--overwrite and --resume: cannot be used together"),
        (["--replication", "3"], "Did you mean '--replications'?"),
    ],
)
def test_wrong_options_end_in_one_message_and_no_folder(
    arguments, words, world, tmp_path, monkeypatch, capsys
):
    monkeypatch.setattr(sys, "argv", ["rebound", "run", str(world), *arguments])
    monkeypatch.setattr("signal.signal", lambda _number, _handler: None)
    monkeypatch.chdir(tmp_path)
    with pytest.raises(SystemExit) as ended:
        entry_point()
    output, errors = capsys.readouterr()
    assert (ended.value.code, output, errors.count("\n")) == (2, "", 1)
    assert words in errors
    assert names(tmp_path) == ["world.toml"]


def test_wrong_files_end_in_one_message_and_no_folder(rebound, world, tmp_path):
    world.write_text(world.read_text().replace("months = 24", "months = nan"))
    assert f"{world}:6:1: time.months: " in one_message(rebound("run", world))
    world.write_bytes(b"")
    assert "the file is empty" in one_message(rebound("run", world))
    with world.open("wb") as stream:
        stream.truncate(100_000_000)
    assert "at most 1,000,000" in one_message(rebound("run", world))
    assert "no such file" in one_message(rebound("run", "wrld.toml"))
    assert names(tmp_path) == ["world.toml"]


def test_unknown_command_gives_the_nearest(rebound):
    assert "did you mean run?" in one_message(rebound("rnu"))


def test_existing_results_are_refused_then_resumed(rebound, world):
    assert rebound("run", world, "--replications", 2, "--workers", 1).returncode == 0
    assert "the results folder exists" in one_message(rebound("run", world))
    done = rebound("run", world, "--replications", 3, "--workers", 1, "--resume", "--json")
    assert json.loads(done.stdout)["tasks"] == 3
    assert "Resuming: 2 finished tasks are there already." in done.stderr


def test_full_disk_gives_one_message_and_no_results_folder(rebound, world, tmp_path):
    def no_room(limit):
        # A file that may not grow fails as on a full disk, in the same system call.
        return lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))

    done = rebound("run", world, "--workers", 1, preexec_fn=no_room(1000))
    assert one_message(done) == "results/world: the disk is full; nothing was changed"
    assert names(tmp_path / "results") == []
    # What is kept when the disk fills later: tests/engine/test_programme_store.py.
    done = rebound("run", world, "--workers", 1, preexec_fn=no_room(6000))
    assert "the disk is full; nothing was kept" in one_message(done)
    assert names(tmp_path / "results") == []


def test_a_place_that_cannot_be_written_gives_one_message(rebound, world):
    text = one_message(rebound("run", world, "--out", "/proc/nowhere/out"))
    assert text.startswith("/proc/nowhere/out: cannot be written: ")


def test_explain_says_value_range_evidence_and_source(rebound):
    done = rebound("explain", "search.effort_decay")
    assert done.returncode == 0
    for word in ("meaning", "value", "range", "prior", "evidence", "reference", "--set"):
        assert word in done.stdout
    assert "search" in rebound("explain").stdout
    assert "search.effort_decay" in rebound("explain", "search").stdout
    assert "did you mean search.effort_decay?" in one_message(rebound("explain", "effort_decay"))


def test_schema_is_json(rebound):
    schema = json.loads(rebound("schema", "scenario").stdout)
    assert "zone" in schema["properties"]
    assert "closure" in schema["$defs"]["ZoneEntry"]["properties"]
    assert "grants" in json.loads(rebound("schema", "policy").stdout)["properties"]


def test_no_command_shows_the_help_as_it_is_written(rebound):
    for words in ((), ("basins",), ("new",)):
        done = rebound(*words)
        assert done.returncode == 2 and done.stdout == ""
        assert done.stderr.startswith("Usage: ") and len(done.stderr.splitlines()) > 5


@pytest.mark.skipif(sys.platform == "win32", reason="needs a shell")
@pytest.mark.parametrize("words", ["explain search", "basins list", "schema world"])
def test_a_reader_that_leaves_is_no_failure(words):
    command = f"{sys.executable} -m rebound_sim.cli.main {words} | head -c 10"
    done = subprocess.run(
        ["bash", "-o", "pipefail", "-c", command], capture_output=True, check=False, timeout=60
    )
    assert (done.returncode, len(done.stdout), done.stderr) == (0, 10, b"")


def test_a_folder_that_is_not_there_has_the_nearest(rebound, tmp_path):
    (tmp_path / "results").mkdir()
    assert one_message(rebound("report", "result")) == (
        "result: no such folder (did you mean results?)"
    )
    assert one_message(rebound("results", "results")).endswith(
        "not a results folder: no manifest.json"
    )
    assert one_message(rebound("figures", "nowhere")) == "nowhere: no such folder"


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("run", "Chamont"), "Chamont: no such file, nor zone (did you mean zone 4404 Chaumont?)"),
        (("compare", "x.toml", "--scheduler", "foo"), "--scheduler: not an address, got 'foo'"),
    ],
)
def test_hurried_words_are_answered(words, said, rebound, world, tmp_path):
    (tmp_path / "x.toml").write_text(world.read_text())
    assert one_message(rebound(*words)).startswith(said)
