"""Results of a programme with known effects, in memory, as the store would give them."""

import numpy as np

from rebound_sim.data.directory import zone_names
from rebound_sim.experiment.euros import EUROS
from rebound_sim.experiment.panel import DIMENSIONS, Panel
from rebound_sim.policies.ledger import KINDS
from rebound_sim.state.results import SimulationResult
from rebound_sim.state.variables import PROJECT_VARIABLES, VARIABLE_NAMES
from rebound_sim.statistics.comparable import comparable
from rebound_sim.statistics.panels import Panels

JOBS, SITE, LAYOFFS, START = 40_000, 600, 12, 6
ENVELOPE = {"engineering": 1_000_000, "grants": 9_000_000}


def programme(
    gains,
    *,
    replications=8,
    zones=("0051", "0052", "0053", "0054"),
    controls=0,
    months=120,
    noise=10.0,
    common=400.0,
    seed=0,
    failed=None,
    missing=(),
):
    """Panels whose strategies gain known jobs in each zone.

    gains : strategy -> additional jobs by zone (one number for all, or one each)
    common : deviation of the luck shared by all arms; noise : of that of each arm
    failed : strategy -> {replication: error}    missing : (strategy, replication) not simulated
    """
    failed = failed or {}
    arms = ("no_shock", "none", *gains)
    shape = (len(arms), len(zones), replications, months)
    luck = np.random.default_rng(seed)
    time = np.arange(months)
    shared = luck.normal(0, common, shape[1:3])[np.newaxis, :, :, np.newaxis]
    own = luck.normal(0, noise, shape[:3])[..., np.newaxis] * (time > START)
    lost = np.array([SITE] * (len(zones) - controls) + [0] * controls)
    closed = lost[:, np.newaxis] * (1 - 0.5 * (1 - np.exp(-(time - LAYOFFS) / 40)))
    closed = closed * (time >= LAYOFFS)
    jobs = JOBS + np.broadcast_to(shared, shape) + own
    ramp = np.clip((time - 24) / 36, 0, 1)
    for row, arm in enumerate(arms):
        if arm != "no_shock":
            jobs[row] -= closed[:, np.newaxis]
            gain = np.broadcast_to(np.asarray(gains.get(arm, 0.0), float), len(zones))
            jobs[row] += (gain[:, np.newaxis] * ramp)[:, np.newaxis]
    jobs = np.rint(jobs)
    ledger = journal(tuple(gains), zones, replications)
    found = {
        "workplace_employment": jobs,
        "resident_employment": np.rint(jobs * 0.95),
        "unemployed": np.full(shape, 3_500.0),
        "inactive": np.full(shape, 15_000.0),
    }
    helped = np.array([arm in gains for arm in arms])[:, np.newaxis, np.newaxis, np.newaxis]
    found["files_granted"] = helped * np.where(time > 20, 5.0, 0.0) * np.ones(shape)
    found["promised_jobs_supported"] = found["files_granted"] * 8
    found["supported_capacity"] = found["files_granted"] * 6 * ramp
    found |= people(gains, arms, shape, time, lost) | causes(arms, gains, shape, ramp)
    unused = {name: np.zeros(shape) for name in VARIABLE_NAMES[:1]}

    def read(name):
        assert name in VARIABLE_NAMES or name in EUROS, name
        if name in EUROS:
            values = euros(ledger, arms, zones, shape, *EUROS[name])
        else:
            values = np.array(found.get(name, unused[VARIABLE_NAMES[0]]))
        for row, arm in enumerate(arms):
            for replication in range(replications):
                if replication in failed.get(arm, {}) or (arm, replication) in missing:
                    values[row, :, replication] = np.nan
        axes = (arms, zones, tuple(range(replications)), tuple(range(months)))
        return Panel(values, dict(zip(DIMENSIONS, axes, strict=True)))

    table = runs(arms, zones, replications, months, failed, missing)
    numbers = np.arange(replications)
    compared, kept, failures = comparable(table, arms, numbers)
    return Panels(
        read=read,
        arms=arms,
        zones=zones,
        months=time,
        burn_in=12,
        ended=numbers,
        replications=numbers[kept],
        compared=compared,
        closures={
            zone: (
                {
                    "jobs": SITE,
                    "announcement_month": 0,
                    "tranches": [{"month": LAYOFFS, "share": 1.0}],
                },
            )
            * (place < len(zones) - controls)
            for place, zone in enumerate(zones)
        },
        runs=table,
        ledger=ledger,
        read_projects=lambda: projects(arms, zones, replications, gains),
        failures=failures,
        names=zone_names(),
        title="A synthetic programme",
        seed=seed,
        version="0.0",
    )


