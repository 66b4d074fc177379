"""The items of a line: its chips, its prices, and which price is whose."""

import itertools
import re
from dataclasses import dataclass, field, replace

from scrapers.extract.offers import prices as money
from scrapers.extract.offers import units, words
from scrapers.extract.offers.page import Page
from scrapers.extract.offers.prices import Price
from scrapers.extract.offers.units import Unit
from scrapers.lexicon import chips
from scrapers.lexicon.chips import ChipMatch

_COMPARED = re.compile(
    r"优于|对标|相当于|媲美|替代|超越|高于|低于|比|强于|类似|等同|同级|vs\.?|versus|compared?|than|like|替换|兼容",
    re.IGNORECASE,
)
BEHIND_CHIP = re.compile(r"(?:[\uE000:：\-|=]|一年期?|两年期?|三年期?|\uE001)\s*$")
_EXCLUDED = re.compile(
    r"(?:other\sthan|except(?:\sfor)?|excluding|除了?|不含|不包括)\s?[^,，;；]{0,8}$",
    re.IGNORECASE,
)
_HOUSED = re.compile(r"(?:可[放装]|放得下|适合放)\s?[^,，;；]{0,8}$")
"""Before a chip that a cabinet has room for."""
_ALONE = (re.compile(r"[,，]\s?$"), re.compile(r"\s?(?:[;；。\n]|$)"))
"""Around a number that is all between two marks: "在廊坊，6500；"."""
_NEW_SENTENCE = re.compile(r"。|[,，;；.]\s?(?:例如|比如|for\s(?:example|instance)|e\.g\.)", re.IGNORECASE)
_EXAMPLE = re.compile(r"[。.][,，]?\s?(?:例如|比如|for\s(?:example|instance))", re.IGNORECASE)
_CHOICE = re.compile(r"/|\||或|\bor\b", re.IGNORECASE)
_LISTED = re.compile(r"\s*(?:、|,|，|和|及|与|&|and|以及)\s*(?:and\s*)?", re.IGNORECASE)
_ITS_OWN = re.compile(r"\s?[(\[][^()\[\]\d,，、:：;；]{0,12}")
_BILL_LEAD = re.compile(
    r"\b(?:re-?)?runs?\b|\bsessions?\b|\bjobs?\b|\bcosts?\sfor\b|一次|跑完|全程", re.IGNORECASE
)
_FIELD_VALUE = re.compile(r"(?<![A-Za-z])(?!price|cost|rate)[A-Za-z_]{3,}=$", re.IGNORECASE)
_AGAINST = re.compile(r"较|相比|比(?!例)|低于|高于|\bvs\b|than\b", re.IGNORECASE)
_SEPARATOR = re.compile(r"[、，,；;。\n|]")
_NODE_LEAD = re.compile(r"[,，、;；/]\s?(?:[单双两四八248]\s?卡|八?8?卡?整机|单台)\s?[:：]?\s?$")
_TERM_LEAD = re.compile(
    r"[,，、;；/|\s(]{0,3}(?:(?:\d{1,2}|[一二三半两六])\s?个?(?:月|年)[期付签约租]{0,2}(?:以上)?|长[租期约签]|季[付租]|半?年[付租签]|包年|\d{1,2}[\s-]?(?:months?|mo|years?|yrs?))\s?[:：]?\s?[¥$]?"
)
_COLUMNS = re.compile(r"[\uE000\uE001\s]+(?:\s(?:\d[\d,]*(?:\.\d+)?|-)){2,6}")
"""A line of nothing but a chip and numbers: a row of a table whose columns are set apart by blanks."""
_CONVERTED = re.compile(r"\s*起?\s?[*]*\s?[(（]?\s?(?:~|=|约合?|折合|合|即)\s?(?:约|人民币)?\s?")
_IN_OTHER_MONEY = re.compile(
    r"\s?(?:\+|起)?\s?[*]*\s?(?:[(/,，|]|~|=|约合?|折合|合|即)[\s(~=约合]*", re.IGNORECASE
)
"""Between one price in two currencies: "¥34 (~$4.8)", "$1.2 / ¥8.5"."""
_COMES_TO = re.compile(r"[\s*]*[(（,，]?\s?(?:~|=|约合?|即|合)\s?(?:约)?[\s*]*")


