"""Announcements of trade and chip measures to events: Federal Register documents, press releases of the Bureau of Industry and
Security, Chinese announcements, company filings and press reports.

One document gives one event, an answer of the Federal Register API one a result. What kind of document it is decides
where its dates stand: a Register document has headed sections, a Chinese announcement a number, a place for the day
and set phrases for the start, a filing the day on which the company was told. A date, body or kind that is not found is
null and named in an issue.
"""

import datetime as dt
import hashlib
import json
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from scrapers.documents import Context, Document
from scrapers.issues import Issue
from scrapers.lexicon import chips
from scrapers.records import Ground, Record, Restriction
from scrapers.text import dates

_ABBREVIATED = re.compile(
    r"(?:^|[^A-Za-z.])(?:(?:[A-Za-z]\.)*[A-Z]|No|Inc|Corp|Co|Ltd|Mr|Ms|Dr|vs|Reg|Fed|Sec|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)$"
)
_END = re.compile(r"[。；！？]|[.!?;](?=\s|$)|\n")
_SUBJECT = re.compile(
    r"export (?:control|licen[cs]e|permit|curb|ban|restriction)|licen[cs]e requirement|licen[cs]e[sd]?\b[^.]{0,40}\bexport|licen[cs]e[sd]? (?:for|to) (?:export|ship|sell)|Entity List|Commerce Control List|3A090|4A090|Export Administration"
    r"|semiconductor|advanced (?:computing|chip)|\bAI chips?\b|integrated circuit|tariff|section 232|section 301|rare earth|gallium|germanium"
    r"|sanction|ban(?:s|ned)? on|presumption of denial|validated end[- ]user|security (?:review|check)|critical information infrastructure"
    r"|商务部[^。]{0,20}公告|公告20\d\d年第|出口管制|出口许可|禁止出口|限制出口|管控名单|实体清单|关注名单|两用物项|反倾销|反垄断|网络安全审查|加征关税|稀土|镓|锗|[芯晶]片|算力|半导体|约谈|立案|能效|漏洞|后门",
    re.I,
)

# --- Bodies -----------------------------------------------------------------------------------------------------------

# In the order of how surely the name decides; the first that the head of a document names is its author.
_BODIES: tuple[tuple[str, str, str], ...] = (
    ("BIS", "US", r"(?i:bureau of industry and security|industry and security bureau)|\bBIS\b"),
    ("USTR", "US", r"United States Trade Representative|\bUSTR\b"),
    ("Treasury", "US", r"Department of the Treasury|\bOFAC\b|Office of Foreign Assets Control"),
    ("President", "US", r"By the President of the United States|Proclamation \d{4,5}|(?i:presidential proclamation)|President [A-Z]\w+ (?:has )?(?:signed|issued|proclaimed)|Executive Order(?: No\.?)? \d{5}|The White House|\bWhite House\b"),
    ("DoD", "US", r"Department of (?:Defense|War)|\bPentagon\b|Section 1260H"),
    ("Commerce", "US", r"(?:U\.?S\.? )?Department of Commerce|Commerce Department|Secretary of Commerce"),
    ("GAO", "US", r"Government Accountability Office"),
    ("Congress", "US", r"\bH\.?R\.? ?\d{3,5}\b|\bS\. ?\d{3,5}\b|House of Representatives|\bSenate\b"),
    ("MOFCOM/GACC", "CN", r"商务部[^。，,]{0,8}海关总署"),
    ("MOFCOM", "CN", r"商务部|Ministry of Commerce|\bMOFCOM\b"),
    ("GACC", "CN", r"海关总署|(?:中国|大陆)海关|海关(?:当局|部门|单位)|General Administration of Customs|\bGACC\b|Chinese customs|China's customs"),
    ("SAMR", "CN", r"市场监督?管?理?总局|市场监管总局|市监总局|State Administration for Market Regulation|\bSAMR\b"),
    ("CAC", "CN", r"国家互联网信息办公室|cybersecurity administration|国家网信办|网络安全审查办公室|Cyberspace Administration of China|\bCAC\b"),
    ("NDRC", "CN", r"国家发展改革委|国家发展和改革委员会|发展改革委|National Development and Reform Commission|\bNDRC\b"),
    ("MIIT", "CN", r"工业和信息化部|工信部|Ministry of Industry and Information Technology|\bMIIT\b"),
    ("Tariff Commission", "CN", r"国务院关税税则委员会|State Council Tariff Commission"),
    ("State Council", "CN", r"国务院|State Council"),
    ("METI", "JP", r"\bMETI\b|Ministry of Economy, Trade and Industry"),
    ("Dutch government", "NL", r"Dutch government|Government of the Netherlands|Ministry of Foreign Affairs of the Netherlands|\bLiesje Schreinemacher\b"),
    ("MITI", "MY", r"\bMITI\b|Ministry of Investment, Trade and Industry|马来西亚投资、?贸易[与和及]工业部"),
    ("Taiwan trade administration", "TW", r"International Trade Administration of (?:Taiwan|the Ministry of Economic Affairs)|Taiwan's (?:(?:International )?Trade Administration|(?:commerce|economy|economic affairs|trade) ministry|Ministry of Economic Affairs)|经济部国际贸易署|台湾.{0,6}国际贸易署"),
    ("European Commission", "EU", r"European Commission"),
    ("Alibaba Cloud", "CN", r"Alibaba Cloud|阿里云"),
    ("Tencent", "CN", r"\bTencent\b|腾讯"),
    ("ByteDance", "CN", r"\bByteDance\b|字节跳动"),
    ("US government", "US", r"U\.?S\.? [Gg]overnment|U\.?S\.? [Ee]xport [Ll]icen[cs]e|Trump administration|\bUSG\b|United States [Gg]overnment|Washington"),
    ("regulators", "CN", r"Chinese (?:regulators?|authorities|government|officials)|China's (?:cyberspace|market) \w+|Beijing|(?:中国|大陆|中方)(?:政府)?(?:官员|当局|监管)"),
)  # fmt: skip
_BODY_PATTERNS = [(name, where, re.compile(pattern.replace("'", "['’]"))) for name, where, pattern in _BODIES]

