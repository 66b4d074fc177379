"""The GPU market: prices by chip and channel, stock, China against the world, and offers of controlled chips."""

from collections.abc import Iterator, Sequence
from typing import Any

import altair as alt

from pipelines.site import words as w
from pipelines.site.answers import Answers, Row
from pipelines.site.blocks import Cell, Chart, Column, Figure, Filter, Page, Table
from pipelines.site.charts import COLOURS, INK, NARROW, SOFT, draw
from pipelines.site.pages.cells import kind_cell, source_cell, source_path

CHANNELS = ("state_exchange", "broker", "retail", "cloud_list", "institution")
PANELS = 9


def pages(answers: Answers) -> Iterator[Page]:
    offers = answers.ask("offers")
    newest = max((row["day"] for row in offers.rows if row["day"]), default=None)
    yield Page(
        "market.html",
        "GPU market",
        "market",
        "What a GPU-hour costs, and where",
        f"Prices that exchanges, brokers, shops, clouds and institutes print, brought to yuan per GPU-hour. The records hold "
        f"{w.counted(len(offers.rows), 'offer')}, the newest of {w.day(newest)}. A list price is an asking price, not a deal."
        if offers else "No offer is on record yet.",
        [now(answers), history(answers), world(answers), stock(answers), restricted(answers), all_offers(answers), contracts(answers)],
    )  # fmt: skip


def chip_cell(row: Row, answers: Answers) -> Cell:
    """The chip as the seller wrote it, leading to the page of the chip or of its family's first."""
    return Cell(
        row["chip_text"],
        w.chip_name(row["chip_family"]) if row["chip_family"] else None,
        chip_path(row, answers),
    )


def chip_path(row: Row, answers: Answers) -> str | None:
    chip_id = row.get("chip_id") or first_of_family(answers).get(row.get("chip_family") or "")
    return f"chips/{w.slug(chip_id)}.html" if chip_id else None


def first_of_family(answers: Answers) -> dict[str, str]:
    out: dict[str, str] = {}
    for row in sorted(
        answers.ask("chips_today").rows, key=lambda r: (r["chip_id"] != r["chip_family"], r["chip_id"])
    ):
        out.setdefault(row["chip_family"], row["chip_id"])
    return out


def platform_cell(row: Row) -> Cell:
    name = row.get("platform_name_en") or row.get("platform_name") or row.get("seller_name") or w.NOTHING
    chinese = row.get("platform_name")
    return Cell(name, chinese if chinese and chinese != name else None)


def channel_key(rows: Sequence[Row]) -> list[tuple[str, str]]:
    there = {row["channel"] for row in rows}
    return [(f"c{n}", w.label(channel)) for n, channel in enumerate(CHANNELS, 1) if channel in there]


def now(answers: Answers) -> Figure:
    answer = answers.ask("prices_now")
    title = "No price in China is on record yet"
    body: Chart | None = None
    if answer:
        dear = max(answer.rows, key=lambda r: r["median_cny_per_gpu_hour"])
        cheap = min(answer.rows, key=lambda r: r["median_cny_per_gpu_hour"])
        title = (
            f"In China a GPU-hour lists from {w.price(cheap['median_cny_per_gpu_hour'])} ({w.chip_name(cheap['chip'])}) to "
            f"{w.price(dear['median_cny_per_gpu_hour'])} ({w.chip_name(dear['chip'])})"
        )
        body = draw(lambda width: _now_chart(answer.rows, width), title, channel_key(answer.rows))
    return Figure(
        "now", "Prices now", title, answer, body,
        "Median price of one GPU-hour in China, yuan, log scale, the newest month each chip has in each channel; the bar spans the 10th to the 90th percentile.",
        f"n = {sum(row['offers'] or 0 for row in answer.rows)} offers and indices; the small number beside a mark is its n. Many medians rest on "
        "one offer: read them as examples.",
        ("Q3",), with_data=True,
    )  # fmt: skip


