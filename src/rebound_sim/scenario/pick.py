"""A programme made by rule: the most exposed zones, a closure drawn in each, written as TOML.

The same rule, number of zones and seed give the same bytes. Draws are addressed by (seed, zone,
what is drawn): a zone keeps its closure when the number of zones changes.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import Final

from rebound_sim.data.exposure import (
    LARGEST_ACTIVE,
    LEAST_EXPOSED_JOBS,
    Exposure,
    exposures,
    most_exposed,
)
from rebound_sim.errors import InputError
from rebound_sim.policies.programme_table import ProgrammeTable
from rebound_sim.reading.toml_text import toml_value
from rebound_sim.scenario.definition import Closure, Tranche

DEFAULT_ZONES: Final = 30
DEFAULT_SEED: Final = 2030
ENVELOPE_EUR: Final = 100_000_000

STRATEGIES: Final = (
    "equal",
    "per_job_lost",
    "pipeline",
    "merit",
    "engineering_only",
    "money_only",
)
"""From need to opportunity to instrument: the questions that a programme asks first."""

DOCUMENTED_JOBS: Final = (
    157, 282, 283, 286, 299, 304, 368, 426, 432, 619, 849, 955, 997, 1024, 1120, 1143,
)  # fmt: skip
"""Jobs of documented French closures, 2001-2025: GM&S, Whirlpool, Molex, Fonderie de Bretagne,
Michelin Vannes, Moulinex (Falaise, Saint-Lô, Bayeux, Alençon, Cormelles), BorgWarner, Michelin La
Roche-sur-Yon, Ford, Michelin Cholet, Continental, Goodyear."""

INSOLVENT_SHARE: Final = 4 / 13
"""Of 13 documented cases, four were insolvent: GM&S, Moulinex, WN, Fonderie de Bretagne."""

SECTOR_SHARE_MOST: Final = 1 / 3
"""Assumed: a site holds at most a third of its sector's jobs in the zone."""

SMALLEST_SITE: Final = 100
SITE_SECTOR_LEAST: Final = 300
"""Jobs of the smallest site drawn, and of the smallest sector that can hold it."""

ANNOUNCEMENTS_MONTHS: Final = 18
"""Assumed: announcements fall in the first year and a half, evenly."""

SOLVENT_GROUP: Final = 5000
"""Assumed: any figure of 1,000 or more has the same legal consequences."""

LAYOFF_MONTHS: Final = {"solvent": 12, "insolvent": 9}
"""Announcement to layoffs: Goodyear and Michelin Cholet (12 months), GM&S (9 months)."""

RULE: Final = (
    "Zones: highest mean of four percentile ranks among the 287 mainland zones (exposed jobs, "
    "their share of salaried jobs, fragility, residents in a Territoire d'industrie), among those "
    f"with at least {LEAST_EXPOSED_JOBS} exposed jobs and at most {LARGEST_ACTIVE:,} active "
    "residents. Exposed jobs: those in transport equipment (CL), and in rubber and plastics (CG), "
    "metals (CH), electrical equipment (CJ) and machinery (CK) times the share of the sector's "
    "output that transport equipment buys.",
    "Closures: sector drawn in proportion to exposed jobs, among sectors of at least "
    f"{SITE_SECTOR_LEAST} jobs; size drawn among {len(DOCUMENTED_JOBS)} real closures (157 to "
    f"1,143 jobs), at most a third of the sector, at least {SMALLEST_SITE}, rounded down to ten; "
    f"announcement drawn in months 0 to {ANNOUNCEMENTS_MONTHS - 1}; insolvent with probability "
    "4/13.",
)


@dataclass(frozen=True, slots=True)
class Picked:
    """A zone that the rule took, and the closure drawn in it."""

    zone: Exposure
    closure: Closure


def pick(zones: int = DEFAULT_ZONES, seed: int = DEFAULT_SEED) -> tuple[Picked, ...]:
    """The zones of a programme with their closures, the most exposed first.

    Raises InputError when zones is out of range.
    """
    eligible = most_exposed(len(exposures()))
    if not 1 <= zones <= len(eligible):
        raise InputError(
            "out of range",
            file="--zones",
            value=zones,
            allowed=f"1 to {len(eligible)}, the zones that the rule can take",
        )
    return tuple(Picked(zone, draw_closure(zone, seed)) for zone in eligible[:zones])


