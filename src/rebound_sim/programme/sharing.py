"""Arms in lockstep that share the simulation of a zone as long as nothing in it differs.

A zone's path follows from its luck and from the orders that reach it. Arms whose orders to a
zone have been equal so far hold the same `BasinModel`; when they differ, the zone is copied, and
the copies share people and firms until these differ too (`programme.cores`).
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from rebound_sim import schedule
from rebound_sim.agents.orders import Mandate
from rebound_sim.model import BasinModel
from rebound_sim.programme import cores
from rebound_sim.programme.model import ProgrammeModel
from rebound_sim.state.check import check

_NO_ORDERS = Mandate()


@dataclass
class Lane:
    """One arm of the group, as it goes. error : why it stopped, "" while it goes on.

    orders : digest of all the orders to each zone    months : zone-months simulated for it, each
    shared between the arms that held the zone
    """

    name: str
    model: ProgrammeModel
    error: str = ""
    orders: dict[str, Any] = field(default_factory=dict)
    months: dict[str, float] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.orders = {code: hashlib.sha256() for code in self.model.codes}
        self.months = dict.fromkeys(self.model.codes, 0.0)

    def note(self, code: str, month: int, mandate: Mandate) -> None:
        """Add a month's orders to the digest; a month without orders adds nothing."""
        if mandate != _NO_ORDERS:
            self.orders[code].update(f"{month}{mandate}".encode())


def one_month(arms: Sequence[Lane], described: Callable[[Exception], str]) -> None:
    """The next month of arms that go on, all in the same month. One that fails stops alone.

    described : text of a fault
    """
    month = arms[0].model.t
    orders = {}
    for arm in arms:
        try:
            orders[arm.name] = arm.model.decide()
        except Exception as fault:
            arm.error = described(fault)
    alive = going_on(arms)
    for code in arms[0].model.codes:
        _one_zone(code, month, alive, orders, described)
    for arm in alive:
        arm.model.t += 1


def going_on(arms: Sequence[Lane]) -> list[Lane]:
    """Those that have not failed."""
    return [arm for arm in arms if not arm.error]


@dataclass
class _Member:
    """A zone as some arms have it, and their orders of the month."""

    zone: BasinModel
    mandate: Mandate
    lanes: list[Lane]

    def fail(self, text: str) -> None:
        for lane in self.lanes:
            lane.error = text


def _one_zone(
    code: str,
    month: int,
    arms: Sequence[Lane],
    orders: dict[str, dict[str, Mandate]],
    described: Callable[[Exception], str],
) -> None:
    """One month of one zone for every arm, once for all that have the same past and orders."""
    families = _families(code, going_on(arms), orders)
    for members in families:
        for group in _one_core(members, lambda fault: f"zone {code}: {described(fault)}"):
            lanes = [lane for member in group for lane in member.lanes]
            for lane in lanes:
                lane.months[code] += 1.0 / len(lanes)
    for member in (member for members in families for member in members):
        for lane in member.lanes:
            lane.note(code, month, member.mandate)


def _families(
    code: str, lanes: Sequence[Lane], orders: dict[str, dict[str, Mandate]]
) -> list[list[_Member]]:
    """Zones of the month by core. What orders change in a core at once parts it first."""
    groups: dict[tuple[int, Mandate], list[Lane]] = {}
    for lane in lanes:
        groups.setdefault((id(lane.model.zones[code]), orders[lane.name][code]), []).append(lane)
    families: dict[tuple[int, bool, float | None], list[_Member]] = {}
    kept: set[int] = set()
    for (past, mandate), group in groups.items():
        zone = group[0].model.zones[code]
        core = (cores.core_of(zone), mandate.closes, mandate.outside)
        if past in kept:
            zone = cores.share(zone)
        kept.add(past)
        for lane in group:
            lane.model.zones[code] = zone
        families.setdefault(core, []).append(_Member(zone, mandate, group))
    seen: set[int] = set()
    for (core_number, _, _), members in families.items():
        if core_number in seen:
            _part([member.zone for member in members])
        seen.add(core_number)
    return list(families.values())


