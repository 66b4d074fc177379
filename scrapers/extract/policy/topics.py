"""What a stretch of a notice pays for: which voucher, or which kind of spending, and whether the user or the supplier of
compute is paid. Words that name a voucher are facts (`instruments.csv`); the rest is grammar: a verb of use or of
building near a word for compute, models or data.
"""

import csv
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal

from scrapers.records import Instrument, Side
from scrapers.text import scan

Family = Literal["compute", "model", "data"]
Hit = tuple[int, int, Instrument]
"""Where a text names a voucher, and which."""
FAMILY: dict[Instrument, Family] = {
    "compute_voucher": "compute",
    "training_voucher": "compute",
    "compute_subsidy": "compute",
    "model_voucher": "model",
    "data_voucher": "data",
}
_SUBSIDY: dict[Family, Instrument] = {
    "compute": "compute_subsidy",
    "model": "model_voucher",
    "data": "data_voucher",
}
_COMPUTE = (
    r"(?:算力|智算|超算|算效|用算|云算|GPU|卡时|核时|机时|计算(?:资源|能力|服务|费用|成本)|云计算资源|云资源)"
)
_MODEL = r"(?:大?模型|MaaS|API|Tokens?|词元|智能体)"
_DATA = r"(?:数据(?!中心|局|管理|资源局)|语料|数据集|标注)"
_USE = r"(?:购买|购置|采购|租用|租赁|租借|使用|调用|消费|消纳|接入|利用|应用|订购)"
_SPEND = r"(?:费用|支出|成本|租金|合同|费|金额|花费|开支|款项|账单|消费额|交易额)"


@dataclass(frozen=True, slots=True)
class Topic:
    """`named` where the text names a voucher; `strength` 3 a named voucher, 2 spending of a clear kind, 1 a mention only."""

    instrument: Instrument
    side: Side
    strength: int
    named: bool = False
    at: int = 0

    @property
    def family(self) -> Family | None:
        return FAMILY.get(self.instrument)


@cache
def instruments() -> dict[str, Instrument]:
    """Every name of a voucher, in lower case."""
    with Path(__file__).with_name("instruments.csv").open(encoding="utf-8", newline="") as file:
        return {row["word"].lower(): row["instrument"] for row in csv.DictReader(file)}  # type: ignore[misc]


@cache
def _sizes() -> dict[str, list[int]]:
    """How many letters a name may have before its 券, longest first, by the last of them."""
    found: dict[str, set[int]] = {}
    for word in instruments():
        if word.endswith("券") and len(word) > 2:
            found.setdefault(word[-2], set()).add(len(word) - 1)
    return {letter: sorted(sizes, reverse=True) for letter, sizes in found.items()}


@cache
def _other_names() -> tuple[tuple[str, re.Pattern[str]], ...]:
    """The names that do not end in 券, by the letters they begin with or hold: a literal is quick to miss."""
    words = [word for word in instruments() if not word.endswith("券")]
    groups = {
        "算力": [word[2:] for word in words if word.startswith("算力")],
        "智算": [word[2:] for word in words if word.startswith("智算")],
        "计算": [word[2:] for word in words if word.startswith("计算")],
    }
    patterns = [
        (mark, re.compile(mark + "(?:" + "|".join(sorted(tails, key=len, reverse=True)) + ")"))
        for mark, tails in groups.items()
    ]
    return tuple(patterns)


# Keywords that tell what an English voucher is for; the list before it may hold several (compute, model and data vouchers).
_ENGLISH_VOUCHER = re.compile(r"(?P<lead>[A-Za-z\"' ,/&-]{0,80})(?:vouchers?|coupons?)\b", re.I)
_ENGLISH_KINDS: tuple[tuple[re.Pattern[str], Instrument], ...] = (
    (re.compile(r"\btraining\b", re.I), "training_voucher"),
    (re.compile(r"\bmodels?\b|\btokens?\b|\bAPI\b|\bMaaS\b", re.I), "model_voucher"),
    (re.compile(r"\bdata(?:sets?)?\b|\bcorp(?:us|ora)\b|\bannotation\b", re.I), "data_voucher"),
    (re.compile(r"\bcomput\w+|\bhash\b|\bGPU\b|\bAI\b|intelligen\w+", re.I), "compute_voucher"),
)
_ENGLISH_LISTED = re.compile(r"\s*(?:,\s*and|,|\band\b|&|/)\s*", re.I)


