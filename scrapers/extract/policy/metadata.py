"""What a document says of itself: names, place, days, and the state it is in.

The order of trust is the same for every field: the document's own words (signature, labelled lines), then the page's tags, then
the head of the page, then the address.
"""

import datetime as dt
import re
from dataclasses import dataclass
from typing import Literal

from scrapers.documents import Context, Document
from scrapers.extract.policy import names, when, where
from scrapers.lexicon.places import Place

Status = Literal["draft", "announced", "in_force", "closed", "expired", "superseded", "reported", "unknown"]

_DRAFT = re.compile(
    r"征求意见稿|公开征求[^。]{0,40}意见|征求(?:社会)?(?:公众|各方)?意见|意见征集|草案|\(送审稿\)|\(讨论稿\)|公开征集[^。]{0,20}意见"
)
_PLACEHOLDER = re.compile(r"[XxＸ×]号$")
_ABOLISHED = re.compile(
    r"(?:本|该)(?:文件|政策|办法|措施)(?:已|现已|予以)(?:废止|失效)|(?:有效性|时效性|效力状态|状态)\s?[:|]\s{0,2}(?:失效|废止|已废止|已失效)"
)
_GUIDE = re.compile(
    r"申报(?:指南|通知|工作|的通知)|兑付|兑现|申领(?:指南|工作|通知)|组织开展[^。]{0,30}申报|征集|申请指南"
)
_PLANNED = re.compile(
    r"(?:拟|将|即将|计划|预计)(?:于[^,。]{0,12})?(?:出台|发布|推出|发放|印发)|正在(?:研究)?制定"
)
_REPLACED = re.compile(
    r"(?:原)?《(?P<title>[^《》\n]{4,80})》\s?(?:[(](?P<no>[^()\n]{4,30}号)[)])?[^。《》\n]{0,12}?(?:同时|即行|一并|予以|相应)?(?:废止|停止执行|失效|不再执行)"
)
_ENDS = re.compile("废止|停止执行|失效|不再执行")
_TAIL = 900


@dataclass(frozen=True, slots=True)
class Metadata:
    title: str | None
    programme_name: str | None
    issuer: str | None
    document_number: str | None
    place: Place | None
    published: dt.date | None
    is_signed: bool
    """Whether an office and a day stand under the text."""
    effective_from: dt.date | None
    effective_to: dt.date | None
    deadline: dt.date | None
    validity_months: int | None
    supersedes: str | None
    is_draft: bool


def read(document: Document, folded: str, context: Context) -> Metadata:
    """Everything the document says of itself. `folded` is `document.text` folded for matching."""
    title = names.title(document, folded)
    programme = names.programme(title, folded)
    signed = when.signature(folded)
    number, _ = names.number(document, folded, title)
    issuer = names.issuer(document, folded, title, signed)
    place = where.read(title, programme, issuer, folded, context.place)
    published = when.published(document, folded, context, signed)
    is_draft = bool(
        _DRAFT.search(title or "") or _DRAFT.search(folded[:500]) or _PLACEHOLDER.search(number or "")
    )
    effective_from, effective_to = when.effective(folded, published)
    tail = max(0, len(folded) - _TAIL)
    replaced = _REPLACED.search(folded, tail) if _ENDS.search(folded, tail) else None
    return Metadata(
        title=title,
        programme_name=programme,
        issuer=_with_place(issuer, place),
        document_number=number,
        place=place,
        published=published,
        is_signed=signed is not None and signed.issuer is not None,
        effective_from=effective_from,
        effective_to=effective_to,
        deadline=None if is_draft else when.deadline(folded, published),
        validity_months=when.validity_months(folded),
        supersedes=next(iter(names.numbers(replaced["no"] or "")), replaced["title"]) if replaced else None,
        is_draft=is_draft,
    )


def _with_place(issuer: str | None, place: Place | None) -> str | None:
    """市数据局 of a city becomes 天津市数据局: the short form means nothing outside its page."""
    if issuer and place and issuer[0] in "省市区县" and place.name[-1] in "省市区县":
        return place.name[:-1] + issuer
    return issuer


def status(found: Metadata, folded: str, is_official: bool, today: dt.date | None) -> Status:
    """The state of the document on the day it was seen."""
    if found.is_draft:
        return "draft"
    if ("废止" in folded or "失效" in folded) and _ABOLISHED.search(folded, 0, 1500):
        return "superseded"
    if today and found.effective_to and found.effective_to < today:
        return "expired"
    if not is_official:
        return "announced" if _PLANNED.search(folded, 0, 600) else "reported"
    named = (found.title or "") + folded[:120]
    if today and found.deadline and found.deadline < today and _GUIDE.search(named):
        return "closed"
    return "in_force"
