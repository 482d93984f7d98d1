"""Make a release: version, changelog, checks, wheel tried in a fresh environment, tag.

    python scripts/release.py 0.2.0            # a rehearsal: all of it, then the tree as it was
    python scripts/release.py 0.2.0 --tag      # and the commit and its tag

The tree must be clean, and is left clean where a step fails. The wheel stays in dist/. Nothing is
sent anywhere: `git push --tags` and the upload stay yours.
"""

from __future__ import annotations

import argparse
import re
import subprocess
import sys
import tempfile
from datetime import date
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VERSION = re.compile(r"\d+\.\d+\.\d+")
#: Files that hold the version.
TOUCHED = ("src/rebound_sim/__init__.py", "CITATION.cff", "CHANGELOG.md")


def run(*command: str | Path) -> str:
    """Output of a command of the repository; its failure ends the release."""
    print("+", *command, flush=True)
    done = subprocess.run(
        [str(part) for part in command], cwd=ROOT, check=False, text=True, stdout=subprocess.PIPE
    )
    if done.returncode:
        print(done.stdout[-4000:])
        raise SystemExit(f"release stopped: {command[0]} failed")
    return done.stdout


def replace(name: str, pattern: str, text: str) -> None:
    """Replace the one place of a file that matches `pattern`."""
    path = ROOT / name
    content, count = re.subn(pattern, text, path.read_text(encoding="utf-8"), flags=re.MULTILINE)
    if count != 1:
        raise SystemExit(f"release stopped: {name} has {count} lines like {pattern!r}, not one")
    path.write_text(content, encoding="utf-8", newline="\n")


def write_version(version: str) -> None:
    """The version in the package, the citation and the changelog."""
    today = date.today().isoformat()
    package, citation, changelog = TOUCHED
    replace(package, r'^__version__ = ".*"$', f'__version__ = "{version}"')
    replace(citation, r"^version: .*$", f"version: {version}")
    replace(changelog, r"^## \[Unreleased\]$", f"## [Unreleased]\n\n## [{version}] - {today}")


def checked_wheel(version: str) -> Path:
    """Build the wheel and try it where nothing of the checkout can be imported."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        run(sys.executable, "-m", "venv", folder / "venv")
        python = folder / "venv" / ("Scripts" if sys.platform == "win32" else "bin") / "python"
        dist = ROOT / "dist"
        run(python, "-m", "pip", "wheel", "--quiet", "--no-deps", "--wheel-dir", dist, ".")
        wheel = next(dist.glob(f"rebound_sim-{version}-*.whl"))
        run(python, "-m", "pip", "install", "--quiet", "-c", "constraints.txt", wheel)
        said = run(python, "-m", "rebound_sim.cli.main", "--version")
        if version not in said:
            raise SystemExit(f"release stopped: the wheel says {said.strip()!r}")
        out = folder / "results"
        run(
            python,
            "-m",
            "rebound_sim.cli.main",
            "compare",
            "scenarios/auto_small.toml",
            "--strategy",
            "equal",
            "--replications",
            "2",
            "--out",
            out,
        )
        if not (out / "comparison.csv").exists():
            raise SystemExit("release stopped: the wheel's comparison wrote no comparison.csv")
    return wheel


def main() -> None:
    """Read the command line and make the release."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("version", help="new version, such as 0.2.0")
    parser.add_argument("--tag", action="store_true", help="commit and tag once all checks pass")
    given = parser.parse_args()
    if not VERSION.fullmatch(given.version):
        raise SystemExit("a version is MAJOR.MINOR.PATCH, such as 0.2.0")
    if run("git", "status", "--porcelain").strip():
        raise SystemExit("release stopped: commit or put away your changes first")
    if run("git", "tag", "--list", f"v{given.version}").strip():
        raise SystemExit(f"release stopped: the tag v{given.version} is there already")
    try:
        write_version(given.version)
        run("bash", ".ci/run")
        wheel = checked_wheel(given.version)
        if given.tag:
            run("git", "commit", "--message", f"Release {given.version}", "--", *TOUCHED)
            run("git", "tag", "-a", f"v{given.version}", "-m", f"rebound-sim {given.version}")
    finally:
        run("git", "checkout", "HEAD", "--", *TOUCHED)  # as they were, or as they were committed
    print(f"{wheel.relative_to(ROOT)} is ready")


if __name__ == "__main__":
    main()