# What a measure is, by its words; the first that is found decides.
_KINDS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("is-informed letter", re.compile(r"is[- ]informed|(?:told|informed|notified) (?:\w+,? ){1,8}(?:it|that)\b[^.]{0,120}requires? (?:an? )?(?:export )?licen[cs]e|informed (?:the Company|NVIDIA|AMD|Intel|us|it)[^.]{0,120}licen[cs]e|letters? (?:to|from)[^.]{0,60}licen[cs]e requirement|received (?:a )?notice from (?:the )?(?:U\.?S\.?|United States) government|government requires (?:\w+ ){1,6}(?:to obtain )?(?:an? )?(?:export )?licen[cs]e|licen[cs]e requirements? (?:implemented|imposed|set) by the (?:U\.?S\.?|United States) government", re.I)),
    ("entity listing", re.compile(r"(?:\badd|\bplac|\bput|\blist(?:s|ed|ing)\b|remov|revis)[^.;]{0,90}\b(?:to|on|onto|from|of) (?:(?:the|its) )?(?:U\.?S\.? )?(?:(?:Entity|Unverified|Military End[- ]User|export[- ]control(?: entit(?:y|ies))?|controlled entity) List)|(?:updat|expand|revis)(?:es|ed|ing)? (?:(?:the|its) )?(?:Entity|Unverified|Military End[- ]User) List|^[^.;\n]{0,40}\b(?:to|from|on) the (?:Entity|Unverified|Military End[- ]User) List|(?:Entity|Unverified|Military End[- ]User) List (?:Additions?|Removals?|Revisions?)|Additions? of Entities|Section 1260H|不可靠实体清单工作机制|(?:列入|增列|移出|纳入|新增|加入|停止|暂停|中止|取消|调整)[^。]{0,80}(?:管控名单|不可靠实体清单|关注名单|实体清单)", re.I)),
    ("tariff", re.compile(r"\btariffs?\b|ad valorem|duty rate|section (?:232|301)|加征关税|关税税率", re.I)),
    ("legislation", re.compile(r"\bH\.?R\.? ?\d{3,5}\b|\bS\. ?\d{3,5}\b|\bAct\b[^.]{0,60}(?:introduced|passed|markup|committee)", re.I)),
    ("licence policy", re.compile(r"licen[cs]e (?:review )?polic|case[- ]by[- ]case|validated end[- ]user|general licen[cs]e|grant(?:s|ed)? licen[cs]es|licen[cs]es? (?:were|was|have been|has been) (?:granted|approved|issued)|(?:obtained|received|secured|secures|holds) (?:\w[\w.]*,? ){0,5}licen[cs]es?\b", re.I)),
    ("informal guidance", re.compile(r"约谈|窗口指导|(?:要求|指示|通知|告知|召集)[^。]{0,24}(?:大厂|公司|企业|报关|代理)|停止(?:测试|采购|购买|下单)|不(?:获准|允许|被允许|准)[^。]{0,12}(?:入境|进口|进入)|window guidance|summon(?:s|ed)|(?:told|urged|asked|instructed|ordered) (?:\w+ ){0,4}(?:firms|companies|tech|agents|customs)", re.I)),
    ("guidance", re.compile(r"\bguidance\b|policy statement|red flags?|frequently asked|investigation|probe\b|security (?:review|check)|stop (?:buying|purchasing)|安全审查|comment request|request for comments?|notice of inquiry|立案调查|反垄断|网络安全审查|反倾销|指导意见|(?:初步|进一步)调查", re.I)),
    ("rule", re.compile(r"许可制度|须申请许可|申请许可|interim final rule|final rule|\brule\b|regulations?\b|\border\b|公告|决定|条例|规定|办法|实施出口管制|令（?第", re.I)),
)  # fmt: skip
_PROVIDERS = frozenset(["Alibaba Cloud", "Tencent", "ByteDance"])

_ITEMS: tuple[tuple[str, str], ...] = (
    ("3A090", r"\b3A090(?:\.[abc](?:\.\d)?)?"), ("4A090", r"\b4A090(?:\.[ab])?"), ("3B001", r"\b3B00[1-3]\b"), ("4E091", r"\b4E091\b"),
    ("high-bandwidth memory", r"high[- ]bandwidth memory|\bHBM\b"), ("advanced computing", r"advanced computing"),
    ("supercomputers", r"supercomput\w+"), ("semiconductor equipment", r"semiconductor manufacturing (?:equipment|items)|半导体设备"),
    ("AI models", r"model weights"), ("AI chips", r"(?<![A-Za-z])AI ?(?:chips?\b|[芯晶]片)|(?:人工智能|算力|智能)[芯晶]片"),
    ("rare earths", r"rare[- ]earths?|稀土"), ("gallium", r"gallium|镓"), ("germanium", r"germanium|锗"), ("antimony", r"antimony|锑"),
    ("graphite", r"graphite|石墨"), ("superhard materials", r"superhard|超硬材料"), ("tungsten", r"tungsten|钨"), ("lithium batteries", r"lithium batter\w+|锂电池"),
    ("dual-use items", r"dual[- ]use|两用物项"), ("data centres", r"data cent(?:er|re)s?|数据中心"), ("entities", r"Entity List|管控名单"),
)  # fmt: skip
_ITEM_PATTERNS = [(name, re.compile(pattern, re.I)) for name, pattern in _ITEMS]
_MENTIONED = re.compile(r"\b(?:A800|H800|A100X?|H100|H200|H20|L40S?|L20|L2|B200|B30A|GB200|MI250X?|MI300X?|MI308X?|MI309|MI325X|Gaudi ?[23]|RTX ?(?:PRO ?)?\d{4}(?: ?D(?: ?V2)?)?|Ascend ?910[BCD]?|昇腾 ?910[BCD]?|Ascend)\b", re.I)  # fmt: skip

# --- Dates ------------------------------------------------------------------------------------------------------------

_STARTS = re.compile(r"effective|takes? effect|took effect|taking effect|(?:enter|come|came|go)(?:s|ing)? into (?:force|effect)|in effect (?:as )?(?:of|from|on)|(?:apply|applies|applied) (?:from|as of|starting)|beginning|starting", re.I)  # fmt: skip
_PLANNED = re.compile(
    r"schedul\w+|(?:was|were|been) (?:set|due|slated|expected|originally|supposed) |would have|before (?:it|they)",
    re.I,
)
_NO_START = re.compile(
    r"comments? (?:must|should|are)|compliance date|expire|until|through|terminat|no longer", re.I
)
_AT_ONCE = re.compile(r"effective immediately|immediately effective|with immediate effect|(?:自|从)?(?:公布|发布|印发|本公告公布)之日起|即日起|本公告自公布之日", re.I)  # fmt: skip
_CHINESE_START = re.compile(r"自?\s*(?P<day>(?:20\d\d\s*年|今年|明年)\s*\d{1,2}\s*月\s*\d{1,2}\s*日)(?:\s*\d{1,2}时\d{0,2}分?)?\s*起\s*(?:正式|开始)?\s*(?:施行|实施|执行|生效|停止)?")  # fmt: skip
_CHINESE_END = re.compile(
    r"(?:暂停|停止|中止|延长)[^。]{0,60}?至\s*(?P<day>20\d\d\s*年\s*\d{1,2}\s*月\s*\d{1,2}\s*日)"
    r"|至\s*(?P<day2>20\d\d\s*年\s*\d{1,2}\s*月\s*\d{1,2}\s*日)[^。]{0,90}(?:暂停|停止|中止)"
)
_ENGLISH_END = re.compile(r"(?:stay(?:ed)?|suspend(?:ed|s|ing)?|suspension|until|through|expires?(?: on)?|valid (?:until|through))\b", re.I)  # fmt: skip
_SHORT_DAY = re.compile(r"\b(1[0-2]|[1-9])-([12]\d|3[01]|[1-9])-(\d\d)\b")
_MONTH = r"Jan(?:uary|\.)?|Feb(?:ruary|\.)?|Mar(?:ch|\.)?|Apr(?:il|\.)?|May|June?|July?|Aug(?:ust|\.)?|Sept?(?:ember|\.)?|Oct(?:ober|\.)?|Nov(?:ember|\.)?|Dec(?:ember|\.)?"
_MONTH_DAY = re.compile(
    rf"\b(?P<name>{_MONTH})\s+(?P<n>\d{{1,2}})(?:st|nd|rd|th)?\b(?!,?\s*(?:19|20)\d\d)(?!\d)"
    rf"|(?<![\d.,/])\b(?P<n2>[12]\d|3[01]|[1-9])(?:st|nd|rd|th)? (?:of )?(?P<name2>{_MONTH})\b(?!,?\s*(?:19|20)\d\d)(?!\s*\d)"
    r"|(?<![\d年])(?P<m>1[0-2]|[1-9])\s*月\s*(?P<d>[12]\d|3[01]|[1-9])\s*日"
)
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_TOLD = re.compile(r"informed|notified|told|received (?:a|the) letter", re.I)


