"""Arms in lockstep that share the simulation of a zone as long as its orders are the same.

A zone's path follows from its luck and from the orders that reach it. Arms whose orders to a
zone have been equal so far hold the same `BasinModel`; when they differ, the zone is copied.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from rebound_sim.agents.orders import Mandate
from rebound_sim.model import BasinModel
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


def run_together(arms: Sequence[Lane], described: Callable[[Exception], str]) -> None:
    """Run all arms to the end. An arm that fails stops alone; the laws are checked at the end.

    arms : their models hold the same zones at t = 0    described : text of a fault
    """
    if not arms:
        return
    for month in range(arms[0].model.months):
        alive = [arm for arm in arms if not arm.error]
        orders = {}
        for arm in alive:
            try:
                orders[arm.name] = arm.model.decide()
            except Exception as fault:
                arm.error = described(fault)
        alive = [arm for arm in alive if not arm.error]
        for code in arms[0].model.codes:
            _one_zone(code, month, alive, orders, described)
        for arm in alive:
            arm.model.t += 1
    _check_laws([arm for arm in arms if not arm.error], described)


def _one_zone(
    code: str,
    month: int,
    arms: Sequence[Lane],
    orders: dict[str, dict[str, Mandate]],
    described: Callable[[Exception], str],
) -> None:
    """One month of one zone for every arm, once for each group with the same past and orders."""
    groups: dict[tuple[int, Mandate], list[Lane]] = {}
    for arm in arms:
        if not arm.error:
            key = (id(arm.model.zones[code]), orders[arm.name][code])
            groups.setdefault(key, []).append(arm)
    kept: set[int] = set()
    steps: list[tuple[BasinModel, Mandate, list[Lane]]] = []
    for (past, mandate), group in groups.items():
        zone = group[0].model.zones[code]
        if past in kept:
            zone = zone.fork()
        kept.add(past)
        steps.append((zone, mandate, group))
    for zone, mandate, group in steps:
        try:
            zone.receive(mandate)
            zone.advance()
        except Exception as fault:
            for arm in group:
                arm.error = f"zone {code}: {described(fault)}"
        for arm in group:
            arm.model.zones[code] = zone
            arm.note(code, month, mandate)
            arm.months[code] += 1.0 / len(group)


def _check_laws(arms: Sequence[Lane], described: Callable[[Exception], str]) -> None:
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
