"""Chip restrictions: the measures over time, which chips each version caught, and the status of every chip today."""

import json
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Any

import altair as alt

from pipelines.site import words as w
from pipelines.site.answers import Answers, Row
from pipelines.site.blocks import Cell, Chart, Column, Figure, Filter, Matrix, Page, Table
from pipelines.site.charts import COLOURS, INK, NARROW, SOFT, draw
from pipelines.site.pages.cells import kind_cell, source_cell

REGIMES = ("us_list", "us_letter", "us_guidance", "us_tariff", "china", "allied", "provider")
GATES = ("us_list", "us_letter", "us_guidance", "china")
"""What stands between a buyer in China and a chip; the same four as the macro `chip_status_on`."""
CLASSES = {"controlled": "mc", "presumed": "mp", "unknown": "mu", "none": "m0"}
STATES = {"controlled": "C", "presumed": "P", "unknown": "?", "not_controlled": ""}
LABEL_DAYS = 270
"""A version that follows another sooner has no mark of its own: the labels would run into each other."""
JURISDICTIONS = ("US", "CN", "Other")


def pages(answers: Answers) -> Iterator[Page]:
    counts = {row["status"]: row["chips"] for row in answers.ask("status_today").rows}
    total = sum(counts.values())
    yield Page(
        "restrictions.html",
        "Chip restrictions",
        "restrictions",
        "Which chips may go to China, and since when",
        f"US export controls and the Chinese measures that answer them, and from both the status of {w.counted(total, 'chip')} "
        f"for a buyer in China, computed from each chip’s own numbers. On {w.day(answers.as_of)}, {counts.get('controlled', 0)} are controlled."
        if total else "No chip has a status yet.",
        [over_time(answers), measures(answers), rules(answers), matrix(answers), today(answers), impact(answers), events(answers)],
    )  # fmt: skip


def chip_path(chip_id: str) -> str:
    return f"chips/{w.slug(chip_id)}.html"


def over_time(answers: Answers) -> Figure:
    answer = answers.ask("controlled_over_time")
    title = "No chip has a status yet"
    body: Chart | None = None
    if answer:
        by_day: dict[Any, int] = {}
        for row in answer.rows:
            by_day[row["day"]] = by_day.get(row["day"], 0) + row["controlled"]
        days = sorted(by_day)
        jumps = [(by_day[b] - by_day[a], b) for a, b in pairwise(days)]
        title = f"{by_day[days[-1]]} chips are under control"
        if jumps and max(jumps)[0] > 0:
            size, when = max(jumps)
            title += f"; the largest step, {size} chips, came by {w.month(when)}"
        versions = [row for row in answers.ask("rule_versions").rows if row["regime"] == "us_list"]
        body = draw(
            lambda width: _over_time_chart(answer.rows, versions, width),
            title,
            [("c2", "Foreign chips"), ("c4", "Chinese chips")],
        )
    return Figure(
        "over-time", "Over time", title, answer, body,
        "Chips under control for a buyer in China on the first of each month, foreign and Chinese designs. Marks: versions of the US list rule.",
        "Counted over the US lists, letters and guidance and China’s own gate. A Chinese chip counts when it meets the US thresholds, which matters "
        "for who may make it. Chips of the table that were not yet released on a day are counted too.",
        ("Q5",),
    )  # fmt: skip


def _over_time_chart(rows: Sequence[Row], versions: Sequence[Row], width: int) -> Any:
    values = [
        {"day": r["day"].isoformat(), "origin": r["origin"], "chips": r["controlled"],
         "about": f"{w.month(r['day'])}: {r['controlled']} {r['origin']} chips controlled"}
        for r in rows
    ]  # fmt: skip
    marks: list[dict[str, str]] = []
    last = None
    for version in versions:
        if last is None or (version["valid_from"] - last).days >= LABEL_DAYS:
            marks.append({"day": version["valid_from"].isoformat(), "rule": version["rule_id"]})
            last = version["valid_from"]
    area = (
        alt.Chart(alt.Data(values=values))
        .mark_area(interpolate="step-after", opacity=0.9)
        .encode(
            x=alt.X("day:T", title=None, axis=alt.Axis(format="%Y", tickCount="year")),
            y=alt.Y("chips:Q", title="Chips controlled", stack=True, axis=alt.Axis(tickCount=5)),
            color=alt.Color(
                "origin:N",
                scale=alt.Scale(domain=["foreign", "china"], range=[COLOURS[1], COLOURS[3]]),
                legend=None,
            ),
        )
    )
    rule = alt.Chart(alt.Data(values=marks)).mark_rule(color=INK, strokeDash=[3, 3]).encode(x="day:T")
    text = (
        alt.Chart(alt.Data(values=marks))
        .mark_text(align="left", dx=4, dy=-6, fontSize=11)
        .encode(x="day:T", y=alt.value(0), text="rule:N")
    )
    return (area + rule + text).properties(width=width - 60, height=240 if width > NARROW else 200)