@dataclass(frozen=True, slots=True)
class _Day:
    date: dt.date
    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class _Facts:
    """What one document says; spans are offsets into its text."""

    announced: _Day | None = None
    effective: tuple[_Day, ...] = ()
    at_once: tuple[int, int] | None = None
    ended: _Day | None = None
    number: str | None = None
    title: str | None = None
    authority: str | None = None
    jurisdiction: str | None = None
    instrument: str | None = None
    summary: tuple[int, int] | None = None
    named: tuple[dt.date, ...] = ()
    """Every day a section of dates names, days of compliance included."""


def read(document: Document, context: Context) -> Iterator[Record | Issue]:
    """The events of a document. One that is not about such a measure gives an issue alone."""
    if document.media_type == "application/json":
        yield from _json(document, context)
        return
    text = document.text
    if not _SUBJECT.search(f"{document.title or ''}\n{text}"):
        yield Issue(
            level="info",
            code="no-restriction",
            message="no measure of export, import or use of chips in the text",
        )
        return
    if _is_register(text):
        facts = _register(text)
    elif _is_filing(text):
        facts = _filing(document, context)
    elif _is_chinese(document):
        facts = _chinese(document, context)
    else:
        facts = _press(document, context)
    yield from _event(facts, document, context)


def _event(facts: _Facts, document: Document, context: Context) -> Iterator[Record | Issue]:
    text = document.text
    effective = min((day.date for day in facts.effective), default=None)
    if effective is None and facts.at_once is not None and facts.announced is not None:
        effective = facts.announced.date
    span = (
        facts.summary or (facts.effective[0].start, facts.effective[0].end)
        if facts.effective
        else facts.summary
    )
    start, end = _sentence(text, span[0]) if span else _first_sentence(text)
    if facts.summary and start < facts.summary[0] < end:
        start = facts.summary[0]
    locator = f"chars {start}-{end}"
    summary = (
        " ".join(text[facts.summary[0] : facts.summary[1]].split())
        if facts.summary
        else " ".join(text[start:end].split())
    )
    announced = facts.announced.date if facts.announced else None
    number, title = facts.number, (facts.title or document.title or None)
    key = number or f"{facts.authority}|{announced}|{title}"
    yield Restriction(
        event_id=f"X-{hashlib.sha256(f'{facts.jurisdiction}|{key}'.encode()).hexdigest()[:12]}",
        announced_date=announced,
        effective_date=effective,
        ended_date=facts.ended.date if facts.ended else None,
        jurisdiction=facts.jurisdiction,
        authority=facts.authority,
        instrument=facts.instrument,
        title=title or text[start:end].strip()[:200],
        document_number=number,
        covers=_covers(f"{title or ''}\n{text}"),
        summary=summary[:500] or None,
        status_note=_named((*facts.named, *(day.date for day in facts.effective))),
        confidence="high" if number and announced else "medium" if announced else "low",
        ground=Ground(quote=text[start:end], start=start, end=end, locator=locator, url=context.url or None),
    )
    for missing, value, words in (
        ("no-announced-date", announced, "no day of announcement"),
        ("no-effective-date", effective, "no day of effect"),
        ("no-authority", facts.authority, "no body or firm that is known"),
        ("no-instrument", facts.instrument, "kind of measure not recognised"),
    ):
        if value is None:
            yield Issue(
                level="info" if missing == "no-effective-date" else "warning",
                code=missing,
                locator=locator,
                message=f"{words}: {(title or text[start:end])[:120]}",
            )
    if len({day.date for day in facts.effective}) > 1:
        yield Issue(
            level="info",
            code="several-dates",
            locator=locator,
            message=f"several days of effect, the first is given: {', '.join(sorted({d.date.isoformat() for d in facts.effective}))}",
        )


def _named(days: Iterable[dt.date]) -> str | None:
    """A note of the days where there are several."""
    found = sorted(set(days))
    return f"days named: {', '.join(day.isoformat() for day in found)}" if len(found) > 1 else None


# --- The Federal Register ---------------------------------------------------------------------------------------------

_HEAD = re.compile(
    r"^\s*(AGENCY|ACTION|SUMMARY|DATES|ADDRESSES|FOR FURTHER INFORMATION CONTACT|SUPPLEMENTARY INFORMATION)\s*:",
    re.M,
)
_FR_NUMBER = re.compile(
    r"FR Doc(?:ument)?\.?(?: No\.?)?:? ?(\d{2,4}-\d{4,5})|Document Number:?\s*(\d{4}-\d{5})|\b(20\d\d-\d{5})\b"
)
_CITATION = re.compile(r"\b(\d{2,3}) (?:FR|Fed\. Reg\.) (\d{3,6})\b")
_VOLUME = re.compile(
    r"Federal Register\s*(?:/\s*)?,?\s*(?:Volume|Vol\.) (\d+)[^\n]{0,30}?\(?[A-Z][a-z]+day,? ([A-Z][a-z]+ \d{1,2}, \d{4})"
)
_PAGES = re.compile(r"\[?Pages? (\d{3,6})(?:-\d+)?\]?")
_RIN = re.compile(r"RIN:? ?(\d{4}-[A-Z]{2}\d{2})")
_PAPER = re.compile(r"(Executive Order|Proclamation)(?: No\.?)? (\d{4,5})")


