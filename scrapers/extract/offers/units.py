"""What a price is per: currency, multiplier, thing and period, read from the words around a number or from a header.

`after` reads the unit that follows a number ("元/卡/时", "万/台/月", "USD/GPU-hour"), `header` the unit words of a column
header or section title ("按需价格（元/小时）", `price_cny_per_gpu_hour`), `before` the hints in front of a number ("整机月租").
All take text made plain by `plain`, which keeps its length.
"""

import re
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Literal

from scrapers.lexicon import chips
from scrapers.text import scan

Thing = Literal["gpu", "server", "instance", "pflops", "rack"]
Period = Literal["second", "minute", "hour", "day", "week", "month", "quarter", "year"]

HOURS: dict[Period, float] = {
    "second": 1 / 3600,
    "minute": 1 / 60,
    "hour": 1,
    "day": 24,
    "week": 168,
    "month": 730,
    "quarter": 2190,
    "year": 8760,
}
"""A month is 730 h and a year 8,760 h (a twelfth of 365 days of 24 h), whatever a page counts."""
THINGS: tuple[Thing, ...] = ("gpu", "server", "instance", "pflops", "rack")
CURRENCIES = ("CNY", "USD", "HKD", "EUR")
PRICE_UNITS = frozenset(
    {f"{c}/{t}-{p}" for c in CURRENCIES for t in THINGS for p in HOURS}
    | {f"{c}/{t}" for c in CURRENCIES for t in ("gpu", "server", "rack")}
    | {f"{c}/total" for c in CURRENCIES}
)
"""`<currency>/<thing>-<period>`: `CNY/gpu-hour`, `CNY/server-month`, `USD/instance-hour`, `CNY/pflops-year`; without a
period (`CNY/server`) the price of buying one; `CNY/total` a sum without count or term. A rack (柜, 超节点) has no usual
number of cards: it is priced by the card only where the page or the product's name says how many."""
ALONE = re.compile(r"(?:万?元|[¥$￥]|美元)\s?/\s?[^\d|\n]{1,12}")
"""A cell that holds a unit and nothing else."""


@dataclass(frozen=True, slots=True)
class Unit:
    """What is known of a unit; null is what the words leave open. `count` is the number of cards in the thing
    ("万元/8卡整机/月"); `is_other` marks a unit that no chip is rented by (GB, tokens, cores, kWh)."""

    currency: str | None = None
    scale: float = 1.0
    thing: Thing | None = None
    count: int | None = None
    period: Period | None = None
    is_other: bool = False

    def filled(self, other: "Unit | None") -> "Unit":
        """This unit with its gaps taken from another; the multiplier is never inherited."""
        if other is None:
            return self
        return replace(
            self,
            currency=self.currency or other.currency,
            thing=self.thing or other.thing,
            count=self.count or (other.count if self.thing in (None, other.thing) else None),
            period=self.period or other.period,
            is_other=self.is_other or (other.is_other and self.thing is None and self.period is None),
        )

    def filled_with_scale(self, other: "Unit") -> "Unit":
        """As `filled`, the other's multiplier included while this one says nothing: for headings under headings."""
        return other if self == Unit() else replace(self.filled(other), scale=self.scale)

    @property
    def says_nothing(self) -> bool:
        return self.thing is None and self.period is None and not self.is_other


_PLAIN = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F) if code not in (0xFF0C, 0xFF1B)} | {
    0x3000: 0x20,
    0xA0: 0x20,
    0x2009: 0x20,
    0x202F: 0x20,
    ord("×"): ord("*"),
    ord("✕"): ord("*"),
    ord("✖"): ord("*"),
    ord("￥"): ord("¥"),
    ord("〜"): ord("~"),
    ord("∼"): ord("~"),
    ord("≈"): ord("~"),
    ord("–"): ord("-"),
    ord("—"): ord("-"),
    ord("−"): ord("-"),
    ord("‐"): ord("-"),
    ord("‑"): ord("-"),
    ord("―"): ord("-"),
    ord("∕"): ord("/"),
    ord("⁄"): ord("/"),
    ord("・"): ord("·"),
    ord("•"): ord("·"),
    ord("萬"): ord("万"),
    ord("張"): ord("张"),
    ord("臺"): ord("台"),
    ord("時"): ord("时"),
    ord("張"): ord("张"),
    ord("節"): ord("节"),
    ord("點"): ord("点"),
}
_plain = scan.translator(_PLAIN)


