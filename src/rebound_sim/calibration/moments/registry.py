"""All studies, and how each moment is measured: one line of definition a moment."""

from __future__ import annotations

from rebound_sim.calibration.measures import firms, flows, matching, tenure, zones
from rebound_sim.calibration.studies import cases as cases_study
from rebound_sim.calibration.studies import closure, dates, demand, funds, quiet
from rebound_sim.calibration.study import (
    Measure,
    Study,
    combine_gap,
    combine_mean,
    combine_ratio,
    combine_relative,
)

STUDIES: dict[str, Study] = {
    study.name: study
    for study in (
        quiet.STUDY,
        dates.STUDY,
        closure.STUDY,
        demand.TRADE,
        demand.RECESSION,
        demand.LASTING,
        demand.SLUMP,
        funds.STUDY,
        funds.SCHEME,
        cases_study.STUDY,
    )
}

_QUARTER = "residents of 15-64 seen at both ends of a quarter (moved out are not seen again)"
_FUNDED = "projects with a grant of the fund alone (`money_only`, no mission) where no site closes"
_RECOVERY = (
    "projects with a grant of the recovery plan's fund, chosen for several zones alike together, "
    "as regions chose (573 M€ over 14 months, by industrial jobs)"
)

_QUIET = (
    Measure("flow_ue_q", "quiet", combine_ratio,
            f"share of the unemployed in work three months later; {_QUARTER}"),
    Measure("flow_ue_age", "quiet", combine_relative,
            "the same share at 50-64 over that at 15-24"),
    Measure("flow_ui_q", "quiet", combine_ratio,
            "share of the unemployed inactive three months later (halo, training and retirement "
            f"included); {_QUARTER}"),
    Measure("flow_eu_q", "quiet", combine_ratio,
            f"share of people in work who are unemployed three months later; {_QUARTER}"),
    Measure("flow_eu_cdi_q", "quiet", combine_ratio,
            "the same, people on a permanent contract in the zone"),
    Measure("flow_eu_cdd_q", "quiet", combine_ratio,
            "the same, people on a fixed-term contract in the zone"),
    Measure("flow_ei_q", "quiet", combine_ratio,
            f"share of people in work who are inactive three months later; {_QUARTER}"),
    Measure("flow_ei_cdi_q", "quiet", combine_ratio,
            "the same, people on a permanent contract in the zone"),
    Measure("flow_ie_q", "quiet", combine_ratio,
            "share of inactive people of 15-64 (halo, training and early retired included) in work "
            "three months later"),
    Measure("cdd_to_cdi_q", "quiet", combine_ratio,
            "share of people on a fixed-term contract who are on a permanent one three months "
            "later, in any firm of the zone"),
    Measure("hires_cdd", "quiet", combine_ratio,
            "of the unemployed in work in the zone three months later, one minus the share on a "
            "permanent contract"),
    Measure("cdi_broken_1y", "quiet", tenure.broken_in_a_year,
            "share of permanent jobs that end within a year for any reason, by the rates of each "
            "month of tenure; private firms, residents (time on a fixed-term contract counts)"),
    Measure("cdi_tenure_1y", "quiet", combine_ratio,
            "share of holders of permanent jobs in private firms who have a year of tenure"),
    Measure("cdi_ended_2y", "quiet", combine_ratio,
            "of permanent jobs in private firms that end, share that have lasted less than two "
            "years"),
    Measure("vacancy_rate", "quiet", combine_ratio,
            "vacancies open during the month over vacancies and salaried jobs, mean of months"),
    Measure("time_to_fill", "quiet", matching.median_duration,
            "median age in months of vacancies when filled; one filled in the month of its posting "
            "has lasted one month, as in the vacancy rate"),
    Measure("match_elast", "recession", matching.elasticity_to_unemployment,
            "least squares of log hires from unemployment on log unemployed and log vacancies, all "
            "zone-months, with and without a recession"),
    Measure("match_crs", "recession", matching.returns_to_scale,
            "sum of the two elasticities of the same regression"),
    Measure("occ_change", "quiet", combine_ratio,
            "share of hires from unemployment in another A38 sector than the last job, first jobs "
            "in the denominator (the source counts occupations)"),
    Measure("zone_move_y", "quiet", combine_ratio,
            "share of active residents who have moved out of the zone a year later"),
    Measure("zone_move_age", "quiet", combine_relative,
            "that share at 40-49 over the same at 25-39 (the source counts changes of the zone of "
            "work)"),
    Measure("jobs_own_place", "quiet", combine_ratio,
            "of the jobs that unemployed residents find, outside the zone too, share in the place "
            "of residence (a place gathers several municipalities: an upper bound)"),
    Measure("ur_noise", "quiet", zones.placebo_spread,
            "standard deviation over zones without closure of the gap of the unemployment rate to "
            "the mean of the other zones, two years later (equal weights in place of a synthetic "
            "control: zones have no common past here)"),
    Measure("ur_drift_3y", "quiet", zones.drift,
            "the same three years later, all starting quarters; the source nets out the mean of "
            "all zones"),
    Measure("csp_18m", "quiet", combine_ratio,
            "people of all firms who join CSP and are in work 18 months later (business included)"),
    Measure("csp_registered_4m", "quiet", combine_ratio,
            "people of all firms who join CSP and are unemployed, in a course, in a fixed-term job "
            "of less than six months, or in CSP without searching 4 months later; moved out left "
            "out"),
    Measure("csp_registered_8m", "quiet", combine_ratio, "the same 8 months later"),
    Measure("csp_month_worked", "quiet", combine_ratio,
            "person-months of members in the scheme spent in a fixed-term job"),
    Measure("growth_shape", "quiet", firms.subbotin_shape,
            "yearly log growth of demand, net of the sector's mean, manufacturing firms of 20 or "
            "more; shape from mean |x| over root mean square"),
    Measure("growth_size", "quiet", firms.spread_by_size,
            "slope of the log standard deviation of that growth on log size, all manufacturing "
            "firms, by doublings of size"),
    Measure("survival_5y", "quiet", combine_ratio,
            "new employers open five years later (the source counts all legal forms)"),
    Measure("survival_ind_3y", "quiet", combine_ratio,
            "new industrial employers open three years later"),
    Measure("training_6m", "quiet", combine_gap,
            "in work 6 months after entering training, minus matched job-seekers (age, level, time "
            "unemployed, support)"),
    Measure("training_12m", "quiet", combine_gap, "the same at 12 months"),
    Measure("training_24m", "quiet", combine_gap, "the same at 24 months"),
)  # fmt: skip

