"""Ends of jobs and of spells: exogenous monthly rates."""

from __future__ import annotations

from rebound_sim.parameters.records import Parameter as P
from rebound_sim.parameters.records import Topic

_EEC = "Insee, enquête Emploi, quarterly transitions 2019 and 2024"

TOPIC = Topic(
    "separations",
    "Separations and participation",
    (
        P("permanent_to_unemployment", 0.0016, "1/month", 0.0005, 0.004, "uniform", "calibrated",
          f"{_EEC}: 0.85 % a quarter, of which part are layoffs decided by firms",
          "permanent job to unemployment other than by a firm's layoff"),
        P("permanent_to_inactivity", 0.0042, "1/month", 0.001, 0.008, "uniform", "calibrated",
          f"{_EEC}: 1.4-1.5 % a quarter with retirements",
          "permanent job to inactivity other than retirement"),
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
          "about 13 % of employees hold fixed-term or agency contracts (Insee; recalled)",
          "share of employees on fixed-term contracts at t = 0"),
        P("self_employed_exit", 0.006, "1/month", 0.002, 0.015, "uniform", "assumed",
          "one in fourteen a year: between new firms' and mature firms' failure rates",
          "self-employment to unemployment or inactivity"),
        P("outside_job_end", 0.007, "1/month", 0.003, 0.015, "uniform", "assumed",
          f"as all employees: {_EEC}", "job outside the zone to unemployment"),
        P("commuter_job_end", 0.008, "1/month", 0.003, 0.02, "uniform", "assumed",
          f"as all employees: {_EEC}", "in-commuter's end of job other than by a firm's layoff"),
        P("unemployed_to_inactivity", 0.12, "1/month", 0.05, 0.18, "uniform", "calibrated",
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
          "Hobijn, Sahin 2015; recalled); no French figure. That inactivity absorbs shocks in "
          "distressed zones (Autor, Dorn, Hanson 2021) is a stock: it grows with the unemployed",
          "rise of exits to inactivity per relative rise of local unemployment"),
        P("halo_to_unemployment", 0.16, "1/month", 0.05, 0.35, "uniform", "assumed",
          "people of the halo move often; fixed so that the halo is stationary with the rate below",
          "halo to unemployment"),
        P("halo_to_inactivity", 0.05, "1/month", 0.01, 0.2, "uniform", "assumed",
          "as above", "halo to plain inactivity"),
        P("attached_return", 3.0, "1", 1.0, 6.0, "uniform", "assumed",
          "most moves between unemployment and inactivity are made by the same people, in and out "
          "(Elsby, Hobijn, Sahin 2015; recalled); no French rate by time since the last job",
          "return to activity of the inactive whose insurance has not run out, relative to others"),
        P("old_inactive", 0.15, "1", 0.0, 1.0, "uniform", "assumed",
          "few people return to work after 55; no rate at hand",
          "return of the inactive aged 55 or more relative to younger ones"),
    ),
)
