"""Tables of offers: which column is what is read from the header and, where that is silent, from the cells.

Column headers give unit, currency, tier and term of the prices below them; the table's caption gives what the header
leaves open. Every price column of a row is an offer of its own (by the hour, by the month, inside and outside a
university). A table whose header names chips is read the other way round.
"""

import csv
import datetime as dt
import itertools
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from scrapers.documents import Table
from scrapers.extract.offers import items, lines, units, words
from scrapers.extract.offers import prices as money
from scrapers.extract.offers.page import Listing, Page
from scrapers.extract.offers.prices import Price, Tier
from scrapers.extract.offers.units import Unit
from scrapers.issues import Issue
from scrapers.lexicon import chips
from scrapers.lexicon.chips import ChipMatch
from scrapers.records import Ground, Offer, OfferKind

_ROLES: tuple[tuple[str, re.Pattern[str]], ...] = (
    (
        "ignore",
        re.compile(
            r"^(?:序号|编号|no\.?|#|id|操作|链接|网址|url|source|来源|cuda.*|驱动.*|.*(?:带宽|流量|硬盘|存储|系统盘|数据盘|网络|能力|cpu.*型号).*|checked.?at|(?:.*[ _])?notes?|备注|说明|(?:storage|nvme|disk|egress|ingress|network|cold.?start|idle.?cost|effective).*|适用场景|场景|用途|性能|tflops.*|fp16.*|算力值.*|spread|ratio|倍数|差价|性价比.*|.*per.?dollar.*|.*/\$|折合.*|换算.*|.+[ _]discount(?:[ _](?:pct|percent|rate|factor))?)$",
            re.IGNORECASE,
        ),
    ),
    (
        "unit",
        re.compile(
            r"^(?:(?:价格|计价|计费|收费|结算|计量|销售)?单位|unit|price.?unit|basis)$",
            re.IGNORECASE,
        ),
    ),
    ("currency", re.compile(r"^(?:币种|货币|currency)$", re.IGNORECASE)),
    ("date", re.compile(r"日期|时间(?!价)|^date$|updated|as.?of|observed", re.IGNORECASE)),
    (
        "kind",
        re.compile(
            r"^(?:类型|方向|买卖|报价类型|类别|kind|side|type|offer.?kind|price.?type)$", re.IGNORECASE
        ),
    ),
    ("term", re.compile(r"^pric(?:e|ing).?(?:tier|plan|class|mode)$|^tier$", re.IGNORECASE)),
    ("discount", re.compile(r"^(?:折扣|优惠折扣|discount)$", re.IGNORECASE)),
    ("tax", re.compile(r"^(?:税|是否含税|含税|tax(?:.?included)?)$", re.IGNORECASE)),
    ("mean", re.compile(r"均价|平均价|^avg|average|^mean", re.IGNORECASE)),
    (
        "price",
        re.compile(
            r"价|费用|收费|(?:小时|每时|月|单卡|每卡|使用|租用)成本|租金|月租|费率|包[月年天日周]|按[量需时天月年]|[时日周月年]租|[月年]付|元[/（(每]|元$|[¥$€]|报价|原币|price|cost|rate|\bfee\b|\busd\b|\bcny\b|\brmb\b|/h(?:r|our)?\b|hourly|monthly|^annual(?:ly)?$|^yearly$|on.?demand|\bspot\b|reserved|dph|pre[çc]o|precio|saatlik|aylık|per.hour|^per.(?:second|minute|day|week|month|year)$|^(?:an?|each)\s(?:hour|day|week|month|year)\b|(?:^|\s)/?(?:小时|月|年|天)$",
            re.IGNORECASE,
        ),
    ),
    (
        "total",
        re.compile(
            r"^(?:总数|总量|总卡数|总gpu数?|total(?:.?gpus?|.?num)?|capacity)$|total_gpu", re.IGNORECASE
        ),
    ),
    (
        "idle",
        re.compile(
            r"空闲|剩余|可用(?!区)|可租|余量|库存(?!状态)|在库|idle|free|inventory|stock(?!.?status)|available(?!.?zone|ity)|gpu_order_num",
            re.IGNORECASE,
        ),
    ),
    ("status", re.compile(r"状态|status|availability|库存状态|供应情况|供货|现货", re.IGNORECASE)),
    (
        "memory",
        re.compile(
            r"显存|gpu.?(?:memory|ram|mem)|vram|gpu\s?内存|video.?memory|memory.?gib?.*card", re.IGNORECASE
        ),
    ),
    (
        "count",
        re.compile(
            r"(?:显卡|gpu|加速卡|卡|芯片|dcu|npu|加速器).{0,3}(?:数量?|个数|颗数|张数)|^(?:卡数|张数|颗数|数量|配置数量)(?:[（(].*)?$|gpu.?count|num.?gpus?|^gpus$|#\s?gpus?|accelerator.?count|gpu.?num(?!.*idle)|^count$|^qty$|quantity|chips.?per",
            re.IGNORECASE,
        ),
    ),
    ("form", re.compile(r"形态|接口|互联|form.?factor|interconnect|^socket$|封装", re.IGNORECASE)),
    (
        "region",
        re.compile(
            r"地域|区域|地区|机房|可用区|城市|节点位置|所在地|^位置$|^地点$|region|location|zone|country|datacenter|^省份$",
            re.IGNORECASE,
        ),
    ),
    (
        "seller",
        re.compile(
            r"供应商|服务商|卖方|平台|提供商|商家|云厂商|供应方|运营商|^厂商$|^服务$|^service$|provider|seller|platform|^vendor$|^cloud$|marketplace",
            re.IGNORECASE,
        ),
    ),
    (
        "term",
        re.compile(
            r"租期|计费(?:方式|模式|类型)|付费|租赁方式|周期|合同期|\bterm\b|billing|commitment|provisioning|pricing.?(?:model|type)|charge.?type|lease",
            re.IGNORECASE,
        ),
    ),
    ("cpu", re.compile(r"vcpu|^cpu|核数|^核|cores|处理器", re.IGNORECASE)),
    ("host_memory", re.compile(r"内存|^memory|^ram|host.?memory|memorygib", re.IGNORECASE)),
    (
        "chip",
        re.compile(
            r"型号|显卡|gpu|芯片|卡型|加速卡|机型|规格|实例|名称|产品|资源|chip|model|accelerator|device|card|instance|^name$|硬件|品类|配置|算力",
            re.IGNORECASE,
        ),
    ),
)
_TIER_HEADS: tuple[tuple[Tier, re.Pattern[str]], ...] = (
    ("internal", re.compile(r"校内|院内|所内|内部|本校|internal|on-?campus", re.IGNORECASE)),
    ("partner", re.compile(r"合作|共建|协作|partner|collaborat|affiliat", re.IGNORECASE)),
    ("external", re.compile(r"校外|院外|所外|外部|社会|企业|external|off-?campus|commercial", re.IGNORECASE)),
    ("member", re.compile(r"会员|member|vip", re.IGNORECASE)),
    ("spot", re.compile(r"竞价|抢占|闲时|spot|preempt|interruptible", re.IGNORECASE)),
    ("discounted", re.compile(r"折后|优惠|活动|现价|促销|特价|discount|promo", re.IGNORECASE)),
    ("list", re.compile(r"原价|刊例|目录价|官网价|标价|list.?price|original", re.IGNORECASE)),
)
_NOT_RENT = re.compile(
    r"购买|采购|售价|整机价|msrp|purchase|retail|buy|性价比|涨跌|涨幅|change|较|环比|同比|min_|max_|最低价_|seller|押金|初装|usage.?based|按用量|安装费|总费用|总成本|总花费|^total\s?cost|est(?:\.|imated)?\s?cost",
    re.IGNORECASE,
)
_CN_PRICE_HEAD = re.compile(r"价|租|费|包[月年天日周季]|[月年日周季]付|按[量需时天月年]")
_FLOOR = re.compile(r"起价|起步价|低至|最低|starting\s(?:at|from)|^from\b", re.IGNORECASE)
"""Heads of columns whose prices are floors."""
_PLATFORM = re.compile(r"HGX|DGX", re.IGNORECASE)
_EMPHASIS = re.compile(r"(?:\*\*|`)([^*`]+)(?:\*\*|`)")
_COUNT_CELL = re.compile(
    r"^\s*(?P<f>1\s?/\s?\d{1,2})?\s?\*?\s?(?:(?P<n>\d{1,3})|(?P<w>[一二两三四五六七八十]))?\s?\*?\s?(?:颗|张|卡|块|个|片|x|GPUs?|\*.*)?\s*$",
    re.IGNORECASE,
)
_MEMORY_CELL = re.compile(
    r"(?:(?P<k>\d{1,2})\s?\*\s?)?(?P<n>\d{1,6}(?:\.\d+)?)\s?(?P<u>GiB|GB|G|MiB|MB|TB)?(?:\s?\*\s?(?P<k2>\d{1,2}))?",
    re.IGNORECASE,
)