def _is_register(text: str) -> bool:
    heads = {match[1] for match in _HEAD.finditer(text)}
    return {"AGENCY", "ACTION"} <= heads or ("SUMMARY" in heads and "DATES" in heads) or bool(
        _PAPER.search(text[:3000]) and "By the President of the United States" in text
    )  # fmt: skip


def _register(text: str) -> _Facts:
    sections = _sections(text)
    dates_at = sections.get("DATES")
    volume = _VOLUME.search(text)
    filed = re.search(r"Filed:?\s+(?:" + _SHORT_DAY.pattern + ")", text)
    announced: _Day | None = None
    if filed and (short := _SHORT_DAY.search(text, filed.start())):
        announced = _short_day(short)
    if announced is None and volume:
        announced = next(iter(_days(text, volume.start(2), volume.end(2))), None)
    if announced is None:
        announced = next(iter(_days(text, 0, head.start() if (head := _HEAD.search(text)) else 600)), None)
    effective: tuple[_Day, ...] = ()
    if dates_at:
        effective = (
            _effective(text, *dates_at)
            or tuple(
                day
                for day in _days(text, *dates_at)
                if not _NO_START.search(text, max(dates_at[0], day.start - 60), day.start)
            )[:1]
        )
    elif "By the President" in text:
        effective = _effective(text, 0, len(text))
    agency = text[slice(*sections["AGENCY"])] if "AGENCY" in sections else text[:2000]
    action = text[slice(*sections["ACTION"])] if "ACTION" in sections else ""
    authority, jurisdiction = _body(agency)
    title = _register_title(text, sections)
    number_parts = []
    if citation := _CITATION.search(text[:4000]):
        number_parts.append(f"{citation[1]} FR {citation[2]}")
    elif volume and (pages := _PAGES.search(text[: sections.get("AGENCY", (4000, 0))[0]])):
        number_parts.append(f"{volume[1]} FR {pages[1]}")
    if found := _FR_NUMBER.search(text):
        number_parts.append(f"FR {found[1] or found[2] or found[3]}")
    if rin := _RIN.search(text[:6000]):
        number_parts.append(f"RIN {rin[1]}")
    if paper := _PAPER.search(text[:4000]):
        number_parts.insert(0, f"{paper[1]} {paper[2]}")
    instrument = _kind(title or "", None)
    if instrument not in ("entity listing", "tariff"):
        # a rule about licences or an interim rule with a request for comments is a rule
        instrument = "rule" if re.search(r"\brule\b", action, re.I) else _kind(f"{title}\n{action}", None)
    return _Facts(
        announced=announced,
        effective=effective,
        at_once=_match(_AT_ONCE, text, *dates_at) if dates_at else None,
        ended=_end_day(text, *dates_at)
        if dates_at and re.search(r"\bstay\b|suspen", title or "", re.I)
        else None,
        number="; ".join(dict.fromkeys(number_parts)) or None,
        title=title,
        authority=authority,
        jurisdiction=jurisdiction or "US",
        instrument=instrument,
        summary=_trimmed(text, *sections["SUMMARY"]) if "SUMMARY" in sections else None,
        named=tuple(day.date for day in _days(text, *dates_at)) if dates_at else (),
    )


def _sections(text: str) -> dict[str, tuple[int, int]]:
    heads = list(_HEAD.finditer(text))
    return {
        head[1]: (
            head.end(),
            heads[place + 1].start() if place + 1 < len(heads) else min(len(text), head.end() + 4000),
        )
        for place, head in reversed(list(enumerate(heads)))
    }


def _register_title(text: str, sections: dict[str, tuple[int, int]]) -> str | None:
    """The lines right before AGENCY that are no number, part, docket or body."""
    before = text[: sections["AGENCY"][0] - len("AGENCY:")] if "AGENCY" in sections else text[:1500]
    lines = [line.strip() for line in before.split("\n")]
    found: list[str] = []
    for line in reversed(lines):
        if not line:
            if found:
                break
            continue
        if re.match(
            r"(?:\d+\.\s*)?(\[|RIN|Docket|\d+ CFR|Bureau of|DEPARTMENT|Department of|Federal Register|From the|Billing|-+$|_+$|AGENCY)",
            line,
            re.I,
        ):
            if found:
                break
            continue
        found.insert(0, line)
        if len(found) > 4:
            break
    return " ".join(found) or _headline(text)


def _json(document: Document, context: Context) -> Iterator[Record | Issue]:
    """The Federal Register's API, one document or many; other JSON is read as the texts it holds."""
    try:
        answer = json.loads(document.raw_text or document.text)
    except ValueError as error:
        yield Issue(level="error", code="not-json", message=str(error)[:200])
        return
    items = answer.get("results", [answer]) if isinstance(answer, dict) else answer
    register = (
        [item for item in items if isinstance(item, dict) and item.get("document_number")]
        if isinstance(items, list)
        else []
    )
    if register:
        for position, item in enumerate(register):
            locator = f"$.results[{position}]" if isinstance(answer, dict) and "results" in answer else "$"
            yield from register_document(item, locator)
        return
    texts = list(_texts(answer))
    title = answer.get("title") if isinstance(answer, dict) else None
    meta = (
        {key.lower(): str(value) for key, value in answer.items() if isinstance(value, str | int)}
        if isinstance(answer, dict)
        else {}
    )
    yield from read(
        Document(
            text="\n".join(texts),
            title=title if isinstance(title, str) else None,
            meta=meta,
            media_type="text/plain",
        ),
        context,
    )


def _texts(content: Any) -> Iterator[str]:
    if isinstance(content, dict):
        for value in content.values():
            yield from _texts(value)
    elif isinstance(content, list):
        for value in content:
            yield from _texts(value)
    elif isinstance(content, str) and content.strip():
        yield content.strip()


