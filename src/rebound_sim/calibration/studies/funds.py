"""Study "funds": missions, grants and agreements after a closure, against doing nothing."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from rebound_sim.arrays import Floats
from rebound_sim.calibration.measures import barometer
from rebound_sim.calibration.measures import projects as measures
from rebound_sim.calibration.studies import design, regional_fund
from rebound_sim.calibration.studies.following import Snapshots, follow
from rebound_sim.calibration.studies.shared import (
    SIX_YEARS_LATER,
    SIZE_DATES,
    THREE_YEARS_LATER,
    YEAR_STARTS,
    Address,
    ClosingSite,
    branch,
    closing_site,
)
from rebound_sim.calibration.study import Evidence, Study, StudyTask, counts
from rebound_sim.data.national import input_output
from rebound_sim.data.sectors import SECTORS
from rebound_sim.model import BasinModel
from rebound_sim.parameters import PARAMETERS
from rebound_sim.policies import Policy, load_policy
from rebound_sim.policies.instruments import Grants
from rebound_sim.state.codes import FirmState, Support

_PLANNED_MONTHS = 36  # firms visited plan their investment "within two or three years" (Douaisis)
_SMALL = 50  # Criscuolo et al.: firms below 50 employees
_MANUFACTURING = np.array([sector.manufacturing for sector in SECTORS])
_SCHEME_MONTHS = 84
_POINTS = 0.10
#: Money for every file and seven years of calls: a scheme, not a one-off fund.
_SCHEME = Policy(
    name="scheme",
    grants=Grants(envelope_eur=10_000_000_000, start_month=0, duration_months=_SCHEME_MONTHS),
)
_INDUSTRIAL = np.array([sector.industrial for sector in SECTORS])
_MISSION = "mission_alone"
#: Missions measured at a point: one finds few large projects, which hold half of its investment.
_MISSIONS = 4
_MISSION_MONTHS = 8  # of a run that only a mission is read from: its visits end in month 5
#: Addresses of their luck, far from those of replications.
_OTHER_LUCK = 100_000
_RATES = ("asked_rate", "ceiling_small", "ceiling_medium", "ceiling_large")


def industrial_value_added(zone: str) -> float:
    """Value added of a zone's industry [EUR/year]: its jobs at the national figure a job.

    The input-output table is in million USD of 2014, taken as euros of today: 1.33 USD a euro then
    and the growth of nominal value added since are of the same size (assumed).
    """
    national = input_output().value_added[_INDUSTRIAL].sum() * 1e6
    return float(national) * regional_fund.share_of_industry(zone)


def simulate(task: StudyTask) -> Evidence:
    """A closure under three policies, and none, ten years, same random numbers; a fund without.

    The fund that published effects judge stands alone, where no site closes: their schemes had no
    agreement of a closing group beside them (the duty dates from the law of 17 January 2002, the
    French grants judged from 1996-2004, the others are Italian), and the agreement of the law pays
    for the same projects.
    """
    site = closing_site(Address.of(task, design.largest_sector(task.place, True)))
    runs, sizes = {"none": site.closed}, {"none": _employment(site.sizes)}
    for policy in ("rebond", mission_alone(), "revitalisation"):
        taken = Snapshots(SIZE_DATES, firms=("employment",))
        run = follow(branch(site.start, policy), (taken,))
        runs[run.policy.name], sizes[run.policy.name] = run, _employment(taken.taken)
    projects = runs["none"].state.projects._asdict()
    evidence: dict[str, Floats] = measures.durations(projects) | _missions(task, runs["rebond"])
    evidence["mission_started_3y"] = measures.started_within(
        runs["rebond"].state.projects._asdict(), _PLANNED_MONTHS
    )
    evidence |= _undisturbed(site)
    evidence["project_investment"] = measures.investment_rate(
        projects, design.BURN_IN, design.TEN_YEARS / 12, industrial_value_added(task.place)
    )
    evidence |= _fund(site)
    evidence |= regional_fund.recovery(task)
    evidence["advised_firms_3y"] = measures.advised_firms(
        runs[_MISSION].state.firms.visited == 1,
        sizes[_MISSION][THREE_YEARS_LATER],
        sizes["none"][THREE_YEARS_LATER],
    )
    return evidence | _agreement(runs["revitalisation"])


def mission_alone() -> Policy:
    """The engineering of `rebond`, without its grants."""
    return Policy(name=_MISSION, engineering=load_policy("rebond").engineering)


def _employment(taken: dict[int, dict[str, NDArray[Any]]]) -> dict[int, NDArray[Any]]:
    return {month: copy["firm_employment"] for month, copy in taken.items()}


def _undisturbed(site: ClosingSite) -> dict[str, Floats]:
    """Sites opened and extended with neither closure nor policy, burn-in included."""
    first, run = site.first_firms, site.kept
    opened = first["state"] == int(FirmState.OPEN)
    sites = barometer.manufacturing_sites(first["sector"][opened], first["employment"][opened])
    projects = run.state.projects._asdict()
    sizes = np.array([site.yearly.taken[month]["firm_employment"] for month in YEAR_STARTS])
    firms = run.state.firms._asdict() | {"first_size": first["scale"]}
    return barometer.rates(
        barometer.openings(projects, firms, 0),
        barometer.extensions(projects, sizes, 0),
        sites,
        run.months / 12,
    )


def _missions(task: StudyTask, run: BasinModel) -> dict[str, Floats]:
    """What the mission of `run` finds, and those of the same zone under other lucks: sums."""
    world = design.world(task.place, _MISSION_MONTHS, design.largest_sector(task.place, True))
    evidence = _mission(run)
    for luck in range(1, _MISSIONS):
        other = BasinModel(
            world,
            mission_alone(),
            seed=task.seed,
            replication=task.replication + luck * _OTHER_LUCK,
            parameters=task.parameters,
        ).run()
        for name, sums in _mission(other).items():
            evidence[name] = evidence[name] + sums
    return evidence


def _mission(run: BasinModel) -> dict[str, Floats]:
    latest = run.recorder.latest()
    return measures.mission_yield(
        run.state.projects._asdict(),
        int(latest["projects_found_publicly"]),
        int(latest["firms_visited"]),
    )


def _fund(site: ClosingSite) -> dict[str, Floats]:
    """A fund where no site closes, against nothing."""
    taken = Snapshots(SIZE_DATES, firms=("employment",))
    run = follow(branch(site.start, "money_only", closes=False), (taken,))
    sizes, projects = _employment(taken.taken), run.state.projects._asdict()
    without = _employment(site.yearly.taken)
    evidence = measures.additional_jobs(
        projects,
        run.capacity_opened(),
        site.kept.capacity_opened(),
        Support.GRANT,
        float(regional_fund.kept(run)[-1]),
    )
    evidence["law488"] = measures.marginal_winners(
        projects, sizes[0], sizes[SIX_YEARS_LATER], without[SIX_YEARS_LATER]
    )
    return evidence


def _agreement(run: BasinModel) -> dict[str, Floats]:
    projects = run.state.projects
    helped = (projects.supported & int(Support.REVITALISATION)) != 0
    committed = run.ledger["revitalisation"].committed
    return {
        "revital_cost": counts(committed / 1000.0, projects.jobs[helped].sum()),
        "revital_delivered": counts(
            run.capacity_opened()[helped].sum(), run.state.sites[0].jobs_at_announcement
        ),
    }


def simulate_scheme(task: StudyTask) -> Evidence:
    """A permanent scheme that pays every eligible file, at two rates of aid 10 points apart."""
    world = design.world(task.place, _SCHEME_MONTHS)
    small: NDArray[np.bool_] | None = None
    jobs = []
    for points in (0.0, _POINTS):
        model = BasinModel(
            world,
            _SCHEME,
            seed=task.seed,
            replication=task.replication,
            parameters={**task.parameters, **_raised(task, points)},
        )
        if small is None:
            firms = model.state.firms
            small = (firms.state == int(FirmState.OPEN)) & (firms.scale < _SMALL)
            small &= _MANUFACTURING[np.minimum(firms.sector, 37)]
        follow(model)
        jobs.append(float(model.state.firms.employment[small].sum()))
    return {"rsa_small": counts(jobs[1] - jobs[0], jobs[0])}


def _raised(task: StudyTask, points: float) -> dict[str, float]:
    """Rates of aid raised by some points, within what their declaration admits."""
    raised = {}
    for name in (f"instruments.{rate}" for rate in _RATES):
        declared = PARAMETERS[name]
        value = task.parameters.get(name, declared.value) + points
        raised[name] = min(value, declared.high)
    return raised


STUDY = Study(
    "funds",
    "a closure with a mission, a fund or an agreement, ten years",
    lambda: design.zones(),
    simulate,
)
SCHEME = Study(
    "scheme",
    "rates of investment aid 10 points apart, seven years",
    lambda: design.zones(),
    simulate_scheme,
)
