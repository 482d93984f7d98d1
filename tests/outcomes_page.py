"""The tables of docs/outcomes.md, from the declarations. Run as a script to write them anew."""

from pathlib import Path

from rebound_sim.state.variables import PROJECT_VARIABLES, VARIABLES
from rebound_sim.statistics.definitions import COMPARED, OUTCOMES

PAGE = Path(__file__).parents[1] / "docs" / "outcomes.md"


def _table(head, rows):
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join(
        "| " + " | ".join(cell.replace("|", "\\|") for cell in line) + " |" for line in lines
    )


def headline_tables():
    parts = []
    for group in dict.fromkeys(definition.group for definition in OUTCOMES):
        rows = [
            (d.label, f"`{d.name}`", d.unit, d.formula)
            for d in OUTCOMES
            if d.group == group and d.formula
        ]
        parts.append(f"### {group}\n\n" + _table(("Outcome", "Name", "Unit", "Formula"), rows))
    return "\n\n".join(parts)


def column_table(outcomes):
    rows = [(f"`{o.name}`", o.unit, o.meaning, o.formula) for o in outcomes]
    return _table(("Column", "Unit", "Meaning", "Formula"), rows)


def programme_table():
    rows = [(d.label, f"`{d.name}`", d.unit, d.formula, d.better) for d in COMPARED.values()]
    return _table(("Outcome", "Name", "Unit", "Formula", "Better"), rows)


SECTIONS = {
    "headline": headline_tables,
    "programme": programme_table,
    "trajectories": lambda: column_table(VARIABLES),
    "projects": lambda: column_table(PROJECT_VARIABLES),
}


def in_step(text):
    """The page with its generated sections as the declarations have them."""
    for name, render in SECTIONS.items():
        before, begin, rest = text.partition(f"<!-- {name}: begin -->\n")
        _, end, after = rest.partition(f"\n<!-- {name}: end -->")
        if not begin or not end:
            raise ValueError(f"section {name} has no marks")
        text = before + begin + render() + end + after
    return text


if __name__ == "__main__":
    PAGE.write_text(in_step(PAGE.read_text(encoding="utf-8")), encoding="utf-8")