@dataclass(slots=True)
class _Layout:
    """Roles of the columns; several price columns, at most one of the others."""

    roles: dict[str, int] = field(default_factory=dict)
    prices: list[int] = field(default_factory=list)
    chip_columns: list[int] = field(default_factory=list)
    is_memory_total: bool = False
    """The memory column sums over the row's cards: it grows with the count."""


def read(page: Page, table: Table, spans: "RowSpans | None" = None) -> Iterator[Offer | Issue]:
    """Offers of one table; nothing where no row names a chip and no header a price. `spans` finds rows in the document's text."""
    rows = [[cell.strip() for cell in row] for row in table.rows]
    if _is_card(rows):
        yield from _as_block(page, rows, table)
        _taken(spans, rows)
        return
    header, body_from = _header(rows) if len(rows) > 1 else (None, 0)
    if header is None and len(rows) > 1 and _says_by_row(rows):
        header, body_from = rows[0], 1
    if header is None:
        yield from _as_lines(page, rows, table, spans)
        return
    if width := _repeated(header):
        # "GPU | ¥/h | GPU | ¥/h": two tables side by side
        for at in range(0, len(header), width):
            part = [header[:width], *(row[at : at + width] for row in rows[body_from:])]
            numbers = table.row_locators[body_from - 1 :]
            yield from read(page, replace(table, rows=part, row_locators=numbers), spans)
        return
    if (
        len([1 for cell in header[1:] if _single_chip(cell)]) >= 2
        and not _layout(header, rows[body_from:]).prices
    ):
        yield from _transposed(page, table, header, rows[body_from:])
        _taken(spans, rows)
        return
    header = _counted_heads(header, rows[body_from:])
    layout = _layout(header, rows[body_from:])
    rated = _take_rate_columns(layout, header, rows[body_from:])
    _take_columns_of_rows(layout, header, rows[body_from:])
    caption = _caption(table.context).filled(page.stated)
    if caption.thing is not None and caption.period is not None:
        _take_money_columns(layout, header, rows[body_from:])
    if _chips_beside_prices(layout, header, rows[body_from:]):
        yield from _as_lines(page, rows[body_from:], table, spans, header)
        return
    of_column = {n: named for n in layout.prices if (named := _single_chip(header[n])) and named.family}
    if not layout.chip_columns and not of_column and not _table_chip(table, header):
        return
    speaks = any(_speaks_in_chip_cell(layout, row) for row in rows[body_from:] if len(row) == len(header))
    if not layout.prices and not speaks and not ({"idle", "status"} & layout.roles.keys()):
        return
    for at in [n for n in layout.prices if _speaks_for_itself(header[n])]:
        # "AutoDL 4090 ¥1.98/h" over what the jobs below come to
        layout.prices.remove(at)
        yield from _as_lines(page, [[header[at]]], table)
        _taken(spans, [header])
    layout.prices = _without_bills(layout.prices, header, caption, rated)
    # One seller's column has one currency; a list of many sellers may mix them.
    one_seller = "seller" not in layout.roles
    spoken = {
        n: _spoken_currency(rows[body_from:], n, is_mixed="原币" in header[n])
        if one_seller or "原币" in header[n]
        else None
        for n in layout.prices
    }
    section = _table_chip(table, header)
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
            said = [row[first], *(row[n] for n in layout.prices if n != first)]
            yield from _as_lines(page, [said], replace(table, locator=locator))
            _taken(spans, [row])
            continue
        filled = {cell for cell in row if cell}
        if len(filled) == 1:
            # A row that spans the table: a section's title.
            title = filled.pop()
            section = _single_chip(title) or section
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