@dataclass(slots=True)
class Line:
    start: int
    text: str
    plain: str
    chips: list[ChipMatch]
    blanked: str
    """Plain text with the chips blanked."""
    masked: str
    """The same with every number that is no money blanked too."""
    prices: list[Price]

    @property
    def end(self) -> int:
        return self.start + len(self.text)


@dataclass(slots=True)
class Group:
    """Chips named side by side with no price between them."""

    matches: list[ChipMatch]
    prices: list[Price] = field(default_factory=list)

    @property
    def start(self) -> int:
        return self.matches[0].start

    @property
    def end(self) -> int:
        return self.matches[-1].end


def has_rate(price: Price) -> bool:
    return price.has_evidence and price.unit.currency is not None and price.unit.period is not None


def line_of(text: str, start: int, end: int) -> Line:
    own = text[start:end]
    plain = units.plain(own)
    found = chips.find(own) if own.strip() else []
    blanked = money.blank(plain, [(m.start, m.end) for m in found])
    masked = money.mask(blanked)
    return Line(start, own, plain, found, blanked, masked, money.find(plain, masked) if own.strip() else [])


def groups_of(line: Line, said: Unit, page: Page) -> list[Group]:
    named: list[ChipMatch] = []
    left_out: ChipMatch | None = None
    for match in line.chips:
        if _HOUSED.search(line.plain[: match.start]):
            continue
        if _EXCLUDED.search(line.plain[: match.start]) or (
            left_out is not None and _LISTED.fullmatch(line.plain[left_out.end : match.start])
        ):
            # "GPUs other than V100, A100 and A800": whatever it is, it is not these.
            left_out = match
            if not named:
                words_of_it = " ".join(line.text[: match.end].split())[-60:]
                named.append(replace(match, family=None, chip_id=None, chip_text=words_of_it))
            continue
        if (
            named
            and _COMPARED.search(line.plain[named[-1].end : match.start])
            and not _has_price_between(line, named[-1].end, match.start)
        ):
            continue
        named.append(match)
    usable = _usable(line, said, page)
    groups: list[Group] = []
    for match in named:
        if (
            groups
            and not any(groups[-1].end <= p.start < match.start for p in usable)
            and _belongs(line, groups[-1], match)
        ):
            groups[-1].matches.append(match)
        else:
            groups.append(Group([match]))
    if not groups:
        return groups
    price_first = bool(usable) and usable[0].start < groups[0].start and usable[-1].end <= groups[-1].end
    if len(groups) == 1:
        # "国产卡（1.8 元/卡时）较 A100（2.5 元/卡时）便宜": the first is another thing's.
        groups[0].prices = [
            p
            for p in usable
            if p.start > groups[0].start
            or not (
                _AGAINST.search(between := line.plain[p.end : groups[0].start]) or _EXAMPLE.search(between)
            )
        ]
        if any(p.start >= groups[0].end and p.has_evidence for p in groups[0].prices):
            # "M3 整机 2500元/月；A10 1200元/月": a sentence of its own, about a thing not known
            groups[0].prices = [
                p
                for p in groups[0].prices
                if p.start >= groups[0].start
                or (
                    p.unit.period is None
                    and not re.search(r"[,，；;。]", line.plain[p.end : groups[0].start])
                )
                or (
                    p.unit.period is not None
                    and not re.search(r"[；;。?？]", line.plain[p.end : groups[0].start])
                )
            ]
    else:
        for price in usable:
            fitting = (
                [g for g in groups if g.start >= price.end]
                if price_first
                else [g for g in groups if g.end <= price.start]
            )
            if fitting:
                (fitting[0] if price_first else fitting[-1]).prices.append(price)
    for price, group in itertools.product(usable, groups):
        closed = line.plain.find(")", group.end)
        if (
            price.end <= group.start
            and _ITS_OWN.fullmatch(line.plain[price.end : group.start])
            and not any(group.end <= p.start < closed for p in usable)
        ):
            # "from $0.85 per hour (Tesla V100)" behind a list of names
            for other in groups:
                other.prices = [p for p in other.prices if p is not price or other is group]
            group.prices = group.prices if price in group.prices else [price, *group.prices]
    for group in groups:
        opened, closed = line.plain.rfind("(", 0, group.start), line.plain.find(")", group.end)
        if opened >= 0 and closed >= 0 and ")" not in line.plain[opened : group.end]:
            within = [p for p in usable if opened < p.start and p.end <= closed]
            if within and not any(opened < g.start < closed for g in groups if g is not group):
                # "$1.85/hr/GPU ($14.80/hr for 8xH100)": the same by the card
                within = [
                    *(
                        p
                        for p in usable
                        if p.unit.thing == "gpu"
                        and has_rate(p)
                        and not line.plain[p.end : opened].strip()
                        and p.end <= opened
                    ),
                    *within,
                ]
                for other in groups:
                    other.prices = [p for p in other.prices if not any(p is q for q in within)]
                group.prices = within
            elif within:
                group.prices = [p for p in group.prices if p in within]
    for group in groups:
        # "BI-V100 0.95元/卡时；登临 面议": on request is the next thing's price
        group.prices = [
            p
            for p in group.prices
            if p.value is not None
            or not any(
                q.value is not None
                and q.end <= p.start
                and re.search(r"[；;。]", line.plain[q.end : p.start])
                for q in group.prices
            )
        ]
    for group in groups:
        group.prices = _without_others(line, group)
    _share_units(groups, usable, line)
    for group in groups:
        group.prices = _same_period(group.prices)
    for group in groups:
        group.prices = [
            p
            for p in group.prices
            if not p.is_old and (p.has_evidence or p.value is None or _bare_counts(line, p, said, page))
        ]
    return groups


