"""Commands of the documentation: each option exists, and tables are read as the pages show them."""

import re
import shlex
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from rebound_sim.cli.main import cli
from rebound_sim.cli.new import new
from rebound_sim.policies.plan_file import load_plan
from rebound_sim.scenario import load_world

ROOT = Path(__file__).parents[2]
PAGES = sorted({ROOT / "README.md", *(ROOT / "docs").rglob("*.md")})
#: A command on a line of a block or between backticks; what follows a # is said to the reader.
_BLOCK = re.compile(r"^(?:```|~~~).*?\n(.*?)^(?:```|~~~)", re.M | re.S)
_INDENTED = re.compile(r"^ {4}(rebound .*)$", re.M)
_INLINE = re.compile(r"`(rebound [^`]+)`")


def commands(page):
    """The commands of a page, without the words beside them; lines that go on are joined."""
    text = page.read_text(encoding="utf-8").replace("\\\n", " ")
    lines = [line for block in _BLOCK.findall(text) for line in block.splitlines()]
    lines += _INDENTED.findall(text) + _INLINE.findall(_BLOCK.sub("", text))
    for line in lines:
        line = line.split("&&")[-1].strip()
        if line.startswith("rebound "):
            yield re.split(r"\s{2,}|\s+#", line)[0]


EVERY = [(page.relative_to(ROOT).as_posix(), c) for page in PAGES for c in commands(page)]


def parsed(words):
    """The command that words reach, its options as typed. Raises click.UsageError."""
    command, context = cli, click.Context(cli, info_name="rebound")
    while isinstance(command, click.Group) and words:
        name, *words = words
        if name in ("COMMAND", "COMMANDE"):
            return None  # any of them
        found = command.get_command(context, name)
        if found is None:
            raise click.UsageError(f"no command {name}")
        command, context = found, click.Context(found, info_name=name, parent=context)
    return command.make_parser(context).parse_args(list(words))


def test_there_are_commands_in_both_languages():
    assert len(EVERY) > 120
    assert sum(page.startswith("docs/fr/") for page, _ in EVERY) > 30


@pytest.mark.parametrize("page", sorted({page for page, _ in EVERY}))
def test_options_of_the_documentation_exist(page):
    for place, text in EVERY:
        if place != page:
            continue
        words = shlex.split(text)[1:]
        try:
            parsed(words)
        except click.BadOptionUsage as fault:
            # An option that a sentence names has no value there.
            if words[-1] != fault.option_name:
                pytest.fail(f"{page}: {text}: {fault.format_message()}")
        except click.UsageError as fault:
            pytest.fail(f"{page}: {text}: {fault.format_message()}")


def test_tables_of_the_french_page_are_read(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    page = (ROOT / "docs" / "fr" / "mon_programme.md").read_text(encoding="utf-8")
    zones, plan = re.findall(r"```text\n(.*?)```", page, re.S)
    Path("zones.csv").write_text(zones, encoding="utf-8")
    Path("ma_repartition.csv").write_text(plan, encoding="utf-8")
    (line,) = re.findall(r"^rebound new (programme .*)$", page, re.M)
    done = CliRunner().invoke(new, shlex.split(line), catch_exceptions=False)
    assert done.exit_code == 0, done.output
    world = load_world("mon_programme.toml")
    assert world.programme.envelope_eur == 25_000_000
    assert [zone.closure[0].jobs for zone in world.zone] == [200, 400, 100]
    lines = load_plan("ma_repartition.csv").lines
    assert [line.amount_eur for line in lines[1:]] == [3_000_000, 2_500_000]
    assert lines[0].days == 145
