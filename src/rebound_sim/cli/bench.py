"""`rebound bench`: speed and memory of the model on this machine."""

from __future__ import annotations

from collections.abc import Mapping

import click

from rebound_sim.cli.options import json_option
from rebound_sim.json_text import json_text

_PARTS = ("targets", "basin", "comparison", "programme")


@click.command()
@click.argument("what", type=click.Choice(_PARTS), default="targets")
@json_option
@click.option("--no-cold", is_flag=True, help="Do not compile again in an empty cache folder.")
@click.option(
    "--record",
    is_flag=True,
    help="Add a line to benchmarks/history.csv of the checkout: commit, machine, figures.",
)
def bench(what: str, as_json: bool, no_cold: bool, record: bool) -> None:
    """Measure speed and memory: what is reached beside what is wanted. Takes some minutes.

    basin: one zone beside plain Mesa. comparison: start-up, first result and one replication of the
    default comparison, its end. targets: both. programme: a national run on one and two cores.
    """
    if record:
        from rebound_sim.benchmarks.history import append, history_file

        path = history_file()
    figures = _measured(what, cold=not no_cold)
    if record:
        append(path, figures)
    if as_json:
        click.echo(json_text(figures))
        return
    _show(figures)


def _measured(what: str, cold: bool) -> dict[str, float]:
    from rebound_sim.benchmarks import measure, measure_comparison, measure_programme

    if what == "programme":
        return measure_programme()
    figures = measure(cold=cold) if what in ("targets", "basin") else {}
    if what in ("targets", "comparison"):
        figures = measure_comparison() | figures
    return figures


def _show(figures: Mapping[str, float]) -> None:
    """Figures that have a target beside it, then the others."""
    from rebound_sim.benchmarks import beside_targets

    rows = beside_targets(figures)
    for target, value in rows:
        sign = "≥" if target.least else "≤"
        state = "met" if target.met(value) else "missed"
        unit = "" if target.unit == "1" else f" {target.unit}"
        wanted = f"wanted {sign} {target.wanted:,.4g}: {state}"
        click.echo(f"{target.meaning}: {value:,.4g}{unit}, {wanted}")
    shown = {target.figure for target, _ in rows}
    others = {name: value for name, value in figures.items() if name not in shown}
    width = max((len(name) for name in others), default=0)
    for name, value in others.items():
        click.echo(f"{name:<{width}}  {value:,.4g}")
