"""Flores, commuting, Urssaf, geography and census files with secret, lost and odd cells."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from click.testing import CliRunner

from data.flores_columns import FLORES
from rebound_sim.cli.data import data
from rebound_sim.data import geometry
from rebound_sim.data.building.build import build_tables, update_tables
from rebound_sim.data.building.draft import Tables, write_tables
from rebound_sim.data.tables import TABLES_VARIABLE, marks_of, tables_digest
from rebound_sim.errors import InputError

Writer = Callable[..., None]
SIZES = ("E1T4", "E5T9", "E10T19", "E20T49", "E50T99", "E100T199", "E200T499", "E_GE500")
Row = tuple[object, ...]


def flores(year: int = 2024, **cells: tuple[str, object]) -> list[Row]:
    """Both zones, 4,000 jobs each: sectors of `cells` (status, value) and the rest in GZ."""
    rows: list[Row] = []
    for zone in ("0051", "0052"):
        geo = f"{year}-ZE2020-{zone}"
        known = sum(int(v) for s, v in cells.values() if str(v).isdigit() and s in "AP")
        withheld = 500 * sum(s == "C" for s, _ in cells.values())
        whole = {**cells, "GZ": ("A", 4000 - known - withheld)}
        rows += [
            (geo, "ZE2020", sector, "_T", "1T9X7", "EMPL3112", status, year, value)
            for sector, (status, value) in whole.items()
        ]
        for size in SIZES:
            rows.append((geo, "ZE2020", "_T", size, "1T9X7", "EMPL3112", "A", year, 500))
            rows.append((geo, "ZE2020", "_T", size, "1T9X7", "UNIT_LOC", "A", year, 30))
    return rows


def built(folder: Path, csv_file: Writer, rows: list[Row], header: Row = FLORES) -> Tables:
    csv_file(folder / "fichier.csv", header, rows, delimiter=";")
    return build_tables(folder)


def test_secret_cells_share_the_rest_of_the_zone(tiny_source: Path, csv_file: Writer) -> None:
    tables = built(tiny_source, csv_file, flores(CH=("C", "s"), CL=("C", 0), CA=("A", 700)))
    row = dict(zip(tables.header["salaried_jobs"], tables.rows["salaried_jobs"][0], strict=True))
    jobs = {name: int(cell) for name, cell in row.items() if name != "code"}
    assert sum(jobs.values()) == 4000
    assert jobs["CA"] == 700 and jobs["GZ"] == 2300
    # 1,000 jobs are left; in the former table CH has 109 and CL 113.
    assert jobs["CH"] + jobs["CL"] == 1000 and 480 <= jobs["CH"] < jobs["CL"]
    assert {m[:4] for m in tables.marks if m[1] == "0051"} == {
        ("salaried_jobs", "0051", "CH", "withheld"),
        ("salaried_jobs", "0051", "CL", "withheld"),
    }
    (record,) = [r for r in tables.records if r.kind == "flores"]
    assert record.statuses["withheld"] == 4 and "4 withheld cells" in record.sentence()


def test_the_mark_of_a_secret_cell_reaches_the_profile(
    tiny_source: Path, csv_file: Writer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tables = built(tiny_source, csv_file, flores(CH=("C", "s")))
    write_tables(tables, tmp_path / "out")
    monkeypatch.setenv(TABLES_VARIABLE, str(tmp_path / "out"))
    from rebound_sim.data.basins import load_basin

    origin = load_basin("0051").provenance["salaried_jobs"]
    assert origin.imputed and "CH withheld" in origin.method
    assert [m[:2] for m in marks_of("salaried_jobs", "0051")] == [("CH", "withheld")]


FLORES_FAULTS = {
    "negative jobs": (flores(CH=("A", -5)), r"fichier\.csv:2: OBS_VALUE: out of range"),
    "unknown status": (flores(CH=("Y", 5)), r"fichier\.csv:2: OBS_STATUS: is not a known status"),
    "not a number": (flores(CH=("A", "beaucoup")), r"fichier\.csv:2: OBS_VALUE: is not a number"),
    "do not add up": ([r for r in flores(CH=("A", 900)) if r[2] != "GZ"], r"add up to 900"),
    "twice": ([*flores(), flores(CH=("A", 5))[0], flores(CH=("A", 6))[0]], r"given twice"),
    "old zones": ([(f"2012-ZE2020-99{i:02d}", *r[1:]) for i, r in enumerate(flores())],
                  r"are not zones d'emploi 2020"),
    "no sector": ([r for r in flores() if r[2] == "_T"], r"no salaried jobs by zone"),
}  # fmt: skip


@pytest.mark.parametrize("name", FLORES_FAULTS)
def test_flores_refused(tiny_source: Path, csv_file: Writer, name: str) -> None:
    rows, pattern = FLORES_FAULTS[name]
    with pytest.raises(InputError, match=pattern):
        built(tiny_source, csv_file, rows)


def test_latest_year_of_a_file_of_several(tiny_source: Path, csv_file: Writer) -> None:
    tables = built(tiny_source, csv_file, [*flores(2024, CH=("A", 700)), *flores(2022)])
    assert tables.column("salaried_jobs", "CH")["0051"] == "700"
    (record,) = [r for r in tables.records if r.kind == "flores"]
    assert record.vintage == "end 2024" and any("2022" in remark for remark in record.remarks)


def test_zones_that_a_file_lacks_keep_their_figures_and_say_so(
    tiny_source: Path, csv_file: Writer
) -> None:
    rows = [row for row in flores(2025) if "0051" in str(row[0])]
    tables = built(tiny_source, csv_file, rows)
    assert tables.column("salaried_jobs", "AZ")["0052"] == "100"
    marks = [m for m in tables.marks if m[1] == "0052" and m[0] == "salaried_jobs"]
    assert [(m[2], m[3]) for m in marks] == [("*", "former")]


FLOWS = ("CODGEO", "LIBGEO", "DCLT", "L_DCLT", "NBFLUX_C23_ACTOCC15P")


def test_commuters_of_unknown_municipalities_are_not_abroad(
    tiny_source: Path, csv_file: Writer
) -> None:
    rows = [("61000", "", place, "", n) for place, n in (("61001", 990), ("61999", 5), ("BE", 5))]
    tables = built(tiny_source, csv_file, rows, FLOWS)
    (record,) = [r for r in tables.records if r.kind == "commuting"]
    assert record.unmatched == {"61999": 5} and "61999" in record.sentence()
    assert tables.rows["commuting"] == [["0051", "0052", "990"], ["0051", "OUT", "5"]]
    rows[1] = ("61000", "", "61999", "", 500)
    with pytest.raises(InputError, match=r"fichier\.csv: DCLT: 500 of 1,495 .*61999.*4652957"):
        built(tiny_source, csv_file, rows, FLOWS)


def test_codes_of_municipalities_without_their_zero(tiny_source: Path, csv_file: Writer) -> None:
    communes = tiny_source / "communes_ze2020_epci_2023.csv"
    communes.write_text(communes.read_text().replace("61000", "01000"))
    tables = built(tiny_source, csv_file, [("1000", "", "61001.0", "", 7)], FLOWS)
    assert tables.rows["commuting"] == [["0051", "0052", "7"]]


URSSAF = (
    "Code zone d'emploi",
    "Année",
    "Trimestre",
    "Effectifs salariés CVS",
    "Masse salariale CVS",
)


def test_urssaf_titles_in_words_and_a_withheld_part(tiny_source: Path, csv_file: Writer) -> None:
    rows = [
        ("51", 2025, "T4", "1 000", "7 200 000"),
        ("0052", 2025, "T4", 500, 3_000_000),
        ("0052", 2025, "T4", "s", "s"),
    ]
    tables = built(tiny_source, csv_file, rows, URSSAF)
    assert tables.column("zones_urssaf", "mean_gross_wage")["0051"] == "2400"
    assert tables.column("zones_urssaf", "mean_gross_wage")["0052"] == "22"  # former
    (record,) = [r for r in tables.records if r.kind == "urssaf"]
    assert "0052" in record.sentence() and record.statuses["withheld"] == 2


def test_urssaf_pay_of_another_unit_is_refused(tiny_source: Path, csv_file: Writer) -> None:
    with pytest.raises(InputError, match=r"fichier\.csv:2: .*zone 0051 would be 2 EUR a month"):
        built(tiny_source, csv_file, [("0051", 2025, 4, 1000, 7200)], URSSAF)


GEOGRAPHY = ("CODGEO", "LIBGEO", "ZE2020", "LIBZE2020")


def test_composition_of_zones(tiny_source: Path, csv_file: Writer) -> None:
    rows = [(f"610{i:02d}", f"Commune {i}", "0051" if i else "0052", "") for i in range(18)]
    tables = built(tiny_source, csv_file, [*rows, ("61099", "Neuve", "0051", "")], GEOGRAPHY)
    zones = tables.column("municipalities", "zone")
    assert zones["61000"] == "0052" and zones["61099"] == "0051"


def test_composition_with_a_municipality_in_two_zones(tiny_source: Path, csv_file: Writer) -> None:
    rows = [("61000", "x", "0051", ""), ("61000", "x", "0052", "")]
    with pytest.raises(InputError, match=r"fichier\.csv:3: CODGEO: municipality in two zones"):
        built(tiny_source, csv_file, rows, GEOGRAPHY)


@pytest.fixture
def in_use(tiny_source: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of tables in use, built from the tiny source."""
    folder = tmp_path / "in use"
    write_tables(build_tables(tiny_source), folder)
    monkeypatch.setenv(TABLES_VARIABLE, str(folder))
    return folder


