"""Tables of decisions that a report cites: an optimisation, its drivers, what finding out is worth.

They come from the folders of `rebound optimise`, `drivers` and `value`, beside the comparison that
the report is about. Nothing is computed here.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from rebound_sim.records import read_record, read_rows
from rebound_sim.report.table import ReportTable, columns_of

#: Kind of record -> its file; the figures of a kind are drawn from its place.
RECORDS: Mapping[str, str] = {
    "optimisation": "optimise.json",
    "drivers": "drivers.json",
    "information": "value.json",
}
Record = Mapping[str, Any]
_SHOWN_DRIVERS = 20
#: Columns of plans that have bounds beside them.
_WITH_INTERVALS = ("gain", "typical_gain", "predicted")


def decision_places(folders: Sequence[Path]) -> dict[str, Path]:
    """Kind of record -> the folder (optimisation) or the file it stands in, the first found."""
    found: dict[str, Path] = {}
    for folder in folders:
        for kind, name in RECORDS.items():
            if (folder / name).is_file():
                found.setdefault(kind, folder if kind == "optimisation" else folder / name)
    return found


def decision_tables(places: Mapping[str, Path]) -> list[ReportTable]:
    """Tables of the records that there are. Raises InputError for one that cannot be read."""
    tables: list[ReportTable] = []
    settings: list[dict[str, Any]] = []
    sampled: list[dict[str, Any]] = []
    if (folder := places.get("optimisation")) is not None:
        record = read_record(folder / RECORDS["optimisation"])
        tables += [_design(record), _plans(record), _limits(record), _zones(folder, record)]
    if (file := places.get("drivers")) is not None:
        record = read_record(file)
        tables += [_studies(record), _drivers(record), _bounds(record)]
        settings.append(_setting("drivers", record, record["studies"][0]["worlds"]))
        sampled += _sampled("drivers", record)
    if (file := places.get("information")) is not None:
        record = read_record(file)
        tables.append(_information(record))
        settings.append(_setting("information", record, record["worlds"]))
        sampled += _sampled("information", record)
    return [*tables, _settings(settings), _sampled_plans(sampled)] if settings else tables


def _design(record: Record) -> ReportTable:
    """One row a fact of the optimisation."""
    facts = {
        "zones": (len(record["zones"]), "1"),
        "options": (len(record["menu"]), "1"),
        "options_dropped": (len(record["dropped"]), "1"),
        "worlds_raced": (len(record["race"]), "1"),
        "worlds_taught": (len(record["learning"]), "1"),
        "worlds_judging": (len(record["judging"]), "1"),
        "worlds_rehearsed": (len(record.get("rehearsed_in", ())), "1"),
        "plans_tried": (_plans_of(record.get("rehearsal", ())), "1"),
        "plans_judged": (_plans_of(record["judged"]), "1"),
        "judged": (len(record["judged"]), "1"),
        "months": (record["months"], "month"),
        "chosen": (record["chosen"], ""),
        "reference": (record["reference"], ""),
        **{f"part_{part}": (share, "share") for part, share in record.get("variance", {}).items()},
    }
    rows = [{"item": item, "value": value, "unit": unit} for item, (value, unit) in facts.items()]
    columns = columns_of(
        ("item", "", "fact of the optimisation"),
        ("value", "as unit", "its value"),
        ("unit", "", "unit of the value"),
    )
    return ReportTable("optimal_design", ("item",), columns, rows)


def _plans_of(rows: Sequence[Record]) -> int:
    return sum(row["kind"] == "plan" for row in rows)


def _plans(record: Record) -> ReportTable:
    columns = columns_of(
        ("arm", "", "optimal plan or strategy"),
        ("kind", "", "plan: chosen by the optimisation; strategy"),
        ("worlds", "1", "worlds that judge: they chose no plan"),
        ("median", "job", "additional jobs at the end, median of these worlds"),
        ("low", "job", "lower end of four worlds of five"),
        ("high", "job", "upper end of four worlds of five"),
        ("mean", "job", "additional jobs, mean of these worlds"),
        ("beats_none", "1", "worlds with more jobs than without a programme, ties half"),
        ("beats_reference", "1", "worlds with more jobs than the reference, ties half"),
        ("typical_gain", "job", "jobs above the reference, median of worlds"),
        ("typical_gain_low", "job", "lower bound of its 95 % interval, by order statistics"),
        ("typical_gain_high", "job", "upper bound"),
        ("gain", "job", "jobs above the reference, mean of worlds"),
        ("gain_low", "job", "lower bound of its 95 % interval"),
        ("gain_high", "job", "upper bound"),
        ("chance_best", "probability", "that its mean is the highest, all arms together"),
        ("expected_regret", "job", "expected jobs behind the best mean"),
        ("worst_regret", "job", "most jobs behind the best of a world"),
        ("worst_tenth_loss", "job/1,000 residents", "jobs missing in the worst tenth of zones"),
        ("allocated_eur", "EUR", "given by the plan; none for a strategy"),
        ("spent_eur", "EUR", "net public spending, mean of worlds"),
        ("predicted", "job", "predicted from zones simulated alone"),
        ("predicted_low", "job", "lower bound of its 95 % interval, mean of the worlds that judge"),
        ("predicted_high", "job", "upper bound"),
        ("coupling", "job", "what neighbours and queues add, where measured"),
    )
    rows = [{c.name: _number(row.get(c.name)) for c in columns} for row in record["judged"]]
    intervals = {name: (f"{name}_low", f"{name}_high") for name in _WITH_INTERVALS}
    return ReportTable("optimal_plans", ("arm",), columns, rows, intervals)


def _limits(record: Record) -> ReportTable:
    columns = columns_of(
        ("limit", "", "limit of the allocation"),
        ("bound", "1", "its bound, in the unit of the limit"),
        ("relaxed", "job", "jobs gained when the bound moves by a tenth"),
        ("removed", "job", "jobs gained when it is dropped"),
    )
    rows = [
        {c.name: row[c.name] if c.name == "limit" else _number(row[c.name]) for c in columns}
        for row in record["prices"]
    ]
    return ReportTable("optimal_limits", ("limit",), columns, rows)


def _zones(folder: Path, record: Record) -> ReportTable:
    """What the chosen plan gives to each zone."""
    columns = columns_of(
        ("plan", "", "plan"),
        ("zone", "", "code of the employment zone"),
        ("name", "", "name of the zone"),
        ("jobs_lost", "job", "jobs of the sites that close"),
        ("days", "person-day", "days of consultants"),
        ("grants_eur", "EUR", "ceiling of grants"),
        ("engineering_start", "month", "month from which days can be used"),
        ("grants_start", "month", "month from which grants can be given"),
        ("parts", "1", "equal parts in which help comes"),
        ("jobs_predicted", "job", "additional jobs, predicted"),
        ("jobs_simulated", "job", "additional jobs, mean of the worlds that judge"),
        ("spent_eur", "EUR", "net public spending, mean of the worlds that judge"),
    )
    texts = ("plan", "zone", "name")
    rows = [
        {c.name: row[c.name] if c.name in texts else _number(row[c.name]) for c in columns}
        for row in read_rows(folder / "zones.csv")
        if row["plan"] == record["chosen"]
    ]
    return ReportTable("optimal_zones", ("zone",), columns, rows)


def _setting(study: str, record: Record, worlds: int) -> dict[str, Any]:
    """What a study holds for: its zones are a sample of those of the programme."""
    told = record.get("setting") or {}
    found = {name: _number(told.get(name)) for name in ("zones", "closures", "jobs", "months")}
    envelope = _number(told.get("envelope_eur") or None)
    return {"study": study, **found, "envelope_eur": envelope, "worlds": worlds}


def _settings(rows: Sequence[Mapping[str, Any]]) -> ReportTable:
    columns = columns_of(
        ("study", "", "drivers, or information (what knowing is worth)"),
        ("zones", "1", "zones simulated"),
        ("closures", "1", "sites that close there"),
        ("jobs", "job", "jobs that they take"),
        ("months", "month", "months of the run"),
        ("envelope_eur", "EUR", "envelope; none for policies of one zone"),
        ("worlds", "1", "worlds"),
    )
    return ReportTable("decision_setting", ("study",), columns, rows)


def _sampled(study: str, record: Record) -> list[dict[str, Any]]:
    plans = (record.get("setting") or {}).get("plans", {})
    return [{"study": study, "arm": arm, "factor": factor} for arm, factor in plans.items()]


def _sampled_plans(rows: Sequence[Mapping[str, Any]]) -> ReportTable:
    columns = columns_of(
        ("study", "", "drivers, or information (what knowing is worth)"),
        ("arm", "", "plan made for all zones of the programme"),
        ("factor", "1", "what its amounts are multiplied by in the zones simulated"),
    )
    return ReportTable("decision_sampled", ("study", "arm"), columns, rows)


def _studies(record: Record) -> ReportTable:
    """One row a study: how many worlds, how many parameters above chance, its box."""
    rows = []
    for number, study in enumerate(record["studies"], start=1):
        box, inert = study["box"] or {}, study["drivers"][0] if study["drivers"] else {}
        rows.append(
            {
                "study": number,
                "first": study["first"],
                "second": study["second"] or "",
                "worlds": study["worlds"],
                "parameters": study["parameters"],
                "above_chance": sum(row["above_chance"] == "yes" for row in study["drivers"]),
                "inert_one": _number(inert.get("inert_correlation")),
                "inert_all": _number(inert.get("inert_correlation_of_all")),
                "box_found": "yes" if box.get("found") else "no",
                **{
                    name: _number(box.get(name))
                    for name in ("inside", "outside", "unseen_inside", "chance")
                },
                "box_worlds": _number(box.get("worlds")),
            }
        )
    columns = columns_of(
        ("study", "1", "number of the study"),
        ("first", "", "strategy whose outcome is explained"),
        ("second", "", "strategy that it is compared with; none for its own outcome"),
        ("worlds", "1", "worlds"),
        ("parameters", "1", "parameters that vary"),
        ("above_chance", "1", "parameters above what chance gives the largest of them"),
        ("inert_one", "1", "rank correlation that one inert parameter reaches, 95 %"),
        ("inert_all", "1", "that the largest of as many inert parameters reaches, 95 %"),
        ("box_found", "", "whether a box is denser than chance makes one"),
        ("inside", "share", "worlds of the box where it happens"),
        ("outside", "share", "other worlds where it happens"),
        ("unseen_inside", "share", "worlds of the box that the search had not seen"),
        ("chance", "probability", "that a search on shuffled worlds does as well"),
        ("box_worlds", "1", "worlds of the box"),
    )
    return ReportTable("decision_studies", ("study",), columns, rows)


def _drivers(record: Record) -> ReportTable:
    columns = columns_of(
        ("study", "1", "number of the study"),
        ("parameter", "", "parameter"),
        ("correlation", "1", "rank correlation with what is explained"),
        ("first_order", "1", "share of its variance, this parameter alone"),
        ("shapley", "1", "share of its variance, correlation shared out"),
        ("above_chance", "", "whether it is above the largest of as many inert ones"),
    )
    rows = [
        {"study": number, **{c.name: _number(row[c.name]) for c in columns[1:]}}
        for number, study in enumerate(record["studies"], start=1)
        for row in study["drivers"][:_SHOWN_DRIVERS]
    ]
    return ReportTable("decision_drivers", ("study", "parameter"), columns, rows)


def _bounds(record: Record) -> ReportTable:
    columns = columns_of(
        ("study", "1", "number of the study"),
        ("parameter", "", "parameter"),
        ("low", "as declared", "the box is above it"),
        ("high", "as declared", "the box is below it"),
    )
    rows = [
        {"study": number, **{name: _number(bound[name]) for name in ("parameter", "low", "high")}}
        for number, study in enumerate(record["studies"], start=1)
        if study["box"] is not None
        for bound in study["box"]["bounds"]
    ]
    return ReportTable("decision_box", ("study", "parameter"), columns, rows)


def _information(record: Record) -> ReportTable:
    columns = columns_of(
        ("belief", "", "belief about the effect of a day of engineering"),
        ("known", "", "what is known before the choice"),
        ("value", "as unit", "expected gain of knowing it"),
        ("error", "as unit", "standard error"),
        ("inert", "as unit", "what inert parameters reach, 95 %"),
        ("above_chance", "", "whether it is more than chance"),
        ("best_today", "", "strategy of the highest mean today"),
        ("unit", "", "unit of the values"),
        ("effect", "", "yes: the row is the effect of a day"),
    )
    rows = [
        {
            **{c.name: _number(row[c.name]) for c in columns[:-2]},
            "unit": record["unit"],
            "effect": "yes" if row["parameters"] == record["day"] else "no",
        }
        for row in record["values"]
    ]
    return ReportTable("information", ("belief", "known"), columns, rows)


def _number(value: Any) -> Any:
    """What JSON and CSV leave out is not a number; text that is one becomes one."""
    if value is None or value == "":
        return float("nan")
    if isinstance(value, str):
        try:
            return float(value)
        except ValueError:
            return value
    return value
