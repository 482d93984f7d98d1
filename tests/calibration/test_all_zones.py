"""Members simulated on few zones are judged on all of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from calibration.analytic import NAMES, TRUTH, Analytic, moments_at, problem
from rebound_sim.calibration.search.evaluations import Budget, opened_evaluations
from rebound_sim.calibration.search.problem import model_problem
from rebound_sim.calibration.smoother.all_zones import added_by_all_zones, measure_centre
from rebound_sim.calibration.smoother.wave_plans import first_wave
from rebound_sim.calibration.smoother.waves import WaveSettings, calibrate
from rebound_sim.calibration.studies import design
from rebound_sim.parameters import PARAMETERS
from rebound_sim.parameters.priors import quantile_of

#: What all zones add, three half-bands: a calibration that ignored it would miss every target.
ADDED = {"sum": 0.15, "gap": -0.15, "wave": 0.15, "product": -0.15}


@dataclass(frozen=True)
class FewZones:
    """The analytic model without what all zones add."""

    everywhere: Analytic

    def __call__(self, values: Mapping[str, float], replication: int) -> dict[str, float]:
        moments = self.everywhere(values, replication)
        return {name: value - ADDED[name] for name, value in moments.items()}


def test_the_truth_of_all_zones_is_found(tmp_path: Path) -> None:
    everywhere = Analytic()
    two = replace(problem(), simulate=FewZones(everywhere), everywhere=everywhere)
    with opened_evaluations(tmp_path / "c", two, resume=False, team=1) as store:
        found = calibrate(store, WaveSettings(60, 12, 4, 1), Budget())
    sets = np.array(
        [
            [quantile_of(PARAMETERS[name], one[name]) for name in NAMES[:3]]
            for one in found.chosen.values
        ]
    )
    assert np.abs(sets.mean(axis=0) - TRUTH).max() < 0.05
    target = np.array(list(moments_at(TRUTH).values()))
    # The sets are judged by moments of all zones.
    assert np.abs(found.chosen.moments.mean(axis=0) - target).max() < 0.05


def test_what_all_zones_add_is_measured_under_the_same_luck(tmp_path: Path) -> None:
    everywhere = Analytic()
    two = replace(problem(), simulate=FewZones(everywhere), everywhere=everywhere)
    wave = first_wave(two, 12, 0)
    with opened_evaluations(tmp_path / "c", two, resume=False, team=1) as store:
        assert not added_by_all_zones(store, [wave]).any()
        measure_centre(store, wave, Budget())
        np.testing.assert_allclose(added_by_all_zones(store, [wave]), list(ADDED.values()))


def test_the_model_has_all_zones_behind_the_few() -> None:
    whole = model_problem()
    zones = {p.partition(":")[0] for _, places in whole.everywhere.places for p in places}
    assert zones == set(design.zones())
    assert model_problem(zones=len(design.zones())).everywhere is None
