"""An optimisation from end to end on three synthetic zones; shrinkage; files that stay."""

import json
from dataclasses import replace

import numpy as np
import pytest

from decision_worlds import table
from programme_worlds import small_programme
from rebound_sim.decision.optimise.answer import Judged, answered
from rebound_sim.decision.optimise.ends import EndsTask
from rebound_sim.decision.optimise.forecast import Forecast
from rebound_sim.decision.optimise.learn import respond
from rebound_sim.decision.optimise.limits import limits_asked, programme_limits
from rebound_sim.decision.optimise.menu import Option, default_menu, read_menu
from rebound_sim.decision.optimise.plans import lines_of, zone_alone
from rebound_sim.decision.optimise.question import Question
from rebound_sim.decision.optimise.race import survivors
from rebound_sim.decision.optimise.rehearsal import rehearsed
from rebound_sim.decision.optimise.responses import CELLS
from rebound_sim.decision.optimise.tables import write_answer
from rebound_sim.decision.optimise.verdict import verdict, words
from rebound_sim.errors import InputError
from rebound_sim.experiment.executors import LocalWorkers
from rebound_sim.experiment.kept import opened_kept
from rebound_sim.experiment.watcher import Watcher
from rebound_sim.parameters.ensemble import ParameterChoice
from rebound_sim.policies import StrategyChoice, load_plan
from rebound_sim.policies.arm import REFERENCES, Arm
from rebound_sim.policies.taught import Taught, taught_in, write_taught
from rebound_sim.statistics.programme.best import chances_of_best

MENU = (
    Option("nothing", 0, 0, 3, 6),
    Option("days", 60, 0, 3, 6),
    Option("grants", 0, 2_000_000, 3, 6),
    Option("late", 60, 2_000_000, 9, 12),
)
SETS = ParameterChoice(
    "ensemble", tuple({"projects.detection": x} for x in (0.02, 0.03, 0.04, 0.05))
)


def question(limits=(), menu=MENU, **more):
    arms = (Arm.of_strategy(StrategyChoice("equal")),)
    return Question(small_programme(months=36), menu, limits, arms, SETS, 4, **more)


@pytest.fixture(scope="module")
def done(tmp_path_factory):
    folder = tmp_path_factory.mktemp("optimise") / "results"
    asked = question()
    with opened_kept(folder, asked.identity(), overwrite=False, resume=False) as parts:
        answer = answered(asked, parts, workers=1)
    write_answer(answer, verdict(answer), folder)
    return folder, answer


def test_plans_respect_the_envelope_and_are_judged_in_other_worlds(done):
    _, answer = done
    assert not set(answer.question.learning) & set(answer.question.judging)
    assert set(answer.responses.worlds) == set(answer.question.learning)
    for judged in answer.judged:
        assert judged.cells["jobs"].shape == (3, len(answer.question.judging))
        if judged.choice is not None:
            assert judged.allocated <= 6_000_000
    assert {judged.arm for judged in answer.judged} >= {"best_mean", "equal"}


def test_nothing_gives_nothing_and_the_table_adds_up_the_menu(done):
    _, answer = done
    assert (answer.raw.jobs[:, 0] == 0).all() and (answer.raw.spent[:, 0] == 0).all()
    assert (answer.raw.spent[:, 1] > 0).all() and (answer.raw.spent[:, 1] <= 90_000).all()
    assert answer.raw.lost.tolist() == [60, 30, 20]


def test_a_plan_file_simulated_again_gives_the_jobs_that_were_judged(done):
    folder, answer = done
    plan = load_plan(folder / "plans" / f"{answer.chosen.arm}.csv")
    number = answer.question.judging[0]
    world = answer.question.in_world(number)
    ends = EndsTask("again", world, (Arm.of_plan(plan),), 0, number)()
    assert ends.fault == ""
    rows = [ends.zones.index(code) for code in answer.question.closing]
    assert np.array_equal(ends.cells["jobs"][rows, 0], answer.chosen.cells["jobs"][:, 0])
    assert np.array_equal(ends.cells["spent"][rows, 0], answer.chosen.cells["spent"][:, 0])