def _part(zones: Sequence[BasinModel]) -> None:
    """Give these zones a core of their own, which they share."""
    cores.part(zones[0])
    for zone in zones[1:]:
        cores.adopt(zone, zones[0])


def _one_core(members: list[_Member], described: Callable[[Exception], str]) -> list[list[_Member]]:
    """One month of the zones that share a core: the core once, their public sides one by one.

    Returns the members by core at its end.
    """
    try:
        for member in members:
            member.zone.receive(member.mandate)
        _lead(schedule.FIRST, members)
        parts = _by_failures(members)
    except Exception as fault:
        for member in members:
            member.fail(described(fault))
        return [members]
    return [group for part in parts for group in _rest_of_month(part, described)]


def _rest_of_month(
    members: list[_Member], described: Callable[[Exception], str]
) -> list[list[_Member]]:
    """What follows `schedule.FIRST`, to the end before another core begins it: work arrays are
    one for all copies of a zone. Returns the members by core at its end.
    """
    try:
        _lead(schedule.BEFORE, members)
    except Exception as fault:
        for member in members:
            member.fail(described(fault))
        return [members]
    groups = _public_sides(members, described)
    for group in groups:
        try:
            _end_of_month([member.zone for member in group])
        except Exception as fault:
            for member in group:
                member.fail(described(fault))
    return groups


def _run(phases: Sequence[schedule.Phase], zone: BasinModel) -> None:
    for _, phase in phases:
        phase(zone)


def _lead(phases: Sequence[schedule.Phase], members: Sequence[_Member]) -> None:
    """Phases of a core that these zones share, run by the first."""
    _run(phases, members[0].zone)
    for member in members[1:]:
        cores.follow(member.zone, members[0].zone)


def _by_failures(members: list[_Member]) -> list[list[_Member]]:
    """Zones of a core by the firms that fail this month, which help given before may change."""
    lead = members[0].zone
    if all(cores.same_help(member.zone, lead) for member in members[1:]):
        return [members]
    groups: dict[bytes, list[_Member]] = {}
    for member in members:
        groups.setdefault(cores.failures(member.zone), []).append(member)
    for group in list(groups.values())[1:]:
        _part([member.zone for member in group])
    return list(groups.values())


def _public_sides(
    members: list[_Member], described: Callable[[Exception], str]
) -> list[list[_Member]]:
    """Projects and state agents of each member; returns the members by core after that."""
    before = cores.Cells(members[0].zone) if len(members) > 1 else None
    groups: list[tuple[cores.Cells | None, list[_Member]]] = []
    for member in members:
        try:
            if before is not None:
                before.write(member.zone)
            _run(schedule.PUBLIC, member.zone)
        except Exception as fault:
            member.fail(described(fault))
            continue
        after = cores.Cells(member.zone) if before is not None else None
        for cells, group in groups:
            if cells is not None and after is not None and cells.same(after):
                group.append(member)
                break
        else:
            groups.append((after, [member]))
    for number, (cells, group) in enumerate(groups):
        if number > 0:
            _part([member.zone for member in group])
        if cells is not None:
            cells.write(group[0].zone)
    return [group for _, group in groups]


def _end_of_month(zones: Sequence[BasinModel]) -> None:
    """Search, wages, demography of the core, and the records of each zone that shares it."""
    lead = zones[0]
    _run(schedule.AFTER, lead)
    lead.recorder.record(lead)
    for zone in zones[1:]:
        cores.follow(zone, lead)
        zone.recorder.record(zone, lead.recorder)
    for zone in zones:
        zone.state.t += 1


def check_laws(arms: Sequence[Lane], described: Callable[[Exception], str]) -> None:
    """Conservation laws of every zone and of the national accounts."""
    broken: dict[int, str] = {}
    for arm in arms:
        for code, zone in arm.model.zones.items():
            if id(zone) not in broken:
                broken[id(zone)] = ""
                try:
                    check(zone.state)
                except Exception as fault:
                    broken[id(zone)] = f"zone {code}: {described(fault)}"
            arm.error = arm.error or broken[id(zone)]
