"""Comparisons in memory with the manifest that their run would have left."""

from programme_results import LAYOFFS, SITE, programme
from rebound_sim.experiment.manifest import Identity, Manifest
from rebound_sim.statistics.programme.summary import Summary

ZONES = ("0051", "0052", "0053", "0054")


def manifest_of(panels):
    """The manifest that a run of these panels would have left."""
    closure = {"sector": "CL", "jobs": SITE, "tranches": [{"month": LAYOFFS, "share": 1.0}]}
    zones = [
        {"code": code, "closure": [closure] if panels.closures[code] else []}
        for code in panels.zones
    ]
    identity = Identity(
        {"rebound-sim": panels.version, "sources": "5d"},
        panels.seed,
        "5c",
        "9a",
        dict.fromkeys(panels.strategies, "1f"),
    )
    return Manifest(
        identity=identity,
        command=["rebound", "compare"],
        world={
            "title": panels.title,
            "programme": {"envelope_eur": 10_000_000, "strategies": ["equal"]},
            "time": {"burn_in_months": panels.burn_in, "months": panels.horizon},
            "zone": zones,
        },
        arms=list(panels.arms),
        zones=list(panels.zones),
        groups=[list(panels.strategies)],
        requested_replications=panels.count,
        complete=True,
        written_utc="2026-11-01T14:00:00+00:00",
        results_digest="05cb",
        versions={"python": "3.11"},
    )


def made(gains, **options):
    """A comparison in memory and its manifest."""
    panels = programme(gains, **{"zones": ZONES, "months": 84, **options})
    return Summary(panels), manifest_of(panels)
