"""Stopping when the interval is narrow: the promise of 95 % holds although one looks repeatedly."""

import numpy as np
import pytest

from engine.stub_programme import experiment, run
from rebound_sim.errors import InputError
from rebound_sim.experiment import read_results
from rebound_sim.experiment.sequential import (
    ALPHA,
    confidence_of,
    look_at,
    look_sizes,
    parse_until,
)

OUTCOMES = {"additional_jobs": lambda _results: {}}


def gaps(results):
    """Difference with `none` of each strategy in each replication."""
    panel = results.panel("employment").values.sum(axis=1)[:, :, -1]
    return {name: panel[n] - panel[1] for n, name in enumerate(results.arms) if n > 1}


def test_stopping_on_precision_keeps_the_coverage():
    """Narrow samples by luck stop early; an interval of 95 % at each look would miss too often."""
    rng = np.random.default_rng(20261)
    rule = parse_until("additional_jobs.ci<40%", OUTCOMES)
    covered = []
    for _ in range(1000):
        sample = 1.0 + rng.standard_normal(200)
        for number, size in enumerate(look_sizes(200), start=1):
            look = look_at(rule, {"one": sample[:size]}, number)
            if look.reached:
                break
        assert look.reached
        covered.append(abs(look.estimate - 1.0) < look.half_width)
    # Three standard errors of a proportion of 95 % in 1,000 trials are 2.1 points.
    assert np.mean(covered) > 0.95 - 0.021


def test_looks_are_few_and_spend_the_error_allowed():
    sizes = list(look_sizes(1000))
    assert sizes[0] == 10 and sizes[-1] == 1000 and sizes == sorted(set(sizes))
    assert len(sizes) <= 13
    spent = sum(1 - confidence_of(number) for number in range(1, 10_000))
    assert spent <= ALPHA
    assert list(look_sizes(4)) == [4]


def test_a_run_stops_when_all_strategies_are_known_well_enough(tmp_path):
    options = {"until": "additional_jobs.ci<6000", "measures": {"additional_jobs": gaps}}
    out = run(experiment(), tmp_path / "out", cap=60, **options)
    results = read_results(out)
    manifest = results.manifest
    assert manifest.looks[-1]["reached"] is True
    assert all(look["reached"] is False for look in manifest.looks[:-1])
    assert (
        manifest.requested_replications
        == len(results.replications)
        == manifest.looks[-1]["replications"]
    )
    assert manifest.looks[-1]["half_width"] < 6000 and manifest.complete
    # Resumed with a finer goal, it goes on from there.
    finer = {**options, "until": "additional_jobs[equal].ci<1"}
    run(experiment(), out, cap=25, resume=True, **finer)
    manifest = read_results(out).manifest
    assert manifest.done >= 25 and manifest.looks[-1]["reached"] is False


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("additional_jobs<5%", "not a stopping rule"),
        ("additional_jobs.ci<0%", "not a stopping rule"),
        ("additional_job.ci<5%", "did you mean additional_jobs?"),
        ("additional_jobs[merit, pipelin].ci < 5", "did you mean pipeline?"),
    ],
)
def test_rules_that_are_refused(text, words, tmp_path):
    with pytest.raises(InputError) as caught:
        run(experiment(), tmp_path / "out", until=text, measures={"additional_jobs": gaps})
    assert "--until" in str(caught.value) and words in str(caught.value)
    assert not (tmp_path / "out").exists()
