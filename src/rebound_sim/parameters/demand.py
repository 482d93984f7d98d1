"""Demand, growth, entry and failure of establishments."""

from __future__ import annotations

from rebound_sim.parameters.records import Parameter as P
from rebound_sim.parameters.records import Topic

_BOTTAZZI = "Bottazzi, Coad, Jacoby, Secchi 2011 (Applied Economics): fat tails in French industry"
_INSEE_SURVIVAL = "Insee Première 1852: 61 % of the firms created in 2014 survive five years"

TOPIC = Topic(
    "demand",
    "Demand and size of establishments",
    (
        P("shock_rate", 1 / 12, "1/month", 0.02, 0.3, "uniform", "assumed",
          "one change of demand a year on average: a compound process gives tails fatter than "
          f"Laplace, as in {_BOTTAZZI}",
          "probability that a firm's own demand changes in a month"),
        P("shock_sd", 0.24, "1", 0.1, 0.6, "lognormal", "calibrated",
          f"annual growth of small French firms; {_BOTTAZZI}",
          "standard deviation of the yearly log growth of a firm with one employee"),
        P("shock_size_exponent", -0.17, "1", -0.25, -0.05, "normal", "measured",
          "listed manufacturers of the US: -0.18 ± 0.03 by employees, -0.20 ± 0.03 by sales "
          "(Amaral et al. 1997; Stanley et al. 1996)",
          "exponent of the standard deviation of growth on size"),
        P("transitory_share", 0.5, "1", 0.0, 0.9, "uniform", "assumed",
          "growth is negatively autocorrelated in small French firms, positively in large ones "
          "(LEM WP 2005/21); the size of the effect is assumed",
          "share of a change of demand that fades, for a firm with one employee"),
        P("transitory_size", 100.0, "person", 20, 500, "loguniform", "assumed",
          "same source; the size at which the sign changes is not published",
          "size from which changes of demand are permanent"),
        P("transitory_decay", 0.08, "1/month", 0.02, 0.3, "uniform", "assumed",
          "one year of half-life or so: negative autocorrelation is seen in yearly data",
          "monthly rate at which a transitory change fades"),
        P("customer_replacement", 0.04, "1/month", 0.01, 0.12, "uniform", "calibrated",
          "Barrot and Sauvagnat 2016: firms hit through links recover in one to two years; "
          "diversified sourcing attenuates by 60-70 % (CAMA)",
          "monthly share of a lost local customer's purchases that is sold elsewhere instead"),
        P("replaceable", 0.6, "1", 0.3, 0.9, "uniform", "measured",
          "60-70 % attenuation by diversified sourcing (CAMA, ANU working paper)",
          "share of a lost local customer's purchases that can be sold elsewhere in the end"),
        P("wage_elasticity", 0.5, "1", 0.1, 1.0, "uniform", "assumed",
          "usual range of constant-output elasticities of labour demand; no French zone estimate",
          "fall of desired employment (log) per unit of log local wage"),
        P("agglomeration_elasticity", 0.1, "1", 0.0, 0.2, "uniform", "measured",
          "Gathmann, Helm, Schönberg 2020 imply 0.19; zero in Spain (Jofre-Monseny et al. 2018)",
          "response of incumbents' demand (log) to related activity in the zone (log)"),
        P("agglomeration_speed", 0.04, "1/month", 0.01, 0.2, "uniform", "assumed",
          "two years: great-plant effects build up over five years (Greenstone et al. 2010)",
          "monthly speed at which related activity acts"),
        P("household_propensity", 0.95, "1", 0.6, 1.0, "uniform", "assumed",
          "lasting changes of income move spending nearly one for one; short ones are smoothed",
          "elasticity of local household spending to local household income"),
        P("household_prudence", 0.5, "1", 0.0, 1.5, "uniform", "assumed",
          "households save more when unemployment rises; consumption fell with jobs in 2008-09 and "
          "2012-13; size assumed",
          "elasticity of local household spending to jobs in the country, at a given income"),
        P("exogenous_income_share", 0.36, "1", 0.25, 0.5, "uniform", "assumed",
          "pensions, property and transfers other than unemployment insurance, about a third of "
          "French household income: an order of magnitude, assumed",
          "share of residents' income that does not depend on local jobs"),
        P("sheltered_local_share", 0.9, "1", 0.6, 1.0, "uniform", "assumed",
          "sheltered services sell where people live; cross-border shopping is not observed",
          "highest share of residents' and firms' purchases of services sold nearby made in the "
          "zone"),
        P("tradable_local_share", 0.1, "1", 0.0, 0.3, "uniform", "assumed",
          "manufactured goods are bought everywhere; cross-hauling is not observed",
          "highest share of residents' purchases of other sectors met by the zone's firms"),
        P("regional_exponent", 0.3, "1", 0.1, 0.5, "uniform", "assumed",
          "FLQ formula (Flegg, Webber 1997), an exponent to be set by region (Flegg, Tohmo 2013); "
          "0.3 assumed",
          "exponent of zone size in Flegg's location quotient"),
        P("basin_shock_sd", 0.0022, "1", 0.0, 0.01, "uniform", "calibrated",
          "s.d. 0.4 point of the gap of zone unemployment to a synthetic control at 8 quarters "
          "without a closure (own placebos on Insee series)",
          "standard deviation of the monthly change of the zone's own external demand (log)"),
        P("basin_shock_persistence", 0.97, "1", 0.8, 1.0, "uniform", "assumed",
          "half-life of about two years: zone rates converge slowly",
          "monthly persistence of the zone's own external demand"),
        P("failure_new", 0.0145, "1/month", 0.004, 0.02, "uniform", "calibrated", _INSEE_SURVIVAL,
          "monthly failure probability of a new firm"),
        P("failure_mature", 0.003, "1/month", 0.001, 0.008, "uniform", "calibrated",
          _INSEE_SURVIVAL + "; hazards fall with age",
          "monthly failure probability of an old firm with one employee"),
        P("failure_maturity", 48.0, "month", 12, 120, "uniform", "assumed",
          "hazards fall over the first years (Insee survival curves by cohort)",
          "age scale of the fall of the failure probability"),
        P("failure_size_exponent", -0.45, "1", -0.8, -0.1, "uniform", "assumed",
          "large establishments close much less often; no French table at hand",
          "exponent of the failure probability on size"),
        P("failure_stress", 3.0, "1", 0.0, 8.0, "uniform", "assumed",
          "a firm that lost demand fails more often; the strength is not measured",
          "rise of the failure probability (log) per unit of relative demand lost"),
        P("failure_industry", 0.6, "1", 0.3, 1.0, "uniform", "measured",
          "three-year survival 80 % in industry against 71 % in all sectors (Insee Première 1543)",
          "failure probability in industry relative to other sectors"),
        P("failure_largest", 0.06, "1/month", 0.02, 0.2, "fixed", "assumed",
          "half of the firms a year: a firm that lost its customers still lives on its cash and "
          "through months of receivership; not measured",
          "highest monthly failure probability, whatever demand was lost"),
        P("entry_size", 2.0, "person", 1.0, 5.0, "uniform", "assumed",
          "new employers start small (Insee, Sine surveys: two to three jobs)",
          "mean number of jobs of a new employer at birth"),
        P("entry_elasticity", 1.0, "1", 0.0, 3.0, "uniform", "assumed",
          "entries follow local demand; strength not measured",
          "elasticity of entries to local household demand"),
        P("posting_speed", 0.45, "1/month", 0.1, 1.0, "uniform", "calibrated",
          "vacancy rate of 2.5 % (Dares 2022-2024) with French turnover",
          "share of the gap to desired employment that is posted as vacancies in a month"),
        P("layoff_tolerance", 0.04, "1", 0.0, 0.2, "uniform", "assumed",
          "small overstaffing is absorbed by attrition",
          "relative overstaffing that a firm tolerates without layoffs"),
        P("layoff_speed", 0.12, "1/month", 0.02, 0.5, "uniform", "calibrated",
          "employment to unemployment 0.85 % a quarter on permanent contracts (Insee 2019, 2024)",
          "monthly share of overstaffing beyond the tolerance that is laid off"),
    ),
)  # fmt: skip
