"""Tables of offers: which column is what is read from the header and, where that is silent, from the cells.

Column headers give unit, currency, tier and term of the prices below them; the table's caption gives what the header
leaves open. Every price column of a row is an offer of its own (by the hour, by the month, inside and outside a
university). A table whose header names chips is read the other way round.
"""

import datetime as dt
import itertools
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from scrapers.documents import Table
from scrapers.extract.offers import columns, items, lines, units, words
from scrapers.extract.offers import prices as money
from scrapers.extract.offers.page import Listing, Page
from scrapers.extract.offers.prices import Price
from scrapers.extract.offers.units import Unit
from scrapers.issues import Issue
from scrapers.lexicon import chips
from scrapers.lexicon.chips import ChipMatch
from scrapers.records import Ground, Offer, OfferKind

_CN_PRICE_HEAD = re.compile(r"价|租|费|包[月年天日周季]|[月年日周季]付|按[量需时天月年]")
_FLOOR = re.compile(r"起价|起步价|低至|最低|starting\s(?:at|from)|^from\b", re.IGNORECASE)
"""Heads of columns whose prices are floors."""
_PLATFORM = re.compile(r"HGX|DGX", re.IGNORECASE)


def read(page: Page, table: Table, spans: "RowSpans | None" = None) -> Iterator[Offer | Issue]:
    """Offers of one table; nothing where no row names a chip and no header a price. `spans` finds rows in the document's text."""
    rows = [[cell.strip() for cell in row] for row in table.rows]
    if _is_card(rows):
        yield from _as_block(page, rows, table)
        _taken(spans, rows)
        return
    header, body_from = columns.header_of(rows) if len(rows) > 1 else (None, 0)
    if header is None and len(rows) > 1 and columns.says_by_row(rows):
        header, body_from = rows[0], 1
    if header is None:
        yield from _as_lines(page, rows, table, spans)
        return
    if width := columns.repeated(header):
        # "GPU | ¥/h | GPU | ¥/h": two tables side by side
        for at in range(0, len(header), width):
            part = [header[:width], *(row[at : at + width] for row in rows[body_from:])]
            numbers = table.row_locators[body_from - 1 :]
            yield from read(page, replace(table, rows=part, row_locators=numbers), spans)
        return
    if (
        len([1 for cell in header[1:] if columns.single_chip(cell)]) >= 2
        and not columns.layout_of(header, rows[body_from:]).prices
    ):
        yield from _transposed(page, table, header, rows[body_from:])
        _taken(spans, rows)
        return
    header = columns.counted_heads(header, rows[body_from:])
    layout = columns.layout_of(header, rows[body_from:])
    rated = columns.take_rate_columns(layout, header, rows[body_from:])
    columns.take_columns_of_rows(layout, header, rows[body_from:])
    caption = columns.caption_of(table.context).filled(page.stated)
    if caption.period is not None and (caption.thing or caption.currency) is not None:
        columns.take_money_columns(layout, header, rows[body_from:])
    if columns.chips_beside_prices(layout, header, rows[body_from:]):
        yield from _as_lines(page, rows[body_from:], table, spans, header)
        return
    of_column = {
        n: named for n in layout.prices if (named := columns.single_chip(header[n])) and named.family
    }
    if not layout.chip_columns and not of_column and not columns.chip_of_table(table, header):
        return
    speaks = any(_speaks_in_chip_cell(layout, row) for row in rows[body_from:] if len(row) == len(header))
    if not layout.prices and not speaks and not ({"idle", "status"} & layout.roles.keys()):
        return
    for at in [n for n in layout.prices if _speaks_for_itself(header[n])]:
        # "AutoDL 4090 ¥1.98/h" over what the jobs below come to
        layout.prices.remove(at)
        yield from _as_lines(page, [[header[at]]], table)
        _taken(spans, [header])
    layout.prices = columns.without_bills(layout.prices, header, caption, rated)
    # One seller's column has one currency; a list of many sellers may mix them.
    one_seller = "seller" not in layout.roles
    spoken = {
        n: columns.spoken_currency(rows[body_from:], n, is_mixed="原币" in header[n])
        if one_seller or "原币" in header[n]
        else None
        for n in layout.prices
    }
    section = columns.chip_of_table(table, header)
    for number, row in enumerate(rows[body_from:], body_from):
        locator = (
            table.row_locators[number]
            if number < len(table.row_locators)
            else f"{table.locator} row {number + 1}"
        )
        row = row + [""] * (len(header) - len(row))
        if row == header or not any(row):
            continue
        if _speaks_in_chip_cell(layout, row):
            # "A100 $2.72 · H100 $4.79 | per h"
            first = layout.chip_columns[0]
            said = [row[first], *(row[n] for n in layout.prices if n != first), *_verdict(row)]
            yield from _as_lines(page, [said], replace(table, locator=locator))
            _taken(spans, [row])
            continue
        filled = {cell for cell in row if cell}
        if len(filled) == 1:
            # A row that spans the table: a section's title.
            title = filled.pop()
            section = columns.single_chip(title) or section
            if not (unit := units.header(title)).says_nothing:
                caption = unit.filled(caption)
            continue
        span = spans.find(row) if spans is not None else None
        quote = spans.text[slice(*span)] if spans is not None and span else " | ".join(c for c in row if c)
        ground = Ground(
            quote=quote, start=span[0] if span else None, end=span[1] if span else None, locator=locator
        )
        for own in itertools.chain.from_iterable(_one_by_one(layout, r) for r in _paired(layout, row)):
            yield from _row(page, layout, header, own, ground, caption, section, table, spoken, of_column)


