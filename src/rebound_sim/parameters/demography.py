"""Retirement, school leaving, migration, commuting, places."""

from __future__ import annotations

from rebound_sim.parameters.records import Parameter as P
from rebound_sim.parameters.records import Topic

TOPIC = Topic(
    "demography",
    "Demography and mobility",
    (
        P("retirement_age", 62.67, "year", 60, 67, "fixed", "measured",
          "mean age of claiming a pension: 62 years and 8 months at the end of 2022, rising "
          "(Drees 2024)",
          "mean retirement age"),
        P("retirement_sd", 1.3, "year", 0.3, 3, "fixed", "assumed",
          "spread between long careers (60) and full-rate age (67)",
          "standard deviation of the retirement age"),
        P("school_leaving", 16.0, "year", 15, 20, "fixed", "assumed",
          "lower bound of working age; most stay in education as inactive people",
          "age at which residents enter the model"),
        P("migration_young", 2.0, "1", 1.0, 4.0, "uniform", "measured",
          "changes of zone of work in a year: 18 % under 25, 9 % at 25-39, 5.5 % at 40-49, 4.2 % "
          "at 50-54 (Insee 2014-15)", "out-migration under 25 relative to 40-49"),
        P("migration_prime", 1.65, "1", 1.0, 3.0, "uniform", "measured", "same source",
          "out-migration at 25-39 relative to 40-49"),
        P("migration_old", 0.6, "1", 0.2, 1.0, "uniform", "measured", "same source",
          "out-migration at 50 or more relative to 40-49"),
        P("migration_qualified", 1.35, "1", 1.0, 2.0, "uniform", "assumed",
          "graduates move more (Insee, Observatoire des territoires); ratio per level assumed",
          "out-migration per level of qualification above the first, as a factor"),
        P("migration_unemployed", 1.4, "1", 1.0, 2.5, "uniform", "measured",
          "20 % of the unemployed live elsewhere five years later against less than 14 % of the "
          "active (Observatoire des territoires 2018)",
          "out-migration of the unemployed relative to others"),
        P("migration_tightness", 0.35, "1", 0.0, 1.0, "uniform", "calibrated",
          "half of the long-run adjustment to a zone shock, twice as slow as in the US (Beyer, "
          "Smets 2015)",
          "elasticity of in- and out-migration to local against outside unemployment"),
        P("migration_margin", 1.6, "1", 1.1, 3.0, "fixed", "assumed",
          "size of the stock of candidates; a numerical limit, never reached in the scenarios",
          "candidates for in-migration relative to the usual flow"),
        P("outside_share", 0.27, "1", 0.05, 0.5, "uniform", "assumed",
          "zones are drawn so that most residents work in them (Insee); shares by zone need the "
          "commuting file", "lowest share of employed residents who work in another zone"),
        P("outsider_ratio", 0.12, "1", 0.02, 0.4, "uniform", "assumed",
          "stock of non-residents who look at the zone's vacancies; not observed",
          "non-resident seekers relative to jobs of the zone"),
        P("outside_tightness", 1.0, "1", 0.5, 1.1, "uniform", "assumed",
          "hires from unemployment hardly differ between 2016, 2019 and 2024: job finding falls as "
          "unemployment rises (Insee). Far beyond one, a fall of unemployment would feed itself",
          "elasticity of jobs found outside to outside unemployment"),
        P("outsider_slack", 1.5, "1", 0.0, 3.0, "uniform", "assumed",
          "non-residents who look at the zone's vacancies are unemployed people of other zones: as "
          "many more as there are of these",
          "elasticity of their applications to unemployment around the zone, dates compared"),
        P("outside_search", 8.0, "1", 0.0, 15.0, "uniform", "calibrated",
          "job-seekers apply where fewer others do, so that nearby areas share a local shock "
          "(Manning, Petrongolo 2017, wards of England and Wales); no elasticity between French "
          "zones", "elasticity of jobs found outside to local over outside unemployment, and of "
          "non-residents' applications here to its inverse"),
        P("around_size", 15.0, "1", 5.0, 40.0, "loguniform", "assumed",
          "zones that touch a zone have 9.7 times its jobs (median of 287 zones, a quarter below "
          "4.6, a quarter above 17.3; own count), and share what happens to them with those "
          "beyond: how far within months is not published",
          "unemployed people around the zone with whom its commuters compete, over its own"),
        P("participation_shock", 0.04, "log/√month", 0.0, 0.1, "uniform", "calibrated",
          "net of the nation, rates of zones drift as random walks: 0.32 point in a year, 0.45 in "
          "two, 0.58 in three (Insee, localised rates of all zones, 2003-T1 to 2006-T4), six times "
          "the variance that demand alone gives",
          "standard deviation of monthly shocks to the zone's own returns from inactivity"),
        P("participation_persistence", 0.995, "1/month", 0.98, 1.0, "uniform", "measured",
          "quarterly changes are uncorrelated (0.10, 0.05, 0.02, −0.07 at one to four quarters, "
          "same series), and changes over three years are 1.29 times those over two: 1.22 for a "
          "random walk, 1.16 at 0.98", "persistence of these shocks"),
        P("participation_usual", 0.3, "1", 0.0, 0.6, "uniform", "assumed",
          "a rate that drifts for good becomes the zone's usual one, for moves and search "
          "outside: about the response of unemployment to returns from inactivity (0.3), from not "
          "at all to twice that",
          "elasticity of the usual rate of the zone to these shocks"),
        P("job_concentration", 1.15, "1", 1.0, 1.5, "uniform", "assumed",
          "jobs are more concentrated than people; jobs by municipality are not in the tables",
          "exponent of population in the share of jobs of a place"),
    ),
)  # fmt: skip
