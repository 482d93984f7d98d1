"""Tables that a comparison adds to its results folder, and their columns' meaning."""

from __future__ import annotations

import csv
import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

import numpy as np

from rebound_sim.cells import write_cells, write_csv_rows
from rebound_sim.policies.instruments import INSTRUMENTS
from rebound_sim.statistics.cell import Cell
from rebound_sim.statistics.definitions import COMPARED
from rebound_sim.statistics.ledger import ACCOUNTS, MEANINGS, ledger_accounts
from rebound_sim.statistics.programme.summary import Summary

DICTIONARY = "column_dictionary.csv"
#: table: column: (type, unit, meaning)
_Meanings = Mapping[str, tuple[str, str, str]]
_ARM = ("text", "", "strategy, policy or plan")
_BOUNDS: _Meanings = {
    "low": ("float64", "as unit", "lower bound of the 95 % interval, one figure at a time"),
    "high": ("float64", "as unit", "upper bound"),
}
_PAIRS: _Meanings = {
    "outcome": ("text", "", "outcome compared, at the end of the run"),
    "arm": ("text", "", "arm A"),
    "other": ("text", "", "arm B"),
    "unit": ("text", "", "unit of the difference and its bounds"),
    "difference": ("float64", "as unit", "mean of A - B, paired by replication"),
    **_BOUNDS,
    "probability_better": ("float64", "probability", "that A's mean is better than B's, given the "
                           "replications (Student's t posterior, flat prior)"),
    "ahead": ("float64", "world", "worlds (lucks, with one set of parameters) where A is better "
              "than B, ties half"),
    "worlds": ("int64", "world", "worlds compared"),
    "share_better": ("float64", "share", "ahead / worlds"),
    "luck_share": ("float64", "share", "luck's part of the variance of A - B over worlds; empty "
                   "where no world has two lucks"),
    "p_holm": ("float64", "probability", "p-value of 'A is not better than B', adjusted for all "
               "ordered pairs (Holm)"),
    "established": ("text", "", "yes: A is better than B, all pairs considered together, 95 %"),
    "replications": ("int64", "replication", "replications that it rests on"),
    "replications_saved": ("float64", "1", "(variance of A + variance of B) / variance of A - B: "
                           "how many times fewer replications than independent draws"),
    "saved_low": ("float64", "1", "lower bound of its 95 % interval (Fisher's z)"),
    "saved_high": ("float64", "1", "upper bound"),
}  # fmt: skip
_STANDINGS: _Meanings = {
    "arm": _ARM,
    "worlds": ("int64", "world", "worlds compared (lucks, where there is one set of parameters)"),
    "median": ("float64", "job", "median over worlds of the additional jobs at the end"),
    "low": ("float64", "job", "10 % quantile over worlds"),
    "high": ("float64", "job", "90 % quantile over worlds"),
    "worlds_beating_none": ("float64", "world", "worlds with more jobs than without a programme, "
                            "ties half"),
    "best_in": ("float64", "world", "worlds where no strategy has more jobs, ties shared"),
    "regret": ("float64", "job", "mean over worlds of what the best of the world has more"),
    "worst_regret": ("float64", "job", "largest of the worlds compared"),
    "luck_sd": ("float64", "job", "standard deviation between lucks of one world; empty where no "
                "world has two"),
    "luck_share": ("float64", "share", "its square over the variance over worlds"),
    "chance_best": ("float64", "probability", "that its mean over worlds is the highest: joint "
                    "posterior of all means (Student, paired covariance)"),
    "expected_regret": ("float64", "job", "mean of that posterior of: highest mean - its mean"),
    "worlds_that_chose_it": ("int64", "world", "of the worlds compared, those in which an "
                             "optimisation chose this arm: its figures there flatter it"),
}  # fmt: skip
_WORLDS: _Meanings = {
    "arm": _ARM,
    "world": ("int64", "", "number of the set of parameters: parameter_sets.csv"),
    "luck": ("int64", "", "number of the luck of this world, 0 the first"),
    "replication": ("int64", "", "number of the replication"),
    "outcome": ("text", "", "name of the outcome, as in comparison.csv"),
    "value": ("float64", "as unit", "at the end of the run"),
    "unit": ("text", "", "unit of the value"),
}  # fmt: skip
_ZONES: _Meanings = {
    "zone": ("text", "", "code of the zone"),
    "name": ("text", "", "name of the zone"),
    "arm": _ARM,
    "jobs_lost": ("int64", "job", "jobs of the sites that close; 0: control zone"),
    "allocated_eur": ("float64", "EUR", "mean allocated, less recalled"),
    "paid_eur": ("float64", "EUR", "mean paid, less recovered"),
    "additional_jobs": ("float64", "job", "strategy - none at the end of the run"),
    "low": ("float64", "job", "lower bound of its 95 % interval, one zone at a time"),
    "high": ("float64", "job", "upper bound"),
    "additional_per_job_lost": ("float64", "1", "additional jobs / jobs lost"),
    "cost_per_additional_job": ("float64", "EUR/job", "empty where the interval of the jobs "
                                "contains 0"),
    "missing_jobs": ("float64", "job", "no_shock - strategy at the end of the run"),
    "missing_low": ("float64", "job", "lower bound of its 95 % interval"),
    "missing_high": ("float64", "job", "upper bound"),
    "replications": ("int64", "replication", "replications that the row rests on"),
}  # fmt: skip
_LEDGER: _Meanings = {
    "arm": _ARM,
    "instrument": ("text", "", "instrument; revitalisation is the closing group's money"),
    "month": ("int64", "month", "end of the month, since the end of the burn-in"),
    **{f"{name}_eur": ("float64", "EUR", f"{MEANINGS[name]}; cumulated, mean of the replications")
       for name in ACCOUNTS},
}  # fmt: skip
_CELLS: _Meanings = {
    "outcome": ("text", "", "name of the outcome"),
    "detail": ("text", "", "instrument, solution, origin or place on an axis; empty otherwise"),
    "zone": ("text", "", "code of the zone; empty: all zones together"),
    "month": ("int64", "month", "months elapsed since month 0; since the first layoffs where the "
              "definition says so"),
    "arm": ("text", "", "strategy, policy or plan; empty where all are used together"),
    "reference": ("text", "", "arm that a paired difference is taken from; empty: level"),
    "estimate": ("float64", "as unit", "estimate over replications"),
    **_BOUNDS,
    "unit": ("text", "", "unit of the estimate and its bounds"),
    "zones": ("int64", "zone", "number of zones that it covers"),
    "replications": ("int64", "replication", "replications that it rests on"),
    "reading": ("text", "", "what the figure allows to say"),
    "interval": ("text", "", "how the interval was made, or why there is none"),
    "definition": ("text", "", "how the outcome is computed in one replication"),
}  # fmt: skip
#: Tables of one schema: name of the file, and of what `Comparison` has it from.
CELL_TABLES = {
    "comparison": "rows",
    "job_account": "account",
    "job_costs": "costs",
    "hires": "hires",
    "displaced": "displaced",
    "event_time": "event_time",
    "lorenz": "lorenz",
    "marginal": "marginal",
    "zone_outcomes": "zone_outcomes",
}
TABLES: Mapping[str, _Meanings] = {
    "pairwise": _PAIRS,
    "standings": _STANDINGS,
    "worlds": _WORLDS,
    "zones": _ZONES,
    "ledger_summary": _LEDGER,
    **dict.fromkeys(CELL_TABLES, _CELLS),
}


