"""Allocation strategies: what one is, and how a function becomes one.

A strategy is a function of a desk and a budget with a name, a level and levers:

    @strategy("equal", level="zones")
    def equal(desk, budget):
        \"\"\"The same amount for each zone.\"\"\"
        return share(np.ones(desk.key.size), desk.amount, budget, desk.key)
"""

from __future__ import annotations

import inspect
import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Literal

from rebound_sim.errors import InputError, nearest
from rebound_sim.policies.allocation import FileDesk, ZoneDesk
from rebound_sim.policies.desk import Integers

Level = Literal["zones", "files"]
Lever = float | int | str | bool
#: A desk of the strategy's level, and EUR that can be awarded; returns EUR for each row.
Allocate = Callable[[Any, int], Integers]

LEVELS: tuple[Level, ...] = ("zones", "files")
#: What a strategy may fix: choices of who designs the programme. The envelope, prices and
#: capacities are the same for all strategies, otherwise they would not be compared. `pace` (files
#: level, true if not fixed): what is left is spread evenly over the committees to come.
LEVERS = (
    "engineering_share",
    "mission_days_most",
    "mission_days_month",
    "grants_delay_months",
    "window_months",
    "committee_months",
    "allocation_months",
    "zone_ceiling_eur",
    "selection",
    "pace",
)
RESERVED_NAMES = ("no_shock",)
_NAME = re.compile(r"[a-z][a-z0-9_]{0,59}")


@dataclass(frozen=True)
class Strategy:
    """An allocation strategy.

    name : its name in results    title : one line    description : the whole docstring
    level : "zones" (awards to zones) or "files" (awards to files, in one national list)
    levers : fields of the programme that it fixes
    recall : at each allocation date what zones have not committed goes back to the pot first
    words : what figures and reports call it, in English and French; its name where there are none
    """

    name: str
    title: str
    description: str
    level: Level
    allocate: Allocate
    levers: Mapping[str, Lever]
    recall: bool = False
    words: tuple[str, str] | None = None

    def __call__(self, desk: ZoneDesk | FileDesk, budget: int) -> Integers:
        """Awards [EUR] as the rule returns them, unchecked; see `policies.award`."""
        return self.allocate(desk, budget)

    @property
    def printed(self) -> str:
        """What a user's rule has written on its output so far."""
        return str(getattr(self.allocate, "printed", ""))


def strategy(
    name: str,
    *,
    level: Level = "zones",
    recall: bool = False,
    words: tuple[str, str] | None = None,
    **levers: Lever,
) -> Callable[[Allocate], Strategy]:
    """Make a strategy of the function below. Its docstring's first line is the title.

    words : of a shipped strategy, in English and French
    """

    def made(rule: Allocate) -> Strategy:
        _check_declaration(name, level, recall, levers, rule)
        description = inspect.getdoc(rule) or ""
        title = description.partition("\n")[0].strip().removesuffix(".")
        return Strategy(
            name, title, description, level, rule, MappingProxyType(dict(levers)), recall, words
        )

    return made


def place(rule: Callable[..., Any]) -> tuple[str | None, int | None]:
    """File and first line of a function, (None, None) for what is not written in Python."""
    declaration = getattr(rule, "declaration", None)  # of a rule in a process of its own
    if declaration is not None:
        return declaration.file, declaration.line
    code = getattr(rule, "__code__", None)
    return (None, None) if code is None else (code.co_filename, code.co_firstlineno)


def _check_declaration(
    name: Any, level: Any, recall: Any, levers: Mapping[str, Any], rule: Any
) -> None:
    file, line = place(rule)

    def refuse(problem: str, **hints: Any) -> InputError:
        return InputError(problem, file=file, line=line, **hints)

    if not (isinstance(name, str) and _NAME.fullmatch(name)) or name in RESERVED_NAMES:
        allowed = "lower-case letters, digits and _, at most 60, not no_shock"
        words = unicodedata.normalize("NFKD", str(name)).encode("ascii", "ignore").decode()
        plain = re.sub(r"(?<=[a-z0-9])(?=[A-Z])|[^A-Za-z0-9_]+", "_", words).lower().strip("_")
        close = plain if _NAME.fullmatch(plain) and plain not in RESERVED_NAMES else None
        raise refuse("name of the strategy", value=name, allowed=allowed, nearest=close)
    if level not in LEVELS:
        raise refuse("level of the strategy", key=name, value=level, allowed=", ".join(LEVELS))
    for lever in levers:
        if lever not in LEVERS:
            raise refuse(
                "unknown lever",
                key=name,
                value=lever,
                allowed=", ".join(LEVERS),
                nearest=nearest(lever, LEVERS),
            )
    if recall is not bool(recall) or (recall and level != "zones"):
        raise refuse("recall", key=name, value=recall, allowed='true or false; level "zones" only')
    if not inspect.isfunction(rule):
        raise refuse("@strategy stands above a function", key=name, value=rule)
    try:
        inspect.signature(rule).bind(None, 0)
    except TypeError:
        shown = f"{rule.__name__}{inspect.signature(rule)}"
        raise refuse(
            "arguments of the strategy",
            key=name,
            value=shown,
            allowed=f"{rule.__name__}(desk, budget)",
        ) from None
