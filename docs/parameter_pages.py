"""Pages written from the declarations at each build: parameters, state variables, strategies.

The ODD protocol asks for all of them, and a page written by hand would drift from the code.
They go to docs/reference/, which git ignores.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

from rebound_sim.parameters import TOPICS
from rebound_sim.policies.strategies import STRATEGIES
from rebound_sim.state.columns import FIRM_COLUMNS, PROJECT_COLUMNS, WORKER_COLUMNS

FOLDER = Path(__file__).parent / "reference"


def _table(head: Iterable[str], rows: Iterable[Iterable[str]]) -> Iterator[str]:
    def line(cells: Iterable[str]) -> str:
        return "| " + " | ".join(c.replace("|", "\\|").replace("\n", " ") for c in cells) + " |"

    names = list(head)
    yield line(names)
    yield "|" + " --- |" * len(names)
    yield from (line(row) for row in rows)
    yield ""


def parameters() -> Iterator[str]:
    """Every parameter, topic by topic."""
    yield "# Parameters\n"
    yield (
        "Value: declared. Range: admissible, and the central 95 % of the prior unless it is fixed. "
        "`rebound explain NAME` also gives the range in the calibrated sets.\n"
    )
    head = ("parameter", "value", "range", "prior", "evidence", "meaning", "reference")
    for topic in TOPICS.values():
        yield f"## {topic.title} (`{topic.name}`)\n"
        yield from _table(
            head,
            (
                (
                    f"`{p.full_name}`",
                    f"{p.value:g} {'' if p.unit == '1' else p.unit}".strip(),
                    f"{p.low:g} to {p.high:g}",
                    p.prior,
                    p.evidence,
                    p.meaning,
                    p.reference,
                )
                for p in topic.parameters
            ),
        )


def state_variables() -> Iterator[str]:
    """Columns of people, establishments and projects."""
    yield "# State variables\n"
    yield "One column a fact, one row an agent; a row is never moved or used again.\n"
    tables = (
        ("People", WORKER_COLUMNS),
        ("Establishments", FIRM_COLUMNS),
        ("Projects", PROJECT_COLUMNS),
    )
    for title, columns in tables:
        yield f"## {title}\n"
        yield from _table(
            ("column", "type", "unit", "meaning"),
            ((f"`{c.name}`", str(c.dtype), c.unit, c.meaning) for c in columns),
        )


def strategies() -> Iterator[str]:
    """The shipped strategies, in their own words."""
    yield "# Strategies\n"
    yield "`rebound strategies NAME` explains one; `add_a_strategy.md` says how to write yours.\n"
    yield from _table(
        ("strategy", "what it does"),
        ((f"`{name}`", strategy.title) for name, strategy in sorted(STRATEGIES.items())),
    )


PAGES: dict[str, Callable[[], Iterator[str]]] = {
    "parameters": parameters,
    "state_variables": state_variables,
    "strategies": strategies,
}


def write_pages(_app: Any = None) -> None:
    """Write the pages that changed, so that an unchanged one is not built again."""
    FOLDER.mkdir(exist_ok=True)
    for name, page in PAGES.items():
        path, text = FOLDER / f"{name}.md", "\n".join(page()) + "\n"
        if not path.exists() or path.read_text(encoding="utf-8") != text:
            path.write_text(text, encoding="utf-8")


def setup(app: Any) -> dict[str, bool]:
    """Register with Sphinx."""
    app.connect("builder-inited", write_pages)
    return {"parallel_read_safe": True}
