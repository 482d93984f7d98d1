"""Records of decisions on disk, for tests of figures: an optimisation, drivers, a value."""

import csv
import json

import numpy as np

from rebound_sim.cells import write_cells

ARMS = ("best_mean", "fair", "half", "equal", "merit")
ZONES = (("0051", "Alençon"), ("0052", "Arles"), ("5301", "Brest"), ("7625", "Toulouse"))


def optimisation_folder(folder):
    """Three plans and two strategies in six worlds, over four real zones."""
    folder.mkdir(parents=True, exist_ok=True)
    luck = np.random.default_rng(0)
    record = {
        "title": "A synthetic programme",
        "version": "0.0",
        "seed": 0,
        "months": 84,
        "learning": [0, 1, 2],
        "judging": [3, 4, 5, 6, 7, 8],
        "chosen": "best_mean",
        "reference": "equal",
        "zones": [code for code, _ in ZONES],
        "race": [0, 1],
        "menu": ["nothing", "early", "late"],
        "dropped": ["late"],
        "variance": {"zone": 0.04, "world": 0.21, "luck": 0.75},
        "sentences": ["best_mean brings jobs."],
        "command": ["rebound", "optimise"],
        "seconds": 9.0,
        "prices": [
            {"limit": "the envelope", "bound": 1e8, "relaxed": 120.0, "removed": 900.0},
            {"limit": "each grants >= 500000", "bound": 5e5, "relaxed": 10.0, "removed": 40.0},
        ],
    }
    judged, worlds = [], []
    for place, arm in enumerate(ARMS):
        jobs = luck.normal(3_000 - 300 * place, 500, 6)
        judged.append(
            {
                "arm": arm,
                "kind": "plan" if place < 3 else "strategy",
                "median": np.median(jobs),
                "gain": 300.0 - 100 * place,
                "spent_eur": 7e7 - 1e7 * place,
                "worlds": 6,
                "low": jobs.min(),
                "high": jobs.max(),
                "mean": jobs.mean(),
                "beats_none": 6.0,
                "beats_reference": 5.0 - place,
                "typical_gain": 250.0 - 100 * place,
                "typical_gain_low": 40.0 - 50 * place,
                "typical_gain_high": 500.0 - 50 * place,
                "gain_low": 100.0 - 100 * place,
                "gain_high": 500.0 - 100 * place,
                "chance_best": 0.2,
                "expected_regret": 50.0,
                "worst_regret": 200.0,
                "worst_tenth_loss": 8.0 + place,
                "allocated_eur": 9e7 if place < 3 else float("nan"),
                "predicted": 3_200.0 if place < 3 else float("nan"),
                "predicted_low": 2_100.0 if place == 0 else float("nan"),
                "predicted_high": 4_300.0 if place == 0 else float("nan"),
                "coupling": -150.0 if place == 0 else float("nan"),
            }
        )
        worlds += [{"arm": arm, "world": 3 + n, "additional_jobs": x} for n, x in enumerate(jobs)]
    frontier = [
        {
            "envelope_eur": 1e8 * e,
            "allocated_eur": 9e7 * e,
            "spent_eur": 8e7 * e,
            "additional_jobs": 4_000 * e**0.5 - 200 * q,
            "jobs_low": 2_500 * e**0.5 - 200 * q,
            "jobs_high": 5_500 * e**0.5 - 200 * q,
            "worst_tenth_loss": 8 - 2 * e - q,
        }
        for e in (0.25, 0.5, 1.0)
        for q in (0, 1)
    ]
    zones = [
        {
            "plan": plan,
            "zone": code,
            "name": name,
            "days": 200 * (n % 3),
            "grants_eur": 3e6 * n,
            "grants_start": "" if n == 0 else 9 + 12 * (n > 2),
            "jobs_lost": 300 + n,
            "engineering_start": 6 if n % 3 else "",
            "parts": 1,
            "jobs_predicted": 50.0 * n,
            "jobs_simulated": 45.0 * n,
            "spent_eur": 2e6 * n,
        }
        for plan in ARMS[:3]
        for n, (code, name) in enumerate(ZONES)
    ]
    record["judged"] = judged
    record["rehearsed_in"] = record["race"]
    record["rehearsal"] = [
        {
            "arm": arm,
            "kind": "plan" if arm not in ("equal", "merit") else "strategy",
            "worlds": 2,
            "additional_jobs": 2_900.0 - 300 * place,
            "worst_tenth_loss": 8.0 + place,
            "spent_eur": 7e7,
            "judged": "yes" if arm in ARMS else "no",
        }
        for place, arm in enumerate((*ARMS, "leximin"))
    ]
    (folder / "optimise.json").write_text(json.dumps(record), encoding="utf-8")
    for name, rows in (
        ("judged", judged),
        ("judged_worlds", worlds),
        ("frontier", frontier),
        ("zones", zones),
    ):
        write_cells(folder / f"{name}.csv", list(rows[0]), rows)
    return folder


def comparison_folder(folder, worlds=60):
    """worlds.csv and parameter_sets.csv where the effect of a day decides."""
    folder.mkdir(parents=True, exist_ok=True)
    luck = np.random.default_rng(1)
    names = ["instruments.days_effect", "projects.maturation", "search.effort_decay"]
    inputs = luck.random((worlds, 3))
    with (folder / "parameter_sets.csv").open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(["world", *names])
        writer.writerows([n, *row] for n, row in enumerate(inputs.tolist()))
    jobs = {
        "none": np.zeros(worlds),
        "money_only": 900 + luck.normal(0, 60, worlds),
        "engineering_only": np.where(inputs[:, 0] > 0.4, 1_600.0, 300.0)
        + luck.normal(0, 60, worlds),
    }
    rows = [
        {"arm": name, "world": n, "outcome": "additional_jobs", "value": x}
        for name, column in jobs.items()
        for n, x in enumerate(column)
    ]
    write_cells(folder / "worlds.csv", list(rows[0]), rows)
    return folder
