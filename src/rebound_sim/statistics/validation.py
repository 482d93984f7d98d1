"""Simulated moments beside their targets: the verdict of each, and how many are inside."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal, get_args

from rebound_sim.calibration.moments.run import Measured
from rebound_sim.calibration.moments.table import Moment, Use
from rebound_sim.statistics.intervals import (
    NO_DENOMINATOR,
    Estimate,
    mean_estimate,
    ratio_estimate,
)

Verdict = Literal["inside", "outside", "not measured"]
NO_MEASURE = "no measure of it exists yet"
NOT_DEFINED = "not defined in these runs"
UNCERTAIN_DENOMINATOR = "too few replications: the interval of its denominator contains 0"
_NOTHING = Estimate(math.nan, math.nan, math.nan, 0, "not measured")


@dataclass(frozen=True, slots=True)
class MomentComparison:
    """One moment, simulated and observed.

    estimate : over replications with its 95 % interval; zones are those of the design
    verdict : whether its value lies in the band, or "not measured" with its `reason`
    definition : how it was measured
    """

    moment: Moment
    estimate: Estimate
    verdict: Verdict
    reason: str
    definition: str

    @property
    def distance(self) -> float:
        """Gap to the nearest bound in widths of half the band: 0 inside, NaN if not measured."""
        value, low, high = self.estimate.value, self.moment.low, self.moment.high
        return max(low - value, value - high, 0.0) / ((high - low) / 2.0)

    def as_row(self) -> dict[str, str | float | int]:
        """Columns of moments.csv and of the rows of `rebound validate --json`."""
        m, e = self.moment, self.estimate
        return {
            "id": m.id,
            "family": m.family,
            "moment": m.label,
            "moment_fr": m.label_fr,
            "unit": m.unit,
            "use": m.use,
            "target": m.value,
            "low": m.low,
            "high": m.high,
            "simulated": e.value,
            "low95": e.low,
            "high95": e.high,
            "replications": e.replications,
            "verdict": self.verdict,
            "reason": self.reason,
            "source": m.source,
            "confidence": m.confidence,
            "definition": self.definition,
        }


def compare_moments(
    moments: Sequence[Moment], measured: Mapping[str, Measured]
) -> list[MomentComparison]:
    """Each moment with its simulated value, in the order given."""
    found = []
    for moment in moments:
        one = measured.get(moment.id)
        if one is None:
            found.append(MomentComparison(moment, _NOTHING, "not measured", NO_MEASURE, ""))
            continue
        estimate, definition = estimated(one), one.measure.definition
        if math.isnan(estimate.value):
            verdict: Verdict = "not measured"
        else:
            verdict = "inside" if moment.inside(estimate.value) else "outside"
        reason = ""
        if verdict == "not measured":
            reason = NO_DENOMINATOR if estimate.method == NO_DENOMINATOR else NOT_DEFINED
        found.append(MomentComparison(moment, estimate, verdict, reason, definition))
    return found


def estimated(one: Measured) -> Estimate:
    """A moment over replications: a ratio of totals for shares and means, else the mean.

    Replications may have different parameters: a mean of ratios would be ruled by those whose
    denominator is near 0. Denominators that could be 0 by luck leave no interval, and no value
    either where some are negative (jobs added, which a replication may lose). A share (the part is
    never more than the whole) has its interval between 0 and 1.
    """
    if one.totals is None:
        return mean_estimate(one.values)
    top, bottom = one.totals.T
    found = ratio_estimate(top, bottom)
    if math.isnan(found.value) and bottom.min() >= 0.0 and bottom.sum() > 0.0:
        value = float(top.sum() / bottom.sum())
        return Estimate(value, math.nan, math.nan, found.replications, UNCERTAIN_DENOMINATOR)
    if top.min() >= 0.0 and bool((top <= bottom).all()):
        return replace(found, low=max(found.low, 0.0), high=min(found.high, 1.0))
    return found


def tally(rows: Sequence[MomentComparison]) -> dict[str, int]:
    """Numbers of moments inside, outside, not measured, and in all."""
    counted = {name: sum(row.verdict == name for row in rows) for name in get_args(Verdict)}
    return {
        "inside": counted["inside"],
        "outside": counted["outside"],
        "not_measured": counted["not measured"],
        "total": len(rows),
    }


def tally_by_use(rows: Sequence[MomentComparison]) -> dict[str, dict[str, int]]:
    """The same for moments that may be fitted and for those that only check."""
    return {use: tally([row for row in rows if row.moment.use == use]) for use in get_args(Use)}
