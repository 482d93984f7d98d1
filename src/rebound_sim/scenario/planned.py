"""A plan checked against the world in which it is carried out, with what it left out."""

from __future__ import annotations

import dataclasses
from collections import Counter

from rebound_sim.data.directory import UNKNOWN_ZONE, code_of_cell, find_zone, zone_names
from rebound_sim.errors import InputError, nearest
from rebound_sim.policies.definition import Order
from rebound_sim.policies.instruments import INSTRUMENTS
from rebound_sim.policies.plan import EVERY_ZONE, Line, Plan
from rebound_sim.policies.programme_table import NATIONAL, ProgrammeTable
from rebound_sim.scenario.programme import World

#: Instruments that a plan can give to a zone.
ALLOCATED = tuple(name for name, item in INSTRUMENTS.items() if item.allocated)


def completed_plan(plan: Plan, world: World) -> Plan:
    """The plan with codes of zones, amounts in EUR and all months.

    Dates left out are those of the programme: engineering from its opening, grants from theirs, to
    the closing of the window. Raises InputError, located: an unknown zone or instrument, a zone
    without a closure, dates outside the calendar, more than a zone or the envelope can have.
    """
    table = world.programme or ProgrammeTable(envelope_eur=1, strategies=("none",))
    plan = _zone_by_zone(plan, world)
    lines = tuple(
        _completed(plan, number, line, world, table) for number, line in enumerate(plan.lines)
    )
    whole = dataclasses.replace(plan, lines=lines)
    if allocated(whole, world):
        _check_money(whole, world.national())
        _check_carriers(whole)
    planned_orders(whole, world)
    return whole


def helped(world: World) -> tuple[str, ...]:
    """Codes of the zones that can be helped: those with a closure, all in a world without one."""
    return tuple(entry.code for entry in world.zone if entry.closure) or world.codes


def allocated(plan: Plan, world: World) -> bool:
    """True if national agents carry the plan out: it gives amounts of a programme's envelope."""
    return world.programme is not None and any(line.settings is None for line in plan.lines)


def _zone_by_zone(plan: Plan, world: World) -> Plan:
    """The plan with a line for each zone in place of one for every zone."""
    if all(line.zone != EVERY_ZONE for line in plan.lines):
        return plan
    numbers, lines = [], []
    for number, line in enumerate(plan.lines):
        for code in helped(world) if line.zone == EVERY_ZONE else (line.zone,):
            numbers.append(number)
            lines.append(dataclasses.replace(line, zone=code))
    places = tuple(plan.places[number] for number in numbers) if plan.places else ()
    return dataclasses.replace(plan, lines=tuple(lines), places=places)


def _completed(plan: Plan, number: int, line: Line, world: World, table: ProgrammeTable) -> Line:
    code = _zone(plan, number, line, world)
    if line.settings is not None:
        return dataclasses.replace(line, zone=code)
    if line.instrument not in ALLOCATED:
        problem = "the law decides it" if line.instrument in INSTRUMENTS else "unknown instrument"
        raise plan.error(
            number,
            "instrument",
            problem,
            value=line.instrument,
            allowed=", ".join(ALLOCATED),
            nearest=nearest(line.instrument, ALLOCATED),
        )
    opening = table.start_month + table.grants_delay_months
    closing = opening + table.window_months
    first = opening if line.instrument == "grants" else table.start_month
    start = first if line.start is None else line.start
    end = closing if line.end is None else line.end
    if world.programme is None and line.end is None:
        end = start + table.window_months
    if world.programme is not None and not first <= start < closing:
        raise plan.error(
            number,
            "start",
            f"{line.instrument} cannot start then in this programme",
            value=start,
            allowed=f"months {first} to {closing - 1}",
        )
    if world.programme is not None and not start < end <= closing:
        raise plan.error(
            number,
            "end",
            "help ends before it starts, or after the window closes",
            value=end,
            allowed=f"months {start + 1} to {closing}",
        )
    amount, days = line.amount_eur, line.days
    if days is not None and line.instrument != "engineering":
        raise plan.error(number, "days", "days are for engineering; give an amount", value=days)
    if line.instrument == "engineering":
        days = days if days is not None else int(amount or 0) // table.daily_cost_eur
        amount = days * table.daily_cost_eur
    return Line(code, line.instrument, amount, days, start, end)


