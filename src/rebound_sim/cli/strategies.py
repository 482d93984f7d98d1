"""`rebound strategies`: the rules that share a programme's money between territories."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from rebound_sim.cli.options import json_option
from rebound_sim.json_text import json_text

if TYPE_CHECKING:
    from rebound_sim.policies.strategy import Strategy


@click.command()
@click.argument("name", required=False)
@click.option(
    "--strategy-file",
    type=click.Path(),
    metavar="FILE",
    help="Show your own strategy, after a check that it holds the contract.",
)
@json_option
def strategies(name: str | None, strategy_file: str | None, as_json: bool) -> None:
    """List allocation strategies, or explain the one called NAME.

    A strategy of level "zones" gives an envelope to each territory; one of level "files" chooses
    among the files of all territories. Levers are what a strategy fixes in the programme. Your own
    strategy is one Python file: docs/add_a_strategy.md.
    """
    from rebound_sim.errors import InputError

    if name is not None and strategy_file is not None:
        raise InputError("give NAME or a file, not both", file="--strategy-file", value=name)
    if strategy_file is not None:
        _show(_checked(strategy_file), as_json)
    elif name is not None:
        from rebound_sim.policies.strategy_choice import get_strategy

        _show(get_strategy(name), as_json)
    else:
        _list(as_json)


def _checked(path: str) -> Strategy:
    from rebound_sim.errors import InputError
    from rebound_sim.policies.contract import ContractError, check_strategy
    from rebound_sim.policies.strategy_choice import load_strategy_file

    choice = load_strategy_file(path)
    try:
        check_strategy(choice)
    except ContractError as breach:
        # A fault of the rule has its file and line already.
        place = None if breach.__cause__ else path
        raise InputError(str(breach), file=place) from None
    return choice.resolve()


def _record(item: Strategy) -> dict[str, Any]:
    return {
        "name": item.name,
        "title": item.title,
        "level": item.level,
        "levers": dict(item.levers),
        "recall": item.recall,
        "description": item.description,
    }


def _levers(item: Strategy) -> list[str]:
    words = [f"fixes {name} = {str(value).lower()}" for name, value in item.levers.items()]
    return [*words, "takes back what zones have not committed"] if item.recall else words


def _list(as_json: bool) -> None:
    from rebound_sim.policies.strategy_choice import get_strategy, named_strategies

    found = [get_strategy(name) for name in named_strategies()]
    if as_json:
        click.echo(json_text({"strategies": [_record(item) for item in found]}, 2))
        return
    from rich.console import Console
    from rich.table import Table

    table = Table(box=None, pad_edge=False)
    # A name cut short cannot be typed.
    for column in ("strategy", "level"):
        table.add_column(column, no_wrap=True, overflow="ignore")
    table.add_column("what it does")
    for item in found:
        lines = "\n  ".join([item.title, *_levers(item)])
        table.add_row(item.name, item.level, lines)
    console = Console(highlight=False)
    console.print(table)
    console.print("\nrebound strategies NAME explains one; docs/add_a_strategy.md: write your own.")


def _show(item: Strategy, as_json: bool) -> None:
    if as_json:
        click.echo(json_text(_record(item), 2))
        return
    click.echo(f"{item.name} (level: {item.level})\n")
    click.echo(item.description)
    click.echo("".join(f"\n- {words}" for words in _levers(item)))