def _english(text: str, start: int, stop: int) -> list[Hit]:
    """The vouchers an English text names: what stands right before the word, and in a list before it."""
    out: list[Hit] = []
    for match in _ENGLISH_VOUCHER.finditer(text, start, stop):
        lead = match["lead"]
        items = _ENGLISH_LISTED.split(lead)
        for place, item in enumerate(reversed(items[-4:])):
            words = item.strip(" \"'").split(" ")
            if place and len(words) > 3:
                words = words[-2:]
            name = " ".join(words[-3:])
            told = [(hit.end(), kind) for pattern, kind in _ENGLISH_KINDS for hit in pattern.finditer(name)]
            if not told:
                break
            kind = max(told)[1]  # the word nearest to the voucher: a training data voucher is for data
            out.append((match.end() - 8, match.end(), kind))
            if len(item.split()) > 3:
                break
    return out


# 算力、模型、语料券: the last word carries the 券 of all.
_SHARED = scan.Sought(
    r"(?P<first>算力|训力|模型|大模型|语料|数据|词元|Token)[\"']?(?:[、/及和与]{1,2}[\"']?(?:算力|训力|大?模型|语料|数据|场景|算法|词元|Token|智能体|应用)[\"']?){1,4}[\"']?券",
    "[算训模大语数词Tt]",
    re.I,
)
_SHARED_FIRST: dict[str, Instrument] = {
    "算力": "compute_voucher",
    "训力": "training_voucher",
    "语料": "data_voucher",
    "数据": "data_voucher",
}
# 算力惠企券, 模型体验券: what a voucher is for stands before what it is like.
_MADE = re.compile(
    r"[^预核结清估](?P<short>算)$|(?P<of>算力|智算|超算|训力|模型|语料|数据|词元|Tokens?)(?:服务|资源|消费|体验|惠企|普惠|优惠|代金|抵用|抵扣|补贴|补助|使用|"
    r"试用|应用|调用|创新|专项|电子|采购|交易|产品|租赁|共享|扶持|支持|新人|专属|成长|训练|推理){1,2}$",
    re.I,
)
_MADE_OF: dict[str, Instrument] = {
    **dict.fromkeys(("算力", "智算", "超算"), "compute_voucher"),
    "训力": "training_voucher",
    **dict.fromkeys(("模型", "词元", "token", "tokens"), "model_voucher"),
    **dict.fromkeys(("语料", "数据"), "data_voucher"),
}
_ALIAS = re.compile(r"简称:?[\"']?(?P<alias>[\u4e00-\u9fffA-Za-z]{2,6}券)[\"']?\)")
_DEFINED = re.compile(
    r"[\"'](?P<alias>[\u4e00-\u9fffA-Za-z]{2,6}券)[\"']?,?是指?[^。;]{0,40}?(?P<of>算力|智算|模型|语料|词元|数据)"
)
_PLAIN_NAME: dict[Instrument, str] = {
    "compute_voucher": "算力券",
    "training_voucher": "训力券",
    "model_voucher": "模型券",
    "data_voucher": "数据券",
}


_CENTRE = re.compile("算力中间(?![商件层人])")
"""What machine rewriting puts for a computing centre."""


def with_plain_names(folded: str) -> str:
    """The text with its own names for a voucher (以下简称"惠企券"; "惠企券"是抵扣算力费用的凭证) in the plain ones, letter for
    letter."""
    if "算力中间" in folded:
        folded = _CENTRE.sub("算力中心", folded)
    if "券" not in folded:
        return folded
    meant: dict[str, Instrument] = {}
    for match in _ALIAS.finditer(folded):
        if defined := named(folded, max(0, match.start() - 24), match.start()):
            meant.setdefault(match["alias"], defined[-1][2])
    for match in _DEFINED.finditer(folded):
        meant.setdefault(match["alias"], _MADE_OF[match["of"].lower()])
    for alias, instrument in meant.items():
        if len(alias) > 2 and instrument in _PLAIN_NAME and not named(alias):
            folded = folded.replace(alias, alias[:-3] + _PLAIN_NAME[instrument])
    return folded


_QUOTES = ('"', "'", "”")
# Words that machine rewriting put for a voucher and that mean something else elsewhere.
_REWRITTEN = frozenset(["培训券", "示范券", "样板券", "动力券", "文字优惠券", "训练券", "运算券"])

