"""Opening of files as their users have them: any encoding of French files, archives, workbooks.

A file is told by its first bytes, not by its name. What comes out are grids: rows of cells as
text, with their line numbers, read anew each time they are asked for.
"""

from __future__ import annotations

import codecs
import csv
import gzip
import io
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Final

from rebound_sim.data.official.spreadsheet import is_workbook, sheet_names, sheet_rows
from rebound_sim.errors import InputError

Cells = list[str]
Opener = Callable[[], IO[bytes]]

DELIMITERS: Final = (";", "\t", ",", "|")
_CHUNK: Final = 1 << 20
_MEMBERS: Final = (".csv", ".tsv", ".txt", ".xlsx", ".xlsm")
#: First bytes of what is not a table, and what to do about it.
_OTHERS: Final = (
    (b"\xd0\xcf\x11\xe0", "is an old or a protected Excel file: save it as .xlsx without password"),
    (b"PAR1", "is a Parquet file: export it as CSV"),
    (b"%PDF", "is a PDF: tables of figures are read from CSV or .xlsx files"),
    (b"7z\xbc\xaf", "is a 7z archive: unpack it"),
    (b"Rar!", "is a RAR archive: unpack it"),
    (b"\x89PNG", "is a picture"),
    (b"<", "is a web page or XML, not a table: the download may have failed"),
    (b"[[", "is TOML: its name should end in .toml"),
    (b"[", "is JSON: download the CSV or .xlsx file"),
    (b"{", "is JSON: download the CSV or .xlsx file"),
)


@dataclass(frozen=True)
class Grid:
    """One table of a file. part : sheet or member of an archive; delimiter "" for a sheet.

    rows(containing) : line number and cells of each row, only lines that contain a text
    """

    path: Path
    part: str
    delimiter: str
    rows: Callable[[str], Iterator[tuple[int, Cells]]]

    @property
    def shown(self) -> str:
        """Name for messages."""
        return f"{self.path.name}[{self.part}]" if self.part else self.path.name


class NotATable(Exception):
    """A file that holds no table; the message says why and what to do."""


def grids(path: Path) -> Iterator[Grid]:
    """Tables of a file: each sheet or member, each text once for each delimiter it may have.

    Raises NotATable, and InputError when the file cannot be opened.
    """
    try:
        with path.open("rb") as stream:
            first = stream.read(_CHUNK)
    except OSError as error:
        problem = f"cannot be read: {error.strerror or 'it is not a file'}"
        raise InputError(problem, file=str(path)) from None
    yield from _grids_of(path, "", first, lambda: path.open("rb"))


def _grids_of(path: Path, part: str, first: bytes, opener: Opener) -> Iterator[Grid]:
    if not first.strip(b"\x00 \t\r\n\xef\xbb\xbf\xff\xfe"):
        raise NotATable("is empty")
    if first.startswith(b"PK"):
        yield from _archive(path, part, opener)
        return
    if first.startswith(b"\x1f\x8b") and not part:
        yield from _grids_of(path, path.stem, _gunzip(opener), _unzipped(path))
        return
    bare = first.removeprefix(codecs.BOM_UTF8).lstrip()
    for magic, why in _OTHERS:
        if bare.startswith(magic):
            raise NotATable(why)
    encoding = _encoding(first, opener)
    for delimiter in DELIMITERS:
        yield Grid(path, part, delimiter, _reader(path, part, opener, encoding, delimiter))


def _gunzip(opener: Opener) -> bytes:
    try:
        with opener() as raw, gzip.open(raw) as stream:
            return stream.read(_CHUNK)
    except (OSError, EOFError, zlib.error):
        raise NotATable("is a damaged gzip file: download it again") from None


def _unzipped(path: Path) -> Opener:
    return lambda: io.BufferedReader(gzip.GzipFile(path))


def _archive(path: Path, part: str, opener: Opener) -> Iterator[Grid]:
    """Sheets of a workbook, or the tables of each member of a zip archive."""
    try:
        with opener() as raw:
            content = io.BytesIO(raw.read()) if part else None
        source: Path | io.BytesIO = content if content is not None else path
        if is_workbook(source):
            yield from _sheets(path, part, source)
            return
        with zipfile.ZipFile(source) as archive:
            names = [i.filename for i in archive.infolist() if not i.is_dir()]
        if "mimetype" in names and "content.xml" in names:
            raise NotATable("is an OpenDocument file: save it as .xlsx or CSV")
        wanted = [name for name in names if name.lower().endswith(_MEMBERS)]
        if not wanted or part:
            raise NotATable("is an archive without CSV or .xlsx file: unpack it")
        for name in wanted:
            member = _member(path, name)
            with member() as stream:
                first = stream.read(_CHUNK)
            yield from _grids_of(path, name, first, member)
    except (zipfile.BadZipFile, zlib.error, EOFError, RuntimeError, NotImplementedError):
        raise NotATable(
            "is a damaged or protected archive or workbook: download it again, or unpack it"
        ) from None


def _member(path: Path, name: str) -> Opener:
    def opened() -> IO[bytes]:
        return zipfile.ZipFile(path).open(name)

    return opened


def _sheets(path: Path, part: str, source: Path | io.BytesIO) -> Iterator[Grid]:
    for sheet in sheet_names(source, path.name):

        def rows(_containing: str = "", sheet: str = sheet) -> Iterator[tuple[int, Cells]]:
            return sheet_rows(source, sheet, path.name)

        yield Grid(path, f"{part}/{sheet}" if part else sheet, "", rows)


def _encoding(first: bytes, opener: Opener) -> str:
    """UTF-8 or UTF-16 where the bytes say so, else the Windows code page of French files."""
    if first.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    head = first[:4000]
    if head.count(b"\x00") > len(head) // 4:
        return "utf-16-le" if head[1:2] == b"\x00" else "utf-16-be"
    decoder = codecs.getincrementaldecoder("utf-8-sig")()
    try:
        with opener() as stream:
            while chunk := stream.read(_CHUNK):
                decoder.decode(chunk)
            decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return "cp1252"
    except (OSError, EOFError, zlib.error, zipfile.BadZipFile):
        raise NotATable("is damaged: download it again") from None
    return "utf-8-sig"


def _reader(
    path: Path, part: str, opener: Opener, encoding: str, delimiter: str
) -> Callable[[str], Iterator[tuple[int, Cells]]]:
    shown = f"{path.name}[{part}]" if part else path.name

    def rows(containing: str = "") -> Iterator[tuple[int, Cells]]:
        number = 0

        def lines() -> Iterator[str]:
            nonlocal number
            with opener() as raw, io.TextIOWrapper(raw, encoding=encoding, newline="") as text:
                # csv counts `\r` inside quotes as data: ends of lines are made alike here.
                for line in text:
                    number += 1
                    if containing in line:
                        yield line

        try:
            for cells in csv.reader(lines(), delimiter=delimiter):
                yield number, cells
        except UnicodeError:
            raise InputError(
                "is in an encoding that cannot be told: save it as CSV UTF-8",
                file=shown,
                line=number + 1,
            ) from None
        except csv.Error as error:
            raise InputError(f"is not a CSV table ({error})", file=shown, line=number) from None
        except (OSError, EOFError, zlib.error, zipfile.BadZipFile):
            raise InputError("is damaged: download it again", file=shown, line=number) from None

    return rows
