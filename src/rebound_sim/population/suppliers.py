"""Which local firms sell to the closing site, and how much of their sales."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from rebound_sim.rng.draws import uniforms
from rebound_sim.state.codes import FirmKind, FirmState


def expose_suppliers(
    firms: Any, jobs: int, purchases: npt.NDArray[np.float64], key: np.uint64, p: Any
) -> None:
    """Write firms.exposure: local purchases of the site, concentrated on a few suppliers.

    jobs : jobs of the site    purchases : float64[38], local jobs of each sector that one job of
    the site feeds    p : `closure` record. In each sector, firms are taken in the order of a hash
    until their exposed jobs add up; the last takes the rest.
    """
    open_ = (firms.state == FirmState.OPEN) & (firms.kind == FirmKind.ORDINARY)
    for sector in range(purchases.size):
        needed = jobs * purchases[sector]
        rows = np.flatnonzero(open_ & (firms.sector == sector))
        if needed < 0.5 or rows.size == 0:
            continue
        order = rows[np.argsort(uniforms(key, rows, 30))]
        for f in order:
            room = p.supplier_exposure - firms.exposure[f]
            part = min(needed, room * firms.employment[f])
            if part > 0.0:
                firms.exposure[f] += part / firms.employment[f]
                needed -= part
            if needed <= 0.0:
                break
