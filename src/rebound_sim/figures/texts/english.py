"""Words of all figures in English: those of a basin, then what differs for a programme."""

from __future__ import annotations

from rebound_sim.figures.typography import english

RUN = english({
    "announcement_axis": "Months since the announcement",
    "burn_in_axis": "Months since the end of the burn-in",
    "months_only": "Months",
    "layoff_axis": "Months since the first layoffs",
    "no_shock": "Without closure",
    "none": "Closure, no policy",
    "policy": "Closure and policy",
    "replications": "{n} replications",
    "one_replication": "1 replication: no interval can be given",
    "zones": "{n} zones",
    "setting_closure": "{zone}: a site of {jobs} jobs closes",
    "setting_closures": "{zones}: {closures} closures, {jobs} jobs",
    "setting_zone": "{zone}: no closure",
    "setting_zones": "{zones}: no closure",
    "setting_envelope": "envelope {amount}",
    "source": "Source: simulation with rebound-sim {version}, seed {seed}, {n}.",
    "paired": "Differences are taken within each replication, under the same random numbers.",
    "bands": "Band of a difference: 95 % interval of the mean, Student, over {n} paired "
    "replications.",
    "fan": "Line: median of the replications; bands: their middle 50 % and 90 %.",
    "strands": "Thick line: median of the replications; thin lines: each of them.",
    "single": "A single replication: the lines show one possible path, not an effect.",
    "employment_title": "Jobs with and without the policy",
    "jobs_axis": "Jobs in the zone",
    "difference_axis": "Difference, jobs",
    "closure_effect": "Effect of the closure\n(no policy − without closure)",
    "policy_effect": "Effect of the policy\n(with − without policy)",
    "first_layoffs": "first layoffs",
    "unemployment_title": "Unemployment with and without the policy",
    "rate_axis": "Unemployment rate, %",
    "rate_points": "Difference, points",
    "rate_effect": "Policy − none",
    "rate_levels": "Mean over replications",
    "displaced_title": "Where the displaced workers are",
    "displaced_axis": "% of residents laid off by the site",
    "in_work_gain": "In work: with − without policy",
    "points_axis": "Points",
    "permanent": "Permanent contract, zone",
    "fixed_term": "Fixed-term contract, zone",
    "self_employed": "Self-employed",
    "outside": "Working outside the zone",
    "training": "In training",
    "unemployed_supported": "Unemployed, CSP or leave",
    "unemployed": "Unemployed, other",
    "inactive": "Inactive, halo included",
    "retired": "Retired",
    "left": "Moved away",
    "displaced_note": "Mean of the replications. Base: residents laid off so far by the site "
    "who have not moved out of the zone.",
    "funnel_title": "Industrial projects, from detection to operation",
    "funnel_bars": "Projects at each stage\nafter {month} months",
    "gain_detected": "Detected or beyond",
    "gain_mature": "Mature or beyond",
    "gain_decided": "Decided or beyond",
    "gain_operating": "Operating",
    "projects_axis": "Projects",
    "difference_projects_axis": "Difference, projects",
    "detected": "Detected",
    "mature": "Mature (file complete)",
    "decided": "Decided",
    "permitted": "Permitted",
    "built": "Built",
    "operating": "Operating",
    "operating_since": "Operating, since start",
    "funnel_note": "Live projects, those begun before the closure included; latent and "
    "abandoned ones are left out. Right: difference made at this stage or beyond, each panel on "
    "its scale. Error bars: 95 % interval of the mean, Student on the square root (never below "
    "0). {axis}.",
    "money_title": "Money committed and paid, against the envelope",
    "millions_axis": "Million EUR",
    "thousands_axis": "Thousand EUR",
    "kept": "Paid, net of recoveries",
    "to_pay": "Committed, to pay",
    "cancelled": "Cancelled",
    "uncommitted": "Not committed",
    "returned": "Paid, then recovered",
    "envelope": "Envelope",
    "money_note": "Mean of the replications, cumulated. Envelope = not committed + committed; "
    "committed = paid + to pay + cancelled. Revitalisation money is the closing group's. "
    "{axis}.",
    "alt_employment": "Curves of jobs over {months} months. At the end, medians: {no_shock} "
    "without closure, {none} with it and without policy, {policy} with the policy. Effect of the "
    "policy at the end: {effect} jobs ({low} to {high}).",
    "alt_unemployment": "Curves of the unemployment rate over {months} months. At the end, means: "
    "{no_shock} % without closure, {none} % with it and without policy, {policy} % with the "
    "policy. Effect of the policy at the end: {effect} points ({low} to {high}).",
    "alt_displaced": "Stacked areas: state of the displaced workers over {months} months since the "
    "first layoffs. In work at the end: {none} without and {policy} with the policy; difference "
    "{gain} points ({low} to {high}).",
    "alt_funnel": "Bars: projects at each stage after {month} months, without and with the policy; "
    "operating: {none} and {policy}. Curves: the difference month by month at a stage or beyond; "
    "operating at the end: {gain} ({low} to {high}).",
    "alt_money": "Areas over {months} months, one panel an instrument. {amounts}",
    "alt_money_part": "{instrument}: envelope {envelope}, committed {committed}, paid {paid} "
    "million euros at the end.",
})  # fmt: skip