_DATES = (
    Measure("finding_2016", "dates", flows.finding_in(2016),
            "job finding in a quarter of zones as they were in 2016, over the same in 2019"),
    Measure("finding_2024", "dates", flows.finding_in(2024), "the same, 2024"),
    Measure("exits_2014", "dates", flows.exits_in(2014),
            "unemployed people in work a month later over the registers (categories A, B and C, "
            "as published for one unemployed: 1.50 in 2007, 1.56 in 2010, 1.78 in 2014), zones as "
            "they were in 2014, over the same in 2007"),
    Measure("exits_2010", "dates", flows.exits_in(2010), "the same, 2010"),
)  # fmt: skip

_CLOSURE = (
    Measure("displaced_training_10m", "closure", combine_ratio,
            "closure victims of all ages and sectors in a training course ten months after the "
            "layoffs, over all victims who have not moved out"),
    Measure("displaced_2y", "closure", combine_ratio,
            "closure victims of all ages and sectors in private wage work two years after the "
            "layoffs, over all victims who have not moved out (the source follows them, the model "
            "does not)"),
    Measure("displaced_3y_manuf", "closure", combine_ratio,
            "the same three years after, manufacturing sites"),
    Measure("displaced_business_3y", "closure", combine_ratio,
            "of victims of manufacturing sites in work three years after, here or elsewhere, share "
            "who work for themselves"),
    Measure("displaced_gap_5y", "closure", combine_gap,
            "share in work five years after, minus that of matched employees: permanent, 24-50, "
            "three years of tenure; moved out left out"),
    Measure("displaced_wage_5y", "closure", combine_gap,
            "change of log wage since before, of those employed in the zone five years after, "
            "minus that of matched employees"),
    Measure("displaced_pay_7y", "closure", lambda places: combine_relative(places) - 1.0,
            "pay over pay before of those in wage work seven years after, relative to matched "
            "employees"),
    Measure("spill_same_industry", "closure", combine_ratio,
            "net jobs lost in the sector of the site per job closed, four years after"),
    Measure("ur_gap_closure", "closure", combine_mean,
            "unemployment rate 24 months after the layoffs, with − without the closure, mean over "
            "zones (no synthetic control is needed: the counterfactual is simulated)"),
)  # fmt: skip

_DEMAND = (
    Measure("spill_nonmanuf", "trade", combine_ratio,
            "log change of private jobs outside manufacturing over that of manufacturing, after "
            "ten years of falling demand for manufacturing (heads; the source counts full-time "
            "equivalents)"),
    Measure("multiplier", "trade", combine_ratio,
            "private sheltered jobs gained per tradable job gained, after ten years of rising "
            "demand for manufacturing"),
    Measure("hires_residents_out_of_work", "trade", combine_ratio,
            "residents of the start in work thanks to new jobs, per job, five years after, zones "
            "with 8 % of unemployment or more"),
    Measure("national_slump", "recession", zones.points_per_percent_in_level,
            "points of unemployment per 1 % of jobs lost, two years after external demand falls by "
            "4 % in all zones alike; jobs lost in level, as in the source, in a country whose "
            "labour force grows by 1.24 % in two years (28.0 million in 2008, 28.35 in 2010, "
            "Insee): that of the model does not"),
    Measure("local_response", "recession", lambda places: -combine_ratio(places),
            "points of unemployment per 1 % of jobs, one year after external demand falls by 4 % "
            "in the zone alone (the source: slope of yearly changes, net of those of all zones)"),
    Measure("wage_curve", "recession", matching.wage_curve,
            "slope of yearly log wage index on log unemployment rate, an effect of each run"),
    Measure("persistence_er", "recession", zones.pooled_slope,
            "fall of the share of the residents of the start with any work in the year that ends "
            "six years after (as tax records count), per point of unemployment in the second year "
            "of a recession"),
    Measure("migration_share", "lasting", combine_ratio,
            "relative fall of residents over that of residents in work, ten years after external "
            "demand of the zone begins to fall by 10 % for good (with − without, same luck; the "
            "source: lasting shocks to jobs of a region)"),
    Measure("displaced_slump", "slump", combine_relative,
            "earnings lost in five years by the displaced against matched employees, layoffs in a "
            "slump over layoffs in a boom"),
)  # fmt: skip

