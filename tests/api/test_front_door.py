"""The front door in Python: worlds in a few words, results as tables, mistakes told."""

import subprocess
import sys
from pathlib import Path

import pytest

import rebound_sim as rb
from programme_folder import store
from rebound_sim.errors import InputError
from rebound_sim.statistics.comparable import panels_of
from rebound_sim.statistics.programme.files import write_tables
from rebound_sim.statistics.programme.summary import Summary

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    def tables_only(place):
        write_tables(Summary(panels_of(place)), place)

    return rb.open(store(tmp_path_factory.mktemp("api") / "results", tables_only))


def test_effects_are_a_frame_with_units(made):
    table = made.effects("additional_jobs")
    frame = table.to_frame()
    assert len(frame) == len(table) > 0 and set(frame["outcome"]) == {"additional_jobs"}
    assert frame.attrs["units"]["month"] == "month" and frame["estimate"].dtype == float
    stored = (made.folder / "comparison.csv").read_text("utf-8")
    assert stored.count("\nadditional_jobs,") == len(frame)
    merit = table.where(arm="merit", month=48)
    assert len(merit) == 1 and merit["unit"] == ["job"]


def test_every_table_is_short_when_echoed(made):
    tables = [
        made.effects(),
        made.standings(),
        made.pairs(),
        made.zones(),
        made.ledger(),
        made.table("job_account"),
        made.trajectories("unemployed"),
    ]
    for table in tables:
        lines = repr(table).splitlines()
        assert len(lines) <= 10 and max(map(len, lines)) <= 120
        assert "<table>" in table._repr_html_()
        assert len(table.to_frame()) == len(table)
    assert len(repr(made)) < 1000 and "merit" in repr(made)
    assert "<h4>A synthetic programme</h4>" in made._repr_html_()


def test_the_ledger_is_the_mean_of_the_journal(made):
    frame = made.ledger(by=["zone"]).to_frame()
    assert set(frame["arm"]) == {"merit", "equal"} and set(frame["zone"]) == {"0051", "0052"}
    each = made.ledger(by=["zone"], mean=False).to_frame()
    mean = each.groupby(["arm", "zone"])["paid"].sum() / 4
    for row in frame.itertuples():
        assert mean[row.arm, row.zone] == pytest.approx(row.paid)
    assert made.ledger(by="instrument").units["paid"] == "EUR"


def test_figures_show_whatever_the_backend(made):
    figure = made.plot("strategies", lang="fr")
    assert figure._repr_png_().startswith(b"\x89PNG")
    assert made.effects().plot().axes and "pairs" in made.figures()
    with pytest.raises(InputError, match="this table has no figure"):
        made.trajectories("unemployed").plot()


def test_results_are_saved_and_opened(made, tmp_path):
    copy = made.save(tmp_path / "copy")
    assert rb.open(copy).arms == made.arms == ("no_shock", "none", "merit", "equal")
    with pytest.raises(InputError, match="is not replaced"):
        made.save(copy)
    with pytest.raises(InputError, match="not a results folder"):
        rb.open(tmp_path)


def test_a_world_of_a_zone():
    world = rb.zone("Thiers").close(jobs=100, sector="ch", insolvent=True)
    (entry,) = world.record.zone
    assert entry.code == "8417" and entry.closure[0].group == "insolvent"
    assert repr(world) == "<World 'Le Livradois': 1 zone, 1 closure (100 jobs), 120 months>"
    assert world.change(months=24, search__effort_decay=0.08).record.parameters == {
        "search.effort_decay": 0.08
    }
    assert world.zones()["jobs_closed"] == [100]
    assert rb.zone("Thiers").record.zone[0].closure == ()


def test_a_figure_that_stands_for_another_is_a_warning():
    with pytest.warns(UserWarning, match="3202@2001-T4: the unemployment rate"):
        rb.zone("Amiens@2001-T4")
    rb.zone("Amiens@2012-T4")


