"""Phase "projects": stages that firms and time decide, without the public side.

Reads projects, firms. Writes project cells, firms.project_jobs and posts, shield, exposure, state
of new plants. Draws: STAGE (fixed uniforms by project and stage, without a month: the same luck
under every policy, so public help can only bring dates forward or open a stage).
"""

from __future__ import annotations

import math

from rebound_sim.compilation import compiled
from rebound_sim.rng.draws import uniform_pair
from rebound_sim.rules import projects as rules
from rebound_sim.state.codes import Answer, FirmState, ProjectKind, Stage

_UNBORN = int(Stage.UNBORN)
_LATENT = int(Stage.LATENT)
_DETECTED = int(Stage.DETECTED)
_MATURE = int(Stage.MATURE)
_DECIDED = int(Stage.DECIDED)
_PERMITTED = int(Stage.PERMITTED)
_BUILT = int(Stage.BUILT)
_OPERATING = int(Stage.OPERATING)
_ABANDONED = int(Stage.ABANDONED)
_WAITING = int(Answer.WAITING)
_FIRM_LATENT = int(FirmState.LATENT)
_FIRM_OPEN = int(FirmState.OPEN)
_FIRM_CLOSED = int(FirmState.CLOSED)
_DIVERSIFICATION = int(ProjectKind.DIVERSIFICATION)
_DECISION, _RECONSIDER, _GIVE_UP, _DETECTION = 20, 21, 22, 23


@compiled
def _wait(key, p, code, rate):  # type: ignore[no-untyped-def]
    """Fixed exponential waiting time [month] of project p for one event."""
    if rate <= 0.0:
        return 1.0e9
    return -math.log(uniform_pair(key, p, code)) / rate


@compiled
def latency_left(k, t, projects, key, p):  # type: ignore[no-untyped-def]
    """Months until the sponsor of latent project k would start on it by itself.

    key : STAGE key without a month    p : projects record. Returns float [month], whole and ≥ 0.
    """
    waits = math.ceil(_wait(key, k, _DETECTION, p.detection))
    return max(waits - float(t - projects.since[k]), 0.0)


@compiled
def turned_down(rows, t, projects, key, p, out):  # type: ignore[no-untyped-def]
    """Whether sponsors of mature projects have looked at them and have not gone ahead.

    rows : int64[n]    key : STAGE key without a month    p : projects record
    out : bool[n], written.
    """
    for j in range(rows.size):
        k = rows[j]
        out[j] = t - projects.since[k] > math.ceil(_wait(key, k, _DECISION, p.decision))


@compiled
def enter_stage(k, stage, t, projects):  # type: ignore[no-untyped-def]
    """Move project k to a stage, dated."""
    projects.stage[k] = stage
    projects.since[k] = t
    projects.clock[k] = 0.0


@compiled
def _abandoned_at(k, stage, key, probability):  # type: ignore[no-untyped-def]
    return uniform_pair(key, k, stage) < probability


@compiled
def _decide(k, t, key, projects, firms, p):  # type: ignore[no-untyped-def]
    """Private decision on a mature project.

    Works may start as soon as the file is lodged (incentive effect, Regulation (EU) 651/2014,
    article 6): only a project that would not go ahead without the grant waits for the answer.
    """
    months = t - projects.since[k]
    first = _wait(key, k, _DECISION, p.decision)
    if months < first:
        return
    sponsor = projects.sponsor[k]
    size = 50.0 if sponsor < 0 else float(firms.employment[sponsor])
    short = rules.constraint_probability(size, firms.group[projects.firm[k]], p)
    short *= 1.0 - firms.relief[projects.firm[k]]
    capital = max(float(projects.capital[k]), 1.0)
    subsidy, money = projects.granted[k] / capital, projects.financed[k] / capital
    if rules.goes_ahead(projects.value[k], subsidy, money, projects.constraint[k], short, p):
        projects.decided_month[k] = t
        enter_stage(k, _DECIDED, t, projects)
        return
    if projects.grant_answer[k] == _WAITING:
        return
    later = _wait(key, k, _RECONSIDER, p.reconsider)
    never = _wait(key, k, _GIVE_UP, p.give_up)
    if months >= first + min(later, never):
        if later < never:
            projects.decided_month[k] = t
            enter_stage(k, _DECIDED, t, projects)
        else:
            enter_stage(k, _ABANDONED, t, projects)