def test_a_second_run_simulates_nothing_and_another_question_is_refused(done):
    folder, answer = done
    asked, told = question(), []
    with opened_kept(folder, asked.identity(), overwrite=False, resume=True) as parts:
        watcher = Watcher(said=told.append)
        again = answered(asked, parts, workers=1, watcher=watcher)
    assert np.array_equal(again.chosen.choice, answer.chosen.choice)
    assert not any("ompil" in line for line in told)
    with (
        pytest.raises(InputError, match="another question"),
        opened_kept(folder, question(seed=3).identity(), overwrite=False, resume=True),
    ):
        pass
    with (
        pytest.raises(InputError, match="exists"),
        opened_kept(folder, asked.identity(), overwrite=False, resume=False),
    ):
        pass


class Stopping(LocalWorkers):
    """Workers that are interrupted after so many results, several times."""

    def __init__(self, after):
        super().__init__(1)
        self.after, self.count_done = after, 0

    def run(self, jobs, pace=None):
        for result in super().run(jobs, pace):
            if self.after and self.count_done == self.after[0]:
                self.after.pop(0)
                raise KeyboardInterrupt
            self.count_done += 1
            yield result


def test_a_run_stopped_twice_goes_on_and_gives_the_same_answer(done, tmp_path):
    """Stopped while it learns and while it judges: what is done is kept, the answer is the same."""
    _, answer = done
    asked, team = question(), Stopping([4, 8])
    for stops in (True, True, False):
        with opened_kept(tmp_path, asked.identity(), overwrite=False, resume=True) as parts:
            if stops:
                with pytest.raises(KeyboardInterrupt):
                    answered(asked, parts, workers=team)
            else:
                again = answered(asked, parts, workers=team)
    # 6 zones alone, the rehearsal in 2 worlds (and rounds around the best), the judgement in 2.
    assert team.count_done == len(list((tmp_path / ".state" / "tasks").glob("[at]*-*.json")))
    assert np.array_equal(again.chosen.jobs, answer.chosen.jobs)
    assert [a.name for a in again.allocations] == [a.name for a in answer.allocations]


def test_plans_say_which_worlds_chose_them_and_a_comparison_that_meets_these_says_so(done):
    from rebound_sim.api.optimal_plans import flattering
    from rebound_sim.experiment import Experiment

    folder, answer = done
    taught, world = taught_in(folder / "plans"), answer.question.world
    assert taught.worlds == answer.question.learning and taught.plans[0] == answer.chosen.arm
    plan = load_plan(folder / "plans" / "best_mean.csv")
    arms = (Arm.of_plan(plan), Arm.of_strategy(StrategyChoice("equal")))
    for numbers, said in (((2,), "1 of the 1 worlds"), ((0, 1), ""), ((0, 7), "1 of the 2 worlds")):
        asked = Experiment(world, arms, max(numbers) + 1, 0, 8, SETS, numbers)
        assert said in "".join(flattering(asked))
        assert bool(flattering(asked)) == bool(said)
        assert asked.manifest(()).taught == {"best_mean": list(answer.question.learning)}
    other = Experiment(world, arms, 1, 0, 8, ParameterChoice(), (0,))
    assert flattering(other) == [] and other.manifest(()).taught == {}
    mine = folder / "plans" / "mine.csv"
    mine.write_text((folder / "plans" / "best_mean.csv").read_text())
    assert load_plan(mine).taught is None
    mine.unlink()


def test_an_optimisation_takes_the_last_sets_and_leaves_the_first_to_comparisons():
    sets = ParameterChoice("ensemble", SETS.sets * 3)
    asked = Question(small_programme(months=36), MENU, (), (), sets, 9)
    assert asked.judging == (3, 4, 5, 6, 7) and asked.learning == (8, 9, 10, 11)
    assert asked.rehearsing == (8, 9)
    assert asked.reference == "none"
    with pytest.raises(InputError, match="--finalists"):
        Question(small_programme(months=36), MENU, (), (), sets, 9, finalists=0)


def test_optimal_plans_that_ship_are_arms_of_the_default_comparison(tmp_path, monkeypatch):
    from rebound_sim.api.optimal_plans import optimal_plans
    from rebound_sim.scenario import shipped_plans as shipped

    assert len(shipped.shipped_plans()) == len(list(shipped.plans_folder().glob("*.csv")))
    monkeypatch.setattr(shipped, "plans_folder", lambda: tmp_path)
    assert optimal_plans() == ()
    for name in ("fair", "best_mean", "other"):
        (tmp_path / f"{name}.csv").write_text("zone,instrument,days\n2714,engineering,100\n")
    write_taught(Taught("0", "ensemble", (1,), 0, "0.1", ("best_mean", "fair", "gone")), tmp_path)
    assert [file.stem for file in optimal_plans()] == ["best_mean", "fair"]
    with pytest.raises(InputError, match="default programme alone"):
        optimal_plans(tmp_path / "mine.toml")


