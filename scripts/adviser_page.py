"""Write the page for an adviser from results folders: no figure of it is typed by hand.

    python scripts/adviser_page.py results/france2030_auto \\
        --optimise results/optimise-france2030_auto --posterior results/posterior \\
        --dates results/small_dates --into docs/programme.md

Prints the page, or puts it between the marks `<!-- page: begin -->` and `<!-- page: end -->` of a
file. Every folder but the first may be left out: its part is then left out too.
"""

from __future__ import annotations

import argparse
import csv
import json
import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from rebound_sim.decision.setting import Setting
from rebound_sim.experiment.manifest import read_manifest
from rebound_sim.experiment.sweep_points import point_folder
from rebound_sim.experiment.sweep_run import read_sweep_manifest
from rebound_sim.parameters.names import short_name
from rebound_sim.statistics.comparable import panels_of
from rebound_sim.statistics.employment import additional_jobs
from rebound_sim.statistics.intervals import Estimate, mean_estimate
from rebound_sim.statistics.panels import NONE
from rebound_sim.statistics.programme.comparison import find
from rebound_sim.statistics.programme.summary import Summary

BEGIN, END = "<!-- page: begin -->", "<!-- page: end -->"
_SHOWN = 6
_ASSUMED = """\
No causal estimate of engineering exists. What a day of consultants brings
(`instruments.days_effect`) and the pace at which projects move without help (`projects.detection`,
`projects.maturation`) are drawn from what no published figure rules out. So every comparison
between days and grants, what an optimal plan gives to days, and what it is worth to know a day's
effect follow from these assumptions. What does not: the size of the whole, which the calibration
holds to evidence on such programmes, and the order between strategies that differ only by *where*
the same instruments go. Worlds are not equally likely: a count of worlds is not a chance."""


def page(
    compared: Path, optimised: Path | None, posterior: Path | None, dates: Path | None = None
) -> str:
    """The page in Markdown."""
    parts = [*_comparison(compared)]
    if optimised is not None:
        parts += _optimal(optimised)
    if posterior is not None:
        parts += _study(posterior, "drivers.json", "What decides it", _drivers)
        parts += _study(posterior, "value.json", "What finding out is worth", _value)
    if dates is not None:
        parts += _dates(dates)
    return "\n\n".join([*parts, "### What follows from assumptions", _ASSUMED]) + "\n"


def _comparison(folder: Path) -> Iterator[str]:
    comparison, manifest = Summary(panels_of(folder)), read_manifest(folder)
    yield "### What was found, over worlds"
    yield f"`{_typed(manifest.command)}` ({manifest.duration_seconds / 60:.0f} min)."
    yield _bullets(comparison.answer)
    rows = []
    for row in comparison.standings:
        if row.arm == NONE:
            continue
        cost = find(comparison.rows, "cost_per_additional_job", row.arm)
        spent = find(comparison.rows, "public_cost", row.arm)
        rows.append(
            [
                f"{row.arm} †" if row.arm in comparison.chosen else row.arm,
                _count(row.median),
                f"{_count(row.low)} to {_count(row.high)}",
                f"{row.beats_none:g} of {row.worlds}",
                f"{row.best_in:g}",
                _millions(spent.estimate),
                _interval(cost, 1e3),
            ]
        )
    yield _table(
        (
            "",
            "median world",
            "four worlds of five",
            "above no programme in",
            "best in",
            "net spending, M€",
            "1,000 € a job [95 %]",
        ),
        rows,
    )


def _plans(rows: Sequence[Mapping[str, Any]]) -> int:
    return sum(row["kind"] == "plan" for row in rows)


def _left_out(record: Mapping[str, Any]) -> str:
    count = len(record["dropped"])
    return f"{count} options were left out after a race; " if count else ""


