"""Numbers that are prices: value or range, currency, unit, bound and tier, with the words they stand on.

`find` reads running text, `cell` one table cell or field, where a bare number is a price because its column says so.
A number needs evidence (a currency, a multiplier, a unit) to be a price in running text; sizes, clock rates, counts, dates
and versions are passed over.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Literal

from scrapers.extract.offers import units
from scrapers.extract.offers.units import Unit
from scrapers.text.numerals import CHINESE_LETTERS, parse

Bound = Literal["exact", "from", "about", "range", "negotiable"]
Tier = Literal["list", "discounted", "member", "internal", "partner", "external", "spot"]


@dataclass(frozen=True, slots=True)
class Price:
    """A price as written. `value` is the low end in `unit.currency`, multiplier applied; null for 面议. `is_total` marks a
    sum for a lot ("5台 1656万元"), `is_wan` a number written with 万. `evidence` says that currency, multiplier or unit
    stand at the number itself. `hint` is the unit suggested by the words in front."""

    value: float | None
    value_max: float | None
    unit: Unit
    hint: Unit
    text: str
    start: int
    end: int
    bound: Bound = "exact"
    tier: Tier | None = None
    is_total: bool = False
    is_wan: bool = False
    has_evidence: bool = True
    is_repaired: bool = False
    is_old: bool = False
    """A price the words set aside: what it was before ("从 12 元涨到 17 元", "down from $7"), or only compared with."""


_NUMBER = r"(?:\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?|(?<![^\s$¥(:：])\.\d+)"
_PRE = r"(?:(?P<{0}>(?<![A-Za-z])(?:US|HK)\s?\$|\\?\$|¥|RMB|CNY|USD|人民币|€)\s?)"
_POST = r"(?:元|分(?=\s?[/每])|[毛角](?![利度])|块钱?|圆|美元|美金|刀|RMB|CNY|yuan|ドル|\$?USD|\$(?!\s?\d)|¥(?!\s?\d))"
_MULT = (
    r"(?:\s?(?P<{0}>万|[wW](?![A-Za-z])|千|[kK](?![A-Za-z])|百万|亿|(?<=\.\d)个(?=\s?(?:[/每]\s?月|一个月))))"
)
_ROUGHLY = r"(?:nearly|about|around|roughly|over|almost|约|近|接近|大约)"
_PRICE = re.compile(
    rf"{_PRE.format('pre')}?(?P<low>{_NUMBER}){_MULT.format('m1')}?(?:\s?(?P<mid>{_POST}))?"
    rf"(?:\s?(?P<join>-{{1,3}}|~|至|到|to\b|and\b|−)\s?(?:{_ROUGHLY}\s?)?{_PRE.format('pre2')}?(?P<high>{_NUMBER}){_MULT.format('m2')}?)?",
    re.IGNORECASE,
)
_BETWEEN = re.compile(r"(?:between\s\S{0,4}|rang\w+\sfrom[\s\w]*)$", re.IGNORECASE)
_WORDS = re.compile(
    r"(?P<a>[一二两三四五六七八九])(?P<b>[一二三四五六七八九])?(?P<s>[千万])(?:(?P<c>[一二三四五六七八九])(?:千)?(?![千万]))?(?=\s?(?:元|块|人民币|/|每|一|左右|以上|起|的?价|月|$|[,，。;；)]))"
)
_WRITTEN = re.compile(
    rf"(?<![\d.数几上{CHINESE_LETTERS}])(?P<v>[{CHINESE_LETTERS}]{{0,8}}[十百拾佰仟壹贰叁肆伍陆柒捌玖][{CHINESE_LETTERS}]{{0,8}})(?=\s?(?:元|块|圆))"
)
"""Prices written out: 一十二万元, 壹拾贰万圆."""
_CN = {"一": 1, "二": 2, "两": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9}
_SPOKEN = re.compile(
    r"(?<![\d.A-Za-z一二两三四五六七八九十百千万])(?:(?P<y>\d{1,3}|[一二两三四五六七八九十]{1,3})(?:块钱?|元)(?P<j>[1-9一二两三四五六七八九])[毛角]?(?![\d.万千百个卡台张颗块年月天小日周季件次核路套节A-Za-z]|\s?\ue000)"
    r"|(?P<w>[一二两三四五六七八九十]{1,3})(?:块钱|[块元](?=\s?(?:[/每]|一\s?(?:个月|小?时|天|[张卡]))))|(?:(?<=小时)|(?<=每天)|(?<=一天)|(?<=个月)|(?<=每月))(?P<n>[一二两三四五六七八九十]{1,3})块(?!\s?[\d\ue000])|(?P<m>[一二两三四五六七八九])[毛角](?P<f>[1-9一二两三四五六七八九])?分?(?![利度]))"
)
"""Small prices as they are spoken: 3块5, 一块八, 十三块五, 九毛."""
_MIXED = re.compile(
    r"(?<![A-Za-z\d.])(?P<a>\d{1,2})(?P<s>[万千wWkK])(?P<b>\d|[一二三四五六七八九])(?:千)?(?![\d.万千台个月年天卡张A-Za-z])"
)

_SIZE = r"\d+(?:\.\d+)?\s?(?:GiB|GB|TiB|TB|MiB|MB|PB|G|T|M|Gbps|Gb/s|Mbps|Mb/s|Gbit|GE|GHz|MHz|GT/s|TFLOPS|PFLOPS|TOPS|TFLOP|FLOPS|kW|KW|mm|nm|寸)(?![A-Za-z])"
_NOT_MONEY = re.compile(
    rf"(?<![\d.,/每A-Za-z])(?:{_SIZE}"
    r"|\d+[\s\-]?(?:核|线程|vCPUs?|CPUs?|cores?|C(?=[\s,，\d*/+)]|$)|U(?=[\s,，*/+)]|$)|路|块(?=\s?\d(?:[\d.A-Z])|NV|SSD|硬盘|盘|网卡)|口|个?节点|pods?|GPUs?(?!/)|cards?(?!/)|nodes?)(?![A-Za-z])"
    r"|\d+(?:\.\d+)?\s?(?:倍|[*xX](?=\s*(?:[|,，。;；)]|$)))|\d+(?:\.\d+)?\s?%|\d+(?:\.\d+)?\s?折|[一二三四五六七八九]{1,2}折"
    r"|20[12]\d\s?[-/.年]\s?(?:0?[1-9]|1[0-2])(?!\d)\s?(?:[-/.月]\s?\d{1,2}(?!\d|\.\d)\s?日?|月)?(?:\s?\d{1,2}:\d{2}(?::\d{2})?)?|\d{1,2}\s?月\s?\d{1,2}\s?[日号]|\d{4}\s?年|(?:\b(?:mid|early|late|since|in|by|of|Q[1-4]|H[12]|fiscal)[-\s])20[12]\d(?![\d.])"
    r"|\b(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]{0,6}\.?\s\d{1,2}(?:st|nd|rd|th)?\b(?:,?\s?20[12]\d)?"
    r"|7\s?\*\s?24\s?(?:小时|h)?|\d{1,2}:\d{2}|v\d+(?:\.\d+)*|CUDA\s?\d+(?:\.\d+)?|PCIe?\s?\d\.\d|DDR\d|\d{3,4}-\d{7,8}|1[3-9]\d{9}"
    r"|\d+\s?/\s?\d+(?![\d.]|\s?(?:元|万))"
    r"|(?:(?<=\bfor\s)|(?<=\bin\s)|(?<=\bwithin\s)|(?<=\bafter\s)|(?<=\bevery\s)|(?<=\bover\s))\d+(?:\.\d+)?\s(?:minutes?|hours?|days?|weeks?|months?|years?)\b"
    r"|(?:第|前|近|满|共|≥|>=|≤|<=|>|<)\s?\d+(?:\.\d+)?(?=\s?(?:个|台|张|卡|月|年|天|小时|名|位|人|家|次))"
    r"|\d+(?:\.\d+)?\s?(?:个月|年|天|小时|个?工作日)(?:以上|起租|起(?=[,，。;；\s]|$)|租期|合同|期|内|后|前)"
    r"|(?:租期|合同期?|周期|起租|最短|至少|时长)[:：]?\s?(?:为|是)?\s?\d+(?:\.\d+)?(?![\d.]|\s?[万元千wWkK])\s?(?:个月|年|天|小时|月)?"
    r"|(?:\d+(?:\.\d+)?\s?[万千百余多]{1,2}|\d+)\s?(?:张|卡|台|套|颗|片|枚|P)(?!\s?[/每])(?=[\s,，。;；、)(*+:|\-\d\uE000]|$|[一-鿿])|\d+\s?(?:人|家|名|位|倍|亿参数|B(?![A-Za-z])))",
    re.IGNORECASE,
)
_COUNT_BEFORE_CHIP = re.compile(r"(?<![\d.])\d{1,4}\s?[*xX]\s?(?=\uE000)")
_COUNT_AFTER_CHIP = re.compile(r"(?<=\uE000)\s?[*xX]\s?\d{1,3}(?![\d.])")
_FOREIGN = re.compile(
    r"(?:(?<!compute\s)\bpower|electricity|upfront[_\s]?(?:cost|fee|payment)|setup\s(?:fee|cost)|deposit|押金|定金|托管费?|机柜(?:出租|租[用赁金]|费)|机位|\ue001\s?时|核时|核小时|每核|保证金|手续费|运费|电费|带宽费?|公网|流量|存储|硬盘|系统盘|数据盘|云盘|镜像|快照|调试费|服务费|安装费|运维费|充值|预[存充]|满减|立减|优惠券|代金券|赠送?|新用户|注册|储值|余额|tokens?\s(?:per|a)\s\w+|每(?:张图|条|次|集|图|段)|delta|difference|savings?|差价|价差|相差|股价|市值|每股|收盘价?)"
    r"[^\d¥$，。;；]{0,6}$"
)
_CHANGE = re.compile(r"[涨跌](?:了|幅|约|超)?\s?$")
"""Leads of changes: "跌 100元/台"."""
_COUNTED = re.compile(r"(?:[卡台件核颗张]数|数量|规模|[库余]存量?)(?:\([^()\d]{1,8}\))?\s?[:：]?\s?$")
"""Leads of counts: "单机卡数：8" is no price."""
_PER_OUTPUT = re.compile(r"每\s?\d+\s?(?:秒|分钟)[^\d¥$，。;；]{1,10}$")
"""Leads of what some seconds of a film cost to make."""
_NEGOTIABLE = re.compile(
    r"面议|电议|面谈|电询|详谈|价格?\s?(?:请|欢迎|可)?\s?(?:私聊|私信|来询|来电)|询价|价格?(?:请)?咨询|请?咨询(?:客服|销售|价格)?|请以现价为准|以实际报价为准|价格需登录|登录(?:后)?(?:可见|查看)|(?:页面)?价格浮动|一事一议|待定|"
    r"contact\s(?:us|sales)|[ei]nquire|(?:get|request)\sa?\s?quote|call\sfor\sprice|upon\srequest|\bTBD\b|\bPOA\b",
    re.IGNORECASE,
)
_FROM_BEFORE = re.compile(
    r"(?:低至|最低(?:价)?(?:仅?需?)?|起步价?|起价|不低于|至少|from|as\slow\sas|starting(?:\sat|\sfrom)?|starts?\sat|仅需|\b>=?|≥)[:：]?\s?$",
    re.IGNORECASE,
)
_FROM_AFTER = re.compile(r"\s?(?:起(?!租|步|止)|以上|\+(?!\d)|元?起售|及以上)")
_ABOUT_BEFORE = re.compile(
    r"(?:约|大约|大概|近|接近|将近|差不多|about|approx\.?|around|roughly|~)[:：为]?\s?$", re.IGNORECASE
)
_ABOUT_AFTER = re.compile(r"\s?(?:左右|上下|多(?=[元,，。/]|$)|出头|附近)")
_TIERS: tuple[tuple[Tier, re.Pattern[str]], ...] = (
    ("member", re.compile(r"会员|VIP|member", re.IGNORECASE)),
    (
        "discounted",
        re.compile(
            r"折后|折扣价|优惠|现价|活动价?|特价|促销|到手|实付|实际|限时|秒杀|discount|promo|sale\b|now\b|学生价",
            re.IGNORECASE,
        ),
    ),
    (
        "list",
        re.compile(
            r"原价|官网价|刊例|目录价|(?<![中投])标价|牌价|列表价|划线|list\s?price|original|was\b|regular",
            re.IGNORECASE,
        ),
    ),
    ("internal", re.compile(r"校内|院内|所内|内部|本校|internal|in-?house", re.IGNORECASE)),
    ("partner", re.compile(r"合作|共建|partner|collaborat|affiliat", re.IGNORECASE)),
    ("external", re.compile(r"校外|院外|所外|外部|社会|企业用户|external", re.IGNORECASE)),
    ("spot", re.compile(r"竞价|抢占|闲时|夜间|spot|preempt|interruptible", re.IGNORECASE)),
)
_TOTAL = re.compile(
    r"总价|合计|总计|共计|总额|总金额|合同额|合同金额|成交金额|中标|金额|投资|花[掉了]|烧掉|total|(?:saves?|saved|spent|paid)\b",
    re.IGNORECASE,
)
_SUM = re.compile(
    r"(?:(?<![\d.])(?!1\D)\d+(?:\.\d+)?\s?(?:分钟|小时|天|个?月|年|minutes?|mins?|hours?|hrs?|h|days?|months?|years?)\s?(?:约|大约|共|合计|总共|需要?|只需|仅需|花费|~|for)?"
    r"|(?:hours?|hrs?|days?|months?|小时|天|月|\ue001)\s?=|[*x÷]\s?\d[^=]{0,14}[=~]|约合|共计|相乘(?:得|为)?[约~]?)\s?[*]{0,2}\s?$",
    re.IGNORECASE,
)
_SPENT_ON = re.compile(
    r"\+?\s?in\s(?:\w+\s){0,2}(?:compute|spend|spending|fees|charges|costs?)\b", re.IGNORECASE
)
"""Behind "$20K/month": what somebody's machines come to."""
_BILL_AFTER = re.compile(
    r"[\s*]*for\s\ue001|\s?(?:的|in\s|of\s)?(?:free\s)?(?:credits?\b|成本|费用|预算|花费|账单|(?:costs?|bills?|budgets?|savings?|total)\b)",
    re.IGNORECASE,
)
_OLD_BEFORE = re.compile(
    r"(?:\bnot(?=\s[$¥]?$)|\bvs\.?|\bversus|compared\s(?:to|with)|(?:down|up|fell|fallen|dropped|rose|risen|falling|increased?|decreased?|cut|reduced)\s(?:sharply\s)?from"
    r"|historical(?:ly)?|formerly|previously|used\sto\s(?:be|cost)|(?:dropp?ed|drops?|fallen|fell|falls?)\s(?:below|under)"
    r"|(?:类似|同类)(?:产品|机型|配置)|上周|上个?月|去年|相比|相较于?|较(?:去年|年初|上月|此前)|此前|曾(?:经)?(?:高达|达)?|峰值|\bpeak(?:ed)?(?:\sat|\sof)?|\b(?:trough|lows?|highs?)\sof|原先)[^\d$¥,，。;；\uE000]{0,12}$",
    re.IGNORECASE,
)
_FALLEN_FROM = re.compile(r"\s?(?:[,(]\s?)?(?:down|up)?\s?from\s", re.IGNORECASE)
"""Between what a price is and what it was: "$0.21/h from $0.35/h"."""
_OTHER_SELLER = re.compile(r"\s(?:on|at|from|with)\s[A-Z]")
"""Behind a price that another seller asks: "vs ¥8/h on Alibaba Cloud"."""
_OLD_AFTER = re.compile(
    r"[^\d。;；,，\uE000]{0,4}(?:-{1,2}>|→|⇒|=>)\s?[¥$]?\d(?!.{0,14}\bfor\b)|[^\d。;；\uE000]{0,12}(?:上?涨|上升|提高|上调|降|跌|下调|下滑|回落|调整)价?(?:到|至|为)|\s(?:last\syear|a\syear\sago)"
    r"|[,，]\s?(?:而|但|可)?(?:如今|现在|眼下|今年)[^\d。;；\uE000]{0,12}\d"
)
_NAMED_FIELD = re.compile(r"""(?<![A-Za-z])([A-Za-z]+(?:_[A-Za-z]+)+)["']?\s?[:=]\s?["']?$""")
"""The name of a field in a program's text or YAML, right in front of its value."""
_NO_PRICE_FIELD = re.compile(
    r"discount|percent|pct|ratio|factor|count|num|memory|vram|_gb|tflops|cores|cpu|watt|power|seconds|score|hours$",
    re.IGNORECASE,
)
_NOTE = re.compile(
    r"\s?\((?:[^()\d]{1,24}|\s?[~约]?\s?[¥$]\s?[\d.,]+\s?)\)(?=\s?(?:/|per\b|an?\b|每))", re.IGNORECASE
)
_PRICED = re.compile(
    r"价|租金|费用|\b(?:price|cost|rate)s?\b\W{0,4}(?:is|was|are|of|at|about|around|from)?\W{0,4}$",
    re.IGNORECASE,
)
_LET = re.compile(r"(?:[整散月零单长短]租|月付)[:：]?\s?$")
_CN_PRICED = re.compile(r"价|租|费用|包[月年天日]|每")
KANA = re.compile(r"[\u3040-\u30ff]")
"""Japanese, where a bare number is no yuan."""
_JOINED = re.compile(r"\s?(?:[/·(每一]|per\b|an?\b)", re.IGNORECASE)
_EACH = re.compile(r"\s?(?:each|apiece)\b", re.IGNORECASE)
_MULTIPLIED = re.compile(r"\s?[*xX]\s?\d{1,2}\s?=")
_SCALES = {"万": 1e4, "w": 1e4, "千": 1e3, "k": 1e3, "百万": 1e6, "亿": 1e8, "个": 1e4}
"""In the trade "4.3个/月" is 43,000 a month."""
_PARTS = {"分": 100, "毛": 10, "角": 10}
"""Parts of a yuan."""
_TIMES = re.compile(r"\d+(?:\.\d+)?\s?[*x倍]", re.IGNORECASE)
_SIMPLE = re.compile(r"(?P<pre>[¥$])?\s?(?P<low>(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?)")
_LOST_ZERO = re.compile(r"\\(?P<v>\.\d+)")


