"""Processes that do jobs, where they end badly."""

import os
import struct
import sys
import threading
import time
from dataclasses import dataclass
from pathlib import Path

import pytest

from rebound_sim.experiment.pool import run_jobs


@dataclass(frozen=True)
class Half:
    """A job that writes the beginning of a result and hangs, or ends at once."""

    place: Path
    hangs: bool

    def __call__(self):
        if not self.hangs:
            return "whole"
        frame = sys._getframe()
        while "result_queue" not in frame.f_locals:
            frame = frame.f_back
        pipe = frame.f_locals["result_queue"]._writer
        # The other result comes first: a message that is cut hides those behind it.
        while not (self.place / "first").exists():
            time.sleep(0.01)
        os.write(pipe.fileno(), struct.pack("!i", 1000) + b"x")
        (self.place / "cut").touch()
        time.sleep(600.0)
        return "never"

    def died(self, deaths):
        raise AssertionError(deaths)


@pytest.mark.skipif(os.name == "nt", reason="pipes of Windows carry whole messages")
def test_an_interruption_in_the_middle_of_a_result_ends(tmp_path):
    """The result of a worker that is stopped while it writes never comes: nobody waits for it."""
    results = run_jobs([Half(tmp_path, True), Half(tmp_path, False)], 2)
    assert next(results) == "whole"
    (tmp_path / "first").touch()
    while not (tmp_path / "cut").exists():
        time.sleep(0.01)
    time.sleep(0.1)  # the reader is in the middle of the message
    ending = threading.Thread(target=results.close, daemon=True)
    ending.start()
    ending.join(timeout=60)
    assert not ending.is_alive()
