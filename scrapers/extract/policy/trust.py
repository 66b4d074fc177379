"""Whether a page may be believed: official text or report, and why its numbers must stay out of a mart.

A government host supports what it says. Elsewhere a text must carry its own support: an office and a day under it, its own
number, an official addressee. A known newspaper or aggregator is secondary, never refused. What is left is refused by name:
`mirror` (the words were bent to hide a copy), `content-farm` (a guide with nobody behind it), `invented` (schemes of several
places on one page with no ground for any), `unsupported` (a report on an unknown host that names no ground, or what a seller gives its own customers).
"""

import csv
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from urllib.parse import urlsplit

from scrapers.documents import Context, Document
from scrapers.extract.policy import topics
from scrapers.extract.policy.metadata import Metadata
from scrapers.lexicon import places
from scrapers.records import Confidence
from scrapers.text import scan

_NOTICE = (
    re.compile(r"全文如下|原文如下|内容如下"),
    re.compile(
        r"^.{0,40}(?:实施细则|管理办法|暂行办法|若干(?:政策)?措施|若干政策|实施方案)(?:\([^()]{1,8}\))?$[\s\S]{0,1500}?(?:第一条|^\s{0,4}一、)",
        re.M,
    ),
    re.compile(
        r"各[\u4e00-\u9fff]{0,6}(?:区|县|市)[^。\n]{0,14}(?:人民政府|管委会)|各有关单位|各相关单位|有关单位[:：]|各部门|各企业"
    ),
    re.compile(
        r"印发给你们|请认真(?:贯彻|组织)|特制定|制定本(?:实施)?(?:政策|措施|办法|细则|方案|意见)|现(?:就|将)[^。\n]{2,40}(?:通知|公告)如下"
    ),
    re.compile(r"责任单位|牵头单位|由[\u4e00-\u9fff]{2,16}(?:局|委|部门)负责解释|自(?:印发|发布|公布)之日起"),
    re.compile(r"^\s{0,4}(?:第[一二三四五六七八九十]{1,3}条|[一二三四五六七八九]、)", re.M),
)
_NEWS = scan.Sought(
    r"记者|获悉|(?<!通)讯[(:]|报道|本报|据悉|据了解|了解到|编辑:|责编|来源:[^\n]{0,12}(?:网|报|台|社)|新华社|新闻|小编|值得一提|业内人士",
    "[记获讯报本据了编责来新小值业]",
)
_GUIDE = re.compile(
    r"本文将|让我们|总之|综上所述|小编|攻略|一文读懂|一文看懂|手把手|不仅如此|随着[^,。]{2,20}的(?:快速|不断|飞速)?发展|助力[^,。]{2,14}升级|通过这一政策|相信在|展望未来|展望未来"
)

_SELLER = re.compile(
    r"最终解释权|新(?:注册)?用户|新客|代金券|优惠券|立减|秒杀|充值|满\d+元?(?:可用|减|送)|限时|抢购|注册即[送享领]|下单"
)
"""Words of shops; two of them on a page of no place and no office are a seller's own coupons."""

_READ = 8_000
"""Letters in which a notice shows that it is one."""


@dataclass(frozen=True, slots=True)
class Trust:
    is_official: bool
    refusal: str | None
    confidence: Confidence
    reason: str = ""


@cache
def _hosts() -> dict[str, str]:
    with Path(__file__).with_name("hosts.csv").open(encoding="utf-8", newline="") as file:
        return {row["suffix"]: row["kind"] for row in csv.DictReader(file)}


def host_kind(url: str) -> str | None:
    """`official`, `press`, `aggregator`; null for an unknown host, `` without address."""
    try:
        host = (urlsplit(url).hostname or "").lower()
    except ValueError:
        return None
    if not host:
        return ""
    parts = host.split(".")
    for at in range(len(parts) - 1):
        kind = _hosts().get(".".join(parts[at:]))
        if kind is not None:
            return kind
    return None


def judge(
    document: Document, folded: str, found: Metadata, context: Context, hits: list[topics.Hit]
) -> Trust:
    """How far a document is to be believed."""
    kind = "official" if context.is_official else host_kind(context.url)
    score = sum(1 for words in _NOTICE if words.search(folded, 0, _READ))
    score += 2 if found.is_signed else 0
    score += 2 if found.document_number else 0
    news = sum(1 for _ in _NEWS.finditer(folded, 0, 3000))
    is_notice = score >= 2 and score > news
    rewritten = len([hit for hit in hits if topics.is_rewritten(folded, hit[0], hit[1])])
    supported = bool(found.is_signed or found.document_number)
    if kind == "official":
        return Trust(is_notice or news == 0, None, "high" if supported or is_notice else "medium")
    if rewritten or "计算凭证" in folded or "计算券" in folded:
        return Trust(False, "mirror", "low", "words of the original replaced")
    if "spam" in document.repairs and not supported:
        return Trust(is_notice, "mirror", "low", "foreign lines injected")
    if found.place is None and not supported and len(set(_SELLER.findall(folded))) >= 2:
        return Trust(False, "unsupported", "low", "a seller's own offer, no public programme")
    if kind in ("press", "aggregator"):
        return Trust(is_notice, None, "medium")
    if supported:
        return Trust(is_notice, None, "medium" if "pinyin" not in document.repairs else "low")
    if _several_places(folded):
        return Trust(False, "invented", "low", "schemes of several places without a source")
    if len(_GUIDE.findall(folded)) >= 2 and score < 3:
        return Trust(False, "content-farm", "low", "a guide without issuer, number or signature")
    if kind is None and "pinyin" in document.repairs:
        return Trust(is_notice, "mirror", "low", "garbled copy without number or signature")
    if kind is None and not is_notice:
        return Trust(False, "unsupported", "low", "unknown host, neither number nor signature")
    return Trust(is_notice, None, "low" if kind is None else "medium")


def _several_places(folded: str) -> bool:
    """Whether one unsourced page promises money for three places or more."""
    seen: set[str] = set()
    for sentence in re.split(r"[。;\n]", folded):
        if re.search(r"\d\s?[万亿]元|\d%", sentence) and re.search("券|补贴", sentence):
            mentions = [m.place for m in places.find(sentence) if m.place.level in ("city", "province")]
            seen.update(place.code for place in mentions[:1])
    return len(seen) >= 3
