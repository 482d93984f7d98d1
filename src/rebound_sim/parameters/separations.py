"""Ends of jobs and of spells: exogenous monthly rates."""

from __future__ import annotations

from rebound_sim.parameters.records import Parameter as P
from rebound_sim.parameters.records import Topic

_EEC = "Insee, enquête Emploi, quarterly transitions 2019 and 2024"
_DARES_CDI = (
    "Dares Analyses 2015-005: 36.1 % of permanent contracts of 2011 ended within a year; half of "
    "those that end have lasted less than two years"
)

TOPIC = Topic(
    "separations",
    "Separations and participation",
    (
        P("permanent_to_unemployment", 0.0008, "1/month", 0.0001, 0.002, "uniform", "calibrated",
          f"{_EEC}: 0.85 % a quarter, of which part are layoffs decided by firms",
          "permanent job to unemployment other than by a firm's layoff, after years of tenure"),
        P("permanent_to_inactivity", 0.0022, "1/month", 0.0003, 0.005, "uniform", "calibrated",
          f"{_EEC}: 1.4-1.5 % a quarter with retirements",
          "permanent job to inactivity other than retirement, after years of tenure"),
        P("tenure_excess", 10.0, "1", 0.0, 20.0, "uniform", "calibrated", _DARES_CDI,
          "rise of these two rates in a new permanent job, relative to years of tenure"),
        P("tenure_time", 12.0, "month", 4, 36, "uniform", "calibrated", _DARES_CDI,
          "time scale at which that rise fades with tenure"),
        P("tenure_quits", 1.0, "1", 0.0, 4.0, "uniform", "calibrated",
          _DARES_CDI + "; 16.1 % have resigned by then",
          "rise of search on the job in a new permanent job, relative to years of tenure"),
        P("quit_share", 0.22, "1", 0.1, 0.4, "uniform", "assumed",
          "9.6-11.4 % of permanent jobs a year end in a resignation (Dares), 9.2 % in "
          "unemployment or inactivity (Insee); most who resign soon have a job (Dares 2022), for "
          "one in five without one (assumed): 0.22",
          "share of resignations among ends of permanent jobs without another job nor layoff"),
        P("quit_slack", 1.2, "1", 0.5, 2.2, "uniform", "measured",
          "resignations from 9.6 to 11.4 % of permanent jobs a year, from 2019 (8.4 % of "
          "unemployment) to 2022 (7.3 %): -1.2, as they are low in crises (Dares); more from 2015, "
          "a trend included",
          "fall of resignations (log) per unit of log unemployment"),
        P("stayers", 0.4, "1", 0.0, 1.0, "uniform", "assumed",
          "the same people change jobs often, others never (mover-stayer models); no French "
          "estimate of the spread beside observed traits",
          "fall of the rates at which jobs end (log) per s.d. of employability"),
        P("attachment", 0.4, "1", 0.0, 1.0, "uniform", "assumed",
          "most moves between unemployment and inactivity are made by the same people (Elsby, "
          "Hobijn, Sahin 2015); strength assumed",
          "fall of exits to inactivity, and rise of returns (log), per s.d. of employability"),
        P("fixed_term_to_unemployment", 0.036, "1/month", 0.015, 0.06, "uniform", "calibrated",
          f"{_EEC}: 7.8-8.7 % a quarter", "fixed-term job to unemployment"),
        P("fixed_term_to_inactivity", 0.036, "1/month", 0.005, 0.05, "uniform", "calibrated",
          f"{_EEC}: 2.3 % a quarter for all jobs, 1.4-1.5 for permanent ones",
          "fixed-term job to inactivity"),
        P("conversion", 0.019, "1/month", 0.010, 0.03, "uniform", "measured",
          f"{_EEC}: 6.4-7.1 % a quarter", "fixed-term to permanent in the same firm"),
        P("fixed_term_hires", 0.63, "1", 0.5, 0.8, "uniform", "measured",
          f"{_EEC}: 10.4 of 27.0 and 7.3 of 23.2 hires from unemployment are permanent",
          "share of hires on fixed-term contracts"),
        P("fixed_term_stock", 0.13, "1", 0.08, 0.2, "uniform", "measured",
          "13 % of private employees hold fixed-term or agency contracts (Dares Analyses 2014-056)",
          "share of employees on fixed-term contracts at t = 0"),
        P("self_employed_exit", 0.006, "1/month", 0.002, 0.015, "uniform", "assumed",
          "one in fourteen a year: between new firms' and mature firms' failure rates",
          "self-employment to unemployment or inactivity"),
        P("self_employed_searching", 2 / 3, "1", 0.4, 0.9, "uniform", "assumed",
          "many look for a job at once, others are near retirement; no French split was read",
          "share of those who leave self-employment, but for retirement, who are unemployed"),
        P("business_unemployed", 0.36, "1", 0.2, 0.6, "uniform", "measured",
          "firms created in 2018 other than micro-firms: 20 % by unemployed people, 35 % by "
          "private employees (Insee Première 1818); with micro-firms 38 % by employees (1922)",
          "share of new self-employed people who were unemployed; the others had a permanent job"),
        P("outside_job_end", 0.007, "1/month", 0.003, 0.015, "uniform", "assumed",
          f"as all employees: {_EEC}", "job outside the zone to unemployment"),
        P("commuter_job_end", 0.008, "1/month", 0.003, 0.02, "uniform", "assumed",
          f"as all employees: {_EEC}", "in-commuter's end of job other than by a firm's layoff"),
        P("unemployed_to_inactivity", 0.11, "1/month", 0.05, 0.18, "uniform", "calibrated",
          f"{_EEC}: 22.4-22.7 % a quarter",
          "unemployment to inactivity, halo included, people without insurance"),
        P("exit_to_halo", 0.61, "1", 0.4, 0.8, "uniform", "measured",
          "Insee 2024: 13.9 of 22.7 points go to the halo",
          "share of exits to inactivity that go to the halo"),
        P("insured_exit", 0.15, "1", 0.0, 1.0, "uniform", "assumed",
          "benefits are paid to those who search; no French rate by insurance at hand",
          "exit of insured people from unemployment to inactivity relative to others"),
        P("discouragement", -0.25, "1", -0.5, 0.2, "uniform", "assumed",
          "the unemployed leave activity a quarter less when unemployment doubles (US, Elsby, "
          "Hobijn, Sahin 2015; sign read, size assumed); no French figure. That inactivity "
          "absorbs shocks in distressed zones (Autor, Dorn, Hanson 2021) is a stock: it grows "
          "with the unemployed",
          "rise of exits to inactivity per relative rise of local unemployment"),
        P("failed_search", 1.0, "1", 0.0, 1.5, "uniform", "assumed",
          "who looks for a job and is available is unemployed in the ILO sense; the share of those "
          "hired from inactivity who would go on looking is not published",
          "people unemployed for each person hired from inactivity in an ordinary month, not now"),
        P("attached_months", 18.0, "month", 0, 36, "uniform", "assumed",
          "people go in and out of the labour force around a spell (Elsby, Hobijn, Sahin 2015; "
          "length assumed)",
          "months after a spell of unemployment during which returns are quicker"),
        P("added_search", 0.5, "1", 0.0, 1.2, "uniform", "assumed",
          "moves from inactivity to unemployment rise in recessions (US, Elsby, Hobijn, Sahin "
          "2015); strength assumed: from 2.2 to 3 % a month as unemployment doubles",
          "elasticity of the return of the inactive to unemployment to local unemployment"),
        P("halo_to_unemployment", 0.16, "1/month", 0.05, 0.35, "uniform", "assumed",
          "people of the halo move often; fixed so that the halo is stationary with the rate below",
          "halo to unemployment"),
        P("halo_to_inactivity", 0.05, "1/month", 0.01, 0.2, "uniform", "assumed",
          "as above", "halo to plain inactivity"),
        P("attached_return", 3.0, "1", 1.0, 6.0, "uniform", "assumed",
          "most moves between unemployment and inactivity are made by the same people, in and out "
          "(Elsby, Hobijn, Sahin 2015; strength assumed); no French rate by time since the last "
          "job",
          "return to activity of the inactive whose insurance has not run out, relative to others"),
        P("old_inactive", 0.15, "1", 0.0, 1.0, "uniform", "assumed",
          "few people return to work after 55; no rate at hand",
          "return of the inactive of `old_age` or more relative to younger ones"),
        P("old_age", 55.0, "year", 50, 62, "fixed", "assumed",
          "the class 55-64 of employment surveys, where activity falls",
          "age from which the inactive return less"),
    ),
)  # fmt: skip
