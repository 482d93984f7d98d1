"""Names of results that Windows would refuse, or change without a word."""

import errno
import os
from pathlib import Path

import pytest

from rebound_sim import whole_files, windows_names
from rebound_sim.errors import InputError
from rebound_sim.experiment import durable
from rebound_sim.experiment.printed import keep_printed
from rebound_sim.windows_names import refuse_names

REFUSED = ("results/con", "CONOUT$", "com².txt", "results/AUX", "aux.csv/x", "Com1", "lpt9.txt",
           "results/été.", "a /b", "what?", "a:b", 'a"b', "a|b", "a\nb")  # fmt: skip
KEPT = ("results/été à Vierzon", "../con_1", "./console", "com10", ".hidden", "a.b", "auxiliaire")


@pytest.mark.parametrize("name", REFUSED)
def test_refused_on_windows_alone(name, monkeypatch):
    monkeypatch.setattr(windows_names, "_SYSTEM", "posix")
    refuse_names(Path(name))
    monkeypatch.setattr(windows_names, "_SYSTEM", "nt")
    with pytest.raises(InputError, match="--out: Windows cannot keep"):
        refuse_names(Path(name))


@pytest.mark.parametrize("name", KEPT)
def test_kept(name, monkeypatch):
    monkeypatch.setattr(windows_names, "_SYSTEM", "nt")
    refuse_names(Path(name))


def test_what_a_strategy_named_as_a_device_prints_is_kept(tmp_path):
    (place,) = keep_printed(tmp_path, 0, {"aux": "a line"})
    assert place.name == "aux_.txt" and "a line" in place.read_text("utf-8")


def test_no_file_is_written_to_a_device(tmp_path, monkeypatch):
    monkeypatch.setattr(windows_names, "_SYSTEM", "nt")
    with pytest.raises(OSError, match=r"Windows cannot keep this name: it is the name of a device"):
        whole_files.write_text_whole(tmp_path / "aux.html", "x")
    whole_files.write_text_whole(tmp_path / "page.html", "x")
    assert [path.name for path in tmp_path.iterdir()] == ["page.html"]


@pytest.mark.parametrize(("length", "told"), [(30, False), (140, True)])
def test_a_path_that_windows_finds_too_long_is_told(length, told, monkeypatch):
    monkeypatch.setattr(windows_names, "_SYSTEM", "nt")
    with (
        pytest.raises(InputError, match="cannot be written: No such file") as caught,
        durable.disk_faults(Path("/" + length * "x"), lambda: "nothing was kept"),
    ):
        raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT))
    assert ("260 characters" in str(caught.value)) is told
