"""Options that several commands share, written once: same name, same words, same default."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import click

Option = Callable[[Callable[..., Any]], Callable[..., Any]]


def finite(value: object) -> float:
    """Type of an option: a number, with a point or a decimal comma. Raises ValueError."""
    number = float(str(value).strip().replace(",", "."))
    if not math.isfinite(number):
        raise ValueError(value)
    return number


seed_option = click.option("--seed", type=int, default=0, show_default=True, metavar="S")
months_option = click.option(
    "--months", type=int, metavar="N", help="Months simulated after the burn-in."
)
workers_option = click.option(
    "--workers",
    type=int,
    metavar="N",
    help="Processes. Default: one per processor, fewer where memory is short.",
)
scheduler_option = click.option(
    "--scheduler",
    metavar="URL",
    help="Dask scheduler whose workers simulate, such as tcp://host:8786 (docs/cluster.md).",
)
shard_option = click.option(
    "--shard", metavar="i/n", help="Do this part of the work only: one job of a job array."
)
cap_option = click.option("--cap", type=int, metavar="N", help="Most replications with --until.")
overwrite_option = click.option(
    "--overwrite", is_flag=True, help="Replace the results that are there."
)
json_option = click.option(
    "--json",
    "as_json",
    is_flag=True,
    help="Print one JSON object on standard output and nothing else there.",
)


def tell_lines(missing: Iterable[str]) -> None:
    """Say on standard error what could not be made."""
    for line in missing:
        click.echo(f"Missing: {line}", err=True)


def count_option(name: str, said: str, default: int | None = None, metavar: str = "N") -> Option:
    """An option that takes a whole number. default : shown when there is one"""
    shown = default is not None
    return click.option(
        name, type=int, default=default, show_default=shown, metavar=metavar, help=said
    )


def path_option(*names: str, help: str, metavar: str = "FILE") -> Option:
    """An option that takes a path."""
    return click.option(*names, type=click.Path(path_type=Path), metavar=metavar, help=help)


def repeated_option(name: str, variable: str, metavar: str, said: str) -> Option:
    """An option that may be given several times."""
    return click.option(name, variable, multiple=True, metavar=metavar, help=said)


def language_option(said: str, default: str = "en") -> Option:
    """`--lang`."""
    kinds = click.Choice(["en", "fr"])
    return click.option(
        "--lang", "language", type=kinds, default=default, show_default=True, help=said
    )


def settings_option(what: str) -> Option:
    """`--set KEY=VALUE`. what : what is replaced, with its article."""
    return repeated_option("--set", "settings", "KEY=VALUE", f"Replace {what}; may be repeated.")


def resume_option(what: str = "Add what is missing to the results that are there.") -> Option:
    """`--resume`. what : what it does."""
    return click.option("--resume", is_flag=True, help=what)


def until_option(goal: str, example: str) -> Option:
    """`--until`. goal : what ends it    example : of a rule"""
    said = f'Add replications until {goal}: "{example}".'
    return click.option("--until", metavar="EXPR", help=said)


def out_option(meaning: str, default: Path | None = None) -> Option:
    """`--out DIR`. meaning : what is written there    default : shown when there is one."""
    return click.option(
        "--out",
        type=click.Path(path_type=Path),
        default=default,
        show_default=default is not None,
        metavar="DIR",
        help=meaning,
    )


def zones_option(default: int) -> Option:
    """`--zones N` of the studies that compare the model with moments."""
    return count_option(
        "--zones",
        "Zones simulated at each point: the N smallest of the six of rebound validate.",
        default,
    )
