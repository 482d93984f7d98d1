"""Training vouchers for the displaced: a right to a course, used when its holder wants it."""

from __future__ import annotations

from typing import Self

from rebound_sim.policies.instruments.instrument import (
    Funder,
    Instrument,
    Settings,
    Words,
    duration,
    start,
)
from rebound_sim.reading.strict import quantity


class TrainingVouchers(Settings):
    """Vouchers given to the displaced who look for work; paid when they are used."""

    vouchers: int = quantity(0, unit="vouchers", meaning="vouchers in all", ge=0, le=1_000_000)
    # Nearly 15 bn EUR for two million people, national plan for skills 2018-22 (2017).
    value_eur: int = quantity(
        7_500, unit="EUR/voucher", meaning="what a voucher pays", ge=1, le=1_000_000
    )
    # Assumed: no French scheme publishes it; at 5 % a month half of those who wait a year use one.
    monthly_use: float = quantity(
        0.05, unit="1/month", meaning="share of holders without work who start a course", gt=0, le=1
    )
    start_month: int = start(0)
    duration_months: int = duration(24, "months during which vouchers are valid")

    @classmethod
    def bought(cls, amount: int, start_month: int, months: int) -> Self:
        """As many vouchers as the money pays."""
        number = amount // int(cls.model_fields["value_eur"].default)
        return cls(
            enabled=number > 0, vouchers=number, start_month=start_month, duration_months=months
        )

    def cost(self) -> int:
        """Vouchers at their value."""
        return self.vouchers * self.value_eur


TRAINING_VOUCHERS = Instrument(
    name="training_vouchers",
    funder=Funder.STATE,
    settings=TrainingVouchers,
    agent="rebound_sim.agents.training_vouchers:VoucherOffice",
    english=Words("training vouchers", "a right to a course, used when its holder wants it"),
    french=Words("chèques formation", "un droit à une formation, utilisé quand on le souhaite"),
)
