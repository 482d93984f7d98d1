"""`rebound drivers` and `rebound value` on a folder whose causes are known."""

import csv
import json
import shutil
from dataclasses import replace
from importlib import import_module

import numpy as np
import pytest
from click.testing import CliRunner

from rebound_sim.cli.main import cli
from rebound_sim.decision.drivers.checks import salib_checks
from rebound_sim.decision.drivers.prim import Bound
from rebound_sim.decision.drivers.study import bound_words, of_difference, of_strategy, words
from rebound_sim.decision.drivers.tables import record
from rebound_sim.decision.information.study import information
from rebound_sim.decision.information.study import words as value_words
from rebound_sim.decision.worlds_table import read_worlds, split_most
from rebound_sim.errors import InputError
from rebound_sim.figures import draw, subject_of
from rebound_sim.figures.decision.draw import draw_record
from rebound_sim.json_text import json_text
from rebound_sim.parameters import PARAMETERS
from rebound_sim.parameters.names import LANGUAGES, short_name

DAY, PACE = "instruments.days_effect", "projects.maturation"


def folder_of(path, worlds=240, seed=0, spare=9):
    """Engineering wins where a day does much and projects are slow by themselves; two lucks in
    three worlds; `spare` parameters without effect."""
    luck = np.random.default_rng(seed)
    names = [DAY, PACE, *(f"search.inert_{n}" for n in range(spare)), "wages.constant"]
    inputs = luck.random((worlds, len(names)))
    inputs[:, -1] = 3.0
    wins = (inputs[:, 0] > 0.4) & (inputs[:, 1] < 0.6)
    level = {
        "none": np.zeros(worlds),
        "grants": np.full(worlds, 1_000.0),
        "engineering": np.where(wins, 1_800.0, 500.0) + 300 * inputs[:, 0],
    }
    path.mkdir(parents=True, exist_ok=True)
    with (path / "parameter_sets.csv").open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(["world", *names])
        writer.writerows([n, *row] for n, row in enumerate(inputs.tolist()))
    head = ["arm", "world", "luck", "replication", "outcome", "value", "unit"]
    with (path / "worlds.csv").open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(head)
        for name, base in level.items():
            for world in range(worlds):
                for number in range(2 if world < 3 else 1):
                    jobs = base[world] + (luck.normal(0, 150) if name != "none" else 0.0)
                    keys = [name, world, number, world + number * worlds]
                    writer.writerow([*keys, "additional_jobs", jobs, "job"])
                    writer.writerow([*keys, "public_cost", 0 if name == "none" else 5e7, "EUR"])
    return path


@pytest.fixture(scope="module")
def known(tmp_path_factory):
    return folder_of(tmp_path_factory.mktemp("studies") / "results")


def test_the_two_causes_and_the_box_are_found_and_no_other(known):
    table = read_worlds(known)
    assert "wages.constant" not in table.parameters and table.worlds.size == 240
    assert split_most(table, "additional_jobs") == ("engineering", "grants")
    study = of_difference(table, "engineering", "grants", "additional_jobs")
    assert {d.parameter for d in study.drivers if d.above_chance} == {DAY, PACE}
    text = " ".join(words(study))
    assert f"{short_name(DAY)} is above 0." in text and f"{short_name(PACE)} is below 0." in text
    assert study.box.inside > 0.9 > 0.4 > study.box.outside
    assert {check.parameter for check in study.checks} >= {DAY, PACE}
    deltas = {check.parameter: check.delta for check in study.checks}
    assert min(deltas[DAY], deltas[PACE]) > max(
        value for name, value in deltas.items() if name not in (DAY, PACE)
    )
    assert study.tree[0].share > 0.9


def test_knowing_a_day_is_worth_something_and_an_inert_parameter_nothing(known):
    found = {one.belief.name: one for one in information(read_worlds(known))}
    plain = found["calibrated"]
    worth = {w.parameters: w for w in plain.known}
    assert plain.above_chance(worth[DAY,])
    both = information(read_worlds(known), None, {"both": (DAY, PACE)})[0]
    pair = next(w for w in both.known if both.label(w) == "both")
    assert worth[DAY,].value < pair.value < plain.everything
    for names, one in worth.items():
        if names[0].startswith("search.inert"):
            assert not plain.above_chance(one)
    assert "knowing the effect of a day of engineering" in value_words([plain])[0]
    # In euros, at a price where spending, the same for both, does not matter: as many jobs.
    euros = information(read_worlds(known), 1e6)[0]
    same = next(w for w in euros.known if w.parameters == (DAY,))
    assert same.value == pytest.approx(1e6 * worth[DAY,].value, rel=1e-6)