def _side(row: Row) -> str:
    return (
        row["jurisdiction"]
        if row["jurisdiction"] in JURISDICTIONS
        else "US"
        if row["jurisdiction"].startswith("US")
        else "Other"
    )


def measures(answers: Answers) -> Figure:
    answer = answers.ask("events")
    title = "No measure is on record yet"
    body: Chart | None = None
    rows = [row for row in answer.rows if row["effective_date"] or row["announced_date"]]
    if rows:
        years: dict[int, int] = {}
        for row in rows:
            years[row["announced_date"].year] = years.get(row["announced_date"].year, 0) + 1
        most = max(years, key=lambda y: (years[y], y))
        chinese = sum(_side(row) == "CN" for row in rows)
        title = f"{most} saw most measures, {years[most]} of {len(rows)}; {chinese} are China’s own"
        body = draw(
            lambda width: _measures_chart(rows, width),
            title,
            [("c1", "United States"), ("c2", "China"), ("c5", "Others")],
        )
    return Figure(
        "measures", "Measures", title, answer, body,
        "Every measure by the day it was announced and by its kind. Hover for its title.",
        "Guidance without a document, licence decisions and private firms’ policies are marked as such in the table of events below.",
        ("Q5", "Q7"),
    )  # fmt: skip


def _measures_chart(rows: Sequence[Row], width: int) -> Any:
    kinds: dict[str, int] = {}
    for row in rows:
        kinds[row["instrument"]] = kinds.get(row["instrument"], 0) + 1
    order = [w.label(kind) for kind in sorted(kinds, key=lambda k: (-kinds[k], k))]
    values = [
        {
            "day": row["announced_date"].isoformat(),
            "kind": w.label(row["instrument"]),
            "side": _side(row),
            "lane": JURISDICTIONS.index(_side(row)),
            "about": f"{w.day(row['announced_date'])}, {row['jurisdiction']}: {row['title']}",
        }
        for row in rows
    ]
    return (
        alt.Chart(alt.Data(values=values))
        .mark_point(size=70, opacity=0.85)
        .encode(
            x=alt.X(
                "day:T",
                title=None,
                axis=alt.Axis(format="%Y" if width > NARROW else "%y", tickCount="year", grid=True),
            ),
            y=alt.Y(
                "kind:N", sort=order, title=None, axis=alt.Axis(labelColor=INK, labelLimit=180, grid=True)
            ),
            yOffset=alt.YOffset("lane:Q", scale=alt.Scale(domain=[-1, 3])),
            color=alt.Color(
                "side:N",
                scale=alt.Scale(domain=list(JURISDICTIONS), range=[COLOURS[0], COLOURS[1], COLOURS[4]]),
                legend=None,
            ),
            description="about:N",
        )
        .properties(width=width - 150, height={"step": 36})
    )


def rules(answers: Answers) -> Figure:
    answer = answers.ask("rule_versions")
    title = "No rule version is on record yet"
    body: Chart | None = None
    if answer:
        lists = [row for row in answer.rows if row["regime"] == "us_list"]
        still = sum(bool(row["is_open"]) for row in answer.rows)
        title = f"{still} of {len(answer.rows)} measures are still in force"
        if len(lists) > 1:
            first = lists[0]
            last = next(row for row in lists if row["caught"] == lists[-1]["caught"])
            title = (
                f"The US list caught {w.counted(first['caught'], 'chip')} in {w.month(first['valid_from'])} and {last['caught']} since "
                f"{w.month(last['valid_from'])}; {title}"
            )
        body = draw(
            lambda width: _rules_chart(answers, answer.rows, width), title,
            [(f"c{n}", w.label(regime)) for n, regime in enumerate(REGIMES, 1) if any(r["regime"] == regime for r in answer.rows)],
        )  # fmt: skip
    return Figure(
        "rules", "Rules", title, answer, body,
        "Versions of each measure and how long they hold. The number is the count of chips a version catches.",
        "A bar that reaches the right edge is still in force. The US list is the Commerce Control List, entries 3A090 and 4A090; letters tell single firms that a licence is needed.",
        ("Q5",), with_data=True,
    )  # fmt: skip


