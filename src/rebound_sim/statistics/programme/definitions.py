"""Outcomes of a comparison of strategies: one definition each.

Employment, euros and rebound keep the definitions of one basin (`statistics.definitions`); here is
what becomes of them over the zones of a programme.
"""

from __future__ import annotations

from rebound_sim.statistics.outcome import Outcome
from rebound_sim.statistics.panels import NONE

OUTCOMES: tuple[Outcome, ...] = (
    Outcome("additional_jobs", "job",
            "sum over zones of workplace_employment, strategy − none, same random numbers",
            reference=NONE, label="Additional jobs", better="higher", dated=True),
    Outcome("job_months_gained", "job-month",
            "sum of additional jobs over the months from 0",
            reference=NONE, label="Job-months gained", better="higher", dated=True),
    Outcome("public_cost", "EUR",
            "sum over zones of paid − returned of all instruments but revitalisation, strategy − "
            "none",
            reference=NONE, label="Public money spent", dated=True),
    Outcome("cost_per_additional_job", "EUR/job",
            "mean spent by the end / mean additional jobs at the end; not shown where the interval"
            " of the jobs contains 0",
            reference=NONE, label="Spent per additional job", better="lower"),
    Outcome("cost_per_job_month", "EUR/job-month",
            "mean spent by the end / mean job-months gained; not shown where the interval of the "
            "job-months contains 0",
            reference=NONE, label="Spent per job-month gained", better="lower"),
    Outcome("never_back", "% of zones",
            "share of zones with a closure without a rebound time by the end of the run",
            label="Zones never back by the end", better="lower", least=0.0, most=100.0),
    Outcome("rebound_time", "month",
            "upper median over zones with a closure; median over replications",
            label="Rebound time of the median zone"),
    Outcome("months_before_rebound", "month",
            "mean over zones with a closure of min(rebound time, months from the first layoffs to "
            "the end of the run)",
            label="Months before rebound, cut at the end", better="lower", least=0.0),
    Outcome("loss_area", "job-month",
            "sum over zones with a closure and months from 0 of max(0, workplace_employment, "
            "no_shock − strategy)",
            label="Loss area", better="lower", least=0.0),
    Outcome("worst_tenth_loss", "job/1,000 residents",
            "mean, over the tenth of zones (rounded up) where it is highest, of the jobs missing "
            "at the end (no_shock − strategy) per 1,000 residents of working age; may be negative",
            label="Jobs missing in the worst tenth of zones", better="lower"),
    Outcome("loss_spread", "job/1,000 residents",
            "between zones with a closure, each counted once; defined for losses of any sign",
            label="Standard deviation of jobs missing", better="lower", least=0.0),
    Outcome("loss_theil", "1",
            "Theil's T of the loss area per resident (never negative) between zones with a "
            "closure, weighted by residents of working age",
            label="Theil index of the loss area", better="lower", least=0.0),
    Outcome("loss_gini", "1",
            "of the loss area per resident (never negative) between zones with a closure, weighted"
            " by residents of working age",
            label="Gini coefficient of the loss area", better="lower", least=0.0, most=1.0),
    Outcome("envelope", "EUR",
            "ledger, instruments of the programme; without one, what public instruments of the arm "
            "were given",
            label="Envelope", least=0.0),
    Outcome("allocated", "EUR",
            "ledger, less recalled",
            label="Allocated to zones", least=0.0),
    Outcome("committed", "EUR",
            "ledger",
            label="Committed", least=0.0),
    Outcome("paid", "EUR",
            "ledger",
            label="Paid", least=0.0),
    Outcome("returned", "EUR",
            "ledger",
            label="Paid and recovered", least=0.0),
    Outcome("cancelled", "EUR",
            "ledger",
            label="Cancelled", least=0.0),
    Outcome("unspent", "EUR",
            "envelope − paid + returned",
            label="Unspent at the end", least=0.0),
    Outcome("promised_jobs", "job",
            "sum over zones of promised_jobs_supported",
            label="Jobs promised by projects with a grant", least=0.0),
    Outcome("gross_jobs", "job",
            "sum over zones of supported_capacity",
            label="Gross jobs delivered by supported projects", least=0.0),
    Outcome("grants", "grant",
            "sum over zones of files_granted",
            label="Grants", least=0.0),
    Outcome("mean_grant", "EUR",
            "mean committed in grants / mean number of grants",
            label="Mean grant"),
)  # fmt: skip

BY_NAME = {outcome.name: outcome for outcome in OUTCOMES}
