"""All words of the figures of programmes, by language. A language is one mapping, same keys."""

from __future__ import annotations

from collections.abc import Mapping

TEXTS: Mapping[str, Mapping[str, str]] = {
    "en": {
        "replications": "{n} replications",
        "one_replication": "1 replication: no interval can be given",
        "source": "Source: simulation with rebound-sim {version}, seed {seed}, {n}.",
        "paired": "Differences are taken within each replication, under the same random numbers.",
        "interval": "Bars: 95 % interval of the mean (Student), one strategy at a time.",
        "single": "A single replication shows one possible course, not an effect.",
        "zones": "{n} zones",
        "ranking_title": "Additional jobs after {months} months",
        "ranking_axis": "Additional jobs, all zones (strategy − no programme)",
        "ranks": "Rank may be",
        "ranks_note": "Ranks hold together for all pairs of strategies at 95 % (Holm).",
        "pairs_title": "Chance that one strategy creates more jobs than another",
        "pairs_axis": "Chance that the row's mean is above the column's, %",
        "pairs_note": "Of the means, given the replications (Student's t, flat prior); 1 and 99 "
        "mean at most and at least. Framed: established, all pairs considered together (Holm).",
        "plane_title": "Efficiency and equity of strategies after {months} months",
        "worst_axis": "Jobs missing per 1,000 residents\nin the worst tenth of zones",
        "plane_better": "better",
        "plane_note": "Worst tenth: the tenth of zones (rounded up) with most jobs missing in each "
        "replication, of those with a closure. Vertical bars: 95 % interval of the difference from "
        "no programme, paired.",
        "none": "no programme",
        "costs_title": "Public money spent per additional job",
        "costs_axis": "1,000 EUR per additional job after {months} months",
        "costs_note": "Mean spent / mean jobs, 95 % interval (Fieller). Not shown: the interval of "
        "the additional jobs contains 0.",
        "costs_cut": "Arrows: the interval goes on.",
        "not_shown": "not shown",
        "money_title": "Money committed and paid, against the envelope",
        "millions_axis": "Million EUR",
        "months_axis": "Months since the end of the burn-in",
        "committed": "Committed",
        "paid": "Paid, net of recoveries",
        "allocated": "Allocated to zones",
        "envelope": "Envelope",
        "money_note": "Engineering and grants of the programme, cumulated, mean of the "
        "replications.",
        "gaps_title": "Jobs against the path without closure, zone by zone",
        "gaps_axis": "Jobs, difference from no closure",
        "gaps_without": "no programme",
        "gaps_note": "Mean of the replications; bands: 95 % interval. Each zone has its own scale. "
        "Zones without a closure differ from 0 only by what the programme does.",
        "map_title": "Additional jobs by zone after {months} months",
        "map_note": "Bubbles at the centroids of the zones, area in proportion to the mean of "
        "additional jobs; hollow: the 95 % interval of the zone contains 0. Grey: all zones of "
        "mainland France.",
        "map_negative": "fewer jobs",
        "map_positive": "more jobs",
        "map_unclear": "interval contains 0",
        "jobs": "{n:,} jobs",
        "longitude": "Longitude, degrees east",
        "latitude": "Latitude, degrees north",
        "best_established": "{strategy}, first of {n}",
        "best_estimate": "{strategy}: highest estimate, not established as the first",
    },
}