_COMPUTE_USE = re.compile(
    rf"{_USE}[^,;]{{0,24}}{_COMPUTE}|{_COMPUTE}[^,;]{{0,14}}(?:租用|租赁|购买|采购|使用|消费|消纳|需求|用户|{_SPEND})|(?:推理|训练)(?:算力|服务|成本|费用)[^,;]{{0,10}}{_SPEND}?",
    re.I,
)
_COMPUTE_AID = re.compile(
    rf"{_COMPUTE}(?:[^,;]{{0,8}}(?:补贴|补助|资助|奖补|奖励|支持|减免|优惠|额度)|\s?\d{{1,2}}%[,\s]?(?:最高|上限|封顶|不超过))",
    re.I,
)
_SUPPLY = re.compile(
    r"(?:算力|智算|超算)(?:服务|资源|设施|中心|平台|基础设施)?(?:的)?(?:供给|提供|服务|运营|供应|建设)(?:方|商|机构|企业|单位|主体|者|公司)|"
    r"(?:建设|新建|兴建|承建|扩建|改建|投资|运营|建成|打造|布局|落地)[^,;]{0,24}(?:(?:算力|智算|超算|智能计算)(?:调度)?(?:中心|设施|平台|集群|基础设施|项目|底座|站点|节点)|数据中心|万卡集群|千卡集群)|"
    r"(?:算力|智算|超算|智能计算)(?:中心|设施|集群|节点|基础设施|项目)[^,;]{0,10}(?:建设|部署|运营|投资|投用|投产|改造|单位|主体|用电|电费|电价)|"
    r"绿色数据中心|数据中心绿色|PUE|上架率|标准机架|对[^,;]{0,16}(?:算力|智算|超算|数据)中心(?!的?算力)|采购[^,;]{0,16}(?:服务器|芯片|智算设备)|算力企业[^,;]{0,6}(?:绿电|用电|电价)|给予(?:算力)?供给方|共享[^,;]{0,4}(?:闲置|富余)[^,;]{0,4}算力|支持[^,;]{0,4}(?:算力|智算|超算|数据)中心(?:[^,;]{0,2}(?:扩容|升级|建设|改造)|参与)|(?:算力|智算)规模[^,;]{0,20}(?:项目|中心)|(?:服务器|智算设备|算力设备)[^,;]{0,8}(?:采购|购置)|"
    r"(?:提供|输出|供给|开放|销售|出售)[^,;]{0,14}(?:(?<!免费)(?<!免费的)算力(?!需求)|智算)",
    re.I,
)
_EQUIPMENT = re.compile("芯片|服务器|设备")
_MODEL_USE = re.compile(
    rf"(?:购买|采购|使用|试用|调用|接入|订阅)[^,;]{{0,24}}{_MODEL}(?!的(?:数据|语料|算力))|{_MODEL}[^,;]{{0,10}}(?:使用|调用|服务|采购|购买|API)[^,;]{{0,6}}(?:{_SPEND}|补贴|补助)|"
    r"(?:模型|智能体)(?:采购|购买|调用|使用)(?:支持|补贴|补助|\s?[|:]|$)|"
    rf"(?:Tokens?|词元)[^,;]{{0,16}}(?:补贴|补助|费用|消费|消耗)|(?:Tokens?|词元|大模型)[^,;]{{0,10}}(?:资源包|充值包)|服务券[^,;]{{0,4}}(?:大模型|Token)",
    re.I,
)
_DATA_USE = re.compile(
    rf"(?:购买|采购|订购)[^,;]{{0,16}}{_DATA}|委托[^,;]{{0,16}}(?:采集|标注)|利用[^,;]{{0,8}}(?:数据产品|数据集|语料)|{_DATA}[^,;]{{0,10}}(?:采购|购买){_SPEND}?|标注(?:服务)?(?:费用|支出|成本)",
    re.I,
)
_MENTION = re.compile(_COMPUTE, re.I)
# Letters without which the patterns above cannot match: quick to miss.
_COMPUTE_MARKS = re.compile("算|卡时|核时|机时|gpu|云资源|推理|训练").search
_BEYOND_CLOUD = re.compile("算力|智算|超算|GPU").search
"""Whether a stretch on moving a firm into the cloud (企业上云) speaks of compute besides."""
_SUPPLY_MARKS = re.compile("数据中心|卡集群|pue|上架率|机架|服务器|芯片|设备").search
_MODEL_MARKS = re.compile("模型|maas|api|token|词元|智能体").search
_DATA_MARKS = re.compile("数据|语料|标注").search
_MARKS = re.compile(
    "算|卡时|核时|机时|gpu|云资源|推理|训练|数据|卡集群|pue|上架率|机架|服务器|芯片|设备|模型|maas|api|token|词元|智能体|语料|标注"
).search

_RELEVANT = scan.Sought(
    rf"{_COMPUTE}|券|大模型|模型(?:服务|使用|调用|采购)|MaaS|Tokens?|词元|语料|数据(?:产品|集|标注|采购)|数据中心|上架率|机架|PUE|(?:购买|采购|订购|使用|调用)[^,;。]{{0,24}}(?:数据|模型)|voucher|subsid|comput",
    "[算智超用云卡核机计券大模词语数上购采订使调GgMmTtPpVvSsCc]",
    re.I,
)


def is_relevant(text: str) -> bool:
    """Whether a text speaks of compute, models, data or vouchers at all."""
    return _RELEVANT.holds(text)


_NAMES = re.compile("券|算力|智算|计算|oucher|oupon")
"""Without one of these a text names no voucher."""


