"""Small programmes for tests."""

from __future__ import annotations

from rebound_sim.scenario import World

_ZONE = {
    "employed_residents": 3_000, "unemployment_rate_percent": 8.0, "industry_share": 0.35,
    "establishments": 300, "area_km2": 800.0, "places": 3,
    "qualification_shares": [0.45, 0.2, 0.15, 0.2],
}  # fmt: skip


def small_programme(months: int = 40, **table: object) -> World:
    """Three synthetic zones that lose 60, 30 and 20 jobs, and a control without a closure."""
    zones: list[dict[str, object]] = [
        {
            "code": code,
            "synthetic": _ZONE,
            "closure": [
                {
                    "sector": "CL",
                    "jobs": jobs,
                    "announcement_month": month,
                    "tranches": [{"month": 2, "share": 1.0}],
                }
            ],
        }
        for code, jobs, month in (("north", 60, 0), ("east", 30, 2), ("west", 20, 8))
    ]
    zones.append({"code": "control", "synthetic": _ZONE})
    return World.model_validate(
        {
            "title": "programme of a test",
            "programme": {
                "envelope_eur": 6_000_000,
                "engineering_share": 0.15,
                "start_month": 3,
                "window_months": 18,
                "consultant_days_month": 90,
                "zone_ceiling_eur": 4_000_000,
                "strategies": ["equal"],
                **table,
            },
            "time": {"burn_in_months": 12, "months": months},
            "zone": zones,
        }
    )
