"""Workers, firms and projects as Mesa agents: views over rows, without a state of their own."""

from __future__ import annotations

from typing import Any, ClassVar

from rebound_sim.agents.mesa_agent import MesaAgent
from rebound_sim.state.columns import TABLES


class RowView(MesaAgent):
    """A row seen as an agent: attributes are the cells of the row, read and written in place."""

    table: ClassVar[str] = ""

    def __init__(self, model: Any, row: int) -> None:
        super().__init__(model)
        self.row = row

    def step(self) -> None:
        """Rows move in the kernels; a view has nothing to do."""


def _cell(table: str, name: str) -> property:
    def read(self: RowView) -> Any:
        value = getattr(getattr(self.model.state, table), name)[self.row]
        return value.item() if value.ndim == 0 else value.copy()

    def write(self: RowView, value: Any) -> None:
        getattr(getattr(self.model.state, table), name)[self.row] = value

    return property(read, write)


def _with_cells(cls: type[RowView]) -> type[RowView]:
    for column in TABLES[cls.table][1]:
        prop = _cell(cls.table, column.name)
        prop.__doc__ = f"{column.meaning} [{column.unit}]"
        setattr(cls, column.name, prop)
    return cls


@_with_cells
class Worker(RowView):
    """A person."""

    table = "workers"


@_with_cells
class Firm(RowView):
    """An establishment."""

    table = "firms"


@_with_cells
class Project(RowView):
    """An industrial project."""

    table = "projects"


VIEWS: tuple[type[RowView], ...] = (Worker, Firm, Project)