def blank(text: str, spans: list[tuple[int, int]]) -> str:
    """The text with spans (chips) blanked out; the same length."""
    for start, end in spans:
        text = text[:start] + "\ue000" * (end - start) + text[end:]
    return text


def mask(blanked: str) -> str:
    """The text with everything that is a number but no money blanked out as well; the same length."""
    for pattern in (_COUNT_BEFORE_CHIP, _COUNT_AFTER_CHIP, _NOT_MONEY):
        blanked = pattern.sub(_blank, blanked)
    return blanked


def _blank(match: re.Match[str]) -> str:
    words = match[0]
    # "350W" is power, "7.6w" ten thousands; "20G/月" stays out either way. A unit behind a slash keeps its number.
    return "\ue001" * len(words)


def find(text: str, masked: str) -> list[Price]:
    """Prices in running text; `masked` is `mask(blank(text, chips))` of the same plain text."""
    found: list[Price] = []
    taken: list[tuple[int, int]] = []
    for hit in _LOST_ZERO.finditer(masked):
        unit, end = units.after(masked, hit.end())
        unit = replace(unit, currency=unit.currency or "USD")
        taken.append((hit.start(), end))
        found.append(
            Price(
                float(hit["v"]),
                None,
                unit,
                Unit(),
                text[hit.start() : end],
                hit.start(),
                end,
                is_repaired=True,
            )
        )
    readers = ((_MIXED, _mixed), (_SPOKEN, _spoken), (_WRITTEN, _written), (_WORDS, _in_words))
    for pattern, read in readers:
        for hit in pattern.finditer(masked):
            if any(s < hit.end() and hit.start() < e for s, e in taken):
                continue
            low, high = read(hit)
            is_wan = pattern is not _SPOKEN
            currency = None if is_wan else "CNY"
            price = _finish(
                text, masked, hit.start(), hit.end(), low, high, currency, is_wan, _last(taken, hit.start())
            )
            if price is not None:
                taken.append((price.start, price.end))
                found.append(price)
    for hit in _hits(masked):
        if any(s < hit.end() and hit.start() < e for s, e in taken):
            continue
        before = masked[max(0, hit.start() - 1) : hit.start()]
        if before and ((before.isascii() and before.isalnum()) or before == "."):
            continue
        if (
            before == "-"
            and re.search(r"[A-Za-z]-$", masked[max(0, hit.start() - 2) : hit.start()])
            and not hit["pre"]
        ):
            continue  # "GPT-3.5"
        if before == "*" and not (hit["pre"] or hit["mid"] or hit["m1"]):
            continue  # "5090-p*8 每台每月": a count
        if before == "/" and masked[hit.start() - 2 : hit.start() - 1].isdigit():
            continue  # "2/4 元": which of the two, and for whom, is not said
        behind = masked[hit.end() : hit.end() + 1]
        if behind.isascii() and behind.isalpha() and units.after(masked, hit.end())[0] == Unit():
            continue  # part of a name: "2xlarge"
        price = _from_match(text, masked, hit, _last(taken, hit.start()))
        if price is not None:
            taken.append((price.start, price.end))
            found.append(price)
    for hit in _NEGOTIABLE.finditer(masked):
        if not any(s < hit.end() and hit.start() < e for s, e in taken):
            found.append(
                Price(
                    None,
                    None,
                    Unit(),
                    Unit(),
                    hit[0],
                    hit.start(),
                    hit.end(),
                    "negotiable",
                    _tier(masked, hit.start()),
                )
            )
    found.sort(key=lambda p: p.start)
    return found


