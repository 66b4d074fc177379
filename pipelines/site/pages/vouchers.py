"""Compute vouchers: who pays, how much, since when, and what it buys."""

from collections.abc import Iterable, Iterator
from statistics import median
from typing import Any

import altair as alt

from pipelines.site import words as w
from pipelines.site.answers import Answers, Row
from pipelines.site.blocks import Cell, Chart, Column, Figure, Filter, Matrix, Page, Table, Tiles
from pipelines.site.charts import COLOURS, INK, NARROW, draw
from pipelines.site.pages.cells import kind_cell, source_cell
from pipelines.site.tiles import GRID, tiles

STEPS = (1, 3, 6, 10, 20)
PLACES = 26
NARROW_PLACES = 16
CHIPS = 6
PROGRAMMES = 14
INSTRUMENTS = (
    "compute_voucher",
    "training_voucher",
    "model_voucher",
    "data_voucher",
    "compute_subsidy",
    "other",
)


def pages(answers: Answers) -> Iterator[Page]:
    totals = answers.ask("programme_totals").first()
    yield Page(
        "vouchers.html",
        "Compute vouchers",
        "vouchers",
        "Who pays for AI firms’ compute",
        f"Chinese governments hand out vouchers for computing power (算力券), training, models and data, and pay subsidies "
        f"for compute. The records hold {w.counted(totals.get('programmes', 0), 'programme version')} from "
        f"{w.counted(totals.get('places', 0), 'place')}; {totals.get('in_force', 0)} are in force on "
        f"{w.day(answers.as_of)}.",
        [
            provinces(answers), caps(answers), timeline(answers), purchasing_power(answers), programmes(answers),
            issuance(answers), eligibility(answers),
        ],
    )  # fmt: skip


def programme_path(programme_id: str) -> str:
    return f"programmes/{w.slug(programme_id)}.html"


def programme_cell(row: Row) -> Cell:
    """English name with the Chinese one below, leading to the programme's page."""
    return Cell(
        row["programme_name_en"], row.get("programme_name") if row.get("programme_name") != row["programme_name_en"] else None,
        programme_path(row["programme_id"]),
    )  # fmt: skip


def place_cell(row: Row) -> Cell:
    return Cell(row["jurisdiction_name_en"] or w.NOTHING, row["jurisdiction_name"])


def rate(row: Row) -> str:
    least, most = row.get("least_rate_pct"), row["rate_pct"]
    return w.pct(most) if least in (None, most) else f"{w.pct(least)}–{w.pct(most)}"


def provinces(answers: Answers) -> Figure:
    answer = answers.ask("programmes_by_province")
    by_name = {row["province_name"]: row for row in answer.rows}
    none = len([name for name in GRID if name not in by_name])
    title = "No province has a programme on record yet"
    if answer:
        top = answer.rows[0]
        title = (
            f"{w.place_en(top['province_name'])} has the most programmes on record, {top['programmes']}; "
            f"{w.counted(none, 'province has', 'provinces have')} none"
        )

    def about(name: str) -> str:
        row = by_name.get(name)
        if row is None:
            return f"{w.place_en(name)}: none on record"
        return (
            f"{w.place_en(name)}: {w.counted(row['programmes'], 'programme version')}, {row['in_force']} in force, "
            f"{w.counted(row['places'], 'place')}"
        )

    body = Tiles(
        tiles(lambda name: by_name.get(name, {}).get("programmes"), about, STEPS),
        [(level, f"{low}–{high - 1}" if high else f"{low}+") for level, (low, high) in enumerate(zip(STEPS, (*STEPS[1:], 0), strict=True), 1)],
        filters="programmes",
    )  # fmt: skip
    return Figure(
        "provinces", "Map", title, answer, body,
        "Programme versions on record by province, cities, districts and zones included, the national ones left out. "
        "Choose a province to filter the table of programmes.",
        "Hong Kong, Macau and Taiwan are on the map and outside the record. A blank tile says that no programme was found, not that none exists.",
        ("Q1",),
    )  # fmt: skip


