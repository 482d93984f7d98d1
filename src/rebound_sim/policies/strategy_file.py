"""A user's own strategy: one Python file, or an installed package.

A file is read once, on the machine of the user; its text travels with the choice, so that workers
elsewhere need not have it. A package declares an entry point of group `rebound_sim.strategies`
whose name is the strategy's and whose value is the decorated function.
"""

from __future__ import annotations

import sys
import traceback
from functools import cache
from importlib.metadata import EntryPoint, entry_points
from pathlib import Path
from types import ModuleType
from typing import Any

from rebound_sim.errors import InputError, nearest
from rebound_sim.policies.decision import DECISION_SECONDS
from rebound_sim.policies.strategy import Strategy, StrategyChoice, place
from rebound_sim.policies.time_limit import OutOfTime, call_within

ENTRY_POINTS = "rebound_sim.strategies"
LARGEST_FILE_BYTES = 1_000_000
_MODULE_PREFIX = "rebound_strategy_file_"
_EXAMPLE = '@strategy("mine", level="zones") above def mine(desk, budget)'


def load_strategy_file(path: str | Path) -> StrategyChoice:
    """Read a strategy file, run it once, and check what it declares.

    Raises InputError, with file and line: missing, too large, not UTF-8, a fault when it is run,
    no strategy in it or several, a declaration that is refused, a name already taken.
    """
    origin = str(path)
    source = _read(Path(path), origin)
    return StrategyChoice(strategy_of_source(source, origin).name, source, origin)


def strategy_of_source(source: str, origin: str) -> Strategy:
    """Run the text of a strategy file in a fresh namespace; the strategy that it declares."""
    found = [
        value
        for value in _namespace(source, origin).values()
        if isinstance(value, Strategy) and place(value.allocate)[0] == origin
    ]
    distinct = list({id(item): item for item in found}.values())
    if not distinct:
        raise InputError("no strategy in this file", file=origin, allowed=_EXAMPLE)
    if len(distinct) > 1:
        _, line = place(distinct[1].allocate)
        names = ", ".join(item.name for item in distinct)
        raise InputError(
            f"several strategies in this file: {names}", file=origin, line=line, allowed="one"
        )
    made = distinct[0]
    from rebound_sim.policies.strategies import STRATEGIES

    if made.name in STRATEGIES or made.name in installed_names():
        _, line = place(made.allocate)
        raise InputError(
            "a shipped or installed strategy has this name; a result must not be taken for its own",
            file=origin,
            line=line,
            value=made.name,
        )
    _check_levers(made, origin)
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


def _namespace(source: str, origin: str) -> dict[str, Any]:
    module = ModuleType(f"{_MODULE_PREFIX}{Path(origin).stem}")
    module.__file__ = origin
    # Dataclasses look their own module up.
    sys.modules[module.__name__] = module
    namespace = vars(module)

    def run() -> None:
        exec(compile(source, origin, "exec", dont_inherit=True), namespace)

    try:
        call_within(DECISION_SECONDS, run)
    except InputError:
        raise
    except SyntaxError as fault:
        line = fault.lineno if fault.filename == origin else None
        raise InputError(f"not Python: {fault.msg}", file=origin, line=line) from None
    except OutOfTime as fault:
        problem = f"the file did not end within {DECISION_SECONDS:g} s (an endless loop?)"
        raise InputError(problem, file=origin, line=_line(fault, origin)) from None
    except KeyboardInterrupt:
        raise
    except BaseException as fault:
        problem = f"the file raised {type(fault).__name__}: {fault}"
        raise InputError(problem, file=origin, line=_line(fault, origin)) from None
    return namespace


def _line(fault: BaseException, origin: str) -> int | None:
    frames = traceback.extract_tb(fault.__traceback__)
    lines = [frame.lineno for frame in frames if frame.filename == origin]
    return lines[-1] if lines else None


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
        made = entry.load()
    except Exception as fault:
        raise InputError(
            f"the strategy cannot be imported: {type(fault).__name__}: {fault}",
            file=package,
            key=name,
        ) from None
    if not isinstance(made, Strategy) or made.name != name:
        raise InputError(
            f"the entry point does not give a strategy named {name}",
            file=package,
            key=name,
            value=getattr(made, "name", made),
            allowed=_EXAMPLE.replace("mine", name),
        )
    _check_levers(made, package)
    return made
