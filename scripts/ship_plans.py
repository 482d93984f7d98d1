"""Ship plans of an optimisation of the shipped programme, as arms of its comparison.

    rebound optimise
    python scripts/ship_plans.py results/optimise-france2030_auto best_mean fair

The first plan named is the preferred one. Former plans are removed.
"""

from __future__ import annotations

import argparse
import shutil
from dataclasses import replace
from pathlib import Path

from rebound_sim.policies import load_plan
from rebound_sim.policies.taught import taught_in, write_taught
from rebound_sim.scenario import completed_plan, load_world

TARGET = Path(__file__).resolve().parent.parent / "scenarios" / "plans"


def main() -> None:
    """Check the plans against the shipped programme, then copy them."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path, help="results of rebound optimise")
    parser.add_argument("plans", nargs="+", help="names of plans, the preferred one first")
    asked = parser.parse_args()
    source = asked.folder / "plans"
    taught = taught_in(source)
    if taught is None:
        raise SystemExit(f"{source}: nothing says in which worlds these plans were chosen")
    for name in asked.plans:
        completed_plan(load_plan(source / f"{name}.csv"), load_world())
    for old in TARGET.glob("*.csv"):
        old.unlink()
    for name in asked.plans:
        shutil.copyfile(source / f"{name}.csv", TARGET / f"{name}.csv")
    write_taught(replace(taught, plans=tuple(asked.plans)), TARGET)
    print(f"{TARGET}: {', '.join(asked.plans)}, chosen in worlds {taught.worlds}")


if __name__ == "__main__":
    main()
