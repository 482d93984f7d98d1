"""Official files as people have them: read right, or refused in one line that names file and place.

The tiny source has two mainland zones, 0051 and 0052, and one overseas, 0101.
"""

from __future__ import annotations

import gzip
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from rebound_sim.data.building.build import build_tables
from rebound_sim.data.building.draft import Tables
from rebound_sim.errors import InputError

Writer = Callable[..., None]
RATES = {"0051": (6.8, 6.9, 6.5, 6.4, 7.7), "0052": (9.8, 9.9, 9.7, 9.6, 8.1)}
TITLES = ("2022-T1", "2022-T2", "2022-T3", "2022-T4", "2024-T2")


def text_of(
    titles: tuple[str, ...] = TITLES,
    separator: str = ";",
    decimal: str = ",",
    code: Callable[[str], str] = str,
    cell: Callable[[str], str] = str,
    above: str = "",
    below: str = "",
    zone_title: str = "Code",
    end: str = "\r\n",
) -> str:
    lines = [separator.join([zone_title, "Libellé", *titles])]
    for zone, rates in RATES.items():
        cells = [cell(f"{rate:.1f}".replace(".", decimal)) for rate in rates]
        lines.append(separator.join([code(zone), "zone", *cells]))
    return above + end.join(lines) + end + below


def built(folder: Path) -> Tables:
    return build_tables(folder)


def rates_of(tables: Tables, quarter: str = "2024-T2") -> dict[str, str]:
    return {k: v for k, v in tables.column("unemployment", quarter).items() if v}


def put(folder: Path, text: str, name: str = "chomage.csv", encoding: str = "utf-8-sig") -> Path:
    path = folder / name
    path.write_bytes(text.encode(encoding))
    return path


PLAIN = text_of()
READ_RIGHT = {
    "as published": PLAIN,
    "titles above": text_of(above="Taux de chômage localisés\r\nCVS, en %\r\n\r\n"),
    "separators in titles above": text_of(above="Taux;CVS;en %\r\n;;;\r\n"),
    "notes below": text_of(below="\r\nSource : Insee ; taux localisés\r\nChamp : France\r\n"),
    "comma and points": text_of(separator=",", decimal="."),
    "comma and quoted decimals": text_of(separator=",", cell=lambda c: f'"{c}"'),
    "tabs": text_of(separator="\t"),
    "bars": text_of(separator="|"),
    "excel's line": text_of(above="sep=;\r\n"),
    "old mac ends of line": text_of(end="\r"),
    "percent signs": text_of(cell=lambda c: f"{c} %"),
    "narrow spaces": text_of(cell=lambda c: f"\u202f{c}\u00a0"),
    "marked cells": text_of(cell=lambda c: f"{c} (p)"),
    "footnotes": text_of(cell=lambda c: f"{c}(1)"),
    "codes as numbers": text_of(code=lambda c: str(int(c))),
    "codes as floats": text_of(code=lambda c: f"{int(c)}.0"),
    "codes as formulas": text_of(code=lambda c: f'"=""{c}"""'),
    "codes after an apostrophe": text_of(code=lambda c: f"'{c}"),
    "codes of Melodi": text_of(code=lambda c: f"2025-ZE2020-{c}"),
    "title ZE2020": text_of(zone_title="ZE2020"),
    "title in words": text_of(zone_title="Code zone d'emploi 2020"),
    "words": text_of(("1er trimestre 2022", "2e trimestre 2022", "3ème trimestre 2022",
                      "4e trimestre 2022 (r)", "2e trimestre 2024 (p)")),
    "T1 2022": text_of(("T1 2022", "T2 2022", "T3 2022", "T4 2022", "T2 2024")),
    "2022T1": text_of(("2022T1", "2022T2", "2022T3", "2022T4", "2024T2")),
    "2022-Q1": text_of(("2022-Q1", "2022-Q2", "2022-Q3", "2022-Q4", "2024-Q2 (p)")),
    "1T2022": text_of(("1T2022", "2T2022", "3T2022", "4T2022", "2T2024")),
    "year above": text_of(("T1", "T2", "T3", "T4", "T2 (p)"), above=";;2022;;;;2024\r\n"),
    "titles on two lines": text_of(('"2022\n-T1"', "2022-T2", "2022-T3", "2022-T4", "2024-T2")),
    "a row of France": text_of(below="FR;France;7,0;7,0;7,0;7,0;7,5\r\n"),
    "a row given twice": text_of(below="0051;zone;6,8;6,9;6,5;6,4;7,7\r\n"),
    "shares": text_of(cell=lambda c: f"{float(c.replace(',', '.')) / 100:.3f}".replace(".", ",")),
}  # fmt: skip


