"""Who made a results folder: manifest.json, readable from the first second of a run."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TypeVar

from rebound_sim.errors import InputError, nearest
from rebound_sim.experiment.durable import write_durably
from rebound_sim.experiment.provenance import refuse_other_origin, refuse_other_run

FILE_NAME = "manifest.json"
FORMAT = "world 1"


@dataclass(frozen=True)
class Identity:
    """What two runs must share for their tasks to belong together: all that decides the numbers.

    provenance : see `provenance`; of results of an earlier version, what they had noted
    """

    provenance: dict[str, str]
    seed: int
    world_digest: str
    parameters_digest: str
    arm_digests: dict[str, str]

    def refuse_other(self, earlier: Identity, folder: Path, what: str = "world") -> None:
        """Raise InputError when the results of another run stand in the folder.

        what : the digest of the world stands for
        """
        refuse_other_origin(self.provenance, earlier.provenance, folder)
        for name, words in (
            ("seed", "another seed"),
            ("parameters_digest", "other parameters"),
            ("arm_digests", "other arms"),
            ("world_digest", f"another {what}"),
        ):
            before, now = getattr(earlier, name), getattr(self, name)
            if before != now:
                refuse_other_run(words, _brief(before, now), _brief(now, before), folder)


@dataclass(kw_only=True)
class Written:
    """What manifest.json holds of any results. It names no machine, user or absolute path."""

    identity: Identity
    command: list[str]
    complete: bool = False
    written_utc: str = ""
    git_commit: str | None = None
    versions: dict[str, str] = field(default_factory=dict)
    format: str = ""

    def write(self, folder: Path) -> None:
        """Write manifest.json into a folder, whole or not at all."""
        self.written_utc = datetime.now(UTC).isoformat(timespec="seconds")
        text = json.dumps(asdict(self), indent=2, ensure_ascii=False) + "\n"
        write_durably(folder / FILE_NAME, text.encode())

    def check(self) -> None:
        """Raise ValueError or KeyError when parts do not fit together."""


@dataclass(kw_only=True)
class Manifest(Written):
    """The manifest of a run or a comparison.

    world      : the world file as it was read, defaults included
    arms       : `no_shock` and `none` first    zones : codes, in the order of the world
    titles     : arm -> words for a reader, where it has some
    actions    : arm -> what it does (Arm.described); empty in results of earlier versions
    groups     : arms simulated together; a task is one replication of one group
    tasks, done, failed : tasks asked for, finished, and lost to a fault of the engine
    failures   : replication, group and error of those lost
    parameters : choice of parameter sets, and their number
    taught     : arm -> worlds, among the parameter sets, in which an optimisation chose it
    missing    : tables and figures that could not be made, with why
    looks      : what was seen each time that a stopping rule was asked (sequential.Look)
    """

    world: dict[str, Any]
    arms: list[str]
    zones: list[str]
    groups: list[list[str]]
    requested_replications: int
    titles: dict[str, str] = field(default_factory=dict)
    actions: dict[str, dict[str, Any]] = field(default_factory=dict)
    tasks: int = 0
    done: int = 0
    failed: int = 0
    failures: list[dict[str, Any]] = field(default_factory=list)
    interrupted: bool = False
    missing: list[str] = field(default_factory=list)
    until: str = ""
    looks: list[dict[str, Any]] = field(default_factory=list)
    shard: str = ""
    results_digest: str = ""
    duration_seconds: float = 0.0
    parameters: dict[str, Any] = field(default_factory=dict)
    taught: dict[str, list[int]] = field(default_factory=dict)
    format: str = FORMAT

    @property
    def version(self) -> str:
        """Of rebound-sim, when the results were made."""
        return self.identity.provenance["rebound-sim"]

    @property
    def is_of_one_zone(self) -> bool:
        """One zone and no national programme: local policies beside doing nothing."""
        return len(self.zones) == 1 and self.world.get("programme") is None

    @property
    def written(self) -> datetime | None:
        """When the results were written, if they say so."""
        try:
            return datetime.fromisoformat(self.written_utc)
        except ValueError:
            return None

    def check(self) -> None:
        """Raise ValueError when its parts are not what other modules take them for."""
        from pydantic import TypeAdapter

        TypeAdapter(dict[str, int]).validate_python(self.world["time"])
        codes = [entry["code"] for entry in self.world["zone"]]
        for names in (self.arms, self.zones):
            if not names or len(set(names)) < len(names):
                raise ValueError("no name, or one twice")
        helped = {name for names in self.groups for name in names}
        if not {*self.arms[2:]} == helped or self.arms[:2] != ["no_shock", "none"]:
            raise ValueError("other arms than were asked for")
        if codes != self.zones:
            raise ValueError("other zones than in the world")
        if not {"rebound-sim"} <= set(self.identity.provenance):
            raise ValueError("no version")


_Kind = TypeVar("_Kind", bound=Written)


def read_written(
    folder: Path, kind: type[_Kind], made: Callable[[dict[str, Any], str], dict[str, Any]]
) -> _Kind:
    """The manifest of a folder. made : fields of `kind`, from what stands in the file at a path

    Raises InputError when it is missing, when `made` does, or when it cannot be read.
    """
    from pydantic import TypeAdapter

    file = str(folder / FILE_NAME)
    try:
        values = made(json.loads((folder / FILE_NAME).read_text(encoding="utf-8")), file)
        manifest = kind(**{**values, "identity": Identity(**values["identity"])})
        # A ValidationError is a ValueError; from JSON, since strict records are not made of
        # mappings.
        TypeAdapter(kind).validate_json(json.dumps(asdict(manifest)), strict=True)
        manifest.check()
        return manifest
    except FileNotFoundError:
        raise not_results(folder, FILE_NAME) from None
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        raise InputError("the manifest cannot be read", file=file) from None


def not_results(folder: Path, *needed: str) -> InputError:
    """What is said of a folder without its record, or that is not there. needed : names of files"""
    if folder.exists() or not folder.parent.is_dir():
        return InputError(f"not a results folder: no {', no '.join(needed)}", file=str(folder))
    others = (other.name for other in folder.parent.iterdir() if other.is_dir())
    close = nearest(folder.name, others)
    return InputError(
        "no such folder", file=str(folder), nearest=str(folder.parent / close) if close else None
    )


def read_manifest(folder: Path) -> Manifest:
    """Manifest of results, of this version or an earlier one.

    Raises InputError when it is missing, or of something else (a sweep).
    """
    return read_written(folder, Manifest, _of_this_version)


def _of_this_version(values: dict[str, Any], file: str) -> dict[str, Any]:
    from rebound_sim.experiment import former

    form = values["format"]
    if form in former.FORMATS:
        return former.FORMATS[form](values)
    if form != FORMAT:
        raise InputError(
            "not the results of a run or a comparison",
            file=file,
            value=form,
            allowed="the results folder of rebound run or rebound compare",
        )
    return values


def _brief(value: Any, other: Any) -> str:
    """The value in a few words; of arms, those that the other run lacks or has otherwise."""
    if isinstance(value, Mapping):
        own = [name for name, digest in value.items() if other.get(name) != digest]
        return ", ".join(own) or "fewer"
    return str(value)