def draw_closure(zone: Exposure, seed: int) -> Closure:
    """The site that closes in a zone, drawn by the rule. The sector holds the jobs of the site."""
    sectors = [code for code, jobs in zone.sector_jobs.items() if jobs >= SITE_SECTOR_LEAST]
    sector = _weighted(
        _uniform(seed, zone.code, "sector"), {code: zone.weighted_jobs[code] for code in sectors}
    )
    documented = DOCUMENTED_JOBS[int(_uniform(seed, zone.code, "jobs") * len(DOCUMENTED_JOBS))]
    most = int(zone.sector_jobs[sector] * SECTOR_SHARE_MOST)
    month = int(_uniform(seed, zone.code, "month") * ANNOUNCEMENTS_MONTHS)
    insolvent = _uniform(seed, zone.code, "group") < INSOLVENT_SHARE
    jobs = max(SMALLEST_SITE, min(documented, most) // 10 * 10)
    return Closure(
        sector=sector,
        jobs=jobs,
        announcement_month=month,
        tranches=(
            Tranche(month=LAYOFF_MONTHS["insolvent" if insolvent else "solvent"], share=1.0),
        ),
        group="insolvent" if insolvent else "solvent",
        # An insolvent group is a supplier alone, as GM&S was: the site is all of it.
        group_employees=jobs if insolvent else SOLVENT_GROUP,
    )


def _uniform(seed: int, code: str, what: str) -> float:
    """Uniform in [0, 1) with an address, the same on every machine."""
    digest = hashlib.sha256(f"{seed}/{code}/{what}".encode()).digest()
    # 53 bits: every value is an exact float, and none rounds up to 1.
    return (int.from_bytes(digest[:8], "big") >> 11) / (1 << 53)


def _weighted(uniform: float, weights: dict[str, float]) -> str:
    left = uniform * sum(weights.values())
    for name, weight in weights.items():
        left -= weight
        if left < 0:
            return name
    return name


def programme_text(picked: tuple[Picked, ...], seed: int = DEFAULT_SEED) -> str:
    """The programme as a commented TOML file."""
    active = sum(each.zone.active for each in picked)
    jobs = sum(each.closure.jobs for each in picked)
    description = (
        f"{len(picked)} zones by rule, {active:,} active residents, {jobs:,} jobs closed; closures "
        "are drawn, not real."
    )
    title = f"France 2030, car industry: {len(picked)} zones, 100 million euros"
    command = f"rebound programme pick --zones {len(picked)} --seed {seed}"
    lines = [
        f"# Written by `{command}`; edit a copy.",
        "#",
        "# The zones and their figures are real. The closures are drawn from the sizes of real",
        "# ones: no site of these zones is meant.",
        *(line for part in RULE for line in ("#", *_folded(part))),
        "",
        f"title = {toml_value(title)}",
        f"description = {toml_value(description)}",
        "",
        "[programme]",
        *_table_lines(),
        "",
        "[time]",
        "burn_in_months = 24     # the basins settle before anything happens",
        "months = 84             # seven years; month 0 is the first that may see an announcement",
    ]
    for each in picked:
        lines += ["", *_zone_lines(each)]
    return "\n".join(lines) + "\n"


def _table_lines() -> list[str]:
    table = ProgrammeTable(envelope_eur=ENVELOPE_EUR, strategies=STRATEGIES)
    lines = []
    for name, field in ProgrammeTable.model_fields.items():
        value = getattr(table, name)
        if isinstance(value, dict):  # a table of its own, empty
            continue
        extra = field.json_schema_extra
        words = str(field.description)
        if isinstance(extra, dict):
            words += f". {str(extra['source'])[:1].upper()}{str(extra['source'])[1:]}"
        lines += [*_folded(words), f"{name} = {_toml(value)}"]
    return lines


def _zone_lines(each: Picked) -> list[str]:
    zone, site = each.zone, each.closure
    return [
        "[[zone]]",
        f"code = {toml_value(zone.code)}    # {zone.name}, {zone.region}",
        *_folded(
            f"score {zone.score:.1f}: {zone.exposed_jobs:,.0f} exposed jobs, "
            f"{100 * zone.share:.1f} % of jobs; fragility {zone.fragility:.0f}; "
            f"{100 * zone.ti_share:.0f} % in a Territoire d'industrie"
        ),
        "[[zone.closure]]",
        f'sector = "{site.sector}"    # {zone.sector_jobs[site.sector]:,} jobs in the zone',
        f"jobs = {site.jobs}",
        f"announcement_month = {site.announcement_month}",
        f"tranches = [{{ month = {site.tranches[0].month}, share = 1.0 }}]",
        f"group = {toml_value(site.group)}",
        f"group_employees = {site.group_employees}",
    ]


def _toml(value: object) -> str:
    if isinstance(value, tuple):
        return "\n".join(["[", *(f"    {toml_value(str(item))}," for item in value), "]"])
    return f"{value:_}" if type(value) is int else toml_value(value)


def _folded(text: str, width: int = 96) -> list[str]:
    """A comment of several lines."""
    lines, line = [], "#"
    for word in text.split():
        if len(line) + 1 + len(word) > width:
            lines.append(line)
            line = "#"
        line += f" {word}"
    return [*lines, line]
