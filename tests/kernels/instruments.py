"""A policy that uses every instrument at once, so that no state agent stays idle in a test."""

from rebound_sim.policies import Policy

EVERYTHING = Policy.model_validate({
    "name": "everything",
    "title": "Every instrument at once",
    "engineering": {"person_days": 145, "duration_months": 3, "start_month": 1},
    "grants": {
        "envelope_eur": 5_000_000, "start_month": 2, "duration_months": 18,
        "selection": "first_come",
    },
    "revitalisation": {"enabled": True, "delay_months": 3},
    "region": {"cofinancing_share": 0.3},
    "project_manager": {"enabled": True},
    "accelerator": {"firms": 5, "start_month": 2, "cost_per_firm_eur": 20_000},
    "training": {
        "places_per_month": 3, "start_month": 3, "duration_months": 24,
        "cost_per_place_eur": 6_000,
    },
    "takeover_support": {"enabled": True, "budget_eur": 200_000},
})  # fmt: skip