def test_a_world_is_saved_as_a_file(tmp_path):
    world = rb.zone("Vierzon").close(jobs=180, sector="CH").close(jobs=50, sector="CK", month=6)
    again = rb.load(world.save(tmp_path / "world.toml"))
    assert again.record.digest() == world.record.digest()
    programme = rb.load("france2030_auto", programme__envelope_eur=50_000_000)
    assert programme.record.programme.envelope_eur == 50_000_000


def wrong(call, words):
    with pytest.raises(InputError) as caught:
        call()
    assert words in str(caught.value)


def test_mistakes_are_told(made):
    world = rb.zone("Vierzon").close(jobs=100, sector="CH")
    wrong(lambda: rb.load("franc2030"), "rb.zone(")
    wrong(lambda: rb.zone("Vierzn"), "did you mean 2415 Vierzon?")
    wrong(lambda: rb.zone("Vierzon").close(jobs=10**5, sector="CH"), "more jobs than its sector")
    wrong(lambda: world.change(search__efort=1), "unknown parameter")
    wrong(lambda: rb.run(world, "rebnd"), "did you mean rebond?")
    wrong(lambda: rb.run(world, "merit"), "a world without a programme has policies")
    wrong(lambda: rb.run(world, worker=2), "did you mean workers?")
    wrong(lambda: rb.run(world, replications=0), "out of range")
    wrong(lambda: made.effects("jobs"), "no such outcome")
    wrong(lambda: made.ledger(by="zon"), "did you mean zone?")
    wrong(lambda: made.plot("strategie"), "did you mean strategies?")
    wrong(lambda: made.table("account"), "no such table")
    wrong(lambda: made.effects()["month_"], "did you mean month?")
    wrong(lambda: rb.explain("effort"), "did you mean search.effort_decay")
    wrong(lambda: rb.compare(world, plan=rb.Plan("mine", ())), "the plan has no line")


def test_explanations_and_basins():
    assert rb.explain("search.effort_decay")["unit"] == "1/month"
    assert "search" in rb.explain()["topic"] and len(rb.explain("search")) > 10
    assert len(rb.basins()) == 287 and rb.basins("Thiers").code == "8417"
    assert len(repr(rb.basins("Thiers"))) < 150 and "<table>" in rb.basins("Thiers")._repr_html_()


def test_names_are_there_and_cheap():
    code = "import sys, rebound_sim; print('numpy' in sys.modules, 'pandas' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["False", "False"]
    for name in rb.__all__:
        assert getattr(rb, name) is not None


SCRIPT = '''
import rebound_sim as rb

factor = 2

def ma_regle(desk, budget):
    """Twice."""
    print("deciding")
    return rb.share(desk.jobs_lost * factor, desk.amount, budget, desk.key)

zone = dict(employed_residents=2000, unemployment_rate_percent=8.0, industry_share=0.35,
            establishments=200, area_km2=300.0, places=2, qualification_shares=[0.5, 0.2, 0.1, 0.2])
site = dict(sector="CL", jobs=60, tranches=[dict(month=2, share=1.0)])
world = rb.World.model_validate(dict(
    title="a script", programme=dict(envelope_eur=6_000_000, start_month=3, window_months=18,
                                     strategies=("equal",)),
    time=dict(burn_in_months=6, months=24),
    zone=tuple(dict(code=code, synthetic=zone, closure=(site,)) for code in ("nord", "sud")),
))
c = rb.compare(world, ["equal", ma_regle], replications=2, parameters="declared", workers=2)
print(c.arms, len(c.effects()), c.folder.joinpath("printed", "ma_regle.txt").exists())
'''


@pytest.mark.slow
def test_a_script_without_a_guard_compares_its_own_function_on_two_processes(tmp_path):
    (tmp_path / "script.py").write_text(SCRIPT, encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "script.py"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        timeout=600,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.count("no_shock") == 1  # once, not once for each worker
    assert done.stdout.startswith("('no_shock', 'none', 'equal', 'ma_regle')")
    assert done.stdout.strip().endswith("True")
