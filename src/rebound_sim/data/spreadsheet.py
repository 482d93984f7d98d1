"""Cells of an .xlsx sheet as text, with the standard library alone (ISO/IEC 29500 part 1)."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Final
from xml.etree import ElementTree

from rebound_sim.errors import InputError

_MAIN: Final = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_RELATION: Final = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"


def _column_number(reference: str) -> int:
    """Position from 0 of a cell reference such as `C12`."""
    number = 0
    for letter in reference:
        if not letter.isalpha():
            break
        number = number * 26 + ord(letter.upper()) - ord("A") + 1
    return number - 1


def _shared_strings(archive: zipfile.ZipFile) -> list[str]:
    if "xl/sharedStrings.xml" not in archive.namelist():
        return []
    root = ElementTree.fromstring(archive.read("xl/sharedStrings.xml"))
    return ["".join(part.text or "" for part in item.iter(f"{_MAIN}t")) for item in root]


def _sheet_paths(archive: zipfile.ZipFile) -> dict[str, str]:
    book = ElementTree.fromstring(archive.read("xl/workbook.xml"))
    relations = ElementTree.fromstring(archive.read("xl/_rels/workbook.xml.rels"))
    targets = {item.attrib["Id"]: item.attrib["Target"] for item in relations}
    paths = {}
    for sheet in book.iter(f"{_MAIN}sheet"):
        target = targets[sheet.attrib[_RELATION]].lstrip("/")
        paths[sheet.attrib["name"]] = target if target.startswith("xl/") else f"xl/{target}"
    return paths


def _cell_text(cell: ElementTree.Element, strings: list[str]) -> str:
    kind = cell.get("t")
    if kind == "inlineStr":
        return "".join(part.text or "" for part in cell.iter(f"{_MAIN}t"))
    value = cell.findtext(f"{_MAIN}v") or ""
    return strings[int(value)] if kind == "s" and value else value


def _rows(stream: IO[bytes], strings: list[str]) -> Iterator[tuple[int, list[str]]]:
    for _, element in ElementTree.iterparse(stream):
        if element.tag != f"{_MAIN}row":
            continue
        cells: list[str] = []
        for cell in element.iter(f"{_MAIN}c"):
            reference = cell.get("r")
            position = _column_number(reference) if reference else len(cells)
            cells += [""] * (position - len(cells))
            cells.append(_cell_text(cell, strings))
        yield int(element.get("r") or 0), cells
        element.clear()


def sheet_names(path: Path) -> list[str]:
    """Names of the sheets of a workbook. InputError when the file is not a workbook."""
    try:
        with zipfile.ZipFile(path) as archive:
            return list(_sheet_paths(archive))
    except (zipfile.BadZipFile, KeyError, ElementTree.ParseError) as error:
        raise InputError("is not a readable .xlsx workbook", file=path.name) from error


def read_sheet(path: Path, sheet: str, header_row: int) -> list[dict[str, str]]:
    """Rows of a sheet below its header (numbered from 1), as text by column name.

    Raises InputError when the sheet or the header is not there.
    """
    if sheet not in sheet_names(path):
        raise InputError(
            "sheet not found", file=path.name, key=sheet, allowed=", ".join(sheet_names(path))
        )
    header: list[str] = []
    rows = []
    with zipfile.ZipFile(path) as archive:
        strings = _shared_strings(archive)
        with archive.open(_sheet_paths(archive)[sheet]) as stream:
            for number, cells in _rows(stream, strings):
                if number == header_row:
                    header = cells
                elif number > header_row and any(cells):
                    padded = cells + [""] * (len(header) - len(cells))
                    rows.append(dict(zip(header, padded, strict=False)))
    if not header:
        raise InputError("header row not found", file=path.name, line=header_row, key=sheet)
    return rows