def register_document(item: dict[str, Any], locator: str, agency: str = "") -> Iterator[Record | Issue]:
    """One document of the Federal Register API. `effective_on` is a single day although a rule may have several: the words
    days of `dates` are kept in the note, and the first day they name is taken where the field is empty. `agency` is whose
    documents were asked for, where the answer does not repeat it."""
    number, citation = item["document_number"], item.get("citation")
    title = " ".join((item.get("title") or "").split())
    printed = item.get("dates") or ""
    agencies = " ".join(
        str(a.get("name") or a.get("raw_name") or a.get("slug") or "").replace("-", " ").title()
        for a in item.get("agencies") or []
        if isinstance(a, dict)
    )
    agencies = agencies or agency
    authority, jurisdiction = _body(agencies)
    named = _effective(printed, 0, len(printed))
    effective = _iso(item.get("effective_on")) or min((day.date for day in named), default=None)
    kind = item.get("type") or ""
    instrument = "entity listing" if _KINDS[1][1].search(title.split(";")[0]) else {
        "Rule": "rule", "Proposed Rule": "rule", "Notice": "guidance", "Presidential Document": "tariff" if re.search(r"Imports|Tariff|Dut(?:y|ies)", title) else "rule",
    }.get(kind, "rule")  # fmt: skip
    rins = item.get("regulation_id_numbers") or []
    yield Restriction(
        event_id=f"FR-{number}",
        announced_date=_iso(item.get("publication_date")),
        effective_date=effective,
        jurisdiction=jurisdiction or "US",
        authority=authority,
        instrument=instrument,
        title=title,
        document_number="; ".join(
            part for part in (citation, f"FR {number}", *(f"RIN {rin}" for rin in rins)) if part
        ),
        covers=_covers(f"{title}\n{item.get('abstract') or ''}"),
        summary=item.get("abstract"),
        status_note=_named(f.date for f in dates.find(printed)),
        confidence="high",
        ground=Ground(quote=f"{title} ({citation or number})", locator=locator, url=item.get("html_url")),
    )
    if effective is None:
        yield Issue(
            level="info",
            code="no-effective-date",
            locator=locator,
            message=f"no day of effect: {title[:120]}",
        )
    if authority is None:
        yield Issue(
            level="warning",
            code="no-authority",
            locator=locator,
            message=f"no body that is known: {agencies or title[:120]}",
        )


# --- Company filings --------------------------------------------------------------------------------------------------


def _is_filing(text: str) -> bool:
    """A filing prints its form or the commission as a heading; a report about one only names them."""
    return bool(
        re.search(
            r"\b(?:FORM|Form)\s+(?:8-K|10-Q|10-K|6-K)|^[^\S\n]*(?:UNITED STATES\s+)?SECURITIES AND EXCHANGE COMMISSION",
            text[:4000],
            re.M,
        )
    )


def _filing(document: Document, context: Context) -> _Facts:
    """A company's statement of what the government told it: the day it was told is the day of the measure."""
    text = document.text
    told = next((found for found in _told(text) if found), None)
    report = re.search(r"Date of (?:R|r)eport[^:]{0,60}:?", text)
    reported = next(iter(_days(text, report.end(), report.end() + 80)), None) if report else None
    announced = told or reported or _date_of(document, context)
    company = next(
        (name for name in ("NVIDIA", "AMD", "Intel") if re.search(rf"\b{name}\b", text, re.I)), None
    )
    is_letter = bool(re.search(r"licen[cs]e", text, re.I) and _TOLD.search(text))
    asked = _SUBJECT.search(text)
    summary = _sentence(text, told.start) if told else (_sentence(text, asked.start()) if asked else None)
    number = re.search(r"FORM\s+(8-K|10-Q|10-K|6-K)", text[:4000], re.I)
    return _Facts(
        announced=announced,
        # a letter binds from the day it is received
        effective=_effective(text, 0, len(text)) or ((told,) if told and is_letter else ()),
        at_once=_match(_AT_ONCE, text, 0, len(text)),
        number=f"{number[1].upper()} of {reported.date}" if number and reported else None,
        title=f"{company or 'Company'}: licence requirement told by the US government"
        if is_letter
        else document.title,
        authority="BIS" if is_letter else company,
        jurisdiction="US",
        instrument="is-informed letter" if is_letter else _kind(text[:6000], None),
        summary=summary,
    )


def _told(text: str, year: int | None = None) -> Iterator[_Day | None]:
    """The day of each sentence in which a government tells a firm something."""
    for start, end in _sentences(text):
        if _TOLD.search(text, start, end) and re.search(
            r"government|Commerce|\bBIS\b|\bUSG\b", text[start:end]
        ):
            yield next(iter(_days(text, start, end, year)), None)


# --- Chinese announcements --------------------------------------------------------------------------------------------

_HAN = re.compile(r"[\u4e00-\u9fff]")
_ANNOUNCEMENT = re.compile(
    r"(?P<body>(?:商务部|海关总署|市场监管总局|国家市场监督管理总局|工业和信息化部|国家发展改革委|国务院关税税则委员会|税委会|国家网信办|国家互联网信息办公室)?(?:[、 ]*(?:海关总署|商务部|工业和信息化部|国家发展改革委))*)"
    r"\s*(?P<kind>公告|令|通告)\s*(?P<year>20\d\d)\s*年\s*第?\s*(?P<n>\d{1,4})\s*号"
    r"|(?P<year3>20\d\d)\s*年\s*第\s*(?P<n5>\d{1,4})\s*号\s*公告"
    r"|(?P<kind2>公告|令)\s*[〔\[（(]\s*(?P<year2>20\d\d)\s*[〕\])）]\s*第?\s*(?P<n2>\d{1,4})\s*号"
    r"|(?P<decree>国务院令)\s*第?\s*(?P<n3>\d{1,4})\s*号|中华人民共和国国务院令\s*第?\s*(?P<n4>\d{1,4})\s*号"
)
_PUBLISHED = re.compile(r"(?:发布|公布|印发|成文|发文)(?:日期|时间)\s*[:：]?\s*")


def _is_chinese(document: Document) -> bool:
    sample = f"{document.title or ''}{document.text[:3000]}"
    return len(_HAN.findall(sample)) * 3 > len(sample.replace(" ", ""))


def _named_year(text: str, announced: _Day | None) -> dt.date | None:
    """A whole date; `this year` and `next year` are reckoned from the day of announcement."""
    if text[:2] not in ("今年", "明年"):
        return dates.first(text)
    if announced is None:
        return None
    return dates.first(f"{announced.date.year + (text[:2] == '明年')}年{text[2:]}")


# a summons that is told before any investigation
_SUMMONED = re.compile(r"\A(?:(?!立案|进一步调查|反垄断)[\s\S])*约谈")


def _chinese(document: Document, context: Context) -> _Facts:
    text = document.text
    head = f"{document.title or ''}\n{text[:1500]}"
    number = None
    if match := _ANNOUNCEMENT.search(f"{document.title or ''}\n{text}"):
        if match["decree"] or match["n4"]:
            number = f"国务院令第{match['n3'] or match['n4']}号"
        else:
            year, n = (
                match["year"] or match["year2"] or match["year3"],
                match["n"] or match["n2"] or match["n5"],
            )
            kind = match["kind"] or match["kind2"] or "公告"
            number = f"{(match['body'] or '').replace(' ', '')}{kind}{year}年第{n}号"
    authority, jurisdiction = _body(head)
    if authority is None and document.meta.get("contentsource"):
        authority, jurisdiction = _body(document.meta["contentsource"])
    announced = _announced(document, context)
    authority, jurisdiction = _announcer(text, announced) or (authority, jurisdiction)
    effective = tuple(
        _Day(day, match.start("day"), match.end("day"))
        for match in _CHINESE_START.finditer(text)
        if (day := _named_year(match["day"], announced))
        # the start of an investigation's period or of a list already in force is not the start of this measure
        and not re.search(
            r"(?:调查期|期间|已|此前)[^。]{0,12}$", text[max(0, match.start() - 20) : match.start()]
        )
    )[:3]
    ended = None
    if match := _CHINESE_END.search(text):
        name = "day" if match["day"] else "day2"
        if day := dates.first(match[name]):
            ended = _Day(day, match.start(name), match.end(name))
    summary = next(
        (
            (start, end)
            for start, end in _sentences(text)
            if _SUBJECT.search(text, start, end)
            and re.search(r"决定|公布|实施|列入|约谈|立案|要求|禁止|暂停|调查", text[start:end])
        ),
        None,
    )
    return _Facts(
        announced=announced,
        effective=effective,
        at_once=_match(_AT_ONCE, text, 0, len(text)),
        ended=ended,
        number=number,
        title=document.title or _headline(text),
        authority=authority,
        jurisdiction=jurisdiction or "CN",
        instrument="informal guidance"
        if _SUMMONED.search(head)
        else _kind_of(document.title or _headline(text), head, "rule" if number else None),
        summary=summary,
    )


