"""Terminal tables of zones (rich). Imported by `rebound basins` only when it prints tables."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from rich import box
from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from rebound_sim.data import profile
from rebound_sim.data.basins import (
    DURATION_LABELS,
    QUALIFICATIONS,
    BasinFigures,
    BasinSummary,
    list_basins,
)
from rebound_sim.data.impute import AGE_CLASSES

TWO_COLUMNS_FROM = 110
SECTORS_SHOWN = 15
NARROW_NAME = 21
WIDE_NAME = 26
SECTOR_LABEL = 36
YEARS_SHOWN = ("2008", "2013", "2019", "2021", "2022", "2023")


def whole(value: float) -> str:
    """Whole number with thin grouping, `1,234`."""
    return f"{value:,.0f}"


def percent(share: float, decimals: int = 1) -> str:
    """Share 0-1 as a percentage without the sign."""
    return f"{100 * share:.{decimals}f}"


def new_table(title: str, headers: Sequence[str], text_columns: int = 1) -> Table:
    """Table with `text_columns` left-aligned columns, the others right-aligned."""
    made = Table(
        title=title or None,
        title_justify="left",
        title_style="bold",
        box=box.SIMPLE_HEAD,
        show_edge=False,
        show_header=any(headers),
        pad_edge=False,
        padding=(0, 1, 0, 0),
        min_width=len(title) or None,
    )
    for position, header in enumerate(headers):
        if position < text_columns:
            made.add_column(header, overflow="ellipsis")
        else:
            made.add_column(header, justify="right", no_wrap=True)
    return made


def _spaced(parts: Iterable[RenderableType]) -> Group:
    """Parts one below the other, a blank line after each."""
    return Group(*(Padding(part, (0, 0, 1, 0)) for part in parts))


def _fill(made: Table, rows: Iterable[Sequence[str]]) -> Table:
    for row in rows:
        made.add_row(*row)
    return made


def zones_table(zones: Sequence[BasinSummary], width: int) -> Table:
    """The list of zones; region and overlap with Territoires d'industrie when there is room."""
    wide = width >= TWO_COLUMNS_FROM
    region, overlap = (["Region"], ["TI %"]) if wide else ([], [])
    figures = ["In work", "Jobs", "Ind.%", "Unemp.%", "Frag.", "Rank"]
    made = new_table("", ["Code", "Zone", *region, *figures, *overlap], 3 if wide else 2)
    for column in made.columns[: 3 if wide else 2]:
        column.no_wrap = True
    made.columns[1].max_width = WIDE_NAME if wide else NARROW_NAME
    for zone in zones:
        made.add_row(
            zone.code,
            zone.name,
            *([zone.region] if wide else []),
            whole(zone.employed_residents),
            whole(zone.salaried_jobs),
            percent(zone.industry_share),
            f"{zone.unemployment_rate_percent:.1f}",
            f"{zone.fragility:.0f}",
            str(zone.fragility_rank),
            *([percent(zone.ti_share, 0)] if wide else []),
        )
    return made


class _Marks:
    """Adds an asterisk to the label of a field that is imputed for the zone."""

    def __init__(self, figures: BasinFigures) -> None:
        self.imputed = profile.imputed_fields(figures)

    def __call__(self, label: str, field: str) -> str:
        return f"{label}*" if field in self.imputed else label