def _verdict(row: list[str]) -> list[str]:
    """The cell that refuses what the row claims ("❌ 查无此价"), in a row that grants nothing."""
    refused = [cell for cell in row if re.match(r"\s*[❌✗]", cell)]
    return refused[:1] if not any("✅" in cell for cell in row) else []


_STATED = re.compile(
    r"\b(?:values|prices|rates|figures)\s(?:below\s|shown\s|listed\s|here\s)?are\s(?:all\s|quoted\s|given\s|stated\s|listed\s|shown\s)*(?:in\s)?(?P<en>[^\n.;,(]{3,24})"
    r"|(?:价格|报价|单价|金额)(?:单位)?(?:均|都|统一)(?:为|以|按|是)\s?(?P<cn>[^\n。，,;；]{2,16})",
    re.IGNORECASE,
)


def stated(text: str) -> Unit:
    """What a document says all its prices are per ("All values are $/GPU-hour"); nothing where it says no such thing."""
    for said in _STATED.finditer(text):
        unit = units.header(re.sub(r"[*`]", "", said["en"] or said["cn"]))
        if unit.thing is not None and unit.period is not None and not unit.is_other:
            return unit
    return Unit()


def _speaks_in_chip_cell(layout: columns.Layout, row: list[str]) -> bool:
    """Whether the cell that names the chips writes their prices too and the price columns hold none."""
    if not layout.chip_columns or any(money.cell(row[n]) for n in layout.prices):
        return False
    return _names_prices(row[layout.chip_columns[0]])


def _speaks_for_itself(cell: str) -> bool:
    """Whether a cell of a row read like a line names its chip, then price and unit, so that other cells say nothing of it.
    In "4090 | ¥1.4/h (4090D ¥1.3)" the cell's first price is the other cell's."""
    text = units.plain(cell)
    named = [(m.start, m.end) for m in chips.find(text)]
    if not named:
        return False
    found = money.find(text, money.mask(money.blank(text, named)))
    priced = [p for p in found if p.has_evidence and p.value]
    return any(p.unit.period for p in priced) and named[0][0] < priced[0].start


def _names_prices(cell: str) -> bool:
    cell = units.plain(cell)
    named = [(m.start, m.end) for m in chips.find(cell)]
    if not named or not re.search(r"[¥$元]", cell):
        return False
    return any(p.has_evidence and p.value for p in money.find(cell, money.mask(money.blank(cell, named))))


_SLASHED = re.compile(r"\s+/\s+")
_SEVERAL = re.compile(r"\s+/\s+|[，；、]\s*")


def _one_by_one(layout: columns.Layout, row: list[str]) -> list[list[str]]:
    """ "T4, A4000 | $0.99" as a row for each: several chips listed at one price. A slash or "or" leaves open which."""
    if not layout.chip_columns:
        return [row]
    first = layout.chip_columns[0]
    listed = items.listed(row[first])
    if any(m.family and not m.is_instance for n in layout.chip_columns[1:] for m in chips.find(row[n])):
        return [row]
    return [[m.chip_text if n == first else cell for n, cell in enumerate(row)] for m in listed] or [row]