_OTHER_THING = re.compile(
    r"昇腾|海光|寒武纪|沐曦|摩尔线程|天数|燧原|昆仑芯|壁仞|国产(?:卡|芯片|算力)|\bTPUs?\b|\bTrainium|\bserverless\sinference",
    re.IGNORECASE,
)


def _without_others(line: Line, group: Group) -> list[Price]:
    """Leaves out a later price behind the name of another maker or service that names no chip ("H800 约8万元/P/年，昇腾集群约
    6万元/P/年"), and says on request once only."""
    kept: list[Price] = []
    for price in group.prices:
        last = kept[-1] if kept else None
        if last is not None and last.end <= price.start:
            if (
                last.unit.thing == "gpu"
                and price.unit.thing is None
                and last.value
                and price.value
                and price.value > 16 * last.value
                and line.plain[last.end : price.start].strip(" *") == "="
            ):
                continue  # "512 H100s at $2.50/GPU-hr = $1,280/hr"
            if _OTHER_THING.search(line.blanked[last.end : price.start]):
                break
            if last.value is None and price.value is None:
                continue
        kept.append(price)
    return kept


def _belongs(line: Line, group: Group, match: ChipMatch) -> bool:
    """Whether a name goes on the names before it: the same chip again, a list, a choice, or the server around it. Other
    words in between ("A100、H100 出租，A100 3.5万") start a new item."""
    last = group.matches[-1]
    if match.family != last.family and _NEW_SENTENCE.search(line.plain[last.end : match.start]):
        return False
    special = match.is_instance or last.is_instance or match.family is None or last.family is None
    if special or match.family == last.family or {match.family, last.family} & chips.SERVERS:
        return True
    between = line.plain[last.end : match.start]
    return len(between.strip()) <= 4 or _CHOICE.search(between) is not None


def _has_price_between(line: Line, start: int, end: int) -> bool:
    return any(start <= p.start < end for p in line.prices)