def _optimal(folder: Path) -> Iterator[str]:
    record = _json(folder / "optimise.json")
    strategies = len(record["judged"]) - _plans(record["judged"])
    yield "### The best allocation that was found"
    yield f"`{_typed(record['command'])}` ({record['seconds'] / 60:.0f} min)."
    yield (
        f"{len(record['menu'])} options in each of {len(record['zones'])} zones; "
        f"{len(record['learning'])} worlds teach, {len(record['judging'])} others judge with "
        f"another luck. {_left_out(record)}"
        f"{_plans(record['judged'])} of {_plans(record['rehearsal'])} plans went on to judgement, "
        f"beside {strategies} {'strategy' if strategies == 1 else 'strategies'}."
    )
    yield _bullets(record["sentences"])
    yield _table(
        (
            "",
            "median world",
            "four worlds of five",
            f"above {record['reference']}",
            f"jobs above {record['reference']}, median world [95 %]",
            "mean [95 %]",
            "worst tenth of zones, jobs per 1,000",
            "given, M€",
            "spent, M€",
            "predicted [95 %]",
        ),
        [
            [
                f"**{row['arm']}**" if row["kind"] == "plan" else row["arm"],
                _count(row["median"]),
                f"{_count(row['low'])} to {_count(row['high'])}",
                *(("", "", "") if row["arm"] == record["reference"] else _against(row)),
                f"{row['worst_tenth_loss']:.1f}",
                _millions(row["allocated_eur"]),
                _millions(row["spent_eur"]),
                _predicted(row),
            ]
            for row in record["judged"]
        ],
    )
    yield from _money(folder, record)
    yield (
        "What each limit costs, jobs: "
        + "; ".join(
            f"{row['limit']} {row['relaxed']:+,.0f} if moved by a tenth, {row['removed']:+,.0f} if "
            "dropped"
            for row in record["prices"]
        )
        + "."
    )


def _against(row: Mapping[str, Any]) -> tuple[str, str, str]:
    """Worlds above the reference, and jobs more than it, in the median world and on average."""
    return (
        f"{row['beats_reference']:g} of {row['worlds']}",
        *(
            f"{row[gain]:+,.0f} [{_count(row[f'{gain}_low'])}; {_count(row[f'{gain}_high'])}]"
            for gain in ("typical_gain", "gain")
        ),
    )


def _predicted(row: Mapping[str, Any]) -> str:
    """With its interval, where the worlds that taught allow one."""
    low, high = (_count(row.get(f"predicted_{side}")) for side in ("low", "high"))
    return f"{_count(row['predicted'])} [{low}; {high}]" if low else _count(row["predicted"])


def _money(folder: Path, record: Mapping[str, Any]) -> Iterator[str]:
    """How the chosen plan divides the envelope: by instrument, by date, by zone."""
    with (folder / "zones.csv").open(encoding="utf-8", newline="") as stream:
        rows = [row for row in csv.DictReader(stream) if row["plan"] == record["chosen"]]
    days, grants = (sum(float(row[key] or 0) for row in rows) for key in ("days", "grants_eur"))
    starts = [float(row["grants_start"]) for row in rows if row["grants_start"]]
    first = min(starts, default=0.0)
    late = sum(
        float(r["grants_eur"])
        for r in rows
        if r["grants_start"] and float(r["grants_start"]) > first
    )
    parts = sum(float(r["grants_eur"]) for r in rows if (r["parts"] or "1") not in ("1", "1.0"))
    helped = sum(1 for row in rows if float(row["days"] or 0) or float(row["grants_eur"] or 0))
    most = sorted(rows, key=lambda row: -float(row["jobs_simulated"]))[:3]
    named = ", ".join(f"{row['name']} ({float(row['jobs_simulated']):,.0f} jobs)" for row in most)
    yield (
        f"{record['chosen']} helps {helped} of {len(rows)} zones: {days:,.0f} days of consultants "
        f"and {_millions(grants)} M€ of grants, {_millions(late)} of which come later than the "
        f"opening and {_millions(parts)} in parts. Most jobs: {named}."
    )


def _study(folder: Path, name: str, title: str, told: Any) -> Iterator[str]:
    if not (folder / name).is_file():
        return
    manifest = read_manifest(folder)
    yield f"### {title}"
    yield f"`{_typed(manifest.command)}` ({manifest.duration_seconds / 60:.0f} min)."
    record = _json(folder / name)
    yield Setting(**record["setting"]).words()
    yield from told(record)


def _drivers(record: Mapping[str, Any]) -> Iterator[str]:
    for study in record["studies"]:
        yield _bullets(study["sentences"])


def _value(record: Mapping[str, Any]) -> Iterator[str]:
    yield _bullets(record["sentences"])
    rows: list[list[str]] = []
    shown: dict[str, int] = {}
    for row in record["values"]:
        belief = row["belief"]
        shown[belief] = shown.get(belief, 0) + 1
        if shown[belief] <= _SHOWN or row["parameters"] == record["day"]:
            sure = "yes" if row["above_chance"] == "yes" else ""
            rows.append(
                [
                    belief,
                    short_name(row["known"]),
                    _count(row["value"]),
                    _count(row["error"]),
                    _count(row["inert"]),
                    sure,
                ]
            )
    unit = "jobs" if record["unit"] == "job" else "€"
    yield _table(
        ("belief", "known first", f"worth, {unit}", "± error", "inert, 95 %", "above chance"), rows
    )


