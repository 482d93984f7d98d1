"""Relatedness of sectors: an assumed proxy for how easily skills move from one to another.

No table of job changes between sectors is shipped, so the proxy combines three public traces:
what sectors buy and sell (similar inputs, similar customers), where they are (co-location over
the mainland zones, Hidalgo et al. 2007), and their place in the nomenclature. docs/data.md says
what it gets right and wrong.
"""

from __future__ import annotations

from typing import Final

import numpy as np

from rebound_sim.arrays import Floats
from rebound_sim.data.sectors import (
    INPUT_OUTPUT_SECTORS,
    JOINED_SECTORS,
    SECTOR_CODES,
    SECTORS,
    Sector,
)
from rebound_sim.data.tables import per_folder, table

# Assumed: the nomenclature groups like occupations, so it weighs as much as the other two traces;
# co-location also reflects city size and amenities, so it weighs least.
WEIGHTS: Final = {"linkages": 0.3, "colocation": 0.2, "hierarchy": 0.5}
# Assumed: closeness by place in the nomenclature. A17 groups unlike industries in C5, so
# manufacturing sectors count as close only within C3 (electronics, electrical, machinery).
CLOSE: Final = 0.9
MANUFACTURING: Final = 0.6
SAME_A10: Final = 0.4


def _cosine(rows: Floats) -> Floats:
    length = np.linalg.norm(rows, axis=1)
    unit = np.divide(rows, length[:, None], out=np.zeros_like(rows), where=length[:, None] > 0)
    return np.asarray(unit @ unit.T)


def _linkage_similarity() -> Floats:
    """Mean cosine similarity of purchase structures and of customer structures, float64[38, 38]."""
    flows = np.sum(
        [
            table(f"input_output_{kind}").matrix(INPUT_OUTPUT_SECTORS)
            for kind in ("domestic", "imported")
        ],
        axis=0,
    )
    np.fill_diagonal(flows, 0.0)
    # Products that everyone buys (energy, trade, business services) say little about kinship: a
    # purchase counts by how far its share exceeds the share of the average buyer.
    buys = flows / np.maximum(flows.sum(axis=0, keepdims=True), 1e-9)
    sells = flows / np.maximum(flows.sum(axis=1, keepdims=True), 1e-9)
    usual_buys = flows.sum(axis=1, keepdims=True) / flows.sum()
    usual_sells = flows.sum(axis=0, keepdims=True) / flows.sum()
    purchases = np.log1p(buys / np.maximum(usual_buys, 1e-9))
    customers = np.log1p(sells / np.maximum(usual_sells, 1e-9))
    similar = (_cosine(purchases.T) + _cosine(customers)) / 2
    place = {
        code: row
        for row, name in enumerate(INPUT_OUTPUT_SECTORS)
        for code in JOINED_SECTORS.get(name, (name,))
    }
    # UZ is absent from the table: no evidence, no similarity.
    rows = [place.get(code, -1) for code in SECTOR_CODES]
    padded = np.pad(similar, ((0, 1), (0, 1)))
    return np.asarray(padded[np.ix_(rows, rows)])


def _colocation() -> Floats:
    """Hidalgo proximity: least conditional probability of being both specialised (LQ > 1)."""
    jobs = table("salaried_jobs").matrix(SECTOR_CODES)
    mainland = np.array([bool(rate) for rate in table("zones").columns["employment_rate"]])
    codes = table("zones").columns["code"]
    rows = table("salaried_jobs").row_index()
    jobs = jobs[[rows[code] for code, keep in zip(codes, mainland, strict=True) if keep]]
    shares = jobs / jobs.sum(axis=1, keepdims=True)
    usual = jobs.sum(axis=0) / jobs.sum()
    specialised = (shares > usual).astype(np.float64)
    together = specialised.T @ specialised
    count = np.diag(together)
    most = np.maximum(count[:, None], count[None, :])
    return np.asarray(np.divide(together, most, out=np.zeros_like(together), where=most > 0))


def _nomenclature_closeness(one: Sector, other: Sector) -> float:
    if one.section == other.section:
        narrow = not one.manufacturing or one.a17 == other.a17 == "C3"
        return CLOSE if narrow else MANUFACTURING
    return SAME_A10 if one.a10 == other.a10 else 0.0


def _hierarchy() -> Floats:
    size = len(SECTORS)
    closeness = np.zeros((size, size))
    for i, one in enumerate(SECTORS):
        for j, other in enumerate(SECTORS):
            closeness[i, j] = _nomenclature_closeness(one, other)
    return closeness


def _rescaled(values: Floats) -> Floats:
    """Off-diagonal values stretched to [0, 1] between their 5th and 95th percentiles."""
    inside = values[~np.eye(len(values), dtype=bool)]
    low, high = np.percentile(inside, [5, 95])
    return np.asarray(np.clip((values - low) / (high - low), 0, 1))


@per_folder
def _relatedness() -> Floats:
    mixed = (
        WEIGHTS["linkages"] * _rescaled(_linkage_similarity())
        + WEIGHTS["colocation"] * _rescaled(_colocation())
        + WEIGHTS["hierarchy"] * _hierarchy()
    )
    result = (mixed + mixed.T) / 2
    np.fill_diagonal(result, 1.0)
    result.setflags(write=False)
    return np.asarray(result)


def relatedness() -> Floats:
    """Assumed relatedness of sectors, float64[38, 38] in [0, 1], symmetric, 1 on the diagonal."""
    return _relatedness()