def _usable(line: Line, said: Unit, page: Page) -> list[Price]:
    """Prices with evidence, and bare numbers that may get a unit from the list's last item or from above."""
    prices = _going_on(line, _without_conversions(line, _without_repeats(line.prices)))
    listed = [p for p in prices if p.has_evidence]
    bare_ok = bool(listed and not listed[-1].unit.says_nothing and len(line.chips) > 1)
    return [
        p
        for p in prices
        if p.has_evidence
        or (
            not _FIELD_VALUE.search(line.masked[: p.start])
            and bare_ok
            and p.end <= listed[-1].start
            and BEHIND_CHIP.search(line.masked[: p.start])
        )
        or _bare_counts(line, p, said, page)
    ]


def _going_on(line: Line, prices: list[Price]) -> list[Price]:
    """Numbers that go on the price before them: for another size of node ("单卡月租 900，八卡 6900"), by the same period,
    or for another term ("18.8元/卡时；1个月：15.6；6个月：13.2"), by the same unit: no term costs less than a third."""
    result: list[Price] = []
    for price in prices:
        last, value = result[-1] if result else None, price.value
        period = last and last.value and (last.unit.period or last.hint.period)
        if period and last is not None and last.value and value and price.unit.says_nothing:
            between = slice(last.end, price.start)
            if not price.has_evidence and _NODE_LEAD.fullmatch(line.masked[between]):
                price = replace(price, hint=replace(price.hint, period=period), has_evidence=True)
            elif _TERM_LEAD.fullmatch(line.plain[between]) and 0.3 <= value / last.value <= 1.15:
                unit = replace(last.unit, currency=price.unit.currency or last.unit.currency)
                price = replace(price, unit=unit, hint=last.hint, has_evidence=True)
        result.append(price)
    return result


def _bare_counts(line: Line, price: Price, said: Unit, page: Page) -> bool:
    """A bare number is a price only under a unit given above, right behind the chip or a colon or dash."""
    if price.value is None or (said.says_nothing and page.options.unit is None):
        return False
    if _FIELD_VALUE.search(line.masked[: price.start]):
        return False
    if _COLUMNS.fullmatch(line.masked.strip()):
        return True
    if (
        price.value >= 10
        and _ALONE[0].search(line.masked[: price.start])
        and _ALONE[1].match(line.masked[price.end :])
    ):
        return True
    at_line_end = "\n" in line.text and re.match(r"\s*(?:\n|$)", line.masked[price.end :]) is not None
    return at_line_end or BEHIND_CHIP.search(line.masked[: price.start]) is not None


def _share_units(groups: list[Group], usable: list[Price], line: Line) -> None:
    """Items without a unit take it from the last item of the list, with its 万 where the number is bare."""
    donors = [p for p in reversed(usable) if not p.unit.says_nothing] or [
        p for p in usable if p.hint.period is not None
    ]
    if not donors:
        return
    for group in groups:
        for at, price in enumerate(group.prices):
            donor = _of_like_size(price, donors)
            shared = donor.unit if not donor.unit.says_nothing else donor.hint
            if (
                price is donor
                or price.value is None
                or not (price.unit.says_nothing and price.hint.says_nothing)
            ):
                continue
            lead = re.split(r"[.;。；]\s|\n", line.plain[max(0, price.start - 60) : price.start])[-1]
            if words.nearest_kind(line.plain[max(0, price.start - 8) : price.start]) == "purchase":
                continue  # "售价 89万元；租赁版 2.4万元/月"
            if at and re.search(r"\|\s*~\s?$", line.plain[max(0, price.start - 6) : price.start]):
                # "4090 ¥2.5/hr | ≈ ¥0.7": what it comes to, in a cell of its own
                group.prices[at] = replace(price, is_total=True)
                continue
            if _BILL_LEAD.search(lead):
                continue  # "one run (download and score) ~$1.50" is no rate
            if price.is_total or re.search(r"[kK]\s*$", price.text):
                continue  # "$500K" beside "$1.49/hour" is no rate
            if (
                not price.has_evidence
                and price.value
                and donor.value
                and not donor.is_wan
                and not 1e-3 <= price.value / donor.value <= 1e3
            ):
                continue
            # near the donor's own chip a larger sum is a bill: "about $90 on H100s at $2.99/h"
            most = 10 if any(p is donor for p in group.prices) else 50
            if price.has_evidence and donor.value and not 0.02 <= price.value / donor.value <= most:
                if (period := _multiple(price, donor)) is not None:
                    # "the hourly price is $0.60 ($0.01/minute)"
                    own = replace(shared, period=period, currency=price.unit.currency)
                    group.prices[at] = replace(price, unit=own)
                elif price.value > donor.value:
                    group.prices[at] = replace(price, is_total=True)
                continue  # nor is a bill of "$1,000" beside "$35/hour"
            scaled = price
            if not price.has_evidence and donor.is_wan and price.value < 100:
                scaled = replace(
                    price,
                    value=price.value * 1e4,
                    value_max=price.value_max * 1e4 if price.value_max else None,
                    is_wan=True,
                )
            currency = scaled.unit.currency or donor.unit.currency
            group.prices[at] = replace(scaled, unit=replace(shared, currency=currency), has_evidence=True)


