"""Names of results that Windows would refuse, or change without a word."""

from pathlib import Path

import pytest

from rebound_sim.errors import InputError
from rebound_sim.experiment.printed import keep_printed
from rebound_sim.experiment.windows_names import refuse_names

REFUSED = ("results/con", "results/AUX", "aux.csv/x", "Com1", "lpt9.txt", "results/été.", "a /b",
           "what?", "a:b", 'a"b', "a|b", "a\nb")  # fmt: skip
KEPT = ("results/été à Vierzon", "../con_1", "./console", "com10", ".hidden", "a.b", "auxiliaire")


@pytest.mark.parametrize("name", REFUSED)
def test_refused_on_windows_alone(name):
    with pytest.raises(InputError, match="--out: Windows cannot keep"):
        refuse_names(Path(name), system="nt")
    refuse_names(Path(name), system="posix")


@pytest.mark.parametrize("name", KEPT)
def test_kept(name):
    refuse_names(Path(name), system="nt")


def test_what_a_strategy_named_as_a_device_prints_is_kept(tmp_path):
    (place,) = keep_printed(tmp_path, 0, {"aux": "a line"})
    assert place.name == "aux_.txt" and "a line" in place.read_text("utf-8")
