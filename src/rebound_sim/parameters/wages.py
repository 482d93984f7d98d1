"""Wages, human capital and benefits."""

from __future__ import annotations

from rebound_sim.parameters.records import Parameter as P
from rebound_sim.parameters.records import Topic

_UNEDIC = "Unédic, convention of November 2024 and CSP rules"

TOPIC = Topic(
    "wages",
    "Wages, human capital, benefits",
    (
        P("curve", -0.1, "1", -0.2, 0.0, "normal", "measured",
          "Blanchflower, Oswald 1995: about -0.1 in sixteen countries",
          "elasticity of the local wage to local unemployment"),
        P("curve_speed", 0.06, "1/month", 0.01, 0.3, "uniform", "assumed",
          "wages adjust over one to two years", "monthly speed of adjustment to the wage curve"),
        P("premium_sd", 0.16, "log", 0.05, 0.3, "uniform", "assumed",
          "firm premia explain long-run losses of the displaced in France (Brandily et al. "
          "2022); dispersion of firm effects assumed: no French figure read",
          "standard deviation of firms' wage premia"),
        P("premium_size", 0.03, "1", 0.0, 0.08, "uniform", "assumed",
          "larger firms pay more (Kline 2024, review); size assumed: no French figure read",
          "elasticity of the premium to size at t = 0"),
        P("general_sd", 0.28, "log", 0.1, 0.5, "uniform", "assumed",
          "order of magnitude assumed: no dispersion of wages within a level of diploma was read",
          "standard deviation of general human capital within a level of qualification"),
        P("qualification_return", 0.16, "log", 0.05, 0.3, "uniform", "assumed",
          "order of magnitude assumed: no gap between levels of diploma was read",
          "log wage per level of qualification"),
        P("experience_return", 0.006, "log/year", 0.0, 0.02, "uniform", "assumed",
          "general experience; small beside tenure in the sector",
          "general human capital gained per year of age from 20, at birth of the row"),
        P("specific_max", 0.22, "log", 0.0, 0.5, "uniform", "calibrated",
          "wage-rate gap of -5 to -10 % five years after displacement (Bertheau et al. 2023)",
          "most human capital specific to a sector"),
        P("specific_time", 84.0, "month", 24, 240, "uniform", "assumed",
          "learning over seven years", "time scale of sector-specific learning"),
        P("lower_rung", 0.1, "log", 0.0, 0.3, "uniform", "calibrated",
          "without a lower rung models give a quarter of the losses seen (Davis, von Wachter 2011)",
          "wage loss on re-employment after unemployment, regained with tenure elsewhere"),
        P("review", 0.0167, "1/month", 0.0, 0.1, "uniform", "assumed",
          "losses of pay shrink over several years in the new job (Bertheau et al. 2023): pay is "
          "reviewed every five years on average; the time is not measured",
          "share of permanent employees whose pay is reviewed in a month: it then counts what "
          "they learnt in the job, and the lower rung is over"),
        P("rung_recovery", 0.6, "1", 0.0, 1.0, "uniform", "assumed",
          "part of the lower rung is regained on a move from job to job",
          "share of the lower rung regained by moving from job to job"),
        P("sector_wage_spread", 0.3, "1", 0.0, 0.6, "uniform", "assumed",
          "sector wages follow value added per job (input-output table) with this elasticity; "
          "no wage by sector and zone is at hand",
          "elasticity of sector wages to value added per job"),
        P("replacement_ordinary", 0.57, "1", 0.4, 0.75, "fixed", "measured", _UNEDIC,
          "unemployment benefit over gross wage"),
        P("replacement_support", 0.75, "1", 0.6, 0.9, "fixed", "measured", _UNEDIC,
          "CSP or redeployment-leave allowance over gross wage"),
        P("paid_share", 0.55, "1", 0.3, 0.8, "uniform", "measured",
          "64 % of the registered are eligible, 72 % of insured eligible people are paid "
          "(Dares 2018)", "share of the unemployed in insurance at t = 0 who receive benefits"),
        P("months_ordinary", 18.0, "month", 6, 36, "fixed", "measured",
          _UNEDIC + ": 18 months under 55", "longest ordinary insurance"),
        P("months_insured", 6.0, "month", 4, 12, "fixed", "measured",
          _UNEDIC + ": six months of work in the last 24", "shortest job that gives insurance"),
        P("months_after_course", 6.0, "month", 0, 18, "fixed", "assumed",
          "a course uses up a part of the rights; what is left is not published",
          "months of insurance left to an insured person at the end of a course"),
        P("insurance_old_age", 57.0, "year", 50, 60, "fixed", "measured",
          _UNEDIC + ": 57 years since April 2025", "age from which insurance lasts longest"),
        P("months_ordinary_old", 27.0, "month", 12, 36, "fixed", "measured",
          _UNEDIC + ": 27 months from 57", "longest ordinary insurance from 57"),
        P("minimum", 1801.8, "EUR/month", 1500, 2000, "fixed", "measured",
          "gross monthly minimum wage: 1,801.80 EUR from November 2024 (décret 2024-951)",
          "legal minimum wage, gross, full time"),
        P("tax_share", 0.42, "1", 0.2, 0.6, "uniform", "assumed",
          "employers' contributions and taxes on labour are 47 % of gross wages (Insee, cost of "
          "labour 2020: 31.5 over 67.2); less, for lower rates on low wages: assumed",
          "public receipts per euro of gross wage"),
    ),
)  # fmt: skip
