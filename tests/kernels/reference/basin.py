"""The reference's state: plain objects and lists, with cells as precise as the columns.

`Basin.load` copies a state at t = 0; `Basin.differences` compares every cell with a state.
"""

import itertools
import types

import numpy as np

from rebound_sim.state.columns import TABLES
from rebound_sim.state.market import Market

MASK = 2**64 - 1
LINKS = ("next_member", "previous_member", "first_member", "last_member", "members", "employment")
#: Columns that hold no fact: what spares the kernels work, as the reference looks at everyone, and
#: what the reference holds as lists.
NOT_KEPT = ("watch", *LINKS)


class Row:
    """One row of a table. Writing a cell rounds it as its column does."""

    def __setattr__(self, name, value):
        kind = self.kinds.get(name)
        if kind == "f4":
            value = float(np.float32(value))
        elif kind is not None:
            value = int(value)
        object.__setattr__(self, name, value)


def row_class(table):
    kinds = {
        column.name: column.dtype for column in TABLES[table][1] if column.name not in NOT_KEPT
    }
    return type(table.capitalize()[:-1], (Row,), {"kinds": kinds})


Worker, Firm, Project = (row_class(table) for table in ("workers", "firms", "projects"))


def rows_of(kind, table):
    out = []
    for k in range(table[0].shape[0]):
        row = kind()
        row.row = k
        for name in kind.kinds:
            setattr(row, name, getattr(table, name)[k].item())
        out.append(row)
    return out


class Basin:
    """People, firms, projects and the zone's numbers."""

    def __init__(self, state):
        self.t = state.t
        self.people = rows_of(Worker, state.workers)
        self.firms = rows_of(Firm, state.firms)
        self.projects = rows_of(Project, state.projects)
        self.zone = types.SimpleNamespace(
            **{name: getattr(state.market, name).tolist() for name in Market._fields}
        )
        self.rates = state.rates
        for firm in self.firms:
            # Staff by level, in order of hiring.
            firm.staff = [[], [], [], []]
            for level in range(4):
                i = int(state.firms.first_member[firm.row, level])
                while i >= 0:
                    firm.staff[level].append(self.people[i])
                    i = int(state.workers.next_member[i])

    def size(self, firm):
        """Employees of a firm."""
        return sum(len(level) for level in firm.staff)

    def columns(self, table):
        """The table as arrays, links of lists included."""
        rows, record = getattr(self, "people" if table == "workers" else table), {}
        for column in TABLES[table][1]:
            if column.name not in NOT_KEPT:
                values = [getattr(row, column.name) for row in rows]
                record[column.name] = np.array(values, dtype=column.dtype)
        if table == "workers":
            record |= self._links()
        if table == "firms":
            staff = [row.staff for row in rows]
            record["employment"] = [self.size(row) for row in rows]
            record["members"] = [[len(level) for level in levels] for levels in staff]
            for name, end in (("first_member", 0), ("last_member", -1)):
                record[name] = [[x[end].row if x else -1 for x in levels] for levels in staff]
        return record

    def _links(self):
        after = np.full(len(self.people), -1)
        before = np.full(len(self.people), -1)
        for firm in self.firms:
            for level in firm.staff:
                for one, other in itertools.pairwise(level):
                    after[one.row], before[other.row] = other.row, one.row
        return {"next_member": after, "previous_member": before}

    def differences(self, state):
        """Every cell that differs from `state`: table, column, row, reference, kernels."""
        out = []
        for table in TABLES:
            for name, values in self.columns(table).items():
                out += _unequal(f"{table}.{name}", values, getattr(getattr(state, table), name))
        for name in Market._fields:
            out += _unequal(f"market.{name}", getattr(self.zone, name), getattr(state.market, name))
        return out


def _unequal(name, reference, kernels):
    reference = np.asarray(reference, dtype=kernels.dtype)
    places = np.argwhere(reference != kernels)
    return [
        (name, tuple(int(k) for k in place), reference[tuple(place)], kernels[tuple(place)])
        for place in places
    ]


# -- Draws, in whole Python numbers -----------------------------------------------------------


def mix(word):
    """Finaliser of SplitMix64."""
    word = ((word ^ (word >> 30)) * 0xBF58476D1CE4E5B9) & MASK
    word = ((word ^ (word >> 27)) * 0x94D049BB133111EB) & MASK
    return word ^ (word >> 31)


def bits(key, entity, other=None):
    """64 bits at an address."""
    word = mix((int(key) + int(entity) * 0x9E3779B97F4A7C15) & MASK)
    if other is None:
        return word
    return mix((word + int(other) * 0xD1B54A32D192ED03) & MASK)


def next_word(word, number):
    """64 more bits from those of an address."""
    return mix((word + (number + 1) * 0xD1B54A32D192ED03) & MASK)


def unit(word):
    """Uniform in (0, 1) from the upper 52 bits."""
    return ((word >> 12) + 0.5) / 2.0**52


def uniform(key, entity, other=None):
    """Uniform in (0, 1) at an address."""
    return unit(bits(key, entity, other))


# -- Rules, run by the interpreter ------------------------------------------------------------


def interpreted(module):
    """The functions of a module of rules without compilation, down to what they call."""
    done = {}

    def plain(function):
        source = function.py_func
        if source not in done:
            done[source] = None
            names = {
                name: plain(value) if hasattr(value, "py_func") else value
                for name, value in source.__globals__.items()
                if name in source.__code__.co_names
            }
            done[source] = types.FunctionType(source.__code__, {**source.__globals__, **names})
        return done[source]

    return types.SimpleNamespace(
        **{
            name: plain(value) if hasattr(value, "py_func") else value
            for name, value in vars(module).items()
            if not name.startswith("__")
        }
    )
