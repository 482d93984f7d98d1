"""Messages of one line, which survive a process boundary."""

import pickle
from pathlib import Path

import pytest

from rebound_sim.errors import EngineError, InputError, nearest
from rebound_sim.scenario import load_world


def test_message_names_file_line_key_value_and_what_is_allowed():
    error = InputError(
        "out of range",
        file="a.toml",
        line=3,
        key="time.months",
        value=0,
        allowed=">= 1",
        nearest="12",
    )
    expected = "a.toml:3: time.months: out of range, got 0 (allowed: >= 1; did you mean 12?)"
    assert str(error) == expected
    assert error.exit_code == 2
    assert EngineError("x").exit_code == 3


def test_message_stays_on_one_line_and_short():
    error = InputError("wrong\ntype", value="x" * 1000 + "\n")
    assert "\n" not in str(error)
    assert len(str(error)) < 120


def test_error_crosses_a_process_boundary_whole():
    error = InputError("wrong", file="f", line=2, key="k", value=1, allowed="a", nearest="n")
    copy = pickle.loads(pickle.dumps(error))
    assert vars(copy) == vars(error)
    assert str(copy) == str(error)


def test_located_keeps_the_place_that_is_known():
    error = InputError("wrong", file="policy.toml", line=4)
    assert error.located(file="--policy", line=9, key="k").message == "policy.toml:4: k: wrong"


def test_nearest_name_does_not_depend_on_the_order_of_candidates():
    assert nearest("Rebnd", ["none", "rebond"]) == "rebond"
    assert nearest("ab", ["abd", "abc"]) == nearest("ab", ["abc", "abd"]) == "abc"
    assert nearest("zzzz", ["none", "rebond"]) is None


def test_other_problems_of_a_file_are_told_with_the_first(tmp_path):
    world = tmp_path / "world.toml"
    world.write_text(
        'title = "x"\n[time]\nmonths = 0\n[[zone]]\ncode = "0051"\nlabel = 3\n'
        '[[zone.closure]]\nsector = "CL"\njobs = -1\n'
    )
    with pytest.raises(InputError) as caught:
        load_world(world)
    text = str(caught.value)
    assert text.startswith(f"{world}:3:1: time.months: out of range (also line 6: zone.0.label: ")
    assert "line 9: zone.0.closure.0.jobs: out of range" in text


@pytest.mark.parametrize(
    ("fault", "words"),
    [
        (PermissionError(13, "Permission denied", "/x/y"), "rebound: /x/y: Permission denied\n"),
        (ValueError("two\nlines"), "a fault of the program, not of what was given: ValueError: t"),
    ],
)
def test_a_fault_that_nothing_foresaw_is_one_line(fault, words, monkeypatch, capsys):
    from rebound_sim.cli import main

    def fail(**_):
        raise fault

    monkeypatch.setattr(main.cli, "main", fail)
    monkeypatch.setattr("signal.signal", lambda _number, _handler: None)
    monkeypatch.setattr(main, "prepare_streams", lambda **_: None)
    with pytest.raises(SystemExit) as ended:
        main.entry_point()
    text = capsys.readouterr().err
    assert ended.value.code == 3 and text.count("\n") == 1 and words in text
    if "details: " in text:
        place = Path(text.rpartition("details: ")[2].strip(")\n"))
        assert "Traceback" in place.read_text("utf-8")
        place.unlink()
    monkeypatch.setenv(main.TRACEBACK, "1")
    with pytest.raises((ValueError, SystemExit)):
        main.entry_point()