#: Sectors of the new jobs.
NEW_JOBS = {"industry": 0.2, "construction": 0.1, "trade": 0.3, "public": 0.15, "services": 0.25}
FATES = {
    "permanent": 0.30, "fixed_term": 0.20, "self_employed": 0.03, "outside": 0.10,
    "unemployed": 0.12, "training": 0.03, "halo": 0.04, "inactive": 0.05, "retired": 0.10,
    "left": 0.03,
}  # fmt: skip


def people(gains, arms, shape, time, lost):
    """Displaced people by state, from the layoffs on; 2 points more on permanent contracts with a
    strategy. Hires by origin: 10 a month, 3 more with a strategy."""
    helped = np.array([arm in gains for arm in arms], float).reshape(-1, 1, 1, 1)
    there = (time >= LAYOFFS) * lost[:, np.newaxis, np.newaxis] * 0.8
    there = np.broadcast_to(there, shape) * np.array([arm != "no_shock" for arm in arms]).reshape(
        -1, 1, 1, 1
    )
    found = {"displaced": there}
    for state, share in FATES.items():
        found[f"displaced_{state}"] = there * (share + 0.02 * helped * (state == "permanent"))
    settled = sum(found[f"displaced_{state}"] for state in FATES)
    found["displaced_unemployed_supported"] = there - settled
    found["displaced_earnings_eur"] = 1_500.0 * there
    found["control_people"], found["control_earnings_eur"] = there, 2_000.0 * there
    found["control_in_work"] = 0.9 * there
    found["control_left"] = found["displaced_left"]
    # Half of the staff are employees of the zone: a fifth of these in industry, and so on.
    employees = found["displaced_permanent"] + found["displaced_fixed_term"]
    for sector, share in NEW_JOBS.items():
        found[f"displaced_in_{sector}"] = share * employees
    found["displaced_other_sector"] = 0.9 * employees
    found["displaced_fixed_term_long"] = 0.4 * found["displaced_fixed_term"]
    for place, origin in enumerate(
        ("unemployed", "inactive", "job_to_job", "outsiders", "returned")
    ):
        found[f"hires_{origin}"] = 10.0 + helped * (3 - 0.5 * place) * np.ones(shape)
    found["hires"] = sum(
        found[f"hires_{origin}"]
        for origin in ("unemployed", "inactive", "job_to_job", "outsiders", "returned")
    )
    return found


def causes(arms, gains, shape, ramp):
    """Stages of projects, and part of the jobs by cause."""
    helped = np.array([arm in gains for arm in arms], float).reshape(-1, 1, 1, 1)
    names = ("latent", "detected", "mature", "decided", "permitted", "built", "operating")
    found = {
        f"projects_{stage}": 40.0 - 5 * place + helped * (7 - place) * ramp * np.ones(shape)
        for place, stage in enumerate(names)
    }
    found["project_capacity"] = helped * 20.0 * ramp * np.ones(shape)
    found["cause_households"] = helped * 3.0 * ramp * np.ones(shape)
    found["cause_wages"] = helped * -2.0 * ramp * np.ones(shape)
    found["cause_projects"] = found["project_capacity"]
    return found


def projects(arms, zones, replications, gains):
    """Two projects a zone: one helped by a grant, one by engineering in every strategy."""
    rows = [
        (arm, zone, n, number, bits * (arm in gains), 60, 30.0, 20, 30 if arm in gains else 40)
        for arm in arms
        for zone in zones
        for n in range(replications)
        for number, bits in ((1, 2), (2, 1))
    ]
    names = (
        "arm",
        "zone",
        "replication",
        "project",
        "supported",
        "jobs_promised",
        "jobs_delivered",
        "decided_month",
        "operating_month",
    )
    return {name: np.array(c) for name, c in zip(names, zip(*rows, strict=True), strict=True)}