def caps(answers: Answers) -> Figure:
    answer = answers.ask("caps_and_rates")
    terms = answers.ask("terms_in_force").first()
    title = "No cap or rate in force is on record yet"
    body: Chart | None = None
    if answer:
        title = (
            f"Caps run from {w.cny(terms['least_cap_cny'])} to {w.cny(terms['largest_cap_cny'])}; the middle one is "
            f"{w.cny(terms['median_cap_cny'])}, and the usual share paid is {w.pct(terms['usual_rate_pct'])}"
        )
        body = draw(lambda width: _caps_chart(answer.rows, width), title, _instrument_key(answer.rows))
    more = max(0, len({(r["jurisdiction_code"], r["jurisdiction_name"]) for r in answer.rows}) - PLACES)
    return Figure(
        "caps", "Caps and rates", title, answer, body,
        "Left: highest cap in force, yuan, log scale. Right: highest share of the bill paid, per cent. One mark a kind of support.",
        f"Caps count per firm and, where stated, per year; n = {terms.get('caps', 0)} caps and {terms.get('rates', 0)} rates for users of compute. "
        + (f"The {PLACES} places with the highest caps are shown ({NARROW_PLACES} on a narrow screen); {more} more are in the table below. " if more else "")
        + "A cap says what one firm may get at most, not what was paid.",
        ("Q1",), with_data=True,
    )  # fmt: skip


def _instrument_key(rows: Any) -> list[tuple[str, str]]:
    there = {row["instrument"] for row in rows}
    return [
        (f"c{n}", f"{w.label(i)} {w.INSTRUMENT_ZH.get(i, '')}".strip())
        for n, i in enumerate(INSTRUMENTS, 1)
        if i in there
    ]


def _caps_chart(rows: Any, width: int) -> Any:
    order = list(
        dict.fromkeys(
            (r["jurisdiction_code"], r["jurisdiction_name_en"], r["jurisdiction_name"]) for r in rows
        )
    )[: PLACES if width > NARROW else NARROW_PLACES]
    names = {key: f"{key[1]} {key[2]}" if width > NARROW else key[1] for key in order}
    values = [
        {
            "place": names[key],
            "cap": r["cap_cny"],
            "rate": r["rate_pct"],
            "kind": r["instrument"],
            "about": f"{key[1]}, {w.lower(r['instrument'])}: cap {w.cny(r['cap_cny'])}, share {w.pct(r['rate_pct'])}",
        }
        for r in rows
        if (key := (r["jurisdiction_code"], r["jurisdiction_name_en"], r["jurisdiction_name"])) in names
    ]
    colour = alt.Color(
        "kind:N", scale=alt.Scale(domain=list(INSTRUMENTS), range=list(COLOURS[:6])), legend=None
    )
    y = alt.Y(
        "place:N",
        sort=list(names.values()),
        title=None,
        axis=alt.Axis(grid=True, labelColor=INK, labelLimit=200 if width > NARROW else 96),
    )
    base = alt.Chart(alt.Data(values=values)).encode(color=colour, description="about:N")
    left, right = (430, 170) if width > NARROW else (150, 76)
    height = {"step": 20}
    money = (
        base.transform_filter("datum.cap != null").mark_point(size=90)
        .encode(y=y, x=alt.X("cap:Q", title="Cap, yuan" if width > NARROW else "Cap, ¥", scale=alt.Scale(type="log", nice=False, padding=12),
                axis=alt.Axis(grid=True, values=[1e5, 1e6, 1e7, 1e8], labelExpr="datum.value >= 1e6 ? '¥' + datum.value/1e6 + 'm' : '¥' + datum.value/1e3 + 'k'")))
        .properties(width=left, height=height)
    )  # fmt: skip
    share = (
        base.transform_filter("datum.rate != null").mark_point(size=90)
        .encode(y=alt.Y("place:N", sort=list(names.values()), title=None, axis=alt.Axis(labels=False, grid=True)),
                x=alt.X("rate:Q", title="Share, %", scale=alt.Scale(domain=[0, 100]), axis=alt.Axis(grid=True, values=[0, 50, 100])))
        .properties(width=right, height=height)
    )  # fmt: skip
    return alt.hconcat(money, share, spacing=14).resolve_scale(y="shared")


