"""Put the tables of a validation into the page that shows them, between its marks.

rebound validate --replications 8 --seed 1 --out results/validation
python scripts/validation_page.py results/validation --into docs/validation.md
"""

from __future__ import annotations

import argparse
import csv
import re
from pathlib import Path

_FILES = ("results.md", "replays.md", "held_out.md")


def summary(folder: Path) -> str:
    """Rows inside by use, then the names and values of those outside."""
    with (folder / "moments.csv").open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    said = []
    for use, words in (("calibrate", "to calibrate"), ("check", "to check")):
        mine = [row for row in rows if row["use"] == use]
        inside = sum(row["verdict"] == "inside" for row in mine)
        outside = ", ".join(_outside(row) for row in mine if row["verdict"] == "outside")
        said.append(
            f"**Rows {words}: {inside} of {len(mine)} inside ({inside / len(mine):.0%}).** "
            f"Outside: {outside}."
        )
    return "\n\n".join(said)


def _outside(row: dict[str, str]) -> str:
    band = f"{_short(row['low'])} to {_short(row['high'])}"
    return f"`{row['id']}` ({_short(row['simulated'])}; {band})"


def _short(number: str) -> str:
    return f"{float(number):.3g}".replace("-", "−")


def put(text: str, name: str, block: str) -> str:
    """The text with a block between the marks of a name. Raises SystemExit without such marks."""
    begin = rf"(<!-- from {re.escape(name)}[^\n]*: begin -->\n)"
    marks = re.compile(rf"{begin}.*?(<!-- end -->)", re.DOTALL)
    text, count = marks.subn(lambda found: found[1] + block.strip() + "\n" + found[2], text)
    if count != 1:
        raise SystemExit(f"{name}: {count} pairs of marks, one is needed")
    return text


def main() -> None:
    """Replace what stands between the marks of each file."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path, help="results of rebound validate")
    parser.add_argument("--into", type=Path, required=True, metavar="FILE", help="the page")
    asked = parser.parse_args()
    text = put(asked.into.read_text(encoding="utf-8"), "moments.csv", summary(asked.folder))
    for name in _FILES:
        text = put(text, name, (asked.folder / name).read_text(encoding="utf-8"))
    asked.into.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
