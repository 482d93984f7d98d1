"""What a run tells while it goes: zone-months, phases, and when its folder can be read."""

import pytest

from engine import stub_programme as stub
from rebound_sim.experiment import Watcher
from rebound_sim.experiment.manifest import read_manifest

#: Zone-months of a replication: 3 zones, 5 arms, 14 months.
OF_A_REPLICATION = 3 * 5 * 14


def told(out, workers, replications=5):
    """Calls of a watcher during a run."""
    done, read = [], []

    def readable(folder):
        manifest = read_manifest(folder)
        read.append((manifest.done, manifest.complete))

    watcher = Watcher(advanced=lambda n, of: done.append((n, of)), readable=readable)
    stub.run(
        stub.experiment(replications),
        out,
        workers=workers,
        watcher=watcher,
        simulate=stub.simulate_by_months,
    )
    return done, read


@pytest.mark.parametrize("workers", [1, 2])
def test_zone_months_grow_to_the_whole(tmp_path, workers):
    done, _ = told(tmp_path / "out", workers)
    counts = [n for n, _ in done]
    assert {of for _, of in done} == {5 * OF_A_REPLICATION}
    assert counts == sorted(counts)
    assert (counts[0], counts[-1]) == (0, 5 * OF_A_REPLICATION)


def test_months_are_told_inside_a_replication(tmp_path):
    done, _ = told(tmp_path / "out", workers=1)
    assert 0 < done[1][0] < OF_A_REPLICATION


def test_the_folder_can_be_read_after_the_first_the_second_and_the_fourth(tmp_path):
    _, read = told(tmp_path / "out", workers=1)
    assert read == [(1, False), (2, False), (4, False)]
    assert read_manifest(tmp_path / "out").complete
