"""Tables of hurried users: titles, separators, numbers and places as they write them."""

import pandas as pd
import pytest
from openpyxl import Workbook

from doors.worlds import SCENARIOS
from rebound_sim.api.arms import plan_given
from rebound_sim.data.sectors import sector_called
from rebound_sim.decision.optimise.menu import Option, read_menu
from rebound_sim.errors import InputError
from rebound_sim.policies.arm import Arm
from rebound_sim.policies.plan import Line, Plan
from rebound_sim.policies.plan_file import load_plan
from rebound_sim.reading.numbers import whole_number
from rebound_sim.scenario import completed_plan, load_world
from rebound_sim.scenario.zones_table import read_zones

GRANTS = Line("4404", "grants", 3_000_000, None, 9, 36)
HEAD = "zone,instrument,amount,days,start,end\n"


@pytest.fixture(scope="module")
def small():
    return load_world(SCENARIOS / "auto_small.toml")


@pytest.fixture
def planned(tmp_path, small):
    """Lines of a plan written as a text, completed, and what its writer is told."""

    def read(text):
        path = tmp_path / "mine.csv"
        path.write_text(text, encoding="utf-8")
        plan = load_plan(path)
        told = [note.replace(str(path), path.name) for note in plan.notes]
        return completed_plan(plan, small).lines, told

    return read


@pytest.mark.parametrize(
    "text",
    [
        "Zone d'emploi;Instrument;Montant (€);Début;Fin\nChaumont;Subventions;3 000 000;9;36\n",
        "Territoire;Dispositif;Montant en M€;Mois de début;Mois de fin\nChaumont;subvention;3;9;36",
        "zone;instrument;montant k€;start [months];end\n4404 - Chaumont;GRANTS;3 000;M9;mois 36\n",
        "Plan de relance, 2024\n\nzone;instrument;amount;start;end\n4404,0;grants;3e6;9,0;36\n",
        ";;Aide;;Calendrier\nzone;instrument;eur;début;fin\nChaumont (4404);grants;3000000;9;36\n",
        'code,nom,instrument,amount,start,end\n="4404",Chaumont,grants,"3,000,000.00",9,36\n',
        "code postal|aide|montant|from|to\n52000|subventions|3M€|9|36 mois\n",
        '"","zone","instrument","amount","days","start","end"\n"1","4404","grants",3e+06,NA,9,36\n',
        "# essai\nzone\tinstrument\tamount\tstart\tend\n'4404\tgrants\t3000000\t9\t36\n#fin\n",
    ],
)
def test_a_plan_is_read_as_its_writer_means_it(text, planned):
    assert planned(text)[0] == (GRANTS,)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (HEAD + "4404,grants,3000000,,9,36\nTotal,,3000000\n", ":3: passed over, a row of totals"),
        ("zone;instrument;eur;commentaire\n4404;grants;1;à voir\n", "not used: commentaire"),
        (HEAD + "4404,grants,5,,9,36\nChaumont,grants,5,,9,36\n", ":3: the same as line 2: both"),
        (HEAD + "4404,grants,0,,9,36\n", ":2: gives nothing"),
        ("zone,aide,eur,budget\n4404,grants,5,6\n", "columns not used: budget"),
    ],
)
def test_what_is_passed_over_is_told(text, told, planned):
    assert told in "\n".join(planned(text)[1])


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        (HEAD + "4404,grants,-5,,9,36\n", "mine.csv:2: amount: below zero"),
        (HEAD + "4404,grants,30 %,,9,36\n", "mine.csv:2: amount: a share, where a whole number"),
        (HEAD + "4404,grants,#REF!,,9,36\n", "mine.csv:2: amount: an error of the spreadsheet"),
        (
            HEAD + "4404,grants,5,,2024-01,\n",
            "mine.csv:2: start: a date, where months count from 0",
        ),
        (HEAD + "4404,grants,5,,janv. 2024,\n", "mine.csv:2: start: a date"),
        (HEAD + "4404,grants,5,,31/12/2024,\n", "mine.csv:2: start: a date"),
        (HEAD + '4404,grants,5,,9,36\n"4401,grants,5\n', "mine.csv:3: several lines in one"),
        (HEAD + ",engineering,5,,,\n", "mine.csv:2: zone: this cell is empty .*merged cells"),
        ("4404,grants,5\n", "mine.csv:1: no row of titles"),
        ("zone,grants\n4404,5\n", "mine.csv:1: instrument: this column is missing"),
        ("zone,instrument,amount\n4404,grants,3,000\n", "mine.csv:2: 4 cells for 3 columns"),
        ("zone,instrument,amuont\n4404,grants,3\n", "mine.csv:1: unknown column.*mean amount"),
        ("code,nom,aide,eur\n4404,Bar-le-Duc,grants,3\n", "code and name: the columns of this row"),
        ("zone,aide,eur\n4404 Bar-le-Duc,grants,3\n", "zone 4404 is Chaumont"),
        ('[{"zone": "4404"}]', "the file is JSON"),
        ('[[line]]\nzone = "4404"\n', "its name should end in .toml"),
    ],
)
def test_what_cannot_be_meant_is_refused_at_its_line(text, fault, planned):
    with pytest.raises(InputError, match=fault):
        planned(text)


