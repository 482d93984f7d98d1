"""Who made the results folder of a programme: manifest.json, readable from the first second."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from rebound_sim.errors import InputError
from rebound_sim.experiment.durable import write_durably
from rebound_sim.experiment.manifest import FILE_NAME

FORMAT = "programme 1"


@dataclass(frozen=True)
class ProgrammeIdentity:
    """What two runs must share for their tasks to belong together."""

    version: str
    source_digest: str
    seed: int
    scenario_digest: str
    parameters_digest: str
    strategy_digests: dict[str, str]

    def refuse_other(self, earlier: ProgrammeIdentity, folder: Path) -> None:
        """Raise InputError when the results of another run stand in the folder."""
        names = {
            "version": "another version of rebound-sim",
            "source_digest": "another state of the source code",
            "seed": "another seed",
            "parameters_digest": "other parameters",
            "strategy_digests": "other strategies",
            "scenario_digest": "another programme",
        }
        for name, words in names.items():
            before, now = getattr(earlier, name), getattr(self, name)
            if before != now:
                raise InputError(
                    f"these results were made with {words} "
                    f"(then {_brief(before, now)}, now {_brief(now, before)})",
                    file=str(folder),
                    allowed="the same run, --overwrite, or another --out",
                )


@dataclass
class ProgrammeManifest:
    """Contents of manifest.json. It names no machine, user or absolute path of the project.

    strategies : arms, `no_shock` and `none` first    zones : codes, in the order of the programme
    groups     : strategies simulated together; a task is one replication of one group
    tasks, done, failed : tasks asked for, finished, and lost to a fault of the engine
    failures   : replication, group and error of those lost
    parameters : choice of parameter sets, and their number
    missing    : tables and figures that could not be made, with why
    looks      : what was seen each time that a stopping rule was asked (sequential.Look)
    """

    identity: ProgrammeIdentity
    command: list[str]
    scenario: dict[str, Any]
    strategies: list[str]
    zones: list[str]
    groups: list[list[str]]
    requested_replications: int
    tasks: int = 0
    done: int = 0
    failed: int = 0
    failures: list[dict[str, Any]] = field(default_factory=list)
    complete: bool = False
    interrupted: bool = False
    missing: list[str] = field(default_factory=list)
    until: str = ""
    looks: list[dict[str, Any]] = field(default_factory=list)
    shard: str = ""
    results_digest: str = ""
    duration_seconds: float = 0.0
    written_utc: str = ""
    git_commit: str | None = None
    versions: dict[str, str] = field(default_factory=dict)
    parameters: dict[str, Any] = field(default_factory=dict)
    format: str = FORMAT

    def write(self, folder: Path) -> None:
        """Write manifest.json into a folder, whole or not at all."""
        self.written_utc = datetime.now(UTC).isoformat(timespec="seconds")
        text = json.dumps(asdict(self), indent=2, ensure_ascii=False) + "\n"
        write_durably(folder / FILE_NAME, text.encode())


def read_programme_manifest(folder: Path) -> ProgrammeManifest:
    """Manifest of a programme's results. Raises InputError when it is missing or another's."""
    file = str(folder / FILE_NAME)
    try:
        values = json.loads((folder / FILE_NAME).read_text(encoding="utf-8"))
        if values["format"] != FORMAT:
            raise InputError("not the results of a programme", file=file, value=values["format"])
        values["identity"] = ProgrammeIdentity(**values["identity"])
        return ProgrammeManifest(**values)
    except FileNotFoundError:
        raise InputError("not a results folder: no manifest.json", file=str(folder)) from None
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        raise InputError("the manifest cannot be read", file=file) from None


def _brief(value: Any, other: Any) -> str:
    """The value in a few words; of strategies, those that the other run lacks or has otherwise."""
    if isinstance(value, dict):
        own = [name for name, digest in value.items() if other.get(name) != digest]
        return ", ".join(own) or "fewer"
    return str(value)
