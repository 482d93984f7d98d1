"""National figures: input-output table, enterprise sizes, jobs by sector, activity by age.

Sources are in the column dictionary (`tables/columns.csv`). The input-output table has 34 sectors
(MA+MB+MC and QA+QB are joined, UZ is absent); it is spread over the 38 sectors of A38 here.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from rebound_sim.arrays import Floats
from rebound_sim.data.fragility import national_sector_growth
from rebound_sim.data.history import jobs_history, national_unemployment, unemployment_history
from rebound_sim.data.relatedness import relatedness
from rebound_sim.data.sectors import (
    INPUT_OUTPUT_SECTORS,
    JOINED_SECTORS,
    SECTOR_CODES,
    SECTOR_INDEX,
)
from rebound_sim.data.tables import column_note, per_folder, table

__all__ = [
    "InputOutput",
    "SizeDistribution",
    "activity_by_age",
    "input_output",
    "jobs_history",
    "national_jobs",
    "national_sector_growth",
    "national_unemployment",
    "relatedness",
    "size_distribution",
    "unemployment_history",
]


@per_folder
def _national_jobs() -> NDArray[np.int64]:
    jobs = table("salaried_jobs").matrix(SECTOR_CODES).sum(axis=0).astype(np.int64)
    jobs.setflags(write=False)
    return np.asarray(jobs)


def national_jobs() -> NDArray[np.int64]:
    """Salaried jobs of France by A38 sector, all 306 zones, end 2024, int64[38]."""
    return _national_jobs()


@dataclass(frozen=True, eq=False)
class InputOutput:
    """Input-output figures of France, 38 sectors (UZ is zero everywhere).

    domestic_coefficients, imported_coefficients : float64[38, 38], purchases of product i
        (made in France, imported) per unit of output of sector j
    output, value_added : float64[38], million USD of `year` (million EUR when built from FIGARO)
    household_share, government_share, investment_share, export_share, intermediate_share :
        float64[38], uses of the domestic output of each sector, sum 1 where output > 0;
        households include non-profit institutions, investment includes inventories
    household_consumption_shares : float64[38], basket of resident households by sector of product,
        imports included, sum 1; household_import_share : part of it that is imported
    split_sectors : sectors spread from a joined one in proportion to national salaried jobs, so
        that their coefficients are those of the joined sector
    """

    domestic_coefficients: Floats
    imported_coefficients: Floats
    output: Floats
    value_added: Floats
    household_share: Floats
    government_share: Floats
    investment_share: Floats
    export_share: Floats
    intermediate_share: Floats
    household_consumption_shares: Floats
    household_import_share: Floats
    split_sectors: tuple[str, ...]
    year: str


def _spread() -> Floats:
    """Share of each published sector in each A38 sector, float64[34, 38]; rows sum to 1."""
    jobs = national_jobs().astype(np.float64)
    spread = np.zeros((len(INPUT_OUTPUT_SECTORS), len(SECTOR_CODES)))
    for row, name in enumerate(INPUT_OUTPUT_SECTORS):
        members = [SECTOR_INDEX[code] for code in JOINED_SECTORS.get(name, (name,))]
        weights = jobs[members] if jobs[members].sum() > 0 else np.ones(len(members))
        spread[row, members] = weights / weights.sum()
    return spread


def _ratio(part: Floats, whole: Floats) -> Floats:
    return np.divide(part, whole, out=np.zeros(np.broadcast(part, whole).shape), where=whole > 0)


@per_folder
def _input_output() -> InputOutput:
    spread = _spread()
    flows = {
        kind: spread.T @ table(f"input_output_{kind}").matrix(INPUT_OUTPUT_SECTORS) @ spread
        for kind in ("domestic", "imported")
    }
    source = table("input_output_uses")

    def use(*names: str) -> Floats:
        return np.asarray(spread.T @ source.matrix(names).sum(axis=1))

    uses = {
        "household": use("HFCE", "NPISH", "DPABR"),
        "government": use("GGFC"),
        "investment": use("GFCF", "INVNT"),
        "export": use("exports_intermediate", "exports_final"),
        "intermediate": flows["domestic"].sum(axis=1),
    }
    total = np.sum(list(uses.values()), axis=0)
    output = use("output")
    home, abroad = use("HFCE"), use("imp_HFCE")
    result = InputOutput(
        domestic_coefficients=_ratio(flows["domestic"], output[None, :]),
        imported_coefficients=_ratio(flows["imported"], output[None, :]),
        output=output,
        value_added=use("value_added"),
        household_share=_ratio(uses["household"], total),
        government_share=_ratio(uses["government"], total),
        investment_share=_ratio(uses["investment"], total),
        export_share=_ratio(uses["export"], total),
        intermediate_share=_ratio(uses["intermediate"], total),
        household_consumption_shares=(home + abroad) / (home + abroad).sum(),
        household_import_share=_ratio(abroad, home + abroad),
        split_sectors=tuple(code for codes in JOINED_SECTORS.values() for code in codes),
        year=column_note("input_output_uses", "*")["vintage"],
    )
    for value in vars(result).values():
        if isinstance(value, np.ndarray):
            value.setflags(write=False)
    return result


def input_output() -> InputOutput:
    """Input-output coefficients and uses of France, 38 sectors (see InputOutput)."""
    return _input_output()


@dataclass(frozen=True, eq=False)
class SizeDistribution:
    """Enterprises and persons employed by NAF section and size class, France.

    sections : NAF letters A to U; classes : persons employed
    enterprise_shares, employment_shares : float64[sections, 5], rows sum to 1
    mean_size : float64[sections, 5], persons per enterprise
    imputed : sections without published classes (A, K, O to U), given the all-sector shape
    Enterprises, not establishments: an enterprise can have many establishments.
    """

    sections: tuple[str, ...]
    classes: tuple[str, ...]
    enterprise_shares: Floats
    employment_shares: Floats
    mean_size: Floats
    imputed: NDArray[np.bool_]


SIZE_CLASS_LABELS: Final = ("1-9", "10-19", "20-49", "50-249", "250+")


@per_folder
def _size_distribution() -> SizeDistribution:
    source = table("size_distribution")
    sections = tuple(dict.fromkeys(code[0] for code in SECTOR_CODES))
    counts = source.matrix(tuple(f"ENTR_{label}" for label in SIZE_CLASS_LABELS))
    persons = source.matrix(tuple(f"EMPN_{label}" for label in SIZE_CLASS_LABELS))
    rows = source.row_index()
    all_counts, all_persons = np.nansum(counts, axis=0), np.nansum(persons, axis=0)
    known = [
        s in rows and bool(np.isfinite(counts[rows[s]] + persons[rows[s]]).all()) for s in sections
    ]
    enterprise = np.array(
        [counts[rows[s]] if k else all_counts for s, k in zip(sections, known, strict=True)]
    )
    employment = np.array(
        [persons[rows[s]] if k else all_persons for s, k in zip(sections, known, strict=True)]
    )
    return SizeDistribution(
        sections=sections,
        classes=SIZE_CLASS_LABELS,
        enterprise_shares=enterprise / enterprise.sum(axis=1, keepdims=True),
        employment_shares=employment / employment.sum(axis=1, keepdims=True),
        mean_size=employment / enterprise,
        imputed=~np.array(known),
    )


def size_distribution() -> SizeDistribution:
    """National shares of enterprises and of persons employed by section and size class."""
    return _size_distribution()


#: Earliest age of a pension, for long careers, and that of the full rate whatever the career [year]
#: (Code de la sécurité sociale, L351-1-1 and L351-8).
RETIREMENT_AGES: Final = (60.0, 67.0)
#: Unemployment by level of qualification relative to the mean, below bac to above bac+2
#: (Insee, enquête Emploi 2022: 12.5 % without diploma, 5 % above bac+2; other levels assumed).
UNEMPLOYMENT_BY_LEVEL: Final = (1.35, 1.05, 0.75, 0.6)


def activity_of_classes() -> tuple[list[float], list[float]]:
    """Shares in work and unemployed at 15-24, 25-39, 40-49, 50-59 and 60-64.

    From `activity_by_age`; 15-24 by residents. *Assumed*: between 40-54 (0.83 in work) and 55-64
    (0.55), most people of 50-59 and few of 60-64 work, and few look for work.
    """
    national = activity_by_age()
    young = {
        kind: 0.52 * national["15-19"][kind] + 0.48 * national["20-24"][kind]
        for kind in ("employed", "unemployed")
    }
    classes = [young, national["25-39"], national["40-54"], national["40-54"], national["55-64"]]
    employed = [row["employed"] for row in classes[:3]]
    unemployed = [row["unemployed"] for row in classes[:4]]
    return [*employed, 0.78, 0.38], [*unemployed, classes[4]["unemployed"] * 0.6]


def activity_by_age() -> dict[str, dict[str, float]]:
    """Shares in work, unemployed (census sense), retired and studying by age, France 2022.

    Source: Insee, census 2022, table POP5 (page 8581721); ages 15-19, 20-24, 25-39, 40-54, 55-64.
    """
    # age: in work, unemployed, retired, studying, all residents of that age
    counts = {
        "15-19": (551_041, 221_214, 0, 3_230_871, 4_179_381),
        "20-24": (2_080_094, 562_391, 0, 960_346, 3_869_753),
        "25-39": (9_601_579, 1_375_963, 4_714, 141_235, 12_147_697),
        "40-54": (10_853_705, 1_024_479, 41_410, 31_413, 13_097_266),
        "55-64": (4_712_905, 504_412, 2_375_464, 3_331, 8_604_567),
    }
    names = ("employed", "unemployed", "retired", "studying")
    return {
        age: {name: part / row[-1] for name, part in zip(names, row[:-1], strict=True)}
        for age, row in counts.items()
    }