@pytest.mark.parametrize("name", READ_RIGHT)
def test_read_right(tiny_source: Path, name: str) -> None:
    put(tiny_source, READ_RIGHT[name])
    tables = built(tiny_source)
    assert rates_of(tables) == {"0051": "7.7", "0052": "8.1"}
    assert rates_of(tables, "2022-T3") == {"0051": "6.5", "0052": "9.7"}
    assert rates_of(tables, "2019-T3")["0101"] == "7.5"  # quarters that the file lacks are kept


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "cp1252", "latin-1", "utf-16", "utf-16-le", "utf-16-be"]
)
@pytest.mark.parametrize("suffix", [".csv", ".CSV", ".txt", ".Csv", ".data"])
def test_any_encoding_and_suffix(tiny_source: Path, encoding: str, suffix: str) -> None:
    put(tiny_source, PLAIN, f"chômage localisé{suffix}", encoding)
    assert rates_of(built(tiny_source)) == {"0051": "7.7", "0052": "8.1"}


def test_archives_and_links(tiny_source: Path, tmp_path: Path) -> None:
    outside = put(tmp_path, PLAIN)
    with zipfile.ZipFile(tiny_source / "chomage.zip", "w") as archive:
        archive.write(outside, "donnees/chomage.csv")
        archive.writestr("LISEZMOI.md", "notes")
    assert rates_of(built(tiny_source)) == {"0051": "7.7", "0052": "8.1"}
    (tiny_source / "chomage.zip").unlink()
    (tiny_source / "chomage.csv.gz").write_bytes(gzip.compress(PLAIN.encode()))
    assert rates_of(built(tiny_source)) == {"0051": "7.7", "0052": "8.1"}
    (tiny_source / "chomage.csv.gz").unlink()
    (tiny_source / "lien.csv").symlink_to(outside)
    assert rates_of(built(tiny_source)) == {"0051": "7.7", "0052": "8.1"}


def test_any_sheet_of_a_workbook(tiny_source: Path, workbook: Writer) -> None:
    rows = [["Taux"], [], ["ZE2020", "LIBZE2020", *TITLES]]
    rows += [[int(code), "zone", *rates] for code, rates in RATES.items()]
    workbook(tiny_source / "chomage.XLSX", "taux 2024", rows)
    assert rates_of(built(tiny_source)) == {"0051": "7.7", "0052": "8.1"}


WITHHELD = ("s", "nd", "n.d.", "///", "c", "-", ".", "..", "NA", "ND", ":", "", "N/A", "s.s")


@pytest.mark.parametrize("mark", WITHHELD)
def test_a_mark_in_place_of_a_figure_is_never_a_zero(tiny_source: Path, mark: str) -> None:
    put(tiny_source, PLAIN.replace("8,1", mark))
    tables = built(tiny_source)
    assert rates_of(tables) == {"0051": "7.7"}
    (record,) = [r for r in tables.records if r.kind == "unemployment"]
    assert sum(record.statuses.values()) == (1 if mark else 0)


def test_provisional_figures_are_marked(tiny_source: Path) -> None:
    put(tiny_source, text_of((*TITLES[:-1], "2024-T2 (p)")))
    tables = built(tiny_source)
    assert ("unemployment", "*", "2024-T2", "provisional") in [m[:4] for m in tables.marks]
    assert "provisional: 2024-T2" in tables.column("columns", "vintage")["unemployment"]