def test_update_over_the_tables_in_use(in_use: Path, tmp_path: Path, csv_file: Writer) -> None:
    csv_file(tmp_path / "flores.csv", FLORES, flores(2025, CH=("C", "s")), delimiter=";")
    before = tables_digest()
    out = tmp_path / "nouvelles tables"
    arguments = ["update", str(tmp_path / "flores.csv"), "--out", str(out), "--json"]
    result = CliRunner().invoke(data, arguments)
    assert result.exit_code == 0, result.output
    told = json.loads(result.stdout)
    assert told["official_files"] == ["flores.csv"]
    assert told["files"][0]["statuses"] == {"withheld": 2}
    sources = (out / "sources.csv").read_text(encoding="utf-8")
    assert "flores.csv" in sources and "end 2025" in sources
    assert tables_digest() == before  # the folder in use is as it was
    again = CliRunner().invoke(data, ["update", str(tmp_path / "flores.csv"), "--out", str(in_use)])
    assert again.exit_code == 0, again.output
    assert "withheld" in again.stdout and tables_digest() != before
    assert not [p for p in tmp_path.iterdir() if p.name.startswith(".")]


def test_update_refuses_what_holds_no_figures(in_use: Path, tmp_path: Path) -> None:
    notes = tmp_path / "notes.md"
    notes.write_text("rien", encoding="utf-8")
    with pytest.raises(InputError, match=r"notes\.md"):
        update_tables([notes])
    with pytest.raises(InputError, match=r"absent\.csv: does not exist"):
        update_tables([tmp_path / "absent.csv"])
    before = sorted(p.name for p in in_use.iterdir())
    assert sorted(p.name for p in in_use.iterdir()) == before


