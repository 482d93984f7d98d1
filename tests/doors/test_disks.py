"""Results on disks that are linked, renamed, full, or read by others meanwhile."""

import errno
import io
import os
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from doors.stubbed import DICTIONARY, simulate
from engine import stub_programme
from engine.test_sweep import EFFORT, HEAD, WORLD
from rebound_sim import whole_files
from rebound_sim.cli.main import _reader_has_gone, cli
from rebound_sim.errors import InputError
from rebound_sim.experiment import (
    Experiment,
    durable,
    load_sweep,
    read_results,
    run_experiment,
    run_sweep,
)
from rebound_sim.experiment.sweep_run import read_sweep_manifest
from rebound_sim.policies import load_policy
from rebound_sim.policies.arm import Arm
from rebound_sim.scenario import load_scenario, world_of
from synthetic_results import write_results

FORMER_FORM = True  # of the world's file: it is still read


@pytest.fixture
def experiment(world):
    arms = (Arm.of_policy(load_policy("rebond")),)
    return Experiment(world_of(load_scenario(world)), arms, replications=4, seed=7)


def run(experiment, out, act=None, **options):
    """Run with the stub; `act(replication)` comes before each task."""

    def acting(world, arms, seed, replication):
        if act is not None:
            act(replication)
        return simulate(world, arms, seed, replication)

    options = {"workers": 1, "simulate": acting, "dictionary": DICTIONARY, **options}
    return run_experiment(experiment, out, **options)


def test_a_linked_folder_is_used_and_stays_a_link(experiment, tmp_path):
    disk, link = tmp_path / "disk", tmp_path / "out"
    disk.mkdir()
    link.symlink_to(disk, target_is_directory=True)
    for options in ({}, {"overwrite": True}, {"resume": True}):
        run(experiment, link, **options)
        assert link.is_symlink() and (disk / "manifest.json").is_file()
    nowhere = tmp_path / "lost"
    nowhere.symlink_to(tmp_path / "nowhere")
    with pytest.raises(InputError, match="this link leads nowhere"):
        run(experiment, nowhere)


def test_a_linked_folder_inside_results_is_never_emptied(experiment, tmp_path):
    others = tmp_path / "others"
    others.mkdir()
    (others / "mine.txt").write_text("x")
    out = run(experiment, tmp_path / "out")
    (out / "linked").symlink_to(others, target_is_directory=True)
    run(experiment, out, overwrite=True)
    assert (others / "mine.txt").is_file() and not (out / "linked").exists()


def test_a_folder_renamed_under_way_keeps_its_tasks_and_leaves_no_half_folder(experiment, tmp_path):
    out, elsewhere, asked = tmp_path / "out", tmp_path / "elsewhere", []

    def renamed(replication):
        if replication == 2:
            out.rename(elsewhere)

    with pytest.raises(InputError, match="cannot be written: No such file or directory; 2 of"):
        run(experiment, out, renamed)
    assert not out.exists()
    run(experiment, elsewhere, asked.append, resume=True)
    assert asked == [2, 3] and read_results(elsewhere).manifest.complete


@pytest.mark.parametrize(
    "text", ["", "[]", "3", '{"keys": [[0, 0]]}', '{"keys": "x", "total": "0"}']
)
def test_a_damaged_list_of_batches_is_named(experiment, tmp_path, text):
    out = run(experiment, tmp_path / "out")
    (out / ".state" / "batches" / "00000.json").write_text(text)
    for ask in (lambda: run(experiment, out, resume=True), lambda: read_results(out).table("runs")):
        with pytest.raises(InputError, match="its list of batches is damaged"):
            ask()
    run(experiment, out, overwrite=True)


@pytest.mark.parametrize("phase", ["part", "manifest", "parquet"])
def test_a_full_disk_keeps_what_is_finished(experiment, tmp_path, monkeypatch, phase):
    out, asked, full = tmp_path / "out", [], []
    write = durable.write_durably

    def refusing(final, *pieces):
        of_phase = final.suffix == ".part" if phase == "part" else final.name == "manifest.json"
        if full and of_phase and phase != "parquet":
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(final))
        write(final, *pieces)

    def no_room(*_):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    for module in ("task_parts", "manifest"):
        monkeypatch.setattr(f"rebound_sim.experiment.{module}.write_durably", refusing)

    def fill(replication):
        if replication == 2:
            full.append(True)
            if phase == "parquet":
                monkeypatch.setattr("rebound_sim.experiment.batches.pq.ParquetWriter", no_room)

    with pytest.raises(InputError, match=r"the disk is full; \d of 4 tasks are kept; add --resume"):
        run(experiment, out, fill)
    monkeypatch.undo()
    run(experiment, out, asked.append, resume=True)
    assert asked in ([2, 3], [3], [])
    assert read_results(out).manifest.complete and read_results(out).replications == (0, 1, 2, 3)