def plain(text: str) -> str:
    """Half-width signs, one dash, one wave, one multiplication sign; as long as the text given. The full-width comma
    stays, so that "8卡，12000元" does not become one number."""
    return _plain(text)


_DIGITS = {
    "一": 1,
    "单": 1,
    "两": 2,
    "双": 2,
    "二": 2,
    "三": 3,
    "四": 4,
    "五": 5,
    "六": 6,
    "七": 7,
    "八": 8,
    "九": 9,
    "十": 10,
}


def small_number(word: str) -> int | None:
    """`8`, `八`, `双`, `十六`, `二十三` as a number up to 99."""
    if word.isdigit():
        return int(word)
    if word in _DIGITS:
        return _DIGITS[word]
    tens, ten, ones = word.partition("十")
    if ten and (not tens or tens in _DIGITS) and (not ones or ones in _DIGITS):
        return 10 * _DIGITS.get(tens, 1) + _DIGITS.get(ones, 0)
    return None


COUNT_WORD = r"(?:\d{1,4}|[一二两三四五六七八九]|十[二六]?|单|双)"
_CURRENCY = (
    r"(?P<cny>人民币|RMB|CNY|yuan|元|圆|块钱?|¥(?!\s?\d))|(?P<usd>US\s?\$|\$?USD|美元|美金|美刀|刀|ドル|dollars?|\$(?!\s?\d))|(?P<hkd>HK\s?\$|HKD|港[元币])"
    r"|(?P<eur>€|EUR|欧元)"
)
_GPU = r"(?:NVIDIA\s?)?GPUs?|DCU|NPU|accelerators?|chips?|cards?|加速卡|智算卡|显卡|芯片|张(?:卡)?|颗|片|枚|块卡|卡(?!车)"
_SERVER = r"服务器|整机|节点|裸金属|裸机|机器|台套|台|套|nodes?|servers?|machines?|hosts?|box|units?"
_RACK = r"机柜|整柜|柜|超节点|racks?|cabinets?"
_INSTANCE = r"云主机|云服务器|虚拟机|实例|主机|instances?|VMs?|pods?|容器"
_HOUR = r"小时|钟头|时(?!代|间|长|候|段|效)|hourly|hours?|hora|hrs?|hr|h"
_PERIOD = (
    rf"(?P<second>秒钟?|seconds?|secs?|sek|s(?=$|[\s,;)]))|(?P<minute>分钟|minutes?|mins?(?!\s?[/,~-]\s?(?:median|max|avg|mean)))|(?P<hour>{_HOUR})|(?P<day>天|日(?!期|均|常)|daily|days?|d)|(?P<week>周|星期|weekly|weeks?|wk)"
    r"|(?P<quarter>季度?|quarters?)|(?P<month>个?月|monthly|months?|mths?|mon?)|(?P<year>年|yearly|annually|years?|yrs?|annum|annual)"
)
_OTHER = (
    r"核\s?[·*]?\s?(?:小?时|h)|分钟(?:成片|视频|音频|素材)|experiments?|vCPUs?|CPU|cores?|核心?|GiB|GB|TB|PB|MB|G(?!PU)|T(?!F)|Mbps|Gbps|M(?=/|·|月|$)|度|kWh|千瓦时?|(?:[百千]?万|M|1M|1K|K|1,?000)?\s?tokens?|万?次|请求|人次?|账号|用户|项目"
    r"|\d[\d,]*\s?[万千百]?\s?(?:请求|次|条|张图|字|images?\b|requests?\b|characters?\b)|1,?000\s[a-z]+s|IPs?|个IP|Token|GH/?s|TH/?s|EH/?s|机时|million|M tokens|images?|张图|frames?|videos?|clips?|epochs?|jobs?|runs?|帧"
)
_GPU_HOUR = r"(?:(?:GPUs?|卡|card|DCU|NPU)\s?[·*\-\s]?\s?(?:小时|时(?!代|间|长)|hours?|hrs?|h))(?![A-Za-z])"
_WORD = re.compile(
    rf"(?P<gpuhour>{_GPU_HOUR})"
    rf"|(?P<count>{COUNT_WORD})\s?[卡*x]\s?(?P<whole>整机|服务器|节点|机器|机|裸金属|GPU|node|server)?(?:台)?"
    rf"|(?P<other>(?:{_OTHER})(?![A-Za-z]))"
    r"|(?P<pflops>P(?:FLOPS|FLOP|F)?(?:@FP\d+)?(?![A-Za-z0-9]))"
    rf"|(?P<gpu>(?:{_GPU})(?![A-Za-z]))|(?P<server>(?:{_SERVER})(?:\s?8卡)?(?![A-Za-z])|机(?=[/·每]|$))|(?P<rack>(?:{_RACK})(?![A-Za-z]))|(?P<instance>(?:{_INSTANCE})(?![A-Za-z])|个(?!月))"
    rf"|(?:{_PERIOD})(?![A-Za-z])",
    re.IGNORECASE,
)
_LINK = re.compile(
    r"\s+(?=(?:hourly|daily|weekly|monthly|yearly|annually)\b)|\s*(?:[/·*(\[]|-(?=(?:hour|day|month|year|hr|mo)s?\b)|每(?:个)?|per\b|by\s(?:the\s)?(?=GPU|card|hour|month)|an?\b|一(?=个?月|小?时|天|年|台|张|卡)|1(?=\s?(?:个?月|小?时|天|年|台|卡|h)))\s*(?:每个?|per\b|一|1(?=[^\d,]))?\s*",
    re.IGNORECASE,
)
_CHIP_MASK = re.compile("\ue000+")
_GAP = re.compile(r"\s(?=(?:hours?|hrs?|h|days?|months?|years?)(?![A-Za-z]))", re.IGNORECASE)
_CLOSE = re.compile(r"\s*[)\]]")
_MONEY_WORD = re.compile(rf"\s?(?:{_CURRENCY})(?![A-Za-z])", re.IGNORECASE)


