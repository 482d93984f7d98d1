"""The columns of the state, declared once: name, type, unit and meaning.

One fact about an agent lives in one cell. A row is an identity: never moved, swapped or reused.
"""

from __future__ import annotations

from collections import namedtuple
from dataclasses import dataclass
from typing import Any

from rebound_sim import fields
from rebound_sim.state import packs


@dataclass(frozen=True, slots=True)
class Column:
    """One column: `width` values per row (1 = a plain column).

    fixed : drawn at t = 0 and never written after; copies of a model share it
    """

    name: str
    dtype: str
    unit: str
    meaning: str
    fill: float = 0
    width: int = 1
    fixed: bool = False


N_QUALIFICATIONS = 4

WORKER_COLUMNS = (
    Column("status", "u1", "code", "where the person is (state.codes.Status)"),
    Column("watch", "u1", "code", "class in the sweep of monthly events (kernels.candidates)"),
    Column("resident", "u1", "0/1", "1 if the person lives in the zone", fixed=True),
    Column("qualification", "u1", "level", "0 below bac, 1 bac, 2 bac+2, 3 above", fixed=True),
    Column("place", "u1", "index", "place of residence within the zone", fixed=True),
    Column("sector", "u1", "index", "A38 sector of the present or last job", fill=255),
    Column("regime", "u1", "code", "income support (state.codes.Regime)"),
    Column("trained", "u1", "0/1", "1 once a training course was completed"),
    Column("displaced", "u1", "0/1", "1 once laid off by the closing site"),
    Column("employer", "i4", "row", "firm, -1 without one in the zone", fill=-1),
    Column("next_member", "i4", "row", "next hired of the same firm and qualification", fill=-1),
    Column("previous_member", "i4", "row", "previous hired of the same", fill=-1),
    Column("wage", "f4", "EUR/month", "gross wage at a wage index of 1: present or last job"),
    Column("general", "f4", "log", "general human capital, experience apart", fixed=True),
    Column("ease", "f4", "s.d.", "employability beside qualification: stays, is hired", fixed=True),
    Column("specific", "f4", "log", "human capital specific to `sector`, at `since`"),
    Column("since", "i2", "month", "start of the present spell"),
    Column("birth", "i2", "month", "month of birth, t = 0 at the start of the burn-in", fixed=True),
    Column("retirement", "i2", "month", "month in which the person retires", fixed=True),
    Column("until", "i2", "month", "end of the support regime or of the training course"),
)

FIRM_COLUMNS = (
    Column("state", "u1", "code", "state.codes.FirmState"),
    Column("kind", "u1", "code", "state.codes.FirmKind"),
    Column("sector", "u1", "index", "A38 sector"),
    Column("place", "u1", "index", "place within the zone"),
    Column("group", "u1", "0/1", "1 if it belongs to a group"),
    Column("born", "i2", "month", "month of opening (of candidature while latent)"),
    Column("premium", "f4", "log", "wage premium paid to every employee"),
    Column("scale", "f4", "job", "desired employment at base demand, permanent part"),
    Column("transitory", "f4", "1", "transitory part of demand, relative"),
    Column("rounding", "f4", "1", "fixed uniform that rounds desired employment"),
    Column("exposure", "f4", "1", "share of sales made to the closing site"),
    Column("shield", "f4", "1", "share of the sector's decline avoided by diversification"),
    Column("visited", "u1", "0/1", "1 once an engineering mission has visited it"),
    Column("relief", "f4", "1", "share of its shortage of finance lifted by aid to its projects"),
    Column("protection", "f4", "1", "share of its failures that help avoids, until that month"),
    Column("protected_until", "i2", "month", "end of this protection"),
    Column("project_jobs", "f4", "job", "capacity added by projects"),
    Column("project_posts", "f4", "job", "posts of projects still to staff that ask their level"),
    Column("project_level", "u1", "level", "level that they ask: the latest project's"),
    Column("employment", "i4", "person", "employees"),
    Column("desired", "i4", "job", "desired employment"),
    Column("vacancies", "i4", "job", "open vacancies"),
    Column("first_member", "i4", "row", "longest-serving employee by qualification", -1, 4),
    Column("last_member", "i4", "row", "last hired by qualification", -1, 4),
    Column("members", "i4", "person", "employees by qualification", 0, 4),
)