def _rules_chart(answers: Answers, rows: Sequence[Row], width: int) -> Any:
    values = [
        {
            "rule": row["rule_id"],
            "from": row["valid_from"].isoformat(),
            "to": (row["valid_to"] if not row["is_open"] and row["valid_to"] else answers.as_of).isoformat(),
            "regime": row["regime"],
            "caught": f"{row['caught']}",
            "about": f"{row['rule_id']}: {row['title'] or ''}, from {w.day(row['valid_from'])}"
            + ("" if row["is_open"] else f" to {w.day(row['valid_to'])}") + f"; {row['caught']} chips",
        }
        for row in rows
    ]  # fmt: skip
    order = [v["rule"] for v in values]
    base = alt.Chart(alt.Data(values=values)).encode(
        y=alt.Y("rule:N", sort=order, title=None, axis=alt.Axis(labelColor=INK, labelLimit=170, grid=False)),
        description="about:N",
    )
    edges = [f"{rows[0]['valid_from'].year}-01-01", answers.as_of.isoformat()]
    x = alt.X(
        "from:T",
        title=None,
        scale=alt.Scale(domain=edges),
        axis=alt.Axis(format="%Y", tickCount="year", grid=True),
    )
    return (
        (
            base.mark_bar(height=12).encode(
                x=x, x2="to:T", color=alt.Color("regime:N", scale=alt.Scale(domain=list(REGIMES), range=list(COLOURS)), legend=None)
            )
            + base.mark_text(align="right", dx=-5, fontSize=11, color=SOFT).encode(x=x, text="caught:N")
        )
        .properties(width=width - (200 if width > NARROW else 165), height={"step": 21})
    )  # fmt: skip


def matrix(answers: Answers) -> Figure:
    answer = answers.ask("chip_by_rule")
    versions = [row for row in answers.ask("rule_versions").rows if row["regime"] in GATES]
    chips = {row["chip_id"]: row for row in answers.ask("chips_today").rows}
    found: dict[str, dict[str, Row]] = {}
    for row in answer.rows:
        found.setdefault(row["chip_id"], {})[row["rule_id"]] = row
    touched = [
        chip_id for chip_id in chips
        if any(cell["status"] in ("controlled", "presumed") for rule, cell in found.get(chip_id, {}).items() if rule in {v["rule_id"] for v in versions})
    ]  # fmt: skip
    lines = []
    for chip_id in touched:
        chip = chips[chip_id]
        cells = []
        for version in versions:
            cell = found.get(chip_id, {}).get(version["rule_id"])
            state = cell["status"] if cell else "none"
            reason = (
                cell["reason"].split(";")[0] if cell and cell["reason"] and state != "not_controlled" else ""
            )
            cells.append((CLASSES.get(state, ""), STATES.get(state, "·"), reason))
        lines.append(
            (
                Cell(f"{chip['vendor']} {chip['chip_name']}", None, chip_path(chip_id)),
                cells,
                [chip["vendor"], w.label(chip["status"])],
            )
        )
    title = "No chip was ever caught by a measure on record"
    if touched:
        now = sum(chips[c]["status"] in ("controlled", "presumed") for c in touched)
        title = f"{len(touched)} of {len(chips)} chips were caught by at least one measure; {now if now < len(touched) else 'all'} still are"
    body = Matrix(
        "matrix-table", "Chip",
        [Cell(v["rule_id"], f"{w.month(v['valid_from'])}{'' if v['is_open'] else ' – ' + w.month(v['valid_to'])}", title=v["title"]) for v in versions],
        lines,
        [("mc", "C controlled"), ("mp", "P presumed"), ("mu", "? an input is missing"), ("mn", "tested, not caught")],
        "chips",
        [("Maker", sorted({line[2][0] for line in lines})), ("Today", sorted({line[2][1] for line in lines}))],
    ) if lines else None  # fmt: skip
    return Figure(
        "matrix", "Chip by rule", title, answer, body,
        "Each chip against each version of a measure that stands between it and a buyer in China. Hover a cell for the reason.",
        "The state under a version at its end. Chips that no version catches are left out.", ("Q5",),
    )  # fmt: skip