def _hits(masked: str) -> Iterator[re.Match[str]]:
    """Numbers that may be prices, in order. "$3 and $4" are two, but for "between $3 and $4"."""
    at = 0
    while hit := _PRICE.search(masked, at):
        yield hit
        is_two = (hit["join"] or "").casefold() == "and" and not _BETWEEN.search(masked, 0, hit.start())
        at = hit.start("join") if is_two else hit.end()


def cell(text: str) -> Price | None:
    """The price of a cell whose column is a price: bare numbers count. Null where there is none ("-", "无")."""
    words = units.plain(text.strip())
    if _TIMES.fullmatch(words):
        return None
    if simple := _SIMPLE.fullmatch(words):
        currency = _currency(simple["pre"])
        value = _value(simple["low"])
        return Price(
            value,
            None,
            Unit(currency=currency),
            Unit(),
            words,
            0,
            len(words),
            has_evidence=currency is not None,
        )
    found = find(words, mask(words))
    if found:
        return found[0]
    hit = re.match(
        rf"\s*{_PRE.format('pre')}?(?P<low>{_NUMBER})(?:\s?(?:-|~|至|to)\s?(?P<high>{_NUMBER}))?", words
    )
    if hit is None:
        return None
    low = _value(hit["low"])
    high = _value(hit["high"]) if hit["high"] else None
    unit, end = units.after(words, hit.end())
    currency = _currency(hit["pre"])
    bound: Bound = "range" if high else "from" if _FROM_AFTER.match(words, end) else "exact"
    if not _is_price_rest(words[end:]):
        return None
    return Price(
        low,
        high,
        replace(unit, currency=unit.currency or currency),
        Unit(),
        text.strip(),
        0,
        len(words),
        bound,
        has_evidence=bool(currency) or unit != Unit(),
    )


