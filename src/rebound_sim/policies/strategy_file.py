"""Strategies made of a user's code: the text of a file, a function, or an installed package.

A package declares an entry point of group `rebound_sim.strategies` whose name is the strategy's and
whose value is the decorated function. The code of users runs in a process of its own (`hosted`).
"""

from __future__ import annotations

from functools import cache
from importlib.metadata import EntryPoint, entry_points
from types import MappingProxyType

from rebound_sim.errors import InputError
from rebound_sim.policies.decision import DECISION_SECONDS
from rebound_sim.policies.hosted import Hosted
from rebound_sim.policies.rule_code import RuleCode
from rebound_sim.policies.rule_loading import EXAMPLE
from rebound_sim.policies.strategies import STRATEGIES
from rebound_sim.policies.strategy import Strategy, place

ENTRY_POINTS = "rebound_sim.strategies"


def strategy_of_code(code: RuleCode) -> Strategy:
    """Run a user's code in the process of rules; the strategy that it declares.

    Raises InputError, located in the code.
    """
    rule = Hosted(code, DECISION_SECONDS)
    said = rule.declaration
    made = Strategy(
        said.name,
        said.title,
        said.description,
        said.level,
        rule,
        MappingProxyType(dict(said.levers)),
        said.recall,
    )
    if code.entry is None and (made.name in STRATEGIES or made.name in installed_names()):
        raise InputError(
            "a shipped or installed strategy has this name; a result must not be taken for its own",
            file=said.file,
            line=said.line,
            value=made.name,
        )
    _check_levers(made, code.origin)
    return made


def _check_levers(made: Strategy, origin: str) -> None:
    """Levers are values that a programme file would accept. Raises InputError."""
    if not made.levers:
        return
    from rebound_sim.policies.programme_table import ProgrammeTable
    from rebound_sim.reading.source import Source
    from rebound_sim.reading.strict import validated

    _, line = place(made.allocate)
    pace = made.levers.get("pace", True)
    if not isinstance(pace, bool):
        raise InputError(
            "wrong type", file=origin, line=line, key="pace", value=pace, allowed="true or false"
        )
    fixed = {name: value for name, value in made.levers.items() if name != "pace"}
    lines = {} if line is None else dict.fromkeys(fixed, line)
    values = {"envelope_eur": 100_000_000, "strategies": ("none",), **fixed}
    validated(ProgrammeTable, values, Source(origin, values, lines))


@cache
def _entry_points() -> dict[str, EntryPoint]:
    return {entry.name: entry for entry in entry_points(group=ENTRY_POINTS)}


def installed_names() -> tuple[str, ...]:
    """Names of the strategies of installed packages, in alphabetical order; shipped names win."""
    return tuple(sorted(name for name in _entry_points() if name not in STRATEGIES))


def installed_strategy(name: str) -> Strategy:
    """The strategy of an installed package. Raises InputError when it cannot be used."""
    entry = _entry_points()[name]
    package = f"package {entry.dist.name}" if entry.dist else entry.value
    try:
        made = strategy_of_code(RuleCode(package, entry=entry.value))
    except InputError as fault:
        raise fault.located(key=name) from None
    if made.name != name:
        raise InputError(
            f"the entry point does not give a strategy named {name}",
            file=package,
            key=name,
            value=made.name,
            allowed=EXAMPLE.replace("mine", name),
        )
    return made
