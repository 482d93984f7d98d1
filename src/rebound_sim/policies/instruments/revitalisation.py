"""The revitalisation agreement: what a solvent group of 1,000 or more owes where it closes a site.

Code du travail, L1233-84 to L1233-88. The money is the group's.
"""

from __future__ import annotations

from rebound_sim.policies.instruments.instrument import (
    Funder,
    Instrument,
    Settings,
    Words,
    duration,
)
from rebound_sim.reading.strict import LONGEST_MONTHS, quantity


class Revitalisation(Settings):
    """The legal agreement of a solvent closing group, paid by the group."""

    minimum_wages_per_job: float = quantity(
        3.0,
        unit="monthly minimum wages per job cut",
        meaning="size of the contribution: two to four by law (Code du travail, L1233-86), more "
        "when the group agrees to it (Ford Blanquefort, 2019: 16 to 20 M€ for 849 jobs, 12 to 15)",
        ge=2,
        le=30,
    )
    delay_months: int = quantity(
        6, unit="months", meaning="months from announcement to agreement", ge=0, le=LONGEST_MONTHS
    )
    duration_months: int = duration(36, "months during which money is used")


REVITALISATION = Instrument(
    name="revitalisation",
    funder=Funder.GROUP,
    settings=Revitalisation,
    agent="rebound_sim.agents.prefecture:RevitalisationAgreement",
    english=Words(
        "revitalisation agreement", "a solvent closing group pays for jobs in other firms, by law"
    ),
    french=Words(
        "convention de revitalisation",
        "un groupe solvable qui ferme finance des emplois dans d'autres entreprises, par la loi",
    ),
    allocated=False,
)