def currency_of(match: re.Match[str]) -> str | None:
    groups = match.groupdict()
    return next((code.upper() for code in ("cny", "usd", "hkd", "eur") if groups.get(code)), None)


def _take(unit: Unit, word: re.Match[str]) -> Unit:
    groups = word.groupdict()
    if groups["gpuhour"]:
        return replace(unit, thing=unit.thing or "gpu", period=unit.period or "hour")
    if groups["count"]:
        cards = small_number(groups["count"])
        if unit.thing or cards is None:
            return unit
        if cards == 1:
            return replace(unit, thing="gpu", count=1)
        return replace(unit, thing="server" if cards % 8 == 0 or groups["whole"] else "instance", count=cards)
    if groups["other"]:
        return replace(unit, is_other=True)
    for thing in THINGS:
        if groups[thing]:
            return replace(unit, thing=unit.thing or thing)
    for period in HOURS:
        if groups[period]:
            return replace(unit, period=unit.period or period)
    return unit


def after(text: str, at: int) -> tuple[Unit, int]:
    """The unit that starts at an offset (right behind a number and its multiplier), and where it ends.

    Reads currency, then things and periods joined by slashes, dots, 每, per. A chip's name in the unit stands for one
    card ("RMB/V100·HOUR").
    """
    unit, start = Unit(), at
    if money := _MONEY_WORD.match(text, at):
        unit, at = replace(unit, currency=currency_of(money)), money.end()
    opened = False
    while True:
        link = _LINK.match(text, at)
        place = link.end() if link else at
        word = _WORD.match(text, place)
        is_named = link is not None and not re.search(r"[(\[·*]", link[0])
        if is_named and (masked := _CHIP_MASK.match(text, place)):
            # "per H100 hour"
            gap = _GAP.match(text, masked.end())
            unit, at = replace(unit, thing=unit.thing or "gpu"), gap.end() if gap else masked.end()
            continue
        if (
            word is None
            and is_named
            and (name := chips.find(text[place : place + 24]))
            and name[0].start == 0
        ):
            unit, at = replace(unit, thing=unit.thing or "gpu"), place + name[0].end
            continue
        if word is None:
            break
        groups = word.groupdict()
        is_period = any(groups[p] for p in HOURS) or groups["gpuhour"]
        # Without a slash only a period may touch the number: "2.5元小时", never "5万台".
        if link is None and is_period and _NEXT_PERIOD.match(text, word.end()):
            break  # "3.45元 日租 75.9元"
        if link is None and not (is_period and place == at and (unit != Unit() or at == start)):
            break
        if (
            groups["count"]
            and not groups["whole"]
            and not (link and "/" in link[0])
            and "每" not in (link[0] if link else "")
        ):
            break
        opened = opened or bool(link and "(" in link[0])
        unit, at = _take(unit, word), word.end()
    if opened and (close := _CLOSE.match(text, at)):
        at = close.end()
    return unit, at