def test_the_sheet_with_the_table_is_found_and_two_are_refused(tmp_path):
    book = Workbook()
    book.active.title = "Lisez-moi"
    book.active.append(["Ministère de l'économie", "v2", None, None, "à jour"])
    sheet = book.create_sheet("Plan")
    sheet.append(["Répartition"])
    sheet.append(["Code", "Instrument", "Montant (M€)", "Début"])
    sheet.append([51, "Subventions", 1.2, 9])
    path = tmp_path / "mine.xlsx"
    book.save(path)
    plan = load_plan(path)
    assert plan.lines == (Line("51", "grants", 1_200_000, None, 9),)
    assert "read from sheet Plan" in plan.notes[0]
    book.copy_worksheet(sheet)
    book.save(path)
    with pytest.raises(InputError, match=r"several sheets have such a table.*Plan Copy"):
        load_plan(path)


def test_a_frame_is_a_plan_too(small):
    frame = pd.DataFrame({
        "Zone": ["Chaumont", "4401"], "Aide": ["subventions", "ingénierie"],
        "Montant (M€)": [3.0, None], "Jours": [float("nan"), 145], "Début": [9, 6], "Fin": 36,
    })  # fmt: skip
    plan = plan_given(frame)
    assert completed_plan(plan, small).lines == (
        GRANTS,
        Line("4401", "engineering", 217_500, 145, 6, 36),
    )
    assert plan.name == "my_plan"
    with pytest.raises(InputError, match="plan my_plan:2: amount: below zero"):
        plan_given(frame.assign(**{"Montant (M€)": [3.0, -1.0]}))
    with pytest.raises(InputError, match="plan: not a plan, got 3"):
        plan_given(3)


def test_a_fault_of_a_plan_in_toml_has_its_character(tmp_path, small):
    path = tmp_path / "mine.toml"
    path.write_text('[[line]]\nzone = "4404"\ninstrument = "grants"\namount = 99_000_000\n')
    with pytest.raises(InputError, match=r"mine.toml:4:\d+: amount: zone 4404 has"):
        completed_plan(load_plan(path), small)


def test_a_menu_is_a_table_like_any_other(tmp_path):
    path = tmp_path / "menu.csv"
    path.write_text(
        "Nom;Jours;Subventions (M€);Début ingénierie;Début subventions\n"
        "none;;;3;6\nle plus;50;1,5;3;mois 6\n",
        encoding="cp1252",
    )
    assert read_menu(path) == (Option("none", 0, 0, 3, 6), Option("le plus", 50, 1_500_000, 3, 6))


def test_an_arm_does_not_take_the_name_of_what_it_is_compared_with():
    with pytest.raises(InputError, match="the name of what is compared with"):
        Arm.of_plan(Plan("none", (GRANTS,)))


def test_zones_and_closures_as_an_administration_lists_them(tmp_path):
    path = tmp_path / "zones.csv"
    path.write_text(
        "Sites annoncés en 2024;;;;\n"
        "Commune;Code postal;Code APE;Effectif;Redressement judiciaire\n"
        "Vierzon;18100;25.11Z;1 400;oui\nTotal;;;1 400;\n",
        encoding="utf-8",
    )
    rows, notes = read_zones(path)
    assert [tuple(row.values()) for row in rows] == [("2415", 1400, "CH", 0, True)]
    assert "totals" in notes[0]
    path.write_text("commune;cp;naf;effectif\nAmiens;18100;CH;400\n", encoding="utf-8")
    with pytest.raises(InputError, match=r"zones.csv:2: postcode and name"):
        read_zones(path)


@pytest.mark.parametrize(
    ("text", "code"),
    [("29.32Z", "CL"), ("2511", "CH"), ("C25", "CH"), ("CH - Métallurgie", "CH"), ("acier", "CH")],
)
def test_a_sector_as_registers_and_people_call_it(text, code):
    assert sector_called(text) == code


def test_a_word_of_two_sectors_is_refused_with_both():
    with pytest.raises(InputError, match="CL Matériels de transport, GZ"):
        sector_called("automobile")


@pytest.mark.parametrize(
    ("text", "value"), [("8,2 M€", 8_200_000), ("4.35k", 4350), ("8199999.9999999993", 8_200_000)]
)
def test_scaled_numbers_are_exact(text, value):
    assert whole_number(text, "--envelope") == value
