"""Offer lines in running text: one line may name one chip, a list of chips with a price each, or only set the scene.

Context that carries over: a heading's unit, kind, region and tax until the next heading; a chip's name on its own line
over the price lines below it; the unit of a list's last item over the items before it.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from scrapers.extract.offers import items, units, words
from scrapers.extract.offers import prices as money
from scrapers.extract.offers.page import Listing, Page
from scrapers.extract.offers.prices import Price
from scrapers.extract.offers.units import Unit
from scrapers.issues import Issue
from scrapers.lexicon.chips import ChipMatch
from scrapers.records import Ground, Offer, OfferKind

_MAX_BLOCK = 8
_HEADING = re.compile(
    r"^\s*(?:#{1,6}\s|【[^】]*】\s*$|[一二三四五六七八九十]+[、.]|\(?[一二三四五六七八九十]\)|\*\*[^*]+\*\*\s*$)|[:：]\s*$"
)
_UNIT_LINE = re.compile(
    r"单位|元/|万/|\$/|USD|价格|报价|单价|租金|GPU小时|每卡|每台|/卡|/台|/月|/时|卡时|GPU[\s-]?hour|per\s|price|rate|hourly|monthly|yearly|月租|包[月年天]",
    re.IGNORECASE,
)
_CONTINUES = re.compile(
    r"^\s*(?:[-*·]\s*)?(?:包[月年天日]|按[月年天日需量时小]|[月年日时]租|[月年日]付|会员|原价|现价|优惠|竞价|抢占|on[\s\-]?demand|spot|reserved|monthly|hourly|¥|￥|\$)",
    re.IGNORECASE,
)
_UNFINISHED = re.compile(r"[,，、]\s*$")
_NOT_A_PRICE_OF_CHIPS = re.compile(
    r"存储|硬盘|带宽|流量|CPU|内存|快照|IP|storage|disk|bandwidth|egress|memory", re.IGNORECASE
)
_CURRENCY_FIELD = re.compile(r"\bcurrency\W{1,4}(USD|CNY|EUR|HKD)\b")
_FIELD = re.compile(r"\s*(?:[一二三四五六七八九十]{1,2}、|\d{1,2}[.、])?[\w一-鿿]{1,20}\s?[:：]")
_UNIT_FIELD = re.compile(
    rf"(?:(?:单位|计费周期|\bunit|\b(?:billing_)?period)\s*[:：]\s*|\|\s*(?={units.ALONE.pattern}\|))(.+?)(?=\s\w+:\s|\s?\||\n|$)",
    re.IGNORECASE,
)
"""A unit named as such, or alone in a cell ("| 元/h |")."""
_SAID_LAST = re.compile(
    r"[,，。;；(\n\s]\s?(?:以上)?(?:价格?|报价|单位)?\s?(?:都是|均为|都为|均是|全是|都按|均按|单位[是为]?)\s?((?:8\s?卡)?[^,，。;；:()\d\ue000]{1,14})[)。!]?\s*$"
)
"""What closes a list: "都是月租", "单位都是台/月"."""
_TAX_NOTE = re.compile(r"\s?\([^()]{0,3}税[^()]{0,3}\)")
_NODES_BEHIND = re.compile(
    r"[^,.;$¥\d]{0,24}?\b(\d{1,2})\s?[x*]\s(?:systems?|nodes?|servers?|instances?)\b", re.IGNORECASE
)
"""Behind a price: "$18/hour on CoreWeave 8x systems"."""
_LOT = re.compile(
    r"(?<!\d)(\d{1,5})\s?(?:([台套])|[张卡])[)）]?[^，,。;；\d]{0,6}[,，]?\s?(?:打包|一起|全包|整体)"
)
"""A lot at one price: "32台打包价 220万/月", "1024卡整体出租"."""
_IN_TURN = re.compile(r"\brespectively\b|分别|依次", re.IGNORECASE)
_ITEM = re.compile(r"\s*(?:[-*·•|]|\d{1,2}[.)、]|[A-Z][\w .&'\-]{1,30}[:：])\s?")
_BARE_BRACKET = re.compile(r"\s?\(\s?[~约=]?\s?")
_UNIT_PRICE = re.compile(r"[\s>*\-]*(?:GPU\s?)?(?:单价|unit\sprice)\s?[:：]", re.IGNORECASE)
_USAGE = re.compile(r"\d[\d,]*\s?(?:GPU|card)[\s\-]?hours|\d[\d,]*\s?(?:GPU\s?)?卡时(?!费)", re.IGNORECASE)


@dataclass(slots=True)
class _Scene:
    """What headings have said so far."""

    unit: Unit = field(default_factory=Unit)
    kind: OfferKind | None = None
    region: str | None = None
    seller: str | None = None
    is_tax_included: bool | None = None
    cards: int | None = None
    is_server: bool = False
    is_usage: bool = False
    """Prices by the month below are bills for some hours of use."""


def read(page: Page, text: str, skip: list[tuple[int, int]] | None = None) -> Iterator[Offer | Issue]:
    """Offers of every line of a text. `skip` lists spans already read elsewhere (tables)."""
    scene = _Scene()
    topic: ChipMatch | None = None
    lines = _unwrapped(text, [line for line in _lines(text) if not _covered(line, skip or [])])
    index = 0
    while index < len(lines):
        line = lines[index]
        if not line.text.strip():
            index += 1
            continue
        if not line.chips and (last := _card(lines, index)):
            yield from _block(page, items.line_of(text, line.start, lines[last].end), scene)
            index = last + 1
            continue
        if not line.chips:
            is_heading = _HEADING.search(line.text) is not None
            if is_heading:
                topic = None
            if not line.prices or is_heading:
                _set_scene(scene, line, is_apart=index == 0 or not lines[index - 1].text.strip())
            elif topic is not None and _ITEM.match(line.text) and any(items.has_rate(p) for p in line.prices):
                # "NVIDIA H100 pricing:" over "- Vast: $2.95/hour", other lines in between
                yield from _block(page, replace(line, chips=[replace(topic, start=0, end=0)]), scene)
            index += 1
            continue
        if not line.prices and _HEADING.search(line.text):
            named = {m.family for m in line.chips if m.family is not None}
            topic = items.one_chip(line, line.chips) if len(named) == 1 else None
        last = index
        has_price = any(_counts(p, scene, page) for p in line.prices)
        # "## H100 整机（万元/台/月）": a title that names chip and unit over bare numbers.
        titled = (
            not has_price
            and _UNIT_LINE.search(line.plain) is not None
            and not units.header(line.text).says_nothing
        )
        # "$/GPU/hr: H100 3.29, L40S 0.99": the list has its prices.
        has_price |= len(line.chips) > 1 and any(
            items.BEHIND_CHIP.search(line.masked[: p.start]) for p in line.prices
        )
        for ahead in range(index + 1, min(index + _MAX_BLOCK, len(lines))):
            below = lines[ahead]
            if not below.text.strip() or below.chips:
                break
            if _BRACKETS_ONLY.fullmatch(below.text):
                continue
            if re.match(r"\s*#{1,6}\s", below.text) and not any(map(items.has_rate, below.prices)):
                break
            is_price = any(_counts(p, scene, page) or titled for p in below.prices)
            if is_price and _NOT_A_PRICE_OF_CHIPS.search(below.text):
                break
            if not has_price and is_price:
                has_price, last = True, ahead
            elif has_price:
                goes_on = (last > index and (is_price or words.stock(below.plain) is not None)) or (
                    is_price and _CONTINUES.match(below.text) is not None
                )
                # "RunPod $1.99,⏎Lambda $3.99": the sentence goes on.
                goes_on |= is_price and ahead == last + 1 and _UNFINISHED.search(lines[last].text) is not None
                if goes_on or (last > index and _UNIT_FIELD.search(below.text)):
                    last = ahead
                elif not (last > index and _FIELD.match(below.text)):
                    break
        block = line if last == index else items.line_of(text, line.start, lines[last].end)
        title = units.header(line.text) if titled else Unit()
        yield from _block(page, block, replace(scene, unit=title.filled_with_scale(scene.unit)))
        index = last + 1


def _card(lines: list[items.Line], first: int) -> int | None:
    """The last line of a product's card that begins at a line, null where none does: fields one below the other, the one
    that names the chip below the one that gives the price."""
    if not _FIELD.match(lines[first].text):
        return None
    last = first
    while last + 1 < len(lines) and last - first < _MAX_CARD and _FIELD.match(lines[last + 1].text):
        last += 1
    card = lines[first : last + 1]
    named = [n for n, line in enumerate(card) if line.chips]
    priced = [n for n, line in enumerate(card) if any(items.has_rate(p) for p in line.prices)]
    # "三、中标价：13.9万元/台/月" over "四、主要标的：8卡H200"
    return last if len(named) == 1 and priced and max(priced) < named[0] else None


_MAX_CARD = 16
_BRACKETS_ONLY = re.compile(r"[\s{}\[\](),;]+")
_OPENING_PRICE = re.compile(r"\s*[~约]?\s?[¥$]\s?\d")
_CODE = re.compile(r"[{}\[\]\"`]")


def _unwrapped(text: str, lines: list[items.Line]) -> list[items.Line]:
    """Lines that a fixed width broke in two put together: between a chip and its price, or within a list of chips under
    a unit said before it."""
    whole: list[items.Line] = []
    for line in lines:
        last = whole[-1] if whole else None
        if last is not None and last.chips and last.end + 1 == line.start and _goes_on(last, line):
            whole[-1] = items.line_of(text, last.start, line.end)
        else:
            whole.append(line)
    return whole


def _goes_on(line: items.Line, below: items.Line) -> bool:
    if _CODE.search(line.text) or "|" in line.text:
        return False
    lead = line.text[: line.chips[0].start]
    if not lead.strip():
        return False
    if line.chips[-1].end == len(line.text.rstrip()):
        return _OPENING_PRICE.match(below.plain) is not None and len(below.chips) > 0
    return bool(
        below.chips
        and line.prices
        and _UNFINISHED.search(line.text)
        and not _ITEM.match(below.text)
        and not units.header(lead).says_nothing
        and units.header(lead).thing is not None
    )


def _counts(price: Price, scene: _Scene, page: Page) -> bool:
    return price.has_evidence or not scene.unit.says_nothing or page.options.unit is not None


def _lines(text: str) -> Iterator[items.Line]:
    at = 0
    for raw in text.split("\n"):
        yield items.line_of(text, at, at + len(raw))
        at += len(raw) + 1


def _covered(line: items.Line, skip: list[tuple[int, int]]) -> bool:
    return any(s <= line.start and line.end <= e for s, e in skip)


def _set_scene(scene: _Scene, line: items.Line, *, is_apart: bool) -> None:
    """A line without chip and price: a heading or a note on what follows. `is_apart` says that a blank line stands above:
    then a few words are a title, whose kind ends that of the title before."""
    is_heading = _HEADING.search(line.text) is not None or len(line.text.strip()) <= 40
    if not is_heading:
        return
    unit = units.header(line.text) if _UNIT_LINE.search(line.plain) else Unit()
    starts_over = re.match(r"\s*(?:#{1,6}\s|【|[一二三四五六七八九十]+[、.]|\*\*)", line.text) is not None
    if starts_over:
        scene.kind = scene.region = scene.seller = None
        scene.cards, scene.is_server, scene.is_usage = None, False, False
    elif is_apart and not re.search(r"[，,。；;\d]", line.text):
        scene.kind = None
    if not unit.says_nothing or (unit.currency and scene.unit.says_nothing):
        scene.unit = unit
    kind = words.kind(line.plain)
    if _USAGE.search(line.plain):
        # "For 1,000 GPU hours a month, compute costs:" heads bills, not rates.
        kind, scene.unit = kind or "estimate", Unit()
    if kind is not None:
        scene.kind = kind
    is_usage = words.SOME_HOURS.search(line.plain) is not None
    scene.is_usage = is_usage or (scene.is_usage and not _HEADING.search(line.text))
    scene.region = words.region(line.plain) or scene.region
    scene.seller = words.seller(line.plain) or scene.seller
    tax = words.tax_included(line.plain)
    scene.is_tax_included = tax if tax is not None else scene.is_tax_included
    if starts_over or _HEADING.search(line.text) or not re.search(r"[，,。]", line.text):
        # a title, not a remark ("有香港节点，下载方便")
        node = words.node(line.blanked)
        scene.cards = node.cards or scene.cards
        scene.is_server = node.is_server or scene.is_server


def _block(page: Page, line: items.Line, scene: _Scene) -> Iterator[Offer | Issue]:
    for said_below in _UNIT_FIELD.findall(line.text):
        scene = replace(scene, unit=units.header(said_below).filled_with_scale(scene.unit))
    if scene.unit.currency is None and (code := _CURRENCY_FIELD.search(line.text)):
        scene = replace(scene, unit=replace(scene.unit, currency=code[1]))
    if (said_last := _SAID_LAST.search(line.plain)) and (
        not (unit := units.header(said_last[1])).says_nothing or unit.scale != 1.0
    ):
        scene = replace(scene, unit=unit.filled_with_scale(scene.unit))
    lead = line.text[: line.chips[0].start]
    if (
        len(line.chips) > 1
        and _UNIT_LINE.search(lead)
        and (not line.prices or line.prices[0].start > len(lead))
    ):
        # "报价（8卡整机月租）：H200 9万，H100 7.5万": said once for the whole list.
        said, node = units.header(lead), words.node(units.plain(lead))
        scene = replace(
            scene,
            unit=said.filled_with_scale(scene.unit),
            cards=node.cards or scene.cards,
            is_server=node.is_server or scene.is_server,
        )
    groups = items.groups_of(line, scene.unit, page)
    if not groups:
        return
    line = _without_bill(line, groups)
    used = [p.start for g in groups for p in g.prices]
    opening = line.masked[: min(used or [len(line.masked)])]
    if any(p.end <= len(opening) for p in line.prices):
        opening = re.split(r"[。；;]", opening)[
            -1
        ]  # the sentence before has a price, and a subject, of its own
    for number, group in enumerate(groups):
        start = 0 if number == 0 else items.boundary(line, groups[number - 1], group)
        end = len(line.text) if number + 1 == len(groups) else items.boundary(line, group, groups[number + 1])
        yield from _group(page, line, scene, group, start, end, opening, len(groups))


_BILL_HEAD = re.compile(
    r"(?:(?<!免)费|成本|开销|开支|账单|预算)[^，,。;；\n]{0,24}$|\b(?:costs?|budget)\b[^.,;\n]{0,16}$",
    re.IGNORECASE,
)
"""What stands before a bracket that holds the rate of a bill: "预估费用：30 元（按 RTX 4090 ¥2/h）"."""


def _without_bill(line: items.Line, groups: list[items.Group]) -> items.Line:
    """In "estimated total ≈ ¥10 (RTX 4090 ¥2.50/hr)" what stands before the bracket types the sum, not the rate in it, and
    in "成本记录（RTX 4090 ¥2.5/h）" the bill."""
    start = min([g.start for g in groups] + [p.start for g in groups for p in g.prices])
    end = max([g.end for g in groups] + [p.end for g in groups for p in g.prices])
    opened = line.plain.rfind("(", 0, start)
    if opened < 0 or ")" in line.plain[opened:end]:
        return line
    is_rate = any(items.has_rate(p) for g in groups for p in g.prices)
    if not any(p.end <= opened for p in line.prices) and not (
        is_rate and _BILL_HEAD.search(line.plain, 0, opened)
    ):
        return line
    return replace(line, masked=" " * opened + line.masked[opened:])


def _group(
    page: Page,
    line: items.Line,
    scene: _Scene,
    group: items.Group,
    start: int,
    end: int,
    opening: str,
    groups: int,
) -> Iterator[Offer | Issue]:
    several = items.separately_listed(line, group.matches)
    if len(several) > 1 and group.prices:
        if len(several) == len(group.prices) and _IN_TURN.search(line.plain):
            # "H100, A100: $2.40/hr, $1.20/hr respectively"
            for match, price in zip(several, group.prices, strict=True):
                one = items.Group([match], [price])
                yield from _group(page, line, scene, one, start, end, opening, groups)
            return
        # "A100、A800 2.00元/卡时": the price of each of them; a range over several leaves open which end is whose.
        if all(p.value_max is not None for p in group.prices):
            yield page.issue(
                "ambiguous-chip",
                f"one range for several chips: {group.prices[0].text}",
                f"chars {line.start}-{line.end}",
            )
            return
        for match in several:
            yield from _group(
                page, line, scene, items.Group([match], group.prices), start, end, opening, groups
            )
        return
    chip = items.one_chip(line, group.matches)
    if not chip.fraction and (part := words.slice_of_card(line.plain[start:end])):
        chip = replace(chip, fraction=part)
    segment = line.plain[start:end]
    node = words.node(line.blanked[start:end])
    whole = words.node(line.blanked) if groups > 1 else node
    cards = (chip.chips if chip.chips is not None else None) or node.cards
    if cards is None and not node.is_single:
        cards = scene.cards
    stock = words.stock(segment, line.plain[group.end : group.end + 12])
    issues = []
    if unclear := words.unclear_discount(segment):
        issues.append(
            page.issue(
                "unclear-discount", f"pay that share or save it? {unclear}", f"chars {line.start}-{line.end}"
            )
        )
    if not group.prices and stock is None:
        return
    if (lot := _LOT.search(line.blanked[start:end])) and any(
        p.unit.thing is None and p.unit.period for p in group.prices
    ):
        cards = int(lot[1]) * ((cards or page.options.cards_per_server) if lot[2] else 1)
    own = line.text[start:end]
    lead_blank = len(own) - len(own.lstrip())
    tail_blank = len(own) - len(own.rstrip())
    ground_start = line.start + start + lead_blank
    ground_end = line.start + end - tail_blank
    base = Listing(
        chip=chip,
        chip_text=chip.chip_text,
        cards=cards,
        is_server=node.is_server
        or "裸金属" in chip.chip_text
        or (whole.is_server and "均" in line.plain)
        or (scene.is_server and not node.is_single),
        is_single=node.is_single,
        seller=words.seller(line.plain) or scene.seller,
        region=words.region(segment) or (words.region(line.plain) if groups > 1 else None) or scene.region,
        term=None,
        is_tax_included=_first(
            words.tax_included(segment), words.tax_included(line.plain), scene.is_tax_included
        ),
        stock=stock,
        is_rent=words.is_rent(line.plain),
        is_prose=True,
        ground=Ground(
            quote=line.text[start + lead_blank : end - tail_blank],
            start=ground_start,
            end=ground_end,
            locator=f"chars {ground_start}-{ground_end}",
        ),
    )
    listed = _with_discount(
        segment,
        [
            _in_yuan(_scaled(p, scene.unit), line, scene.unit.currency or page.options.currency)
            for p in money.per_month_paid_by_year(group.prices)
        ],
    )
    if len(listed) == 1 and (listed[0].unit.period or listed[0].hint.period) is None:
        # "8卡，按年租，42万/台": said in a clause of its own
        said_before = units.before(segment[: max(0, listed[0].start - start)], is_weak=False).period
        listed = [replace(listed[0], hint=replace(listed[0].hint, period=said_before))]
    if not listed:
        base.kind = words.kind(line.plain) or scene.kind
        base.term = words.term(segment)
        yield from page.offers(base, [], scene.unit, issues)
        return
    previous = start
    said = (base.cards, base.is_single, base.is_server)
    for number, price in enumerate(listed):
        following = listed[number + 1].start if number + 1 < len(listed) else end
        listing = replace(base)
        lead = line.masked[previous : price.start]
        tail = line.masked[price.end : max(price.end, following)] if number + 1 == len(listed) else ""
        listing.kind = _kind(line, scene, opening, lead, tail, price, len(listed) + groups)
        listing.term = words.term(
            f"{lead} {price.text} {tail if number + 1 == len(listed) else ''}"
        ) or words.term(segment)
        if number or len(listed) > 1:
            # "（含税）" behind a price is of that price
            note = _TAX_NOTE.match(line.plain, price.end)
            listing.is_tax_included = _first(
                words.tax_included(note[0]) if note else None,
                words.tax_included(_TAX_NOTE.sub("", lead, count=1) if number else lead),
                base.is_tax_included,
            )
        between = line.plain[previous : price.start]
        same_row = number and "\n" in segment and "\n" not in between
        if (number and _BARE_BRACKET.fullmatch(between)) or (
            same_row and not words.node(between).says_anything
        ):
            # "单卡 $0.18/h（$30/周）": the same thing by another period
            listing.cards, listing.is_single, listing.is_server = said
        elif len(listed) > 1:
            near = words.node(f"{line.blanked[previous : price.start]}")
            listing.cards = 1 if near.is_single else near.cards or listing.cards
            listing.is_single = near.is_single or (
                base.is_single and base.cards in (None, 1) and not (near.is_server or near.cards)
            )
            listing.is_server = near.is_server or (base.is_server and not near.is_single)
            if price.unit.thing is None and (
                behind := _NODES_BEHIND.match(line.plain, price.end, max(price.end, following))
            ):
                listing.cards, listing.is_single = int(behind[1]), False
        if base.chip is not None and base.chip.fraction is not None:
            before = line.plain[previous : price.start]
            if words.WHOLE_CARD.search(before):
                listing.chip = replace(base.chip, fraction=None)
            elif part := words.slice_of_card(before):
                listing.chip = replace(base.chip, fraction=part)
        said = (listing.cards, listing.is_single, listing.is_server)
        previous = max(previous, price.end)
        yield from page.offers(listing, [price], scene.unit, issues if number == 0 else None)


def _kind(
    line: items.Line, scene: _Scene, opening: str, lead: str, tail: str, price: Price, number: int
) -> OfferKind | None:
    if words.kind(line.masked) == "mock" or scene.kind == "mock":
        return "mock"
    if words.is_rejected(line.masked):
        return "estimate"
    if scene.kind == "estimate" and _UNIT_PRICE.match(line.plain):
        scene = replace(scene, kind=None)  # what a reckoning starts from
    if (price.unit.period or price.hint.period) in ("month", "year") and (
        scene.is_usage or words.SOME_HOURS.search(line.plain)
    ):
        return "estimate"  # what some hours of use come to
    found = _named_kind(line, scene, opening, lead, tail, price, number)
    if found == "index" and words.kind(line.masked) == "estimate":
        return "estimate"
    if found == "purchase" and (price.unit.period or price.hint.period):
        # A price by the month is rent, whatever else the line talks about.
        return scene.kind if scene.kind != "purchase" else None
    if found in (None, "ask") and _RECKONED.search(line.masked, price.end):
        return "estimate"
    return found


_RECKONED = re.compile(
    r"(?:测算|推算|核算|折旧法|计算)[^。；;\n\uE000]{0,24}?(?:率|利润|回报|收益|成本|亏损|毛利|回本|现金流)|(?:毛利|净利|回报|收益|利润)率[^。；;\n\uE000]{0,12}(?:测算|推算)"
)
"""What is worked out from a rent ("月租 6 万，据此测算净利率 30%"): the rent is a thought one."""


def _named_kind(
    line: items.Line, scene: _Scene, opening: str, lead: str, tail: str, price: Price, number: int
) -> OfferKind | None:
    if number <= 2:
        return words.kind(line.masked) or scene.kind
    bracket = re.match(r"\s?[(（]([^()（）]{1,16})[)）]", line.masked[price.end : price.end + 18])
    behind = re.match(r"\s?[^，。;；,、()（）\d\s]{1,6}", line.masked[price.end :])
    if behind and price.unit.period is None and words.nearest_kind(behind[0]) == "purchase":
        return "purchase"
    return (
        (words.nearest_kind(bracket[1]) if bracket else None)
        or words.nearest_kind(re.split(r"[。；;]", lead)[-1])
        or words.kind(tail)
        or words.kind(opening)
        or scene.kind
    )


_ON_CONDITION = re.compile(
    r"(?:首[月单年季周日次]|新用户|新客|认证)[^。；;\n]{0,8}折|包[月周天日]\s?(?:可|再|享|打|有)*\s?[\d.一二三四五六七八九]+\s?折|(?:预存|充值|储值|满\s?\d|以上|包年|年付|包季|季付|量大|批量|长租)[^。；;\n]{0,12}折"
)
"""A discount for those who pay in advance or take many."""


def _with_discount(segment: str, listed: list[Price]) -> list[Price]:
    """A list price with "9.5折" beside it is two prices: the list's and what is paid."""
    share = words.discount(segment)
    if share is None or not listed or _ON_CONDITION.search(segment):
        return listed
    if (
        re.search(
            r"折(?:后|扣后|价|优惠价)|[\d元时卡月]\s?\((?:限时)?[\d.一二三四五六七八九]{1,4}\s?折\)", segment
        )
        and len(listed) == 1
    ):
        return [replace(listed[0], tier=listed[0].tier or "discounted")]
    numbers = [p for p in listed if p.value is not None]
    if len(numbers) == 2 and numbers[0].value and numbers[1].value:
        high, low = max(numbers[0].value, numbers[1].value), min(numbers[0].value, numbers[1].value)
        if abs(low / high - share) < 0.02:
            return [
                replace(p, tier=p.tier or ("list" if p.value == high else "discounted"))
                if p.value is not None
                else p
                for p in listed
            ]
    if len(numbers) != 1 or numbers[0].tier in ("discounted", "member"):
        return listed
    price = numbers[0]
    words_before = re.search(
        r"(最高|低至|最低|起|部分|学生|会员)[^，,;；\d一二三四五六七八九]{0,4}(?:\d|[一二三四五六七八九])[\d.]*\s?折",
        segment,
    )
    if words_before and words_before[1] in ("最高", "低至", "最低", "部分"):
        return listed
    assert price.value is not None
    tier: money.Tier = "member" if words_before and words_before[1] == "会员" else "discounted"
    paid = replace(
        price,
        value=round(price.value * share, 6),
        value_max=round(price.value_max * share, 6) if price.value_max else None,
        tier=tier,
    )
    return [replace(price, tier="list"), paid]


def _in_yuan(price: Price, line: items.Line, said_above: str | None) -> Price:
    """A price without a currency in a Chinese line is in yuan, where no heading says otherwise."""
    if (
        price.value is None
        or price.unit.currency is not None
        or said_above is not None
        or not re.search(r"[一-鿿]", line.plain)
        or money.KANA.search(line.plain)
    ):
        return price
    return replace(price, unit=replace(price.unit, currency="CNY"))


def _scaled(price: Price, unit: Unit) -> Price:
    """A bare number under a heading that says 万元 is in 万."""
    if price.has_evidence or price.value is None or unit.scale == 1.0:
        return price
    return replace(
        price,
        value=round(price.value * unit.scale, 6),
        value_max=round(price.value_max * unit.scale, 6) if price.value_max is not None else None,
        is_wan=unit.scale == 1e4,
    )


def _first(*values: bool | None) -> bool | None:
    return next((v for v in values if v is not None), None)
