"""Aid files: what every project could ask for, which projects file, which start with help.

Reads projects and firms; writes what it is given. Draws: COMMITTEE (one uniform per project).
"""

from __future__ import annotations

from rebound_sim.compilation import compiled
from rebound_sim.rng.draws import uniform_pair
from rebound_sim.rules.aid import files_for_aid, grant_asked, ready_to_file
from rebound_sim.rules.projects import ENTRANT_SIZE, constraint_probability, goes_ahead
from rebound_sim.state.codes import Answer, Stage

_DETECTED = int(Stage.DETECTED)
_MATURE = int(Stage.MATURE)
_DECIDED = int(Stage.DECIDED)
_NO_FILE = int(Answer.NO_FILE)
#: Draw of the stream that decides whether the sponsor files.
_FILES = 1


@compiled
def _sponsor(k, projects, firms):  # type: ignore[no-untyped-def]
    """Employees of the sponsor of project k, and 1 if it belongs to a group."""
    sponsor = projects.sponsor[k]
    size = ENTRANT_SIZE if sponsor < 0 else firms.employment[sponsor]
    return size, firms.group[projects.firm[k]]


@compiled
def requests(projects, firms, regional_aid, p, out):  # type: ignore[no-untyped-def]
    """Grant that the sponsor of each project could ask for. out : int64[projects] EUR, written."""
    for k in range(out.size):
        size, group = _sponsor(k, projects, firms)
        out[k] = grant_asked(size, group, projects.base[k], regional_aid, p)


@compiled
def applicants(projects, firms, key, managed, months, regional_aid, p, finance, out):  # type: ignore[no-untyped-def]
    """Projects that file this month if there is room for them.

    key : stream of the committee    managed : 1 with a project manager    months : since the fund
    opened    p, finance : records of topics `instruments` and `projects`
    out : int64[projects] EUR asked, 0 for those that do not
    A sponsor asks for a grant only for a project that it would carry out with it, and that it is
    ready to start before long.
    """
    for k in range(out.size):
        out[k] = 0
        stage = projects.stage[k]
        if projects.grant_answer[k] != _NO_FILE or projects.base[k] < p.minimum_base:
            continue
        if stage != _MATURE and not (
            stage == _DETECTED
            and ready_to_file(projects.threshold[k] - projects.clock[k], finance.maturation, p)
        ):
            continue
        size, group = _sponsor(k, projects, firms)
        asked = grant_asked(size, group, projects.base[k], regional_aid, p)
        written = managed or projects.days_received[k] > 0.0
        known = managed or projects.supported[k] != 0 or firms.visited[projects.firm[k]] != 0
        if not files_for_aid(uniform_pair(key, k, _FILES), asked, written, known, size, months, p):
            continue
        short = constraint_probability(float(size), group, finance)
        short *= 1.0 - firms.relief[projects.firm[k]]
        subsidy = asked / max(float(projects.capital[k]), 1.0)
        value, constraint = float(projects.value[k]), projects.constraint[k]
        if goes_ahead(value, subsidy, subsidy, constraint, short, finance):
            out[k] = asked


@compiled
def carried_out(rows, amounts, projects, firms, p, out):  # type: ignore[no-untyped-def]
    """Projects, decided or mature, that their sponsors carry out with this money.

    rows : int64[n]    amounts : int64[n] EUR, beside what was granted    p : topic `projects`
    out : bool[n], written. Money is paid per job created: a firm that would not invest all the same
    signs nothing.
    """
    for j in range(rows.size):
        k = rows[j]
        size, group = _sponsor(k, projects, firms)
        short = constraint_probability(float(size), group, p)
        short *= 1.0 - firms.relief[projects.firm[k]]
        capital = max(float(projects.capital[k]), 1.0)
        subsidy = (float(projects.granted[k]) + amounts[j]) / capital
        money = (float(projects.financed[k]) + amounts[j]) / capital
        out[j] = projects.stage[k] == _DECIDED or goes_ahead(
            float(projects.value[k]), subsidy, money, projects.constraint[k], short, p
        )
