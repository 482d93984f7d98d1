"""A strategy written as a function in a notebook or a script, in a form that workers can read."""

from __future__ import annotations

import hashlib
import inspect
import sys
import sysconfig
from collections.abc import Callable
from pathlib import Path
from types import CodeType, FunctionType, ModuleType
from typing import Any

from rebound_sim.errors import InputError
from rebound_sim.policies.rule_code import FunctionCode, RuleCode
from rebound_sim.policies.strategy import Strategy
from rebound_sim.policies.strategy_choice import StrategyChoice
from rebound_sim.policies.strategy_file import strategy_of_code

_ALLOWED = "def mine(desk, budget), with or without @strategy above it"


def choice_of(rule: Strategy | Callable[..., Any]) -> StrategyChoice:
    """The choice of a decorated function, or of a plain one: level zones, named as the function.

    The function travels with what it refers to, as it is now (cloudpickle). Raises InputError: it
    cannot travel, its declaration is refused, or its name is taken.
    """
    import cloudpickle

    if isinstance(rule, Strategy):
        function: Any = rule.allocate
        name = rule.name
        declared = {"name": name, "level": rule.level, "recall": rule.recall, **rule.levers}
    else:
        function = rule
        name = str(getattr(rule, "__name__", ""))
        declared = {"name": name, "level": "zones"}
    if not isinstance(function, FunctionType):
        raise InputError("not a strategy", value=rule, allowed=_ALLOWED)
    module = sys.modules.get(function.__module__)
    by_value = module is not None and _is_local(module)
    if by_value:
        cloudpickle.register_pickle_by_value(module)
    try:
        pickled = cloudpickle.dumps(function)
    except Exception as fault:
        raise InputError(
            f"the function refers to what cannot travel to another process: {fault}",
            file=f"function {function.__name__}",
        ) from None
    finally:
        if by_value:
            cloudpickle.unregister_pickle_by_value(module)
    code = FunctionCode(pickled, tuple(declared.items()), _text(function))
    origin = f"function {function.__name__}"
    made = strategy_of_code(RuleCode(origin, function=code))
    return StrategyChoice(made.name, None, origin, code, made.printed)


def _is_local(module: ModuleType) -> bool:
    """Whether a module is the user's own file: workers and the process of rules lack it."""
    place = getattr(module, "__file__", None)
    if module.__name__ == "__main__" or place is None:
        return False
    paths = sysconfig.get_paths()
    installed = [Path(paths[key]) for key in ("purelib", "platlib", "stdlib")]
    return not any(Path(place).is_relative_to(folder) for folder in installed)


def _text(function: FunctionType) -> str:
    """What decides the awards: source, and values that the function has from around it.

    Not the pickle, which holds the line of a notebook's cell and changes with each session.
    """
    try:
        source = inspect.getsource(function)
    except (OSError, TypeError):
        source = _of_code(function.__code__)
    seen = inspect.getclosurevars(function)
    around = {
        name: value
        for name, value in {**seen.nonlocals, **seen.globals}.items()
        if not isinstance(value, ModuleType)
    }
    return "\n".join([source, *(f"{name}={_value(value)}" for name, value in around.items())])


def _value(value: Any) -> str:
    import cloudpickle

    if isinstance(value, FunctionType):
        return _text(value) if _is_local(sys.modules[value.__module__]) else value.__qualname__
    try:
        return hashlib.sha256(cloudpickle.dumps(value)).hexdigest()
    except Exception:
        return repr(value)


def _of_code(code: CodeType) -> str:
    parts = [repr(c) for c in code.co_consts if not isinstance(c, CodeType)]
    inner = [_of_code(c) for c in code.co_consts if isinstance(c, CodeType)]
    return "\n".join([code.co_code.hex(), *map(str, code.co_names), *parts, *inner])