def _headline(figures: BasinFigures) -> Table:
    mark = _Marks(figures)
    jobs = int(figures.salaried_jobs.sum())
    density = figures.population / figures.area_km2
    ratio = 100 * figures.jobs_workplace / figures.employed_residents
    migration = (figures.in_migration_rate, figures.out_migration_rate)
    rows = [
        ("Residents, 2022", whole(figures.population)),
        ("Area, km2 (residents per km2)", f"{whole(figures.area_km2)} ({density:.0f})"),
        ("Residents 15-64 in work", whole(figures.employed_residents)),
        ("  employment rate, %", f"{figures.employment_rate_percent:.1f}"),
        (
            mark("Unemployment rate 2022 (ILO), %", "unemployment_rate_percent"),
            f"{figures.unemployment_rate_percent:.1f}",
        ),
        ("  unemployed at that rate", whole(figures.unemployed_ilo)),
        ("  unemployed in the census", whole(figures.unemployed_census)),
        (mark("  halo (difference)", "halo"), whole(figures.halo)),
        ("Inactive 15-64, halo included", whole(figures.inactive_15_64)),
        ("Jobs at the workplace", whole(figures.jobs_workplace)),
        ("  per 100 residents in work", f"{ratio:.0f}"),
        ("Salaried jobs, end 2024", whole(jobs)),
        ("Establishments with employees", whole(figures.establishments)),
        (
            mark("Mean gross pay, EUR a month", "mean_gross_wage_eur"),
            whole(figures.mean_gross_wage_eur),
        ),
        ("Poverty rate, %", f"{figures.poverty_rate_percent:.1f}"),
        ("In / out migration, % a year", " / ".join(percent(rate) for rate in migration)),
    ]
    return _fill(new_table("Population and work", ("", "")), rows)


def _sectors(figures: BasinFigures, everything: bool) -> Table:
    rows = [row for row in profile.sector_rows(figures) if row["jobs"]]
    if not everything:
        rows = sorted(rows, key=lambda row: -row["jobs"])
    shown = rows if everything else rows[:SECTORS_SHOWN]
    title = "Salaried jobs by sector, end 2024 (LQ: over national share)"
    made = new_table(title, ("", "Sector", "Jobs", "%", "LQ"), 2)
    made.columns[1].max_width = SECTOR_LABEL
    made.columns[1].no_wrap = True
    for row in shown:
        quotient = Text(f"{row['location_quotient']:.1f}")
        if row["location_quotient"] >= 2 and row["share"] >= 0.01:
            quotient.stylize("bold")
        made.add_row(
            row["sector"], row["label"], whole(row["jobs"]), percent(row["share"]), quotient
        )
    left = rows[len(shown) :]
    if left:
        jobs, share = sum(r["jobs"] for r in left), sum(r["share"] for r in left)
        made.add_row("", f"{len(left)} other sectors", whole(jobs), percent(share), "")
    return made


def _series(figures: BasinFigures) -> list[RenderableType]:
    rates = profile.unemployment_rows(figures.code)
    years = [row for row in rates if row["year"] in YEARS_SHOWN or row["year"] > YEARS_SHOWN[-1]]
    made = new_table("Unemployment rate, %", ("", *(row["year"] for row in years)))
    made.add_row("Zone", *("-" if r["zone"] is None else f"{r['zone']:.1f}" for r in years))
    made.add_row("Mainland", *(f"{row['mainland']:.1f}" for row in years))
    jobs = [row for row in profile.jobs_rows(figures.code) if row["year"] in profile.JOBS_YEARS]
    history = new_table("Salaried jobs at year end", ("", *(row["year"] for row in jobs)))
    history.add_row("Zone", *("-" if r["jobs"] is None else whole(r["jobs"]) for r in jobs))
    return [made, history]


def _structure(figures: BasinFigures) -> list[RenderableType]:
    mark = _Marks(figures)
    made = new_table("Establishments by size, % of salaried jobs", ("", "Zone", "France"))
    small, large = figures.jobs_share_under_10, figures.jobs_share_100_plus
    usual_small = profile.national_value("jobs_under_10") / 100
    usual_large = profile.national_value("jobs_100_plus") / 100
    made.add_row("1-9 employees", percent(small), percent(usual_small))
    made.add_row("10-99", percent(1 - small - large), percent(1 - usual_small - usual_large))
    made.add_row("100 or more", percent(large), percent(usual_large))
    titles = (
        (
            mark("Qualification of residents 15+, %", "qualification_shares"),
            QUALIFICATIONS,
            figures.qualification_shares,
        ),
        (mark("Age of residents 15-64, %", "age_shares"), AGE_CLASSES, figures.age_shares),
        ("Job-seekers by months registered, %, 2019", DURATION_LABELS, figures.duration_shares),
    )
    tables: list[RenderableType] = [made]
    for title, labels, shares in titles:
        row = new_table(title, labels, 0)
        row.add_row(*(percent(share) for share in shares))
        tables.append(row)
    return tables