PROGRAMME = english({
    "interval": "Bars: 95 % interval of the mean, Student, over {n} paired replications, one "
    "figure at a time.",
    "bands": "Bands: 95 % interval of the mean, Student, over {n} paired replications, one month "
    "at a time.",
    "point_bands": "Bands: 95 % interval of the mean, Student on the arcsine, over {n} paired "
    "replications, one point at a time.",
    "single": "A single replication shows one possible path, not an effect.",
    "none": "Without programme",
    "no_shock": "Without closures",
    "policy": "With the programme",
    "employment_title": "Jobs with and without the programme, all zones",
    "jobs_axis": "Jobs, all zones",
    "closure_effect": "Effect of the closures\n(no programme − without closures)",
    "policy_effect": "Effect of the programme\n(with − without programme)",
    "displaced_axis": "% of residents laid off by the sites",
    "displaced_note": "Mean of the replications, {zones} zones added up by months since the first "
    "layoffs of each, as long as all are followed. Base: residents laid off so far who have not "
    "moved out of their zone.",
    "in_work_gain": "In work: with − without programme",
    "funnel_note": "All zones. Live projects, those begun before the closures included; latent and "
    "abandoned ones are left out. Right: difference made at this stage or beyond, each panel on "
    "its scale. Error bars: 95 % interval of the mean, Student on the square root (never below "
    "0). {axis}.",
    "ranking_title": "Additional jobs after {months} months",
    "ranking_axis": "Additional jobs, all zones (strategy − no programme)",
    "ranks": "Rank may be",
    "ranks_note": "Ranks hold together for all pairs of strategies at 95 % (Holm).",
    "pairs_title": "Chance that one strategy creates more jobs than another",
    "pairs_axis": "Chance that the row's mean\nis above the column's, %",
    "pairs_note": "Of the means, given the replications (Student's t, flat prior); 1 and 99 "
    "mean at most and at least. Framed: established, all pairs considered together (Holm, 95 %).",
    "plane_title": "Efficiency and equity of strategies after {months} months",
    "worst_axis": "Jobs missing per 1,000 residents\nin the worst tenth of zones",
    "plane_better": "better",
    "plane_note": "Worst tenth: the tenth of zones (rounded up) with most jobs missing in each "
    "replication, of those with a closure. Vertical bars: 95 % interval of the difference from "
    "no programme, paired.",
    "costs_title": "Public money spent per additional job",
    "costs_axis": "Thousand EUR per additional job after {months} months",
    "costs_note": "Mean spent / mean jobs. Bars: 95 % interval, Fieller, over {n} paired "
    "replications. Not shown: the interval of the additional jobs contains 0.",
    "costs_cut": "Arrows: the interval goes on.",
    "not_shown": "not shown",
    "months_axis": "Months since the end of the burn-in",
    "committed": "Committed",
    "paid": "Paid, net of recoveries",
    "allocated": "Allocated to zones",
    "money_note": "Engineering and grants of the programme, cumulated, mean of the "
    "replications.",
    "gaps_title": "Jobs against the path without closure, zone by zone",
    "gaps_axis": "Jobs, difference from no closure",
    "gaps_note": "Mean of the replications. Each zone has its own scale. Zones without a closure "
    "differ from 0 only by what the programme does.",
    "map_title": "Additional jobs by zone after {months} months",
    "map_note": "Area of a bubble in proportion to the mean of additional jobs; hollow: the 95 % "
    "interval of the zone (Student, {n} paired replications) contains 0.",
    "map_simplified": "Outlines: Insee-IGN, zones d'emploi 2025, simplified (Licence Ouverte 2.0); "
    "zones of the programme are tinted.",
    "map_left_out": "Features of the file left out, without outline or code of a zone: {count}.",
    "map_outlines": "Outlines: {file}; zones of the programme are tinted.",
    "map_negative": "fewer jobs",
    "map_positive": "more jobs",
    "map_unclear": "interval contains 0",
    "jobs": "{n} jobs",
    "best_established": "{strategy}, first of {n}",
    "best_estimate": "{strategy}: highest estimate, not established as the first",
    "account_title": "From announced jobs to additional jobs after {months} months",
    "account_axis": "Jobs, all zones",
    "account_note": "Announced: by supported projects whose investment is decided. Deadweight: the "
    "same projects' jobs in the same month without programme. Displaced: dearer labour and "
    "unfilled posts. Multiplier: households and local customers. Whiskers: 95 % interval of each "
    "line, Student. The lines add up in every replication.",
    "announced_jobs": "Announced",
    "undelivered_jobs": "Not delivered",
    "gross_jobs": "Gross",
    "deadweight_jobs": "Deadweight",
    "time_shifted": "of which only brought forward: {value}",
    "crowded_out_jobs": "Displaced",
    "multiplier_jobs": "Multiplier",
    "other_jobs": "Other causes, chance",
    "additional_jobs": "Additional",
    "shares_title": "What becomes of gross jobs, strategy by strategy",
    "shares_axis": "Jobs, all zones, after {months} months",
    "shares_note": "Bars: mean of the replications; gross jobs = deadweight + brought forward + "
    "induced. Diamond: additional jobs (induced and brought forward + multiplier − displaced + "
    "other causes), with its 95 % interval, Student, over {n} paired replications.",
    "time_shifted_jobs": "Brought forward",
    "induced_jobs": "Induced",
    "event_title": "Jobs before and after the layoffs, mean of the zones",
    "event_closure": "Closure: no programme − no closure",
    "event_programme": "Programme: strategy − no programme",
    "event_axis": "Jobs per zone, difference",
    "event_note": "{zones} zones aligned on their first layoffs, the same in every month. Each "
    "curve is a difference from a twin under the same random numbers, so that the months before "
    "the layoffs show what the announcement alone does.",
    "others": "other strategies",
    "hires_title": "Who gets the new jobs: additional hires by origin",
    "hires_axis": "Additional hires in {months} months (strategy − no programme)",
    "hires_note": "Hires of all firms of the zones. A post taken by someone in work opens another, "
    "so that hires are more numerous than additional jobs.",
    "unemployed_origin": "Unemployed",
    "inactive_origin": "Inactive",
    "job_to_job_origin": "In another job of the zone",
    "outsiders_origin": "Living outside the zone",
    "returned_origin": "Residents who worked outside",
    "solutions_title": "Return to work of the displaced, by solution",
    "solutions_axis": "% of residents laid off",
    "solutions_dates": "Months since the first layoffs (zones followed)",
    "solutions_date": "{date} ({zones})",
    "solutions_note": "Mean of the replications, of people who have not moved out of their zone. "
    "Left bar of each date: no programme; right bar, framed: {strategy}. Above: difference in the "
    "share in work, points, with its 95 % interval, "
    "Student, over {n} paired replications.",
    "business": "Own business",
    "searching": "Still searching",
    "lorenz_title": "Concentration of the loss between zones",
    "lorenz_x": "Residents of working age, % (least hit zones first)",
    "lorenz_y": "Share of the loss area, %",
    "lorenz_equal": "equal loss per resident",
    "lorenz_note": "Loss area: job-months below the path without closure. {indices}",
    "lorenz_index": "Theil {theil} and Gini {gini}, {strategy}.",
    "marginal_title": "Jobs for one more million, by zone and instrument",
    "marginal_axis": "Additional jobs per million EUR paid",
    "marginal_note": "Slope of jobs on millions paid, across strategies, within zone and "
    "replication: it holds between the amounts that these strategies paid, not beyond. Bars: 95 % "
    "interval, Student, over {n} paired replications; an arrow: it goes on. A zone without a mark: "
    "not identified.",
    "marginal_all": "All zones",
    "alt_strategies": "Dots with bars: additional jobs of {n} strategies after {months} months. "
    "Highest: {first}, {first_value} ({first_low} to {first_high}). Lowest: {last}, {last_value} "
    "({last_low} to {last_high}).",
    "alt_pairs": "Table of {n} arms in rows and columns, in the order of additional jobs: chance, "
    "in %, that the mean of the row is above that of the column. {established} of {pairs} ordered "
    "pairs are established.",
    "alt_efficiency_equity": "Cloud of {n} strategies. Across: additional jobs, from {low} to "
    "{high}. Upwards: jobs missing per 1,000 residents in the worst tenth of zones, from {bottom} "
    "to {top}; {base} without programme.",
    "alt_costs": "Dots with bars: thousand euros spent per additional job. Lowest: {first}, "
    "{first_value} ({first_low} to {first_high}). Highest: {last}, {last_value} ({last_low} to "
    "{last_high}). Not shown: {hidden}.",
    "alt_money": "{n} small panels, one a strategy, over {months} months. Envelope: {envelope} "
    "million euros. At the end, committed: {committed_low} to {committed_high} million; paid: "
    "{paid_low} to {paid_high} million.",
    "alt_zones_gap": "{n} small panels, one a zone, over {months} months: jobs against the path "
    "without closure. At the end, means without programme from {none_low} to {none_high}; with "
    "{strategy} from {low} to {high}.",
    "alt_zones_map": "Map of {n} zones: additional jobs with {strategy}, from {low} ({low_zone}) "
    "to {high} ({high_zone}). The interval contains 0 in {unclear} zones.",
    "alt_employment": "Curves of jobs of all zones over {months} months. At the end, medians: "
    "{no_shock} without closures, {none} without programme, {policy} with it. Effect of the "
    "programme at the end: {effect} jobs ({low} to {high}).",
    "alt_displaced": "Stacked areas: state of the displaced workers over {months} months since the "
    "first layoffs. In work at the end: {none} without and {policy} with the programme; difference "
    "{gain} points ({low} to {high}).",
    "alt_funnel": "Bars: projects at each stage after {month} months, without and with the "
    "programme; operating: {none} and {policy}. Curves: the difference month by month at a stage "
    "or beyond; operating at the end: {gain} ({low} to {high}).",
    "alt_job_account": "Bars from announced to additional jobs with {strategy}: {steps}.",
    "alt_job_shares": "Stacked bars of gross jobs of {n} strategies. {first}: {gross} gross jobs, "
    "of which deadweight {deadweight}; additional {additional} ({low} to {high}).",
    "alt_event_study": "Curves by months since the first layoffs, mean of {zones} zones. At month "
    "{month}: closure {closure} jobs per zone ({closure_low} to {closure_high}); {strategy} "
    "against no programme {value} ({low} to {high}).",
    "alt_hires": "Bars by origin of the people hired, {n} strategies. {first}: {parts}.",
    "alt_solutions": "Stacked bars of the state of the displaced at {dates} months. In work at "
    "{month} months: {none} without programme, {policy} with {strategy}; difference {gain} points "
    "({low} to {high}).",
    "alt_lorenz": "Curves of the share of the loss area against the share of residents, least hit "
    "zones first. The most hit half of residents bears {none} of the loss without programme, "
    "{policy} with {strategy}.",
    "alt_marginal": "Dots with bars by zone, two panels. All zones together: {parts}.",
    "nothing": "none",
    "to": "to",
})  # fmt: skip

