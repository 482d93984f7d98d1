"""The door, a comparison, its resumption and its report where nothing of POSIX is left.

`without_posix/sitecustomize.py` makes each process, workers included, what Windows gives.
"""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from rebound_sim.caches import cache_folder

pytestmark = pytest.mark.skipif(not Path("/proc/self/fd").exists(), reason="needs /proc")
HERE = Path(__file__).parent
PROGRAMME = """
title = "Été à Vierzon : 6 M€"
[programme]
envelope_eur = 6_000_000
start_month = 3
window_months = 18
strategies = ["equal"]
[time]
burn_in_months = 6
months = 24
"""
ZONE = """
[[zone]]
code = "{code}"
synthetic = {{ employed_residents = 2000, unemployment_rate_percent = 8.0, industry_share = 0.35, \
establishments = 200, area_km2 = 300.0, places = 2, qualification_shares = [0.5, 0.2, 0.1, 0.2] }}
closure = [{{ sector = "CL", jobs = {jobs}, tranches = [{{ month = 2, share = 1.0 }}] }}]
"""
MINE = '''
from rebound_sim.policies.allocation import share
from rebound_sim.policies.strategy import strategy

@strategy("pertes")
def pertes(desk, budget):
    """À proportion des emplois perdus (règle de l'équipe)."""
    return share(desk.jobs_lost, desk.amount, budget, desk.key)
'''


@pytest.fixture
def windows(tmp_path):
    """Call `rebound` in a folder with accents and spaces, as Windows would run it."""
    folder = tmp_path / "Mes études d'été (essai n° 1)"
    folder.mkdir()
    cache = folder / "cache de Frédéric"
    cache.symlink_to(cache_folder().parent, target_is_directory=True)
    text = PROGRAMME + ZONE.format(code="nord", jobs=60) + ZONE.format(code="sud", jobs=30)
    (folder / "mon programme.toml").write_text(text, encoding="utf-8")
    # As an editor of Windows saves it.
    (folder / "ma stratégie.py").write_bytes(MINE.replace("\n", "\r\n").encode("utf-8-sig"))
    path = os.pathsep.join([str(HERE / "without_posix"), *filter(None, sys.path)])
    environment = {
        **os.environ,
        "PYTHONPATH": path,
        "PYTHONWARNDEFAULTENCODING": "1",
        "REBOUND_CACHE_DIR": str(cache),
        "HOME": str(folder),
    }
    environment.pop("PYTHONIOENCODING", None)

    def call(*arguments, code=0):
        done = subprocess.run(
            [sys.executable, "-m", "rebound_sim.cli.main", *arguments],
            cwd=folder,
            env=environment,
            capture_output=True,
            timeout=120,
            check=False,
            stdin=subprocess.DEVNULL,
        )
        errors = done.stderr.decode("utf-8")
        assert done.returncode == code, errors
        assert "Traceback" not in errors
        return done.stdout.decode("utf-8"), errors

    return folder, call


@pytest.mark.slow
def test_shards_are_gathered(windows):
    folder, rebound = windows
    asked = ("compare", "mon programme.toml", "--replications", "2", "--workers", "1")
    asked = (*asked, "--out", "où")
    for shard in ("1/2", "2/2"):
        rebound(*asked, "--shard", shard)
    rebound(*asked, "--resume")
    assert not (folder / "où" / "shards").exists()
    assert json.loads((folder / "où" / "manifest.json").read_text("utf-8"))["done"] == 2


def test_comparison_resumption_and_report(windows):
    folder, rebound = windows
    asked = (
        "compare",
        "mon programme.toml",
        "--strategy",
        "equal",
        "--strategy-file",
        "ma stratégie.py",
        "--workers",
        "2",
        "--out",
        "résultats/de l'été",
    )
    text, _ = rebound(*asked, "--replications", "2")
    assert "Results: résultats/de l'été (2 of 2 tasks" in text
    _, errors = rebound(*asked, "--replications", "2", code=2)
    assert "the results folder exists" in errors
    text, errors = rebound(*asked, "--replications", "3", "--resume", "--json")
    assert "Resuming: 2 finished tasks" in errors
    results = folder / "résultats" / "de l'été"
    assert json.loads(text)["title"] == "Été à Vierzon : 6 M€"
    rebound("report", str(results), "--lang", "fr")
    assert (results / "report" / "fr" / "report.pdf").read_bytes().startswith(b"%PDF")
    assert "Été à Vierzon" in (results / "report" / "fr" / "report.html").read_text("utf-8")
    assert not list(results.rglob(".*.writing"))


def test_one_zone_replaces_its_results(windows):
    folder, rebound = windows
    (folder / "zone à part.toml").write_text(
        'title = "Une zone"\n[basin]\nzone = "2409"\n[time]\nmonths = 8\nburn_in_months = 3\n'
        '[[closure]]\nsector = "CL"\njobs = 50\n[policy]\nname = "rebond"\n',
        encoding="utf-8",
    )
    asked = ("run", "zone à part.toml", "--replications", "1", "--workers", "1")
    rebound(*asked)
    rebound(*asked, "--overwrite")
    assert sorted(path.name for path in (folder / "results").iterdir()) == ["zone à part"]
    text, _ = rebound("basins", "show", "2409")
    assert "emplo" in text


@pytest.mark.slow
def test_each_command_that_writes(windows):
    folder, rebound = windows
    (folder / "plan de l'été.csv").write_text(
        "zone;instrument;amount_eur;start;end\nnord;grants;2 000 000;6;12\n", encoding="cp1252"
    )
    asked = ("compare", "mon programme.toml", "--plan", "plan de l'été.csv", "--out", "où")
    rebound(*asked, "--replications", "4", "--workers", "1", "--no-figures")
    for words in (
        ("figures", "où", "--only", "strategies", "--lang", "fr"),
        ("page", "où", "--out", "la page d'été.html"),
        ("tables", "où", "--format", "xlsx", "--lang", "fr"),
        ("tables", "où", "--format", "latex"),
        ("ledger", "où", "--export", "comptes.xlsx"),
        ("ledger", "où", "--export", "comptes.csv"),
        ("results", "où", "--query", "SELECT count(*) AS n FROM runs"),
        ("new", "zone", "Vierzon", "--jobs", "100", "--sector", "CH", "--out", "à part.toml"),
    ):
        rebound(*words)
    _, errors = rebound("drivers", "où", code=2)
    assert "too few worlds" in errors
    (folder / "essai.toml").write_text(
        'title = "Essai"\nprogrammes = ["mon programme.toml"]\nstrategies = ["equal"]\n'
        'replications = 1\n[[factor]]\nkey = "programme.envelope_eur"\n'
        "values = [1_000_000, 2_000_000]\n",
        encoding="utf-8",
    )
    for _ in range(2):
        rebound("sweep", "essai.toml", "--workers", "2", "--out", "balayage", "--resume")
    made = {path.name for path in folder.iterdir()}
    assert {"la page d'été.html", "comptes.xlsx", "comptes.csv", "à part.toml"} <= made
    assert not list(folder.rglob("*.writing"))