def _now_chart(rows: Sequence[Row], width: int) -> Any:
    best: dict[str, float] = {}
    for row in rows:
        best[row["chip"]] = max(best.get(row["chip"], 0), row["median_cny_per_gpu_hour"])
    order = [
        w.chip_name(chip) if width > NARROW else w.chip_short(chip)
        for chip in sorted(best, key=lambda c: (-best[c], c))
    ]
    values = [
        {
            "chip": w.chip_name(row["chip"]) if width > NARROW else w.chip_short(row["chip"]),
            "price": row["median_cny_per_gpu_hour"],
            "low": row["p10_cny_per_gpu_hour"],
            "high": row["p90_cny_per_gpu_hour"],
            "channel": row["channel"],
            "n": f"{row['offers']}",
            "about": f"{w.chip_name(row['chip'])}, {w.lower(row['channel'])}, {w.month(row['month'])}: "
            f"{w.price(row['median_cny_per_gpu_hour'])} (n = {row['offers']})",
        }
        for row in rows
    ]
    base = alt.Chart(alt.Data(values=values)).encode(
        y=alt.Y("chip:N", sort=order, title=None, axis=alt.Axis(grid=True, labelColor=INK, labelLimit=200)),
        color=alt.Color(
            "channel:N", scale=alt.Scale(domain=list(CHANNELS), range=list(COLOURS[:5])), legend=None
        ),
        description="about:N",
    )
    ticks = [0.5, 1, 2, 5, 10, 20, 50]
    x = alt.X("price:Q", title="¥ per GPU-hour", scale=alt.Scale(type="log", nice=False, padding=14),
              axis=alt.Axis(grid=True, values=ticks, format="~g"))  # fmt: skip
    return (
        (
            base.mark_rule(strokeWidth=3, opacity=0.45).encode(x=alt.X("low:Q"), x2="high:Q")
            + base.mark_point(size=90).encode(x=x)
            + base.mark_text(dx=8, dy=-7, fontSize=10, color=SOFT, align="left").encode(x=x, text="n:N", color=alt.value(SOFT))
        )
        .properties(width=width - (230 if width > NARROW else 150), height={"step": 24})
    )  # fmt: skip


def history(answers: Answers) -> Figure:
    answer = answers.ask("prices")
    title = "No price history is on record yet"
    body: Chart | None = None
    rows = list(answer.rows)
    if rows:
        chips = _busiest(rows)
        title = _history_title(rows)
        shown = [row for row in rows if row["chip"] in chips]
        body = draw(lambda width: _history_chart(shown, chips, width), title, channel_key(shown))
    return Figure(
        "prices", "Price history", title, answer, body,
        "Median price of one GPU-hour, US dollars, by month, chip and channel; filled marks sell in China, hollow ones elsewhere. "
        f"The {PANELS} chips with most months on record; each panel has its own scale.",
        f"n = {sum(row['offers'] or 0 for row in rows)} offers and indices in {w.counted(len(rows), 'month × chip × channel')}. "
        "A gap means nobody’s price was found, not that nothing was for sale.",
        ("Q3", "Q7"), with_data=True,
    )  # fmt: skip


def _busiest(rows: Sequence[Row]) -> list[str]:
    months: dict[str, set[Any]] = {}
    offers: dict[str, int] = {}
    for row in rows:
        months.setdefault(row["chip"], set()).add(row["month"])
        offers[row["chip"]] = offers.get(row["chip"], 0) + (row["offers"] or 0)
    return sorted(months, key=lambda c: (-len(months[c]), -offers[c], c))[:PANELS]


MOVE_OFFERS = 3
"""Offers needed at both ends before a headline names a move, as in `restriction_impact`."""


def _history_title(rows: Sequence[Row]) -> str:
    """The longest fall or rise one chip shows in one channel of one market, where enough offers stand at both ends."""
    series: dict[tuple[str, str, str], list[Row]] = {}
    for row in rows:
        series.setdefault((row["chip"], row["market"], row["channel"]), []).append(row)
    moves = []
    for (chip, market, channel), points in series.items():
        points = sorted(points, key=lambda r: r["month"])
        first, last = points[0], points[-1]
        enough = min(first["offers"] or 0, last["offers"] or 0) >= MOVE_OFFERS
        if len(points) > 1 and enough and first["median_usd_per_gpu_hour"]:
            change = 100 * (last["median_usd_per_gpu_hour"] / first["median_usd_per_gpu_hour"] - 1)
            offers = sum(point["offers"] or 0 for point in points)
            moves.append((len(points), abs(change), chip, market, channel, change, first, last, offers))
    if not moves:
        return f"Too few offers to name a move: no chip has {MOVE_OFFERS} at both ends of its history in one channel"
    *_, chip, market, channel, change, first, last, offers = max(
        moves, key=lambda m: (m[3] == "china", m[0], m[1], m[2])
    )
    place = "in China" if market == "china" else "outside China"
    return (
        f"{w.lower(channel).capitalize()} prices of the {w.chip_name(chip)} {place} {'fell' if change < 0 else 'rose'} {abs(change):.0f}% "
        f"from {w.month(first['month'])} to {w.month(last['month'])}, on {w.counted(offers, 'offer')}"
    )