# --- Press ------------------------------------------------------------------------------------------------------------

# a measure told by what it does
_CONTROLS = re.compile(
    r"(?:publish|expand|impos|introduc|widen|tighten|requir|restrict)\w*[^.]{0,80}(?:export (?:controls?|restrictions?|licen[cs]es?)|licen[cs](?:e|ing) requirements?)",
    re.I,
)
_ENGLISH_ANNOUNCEMENT = re.compile(r"Announcement (?:No\.? ?)?(\d{1,4})(?: of |, ?| \()(20\d\d)")
_BILL = re.compile(r"\b(H\.R\.|S\.) ?(\d{3,5})\b")


def _is_official(context: Context) -> bool:
    return bool(re.search(r"//[^/]*\.gov(?:\.\w\w)?(?:[:/]|$)|//[^/]*federalregister", context.url or ""))


def _press(document: Document, context: Context) -> _Facts:
    """A press release or report: its author is the body its head names, its day the day it carries."""
    text = document.text
    head = f"{document.title or ''}\n{text[:1200]}"
    authority, jurisdiction = _body(head)
    announced = _announced(document, context)
    authority, jurisdiction = _announcer(text, announced) or (authority, jurisdiction)
    acted = next(
        (
            (start, end)
            for start, end in _sentences(text)
            if _SUBJECT.search(text, start, end)
            and end - start > 40
            and end - start != len(document.title or "")
        ),
        None,
    )
    parts = []
    if found := _FR_NUMBER.search(text):
        parts.append(f"FR {found[1] or found[2] or found[3]}")
    if citation := _CITATION.search(text):
        parts.insert(0, f"{citation[1]} FR {citation[2]}")
    if paper := _PAPER.search(text):
        parts.append(f"{paper[1]} {paper[2]}")
    if rin := _RIN.search(text):
        parts.append(f"RIN {rin[1]}")
    if jurisdiction == "CN" and (english := _ENGLISH_ANNOUNCEMENT.search(text)):
        parts.append(f"Announcement {english[1]} of {english[2]}")
    if bill := _BILL.search(text):
        parts.append(f"{bill[1]}{' ' if bill[1] == 'S.' else ''}{bill[2]}")
    dated = announced or _date_of(document, context)
    effective = _effective(text, 0, len(text), dated.date.year if dated else None)
    if (
        announced
        and effective
        and not parts
        and not _is_official(context)
        and announced == _date_of(document, context)
    ):
        late = (announced.date - effective[0].date).days
        # a report printed after a measure took effect carries its own day, not that of the announcement
        announced = None if 0 < late <= 60 else announced
    instrument = _kind_of(document.title or _headline(text), head) or _kind(text, None)
    if instrument is None and authority and authority not in _PROVIDERS and _CONTROLS.search(text):
        instrument = "rule"
    if instrument == "is-informed letter" and not effective:
        year = announced.date.year if announced else None
        told = next((found for found in _told(text, year) if found), None)
        effective = (told,) if told else ()
    if authority in _PROVIDERS and instrument not in ("is-informed letter", "entity listing"):
        instrument = "provider policy"
    return _Facts(
        announced=announced,
        effective=effective,
        at_once=_match(_AT_ONCE, text, 0, len(text)),
        ended=_end_day(text, 0, len(text)) if re.search(r"\bstay(?:ed)?\b|suspend", head, re.I) else None,
        number="; ".join(parts) or None,
        title=document.title or _headline(text),
        authority=authority,
        jurisdiction=jurisdiction,
        instrument=instrument,
        summary=acted,
    )


# --- Shared -----------------------------------------------------------------------------------------------------------


def _body(text: str) -> tuple[str | None, str | None]:
    """The body named first; of bodies named at the same place the more special."""
    found = [
        (match.start(), order, name, where)
        for order, (name, where, pattern) in enumerate(_BODY_PATTERNS)
        if (match := pattern.search(text))
    ]
    if not found:
        return None, None
    # a department and its bureau are named together: the bureau speaks; two that act together speak as both
    named = {name: (at, where) for at, _, name, where in found}
    for bureau, department, within in (("BIS", "Commerce", 400), ("MOFCOM/GACC", "MOFCOM", 120)):
        if bureau in named and department in named and named[bureau][0] - named[department][0] < within:
            return bureau, named[bureau][1]
    specific = [item for item in found if item[2] not in ("US government", "regulators")] or found
    _, _, name, where = min(specific)
    return name, where


def _kind(text: str, fallback: str | None) -> str | None:
    return next((name for name, pattern in _KINDS if pattern.search(text)), fallback)


def _kind_of(title: str | None, head: str, fallback: str | None = None) -> str | None:
    """A title names the measure, the text beside it names others as well; that it is a rule says little."""
    named = _kind(title or "", None)
    return named if named not in (None, "rule") else _kind(head, fallback)


def _covers(text: str) -> str | None:
    """Chips, classes and goods the text names, in the order of their first mention."""
    found: list[tuple[int, str]] = [(match.start(), match[0].strip()) for match in _MENTIONED.finditer(text)]
    found += [(chip.start, chip.chip_text.strip()) for chip in chips.find(text[:20_000]) if chip.family]
    for name, pattern in _ITEM_PATTERNS:
        if match := pattern.search(text):
            found.append((match.start(), match[0] if name in ("3A090", "4A090") else name))
    names: dict[str, str] = {}
    for _, name in sorted(found):
        names.setdefault(re.sub(r"[\s-]+", "", name).lower(), name)
    # `Nvidia H200` beside `H200` is said once
    kept = [
        name
        for key, name in names.items()
        if not any(key != other and key.endswith(other) for other in names)
    ]
    return "; ".join(kept[:14]) or None