def runs(arms, zones, replications, months, failed, missing):
    rows = [
        (
            arm,
            zone,
            n,
            "failed" if n in failed.get(arm, {}) else "done",
            failed.get(arm, {}).get(n, ""),
            (months + 12) * (0.75 if arm == "none" else 1.0),
        )
        for n in range(replications)
        for arm in arms
        for zone in zones
        if (arm, n) not in missing
    ]
    names = ("arm", "zone", "replication", "status", "error", "months_simulated")
    return {name: np.array(c) for name, c in zip(names, zip(*rows, strict=True), strict=True)}


def journal(strategies, zones, replications):
    """A journal that balances: opening, allocation, grants in tranches, a loss, a recovery."""
    rows = []
    for n in range(replications):
        for strategy in strategies:
            for instrument, envelope in ENVELOPE.items():
                rows.append((strategy, "", instrument, -1, START, "envelope", envelope))
                part = envelope // len(zones)
                for zone in zones:
                    grant = part // 3 + 1_000 * n
                    rows += [
                        (strategy, zone, instrument, *entry)
                        for entry in (
                            (-1, START + 3, "allocated", part),
                            (7, 20, "committed", grant),
                            (7, 26, "paid", grant // 2),
                            (7, 60, "paid", grant // 4),
                            (7, 70, "cancelled", grant // 8),
                            (7, 90, "returned", grant // 10),
                            (-1, 45, "recalled", part - grant),
                        )
                    ]
        rows = [row if len(row) == 8 else (*row, n) for row in rows]
    names = ("arm", "zone", "instrument", "project", "month", "kind", "amount_eur", "replication")
    return {name: np.array(c) for name, c in zip(names, zip(*rows, strict=True), strict=True)}


def euros(ledger, arms, zones, shape, instrument, amount):
    """Cumulated euros of an account, entry by entry: float[arms, zones, replications, months]."""
    values = np.zeros(shape)
    for row in np.flatnonzero((ledger["instrument"] == instrument) & (ledger["zone"] != "")):
        name, sign = KINDS.get(ledger["kind"][row], ("", 0))
        if name == amount:
            arm, zone = arms.index(ledger["arm"][row]), zones.index(ledger["zone"][row])
            month, n = ledger["month"][row], ledger["replication"][row]
            values[arm, zone, n, month:] += sign * ledger["amount_eur"][row]
    return values


def as_engine(panels):
    """A simulator that gives the replications of panels in memory, as the engine would."""

    def tables(_world, _strategies, _seed, replication):
        cells = [(a, z) for a in range(len(panels.arms)) for z in range(len(panels.zones))]
        names = np.array([panels.arms[a] for a, _ in cells])
        zones = np.array([panels.zones[z] for _, z in cells])
        months = panels.months.size
        trajectories = {
            "arm": np.repeat(names, months),
            "zone": np.repeat(zones, months),
            "month": np.tile(panels.months, len(cells)),
        }
        for name in VARIABLE_NAMES:
            panel = panels.read(name).values[:, :, replication]
            trajectories[name] = np.concatenate([panel[cell] for cell in cells])
        here = {}
        for table in ("runs", "ledger", "projects"):
            columns = panels.read_projects() if table == "projects" else getattr(panels, table)
            rows = columns["replication"] == replication
            here[table] = {n: c[rows] for n, c in columns.items() if n != "replication"}
        size = here["runs"]["zone"].size
        here["runs"] |= {
            "allocation": np.full(size, "a"),
            "digest": np.full(size, "d"),
            "shared": np.zeros(size, bool),
        }
        nothing = np.zeros(here["projects"]["zone"].size, np.int64)
        keys = ("arm", "zone", *(outcome.name for outcome in PROJECT_VARIABLES))
        here["projects"] = {name: here["projects"].get(name, nothing) for name in keys}
        return SimulationResult(replication, trajectories, **here)

    return tables
