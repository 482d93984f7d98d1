"""Posts of projects ask their own level: where few people have it, they are staffed later."""

import numpy as np
import pytest

from rebound_sim.kernels.vacancies import place_vacancies
from rebound_sim.model import BasinModel
from rebound_sim.rng.keys import run_keys
from rebound_sim.state.codes import FirmKind, FirmState, Stage
from worlds import scenario, state_of

LEVELS = {"low": [0.85, 0.09, 0.04, 0.02], "high": [0.02, 0.04, 0.09, 0.85]}
MONTHS = 12
JOBS = 6
SEEDS = range(16)


def open_post_months(shares, level):
    """Months that posts stayed open in firms whose project of six jobs asks `level`, by seed."""
    return np.array([open_post_months_of(shares, level, seed) for seed in SEEDS], float)


def open_post_months_of(shares, level, seed):
    made = scenario(residents=1500, months=MONTHS).model_dump(mode="json")
    made["basin"]["synthetic"]["qualification_shares"] = shares
    world = type(scenario()).model_validate(made)
    model = BasinModel(world, "none", seed=seed, parameters={"projects.own_level": 1.0})
    projects, firms = model.state.projects, model.state.firms
    local = (projects.stage == Stage.LATENT) & (projects.sponsor >= 0)
    sponsors, first = np.unique(projects.sponsor[local], return_index=True)
    rows = np.flatnonzero(local)[first]
    assert sponsors.size > 10
    projects.stage[rows] = Stage.PERMITTED
    projects.since[rows] = 0
    projects.build_months[rows] = 0
    projects.ramp_months[rows] = 1
    projects.jobs[rows] = JOBS
    projects.delivery[rows] = 1.0
    projects.qualification[rows] = level
    waiting = 0
    for _ in range(MONTHS):
        model.advance()
        waiting += int(np.maximum(firms.desired[sponsors] - firms.employment[sponsors], 0).sum())
    return waiting


@pytest.mark.parametrize("plenty", ["low", "high"])
def test_posts_that_ask_a_scarce_level_are_filled_later(plenty):
    common, scarce = (0, 3) if plenty == "low" else (3, 0)
    shares = LEVELS[plenty]
    # Same luck for both. Employability counts beside qualification, so that the highest level, in
    # nearly all hands, is waited for 6 % less only: the sign is asked for beyond luck, not a size.
    later = open_post_months(shares, scarce) - open_post_months(shares, common)
    assert later.mean() > 2.0 * later.std(ddof=1) / np.sqrt(later.size)


def test_only_posts_of_projects_ask_their_level():
    """A firm's vacancies ask the project's level for its open posts, the sector's mix beyond."""
    state = state_of(scenario(residents=800))
    firms = state.firms
    open_ = (firms.state == FirmState.OPEN) & (firms.kind == FirmKind.ORDINARY)
    rows = np.flatnonzero(open_)
    keys = run_keys(1, 0, "textbook")
    firms.desired[rows] = firms.employment[rows] + 8
    firms.vacancies[rows] = 8

    def asked():
        ring = place_vacancies(firms, state.market, 0, firms.state.size, keys.ring, keys.skill)
        return dict(zip(zip(ring.firm, ring.word, strict=True), ring.level, strict=True))

    usual = asked()
    firms.project_level[rows] = 3
    assert asked() == usual
    firms.project_posts[rows[0]] = 8.0
    with_one = asked()
    changed = {firm for (firm, word), level in with_one.items() if usual[firm, word] != level}
    assert changed <= {rows[0]}
    assert [level for (firm, _), level in with_one.items() if firm == rows[0]] == [3] * 8
    firms.project_posts[rows] = 4.0
    half = asked()
    assert 0.4 < np.mean([level == 3 for level in half.values()]) < 0.85