def _paired(layout: columns.Layout, row: list[str]) -> list[list[str]]:
    """ "A100 80G / H100 | $1.39 / $2.69 per h" as a row for each chip; the unit may stand once, at the end."""
    if not layout.chip_columns or not layout.prices:
        return [row]
    first = layout.chip_columns[0]
    names = _SLASHED.split(row[first])
    named = [m for name in names if (m := columns.single_chip(name)) and m.family]
    if not 1 < len(names) == len(named) or len({m.family for m in named}) < 2:
        return [row]
    result = [list(row) for _ in names]
    for price in (n for n in layout.prices if row[n]):
        amounts = _SLASHED.split(row[price])
        if len(amounts) != len(names) or not all(re.search(r"\d", a) for a in amounts):
            return [row]
        tail = (
            units.plain(amounts[-1]).rpartition(re.findall(r"[\d.]+", amounts[-1])[-1])[2]
            if money.cell(amounts[-1])
            else ""
        )
        for own, name, amount in zip(result, names, amounts, strict=True):
            own[first], own[price] = name, amount if amount == amounts[-1] else amount + tail
    return result


_BILL = re.compile(
    r"(?<!硬件)(?<!采购)(?<!设备)(?:费用|成本|花费|开销|开支|价格)(?:估算|预估|估计|预计|分析|参考|明细)?|cost\s(?:estimat\w+|analysis|breakdown|summary)",
    re.IGNORECASE,
)
"""Titles of a bill worked out from prices ("费用估算"): the bill is an estimate, the prices in it are not."""


class RowSpans:
    """Finds rows of tables in the running text of the document, going forward."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0
        self.found: list[tuple[int, int]] = []

    def find(self, cells: Sequence[str]) -> tuple[int, int] | None:
        """Where the row's cells stand one behind the other with nothing but blanks and marks of tables between, else null."""
        wanted = [re.escape(c) for c in cells if c]
        if not wanted:
            return None
        pattern = re.compile(r"[\s|,;\"]*".join(re.sub(r"(?:\\?\s)+", r"\\s*", w) for w in wanted))
        for start in (self.at, 0):
            if hit := pattern.search(self.text, start):
                self.at = hit.end()
                self.found.append(hit.span())
                return hit.span()
        return None


def _taken(spans: RowSpans | None, rows: list[list[str]]) -> None:
    """Marks rows as read, so that the running text is not read for them again."""
    if spans is None:
        return
    for row in rows:
        spans.find(row)


