"""Who made a results folder: what is needed to repeat the run, and what must match to resume it."""

from __future__ import annotations

import hashlib
import json
import platform
import subprocess
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from rebound_sim import __version__
from rebound_sim.errors import InputError
from rebound_sim.sources import same_lines

FORMAT = 1
FILE_NAME = "manifest.json"
_RECORDED_PACKAGES = ("mesa", "numba", "numpy", "scipy", "pyarrow", "pydantic")
_SHOWING = frozenset({"cli", "figures", "report", "statistics", "__pycache__"})
_SOURCE_SUFFIXES = frozenset({".py", ".toml", ".csv", ".json", ".parquet", ".npz"})
#: The installed parameter sets: `parameters_digest` says which values were used.
_ENSEMBLE = frozenset({"ensemble.csv", "ensemble.json"})


@dataclass(frozen=True)
class Identity:
    """What two runs must share for their replications to belong together."""

    version: str
    source_digest: str
    seed: int
    scenario_digest: str
    parameters_digest: str
    policy_digests: dict[str, str]

    def refuse_other(self, earlier: Identity, folder: Path) -> None:
        """Raise InputError when the results of another run stand in the folder."""
        names = {
            "version": "another version of rebound-sim",
            "source_digest": "another state of the source code",
            "seed": "another seed",
            "parameters_digest": "other parameters",
            "policy_digests": "other policies",
            "scenario_digest": "another scenario",
        }
        for name, words in names.items():
            before, now = getattr(earlier, name), getattr(self, name)
            if before != now:
                raise InputError(
                    f"cannot resume: these results were made with {words} "
                    f"(then {_brief(before)}, now {_brief(now)})",
                    file=str(folder),
                    allowed="the same run, --overwrite, or another --out",
                )


@dataclass
class Manifest:
    """Contents of manifest.json. It names no machine, user or absolute path of the project.

    replications : numbers of the finished replications, increasing
    failures     : replication and error of those that failed
    parameters   : choice of parameter sets, and their number
    missing    : tables and figures that could not be made, with why
    """

    identity: Identity
    command: list[str]
    scenario: dict[str, Any]
    policies: list[dict[str, Any]]
    arms: list[str]
    requested_replications: int
    replications: list[int] = field(default_factory=list)
    failures: list[dict[str, Any]] = field(default_factory=list)
    complete: bool = False
    interrupted: bool = False
    missing: list[str] = field(default_factory=list)
    results_digest: str = ""
    duration_seconds: float = 0.0
    finished_utc: str = ""
    git_commit: str | None = None
    versions: dict[str, str] = field(default_factory=dict)
    parameters: dict[str, Any] = field(default_factory=dict)
    format: int = FORMAT

    def write(self, folder: Path) -> None:
        """Write manifest.json into a folder."""
        self.finished_utc = datetime.now(UTC).isoformat(timespec="seconds")
        text = json.dumps(asdict(self), indent=2, ensure_ascii=False)
        (folder / FILE_NAME).write_text(text + "\n", encoding="utf-8")


def read_manifest(folder: Path) -> Manifest:
    """Manifest of a results folder. Raises InputError when it is missing or cannot be read."""
    file = str(folder / FILE_NAME)
    try:
        values = json.loads((folder / FILE_NAME).read_text(encoding="utf-8"))
        if values["format"] != FORMAT:
            raise InputError(
                "results of another format", file=file, value=values["format"], allowed=str(FORMAT)
            )
        values["identity"] = Identity(**values["identity"])
        return Manifest(**values)
    except FileNotFoundError:
        raise InputError("not a results folder: no manifest.json", file=str(folder)) from None
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        raise InputError("the manifest cannot be read", file=file) from None


def package_versions() -> dict[str, str]:
    """Versions of the interpreter and of the packages that produce the numbers."""
    found = {"rebound-sim": __version__, "python": platform.python_version()}
    for name in _RECORDED_PACKAGES:
        try:
            found[name] = version(name)
        except PackageNotFoundError:
            found[name] = "absent"
    return found


def source_digest() -> str:
    """Digest of the package's sources and shipped figures: 16 hexadecimal digits.

    The version alone does not tell two states of a checkout apart. Folders that only show results
    are left out: mending a figure does not change what was simulated; so are installed parameter
    sets.
    """
    root = Path(__file__).resolve().parents[1]
    digest = hashlib.sha256()
    for path in sorted(root.rglob("*")):
        inside = path.relative_to(root)
        shown = _SHOWING.intersection(inside.parts) or path.name in _ENSEMBLE
        if path.suffix in _SOURCE_SUFFIXES and not shown:
            digest.update(inside.as_posix().encode())
            digest.update(same_lines(path))
    return digest.hexdigest()[:16]


def git_commit() -> str | None:
    """Commit of the checkout that holds this package, with `+changes` when it was edited.

    None for an installed package, or without git.
    """
    package = Path(__file__).resolve().parents[1]
    top = package.parents[1]
    if not (top / ".git").exists() or package.parent.name != "src":
        return None
    try:
        commit = _git(top, "rev-parse", "HEAD").strip()
        changed = _git(top, "status", "--porcelain", "--untracked-files=no", "--", "src").strip()
    except (OSError, subprocess.SubprocessError):
        return None
    return f"{commit}+changes" if changed else commit


def _git(top: Path, *arguments: str) -> str:
    done = subprocess.run(
        ["git", "-C", str(top), *arguments],
        capture_output=True,
        check=True,
        encoding="utf-8",
        timeout=10,
        stdin=subprocess.DEVNULL,
    )
    return done.stdout


def _brief(value: Any) -> str:
    if isinstance(value, dict):
        return ", ".join(value) or "none"
    return str(value)