def today(answers: Answers) -> Figure:
    answer = answers.ask("chips_today")
    counts: dict[str, int] = {}
    for row in answer.rows:
        counts[row["status"] or "unknown"] = counts.get(row["status"] or "unknown", 0) + 1
    title = "No chip is on record yet"
    if answer:
        title = (
            f"On {w.day(answers.as_of)} {counts.get('controlled', 0)} of {len(answer.rows)} chips are controlled, {counts.get('presumed', 0)} presumed so, "
            f"{counts.get('unknown', 0)} cannot be judged"
        )
    table = Table(
        "chips", "chips",
        [
            Column("Chip", lambda r: Cell(r["chip_name"], r["vendor"], chip_path(r["chip_id"]))),
            Column("Status", lambda r: Cell(w.label(r["status"]), pill=f"status-{r['status']}")),
            Column("Rule", lambda r: Cell((r["rule_ids"] or w.NOTHING).replace(",", ", "), (r["paragraphs"] or "").replace(",", ", ") or None)),
            Column("Review", lambda r: Cell(w.label(r["review_policies"]) if r["status"] != "not_controlled" else w.NOTHING)),
            Column("TPP", lambda r: Cell(w.number(r["tpp"])), numeric=True),
            Column("Performance density", lambda r: Cell(w.number(r["performance_density"], 2)), numeric=True),
            Column("Released", lambda r: Cell(w.month(r["release_date"])), numeric=True),
            Column("Kept as", lambda r: kind_cell(r["capture_kind"])),
        ],
        answer.rows,
        [
            Filter("Maker", lambda r: r["vendor"] or w.NOTHING),
            Filter("Status", lambda r: w.label(r["status"])),
            Filter("Origin", lambda r: w.label(r["origin"])),
            Filter("Market", lambda r: w.label(r["market"])),
        ],
        search=True,
        anchor=lambda r: r["chip_id"],
    )  # fmt: skip
    return Figure(
        "today", "Status today", title, answer, table,
        "The strictest status under US lists, letters and guidance and China’s own gate. Pick another day to see the status then.",
        "TPP: total processing performance (rate × bit length). Performance density: TPP per mm² of die. “Unknown” names a missing input on the chip’s page.",
        ("Q5",), tools="day_of_chips",
    )  # fmt: skip


def merged(spans: list[Row]) -> list[Row]:
    """Stretches in which a measure of the regime was in force; those that follow each other and differ in nothing that is
    shown are one."""
    out: list[Row] = []
    shown = (
        "chip_id",
        "regime",
        "rule_id",
        "status",
        "paragraph",
        "review_policy",
        "reason",
        "missing_inputs",
    )
    for row in spans:
        if row["rule_id"] == "none":
            continue
        if (
            out
            and out[-1]["valid_to"] == row["valid_from"]
            and all(out[-1][name] == row[name] for name in shown)
        ):
            out[-1] = out[-1] | {"valid_to": row["valid_to"]}
        else:
            out.append(row)
    return out


def status_script(answers: Answers) -> str:
    """`assets/status.js`: the intervals of each chip under each gate, for the status on any day. Intervals in which no
    measure of a regime was in force are left out: no interval means not controlled."""
    rows = answers.rows(
        "select chip_id, regime, valid_from, valid_to, status, rule_id, paragraph, null as review_policy, null as reason, "
        "null as missing_inputs from restriction_timeline "
        f"where regime in {GATES} and status <> 'not_controlled' order by chip_id, regime, valid_from"
    )
    chips: dict[str, list[list[Any]]] = {}
    for row in merged(rows):
        chips.setdefault(row["chip_id"], []).append([
            row["regime"], row["valid_from"].isoformat(), row["valid_to"].isoformat() if row["valid_to"] else None,
            row["status"], row["rule_id"], row["paragraph"] or "",
        ])  # fmt: skip
    return f"window.chipwatchStatus={json.dumps(chips, ensure_ascii=False, separators=(',', ':'))};\n"