def test_commands_write_files_and_fit_eighty_columns(known):
    for command, file in (("drivers", "drivers"), ("value", "value")):
        result = CliRunner().invoke(cli, [command, str(known)], catch_exceptions=False)
        assert result.exit_code == 0
        assert all(len(line) <= 80 for line in result.output.splitlines() if "/" not in line)
        assert json.loads((known / f"{file}.json").read_text(encoding="utf-8"))
        with (known / f"{file}.csv").open(encoding="utf-8", newline="") as stream:
            assert len(list(csv.DictReader(stream))) > 8
        record = CliRunner().invoke(cli, [command, str(known), "--json"], catch_exceptions=False)
        assert json.loads(record.output)


def test_wrong_folders_names_and_too_few_worlds_are_refused(tmp_path, known):
    table = read_worlds(known)
    with pytest.raises(InputError, match="grants"):
        table.of("grant", "additional_jobs")
    with pytest.raises(InputError, match="not an outcome"):
        table.of("grants", "jobs")
    with pytest.raises(InputError, match="not a parameter"):
        information(table, None, {"x": ("wages.constant",)})
    with pytest.raises(InputError, match="above 0"):
        information(table, -1.0)
    with pytest.raises(InputError, match="not a results folder"):
        read_worlds(tmp_path)
    with pytest.raises(InputError, match="too few worlds"):
        read_worlds(folder_of(tmp_path / "few", worlds=12))


def _swapped(old, new):
    return lambda text: text.replace(old, new, 1)


