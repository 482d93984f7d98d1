"""A minimal labour market in plain Mesa: fire, search, hire, and nothing else.

It is what the model's speed is compared with: one Mesa agent a worker and a firm, in `AgentSet`s,
stepped with `shuffle_do`, as Mesa's documentation advises.
"""

from __future__ import annotations

from typing import Any

import mesa

_STAFF, _LAYOFF, _EFFORT, _CLOSED_SHARE = 10, 0.015, 0.5, 0.08


class Person(mesa.Agent):  # type: ignore[misc]
    """Works for a firm, or looks for one."""

    def __init__(self, model: MesaMarket, employer: Company | None) -> None:
        super().__init__(model)
        self.employer = employer
        if employer is not None:
            employer.staff.append(self)

    def search(self) -> None:
        """Apply to a firm taken at random; it hires if it has a post."""
        if self.employer is None and self.random.random() < _EFFORT:
            firm = self.random.choice(self.model.companies)
            if len(firm.staff) < firm.wanted:
                firm.staff.append(self)
                self.employer = firm


class Company(mesa.Agent):  # type: ignore[misc]
    """Wants a number of people, which changes every month."""

    def __init__(self, model: MesaMarket) -> None:
        super().__init__(model)
        self.staff: list[Person] = []
        self.wanted = _STAFF

    def fire(self) -> None:
        """Draw the staff wanted; lay off at random."""
        self.wanted = max(1, self.wanted + self.random.choice((-1, 0, 0, 1)))
        for person in list(self.staff):
            if len(self.staff) > self.wanted or self.random.random() < _LAYOFF:
                self.staff.remove(person)
                person.employer = None


class MesaMarket(mesa.Model):  # type: ignore[misc]
    """workers : people, one firm for ten of them    seed : any integer."""

    def __init__(self, workers: int, seed: int = 1) -> None:
        super().__init__(seed=seed)
        self.companies: list[Any] = [Company(self) for _ in range(max(workers // _STAFF, 1))]
        for number in range(workers):
            idle = number < _CLOSED_SHARE * workers
            Person(self, None if idle else self.companies[number % len(self.companies)])

    def step(self) -> None:
        """One month."""
        self.agents_by_type[Company].shuffle_do("fire")
        self.agents_by_type[Person].shuffle_do("search")

    def unemployed(self) -> int:
        """People without a firm."""
        return sum(person.employer is None for person in self.agents_by_type[Person])