def _days(text: str, start: int, end: int, year: int | None = None) -> list[_Day]:
    """Whole dates of a stretch, in order; a day without a year only where the document's own year is given."""
    out = [_Day(f.date, f.start + start, f.end + start) for f in dates.find(text[start:end])]
    if year is not None:
        for match in _MONTH_DAY.finditer(text, start, end):
            name = match["name"] or match["name2"]
            month = _MONTHS.index(name[:3].lower()) + 1 if name else int(match["m"])
            try:
                day = dt.date(year, month, int(match["d"] or match["n"] or match["n2"]))
            except ValueError:
                continue
            if not any(known.start <= match.start() < known.end for known in out):
                out.append(_Day(day, match.start(), match.end()))
    return sorted(out, key=lambda day: day.start)


def _effective(text: str, start: int, end: int, year: int | None = None) -> tuple[_Day, ...]:
    """The days that words of effect stand by: right after them, or before them in the same sentence."""
    found: dict[int, _Day] = {}
    days = _days(text, start, end, year)
    for match in _STARTS.finditer(text, start, end):
        window = re.match(r"[^.;。\n]{0,90}", text[match.end() : min(end, match.end() + 90)])
        stop = match.end() + (window.end() if window else 0)
        after = [day for day in days if match.end() <= day.start < stop]
        first = after[0] if after else None
        if first is None:
            opened = max(text.rfind(mark, start, match.start()) for mark in ".;。\n") + 1
            before = [
                day for day in days if max(opened, match.start() - 60, start) <= day.start < match.start()
            ]
            first = before[-1] if before else None
        elif _NO_START.search(text, match.end(), first.start):
            first = None
        if (
            first is not None
            and not _NO_START.search(text, max(start, match.start() - 25), match.start())
            and not _PLANNED.search(text, max(start, match.start() - 45), match.start())
        ):
            found.setdefault(first.start, first)
    return tuple(found[at] for at in sorted(found))


def _end_day(text: str, start: int, end: int) -> _Day | None:
    for match in _ENGLISH_END.finditer(text, start, end):
        after = _days(text, match.end(), min(end, match.end() + 70))
        words = text[match.end() : after[0].start] if after else ""
        if (
            after
            and "." not in words
            and re.search(r"until|through|to\b|expire", f"{match[0]} {words}", re.I)
        ):
            return after[-1] if "from" in words else after[0]
    return None


_ANNOUNCES = re.compile(
    r"\b(?:announc|issu|publish|releas|adopt|sign|unveil)(?:e[sd]?|s|ed)?\b|发布|公布|宣布|公告|声明|通报|约谈|立案"
)
_LEADS = re.compile(r"(?:^|\b(?:on|issued|published|released|signed|announced|dated)\s+|[）)\]】]\s*)$", re.I)


_CHINESE_ACT = re.compile(r"[,，]?\s*(?:联合|正式)?(?:发布|公布|宣布|印发)")


def _announced(document: Document, context: Context) -> _Day | None:
    """The day a measure was announced: the one a sentence of its author's act opens with, where that lies shortly before
    the day of the page; else the day of the page. A day without a year is completed from the page's, or, where the page
    prints no year, from the day it was read, or from the one year that is printed."""
    text, page = document.text, _date_of(document, context)
    page = _dateline(text, page) or page
    anchor, reach = (page.date, 31) if page else (None, 0)
    years = set(re.findall(r"(?<!\d)20\d\d(?!\d)", text[:6000]))
    if anchor is None and context.date is not None and not years:
        anchor, reach = context.date, 60
    elif anchor is None and len(years) == 1:
        anchor, reach = dt.date(int(min(years)), 12, 31), 365
    for start, end in _sentences(text[:2500]):
        acts = _ANNOUNCES.search(text, start, end) and any(
            pattern.search(text, start, end) for *_, pattern in _BODY_PATTERNS
        )
        for day in _days(text, start, end, anchor.year if anchor else None):
            dated = page is None and re.match(r"[日\s]*(?:消息|电|讯)", text[day.end : day.end + 6])
            leads = _LEADS.search(text[start : day.start]) or _CHINESE_ACT.match(text, day.end)
            if not (dated or (acts and leads)):
                continue
            date = day.date
            if anchor and date > anchor and date.year == anchor.year:
                # late in December, told early in January
                date = _a_year_before(date)
            if anchor is None or 0 <= (anchor - date).days <= reach:
                return _Day(date, day.start, day.end)
        alone = _DAY_ALONE.search(text, start, end) if acts and anchor else None
        if alone and anchor and int(alone[1]) <= anchor.day:
            return _Day(anchor.replace(day=int(alone[1])), alone.start(1), alone.end())
        if acts and page and re.search(r"\blast (?:week|month)\b", text[start:end]):
            return None
    return page


# 商务部、海关总署15日联合发布公告
_DAY_ALONE = re.compile(
    r"(?:部|总署|总局|网信办|委|厅)[，,]?(?<!\d)([12]\d|3[01]|[1-9])日(?=[,，]?\s*(?:联合|正式)?(?:发布|公布|宣布|印发))"
)
_AGENCY = re.compile(
    r"(?:新华社|中新社|中新网|中评社|中通社|中央社)[^\d\s]{0,6}\s*(?P<m>\d{1,2})月(?P<d>\d{1,2})日\s*电"
)


def _dateline(text: str, page: _Day | None) -> _Day | None:
    """The day of a news agency's dateline where the page was printed later: a copied report."""
    if page is None or not (match := _AGENCY.search(text[:1500])):
        return None
    try:
        date = dt.date(page.date.year, int(match["m"]), int(match["d"]))
    except ValueError:
        return None
    date = _a_year_before(date) if date > page.date else date
    return _Day(date, match.start("m"), match.start("d") + len(match["d"]) + 1)


def _announcer(text: str, announced: _Day | None) -> tuple[str, str | None] | None:
    """The body named right before the day of its announcement: a spokesman or a headline may name another first."""
    if announced is None or announced.start == 0:
        return None
    start = max(text.rfind(mark, 0, announced.start) for mark in "。\n") + 1
    if not _CHINESE_ACT.match(text, announced.end):
        return None
    name, where = _body(text[start : announced.start])
    return (name, where) if name else None


def _a_year_before(date: dt.date) -> dt.date:
    return date.replace(year=date.year - 1, day=min(date.day, 28) if date.month == 2 else date.day)