_MIDDLE = 36  # months after which early money should show
_CALENDARS = {
    (False, False): "both at their opening",
    (False, True): "engineering at its opening, grants later",
    (True, False): "grants at their opening, engineering later",
    (True, True): "both later",
}


def _dates(folder: Path) -> Iterator[str]:
    """One plan under four calendars: a sweep of plan.engineering_shift and plan.grants_shift."""
    manifest = read_sweep_manifest(folder)
    with (folder / "design.csv").open(encoding="utf-8", newline="") as stream:
        design = list(csv.DictReader(stream))
    shifts = [(int(r["plan.engineering_shift"]), int(r["plan.grants_shift"])) for r in design]
    panels = [panels_of(point_folder(folder, int(row["point"]))) for row in design]
    gained = [additional_jobs(one, one.strategies[0]).astype(float) for one in panels]
    first, end = gained[shifts.index((0, 0))], panels[0].horizon
    rows: list[list[str]] = []
    told: dict[int, list[str]] = {_MIDDLE: [], end: []}
    for (days, grants), jobs in zip(shifts, gained, strict=True):
        words = _CALENDARS[days > 0, grants > 0]
        row = [words]
        for month, apart in told.items():
            gap = mean_estimate(jobs[:, month - 1] - first[:, month - 1])
            if jobs is not first and (gap.low > 0 or gap.high < 0):
                apart.append(f"{words} ({'more' if gap.low > 0 else 'fewer'} jobs)")
            row += [_count(jobs[:, month - 1].mean()), "" if jobs is first else _estimate(gap)]
        rows.append(row)
    yield "### Early or late, engineering first"
    later = max(max(pair) for pair in shifts)
    yield (
        f"`{_typed(manifest.command)}`. {manifest.sweep['title']}. Later: by {later} months. "
        f"Additional jobs, mean of {len(first)} worlds; differences are paired, 95 %."
    )
    heads = [(f"after {month} months", f"less {_CALENDARS[False, False]}") for month in told]
    yield _table(("calendar of the same plan", *(head for pair in heads for head in pair)), rows)
    yield _bullets(
        f"After {month} months, against both at their opening, one at a time: "
        f"{'; '.join(apart) if apart else 'no calendar can be told apart'}."
        for month, apart in told.items()
    )


def _estimate(found: Estimate) -> str:
    return f"{found.value:+,.0f} [{found.low:,.0f}; {found.high:,.0f}]"


def _json(path: Path) -> Any:
    return json.loads(path.read_text(encoding="utf-8"))


def _typed(command: Sequence[str]) -> str:
    """A command without its folder of results, a place of the machine that ran it."""
    words = list(command)
    if "--out" in words:
        del words[(at := words.index("--out")) : at + 2]
    return " ".join(words)


def _count(value: float | None) -> str:
    return "" if value is None or math.isnan(value) else f"{value:,.0f}"


def _millions(value: float | None) -> str:
    return "" if value is None or math.isnan(value) else f"{value / 1e6:,.1f}"


def _interval(row: Any, scale: float) -> str:
    if math.isnan(row.estimate) or math.isnan(row.low):
        return "not shown"
    return f"{row.estimate / scale:,.1f} [{row.low / scale:,.1f}; {row.high / scale:,.1f}]"


def _bullets(lines: Iterable[str]) -> str:
    return "\n".join(f"- {line}" for line in lines)


def _table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [heads, ["---"] * len(heads), *rows]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in lines)


def main() -> None:
    """Print the page, or put it into a file."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("compared", type=Path, help="results of rebound compare")
    parser.add_argument("--optimise", type=Path, help="results of rebound optimise")
    parser.add_argument("--posterior", type=Path, help="a comparison with drivers and value")
    parser.add_argument("--dates", type=Path, help="a sweep of the dates of a plan")
    parser.add_argument("--into", type=Path, help="file with the marks of the page")
    asked = parser.parse_args()
    text = page(asked.compared, asked.optimise, asked.posterior, asked.dates)
    if asked.into is None:
        print(text)
        return
    put(text, asked.into)


def put(text: str, file: Path) -> None:
    """Put a page between the marks of a file."""
    before, mark, rest = file.read_text(encoding="utf-8").partition(BEGIN)
    _, other, after = rest.partition(END)
    if not mark or not other:
        raise SystemExit(f"{file} has no {BEGIN} and {END}")
    file.write_text(f"{before}{BEGIN}\n{text}{END}{after}", encoding="utf-8")


if __name__ == "__main__":
    main()