def _counted_heads(header: list[str], body: list[list[str]]) -> list[str]:
    """ "$/hr | ×8": the second column is what eight cards cost."""
    first = next((head for head in header if _role(head) == "price"), None)
    if first is None:
        return header
    result = list(header)
    for n, head in enumerate(header):
        if (times := _TIMES_HEAD.fullmatch(units.plain(head.strip()))) and _opens_with_money(body, n):
            result[n] = f"{times[1]}x GPU {first}"
    return result


def _take_money_columns(layout: _Layout, header: list[str], body: list[list[str]]) -> None:
    """Under a title that says what the table's prices are per, every column of money is one of prices: columns may be
    named by sellers or terms ("RunPod | Lambda", "1-yr | 3-yr")."""
    for n, head in enumerate(header):
        role = _role(head) if head else None
        if n in layout.prices or n in layout.chip_columns or role not in _MAYBE_SELLERS:
            continue
        if not _NOT_RENT.search(head) and not units.header(head).is_other and _opens_with_money(body, n):
            layout.prices.append(n)
            layout.roles = {name: at for name, at in layout.roles.items() if at != n}
    layout.prices.sort()


def _take_rate_columns(layout: _Layout, header: list[str], body: list[list[str]]) -> set[int]:
    """Columns whose cells say themselves what they are per ("Modal" over "$1.98/hr") are prices too; every such column."""
    found: set[int] = set()
    for n, head in enumerate(header):
        role = _role(head) if head else None
        if n not in layout.prices and (
            n in layout.chip_columns
            or role not in (*_MAYBE_SELLERS, "seller")
            or ((named := _single_chip(head)) is not None and not named.is_instance)
        ):
            continue
        cells = [row[n] for row in body if n < len(row) and not _NO_CELL.fullmatch(units.plain(row[n]))]
        rates = [p for c in cells if (p := money.cell(c)) and p.value and p.unit.currency and p.unit.period]
        if len(rates) * 2 <= len(cells) or _NOT_RENT.search(head):
            continue
        found.add(n)
        if n not in layout.prices:
            layout.prices.append(n)
            layout.roles = {name: at for name, at in layout.roles.items() if at != n or name == "seller"}
    layout.prices.sort()
    return found


