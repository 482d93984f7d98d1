"""What every file of the repository must respect."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest

from rebound_sim.parameters import PARAMETERS
from rebound_sim.parameters.records import Parameter
from rebound_sim.rng.streams import Stream

ROOT = Path(__file__).resolve().parent.parent


def test_no_stateful_randomness_in_the_package() -> None:
    pattern = re.compile(
        r"np\.random\.|default_rng|model\.random|random\.(random|choice|shuffle)\("
    )
    inside = [
        path
        for path in (ROOT / "src").rglob("*.py")
        # The benchmark's plain Mesa model is Mesa as its users write it; designs of experiments say
        # where to simulate, not what happens there.
        # Resampling is about estimates, not about what is simulated.
        if path.name not in ("mesa_market.py", "random_designs.py", "resampling.py")
        and pattern.search(path.read_text(encoding="utf-8"))
    ]
    assert inside == []


def test_no_registry_host_nor_machine_path_in_tracked_files() -> None:
    listed = subprocess.run(
        ["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    if listed.returncode != 0:
        pytest.fail("the tests run in a git checkout")
    host = re.compile(r"https?://(files|registry|deb|pypi)[.]|index-url\s*=|/(work|farm)/[a-z]")
    guilty = []
    for name in listed.stdout.splitlines():
        path = ROOT / name
        if path.suffix in {".py", ".toml", ".md", ".txt", ".lock", ".cff", ""} and path.is_file():
            if path.name == "test_repository.py":
                continue
            if host.search(path.read_text(encoding="utf-8", errors="ignore")):
                guilty.append(name)
    assert guilty == []


def test_every_parameter_is_complete_and_used() -> None:
    source = "\n".join(
        path.read_text(encoding="utf-8")
        for folder in ("rules", "kernels", "population", "agents")
        for path in (ROOT / "src/rebound_sim" / folder).rglob("*.py")
    ) + "".join(
        (ROOT / "src/rebound_sim" / name).read_text(encoding="utf-8")
        for name in ("schedule.py", "settling.py", "model.py", "recorder.py")
    )
    unused = [
        full
        for full, p in PARAMETERS.items()
        if isinstance(p, Parameter) and not re.search(rf"\b{p.name}\b", source)
    ]
    assert unused == []


def test_streams_are_used() -> None:
    source = (ROOT / "src/rebound_sim").rglob("*.py")
    text = "\n".join(p.read_text(encoding="utf-8") for p in source if p.name != "streams.py")
    assert [s.name for s in Stream if f"Stream.{s.name}" not in text] == []
