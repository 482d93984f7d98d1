"""What a parameter is, and what zones there are."""

from __future__ import annotations

import html
from dataclasses import dataclass
from typing import Any

from rebound_sim.api.arguments import text
from rebound_sim.api.tables import Table
from rebound_sim.data.basins import BasinFigures, list_basins, load_basin
from rebound_sim.errors import InputError, nearest
from rebound_sim.parameters import PARAMETERS, TOPICS
from rebound_sim.parameters.ensemble import shipped_ensemble
from rebound_sim.units import with_unit

#: Names told when a part of a name is given.
_MOST_NAMED = 6


@dataclass(frozen=True, repr=False)
class Explanation:
    """A parameter: lines by heading (meaning, value, unit, range, evidence, reference...)."""

    name: str
    lines: dict[str, str]

    def __getitem__(self, heading: str) -> str:
        return self.lines[heading]

    def __repr__(self) -> str:
        return "\n".join([self.name, *(f"  {k:<10} {v}" for k, v in self.lines.items())])

    def _repr_html_(self) -> str:
        rows = "".join(
            f"<tr><th>{html.escape(k)}</th><td>{html.escape(v)}</td></tr>"
            for k, v in self.lines.items()
        )
        return f"<table><caption>{html.escape(self.name)}</caption>{rows}</table>"


def explain(name: str | None = None) -> Explanation | Table:
    """A parameter (`search.effort_decay`), the parameters of a topic, or the topics.

    Raises InputError for another name, with the nearest.
    """
    if name is None:
        columns: dict[str, list[Any]] = {
            "topic": [topic.name for topic in TOPICS.values()],
            "title": [topic.title for topic in TOPICS.values()],
            "parameters": [len(topic.parameters) for topic in TOPICS.values()],
        }
        return Table("topics of parameters", columns)
    if text("name", name) in TOPICS:
        items = TOPICS[name].parameters
        columns = {
            "parameter": [item.full_name for item in items],
            "value": [item.value for item in items],
            "unit": [item.unit for item in items],
            "evidence": [item.evidence for item in items],
            "meaning": [item.meaning for item in items],
        }
        return Table(f"parameters of {name}", columns, {"value": "as unit"})
    if name in PARAMETERS:
        return Explanation(name, explained(PARAMETERS[name]))
    raise unknown_parameter(name)


def unknown_parameter(name: str) -> InputError:
    """What is said of a name that is neither a parameter nor a topic."""
    same_ending = [known for known in PARAMETERS if known.rpartition(".")[2] == name]
    inside = [known for known in PARAMETERS if len(name) > 2 and name.casefold() in known]
    near = same_ending[:1] or inside[:_MOST_NAMED]
    close = " or ".join(near) or nearest(name, [*PARAMETERS, *TOPICS])
    return InputError(
        "unknown parameter",
        value=name,
        allowed=f"a parameter, or a topic: {', '.join(TOPICS)}",
        nearest=close,
    )


def explained(item: Any) -> dict[str, str]:
    """What is said of a parameter, by heading."""
    low, high = with_unit(item.low, ""), with_unit(item.high, item.unit)
    ranges = "fixed" if item.prior == "fixed" else f"{item.prior}, 95 % of it in the range"
    return {
        "meaning": item.meaning,
        "value": with_unit(item.value, item.unit),
        "unit": "a pure number" if item.unit == "1" else item.unit,
        "range": f"{low} to {high}",
        "prior": ranges,
        "calibrated": _calibrated(item),
        "evidence": item.evidence,
        "reference": item.reference,
        "change it": f"--set {item.full_name}=VALUE, or under [parameters] in a scenario",
    }


def _calibrated(item: Any) -> str:
    """Value at the calibrated point and range over the ensemble, or why there is none."""
    ensemble = shipped_ensemble()
    if ensemble is None:
        return "no ensemble is installed"
    if item.full_name not in ensemble.names:
        return "not in the ensemble: as declared in every set"
    point, low, high = ensemble.range_of(item.full_name)
    how = ""
    if item.full_name in ensemble.provenance.get("unidentified", ()):
        how = "; no moment identifies it: spread as its prior"
    ends = f"{with_unit(low, '')} to {with_unit(high, item.unit)}"
    return f"{with_unit(point, item.unit)} at the point, {ends} in {len(ensemble.sets)} sets{how}"


_UNITS = {
    "population": "person",
    "salaried_jobs": "job",
    "unemployment_rate_percent": "%",
    "industry_share": "share",
    "fragility_rank": "rank, 1 the most fragile",
}


def basins(zone: str | None = None) -> Table | BasinFigures:
    """The zones that can be simulated; the figures of one, given by code, name or municipality.

    Raises InputError for an unknown zone.
    """
    if zone is not None:
        return load_basin(text("zone", zone, "a code or name, in quotes"))
    found = list(list_basins())
    columns = {name: [getattr(one, name) for one in found] for name in type(found[0]).__slots__}
    return Table("employment zones", columns, {n: _UNITS.get(n, "") for n in columns})
