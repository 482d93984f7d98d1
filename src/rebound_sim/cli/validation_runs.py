"""What `rebound validate` simulates, and where it keeps its runs."""

from __future__ import annotations

import hashlib
from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from rebound_sim.api.execution import Execution
    from rebound_sim.calibration import Repetitions
    from rebound_sim.calibration.replays.together import Past
    from rebound_sim.statistics.validation import MomentComparison


@contextmanager
def keeping(
    how: Repetitions, out: Path | None, case: Path | None, means: Execution
) -> Iterator[Repetitions]:
    """The same, which keeps its runs in the folder of the results, if there is one."""
    from rebound_sim.experiment.kept import opened_kept
    from rebound_sim.experiment.shards import SHARDS

    if out is None:
        yield how
        return
    told = "" if case is None else hashlib.sha256(case.read_bytes()).hexdigest()[:16]
    question, folder = how.question(case=told), out
    if how.shard is not None:
        folder = out / SHARDS / how.shard.name
    with opened_kept(
        folder, question, resume=means.resume, overwrite=means.overwrite, beside=True
    ) as kept:
        yield replace(how, kept=kept)


def measured(
    only: tuple[str, ...], case: Path | None, how: Repetitions, means: Execution
) -> tuple[list[MomentComparison], Past]:
    """Moments beside their sources, and replays of the past; of a case of the user, its replay.

    Of a shard neither: its runs are kept.
    """
    from rebound_sim.api.progress import shown_progress
    from rebound_sim.calibration import chosen
    from rebound_sim.calibration.moments.run import measure_until
    from rebound_sim.calibration.replays import together
    from rebound_sim.statistics.validation import compare_moments

    if case is not None:
        with shown_progress("replay of your case") as watcher:
            return [], together.replay_case(case, replace(how, watcher=watcher))
    named = tuple(name for name in only if name != "panel")
    moments = chosen(named) if named or not only else ()
    names = [moment.id for moment in moments]
    families = [family for family in together.FAMILIES if not only or family in only]
    with shown_progress("validation") as watcher:
        how = replace(how, watcher=watcher)
        if how.shard is not None:
            together.simulate_part(names, families, how)
            return [], together.Past((), (), ())
        found, how = measure_until(names, how, means.until, means.cap)
    with shown_progress("replays of the past") as watcher:
        past = together.replay_past(families, replace(how, watcher=watcher))
    return compare_moments(moments, found), past