def _row(
    page: Page,
    layout: columns.Layout,
    header: list[str],
    row: list[str],
    ground: Ground,
    caption: Unit,
    section: ChipMatch | None,
    table: Table,
    spoken_currency: dict[int, str | None],
    of_column: dict[int, ChipMatch],
) -> Iterator[Offer | Issue]:
    def cell(role: str) -> str:
        at = layout.roles.get(role)
        return row[at] if at is not None else ""

    chip, chip_text = _chip(layout, row)
    is_across = chip is None and section is None and bool(of_column)
    cards, fraction = columns.count_of(cell("count"), chip)
    form = chips.canonical_form(cell("form"))
    sku = chip_text if chip is not None and chip.is_instance else None
    if chip is None and section is not None:
        chip, chip_text = section, section.chip_text
    elif is_across:
        chip = next(iter(of_column.values()))
        chip_text = chip.chip_text
    elif chip is not None and sku and section is not None and section.family == chip.family:
        # An instance's name tells the family; the header or title tells memory and form.
        chip = replace(
            section, chip_text=chip.chip_text, chips=chip.chips, fraction=chip.fraction, is_instance=True
        )
    if chip is None and not chip_text:
        return
    memory = _memory(
        cell("memory"), header[layout.roles["memory"]] if "memory" in layout.roles else "", chip, cards
    )
    if (
        layout.is_memory_total
        and cards
        and (amount_of_all := columns.MEMORY_CELL.search(units.plain(cell("memory"))))
    ):
        memory = float(amount_of_all["n"]) / cards
    chip_cells = " ".join(units.plain(c) for n, c in enumerate(row) if n in layout.chip_columns[:2])
    if chip is not None and chip.family:
        refined = chips.resolve(chip.chip_text, memory, form)
        chip = replace(
            chip,
            chip_id=refined.chip_id if refined else chip.chip_id,
            memory_gib=chip.memory_gib if chip.memory_gib is not None else memory,
            form_factor=chip.form_factor or form,
            fraction=chip.fraction or fraction or words.slice_of_card(chip_cells),
        )
    if cards is None and chip is not None and chip.chips is None:
        # "g1.h100.8 | 8x H100": another column counts
        beside = (columns.single_chip(row[n]) for n in layout.chip_columns[1:3])
        cards = next((m.chips for m in beside if m is not None and m.family == chip.family and m.chips), None)
    node = words.node(chip_cells)
    if cards is None or (chip is not None and counts_itself(chip)):
        cards = (chip.chips if chip else None) or cards or node.cards
    amount = cell("unit")
    row_unit = (
        units.header(amount)
        if amount
        else columns.row_unit(row[layout.chip_columns[0]])
        if layout.chip_columns
        else Unit()
    )
    if row_unit.currency is None and re.search(r"[万台卡张月时年]", amount):
        row_unit = replace(row_unit, currency="CNY")  # "万/台/月"
    if code := re.fullmatch(r"(?:CNY|RMB|人民币|USD|美元|HKD|EUR)", cell("currency").strip(), re.IGNORECASE):
        row_unit = replace(row_unit, currency=units.header(code[0]).currency)
    if row_unit.period is None and (lasting := _LASTING.fullmatch(cell("term").strip())):
        row_unit = replace(row_unit, period=units.after(f"/{lasting[1]}", 0)[0].period)
    stock = _stock(cell("idle"), cell("total"), cell("status"), row, layout)
    full = units.plain(" ".join(row))
    listing = Listing(
        chip=chip,
        chip_text=chip_text,
        cards=cards,
        is_server=node.is_server,
        is_single=node.is_single and cards is None,
        is_counted=bool(cell("count")),
        memory_gib=memory,
        form_factor=form,
        key=_sku(layout, row) if sku else None,
        seller=cell("seller") or None,
        region=cell("region") or None,
        is_tax_included=words.tax_included(cell("tax"))
        if cell("tax")
        else words.tax_included(f"{full} {table.context[-60:]}"),
        stock=stock,
        page_date=_date(cell("date"), page.day),
        ground=ground,
    )
    own_kind = words.kind(units.plain(cell("kind"))) or _english_kind(cell("kind"))
    note = " ".join(
        row[n] for n, h in enumerate(header) if re.search(r"备注|说明|note|remark", h, re.IGNORECASE)
    )
    kind = (
        own_kind
        or words.kind(units.plain(f"{note} {chip_text}"))
        or words.kind(_BILL.sub("", units.plain(table.context[-60:])))
    )
    if chip is not None and counts_itself(chip) and caption.count not in (None, chip.chips):
        caption = replace(caption, thing=None, count=None)  # "1×910B" in a table of servers of eight
    found: list[tuple[Price, Unit, str]] = []
    bought: set[Price] = set()
    for at, price in [(n, amount) for n in layout.prices for amount in _amounts(row[n])]:
        if is_across and at not in of_column:
            continue
        head_unit = units.header(header[at]).filled(row_unit).filled(caption)
        scale = units.header(header[at]).scale
        if scale == 1.0 and row_unit.scale != 1.0:
            scale = row_unit.scale
        if scale == 1.0 and caption.scale != 1.0 and units.header(header[at]).says_nothing:
            scale = caption.scale
        if price.value is not None and scale != 1.0 and not price.is_wan:
            price = replace(
                price,
                value=round(price.value * scale, 6),
                value_max=round(price.value_max * scale, 6) if price.value_max is not None else None,
                is_wan=scale == 1e4,
            )
        if price.value == 0 or (price.unit.is_other and price.unit.thing is None):
            continue  # a core-hour or a gigabyte is no card
        if price.bound == "exact" and _FLOOR.search(header[at]):
            price = replace(price, bound="from")
        tier = price.tier or columns.tier_of(header[at])
        head_hint = units.before(units.plain(header[at]))
        head_unit = head_unit.filled(head_hint).filled(Unit(currency=spoken_currency.get(at)))
        if "seller" in layout.roles and price.unit.currency and price.unit.period:
            # "$1.29/h" in a column "¥/h": this seller's own money
            head_unit = replace(head_unit, currency=price.unit.currency)
        if "原币" in header[at]:
            head_unit = replace(head_unit, currency=price.unit.currency or spoken_currency.get(at))
        if (
            page.is_yuan
            and (price.unit.period or head_unit.period)
            and not (price.unit.currency or head_unit.currency)
            and _CN_PRICE_HEAD.search(header[at])
        ):
            head_unit = replace(head_unit, currency=page.default.currency or "CNY")
            if page.default.currency is None:
                yield page.issue("assumed-currency", f"read as CNY: {price.text}", ground.locator, "info")
        price = replace(price, tier=tier)
        found.append((price, head_unit, header[at]))
        if price.unit.period is None and words.kind(units.plain(row[at])) == "purchase":
            bought.add(price)
    if not found:
        if stock is not None or layout.roles.get("status") is not None:
            listing.kind = kind
            yield from page.offers(listing, [], Unit())
        elif chip is not None and layout.prices and (chip.family or chip.ambiguous):
            yield page.issue("no-price", f"no price in the row of {chip_text}", ground.locator, "info")
        return
    if share := words.discount(cell("discount")):
        price, unit, head = found[0]
        if price.value is not None and len(found) == 1:
            paid = replace(price, value=round(price.value * share, 6), value_max=None, tier="discounted")
            found = [(replace(price, tier="list"), unit, head), (paid, unit, head)]
    found = [
        f
        for f in found
        if not (f[0].unit.says_nothing and f[1].says_nothing)
        or not any(
            f[0].value == p.value and not (p.unit.says_nothing and u.says_nothing) for p, u, _ in found
        )
    ]
    found = [(price, _for_the_term(price, unit, head, found), head) for price, unit, head in found]
    found = _without_usage(found)
    spoken = next((p.unit for p, *_ in found if not p.unit.says_nothing), None)
    rate = page.rate("USD", listing.page_date or page.day)
    found = [(price, _as_said_beside(price, unit, found), head) for price, unit, head in found]
    found = [(price, _as_reserved(price, unit, head, found), head) for price, unit, head in found]
    for at, (price, unit, head) in enumerate(found):
        if rate and any(
            _is_converted(price, unit, p, u, rate) and not _name_sellers(head, h) for p, u, h in found[:at]
        ):
            continue
        if spoken is not None and unit.says_nothing and price.unit.says_nothing and columns.tier_of(head):
            # "4元/卡时 | 6 | 8": the unit is written once.
            price = replace(price, unit=price.unit.filled(spoken))
        own = replace(listing)
        named = next((chip for n, chip in of_column.items() if header[n] == head), None)
        if is_across and named is not None:
            own.chip, own.chip_text, own.memory_gib = named, named.chip_text, named.memory_gib
        own.kind = kind or words.kind(_BILL.sub("", units.plain(head)))
        if own.kind == "bid" and kind is None and cell("seller") and _PLANNED.search(head):
            own.kind = None  # "预算单价" beside a seller: what to reckon with, nobody's bid
        if price in bought:  # "brand new ¥5000" in a column of rents
            own.kind = "purchase"
        if "mean" in layout.roles and own.kind in (None, "ask"):
            own.kind = "index"
        own.term = words.term(units.plain(f"{cell('term')} {head}")) or (cell("term") or None)
        yield from page.offers(own, [price], unit)


