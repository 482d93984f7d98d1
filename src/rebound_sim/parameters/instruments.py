"""Public instruments: what they do and how fast."""

from __future__ import annotations

from rebound_sim.parameters.records import Parameter as P
from rebound_sim.parameters.records import Topic

TOPIC = Topic(
    "instruments",
    "Public instruments",
    (
        P("days_per_visit", 1.7, "person-day", 0.5, 3, "uniform", "calibrated",
          "39 firms visited in a mission of 100-145 person-days which also matures projects "
          "(Douaisis 2023); 54 projects at Morlaix, some 100 at Douai: 34 visits of 2.3 projects",
          "engineering days per firm visited"),
        P("visit_share", 0.4, "1", 0.1, 0.9, "uniform", "assumed",
          "split of a mission between visits and maturing is not published",
          "share of engineering days spent on visits while firms remain to be seen"),
        P("plans_known", 0.5, "1", 0.0, 1.0, "uniform", "assumed",
          "firms met at Douai and Morlaix planned to invest within one to three years; whether "
          "chambers and authorities chose them for it is not published: from none to all",
          "share of firms with a plan under study that local networks send a mission to first"),
        P("visit_finds", 0.9, "1", 0.5, 1.0, "uniform", "assumed",
          "a visit finds most of what the firm has in mind",
          "probability that a visit detects a project, idea or plan under study"),
        P("days_needed", 3.0, "person-day", 1, 15, "loguniform", "assumed",
          "no causal estimate of engineering exists: wide prior",
          "median engineering days that give one unit of maturation"),
        P("days_effect", 0.5, "1", 0.0, 1.0, "uniform", "assumed",
          "no causal estimate of engineering exists: from none to full; the middle",
          "maturation gained per unit of engineering received (1 = full)"),
        P("file_alone", 0.25, "1", 0.0, 0.8, "uniform", "assumed",
          "many firms do not know the funds; not measured",
          "probability that the sponsor of an eligible project knows the fund by itself after a "
          "year, establishment of 50 employees"),
        P("file_size", 0.5, "1", 0.0, 1.0, "uniform", "assumed",
          "firms picked are those able to use aid (Insee, FDPMI in Basse-Normandie); not measured",
          "elasticity of that probability to the size of the establishment"),
        P("file_helped", 0.9, "1", 0.3, 1.0, "uniform", "assumed",
          "visits make the fund known; some sponsors want no aid",
          "the same when a mission visited the firm or there is a project manager, and at most"),
        P("file_cost", 25000.0, "EUR", 0, 40000, "uniform", "calibrated",
          "mean grant 0.35-0.51 M€ (FAIIT 2021); some seventeen days of a consultant at 1,500 EUR "
          "(Morlaix 2023)", "cost of a file to a sponsor that writes it without help"),
        P("success_expected", 0.25, "1", 0.1, 1.0, "fixed", "measured",
          "25 % of the amounts asked were granted (Cour des comptes 2024)",
          "share of the grant asked that a sponsor counts on before the fund has answered any file "
          "of its zone: it files if this covers the cost"),
        P("success_memory", 10.0, "file", 2, 50, "loguniform", "assumed",
          "firms hear of a dozen files around them; no study of what they expect was found",
          "answers of the fund in the zone that weigh as much as that first expectation"),
        P("own_funds", 15000.0, "EUR/person", 5000, 60000, "loguniform", "assumed",
          "a year's gross operating surplus: 22 % of the value added of SMEs (Banque de France, "
          "2018), of an assumed 68 k€ a person",
          "own funds per employee that a firm can put in projects: a grant of that size lifts 63 % "
          "of its shortage"),
        P("aided_survival", 0.2, "1", 0.0, 0.46, "uniform", "measured",
          "rationed start-ups close 51-84 % more often each year for seven years (Cressy, Bonnet, "
          "French firms 1994-2000): 0.34-0.46; guaranteed ones fail more (Lelarge et al. 2008): "
          "from none", "failures avoided in a firm whose shortage of finance is wholly lifted"),
        P("visit_survival", 0.05, "1", 0.0, 0.17, "halfnormal", "assumed",
          "advice drawn by lot left employment as it was (Growth Vouchers, 20,000 small firms); "
          "matched clients of manufacturing extension survive more (Lipscomb et al. 2018; size not "
          "read): most likely near none, at most half of what the end of credit rationing does "
          "(Cressy, Bonnet: 0.34)",
          "failures avoided in a small or medium independent firm that a mission visits"),
        P("advice_months", 12.0, "month", 0, 36, "fixed", "measured",
          "consulting drawn by lot in Puebla: nothing in employment after one year, much after "
          "five (432 firms, working paper 2012)",
          "months from a visit to the first failures that it avoids"),
        P("advice_largest", 250.0, "person", 50, 500, "fixed", "measured",
          "small and medium firms in the Union's sense; those of the American programme have fewer "
          "than 500, those of the trials fewer than 100",
          "size of an establishment from which advice does nothing for its survival"),
        P("help_months", 60.0, "month", 12, 120, "fixed", "assumed",
          "survival of helped firms is followed over five to ten years (Lipscomb et al. 2018; "
          "Cressy, Bonnet)", "months during which a firm helped fails less"),
        P("files_ahead", 6.0, "month", 0, 12, "uniform", "measured",
          "works start within 6-12 months of the file (FAIIT 2021)",
          "months before its maturity from which a project may file"),
        P("minimum_base", 200000.0, "EUR", 0, 1000000, "fixed", "measured",
          "FAIIT: base of at least 200,000 EUR", "smallest eligible base"),
        P("jobs_weight", 1.0, "1", 0.0, 2.0, "uniform", "assumed",
          "projects that create lasting jobs are strongly favoured (Rebond industriel, 2023), "
          "economic and social effects are a criterion (FAIIT 2020); no weights are published",
          "what one unit of log jobs counts for in the mark of a committee, quality has 1"),
        P("base_share", 0.8, "1", 0.3, 1.0, "uniform", "assumed",
          "assets only; working capital is not eligible", "eligible share of the investment"),
        P("asked_rate", 0.18, "1", 0.05, 0.4, "uniform", "calibrated",
          "aid intensity 10.6 % of investment (FAIIT 2021); firms ask for more",
          "grant asked over eligible base, before ceilings"),
        P("largest_grant", 1800000.0, "EUR", 200000, 5000000, "fixed", "measured",
          "cap per firm of the temporary framework (section 3.1) from January 2021, 0.8 M€ before "
          "(amendment of 28 January 2021). No laureate file is public",
          "largest grant of one project"),
        P("ceiling_small", 0.35, "1", 0.1, 0.5, "fixed", "measured",
          "regional-aid zones 2022-27, scheme SA.58979: 35 / 25 / 15 % (call for car suppliers, "
          "CCI Savoie)", "aid ceiling of small firms in a zone"),
        P("ceiling_medium", 0.25, "1", 0.1, 0.4, "fixed", "measured", "same", "medium firms"),
        P("ceiling_large", 0.15, "1", 0.0, 0.3, "fixed", "measured", "same", "large firms"),
        P("ceiling_outside", 0.15, "1", 0.0, 0.2, "fixed", "measured",
          "20 / 10 / 0 % outside the zones (exemption for smaller firms)",
          "fall of the ceiling outside regional-aid zones"),
        P("de_minimis", 200000.0, "EUR", 0, 1800000, "fixed", "measured",
          "200,000 EUR over three years until 2023, 300,000 EUR since; 0.8 then 1.8 M€ under the "
          "temporary framework of 2020-22 (section 3.1; amendment of 28 January 2021)",
          "aid that any firm may receive, whatever its size and place"),
        P("regional_aid_fragility", 51.0, "index", 0, 100, "fixed", "calibrated",
          "31.95 % of the population is covered (Commission, January 2022), overseas included: "
          "30 % of the mainland. The list of municipalities is not in the tables: the most fragile "
          "zones stand for it",
          "fragility index from which a zone counts as a regional-aid zone"),
        P("appraisal_months", 2.0, "month", 0, 12, "fixed", "measured",
          "target of two months to decide (Bpifrance)", "appraisal of a file"),
        P("contract_months", 1.0, "month", 0, 6, "fixed", "measured", "one month more to contract",
          "from the award to the contract"),
        P("committee_months", 4.0, "month", 1, 6, "fixed", "assumed",
          "projects of Morlaix, found until April 2023, came to the committee in October (Senate, "
          "written question 24100163S)", "months between committees"),
        P("files_without_manager", 3.0, "file/month", 1, 20, "fixed", "assumed",
          "lack of local engineering is the bottleneck (Senate); capacity not measured",
          "files that a zone without a project manager can bring to a committee in a month"),
        P("manager_maturation", 1.25, "1", 1.0, 2.0, "uniform", "assumed",
          "no estimate of project managers' effect",
          "natural rate of maturation with a project manager, relative"),
        P("award_validity_months", 24.0, "month", 6, 60, "fixed", "assumed",
          "works must start within a year or two of the award; the rule of each fund differs",
          "months after which an award to a project that has not started lapses"),
        P("repayable_equivalent", 0.25, "1", 0.0, 0.6, "fixed", "assumed",
          "interest saved over some seven years and debts waived after failures; not published",
          "grant that a repayable advance is worth to the sponsor, over its amount"),
        P("repayable_deferral_months", 24.0, "month", 0, 60, "fixed", "assumed",
          "Bpifrance's loans for innovation are repaid from the third year on, over five (terms "
          "of 2020): the same, after the works",
          "months from full operation to the first repayment of an advance"),
        P("repayable_months", 60.0, "month", 12, 120, "fixed", "assumed",
          "Bpifrance's loans for innovation last seven years, two of them deferred (terms of 2020)",
          "months over which an advance is repaid, in equal parts"),
        P("advance", 0.3, "1", 0.0, 0.6, "fixed", "measured",
          "30 % at most, when works start (decree 2018-514 on the State's grants to investment, "
          "article 12)", "share of a grant paid when works start"),
        P("intermediate", 0.4, "1", 0.0, 0.7, "fixed", "assumed",
          "instalments follow the works, 80 % at most with the advance (same decree); expenses are "
          "refunded on invoices: one, in the middle of the building",
          "share paid half-way through the building"),
        P("clawback", 0.8, "1", 0.0, 1.0, "uniform", "assumed",
          "recovery after failure is partial; not published",
          "share of the money paid that is recovered when a project is abandoned"),
        P("clawback_tolerance", 0.1, "1", 0.0, 0.5, "fixed", "assumed",
          "small shortfalls are not sanctioned",
          "share of jobs that may be missing without claw-back"),
        P("revitalisation_per_job", 6000.0, "EUR/job", 4000, 12000, "fixed", "measured",
          "5-10 k€ per job created (Cholet 2025); 5.4 k€ per target job over 1,402 agreements",
          "revitalisation money per promised job of a project"),
        P("revitalisation_smallest", 30000.0, "EUR", 0, 200000, "fixed", "assumed",
          "a month's even share can be less than one file: five target jobs at 6,000 EUR",
          "award that an agreement can make in any month while it has money"),
        P("accelerator_smallest", 10.0, "job", 1, 250, "fixed", "measured",
          "very small firms are not taken (Bpifrance 2025: SMEs and mid-sized firms)",
          "smallest establishment that an accelerator takes"),
        P("accelerator_largest", 250.0, "job", 10, 5000, "fixed", "measured",
          "the gain was measured on small and medium firms (Bpifrance 2025)",
          "size from which establishments are not taken"),
        P("accelerator_months", 36.0, "month", 12, 60, "fixed", "measured",
          "gain measured three years after entry (Bpifrance 2025)",
          "months over which a promotion grows"),
        P("accelerator_gain", 0.05, "1", 0.0, 0.1, "uniform", "measured",
          "+10 % full-time equivalents at three years (Bpifrance 2025, matched, selection "
          "likely): half is kept", "employment gain of an accelerated firm after three years"),
        P("training_entry", 0.011, "1/month", 0.0, 0.05, "uniform", "assumed",
          "9.8 % of job seekers in training at the end of 2006 (Dares 2008, 33.1), 263,000 people "
          "at the end of 2017 (Dares Indicateurs 2018-012): about one in twelve",
          "monthly entry of the unemployed into training"),
        P("training_entry_support", 0.12, "1/month", 0.02, 0.25, "uniform", "calibrated",
          "250 of 1,143 in training ten months after Goodyear",
          "the same during CSP or redeployment leave, once courses have begun"),
        P("training_first", 2.0, "month", 0, 6, "fixed", "measured",
          "courses begin five to six months after joining the CSP on average (Unédic, note of its "
          "bureau, September 2018): a project is drawn up first. At the rate above they begin some "
          "three months after the first ones",
          "months of CSP or leave before the first courses"),
        P("training_offer_most", 0.5, "1/month", 0.05, 1.0, "fixed", "assumed",
          "places are filled over some months: not everyone who may enters in the same one",
          "highest monthly entry of the displaced that extra places can bring"),
        P("training_months", 4.0, "month", 1, 12, "uniform", "assumed",
          "courses go from weeks (preparation for a post) to two years (a diploma); lock-in ends "
          "within about six months (Dares 2022). Lengths assumed exponential",
          "mean length of a course"),
        P("training_months_support", 9.0, "month", 4, 14, "uniform", "assumed",
          "250 of Goodyear's staff were in training ten months after the layoffs, 272 after "
          "fifteen: plans pay for courses with a diploma; lengths not published",
          "the same during CSP or redeployment leave"),
        P("training_longest", 24.0, "month", 12, 36, "fixed", "assumed",
          "a diploma takes two years: the longest course that job seekers follow",
          "longest course"),
        P("sessions", 2.0, "session", 1, 12, "fixed", "assumed",
          "calls publish no rule; a file that two committees have passed over is answered no",
          "committees that see a file before it is refused"),
    ),
)  # fmt: skip
