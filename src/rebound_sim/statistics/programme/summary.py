"""Everything that is said of a comparison, computed once: rows, pairs, ranks, zones, accounts."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from rebound_sim.arrays import Floats
from rebound_sim.statistics import employment
from rebound_sim.statistics.cell import Cell
from rebound_sim.statistics.definitions import COMPARED
from rebound_sim.statistics.headline import cost_cells, hire_cells
from rebound_sim.statistics.panels import NONE, Panels
from rebound_sim.statistics.programme.account import account_cells
from rebound_sim.statistics.programme.answer import answer
from rebound_sim.statistics.programme.best import Best, chances_of_best
from rebound_sim.statistics.programme.chosen import chosen_in
from rebound_sim.statistics.programme.comparison import comparison_rows
from rebound_sim.statistics.programme.displaced import displaced_cells
from rebound_sim.statistics.programme.event_time import event_cells
from rebound_sim.statistics.programme.lorenz import lorenz_cells
from rebound_sim.statistics.programme.marginal import marginal_cells
from rebound_sim.statistics.programme.outcomes import Outcomes, mean_over_lucks, programme_outcomes
from rebound_sim.statistics.programme.pairs import Pair, compare_pairs
from rebound_sim.statistics.programme.ranking import Rank, ranks
from rebound_sim.statistics.programme.sentences import Findings, nothing_to_compare, sentences
from rebound_sim.statistics.programme.sharing import sharing
from rebound_sim.statistics.programme.worlds import Standing, Worlds, by_world, standings
from rebound_sim.statistics.programme.zone_outcomes import zone_cells
from rebound_sim.statistics.programme.zones import ZoneEffect, zone_effects

#: The outcome that ranks strategies, at the end of the run.
RANKED = "additional_jobs"
#: Outcomes compared pair by pair, at the end of the run.
PAIRED = (RANKED, "job_months_gained", "never_back", "loss_area", "worst_tenth_loss")


@dataclass(frozen=True)
class Summary:
    """A programme's results and what follows from them. Parts are computed when first asked for."""

    panels: Panels

    @property
    def known(self) -> bool:
        """Whether there is a strategy, and a replication to compare it in."""
        return bool(self.panels.count and self.panels.strategies)

    @cached_property
    def outcomes(self) -> Outcomes:
        """Outcomes of each world: of its first luck, or the mean where all have as many lucks."""
        everything = self._everything
        worlds = everything.world_of(everything.replications)
        counts = np.unique(worlds, return_counts=True)[1]
        if counts.size and counts.min() == counts.max() > 1:
            return mean_over_lucks(self.every_outcome, worlds)
        return programme_outcomes(self.panels)

    @cached_property
    def worlds(self) -> dict[str, Worlds]:
        """Outcomes of PAIRED by world, with what luck adds (of a run with a closure)."""
        everything, first = self._everything, self.panels
        numbers = everything.world_of(everything.replications)
        found = {}
        for name in PAIRED:
            if not self.known or (name, first.horizon) not in self.outcomes.values:
                continue
            every = self.every_outcome.at_end(name)
            whole = by_world(first.compared, every, numbers, first.unit)
            # The values are those of the tables; only luck needs the other replications.
            found[name] = replace(whole, values=self.outcomes.at_end(name))
        return found

    @cached_property
    def standings(self) -> list[Standing]:
        """Strategies over worlds by additional jobs, best median first; empty without a closure."""
        return standings(self.worlds[RANKED], NONE) if RANKED in self.worlds else []

    @cached_property
    def chosen(self) -> dict[str, int]:
        """How many of the worlds compared chose an arm, an optimal plan; others left out."""
        worlds = self.panels.world_of(self.panels.replications)
        return chosen_in(self.panels.taught, worlds.tolist())

    @cached_property
    def best(self) -> dict[str, Best]:
        """Chance of the best mean, and expected regret, by strategy; empty with one world."""
        values = self.outcomes.at_end(RANKED)
        if values.shape[1] < 2:
            return {}
        return {b.arm: b for b in chances_of_best(self.panels.compared, values)}

    @cached_property
    def rows(self) -> list[Cell]:
        """Rows of comparison.csv."""
        return comparison_rows(self.panels, self.outcomes)

    @cached_property
    def pairs(self) -> dict[str, list[Pair]]:
        """Ordered pairs, by outcome of PAIRED (of a run with a closure)."""
        values = self.outcomes.values
        known = [name for name in PAIRED if self.known and (name, self.outcomes.end) in values]
        return {
            name: compare_pairs(
                self.panels.compared,
                self.outcomes.at_end(name),
                lower_is_better=COMPARED[name].better == "lower",
                levels=self._levels if name == RANKED else None,
            )
            for name in known
        }

    @cached_property
    def ranks(self) -> list[Rank]:
        """Ranks by additional jobs, best estimate first."""
        return ranks(self.panels.compared, self.outcomes.at_end(RANKED), self.pairs[RANKED])

    @property
    def ranked(self) -> tuple[str, ...]:
        """Strategies but `none`, highest mean first: the order of the report, the page and figures.

        The first is the one that they show in detail.
        """
        return tuple(rank.arm for rank in self.ranks if rank.arm != NONE)

    @cached_property
    def zones(self) -> list[ZoneEffect]:
        """Effects by zone."""
        return zone_effects(self.panels)

    @cached_property
    def account(self) -> list[Cell]:
        """From announced to additional jobs."""
        return account_cells(self.panels)

    @cached_property
    def costs(self) -> list[Cell]:
        """Euros per job, in all and by instrument."""
        return list(cost_cells(self.panels))

    @cached_property
    def hires(self) -> list[Cell]:
        """Who got the new jobs."""
        return list(hire_cells(self.panels))

    @cached_property
    def displaced(self) -> list[Cell]:
        """Return to work of the displaced, by solution."""
        return displaced_cells(self.panels)

    @cached_property
    def event_time(self) -> list[Cell]:
        """Jobs by months since the layoffs, against the twin."""
        return event_cells(self.panels)

    @cached_property
    def lorenz(self) -> list[Cell]:
        """Curves of the loss between zones."""
        return lorenz_cells(self.panels)

    @cached_property
    def marginal(self) -> list[Cell]:
        """Jobs per million, by instrument and zone."""
        return marginal_cells(self.panels)

    @cached_property
    def zone_outcomes(self) -> list[Cell]:
        """Differences from `none` in each zone, each year."""
        return list(zone_cells(self.panels))

    @cached_property
    def answer(self) -> list[str]:
        """What an adviser can repeat: the first lines of a comparison."""
        if not self.known:
            return []
        spent = {
            row.arm: row.estimate
            for row in self.rows
            if row.outcome == "public_cost"
            and row.month == self.panels.horizon
            and row.reference == NONE
        }
        return answer(self.panels, self.worlds[RANKED], self.standings, spent)

    @cached_property
    def notes(self) -> list[str]:
        """What the tables rest on, and what they leave out."""
        if not self.known:
            return nothing_to_compare(self.panels)
        saved = sharing(self.panels)
        return sentences(
            Findings(self.panels, self.ranks, self.pairs[RANKED], self.rows, saved, self.best)
        )

    @property
    def sentences(self) -> list[str]:
        """The answer, then the notes."""
        return [*self.answer, *self.notes]

    @cached_property
    def _everything(self) -> Panels:
        return self.panels.every_luck()

    @cached_property
    def every_outcome(self) -> Outcomes:
        """Outcomes of every replication, other lucks of the same worlds included."""
        return programme_outcomes(self._everything)

    @cached_property
    def _levels(self) -> Floats:
        """Jobs of all zones at the end: float[compared, replications]."""
        panels = self.panels
        return np.stack([panels.values(employment.JOBS, a)[:, -1] for a in panels.compared])