def _without_usage(found: list[tuple[Price, Unit, str]]) -> list[tuple[Price, Unit, str]]:
    """Leaves out what a month or year of some hours comes to: beside the hour, less than a third of it is no rent."""

    def rate(price: Price, unit: Unit) -> tuple[units.Period | None, float]:
        period = price.unit.period or unit.period
        return period, (price.value or 0) / units.HOURS[period] if period else 0

    hourly = [each for p, u, _ in found for period, each in [rate(p, u)] if period == "hour" and each]
    if not hourly:
        return found
    return [
        f
        for f in found
        for period, each in [rate(f[0], f[1])]
        if period not in ("month", "year") or not each or each > 0.3 * min(hourly)
    ]


_LASTING = re.compile(
    r"(?:按|包|每|1个?)?(小时|天|日|周|月|季度?|年|hour|day|week|month|year)(?:ly)?[付租]?", re.IGNORECASE
)
"""A cell of terms that is a period."""


def _amounts(cell: str) -> list[Price]:
    """The price of a cell, or each of several set apart by a slash ("$0.34 community / $0.74 secure")."""
    parts = _SEVERAL.split(cell)
    if len(parts) > 1:
        each = [money.cell(part) for part in parts]
        several = [p for p in each if p is not None and p.value and p.unit.currency is not None]
        if len(several) == len(parts) and len({p.value for p in several}) == len(parts):
            last = several[-1].unit
            return [replace(p, unit=p.unit.filled(last)) for p in several]
    one = money.cell(cell)
    return [one] if one is not None else []