#: What a programme says of all zones, for one zone and its policies.
ZONE = english({
    "none": "No policy",
    "account_axis": "Jobs",
    "shares_title": "What becomes of gross jobs",
    "shares_axis": "Jobs after {months} months",
    "hires_axis": "Additional hires in {months} months (policy − none)",
    "hires_note": "Hires of all firms of the zone. A post taken by someone in work opens another: "
    "hires are more than additional jobs.",
    "solutions_dates": "Months since the first layoffs",
    "solutions_note": "Mean of the replications, of people who have not moved out of the zone. "
    "Left bar of each date: no policy; right bar, framed: {strategy}. Above: difference of the "
    "share in work, points, with its 95 % interval, "
    "Student, over {n} paired replications.",
    "solutions_date": "{date}",
    "alt_job_shares": "Stacked bars of gross jobs. {first}: {gross} gross jobs, of which "
    "deadweight {deadweight}; additional {additional} ({low} to {high}).",
    "alt_hires": "Bars by origin of the people hired. {first}: {parts}.",
})  # fmt: skip

OTHERS = english({
    "tornado_title": "Sensitivity of {outcome}",
    "tornado_axis": "Change of the outcome from its mean over the points{unit}",
    "tornado_screen_axis": "Effect on the outcome{unit}",
    "tornado_subtitle": "{points} points of a design · {strategy}",
    "tornado_screened": "{n} parameters",
    "tornado_largest": "the {shown} largest of {n} parameters",
    "tornado_low": "low value",
    "tornado_high": "high value",
    "tornado_note": "Mean of the points in the lowest and the highest third of each factor (or at "
    "its lowest and highest level, written beside), less the mean of all points. Bars: 95 % "
    "interval, Student, over {n} paired replications, for these points. Other factors vary too.",
    "tornado_any": "outcome of the table",
    "tornado_morris": "moments of the calibration",
    "tornado_morris_axis": "Largest strength over moments: mean absolute\nelementary effect over "
    "the whole prior, in standard\ndeviations of discrepancy and luck",
    "tornado_morris_note": "Morris screening. In brackets: the moment that the parameter moves "
    "most. No interval: strengths are means of few trajectories.",
    "alt_tornado_screen": "Bars by parameter, largest first. {first}: {value}.",
    "tornado_screen_note": "Bars: intervals as given in the table. Numbers in brackets: low and "
    "high value of the parameter.",
    "tornado_source": "Source: {file}.",
    "response_title": "Additional jobs along each factor of the design",
    "response_axis": "Additional jobs",
    "response_levels": "Line: median over the {n} replications (worlds) of the mean over the "
    "points of a level; band: four of five of them, {strategy}. Nothing is simulated between "
    "levels. Other factors vary too.",
    "response_points": "Dot: one simulated point, median over the {n} replications (worlds); bar: "
    "four of five of them, {strategy}. Nothing is simulated between points. Other factors vary "
    "too.",
    "response_others": "Shown: the {shown} strategies of the highest means, of {all}.",
    "alt_response": "Curves of additional jobs over {factors}. {strategy}, along {first}: "
    "{low} at {low_level}, {high} at {high_level}.",
    "heatmap_title": "Additional jobs over two factors",
    "heatmap_note": "Colour and number: median over the {n} replications (worlds) of the mean over "
    "the points of a cell, {points} in each. Framed: no strategy has a higher median there. Empty: "
    "nothing was simulated there.",
    "heatmap_subtitle": "{points} points of a design",
    "alt_heatmap": "Table of colours, {x} across and {y} upwards. {strategy}: from {low} to {high} "
    "additional jobs.",
    "regret_title": "Regret of strategies across scenarios",
    "regret_axis": "Regret, additional jobs (best of the scenario − strategy)",
    "regret_note": "Jobs given up by not choosing the strategy of the highest estimate of each "
    "point. Small marks: points; bar: the largest regret with its 95 % interval (the {n} "
    "replications resampled, the best chosen again: never negative). The best of few "
    "replications may owe its place to luck.",
    "regret_point": "one point",
    "regret_largest": "largest regret",
    "outcome_additional_jobs": "additional jobs",
    "unit_jobs": "jobs",
    "calibration_title": "Simulated figures against their targets: {family}",
    "calibration_all": "Simulated figures against their targets",
    "calibration_axis": "Distance from the middle of the band, in half-widths of it",
    "calibration_note": "Grey: band of the source. Disc: simulated mean inside it; diamond: "
    "outside; bar: 95 % interval, Student, over replications; arrow: farther than shown. Hollow: "
    "never fitted (check). On the right: simulated value and [band of the source].",
    "calibration_sub": "{inside} of {n} figures inside their band; of those never fitted, "
    "{check_inside} of {checks}",
    "calibration_source": "Source: rebound validate, {file}; targets: see its column \"source\".",
    "inside": "inside",
    "outside": "outside",
    "fitted": "fitted",
    "never_fitted": "never fitted",
    "source_sweep": "Source: simulation with rebound-sim {version}, seed {seed}, {points} points "
    "of {n} replications.",
    "alt_tornado": "Bars by parameter, largest first. {first}: from {low} to {high}.",
    "alt_regret": "Regret by strategy over {points} points. Smallest of the largest regrets: "
    "{first}, {value} jobs ({low} to {high}).",
    "alt_calibration": "Dots by figure, family by family: distance from the middle of the band of "
    "the source. {inside} of {n} are inside; of those never fitted, {check_inside} of {checks}.",
})  # fmt: skip