def _row_unit(cell: str) -> Unit:
    """The unit in the cell that names a row's chip: "RTX 4090（元/小时）"."""
    bracket = re.search(r"[(（]([^()（）]*)[)）]\s*$", cell)
    unit = units.header(bracket[1]) if bracket else Unit()
    return unit if unit.currency and unit.period and not unit.is_other else Unit()


def _says_by_row(rows: list[list[str]]) -> bool:
    """Whether rows of chips say in their first cell what they are per, under a row of names without amounts."""
    named = [row for row in rows[1:] if row and _single_chip(row[0])]
    said = [row for row in named if not _row_unit(row[0]).says_nothing]
    return len(said) * 2 > len(named) and not any(_has_amount(cell) for cell in rows[0])


def _take_columns_of_rows(layout: _Layout, header: list[str], body: list[list[str]]) -> None:
    """Where rows say in their first cell what they are per, every column of numbers is one of prices, named by sellers
    ("AutoDL | 阿里云") or sizes ("1卡 | 8卡")."""
    if not layout.chip_columns:
        return
    first = layout.chip_columns[0]
    named = [row for row in body if first < len(row) and not _row_unit(row[first]).says_nothing]
    if not named:
        return
    for n, head in enumerate(header):
        role = _role(head) if head else None
        if n in layout.prices or n == first or role not in (*_MAYBE_SELLERS, "seller"):
            continue
        if not _NOT_RENT.search(head) and _is_amounts(
            [r for r in named if n < len(r) and not _NO_CELL.fullmatch(r[n])], n
        ):
            layout.prices.append(n)
            layout.roles = {name: at for name, at in layout.roles.items() if at != n}
    layout.prices.sort()


_NO_CELL = re.compile(
    r"[^\w¥$€]*|\s*(?:n/?a|none|null|not\savailable|no|无|没有|不支持|暂无)\s*", re.IGNORECASE
)
_MAYBE_SELLERS = (None, "idle", "status", "term", "chip", "count")
_TIMES_HEAD = re.compile(r"[*xX]\s?(\d{1,2})(?:\s?(?:GPUs?|卡))?")
_OPENING_MONEY = re.compile(r"\s*(?:from\s)?[~约]?\s?[¥$€]\s?\d", re.IGNORECASE)


def _opens_with_money(body: list[list[str]], column: int) -> bool:
    """Whether a column's cells, as far as they say anything, are money."""
    cells = [units.plain(row[column]) for row in body if column < len(row)]
    said = [c for c in cells if not _NO_CELL.fullmatch(c)]
    money_cells = [c for c in said if _OPENING_MONEY.match(c)]
    return bool(money_cells) and len(money_cells) * 2 >= len(said)


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