def _is_converted(price: Price, unit: Unit, other: Price, other_unit: Unit, rate: float) -> bool:
    """Whether a price only says an earlier one of the row again in the other currency ("¥1.98 | $0.27")."""
    said, earlier = price.unit.filled(unit), other.unit.filled(other_unit)
    if {said.currency, earlier.currency} != {"CNY", "USD"} or said.period != earlier.period:
        return False
    if not price.value or not other.value:
        return False
    ratio = price.value / other.value * (rate if said.currency == "USD" else 1 / rate)
    return 1 / _SAME <= ratio <= _SAME


def _name_sellers(head: str, other: str) -> bool:
    """Whether two heads name neither money nor unit nor price: columns of two sellers ("AutoDL | Vast.ai")."""
    return all(
        columns.role_of(h) is None and units.header(h).says_nothing and units.header(h).currency is None
        for h in (head, other)
    )


def _as_said_beside(price: Price, unit: Unit, found: list[tuple[Price, Unit, str]]) -> Unit:
    """The unit with the thing of another price of the row that is the same one by another period: beside "$2.69 per
    GPU-hour" a month of $1,964 is a card's too."""
    said = price.unit.filled(unit)
    if said.thing is not None or said.period is None or not price.value:
        return unit
    for other, other_unit, _ in found:
        told = other.unit.filled(other_unit)
        if told.thing is None or told.period is None or told.period == said.period or not other.value:
            continue
        ratio = price.value / units.HOURS[said.period] / (other.value / units.HOURS[told.period])
        if 0.97 <= ratio <= 1.03:
            return replace(unit, thing=told.thing, count=told.count)
    return unit


_RESERVED = re.compile(
    r"预留|包年|年付|长租|承诺|竞价|抢占|reserved|commit|spot|\d\s?-?\s?(?:yr|year)", re.IGNORECASE
)


def _as_reserved(price: Price, unit: Unit, head: str, found: list[tuple[Price, Unit, str]]) -> Unit:
    """The unit of the price beside it for a reserved or spot price whose head says none: "按需（$/hr） | 预留"."""
    if not price.value or not price.unit.says_nothing or not unit.says_nothing or not _RESERVED.search(head):
        return unit
    for other, other_unit, _ in found:
        told = other.unit.filled(other_unit)
        if told.period is not None and other.value and 0.15 <= price.value / other.value <= 1.1:
            return replace(told, currency=unit.currency or told.currency, scale=1.0)
    return unit


def _for_the_term(price: Price, unit: Unit, head: str, found: list[tuple[Price, Unit, str]]) -> Unit:
    """The unit of a price in a column "3个月": of the quarter where it is more than one month's beside it, else of a
    month. Left as it is where no month stands beside it. Beside an hour's price and like it, it is an hour's for that term."""
    if columns.TERM_HEAD.fullmatch(head.strip()) and price.value:
        for other, other_unit, _ in found:
            told = other.unit.filled(other_unit)
            if told.period == "hour" and other.value and 0.3 <= price.value / other.value <= 1.1:
                return replace(told, currency=unit.currency or told.currency, scale=1.0)
    term = columns.TERMS.get(head.strip())
    months = [p.value for p, u, h in found if h != head and p.value and p.unit.filled(u).period == "month"]
    if term is None or not months or not price.value or unit.period is not None:
        return unit
    return replace(unit, period=term if price.value > 1.5 * months[0] else "month")


_PLANNED = re.compile(r"预算(?:单价|价格?)|budget(?:ary)?\sprice", re.IGNORECASE)
_SAME = 1.15
"""How far two currencies of one price may be apart by the page's own rate and rounding."""

_ENGLISH_KINDS: dict[str, OfferKind] = {
    "list_price": "ask", "list price": "ask", "market_quote": "ask", "market quote": "ask", "user_report": "ask",
    "sell": "ask", "卖": "ask", "卖出": "ask", "供应": "ask", "buy": "bid", "买": "bid", "买入": "bid", "需求": "bid",
    "求": "bid", "收": "bid", "出": "ask", "供": "ask", "租": "ask", "售": "purchase",
}  # fmt: skip


