"""The programme that `rebound compare` takes when it is given none is in an installed wheel."""

import os
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import pytest

from rebound_sim.scenario import load_world
from rebound_sim.scenario.programme_file import DEFAULT_NAME, default_path

ROOT = Path(__file__).parents[2]
SHIPPED = ROOT / "scenarios" / DEFAULT_NAME


def test_a_checkout_finds_the_file_of_the_repository():
    assert default_path().read_bytes() == SHIPPED.read_bytes()
    assert load_world() == load_world(SHIPPED)


def test_the_wheel_takes_the_file_to_where_the_package_looks():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    included = project["tool"]["hatch"]["build"]["targets"]["wheel"]["force-include"]
    assert included[f"scenarios/{DEFAULT_NAME}"] == f"rebound_sim/scenario/{DEFAULT_NAME}"
    assert included["docs/open_the_results.md"] == "rebound_sim/report/open_the_results.md"


def test_an_installed_wheel_compares_without_a_repository(tmp_path):
    wheels = pytest.importorskip("hatchling.builders.wheel", reason="hatchling builds the wheel")
    [wheel] = wheels.WheelBuilder(str(ROOT)).build(directory=str(tmp_path), versions=["standard"])
    installed = tmp_path / "installed"
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(installed)
    script = (
        "from rebound_sim.scenario import load_world as d; import rebound_sim;"
        "from rebound_sim.scenario.programme_file import default_path;"
        "print(rebound_sim.__file__, default_path(), d().digest(), sep='\\n')"
    )
    done = subprocess.run(
        [sys.executable, "-c", script],
        env={**os.environ, "PYTHONPATH": str(installed)},
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=True,
    )
    package, found, digest = done.stdout.splitlines()
    assert Path(package).is_relative_to(installed)
    assert Path(found).is_relative_to(installed)
    assert digest == load_world().digest()
