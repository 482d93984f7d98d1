"""Output in any encoding; figures that take nothing from the environment; caches that fall back."""

import json
import os
import subprocess
import sys

import numpy as np
import pytest

from rebound_sim import caches
from rebound_sim.errors import InputError
from rebound_sim.experiment.provenance import provenance, refuse_other_worker
from rebound_sim.sources import same_lines

CODE = "from rebound_sim.cli.main import entry_point; entry_point()"


def rebound(*arguments, **environment):
    """Run the command; its output as bytes."""
    given = {key: value for key, value in environment.items() if value is not None}
    kept = {k: v for k, v in os.environ.items() if k not in environment}
    return subprocess.run(
        [sys.executable, "-c", CODE, *arguments],
        env={**kept, **given},
        capture_output=True,
        stdin=subprocess.DEVNULL,
        timeout=120,
        check=False,
    )


@pytest.mark.parametrize("encoding", ["latin-1", "ascii", "cp1252", "utf-8"])
def test_characters_that_an_encoding_lacks_are_replaced(encoding):
    done = rebound("basins", "show", "0051", PYTHONIOENCODING=encoding)
    assert done.returncode == 0 and done.stderr == b""
    text = done.stdout.decode(encoding)
    assert "Alen" in text and "?" not in text


def test_pipes_are_utf_8_whatever_the_locale():
    done = rebound(
        "basins",
        "list",
        LC_ALL="POSIX",
        PYTHONUTF8="0",
        PYTHONCOERCECLOCALE="0",
        PYTHONIOENCODING=None,
    )
    assert done.returncode == 0 and "Montluçon" in done.stdout.decode("utf-8")


@pytest.mark.parametrize("encoding", ["ascii", "latin-1"])
def test_json_is_the_same_in_any_encoding(encoding):
    asked = ("basins", "list", "--json")
    plain = json.loads(rebound(*asked, PYTHONIOENCODING="utf-8").stdout)
    assert json.loads(rebound(*asked, PYTHONIOENCODING=encoding).stdout.decode(encoding)) == plain


PICTURE = """
import sys
from pathlib import Path
import rebound_sim.figures.style as style
with style.house_style():
    figure = style.canvas(2.0, "A title", "below", ["a note"])
    axes = figure.subplots()
    axes.plot([1, 2, 3], [1000.5, 2.0, 3.0], label="a line")
    axes.legend()
style.save(style.Picture("one", figure, {"x": [1.0]}), Path(sys.argv[1]), ("png", "svg"))
"""


def test_figures_take_nothing_from_the_settings_of_the_user(tmp_path):
    (tmp_path / "matplotlibrc").write_text(
        "font.size: 30\nlines.linewidth: 9\nsavefig.dpi: 20\naxes.facecolor: red\n"
        "axes.formatter.use_locale: True\nbackend: webagg\nsavefig.transparent: True\n"
    )
    settings = [
        {},
        {"MATPLOTLIBRC": str(tmp_path / "matplotlibrc"), "MPLBACKEND": ""},
        {"MPLBACKEND": "module://not_installed.backend"},
        {"MPLBACKEND": "nonsense", "LC_ALL": "fr_FR.ISO-8859-1"},
    ]
    seen = []
    for number, extra in enumerate(settings):
        folder = tmp_path / str(number)
        folder.mkdir()
        subprocess.run(
            [sys.executable, "-c", PICTURE, str(folder)],
            check=True,
            timeout=120,
            env={**os.environ, **extra},
            capture_output=True,
        )
        seen.append([(folder / f"one.{form}").read_bytes() for form in ("png", "svg")])
    assert seen[1:] == seen[:1] * 3


@pytest.fixture
def fresh():
    """The folder of caches, chosen again."""
    caches.cache_folder.cache_clear()
    former = list(caches._faults)
    yield
    caches.cache_folder.cache_clear()
    caches._faults[:] = former


@pytest.mark.usefixtures("fresh")
@pytest.mark.parametrize(
    "environment",
    [
        {"REBOUND_CACHE_DIR": "/proc/x"},
        {"REBOUND_CACHE_DIR": "/dev/null/x"},
        {"REBOUND_CACHE_DIR": "/dev/full"},
        {"REBOUND_CACHE_DIR": "", "HOME": "/proc/nohome", "XDG_CACHE_HOME": ""},
    ],
)
def test_a_cache_that_cannot_be_written_falls_back_with_one_line(
    environment, monkeypatch, tmp_path
):
    monkeypatch.setattr(caches.tempfile, "gettempdir", lambda: str(tmp_path))
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    folder = caches.cache_folder()
    assert folder.parent == tmp_path and folder.is_dir()
    (line,) = caches.faults()
    assert line.startswith("The cache ") and str(folder) in line
    caches.cache_folder()
    assert len(caches.faults()) == 1


@pytest.mark.usefixtures("fresh")
def test_temporary_files_that_others_may_write_are_not_trusted(monkeypatch, tmp_path):
    monkeypatch.setattr(caches.tempfile, "gettempdir", lambda: str(tmp_path))
    monkeypatch.setenv("REBOUND_CACHE_DIR", "/proc/x")
    ours = caches.cache_folder()
    ours.chmod(0o777)
    caches.cache_folder.cache_clear()
    assert caches.cache_folder() != ours


def test_digests_do_not_depend_on_the_ends_of_lines(tmp_path):
    for name, ends in (("a.py", "\n"), ("b.py", "\r\n")):
        (tmp_path / name).write_bytes(f"x = 1{ends}y = 2{ends}".encode())
    assert same_lines(tmp_path / "a.py") == same_lines(tmp_path / "b.py")
    data = np.arange(300, dtype=np.uint8).tobytes() + b"\r\n"
    (tmp_path / "c.npz").write_bytes(data)
    assert same_lines(tmp_path / "c.npz") == data


FULL = """
import errno
from rebound_sim import caches, compilation
@compilation.compiled
def double(x):
    return 2.0 * x
def full(*_):
    raise OSError(errno.ENOSPC, "No space left on device")
double._cache._save_overload = full
assert double(2.0) == 4.0
print(caches.faults())
"""


def test_a_full_disk_costs_time_and_not_the_run(tmp_path):
    (tmp_path / "program.py").write_text(FULL)
    done = subprocess.run(
        [sys.executable, "program.py"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        timeout=120,
        check=True,
    )
    assert "Compiled kernels cannot be kept" in done.stdout


def test_a_worker_of_another_platform_is_refused():
    here = provenance()
    refuse_other_worker(here, dict(here), "worker")
    with pytest.raises(InputError, match="platform Windows AMD64"):
        refuse_other_worker(here, {**here, "platform": "Windows AMD64"}, "worker")
