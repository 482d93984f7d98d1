"""Study "cases": real closures replayed on the zones as they were."""

from __future__ import annotations

from functools import partial
from typing import Final

import numpy as np

from rebound_sim.arrays import Floats
from rebound_sim.calibration.studies.following import DisplacedJobs, follow
from rebound_sim.calibration.studies.published_cases import (
    CASES,
    IN_WORK,
    LASTING,
    case_at,
    case_file,
    layoffs_of,
)
from rebound_sim.calibration.study import Evidence, Measure, Study, StudyTask, combine_ratio
from rebound_sim.calibration.study import counts as counted
from rebound_sim.model import BasinModel
from rebound_sim.policies import NO_POLICY
from rebound_sim.scenario import Scenario, load_scenario
from rebound_sim.scenario.published import LASTING_MONTHS
from rebound_sim.state.variables import VARIABLES

#: Where displaced people are, as recorded: columns `displaced_<state>` add up to `displaced`.
_RECORDED: Final = tuple(
    outcome.name.removeprefix("displaced_")
    for outcome in VARIABLES
    if outcome.name.startswith("displaced_") and outcome.meaning.startswith("of whom")
)
#: The same, with fixed-term contracts in two: those of six months or more, and shorter ones.
STATES: Final = (*_RECORDED, "short_fixed_term")
#: States of those who are still followed: published counts follow people wherever they live, the
#: model loses those who move out, who are left out of both sides.
FOLLOWED: Final = np.array([state != "left" for state in STATES])


def _world(place: str) -> Scenario:
    return load_scenario(case_file(place) if place in CASES else place)


def simulate(task: StudyTask) -> Evidence:
    """One case under the measures taken; and without closure, where a gap was published.

    Leaves, from the month of the layoffs on, `states` float[months, states] (displaced people),
    `gap` float[months] [point], and the shares of the table of moments as (part, whole).
    """
    scenario, case = _world(task.place), case_at(task.place)
    arms = [(scenario.policy.name, True)]
    if case.gaps:
        arms.append((NO_POLICY, False))
    paths, jobs = [], DisplacedJobs(layoffs_of(scenario))
    for policy, closes in arms:
        model = BasinModel(
            scenario, policy, task.seed, task.replication, closes, parameters=task.parameters
        )
        paths.append(follow(model, (jobs,) if closes else ()).recorder.trajectory())
    after = paths[0]["month"] >= layoffs_of(scenario)
    columns = {state: paths[0][f"displaced_{state}"][after] for state in _RECORDED}
    columns["short_fixed_term"] = jobs.short_contracts(LASTING_MONTHS)
    columns["fixed_term"] = columns["fixed_term"] - columns["short_fixed_term"]
    people = np.stack([columns[state] for state in STATES], axis=1)
    evidence: dict[str, Floats] = {"states": people.astype(np.float64)}
    if case.gaps:
        rates = [path["unemployment_rate"][after] for path in paths]
        evidence["gap"] = np.asarray(rates[0] - rates[1])
    for count in case.counts:
        if count.moment:
            row = people[count.months]
            part = sum(row[STATES.index(state)] for state in count.states)
            evidence[count.moment] = counted(float(part), float(row[FOLLOWED].sum()))
    return evidence


def study_of(path: str) -> Study:
    """The study of one user's case. path : of its world file"""
    return Study("case", "A closure on its zone as it was", partial(tuple, (path,)), simulate)


STUDY: Final = Study(
    "cases", "Real closures on the zones as they were", partial(tuple, CASES), simulate
)
_COUNTED: Final = {
    IN_WORK: "in work, own business and jobs outside the zone included",
    LASTING: "the same but fixed-term contracts of less than six months, as officially counted",
    ("permanent",): "on a permanent contract",
}
_SHARED = "people laid off, retired or not, but those moved out; zone and cycle as they were"
MEASURES: Final = tuple(
    Measure(
        count.moment,
        "cases",
        combine_ratio,
        f"{case.title}: {_COUNTED[count.states]}, {count.months} months after the layoffs, "
        f"over all {_SHARED}",
    )
    for case in CASES.values()
    for count in case.counts
    if count.moment
)
