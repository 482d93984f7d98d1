"""Headline outcomes: one definition each. They are the outcomes of headline.csv."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Definition:
    """One headline outcome.

    name, label : as in headline.csv, and for a reader
    unit        : unit of the estimate
    group       : heading under which it is shown
    formula     : how it is computed in one replication, from the columns of the trajectories
    difference  : a difference between arms, for which "no difference" is a possible finding
    """

    name: str
    label: str
    unit: str
    group: str
    formula: str
    difference: bool = True


_JOBS, _CLOSURE = "Employment", "Against the same zone without closure"
_ACCOUNT, _MONEY = "Where additional jobs come from", "Public money"
_PEOPLE = "Displaced workers and hires"

DEFINITIONS: tuple[Definition, ...] = (
    Definition("additional_jobs", "Additional jobs", "job", _JOBS,
               "workplace_employment, policy − none, same random numbers"),
    Definition("job_months_gained", "Job-months gained", "job-month", _JOBS,
               "sum of additional jobs over the months from 0"),
    Definition("resident_employment_difference", "Residents in work", "person", _JOBS,
               "resident_employment, policy − none"),
    Definition("unemployment_rate_difference", "Unemployment rate", "point", _JOBS,
               "unemployment_rate, policy − none"),
    Definition("registered_difference", "Registered job-seekers", "person", _JOBS,
               "registered, policy − none"),
    Definition("jobs_against_no_closure", "Jobs", "job", _CLOSURE,
               "workplace_employment, arm − no_shock; for arm none, the effect of the closure"),
    Definition("unemployment_rate_against_no_closure", "Unemployment rate", "point", _CLOSURE,
               "unemployment_rate, arm − no_shock"),
    Definition("job_months_lost", "Job-months lost, gains deducted", "job-month", _CLOSURE,
               "− sum over the months from 0 of (workplace_employment, arm − no_shock)"),
    Definition("loss_area", "Loss area", "job-month", _CLOSURE,
               "sum over the months from 0 of max(0, workplace_employment, no_shock − arm)",
               False),
    Definition("rebound_time", "Rebound time, median", "month", _CLOSURE,
               "months from the first layoffs to the first of 3 consecutive months, not before "
               "the last layoffs, with workplace_employment ≥ that of no_shock − 0.1 % of "
               "employment at month −1; no other smoothing", False),
    Definition("never_back", "Never back by the end of the run", "% of replications", _CLOSURE,
               "share of replications without a rebound time", False),
    Definition("promised_jobs", "Jobs promised by projects with a grant", "job", _ACCOUNT,
               "promised_jobs_supported", False),
    Definition("gross_jobs", "Gross jobs delivered by supported projects", "job", _ACCOUNT,
               "supported_capacity = deadweight + time-shifted + induced", False),
    Definition("deadweight_jobs", "of which deadweight", "job", _ACCOUNT,
               "capacity of the same projects in arm none, same month: supported_capacity − "
               "(project_capacity, policy − none)", False),
    Definition("time_shifted_jobs", "of which time-shifted", "job", _ACCOUNT,
               "capacity now that the same project only has by the end of the run in arm none: "
               "sum of max(0, min(capacity now, capacity in none at the end) − capacity in none "
               "now), projects dated by operating_month", False),
    Definition("induced_jobs", "of which induced", "job", _ACCOUNT,
               "gross − deadweight − time-shifted: capacity that arm none does not have by the "
               "end of the run (negative: lost)"),
    Definition("accelerated_jobs", "Accelerated firms", "job", _ACCOUNT,
               "accelerated_capacity, policy − none"),
    Definition("other_project_jobs", "Other projects", "job", _ACCOUNT,
               "(cause_projects − accelerated_capacity, policy − none) − (gross − deadweight)"),
    Definition("multiplier_jobs", "Multiplier: households and local customers", "job", _ACCOUNT,
               "cause_households + cause_customers, policy − none"),
    Definition("agglomeration_jobs", "Related activity", "job", _ACCOUNT,
               "cause_agglomeration, policy − none"),
    Definition("crowded_out_jobs", "Displaced by wages and unfilled posts", "job", _ACCOUNT,
               "cause_wages − unfilled_jobs, policy − none (negative: jobs displaced)"),
    Definition("site_jobs_difference", "Suppliers and rivals of the site", "job", _ACCOUNT,
               "cause_site + cause_recapture, policy − none"),
    Definition("takeover_jobs", "Takeover and reuse of the site", "job", _ACCOUNT,
               "successor_jobs, policy − none"),
    Definition("chance_jobs", "Own demand of firms, chance, rounding", "job", _ACCOUNT,
               "additional jobs − all other lines"),
    Definition("other_cause_jobs", "Other causes and chance", "job", _ACCOUNT,
               "accelerated firms + other projects + related activity + suppliers and rivals of "
               "the site + takeover + chance: additional = gross − deadweight + multiplier + "
               "displaced + this line"),
    Definition("envelope", "Envelope", "EUR", _MONEY,
               "<instrument>_envelope_total_eur = committed + uncommitted", False),
    Definition("committed", "Committed", "EUR", _MONEY,
               "<instrument>_committed_total_eur = paid + to pay + cancelled", False),
    Definition("uncommitted", "Not committed", "EUR", _MONEY, "envelope − committed", False),
    Definition("paid", "Paid", "EUR", _MONEY, "<instrument>_paid_total_eur", False),
    Definition("to_pay", "To pay", "EUR", _MONEY, "committed − paid − cancelled", False),
    Definition("cancelled", "Cancelled", "EUR", _MONEY,
               "<instrument>_cancelled_total_eur", False),
    Definition("returned", "Paid and recovered", "EUR", _MONEY,
               "<instrument>_returned_total_eur", False),
    Definition("public_cost", "Public money spent", "EUR", _MONEY,
               "paid − returned of all instruments but revitalisation (the closing group's "
               "money), policy − none"),
    Definition("net_budget_cost", "Net cost to public budgets", "EUR", _MONEY,
               "public cost + sum of (benefits_eur − labour_taxes_eur) from month 0, "
               "policy − none"),
    Definition("cost_per_gross_job", "Spent per gross job", "EUR/job", _MONEY,
               "mean spent by the end / mean gross jobs at the end, of the projects that the "
               "instrument supported", False),
    Definition("cost_per_additional_job", "Spent per additional job", "EUR/job", _MONEY,
               "mean spent by the end / mean additional jobs of the whole policy; by "
               "instrument, parts of the total", False),
    Definition("cost_per_job_month", "Spent per job-month gained", "EUR/job-month", _MONEY,
               "mean spent by the end / mean job-months gained of the whole policy; by "
               "instrument, parts of the total", False),
    Definition("displaced_in_work", "Displaced workers in work", "%", _PEOPLE,
               "(displaced_permanent + displaced_fixed_term + displaced_self_employed + "
               "displaced_outside) / displaced", False),
    Definition("displaced_in_work_difference", "Displaced workers in work", "point", _PEOPLE,
               "the same, policy − none"),
    Definition("displaced_state", "Displaced workers by state", "%", _PEOPLE,
               "displaced_<state> / displaced", False),
    Definition("displaced_other_sector", "Displaced workers in another sector", "%", _PEOPLE,
               "displaced_other_sector / displaced, in work in the zone", False),
    Definition("displaced_earnings", "Earnings of displaced workers", "% of controls", _PEOPLE,
               "(displaced_earnings_eur / displaced, relative to before) / "
               "(control_earnings_eur / control_people, relative to before)", False),
    Definition("displaced_earnings_difference", "Earnings of displaced workers", "point",
               _PEOPLE, "the same, policy − none"),
    Definition("additional_hires", "Additional hires by origin", "hire", _PEOPLE,
               "sum of hires_<origin> from month 0, policy − none"),
)  # fmt: skip

BY_NAME = {definition.name: definition for definition in DEFINITIONS}
