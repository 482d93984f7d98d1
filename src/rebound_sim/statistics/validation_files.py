"""Files of a validation: moments.csv, and the tables of docs/validation.md as Markdown."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

from rebound_sim.calibration.replays.forecasts import Judgement
from rebound_sim.calibration.side_by_side import SideBySide
from rebound_sim.cells import write_cells
from rebound_sim.statistics.validation import MomentComparison, tally, tally_by_use
from rebound_sim.whole_files import write_text_whole

MARKDOWN_NAME = "results.md"


def write_comparisons(folder: Path, rows: Sequence[MomentComparison]) -> list[Path]:
    """Write moments.csv (one row a moment) and results.md. Returns their paths. Raises OSError."""
    paths = [folder / "moments.csv", folder / MARKDOWN_NAME]
    columns = list(rows[0].as_row()) if rows else []
    write_cells(paths[0], columns, (row.as_row() for row in rows))
    write_text_whole(paths[1], markdown(rows))
    return paths


def write_replays(folder: Path, rows: Sequence[SideBySide]) -> list[Path]:
    """Write replays.csv, one row a figure, and replays.md. Returns their paths. Raises OSError."""
    paths = [folder / "replays.csv", folder / "replays.md"]
    write_cells(paths[0], list(SideBySide.__dataclass_fields__), map(asdict, rows))
    write_text_whole(paths[1], replays_markdown(rows))
    return paths


def coverage_rows(judgement: Judgement) -> list[dict[str, object]]:
    """Rows of held_out.csv."""
    return [
        {"what": one.what, "figures": one.figures}
        | {f"inside{100 * level:.0f}": share for level, share in one.covered.items()}
        for one in judgement.coverage
    ]


def score_rows(judgement: Judgement) -> list[dict[str, object]]:
    """Rows of forecasts.csv."""
    return [{**asdict(score), "better": score.better} for score in judgement.scores]


def write_coverage(folder: Path, judgement: Judgement) -> list[Path]:
    """Write held_out.csv, forecasts.csv and held_out.md. Returns their paths. Raises OSError."""
    paths = [folder / "held_out.csv", folder / "held_out.md"]
    rows, told = coverage_rows(judgement), score_rows(judgement)
    write_cells(paths[0], list(rows[0]), rows)
    write_text_whole(paths[1], coverage_markdown(judgement))
    if told:
        paths.append(folder / "forecasts.csv")
        write_cells(paths[2], list(told[0]), told)
    return paths


def coverage_markdown(judgement: Judgement) -> str:
    """Coverage of the intervals over held-out figures, then scores of forecasts."""
    lines = [
        "### Held-out figures inside the intervals of one replication",
        "",
        "| figures | number | 50 % | 80 % | 95 % |",
        "|---|---|---|---|---|",
    ]
    for one in judgement.coverage:
        shares = " | ".join(f"{100 * share:.0f} %" for share in one.covered.values())
        lines.append(f"| {one.what} | {one.figures} | {shares} |")
    if judgement.scores:
        lines += [
            "",
            "### Forecasts of zones: CRPS, mean of zones",
            "",
            "| quantity | start | years | model | no change | zone follows the nation | model is |",
            "|---|---|---|---|---|---|---|",
        ]
        lines += [
            f"| {one.quantity}, {one.unit} | {one.start} | {one.years} | {one.model:.2f} | "
            f"{one.no_change:.2f} | {one.nation:.2f} | "
            f"{'better' if one.better else '**not better**'} |"
            for one in judgement.scores
        ]
    return "\n".join(lines) + "\n"


def markdown(rows: Sequence[MomentComparison]) -> str:
    """Counts, then one table a family: moment, simulated, target, band, verdict, how, source."""
    parts = [_counts(rows)]
    for family in dict.fromkeys(row.moment.family for row in rows):
        lines = [
            f"### {family.capitalize()}",
            "",
            "| moment | simulated [95 %] | target | band | | how it is measured | source |",
            "|---|---|---|---|---|---|---|",
        ]
        lines += [_line(row) for row in rows if row.moment.family == family]
        parts.append("\n".join(lines))
    return "\n\n".join(parts) + "\n"


def replays_markdown(rows: Sequence[SideBySide]) -> str:
    """One table a family: figure, published, simulated with the interval of one replication."""
    parts = []
    for family in dict.fromkeys(row.family for row in rows):
        chosen = [row for row in rows if row.family == family]
        inside = sum(row.inside for row in chosen)
        parts.append(
            "\n".join(
                [
                    f"### {family.capitalize()}: {inside} of {len(chosen)} inside",
                    "",
                    "| figure | unit | published | simulated [95 %] | band | | source |",
                    "|---|---|---|---|---|---|---|",
                    *(_replay(row) for row in chosen),
                ]
            )
        )
    return "\n\n".join(parts) + "\n"


def _replay(row: SideBySide) -> str:
    band = (
        "" if math.isnan(row.band_low) else f"{_number(row.band_low)} to {_number(row.band_high)}"
    )
    value = f"{_number(row.simulated)} [{_number(row.low)}; {_number(row.high)}]"
    return (
        f"| {row.name} | {row.unit} | {_number(row.published)} | {value} | {band} | "
        f"{_verdict(row.verdict)} | {row.source} |"
    )


def _counts(rows: Sequence[MomentComparison]) -> str:
    lines = ["| use | inside | outside | not measured | total |", "|---|---|---|---|---|"]
    for use, counted in (*tally_by_use(rows).items(), ("all", tally(rows))):
        lines.append(f"| {use} | " + " | ".join(str(count) for count in counted.values()) + " |")
    return "\n".join(lines)


def _line(row: MomentComparison) -> str:
    m, e = row.moment, row.estimate
    value = _number(e.value)
    if e.has_interval:
        value += f" [{_number(e.low)}; {_number(e.high)}]"
    unit = "" if m.unit == "1" else f" {m.unit}"
    how = row.definition or row.reason
    return (
        f"| `{m.id}` ({m.use}) | {value}{unit} | {_number(m.value)} | "
        f"{_number(m.low)} to {_number(m.high)} | {_verdict(row.verdict)} | {how} | {m.source} |"
    )


def _verdict(verdict: str) -> str:
    return verdict if verdict == "inside" else f"**{verdict}**"


def _number(value: float) -> str:
    return "–" if math.isnan(value) else f"{value:.3g}".replace("-", "−")
