"""The first replication in pieces gives what it gives whole."""

import numpy as np
import pytest

from engine import stub_programme as stub
from rebound_sim.errors import EngineError
from rebound_sim.experiment import Watcher, pieces, read_results
from rebound_sim.experiment.executors import LocalWorkers
from rebound_sim.experiment.manifest import read_manifest
from rebound_sim.experiment.task import Task, WorkerSetting
from rebound_sim.policies.arm import REFERENCES

NAMES = ("equal", "merit", "pipeline", "money_only", "engineering_only")


def results(out, monkeypatch, count, several=True, **options):
    """Calls of the engine: replication, arms. The tasks stay in this process."""
    monkeypatch.setattr(pieces, "PIECES", count)
    monkeypatch.setattr(LocalWorkers, "count", 2 if several else 1)
    calls = []

    def simulate(world, arms, seed, replication, references=True):
        names = REFERENCES if references else ()
        calls.append((replication, (*names, *(arm.name for arm in arms))))
        return stub.simulate_by_months(world, arms, seed, replication, references)

    stub.run(stub.experiment(2, NAMES), out, simulate=simulate, **options)
    return calls


def test_tables_and_sum_are_those_of_one_task(tmp_path, monkeypatch):
    whole = results(tmp_path / "whole", monkeypatch, 1)
    cut = results(tmp_path / "cut", monkeypatch, 2)
    every = (*REFERENCES, *NAMES)
    assert whole == [(0, every), (1, every)]
    assert cut == [(0, (*REFERENCES, *NAMES[3:])), (0, NAMES[:3]), (1, every)]
    one, other = (read_results(tmp_path / name) for name in ("whole", "cut"))
    for table in ("runs", "trajectories", "ledger", "projects"):
        columns, others = one.table(table), other.table(table)
        assert {*columns} == {*others}, table
        for name, column in columns.items():
            assert np.array_equal(column, others[name]), (table, name)
    one, other = (read_manifest(tmp_path / name) for name in ("whole", "cut"))
    assert one.results_digest == other.results_digest
    assert one.done == other.done == 2


def test_zone_months_grow_to_the_whole_with_pieces(tmp_path, monkeypatch):
    told = []
    watcher = Watcher(advanced=lambda done, of: told.append((done, of)))
    results(tmp_path / "out", monkeypatch, 2, watcher=watcher)
    counts = [done for done, _ in told]
    assert counts == sorted(counts)
    assert told[-1][0] == told[-1][1] == 2 * 3 * 7 * 14


def test_a_lost_piece_is_a_lost_task(tmp_path, monkeypatch):
    monkeypatch.setenv("STUB_FAILS", "0")
    with pytest.raises(EngineError, match="1 of 2 tasks failed"):
        results(tmp_path / "out", monkeypatch, 2)
    assert read_manifest(tmp_path / "out").failures[0]["replication"] == 0


def test_few_arms_and_single_zones_are_not_cut():
    few, one = stub.experiment(2, NAMES[:3]), stub.experiment(2, NAMES, programme=stub.programme(1))
    assert [pieces.pieces_of(what, 0, 0) for what in (few, one)] == [1, 1]
    assert [pieces.pieces_of(stub.experiment(2, NAMES), r, 0) for r in (0, 1)] == [2, 1]


def test_one_worker_has_nothing_to_gain(tmp_path, monkeypatch):
    calls = results(tmp_path / "out", monkeypatch, 2, several=False)
    assert calls == [(r, (*REFERENCES, *NAMES)) for r in (0, 1)]


@pytest.mark.parametrize("count", [1, 2, 3])
@pytest.mark.parametrize("arms", [4, 5, 8, 13])
def test_pieces_have_as_many_arms_each(arms, count):
    names = tuple(f"{number}" for number in range(arms))
    parts = [pieces.arms_of(names, piece, count) for piece in range(count)]
    assert sorted(name for part in parts for name in part) == sorted(names)
    sizes = [len(parts[0]) + len(REFERENCES), *map(len, parts[1:])]
    assert max(sizes) - min(sizes) <= 1


def test_references_are_simulated_in_one_piece():
    setting = WorkerSetting(
        stub.simulate, stub.experiment(1, NAMES), (stub.experiment(1, NAMES).arms,)
    )
    halves = [Task(setting, 0, 0, piece, 2)() for piece in range(2)]
    arms = [name for half in halves for table, name in half.blobs if table == "runs"]
    assert sorted(arms) == sorted([*REFERENCES, *NAMES])
    whole = Task(setting, 0, 0)()
    assert pieces.joined(halves).reference == whole.reference
    assert pieces.joined(halves).total == whole.total
