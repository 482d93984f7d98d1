"""Files of a validation: moments.csv, and the table of docs/validation.md as Markdown."""

from __future__ import annotations

import csv
import math
from collections.abc import Sequence
from pathlib import Path

from rebound_sim.statistics.validation import Comparison, tally, tally_by_use

MARKDOWN_NAME = "results.md"


def write_comparisons(folder: Path, rows: Sequence[Comparison]) -> list[Path]:
    """Write moments.csv (one row a moment) and results.md. Returns their paths. Raises OSError."""
    paths = [folder / "moments.csv", folder / MARKDOWN_NAME]
    columns = list(rows[0].as_row()) if rows else []
    with paths[0].open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(columns)
        for row in rows:
            writer.writerow([_cell(value) for value in row.as_row().values()])
    paths[1].write_text(markdown(rows), encoding="utf-8")
    return paths


def markdown(rows: Sequence[Comparison]) -> str:
    """Counts, then one table a family: moment, simulated, target, band, verdict, how, source."""
    parts = [_counts(rows)]
    for family in dict.fromkeys(row.moment.family for row in rows):
        lines = [
            f"### {family.capitalize()}", "",
            "| moment | simulated [95 %] | target | band | | how it is measured | source |",
            "|---|---|---|---|---|---|---|",
        ]  # fmt: skip
        lines += [_line(row) for row in rows if row.moment.family == family]
        parts.append("\n".join(lines))
    return "\n\n".join(parts) + "\n"


def _counts(rows: Sequence[Comparison]) -> str:
    lines = ["| use | inside | outside | not measured | total |", "|---|---|---|---|---|"]
    for use, counted in (*tally_by_use(rows).items(), ("all", tally(rows))):
        lines.append(f"| {use} | " + " | ".join(str(count) for count in counted.values()) + " |")
    return "\n".join(lines)


def _line(row: Comparison) -> str:
    m, e = row.moment, row.estimate
    value = _number(e.value)
    if e.has_interval:
        value += f" [{_number(e.low)}; {_number(e.high)}]"
    verdict = row.verdict if row.verdict == "inside" else f"**{row.verdict}**"
    unit = "" if m.unit == "1" else f" {m.unit}"
    how = row.definition or row.reason
    return (
        f"| `{m.id}` ({m.use}) | {value}{unit} | {_number(m.value)} | "
        f"{_number(m.low)} to {_number(m.high)} | {verdict} | {how} | {m.source} |"
    )


def _number(value: float) -> str:
    return "–" if math.isnan(value) else f"{value:.3g}".replace("-", "−")


def _cell(value: str | float | int) -> str | float | int:
    if isinstance(value, float):
        return "" if math.isnan(value) else f"{value:.6g}"
    return value
