"""A small valid scenario, and the command line run as a user runs it."""

import os
import subprocess
import sys

import pytest

from doors.worlds import SMALL, STUBBED


@pytest.fixture
def world(tmp_path):
    """Path of a valid scenario file in an empty folder."""
    path = tmp_path / "world.toml"
    path.write_text(SMALL, encoding="utf-8")
    return path


@pytest.fixture
def rebound(tmp_path):
    """Call `rebound` with the stub engine, in the temporary folder."""

    def call(*arguments, environment=None, **options):
        return subprocess.run(
            [sys.executable, str(STUBBED), *map(str, arguments)],
            cwd=tmp_path,
            env={**os.environ, **(environment or {})},
            capture_output=True,
            text=True,
            timeout=120,
            stdin=subprocess.DEVNULL,
            check=False,
            **options,
        )

    return call
