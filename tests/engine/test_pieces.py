"""The first replication in pieces gives what it gives whole."""

from dataclasses import replace

import numpy as np
import pytest

from engine import stub_programme as stub
from rebound_sim.errors import EngineError
from rebound_sim.experiment import Watcher, pieces, read_results
from rebound_sim.experiment.manifest import read_manifest
from rebound_sim.experiment.task import Setting, Task
from rebound_sim.policies.arm import REFERENCES

NAMES = ("equal", "merit", "pipeline", "money_only", "engineering_only")


def results(out, monkeypatch, count, **options):
    monkeypatch.setattr(pieces, "PIECES", count)
    calls = []

    def simulate(world, arms, seed, replication):
        calls.append((replication, tuple(arm.name for arm in arms)))
        return stub.simulate_by_months(world, arms, seed, replication)

    stub.run(stub.experiment(2, NAMES), out, simulate=simulate, **options)
    return calls


def test_tables_and_sum_are_those_of_one_task(tmp_path, monkeypatch):
    whole = results(tmp_path / "whole", monkeypatch, 1)
    cut = results(tmp_path / "cut", monkeypatch, 2)
    assert whole == [(0, NAMES), (1, NAMES)]
    assert cut == [(0, NAMES[::2]), (0, NAMES[1::2]), (1, NAMES)]
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


def test_references_that_differ_are_a_defect():
    setting = Setting(stub.simulate, stub.experiment(1, NAMES), (stub.experiment(1, NAMES).arms,))
    halves = [Task(setting, 0, 0, piece, 2)() for piece in range(2)]
    arms = {name for half in halves for _, name in half.blobs}
    assert arms == {*REFERENCES, *NAMES}
    assert pieces.joined(halves).reference == halves[0].reference
    with pytest.raises(EngineError, match="report this as a defect"):
        pieces.joined([halves[0], replace(halves[1], reference="other")])
