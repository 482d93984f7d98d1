"""The release script, on a copy of what it touches: it stops early, and leaves the tree clean."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
TOUCHED = ("src/rebound_sim/__init__.py", "CITATION.cff", "CHANGELOG.md")
#: Stands for the checks of the repository: says the version that it sees, and fails.
CHECKS = "grep ^version: CITATION.cff\ngrep __version__ src/rebound_sim/__init__.py\nexit 1\n"

pytestmark = pytest.mark.skipif(
    not (shutil.which("git") and shutil.which("bash")), reason="needs git and bash"
)


def git(folder, *words):
    who = ("-c", "user.name=a", "-c", "user.email=a@b.c")
    done = subprocess.run(
        ["git", *who, *words], cwd=folder, check=True, text=True, capture_output=True
    )
    return done.stdout


@pytest.fixture
def copy(tmp_path):
    for name in (*TOUCHED, "scripts/release.py"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / name, tmp_path / name)
    (tmp_path / ".ci").mkdir()
    (tmp_path / ".ci" / "run").write_text(CHECKS, encoding="utf-8")
    git(tmp_path, "init", "--quiet")
    git(tmp_path, "add", ".")
    git(tmp_path, "commit", "--quiet", "-m", "as it is")
    return tmp_path


def release(folder, *words):
    done = subprocess.run(
        [sys.executable, "scripts/release.py", *words],
        cwd=folder, check=False, text=True, capture_output=True,
    )  # fmt: skip
    return done.returncode, done.stdout + done.stderr


def test_checks_see_the_new_version_and_their_failure_leaves_the_tree_clean(copy):
    code, said = release(copy, "9.8.7")
    assert code and "release stopped: bash failed" in said
    assert "version: 9.8.7" in said and '__version__ = "9.8.7"' in said
    assert git(copy, "status", "--porcelain") == ""
    assert git(copy, "tag", "--list") == ""


@pytest.mark.parametrize("version", ["1.2", "v1.2.3", "1.2.3rc1"])
def test_another_form_of_version_is_refused(copy, version):
    code, said = release(copy, version)
    assert code and "MAJOR.MINOR.PATCH" in said


def test_changes_and_a_tag_that_is_there_are_refused(copy):
    git(copy, "tag", "v9.8.7")
    code, said = release(copy, "9.8.7")
    assert code and "the tag v9.8.7 is there already" in said
    (copy / "CHANGELOG.md").write_text("mine", encoding="utf-8")
    code, said = release(copy, "9.8.8")
    assert code and "put away your changes" in said
    assert (copy / "CHANGELOG.md").read_text(encoding="utf-8") == "mine"
