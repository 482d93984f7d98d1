"""What a calibration leaves in its folder: the ensemble, the moments, the parameters, and what
moves what."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import numpy as np

from rebound_sim import __version__
from rebound_sim.calibration.search.implausibility import distance
from rebound_sim.calibration.search.random_designs import Generator, drawn_from
from rebound_sim.calibration.sensitivity.emulator import Emulator, fit_emulator
from rebound_sim.calibration.sensitivity.screening import Screening
from rebound_sim.calibration.sensitivity.variance_shares import VarianceShare, variance_shares
from rebound_sim.calibration.smoother.left_out import (
    OF_SERIES,
    LeftOut,
    left_out,
    weights_without,
)
from rebound_sim.calibration.smoother.posterior import DRAWS, adjusted, draws
from rebound_sim.calibration.smoother.step import quantiles_of, scores_of
from rebound_sim.calibration.smoother.wave_plans import in_first_wave
from rebound_sim.calibration.smoother.waves import Calibration
from rebound_sim.cells import write_cells, write_csv_rows
from rebound_sim.experiment.provenance import git_commit, source_digest
from rebound_sim.parameters.ensemble import Ensemble, write_ensemble

#: Of the generator that orders sets and draws the posterior.
_ORDER = 77
MOMENTS_FILE = "moments.csv"
PARAMETERS_FILE = "parameters.csv"
SHARES_FILE = "variance_shares.csv"
LEFT_OUT_FILE = "left_out.csv"
SETS_FILE = "sets.csv"
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


@dataclass(frozen=True)
class ParameterFit:
    """One parameter over the sets.

    searched   : False for one spread as its prior from the first wave on
    identified : whether a moment moved with it beyond chance, in some wave
    declared, point, lowest, highest : values
    shift, spread : mean and standard deviation over the sets, in normal scores of the prior, the
    mean less the declared value: 0 and 1 are the prior around it, a spread below 1 is what was
    learnt
    """

    parameter: str
    searched: bool
    identified: bool
    declared: float
    point: float
    lowest: float
    highest: float
    shift: float
    spread: float


def parameter_fits(found: Calibration) -> list[ParameterFit]:
    """What the smoother moved and what it left, searched parameters first."""
    problem, sets = found.problem, found.chosen.values
    scores = scores_of(found.chosen.points)
    centre = scores_of(problem.coordinates({}))
    fits = []
    for number, one in enumerate((*problem.searched, *problem.drawn)):
        values = [each[one.full_name] for each in sets]
        column = scores[:, number]
        fits.append(
            ParameterFit(
                one.full_name,
                number < len(problem.searched),
                bool(found.waves[-1].identified[number]),
                one.value,
                values[0],
                min(values),
                max(values),
                float(column.mean() - centre[number]),
                float(column.std(ddof=1)) if len(column) > 1 else float("nan"),
            )
        )
    return fits


def moment_fits(
    found: Calibration, emulators: Sequence[Emulator | None], shares: Sequence[VarianceShare]
) -> list[MomentFit]:
    """Each fitted moment at declared values, at the point and over the ensemble."""
    fits = []
    for number, target in enumerate(found.problem.targets):
        column = found.chosen.moments[:, number]
        known = column[np.isfinite(column)]
        spread = [f(known) if known.size else np.nan for f in (np.mean, np.min, np.max)]
        mean, lowest, highest = (float(value) for value in spread)
        emulator = emulators[number]
        movers = [s.parameter for s in shares if s.moment == target.name and s.total >= 0.1]
        fits.append(
            MomentFit(
                target.name,
                target.value,
                target.low,
                target.high,
                float(found.declared[number]),
                float(column[0]),
                mean,
                lowest,
                highest,
                float(found.reach[number]),
                float("nan") if emulator is None else emulator.quality,
                ", ".join(movers[:4]),
            )
        )
    return fits


def as_ensemble(found: Calibration, about: Mapping[str, Any]) -> Ensemble:
    """The sets kept, with their figures and where they come from. about : command, seed, zones."""
    problem, chosen = found.problem, found.chosen
    rng = drawn_from(int(about.get("seed", 0)), _ORDER)
    order = rng.permutation(len(chosen.values))
    low, high = (np.array([getattr(t, n) for t in problem.targets]) for n in ("low", "high"))
    inside = ((chosen.moments >= low) & (chosen.moments <= high)).sum(axis=1)
    figures = tuple(
        {"wave": float(wave), "inside": float(count), "distance": float(far)}
        for wave, count, far in zip(chosen.waves, inside, distance(chosen.found), strict=True)
    )
    last = found.waves[-1]
    provenance = {
        **about,
        "version": __version__,
        "source_digest": source_digest(),
        "git_commit": git_commit(),
        "date_utc": datetime.now(UTC).isoformat(timespec="seconds"),
        "moments": [target.name for target in problem.targets],
        "searched": list(problem.names),
        "unidentified": [
            one.full_name
            for one, known in zip((*problem.searched, *problem.drawn), last.identified, strict=True)
            if not known
        ],
        "waves": len(found.waves),
        "evaluations": found.evaluations,
        "data_taken_in": last.taken,
        "missed_by_all_members": list(last.missed),
        "second_replication_complete": found.complete,
        "weights_without_series": [
            float(f"{weight:.6g}")
            for weight in weights_without(problem.targets, chosen.moments, found.luck, OF_SERIES)[
                order
            ]
        ],
    }
    return Ensemble(
        tuple(chosen.values[k] for k in order),
        tuple(figures[k] for k in order),
        provenance,
        _posterior(found, rng),
    )


def _posterior(found: Calibration, rng: Generator) -> tuple[dict[str, float], ...]:
    """Draws of the posterior from the members of the last wave that was simulated."""
    problem, last, (points, rows) = found.problem, found.waves[-1], found.last_members
    scores = adjusted(problem.targets, points, rows, found.luck, last.taken, rng)
    made = quantiles_of(draws(scores, last.identified, DRAWS, rng))
    return tuple(problem.values(point) for point in made)


def write_calibration(
    found: Calibration, folder: Path, about: Mapping[str, Any]
) -> tuple[Ensemble, list[MomentFit]]:
    """Write ensemble.csv and .json, posterior.csv, and tables of moments, sets, parameters, shares
    of variance, and of each moment left out. Raises OSError.
    """
    place = in_first_wave(found.problem, found.points)
    emulators = [fit_emulator(place, column) for column in found.rows.T]
    names = [one.full_name for one in (*found.problem.searched, *found.problem.drawn)]
    shares = variance_shares(emulators, names, [target.name for target in found.problem.targets])
    fits = moment_fits(found, emulators, shares)
    ensemble = as_ensemble(found, about)
    _write(folder / PARAMETERS_FILE, parameter_fits(found))
    _write(folder / MOMENTS_FILE, fits)
    _write(folder / SHARES_FILE, shares)
    _write(folder / LEFT_OUT_FILE, left_out_of(found))
    _write_sets(folder / SETS_FILE, found, ensemble)
    write_ensemble(ensemble, folder)
    return ensemble, fits


def left_out_of(found: Calibration) -> list[LeftOut]:
    """Each moment predicted by the members of the last wave, as if it had not been seen."""
    _, rows = found.last_members
    return left_out(found.problem.targets, rows, found.luck, found.waves[-1].taken)


def _write_sets(file: Path, found: Calibration, ensemble: Ensemble) -> None:
    """Moments of each set, in the order of ensemble.csv."""
    place = {tuple(values.values()): row for row, values in enumerate(found.chosen.values)}
    rows = [found.chosen.moments[place[tuple(values.values())]] for values in ensemble.sets]
    names = [target.name for target in found.problem.targets]
    write_cells(file, names, [dict(zip(names, map(float, row), strict=True)) for row in rows])


def write_screening(found: Screening, folder: Path) -> None:
    """Write screening.csv, one row a parameter and moment, and its summary. Raises OSError."""
    figures = (found.mean, found.mean_absolute, found.deviation, found.strength)
    names = ("parameter", "moment", "mean", "mean_absolute", "deviation", "strength", "identified")
    rows = (
        (
            parameter,
            moment,
            *(float(array[row, column]) for array in figures),
            int(found.identified[row, column]),
        )
        for row, parameter in enumerate(found.parameters)
        for column, moment in enumerate(found.moments)
    )
    write_csv_rows(folder / SCREENING_FILE, names, rows, ends="\n")
    summary = {
        "trajectories": found.trajectories,
        "influential": list(found.influential()),
        "unidentified": list(found.unidentified()),
    }
    text = json.dumps(summary, indent=2) + "\n"
    (folder / SCREENING_SUMMARY).write_text(text, encoding="utf-8")


def _write(
    file: Path,
    rows: Iterable[MomentFit | VarianceShare | ParameterFit | LeftOut],
) -> None:
    every = [{n: getattr(row, n) for n in row.__dataclass_fields__} for row in rows]
    if not every:
        return
    write_cells(file, list(every[0]), every)
