"""JSON and CSV that one command writes and another reads."""

import json
import math
from pathlib import Path

import numpy as np
import pytest

from rebound_sim.errors import InputError
from rebound_sim.json_text import json_text
from rebound_sim.records import read_record, read_rows

SOURCES = Path(__file__).resolve().parent.parent / "src" / "rebound_sim"


def test_json_has_no_nan_and_keeps_letters():
    value = {"é": (1.5, math.nan, [math.inf, np.float64("-inf")]), "n": None, "t": "nan"}
    text = json_text(value)
    assert json.loads(text, parse_constant=pytest.fail) == {
        "é": [1.5, None, [None, None]], "n": None, "t": "nan"
    }  # fmt: skip
    assert "é" in text


def test_commands_and_result_files_write_json_in_one_way():
    """A module that has its own way writes what cannot hold NaN: texts, digests, checked values."""
    rooms = ("cli", "decision/optimise/tables.py", "decision/drivers", "decision/information")
    found = [
        path.relative_to(SOURCES).as_posix()
        for room in rooms
        for path in ([SOURCES / room] if room.endswith(".py") else (SOURCES / room).rglob("*.py"))
        if "json.dumps(" in path.read_text(encoding="utf-8")
    ]
    assert found == []


@pytest.mark.parametrize("text", ["", "[]", "3", "{", "null", '{"a": ', "\x00", "[" * 100_000])
def test_what_is_no_record_is_refused(text, tmp_path):
    file = tmp_path / "drivers.json"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(InputError, match=r"drivers\.json: cannot be read"):
        read_record(file)


def test_a_key_that_is_lost_is_a_fault_of_the_file(tmp_path):
    file = tmp_path / "optimise.json"
    file.write_text('{"judged": [{"arm": "merit"}]}', encoding="utf-8")
    record = read_record(file)
    assert record["judged"][0]["arm"] == "merit" and record.get("race") is None
    with pytest.raises(InputError, match=r"optimise\.json: median: not whole, or of another"):
        record["judged"][0]["median"]


def test_rows_of_a_table_are_whole(tmp_path):
    file = tmp_path / "judged.csv"
    file.write_text("arm,jobs\nmerit,3\n", encoding="utf-8")
    (row,) = read_rows(file)
    assert row["jobs"] == "3"
    with pytest.raises(InputError, match=r"judged\.csv: plan: not whole"):
        row["plan"]
    for text in ("arm,jobs\nmerit\n", "arm,jobs\nmerit,3,4\n"):
        file.write_text(text, encoding="utf-8")
        with pytest.raises(InputError, match="shorter or longer than its header"):
            read_rows(file)
    for broken in (b"arm\n\xff\xfe", b'a\n"' + b"x" * 200_000):
        file.write_bytes(broken)
        with pytest.raises(InputError, match="cannot be read"):
            read_rows(file)
    with pytest.raises(InputError, match="cannot be read"):
        read_rows(tmp_path)
