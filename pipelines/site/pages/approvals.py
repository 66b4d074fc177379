"""Model approvals: how many, when, where and whose; against the regulator's own totals."""

from collections.abc import Iterator, Sequence
from typing import Any

import altair as alt

from pipelines.site import words as w
from pipelines.site.answers import Answers, Row
from pipelines.site.blocks import Bar, Bars, Cell, Chart, Column, Figure, Page, Table
from pipelines.site.charts import COLOURS, NARROW, draw
from pipelines.site.pages.cells import count_column

GROUPS = 18
NEWEST = 40
KINDS = ("filing", "registration")
KIND_KEY = (("c1", "Filings 备案"), ("c2", "Registrations 登记"))


def pages(answers: Answers) -> Iterator[Page]:
    totals = {row["kind"]: row for row in answers.ask("official_totals").rows}
    said = [
        f"{w.number(row['official_cumulative'])} {kind}s by {w.day(row['official_as_of'])}"
        for kind in KINDS if (row := totals.get(kind))
    ]  # fmt: skip
    yield Page(
        "approvals.html",
        "Model approvals",
        "approvals",
        "Which models may serve the public",
        "A generative-AI service for the public must be filed (备案) with the Cyberspace Administration of China, or registered "
        "(登记) when it calls a filed model. " + (f"The regulator counts {w.listed(said)}." if said else ""),
        [growth(answers), pace(answers), provinces(answers), groups(answers), reconciliation(answers), filings(answers)],
    )  # fmt: skip


def growth(answers: Answers) -> Figure:
    answer = answers.ask("approvals_over_time")
    title = "No approval is on record yet"
    body: Chart | None = None
    official = [row for row in answer.rows if row["official_cumulative"] is not None]
    if answer:
        met = sum(not row["difference"] for row in official)
        off = [row for row in official if row["difference"]]
        title = f"The lists meet {met} of {w.counted(len(official), 'official total')}"
        if off:
            title += f"; the rest differ by at most {max(abs(row['difference']) for row in off)}"
        body = draw(
            lambda width: _growth_chart(answer.rows, width), title, [*KIND_KEY, ("ring", "official total")]
        )
    reasons = sorted(
        {row["difference_reason"] for row in official if row["difference"] and row["difference_reason"]}
    )
    return Figure(
        "growth", "Growth", title, answer, body,
        "Services filed and registered, cumulative by the date of each (lines), and the totals the regulator announced (rings).",
        f"n = {w.counted(len(official), 'official total')}, each held against the lists published by then; a list follows the dates in it by weeks, "
        "so a ring may lie below its line. " + (f"Why some differ: {'; '.join(reasons)}." if reasons else ""),
        ("Q6",), with_data=True,
    )  # fmt: skip


def _growth_chart(rows: Sequence[Row], width: int) -> Any:
    values = [
        {
            "month": row["month"].isoformat(),
            "day": (row["official_as_of"] or row["month"]).isoformat(),
            "kind": row["kind"],
            "dated": row["cumulative"],
            "official": row["official_cumulative"],
            "about": f"{w.month(row['month'])}: {row['cumulative']} {row['kind']}s"
            + (f", {row['official_cumulative']} announced" if row["official_cumulative"] is not None else ""),
        }
        for row in rows
    ]
    colour = alt.Color("kind:N", scale=alt.Scale(domain=list(KINDS), range=list(COLOURS[:2])), legend=None)
    base = alt.Chart(alt.Data(values=values)).encode(
        x=alt.X("month:T", title=None, axis=alt.Axis(format="%Y", tickCount="year")), description="about:N"
    )
    y_axis = alt.Axis(format=",d", tickCount=5)
    last = base.transform_joinaggregate(latest="max(month)", groupby=["kind"]).transform_filter(
        "datum.month == datum.latest"
    )
    return (
        (
            base.mark_line(interpolate="step-after").encode(y=alt.Y("dated:Q", title="Services, cumulative", axis=y_axis), color=colour)
            + base.transform_filter("datum.official != null").mark_point(size=70, filled=False, strokeWidth=1.8).encode(
                y="official:Q", stroke=colour)
            + last.mark_text(align="left", dx=8, fontSize=13, fontWeight="bold").encode(
                y="dated:Q", text=alt.Text("dated:Q", format=",d"), color=colour)
        )
        .properties(width=width - 105, height=300 if width > NARROW else 240)
    )  # fmt: skip


