"""Which beneficiaries a number is for, where a programme pays some more than others.

A tier is named by the words right before a number (国产算力的按30%), by its place in an enumeration (国家级、省级 … 分别 300万元、
150万元), or by the subject of its frame. One programme that pays everybody the same has no tiers: its numbers are the general
terms, and so are those of the first subject where later ones are exceptions to it.
"""

import re
from collections.abc import Iterable
from dataclasses import replace

from scrapers.extract.policy.draft import Draft
from scrapers.text import scan
from scrapers.text.money import Amount

_CLASSES: tuple[re.Pattern[str], ...] = (
    re.compile(r"国家级?|省级?(?!内|市|委)|市级|区级"),
    re.compile(r"大型|中型|小型|微型"),
    re.compile(r"[A-Da-d]类"),
    re.compile(r"[A-Da-d]级"),
    re.compile(r"[一二三]类"),
    re.compile(r"第?[一二三]档"),
    re.compile(r"第[一二三四五]年|20\d\d年"),
    re.compile(r"非?国产|进口|其他"),
    re.compile(r"初创企业|中小微?企业|小微企业|大型企业|高校|科研院所|科研机构"),
    re.compile(r"训练|推理"),
)
_PLAIN = 7
"""The classes that need no 分别 to pair with numbers in order."""
_NORMAL = {"国家": "国家级", "省": "省级"}
_OWN = re.compile(
    r"(国家级|省级|市级|区级|大型|中型|小型|微型|[A-Da-d]类|[A-Da-d]级|[一二三]类|第?[一二三]档|第[一二三四五]年|非?国产|进口|其他)"
    r"(?:智能)?(?:企业|算力|单位|项目|芯片)?(?:设施)?(?:的)?(?:分别)?(?:按照?|给予|为|的比例|补贴)?$"
)
_NAMED = scan.Sought(
    r"初创(?:期)?(?:企业|团队)?|草创企业|一人公司|OPC(?!社区|政策|创业|生态)|中小微?企业|小微企业|链主企业|龙头企业|独角兽企业|瞪羚企业|小巨人|单项冠军|"
    r"(?:已|经|通过|完成|取得)[^,;]{0,24}?备案[^,;]{0,14}?(?:大?模型|算法)|备案[^,;的]{0,8}模型|(?:非|使用)?国产[^,;的]{0,6}(?:算力|芯片|智算)(?:设施)?|自主可控[^,;的]{0,6}(?:算力|芯片)|"
    r"(?<![、和及与])(?:高校|高等院校)(?:[、和及与]?(?:科研院所|科研机构))?|其他(?:算力)?(?:设施|企业|项目|单位)|重点企业|伙伴计划[^,;的]{0,4}|市区(?:协同|联动|叠加|两级)|叠加|新型研发机构|多模态[^,;的]{0,8}模型企业|[A-D]类",
    "[初草一O中小链龙独瞪单已经通完取备非使国自高其重伙市叠新多A-D]",
)
_LIST = re.compile(r"^\s?(?:[、和与及或]|以及)\s?(?:最高|不超过)?\s?$")
_STACKS = re.compile(r"叠加|合计")
_LABEL = 24


def of(text: str, start: int, figures: list[Amount], position: int) -> str | None:
    """The tier of the number at `position`; `start` is where its frame begins in the sentence."""
    run = enumerated(text, figures, position)
    figure = figures[position]
    if len(run) > 1:
        place = run.index(position)
        if _STACKS.search(text, max(start, figures[run[0]].start - 24), figures[run[0]].start):
            return "叠加"
        between = text[figures[run[0]].end : figures[run[-1]].start]
        names = None if "或" in between else _names(text[: figures[run[0]].start], len(run))
        return names[place] if names else f"第{place + 1}档"
    left = max(start, figures[position - 1].end if position else 0, figure.start - 18)
    match = _OWN.search(text, left, figure.start)
    # 企业、院校及其他单位 is one subject; 、B级40% goes on with the next.
    if match is not None and (match.start() <= left + 1 or text[match.start() - 1] not in "、和与及"):
        return match[1]
    found = [hit[0] for hit in _NAMED.finditer(text, start, figure.start)]
    return found[-1] if found else None


def _names(before: str, count: int) -> list[str] | None:
    """The words of one kind, as many as there are numbers, that stand last before them."""
    best: tuple[int, list[str]] | None = None
    respectively = re.search("分别|依次", before) is not None
    for pattern in _CLASSES if respectively else _CLASSES[:_PLAIN]:
        hits = list(pattern.finditer(before))
        names = list(dict.fromkeys(_NORMAL.get(hit[0], hit[0]) for hit in hits))
        if len(names) == count and (best is None or hits[-1].start() > best[0]):
            best = hits[-1].start(), names
    return best[1] if best else None


def enumerated(text: str, figures: list[Amount], position: int) -> list[int]:
    """The positions of the figures enumerated together with this one (30%、20%)."""
    first = last = position
    while first and _joined(text, figures[first - 1], figures[first]):
        first -= 1
    while last + 1 < len(figures) and _joined(text, figures[last], figures[last + 1]):
        last += 1
    return list(range(first, last + 1))


def _joined(text: str, one: Amount, two: Amount) -> bool:
    return one.kind == two.kind and bool(_LIST.match(text[one.end : two.start]))


def settle(drafts: Iterable[Draft]) -> list[Draft]:
    """Tiers kept only where a programme has several, and given to later subjects that have none of their own."""
    groups: dict[tuple[str, str], list[Draft]] = {}
    out = _with_their_caps(list(drafts))
    for draft in out:
        if draft.kind in ("rate_cap", "max_amount"):
            groups.setdefault((draft.topic.instrument, draft.topic.side), []).append(draft)
    settled: dict[int, Draft] = {}
    for group in groups.values():
        several = (
            max(len({d.value for d in group if d.kind == kind}) for kind in ("rate_cap", "max_amount")) > 1
            or len({d.tier for d in group if d.tier}) > 1
        )
        first = next((d.applies_to for d in group if d.applies_to), None)
        for draft in group:
            tier = draft.tier if several else None
            if several and tier is None and draft.applies_to and draft.applies_to != first:
                tier = _label(draft.applies_to)
            settled[id(draft)] = replace(draft, tier=tier)
    return [settled.get(id(draft), draft) for draft in out]


def _with_their_caps(drafts: list[Draft]) -> list[Draft]:
    """A cap behind shares of one tier is of that tier: `中小企业抵扣比例为40%,每家不超过50万元`."""
    tiers: dict[int, set[str | None]] = {}
    for draft in drafts:
        if draft.kind == "rate_cap":
            tiers.setdefault(id(draft.sentence), set()).add(draft.tier)
    out: list[Draft] = []
    for draft in drafts:
        above = tiers.get(id(draft.sentence), set())
        before = out[-1] if out else None
        if (
            draft.kind == "max_amount"
            and draft.tier is None
            and len(above) == 1
            and before is not None
            and before.sentence is draft.sentence
            and before.tier is not None
            and before.applies_to == draft.applies_to
        ):
            draft = replace(draft, tier=before.tier)
        out.append(draft)
    return out


def _label(subject: str) -> str:
    words = re.split(r"[,、]", subject)[0]
    return (words if len(words) > 5 else subject)[:_LABEL]
