"""The closing site: what happens to its workers, suppliers and walls."""

from __future__ import annotations

from rebound_sim.parameters.records import Parameter as P
from rebound_sim.parameters.records import Topic

TOPIC = Topic(
    "closure",
    "Closure of a site",
    (
        P("redeployment_share", 0.11, "1", 0.0, 0.3, "uniform", "assumed",
          "more than half change zone after a closure, a third of those inside the firm (Royer "
          "2011), all establishments; closures with a social plan redeploy fewer "
          "(70 of 613 at Michelin La Roche-sur-Yon)",
          "share of the staff redeployed inside a solvent group, outside the zone"),
        P("early_exit_age", 58.0, "year", 55, 62, "fixed", "assumed",
          "usual age of early-exit measures in social plans",
          "age from which staff may exit early"),
        P("early_exit_share", 0.75, "1", 0.0, 1.0, "uniform", "measured",
          "13 % of the staff had retired 33 months after the closure of Goodyear Amiens-Nord; "
          "248 of 849 pre-retired at Ford Blanquefort; about a fifth of staff is that old",
          "share of those staff who retire at the layoff"),
        P("leave_months", 9.0, "month", 4, 24, "fixed", "measured",
          "redeployment leave of 4 to 12 months, up to 24 with mobility leave (policy facts C, H)",
          "length of the redeployment leave"),
        P("csp_months", 12.0, "month", 12, 12, "fixed", "measured", "Unédic: 12 months at most",
          "length of the CSP"),
        P("csp_takeup", 0.86, "1", 0.5, 1.0, "fixed", "measured",
          "86 % of the eligible (Dares survey)", "share of those laid off who join the CSP"),
        P("group_threshold", 1000.0, "person", 1000, 1000, "fixed", "measured",
          "labour code: redeployment leave and revitalisation duty from 1,000 employees",
          "size of the group from which leave and revitalisation are due"),
        P("local_purchases", 0.5, "1", 0.0, 1.0, "uniform", "assumed",
          "large plants of groups buy less in the zone than the coefficients say",
          "local purchases of the site relative to regionalised coefficients"),
        P("supplier_exposure", 0.35, "1", 0.1, 0.8, "uniform", "assumed",
          "dependent suppliers sell a third of their output to one customer (convention)",
          "share of sales to the site of an exposed supplier"),
        P("takeover_probability", 0.15, "1", 0.0, 0.6, "uniform", "assumed",
          "buyers are found for some sites (GM&S in part, Whirlpool, Fonderie de Bretagne); no "
          "rate is published", "probability that part of the site is taken over"),
        P("takeover_failure", 0.4, "1", 0.0, 0.9, "uniform", "assumed",
          "some subsidised buyers fail (WN at Amiens within 14 months); no rate is published",
          "probability that a takeover fails"),
        P("takeover_jobs", 0.4, "1", 0.05, 1.0, "uniform", "assumed",
          "120 of 277 kept at GM&S; 162-182 of 282 rehired at Whirlpool Amiens",
          "jobs of the buyer relative to the site"),
        P("takeover_life", 14.0, "month", 6, 48, "fixed", "measured", "WN Amiens: 14 months",
          "months until a takeover that fails does so"),
        P("takeover_support", 0.15, "1", 0.0, 0.5, "uniform", "assumed",
          "no estimate of public support to the search of buyers",
          "rise of the probability of a takeover under support"),
        P("recapture", 0.15, "1", 0.0, 0.5, "uniform", "calibrated",
          "0.6-0.7 job lost in the local industry per job closed: incumbents expand "
          "(Jofre-Monseny et al. 2018)",
          "share of the site's sales outside the zone won in the end by local firms of its sector, "
          "were they as large as the sector; sales nearby turn to those who serve the zone"),
        P("recapture_months", 24.0, "month", 6, 60, "fixed", "assumed",
          "the same study measures over several years", "months over which they regain it"),
    ),
)  # fmt: skip
