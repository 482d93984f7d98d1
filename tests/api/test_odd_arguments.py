"""Whatever is given to the functions of Python: an answer, or one line that says what is wrong."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import numpy as np
import pytest

import rebound_sim as rb
from programme_folder import store
from rebound_sim.api.execution import Execution
from rebound_sim.errors import ReboundError

ODD = (
    None, True, False, -1, 0, 1, 3, 1.5, 2.0, float("nan"), float("inf"), 10**30, "", " ", "x",
    "0,08", "1e3", "nan", "été", "a\nb", "-x", "con", "x" * 300, "\x00", b"x", [], [[]], ["x"],
    (), (1, 2), {}, {"a": 1}, {1: "a"}, {12: 1.0}, {"12": 0.5, 13: 0.5}, set(), object(), len,
    Path(), Path("absent.csv"), Path("absent.py"), Path("absent.toml"), np.int64(3),
    np.float64(0.5), np.array([1, 2]), date(2024, 1, 1), Decimal("1.5"), range(3), lambda: 0,
    Exception, 1j, "merit", "rebond", "Vierzon", "CH", "declared",
)  # fmt: skip


class Simulated(Exception):
    """The question was accepted."""


@pytest.fixture
def asked(monkeypatch, tmp_path):
    def simulated(_how, experiment, out, *_):
        assert experiment.numbers and experiment.world.digest() and isinstance(out, Path)
        experiment.manifest(["x"])
        raise Simulated

    monkeypatch.setattr(Execution, "carry_out", simulated)
    monkeypatch.chdir(tmp_path)


WORLD = rb.zone("Vierzon").close(jobs=100, sector="CH")
CALLS = {
    "zone": lambda x: rb.zone(x),
    "zone months": lambda x: rb.zone("Vierzon", months=x),
    "close jobs": lambda x: WORLD.close(jobs=x, sector="CH"),
    "close sector": lambda x: WORLD.close(jobs=5, sector=x),
    "close month": lambda x: WORLD.close(jobs=5, sector="CH", month=x),
    "close layoffs": lambda x: WORLD.close(jobs=5, sector="CH", layoffs=x),
    "close insolvent": lambda x: WORLD.close(jobs=5, sector="CH", insolvent=x),
    "close group": lambda x: WORLD.close(jobs=5, sector="CH", group_employees=x),
    "close takeover": lambda x: WORLD.close(jobs=5, sector="CH", takeover_probability=x),
    "close zone": lambda x: WORLD.close(jobs=5, sector="CH", zone=x),
    "change months": lambda x: WORLD.change(months=x),
    "change parameter": lambda x: WORLD.change(search__effort_decay=x),
    "load": lambda x: rb.load(x),
    "load zone": lambda x: rb.load("france2030_auto", zone=x),
    "load setting": lambda x: rb.load("france2030_auto", programme__envelope_eur=x),
    "run world": lambda x: rb.run(x),
    "run policies": lambda x: rb.run(WORLD, x),
    "run replications": lambda x: rb.run(WORLD, replications=x),
    "run months": lambda x: rb.run(WORLD, months=x),
    "run seed": lambda x: rb.run(WORLD, seed=x),
    "run parameters": lambda x: rb.run(WORLD, parameters=x),
    "run workers": lambda x: rb.run(WORLD, workers=x),
    "run group": lambda x: rb.run(WORLD, group=x),
    "run out": lambda x: rb.run(WORLD, out=x),
    "compare arms": lambda x: rb.compare(arms=x),
    "compare worlds": lambda x: rb.compare(worlds=x),
    "compare lucks": lambda x: rb.compare(lucks=x),
    "compare plan": lambda x: rb.compare(plan=x),
    "compare zones": lambda x: rb.compare(zones=x),
    "sweep": lambda x: rb.sweep(x),
    "sweep replications": lambda x: rb.sweep("absent.toml", replications=x),
    "sweep workers": lambda x: rb.sweep("absent.toml", workers=x),
    "sweep resume": lambda x: rb.sweep("absent.toml", resume=x),
    "open": lambda x: rb.open(x),
    "Comparison": lambda x: rb.Comparison(x),
    "SweepResults": lambda x: rb.SweepResults(x),
    "explain": lambda x: rb.explain(x),
    "BasinModel": lambda x: rb.BasinModel(x),
    "load_plan": lambda x: rb.load_plan(x),
    "load_policy": lambda x: rb.load_policy(x),
    "load_world": lambda x: rb.load_world(x),
    "load_scenario": lambda x: rb.load_scenario(x),
    "read_results": lambda x: rb.read_results(x),
    "basins": lambda x: rb.basins(x),
}


#: Of the results `r` of a comparison.
METHODS = {
    "effects": lambda r, x: r.effects(x),
    "table": lambda r, x: r.table(x),
    "ledger": lambda r, x: r.ledger(by=x),
    "ledger of two": lambda r, x: r.ledger(by=["zone", x]),
    "ledger mean": lambda r, x: r.ledger(mean=x),
    "panel": lambda r, x: r.panel(x),
    "panel arm": lambda r, x: r.panel("workplace_employment", arm=x),
    "panel zone": lambda r, x: r.panel("workplace_employment", zone=x),
    "panel month": lambda r, x: r.panel("workplace_employment", month=x),
    "trajectories": lambda r, x: r.trajectories(x),
    "plot": lambda r, x: r.plot(x if x is not None else "no"),
    "plot lang": lambda r, x: r.plot("strategies", lang=x),
    "report lang": lambda r, x: r.report("out", lang=x),
    "report config": lambda r, x: r.report("out", "xx", config=x),
    "save": lambda r, x: r.save(x),
    "column": lambda r, x: r.effects()[x],
    "where": lambda r, x: r.effects().where(outcome=x),
    "plot of a table": lambda r, x: r.effects().plot(x),
}


@pytest.mark.usefixtures("asked")
@pytest.mark.parametrize("name", [(), ("france2030_auto",), ("france2030_auto.toml",)])
def test_the_shipped_programme_needs_no_file(name):
    """A refusal is an answer to the odd values below; here only the programme is."""
    assert rb.load(*name).record.programme.envelope_eur == 100_000_000
    with pytest.raises(Simulated):
        rb.compare(*name)


@pytest.fixture(scope="module")
def results(tmp_path_factory):
    return rb.Comparison(store(tmp_path_factory.mktemp("results") / "out", lambda *_: None))


@pytest.mark.usefixtures("asked")
@pytest.mark.parametrize("call", METHODS)
def test_methods_of_results_answer_in_one_line_too(call, results):
    answers_or_refuses(lambda value: METHODS[call](results, value))


@pytest.mark.usefixtures("asked")
@pytest.mark.parametrize("call", CALLS)
def test_an_answer_or_one_line(call):
    answers_or_refuses(CALLS[call])


def answers_or_refuses(ask):
    """An answer, or one line, for every odd value."""
    wrong = []
    for value in ODD:
        try:
            ask(value)
        except ReboundError as fault:
            if "\n" in str(fault):
                wrong.append((value, str(fault)))
        except Simulated:
            pass
        except Exception as fault:
            wrong.append((value, repr(fault)[:150]))
    assert wrong == [], f"{len(wrong)} of {len(ODD)}"
