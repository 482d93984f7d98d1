"""Words of the figures of decisions, in English."""

from __future__ import annotations

from rebound_sim.figures.typography import english

DECISION = english({
    "worlds_title": "{best}: {low} to {high} additional jobs in four worlds of five",
    "worlds_axis": "Additional jobs after {months} months",
    "worlds_note": "Ticks: one for each world, a set of parameters that the calibration does not "
    "rule out, under one luck. Bar: four worlds of five; disc: the median world.",
    "worlds_right": "better than\nno help",
    "alt_worlds": "Additional jobs of {n} strategies in each of {worlds} worlds. Highest median: "
    "{best}, {median} jobs, {low} to {high} in four worlds of five.",
    "duels_title": "{best} is above each other strategy in at least {least} of {worlds} worlds",
    "duels_axis": "Worlds where the row\nis above the column",
    "duels_note": "By additional jobs at the end; same luck for all strategies of a world; ties "
    "count half, rounded. Framed: in nine worlds of ten or more.",
    "alt_duels": "Table of {n} strategies: in how many of {worlds} worlds each creates more jobs "
    "than each other. {best} is above each other in at least {least}.",
    "world_regret_title": "{safest} is never more than {most} jobs behind the best of a world",
    "world_regret_axis": "Jobs that the best strategy of the world has more",
    "world_regret_note": "Ticks: one for each world. Square: the largest regret of the worlds; "
    "disc: the mean.",
    "alt_world_regret": "Regret of {n} strategies in each of {worlds} worlds, that of the best of "
    "the world being 0. Smallest of the largest regrets: {safest}, {most} jobs.",
    "frontier_title": "Half of the envelope gives {share} of the jobs as predicted, {came} as "
    "simulated",
    "frontier_title_predicted": "Half of the envelope would bring {share} of the jobs predicted",
    "frontier_title_plain": "Jobs, equity and euros of the best allocations",
    "frontier_axis_x": "Million EUR allocated",
    "frontier_axis_y": "Additional jobs",
    "frontier_bar": "Jobs missing per 1,000\nresidents, worst tenth of zones",
    "frontier_plans": "plans, predicted",
    "frontier_note": "Discs: allocations that no other beats in jobs, in equity and in euros "
    "together, as predicted from zones simulated alone, in {n} worlds. Squares: plans simulated in "
    "the whole programme, mean of {judging} other worlds.",
    "alt_frontier": "{n} allocations between {low} and {high} million EUR; from {least} to {most} "
    "jobs predicted.",
    "judged_title": "{plan}: above {reference} in {ahead} of {worlds} worlds, {gain} jobs in "
    "the median world",
    "judged_note": "Ticks: one for each of {n} worlds that did not choose the plans, with another "
    "luck. Bar: four worlds of five; disc: the median. Blue: optimal plans; orange: strategies.",
    "judged_right": "M€\nspent",
    "alt_judged": "Additional jobs of {n} plans and strategies in {worlds} worlds. {plan}, chosen "
    "beforehand: median {median}.",
    "optimal_map_title": "Where the {plan} puts {euros} million EUR and {days} days",
    "optimal_map_note": "Disc: ceiling of grants. {days} Darker: money that opens later. Zones "
    "without a disc receive no grant.",
    "optimal_map_days": "Number: days of consultants.",
    "optimal_map_same_days": "Each zone named receives {days} days of consultants.",
    "optimal_map_early": "grants from the opening",
    "optimal_map_late": "grants later",
    "optimal_map_none": "days only, or nothing",
    "alt_optimal_map": "Map of {n} zones under the {plan}: {euros} million EUR of grants and "
    "{days} days of consultants; most to {first}, {most} million EUR.",
    "tornado_title": "What decides first: {first} ({count} of {all} above chance)",
    "tornado_title_first": "What first decides {what}: {first}",
    "tornado_title_none": "None of {all} parameters moves it more than chance",
    "tornado_axis": "Rank correlation with {what}",
    "tornado_note": "Band: the largest of {all} inert parameters reaches its bounds once in twenty "
    "by chance; dotted: one inert parameter alone.",
    "alt_tornado": "Rank correlations of the {n} strongest parameters with {what}, over {worlds} "
    "worlds: {first}, {value}, is the strongest.",
    "difference_of": "the lead in jobs of “{first}” over “{second}”",
    "level_of": "the jobs of “{first}”",
    "box_title": "{inside} of worlds inside the box, {outside} of the others",
    "box_none": "No box of worlds is denser than chance",
    "box_note": "Filled: worlds where {event}; empty: others. In worlds that the search had not "
    "seen: {unseen}. A search on shuffled worlds does as well with a chance of {chance}.",
    "box_none_note": "Filled: worlds where {event}; empty: others; by the two strongest "
    "parameters. It happens in {inside} of the {worlds} worlds of the densest box; a search on "
    "shuffled worlds does as well with a chance of {chance}.",
    "box_yes": "yes",
    "box_no": "no",
    "event_difference": "“{first}” creates more jobs than “{second}”",
    "event_level": "“{first}” creates more jobs than its median",
    "box_not_sought_note": "Filled: worlds where {event}; empty: others; by the two strongest "
    "parameters. None is above chance, so that no box is looked for.",
    "alt_box_none": "{worlds} worlds by {x} and {y}: no box of worlds where {event} is denser than "
    "chance makes one.",
    "alt_box": "{worlds} worlds by {x} and {y}: {inside} inside the box, {outside} outside, where "
    "{event}.",
    "information_title": "Knowing the effect of a day is worth {low} to {high} {unit}",
    "information_axis": "Worth of knowing before choosing, {unit}",
    "information_note": "Bar: expected value of perfect information; line: standard error; pale: "
    "no more than chance. Beliefs about the effect of a day of engineering: no study measures it.",
    "unit_jobs": "jobs",
    "unit_eur": "million EUR",
    "belief_calibrated": "Worlds as calibrated",
    "belief_sceptic": "A day most likely does little",
    "belief_confident": "A day most likely does much",
    "effect of engineering": "effect of engineering (all)",
    "pace of projects without help": "pace of projects without help (all)",
    "effect of a grant": "effect of a grant (all)",
    "alt_information": "What knowing is worth under three beliefs: the effect of a day, {low} to "
    "{high} {unit}.",
    "setting": "{zones} zones: {closures} closures, {jobs} jobs",
    "setting_envelope": "envelope {amount}",
    "worlds_count": "{n} worlds",
    "decision_source": "Source: simulation with rebound-sim {version}, {n} worlds.",
})  # fmt: skip
LIST = english({
    "worlds": "additional jobs of each strategy in each world: median and four worlds of five",
    "duels": "in how many worlds each strategy is above each other",
    "world_regret": "what each strategy has less than the best, world by world",
    "frontier": "best allocations: jobs, equity and euros",
    "judged": "optimal plans and strategies in worlds that did not choose the plans",
    "optimal_map": "the optimal plan on the map: euros of grants and days by zone",
    "drivers": "parameters that move an outcome, beside what inert ones reach",
    "box": "the box of worlds where it happens",
    "information": "what finding out is worth, under three beliefs",
})  # fmt: skip
PLANS = {
    "best_mean": "plan with most jobs", "best_corrected": "plan with most jobs, corrected",
    "best_tail": "plan for bad worlds", "least_regret": "plan of least regret",
    "best_worst_tenth": "plan for the worst-hit zones", "fair": "plan for jobs and equity",
    "even": "plan of most even losses", "leximin": "plan of worst zones first",
    "three_quarters": "plan at three quarters", "half": "plan at half",
    "quarter": "plan at a quarter",
}  # fmt: skip