def pace(answers: Answers) -> Figure:
    answer = answers.ask("approvals_over_time")
    title = "No approval is on record yet"
    body: Chart | None = None
    if answer:
        by_year: dict[int, int] = {}
        for row in answer.rows:
            by_year[row["month"].year] = by_year.get(row["month"].year, 0) + (row["new"] or 0)
        top = max(answer.rows, key=lambda r: (r["new"] or 0, r["month"]))
        years = sorted(by_year)
        title = (
            f"{w.month(top['month'])} brought most, {top['new']} {top['kind']}s; {years[-1]} so far has {by_year[years[-1]]:,} services"
            + (f" against {by_year[years[-2]]:,} in all of {years[-2]}" if len(years) > 1 else "")
        )
        body = draw(lambda width: _pace_chart(answer.rows, width), title, KIND_KEY)
    return Figure(
        "pace", "Pace", title, answer, body, "New services by the month of their filing or registration.",
        "Lists come in batches, so a month may hold several months’ work of an office.", ("Q6",),
    )  # fmt: skip


def _pace_chart(rows: Sequence[Row], width: int) -> Any:
    values = [
        {
            "month": r["month"].isoformat(),
            "kind": r["kind"],
            "new": r["new"],
            "about": f"{w.month(r['month'])}: {r['new']} {r['kind']}s",
        }
        for r in rows
        if r["new"]
    ]
    return (
        alt.Chart(alt.Data(values=values))
        .mark_bar()
        .encode(
            x=alt.X("yearmonth(month):T", title=None, axis=alt.Axis(format="%Y", tickCount="year")),
            y=alt.Y("new:Q", title="New a month", axis=alt.Axis(tickCount=4)),
            color=alt.Color(
                "kind:N", scale=alt.Scale(domain=list(KINDS), range=list(COLOURS[:2])), legend=None
            ),
            description="about:N",
        )
        .properties(width=width - 60, height=180)
    )


def provinces(answers: Answers) -> Figure:
    answer = answers.ask("approvals_by_province")
    title = "No approval is on record yet"
    if answer:
        total = sum(row["filings"] or 0 for row in answer.rows) or 1
        top = sorted(answer.rows, key=lambda r: -(r["filings"] or 0))[:3]
        title = f"{w.listed([w.place_en(r['province_name']) for r in top])} hold {sum(r['filings'] or 0 for r in top) / total:.0%} of all filings"
    table = Table(
        "provinces-table", "provinces",
        [
            Column("Province", lambda r: Cell(w.place_en(r["province_name"]), r["province_name"])),
            *(
                count_column(name, key)
                for name, key in (
                    ("Filings by end 2023", "filings_2023"), ("by end 2024", "filings_2024"), ("by end 2025", "filings_2025"),
                    ("Filings now", "filings"), ("Registrations by end 2025", "registrations_2025"), ("Registrations now", "registrations"),
                )
            ),
        ],
        answer.rows,
        search=True,
    )  # fmt: skip
    return Figure(
        "provinces", "By province", title, answer, table,
        "Services on record by the end of each year, by the province of the entity.",
        "国资委 stands for firms under the State-owned Assets Supervision and Administration Commission, listed without a province.", ("Q6",),
    )  # fmt: skip