_NEXT_PERIOD = re.compile(r"[租付结价卡](?!时)")
_HEADER_NOISE = re.compile(r"[_]+")
_IDENTIFIER = re.compile(r"[A-Za-z][A-Za-z0-9]*[a-z][A-Z][a-z][A-Za-z0-9]*")
_HEAD_COUNT = re.compile(
    rf"(?<![\d.A-Za-z])({COUNT_WORD})\s?(?:[*x]\s?(?:GPUs?|卡)|卡(?!时|[/·小])|卡(?=/(?:小时|时|天|日|月|年)))",
    re.IGNORECASE,
)
_UNIT_PAIR = re.compile(
    r"(?<![A-Za-z])(usd|cny|rmb|eur|price)_(hr|hour|day|week|month|mo|year)(?![A-Za-z])", re.IGNORECASE
)
_HOURS_OF = re.compile(r"(?<![\d.])(?:\d{2}|7\d\d)\s?(?:小时|hours?|hrs?|h)(?![A-Za-z])", re.IGNORECASE)
"""How many hours a day or a month is counted with: "Monthly (730 hrs)"."""
_EVERY_DAY = re.compile(r"每[天日](?=更新|一更|\w{0,4}(?:报价|行情|资源|播报))")
"""How often a list comes out is no unit: "每日算力报价"."""
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z][a-z])")
_PACKAGE = (
    (
        re.compile(
            r"单卡|每卡|每张|1\s?基(?:あたり|当たり)|/\s?卡|per[\s\-]?(?:gpu|card)|each", re.IGNORECASE
        ),
        "gpu",
    ),
    (
        re.compile(
            r"整机|单台|每台|台[/·]|/\s?台|整租|裸金属|服务器|节点|单机|per[\s\-]?(?:node|server)",
            re.IGNORECASE,
        ),
        "server",
    ),
)
_PERIOD_HINTS: tuple[tuple[Period, re.Pattern[str]], ...] = (
    (
        "year",
        re.compile(
            r"年租|包年(?!包?/?月)|年付|年卡|每年|年价|按年|一年期?价|annual|yearly|per\s?year|/\s?年",
            re.IGNORECASE,
        ),
    ),
    (
        "month",
        re.compile(
            r"(?<![\d个])月(?=\s?[¥$]?\s?$)|月租|包月|(?<!\d)月卡|满月|整月|月付|每月|月价|月费|月单价|按月|月度|monthly|aylık|per\s?month|/\s?月",
            re.IGNORECASE,
        ),
    ),
    (
        "quarter",
        re.compile(r"季租|包季(?!付)|按季|季卡|每季|季价|quarterly|per\s?quarter|/\s?季", re.IGNORECASE),
    ),
    ("week", re.compile(r"周租|包周|周卡|周付|每周|按周|weekly|per\s?week", re.IGNORECASE)),
    (
        "day",
        re.compile(r"日租|包[天日]|[天日]卡|每[天日]|按[天日]|daily|per\s?day|/\s?[天日]", re.IGNORECASE),
    ),
    (
        "hour",
        re.compile(
            r"时租|每小?时|按小?时|小时(?:价|成本|费|租金|单价)|卡时|节点时|hourly|时[间間](?:あたり|当たり|につき)|saatlik|stündlich|за\s?час|в\s?час|per\s?hour|/\s?小?时|/\s?h(?:r|our)?\b",
            re.IGNORECASE,
        ),
    ),
)
_ONE_PERIOD = re.compile(
    r"(?<![\d.])(?:1|一)\s?个?(?:(?P<hour>小时|hour)|(?P<day>天|日|day)|(?P<month>月|month)|(?P<year>年|year))"
    r"\s?(?:的?(?:收费|租金|费用|价格|报价|成本)|只要|只需|仅需?|大?约|大概|需要?|要|不到|不超过|[:：=]){0,3}\s?[¥$]?$",
    re.IGNORECASE,
)
_WEAK_HOUR = re.compile(
    r"按量|按需|后付费|on[\s\-]?demand|pay[\s\-]as[\s\-]you[\s\-]go|payg|竞价|抢占|spot", re.IGNORECASE
)