def _is_price_rest(rest: str) -> bool:
    """Whether what follows a bare number in a price cell may belong to a price."""
    return re.match(r"\s*(?:$|[/(（起*+,，;；元¥]|per|每)", rest) is not None


def per_month_paid_by_year(prices: list[Price]) -> list[Price]:
    """In "月付 4.9万，年付 4.5万" both are what a month costs: no year costs less than its month."""

    def said(price: Price) -> units.Period | None:
        return price.unit.period or price.hint.period

    months = [p.value for p in prices if said(p) == "month" and p.value]
    return [
        replace(p, hint=replace(p.hint, period="month"))
        if p.unit.period is None
        and p.hint.period in ("quarter", "year")
        and p.value
        and any(0.3 * m <= p.value <= 1.1 * m for m in months)
        else p
        for p in prices
    ]


def _last(taken: list[tuple[int, int]], start: int) -> int:
    return max((end for _, end in taken if end <= start), default=0)


def _from_match(text: str, masked: str, hit: re.Match[str], since: int) -> Price | None:
    m1, m2 = _multiplier(hit["m1"]), _multiplier(hit["m2"])
    high_text = hit["high"]
    low = _value(hit["low"])
    high: float | None = None
    end = hit.end()
    if high_text is not None:
        high = _value(high_text) * (m2 or 1)
        low_scaled = low * (m1 or m2 or 1)
        is_between = _BETWEEN.search(masked, 0, hit.start())
        if (
            low_scaled > high
            or (hit["join"].casefold() == "and" and not is_between)
            or high > low_scaled * (50 if is_between else 12)
            or (hit["mid"] and not (hit["pre2"] or m1 or m2) and _is_new_item(masked, end))
        ):
            # "8*H100 - 75000" or "3-1.5": no range.
            high_text, high = None, None
            end = hit.end("mid") if hit["mid"] else hit.end("m1") if hit["m1"] else hit.end("low")
            low = low * (m1 or 1)
        else:
            low = low_scaled
    else:
        low = low * (m1 or 1)
    mult = hit["m1"] or (hit["m2"] if high_text else None)
    currency = (
        _currency(hit["pre"]) or (_currency(hit["pre2"]) if high_text else None) or _currency(hit["mid"])
    )
    if parts := _PARTS.get(hit["mid"] or ""):
        low, scan = round(low / parts, 6), hit.end("mid")
        high = round(high / parts, 6) if high is not None and high_text is not None else None
    elif (hit["mid"]) and high_text is None:
        end = hit.end("mid")
        scan = hit.start("mid")
    else:
        scan = end
    return _finish(
        text,
        masked,
        hit.start(),
        scan,
        low,
        high,
        currency,
        bool(mult and mult in "万wW百万亿个"),
        since,
        mult,
    )


