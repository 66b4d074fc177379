"""The columns of a table: which hold chips, prices, counts and stock, by their heads and by what their cells say."""

import re
from collections import Counter
from dataclasses import dataclass, field

from scrapers.documents import Table
from scrapers.extract.offers import prices as money
from scrapers.extract.offers import units
from scrapers.extract.offers.prices import Tier
from scrapers.extract.offers.units import Unit
from scrapers.lexicon import chips
from scrapers.lexicon.chips import ChipMatch

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
_COUNT_CELL = re.compile(
    r"^\s*(?P<f>1\s?/\s?\d{1,2})?\s?\*?\s?(?:(?P<n>\d{1,3})|(?P<w>[一二两三四五六七八十]))?\s?\*?\s?(?:颗|张|卡|块|个|片|x|GPUs?|\*.*)?\s*$",
    re.IGNORECASE,
)
MEMORY_CELL = re.compile(
    r"(?:(?P<k>\d{1,2})\s?\*\s?)?(?P<n>\d{1,6}(?:\.\d+)?)\s?(?P<u>GiB|GB|G|MiB|MB|TB)?(?:\s?\*\s?(?P<k2>\d{1,2}))?",
    re.IGNORECASE,
)
_NO_CELL = re.compile(
    r"[^\w¥$€]*|\s*(?:n/?a|none|null|not\savailable|no|无|没有|不支持|暂无)\s*", re.IGNORECASE
)
_MAYBE_SELLERS = (None, "idle", "status", "term", "chip", "count")
_TIMES_HEAD = re.compile(r"[*xX]\s?(\d{1,2})(?:\s?(?:GPUs?|卡))?")
_OPENING_MONEY = re.compile(r"\s*(?:from\s)?[~约]?\s?[¥$€]\s?\d", re.IGNORECASE)
_CONVERTED = re.compile(r"\s*[≈~约]")
_PRICE_WORD = re.compile(
    r"价|租|元|费|包|price|pricing|rate|demand|reserv|commit|year|yr|month|hour|usd|cny|[年月日周时]",
    re.IGNORECASE,
)
_COST = re.compile(r"\bcosts?\b|费用|花费|成本|^小计$", re.IGNORECASE)
TERMS: dict[str, units.Period] = {"3个月": "quarter", "三个月": "quarter", "12个月": "year"}
"""Heads of columns for so many months: the price of all of them, or of each (`_for_the_term`)."""
TERM_HEAD = re.compile(
    r"(?:\d{1,2}|[一三六])\s?-?(?:个?月|months?|mos?)|\d\s?-?(?:年|years?|yrs?)", re.IGNORECASE
)
"""Heads that are a term and nothing else."""
_ONE_PERIOD = re.compile(r"[1一]\s?个?(?:小时|天|周|月|年)|1\s?(?:hour|day|week|month|year)", re.IGNORECASE)
_UNIT_CELL = re.compile(r"(?:[万千]?元|[¥$]|CNY|RMB|USD)\s?/\s?\S", re.IGNORECASE)


@dataclass(slots=True)
class Layout:
    """Roles of the columns; several price columns, at most one of the others."""

    roles: dict[str, int] = field(default_factory=dict)
    prices: list[int] = field(default_factory=list)
    chip_columns: list[int] = field(default_factory=list)
    is_memory_total: bool = False
    """The memory column sums over the row's cards: it grows with the count."""


def counted_heads(header: list[str], body: list[list[str]]) -> list[str]:
    """ "$/hr | ×8": the second column is what eight cards cost."""
    first = next((head for head in header if role_of(head) == "price"), None)
    if first is None:
        return header
    result = list(header)
    for n, head in enumerate(header):
        if (times := _TIMES_HEAD.fullmatch(units.plain(head.strip()))) and _opens_with_money(body, n):
            result[n] = f"{times[1]}x GPU {first}"
    return result


def take_money_columns(layout: Layout, header: list[str], body: list[list[str]]) -> None:
    """Under a title that says what the table's prices are per, every column of money is one of prices: columns may be
    named by sellers or terms ("RunPod | Lambda", "1-yr | 3-yr")."""
    for n, head in enumerate(header):
        role = role_of(head) if head else None
        if n in layout.prices or n in layout.chip_columns or role not in (*_MAYBE_SELLERS, "seller"):
            continue
        if not _NOT_RENT.search(head) and not units.header(head).is_other and _opens_with_money(body, n):
            layout.prices.append(n)
            layout.roles = {name: at for name, at in layout.roles.items() if at != n}
    layout.prices.sort()