def _english_kind(text: str) -> OfferKind | None:
    word = text.strip().casefold()
    if word in ("ask", "bid", "index", "estimate", "purchase", "mock"):
        return word  # type: ignore[return-value]
    return _ENGLISH_KINDS.get(word) or ("index" if word.startswith("index") else None)


def _chip(layout: columns.Layout, row: list[str]) -> tuple[ChipMatch | None, str]:
    """The chip of a row: an explicit name in any chip column beats an instance family's name."""
    best: ChipMatch | None = None
    for at in layout.chip_columns:
        match = chips.resolve(row[at]) if row[at] else None
        if match is None:
            continue
        if (
            best is None
            or (best.is_instance and not match.is_instance and match.family)
            or (best.family is None and match.family and not best.ambiguous)
        ):
            best = match if best is None else replace(match, chips=match.chips or best.chips)
    if best is not None:
        return best, best.chip_text
    first = layout.chip_columns[0] if layout.chip_columns else None
    return None, row[first] if first is not None else ""


def _sku(layout: columns.Layout, row: list[str]) -> str | None:
    """The whole name of an instance type ("GN7.2XLARGE32"): several types of one family have the same cards."""
    return next((row[at] for at in layout.chip_columns if row[at] and chips.find(row[at])), None)


def counts_itself(chip: ChipMatch) -> bool:
    """Whether the name writes the number of cards, which goes before a column's: in "8x Tesla V100 | 1" the column counts
    machines. The eight of an HGX board is not written."""
    return bool(chip.chips) and not chip.is_instance and _PLATFORM.search(chip.chip_text) is None


def _memory(text: str, head: str, chip: ChipMatch | None, cards: int | None) -> float | None:
    hit = columns.MEMORY_CELL.search(units.plain(text))
    if hit is None:
        return None
    amount = float(hit["n"])
    unit = (hit["u"] or "").upper() or ("MIB" if re.search(r"MiB|MB", head, re.IGNORECASE) else "GB")
    amount = amount / 1024 if unit in ("MIB", "MB") else amount * 1024 if unit == "TB" else amount
    if amount > 4096:  # a driver's figure in MiB under a header that does not say so
        amount /= 1024
    if hit["k"] or hit["k2"] or not amount:
        return amount or None
    return chips.per_card_memory(chip.family if chip else None, amount, cards)


def _stock(idle: str, total: str, status: str, row: list[str], layout: columns.Layout) -> words.Stock | None:
    free = re.match(r"\s*(\d[\d,]*)(?:\s?/\s?(\d[\d,]*))?", idle)
    everything = re.match(r"\s*(\d[\d,]*)", total)
    state = words.status_word(status) if status else None
    if state is None and idle and free is None:
        state = words.status_word(idle)
    count = int(free[1].replace(",", "")) if free else None
    of = (
        int(free[2].replace(",", ""))
        if free and free[2]
        else int(everything[1].replace(",", ""))
        if everything
        else None
    )
    if count is None and status and (read := words.stock(units.plain(status))):
        count, of, state = read.idle, read.total, state or read.availability
    if count is not None and state is None:
        state = "in_stock" if count > 0 else "sold_out"
    if count is None and of is None and state is None:
        return None
    servers = "台" in idle or "节点" in idle
    return words.Stock(count, of, state, servers)


def _date(text: str, day: dt.date | None) -> dt.date | None:
    """A date cell; a day without a year ("07-15") is the last such day before the capture."""
    if hit := re.search(r"(20\d{2})\s?[-/.年]\s?(\d{1,2})\s?[-/.月]\s?(\d{1,2})", text):
        year, month, number = int(hit[1]), int(hit[2]), int(hit[3])
    elif day is not None and (hit := re.search(r"(?<!\d)(\d{1,2})\s?[-/.月]\s?(\d{1,2})(?!\d)", text)):
        year, month, number = day.year, int(hit[1]), int(hit[2])
    else:
        return None
    try:
        found = dt.date(year, month, number)
    except ValueError:
        return None
    return found.replace(year=year - 1) if day is not None and hit.re.groups == 2 and found > day else found


