"""Residents in work by place of residence and of work (Insee page 8998300, any year)."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping

from rebound_sim.data.official.reading import Reader
from rebound_sim.data.official.recognise import RecognisedTable
from rebound_sim.data.official.record import FileRecord
from rebound_sim.data.official.values import DISTRICTS, commune_code, is_french_commune

ABROAD = "OUT"
#: Flows with a municipality that has no zone: of all, and of the residents in work of one zone.
UNMATCHED_FLOWS, UNMATCHED_OF_ZONE = 0.01, 0.05
_REMEDY = (
    "municipalities of the same year: give the composition of zones of that year with it "
    "(page 4652957)"
)


def read_commuting(
    source: RecognisedTable, record: FileRecord, zone_by_commune: Mapping[str, str]
) -> dict[tuple[str, str], float]:
    """Residents 15+ in work by zone of residence and zone of work, abroad under `OUT`.

    A French municipality without a zone is counted as unmatched, never as abroad; raises
    InputError when these are more than a small share, of all flows or of a zone's.
    """
    reader = Reader(source, record, ())
    flows: dict[tuple[str, str], float] = defaultdict(float)
    lost: dict[str, Counter[str]] = defaultdict(Counter)
    columns = source.columns
    seen: dict[tuple[str, str], tuple[int, float | None]] = {}
    for line, cells in source.rows():
        home_text, work_text = cells[columns["CODGEO"]], cells[columns["DCLT"]]
        if not any(c.isdigit() for c in cells[columns["flow"]]) and not work_text.strip():
            continue
        reader.width(line, cells)
        reading = reader.figure(line, cells, columns["flow"])
        key = (home_text, work_text)
        if key in seen:
            record.repeated += 1
            if seen[key][1] != reading.value:
                raise source.fault(
                    f"flow given twice with another value (line {seen[key][0]})",
                    line,
                    columns["flow"],
                    cells[columns["flow"]],
                )
            continue
        seen[key] = (line, reading.value)
        reader.count(reading)
        if reading.value is None:
            continue
        record.rows += 1
        home, work = _zone(home_text, zone_by_commune), _zone(work_text, zone_by_commune)
        if home is None:
            lost[""][home_text.strip()] += round(reading.value)
        elif work is None and is_french_commune(work_text):
            lost[home][work_text.strip()] += round(reading.value)
        else:
            flows[home, work or ABROAD] += reading.value
    if not flows and not lost:
        raise source.fault("no flow found", source.line)
    _judge(source, record, flows, lost)
    record.zones = len({home for home, _ in flows})
    record.vintage = f"20{source.titles[columns['flow']].strip().upper().split('_C')[1][:2]}"
    return dict(flows)


def _zone(text: str, zone_by_commune: Mapping[str, str]) -> str | None:
    code = commune_code(text) or text.strip()
    return zone_by_commune.get(code) or zone_by_commune.get(DISTRICTS.get(code, ""))


def _judge(
    source: RecognisedTable,
    record: FileRecord,
    flows: Mapping[tuple[str, str], float],
    lost: Mapping[str, Counter[str]],
) -> None:
    """Count unmatched municipalities; refuse the file when they hold too many people."""
    for codes in lost.values():
        record.unmatched.update(codes)
    gone = sum(record.unmatched.values())
    whole = sum(flows.values()) + gone
    if gone > UNMATCHED_FLOWS * whole:
        raise source.fault(
            f"{gone:,} of {whole:,.0f} commuters live or work in municipalities without a zone "
            f"({record.unmatched_named()})",
            column=source.columns["DCLT"],
            allowed=_REMEDY,
        )
    residents: Counter[str] = Counter()
    for (home, _), value in flows.items():
        residents[home] += round(value)
    for home, codes in sorted(lost.items()):
        part = sum(codes.values())
        if home and part > UNMATCHED_OF_ZONE * (residents[home] + part):
            named = ", ".join(sorted(codes)[:4])
            raise source.fault(
                f"{part:,} of {residents[home] + part:,} residents in work of zone {home} go to "
                f"municipalities without a zone ({named})",
                column=source.columns["DCLT"],
                allowed=_REMEDY,
            )
