"""A small valid programme file."""

import pytest

SMALL = """\
title = "A small programme"

[programme]
envelope_eur = 10_000_000
strategies = ["equal", "merit"]

[time]
burn_in_months = 6
months = 24

[[zone]]
code = "4404"
[[zone.closure]]
sector = "CL"
jobs = 200

[[zone]]
code = "4401"

[[zone]]
code = "somewhere"
[zone.synthetic]
employed_residents = 4000
unemployment_rate_percent = 8.0
industry_share = 0.3
establishments = 400
area_km2 = 300.0
places = 2
qualification_shares = [0.5, 0.2, 0.1, 0.2]
"""


@pytest.fixture
def small(tmp_path):
    """Path of a valid programme: a closure, a control zone, a synthetic zone."""
    path = tmp_path / "small.toml"
    path.write_text(SMALL, encoding="utf-8")
    return path