_FUNDS = (
    Measure("permits_new", "funds", combine_ratio,
            "mean months of permits, projects of new plants decided in ten years"),
    Measure("build", "funds", combine_ratio,
            "mean months from decision to operation (permits and building), the same projects"),
    Measure("extensions", "funds", combine_ratio,
            "sites extended over such sites and openings, by number, as in the two rows below"),
    Measure("plants_opened", "funds", combine_ratio,
            "industrial sites that open with ten jobs or more (plants of projects whose works end, "
            "start-ups of that size), in twelve years without closure nor policy, per 1,000 "
            "manufacturing establishments of ten or more at the start"),
    Measure("sites_extended", "funds", combine_ratio,
            "projects that raise by 40 % or more the jobs of a site that had ten or more at the "
            "start of the year of the end of the works, same years and denominator"),
    Measure("projects_per_visit", "funds", combine_ratio,
            "projects unknown before that a mission finds, per firm visited (`rebond`); this row "
            "and the next four over four missions a zone, under four lucks"),
    Measure("invest_per_project", "funds", combine_ratio,
            "mean investment of the projects found"),
    Measure("jobs_per_project", "funds", combine_ratio, "mean promised jobs of the projects found"),
    Measure("mission_investment", "funds", combine_ratio,
            "investment of all projects that a mission of 145 person-days finds, mean of missions"),
    Measure("mission_jobs", "funds", combine_ratio,
            "jobs that these projects promise, mean of missions"),
    Measure("mission_started_3y", "funds", combine_ratio,
            "investment of these projects decided within 36 months of the visit, over all of it "
            "(`rebond`: the mission, then grants)"),
    Measure("project_investment", "funds", combine_ratio,
            "investment of projects decided in ten years without policy, over the value added of "
            "the zone's industry (jobs at the national value added a job)"),
    Measure("faiit_invest", "funds", combine_ratio, f"mean investment of {_RECOVERY}"),
    Measure("faiit_grant", "funds", combine_ratio, f"mean grant of {_RECOVERY}"),
    Measure("aid_intensity", "funds", combine_ratio, f"grants over investment of {_RECOVERY}"),
    Measure("granted_share", "funds", combine_ratio,
            "amounts granted over amounts asked, all files of the same fund"),
    Measure("jobs_per_grant", "funds", combine_ratio, f"mean promised jobs of {_RECOVERY}"),
    Measure("delivered", "funds", combine_ratio,
            f"jobs open at ten years over jobs promised, {_FUNDED}, abandoned ones included"),
    Measure("additional", "funds", combine_ratio,
            "of those jobs, the share that the same projects do not have without the fund at ten "
            "years"),
    Measure("paid_3y", "funds", combine_ratio,
            "the same grants, paid 36 months after the call opened over committed"),
    Measure("cost_per_additional", "funds", combine_ratio,
            "grants paid minus recovered per additional job of funded projects (no other aid is "
            "simulated)"),
    Measure("revital_cost", "funds", combine_ratio,
            "money of the agreement committed per job promised by the projects that it pays"),
    Measure("revital_delivered", "funds", combine_ratio,
            "jobs open at ten years in those projects per job of the site"),
    Measure("law488", "funds", combine_ratio,
            "growth of employment from the opening of the fund to month 96 that the same firms do "
            "not have without it, in shares of employment at the opening: mean over firms that won "
            "with a score below the winners' median (one firm one vote, as in the source)"),
    Measure("advised_firms_3y", "funds", combine_ratio,
            "employment three years after of the firms that a mission without grants visits, over "
            "that of the same firms without it, minus one"),
    Measure("rsa_small", "scheme", combine_ratio,
            "employment of manufacturing firms below 50 after seven years of a permanent scheme, "
            "aid rates 10 points higher"),
)  # fmt: skip

MEASURES: dict[str, Measure] = {
    measure.moment: measure
    for measure in (*_QUIET, *_DATES, *_CLOSURE, *_DEMAND, *_FUNDS, *cases_study.MEASURES)
}