#: Families of moments in other words than moments.csv has.
FAMILIES = english({
    "dates": "From one year to another",
    "flows": "Worker flows",
    "projects": "Projects",
    "displaced": "Displaced workers",
    "policy": "Policy",
    "spillovers": "Spillovers",
    "mobility": "Mobility",
    "firms": "Firms",
    "cases": "Real cases",
    "wages": "Wages",
    "resilience": "Resilience",
})  # fmt: skip

#: Titles of shipped scenarios, in place of their own.
TITLES: dict[str, str] = {}

#: Factors of sweeps that have words; others are named as the design names them.
FACTORS = english({
    "programme.start_month": "start of the programme, month",
    "programme.envelope_eur": "envelope, M€",
    "programme.committee_months": "months between committees",
    "programme.grants_delay_months": "months before the first grants",
    "programme.engineering_share": "share of engineering",
    "programme.window_months": "months open to files",
    "programme.zone_ceiling_eur": "ceiling of a zone, M€",
    "time.months": "months simulated",
    "instruments.days_effect": "effect of a day of engineering",
    "programme": "file of the programme",
    "scenario": "file of the scenario",
    "zone.0.closure.0.jobs": "jobs of the site",
    "policy": "policy",
})  # fmt: skip

#: One line for each figure, as `rebound figures --list` prints it.
LIST = english({
    "strategies": "strategies ranked by additional jobs, with intervals and possible ranks",
    "pairs": "chance that one strategy creates more jobs than another, for every pair",
    "efficiency_equity": "additional jobs against jobs missing in the worst tenth of zones",
    "costs": "public money spent per additional job, with intervals",
    "employment": "jobs with and without the policy, fans and paired differences",
    "event_study": "jobs by months since the layoffs, against the twin without programme",
    "job_account": "from announced to gross and additional jobs",
    "job_shares": "gross jobs of each strategy: deadweight, brought forward, induced",
    "unemployment": "unemployment rate with and without the policy, and the paired difference",
    "funnel": "industrial projects, from detection to operation",
    "displaced": "where the displaced workers are, month by month",
    "solutions": "return to work of the displaced by solution, at 6 to 60 months",
    "hires": "who gets the new jobs: additional hires by origin",
    "money": "money committed and paid over time, against the envelope",
    "zones_gap": "jobs against the path without closure, one small panel a zone",
    "zones_map": "additional jobs by zone on a map",
    "lorenz": "concentration of the loss between zones",
    "marginal": "jobs for one more million, by zone and instrument",
    "response": "additional jobs along each factor of a sweep",
    "heatmap": "additional jobs over two factors of a sweep, strategy by strategy",
    "tornado": "sensitivity of additional jobs to the factors of a sweep or a screening table",
    "regret": "regret of strategies across the points of a sweep",
    "calibration": "simulated figures against the bands of their sources",
})  # fmt: skip
