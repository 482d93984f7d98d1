"""Outcomes: one declaration each, whichever table has them.

headline.csv has those with a formula, of one zone or of all together as one; comparison.csv those
that say how zones are put together.
"""

from __future__ import annotations

from rebound_sim.statistics.outcome import Outcome
from rebound_sim.statistics.panels import NO_SHOCK, NONE

_JOBS, _CLOSURE = "Employment", "Against the same zone without closure"
_ACCOUNT, _MONEY = "Where additional jobs come from", "Public money"
_PEOPLE = "Displaced workers and hires"

OUTCOMES: tuple[Outcome, ...] = (
    Outcome("additional_jobs", "job",
            "workplace_employment, policy − none, same random numbers",
            NONE, label="Additional jobs", group=_JOBS,
            over_zones="sum over zones of workplace_employment, strategy − none, same random "
                       "numbers", better="higher"),
    Outcome("job_months_gained", "job-month",
            "sum of additional jobs over the months from 0",
            NONE, label="Job-months gained", group=_JOBS,
            over_zones="sum of additional jobs over the months from 0", better="higher"),
    Outcome("resident_employment_difference", "person",
            "resident_employment, policy − none",
            NONE, label="Residents in work", group=_JOBS),
    Outcome("unemployment_rate_difference", "point",
            "unemployment_rate, policy − none",
            NONE, label="Unemployment rate", group=_JOBS),
    Outcome("registered_difference", "person",
            "registered, policy − none",
            NONE, label="Registered job-seekers", group=_JOBS),
    Outcome("jobs_against_no_closure", "job",
            "workplace_employment, arm − no_shock; for arm none, the effect of the closure",
            NO_SHOCK, label="Jobs", group=_CLOSURE),
    Outcome("unemployment_rate_against_no_closure", "point",
            "unemployment_rate, arm − no_shock",
            NO_SHOCK, label="Unemployment rate", group=_CLOSURE),
    Outcome("job_months_lost", "job-month",
            "− sum over the months from 0 of (workplace_employment, arm − no_shock)",
            NO_SHOCK, label="Job-months lost, gains deducted", group=_CLOSURE),
    Outcome("loss_area", "job-month",
            "sum over the months from 0 of max(0, workplace_employment, no_shock − arm)",
            label="Loss area", group=_CLOSURE, least=0.0,
            over_zones="sum over zones with a closure and months from 0 of max(0, "
                       "workplace_employment, no_shock − strategy)", better="lower"),
    Outcome("rebound_time", "month",
            "months from the first layoffs to the first of 3 consecutive months, not before the "
            "last layoffs, with workplace_employment ≥ that of no_shock − 0.1 % of employment in "
            "the first month; no other smoothing",
            label="Rebound time, median", group=_CLOSURE,
            over_zones="upper median over zones with a closure; median over replications"),
    Outcome("never_back", "% of replications",
            "share of replications without a rebound time",
            label="Never back by the end of the run", group=_CLOSURE,
            over_zones="share of zones with a closure without a rebound time by the end of the "
                       "run", zones_unit="% of zones", better="lower",
            least=0.0, most=100.0),
    Outcome("months_before_rebound", "month",
            label="Months before rebound, cut at the end", group=_CLOSURE,
            over_zones="mean over zones with a closure of min(rebound time, months from the "
                       "first layoffs to the end of the run)", better="lower", least=0.0),
    Outcome("worst_tenth_loss", "job/1,000 residents",
            label="Jobs missing in the worst tenth of zones", group=_CLOSURE,
            over_zones="mean, over the tenth of zones (rounded up) where it is highest, of the "
                       "jobs missing at the end (no_shock − strategy) per 1,000 residents of "
                       "working age; may be negative", better="lower"),
    Outcome("loss_spread", "job/1,000 residents",
            label="Standard deviation of jobs missing", group=_CLOSURE,
            over_zones="between zones with a closure, each counted once; defined for losses of "
                       "any sign", better="lower", least=0.0),
    Outcome("loss_theil", "1",
            label="Theil index of the loss area", group=_CLOSURE,
            over_zones="Theil's T of the loss area per resident (never negative) between zones "
                       "with a closure, weighted by residents of working age",
            better="lower", least=0.0),
    Outcome("loss_gini", "1",
            label="Gini coefficient of the loss area", group=_CLOSURE,
            over_zones="of the loss area per resident (never negative) between zones with a "
                       "closure, weighted by residents of working age",
            better="lower", least=0.0, most=1.0),
    Outcome("promised_jobs", "job",
            "promised_jobs_supported",
            label="Jobs promised by projects with a grant", group=_ACCOUNT, least=0.0,
            over_zones="sum over zones of promised_jobs_supported"),
    Outcome("gross_jobs", "job",
            "supported_capacity = deadweight + time-shifted + induced",
            label="Gross jobs delivered by supported projects", group=_ACCOUNT, least=0.0,
            over_zones="sum over zones of supported_capacity"),
    Outcome("deadweight_jobs", "job",
            "capacity of the same projects in arm none, same month: supported_capacity − "
            "(project_capacity, policy − none)",
            label="of which deadweight", group=_ACCOUNT),
    Outcome("time_shifted_jobs", "job",
            "capacity now that the same project only has by the end of the run in arm none: sum of"
            " max(0, min(capacity now, capacity in none at the end) − capacity in none now), "
            "projects dated by operating_month",
            label="of which time-shifted", group=_ACCOUNT),
    Outcome("induced_jobs", "job",
            "gross − deadweight − time-shifted: capacity that arm none does not have by the end of"
            " the run (negative: lost)",
            NONE, label="of which induced", group=_ACCOUNT),
    Outcome("accelerated_jobs", "job",
            "accelerated_capacity, policy − none",
            NONE, label="Accelerated firms", group=_ACCOUNT),
    Outcome("other_project_jobs", "job",
            "(cause_projects − accelerated_capacity, policy − none) − (gross − deadweight)",
            NONE, label="Other projects", group=_ACCOUNT),
    Outcome("multiplier_jobs", "job",
            "cause_households + cause_customers, policy − none",
            NONE, label="Multiplier: households and local customers", group=_ACCOUNT),
    Outcome("agglomeration_jobs", "job",
            "cause_agglomeration, policy − none",
            NONE, label="Related activity", group=_ACCOUNT),
    Outcome("crowded_out_jobs", "job",
            "cause_wages − unfilled_jobs, policy − none (negative: jobs displaced)",
            NONE, label="Displaced by wages and unfilled posts", group=_ACCOUNT),
    Outcome("site_jobs_difference", "job",
            "cause_site + cause_recapture, policy − none",
            NONE, label="Suppliers and rivals of the site", group=_ACCOUNT),
    Outcome("takeover_jobs", "job",
            "successor_jobs, policy − none",
            NONE, label="Takeover and reuse of the site", group=_ACCOUNT),
    Outcome("chance_jobs", "job",
            "additional jobs − all other lines",
            NONE, label="Own demand of firms, chance, rounding", group=_ACCOUNT),
    Outcome("other_cause_jobs", "job",
            "accelerated firms + other projects + related activity + suppliers and rivals of the "
            "site + takeover + chance: additional = gross − deadweight + multiplier + displaced + "
            "this line",
            NONE, label="Other causes and chance", group=_ACCOUNT),
    Outcome("envelope", "EUR",
            "ledger = committed + uncommitted",
            label="Envelope", group=_MONEY, least=0.0,
            over_zones="ledger, instruments of the programme; without one, what public "
                       "instruments of the arm were given"),
    Outcome("allocated", "EUR",
            label="Allocated to zones", group=_MONEY,
            over_zones="ledger, less recalled", least=0.0),
    Outcome("committed", "EUR",
            "ledger = paid + to pay + cancelled",
            label="Committed", group=_MONEY, least=0.0,
            over_zones="ledger"),
    Outcome("uncommitted", "EUR",
            "envelope − committed",
            label="Not committed", group=_MONEY, least=0.0),
    Outcome("paid", "EUR",
            "ledger",
            label="Paid", group=_MONEY, least=0.0,
            over_zones="ledger"),
    Outcome("to_pay", "EUR",
            "committed − paid − cancelled",
            label="To pay", group=_MONEY, least=0.0),
    Outcome("cancelled", "EUR",
            "ledger",
            label="Cancelled", group=_MONEY, least=0.0,
            over_zones="ledger"),
    Outcome("returned", "EUR",
            "ledger",
            label="Paid and recovered", group=_MONEY, least=0.0,
            over_zones="ledger"),
    Outcome("unspent", "EUR",
            label="Unspent at the end", group=_MONEY,
            over_zones="envelope − paid + returned", least=0.0),
    Outcome("grants", "grant",
            label="Grants", group=_MONEY,
            over_zones="sum over zones of files_granted", least=0.0),
    Outcome("mean_grant", "EUR",
            label="Mean grant", group=_MONEY,
            over_zones="mean committed in grants / mean number of grants"),
    Outcome("public_cost", "EUR",
            "paid − returned of all instruments but revitalisation (the closing group's money), "
            "policy − none",
            NONE, label="Public money spent", group=_MONEY,
            over_zones="sum over zones of paid − returned of all instruments but "
                       "revitalisation, strategy − none"),
    Outcome("net_budget_cost", "EUR",
            "public cost + sum of (benefits_eur − labour_taxes_eur) from month 0, policy − none",
            NONE, label="Net cost to public budgets", group=_MONEY),
    Outcome("cost_per_gross_job", "EUR/job",
            "mean spent by the end / mean gross jobs at the end, of the projects that the "
            "instrument supported",
            NONE, label="Spent per gross job", group=_MONEY),
    Outcome("cost_per_additional_job", "EUR/job",
            "mean spent by the end / mean additional jobs of the whole policy; by instrument, "
            "parts of the total",
            NONE, label="Spent per additional job", group=_MONEY,
            over_zones="mean spent by the end / mean additional jobs at the end; not shown "
                       "where the interval of the jobs contains 0", better="lower"),
    Outcome("cost_per_job_month", "EUR/job-month",
            "mean spent by the end / mean job-months gained of the whole policy; by instrument, "
            "parts of the total",
            NONE, label="Spent per job-month gained", group=_MONEY,
            over_zones="mean spent by the end / mean job-months gained; not shown where the "
                       "interval of the job-months contains 0", better="lower"),
    Outcome("displaced_in_work", "%",
            "(displaced_permanent + displaced_fixed_term + displaced_self_employed + "
            "displaced_outside) / (displaced − displaced_left): those who moved out of the zone "
            "are in neither, as in validation",
            label="Displaced workers in work", group=_PEOPLE, least=0.0, most=100.0),
    Outcome("displaced_in_work_difference", "point",
            "the same, policy − none",
            NONE, label="Displaced workers in work", group=_PEOPLE),
    Outcome("displaced_state", "%",
            "displaced_<state> / (displaced − displaced_left); left: / displaced",
            label="Displaced workers by state", group=_PEOPLE, least=0.0, most=100.0),
    Outcome("displaced_other_sector", "%",
            "displaced_other_sector / (displaced − displaced_left), in work in the zone",
            label="Displaced workers in another sector", group=_PEOPLE, least=0.0, most=100.0),
    Outcome("displaced_earnings", "% of controls",
            "displaced_earnings_eur / (displaced − displaced_left) over "
            "control_earnings_eur / (control_people − control_left)",
            label="Earnings of displaced workers", group=_PEOPLE),
    Outcome("displaced_earnings_difference", "point",
            "the same, policy − none",
            NONE, label="Earnings of displaced workers", group=_PEOPLE),
    Outcome("additional_hires", "hire",
            "sum of hires_<origin> from month 0, policy − none",
            NONE, label="Additional hires by origin", group=_PEOPLE),
    Outcome("departures_difference", "person",
            "sum of out_migration from month 0, policy − none (negative: fewer people move away)",
            NONE, label="Residents who move away", group=_PEOPLE),
)  # fmt: skip

BY_NAME = {outcome.name: outcome for outcome in OUTCOMES}
#: Those of a comparison, over all zones of its world.
COMPARED = {outcome.name: outcome.compared() for outcome in OUTCOMES if outcome.over_zones}
