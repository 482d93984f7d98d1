"""A plan of a whole programme, carried out in a sample of its zones."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from fractions import Fraction

from rebound_sim.errors import InputError
from rebound_sim.policies.plan import Line, Plan
from rebound_sim.policies.programme_table import ProgrammeTable
from rebound_sim.scenario.planned import ALLOCATED, completed_plan
from rebound_sim.scenario.programme import World


def plan_in_sample(plan: Plan, world: World, sample: World) -> Plan:
    """The lines of a plan in the zones of a sample, which ask of its envelope the share that the
    plan asks of the whole one, as near as the ceilings of a zone let them.

    A plan that prefers other zones would otherwise be compared for less money than the strategies,
    and one that prefers these would not fit. Lines keep their dates and their proportions; amounts
    are rounded down to a euro or a day. Without a programme nothing is scaled; sections never are.
    `sampled` of the result is the factor. Raises InputError: no line in the sample, or a plan that
    `world` refuses.
    """
    whole = completed_plan(plan, world)
    own = [line for line in whole.lines if line.zone in sample.codes]
    sections = tuple(line for line in own if line.settings is not None)
    own = [line for line in own if line.settings is None]
    asked = sum(int(line.amount_eur or 0) for line in own)
    if not asked and not sections:
        raise InputError(
            "the plan gives nothing to the zones of this sample",
            file=f"plan {plan.name}",
            value=", ".join(sample.codes),
            allowed="another --seed, or more --zones",
        )
    if not asked or world.programme is None or sample.programme is None:
        return replace(plan, lines=(*sections, *own), places=(), sampled=1.0)
    total = sum(int(line.amount_eur or 0) for line in whole.lines)
    share = Fraction(total, world.programme.envelope_eur)
    factor = share * sample.programme.envelope_eur / asked
    fits = _ceilings(own, sample.programme)
    lines = [
        _scaled(line, min(factor, fits[line.zone, line.instrument]), sample.programme)
        for line in own
    ]
    kept = tuple(line for line in lines if line.amount_eur)
    given = sum(int(line.amount_eur or 0) for line in kept)
    return replace(plan, lines=(*sections, *kept), places=(), sampled=given / asked)


def _ceilings(lines: list[Line], table: ProgrammeTable) -> dict[tuple[str, str], Fraction]:
    """What amounts of a zone and instrument can be multiplied by."""
    most = dict.fromkeys(ALLOCATED, table.zone_ceiling_eur)
    most["engineering"] = table.mission_days_most * table.daily_cost_eur
    given: Counter[tuple[str, str]] = Counter()
    for line in lines:
        given[line.zone, line.instrument] += int(line.amount_eur or 0)
    return {key: Fraction(most[key[1]], max(amount, 1)) for key, amount in given.items()}


def _scaled(line: Line, factor: Fraction, table: ProgrammeTable) -> Line:
    if line.days is None:
        return replace(line, amount_eur=int(int(line.amount_eur or 0) * factor))
    days = int(line.days * factor)
    return replace(line, days=days, amount_eur=days * table.daily_cost_eur)