def _fragility(figures: BasinFigures) -> Table:
    title = (
        f"Fragility {figures.fragility:.0f} of 100, rank {figures.fragility_rank} of "
        f"{len(list_basins())} (1 = most fragile)"
    )
    made = new_table(title, ("Mean of percentile ranks of", "Zone", "Median", "Rank"))
    for row in profile.fragility_rows(figures.code):
        label = f"{row['label']} ({row['unit']})"
        made.add_row(label, f"{row['value']:.1f}", f"{row['median']:.1f}", f"{row['rank']:.0f}")
    return made


def _places(figures: BasinFigures) -> Table:
    made = new_table("Places, residents in 2023", ("", ""))
    for name, residents in figures.places:
        made.add_row(name, whole(residents))
    return made


def _territories(figures: BasinFigures) -> RenderableType:
    rows = profile.territory_rows(figures.code)
    if not rows:
        return Text("No Territoire d'industrie touches this zone.")
    share = percent(figures.ti_share, 0)
    title = f"Territoires d'industrie: {share} % of residents"
    made = new_table(title, ("", "", ""), 2)
    for row in rows:
        made.add_row(row["id"], row["name"], whole(row["residents"]))
    return made


def _neighbours(figures: BasinFigures) -> Text:
    rows = profile.neighbour_rows(figures.code)
    text = Text("Neighbours: ", style="bold")
    text.append("; ".join(f"{row['code']} {row['name']}" for row in rows), style="not bold")
    return text


FIELD_NAMES = {
    "qualification_shares": "Qualification",
    "age_shares": "Age",
    "unemployment_rate_percent": "Unemployment rate",
    "halo": "Halo",
    "mean_gross_wage_eur": "Mean gross pay",
}


def imputation_notes(figures: BasinFigures) -> Table:
    """One line per imputed field, with its method."""
    notes = Table.grid(padding=(0, 2))
    for field, method in profile.imputed_fields(figures).items():
        notes.add_row(f"* {FIELD_NAMES.get(field, field)}", method)
    return notes


def print_profile(console: Console, figures: BasinFigures, everything: bool = False) -> None:
    """Print the profile of a zone; two columns of tables on a wide terminal."""
    console.print(Text(f"{figures.code} {figures.name}, {figures.region}", style="bold reverse"))
    console.print()
    sectors, fragility = _sectors(figures, everything), _fragility(figures)
    left: list[RenderableType] = [_headline(figures), *_series(figures)]
    right: list[RenderableType] = [sectors, fragility]
    lower = _structure(figures)
    if console.width >= TWO_COLUMNS_FROM:
        grid = Table.grid(padding=(0, 4))
        grid.add_row(_spaced(left), _spaced(right))
        grid.add_row(_spaced(lower), _spaced([_places(figures), _territories(figures)]))
        console.print(grid)
    else:
        parts = [*left, *right, *lower, _places(figures), _territories(figures)]
        console.print(_spaced(parts))
    console.print(_neighbours(figures))
    console.print("\nNot published for this zone:", style="bold")
    console.print(imputation_notes(figures))
    console.print("\nSources by field: `rebound basins show CODE --json`, key provenance.")


def _industry_share(zone: BasinFigures) -> float:
    rows = profile.sector_rows(zone)
    return sum(float(row["share"]) for row in rows if row["sector"][0] in "BCDE")


