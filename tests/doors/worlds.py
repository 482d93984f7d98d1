"""Scenario texts shared by the tests of the doors."""

from pathlib import Path

STUBBED = Path(__file__).with_name("stubbed.py")
SCENARIOS = Path(__file__).parents[2] / "scenarios"

SMALL = """\
title = "A small world"

[basin.synthetic]
employed_residents = 4000
unemployment_rate_percent = 8.0
industry_share = 0.3
establishments = 400
area_km2 = 300.0
places = 2
qualification_shares = [0.5, 0.2, 0.1, 0.2]

[time]
burn_in_months = 6
months = 24

[[closure]]
sector = "CH"
jobs = 20
tranches = [
    { month = 6, share = 0.6 },
    { month = 12, share = 0.4 },
]

[policy]
name = "rebond"

[parameters]
"search.effort_decay" = 0.06
"""


#: The same in the form that is written today.
WORLD = """\
title = "A small world"
policies = ["rebond"]

[time]
burn_in_months = 6
months = 24

[[zone]]
code = "SYNT"

[zone.synthetic]
employed_residents = 4000
unemployment_rate_percent = 8.0
industry_share = 0.3
establishments = 400
area_km2 = 300.0
places = 2
qualification_shares = [0.5, 0.2, 0.1, 0.2]

[[zone.closure]]
sector = "CH"
jobs = 20
tranches = [
    { month = 6, share = 0.6 },
    { month = 12, share = 0.4 },
]

[parameters]
"search.effort_decay" = 0.06
"""


def names(folder):
    """Names of what a folder holds, in alphabetical order."""
    return sorted(path.name for path in folder.iterdir())