def test_an_option_has_the_same_cells_whatever_others_are_simulated_beside_it(done, tmp_path):
    """Zones that race know the whole menu, the others what is left of it."""
    _, answer = done
    asked, zones = question(), answer.question.closing
    raced = {2: zones[:1]}
    with opened_kept(tmp_path / "race", asked.identity(), overwrite=False, resume=False) as parts:
        short = respond(asked, parts, {3: zones[1:]}, (0, 3), workers=1)
        whole = respond(asked, parts, raced, (), workers=1)
        same = respond(asked, parts, raced, (0, 3), workers=1)
    assert short.options == same.options == (MENU[0], MENU[3]) and whole.options == MENU
    assert short.seen.tolist() == [[False], [True], [True]] and (short.people > 0).all()
    for name in CELLS:
        cells, own = getattr(same, name), getattr(whole, name)
        assert np.array_equal(cells, own[:, [0, 3]], equal_nan=True)
        assert np.array_equal(own[:1], getattr(answer.raw, name)[:1, :, :1], equal_nan=True)
        assert np.isnan(own[1:]).all()
    alone = EndsTask("alone", *zone_alone(asked.in_world(3), zones[2], (MENU[3],)), 0, 3)()
    assert short.jobs[2, 1, 0] == alone.cells["jobs"][0, 0]
    assert alone.cells["files"].shape == (1, 1, short.files.shape[3])


def test_fewer_workers_than_processors_where_memory_is_short(done, monkeypatch):
    from rebound_sim.decision.optimise.parts import _fitting
    from rebound_sim.experiment import memory

    asked, said = done[1].question, []
    arms = tuple(Arm.of_strategy(StrategyChoice(name)) for name in ("equal", "merit"))
    tasks = [EndsTask(str(n), asked.world, arms, 0, n) for n in range(6)]
    need = memory.bytes_of_world(asked.world, 2)
    assert need < memory.bytes_of_world(asked.world, 12)
    monkeypatch.setattr(memory, "available_workers", lambda: 4)
    for free, count in ((100 * need, 4), (3 * need, 2), (need / 2, 1)):
        monkeypatch.setattr(memory, "free_bytes", lambda free=free: free)
        assert _fitting(tasks, Watcher(said=said.append)) == count
    assert len(said) == 2 and "2 of 4 workers" in said[0] and "--group" not in said[0]


def test_files_and_words_say_what_was_found(done):
    folder, answer = done
    record = json.loads((folder / "optimise.json").read_text(encoding="utf-8"))
    assert {row["arm"] for row in record["judged"]} == {j.arm for j in answer.judged}
    assert {row["arm"] for row in record["rehearsal"]} == {plan.name for plan in answer.plans}
    for name in (
        "judged",
        "judged_worlds",
        "rehearsal",
        "zones",
        "frontier",
        "prices",
        "responses",
    ):
        assert (folder / f"{name}.csv").stat().st_size > 0
    lines = words(answer, verdict(answer))
    assert lines[0].startswith(answer.chosen.arm)
    assert "did not choose it" in lines[0]
    assert any("predicted" in line for line in lines)


def test_fewer_finalists_are_judged_on_the_same_table_beside_every_strategy(done):
    folder, answer = done
    names = ("equal", "merit", "money_only")
    arms = tuple(Arm.of_strategy(StrategyChoice(name)) for name in names)
    asked = replace(question(finalists=1), strategies=arms)
    with opened_kept(folder, asked.identity(), overwrite=False, resume=True) as parts:
        few = answered(asked, parts, workers=1)
    assert {judged.arm for judged in few.judged} == {answer.chosen.arm, *names}
    assert {one.arm for one in few.rehearsal} == {plan.name for plan in few.plans}
    assert [a.choice.tolist() for a in few.allocations] == [
        a.choice.tolist() for a in answer.allocations
    ]
    assert np.array_equal(few.chosen.jobs, answer.chosen.jobs)
    assert "Plans not judged" in words(few, verdict(few))[-1]