def write_tables(comparison: Summary, folder: Path) -> None:
    """Write the tables of TABLES as CSV; add them to the dictionary.

    Raises OSError.
    """
    for name, rows in (
        ("pairwise", pair_rows(comparison)),
        ("standings", standing_rows(comparison)),
        ("worlds", world_rows(comparison)),
        ("zones", zone_rows(comparison)),
        ("ledger_summary", ledger_summary(comparison)),
    ):
        _write(folder / f"{name}.csv", list(TABLES[name]), rows)
    for name, source in CELL_TABLES.items():
        cells = getattr(comparison, source)
        _write(folder / f"{name}.csv", list(_CELLS), map(Cell.row, cells))
    _describe(folder / DICTIONARY)


def pair_rows(comparison: Summary) -> Iterator[dict[str, Any]]:
    """Rows of pairwise.csv."""
    for outcome, pairs in comparison.pairs.items():
        worlds = comparison.worlds[outcome]
        for pair in pairs:
            yield {
                "outcome": outcome,
                "arm": pair.arm,
                "other": pair.other,
                "unit": COMPARED[outcome].unit,
                "difference": pair.difference.value,
                "low": pair.difference.low,
                "high": pair.difference.high,
                "probability_better": pair.probability,
                "ahead": pair.share * worlds.count,
                "worlds": worlds.count,
                "share_better": pair.share,
                "luck_share": worlds.luck_share(
                    worlds.names.index(pair.arm), worlds.names.index(pair.other)
                ),
                "p_holm": pair.holm,
                "established": "yes" if pair.established else "no",
                "replications": pair.difference.replications,
                "replications_saved": pair.pairing.factor,
                "saved_low": pair.pairing.low,
                "saved_high": pair.pairing.high,
            }


