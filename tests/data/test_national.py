"""National tables: accounting of the input-output table, sizes, relatedness."""

from __future__ import annotations

import numpy as np
import pytest

from rebound_sim.data.national import (
    activity_by_age,
    input_output,
    national_jobs,
    national_sector_growth,
    relatedness,
    size_distribution,
)
from rebound_sim.data.sectors import INPUT_OUTPUT_SECTORS, SECTOR_INDEX, SECTORS
from rebound_sim.data.tables import table

USES = ("HFCE", "NPISH", "GGFC", "GFCF", "INVNT", "DPABR", "exports_intermediate", "exports_final")


def test_published_table_balances() -> None:
    """Row: output = intermediate + final uses. Column: output = inputs + taxes + value added."""
    domestic = table("input_output_domestic").matrix(INPUT_OUTPUT_SECTORS)
    imported = table("input_output_imported").matrix(INPUT_OUTPUT_SECTORS)
    uses = table("input_output_uses")
    output = uses.numbers("output")
    rows = domestic.sum(axis=1) + uses.matrix(USES).sum(axis=1)
    columns = domestic.sum(axis=0) + imported.sum(axis=0)
    columns += uses.matrix(("value_added", "taxes_less_subsidies")).sum(axis=1)
    assert rows == pytest.approx(output, rel=1e-6, abs=0.1)
    assert columns == pytest.approx(output, rel=1e-6, abs=0.1)


def test_coefficients_of_the_38_sectors() -> None:
    figures = input_output()
    active = figures.output > 0
    assert figures.domestic_coefficients.shape == (38, 38)
    assert not active[SECTOR_INDEX["UZ"]] and active.sum() == 37
    assert figures.output.sum() == pytest.approx(table("input_output_uses").numbers("output").sum())
    inputs = figures.domestic_coefficients + figures.imported_coefficients
    value_added = figures.value_added[active] / figures.output[active]
    assert (inputs >= 0).all()
    assert ((inputs.sum(axis=0)[active] + value_added) <= 1 + 1e-9).all()
    shares = (
        figures.household_share
        + figures.government_share
        + figures.investment_share
        + figures.export_share
        + figures.intermediate_share
    )
    assert shares[active] == pytest.approx(1)
    assert shares[~active] == pytest.approx(0)
    assert figures.household_consumption_shares.sum() == pytest.approx(1)
    # Spreading a joined sector keeps its coefficients: MA, MB and MC buy the same inputs.
    ma, mb = SECTOR_INDEX["MA"], SECTOR_INDEX["MB"]
    assert figures.domestic_coefficients[:, ma] == pytest.approx(
        figures.domestic_coefficients[:, mb]
    )
    assert set(figures.split_sectors) == {"MA", "MB", "MC", "QA", "QB"}
    # Intermediate flows of the 38 sectors add up to those of the published table.
    flows = figures.domestic_coefficients * figures.output[None, :]
    assert flows.sum() == pytest.approx(
        table("input_output_domestic").matrix(INPUT_OUTPUT_SECTORS).sum()
    )


def test_uses_make_sense() -> None:
    figures, at = input_output(), SECTOR_INDEX
    assert figures.investment_share[at["FZ"]] > 0.5
    assert figures.government_share[at["OZ"]] > 0.7
    assert figures.export_share[at["CL"]] > 0.4
    assert figures.household_share[at["LZ"]] > 0.6


def test_jobs_and_sheltered_sectors() -> None:
    jobs = national_jobs()
    assert jobs.sum() == 26_604_745  # Flores, end 2024
    sheltered = np.array([sector.sheltered for sector in SECTORS])
    # Insee's presential sphere: 64.1 % of salaried jobs (Flores 2023).
    assert jobs[sheltered].sum() / jobs.sum() == pytest.approx(0.641, abs=0.01)
    growth = national_sector_growth()
    assert growth[SECTOR_INDEX["CL"]] < 0 < growth[SECTOR_INDEX["JC"]]
    assert growth[SECTOR_INDEX["AZ"]] == 0  # outside the Urssaf series


def test_size_distribution() -> None:
    sizes = size_distribution()
    assert sizes.enterprise_shares.shape == (21, 5)
    assert sizes.enterprise_shares.sum(axis=1) == pytest.approx(1)
    assert sizes.employment_shares.sum(axis=1) == pytest.approx(1)
    assert not sizes.imputed[sizes.sections.index("C")]
    assert sizes.imputed[sizes.sections.index("K")]
    assert (np.diff(sizes.mean_size, axis=1) > 0).all()


def test_relatedness_is_a_similarity() -> None:
    matrix = relatedness()
    assert matrix.shape == (38, 38) and not matrix.flags.writeable
    assert matrix == pytest.approx(matrix.T)
    assert np.diag(matrix) == pytest.approx(1)
    assert matrix.min() >= 0 and matrix.max() <= 1


@pytest.mark.parametrize(
    ("sector", "close", "far"),
    [
        ("CL", ("CH", "CG", "CK", "CJ", "CM"), ("QB", "IZ", "OZ")),
        ("QA", ("QB", "PZ"), ("CL", "CH")),
        ("JC", ("JA", "MA"), ("AZ", "FZ")),
        ("IZ", ("GZ", "HZ"), ("CD", "CF")),
        ("CK", ("CJ", "CI", "CH"), ("KZ", "OZ")),
        ("CA", ("CC", "CG"), ("JC", "KZ")),
    ],
)
def test_relatedness_orders_neighbours_sensibly(
    sector: str, close: tuple[str, ...], far: tuple[str, ...]
) -> None:
    row = relatedness()[SECTOR_INDEX[sector]]
    nearest = min(row[SECTOR_INDEX[code]] for code in close)
    farthest = max(row[SECTOR_INDEX[code]] for code in far)
    assert nearest > farthest + 0.1


def test_activity_by_age() -> None:
    activity = activity_by_age()
    assert activity["40-54"]["employed"] == pytest.approx(0.829, abs=0.001)
    assert all(0 <= share <= 1 for shares in activity.values() for share in shares.values())
