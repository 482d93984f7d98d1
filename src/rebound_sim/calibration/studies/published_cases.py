"""Real closures, and what was published about their staff and their zones.

The scenarios are `scenarios/cases/*.toml`. Counts were published by prefectures, firms and the
press, each with its own denominator and jobs that count; "in work" here counts work outside the
zone and own businesses, over those laid off, retired or not, who have not moved out of the zone.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Final

from rebound_sim.errors import EngineError

#: Official counts of "solutions": fixed-term contracts of more than six months only (policy
#: facts, H6). A job outside the zone has no contract in the model.
LASTING: Final = ("permanent", "fixed_term", "self_employed", "outside")
LASTING_MONTHS: Final = 6
IN_WORK: Final = (*LASTING, "short_fixed_term")
STABLE: Final = ("permanent", "self_employed")
#: Half-width of the band of a count that has none in the table of moments: mean of those that have
#: (goodyear_10m, goodyear_33m, gms_20m, continental_4y: 0.07, 0.09, 0.09, 0.105).
BAND: Final = 0.09
#: Half-width of the 5-95 % band of placebo gaps of unemployment: 0.5 to 0.9 point (own synthetic
#: controls on Insee's series).
PLACEBO: Final = 0.7


@dataclass(frozen=True, slots=True)
class Count:
    """A published share of the staff.

    months : after the layoffs    states : displaced people counted (columns `displaced_…`;
    `fixed_term` from LASTING_MONTHS on, `short_fixed_term` below)
    value, low, high : share and band    moment : id in the table of moments, "" for none
    """

    months: int
    states: tuple[str, ...]
    value: float
    source: str
    low: float
    high: float
    moment: str = ""


def _count(months: int, states: tuple[str, ...], value: float, source: str) -> Count:
    low, high = max(value - BAND, 0.0), min(value + BAND, 1.0)
    return Count(months, states, value, source, low, high)


@dataclass(frozen=True, slots=True)
class Case:
    """A closure.

    name : its file    title : for tables and figures    counts : what was published
    gaps : months after the layoffs → gap of the unemployment rate of the zone to its synthetic
    control [point], own computation on Insee's series (policy facts, G)
    """

    name: str
    title: str
    counts: tuple[Count, ...]
    gaps: tuple[tuple[int, float], ...] = ()


def _gaps(*values: float) -> tuple[tuple[int, float], ...]:
    return tuple(zip((0, 12, 24, 36, 48), values, strict=True))


_MOULINEX = (_count(8, STABLE, 0.13, "378 of 2,862 in stable work, all plants (info-socialrh.fr)"),)
CASES: Final = {
    case.name: case
    for case in (
        Case("goodyear_amiens", "Goodyear Amiens 2014", (
            Count(10, LASTING, 0.11, "130 of 1,143 (RFI)", 0.06, 0.20, "goodyear_10m"),
            _count(15, LASTING, 0.17, "136 jobs and 59 businesses of 1,143 (France 3)"),
            Count(33, LASTING, 0.37, "401 of 1,072 (France 3)", 0.30, 0.48, "goodyear_33m"),
            _count(33, ("retired",), 0.13, "142 of 1,072 retired (France 3)"),
        ), _gaps(-0.20, -0.71, -0.32, -0.11, -0.03)),
        Case("continental_clairoix", "Continental Clairoix 2010", (
            _count(23, LASTING, 0.38, "426 of 1,110 (FO 60)"),
            Count(48, ("permanent",), 0.25, "production workers in a permanent job (RTL)", 0.17,
                  0.38, "continental_4y"),
        ), _gaps(0.15, 0.22, 0.69, 0.40, 0.23)),
        Case("gms_la_souterraine", "GM&S La Souterraine 2017", (
            _count(3, IN_WORK, 0.05, "8 of 157 (RTL)"),
            _count(12, IN_WORK, 0.41, "57 of the 140 followed (France Bleu); 36 % of all"),
            Count(20, IN_WORK, 0.48, "75 of 157 (France Bleu)", 0.38, 0.56, "gms_20m"),
        ), _gaps(-0.15, 0.25, 0.25, 0.0, 0.18)),
        Case("michelin_la_roche_sur_yon", "Michelin La Roche-sur-Yon 2020", (
            _count(12, IN_WORK, 0.99, "614 of 618, the firm's own count, disputed (France 3)"),
        ), _gaps(0.35, -0.66, -0.66, -0.91, -0.58)),
        Case("molex_villemur", "Molex Villemur 2009", (
            _count(9, IN_WORK, 0.25, "25 % in work (La Tribune)"),
        )),
        Case("moulinex_alencon", "Moulinex Alençon 2001", _MOULINEX),
        Case("moulinex_caen", "Moulinex Caen 2001", _MOULINEX),
    )
}  # fmt: skip


def case_file(name: str) -> Path:
    """File of a case: in `scenarios/cases` of a checkout, or the copy that a wheel holds here."""
    here = Path(__file__).resolve().parent
    for folder in (here / "case_files", here.parents[3] / "scenarios" / "cases"):
        if (folder / f"{name}.toml").is_file():
            return folder / f"{name}.toml"
    raise EngineError(f"the scenario of the case {name} is missing from the installation")