def _history_chart(rows: Sequence[Row], chips: list[str], width: int) -> Any:
    columns, each = (3, 226) if width > NARROW else (2, 128)
    values = [
        {
            "chip": w.chip_short(row["chip"]),
            "month": row["month"].isoformat(),
            "price": row["median_usd_per_gpu_hour"],
            "channel": row["channel"],
            "market": row["market"],
            "about": f"{w.chip_name(row['chip'])}, {w.month(row['month'])}, {row['market']}, {w.lower(row['channel'])}: "
            f"{w.price(row['median_usd_per_gpu_hour'], '$')} (n = {row['offers']})",
        }
        for row in rows
    ]
    base = alt.Chart(alt.Data(values=values)).encode(
        x=alt.X("month:T", title=None, axis=alt.Axis(format="’%y", tickCount="year")),
        y=alt.Y("price:Q", title=None, scale=alt.Scale(zero=True), axis=alt.Axis(format="$.4~", tickCount=3, minExtent=34)),
        description="about:N",
    )  # fmt: skip
    colour = alt.Color(
        "channel:N", scale=alt.Scale(domain=list(CHANNELS), range=list(COLOURS[:5])), legend=None
    )
    lines = base.mark_line(strokeWidth=1.2, opacity=0.6).encode(color=colour, detail="market:N")
    china = (
        base.transform_filter("datum.market == 'china'").mark_point(size=60, filled=True).encode(color=colour)
    )
    world = (
        base.transform_filter("datum.market == 'world'")
        .mark_point(size=50, filled=False, strokeWidth=1.8, fill="var(--paper)")
        .encode(stroke=colour)
    )
    return (
        (lines + china + world)
        .properties(width=each, height=110)
        .facet(facet=alt.Facet("chip:N", sort=[w.chip_short(c) for c in chips], title=None), columns=columns, spacing={"row": 22, "column": 22})
        .resolve_scale(y="independent")
    )  # fmt: skip


def world(answers: Answers) -> Figure:
    answer = answers.ask("china_world")
    title = "No chip has a price in China and elsewhere in one month yet"
    body: Chart | None = None
    if answer:
        below = [row for row in answer.rows if row["china_premium_pct"] < 0]
        widest = max(answer.rows, key=lambda r: abs(r["china_premium_pct"]))
        title = (
            f"China’s list price is below the world’s for {len(below)} of {w.counted(len(answer.rows), 'chip')}; the widest gap is the "
            f"{w.chip_short(widest['chip'])}’s, {abs(widest['china_premium_pct']):.0f}% {'below' if widest['china_premium_pct'] < 0 else 'above'}"
        )
        body = draw(
            lambda width: _world_chart(answer.rows, width), title, [("c2", "China"), ("c1", "Elsewhere")]
        )
    months = sorted({row["month"] for row in answer.rows})
    return Figure(
        "world", "China and the world", title, answer, body,
        "Median list price of one GPU-hour, US dollars, in the newest month that has both.",
        (f"{w.month(months[0])}{' to ' + w.month(months[-1]) if months[0] != months[-1] else ''}; " if months else "")
        + f"n = {sum(r['china_offers'] for r in answer.rows)} offers in China and {sum(r['world_offers'] for r in answer.rows)} elsewhere. "
        "The channels differ: many Chinese prices are brokers’ indices, most others are clouds and marketplaces.",
        ("Q3",), with_data=True,
    )  # fmt: skip


