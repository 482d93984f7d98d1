"""All figures of a results folder."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from rebound_sim.experiment.store import read_results
from rebound_sim.figures import style
from rebound_sim.figures.context import Context
from rebound_sim.figures.displaced import displaced_picture
from rebound_sim.figures.employment import employment_picture
from rebound_sim.figures.funnel import funnel_picture
from rebound_sim.figures.money import money_picture
from rebound_sim.statistics.panels import as_panels

FOLDER_NAME = "figures"


def draw_figures(folder: str | Path, language: str = "en") -> list[Path]:
    """Write figures/*.png, *.svg and *.csv into a results folder; return the paths.

    One set per policy. Raises InputError (not a results folder), OSError.
    """
    target = Path(folder) / FOLDER_NAME
    target.mkdir(exist_ok=True)
    with style.house_style():
        return [
            path for picture in pictures(folder, language) for path in style.save(picture, target)
        ]


def pictures(folder: str | Path, language: str = "en") -> Iterator[style.Picture]:
    """The figures of a results folder, not yet written; to be used within `house_style`."""
    results = read_results(folder)
    panels, manifest = as_panels(results), results.manifest
    for policy in panels.policies:
        context = Context(
            panels,
            policy,
            world=str(manifest.scenario.get("title", "")),
            version=manifest.identity.version,
            seed=manifest.identity.seed,
            language=language,
            suffix=f"_{policy}" if len(panels.policies) > 1 else "",
        )
        for picture in (
            employment_picture(context),
            displaced_picture(context),
            funnel_picture(context),
            money_picture(context),
        ):
            if picture is not None:
                yield picture