def _transposed(
    page: Page, table: Table, header: list[str], body: list[list[str]]
) -> Iterator[Offer | Issue]:
    """Chips across, prices down: each cell is the price of its column's chip, the row's title its unit and tier."""
    caption = columns.caption_of(table.context)
    for number, row in enumerate(body, 1):
        title = row[0] if row else ""
        unit = units.header(title).filled(caption)
        for at, head in enumerate(header[1:], 1):
            named = columns.single_chip(row[at]) if at < len(row) else None
            chip = named if named is not None and named.family else columns.single_chip(head)
            price = (
                money.cell(row[at].replace(named.chip_text, " ", 1) if named else row[at])
                if at < len(row)
                else None
            )
            if (
                chip is None
                or price is None
                or (unit.says_nothing and not price.has_evidence and page.options.unit is None)
            ):
                continue
            scale = units.header(title).scale
            if price.value is not None and scale != 1.0 and not price.is_wan:
                price = replace(price, value=price.value * scale, is_wan=scale == 1e4)
            tier = price.tier or columns.tier_of(title)
            node = words.node(units.plain(f"{head} {title}"))
            listing = Listing(
                chip=chip,
                chip_text=chip.chip_text,
                cards=chip.chips or node.cards,
                is_server=node.is_server,
                is_single=node.is_single,
                kind=words.kind(units.plain(f"{title} {table.context[-60:]}")),
                term=words.term(units.plain(title)),
                ground=Ground(
                    quote=f"{title} | {head} | {row[at]}",
                    locator=f"{table.locator} row {number + 1} column {at + 1}",
                ),
            )
            yield from page.offers(listing, [replace(price, tier=tier)], unit)


def _as_lines(
    page: Page,
    rows: list[list[str]],
    table: Table,
    spans: "RowSpans | None" = None,
    header: list[str] | None = None,
) -> Iterator[Offer | Issue]:
    """Each row is read like a line of text: in a table without a header, about the chip the caption names where no row
    names one; under a header, the price cells only."""
    if header is not None:
        _taken(spans, rows)
        at = [n for n, head in enumerate(header) if columns.role_of(head) == "price"]
        rows = [
            [c for n, c in enumerate(row) if n in at or units.ALONE.fullmatch(c) or c in _verdict(row)]
            for row in rows
        ]
        spans = None
    whole = rows
    if len(rows) > 1:
        # "每 1000 请求": a column of other things
        other = {n for n, head in enumerate(rows[0]) if units.header(head).is_other}
        rows = [[cell for n, cell in enumerate(row) if n not in other] for row in rows]
    caption = columns.single_chip(table.context[-80:])
    about = caption.chip_text if caption and not any(chips.find(cell) for row in rows for cell in row) else ""
    for number, row in enumerate(rows, 1):
        alone = [cell for cell in row if _speaks_for_itself(cell)]
        named = [f"单位：{cell}" if units.ALONE.fullmatch(cell) else cell for cell in [about, *row] if cell]
        named.sort(key=lambda cell: cell.startswith("单位："))  # at the end, where nothing stands behind it
        said = "\n\n".join(" ".join([cell, *_verdict(row)]) for cell in alone) or " ".join(named)
        for record in lines.read(page, said):
            if isinstance(record, Offer):
                record = replace(
                    record,
                    ground=Ground(
                        quote=" | ".join(c for c in row if c), locator=f"{table.locator} row {number}"
                    ),
                )
            yield record
    _taken(spans, whole)


def _is_card(rows: list[list[str]]) -> bool:
    """Whether a table of two columns is one thing's data sheet: names of fields left, the chip and its price right."""
    if len(rows) < 2 or any(len(row) != 2 for row in rows):
        return False
    named = [row for row in rows if chips.find(row[1])]
    priced = [row for row in rows if row not in named and (p := money.cell(row[1])) and p.has_evidence]
    return (
        len(named) == 1
        and bool(priced)
        and not any(chips.find(key) or columns.has_amount(key) for key, _ in rows)
    )


def _as_block(page: Page, rows: list[list[str]], table: Table) -> Iterator[Offer | Issue]:
    """A data sheet is read like lines that belong together, the one that names the chip first."""
    ordered = sorted(rows, key=lambda row: not chips.find(row[1]))
    for record in lines.read(page, "\n".join(f"{key}：{value}" for key, value in ordered)):
        if isinstance(record, Offer):
            quote = " | ".join(cell for row in rows for cell in row if cell)[:400]
            record = replace(record, ground=Ground(quote=quote, locator=table.locator))
        yield record