def standing_rows(comparison: Summary) -> Iterator[dict[str, Any]]:
    """Rows of standings.csv."""
    for row in comparison.standings:
        best = comparison.best.get(row.arm)
        yield {
            **asdict(row),
            "worlds_beating_none": row.beats_none,
            "chance_best": best.chance if best else math.nan,
            "expected_regret": best.regret if best else math.nan,
            "worlds_that_chose_it": comparison.chosen.get(row.arm, 0),
        }


def world_rows(comparison: Summary) -> Iterator[dict[str, Any]]:
    """Rows of worlds.csv: every replication, several lucks of a world included."""
    everything = comparison.panels.every_luck()
    worlds = everything.world_of(everything.replications)
    lucks = [int(np.sum(worlds[:place] == world)) for place, world in enumerate(worlds)]
    numbers = everything.replications
    for (outcome, month), values in comparison.every_outcome.values.items():
        if month != everything.horizon:
            continue
        for strategy, row in zip(everything.compared, values, strict=True):
            for world, luck, number, value in zip(worlds, lucks, numbers, row, strict=True):
                yield {
                    "arm": strategy,
                    "world": int(world),
                    "luck": luck,
                    "replication": int(number),
                    "outcome": outcome,
                    "value": float(value),
                    "unit": COMPARED[outcome].unit,
                }


def zone_rows(comparison: Summary) -> Iterator[dict[str, Any]]:
    """Rows of zones.csv."""
    for effect in comparison.zones:
        yield {
            "zone": effect.zone,
            "name": effect.name,
            "arm": effect.arm,
            "jobs_lost": effect.jobs_lost,
            "allocated_eur": effect.allocated,
            "paid_eur": effect.paid,
            "additional_jobs": effect.jobs.value,
            "low": effect.jobs.low,
            "high": effect.jobs.high,
            "additional_per_job_lost": effect.per_job_lost,
            "cost_per_additional_job": effect.cost.value,
            "missing_jobs": effect.missing.value,
            "missing_low": effect.missing.low,
            "missing_high": effect.missing.high,
            "replications": effect.jobs.replications,
        }


def ledger_summary(comparison: Summary) -> Iterator[dict[str, Any]]:
    """Accounts by month of every instrument that any arm used, mean of the replications compared.

    The group's revitalisation money is there too; `Panels.instruments` are the public ones
    that are compared.
    """
    panels = comparison.panels
    journal = panels.ledger
    numbers = panels.replications
    moved = set(np.unique(journal["instrument"]).tolist())
    compared = np.isin(journal["replication"], numbers)
    arms = {strategy: journal["arm"] == strategy for strategy in panels.strategies}
    needed = {name: journal[name] for name in ("month", "kind", "amount_eur")}
    for instrument in (name for name in INSTRUMENTS if name in moved):
        of_it = compared & (journal["instrument"] == instrument)
        for strategy in panels.strategies:
            entries = _rows_of(needed, of_it & arms[strategy])
            accounts = ledger_accounts(entries, ["month"], months=panels.months)
            for place, month in enumerate(panels.months):
                yield {
                    "arm": strategy,
                    "instrument": instrument,
                    "month": int(month),
                    **{f"{n}_eur": float(accounts[n][place]) / panels.count for n in ACCOUNTS},
                }


def _rows_of(journal: Mapping[str, Any], chosen: Any) -> dict[str, Any]:
    """Entries of a journal where `chosen` is true."""
    return {name: values[chosen] for name, values in journal.items()}


def _write(path: Path, columns: Sequence[str], rows: Iterable[Mapping[str, Any]]) -> None:
    write_cells(path, columns, rows)


def _describe(path: Path) -> None:
    """Put the rows of these tables into the column dictionary, after those of the store."""
    kept: list[list[str]] = []
    header = ["table", "column", "type", "unit", "meaning", "formula"]
    if path.is_file():
        with path.open(encoding="utf-8", newline="") as stream:
            header, *rows = list(csv.reader(stream))
        kept = [row for row in rows if row[0] not in TABLES]
    own = (
        (table, name, *words, "")
        for table, columns in TABLES.items()
        for name, words in columns.items()
    )
    write_csv_rows(path, header, (*kept, *own))