@lru_cache(maxsize=4096)
def header(text: str) -> Unit:
    """The unit words of a column header, a section title or a field name; a unit that says nothing where there are
    none. `price_fen` and "（分）" mean 1/100 yuan; "（万元/台/月）" multiplies by 10,000."""
    text = _UNIT_PAIR.sub(r"\1/\2", text)
    words = plain(_HEADER_NOISE.sub(" ", _CAMEL.sub(" ", text) if _IDENTIFIER.fullmatch(text) else text))
    unit = Unit()
    words = _HOURS_OF.sub("", _EVERY_DAY.sub("", words))
    bracket = re.search(r"[(（\[]([^)）\]]*)[)）\]]", words)
    # "月费用（包年）": a month's price, the bracket tells the term; "租金（元/月）": the bracket is the unit.
    outside = words[: bracket.start()] + words[bracket.end() :] if bracket else words
    parts = [bracket[1], words] if bracket else [words]
    for part in parts:
        if money := re.search(rf"(?:{_CURRENCY})(?![A-Za-z])", part, re.IGNORECASE):
            unit = replace(unit, currency=unit.currency or currency_of(money))
            lead = part[: money.start()]
            if re.search(r"万\s?$", lead):
                unit = replace(unit, scale=1e4)
            elif re.search(r"千\s?$", lead):
                unit = replace(unit, scale=1e3)
        if unit.scale == 1.0 and re.search(r"万(?=\s?/|$)", part):
            unit = replace(unit, scale=1e4)
        if hundredth := re.search(
            r"\b(?:fen|(cents?))\b|(?:^|[(（:：/\s])分(?:$|[)）/])", part, re.IGNORECASE
        ):
            unit = replace(unit, scale=0.01, currency=unit.currency or (None if hundredth[1] else "CNY"))
        found = Unit()
        # "元/卡·时": what follows the currency; else the hints in the words.
        tail = part[money.start() :] if money else part
        read, _ = after(tail, 0)
        if not read.says_nothing:
            found = read
        elif slash := re.search(r"/|每|\bper\b|\bby\s(?:the\s)?(?=GPU|card)", part, re.IGNORECASE):
            found, _ = after(part, slash.start())
        unit = unit.filled(found)
        # "Monthly (Spot)": on demand or spot means by the hour only where nothing else is said.
        if part is not words:
            unit = unit.filled(before(outside, is_weak=False))
        unit = unit.filled(before(part, is_weak=part is words))
    counted = _HEAD_COUNT.search(words)
    if (
        counted
        and (cards := small_number(counted[1]))
        and unit.thing in (None, "gpu", "server")
        and unit.count is None
    ):
        # "2× GPU $/hr", "8卡月租（元）"
        unit = replace(
            unit, thing="gpu" if cards == 1 else "server" if cards % 8 == 0 else "instance", count=cards
        )
    return unit


def before(text: str, *, is_weak: bool = True) -> Unit:
    """Hints in front of a number: thing (单卡, 整机) and period (月租, 包年, hourly). The last one of each kind counts;
    `is_weak` lets on demand or spot stand for an hour."""
    thing: Thing | None = None
    at = -1
    for pattern, name in _PACKAGE:
        for hit in pattern.finditer(text):
            if hit.start() > at:
                at, thing = hit.start(), "gpu" if name == "gpu" else "server"
    period: Period | None = None
    at = -1
    if once := _ONE_PERIOD.search(text):
        at, period = once.start(), next(p for p in HOURS if once.groupdict().get(p))
    for which, pattern in _PERIOD_HINTS:
        for hit in pattern.finditer(text):
            if hit.start() > at:
                at, period = hit.start(), which
    if period is None and is_weak and _WEAK_HOUR.search(text):
        period = "hour"
    return Unit(thing=thing, period=period)


def name(currency: str | None, thing: str | None, period: Period | None) -> str | None:
    """The unit's word of `PRICE_UNITS`; null while a part is open."""
    if currency is None or thing is None:
        return None
    if period is None:
        return f"{currency}/{thing}" if thing in ("gpu", "server", "rack") else None
    return f"{currency}/{thing}-{period}"


@lru_cache(maxsize=512)
def from_name(unit: str) -> Unit:
    """`CNY/server-month` as a `Unit`; `ValueError` with the accepted form for anything else."""
    currency, _, rest = unit.partition("/")
    thing, _, period = rest.partition("-")
    if unit not in PRICE_UNITS or thing == "total":
        raise ValueError(
            f"unknown price unit {unit!r}: wanted <currency>/<thing>-<period>, e.g. CNY/gpu-hour"
        )
    return Unit(currency, 1.0, thing, None, period or None)  # type: ignore[arg-type]
