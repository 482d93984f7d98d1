"""The options `--worlds`, `--lucks` and `--replications`: see `experiment.asked`."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import click

from rebound_sim.cli.options import count_option
from rebound_sim.experiment.asked import CROSSED, DEFAULT_WORLDS


def worlds_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """The three options of a command that compares."""
    for option in (
        count_option(
            "--replications",
            "In place of both: N lucks, each in the next world, from the first again when "
            "worlds run out.",
        ),
        count_option(
            "--lucks",
            "Lucks in each world.  [default: 1, and a second one in "
            f"{CROSSED} worlds, which tells luck from worlds]",
            metavar="L",
        ),
        click.option(
            "--worlds",
            metavar="N",
            help="Sets of parameters to compare in, or all.  "
            f"[default: {DEFAULT_WORLDS}, or all if fewer]",
        ),
    ):
        command = option(command)
    return command
