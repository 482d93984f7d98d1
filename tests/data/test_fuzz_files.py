"""Mutated official and prepared files: read, or refused in one line; never half a folder."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from pathlib import Path
from random import Random

import pytest

from data.flores_columns import FLORES
from fuzz import mutated
from rebound_sim.data.building.build import build_tables
from rebound_sim.data.building.draft import contents, write_tables
from rebound_sim.data.tables import TABLES_VARIABLE
from rebound_sim.errors import InputError

Writer = Callable[..., None]
TRIALS = 1500


def official(folder: Path, csv_file: Writer, workbook: Writer) -> list[Path]:
    """One file of each kind, all of them accepted."""
    sizes = ("E1T4", "E5T9", "E10T19", "E20T49", "E50T99", "E100T199", "E200T499", "E_GE500")
    flores: list[Sequence[object]] = []
    for zone in ("0051", "0052"):
        head = (f"2025-ZE2020-{zone}", "ZE2020")
        flores += [
            (*head, "GZ", "_T", "1T9X7", "EMPL3112", "A", 2025, 3500),
            (*head, "CH", "_T", "1T9X7", "EMPL3112", "C", 2025, "s"),
        ]
        flores += [(*head, "_T", size, "1T9X7", "EMPL3112", "A", 2025, 500) for size in sizes]
    files: dict[str, tuple[Sequence[object], Sequence[Sequence[object]]]] = {
        "flores.csv": (
            FLORES,
            flores,
        ),
        "flux.csv": (
            ("CODGEO", "LIBGEO", "DCLT", "L_DCLT", "NBFLUX_C23_ACTOCC15P"),
            [("61001", "", "61000", "", 12), ("61000", "", "61000", "", 30.5)],
        ),
        "urssaf.csv": (
            (
                "code_zone_d_emploi",
                "annee",
                "trimestre",
                "effectifs_salaries_cvs",
                "masse_salariale_cvs",
            ),
            [("0051", 2025, 4, 1000, 7_500_000), ("0052", 2025, 4, 200, 1_200_000)],
        ),
        "census.csv": (
            ("GEO", "GEO_OBJECT", "TIME_PERIOD", "SEX", "AGE", "OBS_VALUE", "OBS_STATUS"),
            [
                (f"2025-ZE2020-{z}", "ZE2020", "2022", "_T", age, 100, "A")
                for z in ("0051", "0052")
                for age in ("Y15T24", "Y25T39", "Y40T54", "Y55T64")
            ],
        ),
        "composition.csv": (
            ("CODGEO", "LIBGEO", "ZE2020", "LIBZE2020"),
            [(f"610{i:02d}", "", ("0051", "0052", "0101")[i % 3], "") for i in range(18)],
        ),
        "figaro_2022.csv": (
            ("refArea", "rowPi", "counterpartArea", "colPi", "obsValue"),
            [("FR", "A01", "FR", "C10T12", 30), ("DE", "C25", "FR", "C29", 7)],
        ),
        "taux.csv": (
            ("Code", "Libellé", "2022-T1", "2022-T2", "2022-T3", "2022-T4", "T2 2024 (p)"),
            [
                ("0051", "Ici", "6,8", "6,9", "6,5", "6,4", "7,7"),
                ("0052", "Là-bas", "9,8", "9,9", "9,7", "9,6", "8,1"),
            ],
        ),
    }
    for name, (header, rows) in files.items():
        csv_file(folder / name, header, rows, delimiter=";")
    book = folder / "taux.xlsx"
    header = ["ZE2020", "LIBZE2020", *(f"2022-T{q}" for q in range(1, 5))]
    workbook(book, "txcho_ze", [header, ["0051", "", 6, 6, 6, 6], ["0052", "", 9, 9, 9, 9]])
    return [*(folder / name for name in files), book]


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(4))
def test_mutated_files_are_read_or_refused(
    tiny_source: Path, tmp_path: Path, csv_file: Writer, workbook: Writer, seed: int
) -> None:
    random = Random(seed)
    given = official(tmp_path, csv_file, workbook)
    whole = {path: path.read_bytes() for path in given}
    whole |= {p: p.read_bytes() for p in tiny_source.iterdir()}
    plain = contents(build_tables(tiny_source))
    accepted = 0
    for _ in range(TRIALS):
        origin = random.choice(sorted(whole))
        target = tiny_source / origin.name
        target.write_bytes(mutated(random, whole[origin]))
        try:
            tables = build_tables(tiny_source)
        except InputError as error:
            assert "\n" not in error.message and len(error.message) < 1200
            assert re.search(r"\.(csv|xlsx|topojson)", error.message), error.message
        else:
            accepted += 1
            if origin in given:  # it is told what became of it, and its figures are in the tables
                (record,) = [r for r in tables.records if r.file == target.name]
                assert record.use == "not needed" or contents(tables) != plain, record.sentence()
        if origin in given:
            target.unlink()
        else:
            target.write_bytes(whole[origin])
    assert TRIALS / 20 < accepted < TRIALS * 0.8


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(2))
def test_mutated_tables_in_use_are_read_or_refused(
    tiny_source: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, seed: int
) -> None:
    """Every command that reads tables ends in figures or in one line."""
    from rebound_sim.data import tables as reading
    from rebound_sim.data.basins import list_basins, load_basin
    from rebound_sim.data.national import input_output, size_distribution

    random = Random(seed)
    made = contents(build_tables(tiny_source))
    for trial in range(400):
        folder = tmp_path / f"tables {trial}"
        write_tables(build_tables(tiny_source), folder) if trial == 0 else None
        folder.mkdir(exist_ok=True)
        for name, data in made.items():
            (folder / name).write_bytes(data)
        name = random.choice(sorted(n for n in made if n.endswith(".csv")))
        (folder / name).write_bytes(mutated(random, made[name]))
        monkeypatch.setenv(TABLES_VARIABLE, str(folder))
        try:
            for zone in list_basins():
                load_basin(zone.code)
            input_output()
            size_distribution()
            reading.tables_digest()
        except InputError as error:
            assert "\n" not in error.message
            assert ".csv" in error.message or "zone" in error.message, error.message