@compiled
def _open_capacity(k, t, projects, firms, p):  # type: ignore[no-untyped-def]
    """Jobs of a built project, growing over the ramp; most of its posts ask its own level."""
    f = projects.firm[k]
    if firms.state[f] == _FIRM_LATENT:
        firms.state[f] = _FIRM_OPEN
        firms.born[f] = t
    jobs = rules.ramp_jobs(
        projects.jobs[k] * projects.delivery[k], t - projects.since[k], projects.ramp_months[k]
    )
    opened = jobs - projects.capacity[k]
    firms.project_jobs[f] += opened
    firms.project_posts[f] += p.own_level * opened
    firms.project_level[f] = projects.qualification[k]
    projects.capacity[k] = jobs


@compiled
def _build(k, t, key, projects, firms, p):  # type: ignore[no-untyped-def]
    """Permits, building, ramp."""
    stage = projects.stage[k]
    months = t - projects.since[k]
    if stage == _DECIDED and months >= projects.permit_months[k]:
        gone = _abandoned_at(k, stage, key, p.abandon_permits)
        enter_stage(k, _ABANDONED if gone else _PERMITTED, t, projects)
    elif stage == _PERMITTED and months >= projects.build_months[k]:
        gone = _abandoned_at(k, stage, key, p.abandon_build)
        enter_stage(k, _ABANDONED if gone else _BUILT, t, projects)
        if not gone:
            _open_capacity(k, t, projects, firms, p)
            if projects.kind[k] == _DIVERSIFICATION:
                f = projects.firm[k]
                firms.exposure[f] *= 1.0 - p.diversification_shield
                firms.shield[f] += (1.0 - firms.shield[f]) * p.diversification_shield
    elif stage == _BUILT:
        _open_capacity(k, t, projects, firms, p)
        if months + 1 >= projects.ramp_months[k]:
            projects.operating_month[k] = t
            projects.stage[k] = _OPERATING


@compiled
def progress(projects, firms, key, t, manager, p, manager_factor):  # type: ignore[no-untyped-def]
    """One month of every project.

    key : STAGE key without a month    manager : 1 with a territorial project manager
    p : projects record    manager_factor : natural maturation with a manager, relative.
    """
    for k in range(projects.rows):
        stage = projects.stage[k]
        if stage == _ABANDONED or (stage == _UNBORN and t < projects.born[k]):
            continue
        if firms.state[projects.firm[k]] == _FIRM_CLOSED:
            projects.capacity[k] = 0.0
            if stage < _BUILT:
                enter_stage(k, _ABANDONED, t, projects)
            else:
                projects.stage[k] = _OPERATING
            continue
        if stage == _OPERATING:
            continue
        if stage == _UNBORN:
            enter_stage(k, _LATENT, t, projects)
        elif stage == _LATENT:
            if latency_left(k, t, projects, key, p) <= 0.0:
                gone = _abandoned_at(k, _LATENT, key, p.abandon_latent)
                enter_stage(k, _ABANDONED if gone else _DETECTED, t, projects)
                if not gone:
                    projects.detected_month[k] = t
        elif stage == _DETECTED:
            projects.clock[k] += p.maturation * (manager_factor if manager > 0.0 else 1.0)
            if projects.clock[k] >= projects.threshold[k]:
                gone = _abandoned_at(k, _DETECTED, key, p.abandon_detected) or (
                    projects.public_detection[k] == 1
                    and _abandoned_at(k, _LATENT, key, p.abandon_latent)
                )
                enter_stage(k, _ABANDONED if gone else _MATURE, t, projects)
        elif stage == _MATURE:
            _decide(k, t, key, projects, firms, p)
        else:
            _build(k, t, key, projects, firms, p)
