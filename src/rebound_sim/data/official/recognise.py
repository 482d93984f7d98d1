"""What a file is: told by the titles of its columns, wherever they stand, not by its name."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Final

from rebound_sim.data.official.files import Cells, Grid, grids
from rebound_sim.data.official.quarters import (
    folded_title,
    quarter_alone,
    quarter_of,
    resembles_quarter,
    year_alone,
)
from rebound_sim.errors import InputError

#: Rows above the titles of columns: titles of the table, notes, blank rows.
DEEPEST_HEADER: Final = 60
_SHOWN = 4

ZONE_TITLES: Final = (
    "ze2020", "ze_2020", "code_ze2020", "code_ze_2020", "code_ze", "codeze", "ze", "code",
    "codgeo", "code_zone_d_emploi", "code_zone_emploi", "code_zone_d_emploi_2020",
    "code_de_la_zone_d_emploi", "zone_d_emploi_2020", "code_geographique", "code_geo",
)  # fmt: skip
COMMUNE_TITLES: Final = (
    "codgeo",
    "code_geo",
    "code_commune",
    "depcom",
    "com",
    "insee_com",
    "code_insee",
    "code_geographique",
    "codgeo_2025",
    "codgeo_2024",
    "codgeo_2026",
)


def title_key(text: str) -> str:
    """A title for comparison: `Code zone d'emploi` and `code_zone_d_emploi` are the same."""
    return re.sub(r"[^a-z0-9]+", "_", folded_title(text)).strip("_")


@dataclass(frozen=True)
class Kind:
    """A kind of official file. columns : role -> accepted titles, in the form of `title_key`.

    others : titles that may be there and are not needed; containing : text of the lines needed
    """

    name: str
    title: str
    columns: Mapping[str, tuple[str, ...]]
    optional: Mapping[str, tuple[str, ...]]
    containing: str = ""


def _same(*names: str) -> dict[str, tuple[str, ...]]:
    return {name: (title_key(name),) for name in names}


_STATUS: Final = {
    "OBS_STATUS": ("obs_status", "statut_obs"),
    "CONF_STATUS": ("conf_status", "obs_conf"),
}
_ANY_FLOW: Final = re.compile(r"^nbflux_c\d{2}_actocc15p$")

KINDS: Final = (
    Kind(
        "flores", "Flores, salaried jobs (page 8266010)",
        _same("GEO", "GEO_OBJECT", "ACTIVITY", "NUMBER_EMPL", "LEGAL_FORM_WITH_PUBLIC",
              "FLORES_MEASURE", "TIME_PERIOD", "OBS_VALUE"), _STATUS, containing="ZE2020",
    ),
    Kind(
        "census", "census of population by age (Melodi)",
        _same("GEO", "GEO_OBJECT", "AGE", "TIME_PERIOD", "OBS_VALUE"), _STATUS,
        containing="ZE2020",
    ),
    Kind(
        "urssaf", "Urssaf, private jobs and pay by zone",
        {
            "zone": ("code_zone_d_emploi", "code_zone_emploi", "code_ze", "code_ze2020"),
            "annee": ("annee", "year"),
            "trimestre": ("trimestre", "quarter"),
            "effectifs_salaries_cvs": ("effectifs_salaries_cvs",),
            "masse_salariale_cvs": ("masse_salariale_cvs",),
        },
        {"name": ("zone_d_emploi", "zone_emploi", "libelle_zone_d_emploi")},
    ),
    Kind(
        "figaro", "FIGARO input-output table, flat file",
        _same("refArea", "rowPi", "counterpartArea", "colPi", "obsValue"), {},
    ),
    Kind(
        "commuting", "commuting flows (page 8998300)",
        {"CODGEO": COMMUNE_TITLES, "DCLT": ("dclt",), "flow": ()}, {},
    ),
    Kind(
        "geography", "composition of the zones d'emploi 2020 (page 4652957)",
        {"CODGEO": COMMUNE_TITLES, "ZE2020": ("ze2020", "ze_2020", "code_ze2020")},
        {"LIBGEO": ("libgeo",), "LIBZE2020": ("libze2020",)},
    ),
    Kind(
        "unemployment", "localised unemployment rates (page 1893230)",
        {"zone": ZONE_TITLES},
        {"name": ("libze2020", "libelle", "libze", "libgeo", "nom", "zone_d_emploi")},
    ),
    Kind(
        "labels", "labels of a Melodi file", _same("COD_VAR", "LIB_VAR", "COD_MOD", "LIB_MOD"), {},
    ),
)  # fmt: skip
BY_NAME: Final = {kind.name: kind for kind in KINDS}


@dataclass(frozen=True)
class RecognisedTable:
    """A table of a known kind, ready to be read.

    line : of the titles; titles : as written; columns : role -> position;
    above : rows over the titles; quarters : position -> (`2024-T1`, mark), for unemployment
    """

    grid: Grid
    kind: Kind
    line: int
    titles: tuple[str, ...]
    columns: Mapping[str, int]
    above: tuple[Cells, ...]
    quarters: Mapping[int, tuple[str, str]]

    def rows(self, containing: str = "") -> Iterator[tuple[int, Cells]]:
        """Line number and cells of the rows under the titles that are not blank, padded."""
        width = len(self.titles)
        for number, cells in self.grid.rows(containing):
            if number > self.line and any(cell and not cell.isspace() for cell in cells):
                yield number, cells + [""] * (width - len(cells))

    def fault(
        self,
        problem: str,
        line: int | None = None,
        column: str | int | None = None,
        value: str | None = None,
        allowed: str | None = None,
    ) -> InputError:
        """An error that names file, line, column and remedy."""
        key = self.titles[column] if isinstance(column, int) else column
        key = " ".join(key.split()) if key else key
        return InputError(
            problem, file=self.grid.shown, line=line, key=key, value=value, allowed=allowed
        )


def recognise(path: Path) -> list[RecognisedTable]:
    """Tables of known kinds in a file; raises NotATable, InputError, or `Unrecognised`."""
    found: dict[tuple[str, str], RecognisedTable] = {}
    best: tuple[int, str] = (0, "")
    for grid in grids(path):
        head = list(islice(grid.rows(""), DEEPEST_HEADER))
        source = _source(grid, head)
        if source is not None:
            found.setdefault((grid.part, source.kind.name), source)
        elif grid.part not in {part for part, _ in found}:
            best = max(best, _nearest(head))
    if not found:
        raise Unrecognised(best[1] or _first_titles(path))
    return list(found.values())


class Unrecognised(Exception):
    """A table of no known kind; the message says what comes nearest."""


def _source(grid: Grid, head: Sequence[tuple[int, Cells]]) -> RecognisedTable | None:
    for place, (line, cells) in enumerate(head):
        above = tuple(row for _, row in head[:place])
        for kind in KINDS:
            found = _columns(kind, cells)
            if found is None:
                continue
            quarters: dict[int, tuple[str, str]] = {}
            if kind.name == "unemployment":
                quarters = _quarters(cells, above[-1] if above else [])
                if not quarters:
                    continue
            source = RecognisedTable(grid, kind, line, tuple(cells), found, above, quarters)
            _check_titles(source)
            return source
    return None


def _columns(kind: Kind, cells: Cells) -> dict[str, int] | None:
    """Position of each role among the titles of a row; None when one is missing."""
    keys = [title_key(cell) for cell in cells]
    found: dict[str, int] = {}
    for role, accepted in (*kind.columns.items(), *kind.optional.items()):
        position = _position(keys, role, accepted)
        if position is not None:
            found[role] = position
        elif role in kind.columns:
            return None
    return found


def _position(keys: Sequence[str], role: str, accepted: tuple[str, ...]) -> int | None:
    if role == "flow":
        return next((i for i, key in enumerate(keys) if _ANY_FLOW.match(key)), None)
    return next((keys.index(title) for title in accepted if title in keys), None)


def _quarters(cells: Cells, above: Cells) -> dict[int, tuple[str, str]]:
    """Quarters by column; the year may stand once over its quarters, in the row above."""
    found: dict[int, tuple[str, str]] = {}
    year: str | None = None
    for position, title in enumerate(cells):
        if position < len(above):
            year = year_alone(above[position]) or (year if not above[position].strip() else None)
        whole = quarter_of(title)
        alone = quarter_alone(title) if whole is None and year else None
        if whole is not None:
            found[position] = whole
        elif alone is not None:
            found[position] = (f"{year}-T{alone[0]}", alone[1])
    return found


def _check_titles(source: RecognisedTable) -> None:
    """Refuse titles that would be lost in silence: repeated, or meant as quarters and not read."""
    needed = set(source.columns.values()) | set(source.quarters)
    seen: dict[str, int] = {}
    for position, title in enumerate(source.titles):
        name = source.quarters[position][0] if position in source.quarters else title_key(title)
        if name and name in seen and (position in needed or seen[name] in needed):
            raise source.fault("column given twice: keep one", source.line, position)
        seen.setdefault(name, position)
        lost = source.kind.name == "unemployment" and position not in needed
        if lost and resembles_quarter(title):
            raise source.fault(
                "is not a quarter that can be read",
                source.line,
                position,
                allowed="2024-T1, T1 2024, 1er trimestre 2024, with (p) or (r) after it",
            )


def _nearest(head: Sequence[tuple[int, Cells]]) -> tuple[int, str]:
    """How near a table comes to a kind, and the words for it."""
    best: tuple[int, str] = (0, "")
    for line, cells in head:
        keys = [title_key(cell) for cell in cells]
        if {"ze2010", "ze_2010", "libze2010"} & set(keys):
            return 99, f"line {line} has zones of 2010: only the division of 2020 (ZE2020) is read"
        for kind in KINDS:
            have = [r for r, a in kind.columns.items() if _position(keys, r, a) is not None]
            missing = [role for role in kind.columns if role not in have]
            if len(have) >= 2 and len(have) > len(missing):
                words = f"line {line} comes near to {kind.title}, without {', '.join(missing)}"
                best = max(best, (len(have), words))
        if len(cells) > 2 and any(quarter_of(cell) for cell in cells):
            allowed = "a column ZE2020 or Code is needed"
            best = max(best, (2, f"line {line} has quarters and no codes of zones: {allowed}"))
    return best


def _first_titles(path: Path) -> str:
    """The first row with several cells, to say what was seen."""
    widest: Cells = []
    for grid in grids(path):
        for _, cells in islice(grid.rows(""), DEEPEST_HEADER):
            if len([c for c in cells if c.strip()]) > len(widest):
                widest = [c for c in cells if c.strip()]
    if not widest:
        return "holds no row of titles"
    shown = ", ".join(" ".join(c.split())[:30] for c in widest[:_SHOWN])
    more = ", …" if len(widest) > _SHOWN else ""
    return f"its columns ({shown}{more}) are those of no known file"
