"""Results of a programme with known effects, in memory, as the store would give them."""

import numpy as np

from rebound_sim.data.directory import zone_names
from rebound_sim.state.outcomes import OUTCOME_NAMES
from rebound_sim.statistics.programme.panels import ProgrammePanels, comparable

JOBS, SITE, LAYOFFS, START = 40_000, 600, 12, 6
ENVELOPE = {"engineering": 1_000_000, "grants": 9_000_000}


def programme(
    gains, *, replications=8, zones=("0051", "0052", "0053", "0054"), controls=0, months=120,
    noise=10.0, common=400.0, seed=0, failed=None, missing=(),
):  # fmt: skip
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
        **money(ledger, arms, zones, replications, months),
    }
    helped = np.array([arm in gains for arm in arms])[:, np.newaxis, np.newaxis, np.newaxis]
    found["files_granted"] = helped * np.where(time > 20, 5.0, 0.0) * np.ones(shape)
    found["promised_jobs_supported"] = found["files_granted"] * 8
    found["supported_capacity"] = found["files_granted"] * 6 * ramp
    unused = {name: np.zeros(shape) for name in OUTCOME_NAMES[:1]}

    def read(name):
        assert name in OUTCOME_NAMES, name
        values = np.array(found.get(name, unused[OUTCOME_NAMES[0]]))
        for row, arm in enumerate(arms):
            for replication in range(replications):
                if replication in failed.get(arm, {}) or (arm, replication) in missing:
                    values[row, :, replication] = np.nan
        return values

    table = runs(arms, zones, replications, months, failed, missing)
    numbers = np.arange(replications)
    compared, kept, failures = comparable(table, arms, numbers)
    return ProgrammePanels(
        read=read,
        arms=arms,
        zones=zones,
        months=time,
        burn_in=12,
        replications=numbers,
        kept=kept,
        compared=compared,
        closures={
            zone: (
                {"jobs": SITE, "announcement_month": 0,
                 "tranches": [{"month": LAYOFFS, "share": 1.0}]},
            ) * (place < len(zones) - controls)
            for place, zone in enumerate(zones)
        },
        runs=table,
        ledger=ledger,
        failures=failures,
        names=zone_names(),
        title="A synthetic programme",
        seed=seed,
        version="0.0",
    )  # fmt: skip


def runs(arms, zones, replications, months, failed, missing):
    rows = [
        (arm, zone, n, "failed" if n in failed.get(arm, {}) else "done",
         failed.get(arm, {}).get(n, ""), (months + 12) * (0.75 if arm == "none" else 1.0))
        for n in range(replications) for arm in arms for zone in zones if (arm, n) not in missing
    ]  # fmt: skip
    names = ("strategy", "zone", "replication", "status", "error", "months_simulated")
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
                            (-1, START + 3, "allocated", part), (7, 20, "committed", grant),
                            (7, 26, "paid", grant // 2), (7, 60, "paid", grant // 4),
                            (7, 70, "cancelled", grant // 8), (7, 90, "returned", grant // 10),
                            (-1, 45, "recalled", part - grant),
                        )
                    ]  # fmt: skip
        rows = [row if len(row) == 8 else (*row, n) for row in rows]
    names = ("strategy", "zone", "instrument", "project", "month", "kind", "amount_eur",
             "replication")  # fmt: skip
    return {name: np.array(c) for name, c in zip(names, zip(*rows, strict=True), strict=True)}


def money(ledger, arms, zones, replications, months):
    """Cumulated columns of the trajectories that say what the journal says."""
    found = {}
    for instrument in ENVELOPE:
        for kind in ("paid", "returned"):
            values = np.zeros((len(arms), len(zones), replications, months))
            for row in np.flatnonzero(
                (ledger["instrument"] == instrument) & (ledger["kind"] == kind)
            ):
                arm, zone = arms.index(ledger["strategy"][row]), zones.index(ledger["zone"][row])
                month, n = ledger["month"][row], ledger["replication"][row]
                values[arm, zone, n, month:] += ledger["amount_eur"][row]
            found[f"{instrument}_{kind}_total_eur"] = values
    return found
