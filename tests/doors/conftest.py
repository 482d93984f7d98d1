"""A small valid scenario, and the command line run as a user runs it."""

import os
import subprocess
import sys

import pytest

from doors.worlds import SMALL, STUBBED, WORLD


@pytest.fixture
def world(tmp_path, request):
    """Path of a valid file in an empty folder: in the former form where a module asks for it."""
    path = tmp_path / "world.toml"
    former = getattr(request.module, "FORMER_FORM", False)
    path.write_text(SMALL if former else WORLD, encoding="utf-8")
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
