"""Files of an optimisation: plans that `compare --plan` takes, and every table that is printed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from rebound_sim import __version__
from rebound_sim.cells import write_csv_rows
from rebound_sim.data.directory import zone_names
from rebound_sim.decision.optimise.answer import Optimisation
from rebound_sim.decision.optimise.forecast import Forecast
from rebound_sim.decision.optimise.menu import Option
from rebound_sim.decision.optimise.responses import CELLS, Responses
from rebound_sim.decision.optimise.verdict import PlansVerdict, words
from rebound_sim.decision.setting import setting_of
from rebound_sim.json_text import json_text
from rebound_sim.policies.plan_file import write_plan
from rebound_sim.policies.taught import Taught, write_taught
from rebound_sim.whole_files import write_text_whole

PLANS = "plans"
SUMMARY = "optimise.json"
_NOTHING = Forecast(float("nan"), float("nan"), float("nan"))


def write_answer(
    answer: Optimisation,
    found: PlansVerdict,
    folder: Path,
    command: Sequence[str] = (),
    seconds: float = float("nan"),
) -> None:
    """Write plans/ (with the worlds that chose them), judged.csv, rehearsal.csv, zones.csv,
    frontier.csv, prices.csv, responses.csv and optimise.json. Raises OSError.

    command : as typed    seconds : of this run; one that was resumed took more
    """
    (folder / PLANS).mkdir(parents=True, exist_ok=True)
    for old in (folder / PLANS).glob("*.csv"):
        old.unlink()
    for plan in answer.plans:
        write_plan(plan, folder / PLANS / f"{plan.name}.csv")
    write_taught(_taught(answer), folder / PLANS)
    tables: dict[str, Iterable[Mapping[str, Any]]] = {
        "judged": judged_rows(answer, found),
        "judged_worlds": world_rows(answer),
        "rehearsal": rehearsal_rows(answer),
        "zones": zone_rows(answer),
        "frontier": frontier_rows(answer),
        "prices": [vars_of(price) for price in answer.prices],
        "responses": response_rows(answer),
    }
    for name, rows in tables.items():
        _write(folder / f"{name}.csv", list(rows))
    made = {"command": list(command), "seconds": seconds}
    text = json_text({**summary(answer, found), **made}, 1)
    write_text_whole(folder / SUMMARY, text + "\n")


def _taught(answer: Optimisation) -> Taught:
    question, first = answer.question, answer.chosen.arm
    others = [plan.name for plan in answer.plans if plan.name != first]
    return Taught(
        question.parameters.digest(question.world.parameters),
        question.parameters.name,
        question.learning,
        question.seed,
        __version__,
        (first, *others),
    )


def summary(answer: Optimisation, found: PlansVerdict) -> dict[str, Any]:
    """One object: the answer in words, arms, prices, and what they rest on."""
    question = answer.question
    return {
        "setting": setting_of(question.world.model_dump(mode="json")).record(),
        "version": __version__,
        "seed": question.seed,
        "chosen": answer.chosen.arm,
        "zones": list(question.closing),
        "months": question.world.time.months,
        "learning": list(question.learning),
        "judging": list(question.judging),
        "menu": [option.name for option in question.menu],
        "race": list(question.racing),
        "zones_by_world": {world: list(zones) for world, zones in question.sample.items()},
        "dropped": [option.name for option in dropped(answer)],
        "limits": [limit.name for limit in answer.limits],
        "variance": {
            "zone": answer.varies.zone,
            "world": answer.varies.world,
            "luck": answer.varies.rest,
        },
        "luck_of_choice": {
            "jobs": answer.luck.value,
            "low": answer.luck.low,
            "high": answer.luck.high,
        },
        "corrections": answer.corrections,
        "reference": found.reference,
        "sentences": words(answer, found),
        "judged": list(judged_rows(answer, found)),
        "rehearsed_in": list(question.rehearsing),
        "rehearsal": list(rehearsal_rows(answer)),
        "prices": [vars_of(price) for price in answer.prices],
    }


def judged_rows(answer: Optimisation, found: PlansVerdict) -> Iterator[dict[str, Any]]:
    """Arms in the worlds that judge, best median first."""
    arms = {judged.arm: judged for judged in answer.judged}
    for row in found.standings:
        own, gain = arms[row.arm], found.gain[row.arm]
        typical = found.typical[row.arm]
        best, told = found.best.get(row.arm), own.predicted or _NOTHING
        yield {
            "arm": row.arm,
            "kind": "strategy" if own.choice is None else "plan",
            "worlds": row.worlds,
            "median": row.median,
            "low": row.low,
            "high": row.high,
            "mean": float(own.jobs.mean()),
            "beats_none": row.beats_none,
            "beats_reference": found.ahead[row.arm],
            "typical_gain": typical.value,
            "typical_gain_low": typical.low,
            "typical_gain_high": typical.high,
            "gain": gain.value,
            "gain_low": gain.low,
            "gain_high": gain.high,
            "chance_best": best.chance if best else float("nan"),
            "expected_regret": best.regret if best else float("nan"),
            "worst_regret": row.worst_regret,
            "worst_tenth_loss": own.worst_tenth,
            "allocated_eur": own.allocated,
            "spent_eur": own.spent,
            "predicted": told.value,
            "predicted_low": told.low,
            "predicted_high": told.high,
            "coupling": own.coupling,
        }


def world_rows(answer: Optimisation) -> Iterator[dict[str, Any]]:
    """Jobs of every arm in every world that judges."""
    for judged in answer.judged:
        for world, jobs in zip(answer.question.judging, judged.jobs, strict=True):
            yield {"arm": judged.arm, "world": world, "additional_jobs": float(jobs)}


def rehearsal_rows(answer: Optimisation) -> Iterator[dict[str, Any]]:
    """Plans in worlds that taught, which flatter them: most jobs first."""
    for one in sorted(answer.rehearsal, key=lambda one: -one.jobs):
        yield {
            "arm": one.arm,
            "kind": "plan",
            "worlds": len(answer.question.rehearsing),
            "additional_jobs": one.jobs,
            "worst_tenth_loss": one.worst_tenth,
            "spent_eur": one.spent,
            "judged": "yes" if one.judged else "no",
        }


def zone_rows(answer: Optimisation) -> Iterator[dict[str, Any]]:
    """What each plan gives to each zone, and what came of it in the worlds that judge."""
    responses, names = answer.responses, zone_names()
    for judged in answer.judged:
        if judged.choice is None:
            continue
        for row, place in enumerate(judged.choice.tolist()):
            option, code = responses.options[place], responses.zones[row]
            yield {
                "plan": judged.arm,
                "zone": code,
                "name": names.get(code, code),
                "region": responses.regions[row],
                "jobs_lost": responses.lost[row],
                "option": option.name,
                "days": option.days,
                "grants_eur": option.grants_eur,
                "engineering_start": option.engineering_start if option.days else None,
                "grants_start": option.grants_start if option.grants_eur else None,
                "parts": option.parts if option.days or option.grants_eur else None,
                "jobs_predicted": float(responses.jobs[row, place].mean()),
                "jobs_simulated": float(judged.cells["jobs"][row].mean()),
                "spent_eur": float(judged.cells["spent"][row].mean()),
            }


def frontier_rows(answer: Optimisation) -> Iterator[dict[str, Any]]:
    """Points of the frontier, as the table predicts them; bounds are for the mean of as many other
    worlds as judge."""
    for point in answer.frontier:
        told = answer.without.forecast(point.allocation.choice, len(answer.question.judging))
        yield {
            "envelope_eur": point.envelope,
            "allocated_eur": point.allocated,
            "spent_eur": point.spent,
            "additional_jobs": point.jobs,
            "jobs_low": told.low,
            "jobs_high": told.high,
            "worst_tenth_loss": point.worst_tenth,
        }


def dropped(answer: Optimisation) -> list[Option]:
    """Options of the menu that the race left out."""
    return [option for option in answer.first.options if option not in answer.raw.options]


def response_rows(answer: Optimisation) -> Iterator[dict[str, Any]]:
    """The response table: as simulated, and the jobs expected over worlds, which options that the
    race left out do not have."""
    expected = answer.responses.jobs.mean(axis=2)
    yield from _cells(answer.raw, answer.raw.options, expected)
    yield from _cells(answer.first, dropped(answer), None)


def _cells(
    table: Responses, options: Sequence[Option], expected: np.ndarray | None
) -> Iterator[dict[str, Any]]:
    for z, zone in enumerate(table.zones):
        for option in options:
            o = table.options.index(option)
            for w in np.flatnonzero(table.seen[z]).tolist():
                cells = {name: float(getattr(table, name)[z, o, w].sum()) for name in CELLS}
                mean = "" if expected is None else float(expected[z, o])
                yield {
                    "zone": zone,
                    "option": option.name,
                    "world": table.worlds[w],
                    **cells,
                    "jobs_expected": mean,
                }


def vars_of(record: Any) -> dict[str, Any]:
    """Fields of a record with slots."""
    return {name: getattr(record, name) for name in record.__slots__}


def _write(path: Path, rows: list[Mapping[str, Any]]) -> None:
    columns = list(rows[0]) if rows else []
    write_csv_rows(path, columns, (row.values() for row in rows), ends="\n")
