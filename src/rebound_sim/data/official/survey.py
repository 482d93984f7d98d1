"""Every file given, told apart: prepared, official, known and not needed, or refused by name."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from rebound_sim.data.official.files import NotATable
from rebound_sim.data.official.recognise import RecognisedTable, Unrecognised, recognise
from rebound_sim.data.official.record import FileRecord
from rebound_sim.errors import InputError

#: Names that never hold figures: notes, pictures, what systems and editors leave behind.
_NOT_DATA: Final = frozenset({
    ".md", ".pdf", ".doc", ".docx", ".odt", ".rtf", ".html", ".htm", ".png", ".jpg", ".jpeg",
    ".svg", ".py", ".r", ".do", ".ipynb", ".json", ".toml", ".yaml", ".yml", ".log", ".bak",
    ".tmp", ".ini", ".lnk", ".url", ".lock", "",
})  # fmt: skip
_NOTES: Final = "notes, pictures or programs are not read"
#: Boundaries are read by their own builder.
_BOUNDARIES: Final = ".topojson"
#: The sheet or member that holds the figures when several of one file would do.
_USUAL_SHEETS: Final = {"unemployment": "txcho_ze", "geography": "composition_communale"}
_CHUNK: Final = 1 << 20


@dataclass
class Survey:
    """What was found. sources : tables by kind, in the order of the names of their files."""

    sources: dict[str, list[tuple[RecognisedTable, FileRecord]]] = field(default_factory=dict)
    records: list[FileRecord] = field(default_factory=list)


def survey(
    paths: Iterable[Path],
    prepared: Collection[str] = (),
    unused: Collection[str] = (),
    skip: Collection[str] = (),
    strict: bool = False,
) -> Survey:
    """Tell every file apart. Raises one InputError that names each file not recognised and why.

    prepared, unused : names of prepared files that are read, or known and not needed
    skip : names left out on purpose; strict : a file that holds no figures is refused too
    """
    found, refused = Survey(), []
    for path in paths:
        name = path.name
        if name in skip:
            found.records.append(FileRecord(name, use="not needed", remarks=["left out (--skip)"]))
        elif name in prepared or (path.suffix.lower() == _BOUNDARIES and not strict):
            found.records.append(FileRecord(name, kind="prepared"))
        elif name in unused:
            found.records.append(FileRecord(name, kind="prepared", use="not needed"))
        else:
            harmless = path.suffix.lower() in _NOT_DATA or name.startswith((".", "~$"))
            why = "" if harmless and not strict else _one(found, path)
            if harmless and not strict:
                found.records.append(FileRecord(name, use="not data", remarks=[_NOTES]))
            elif why:
                refused.append(f"{name}: {why}")
    missing = [name for name in skip if name not in {r.file for r in found.records}]
    if missing:
        raise InputError("no such file among those given", file="--skip", value=missing[0])
    if refused:
        count = f"{len(refused)} files are" if len(refused) > 1 else "a file is"
        raise InputError(
            f"{count} not recognised: {'; '.join(refused)}",
            allowed="official files of docs/data.md; --skip NAME leaves a file out",
        )
    return found


def _one(found: Survey, path: Path) -> str:
    """Add the tables of a file; returns why there are none, or "" """
    if path.is_dir():
        return "is a folder: give its files"
    if not path.exists():
        return "does not exist" + (" (a broken link)" if path.is_symlink() else "")
    try:
        sources = recognise(path)
    except (NotATable, Unrecognised) as error:
        return str(error)
    digest = _digest(path)
    for kind in dict.fromkeys(source.kind.name for source in sources):
        several = [source for source in sources if source.kind.name == kind]
        source = several[0] if len(several) == 1 else _usual(several)
        record = FileRecord(path.name, source.grid.part, kind, digest=digest)
        found.records.append(record)
        if kind == "labels":
            record.use = "not needed"
        else:
            found.sources.setdefault(kind, []).append((source, record))
    return ""


def _usual(sources: list[RecognisedTable]) -> RecognisedTable:
    """Of several tables of one kind in a file, the one with the usual name; else refuse."""
    wanted = _USUAL_SHEETS.get(sources[0].kind.name, "")
    for source in sources:
        if source.grid.part.casefold().rpartition("/")[2] == wanted:
            return source
    parts = ", ".join(source.grid.part for source in sources)
    raise InputError(
        f"holds {len(sources)} tables of {sources[0].kind.title} ({parts})",
        file=sources[0].grid.path.name,
        allowed="one of them: save it alone",
    )


def _digest(path: Path) -> str:
    digest = hashlib.sha256()
    with path.open("rb") as stream:
        while chunk := stream.read(_CHUNK):
            digest.update(chunk)
    return digest.hexdigest()[:16]
