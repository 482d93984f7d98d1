"""Cells of an .xlsx sheet as text, with the standard library alone (ISO/IEC 29500 part 1)."""

from __future__ import annotations

import posixpath
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Final
from xml.etree import ElementTree

from rebound_sim.errors import InputError

Workbook = Path | IO[bytes]

_BOOK: Final = "xl/workbook.xml"
_RELATIONS: Final = "xl/_rels/workbook.xml.rels"
_STRINGS: Final = "xl/sharedStrings.xml"
_FAULTS: Final = (
    zipfile.BadZipFile,
    KeyError,
    IndexError,
    ValueError,
    ElementTree.ParseError,
    EOFError,
    OSError,
)


def _local(tag: str) -> str:
    """Name of an element without its namespace (transitional and strict files differ there)."""
    return tag.rpartition("}")[2]


def _all(root: ElementTree.Element, name: str) -> Iterator[ElementTree.Element]:
    return (item for item in root.iter() if _local(item.tag) == name)


def _column_number(reference: str) -> int:
    """Position from 0 of a cell reference such as `C12`."""
    number = 0
    for letter in reference:
        if not letter.isalpha():
            break
        number = number * 26 + ord(letter.upper()) - ord("A") + 1
    return number - 1


def _text(item: ElementTree.Element) -> str:
    """Text of a string, without its phonetic guide."""
    parts: list[str] = []
    for child in item:
        name = _local(child.tag)
        if name == "t":
            parts.append(child.text or "")
        elif name == "r":
            parts.append(_text(child))
    return "".join(parts)


def _shared_strings(archive: zipfile.ZipFile) -> list[str]:
    if _STRINGS not in archive.namelist():
        return []
    root = ElementTree.fromstring(archive.read(_STRINGS))
    return [_text(item) for item in root]


def _sheet_paths(archive: zipfile.ZipFile) -> dict[str, str]:
    relations = ElementTree.fromstring(archive.read(_RELATIONS))
    targets = {item.attrib["Id"]: item.attrib["Target"] for item in relations}
    paths = {}
    for sheet in _all(ElementTree.fromstring(archive.read(_BOOK)), "sheet"):
        link = next(v for k, v in sheet.attrib.items() if _local(k) == "id")
        target = targets[link]
        inside = target.lstrip("/") if target.startswith("/") else posixpath.join("xl", target)
        paths[sheet.attrib["name"]] = posixpath.normpath(inside)
    return {name: path for name, path in paths.items() if path in archive.namelist()}


def _cell_text(cell: ElementTree.Element, strings: list[str]) -> str:
    kind = cell.get("t")
    value = ""
    for child in cell:
        name = _local(child.tag)
        if name == "is":
            return _text(child)
        if name == "v":
            value = child.text or ""
    return strings[int(value)] if kind == "s" and value else value


def _rows(stream: IO[bytes], strings: list[str]) -> Iterator[tuple[int, list[str]]]:
    number = 0
    for _, element in ElementTree.iterparse(stream):
        if _local(element.tag) != "row":
            continue
        cells: list[str] = []
        for cell in element:
            if _local(cell.tag) != "c":
                continue
            reference = cell.get("r")
            position = _column_number(reference) if reference else len(cells)
            cells += [""] * (position - len(cells))
            cells.append(_cell_text(cell, strings))
        number = int(element.get("r") or number + 1)
        yield number, cells
        element.clear()


def is_workbook(source: Workbook) -> bool:
    """Whether an archive is a workbook. Raises zipfile.BadZipFile when it is no archive."""
    with zipfile.ZipFile(source) as archive:
        return _BOOK in archive.namelist()


def sheet_names(source: Workbook, shown: str) -> list[str]:
    """Names of the sheets of a workbook. InputError when the file is not a workbook."""
    try:
        with zipfile.ZipFile(source) as archive:
            return list(_sheet_paths(archive))
    except _FAULTS:
        raise InputError("is not a readable .xlsx workbook: save it again", file=shown) from None


def sheet_rows(source: Workbook, sheet: str, shown: str) -> Iterator[tuple[int, list[str]]]:
    """Number and cells of each row of a sheet, as text. InputError when it cannot be read."""
    try:
        with zipfile.ZipFile(source) as archive:
            strings = _shared_strings(archive)
            with archive.open(_sheet_paths(archive)[sheet]) as stream:
                yield from _rows(stream, strings)
    except _FAULTS:
        raise InputError(
            "has a sheet that cannot be read: save it again", file=shown, key=sheet
        ) from None
