"""What a calibration leaves in its folder: the ensemble, the moments, and what moves them."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import numpy as np

from rebound_sim import __version__
from rebound_sim.calibration.implausibility import CUT, distance, ranked
from rebound_sim.calibration.screening import Screening
from rebound_sim.calibration.variance_shares import VarianceShare, variance_shares
from rebound_sim.calibration.waves import Calibration
from rebound_sim.experiment.manifest import git_commit, source_digest
from rebound_sim.parameters.ensemble import Ensemble, write_ensemble

MOMENTS_FILE = "moments.csv"
SHARES_FILE = "variance_shares.csv"
SCREENING_FILE = "screening.csv"
SCREENING_SUMMARY = "screening.json"


@dataclass(frozen=True)
class MomentFit:
    """One fitted moment before and after.

    declared : mean at declared values    point : at the calibrated point
    mean, lowest, highest : over the ensemble    reach : least implausibility of any simulated point
    quality : of its emulator, NaN without one    identified_by : parameters that it moves with most
    """

    moment: str
    target: float
    low: float
    high: float
    declared: float
    point: float
    mean: float
    lowest: float
    highest: float
    reach: float
    quality: float
    identified_by: str

    def inside(self, value: float) -> bool:
        """Whether a value lies in the band."""
        return self.low <= value <= self.high


def moment_fits(found: Calibration, shares: Sequence[VarianceShare]) -> list[MomentFit]:
    """Each fitted moment at declared values, at the point and over the ensemble."""
    fits = []
    for number, target in enumerate(found.problem.targets):
        column = found.chosen.moments[:, number]
        known = column[np.isfinite(column)]
        spread = [f(known) if known.size else np.nan for f in (np.mean, np.min, np.max)]
        mean, lowest, highest = (float(value) for value in spread)
        emulator = found.emulators[number]
        movers = [s.parameter for s in shares if s.moment == target.name and s.total >= 0.1]
        fits.append(
            MomentFit(
                target.name, target.value, target.low, target.high,
                float(found.declared[number]), float(column[0]), mean, lowest, highest,
                float(found.reach[number]),
                float("nan") if emulator is None else emulator.quality,
                ", ".join(movers[:4]),
            )
        )  # fmt: skip
    return fits


def as_ensemble(found: Calibration, about: Mapping[str, Any]) -> Ensemble:
    """The sets kept, with their figures and where they come from. about : command, seed, zones."""
    chosen = found.chosen
    worst, far = ranked(chosen.found, chosen.rank), distance(chosen.found)
    figures = tuple(
        {"wave": float(wave), "implausibility": float(i), "distance": float(d)}
        for wave, i, d in zip(chosen.waves, worst, far, strict=True)
    )
    provenance = {
        **about,
        "version": __version__,
        "source_digest": source_digest(),
        "git_commit": git_commit(),
        "date_utc": datetime.now(UTC).isoformat(timespec="seconds"),
        "moments": [target.name for target in found.problem.targets],
        "searched": list(found.problem.names),
        "drawn_from_prior": [one.full_name for one in found.problem.drawn],
        "waves": len(found.waves),
        "evaluations": found.evaluations,
        "cut": CUT,
        "moments_that_may_be_missed": chosen.rank - 1,
        "second_replication_complete": found.complete,
    }
    return Ensemble(chosen.values, figures, provenance)


def write_calibration(
    found: Calibration, folder: Path, about: Mapping[str, Any]
) -> tuple[Ensemble, list[MomentFit]]:
    """Write ensemble.csv, ensemble.json, moments.csv and variance_shares.csv. Raises OSError."""
    shares = variance_shares(
        found.emulators, found.problem.names, [target.name for target in found.problem.targets]
    )
    fits = moment_fits(found, shares)
    ensemble = as_ensemble(found, about)
    _write(folder / MOMENTS_FILE, fits)
    _write(folder / SHARES_FILE, shares)
    write_ensemble(ensemble, folder)
    return ensemble, fits


def write_screening(found: Screening, folder: Path) -> None:
    """Write screening.csv, one row a parameter and moment, and its summary. Raises OSError."""
    with (folder / SCREENING_FILE).open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow(
            ("parameter", "moment", "mean", "mean_absolute", "deviation", "strength", "identified")
        )
        for row, parameter in enumerate(found.parameters):
            for column, moment in enumerate(found.moments):
                figures = (found.mean, found.mean_absolute, found.deviation, found.strength)
                texts = [f"{array[row, column]:.6g}" for array in figures]
                known = int(found.identified[row, column])
                writer.writerow((parameter, moment, *texts, known))
    summary = {
        "trajectories": found.trajectories,
        "influential": list(found.influential()),
        "unidentified": list(found.unidentified()),
    }
    text = json.dumps(summary, indent=2) + "\n"
    (folder / SCREENING_SUMMARY).write_text(text, encoding="utf-8")


def _write(file: Path, rows: Iterable[MomentFit] | Iterable[VarianceShare]) -> None:
    every = [{n: getattr(row, n) for n in row.__dataclass_fields__} for row in rows]
    if not every:
        return
    with file.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, list(every[0]), lineterminator="\n")
        writer.writeheader()
        for row in every:
            writer.writerow({n: f"{v:.6g}" if isinstance(v, float) else v for n, v in row.items()})