def named(text: str, start: int = 0, end: int | None = None) -> list[Hit]:
    """The vouchers a text names, in order: (start, end, instrument). The 券 is found first, the words before it decide."""
    stop = len(text) if end is None else end
    if not _NAMES.search(text, start, stop):
        return []
    words = instruments()
    out: list[tuple[int, int, Instrument]] = []
    single: list[tuple[int, int, Instrument]] = []
    at = text.find("券", start, stop)
    if at >= 0:
        out = [
            (match.start(), match.end(), _SHARED_FIRST.get(match["first"], "model_voucher"))
            for match in _SHARED.finditer(text, start, stop)
        ]
    while at >= 0:
        last = at - 1 if text[at - 1 : at] in _QUOTES else at
        for size in _sizes().get(text[last - 1 : last].lower(), ()):
            if size > last - start:
                continue
            instrument = words.get(text[last - size : last].lower() + "券")
            if instrument is not None:
                single.append((last - size, at + 1, instrument))
                break
        else:
            if (made := _MADE.search(text, max(start, last - 10), last)) is not None:
                single.append((made.start(), at + 1, _MADE_OF[(made["of"] or "算力").lower()]))
        at = text.find("券", at + 1, stop)
    shared = {end for _, end, _ in out}
    out += [hit for hit in single if hit[1] not in shared]
    for mark, names in _other_names():
        if text.find(mark, start, stop) >= 0:
            out += [
                (match.start(), match.end(), words[match[0].lower()])
                for match in names.finditer(text, start, stop)
            ]
    if text.find("oucher", start, stop) >= 0 or text.find("oupon", start, stop) >= 0:
        out += _english(text, start, stop)
    return sorted(out)


def is_rewritten(text: str, start: int, end: int) -> bool:
    return re.sub("[\"'”]", "", text[start:end]) in _REWRITTEN


def topic(text: str, is_about_compute: bool = True) -> Topic | None:
    """What a stretch of text pays for; null where it speaks of none of it. `is_about_compute` is false for a text that
    never says compute or model otherwise, where a rewritten word does not count."""
    hits = [hit for hit in named(text) if is_about_compute or not is_rewritten(text, hit[0], hit[1])]
    vouchers = [hit for hit in hits if hit[2] != "compute_subsidy"]
    if vouchers:
        start, _, instrument = vouchers[0]
        return Topic(instrument, "user", 3, True, start)
    lower = text.lower()
    if not hits and not _MARKS(lower):
        return None
    of_compute = _COMPUTE_MARKS(lower) is not None and ("上云" not in text or _BEYOND_CLOUD(text) is not None)
    use = _COMPUTE_USE.search(text) if of_compute else None
    supply = _SUPPLY.search(text) if of_compute or _SUPPLY_MARKS(lower) else None
    side: Side = "supplier" if supply and not _is_use(text, use, supply) else "user"
    if hits:
        return Topic("compute_subsidy", side, 3, True, hits[0][0])
    found: list[Topic] = []
    if supply and side == "supplier":
        found.append(Topic("compute_subsidy", "supplier", 2, at=supply.start()))
    elif use:
        found.append(Topic("compute_subsidy", "user", 2, at=use.start()))
    elif of_compute and (aid := _COMPUTE_AID.search(text)):
        found.append(Topic("compute_subsidy", "user", 2, at=aid.start()))
    if _MODEL_MARKS(lower) and (match := _MODEL_USE.search(text)):
        found.append(Topic("model_voucher", "user", 2, at=match.end()))
    if _DATA_MARKS(lower) and (match := _DATA_USE.search(text)):
        found.append(Topic("data_voucher", "user", 2, at=match.end()))
    if found:
        compute = [one for one in found if one.family == "compute"]
        return compute[0] if compute else min(found, key=lambda one: one.at)
    if of_compute and (match := _MENTION.search(text)):
        return Topic("compute_subsidy", "user", 1, at=match.start())
    return None


def _is_use(text: str, use: re.Match[str] | None, supply: re.Match[str]) -> bool:
    """Whether a stretch with words of both sides pays the user: who rents from a supplier names the supplier too."""
    if use is None or re.search("绿电|用电|电价", supply[0]):
        return False
    if _EQUIPMENT.search(supply[0]) and (use.start() >= supply.start() or not re.search("租|券", text)):
        return False  # who buys machines sells compute
    if re.search(r"对[^,;]{0,12}(?:供给方|提供方|服务商|运营商|运营方|供给主体|运营主体|云服务企业)", text):
        return False
    return use.start() <= supply.start() or bool(re.search(r"(?:购买|租用|租赁|租借|需求方|使用方)", text))


def subsidy_of(family: Family) -> Instrument:
    return _SUBSIDY[family]
