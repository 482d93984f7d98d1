"""Reference of kernels/files.py: who files for aid, and for how much, one project at a time."""

from kernels.reference.basin import interpreted, uniform
from rebound_sim.rules import aid, projects
from rebound_sim.state.codes import Answer, Stage

aid, projects = interpreted(aid), interpreted(projects)


def sponsor(basin, project):
    """Employees of the sponsor, and whether the firm that invests belongs to a group."""
    group = basin.firms[project.firm].group
    if project.sponsor < 0:
        return projects.ENTRANT_SIZE, group
    return basin.size(basin.firms[project.sponsor]), group


def requests(basin, regional_aid, p):
    """Grant that each sponsor could ask for [EUR]."""
    return [
        aid.grant_asked(*sponsor(basin, project), project.base, regional_aid, p.instruments)
        for project in basin.projects
    ]


def applicants(basin, key, managed, months, regional_aid, p):
    """Grant asked by each project that files this month if there is room, else 0 [EUR]."""
    return [
        asked(basin, k, project, key, managed, months, regional_aid, p)
        for k, project in enumerate(basin.projects)
    ]


def asked(basin, k, project, key, managed, months, regional_aid, p):
    """What one project asks for."""
    if project.grant_answer != Answer.NO_FILE or project.base < p.instruments.minimum_base:
        return 0
    left = project.threshold - project.clock
    ready = project.stage == Stage.MATURE or (
        project.stage == Stage.DETECTED
        and aid.ready_to_file(left, p.projects.maturation, p.instruments)
    )
    if not ready:
        return 0
    firm = basin.firms[project.firm]
    size, group = sponsor(basin, project)
    amount = aid.grant_asked(size, group, project.base, regional_aid, p.instruments)
    helped = managed or project.days_received > 0
    known = managed or project.supported or firm.visited
    u = uniform(key, k, 1)
    if not aid.files_for_aid(u, amount, helped, known, size, months, p.instruments):
        return 0
    short = projects.constraint_probability(float(size), group, p.projects)
    short *= 1.0 - firm.relief
    subsidy = amount / max(float(project.capital), 1.0)
    go = projects.goes_ahead(
        float(project.value), subsidy, subsidy, project.constraint, short, p.projects
    )
    return amount if go else 0