def _is_new_item(masked: str, end: int) -> bool:
    return units.after(masked, end)[0] == Unit()


def _finish(
    text: str,
    masked: str,
    start: int,
    end: int,
    low: float,
    high: float | None,
    currency: str | None,
    is_wan: bool,
    since: int,
    mult: str | None = "万",
) -> Price | None:
    unit, stop = units.after(masked, end)
    if unit.is_other:
        return None
    currency = currency or unit.currency
    if not currency and not mult and not unit.says_nothing and not _JOINED.match(masked, end):
        return None  # "5年", "24小时": a span of time
    evidence = bool(currency or mult or not unit.says_nothing)
    lead = masked[max(since, start - 28) : start]
    before = masked[max(since, start - 28) : start]
    is_old = (_OLD_BEFORE.search(before) is not None and not _OTHER_SELLER.match(masked, stop)) or (
        since > 0 and _FALLEN_FROM.fullmatch(before) is not None
    )
    lead = re.split(r"[,，。;；|\n、]|\.\s", lead)[-1] if not re.search(r"[:：]\s*$", lead) else lead
    lead = lead.rsplit("\ue000", 1)[-1]
    hint = units.before(lead)
    if mult in ("w", "W") and low / 1e4 >= 150 and unit.says_nothing:
        return None  # watts
    if mult in ("k", "K") and unit.says_nothing and not currency and (hint.period is None or low < 100):
        # "128k context"; "7k" counts where a list says below what it is per
        return Price(low, high, unit, hint, text[start:stop], start, stop, "exact", None, has_evidence=False)
    if (
        _FOREIGN.search(lead)
        or (_COUNTED.search(lead) and not currency)
        or _CHANGE.search(lead)
        or _PER_OUTPUT.search(masked[max(0, start - 28) : start])
    ):
        return None
    named = _NAMED_FIELD.search(masked, max(since, start - 60), start)
    if named and currency is None and unit.says_nothing and _NO_PRICE_FIELD.search(named[1]):
        return None
    if named and unit == Unit() and not (said := units.header(named[1])).says_nothing:
        # `usd_per_gpu_hour: 1.99`
        unit, currency, evidence = replace(said, currency=None), currency or said.currency, True
    if unit.says_nothing and (note := _NOTE.match(masked, stop)):
        # "$2.59 (community) / $3.19 (secure) per hour"
        more, further = units.after(masked, note.end())
        if not more.says_nothing:
            unit, stop = replace(more, currency=unit.currency or more.currency), further
            evidence = True
    if masked.startswith(("円", "ウォン"), stop):
        return None
    if (
        not currency
        and not KANA.search(masked)
        and (is_wan or re.search(r"[一-鿿]", masked[start:stop]) or _CN_PRICED.search(lead))
    ):
        currency = "CNY"
    if unit.thing is None and unit.period is not None and _MULTIPLIED.match(masked, stop):
        unit = replace(unit, thing="gpu")  # "4x A100: $1.20/hr x 4 = $4.80/hr"
    if unit.thing is None and unit.period is not None and _EACH.match(masked, stop):
        unit = replace(unit, thing="gpu")
    bound: Bound = "exact"
    if _FROM_BEFORE.search(lead) or _FROM_AFTER.match(masked, stop):
        bound = "from"
    elif _ABOUT_BEFORE.search(lead) or _ABOUT_AFTER.match(masked, stop):
        bound = "about"
    elif high is not None:
        bound = "range"
    tail = _FROM_AFTER.match(masked, stop) or _ABOUT_AFTER.match(masked, stop)
    if tail and unit.says_nothing:
        more, further = units.after(masked, tail.end())
        if not more.says_nothing:
            unit, stop = more, further
    is_priced = _PRICED.search(lead) is not None or (low >= 1000 and _LET.search(lead) is not None)
    if not evidence and hint.says_nothing and not is_priced:
        # A bare number: kept, marked, for lists whose header gives the unit.
        return Price(low, high, unit, hint, text[start:stop], start, stop, bound, None, has_evidence=False)
    return Price(
        low,
        high,
        replace(unit, currency=currency),
        hint,
        text[start:stop],
        start,
        stop,
        bound,
        _tier(masked, start, stop),
        is_total=(_TOTAL.search(lead) is not None and not (unit.period and unit.thing))
        or (unit.says_nothing and _BILL_AFTER.match(masked, stop) is not None)
        or (unit.thing is None and _SPENT_ON.match(masked, stop) is not None)
        or (unit.period is None and _SUM.search(masked[max(0, start - 28) : start]) is not None),
        is_wan=is_wan,
        has_evidence=evidence or not hint.says_nothing or is_priced,
        is_old=is_old or _OLD_AFTER.match(masked, stop) is not None,
    )


