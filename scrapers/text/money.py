"""Amounts in a text: money, shares, money per unit, quantities of compute and lengths of time, with their places.

`amounts(text)` is one pass of one expression over the text. Values are in plain units: yuan, percent, months; a range
keeps both ends, an enumeration that shares its unit (300、150万元) gives one amount each. A sum followed or preceded
by the sign of another currency is given in that currency and never converted here.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from scrapers.text import scan
from scrapers.text.numerals import ARABIC, CHINESE, CHINESE_LETTERS, NUMBER, parse
from scrapers.text.repair import fold

Kind = Literal["money", "share", "per_unit", "quantity", "duration"]


@dataclass(frozen=True, slots=True)
class Amount:
    """`value` is the number (the upper end of a range), `low` the lower end; `unit` is `CNY`, `USD` …, `pct`,
    `CNY/<unit>`, `card-hour`, `PFLOPS`, `month`; `text[start:end]` are the words."""

    kind: Kind
    value: Decimal
    unit: str
    start: int
    end: int
    low: Decimal | None = None
    bound: Literal["", "at_least"] = ""
    """`at_least` where the amount is followed by 以上 or 及以上."""


_DASH = r"\s?(?:[-~至到]|--)\s?"
_SCALED = rf"{ARABIC}\s?[余多]?[十百千]?[万亿]{{0,2}}(?:\d{{1,4}}(?:\.\d{{1,4}})?[万千])?"
_CURRENCY = {
    "元": "CNY",
    "美元": "USD",
    "美金": "USD",
    "港元": "HKD",
    "港币": "HKD",
    "欧元": "EUR",
    "英镑": "GBP",
    "日元": "JPY",
    "新台币": "TWD",
    "台币": "TWD",
    "韩元": "KRW",
    "人民币": "CNY",
}
_COMPUTE_UNITS = r"PFLOPS|PFlops|P\s?FLOPS|EFLOPS|P(?![A-Za-z])|卡[·.]?时|卡小时|GPU\s?小时|(?:GPU|card)[- ]hours?|核时|机时|卡(?=[/每]?(?:时|小时))"
_UNITS = {
    "卡时": "card-hour",
    "卡·时": "card-hour",
    "卡.时": "card-hour",
    "卡小时": "card-hour",
    "gpu小时": "card-hour",
    **dict.fromkeys(("gpuhour", "gpuhours", "cardhour", "cardhours"), "card-hour"),
}

_AMOUNT = re.compile(
    rf"(?P<half>(?<![一二三四五六七八九十百千万\d])(?:一半|半额)(?![^,;。]{{0,2}}以上))|(?P<whole>全额(?=(?:租金|费用)?(?:补贴|补助|资助|补足|补偿|减免|抵扣|抵用|报销)))"
    rf"|(?P<fraction>(?<![\d/.])[1-9]/[1-9]\d?(?![\d/年月])|[一二三四五六七八九两]分之[一二三四五六七八九])"
    rf"|百分之(?P<percent_cn>{CHINESE}|{ARABIC})"
    rf"|(?P<tenths>(?<![第前后十百千万])[一二三四五六七八九两](?:成半?)(?=[^为立员果功效熟交本品长份就人员型像套]|$))"
    rf"|(?:(?P<share_low>{ARABIC})\s?%?{_DASH})?(?P<share>{ARABIC})\s?(?:%|个百分点)"
    rf"|(?P<sign>US\$|HK\$|NT\$|CN¥|RMB\s?|CNY\s?|USD\s?|[$¥£€])\s?(?:(?P<signed_low>{ARABIC}){_DASH}(?=\d))?(?P<signed>{_SCALED}|{ARABIC})(?P<signed_scale>\s?(?:trillion|billion|million|thousand|bn|mn?(?![a-z])|k(?![a-z])))?"
    rf"|(?:(?P<money_low>{NUMBER})(?P<low_unit>元)?{_DASH})?(?P<money>{_SCALED}|{CHINESE})\s?(?:余|多)?"
    rf"(?P<unit>美元|美金|港元|港币|欧元|英镑|日元|新台币|台币|韩元|(?<=[万亿])人民币(?!\s?[\d汇])|(?:块)?元(?![宇素件旦首老]))"
    rf"(?:\s?(?:人民币)?\s?[/每]\s?(?P<per>(?:{_COMPUTE_UNITS})(?:[·/每]?(?:小时|时|天|日|月|年))?|机架|标准机架|架|千瓦时|度|台|个|次|条|GB|TB|百万tokens?|千tokens?|百万词元))?"
    rf"|(?P<bare>{ARABIC}\s?[百千]?[万亿])(?=\s?(?:$|[\s,;:。、()/+|]|补贴|补助|奖励|资助|支持|算力|模型|语料|训力|券|资金|以内|封顶|至|到|-))"
    rf"|(?P<english>{ARABIC})[\s-]?(?P<english_scale>trillion|billion|million|thousand|bn|mn?(?=[\s-])|k(?=[\s-]))?[\s-]?(?P<english_unit>yuan|RMB|CNY|renminbi|US dollars|dollars|USD|percent|per cent)(?![a-z])(?:\s?(?:per|a|/)\s?(?P<english_per>kWh|kilowatt[- ]hour|(?:GPU|card)[- ]hour|rack|PFLOPS|P\b))?"
    rf"|(?P<quantity>{_SCALED})\s?(?P<quantity_unit>{_COMPUTE_UNITS})"
    rf"|(?P<duration>(?<!\d)\d{{1,3}}|[一二两三四五六七八九十]{{1,3}}|半)\s?(?P<duration_unit>个月|个?季度|年(?!度|\d|[级版底初末内前月均产])|周年)",
    re.I,
)
_BEGINS = re.compile(rf"[0-9$¥£€{CHINESE_LETTERS}半全UuHhNnCcRr]")
_SHARED = re.compile(rf"({ARABIC}|{CHINESE})\s?[、和与及]\s?$")
_LEANS = re.compile(r"[、和与及]\s?$")
_AT_LEAST = re.compile(r"\s?(?:\(含\)|\(含本数\))?(?:\([^()]{1,12}\))?(?:\(含\))?\s?(?:及|或|\(含\))?以上")
_OF_MONEY = re.compile(
    r"(?:最高|最多|上限|封顶|不超过|补贴|补助|奖励|资助|支持|给予|券|年度|每年|预算|总额|发放|金额|额度|可达|高达)[^,;:。、|\d]{0,6}$|补贴[^。;]{0,6}[:|][^。;\d]{0,6}$"
)
_VOUCHERS = re.compile(r"\s?(?:算力|训力|模型|语料|数据)券")
_SCALE_WORDS = {
    "trillion": 10**12,
    "billion": 10**9,
    "million": 10**6,
    "thousand": 1000,
    "bn": 10**9,
    "mn": 10**6,
    "m": 10**6,
    "k": 1000,
}
_ENGLISH_PER = {
    "kwh": "度",
    "kilowatt hour": "度",
    "gpu hour": "card-hour",
    "card hour": "card-hour",
    "rack": "机架",
    "p": "PFLOPS",
}
_SIGNS = {"$": "USD", "us$": "USD", "usd": "USD", "hk$": "HKD", "nt$": "TWD", "£": "GBP", "€": "EUR"}


def amounts(text: str, is_folded: bool = False) -> list[Amount]:
    """All amounts of a text, in order. Offsets refer to the text as given; `is_folded` saves folding it again."""
    folded = text if is_folded else fold(text)
    out: list[Amount] = []
    for match in scan.matches(_AMOUNT, _BEGINS, folded):
        amount = _amount(match)
        if amount is None:
            continue
        if amount.kind in ("money", "share"):
            out.extend(_sharing(folded, match, amount, out[-1].end if out else 0))
        if (
            amount.bound == ""
            and (tail := _AT_LEAST.match(folded, amount.end)) is not None
            and tail.end() > tail.start()
        ):
            amount = Amount(
                amount.kind, amount.value, amount.unit, amount.start, amount.end, amount.low, "at_least"
            )
        out.append(amount)
    return out


def _amount(match: re.Match[str]) -> Amount | None:
    start, end = match.span()
    group = match.groupdict()
    if group["half"] or group["whole"]:
        return Amount("share", Decimal(50 if group["half"] else 100), "pct", start, end)
    if text := group["fraction"]:
        if "/" in text:
            top, bottom = text.split("/")
            value = Decimal(int(top)) / Decimal(int(bottom))
        else:
            under, over = text.split("分之")
            value = (parse(over) or Decimal(0)) / (parse(under) or Decimal(1))
        return (
            Amount("share", (value * 100).quantize(Decimal("0.01")), "pct", start, end)
            if value <= 1
            else None
        )
    if text := group["percent_cn"]:
        number = parse(text)
        return None if number is None else Amount("share", number, "pct", start, end)
    if text := group["tenths"]:
        number = (parse(text[0]) or Decimal(0)) * 10 + (5 if text.endswith("半") else 0)
        return Amount("share", number, "pct", start, end)
    if text := group["share"]:
        number = parse(text)
        low = parse(group["share_low"]) if group["share_low"] else None
        if number is None:
            return None
        return Amount("share", number, "pct", start, end, low if low is not None and low < number else None)
    if text := group["signed"]:
        number = parse(text)
        if number is None:
            return None
        scale = _SCALE_WORDS.get((group["signed_scale"] or "").strip().lower(), 1)
        low = parse(group["signed_low"]) if group["signed_low"] else None
        low = low * scale if low is not None and low < number else None
        return Amount(
            "money", number * scale, _SIGNS.get(match["sign"].strip().lower(), "CNY"), start, end, low
        )
    if text := group["money"]:
        return _money(match, text)
    if text := group["bare"]:
        # 最高200万, 50万算力券: a sum without its 元 counts where the words around it speak of money
        number = parse(text)
        ahead = match.string[max(0, match.start() - 16) : match.start()]
        is_money = _OF_MONEY.search(ahead) or _VOUCHERS.match(match.string, match.end())
        if number is None or not is_money:
            return None
        return Amount("money", number, "CNY", match.start(), match.end())
    if text := group["english"]:
        number = parse(text)
        if number is None:
            return None
        number *= _SCALE_WORDS.get((group["english_scale"] or "").lower(), 1)
        unit = match["english_unit"].lower()
        if unit.startswith("per"):
            return Amount("share", number, "pct", start, end)
        unit = "USD" if "dollar" in unit or unit == "usd" else "CNY"
        if per := group["english_per"]:
            per = _ENGLISH_PER.get(per.lower().replace("-", " "), per)
            return Amount("per_unit", number, f"{unit}/{per}", start, end)
        return Amount("money", number, unit, start, end)
    if text := group["quantity"]:
        number = parse(text)
        unit = re.sub("[ -]", "", match["quantity_unit"]).lower()
        if number is None:
            return None
        if unit == "eflops":
            return Amount("quantity", number * 1000, "PFLOPS", start, end)
        return Amount(
            "quantity", number, _UNITS.get(unit, "PFLOPS" if unit.startswith("p") else unit), start, end
        )
    text = group["duration"]
    number = Decimal("0.5") if text == "半" else parse(text)
    if number is None or number > 240:
        return None
    unit = match["duration_unit"]
    months = number * (1 if unit == "个月" else 3 if "季" in unit else 12)
    return Amount("duration", months, "month", start, end)


def _money(match: re.Match[str], text: str) -> Amount | None:
    number = parse(text.replace("余", "").replace("多", ""))
    if number is None or text in ("万", "亿", "万亿", "千", "百", "十"):
        return None
    if text[0] in "十百千" and match.start("money") and match.string[match.start("money") - 1] in "数几上近":
        return None
    low: Decimal | None = None
    if match["money_low"]:
        low = parse(match["money_low"])
        scale = re.search(r"[百千]?[万亿]+$", text)
        if low is not None and low < number and scale and not re.search("[万亿]", match["money_low"]):
            low *= parse("1" + scale[0]) or 1
        if low is not None and low >= number:
            low = None
    start, end = match.span()
    if match["money_low"] and low is None:
        start = match.start("money")
    unit = _CURRENCY.get(match["unit"], "CNY")
    if match["per"]:
        per = match["per"].replace(" ", "")
        per = re.sub(r"^(?:PFLOPS|P)", "PFLOPS", per, flags=re.I) if per[0] in "Pp" else per
        per = re.sub(r"卡[·.]?时|卡小时", "card-hour", per)
        return Amount("per_unit", number, f"{unit}/{per}", start, end, low)
    return Amount("money", number, unit, start, end, low)


def _sharing(text: str, match: re.Match[str], amount: Amount, floor: int) -> Iterator[Amount]:
    """The amounts before this one that lean on its unit: the 300 of 300、150万元."""
    found: list[Amount] = []
    start = amount.start
    scale = (
        re.search(r"[百千]?[万亿]+$", match["money"] or "")
        if amount.kind == "money" and match["money"]
        else None
    )
    while (
        len(found) < 8
        and _LEANS.search(text, max(floor, start - 2), start)
        and (before := _SHARED.search(text[max(floor, start - 24) : start]))
    ):
        number = parse(before[1])
        if number is None or (before[1][0] not in "0123456789" and amount.kind == "share"):
            break
        if scale and not re.search("[万亿]", before[1]):
            number *= parse("1" + scale[0]) or 1
        elif amount.kind == "money" and not scale:
            break
        start = max(floor, start - 24) + before.start()
        if start > 0 and text[start - 1] in "第年月.":
            break
        found.append(Amount(amount.kind, number, amount.unit, start, start + len(before[1])))
    yield from reversed(found)
