"""`rebound data build`: the shipped tables can be rebuilt, byte for byte."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from click.testing import CliRunner

from rebound_sim.cli.data import data
from rebound_sim.data import geometry
from rebound_sim.data.building.build import build_tables
from rebound_sim.data.building.draft import number, table_text, write_tables
from rebound_sim.data.tables import OPTIONAL_TABLES, TABLES_VARIABLE, column_note, read_csv
from rebound_sim.errors import InputError

SHIPPED = Path(geometry.__file__).parent / "tables"
LARGEST_TOTAL_BYTES = 2_500_000


def test_rebuilt_tables_are_byte_identical(
    source_folder: Callable[[], Path | None], tiny_source: Path, tmp_path: Path
) -> None:
    """With the real source: equal to the shipped tables. Without it: two tiny builds are equal."""
    source = source_folder()
    if source is not None:
        tables = build_tables(source)
        built = {n: table_text(tables.header[n], tables.rows[n]) for n in tables.header}
        assert not tables.official
        assert {path.stem for path in SHIPPED.glob("*.csv")} == set(built)
        for name, text in built.items():
            assert (SHIPPED / f"{name}.csv").read_bytes() == text.encode("utf-8"), name
    first = write_tables(build_tables(tiny_source), tmp_path / "one")
    second = write_tables(build_tables(tiny_source), tmp_path / "two")
    assert first == second
    for name in first:
        assert (tmp_path / "one" / name).read_bytes() == (tmp_path / "two" / name).read_bytes()


def test_shipped_tables_are_compact_and_every_column_is_documented() -> None:
    assert sum(path.stat().st_size for path in SHIPPED.glob("*.csv")) < LARGEST_TOTAL_BYTES
    for path in SHIPPED.glob("*.csv"):
        if path.stem == "columns":
            continue
        for column in read_csv(path).columns:
            note = column_note(path.stem, column)
            assert note["source"] and note["vintage"] and note["licence"] and note["unit"], path


def test_tables_of_a_tiny_source(tiny_source: Path) -> None:
    tables = build_tables(tiny_source)
    assert [row[0] for row in tables.rows["zones"]] == ["0051", "0052", "0101"]
    assert tables.header["salaried_jobs"][-2:] == ["TZ", "UZ"]
    assert tables.rows["salaried_jobs"][0][-2] == "0"  # a sector absent from a zone is a true zero
    places = [row for row in tables.rows["places"] if row[0] == "0051"]
    assert [row[2] for row in places] == ["municipality"] * 6  # fewer than four authorities
    assert sum(int(row[3]) for row in places) == sum(1000 + i for i in range(0, 18, 3))
    seekers = np.array([[float(c) for c in row[1:]] for row in tables.rows["jobseekers"]])
    assert seekers.sum() == pytest.approx(420, abs=9)  # rounded by zone and class
    assert not OPTIONAL_TABLES & set(tables.header)


def test_command_writes_the_tables_and_they_can_be_used(
    tiny_source: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "tables"
    arguments = ["build", "--from", str(tiny_source), "--out", str(out)]
    result = CliRunner().invoke(data, [*arguments, "--json"])
    assert result.exit_code == 0, result.output
    assert set(json.loads(result.stdout)["bytes"]) == {path.name for path in out.iterdir()}
    assert "REBOUND_TABLES" in CliRunner().invoke(data, arguments).stdout
    monkeypatch.setenv(TABLES_VARIABLE, str(out))
    from rebound_sim.data.basins import list_basins, load_basin

    assert [zone.code for zone in list_basins()] == ["0051", "0052"]
    assert load_basin("la bas").name == "Là-bas"


def test_missing_source_is_an_input_error(tmp_path: Path, tiny_source: Path) -> None:
    with pytest.raises(InputError, match="source folder not found"):
        build_tables(tmp_path / "nowhere")
    (tiny_source / "basins.csv").unlink()
    with pytest.raises(InputError, match=r"basins\.csv"):
        build_tables(tiny_source)


def test_folder_of_tables_that_does_not_exist(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(TABLES_VARIABLE, str(tmp_path / "nowhere"))
    from rebound_sim.data.basins import load_basin

    with pytest.raises(InputError, match="REBOUND_TABLES"):
        load_basin("3202")


def test_malformed_table_names_file_and_line(tmp_path: Path) -> None:
    path = tmp_path / "zones.csv"
    path.write_text("code,name\n0051,Ici\n0052\n", encoding="utf-8")
    with pytest.raises(InputError, match=r"zones\.csv:3"):
        read_csv(path)


@pytest.mark.parametrize(
    ("given", "decimals", "shown"),
    [
        ("12.50", 2, "12.5"),
        ("100", 0, "100"),
        ("", 1, ""),
        (None, 1, ""),
        (0.04, 1, "0"),
        ("7", 1, "7"),
    ],
)
def test_number_format(given: str | float | None, decimals: int, shown: str) -> None:
    assert number(given, decimals) == shown


def test_area_of_a_known_quadrangle(tiny_source: Path) -> None:
    """One degree by one degree from 46 to 47 N on the GRS80 ellipsoid: 8,534 km2."""
    topology = geometry.read_topology(tiny_source / "zones.topojson")
    shapes, arcs = topology.shapes, topology.arcs
    area, longitude, latitude = geometry.zone_geometry(shapes["0051"], arcs)
    # Meridian arc 111.17 km times the parallel's degree at 46.5 N, 76.75 km.
    assert area == pytest.approx(111.166 * 76.77, rel=2e-3)
    assert longitude == pytest.approx(0.5, abs=1e-6)
    assert latitude == pytest.approx(46.5, abs=0.01)
    borders = geometry.shared_borders(shapes, arcs)
    assert set(borders) == {("0051", "0052")}
    assert borders["0051", "0052"] == pytest.approx(111.2, rel=5e-3)
