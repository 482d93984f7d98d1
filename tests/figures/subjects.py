"""Small synthetic results of each kind, in memory or written, for tests of figures."""

import csv
import dataclasses

import numpy as np

from decision_figures import comparison_folder, optimisation_folder
from programme_results import programme
from rebound_sim.figures import Subject, subject_of
from rebound_sim.statistics.programme.summary import Summary
from rebound_sim.statistics.programme.sweep import SweepTable

ZONES = ("0051", "0052", "5301", "7625", "8426", "9312", "1105")
GAINS = {
    "engineering_first": [40, 30, 20, 10, 5, 5, 5],
    "equal": 12.0,
    "merit": 9.0,
    "money_only": 0.0,
}


def programme_subject(**options) -> Subject:
    """Seven zones, four strategies, six replications."""
    known = {"zones": ZONES, "replications": 6, "noise": 4.0, **options}
    panels = programme(known.pop("gains", GAINS), **known)
    return Subject("programme", made=Summary(_paid_unequally(panels)))


def _paid_unequally(panels):
    """The same with amounts that tell the instruments apart: each arm pays its own shares."""
    shares = np.linspace(0.0, 1.0, len(panels.arms)).reshape(-1, 1, 1, 1)
    amounts = {"engineering_paid_total_eur": 1e6 * shares, "grants_paid_total_eur": 4e6 * shares**3}

    def read(name):
        panel = panels.read(name)
        if name not in amounts:
            return panel
        return dataclasses.replace(panel, values=panel.values * 0 + amounts[name])

    return dataclasses.replace(panels, read=read)


def decision_subjects(folder) -> tuple[Subject, ...]:
    """An optimisation, and the studies of a comparison, written by the commands."""
    from click.testing import CliRunner

    from rebound_sim.cli.main import cli

    compared = comparison_folder(folder / "compared")
    for command in ("drivers", "value"):
        CliRunner().invoke(cli, [command, str(compared)], catch_exceptions=False)
    return (
        subject_of(optimisation_folder(folder / "optimised")),
        subject_of(compared / "drivers.json"),
        subject_of(compared / "value.json"),
    )


def sweep_subject() -> Subject:
    """Two factors crossed; equal gains 10 jobs a month of delay less, merit does not care."""
    delay = np.array([0, 0, 6, 6, 12, 12])
    luck = np.random.default_rng(1).normal(0, 5, (6, 2, 5)) + np.arange(5) * 20
    values = luck + np.stack([300.0 - 10 * delay, np.full(6, 250.0)], axis=1)[..., np.newaxis]
    factors = {
        "programme.start_month": tuple(map(str, delay)),
        "programme.envelope_eur": ("50000000", "100000000") * 3,
    }
    table = SweepTable(
        factors, tuple(range(6)), ("equal", "merit"), values, 120, "A small sweep", "0.0", 3
    )
    return Subject("sweep", made=table)


def validation_subject(folder) -> Subject:
    """Five figures of two families."""
    names = ("id", "family", "use", "low", "high", "simulated", "low95", "high95", "verdict")
    rows = [
        ("flow_a", "flows", "calibrate", 1, 3, 2.2, 2.0, 2.4, "inside"),
        ("flow_b", "flows", "check", 1, 3, 3.4, 3.2, 3.6, "outside"),
        ("flow_c", "flows", "check", 1, 3, "", "", "", "not measured"),
        ("build", "projects", "calibrate", 10, 20, 90, 80, 100, "outside"),
        ("paid_3y", "projects", "check", 10, 20, 15, "", "", "inside"),
    ]
    with (folder / "moments.csv").open("w", newline="") as stream:
        csv.writer(stream).writerows([names, *rows])
    return Subject("validation", folder)


def screening_subject(folder) -> Subject:
    """A table that a user has written."""
    file = folder / "effects.csv"
    file.write_text(
        "parameter,low,high,effect,interval\nprojects.hazard,0.01,0.03,420.5,80\n"
        "search.effort,0.5,0.9,-310,120\n"
    )
    return Subject("screening", file)
