"""What was read of each file, and what was not: the report of a build."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, fields
from typing import Any, Final

#: Columns of the table `sources`, written beside tables that official files changed.
SOURCE_COLUMNS: Final = (
    "file", "part", "kind", "vintage", "use", "digest", "rows", "zones", "withheld", "unpublished",
    "provisional", "revised", "repeated", "totals", "unmatched", "unmatched_codes", "remarks",
)  # fmt: skip
_NAMED = 6


@dataclass
class FileRecord:
    """One file of a folder or of the command line.

    kind : `unemployment`, `flores`, …, `prepared`, or "" when it is not recognised
    use : `used`, `older` (another vintage was used), `same` (as another file), `not needed`,
        `not data`
    order : what two vintages of a kind are ordered by ("" when the file has no date)
    rows : rows with figures; zones : zones with a figure
    withheld, unpublished, provisional, revised : cells
    unmatched : figures by code that the tables do not know; totals : rows of France, regions, …
    remarks : what else was noticed, one line each
    """

    file: str
    part: str = ""
    kind: str = ""
    vintage: str = ""
    use: str = "used"
    digest: str = ""
    order: str = ""
    rows: int = 0
    zones: int = 0
    statuses: Counter[str] = field(default_factory=Counter)
    repeated: int = 0
    totals: int = 0
    unmatched: Counter[str] = field(default_factory=Counter)
    remarks: list[str] = field(default_factory=list)

    def remark(self, text: str) -> None:
        """Note something once."""
        if text and text not in self.remarks:
            self.remarks.append(text)

    def unmatched_named(self) -> str:
        """The first unmatched codes, and how many more there are."""
        named = sorted(self.unmatched)
        more = f" and {len(named) - _NAMED} more" if len(named) > _NAMED else ""
        return ", ".join(named[:_NAMED]) + more

    def cells(self) -> list[str]:
        """Row of the table `sources`."""
        return [
            self.file,
            self.part,
            self.kind,
            self.vintage,
            self.use,
            self.digest,
            str(self.rows),
            str(self.zones),
            *(
                str(self.statuses[name])
                for name in ("withheld", "unpublished", "provisional", "revised")
            ),
            str(self.repeated),
            str(self.totals),
            str(sum(self.unmatched.values())),
            "|".join(sorted(self.unmatched)[:100]),
            " | ".join(self.remarks),
        ]

    def as_json(self) -> dict[str, Any]:
        """The record as plain values."""
        found = {f.name: getattr(self, f.name) for f in fields(self) if f.name != "order"}
        return found | {"statuses": dict(self.statuses), "unmatched": dict(self.unmatched)}

    def sentence(self) -> str:
        """The record as one line for a reader."""
        where = f"{self.file} [{self.part}]" if self.part else self.file
        if self.use != "used":
            why = "; ".join(self.remarks)
            what = f"{self.kind}, {self.use}" if self.kind else self.use
            return f"{where}: {what}" + (f" ({why})" if why else "")
        counts = [f"{self.zones} zones" if self.zones else f"{self.rows:,} rows"]
        counts += [
            f"{number:,} {name} cells" for name, number in sorted(self.statuses.items()) if number
        ]
        if self.repeated:
            counts.append(f"{self.repeated:,} repeated rows")
        if self.totals:
            counts.append(f"{self.totals:,} rows of totals left out")
        if self.unmatched:
            counts.append(f"{len(self.unmatched):,} unmatched codes ({self.unmatched_named()})")
        text = f"{where}: {self.kind}, {self.vintage}: {', '.join(counts)}"
        return "; ".join([text, *self.remarks])