def impact(answers: Answers) -> Figure:
    answer = answers.ask("impact")
    title = "No chip a measure touched has a price on record around it yet"
    if answer:
        first = answer.first()
        title = f"{first['compared']} of {w.counted(first['pairs'], 'pair')} of a measure and a chip have prices enough on both sides to compare"
        moved = [
            row for row in answer.rows if row["verdict"] == "compared" and row["price_change_pct"] is not None
        ]
        if moved:
            top = moved[0]
            title += f"; the largest move is the {w.chip_short(top['chip_family'])}’s, {top['price_change_pct']:+.0f}% around {w.day(top['event_date'])}"
    table = Table(
        "impact-table", "pairs",
        [
            Column("Measure", lambda r: Cell((r["rule_ids"] or "").replace(",", ", "), r["title"], f"restrictions.html#{r['event_id']}"), wide=True),
            Column("Day", lambda r: Cell(w.day(r["event_date"])), numeric=True),
            Column("Chip", lambda r: Cell(w.chip_name(r["chip_family"]))),
            Column("Sold", lambda r: Cell(w.label(r["channel"]), "China" if r["market"] == "china" else "elsewhere")),
            Column("n before", lambda r: Cell(w.number(r["n_before"])), numeric=True),
            Column("n after", lambda r: Cell(w.number(r["n_after"])), numeric=True),
            Column("¥/h before", lambda r: Cell(w.price(r["price_before_cny_per_gpu_hour"])), numeric=True),
            Column("¥/h after", lambda r: Cell(w.price(r["price_after_cny_per_gpu_hour"])), numeric=True),
            Column("Change", lambda r: Cell(_change(r["price_change_pct"])), numeric=True),
            Column("Same listings", lambda r: Cell(_change(r["matched_change_pct"])), numeric=True),
            Column("Verdict", lambda r: Cell(r["verdict"])),
        ],
        answer.rows,
        [Filter("Verdict", lambda r: r["verdict"]), Filter("Chip", lambda r: w.chip_name(r["chip_family"]))],
    )  # fmt: skip
    return Figure(
        "impact", "Before and after", title, answer, table,
        "Median price of the chips a measure touched, in the same market and channel, in the days before and after it.",
        "With fewer than three listings on a side no change is printed. A move around a day is not an effect of it. Pairs without any price are left to the CSV.",
        ("Q7",),
    )  # fmt: skip


def _change(value: float | None) -> str:
    return w.NOTHING if value is None else f"{value:+.1f}%"


def events(answers: Answers) -> Figure:
    answer = answers.ask("events")
    title = "No event is on record yet"
    if answer:
        latest = (
            next(row for row in answer.rows if row["announced_date"] <= answers.as_of)
            if any(r["announced_date"] <= answers.as_of for r in answer.rows)
            else answer.rows[0]
        )
        title = f"The newest of {w.counted(len(answer.rows), 'event')} is of {w.day(latest['announced_date'])}: {latest['title']}"
    table = Table(
        "events", "events",
        [
            Column("Announced", lambda r: Cell(w.day(r["announced_date"])), numeric=True),
            Column("In force", lambda r: Cell(w.day(r["effective_date"])), numeric=True),
            Column("By", lambda r: Cell(r["jurisdiction"], r["authority"])),
            Column("Kind", lambda r: w.label(r["instrument"])),
            Column("What", lambda r: Cell(r["title"], r["summary"]), wide=True),
            Column("Document", lambda r: Cell(r["document_number"] or w.NOTHING)),
            Column("Source", source_cell),
            Column("Kept as", lambda r: kind_cell(r["capture_kind"])),
        ],
        answer.rows,
        [
            Filter("By", lambda r: r["jurisdiction"]),
            Filter("Kind", lambda r: w.label(r["instrument"])),
            Filter("Year", lambda r: str(r["announced_date"].year)),
        ],
        search=True,
        anchor=lambda r: r["event_id"],
    )  # fmt: skip
    return Figure(
        "events",
        "All events",
        title,
        answer,
        table,
        "Every rule, listing, letter, licence decision and answer.",
        "",
        ("Q5", "Q7"),
    )
