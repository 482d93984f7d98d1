"""Ctrl-C while an optimisation judges: what is done is kept, and the answer is the same."""

import os
import signal
import subprocess
import sys
import time

import pytest

ZONE = """
[[zone]]
code = "{code}"
synthetic = {{ employed_residents = 2000, unemployment_rate_percent = 8.0, industry_share = 0.35, \
establishments = 200, area_km2 = 300.0, places = 2, qualification_shares = [0.5, 0.2, 0.1, 0.2] }}
closure = [{{ sector = "CL", jobs = {jobs}, tranches = [{{ month = 2, share = 1.0 }}] }}]
"""
WORLD = """
title = "Two zones"
[programme]
envelope_eur = 6_000_000
start_month = 3
window_months = 12
strategies = ["equal", "per_job_lost", "merit"]
[time]
burn_in_months = 3
months = 18
"""
MENU = (
    "nom;jours;subventions;début ingénierie;début subventions\n"
    "none;;;3;6\nsome;50;500 000;3;6\nmoney;;1,5 M€;3;6\n"
)


@pytest.fixture
def asked(tmp_path):
    world = WORLD + ZONE.format(code="nord", jobs=60) + ZONE.format(code="sud", jobs=30)
    (tmp_path / "world.toml").write_text(world, encoding="utf-8")
    (tmp_path / "menu.csv").write_text(MENU, encoding="utf-8")
    words = "optimise world.toml --menu menu.csv --worlds 6 --finalists 2 --workers 1"
    return [sys.executable, "-m", "rebound_sim.cli.main", *words.split()]


@pytest.mark.slow
@pytest.mark.skipif(not hasattr(os, "killpg"), reason="needs groups of processes")
def test_an_optimisation_goes_on_where_it_was_stopped(asked, tmp_path):
    begun = subprocess.Popen(
        [*asked, "--out", "stopped"],
        cwd=tmp_path,
        stderr=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        text=True,
        start_new_session=True,
    )
    told = []
    for line in begun.stderr:
        told.append(line)
        if line.startswith("Judging"):
            time.sleep(0.5)
            os.killpg(begun.pid, signal.SIGINT)
    assert begun.wait(timeout=60) == 130, told
    assert told[-1].startswith("rebound: interrupted; what is finished is kept in stopped;")
    for words in (("--out", "stopped", "--resume"), ("--out", "whole")):
        subprocess.run([*asked, *words], cwd=tmp_path, check=True, capture_output=True, timeout=300)
    first, second = (
        (tmp_path / name / "judged_worlds.csv").read_bytes() for name in ("stopped", "whole")
    )
    assert first == second
