"""A results folder with plausible figures, written by the store, for tests of what reads one."""

import numpy as np

from rebound_sim.experiment import Experiment, run_experiment
from rebound_sim.policies import load_policy
from rebound_sim.policies.arm import REFERENCES, Arm
from rebound_sim.scenario import load_scenario, world_of
from rebound_sim.state.results import SimulationResult
from rebound_sim.state.variables import PROJECT_VARIABLES, VARIABLES
from rebound_sim.statistics.comparable import panels_of

BURN_IN, JOBS, SITE, LAYOFFS = 12, 90_000, 1_100, 12
FATES = {
    "permanent": 0.30, "fixed_term": 0.20, "self_employed": 0.03, "outside": 0.10,
    "unemployed_supported": 0.0, "unemployed": 0.12, "training": 0.03, "halo": 0.04,
    "inactive": 0.05, "retired": 0.10, "left": 0.03,
}  # fmt: skip
WORLD = """\
title = "A synthetic zone"
[basin.synthetic]
employed_residents = 40000
unemployment_rate_percent = 8.0
industry_share = 0.3
establishments = 4000
area_km2 = 900.0
places = 4
qualification_shares = [0.5, 0.2, 0.1, 0.2]
[time]
burn_in_months = {burn_in}
months = {months}
[[closure]]
sector = "CG"
jobs = 100
tranches = [{{ month = {layoffs}, share = 1.0 }}]
[policy]
name = "rebond"
"""


def fake(world, arms, seed, replication):
    """Tables of plausible shape for every variable; no economics."""
    months = np.arange(world.time.months)
    luck = np.random.default_rng([seed, replication])
    common = np.cumsum(luck.normal(0, 60, months.size))
    names, code = [*REFERENCES, *(arm.name for arm in arms)], world.codes[0]
    paths, found, journal = [], [], []
    for number, arm in enumerate(names):
        own = np.random.default_rng([seed, replication, number])
        paths.append(_trajectory(months, arm, number, common, own))
        found.append(_projects(number))
        if number > 1:
            journal += [(arm, *entry) for entry in _journal(months)]

    def stacked(parts, keys):
        sizes = [next(iter(part.values())).size for part in parts]
        whole = {"arm": np.repeat(names, sizes), "zone": np.full(sum(sizes), code)}
        return whole | {key: np.concatenate([part[key] for part in parts]) for key in keys}

    count, columns = len(names), list(zip(*journal, strict=True)) or [()] * 5
    ledger = dict(zip(("arm", "instrument", "month", "kind", "amount_eur"), columns, strict=True))
    whole = ("month", "amount_eur")
    return SimulationResult(
        replication,
        trajectories=stacked(paths, ("month", *(v.name for v in VARIABLES))),
        runs={
            "arm": np.array(names),
            "zone": np.full(count, code),
            "status": np.full(count, "done"),
            "error": np.full(count, ""),
            "allocation": np.full(count, "a"),
            "digest": np.array([f"{number:x}" for number in range(count)]),
            "shared": np.zeros(count, bool),
            "months_simulated": np.full(count, 1.0),
        },
        ledger={
            "arm": np.array(ledger["arm"], np.str_),
            "zone": np.full(len(journal), code),
            "project": np.full(len(journal), -1),
            **{
                k: np.array(c, np.int64 if k in whole else np.str_)
                for k, c in ledger.items()
                if k != "arm"
            },
        },
        projects=stacked(found, tuple(v.name for v in PROJECT_VARIABLES)),
    )


def write_results(folder, *, replications=4, months=120, policies=("rebond",), seed=3):
    """Write a results folder and return its path."""
    world = folder / "world.toml"
    world.write_text(WORLD.format(burn_in=BURN_IN, months=months, layoffs=LAYOFFS))
    arms = tuple(Arm.of_policy(load_policy(name)) for name in policies)
    experiment = Experiment(world_of(load_scenario(world)), arms, replications, seed)
    return run_experiment(experiment, folder / "results", workers=1, simulate=fake)


def read_panels(folder):
    """The zone of a results folder."""
    return panels_of(folder)