LEVELS = ("national", "province", "city", "district or zone")


def timeline(answers: Answers) -> Figure:
    answer = answers.ask("programmes_by_quarter")
    title = "No programme with a date is on record yet"
    body: Chart | None = None
    if answer:
        by_quarter: dict[Any, int] = {}
        for row in answer.rows:
            by_quarter[row["quarter"]] = by_quarter.get(row["quarter"], 0) + row["programmes"]
        peak = max(by_quarter, key=lambda q: (by_quarter[q], q))
        quarter = (
            f"the {('first', 'second', 'third', 'fourth')[(peak.month - 1) // 3]} quarter of {peak.year}"
        )
        title = f"Most programmes, {by_quarter[peak]}, carry a date in {quarter}; the first on record dates from {min(by_quarter).year}"
        body = draw(
            lambda width: _timeline_chart(answer.rows, width), title, [(f"c{n}", w.label(x)) for n, x in enumerate(LEVELS, 1)]
        )  # fmt: skip
    dated = sum(row["programmes"] for row in answer.rows)
    return Figure(
        "timeline", "Timeline", title, answer, body,
        "Programme versions by quarter of publication (else of coming into force, else of the date the record gives), by level of government.",
        f"n = {dated} dated programme versions. Earlier years are thinner in part because old notices leave the web.",
        ("Q1", "Q8"), with_data=True,
    )  # fmt: skip


def _timeline_chart(rows: Any, width: int) -> Any:
    values = [
        {
            "quarter": row["quarter"].isoformat(),
            "level": row["level"],
            "order": LEVELS.index(row["level"]) if row["level"] in LEVELS else 9,
            "programmes": row["programmes"],
            "about": f"{row['quarter'].year} Q{(row['quarter'].month + 2) // 3}, {row['level']}: {row['programmes']}",
        }
        for row in rows
    ]
    return (
        alt.Chart(alt.Data(values=values))
        .mark_bar()
        .encode(
            x=alt.X(
                "yearquarter(quarter):T",
                title=None,
                bandPosition=0,
                axis=alt.Axis(format="%Y", tickCount="year"),
            ),
            y=alt.Y("programmes:Q", title="Programmes a quarter", axis=alt.Axis(tickMinStep=5, tickCount=5)),
            color=alt.Color(
                "level:N", scale=alt.Scale(domain=list(LEVELS), range=list(COLOURS[:4])), legend=None
            ),
            order="order:Q",
            description="about:N",
        )
        .properties(width=width - 60, height=220)
    )


def purchasing_power(answers: Answers) -> Figure:
    answer = answers.ask("purchasing_power")
    title = "What a voucher buys cannot be computed yet"
    body: Matrix | None = None
    if answer:
        counts: dict[str, int] = {}
        for row in answer.rows:
            counts[row["chip"]] = max(counts.get(row["chip"], 0), row["offers"] or 0)
        chip = max(counts, key=lambda c: (counts[c], "nvidia" in c, c))
        tiers = _cheapest(row for row in answer.rows if row["chip"] == chip)
        hours = [row["gpu_hours_at_cap"] for row in tiers]
        title = (
            f"The middle voucher brings an hour of the {w.chip_name(chip)} from {w.price(tiers[0]['list_price_cny_per_gpu_hour'])} to "
            f"{w.price(median(row['effective_price_cny_per_gpu_hour'] for row in tiers))}; caps last for {w.quantity(min(hours))} "
            f"to {w.quantity(max(hours))} hours"
        )
        body = _power_matrix(answer.rows)
    months = sorted({row["as_of_date"] for row in answer.rows})
    span = (
        ""
        if not months
        else f"Prices of {w.month(months[0])}"
        + (f" to {w.month(months[-1])}" if months[0] != months[-1] else "")
    )
    return Figure(
        "buys", "What it buys", title, answer, body,
        "Programmes in force with both a share and a cap, highest caps first. Each cell: price of a GPU-hour after the voucher, "
        "and the GPU-hours bought by the time the cap is reached.",
        f"{span}; the cheapest channel for each chip, its median list price. Firms pay the rest of each hour themselves, so hours "
        "at the cap need the spend in the last column. Every programme × chip is on the programme’s page and in the CSV.",
        ("Q2",),
    )  # fmt: skip