def cells(jobs, loss, spent):
    """One zone in one world."""
    return {name: np.array([[x]]) for name, x in (("jobs", jobs), ("loss", loss), ("spent", spent))}


def test_a_rehearsal_keeps_what_no_other_beats_and_what_it_is_told_to():
    arms = {
        "first": cells(100.0, 5.0, 90.0),
        "beaten": cells(99.0, 5.0, 90.0),
        "fairer": cells(40.0, 3.0, 90.0),
        "cheap": cells(20.0, 6.0, 10.0),
        "worst": cells(10.0, 7.0, 95.0),
        "reference": cells(5.0, 8.0, 99.0),
    }
    going = {r.arm for r in rehearsed(arms, ("first", "reference"), 4) if r.judged}
    assert going == {"first", "reference", "fairer", "cheap"}
    going = {r.arm for r in rehearsed(arms, ("first", "reference"), 5) if r.judged}
    assert going == {"first", "reference", "fairer", "cheap", "beaten"}
    assert {r.arm for r in rehearsed(arms, ("none",), 1) if r.judged} == {"first"}


def test_what_is_established_follows_from_worlds_and_from_the_mean_apart(done):
    """Ahead everywhere by amounts that differ tenfold: established in most worlds, not on average.
    Ahead in half of the worlds: neither."""
    _, answer = done
    sets = ParameterChoice("ensemble", SETS.sets * 3)
    asked = replace(answer.question, parameters=sets, worlds=12)
    count = len(asked.judging)
    equal = np.linspace(100.0, 900.0, count)
    uneven = np.array([8.0] * (count - 1) + [4000.0])

    def judged(arm, jobs, choice):
        one = {"jobs": jobs[None], "loss": np.zeros((1, count)), "spent": np.ones((1, count))}
        return Judged(arm, choice, one, 1.0, Forecast(1.0, 0.0, 2.0), 0.0)

    some = np.zeros(3, np.int64)
    half = equal + 50.0 * np.where(np.arange(count) % 2, 1.0, -1.0)
    found = (
        judged("best_mean", equal + uneven, some),
        judged("half", half, some),
        judged("equal", equal, None),
    )
    told = " ".join(
        words(*(lambda a: (a, verdict(a)))(replace(answer, question=asked, judged=found)))
    )
    assert "Established above equal in most worlds, one at a time, 95 %: best_mean." in told
    assert "on average, one" not in told and "half" not in told.split("Plans not judged")[0]


def test_limits_of_a_user_hold_in_every_plan_and_impossible_ones_are_named(done):
    folder, _ = done
    for limit, wrong in (("each grants >= 2000000", None), ("each grants >= 3000000", "each")):
        asked = question((limit,))
        with opened_kept(folder, asked.identity(), overwrite=False, resume=True) as parts:
            if wrong is None:
                answer = answered(asked, parts, workers=1)
                for allocation in answer.allocations:
                    assert all(MENU[o].grants_eur >= 2_000_000 for o in allocation.choice)
            else:
                with pytest.raises(InputError, match=wrong):
                    answered(asked, parts, workers=1)


def test_a_limit_is_read_before_anything_is_simulated():
    for text, said in (("foo", "not a limit"), ("Brest jobs >= 50", "unknown zone or region")):
        with pytest.raises(InputError, match=said):
            question((text,))
    asked = limits_asked(["Chaumont grants ≤ 2,5 M€"], ("4404",), ("Grand Est",))
    assert (asked[0].scope, asked[0].high) == ("4404", 2_500_000)


def test_an_option_may_have_the_name_of_what_is_always_compared():
    _, arms = zone_alone(small_programme(), "north", (Option("none", 60, 0, 3, 6),))
    assert arms[0].name not in REFERENCES and arms[0].does.lines


def test_a_zone_alone_has_no_queue_and_the_calendar_of_its_programme():
    world = small_programme()
    alone, arms = zone_alone(world, "north", MENU)
    assert alone.codes == ("north",) and len(arms) == len(MENU)
    table_of = alone.national()
    assert table_of.window_months == world.national().window_months
    assert table_of.envelope_eur == 2_000_000 + 60 * 1_500