def _trajectory(months, arm, number, common, own):
    columns = {o.name: np.zeros(months.size, o.dtype) for o in VARIABLES}
    shock = arm != "no_shock"
    helped = number > 1
    closed = shock * SITE * (months >= LAYOFFS)
    recovery = 1 - np.exp(-np.maximum(months - LAYOFFS, 0) / 40)
    noise = own.normal(0, 12, months.size) * (months > 0)
    gain = helped * (80 + 20 * number) * np.clip((months - 24) / 48, 0, 1)
    employment = JOBS + common - closed * (1 - 0.6 * recovery) + gain + noise
    set_columns(columns, workplace_employment=employment, resident_employment=employment * 0.97)
    unemployed = 7_800 + 0.4 * (JOBS - employment)
    columns["unemployment_rate"] = 100 * unemployed / (unemployed + employment * 0.97)
    set_columns(
        columns,
        unemployed=unemployed,
        registered=unemployed * 1.3,
        displaced=0.8 * closed,
        benefits_eur=unemployed * 900,
        labour_taxes_eur=employment * 1_100,
        hires=2_000 + gain / 10,
        hires_unemployed=800 + gain / 20,
        hires_job_to_job=700,
    )
    _cohort(columns, months, recovery, helped)
    gross = helped * 90 * np.clip((months - 20) / 50, 0, 1)
    columns["supported_capacity"] = gross
    columns["promised_jobs_supported"] = (helped * 140 * (months > 12)).astype(np.int64)
    columns["project_capacity"] = 300.0 * np.maximum(months, 0) / 120 + gross * 0.6
    columns["cause_projects"] = 300.0 * np.maximum(months, 0) / 120 + gross * 0.6
    columns["cause_households"] = -0.1 * closed + gain * 0.1
    columns["cause_customers"] = -0.05 * closed + gain * 0.05
    columns["cause_wages"] = 0.04 * closed - gain * 0.08
    columns["unfilled_jobs"] = (900 + helped * 4 + np.abs(noise)).astype(np.int64)
    stages = {
        "latent": 400,
        "detected": 40,
        "mature": 12,
        "decided": 6,
        "permitted": 8,
        "built": 5,
        "operating": 10,
        "abandoned": 20,
    }
    for stage, count in stages.items():
        columns[f"projects_{stage}"][:] = count + helped * (months > 6) * (stage != "latent") * 3
    return {"month": months, **columns}


def _cohort(columns, months, recovery, helped):
    people = columns["displaced"]
    waiting = np.exp(-np.maximum(months - LAYOFFS, 0) / 10)
    supported = np.rint(people * 0.7 * waiting).astype(np.int64)
    left = people - supported
    for fate, share in FATES.items():
        columns[f"displaced_{fate}"] = np.floor(left * share).astype(np.int64)
    columns["displaced_unemployed_supported"] = supported
    known = sum(columns[f"displaced_{fate}"] for fate in FATES)
    columns["displaced_unemployed"] += people - known
    columns["displaced_other_sector"] = columns["displaced_permanent"] // 2
    set_columns(
        columns,
        displaced_earnings_eur=people * 2_400 * (0.2 + 0.6 * recovery + 0.01 * helped),
        control_people=people,
        control_in_work=people * 0.95,
        control_earnings_eur=people * 2_450,
        control_left=columns["displaced_left"],
    )


def _journal(months):
    """Movements of euros, from their sums by month: instrument, month, kind, amount."""
    grants = np.clip((months - 6) / 24, 0, 1)
    sums = {
        ("engineering", "allocated"): 217_500 * (months >= 3),
        ("engineering", "committed"): 217_500 * (months >= 3),
        ("engineering", "paid"): 72_500 * np.clip(months - 2, 0, 3),
        ("grants", "allocated"): 3_000_000 * (months >= 6),
        ("grants", "committed"): 400_000 * np.floor(7 * grants),
        ("grants", "paid"): 2_400_000 * np.clip((months - 14) / 60, 0, 1),
        ("grants", "cancelled"): 200_000 * (months > 80),
        ("grants", "returned"): 50_000 * (months > 90),
    }
    for (instrument, kind), amounts in sums.items():
        moved = np.diff(np.rint(amounts).astype(np.int64), prepend=0)
        for month in np.flatnonzero(moved):
            yield instrument, int(month), kind, int(moved[month])


def _projects(number):
    rows = 8
    columns = {o.name: np.zeros(rows, o.dtype) for o in PROJECT_VARIABLES}
    columns["project"] = np.arange(rows)
    columns["supported"] = np.array([3, 2, 2, 1, 0, 0, 0, 0]) * (number > 1)
    columns["jobs_promised"] = np.full(rows, 30)
    delivered = np.array([25.0, 22.5, 20.0, 22.5, 10, 8, 4, 3])
    columns["jobs_delivered"] = delivered * (np.arange(rows) > (number < 2))
    columns["operating_month"] = np.array([50, 60, 40, 70, 20, 30, 90, 100]) - 12 * (number > 1)
    return columns


def set_columns(columns, **values):
    """Fill columns, rounded to their type."""
    for name, value in values.items():
        columns[name][:] = np.rint(value)
