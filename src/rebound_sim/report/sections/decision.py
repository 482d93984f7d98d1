"""The chapter of decisions: over worlds, the best allocation, what decides, what to find out."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

from rebound_sim.figures.texts import TEXTS
from rebound_sim.parameters.names import short_name
from rebound_sim.report.names import shown
from rebound_sim.report.sections.findings import ranked, units
from rebound_sim.report.sentence import Binding, Run
from rebound_sim.report.texts import texts
from rebound_sim.report.writer import Writer
from rebound_sim.statistics.programme.summary import RANKED

_LIMITS_SHOWN = 12
_KNOWN_SHOWN = 5
_DRIVERS_SHOWN = 8
EVERYTHING = "everything"  # in the name of what knowing all would be
_ENVELOPE = "the envelope"  # the limit that is an amount, in the tables of an optimisation
_FEW_WORLDS = 100  # below which drivers are told with a reserve


def decision(writer: Writer) -> None:
    """The chapter; nothing with one world or one option, and no study of decision."""
    over_worlds = writer.comparison.worlds[RANKED].count > 1 and len(ranked(writer)) > 1
    held = {table.name for table in writer.book}
    parts = {
        "worlds": over_worlds,
        "optimal": "optimal_plans" in held,
        "drivers": "decision_studies" in held,
        "information": "information" in held,
    }
    if not any(parts.values()):
        return
    writer.heading("decision.heading")
    for name, write in (
        ("worlds", _worlds),
        ("optimal", _optimal),
        ("drivers", _drivers),
        ("information", _information),
    ):
        if parts[name]:
            writer.heading(f"decision.{name}", 2)
            write(writer)
    if parts["optimal"] or parts["drivers"] or parts["information"]:
        writer.paragraph("decision.assumed", role="warning")


def _worlds(writer: Writer) -> None:
    """Who is ahead in how many worlds, and what each can lose."""
    best = writer.bound("best", ranked(writer)[0])
    behind = writer.book.cell("standings", (best.key,), "worst_regret").value
    names = {"best": best, "units": units(writer), "regret": Binding(f"{behind:.0f}", "")}
    result = writer.runs("decision.worlds_result", **names)
    writer.sentences([result, writer.runs("decision.worlds_text")])
    for name in ("worlds", "duels", "world_regret"):
        writer.figure(name, best=best)


def _optimal(writer: Writer) -> None:
    """The plans and how they were judged."""
    book = writer.book
    chosen, reference = (
        str(book.cell("optimal_design", (item,), "value").value) for item in ("chosen", "reference")
    )
    plan, other = writer.bound("plan", chosen), writer.bound("plan", reference)
    writer.paragraph("decision.optimal_text")
    if book.cell("optimal_design", ("plans_tried",), "value").value:
        writer.paragraph("decision.optimal_tried")
    writer.paragraph("decision.optimal_result", role="answer", plan=plan)
    if book["optimal_plans"].has(reference) and reference != chosen:
        writer.paragraph("decision.optimal_gain", plan=plan, reference=other)
        writer.sentences(_established(writer, reference))
    if not math.isnan(book.cell("optimal_plans", (chosen,), "coupling").value):
        told = [writer.runs("decision.optimal_predicted", plan=plan)]
        if book["optimal_design"].has("part_luck"):
            told.append(writer.runs("decision.optimal_varies"))
        writer.sentences(told)
    _plans_table(writer, other)
    writer.figure("judged")
    writer.figure("frontier")
    writer.paragraph("decision.map_text", plan=plan)
    writer.figure("optimal_map")
    _zones_table(writer, plan)
    _limits_table(writer)


def _established(writer: Writer, reference: str) -> list[list[Run]]:
    """Plans whose gain over the reference has an interval that leaves out 0: in the median world,
    then on average."""
    rows = [r for r in writer.book["optimal_plans"].rows if r["kind"] == "plan"]
    against = writer.bound("plan", reference)
    found = []
    for side in ("above", "below"):
        most, mean = (
            [str(row["arm"]) for row in rows if _outside(row, gain, side)]
            for gain in ("typical_gain", "gain")
        )
        told = {"both": most} if most == mean else {"most": most, "mean": mean}
        found += [
            writer.runs(
                f"decision.{side}_{where}",
                names=writer.listed(names),
                count=Binding(str(len(names)), ""),
                reference=against,
            )
            for where, names in told.items()
            if names
        ]
    return found or [writer.runs("decision.neither", reference=against)]


def _outside(row: Mapping[str, Any], gain: str, side: str) -> bool:
    """Whether the interval of a gain is on one side of 0."""
    return bool(row[f"{gain}_low"] > 0 if side == "above" else row[f"{gain}_high"] < 0)


def _plans_table(writer: Writer, reference: Binding) -> None:
    columns = [
        ("arm", "left", 1.8),
        ("median", "right", 0.8),
        ("four_of_five_world", "right", 1.2),
        ("ahead", "right", 0.9),
        ("typical_gain", "right", 1.5),
        ("gain", "right", 1.4),
        ("worst_programme", "right", 1.2),
        ("net", "right", 0.9),
        ("predicted", "right", 0.8),
    ]
    rows = []
    for row in writer.book["optimal_plans"].rows:
        name = str(row["arm"])
        key = (name,)
        mark = [Run("text", "\u00a0*")] if row["kind"] == "plan" else []
        low, high = (writer.cell("optimal_plans", key, side, "count") for side in ("low", "high"))
        rows.append(
            [
                [*writer.name(writer.arm(name)), *mark],
                writer.cell("optimal_plans", key, "median", "count"),
                [*low, Run("text", f" {writer.words('frame.to')} "), *high],
                *_against(writer, name, reference.key),
                writer.cell("optimal_plans", key, "worst_tenth_loss", "one"),
                writer.cell("optimal_plans", key, "spent_eur", "inmeur"),
                writer.cell("optimal_plans", key, "predicted", "count"),
            ]
        )
    caption = writer.runs("decision.plans_caption", reference=reference)
    writer.grid(caption, columns, rows, ["optimal_plans"], size="small")


def _against(writer: Writer, name: str, reference: str) -> list[list[Run]]:
    """Worlds ahead of the reference, and by how much; nothing for itself."""
    if name == reference:
        return [writer.plain("·")] * 3
    return [
        writer.cell("optimal_plans", (name,), "beats_reference", "significant"),
        writer.cell("optimal_plans", (name,), "typical_gain", "count", interval=True),
        writer.cell("optimal_plans", (name,), "gain", "count", interval=True),
    ]


def _zones_table(writer: Writer, plan: Binding) -> None:
    columns = [
        ("zone", "left", 1.6),
        ("jobs_closed", "right", 0.8),
        ("days", "right", 0.7),
        ("from_month", "right", 0.7),
        ("ceiling", "right", 0.8),
        ("grants_from_month", "right", 0.7),
        ("parts", "right", 0.6),
        ("net", "right", 0.8),
        ("additional", "right", 0.9),
    ]
    rows = []
    for row in writer.book["optimal_zones"].rows:
        key = (str(row["zone"]),)
        rows.append(
            [
                writer.name(str(row["name"])),
                *(
                    writer.cell("optimal_zones", key, column, form)
                    for column, form in (
                        ("jobs_lost", "count"),
                        ("days", "count"),
                        ("engineering_start", "count"),
                        ("grants_eur", "inmeur"),
                        ("grants_start", "count"),
                        ("parts", "count"),
                        ("spent_eur", "inmeur"),
                        ("jobs_simulated", "count"),
                    )
                ),
            ]
        )
    caption = writer.runs("decision.zones_caption", plan=plan)
    writer.grid(caption, columns, rows, ["optimal_zones"], size="small")


def _limits_table(writer: Writer) -> None:
    known = texts(writer.language)["limit_names"]
    rows = []
    for row in writer.book["optimal_limits"].rows[:_LIMITS_SHOWN]:
        key = (str(row["limit"]),)
        name = known.get(key[0])
        bound = "inmeur" if key[0] == _ENVELOPE else "count"
        rows.append(
            [
                writer.plain(writer.typography.punctuated(name)) if name else writer.name(key[0]),
                *(
                    writer.cell("optimal_limits", key, column, form)
                    for column, form in (
                        ("bound", bound),
                        ("relaxed", "count"),
                        ("removed", "count"),
                    )
                ),
            ]
        )
    columns = [
        ("limit", "left", 2.0),
        ("bound", "right", 1.0),
        ("relaxed", "right", 1.0),
        ("removed", "right", 1.0),
    ]
    writer.grid("decision.limits_caption", columns, rows, ["optimal_limits"], size="small")


def _drivers(writer: Writer) -> None:
    """Each study: parameters above chance, then the box; the sample of all of them first."""
    rows = writer.book["decision_studies"].rows
    told = _sample(writer, "drivers")
    if rows[0]["worlds"] < _FEW_WORLDS:
        told.append(writer.runs("decision.drivers_few", study=Binding(str(rows[0]["study"]), "")))
    writer.sentences(told)
    for study in rows:
        _study(writer, study)
    writer.figure("drivers")
    if any(study["box_found"] == "yes" for study in rows):
        writer.figure("box")


def _study(writer: Writer, study: Mapping[str, Any]) -> None:
    """One study: how many parameters are above chance, their table, the box in words."""
    key = Binding(str(study["study"]), "")
    sides = {
        "first": writer.bound("strategy", str(study["first"])),
        "second": writer.bound("strategy", str(study["second"])),
    }
    kind = "difference" if sides["second"].key else "level"
    what = Binding("", _joined(writer, f"decision.{kind}", **sides))
    event = Binding("", _joined(writer, f"decision.event_{kind}", **sides))
    count = "drivers_some" if study["above_chance"] else "drivers_none"
    told = [writer.runs(f"decision.{count}", study=key, what=what)]
    found = study["box_found"] == "yes"
    if not found and not math.isnan(study["inside"]):
        told.append(writer.runs("decision.box_none", study=key, event=event))
    writer.sentences(told)
    if study["above_chance"]:
        _drivers_table(writer, key.key, what)
    if not found:
        return
    seen = "" if math.isnan(study["unseen_inside"]) else "_unseen"
    writer.paragraph(f"decision.box{seen}", study=key, event=event)
    bounds = [r for r in writer.book["decision_box"].rows if str(r["study"]) == key.key]
    writer.bullets([_side(writer, row) for row in bounds])


def _sample(writer: Writer, study: str) -> list[list[Run]]:
    """The zones, the money and the worlds that a study holds for; nothing where it does not say."""
    table = writer.book["decision_setting"]
    if not table.has(study) or math.isnan(table.cell((study,), "zones").value):
        return []
    zones, closures, envelope = (
        float(table.cell((study,), name).value) for name in ("zones", "closures", "envelope_eur")
    )
    whole = zones == writer.book.cell("design", ("zones",), "value").value
    path = "sample_zone" if math.isnan(envelope) else "sample_whole" if whole else "sample"
    names = {"zones": f"{zones:.0f}", "closures": f"{closures:.0f}"}
    bound = {name: Binding(count, "") for name, count in names.items()}
    kind = Binding(study, "")
    plans = [r["arm"] for r in writer.book["decision_sampled"].rows if r["study"] == study]
    return [
        writer.runs(f"decision.{path}", kind=kind, **bound),
        *(
            writer.runs("decision.sample_plan", kind=kind, plan=writer.bound("plan", str(arm)))
            for arm in plans
            if round(writer.book.cell("decision_sampled", (study, str(arm)), "factor").value, 2)
            != 1.0
        ),
    ]


def _joined(writer: Writer, path: str, **names: Binding) -> str:
    return "".join(run.text for run in writer.runs(path, **names))


def _drivers_table(writer: Writer, study: str, what: Binding) -> None:
    rows = []
    for row in writer.book["decision_drivers"].rows:
        key = (study, str(row["parameter"]))
        if str(row["study"]) != study or row["above_chance"] != "yes":
            continue
        rows.append(
            [
                [Run("code", shown(key[1]))],
                writer.plain(_named(writer, key[1])),
                *(
                    writer.cell("decision_drivers", key, column, "two")
                    for column in ("correlation", "first_order", "shapley")
                ),
            ]
        )
    columns = [
        ("parameter", "left", 1.8),
        ("meaning", "left", 2.6),
        ("correlation", "right", 0.8),
        ("first_order", "right", 0.8),
        ("shapley", "right", 0.8),
    ]
    caption = writer.runs("decision.drivers_caption", what=what)
    writer.grid(caption, columns, rows[:_DRIVERS_SHOWN], ["decision_drivers"], size="small")


def _side(writer: Writer, row: Mapping[str, Any]) -> list[Run]:
    """One side of the box: the parameter in words, its bound, its name."""
    name = str(row["parameter"])
    side = "high" if math.isnan(float(str(row["low"]))) else "low"
    return writer.runs(
        f"decision.box_{side}",
        study=Binding(str(row["study"]), ""),
        name=Binding(name, _named(writer, name)),
        code=Binding("", shown(name)),
    )


def _named(writer: Writer, name: str) -> str:
    """A parameter in a few words of the language."""
    return writer.typography.punctuated(short_name(name, writer.language))


def _information(writer: Writer) -> None:
    """What knowing the effect of a day is worth under each belief, then the most valuable."""
    table = writer.book["information"]
    euros = any(row["unit"] == "EUR" for row in table.rows)
    form = "keur" if euros else "count"
    same = _same_sample(writer)
    told = [] if same else _sample(writer, "information")
    writer.sentences([writer.runs("decision.information_text"), *told])
    items = []
    for row in table.rows:
        if row["effect"] != "yes":
            continue
        names = {
            "belief": Binding(str(row["belief"]), _belief(writer, str(row["belief"]))),
            "known": Binding(str(row["known"]), ""),
            "value": Binding(f"{row['value']:.0f}", ""),
            "best": writer.bound("strategy", str(row["best_today"])),
        }
        sure = "sure" if row["above_chance"] == "yes" else "chance"
        path = f"decision.information_{'eur' if euros else 'job'}_{sure}"
        items.append(writer.runs(path, **names))
    writer.bullets(items)
    writer.figure("information")
    _information_table(writer, form)


def _information_table(writer: Writer, form: str) -> None:
    rows, counts = [], dict[str, int]()
    for row in writer.book["information"].rows:
        belief, known = str(row["belief"]), str(row["known"])
        counts[belief] = counts.get(belief, 0) + 1
        if counts[belief] > _KNOWN_SHOWN and row["effect"] != "yes":
            continue
        key = (belief, known)
        rows.append(
            [
                writer.plain(_belief(writer, belief)),
                writer.plain(known_words(writer, known)),
                *(
                    writer.cell("information", key, column, form)
                    for column in ("value", "error", "inert")
                ),
            ]
        )
    columns = [
        ("belief", "left", 1.6),
        ("known", "left", 2.0),
        ("worth", "right", 0.8),
        ("error", "right", 0.8),
        ("inert", "right", 0.8),
    ]
    writer.grid("decision.information_caption", columns, rows, ["information"], size="small")


def known_words(writer: Writer, known: str) -> str:
    """What would be known first, in a few words: everything, a set of parameters, one of them."""
    if EVERYTHING in known:
        return writer.words("decision.everything")
    words = TEXTS[writer.language]["decision"]
    return str(words[known]) if known in words else _named(writer, known)


def _same_sample(writer: Writer) -> bool:
    """Whether both studies are of the same zones, money and worlds, said once."""
    rows = [dict(row) for row in writer.book["decision_setting"].rows]
    told = [{k: v for k, v in row.items() if k != "study"} for row in rows]
    return len(told) == 2 and str(told[0]) == str(told[1])


def _belief(writer: Writer, name: str) -> str:
    return str(TEXTS[writer.language]["decision"].get(f"belief_{name}", name))