def _date_of(document: Document, context: Context) -> _Day | None:
    """The day a page carries: page tags, a labelled day, a dateline, the signature of an announcement, its address."""
    text = document.text
    for name in (
        "pubdate",
        "article:published_time",
        "publishdate",
        "publish_date",
        "publication_date",
        "date",
        "dc.date",
        "datepublished",
        "published",
        "published_at",
    ):
        if (value := document.meta.get(name)) and (tagged := dates.first(value) or _iso(value[:10])):
            return _Day(tagged, 0, 0)
    if label := _PUBLISHED.search(text):
        found = _days(text, label.end(), label.end() + 24)
        if found:
            return found[0]
    head_end = min(len(text), 500)
    head = _days(text, 0, head_end)
    for day in head:
        line = text[text.rfind("\n", 0, day.start) + 1 : _line_end(text, day.end)]
        rest = line.replace(text[day.start : day.end], "").strip(" \t|,.:：-–—()（）[]")
        if re.match(r"\s*[起至]|\s*(?:约谈|开始|以前|前)", text[day.end : day.end + 4]):
            continue
        if re.match(r"[日\s]*(?:消息|电|讯|报道|宣布|发布|公告|通报)", text[day.end : day.end + 6]):
            return day
        # a line that is a dateline: a place, an hour, a source, not a sentence
        if len(rest) <= 40 or re.match(r"[A-Z][A-Za-z.,' ]{2,40}[-–—(]", line):
            return day
        led = text[text.rfind("\n", 0, day.start) + 1 : day.start]
        if re.fullmatch(r"[A-Z][A-Za-z.' ]{2,30}, ", led) and re.match(
            r" ?[-–—(/]", text[day.end : day.end + 2]
        ):
            return day
    if slashed := _slashed_day(text[:head_end]):
        return slashed
    lines = [(match.start(), match[0]) for match in re.finditer(r"[^\n]+", text)]
    for at, line in reversed(lines[-8:]):
        found = _days(text, at, at + len(line))
        if found and len(line.strip()) <= 24:
            return found[-1]
    if context.url and (named := dates.in_url(context.url)):
        return _Day(named, 0, 0)
    labelled = re.search(
        r"(?:Published|Posted|Date|Updated|Release[d]?)\s*:?\s*(?:on\s+)?", text[:1500], re.I
    )
    if labelled and (found := _days(text, labelled.end(), labelled.end() + 24)):
        return found[0]
    listed = re.search(r"(?:on|On)\s+(?=[A-Z][a-z]+\.? \d{1,2}, 20\d\d)", text[:1500])
    if listed and (found := _days(text, listed.end(), listed.end() + 24)):
        return found[0]
    return None


def _iso(text: Any) -> dt.date | None:
    try:
        return dt.date.fromisoformat(str(text)[:10]) if text else None
    except ValueError:
        return None


def _slashed_day(text: str) -> _Day | None:
    """`16/03/2026` on a line of its own or before an hour, where only one order of day and month gives a date."""
    for match in re.finditer(r"^\s*(\d{1,2})/(\d{1,2})/(20\d\d)(?=\s|$)", text, re.M):
        first, second = int(match[1]), int(match[2])
        month, day = (second, first) if first > 12 else (first, second)
        if first == second or first > 12 or second > 12:
            try:
                return _Day(dt.date(int(match[3]), month, day), match.start(1), match.end())
            except ValueError:
                continue
    return None


def _short_day(match: re.Match[str]) -> _Day | None:
    try:
        return _Day(dt.date(2000 + int(match[3]), int(match[1]), int(match[2])), match.start(), match.end())
    except ValueError:
        return None


def _match(pattern: re.Pattern[str], text: str, start: int, end: int) -> tuple[int, int] | None:
    found = pattern.search(text, start, end)
    return found.span() if found else None


def _sentences(text: str) -> Iterator[tuple[int, int]]:
    """Spans of sentences. A full stop after a single capital (`U.S.`, `D.C.`) or `No`, `Inc` ends none; a line break ends
    one unless the line was cut by a page's width."""
    start = 0
    for match in _END.finditer(text):
        at = match.start()
        if match[0] == ".":
            if _ABBREVIATED.search(text[max(0, at - 12) : at]):
                continue
        elif match[0] == "\n":
            line = text[text.rfind("\n", 0, at) + 1 : at].rstrip()
            follows = text[at + 1 : at + 2]
            if len(line) >= 50 and line[-1] not in ".:;!?" and follows.strip() and not _HAN.search(line[-1]):
                continue
        span = _trimmed(text, start, match.end())
        start = match.end()
        if span[1] - span[0] > 1:
            yield span
    span = _trimmed(text, start, len(text))
    if span[1] - span[0] > 1:
        yield span


def _sentence(text: str, at: int) -> tuple[int, int]:
    return next(((start, end) for start, end in _sentences(text) if start <= at < end), _first_sentence(text))


def _first_sentence(text: str) -> tuple[int, int]:
    return next(
        ((start, end) for start, end in _sentences(text) if end - start > 15), (0, min(len(text), 200))
    )


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end


_NO_HEADLINE = re.compile(
    r"(?:final rule|interim final rule|notice|proposed rule|document|for immediate release|media contact|contact|press release|news|home|published|updated|更新时间|发布时间|来源|首页)\b[^\n]{0,60}$"
    r"|[\d\s.,:/年月日时分-]+$|[A-Z][a-z]+ \d{1,2}, \d{4}$",
    re.I,
)


def _headline(text: str) -> str | None:
    """The first line that says something: no label, no date, no contact."""
    lines = [line.strip() for line in text.split("\n")[:14]]
    said = [line for line in lines if len(line) > 8 and not _NO_HEADLINE.match(line)]
    return said[0] if said else next((line for line in lines if line), None)


def _line_end(text: str, at: int) -> int:
    end = text.find("\n", at)
    return len(text) if end < 0 else end


def keys(number: str | None) -> Sequence[str]:
    """What a document number names, in one form whoever wrote it: `FR 2026-00789`, `91 FR 1684`, `CN 70/2025` for both
    商务部公告2025年第70号 and `Announcement 70 of 2025`, `Proclamation 11002`."""
    text = number or ""
    out = [f"FR {match[1] or match[2] or match[3]}" for match in _FR_NUMBER.finditer(text)]
    out += [f"{match[1]} FR {match[2]}" for match in _CITATION.finditer(text)]
    out += [f"{match[1]} {match[2]}" for match in _PAPER.finditer(text)]
    for match in _ANNOUNCEMENT.finditer(text):
        n, year = match["n"] or match["n2"] or match["n5"], match["year"] or match["year2"] or match["year3"]
        out += [f"CN {n}/{year}"] if n else []
    for match in re.finditer(
        r"Announcements? (?:Nos?\.? ?)?([\d,\s-]+(?:and \d+)?)(?: of |, )(20\d\d)", text
    ):
        out += [f"CN {n}/{match[2]}" for n in _spread(match[1])]
    out += [
        f"CN decree {match[1]}" for match in re.finditer(r"(?:国务院令第|State Council Decree )(\d+)", text)
    ]
    return tuple(dict.fromkeys(out))


def _spread(text: str) -> Iterator[int]:
    for part in re.split(r",|and", text):
        ends = [int(n) for n in re.findall(r"\d+", part)]
        yield from range(ends[0], ends[-1] + 1) if ends else ()