def _of_like_size(price: Price, donors: list[Price]) -> Price:
    """The last price with a unit; where that is far off, the last of the price's own size: behind "¥700/月 ≈ ¥0.96/h" an
    amount of ¥650 is a month's."""

    def ratio(donor: Price) -> float:
        return price.value / donor.value if price.value and donor.value else 0.0

    if price.unit.currency is None or 0.02 <= ratio(donors[0]) <= 10:
        return donors[0]
    return next((d for d in donors if 0.4 <= ratio(d) <= 2.5), donors[0])


def _multiple(price: Price, donor: Price) -> units.Period | None:
    """The period a price is by if it is the donor's own by a longer one, to the rounding: $0.60 beside $0.01/minute."""
    if not price.value or not donor.value or donor.unit.period is None:
        return None
    hours = units.HOURS[donor.unit.period] * price.value / donor.value
    return next((p for p, length in units.HOURS.items() if 0.98 <= hours / length <= 1.02), None)


def _same_period(prices: list[Price]) -> list[Price]:
    """In "包月 7.4-7.8万元/台，均价 7.6万元/台" the second is by the month too: near the price before it, of the same thing."""
    result: list[Price] = []
    for price in prices:
        last = result[-1] if result else None
        if (
            last is not None
            and price.unit.thing is not None
            and (price.unit.period or price.hint.period) is None
            and (last.unit.thing or price.unit.thing) == price.unit.thing
            and (period := last.unit.period or last.hint.period)
            and last.value
            and price.value
            and 0.5 <= price.value / last.value <= 2
        ):
            price = replace(price, hint=replace(price.hint, period=period))
        elif (
            last is not None
            and price.unit.thing == "gpu"
            and (price.unit.period or price.hint.period) is None
            and last.unit.thing is None
            and (period := last.unit.period)
            and last.value
            and price.value
            and price.value < last.value
            and price.unit.currency == last.unit.currency
        ):
            # "$0.72/hr total, $0.18 per GPU"
            price = replace(price, hint=replace(price.hint, period=period))
        result.append(price)
    return result


def boundary(line: Line, left: Group, right: Group) -> int:
    """Where the words of one item end and the next begin."""
    last = max([p.end for p in left.prices if p.end <= right.start] + [left.end])
    between = [m.end() for m in _SEPARATOR.finditer(line.plain, last, right.start)]
    return between[-1] if between else last


def _without_repeats(prices: list[Price]) -> list[Price]:
    """ "$0.29 /hr" with "price: 0.29" below is one price: a repeat that says less is left out."""
    kept: list[Price] = []
    for price in prices:
        if price.value is not None and any(
            k.value == price.value and k.value_max == price.value_max and k.tier == price.tier for k in kept
        ):
            if price.unit.says_nothing and price.hint.says_nothing:
                continue
            kept = [
                k
                for k in kept
                if not (k.value == price.value and k.unit.says_nothing and k.hint.says_nothing)
            ]
        if (
            kept
            and price.value
            and (last := kept[-1]).value
            and price.unit.says_nothing
            and last.unit.says_nothing
            and abs(price.value / last.value / 3600 - 1) < 0.02
        ):
            # "$0.0014 ($5.04)": by the second and by the hour
            kept.pop()
            price = replace(price, hint=replace(price.hint.filled(last.hint), period="hour"))
        kept.append(price)
    return kept