@pytest.mark.parametrize("fault", [KeyboardInterrupt, OSError])
def test_a_design_without_its_table_is_not_complete(tmp_path, fault):
    (tmp_path / "world.toml").write_text(WORLD)
    (tmp_path / "sweep.toml").write_text(HEAD + EFFORT)
    sweep, out = load_sweep(tmp_path / "sweep.toml"), tmp_path / "out"

    def ended(_folder):
        raise fault(errno.ENOSPC, "full")

    with pytest.raises((KeyboardInterrupt, InputError)):
        run_sweep(
            sweep, out, workers=1, simulate=stub_programme.simulate,
            dictionary=stub_programme.DICTIONARY, last_step=ended,
        )  # fmt: skip
    assert read_sweep_manifest(out).complete is False


@pytest.mark.parametrize("command", [["validate", "--only", "panel"], ["forecast", "3202@2018-T1"]])
def test_where_long_work_is_to_be_written_is_tried_before(command, tmp_path):
    (tmp_path / "out").write_text("a file")
    done = CliRunner().invoke(cli, [*command, "--out", str(tmp_path / "out")])
    assert isinstance(done.exception, InputError)
    assert str(done.exception).startswith("--out: cannot be written: Not a directory")


def test_a_file_that_somebody_reads_is_replaced_a_moment_later(tmp_path, monkeypatch):
    pauses, replace = [], Path.replace

    def held(path, target):
        if len(pauses) < 3:
            raise PermissionError(errno.EACCES, "in use", str(target))
        return replace(path, target)

    def refused(_, target):
        raise PermissionError(errno.EACCES, "in use", str(target))

    monkeypatch.setattr(whole_files.time, "sleep", pauses.append)
    monkeypatch.setattr(Path, "replace", held)
    durable.write_durably(tmp_path / "x.json", b"{}")
    assert (tmp_path / "x.json").read_bytes() == b"{}" and len(pauses) == 3
    monkeypatch.setattr(Path, "replace", refused)
    with pytest.raises(PermissionError):
        durable.write_durably(tmp_path / "x.json", b"[]")
    assert (tmp_path / "x.json").read_bytes() == b"{}"


class _Full(io.BytesIO):
    """What a full disk takes: a part of the bytes."""

    def __init__(self, path):
        super().__init__()
        self._path = path

    def writelines(self, pieces):
        self._path.write_bytes(b"".join(pieces)[:3])
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def test_a_full_disk_leaves_the_former_file_or_none(tmp_path, monkeypatch):
    file, link = tmp_path / "page.html", tmp_path / "link.html"
    link.symlink_to(file)
    whole_files.write_text_whole(link, "été\n")
    assert link.is_symlink() and file.read_bytes() == "été\n".encode()
    usual = Path.open

    def opened(path, mode="r", **others):
        return _Full(path) if mode == "wb" else usual(path, mode, **others)

    monkeypatch.setattr(Path, "open", opened)
    for place in (file, tmp_path / "new.html"):
        with pytest.raises(OSError, match="No space left"):
            whole_files.write_whole(place, b"longer than that")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["link.html", "page.html"]
    assert file.read_bytes() == "été\n".encode()


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
def test_a_device_is_written_and_never_replaced():
    with pytest.raises(OSError, match="No space left"):
        whole_files.write_whole(Path("/dev/full"), b"x" * 100_000)
    whole_files.write_whole(Path("/dev/null"), b"x")
    assert Path("/dev/full").is_char_device() and Path("/dev/null").is_char_device()
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            [sys.executable, "-m", "rebound_sim.cli.main", "basins", "list", "--json"],
            stdout=full, stderr=subprocess.PIPE, text=True, check=False, timeout=60,
        )  # fmt: skip
    assert done.returncode == 3
    assert done.stderr.startswith("rebound: standard output cannot be written: ")
    assert len(done.stderr.splitlines()) == 1


@pytest.mark.parametrize("command", ["report", "page", "figures"])
def test_a_folder_that_cannot_be_written_is_told_before_the_work(command, tmp_path):
    folder = write_results(tmp_path, replications=2, months=30)
    (folder / "note").write_text("a file")
    out = str(folder / "note" / "there")
    if command == "page":
        out += "/page.html"
    done = CliRunner().invoke(cli, [command, str(folder), "--out", out])
    assert isinstance(done.exception, InputError)
    assert str(done.exception).startswith("--out: cannot be written: Not a directory")


@pytest.mark.parametrize(
    ("fault", "system", "gone"),
    [
        (BrokenPipeError(), "posix", True),
        (OSError(errno.EINVAL, "Invalid argument"), "nt", True),
        (OSError(errno.EINVAL, "Invalid argument"), "posix", False),
        (OSError(errno.EINVAL, "Invalid argument", "results"), "nt", False),
        (ValueError(), "nt", False),
    ],
)
def test_a_reader_that_has_gone(fault, system, gone):
    assert _reader_has_gone(fault, system) is gone
