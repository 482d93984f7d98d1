"""Write the postcodes that ship with the package, from a list of municipalities with postcodes.

    python scripts/make_postcodes.py communes.json

communes.json is the file of that name of Etalab's *découpage administratif* (6.0.0, geography of
2026, Licence Ouverte): municipalities of Insee with the postcodes of La Poste's *base officielle
des codes postaux*. Municipalities that have merged since the geography of the shipped tables have
no postcode of their own in it.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from rebound_sim.data.postcodes import FILE
from rebound_sim.data.tables import table


def main() -> None:
    """Read the list named on the command line; write one line for each postcode."""
    known = set(table("municipalities").columns["code"])
    found: dict[str, list[str]] = {}
    for place in json.loads(Path(sys.argv[1]).read_text(encoding="utf-8")):
        # A delegated municipality may bear the code of the one that it is now a part of.
        if place["type"] == "commune-actuelle" and place["code"] in known:
            for postcode in place.get("codesPostaux", ()):
                found.setdefault(postcode, []).append(place["code"])
    lines = [f"{postcode},{' '.join(sorted(set(codes)))}" for postcode, codes in found.items()]
    FILE.write_text(
        "\n".join(["postcode,municipalities", *sorted(lines), ""]), encoding="utf-8", newline="\n"
    )


if __name__ == "__main__":
    main()