def _tier(masked: str, start: int, stop: int | None = None) -> Tier | None:
    lead = re.split(r"[,，。;；|\n、/\uE000]|\d", masked[max(0, start - 16) : start])[-1]
    best: tuple[int, Tier] | None = None
    for tier, pattern in _TIERS:
        for hit in pattern.finditer(lead):
            if best is None or hit.start() > best[0]:
                best = (hit.start(), tier)
    if best is not None:
        return best[1]
    if stop is not None and (after := re.match(r"\s?[(（]([^()（）]{1,12})[)）]", masked[stop : stop + 16])):
        for tier, pattern in _TIERS:
            if pattern.search(after[1]):
                return tier
    return None


def _value(number: str) -> float:
    return float(number.replace(",", ""))


def _multiplier(word: str | None) -> float | None:
    return _SCALES[word.lower()] if word else None


def _currency(word: str | None) -> str | None:
    if not word:
        return None
    word = word.upper().replace(" ", "").lstrip("\\")
    if word in ("HK$", "HKD"):
        return "HKD"
    if word in ("$", "US$", "USD", "$USD", "美元", "美金", "刀", "ドル"):
        return "USD"
    return "EUR" if word in ("€", "EUR") else "CNY"


def _in_words(hit: re.Match[str]) -> tuple[float, float | None]:
    """七八千 → 7,000 to 8,000; 一万二 → 12,000; 三千五 → 3,500."""
    scale = 1e4 if hit["s"] == "万" else 1e3
    low = _CN[hit["a"]] * scale
    if hit["b"]:
        return low, _CN[hit["b"]] * scale
    return low + (_CN[hit["c"]] * scale / 10 if hit["c"] else 0), None


def _written(hit: re.Match[str]) -> tuple[float, float | None]:
    """壹拾贰万 → 120,000."""
    return float(parse(hit["v"]) or 0), None


def _mixed(hit: re.Match[str]) -> tuple[float, float | None]:
    """1万2, 1w2 → 12,000; 7千5, 7k5 → 7,500."""
    scale = _SCALES[hit["s"].lower()]
    tail = int(hit["b"]) if hit["b"].isdigit() else _CN[hit["b"]]
    return int(hit["a"]) * scale + tail * scale / 10, None


def _spoken(hit: re.Match[str]) -> tuple[float, float | None]:
    """3块5 → 3.5, 十三块五 → 13.5, 九毛 → 0.9, 八毛五 → 0.85."""

    def number(word: str | None) -> int:
        if not word:
            return 0
        return int(word) if word.isdigit() else units.small_number(word) or 0

    if hit["m"]:
        return number(hit["m"]) / 10 + number(hit["f"]) / 100, None
    return number(hit["y"] or hit["w"] or hit["n"]) + number(hit["j"]) / 10, None
