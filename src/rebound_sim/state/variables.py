"""Outcomes of a month: one definition each. They are the columns of the trajectories.

`month` counts from the end of the burn-in (0 = first month after it). Stocks are at the end of
the month, flows are of the month, `_eur` columns are whole euros. What instruments cost is in the
journal alone (policies.ledger).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class Variable:
    """One column: name, unit, type (`int64` or `float64`), meaning, formula."""

    name: str
    unit: str
    dtype: Literal["int64", "float64"]
    meaning: str
    formula: str


def _i(name: str, unit: str, meaning: str, formula: str = "count") -> Variable:
    return Variable(name, unit, "int64", meaning, formula)


def _f(name: str, unit: str, meaning: str, formula: str) -> Variable:
    return Variable(name, unit, "float64", meaning, formula)


_EMPLOYMENT = (
    _i("workplace_employment", "job", "salaried jobs held in the zone, by residents or not"),
    _i(
        "resident_employment",
        "person",
        "residents in work, wherever they work",
        "permanent + fixed-term + self-employed + working outside, residents",
    ),
    _i("permanent", "person", "residents on permanent contracts in the zone"),
    _i("fixed_term", "person", "residents on fixed-term contracts in the zone"),
    _i("self_employed", "person", "self-employed residents"),
    _i("working_outside", "person", "residents who work in another zone"),
    _i("in_commuters", "person", "non-residents employed in the zone (second jobs included)"),
    _i("unemployed", "person", "residents unemployed in the ILO sense"),
    _f(
        "unemployment_rate",
        "%",
        "localised unemployment rate, ILO sense",
        "100 × unemployed / (unemployed + resident_employment)",
    ),
    _i("registered", "person", "registered job-seekers", "unemployed + in_training + halo"),
    _i("in_training", "person", "residents in a training course"),
    _i("halo", "person", "residents who want work without being ILO-unemployed"),
    _i("inactive", "person", "other inactive residents of working age"),
    _i("retired", "person", "residents retired since or at t = 0"),
    _i("left", "person", "residents who have moved out, cumulated"),
)
_FLOWS = (
    _i("vacancies", "job", "vacancies open during the month, before hires"),
    _i("hires", "person", "hires in the zone"),
    _i("hires_unemployed", "person", "hires of unemployed residents"),
    _i("hires_inactive", "person", "hires of inactive residents, halo included"),
    _i("hires_job_to_job", "person", "hires of people already employed in the zone"),
    _i("hires_outsiders", "person", "hires of non-residents"),
    _i("hires_returned", "person", "hires of residents who worked outside the zone"),
    _i("hires_unemployed_fixed_term", "person", "hires of unemployed people on fixed term"),
    _i(
        "hires_unemployed_other_sector",
        "person",
        "hires of unemployed people, sector changed (not a first job)",
    ),
    _i("hires_unemployed_own_place", "person", "hires of unemployed people, own place"),
    _i("employment_to_unemployment", "person", "residents who lost work, now unemployed"),
    _i("permanent_to_unemployment", "person", "the same, from permanent contracts in the zone"),
    _i("fixed_term_to_unemployment", "person", "the same, from fixed-term contracts"),
    _i("employment_to_inactivity", "person", "residents who left work for inactivity"),
    _i("conversions", "person", "fixed-term contracts made permanent"),
    _i("layoffs", "person", "people laid off by firms, closures of firms included"),
    _i("unemployed_to_inactivity", "person", "unemployed who stop searching"),
    _i("inactivity_to_unemployment", "person", "inactive people who start searching"),
    _i("unemployed_to_outside", "person", "unemployed residents who find a job outside"),
    _i("businesses_created", "person", "residents who become self-employed"),
    _i("training_entries", "person", "entries into training"),
    _i("retirements", "person", "retirements of residents"),
    _i("out_migration", "person", "residents who move out"),
    _i("in_migration", "person", "people who move in"),
    _i("firm_failures", "firm", "establishments that close"),
    _i("firm_entries", "firm", "establishments that open"),
    _i("establishments", "firm", "open establishments"),
)
_CONDITIONS = (
    _f("wage_index", "1", "local wage level, 1 at t = 0", "wage curve, partial adjustment"),
    _f(
        "household_demand",
        "1",
        "local household spending, 1 at t = 0",
        "1 + propensity × (income / income at t = 0 − 1)",
    ),
    _f("tightness", "1", "vacancies per unemployed", "vacancies / unemployed"),
    _i("wage_bill_eur", "EUR/month", "gross wages of residents in work", "sum, wage index applied"),
    _i("benefits_eur", "EUR/month", "unemployment insurance, CSP and leave allowances", "sum"),
    _i(
        "labour_taxes_eur",
        "EUR/month",
        "contributions and taxes on wages",
        "tax_share × wage_bill_eur",
    ),
)
#: Fixed-term contracts shorter than that are in no official count of solutions [month].
LASTING_MONTHS = 6
#: Sectors of new jobs, and what they hold (sections of NAF rev. 2).
NEW_SECTORS = {
    "industry": "industry (B to E)",
    "construction": "construction (F)",
    "trade": "trade, transport, hotels and restaurants (G to I)",
    "public": "mostly public services: administration, education, health, care (O to Q)",
    "services": "other services and agriculture (A, J to N, R to U)",
}
_SITE = (
    _i("site_jobs", "job", "employees of the closing sites"),
    _i("successor_jobs", "job", "employees of buyers and of reused sites"),
    _i("displaced", "person", "residents laid off by the closing sites so far"),
    *(
        _i(f"displaced_{name}", "person", f"of whom {meaning}")
        for name, meaning in (
            ("permanent", "on a permanent contract in the zone"),
            ("fixed_term", "on a fixed-term contract in the zone"),
            ("self_employed", "self-employed"),
            ("outside", "working outside the zone, redeployment in the group included"),
            ("unemployed_supported", "unemployed, in CSP or redeployment leave"),
            ("unemployed", "unemployed otherwise"),
            ("training", "in training"),
            ("halo", "in the halo"),
            ("inactive", "inactive"),
            ("retired", "retired"),
            ("left", "moved out of the zone"),
        )
    ),
    _i("displaced_other_sector", "person", "displaced in work in the zone in another sector"),
    _i(
        "displaced_fixed_term_long",
        "person",
        f"displaced on a fixed-term contract who have spent {LASTING_MONTHS} months or more there",
    ),
    *(
        _i(f"displaced_in_{name}", "person", f"displaced employees of the zone in {meaning}")
        for name, meaning in NEW_SECTORS.items()
    ),
    _i("displaced_earnings_eur", "EUR/month", "gross wages of displaced residents", "sum"),
    _i(
        "control_people",
        "person",
        "matched employees of other firms (same size of cohort)",
        "same level of qualification, nearest age and wage, in post at the announcement",
    ),
    _i("control_in_work", "person", "matched employees in work"),
    _i("control_left", "person", "matched employees who have moved out of the zone"),
    _i("control_earnings_eur", "EUR/month", "gross wages of matched employees", "sum"),
)
_PROJECTS = (
    *(
        _i(f"projects_{stage}", "project", f"projects now {stage}")
        for stage in (
            "latent",
            "detected",
            "mature",
            "decided",
            "permitted",
            "built",
            "operating",
            "abandoned",
        )
    ),
    _i("projects_found_publicly", "project", "projects found by engineering, cumulated"),
    _i(
        "projects_matured_publicly",
        "project",
        "projects that received engineering days and reached maturity, cumulated",
    ),
    _i("firms_visited", "firm", "firms visited by engineering, cumulated"),
    _i("files_waiting", "file", "aid files waiting for an answer"),
    _i("files_granted", "file", "aid files granted, cumulated"),
    _i("files_refused", "file", "aid files refused, cumulated"),
    _i("promised_jobs_supported", "job", "jobs promised by projects with a grant, cumulated"),
    _i("invested_supported_eur", "EUR", "investment of projects with a grant, cumulated"),
    _f("project_capacity", "job", "jobs opened by projects since t = 0", "sum of capacities"),
    _f(
        "supported_capacity",
        "job",
        "jobs opened by projects that received public help (any instrument)",
        "sum of capacities of projects whose `supported` is not 0",
    ),
    _f("accelerated_capacity", "job", "jobs added by accelerated firms", "sum"),
)
_CAUSES = (
    *(
        _f(f"cause_{name}", "job", f"desired jobs due to {meaning}", "see docs/outcomes.md")
        for name, meaning in (
            ("households", "household spending that differs from t = 0"),
            ("customers", "local customers' purchases that differ from t = 0"),
            ("site", "lost sales to the closing site"),
            ("wages", "wages that differ from t = 0"),
            ("agglomeration", "related activity that differs from t = 0"),
            ("own_demand", "firms' own demand, entries and failures"),
            ("projects", "projects and accelerated firms"),
            ("recapture", "orders of the site regained by local firms"),
        )
    ),
    _i("desired_jobs", "job", "desired employment of open firms, closing sites included"),
    _i("unfilled_jobs", "job", "desired minus present employment (negative: overstaffing)"),
)
VARIABLES: tuple[Variable, ...] = (
    *_EMPLOYMENT,
    *_FLOWS,
    *_CONDITIONS,
    *_SITE,
    *_PROJECTS,
    *_CAUSES,
)
VARIABLE_NAMES = tuple(variable.name for variable in VARIABLES)

#: Columns of the table of supported projects (SimulationResult.projects), with their units.
PROJECT_VARIABLES: tuple[Variable, ...] = (
    _i("project", "row", "identity of the project, the same in every arm"),
    _i("sector", "index", "A38 sector (row of data.sectors.SECTORS)"),
    _i("kind", "code", "0 extension, 1 new plant, 2 new sector, 3 diversification"),
    _i(
        "supported",
        "bits",
        "1 engineering, 2 grant, 4 revitalisation, 8 sponsor aided, 16 advance; 0: none",
    ),
    _i("stage", "code", "stage at the end of the run (state.codes.Stage)"),
    _i("jobs_promised", "job", "jobs promised"),
    _f("jobs_delivered", "job", "capacity at the end of the run", "promised × delivery × ramp"),
    _i("capital_eur", "EUR", "investment"),
    _i("granted_eur", "EUR", "public money granted, all funders"),
    _i("detected_month", "month", "date of detection, -1 if none, from the end of the burn-in"),
    _i("decided_month", "month", "date of the decision"),
    _i("operating_month", "month", "date of full operation"),
)