PROJECT_COLUMNS = (
    Column("stage", "u1", "code", "state.codes.Stage"),
    Column("kind", "u1", "code", "state.codes.ProjectKind"),
    Column("sector", "u1", "index", "A38 sector of the jobs"),
    Column("qualification", "u1", "level", "main level of qualification that its posts ask"),
    Column("public_detection", "u1", "0/1", "1 if an engineering mission found it"),
    Column("supported", "u1", "bits", "state.codes.Support"),
    Column("sponsor", "i4", "row", "firm that carries it, -1 for an outside entrant", -1),
    Column("firm", "i4", "row", "firm whose capacity grows (a latent plant for an entrant)", -1),
    Column("capital", "i8", "EUR", "investment"),
    Column("base", "i8", "EUR", "part of the investment eligible for a grant"),
    Column("jobs", "i4", "job", "jobs promised"),
    Column("value", "f4", "EUR/EUR", "private net present value per euro invested"),
    Column("constraint", "f4", "1", "uniform: short of finance if below the firm's probability"),
    Column("signal", "f4", "1", "public quality as a committee sees it, with noise"),
    Column("delivery", "f4", "1", "share of promised jobs that will exist"),
    Column("clock", "f4", "1", "progress in the present stage"),
    Column("threshold", "f4", "1", "progress needed in the present stage (unit exponential)"),
    Column("capacity", "f4", "job", "jobs of the project open to hiring"),
    Column("days_needed", "f4", "person-day", "engineering days that bring it to maturity"),
    Column("days_received", "f4", "person-day", "engineering days received"),
    Column("born", "i2", "month", "month of the idea"),
    Column("since", "i2", "month", "start of the present stage"),
    Column("permit_months", "i2", "month", "duration of the permits"),
    Column("build_months", "i2", "month", "duration of the building"),
    Column("ramp_months", "i2", "month", "duration of the hiring ramp"),
    Column("detected_month", "i2", "month", "date of detection", -1),
    Column("decided_month", "i2", "month", "date of the decision", -1),
    Column("operating_month", "i2", "month", "date of operation", -1),
    Column("filed_month", "i2", "month", "date of the aid file, -1 if none", -1),
    Column("grant_answer", "i1", "code", "0 no file, 1 waiting, 2 granted, 3 refused"),
    Column("asked", "i8", "EUR", "grant asked"),
    Column("granted", "i8", "EUR", "public money granted, all funders, advances as they are worth"),
    Column("financed", "i8", "EUR", "the same, advances in full"),
)


#: Columns of each table that lie side by side (`state.packs`), largest cells first: what never
#: changes of a person, what does, and what hires and ends of jobs touch of a firm. Columns that are
#: swept whole stay apart.
PACKS: dict[str, tuple[tuple[str, ...], ...]] = {
    "Workers": (
        ("general", "ease", "birth", "retirement", "resident", "qualification", "place"),
        (
            "wage", "specific", "employer", "next_member", "previous_member", "since", "until",
            "sector", "regime", "trained", "displaced",
        ),
    ),
    "Firms": (
        (
            "first_member", "last_member", "members", "employment", "premium", "kind", "sector",
            "place",
        ),
    ),
}  # fmt: skip


def _record(name: str, columns: tuple[Column, ...]) -> Any:
    record = namedtuple(name, [column.name for column in columns], module=__name__)  # type: ignore[misc]
    return fields.block(record, packs.fields_of(columns, PACKS.get(name, ())))


Workers = _record("Workers", WORKER_COLUMNS)
Firms = _record("Firms", FIRM_COLUMNS)
Projects = _record("Projects", PROJECT_COLUMNS)

TABLES: dict[str, tuple[Any, tuple[Column, ...]]] = {
    "workers": (Workers, WORKER_COLUMNS),
    "firms": (Firms, FIRM_COLUMNS),
    "projects": (Projects, PROJECT_COLUMNS),
}


def allocate(table: str, rows: int) -> Any:
    """A table of `rows` rows, every cell at its column's fill value."""
    record, columns = TABLES[table]
    made = packs.blank(record, rows)
    for column, array in zip(columns, made, strict=True):
        array[:] = column.fill
    return made