def test_the_default_menu_has_two_dozen_options_that_the_programme_can_do():
    from rebound_sim.decision.optimise.plans import check_menu
    from rebound_sim.scenario import load_world

    rules = load_world().national()
    menu = default_menu(rules, 30)
    assert 20 <= len(menu) <= 30 and len({option.name for option in menu}) == len(menu)
    assert check_menu(menu, rules) == []
    dates = {option.name.rsplit("_", 1)[-1] for option in menu[1:]}
    assert dates == {"early", "late", "first", "spread"}
    # A window of a year has thirds of four months; one of a month has no later.
    for window, most in ((12, 30), (1, 12)):
        short = rules.model_copy(update={"window_months": window})
        options = default_menu(short, 30)
        assert check_menu(options, short) == [] and len(options) == most


def test_a_menu_of_a_user_is_read_and_refused_by_line(tmp_path):
    file = tmp_path / "menu.csv"
    head = "name,days,grants_eur,engineering_start,grants_start\n"
    file.write_text(head + "some,100,1_000_000,6,9\n", encoding="utf-8")
    assert [option.name for option in read_menu(file)] == ["nothing", "some"]
    for text, said in (
        ("some,ten,0,6,9\n", "line 2"),
        ("a,1,0,6,9\na,2,0,6,9\n", "twice"),
        (",1,0,6,9\n", "name"),
        ("", "options"),
    ):
        file.write_text(head + text, encoding="utf-8")
        with pytest.raises(InputError) as error:
            read_menu(file)
        assert said in str(error.value).replace(":2", " line 2")
    with pytest.raises(InputError, match="programme cannot do"):
        question(menu=(MENU[0], Option("long", 10_000, 0, 3, 6)))


def test_help_in_parts_is_a_line_a_part_that_adds_up():
    option = Option("parts", 200, 1_000_000, 6, 9, 3, 12)
    lines = lines_of("2714", option)
    assert [(one.start, one.days) for one in lines[:3]] == [(6, 68), (18, 66), (30, 66)]
    assert sum(one.amount_eur for one in lines[3:]) == 1_000_000
    assert [one.start for one in lines[3:]] == [9, 21, 33]


def test_the_race_keeps_what_choices_use_and_every_kind():
    """Of two sizes of grants one is worth nothing more than half of it: it goes; engineering in
    parts is worst of all, and stays, the only one of its kind."""
    menu = (
        Option("nothing", 0, 0, 3, 6),
        Option("grants", 0, 1_000_000, 3, 6),
        Option("twice", 0, 2_000_000, 3, 6),
        Option("days", 100, 0, 3, 6),
        Option("parts", 100, 0, 3, 6, 3, 12),
    )
    luck = np.random.default_rng(4)
    jobs = luck.gamma(9, 5, (10, 1, 2)) * np.array([0, 1, 1.01, 0.5, 0.1])[None, :, None]
    jobs[:, 1:] += luck.normal(0, 1, (10, 4, 2))
    first = table(jobs, options=menu)
    rules = small_programme().national().model_copy(update={"envelope_eur": 8_000_000})
    kept = survivors(first, programme_limits(rules, first))
    assert [menu[place].name for place in kept] == ["nothing", "grants", "days", "parts"]


def test_the_best_of_judged_arms_uses_the_same_rule_as_a_comparison(done):
    _, answer = done
    values = np.stack([np.zeros(2), *(judged.jobs for judged in answer.judged)])
    names = ("none", *(judged.arm for judged in answer.judged))
    expected = {b.arm: b.chance for b in chances_of_best(names, values)}
    assert {n: b.chance for n, b in verdict(answer).best.items()} == expected


def test_a_plan_stands_beside_strategies_in_a_comparison(done, tmp_path):
    from rebound_sim.policies import load_plan
    from rebound_sim.programme import simulate
    from rebound_sim.scenario import completed_plan

    folder, answer = done
    plan = load_plan(folder / "plans" / "best_mean.csv")
    completed_plan(plan, answer.question.world)
    number = answer.question.judging[0]
    arms = (Arm.of_plan(plan), Arm.of_strategy(StrategyChoice("equal")))
    result = simulate(answer.question.in_world(number), arms, 0, number)
    assert set(result.runs["arm"]) == {"no_shock", "none", "best_mean", "equal"}
    assert set(result.runs["status"]) == {"done"}
    wrong = tmp_path / "wrong.csv"
    wrong.write_text("zone,instrument,amount,days,start,end\nnorth,grants,90000000,,6,\n")
    with pytest.raises(InputError, match="north"):
        completed_plan(load_plan(wrong), answer.question.world)