def test_a_folder_of_something_else_is_never_replaced(tiny_source: Path, tmp_path: Path) -> None:
    out = tmp_path / "mes documents"
    out.mkdir()
    (out / "these.docx").write_text("x", encoding="utf-8")
    with pytest.raises(InputError, match=r"these\.docx"):
        write_tables(build_tables(tiny_source), out)
    with pytest.raises(InputError, match="is a file"):
        write_tables(build_tables(tiny_source), out / "these.docx")
    assert [p.name for p in out.iterdir()] == ["these.docx"]


def test_nothing_is_written_when_writing_fails(
    tiny_source: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tables = build_tables(tiny_source)
    write_tables(tables, tmp_path / "out")
    before = {p.name: p.read_bytes() for p in (tmp_path / "out").iterdir()}
    written = Path.write_bytes

    def full(self: Path, content: bytes) -> int:
        if self.name == "zones.csv":
            raise OSError(28, "No space left on device")
        return written(self, content)

    monkeypatch.setattr(Path, "write_bytes", full)
    tables.rows["france"] = []
    with pytest.raises(InputError, match="No space left"):
        write_tables(tables, tmp_path / "out")
    assert {p.name: p.read_bytes() for p in (tmp_path / "out").iterdir()} == before
    assert sorted(p.name for p in tmp_path.iterdir()) == ["out", "source"]


BROKEN: dict[str, Callable[[Path], object]] = {
    "a table gone": lambda folder: (folder / "places.csv").unlink(),
    "saved with semicolons": lambda folder: (folder / "zones.csv").write_text(
        (folder / "zones.csv").read_text(encoding="utf-8").replace(",", ";"), encoding="utf-8"),
    "zeros lost": lambda folder: (folder / "zones.csv").write_text(
        (folder / "zones.csv").read_text(encoding="utf-8").replace("\n00", "\n"), encoding="utf-8"),
    "in another encoding": lambda folder: (folder / "zones.csv").write_text(
        (folder / "zones.csv").read_text(encoding="utf-8"), encoding="utf-16"),
    "text for a figure": lambda folder: (folder / "france.csv").write_text(
        "column,value\nemployment_rate,beaucoup\n", encoding="utf-8"),
    "a zone without rates": lambda folder: (folder / "unemployment.csv").write_text(
        "code,2022-T1\n0051,7\n", encoding="utf-8"),
    "empty": lambda folder: (folder / "jobs_history.csv").write_text("", encoding="utf-8"),
    "a folder for a table": lambda folder: (
        (folder / "places.csv").unlink(), (folder / "places.csv").mkdir()),
}  # fmt: skip


@pytest.mark.parametrize("name", BROKEN)
def test_broken_tables_in_use_are_named(in_use: Path, name: str) -> None:
    from rebound_sim.data.basins import list_basins

    BROKEN[name](in_use)
    with pytest.raises(InputError, match=r"\.csv"):
        list_basins()


def test_features_without_shape_or_code_are_left_out(tiny_source: Path) -> None:
    file = tiny_source / "zones.topojson"
    topology = json.loads(file.read_text(encoding="utf-8"))
    shapes = topology["objects"]["data"]["geometries"]
    shapes += [
        {"type": None, "properties": {"ze2020": "0101"}},
        {"type": "Polygon", "arcs": []},
        {"type": "Point", "coordinates": [0, 0], "properties": {"ze2020": "0102"}},
        {"type": "Polygon", "arcs": [[0, 1]], "properties": None},
    ]
    file.write_text(json.dumps(topology), encoding="utf-8-sig")
    found = geometry.read_topology(file)
    assert set(found.shapes) == {"0051", "0052"} and len(found.left_out) == 4
    tables = build_tables(tiny_source)
    assert "0101" in next(r for r in tables.records if r.file == file.name).remarks[0]


SQUARE = [[0, 46], [1, 46], [1, 47], [0, 47]]


def _geojson(**properties: object) -> dict[str, object]:
    """A feature of two squares, the second with a hole; the ring of the first is not closed."""
    shifted = [[x + 2, y, 250.0] for x, y in [*SQUARE, SQUARE[0]]]
    hole = [[x / 2 + 2.25, (y - 46) / 2 + 46.25] for x, y in [*SQUARE, SQUARE[0]]]
    shape = {"type": "MultiPolygon", "coordinates": [[SQUARE], [shifted, hole]]}
    return {"type": "Feature", "properties": properties, "geometry": shape}


def test_geojson_is_read_as_topojson(tmp_path: Path) -> None:
    file = tmp_path / "zones.geojson"
    features = [
        _geojson(ZE2020="51"),
        _geojson(ze2020_code=["2415"]),
        {"type": "Feature", "properties": {"code": "2416"}, "geometry": None},
        {
            "type": "Feature",
            "properties": {"code": "2417"},
            "geometry": {"type": "Point", "coordinates": [1, 46]},
        },
        {"type": "Feature", "properties": None, "geometry": {"type": "Polygon", "coordinates": []}},
    ]
    file.write_text(json.dumps({"type": "FeatureCollection", "features": features}), "utf-8-sig")
    found = geometry.read_topology(file)
    assert set(found.shapes) == {"0051", "2415"}
    assert found.left_out == ("2416", "2417", "feature 5")
    whole = abs(geometry.ring_area_and_moment(np.array([*SQUARE, SQUARE[0]], dtype=float))[0])
    area, longitude, _ = geometry.zone_geometry(found.shapes["2415"], found.arcs)
    assert area == pytest.approx(1.75 * whole, rel=1e-2)
    assert longitude == pytest.approx((0.5 + 0.75 * 2.5) / 1.75, abs=1e-2)
    rings = geometry.outlines(found.shapes["0051"], found.arcs)
    assert [len(ring) for ring in rings] == [5, 5, 5]
    assert all((ring[0] == ring[-1]).all() for ring in rings)


def test_zones_that_share_no_line_are_no_source_of_neighbours(tiny_source: Path) -> None:
    features = [_geojson(ze2020="0051"), _geojson(ze2020="0052")]
    text = json.dumps({"type": "FeatureCollection", "features": features})
    (tiny_source / "zones.topojson").write_text(text, encoding="utf-8")
    with pytest.raises(InputError, match=r"zones\.topojson: no two zones share a line"):
        build_tables(tiny_source)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{}",
        "[]",
        '{"type": "FeatureCollection"}',
        '{"type": "FeatureCollection", "features": 3}',
        '{"type": "FeatureCollection", "features": [{"geometry": {"type": "Polygon"}}]}',
        '{"type": "Feature", "properties": {"code": "2415"}, '
        '"geometry": {"type": "Polygon", "coordinates": [[1, 2]]}}',
        '{"type": "Feature", "properties": {"code": "2415"}, '
        '"geometry": {"type": "Polygon", "coordinates": [[[650000, 6860000], [1, 2], [3, 4]]]}}',
        '{"arcs": [], "objects": {}}',
        "null",
        "\x00",
        '{"arcs": [[0]], "objects": {"z": {"geometries": 3}}}',
    ],
)
def test_what_is_no_boundary_file_is_refused(tmp_path: Path, text: str) -> None:
    file = tmp_path / "x.topojson"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(InputError, match=r"x\.topojson"):
        geometry.read_topology(file)
