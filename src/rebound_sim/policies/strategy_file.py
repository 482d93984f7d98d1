"""A user's own strategy: one Python file, or an installed package.

A file is read once, on the machine of the user; its text travels with the choice, so that workers
elsewhere need not have it. A package declares an entry point of group `rebound_sim.strategies`
whose name is the strategy's and whose value is the decorated function. The code of users runs in a
process of its own (`hosted`).
"""

from __future__ import annotations

from functools import cache
from importlib.metadata import EntryPoint, entry_points
from pathlib import Path
from types import MappingProxyType

from rebound_sim.errors import InputError, nearest
from rebound_sim.policies.decision import DECISION_SECONDS
from rebound_sim.policies.hosted import Hosted
from rebound_sim.policies.rule_code import RuleCode
from rebound_sim.policies.rule_loading import EXAMPLE
from rebound_sim.policies.strategy import Strategy, StrategyChoice, place

ENTRY_POINTS = "rebound_sim.strategies"
LARGEST_FILE_BYTES = 1_000_000


def load_strategy_file(path: str | Path) -> StrategyChoice:
    """Read a strategy file, run it once, and check what it declares.

    Raises InputError, with file and line: missing, too large, not UTF-8, a fault when it is run,
    no strategy in it or several, a declaration that is refused, a name already taken.
    """
    origin = str(path)
    source = _read(Path(path), origin)
    made = strategy_of_code(RuleCode(origin, source=source))
    return StrategyChoice(made.name, source, origin, printed=made.printed)


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
    from rebound_sim.policies.strategies import STRATEGIES

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


def _read(path: Path, origin: str) -> str:
    try:
        with path.open("rb") as stream:
            content = stream.read(LARGEST_FILE_BYTES + 1)
    except FileNotFoundError:
        near = None
        if path.parent.is_dir():
            near = nearest(path.name, (other.name for other in path.parent.glob("*.py")))
        similar = str(path.parent / near) if near else None
        raise InputError("no such file", file=origin, nearest=similar) from None
    except (OSError, ValueError) as fault:
        reason = getattr(fault, "strerror", None) or str(fault)
        raise InputError(f"the file cannot be read: {reason}", file=origin) from None
    if len(content) > LARGEST_FILE_BYTES:
        raise InputError("the file is too large", file=origin, allowed="at most 1,000,000 bytes")
    try:
        # The digest of a rule does not depend on the ends of lines of an editor.
        return content.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")
    except UnicodeDecodeError as fault:
        line = content.count(b"\n", 0, fault.start) + 1
        raise InputError("the text is not UTF-8", file=origin, line=line) from None


@cache
def _entry_points() -> dict[str, EntryPoint]:
    return {entry.name: entry for entry in entry_points(group=ENTRY_POINTS)}


def installed_names() -> tuple[str, ...]:
    """Names of the strategies of installed packages, in alphabetical order; shipped names win."""
    from rebound_sim.policies.strategies import STRATEGIES

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