def _cheapest(rows: Iterable[Row]) -> list[Row]:
    """Of each programme's tier the row of the channel with the lowest list price."""
    best: dict[tuple[str, str], Row] = {}
    for row in rows:
        key = (row["programme_id"], row["tier"])
        if key not in best or row["list_price_cny_per_gpu_hour"] < best[key]["list_price_cny_per_gpu_hour"]:
            best[key] = row
    return list(best.values())


def _power_matrix(rows: Any) -> Matrix:
    popular: dict[str, int] = {}
    for row in rows:
        popular[row["chip"]] = max(popular.get(row["chip"], 0), row["offers"] or 0)
    chips = sorted(sorted(popular, key=lambda c: (-popular[c], c))[:CHIPS], key=w.chip_name)
    tiers: dict[tuple[str, str], dict[str, Row]] = {}
    for row in rows:
        cheapest = tiers.setdefault((row["programme_id"], row["tier"]), {})
        if (
            row["chip"] not in cheapest
            or row["list_price_cny_per_gpu_hour"] < cheapest[row["chip"]]["list_price_cny_per_gpu_hour"]
        ):
            cheapest[row["chip"]] = row
    lines: list[tuple[Cell, list[tuple[str, str, str]], list[str]]] = []
    for (programme_id, tier), by_chip in list(tiers.items())[:PROGRAMMES]:
        any_row = next(iter(by_chip.values()))
        cells = [
            ("", w.price(row["effective_price_cny_per_gpu_hour"]) + f"\n{w.quantity(row['gpu_hours_at_cap'])} h",
             f"{w.chip_name(chip)} at {w.price(row['list_price_cny_per_gpu_hour'])} list ({w.lower(row['channel'])}, n = {row['offers']})")
            if (row := by_chip.get(chip)) else ("none", w.NOTHING, "no price on record")
            for chip in chips
        ]  # fmt: skip
        cells.append(("", w.cny(any_row["spend_at_cap_cny"]), "spend at which the cap binds"))
        lines.append((
            Cell(f"{any_row['jurisdiction_name_en']}: {w.pct(any_row['rate_pct'])} up to {w.cny(any_row['cap_cny'])}",
                 " · ".join([any_row["jurisdiction_name"], w.month(any_row["day"]), *([] if tier == "general" else [tier])]), programme_path(programme_id)),
            cells, [],
        ))  # fmt: skip
    return Matrix(
        "power",
        "Programme",
        [*(Cell(w.chip_short(chip)) for chip in chips), Cell("Spend at cap")],
        lines,
        [],
        "programmes",
    )