def _zone(plan: Plan, number: int, line: Line, world: World) -> str:
    """Code of the zone, given by code (a spreadsheet drops its zeros) or name."""
    given = line.zone
    code = given if given in world.codes else code_of_cell(given)
    if code not in world.codes:
        try:
            code = find_zone(code)
        except InputError as fault:
            if fault.problem != UNKNOWN_ZONE:  # a name of several, a zone overseas
                raise plan.error(
                    number, "zone", fault.problem, value=given, allowed=fault.allowed
                ) from None
            code = given
    if code not in world.codes:
        known = {zone: zone_names().get(zone, zone) for zone in world.codes}
        close = nearest(given, [*known, *known.values()])
        raise plan.error(
            number,
            "zone",
            "no such zone in this world",
            value=given,
            allowed=", ".join(known) if len(known) <= 12 else f"one of its {len(known)} zones",
            nearest=close,
        )
    if code not in helped(world):
        raise plan.error(
            number,
            "zone",
            "this zone has no closure, and only zones with one are helped",
            value=given,
        )
    return code


def _check_carriers(plan: Plan) -> None:
    """Days and files of a zone are either its own agents' or the programme's."""
    for number, line in enumerate(plan.lines):
        if line.settings is not None and line.instrument in NATIONAL:
            raise plan.error(
                number,
                "instrument",
                f"{line.instrument} with settings is the zone's own; here the programme has it",
                allowed="amounts or days for all lines, or settings for all",
            )


def _check_money(plan: Plan, table: ProgrammeTable) -> None:
    """A zone receives no more than its ceilings, and all zones no more than the envelope."""
    most = dict.fromkeys(ALLOCATED, table.zone_ceiling_eur)
    most["engineering"] = table.mission_days_most * table.daily_cost_eur
    given: Counter[tuple[str, str]] = Counter()
    total = 0
    for number, line in enumerate(plan.lines):
        column = "days" if line.instrument == "engineering" else "amount"
        amount = int(line.amount_eur or 0)
        total += amount
        given[line.zone, line.instrument] += amount
        if given[line.zone, line.instrument] > most[line.instrument]:
            raise plan.error(
                number,
                column,
                f"zone {line.zone} has {given[line.zone, line.instrument]:,} EUR of "
                f"{line.instrument} with this line",
                allowed=f"at most {most[line.instrument]:,} a zone",
            )
        if total > table.envelope_eur:
            raise plan.error(
                number,
                column,
                f"the lines to this one give {total:,} EUR",
                allowed=f"the envelope, {table.envelope_eur:,} EUR",
            )


def planned_orders(plan: Plan, world: World) -> dict[str, tuple[Order, ...]]:
    """What the agents of each zone are told, by zone; months from its first announcement.

    plan : completed. Lines that national agents carry out are left out; help that would start
    before the announcement starts with it. Raises InputError for money that buys nothing.
    """
    orders: dict[str, tuple[Order, ...]] = {}
    announced = {entry.code: entry.announcement_month for entry in world.zone}
    for number, line in enumerate(plan.lines):
        if line.settings is not None:
            orders[line.zone] = (*orders.get(line.zone, ()), (line.instrument, line.settings))
            continue
        if world.programme is not None and line.instrument in NATIONAL:
            continue
        start, end = int(line.start or 0), int(line.end or 0)
        first = max(start - announced[line.zone], 0)
        settings = INSTRUMENTS[line.instrument].settings
        amount = int(line.amount_eur or 0)
        if amount == 0:
            continue
        bought = settings.bought(amount, first, end - start)
        if not bought.enabled:
            raise plan.error(
                number, "amount", f"too little to buy any {line.instrument}", value=amount
            )
        if line.instrument == "grants" and plan.selection is not None:
            bought = bought.model_copy(update={"selection": plan.selection})
        orders[line.zone] = (*orders.get(line.zone, ()), (line.instrument, bought))
    return orders
