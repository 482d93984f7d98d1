"""Files of a study of drivers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict
from typing import Any

import numpy as np

from rebound_sim import __version__
from rebound_sim.decision.drivers.study import DriversStudy, words
from rebound_sim.decision.setting import Setting


def driver_rows(study: DriversStudy) -> Iterator[dict[str, Any]]:
    """One row a parameter, the strongest first, with the levels of chance beside."""
    shares = dict(zip(study.shared.names, study.shared.effects.tolist(), strict=True))
    checks = {check.parameter: check for check in study.checks}
    for driver in study.drivers:
        check = checks.get(driver.parameter)
        yield {
            "study": study.what,
            "parameter": driver.parameter,
            "correlation": driver.correlation,
            "first_order": driver.first_order,
            "shapley": shares.get(driver.parameter, float("nan")),
            "delta": check.delta if check else float("nan"),
            "pawn": check.pawn if check else float("nan"),
            "above_chance": "yes" if driver.above_chance else "no",
            "inert_correlation": study.inert.correlation,
            "inert_correlation_of_all": study.inert.correlation_of_all,
            "inert_first_order": study.inert.first_order,
            "inert_first_order_of_all": study.inert.first_order_of_all,
            "inert_shapley": study.shared.inert,
            "worlds": study.worlds,
        }


def record(studies: Sequence[DriversStudy], setting: Setting) -> dict[str, Any]:
    """One object ready for JSON, infinite bounds as nothing. setting : of the comparison."""
    return {
        "setting": setting.record(),
        "version": __version__,
        "studies": [_one(study) for study in studies],
    }


def _one(study: DriversStudy) -> dict[str, Any]:
    box = None if study.box is None else asdict(study.box) | {"found": study.box.found}
    if box is not None:
        for bound in box["bounds"]:
            bound |= {side: _finite(bound[side]) for side in ("low", "high")}
    return {
        "what": study.what,
        "first": study.first,
        "second": study.second,
        "event": study.event,
        "parameters": len(study.drivers),
        "plane": _plane(study),
        "worlds": study.worlds,
        "sentences": words(study),
        "drivers": list(driver_rows(study))[:20],
        "box": box,
        "tree": [asdict(leaf) for leaf in study.tree],
    }


def _plane(study: DriversStudy) -> dict[str, Any] | None:
    """Worlds by two parameters, for the picture of the box."""
    if len(study.axes) < 2:
        return None
    return {
        "parameters": list(study.axes),
        "x": study.plane[:, 0].tolist(),
        "y": study.plane[:, 1].tolist(),
        "happens": study.happens.tolist(),
    }


def _finite(value: float) -> float | None:
    return float(value) if np.isfinite(value) else None