def _without_conversions(line: Line, prices: list[Price]) -> list[Price]:
    """Leaves out what only says the price before it again: "≈ ¥2.41/h" behind "$0.34/h", in another currency,
    and "≈ ¥12/day" behind "¥1.5/h", what a part of the day comes to."""
    kept: list[Price] = []
    for price in prices:
        last = kept[-1] if kept else None
        if last is not None and _is_said_again(line, last, price):
            if last.unit.currency != price.unit.currency:
                # "$0.12 (≈¥0.81/h)": the unit may stand in the bracket only
                said = replace(price.unit, currency=None)
                kept[-1] = replace(last, unit=last.unit.filled(said))
            continue
        kept.append(price)
    return kept


def _is_said_again(line: Line, last: Price, price: Price) -> bool:
    between = line.plain[last.end : price.start]
    if not last.value or not price.value:
        return False
    period, earlier = price.unit.period, last.unit.period
    if {last.unit.currency, price.unit.currency} == {"CNY", "USD"}:
        if _CONVERTED.fullmatch(between) and period is not None:
            return True
        high, low = (price, last) if price.unit.currency == "CNY" else (last, price)
        same = 5.5 <= (high.value or 0) / (low.value or 1) <= 8.5 and (
            None in (period, earlier) or period == earlier
        )
        return same and _IN_OTHER_MONEY.fullmatch(between) is not None
    if last.unit.currency != price.unit.currency or period is None or period == earlier or earlier != "hour":
        return False
    share = price.value / units.HOURS[period] / last.value
    return _COMES_TO.fullmatch(between) is not None and share < 0.9


def listed(text: str) -> list[ChipMatch]:
    """The chips of a text that lists several at one price ("A100、A800"); empty where it does not."""
    line = line_of(text, 0, len(text))
    return separately_listed(line, line.chips)


def separately_listed(line: Line, matches: list[ChipMatch]) -> list[ChipMatch]:
    """Chips of different families joined by 、 or "and", each meant; a slash or "or" leaves open which."""
    named = [
        m for m in matches if m.family is not None and not m.is_instance and m.family not in chips.SERVERS
    ]
    if len(named) < 2 or len({m.family for m in named}) < len(named) or any(m.ambiguous for m in named):
        return []
    joined = all(_LISTED.fullmatch(line.plain[a.end : b.start]) for a, b in itertools.pairwise(named))
    return named if joined else []


def one_chip(line: Line, matches: list[ChipMatch]) -> ChipMatch:
    """The chip a group names: the fullest of several names of one family; two families share a price and name none."""
    named = [m for m in matches if m.family is not None]
    explicit = [m for m in named if not m.is_instance] or named
    explicit = [m for m in explicit if m.family not in chips.SERVERS] or explicit
    families = {m.family for m in explicit}
    if not explicit:
        return matches[0]
    if len(families) > 1:
        first, last = explicit[0], explicit[-1]
        return ChipMatch(
            None,
            None,
            line.text[first.start : last.end],
            first.start,
            last.end,
            ambiguous=True,
            chips=first.chips,
        )
    best = max(
        explicit, key=lambda m: (m.chip_id is not None, m.memory_gib is not None, m.form_factor is not None)
    )
    return replace(
        best,
        chips=next((m.chips for m in [*explicit, *named] if m.chips), None),
        fraction=next((m.fraction for m in explicit if m.fraction), None)
        or (
            0.0
            if len(named) < len(matches) and any("vgpu" in m.chip_text.casefold() for m in matches)
            else None
        ),
    )