def _repeated(header: list[str]) -> int:
    """The width of a header that says the same columns over again, else 0."""
    for width in range(2, len(header) // 2 + 1):
        if len(header) % width == 0 and header == header[:width] * (len(header) // width):
            roles = {_role(cell) for cell in header[:width] if cell}
            return width if "price" in roles else 0
    return 0


def _without_bills(columns: list[int], header: list[str], caption: Unit, rated: set[int]) -> list[int]:
    """The price columns that price the card: "Cost" beside "Price/hour" is what a job costs, "$/1M tokens" no card's,
    "≈¥/h" the price beside it in other money."""
    if len(own := [n for n in columns if not _CONVERTED.match(header[n])]) > 0:
        columns = own
    heads = {n: units.header(header[n]) for n in columns}
    by_time = caption.period is None and any(unit.period is not None for unit in heads.values())
    return [
        n
        for n, unit in heads.items()
        if not (unit.is_other and unit.thing is None)
        and not (
            by_time
            and n not in rated
            and unit.says_nothing
            and (_COST.search(header[n]) or not (_tier_of(header[n]) or _PRICE_WORD.search(header[n])))
        )
    ]


_CONVERTED = re.compile(r"\s*[≈~约]")
_PRICE_WORD = re.compile(
    r"价|租|元|费|包|price|pricing|rate|demand|reserv|commit|year|yr|month|hour|usd|cny|[年月日周时]",
    re.IGNORECASE,
)
_COST = re.compile(r"\bcosts?\b|费用|花费|成本|^小计$", re.IGNORECASE)


def _speaks_in_chip_cell(layout: _Layout, row: list[str]) -> bool:
    """Whether the cell that names the chips writes their prices too and the price columns hold none."""
    if not layout.chip_columns or any(money.cell(row[n]) for n in layout.prices):
        return False
    return _names_prices(row[layout.chip_columns[0]])


def _speaks_for_itself(cell: str) -> bool:
    """Whether a cell of a row read like a line names its chip, price and unit, so that other cells say nothing of it."""
    text = units.plain(cell)
    named = [(m.start, m.end) for m in chips.find(text)]
    if not named:
        return False
    found = money.find(text, money.mask(money.blank(text, named)))
    return any(p.has_evidence and p.value and p.unit.period for p in found)


def _names_prices(cell: str) -> bool:
    cell = units.plain(cell)
    named = [(m.start, m.end) for m in chips.find(cell)]
    if not named or not re.search(r"[¥$元]", cell):
        return False
    return any(p.has_evidence and p.value for p in money.find(cell, money.mask(money.blank(cell, named))))


_SLASHED = re.compile(r"\s+/\s+")
_SEVERAL = re.compile(r"\s+/\s+|[，；、]\s*")


def _one_by_one(layout: _Layout, row: list[str]) -> list[list[str]]:
    """ "T4, A4000 | $0.99" as a row for each: several chips listed at one price. A slash or "or" leaves open which."""
    if not layout.chip_columns:
        return [row]
    first = layout.chip_columns[0]
    listed = items.listed(row[first])
    if any(m.family and not m.is_instance for n in layout.chip_columns[1:] for m in chips.find(row[n])):
        return [row]
    return [[m.chip_text if n == first else cell for n, cell in enumerate(row)] for m in listed] or [row]


def _paired(layout: _Layout, row: list[str]) -> list[list[str]]:
    """ "A100 80G / H100 | $1.39 / $2.69 per h" as a row for each chip; the unit may stand once, at the end."""
    if not layout.chip_columns or not layout.prices:
        return [row]
    first = layout.chip_columns[0]
    names = _SLASHED.split(row[first])
    families = {m.family for name in names if (m := _single_chip(name)) and m.family}
    if not 1 < len(names) == len(families):
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


def _spoken_currency(body: list[list[str]], column: int, *, is_mixed: bool = False) -> str | None:
    """The currency that most cells of a price column write, where they disagree: one slip does not make a yuan price.
    In a column that leaves the currency to the cells (`is_mixed`) only one that all share stands for a bare number."""
    said: Counter[str] = Counter()
    for row in body:
        price = money.cell(row[column]) if column < len(row) else None
        if price is not None and price.unit.currency is not None:
            said[price.unit.currency] += 1
    if is_mixed or len(said) < 2:
        return next(iter(said)) if is_mixed and len(said) == 1 else None
    (first, most), (_, next_most) = said.most_common(2)
    return first if most > next_most == 1 else None


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


def _header(rows: list[list[str]]) -> tuple[list[str] | None, int]:
    """The header's texts (two header rows joined) and the first row below it; null where the table has none."""
    best = None
    for number, row in enumerate(rows[:3]):
        if any(map(_single_chip, row)) and any(_is_rate(cell) for cell in row):
            break  # "RTX 4090 | 24GB | 会员 1.99元/时": an offer
        score = sum(1 for cell in row if cell and (_role(cell) or _tier_of(cell)) and not _has_amount(cell))
        if score >= 2 or (
            score >= 1 and len([c for c in row if c]) <= 2 and not any(_has_amount(c) for c in row)
        ):
            best = number
            break
        below = (
            rows[number + 1] if number + 1 < len(rows) and score and not any(map(_has_amount, row)) else []
        )
        named = _single_chip(below[0]) if below else None
        if (named or any(map(_single_chip, row))) and any(_is_money(c) for c in below[1:]):
            # "GPU | Community | Secure", "H100 | $/GPU-hr | a month": the cells below say that these are prices
            best = number
            break
        if sum(1 for c in row[1:] if _single_chip(c)) >= 2 and not any(
            _has_amount(c) and not _single_chip(c)  # "4090"
            for c in row
        ):
            best = number
            break
        if len({cell for cell in row if cell}) > 1:
            break  # only titles may stand above a header
    if best is None:
        return None, 0
    header = list(rows[best])
    first = best + 1
    if first < len(rows):
        second = rows[first]
        roles = sum(1 for cell in second if cell and _role(cell) is not None)
        repeated = sum(1 for a, b in zip(header, second, strict=False) if a and a == b)
        if roles >= 2 and repeated >= 1 and not any(_has_amount(cell) for cell in second):
            header = [
                a if a == b or not b else f"{a} {b}"
                for a, b in zip(header, second + [""] * len(header), strict=False)
            ]
            first += 1
    return header, first


def _has_amount(cell: str) -> bool:
    return (
        re.fullmatch(
            r"[~约]?\s?[¥$€]?\s?[\d,]+(?:\.\d+)?(?:\s?[-~]\s?[\d,.]+)?\s?(?:元.*|万.*|/.*)?",
            units.plain(cell),
        )
        is not None
    )


def _is_rate(cell: str) -> bool:
    """Whether a cell writes an amount of money by time."""
    if chips.find(cell):
        return False
    price = money.cell(cell)
    return bool(price and price.value and price.unit.currency and price.unit.period)


def _is_money(cell: str) -> bool:
    return _has_amount(cell) and re.match(r"\s*[~约]?\s?[¥$€]", units.plain(cell)) is not None


def _role(head: str) -> str | None:
    words_ = re.sub(r"[_\s]+", " ", head).strip()
    for role, pattern in _ROLES:
        if pattern.search(words_):
            return role
    return None


def _layout(header: list[str], body: list[list[str]]) -> _Layout:
    layout = _Layout()
    for number, head in enumerate(header):
        role = _role(head) if head else None
        if role == "price":
            if _NOT_RENT.search(head):
                continue
            layout.prices.append(number)
        elif role is None and head and _is_rate_head(head) and _is_amounts(body, number):
            layout.prices.append(number)
        elif role == "mean":
            layout.roles.setdefault("mean", number)
        elif role and role not in ("ignore", "chip"):
            layout.roles.setdefault(role, number)
    # A chip column is one whose cells name chips; the header only breaks ties.
    scored = []
    for number in range(len(header)):
        if number in layout.prices:
            continue
        cells = [row[number] for row in body if number < len(row) and row[number]]
        hits = sum(1 for cell in cells if chips.find(cell))
        if hits and hits * 3 >= len(cells):
            named = sum(1 for cell in cells if any(m.family and not m.is_instance for m in chips.find(cell)))
            scored.append((named, hits, _role(header[number]) == "chip", -number))
    layout.chip_columns = [-n for *_, n in sorted(scored, reverse=True)]
    for role in ("cpu", "host_memory", "count", "seller", "region", "status", "idle"):
        if layout.roles.get(role) in layout.chip_columns:
            del layout.roles[role]
    if "count" not in layout.roles:
        counted = [n for n in range(len(header)) if n not in layout.prices and _is_counts(body, n, header[n])]
        if counted:
            layout.roles["count"] = counted[0]
    if "unit" not in layout.roles:
        said = [n for n in range(len(header)) if n not in layout.chip_columns[:1] and _is_units(body, n)]
        if said:
            layout.roles["unit"] = said[0]
    if not layout.prices:
        layout.prices = [n for n, h in enumerate(header) if _tier_of(h) and _is_amounts(body, n)]
    if not layout.prices:
        layout.prices = [
            n
            for n, h in enumerate(header)
            if h
            and _role(h) is None
            and not _NOT_RENT.search(h)
            and not units.header(h).is_other
            and not (re.search(r"\d", h) and _single_chip(h) is None)
            and sum(1 for row in body if n < len(row) and _is_money(row[n])) * 2 > len(body)
        ]
    if "mean" in layout.roles and all(units.header(header[n]).says_nothing for n in layout.prices):
        # "average_usd_per_gpu_hour,prices": the second counts them
        of_mean = units.header(header[layout.roles["mean"]])
        layout.prices = layout.prices if of_mean.thing is None or of_mean.period is None else []
    if "mean" in layout.roles and not layout.prices:
        layout.prices.append(layout.roles["mean"])
    if not layout.chip_columns:
        layout.chip_columns = [n for n, h in enumerate(header) if _role(h) == "chip"][:1]
    layout.prices = [n for n in layout.prices if n not in layout.chip_columns[:1]]
    layout.is_memory_total = _grows_with_count(layout, body)
    return layout


_TERMS: dict[str, units.Period] = {"3个月": "quarter", "三个月": "quarter", "12个月": "year"}
"""Heads of columns for so many months: the price of all of them, or of each (`_for_the_term`)."""
_ONE_PERIOD = re.compile(r"[1一]\s?个?(?:小时|天|周|月|年)")


def _is_rate_head(head: str) -> bool:
    """Whether a head without a word for price is a unit: "单卡/小时", "8卡/月", "1个月"."""
    if head.strip() in _TERMS or _ONE_PERIOD.fullmatch(head.strip()):
        return True
    unit = units.header(head)
    return (
        unit.period is not None and unit.thing is not None and not unit.is_other and "/" in units.plain(head)
    )


def _grows_with_count(layout: _Layout, body: list[list[str]]) -> bool:
    """Whether the memory column is the count column times one number: "1 颗 24 GB, 2 颗 48 GB"."""
    if not {"memory", "count"} <= layout.roles.keys():
        return False
    shares: set[float] = set()
    counts: set[int] = set()
    for row in body:
        if max(layout.roles["memory"], layout.roles["count"]) >= len(row):
            continue
        cards, _ = _count(row[layout.roles["count"]], None)
        amount = _MEMORY_CELL.search(units.plain(row[layout.roles["memory"]]))
        if cards and amount is not None:
            shares.add(float(amount["n"]) / cards)
            counts.add(cards)
    return len(counts) > 1 and len(shares) == 1


def _tier_of(head: str) -> Tier | None:
    return next((name for name, pattern in _TIER_HEADS if pattern.search(head)), None)


def _is_amounts(body: list[list[str]], column: int) -> bool:
    cells = [row[column] for row in body if column < len(row) and row[column]]
    return bool(cells) and sum(1 for cell in cells if _has_amount(cell)) * 2 > len(cells)


def _is_units(body: list[list[str]], column: int) -> bool:
    """Whether a column's cells are units of prices ("元/台/月"), whatever its head is called."""
    cells = [row[column] for row in body if column < len(row) and row[column]]
    said = [c for c in cells if not re.search(r"\d{2}|\d\.\d", c) and _UNIT_CELL.match(units.plain(c))]
    return bool(said) and len(said) * 2 > len(cells)


_UNIT_CELL = re.compile(r"(?:[万千]?元|[¥$]|CNY|RMB|USD)\s?/\s?\S", re.IGNORECASE)


def _is_counts(body: list[list[str]], column: int, head: str) -> bool:
    """Cells such as "1 颗", "8卡", or bare small numbers under a header that only says GPU."""
    cells = [units.plain(row[column]) for row in body if column < len(row) and row[column]]
    said = [
        c
        for c in cells
        if re.match(r"\s*(?:\d{1,2}|1/\d{1,2})\s?(?:颗|张|卡|块|片|GPUs?\b)", c, re.IGNORECASE)
    ]
    bare = [c for c in cells if re.fullmatch(r"\d{1,2}|1/\d{1,2}", c.strip())]
    is_gpu = re.search(r"gpu|显卡|加速卡", head, re.IGNORECASE) is not None and "显存" not in head
    return bool(cells) and (len(said) * 2 > len(cells) or (is_gpu and len(bare) * 2 > len(cells)))


def _caption(context: str) -> Unit:
    text = context[-120:]
    for match in chips.find(text):  # "GN6/GN6S" is no price per GN6S
        text = text[: match.start] + " " * (match.end - match.start) + text[match.end :]
    return units.header(text) if text and re.search(r"元|万|\$|/|单位|每|\bper\b", text) else Unit()


def _table_chip(table: Table, header: list[str]) -> ChipMatch | None:
    """The one chip the caption or the header names ("GPU (Tesla P40)"), for tables whose rows are sizes of it."""
    return _single_chip(" ".join(header)) or _single_chip(table.context[-80:])


def _single_chip(text: str) -> ChipMatch | None:
    found = chips.resolve(text)
    return (
        found
        if found is not None and not found.ambiguous and (found.family or "gpu" in text.casefold())
        else None
    )


def _row(
    page: Page,
    layout: _Layout,
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
    cards, fraction = _count(cell("count"), chip)
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
        and (amount_of_all := _MEMORY_CELL.search(units.plain(cell("memory"))))
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
        beside = (_single_chip(row[n]) for n in layout.chip_columns[1:3])
        cards = next((m.chips for m in beside if m is not None and m.family == chip.family and m.chips), None)
    node = words.node(chip_cells)
    if cards is None or (chip is not None and counts_itself(chip)):
        cards = (chip.chips if chip else None) or cards or node.cards
    amount = cell("unit")
    row_unit = (
        units.header(amount)
        if amount
        else _row_unit(row[layout.chip_columns[0]])
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
        tier = price.tier or _tier_of(header[at])
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
    found = _without_usage(found)
    spoken = next((p.unit for p, *_ in found if not p.unit.says_nothing), None)
    rate = page.rate("USD", listing.page_date or page.day)
    found = [(price, _as_said_beside(price, unit, found), head) for price, unit, head in found]
    found = [(price, _for_the_term(price, unit, head, found), head) for price, unit, head in found]
    for at, (price, unit, head) in enumerate(found):
        if rate and any(
            _is_converted(price, unit, p, u, rate) and not _name_sellers(head, h) for p, u, h in found[:at]
        ):
            continue
        if spoken is not None and unit.says_nothing and price.unit.says_nothing and _tier_of(head):
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
        _role(h) is None and units.header(h).says_nothing and units.header(h).currency is None
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


def _for_the_term(price: Price, unit: Unit, head: str, found: list[tuple[Price, Unit, str]]) -> Unit:
    """The unit of a price in a column "3个月": of the quarter where it is more than one month's beside it, else of a
    month. Left as it is where no month stands beside it."""
    term = _TERMS.get(head.strip())
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


def _chip(layout: _Layout, row: list[str]) -> tuple[ChipMatch | None, str]:
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


def _sku(layout: _Layout, row: list[str]) -> str | None:
    """The whole name of an instance type ("GN7.2XLARGE32"): several types of one family have the same cards."""
    return next((row[at] for at in layout.chip_columns if row[at] and chips.find(row[at])), None)


def counts_itself(chip: ChipMatch) -> bool:
    """Whether the name writes the number of cards, which goes before a column's: in "8x Tesla V100 | 1" the column counts
    machines. The eight of an HGX board is not written."""
    return bool(chip.chips) and not chip.is_instance and _PLATFORM.search(chip.chip_text) is None


def _count(text: str, chip: ChipMatch | None) -> tuple[int | None, float | None]:
    """Cards from a count cell: `8`, `8 颗`, `1/4`, `8 * V100`."""
    plain = units.plain(text)
    if not plain:
        return None, None
    if named := chips.resolve(text):
        if named.fraction:
            return None, named.fraction
        if named.chips:
            return named.chips, None
    hit = _COUNT_CELL.match(plain)
    if hit is None:
        return None, None
    if hit["f"]:
        return None, 1 / int(hit["f"].split("/")[1])
    number = int(hit["n"]) if hit["n"] else units.small_number(hit["w"]) if hit["w"] else None
    return (number if number and number <= 128 else None), None


def _memory(text: str, head: str, chip: ChipMatch | None, cards: int | None) -> float | None:
    hit = _MEMORY_CELL.search(units.plain(text))
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


def _stock(idle: str, total: str, status: str, row: list[str], layout: _Layout) -> words.Stock | None:
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
    caption = _caption(table.context)
    for number, row in enumerate(body, 1):
        title = row[0] if row else ""
        unit = units.header(title).filled(caption)
        for at, head in enumerate(header[1:], 1):
            named = _single_chip(row[at]) if at < len(row) else None
            chip = named if named is not None and named.family else _single_chip(head)
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
            tier = price.tier or _tier_of(title)
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


def _chips_beside_prices(layout: _Layout, header: list[str], body: list[list[str]]) -> bool:
    """Whether the price column itself names the chips ("H100 ~15-20 元/时") and no other column does."""
    if any(chips.find(row[n]) for n in layout.chip_columns for row in body if n < len(row)):
        return False
    cells = [row[n] for n in layout.prices for row in body if n < len(row) and row[n]]
    return sum(1 for cell in cells if chips.find(cell)) * 2 > len(cells)


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
        at = [n for n, head in enumerate(header) if _role(head) == "price"]
        rows = [[row[n] for n in at if n < len(row)] for row in rows]
        spans = None
    whole = rows
    if len(rows) > 1:
        # "每 1000 请求": a column of other things
        other = {n for n, head in enumerate(rows[0]) if units.header(head).is_other}
        rows = [[cell for n, cell in enumerate(row) if n not in other] for row in rows]
    caption = _single_chip(table.context[-80:])
    about = caption.chip_text if caption and not any(chips.find(cell) for row in rows for cell in row) else ""
    for number, row in enumerate(rows, 1):
        alone = [cell for cell in row if _speaks_for_itself(cell)]
        said = "\n\n".join(alone) or " ".join(cell for cell in [about, *row] if cell)
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
        len(named) == 1 and bool(priced) and not any(chips.find(key) or _has_amount(key) for key, _ in rows)
    )


def _as_block(page: Page, rows: list[list[str]], table: Table) -> Iterator[Offer | Issue]:
    """A data sheet is read like lines that belong together, the one that names the chip first."""
    ordered = sorted(rows, key=lambda row: not chips.find(row[1]))
    for record in lines.read(page, "\n".join(f"{key}：{value}" for key, value in ordered)):
        if isinstance(record, Offer):
            quote = " | ".join(cell for row in rows for cell in row if cell)[:400]
            record = replace(record, ground=Ground(quote=quote, locator=table.locator))
        yield record


def delimited(text: str) -> list[tuple[Table, int, int]]:
    """Lines of comma- or tab-separated cells under a header, with the span they take."""
    found: list[tuple[Table, int, int]] = []
    lines_ = text.split("\n")
    starts = list(itertools.accumulate((len(line) + 1 for line in lines_), initial=0))
    at = 0
    while at < len(lines_):
        for mark in ("\t", ","):
            if lines_[at].count(mark) < 2:
                continue
            header = [cell.strip() for cell in next(csv.reader([lines_[at]], delimiter=mark))]
            width = len(header) - 1
            named = sum(
                1 for cell in header if cell and (_role(cell) or _tier_of(cell)) and not _has_amount(cell)
            )
            across = sum(1 for cell in header[1:] if _single_chip(cell)) >= 2
            if width < 2 or any(_has_amount(cell) for cell in header):
                continue
            if not across and (named < 2 or any(chips.find(cell) for cell in header)):
                continue
            end = at + 1
            while end < len(lines_) and lines_[end].strip() and lines_[end].count(mark) >= width:
                end += 1
            if end - at < 2:
                continue
            rows = list(csv.reader(lines_[at:end], delimiter=mark))
            before = next((line for line in reversed(lines_[:at]) if line.strip()), "")
            found.append((Table(rows, f"lines {at + 1}-{end}", before.strip()), starts[at], starts[end] - 1))
            at = end - 1
            break
        at += 1
    return found


def markdown(text: str) -> list[tuple[Table, int, int]]:
    """Pipe tables in a text with the span they take, their caption the line before."""
    found: list[tuple[Table, int, int]] = []
    rows: list[list[str]] = []
    start = at = 0
    caption = last_line = ""
    for raw in [*text.split("\n"), ""]:
        line = raw.strip()
        if line.count("|") >= 2 or (rows and "|" in line):
            if not rows:
                start, caption = at, last_line
            cells = [_EMPHASIS.sub(r"\1", c).strip() for c in re.split(r"(?<!\\)\|", line.strip("|"))]
            if not all(re.fullmatch(r":?-{2,}:?", units.plain(c)) for c in cells if c) or not any(cells):
                rows.append(cells)
        else:
            if len(rows) >= 2:
                number = len(found) + 1
                found.append((Table(rows, f"table {number}", caption), start, at))
            rows = []
            if line:
                last_line = line
        at += len(raw) + 1
    return found