REFUSED = {
    "no such number": (PLAIN.replace("8,1", "huit"), r"chomage\.csv:3: 2024-T2: is not a number"),
    "text nan": (PLAIN.replace("8,1", "inf"), r"chomage\.csv:3: 2024-T2: is not a number"),
    "too large": (PLAIN.replace("8,1", "1e400"), r"chomage\.csv:3: 2024-T2: is not a number"),
    "negative": (PLAIN.replace("8,1", "-8,1"), r"chomage\.csv:3: 2024-T2: out of range"),
    "not a rate": (PLAIN.replace("8,1", "20 000"), r"chomage\.csv:3: 2024-T2: out of range"),
    "error of a sheet": (PLAIN.replace("8,1", "#REF!"), r"chomage\.csv:3: 2024-T2: .*spreadsheet"),
    "a quarter not read": (text_of((*TITLES[:-1], "été 2024")), r"chomage\.csv:1: été 2024"),
    "a column twice": (text_of((*TITLES[:-1], "2022-T1")), r"chomage\.csv:1: 2022-T1: .*twice"),
    "two figures for a zone": (PLAIN + "0051;zone;6,8;6,9;6,5;6,4;9,9\r\n",
                               r"csv:4: Code: .*line 2"),
    "cells shifted": (PLAIN.replace("7,7", "7;7;9"), r"chomage\.csv:2: has 9 cells"),
    "zones of 2010": (text_of(zone_title="ZE2010"), r"chomage\.csv: .*2010"),
    "other codes": (text_of(code=lambda c: str(int(c) + 5000)), r"not zones d'emploi 2020"),
    "one zone": (PLAIN[: PLAIN.index("0052")], None),
    "empty": ("", r"chomage\.csv: is empty"),
    "blank": ("\r\n \r\n", r"chomage\.csv: .*(empty|no row)"),
    "titles alone": (PLAIN[: PLAIN.index("0051")], r"chomage\.csv:1: no zone"),
    "another file": ("a;b;c\r\n1;2;3\r\n", r"chomage\.csv: .*columns \(a, b, c\)"),
    "a web page": ("<!DOCTYPE html><html>404</html>", r"chomage\.csv: is a web page"),
    "mixed decimals": (PLAIN.replace("8,1", "8.15"), r"mixes decimal commas and points"),
}  # fmt: skip


@pytest.mark.parametrize("name", REFUSED)
def test_refused_in_one_line(tiny_source: Path, name: str) -> None:
    text, pattern = REFUSED[name]
    put(tiny_source, text)
    if pattern is None:  # one of two zones: within what may be withheld
        assert rates_of(built(tiny_source)) == {"0051": "7.7"}
        return
    with pytest.raises(InputError, match=pattern) as caught:
        built(tiny_source)
    assert "\n" not in caught.value.message


def test_newest_vintage_by_its_dates_not_its_name(tiny_source: Path) -> None:
    put(tiny_source, PLAIN, "a_recent.csv")
    older = text_of(("2021-T1", "2021-T2", "2021-T3", "2021-T4", "2023-T4")).replace("7,7", "1,1")
    put(tiny_source, older, "z_ancien.csv")
    tables = built(tiny_source)
    assert rates_of(tables)["0051"] == "7.7"
    (record,) = [r for r in tables.records if r.file == "z_ancien.csv"]
    assert record.use == "older" and "a_recent.csv" in record.sentence()


def test_two_files_of_one_vintage(tiny_source: Path) -> None:
    put(tiny_source, PLAIN, "a.csv")
    put(tiny_source, text_of(decimal=".", separator=","), "b.csv")
    assert rates_of(built(tiny_source)) == {"0051": "7.7", "0052": "8.1"}
    put(tiny_source, PLAIN.replace("7,7", "7,8"), "c.csv")
    with pytest.raises(InputError, match=r"c\.csv: has the same vintage as a\.csv"):
        built(tiny_source)


def test_every_file_of_the_folder_is_named(tiny_source: Path) -> None:
    put(tiny_source, "x", "LISEZMOI.md")
    put(tiny_source, "COD_VAR;LIB_VAR;COD_MOD;LIB_MOD\r\nSEX;Sexe;F;Femmes\r\n", "DS_metadata.csv")
    tables = built(tiny_source)
    uses = {r.file: r.use for r in tables.records}
    assert uses["LISEZMOI.md"] == "not data" and uses["DS_metadata.csv"] == "not needed"
    put(tiny_source, "a;b;c\r\n", "autre.csv")
    put(tiny_source, "PAR1", "vieux.parquet")
    (tiny_source / "dossier.csv").mkdir()
    (tiny_source / "casse.csv").symlink_to(tiny_source / "nulle_part")
    with pytest.raises(InputError) as caught:
        built(tiny_source)
    for name in ("autre.csv", "vieux.parquet", "dossier.csv", "casse.csv"):
        assert name in caught.value.message
    skip = ("autre.csv", "vieux.parquet", "dossier.csv", "casse.csv")
    assert len(build_tables(tiny_source, skip).records) == len(uses) + 4
