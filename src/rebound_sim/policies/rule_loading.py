"""Run the code of a rule and find the strategy in it, in the process that this is done in."""

from __future__ import annotations

import pickle
import sys
import traceback
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import Any

from rebound_sim.errors import InputError, words_of
from rebound_sim.policies.rule_code import FunctionCode, RuleCode
from rebound_sim.policies.strategy import Strategy, place, strategy
from rebound_sim.policies.time_limit import OutOfTime, call_within

EXAMPLE = '@strategy("mine", level="zones") above def mine(desk, budget)'
_MODULE_PREFIX = "rebound_strategy_file_"


def strategy_of(code: RuleCode, seconds: float) -> Strategy:
    """The strategy of some code, run in a fresh namespace.

    seconds : longest time of a file. Raises InputError, with file and line: a fault when it is run,
    no strategy in it or several, a declaration that is refused.
    """
    if code.source is not None:
        return _of_source(code.source, code.origin, seconds)
    if code.function is not None:
        return _of_function(code.function, code.origin)
    return _of_package(code)


def _of_source(source: str, origin: str, seconds: float) -> Strategy:
    found = [
        value
        for value in _namespace(source, origin, seconds).values()
        if isinstance(value, Strategy) and place(value.allocate)[0] == origin
    ]
    distinct = list({id(item): item for item in found}.values())
    if not distinct:
        raise InputError("no strategy in this file", file=origin, allowed=EXAMPLE)
    if len(distinct) > 1:
        _, line = place(distinct[1].allocate)
        names = ", ".join(item.name for item in distinct)
        raise InputError(
            f"several strategies in this file: {names}", file=origin, line=line, allowed="one"
        )
    return distinct[0]


def _of_function(code: FunctionCode, origin: str) -> Strategy:
    try:
        rule = pickle.loads(code.pickled)
    except Exception as fault:
        problem = f"the function cannot be rebuilt: {type(fault).__name__}: {fault}"
        raise InputError(problem, file=origin) from None
    return strategy(**dict(code.declared))(rule)


def _of_package(code: RuleCode) -> Strategy:
    module, _, attribute = (code.entry or "").partition(":")
    try:
        made: Any = import_module(module)
        for name in attribute.split("."):
            made = getattr(made, name)
    except Exception as fault:
        problem = f"the strategy cannot be imported: {type(fault).__name__}: {fault}"
        raise InputError(problem, file=code.origin) from None
    if not isinstance(made, Strategy):
        raise InputError("the entry point gives no strategy", file=code.origin, value=made)
    return made


def _namespace(source: str, origin: str, seconds: float) -> dict[str, Any]:
    module = ModuleType(f"{_MODULE_PREFIX}{Path(origin).stem}")
    module.__file__ = origin
    # Dataclasses look their own module up.
    sys.modules[module.__name__] = module
    namespace = vars(module)

    def run() -> None:
        exec(compile(source, origin, "exec", dont_inherit=True), namespace)

    try:
        call_within(seconds, run)
    except InputError:
        raise
    except SyntaxError as fault:
        line = fault.lineno if fault.filename == origin else None
        raise InputError(f"not Python: {fault.msg}", file=origin, line=line) from None
    except OutOfTime as fault:
        problem = f"the file did not end within {seconds:g} s (an endless loop?)"
        raise InputError(problem, file=origin, line=_line(fault, origin)) from None
    except KeyboardInterrupt:
        raise
    except BaseException as fault:
        problem = f"the file raised {words_of(fault)}"
        raise InputError(problem, file=origin, line=_line(fault, origin)) from None
    return namespace


def _line(fault: BaseException, origin: str) -> int | None:
    frames = traceback.extract_tb(fault.__traceback__)
    lines = [frame.lineno for frame in frames if frame.filename == origin]
    return lines[-1] if lines else None
