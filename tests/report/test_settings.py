"""report.toml: what it says is in the report, and mistakes are told with their place."""

import io
import struct
import zlib
from pathlib import Path
from typing import get_args

import pytest
from click.testing import CliRunner
from pypdf import PdfReader

from rebound_sim.cli.report import report
from rebound_sim.errors import InputError
from rebound_sim.report.build import document_of
from rebound_sim.report.outline import ANNEXES, SECTIONS
from rebound_sim.report.render_html import html_of
from rebound_sim.report.render_pdf import pdf_of
from rebound_sim.report.settings import Annex, Section, read_settings

WHOLE = """\
title = "Un rebond pour trente bassins"
subtitle = "Rapport d'étape"
author = "Service <des> études"
commissioner = "Direction générale"
logo = "logo.png"
date = 2026-12-01
sections = ["findings", "limits", "jobs"]
figures = ["strategies"]
annexes = ["provenance"]
"""


def png():
    """A white image of four pixels."""

    def chunk(kind, data):
        check = zlib.crc32(kind + data)
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", check)

    head = struct.pack(">IIBBBBB", 2, 2, 8, 2, 0, 0, 0)
    rows = zlib.compress(b"\0" + b"\xff" * 6 + b"\0" + b"\xff" * 6)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


@pytest.fixture
def written(tmp_path):
    def write(text, name="report.toml"):
        place = tmp_path / name
        place.write_text(text, encoding="utf-8")
        (tmp_path / "logo.png").write_bytes(png())
        return place

    return write


def headings(document):
    return ["".join(run.text for run in b.runs) for b in document.blocks if b.kind == "heading"]


def test_what_the_file_says_is_in_the_report(compared, written):
    settings, logo = read_settings(written(WHOLE))
    document, *_ = document_of(*compared, "fr", None, settings, logo)
    assert document.title == "Un rebond pour trente bassins"
    assert headings(document) == [
        "L’essentiel",
        "Ce que le modèle ne peut pas dire",
        "2 options sur 3 laissent plus d’emplois que l’absence d’aide",
        "Annexe. Provenance",
    ]
    assert [b.name for b in document.blocks if b.kind == "drawing"] == ["strategies"]
    pdf = PdfReader(io.BytesIO(pdf_of(document)))
    first = pdf.pages[0].extract_text()
    for words in (
        "Rapport d'étape",
        "Service <des> études",
        "Direction générale",
        "1er\u00a0décembre\u00a02026",
    ):
        assert words in first
    assert pdf.metadata.author == "Service <des> études"
    page = html_of(document)
    assert "Service &lt;des&gt; études" in page and 'class="logo" src="data:image/png' in page
    assert 'href="#cell' not in page  # no index, no link to it


def test_without_a_file_all_sections_are_written_once(documents):
    document = documents["fr"][0]
    found = headings(document)
    assert len(found) == len(set(found))
    assert len([h for h in found if not h.startswith("Annexe")]) >= len(SECTIONS) - 1


def test_names_of_the_file_are_those_of_the_outline():
    assert set(get_args(Section)) == set(SECTIONS)
    assert set(get_args(Annex)) == set(ANNEXES)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ('tittle = "x"', r"report\.toml:1:1: tittle: unknown key .*did you mean title"),
        ('author = "a"\nsections = ["findings", "jobz"]', r":2:25: sections\.1: .*'jobz'.*jobs"),
        ("sections = []", r":1:1: sections: too few values"),
        ('annexes = ["cells", "cells"]', r":1:21: annexes\.1: named twice"),
        ('figures = ["strategy"]', r":1:12: figures\.0: unknown figure.*strategies"),
        ('date = "demain"', r":1:1: date: wrong"),
        ('logo = "nothing.png"', r":1:1: logo: the logo cannot be read"),
        ('logo = "report.toml"', r":1:1: logo: the logo is not an image"),
        ('title = "a\\nb"', r":1:1: title: not written as expected"),
        ("title = x", r":1:9: title: not a TOML value"),
        ("", r"the file is empty"),
    ],
)
def test_mistakes_are_told_with_file_line_and_key(written, text, told):
    with pytest.raises(InputError, match=told):
        read_settings(written(text))


def test_the_example_of_the_documentation_is_read():
    settings, logo = read_settings(Path(__file__).parents[2] / "docs" / "report.toml")
    assert settings.title and settings.date and logo is None
    assert "robustness" not in settings.sections and settings.figures


def test_the_command_takes_the_file_and_the_forms(folder, written, tmp_path):
    out = tmp_path / "out"
    done = CliRunner().invoke(
        report,
        [
            str(folder),
            "--config",
            str(written(WHOLE)),
            "--format",
            "html",
            "--out",
            str(out),
            "--lang",
            "fr",
        ],
    )
    assert done.exit_code == 0, done.output
    assert (out / "report.html").is_file()
    assert not (out / "report.pdf").exists() and not (out / "report.docx").exists()
    assert "Un rebond pour trente bassins" in (out / "report.html").read_text("utf-8")