def programmes(answers: Answers) -> Figure:
    answer = answers.ask("programmes")
    force = sum(row["status"] == "in_force" for row in answer.rows)
    stated = sum(row["cap_cny"] is not None for row in answer.rows)
    title = (
        f"{force} of {w.counted(len(answer.rows), 'programme version')} are in force; {stated} state a cap"
        if answer else "No programme is on record yet"
    )  # fmt: skip
    table = Table(
        "programmes", "programmes",
        [
            Column("Place", lambda r: Cell(r["jurisdiction_name_en"] or w.NOTHING, r["jurisdiction_name"])),
            Column("Programme", programme_cell, wide=True),
            Column("Kind", lambda r: Cell(w.label(r["instrument"]), w.INSTRUMENT_ZH.get(r["instrument"]))),
            Column("Status", lambda r: Cell(w.label(r["status"]), pill=f"status-{r['status']}")),
            Column("Share", lambda r: Cell(rate(r)), numeric=True),
            Column("Cap", lambda r: Cell(w.cny(r["cap_cny"])), numeric=True),
            Column("Budget", lambda r: Cell(w.cny(r["budget_cny"])), numeric=True),
            Column("Date", lambda r: Cell(w.month(r["day"]) if r["is_about"] else w.day(r["day"])), numeric=True),
            Column("Until", lambda r: Cell(w.day(r["effective_to"])), numeric=True),
            Column("Kept as", lambda r: kind_cell(r["capture_kind"])),
        ],
        answer.rows,
        [
            Filter("Province", lambda r: w.place_en(r["province_name"])),
            Filter("Kind", lambda r: w.label(r["instrument"])),
            Filter("Status", lambda r: w.label(r["status"])),
            Filter("Level", lambda r: w.label(r["level"])),
        ],
        search=True,
    )  # fmt: skip
    return Figure(
        "table", "All programmes", title, answer, table,
        "Every programme version. Each name leads to its terms with the words they rest on.",
        "Share, cap and budget are the highest of the programme’s tiers, in yuan. A dash: the record does not state it.",
        ("Q1", "Q9"),
    )  # fmt: skip


def issuance(answers: Answers) -> Figure:
    answer = answers.ask("issuance")
    paid = [
        row for row in answer.rows if row["kind"] in ("issued", "redeemed") and row["amount_cny"] is not None
    ]
    title = (
        f"Few say what was really handed out: {w.counted(len(answer.rows), 'batch', 'batches')} on record, "
        f"{len(paid)} of them with a sum issued or redeemed" if answer else "No issuance is on record yet"
    )  # fmt: skip
    table = Table(
        "issuance-table", "batches",
        [
            Column("Place", lambda r: Cell(w.place_en(r["jurisdiction_name"]), r["jurisdiction_name"])),
            Column("Programme", lambda r: Cell(r["programme_name_en"] or w.NOTHING, r["batch"], programme_path(r["programme_id"]) if r["programme_id"] else None)),
            Column("What", lambda r: w.label(r["kind"])),
            Column("Date", lambda r: Cell(w.day(r["issued_date"])), numeric=True),
            Column("Firms", lambda r: Cell(w.number(r["firms"])), numeric=True),
            Column("Yuan", lambda r: Cell(w.cny(r["amount_cny"])), numeric=True),
            Column("Note", lambda r: Cell(r["note"] or ""), wide=True),
            Column("Source", source_cell),
            Column("Kept as", lambda r: kind_cell(r["capture_kind"])),
        ],
        answer.rows,
    )  # fmt: skip
    return Figure(
        "issued", "What was paid", title, answer, table,
        "Batches of vouchers issued, redeemed, promised, or firms admitted.",
        "A commitment is a promise for a year; it is never added to what was issued.", ("Q1",),
    )  # fmt: skip


def eligibility(answers: Answers) -> Figure:
    answer = answers.ask("eligibility")
    title = "No eligibility rule is on record yet"
    if answer:
        named = [row for row in answer.rows if row["criterion"] not in ("target", "other")] or answer.rows
        title = f"Asked most often: {w.lower(named[0]['criterion'])}, in {w.counted(named[0]['programmes'], 'programme')}"
    table = Table(
        "eligibility-table", "criteria",
        [
            Column("Condition", lambda r: w.label(r["criterion"])),
            Column("Programmes", lambda r: Cell(w.number(r["programmes"])), numeric=True),
            Column("In the words of one", lambda r: Cell(r["example"] or ""), wide=True),
        ],
        answer.rows,
    )  # fmt: skip
    return Figure(
        "eligibility",
        "Who qualifies",
        title,
        answer,
        table,
        "Conditions read from programme documents.",
        "",
        ("Q1",),
    )
