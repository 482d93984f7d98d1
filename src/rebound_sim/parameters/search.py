"""Search, applications, screening and acceptance."""

from __future__ import annotations

from rebound_sim.parameters.records import Parameter as P
from rebound_sim.parameters.records import Topic

TOPIC = Topic(
    "search",
    "Search and matching",
    (
        P("applications_unemployed", 2.0, "1/month", 0.5, 6.0, "uniform", "calibrated",
          "a few applications a month; sets job finding at 25 % a quarter (Insee 2016-2024)",
          "applications of an unemployed person in the first month"),
        P("applications_halo", 0.6, "1/month", 0.0, 3.0, "uniform", "assumed",
          "people of the halo want work but search little",
          "applications of a person of the halo"),
        P("search_inactive", 0.38, "1/month", 0.0, 0.7, "uniform", "calibrated",
          "inactivity to employment 4.8-5.4 % a quarter (Insee 2019, 2024)",
          "share of plain inactive people under 55 who apply in a month"),
        P("search_permanent", 0.04, "1/month", 0.0, 0.2, "uniform", "calibrated",
          "7.7 % of employees change zone of work in a year (Insee 2014-15): job changes are "
          "more frequent", "share of permanent employees who apply elsewhere in a month"),
        P("search_fixed_term", 0.15, "1/month", 0.0, 0.3, "uniform", "assumed",
          "higher than for permanent employees; not measured",
          "share of fixed-term employees who apply elsewhere in a month"),
        P("search_outside", 0.012, "1/month", 0.0, 0.1, "uniform", "assumed",
          "as permanent employees; residents who work outside apply for jobs in the zone",
          "share of residents working outside who apply in the zone in a month"),
        P("search_outsiders", 0.18, "1/month", 0.0, 0.5, "uniform", "assumed",
          "sets the share of hires that go to in-commuters; matched to the modelled stock",
          "share of non-resident seekers who apply in the zone in a month"),
        P("applications_others", 1.2, "1/month", 1.0, 4.0, "uniform", "assumed",
          "fewer than the unemployed", "applications in a month of others who apply"),
        P("effort_decay", 0.05, "1/month", 0.0, 0.2, "uniform", "assumed",
          "Kroft, Lange, Notowidigdo 2013: call-backs fall, mostly in the first eight months; "
          "size assumed. Here split between effort and screening",
          "fall of applications (log) per month of unemployment, up to `duration_cap`"),
        P("screening_decay", 0.03, "1/month", 0.0, 0.2, "uniform", "measured",
          "same source, the other part", "fall of the screening score per month without work"),
        P("screening_tightness", 0.5, "1", 0.0, 2.0, "uniform", "assumed",
          "duration dependence is stronger in tight markets (same source); slope assumed",
          "elasticity of the screening penalty to tightness relative to t = 0"),
        P("duration_cap", 12.0, "month", 6, 36, "fixed", "measured",
          "most of the fall occurs in the first eight months (same source)",
          "duration beyond which effort and screening stop falling"),
        P("old_effort", 0.4, "1", 0.1, 1.0, "uniform", "calibrated",
          "job finding 12.9 % at 50-64 against 25.8 % at 15-24 (Insee Première 1661)",
          "applications at 50 or more relative to younger people"),
        P("young_effort", 1.5, "1", 0.8, 2.0, "uniform", "calibrated", "same source",
          "applications under 25 relative to 25-49"),
        P("own_sector", 0.3, "1", 0.0, 0.8, "uniform", "calibrated",
          "37 % change occupation on leaving unemployment (Pôle emploi 2014); the rest of the "
          "applications follow relatedness and jobs",
          "share of applications sent to the seeker's own sector"),
        P("relatedness_exponent", 2.0, "1", 0.0, 5.0, "uniform", "assumed",
          "sharpness of the preference for related sectors; not measured",
          "exponent of relatedness in the choice of other sectors"),
        P("distance_decay", 0.03, "1/km", 0.02, 0.3, "loguniform", "measured",
          "0.3 per km between UK wards (Manning, Petrongolo 2017), -35 % at 16 km in the US "
          "(Marinescu, Rathelot 2018); a quarter of jobs found in the own municipality",
          "fall of the willingness to apply (log) per km"),
        P("score_noise", 1.0, "1", 0.5, 2.0, "fixed", "assumed", "unit of the score",
          "standard deviation of what a firm sees in one applicant only"),
        P("score_related", 0.7, "1", 0.0, 3.0, "uniform", "assumed",
          "firms prefer experience in related sectors; not measured in these units",
          "score of full relatedness of the applicant's sector"),
        P("score_below", 0.9, "1", 0.0, 3.0, "uniform", "assumed",
          "an applicant below the level asked is seldom retained",
          "loss of score per level of qualification missing"),
        P("score_above", 0.25, "1", 0.0, 2.0, "uniform", "assumed",
          "over-qualified applicants are retained less often",
          "loss of score per level of qualification in excess"),
        P("score_trained", 0.4, "1", 0.0, 1.5, "uniform", "calibrated",
          "training: +5.7 points of employment at 12 months, +9.2 at 24 (Dares 2022)",
          "score of a completed training course"),
        P("score_employed", 0.3, "1", 0.0, 1.5, "uniform", "assumed",
          "employers prefer people in work", "score of being in work"),
        P("score_ease", 0.4, "1", 0.0, 1.5, "uniform", "assumed",
          "part of the fall of job finding over a spell is that the most employable leave first; "
          "no French split (Kroft et al. 2013; Farber et al. 2017 find opposite answers)",
          "score per s.d. of employability"),
        P("score_counselled", 0.1, "1", 0.0, 1.0, "uniform", "assumed",
          "intensive counselling raises exits by 15-35 % (Behaghel et al. 2014), partly at the "
          "expense of others (Crépon et al. 2013)", "score of intensive counselling"),
        P("score_threshold", -0.3, "1", -1.0, 4.0, "uniform", "calibrated",
          "vacancy rate 2.5 %, median duration 1.5 month (Dares, Pôle emploi)",
          "lowest score that a firm accepts"),
        P("reservation", 0.6, "1", 0.4, 1.0, "uniform", "calibrated",
          "reservation wages are nearly flat over the spell (Krueger, Mueller 2016: -0.05 to "
          "-0.14 % a week); re-employment wages of the displaced are 25 % lower (Brandily et al. "
          "2022)",
          "lowest accepted wage relative to the last one, first month"),
        P("reservation_decay", 0.006, "1/month", 0.0, 0.03, "uniform", "assumed",
          "nearly flat (same source)", "monthly fall of the reservation ratio"),
        P("ladder_gain", 0.02, "log", 0.0, 0.2, "uniform", "assumed",
          "employed people move for a higher wage; the smallest gain is not measured",
          "smallest wage gain for which an employed person applies"),
        P("support_effort", 0.08, "1", 0.0, 1.2, "uniform", "calibrated",
          "12 % of CSP members work in a given month; 53 % are in work at 18 months "
          "(Dares-Unédic)",
          "applications at the start of CSP or redeployment leave relative to others"),
        P("support_rise", 12.0, "month", 1, 24, "uniform", "calibrated",
          "90-95 % of CSP members are still registered after 4 months, 78-87 % after 8, 61-70 % "
          "after 12 (Unédic 2016): exits triple over the year. Staff first train, draw up a "
          "project and live on severance pay (worth two months, it lowers job finding by 8-12 %: "
          "Card, Chetty and Weber 2007)",
          "months of a supported spell after which search is as intense as others'"),
        P("support_shape", 2.0, "1", 1.0, 4.0, "uniform", "calibrated",
          "same source: 1.3-2.5 % of members leave the registers a month in the first four, 2-3 % "
          "in the next four, 4-5 % in the last four, while those quickest to find work leave "
          "first: slow at first; size from these rows",
          "exponent of that rise: 1 even, 2 and more slow at first"),
        P("exhaustion_rise", 0.5, "1", 0.0, 1.0, "uniform", "measured",
          "applications of 400,000 French unemployed rise by at least 50 % over the year before "
          "their insurance ends and stay high (Marinescu and Skandalis 2021, QJE); that people "
          "without insurance search as those whose insurance has ended is assumed",
          "rise of applications from a year or more of insurance left to none"),
        P("training_effort", 0.35, "1", 0.0, 1.0, "uniform", "assumed",
          "some trainees leave early for a job; their share is not published",
          "applications during a course relative to an unemployed person"),
        P("ring_looks", 3.0, "1", 1, 6, "fixed", "assumed",
          "vacancies seen for one application: the nearest acceptable is taken",
          "neighbouring vacancies of a ring that one application considers"),
    ),
)  # fmt: skip
