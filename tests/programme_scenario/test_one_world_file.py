"""One file of a world: former forms are read; the base policy is there unless switched off."""

from __future__ import annotations

from pathlib import Path

import pytest

from programme_worlds import small_programme
from rebound_sim.errors import InputError
from rebound_sim.programme import simulate
from rebound_sim.scenario import World, load_scenario, load_world, open_world

SCENARIOS = Path(__file__).parents[2] / "scenarios"
FORMER = """title = "Alone"
[basin]
zone = "4404"
[time]
burn_in_months = 6
months = 24
[[closure]]
sector = "CL"
jobs = 200
[policy]
name = "money_only"
"""
NOW = """title = "Alone"
policies = ["money_only"]
[time]
burn_in_months = 6
months = 24
[[zone]]
code = "Chaumont"
[[zone.closure]]
sector = "CL"
jobs = 200
"""


@pytest.fixture()
def forms(tmp_path: Path) -> tuple[Path, Path]:
    for name, text in (("former", FORMER), ("now", NOW)):
        (tmp_path / f"{name}.toml").write_text(text, encoding="utf-8")
    return tmp_path / "former.toml", tmp_path / "now.toml"


def test_a_former_file_is_the_same_world_and_says_how_to_write_it(forms) -> None:  # type: ignore[no-untyped-def]
    (former, source), (now, other) = (open_world(path) for path in forms)
    assert former == now and former.digest() == now.digest()
    assert "[[zone.closure]] in place of [[closure]]" in source.note and other.note == ""
    assert load_scenario(forms[0]) == load_scenario(forms[1])
    for key, value in (
        ("closure.0.jobs", "150"),
        ("zone.0.closure.0.jobs", "150"),
        ("basin.zone", '"4401"'),
        ("zone.0.code", '"4401"'),
    ):
        first, second = (load_world(path, {key: value}) for path in forms)
        assert first == second != former
    assert load_world(forms[0], zone="2409") == load_world(forms[1], zone="2409")


def test_every_shipped_file_is_a_world_of_today() -> None:
    files = [*SCENARIOS.glob("*.toml"), *(SCENARIOS / "cases").glob("*.toml")]
    assert len(files) >= 14
    for path in files:
        world, source = open_world(path)
        # Rates begin with 2003-T1: a world of before says which one stands in.
        assert source.note == "" or "no rate before 2003-T1" in source.note
        assert world.base.revitalisation.enabled


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ('"Chaumont"', '"Chaumon"', "now.toml:7:1: zone.0.code: unknown zone"),
        ("jobs = 200", "jobs = 200\n[zone.base.revitalisation]\nenabled = 1", "true or false"),
        ("[time]", "[base]\ncps = false\n[time]", "did you mean base.csp?"),
        ("[time]", "[conditions.sector_trends]\nCZ = 0.1\n[time]", "unknown sector"),
        ("jobs = 200", "jobs = 200\n[zone.conditions.sector_trends]\nCZ = 0.1", "zone.0.cond"),
        ('["money_only"]', "7", "now.toml:2:1: policies: wrong type"),
    ],
)
def test_a_wrong_world_is_refused_with_its_line(forms, old: str, new: str, words: str) -> None:  # type: ignore[no-untyped-def]
    assert old in NOW
    forms[1].write_text(NOW.replace(old, new), encoding="utf-8")
    with pytest.raises(InputError) as caught:
        load_world(forms[1])
    assert words in str(caught.value)


def test_a_world_of_several_zones_is_no_scenario() -> None:
    with pytest.raises(InputError, match="has 30 zones"):
        load_scenario(SCENARIOS / "france2030_auto.toml")
    with pytest.raises(InputError, match="--zone: used with a world of one zone"):
        load_world(SCENARIOS / "france2030_auto.toml", zone="2409")


def test_the_agreement_due_by_law_is_in_every_arm_with_the_closure() -> None:
    on, without = small_programme(40), {"revitalisation": {"enabled": False}}
    record = on.model_dump()
    off = World.model_validate(record | {"base": without})
    zones = [{**z, "base": without} if z["code"] == "east" else z for z in record["zone"]]
    one = World.model_validate(record | {"zone": zones})
    due = {"north": 60, "east": 30, "west": 20}

    def given(world) -> dict[str, int]:  # type: ignore[no-untyped-def]
        ledger = simulate(world, (), 3, 1).ledger
        rows = (ledger["instrument"] == "revitalisation") & (ledger["kind"] == "allocated")
        assert set(ledger["arm"][rows]) <= {"none"}
        return dict(
            zip(ledger["zone"][rows].tolist(), ledger["amount_eur"][rows].tolist(), strict=True)
        )

    per_job = 3.0 * 1801.8
    assert given(on) == {code: int(per_job * jobs) for code, jobs in due.items()}
    assert given(off) == {}
    assert given(one).keys() == {"north", "west"}


def test_without_the_csp_fewer_are_supported() -> None:
    worlds = []
    for csp in (True, False):
        world = small_programme(24)
        closure = world.zone[0].closure[0].model_copy(update={"group": "insolvent"})
        zone = world.zone[0].model_copy(update={"closure": (closure,)})
        base = world.base.model_copy(update={"csp": csp})
        worlds.append(world.model_copy(update={"zone": (zone,), "base": base}))
    supported = []
    for world in worlds:
        table = simulate(world, (), 3, 1).trajectories
        supported.append(int(table["displaced_unemployed_supported"][table["arm"] == "none"].sum()))
    # Whoever finds a job and is laid off again, elsewhere, still gets it from that firm.
    assert supported[0] > 5 * supported[1]