def _job_growth(zone: BasinFigures) -> float:
    rows = profile.fragility_rows(zone.code)
    return next(float(row["value"]) for row in rows if row["component"] == "job_growth")


COMPARED: tuple[tuple[str, Callable[[BasinFigures], str]], ...] = (
    ("Residents", lambda z: whole(z.population)),
    ("Residents 15-64 in work", lambda z: whole(z.employed_residents)),
    ("Employment rate, %", lambda z: f"{z.employment_rate_percent:.1f}"),
    ("Unemployment rate 2022, %", lambda z: f"{z.unemployment_rate_percent:.1f}"),
    ("Salaried jobs", lambda z: whole(z.salaried_jobs.sum())),
    ("  growth since 2008, % a year", lambda z: f"{_job_growth(z):.2f}"),
    ("  in industry, %", lambda z: percent(_industry_share(z))),
    ("  in establishments under 10, %", lambda z: percent(z.jobs_share_under_10)),
    ("  in establishments of 100 or more, %", lambda z: percent(z.jobs_share_100_plus)),
    ("Establishments with employees", lambda z: whole(z.establishments)),
    (
        "Jobs per 100 residents in work",
        lambda z: f"{100 * z.jobs_workplace / z.employed_residents:.0f}",
    ),
    ("Mean gross pay, EUR a month", lambda z: whole(z.mean_gross_wage_eur)),
    ("Below bac, %", lambda z: percent(z.qualification_shares[0])),
    ("Above bac+2, %", lambda z: percent(z.qualification_shares[3])),
    ("Aged 50-64 among 15-64, %", lambda z: percent(z.age_shares[3:].sum())),
    ("Poverty rate, %", lambda z: f"{z.poverty_rate_percent:.1f}"),
    (
        "Net migration, % a year",
        lambda z: f"{100 * (z.in_migration_rate - z.out_migration_rate):.2f}",
    ),
    ("In a Territoire d'industrie, %", lambda z: percent(z.ti_share, 0)),
    ("Fragility (rank)", lambda z: f"{z.fragility:.0f} ({z.fragility_rank})"),
)
#: Fields shown in a line of COMPARED, to mark the imputed ones.
COMPARED_FIELDS = {
    "Unemployment rate 2022, %": "unemployment_rate_percent",
    "Mean gross pay, EUR a month": "mean_gross_wage_eur",
    "Aged 50-64 among 15-64, %": "age_shares",
}


def _sector_differences(zones: Sequence[BasinFigures], headers: Sequence[str]) -> Table:
    first, *others = (profile.sector_rows(zone) for zone in zones)
    spread = [
        (max(abs(rows[i]["share"] - first[i]["share"]) for rows in others), i)
        for i in range(len(first))
    ]
    made = new_table("Sectors that differ most, % of salaried jobs", ("", *headers), 2)
    for _, i in sorted(spread, reverse=True)[:10]:
        cells = [percent(rows[i]["share"]) for rows in (first, *others)]
        made.add_row(first[i]["sector"], first[i]["label"], *cells)
    return made


def print_comparison(console: Console, zones: Sequence[BasinFigures]) -> None:
    """Print zones side by side, then the sectors whose shares differ most."""
    headers = ("", *(f"{zone.code} {zone.name}" for zone in zones))
    made = new_table("Comparison", headers)
    for label, show in COMPARED:
        field = COMPARED_FIELDS.get(label, "")
        marks = ["*" if field in profile.imputed_fields(zone) else "" for zone in zones]
        made.add_row(label, *(show(z) + mark for z, mark in zip(zones, marks, strict=True)))
    console.print(_spaced([made, _sector_differences(zones, headers)]))
    distance = profile.specialisation_distance(zones[0], zones[1])
    console.print(f"Distance between sector structures (0 same, 1 disjoint): {distance:.2f}")
    console.print("* not published for the zone; methods in `rebound basins show CODE`.")
