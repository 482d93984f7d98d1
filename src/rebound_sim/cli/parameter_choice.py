"""The option `--parameters`, the same in every command that simulates."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import click

from rebound_sim.parameters.ensemble import DEFAULT_CHOICE, OPTION

parameters_option = click.option(
    OPTION,
    "parameters",
    metavar="CHOICE",
    help="Parameter sets: declared (values of rebound explain), point (calibrated), or ensemble "
    "(worlds: sets that moments do not rule out).  "
    f"[default: {DEFAULT_CHOICE}]",
)


def parameters_note(recorded: Mapping[str, Any]) -> str:
    """What intervals hold when parameters are not the declared ones, "" otherwise.

    recorded : `parameters` of a manifest
    """
    match recorded.get("choice", "declared"):
        case "point":
            return "Parameters: the calibrated point; intervals hold luck alone."
        case "ensemble" | "posterior" as choice:
            sets = "calibrated sets" if choice == "ensemble" else "draws of the posterior"
            return (
                f"Parameters: worlds are among {recorded['sets']} {sets}; intervals of means hold "
                "luck and parameters together."
            )
        case _:
            return ""
