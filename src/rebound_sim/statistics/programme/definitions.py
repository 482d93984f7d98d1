"""Outcomes of a comparison of strategies: one definition each.

Employment, euros and rebound keep the definitions of one basin (`statistics.definitions`); here is
what becomes of them over the zones of a programme.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Better = Literal["higher", "lower", ""]


@dataclass(frozen=True, slots=True)
class Definition:
    """One outcome of comparison.csv.

    formula : how it is computed in one replication
    better  : which direction is better, "" where none is
    dated   : given at 12, 24, ... months, else at the end of the run alone
    effect  : a difference from `none` by definition; the others are also given as differences
    """

    name: str
    label: str
    unit: str
    formula: str
    better: Better = ""
    dated: bool = False
    effect: bool = False


DEFINITIONS: tuple[Definition, ...] = (
    Definition("additional_jobs", "Additional jobs", "job",
               "sum over zones of workplace_employment, strategy − none, same random numbers",
               "higher", True, True),
    Definition("job_months_gained", "Job-months gained", "job-month",
               "sum of additional jobs over the months from 0", "higher", True, True),
    Definition("public_cost", "Public money spent", "EUR",
               "sum over zones of paid − returned of all instruments but revitalisation, "
               "strategy − none", "", True, True),
    Definition("cost_per_additional_job", "Spent per additional job", "EUR/job",
               "mean spent by the end / mean additional jobs at the end; not shown where the "
               "interval of the jobs contains 0", "lower"),
    Definition("cost_per_job_month", "Spent per job-month gained", "EUR/job-month",
               "mean spent by the end / mean job-months gained; not shown where the interval of "
               "the job-months contains 0", "lower"),
    Definition("never_back", "Zones never back by the end", "% of zones",
               "share of zones with a closure without a rebound time by the end of the run",
               "lower"),
    Definition("rebound_time", "Rebound time of the median zone", "month",
               "upper median over zones with a closure; median over replications", ""),
    Definition("months_before_rebound", "Months before rebound, cut at the end", "month",
               "mean over zones with a closure of min(rebound time, months from the first layoffs "
               "to the end of the run)", "lower"),
    Definition("loss_area", "Loss area", "job-month",
               "sum over zones with a closure and months from 0 of max(0, workplace_employment, "
               "no_shock − strategy)", "lower"),
    Definition("worst_tenth_loss", "Jobs missing in the worst tenth of zones",
               "job/1,000 residents",
               "mean, over the tenth of zones (rounded up) where it is highest, of the jobs "
               "missing at the end (no_shock − strategy) per 1,000 residents of working age; may "
               "be negative", "lower"),
    Definition("loss_spread", "Standard deviation of jobs missing", "job/1,000 residents",
               "between zones with a closure, each counted once; defined for losses of any sign",
               "lower"),
    Definition("loss_theil", "Theil index of the loss area", "1",
               "Theil's T of the loss area per resident (never negative) between zones with a "
               "closure, weighted by residents of working age", "lower"),
    Definition("loss_gini", "Gini coefficient of the loss area", "1",
               "of the loss area per resident (never negative) between zones with a closure, "
               "weighted by residents of working age", "lower"),
    Definition("envelope", "Envelope", "EUR", "ingénierie and grants of the programme, ledger"),
    Definition("allocated", "Allocated to zones", "EUR", "ledger, less recalled"),
    Definition("committed", "Committed", "EUR", "ledger"),
    Definition("paid", "Paid", "EUR", "ledger"),
    Definition("returned", "Paid and recovered", "EUR", "ledger"),
    Definition("cancelled", "Cancelled", "EUR", "ledger"),
    Definition("unspent", "Unspent at the end", "EUR", "envelope − paid + returned"),
    Definition("promised_jobs", "Jobs promised by projects with a grant", "job",
               "sum over zones of promised_jobs_supported"),
    Definition("gross_jobs", "Gross jobs delivered by supported projects", "job",
               "sum over zones of supported_capacity"),
    Definition("grants", "Grants", "grant", "sum over zones of files_granted"),
    Definition("mean_grant", "Mean grant", "EUR",
               "mean committed in grants / mean number of grants"),
)  # fmt: skip

BY_NAME = {definition.name: definition for definition in DEFINITIONS}