def groups(answers: Answers) -> Figure:
    answer = answers.ask("approvals_by_group")
    by_group: dict[str, dict[str, int]] = {}
    for row in answer.rows:
        counts = by_group.setdefault(row["entity_group"], {})
        counts[row["kind"]] = counts.get(row["kind"], 0) + row["services"]
    ranked = sorted(by_group, key=lambda g: (-sum(by_group[g].values()), g))
    widest = max([1, *(sum(counts.values()) for counts in by_group.values())])
    classes = {"filing": "c1", "registration": "c2"}
    bars = [
        Bar(
            Cell(group),
            [
                (
                    classes.get(kind, "c3"),
                    100 * by_group[group][kind] / widest,
                    f"{by_group[group][kind]} {w.lower(kind)}s",
                )
                for kind in sorted(by_group[group])
            ],
            f"{sum(by_group[group].values())}",
        )
        for group in ranked[:GROUPS]
    ]
    title = "No company group is on record yet"
    if ranked:
        total = sum(answers.kinds.get("model_approvals", {}).values()) or 1
        share = sum(sum(by_group[g].values()) for g in ranked) / total
        title = f"{w.without_chinese(ranked[0]).split(' ')[0]} has most services of any group, {sum(by_group[ranked[0]].values())}; all {len(ranked)} known groups together hold {share:.0%}"
    return Figure(
        "groups", "By company group", title, answer,
        Bars(bars, [*KIND_KEY, *([("c3", "On-device filings")] if any(set(c) - set(KINDS) for c in by_group.values()) else [])]) if bars else None,
        f"Services of the {min(GROUPS, len(ranked))} groups with most, subsidiaries counted with their group.",
        "A firm belongs to a group only where the name or a public record says so; most entities stand alone.", ("Q6",),
    )  # fmt: skip


def reconciliation(answers: Answers) -> Figure:
    answer = answers.ask("reconciliation")
    off = [row for row in answer.rows if row["difference"]]
    title = (
        f"{len(answer.rows) - len(off)} of {w.counted(len(answer.rows), 'check')} of the lists against printed counts agree exactly"
        if answer else "Nothing has been checked yet"
    )  # fmt: skip
    table = Table(
        "reconciliation-table", "checks",
        [
            Column("Check", lambda r: w.label(r["check_name"])),
            Column("Of", lambda r: Cell(r["subject"])),
            Column("Printed", lambda r: Cell(w.number(r["expected"])), numeric=True),
            Column("On record", lambda r: Cell(w.number(r["found"])), numeric=True),
            Column("Difference", lambda r: Cell(f"{r['difference']:+d}" if r["difference"] else "0"), numeric=True),
            Column("Why", lambda r: Cell(r["reason"] or ""), wide=True),
        ],
        answer.rows,
    )  # fmt: skip
    return Figure(
        "checks",
        "Checks",
        title,
        answer,
        table,
        "Every printed count and serial number the lists were held against.",
        "",
        ("Q6",),
    )


def filings(answers: Answers) -> Figure:
    """The newest rows as a table; the rest is in `assets/filings.js`, loaded when somebody searches."""
    answer = answers.ask("filings")
    newest = max((row["published_date"] for row in answer.rows if row["published_date"]), default=None)
    table = Table(
        "filings", "services",
        [
            Column("Service", lambda r: Cell(r["model_name"])),
            Column("Entity", lambda r: Cell(r["entity_name"]), wide=True),
            Column("Kind", lambda r: w.label(r["kind"])),
            Column("Province", lambda r: Cell(w.place_en(r["province_name"]), r["province_name"])),
            Column("Date", lambda r: Cell(w.day(r["filed_date"] or r["published_date"])), numeric=True),
            Column("Number", lambda r: Cell(r["filing_number"])),
            Column("Kept as", lambda r: Cell(r["capture_kind"], pill=f"kind-{r['capture_kind']}")),
        ],
        answer.rows[:NEWEST],
    )  # fmt: skip
    title = (
        f"{w.counted(len(answer.rows), 'service')} are on record, the newest listed on {w.day(newest)}"
        if answer else "No service is on record yet"
    )  # fmt: skip
    return Figure(
        "find", "Find a service", title, answer, table,
        f"Search all by name, entity or number. Without a search the {min(NEWEST, len(answer.rows))} newest are shown.", "", ("Q6", "Q9"),
        tools="filings_filters",
    )  # fmt: skip