@pytest.mark.parametrize(
    ("file", "change", "message"),
    [
        (
            "worlds.csv",
            lambda text: text[: len(text) // 9],
            "two arms|two strateg|not the worlds|cut",
        ),
        ("worlds.csv", lambda text: text[:0], "not the worlds of a comparison"),
        ("worlds.csv", lambda text: text.replace(",", ";"), "not the worlds of a comparison"),
        ("worlds.csv", lambda text: text.replace("additional_jobs", "jobs"), "not an outcome"),
        ("parameter_sets.csv", lambda text: text[: len(text) // 2], "cannot be read"),
        ("parameter_sets.csv", lambda text: text[:0], "cannot be read"),
        ("parameter_sets.csv", _swapped("\n1,0.", "\n1,nan"), "cannot be read"),
        ("parameter_sets.csv", _swapped("\n1,0.", "\n1,inf\n1,0."), "cannot be read"),
        ("parameter_sets.csv", _swapped(PACE, DAY), "cannot be read"),
    ],
)
@pytest.mark.parametrize("command", ["drivers", "value"])
def test_a_damaged_folder_is_refused_in_a_sentence(tmp_path, known, command, file, change, message):
    shutil.copytree(known, tmp_path, dirs_exist_ok=True)
    text = (known / file).read_text(encoding="utf-8")
    assert change(text) != text
    (tmp_path / file).write_text(change(text), encoding="utf-8")
    with pytest.raises(InputError, match=message):
        CliRunner().invoke(cli, [command, str(tmp_path)], catch_exceptions=False)


def test_worlds_where_an_arm_has_no_figure_are_left_out_of_what_knowing_is_worth(tmp_path, known):
    shutil.copytree(known, tmp_path, dirs_exist_ok=True)
    lines = (known / "worlds.csv").read_text(encoding="utf-8").splitlines()
    kept = [x for x in lines if not (x.startswith("grants,") and int(x.split(",")[1]) >= 200)]
    assert len(kept) < len(lines)
    (tmp_path / "worlds.csv").write_text("\n".join(kept), encoding="utf-8")
    plain = information(read_worlds(tmp_path))[0]
    assert plain.worlds == 200 and np.isfinite(plain.everything)
    few = [x for x in lines if not (x.startswith("grants,") and int(x.split(",")[1]) >= 12)]
    (tmp_path / "worlds.csv").write_text("\n".join(few), encoding="utf-8")
    with pytest.raises(InputError, match="too few worlds where every arm has figures"):
        information(read_worlds(tmp_path))


def test_a_folder_without_a_manifest_says_that_its_zones_are_not_known(known):
    for command in ("drivers", "value"):
        said = CliRunner().invoke(cli, [command, str(known)], catch_exceptions=False)
        assert "Which zones this holds for is not known" in " ".join(said.output.split())


def test_tables_that_were_cut_are_refused(tmp_path):
    folder = folder_of(tmp_path / "r", worlds=40)
    head, *lines = (folder / "worlds.csv").read_text("utf-8").splitlines()
    lines.sort(key=lambda line: line.split(",")[4])  # outcome by outcome, as they are written
    (folder / "worlds.csv").write_text("\n".join([head, *lines, ""]), encoding="utf-8")
    for name, told in (
        ("worlds.csv", "the table was cut or edited: .* lines of engineering"),
        ("parameter_sets.csv", r"the parameters of 10 worlds are not there \(world 30 first\)"),
    ):
        whole = (folder / name).read_bytes()
        (folder / name).write_bytes(b"".join(whole.splitlines(keepends=True)[:-10]))
        with pytest.raises(InputError, match=rf"{name}: {told}"):
            read_worlds(folder)
        (folder / name).write_bytes(whole)
    assert read_worlds(folder).worlds.size == 40


def test_what_does_not_vary_or_is_not_defined_has_no_driver(known):
    table = read_worlds(known)
    row = table.strategies.index("grants")
    table.values["additional_jobs"][row, 3:] = np.nan
    with pytest.raises(InputError, match="not defined in enough worlds, got 3"):
        of_strategy(table, "grants", "additional_jobs")
    table.values["additional_jobs"][row] = 7.0
    with pytest.raises(InputError, match=r"the same in all .* worlds, so that nothing decides it"):
        of_strategy(table, "grants", "additional_jobs")
    # SALib has no density of one value.
    assert salib_checks(["x"], np.linspace(0.0, 1.0, 20)[:, None], np.zeros(20)) == []
    table.values["additional_jobs"][row, :5] = [np.nan, 1.0, 2.0, 3.0, 4.0]
    assert of_strategy(table, "grants", "additional_jobs").worlds == table.worlds.size - 1


@pytest.mark.parametrize("language", LANGUAGES)
def test_where_no_box_is_looked_for_the_sentence_and_the_figure_say_so(tmp_path, known, language):
    """What `discover` gives without a parameter above chance (test_drivers)."""
    table = read_worlds(known)
    study = of_difference(table, "engineering", "grants", "additional_jobs")
    none = replace(study.box, bounds=(), outside=np.nan, unseen_inside=np.nan, chance=1.0)
    study = replace(study, box=none)
    assert words(study)[-1].endswith("no box of worlds is looked for.")
    place = tmp_path / "drivers.json"
    place.write_text(json_text(record([study], table.setting)), encoding="utf-8")
    picture = draw("box", subject_of(place), language)
    said = {"en": "no box of worlds", "fr": "aucune boîte de mondes"}[language]
    assert said in picture.alternative


def test_what_cannot_be_drawn_is_told_and_loses_nothing(known, tmp_path, monkeypatch):
    asked = ["drivers", str(known), "--between", "engineering", "grants", "--json"]
    # The package has a function of the module's name.
    monkeypatch.setattr(import_module("rebound_sim.figures.draw"), "draw", lambda *_: 1 / 0)
    done = CliRunner().invoke(cli, asked)
    assert done.exit_code == 0 and "Missing: figure " in done.output
    assert "ZeroDivisionError" in done.output and '"studies"' in done.output
    (tmp_path / "drivers.json").write_text("{}", encoding="utf-8")
    (tmp_path / "figures").write_text("a file", encoding="utf-8")
    assert "cannot be written" in draw_record(tmp_path / "drivers.json")[0]


def test_options_that_are_numbers_are_finite(known):
    for text in ("nan", "inf", "-inf", "1e999", "x"):
        done = CliRunner().invoke(cli, ["value", str(known), "--value-per-job", text])
        assert done.exit_code == 2 and "'--value-per-job'" in done.output


def test_every_parameter_that_varies_has_words_of_its_own_in_both_languages():
    names = [name for name, one in PARAMETERS.items() if one.prior != "fixed"]
    for language in LANGUAGES:
        words = [short_name(name, language) for name in names]
        assert len(set(words)) == len(names)
        assert not set(words) & set(names), "a name in place of words"
        assert max(map(len, words)) <= 54
    assert short_name("mine.own") == "mine.own"


def test_a_side_of_a_box_is_said_in_words_with_its_unit():
    bound = Bound("projects.maturation", -np.inf, 0.05, 1.0)
    assert bound_words(bound) == "pace at which projects mature without help is below 0.05 a month"
    bound = Bound("instruments.days_effect", 0.3, np.inf, 1.0)
    assert bound_words(bound) == "effect of a day of engineering is above 0.3"