def _world_chart(rows: Sequence[Row], width: int) -> Any:
    values = [
        {
            "chip": w.chip_name(row["chip"]) if width > NARROW else w.chip_short(row["chip"]),
            "where": where,
            "price": row[f"{where}_median_usd_per_gpu_hour"],
            "china": row["china_median_usd_per_gpu_hour"],
            "world": row["world_median_usd_per_gpu_hour"],
            "said": w.price(row[f"{where}_median_usd_per_gpu_hour"], "$"),
            "is_lower": (where == "china") == (row["china_premium_pct"] < 0),
            "about": f"{w.chip_name(row['chip'])}, {where}, {w.month(row['month'])}: "
            f"{w.price(row[f'{where}_median_usd_per_gpu_hour'], '$')} (n = {row[f'{where}_offers']})",
        }
        for row in rows
        for where in ("china", "world")
    ]
    order = list(dict.fromkeys(v["chip"] for v in values))
    base = alt.Chart(alt.Data(values=values)).encode(
        y=alt.Y("chip:N", sort=order, title=None, axis=alt.Axis(grid=True, labelColor=INK, labelLimit=200)),
        description="about:N",
    )
    top = max(value["price"] for value in values)
    x = alt.X(
        "price:Q",
        title="$ per GPU-hour",
        scale=alt.Scale(domain=[0, top * 1.18], nice=False),
        axis=alt.Axis(grid=True, format="~g", tickCount=5),
    )
    return (
        (
            base.mark_rule(color=SOFT, strokeWidth=2).encode(x="china:Q", x2="world:Q")
            + base.mark_point(size=120).encode(
                x=x, color=alt.Color("where:N", scale=alt.Scale(domain=["china", "world"], range=[COLOURS[1], COLOURS[0]]), legend=None)
            )
            + base.transform_filter("datum.is_lower").mark_text(dy=15, fontSize=11).encode(x=x, text="said:N")
            + base.transform_filter("!datum.is_lower").mark_text(dy=-13, fontSize=11).encode(x=x, text="said:N")
        )
        .properties(width=width - (230 if width > NARROW else 140), height={"step": 40})
    )  # fmt: skip


def stock(answers: Answers) -> Figure:
    answer = answers.ask("availability")
    stated = sum(row["idle_gpus"] is not None or row["total_gpus"] is not None for row in answer.rows)
    platforms = len({row["platform_id"] for row in answer.rows})
    title = (
        f"{w.counted(platforms, 'platform')} list chips to rent; {stated} of {len(answer.rows)} listings say how many there are"
        if answer else "No stock is on record yet"
    )  # fmt: skip
    table = Table(
        "stock-table", "listings",
        [
            Column("Chip", lambda r: Cell(w.chip_name(r["chip"]), href=chip_path(r, answers))),
            Column("Platform", platform_cell),
            Column("Offers", lambda r: Cell(w.number(r["offers"])), numeric=True),
            Column("In stock", lambda r: Cell(w.number(r["offers_in_stock"])), numeric=True),
            Column("Idle GPUs", lambda r: Cell(w.number(r["idle_gpus"])), numeric=True),
            Column("All GPUs", lambda r: Cell(w.number(r["total_gpus"])), numeric=True),
            Column("From, ¥/h", lambda r: Cell(w.price(r["min_price_cny_per_gpu_hour"])), numeric=True),
            Column("Controlled that day", lambda r: Cell({True: "yes", False: "no", None: "not known"}[r["is_restricted_to_china"]],
                                                        pill={True: "status-controlled", False: "status-not_controlled", None: None}[r["is_restricted_to_china"]])),
            Column("Day", lambda r: Cell(w.day(r["day"])), numeric=True),
        ],
        answer.rows,
        [Filter("Platform", lambda r: platform_cell(r).text)],
        search=True,
    )  # fmt: skip
    return Figure(
        "stock", "Availability", title, answer, table, "The newest day each platform listed each chip.",
        "A dash: the platform does not say. “Controlled” looks at US lists, letters and guidance and at China’s own gate on that day.",
        ("Q3", "Q4"),
    )  # fmt: skip


def restricted(answers: Answers) -> Figure:
    answer = answers.ask("restricted_offers")
    totals = answers.ask("restricted_totals").first()
    title = "No offer of a chip under control is on record yet"
    if answer:
        title = (
            f"{w.counted(totals['offers'], 'offer')} on {w.counted(totals['platforms'], 'platform')} name a chip that was under control on "
            f"the day; the longest stood {w.number(totals['longest_days'])} days after control began"
        )
    table = Table(
        "restricted-table", "offers",
        [
            Column("Chip", lambda r: chip_cell(r, answers)),
            Column("Platform", platform_cell),
            Column("Day", lambda r: Cell(w.day(r["day"])), numeric=True),
            Column("Rule", lambda r: Cell(r["rule_id"], "family, not the exact part" if r["is_family_level"] else None, "restrictions.html#rules")),
            Column("Since", lambda r: Cell(w.day(r["restricted_from"])), numeric=True),
            Column("Days", lambda r: Cell(w.number(r["days_since_restriction"])), numeric=True),
            Column("¥/GPU-hour", lambda r: Cell(w.price(r["price_cny_per_gpu_hour"])), numeric=True),
            Column("Source", source_cell),
            Column("Kept as", lambda r: kind_cell(r["capture_kind"])),
        ],
        answer.rows,
        [Filter("Chip family", lambda r: w.chip_name(r["chip_family"])), Filter("Rule", lambda r: r["rule_id"])],
    )  # fmt: skip
    return Figure(
        "restricted", "Restricted offers", title, answer, table,
        "An offer counts when the chip needed a licence for China, or was barred, on the day the offer was on the page.",
        "Controls bear on export, not on use: chips that arrived before a rule may be rented lawfully. An offer is no proof of a breach. "
        "An offer under two rules has two rows.",
        ("Q4",),
    )  # fmt: skip


