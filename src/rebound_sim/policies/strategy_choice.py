"""Strategies found by their names, and those asked for, in a form that travels.

A user's file is read once, on the machine of the user; its text travels with the choice, so that
workers elsewhere need not have it.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from pathlib import Path

from rebound_sim.errors import InputError, nearest
from rebound_sim.policies.rule_code import FunctionCode, RuleCode
from rebound_sim.policies.strategies import STRATEGIES
from rebound_sim.policies.strategy import Strategy, place
from rebound_sim.policies.strategy_file import (
    installed_names,
    installed_strategy,
    strategy_of_code,
)

LARGEST_FILE_BYTES = 1_000_000


def named_strategies() -> tuple[str, ...]:
    """Names of the strategies that can be asked for: shipped, then from installed packages."""
    return (*STRATEGIES, *installed_names())


def get_strategy(name: str) -> Strategy:
    """A shipped strategy, or one of an installed package. Raises InputError for another name."""
    if name in STRATEGIES:
        return STRATEGIES[name]
    if name in installed_names():
        return installed_strategy(name)
    raise InputError(
        "unknown strategy",
        value=name,
        allowed=f"{', '.join(named_strategies())}, or a file with --strategy-file",
        nearest=nearest(name, named_strategies()),
    )


@dataclass(frozen=True)
class StrategyChoice:
    """A strategy asked for, in a form that another machine can read.

    source   : text of the user's file, None for a function or a strategy found by its name
    origin   : path of that file as it was given, or words, for messages
    function : a Python function of the user, see `strategy_function.choice_of`
    printed  : what its code has written when it was read here
    """

    name: str
    source: str | None = None
    origin: str | None = None
    function: FunctionCode | None = None
    printed: str = field(default="", compare=False)

    def resolve(self) -> Strategy:
        """The strategy. Code of the user is run anew at each call, so that it keeps no state."""
        code = self.code()
        if code is None:
            return get_strategy(self.name)
        return strategy_of_code(code)

    def code(self) -> RuleCode | None:
        """The user's code, None for a strategy that is found by its name."""
        if self.function is not None:
            return RuleCode(self.origin or self.name, function=self.function)
        if self.source is not None:
            return RuleCode(self.origin or f"{self.name}.py", source=self.source)
        return None

    def digest(self) -> str:
        """Digest of the name and of the text of the rule: 16 hexadecimal digits."""
        text = self.source if self.function is None else self.function.text
        if text is None:
            file, _ = place(self.resolve().allocate)
            text = Path(file or "").read_text(encoding="utf-8")
        return hashlib.sha256(f"{self.name}\n{text}".encode()).hexdigest()[:16]


def load_strategy_file(path: str | Path) -> StrategyChoice:
    """Read a strategy file, run it once, and check what it declares.

    Raises InputError, with file and line: missing, too large, not UTF-8, a fault when it is run,
    no strategy in it or several, a declaration that is refused, a name already taken.
    """
    origin = str(path)
    source = _read(Path(path), origin)
    made = strategy_of_code(RuleCode(origin, source=source))
    return StrategyChoice(made.name, source, origin, printed=made.printed)


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