def take_rate_columns(layout: Layout, header: list[str], body: list[list[str]]) -> set[int]:
    """Columns whose cells say themselves what they are per ("Modal" over "$1.98/hr") are prices too; every such column."""
    found: set[int] = set()
    for n, head in enumerate(header):
        role = role_of(head) if head else None
        if n not in layout.prices and (
            n in layout.chip_columns
            or role not in (*_MAYBE_SELLERS, "seller")
            or ((named := single_chip(head)) is not None and not named.is_instance)
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


def row_unit(cell: str) -> Unit:
    """The unit in the cell that names a row's chip: "RTX 4090（元/小时）"."""
    bracket = re.search(r"[(（]([^()（）]*)[)）]\s*$", cell)
    unit = units.header(bracket[1]) if bracket else Unit()
    return unit if unit.currency and unit.period and not unit.is_other else Unit()


def says_by_row(rows: list[list[str]]) -> bool:
    """Whether rows of chips say in their first cell what they are per, under a row of names without amounts."""
    named = [row for row in rows[1:] if row and single_chip(row[0])]
    said = [row for row in named if not row_unit(row[0]).says_nothing]
    return len(said) * 2 > len(named) and not any(has_amount(cell) for cell in rows[0])


def take_columns_of_rows(layout: Layout, header: list[str], body: list[list[str]]) -> None:
    """Where rows say in their first cell what they are per, every column of numbers is one of prices, named by sellers
    ("AutoDL | 阿里云") or sizes ("1卡 | 8卡")."""
    if not layout.chip_columns:
        return
    first = layout.chip_columns[0]
    named = [row for row in body if first < len(row) and not row_unit(row[first]).says_nothing]
    if not named:
        return
    for n, head in enumerate(header):
        role = role_of(head) if head else None
        if n in layout.prices or n == first or role not in (*_MAYBE_SELLERS, "seller"):
            continue
        if not _NOT_RENT.search(head) and _is_amounts(
            [r for r in named if n < len(r) and not _NO_CELL.fullmatch(r[n])], n
        ):
            layout.prices.append(n)
            layout.roles = {name: at for name, at in layout.roles.items() if at != n}
    layout.prices.sort()


def _opens_with_money(body: list[list[str]], column: int) -> bool:
    """Whether a column's cells, as far as they say anything, are money."""
    cells = [units.plain(row[column]) for row in body if column < len(row)]
    said = [c for c in cells if not _NO_CELL.fullmatch(c)]
    money_cells = [c for c in said if _OPENING_MONEY.match(c)]
    return bool(money_cells) and len(money_cells) * 2 >= len(said)


def repeated(header: list[str]) -> int:
    """The width of a header that says the same columns over again, else 0."""
    for width in range(2, len(header) // 2 + 1):
        if len(header) % width == 0 and header == header[:width] * (len(header) // width):
            roles = {role_of(cell) for cell in header[:width] if cell}
            return width if "price" in roles else 0
    return 0


def without_bills(columns: list[int], header: list[str], caption: Unit, rated: set[int]) -> list[int]:
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
            and (_COST.search(header[n]) or not (tier_of(header[n]) or _PRICE_WORD.search(header[n])))
        )
    ]


def spoken_currency(body: list[list[str]], column: int, *, is_mixed: bool = False) -> str | None:
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


def header_of(rows: list[list[str]]) -> tuple[list[str] | None, int]:
    """The header's texts (two header rows joined) and the first row below it; null where the table has none."""
    best = None
    for number, row in enumerate(rows[:3]):
        if any(map(single_chip, row)) and any(_is_rate(cell) for cell in row):
            break  # "RTX 4090 | 24GB | 会员 1.99元/时": an offer
        score = sum(
            1 for c in row if c and (role_of(c) or tier_of(c) or _is_rate_head(c)) and not has_amount(c)
        )
        if score >= 2 or (
            score >= 1 and len([c for c in row if c]) <= 2 and not any(has_amount(c) for c in row)
        ):
            best = number
            break
        below = rows[number + 1] if number + 1 < len(rows) and score and not any(map(has_amount, row)) else []
        named = single_chip(below[0]) if below else None
        if (named or any(map(single_chip, row))) and any(_is_money(c) for c in below[1:]):
            # "GPU | Community | Secure", "H100 | $/GPU-hr | a month": the cells below say that these are prices
            best = number
            break
        if sum(1 for c in row[1:] if single_chip(c)) >= 2 and not any(
            has_amount(c) and not single_chip(c)  # "4090"
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
        roles = sum(1 for cell in second if cell and role_of(cell) is not None)
        repeated = sum(1 for a, b in zip(header, second, strict=False) if a and a == b)
        if roles >= 2 and repeated >= 1 and not any(has_amount(cell) for cell in second):
            header = [
                a if a == b or not b else f"{a} {b}"
                for a, b in zip(header, second + [""] * len(header), strict=False)
            ]
            first += 1
    return header, first


def has_amount(cell: str) -> bool:
    return (
        re.fullmatch(
            r"[~约]?\s?[¥$€]?\s?[\d,]+(?:\.\d+)?(?:\s?[-~]\s?[¥$€]?\s?[\d,.]+)?\s?(?:元.*|万.*|/.*)?",
            units.plain(cell),
        )
        is not None
    )


def _is_rate(cell: str) -> bool:
    """Whether a cell writes an amount of money by time; a chip's name may follow it ("¥1.4/h (4090D ¥1.3)")."""
    if chips.find(cell) and not re.match(r"[*~约\s]*[¥$]\s?\d", units.plain(cell)):
        return False
    price = money.cell(cell)
    return bool(price and price.value and price.unit.currency and price.unit.period)


def _is_money(cell: str) -> bool:
    return has_amount(cell) and re.match(r"\s*[~约]?\s?[¥$€]", units.plain(cell)) is not None


def role_of(head: str) -> str | None:
    words_ = re.sub(r"[_\s]+", " ", head).strip()
    for role, pattern in _ROLES:
        if pattern.search(words_):
            return role
    return None


def layout_of(header: list[str], body: list[list[str]]) -> Layout:
    layout = Layout()
    for number, head in enumerate(header):
        role = role_of(head) if head else None
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
            scored.append((named, hits, role_of(header[number]) == "chip", -number))
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
        layout.prices = [n for n, h in enumerate(header) if tier_of(h) and _is_amounts(body, n)]
    if not layout.prices:
        layout.prices = [
            n
            for n, h in enumerate(header)
            if h
            and role_of(h) is None
            and not _NOT_RENT.search(h)
            and not units.header(h).is_other
            and not (re.search(r"\d", h) and single_chip(h) is None)
            and sum(1 for row in body if n < len(row) and _is_money(row[n])) * 2 > len(body)
        ]
    if "mean" in layout.roles and all(units.header(header[n]).says_nothing for n in layout.prices):
        # "average_usd_per_gpu_hour,prices": the second counts them
        of_mean = units.header(header[layout.roles["mean"]])
        layout.prices = layout.prices if of_mean.thing is None or of_mean.period is None else []
    if "mean" in layout.roles and not layout.prices:
        layout.prices.append(layout.roles["mean"])
    if not layout.chip_columns:
        layout.chip_columns = [n for n, h in enumerate(header) if role_of(h) == "chip"][:1]
    layout.prices = [n for n in layout.prices if n not in layout.chip_columns[:1]]
    layout.is_memory_total = _grows_with_count(layout, body)
    return layout


def _is_rate_head(head: str) -> bool:
    """Whether a head without a word for price is a unit: "单卡/小时", "8卡/月", "1个月"."""
    if TERM_HEAD.fullmatch(head.strip()) or _ONE_PERIOD.fullmatch(head.strip()):
        return True
    unit = units.header(head)
    return (
        unit.period is not None and unit.thing is not None and not unit.is_other and "/" in units.plain(head)
    )


def _grows_with_count(layout: Layout, body: list[list[str]]) -> bool:
    """Whether the memory column is the count column times one number: "1 颗 24 GB, 2 颗 48 GB"."""
    if not {"memory", "count"} <= layout.roles.keys():
        return False
    shares: set[float] = set()
    counts: set[int] = set()
    for row in body:
        if max(layout.roles["memory"], layout.roles["count"]) >= len(row):
            continue
        cards, _ = count_of(row[layout.roles["count"]], None)
        amount = MEMORY_CELL.search(units.plain(row[layout.roles["memory"]]))
        if cards and amount is not None:
            shares.add(float(amount["n"]) / cards)
            counts.add(cards)
    return len(counts) > 1 and len(shares) == 1


def tier_of(head: str) -> Tier | None:
    return next((name for name, pattern in _TIER_HEADS if pattern.search(head)), None)


def _is_amounts(body: list[list[str]], column: int) -> bool:
    cells = [row[column] for row in body if column < len(row) and row[column]]
    return bool(cells) and sum(1 for cell in cells if has_amount(cell)) * 2 > len(cells)


def _is_units(body: list[list[str]], column: int) -> bool:
    """Whether a column's cells are units of prices ("元/台/月"), whatever its head is called."""
    cells = [row[column] for row in body if column < len(row) and row[column]]
    said = [c for c in cells if not re.search(r"\d{2}|\d\.\d", c) and _UNIT_CELL.match(units.plain(c))]
    return bool(said) and len(said) * 2 > len(cells)


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


def caption_of(context: str) -> Unit:
    text = context[-120:]
    for match in chips.find(text):  # "GN6/GN6S" is no price per GN6S
        text = text[: match.start] + " " * (match.end - match.start) + text[match.end :]
    return units.header(text) if text and re.search(r"元|万|\$|/|单位|每|\bper\b", text) else Unit()


def chip_of_table(table: Table, header: list[str]) -> ChipMatch | None:
    """The one chip the caption or the header names ("GPU (Tesla P40)"), for tables whose rows are sizes of it."""
    return single_chip(" ".join(header)) or single_chip(table.context[-80:])


def single_chip(text: str) -> ChipMatch | None:
    found = chips.resolve(text)
    return (
        found
        if found is not None and not found.ambiguous and (found.family or "gpu" in text.casefold())
        else None
    )


def count_of(text: str, chip: ChipMatch | None) -> tuple[int | None, float | None]:
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


def chips_beside_prices(layout: Layout, header: list[str], body: list[list[str]]) -> bool:
    """Whether the price column itself names the chips ("H100 ~15-20 元/时") and no other column does."""
    if any(chips.find(row[n]) for n in layout.chip_columns for row in body if n < len(row)):
        return False
    cells = [row[n] for n in layout.prices for row in body if n < len(row) and row[n]]
    return sum(1 for cell in cells if chips.find(cell)) * 2 > len(cells)