def all_offers(answers: Answers) -> Figure:
    answer = answers.ask("offers")
    priced = sum(row["price_cny_per_gpu_hour"] is not None for row in answer.rows)
    title = (
        f"{priced} of {w.counted(len(answer.rows), 'offer')} state a price that can be brought to a GPU-hour"
        if answer else "No offer is on record yet"
    )  # fmt: skip
    table = Table(
        "offers-table", "offers",
        [
            Column("Chip", lambda r: chip_cell(r, answers)),
            Column("Cards", lambda r: Cell(w.number(r["chips_per_offer"])), numeric=True),
            Column("Platform", platform_cell),
            Column("Channel", lambda r: Cell(w.label(r["channel"]), "China" if r["market"] == "china" else "elsewhere")),
            Column("As printed", printed_price, numeric=True),
            Column("¥/GPU-hour", lambda r: Cell(w.price(r["price_cny_per_gpu_hour"])), numeric=True),
            Column("Stock", lambda r: w.label(r["availability"])),
            Column("Region", lambda r: Cell(r["region_name"] or w.NOTHING)),
            Column("Day", lambda r: Cell(w.day(r["day"])), numeric=True),
            Column("Source", lambda r: Cell(r["source_id"].split("/")[-1], href=source_path(r["source_id"]))),
            Column("Kept as", lambda r: kind_cell(r["capture_kind"])),
        ],
        answer.rows,
        [
            Filter("Chip family", lambda r: w.chip_name(r["chip_family"]) if r["chip_family"] else "Not known"),
            Filter("Channel", lambda r: w.label(r["channel"])),
            Filter("Market", lambda r: "China" if r["market"] == "china" else "Elsewhere"),
            Filter("Cards", lambda r: w.number(r["chips_per_offer"])),
        ],
        search=True,
    )  # fmt: skip
    return Figure(
        "offers", "All offers", title, answer, table,
        "Every asking price on record. Filter by chip and by number of cards to find, say, an eight-card server.",
        "Indices and estimates are kept apart, in gpu_quotes.", ("Q3",),
    )  # fmt: skip


def printed_price(row: Row) -> Cell:
    if row["price_value"] is None and not row["price_text"]:
        return Cell(w.NOTHING)
    amount = row["price_text"] or f"{row['price_value']:,.6g}"
    return Cell(
        f"{amount} {row['currency'] or ''}".strip(),
        (row["price_unit"] or "").replace("_", " "),
    )


def contracts(answers: Answers) -> Figure:
    answer = answers.ask("contracts")
    known = [row for row in answer.rows if row["amount_cny"] is not None]
    title = "No compute lease is on record yet"
    if known:
        top = max(known, key=lambda r: r["amount_cny"])
        title = f"The largest compute lease on record is worth {w.cny(top['amount_cny'])}; {len(known)} of {len(answer.rows)} state a sum"
    table = Table(
        "contracts-table", "contracts",
        [
            Column("Contract", lambda r: Cell(r["title"]), wide=True),
            Column("Parties", lambda r: Cell(r["parties"] or w.NOTHING)),
            Column("Sum", lambda r: Cell(w.cny(r["amount_cny"])), numeric=True),
            Column("Months", lambda r: Cell(w.number(r["term_months"])), numeric=True),
            Column("Status", lambda r: w.label(r["status"])),
            Column("Announced", lambda r: Cell(w.day(r["announced_date"])), numeric=True),
            Column("Source", source_cell),
            Column("Kept as", lambda r: kind_cell(r["capture_kind"])),
        ],
        answer.rows,
    )  # fmt: skip
    return Figure(
        "contracts", "Leases", title, answer, table, "Contracts and tenders for leased compute.",
        "A contract bundles machines, power and service; it is never averaged into prices.", ("Q3",),
    )  # fmt: skip
