"""Services a Chinese text names outside of tables, with or without their numbers.

Numbers tell most (`numbers`). For the rest a text is read sentence by sentence: `statements` judges what is said of an
approval, `mentions` (by `items` and `owners`) what each part of a list names, and this module finds which of them an approval governs:

* those right before its predicate (`甲、乙等均已通过备案`, `甲（已备案）`, `甲：通过备案`),
* those behind a lead (`通过备案的有：甲、乙`, `包括甲和乙`, `新增2款（甲、乙）`),
* the lines below a heading or lead,
* those it only points at (`references`: `该功能已完成登记`, a heading above `已通过备案。`).

Parts that only may be names count where their number is the one printed, or a lead announces them. English texts are
`english_names`'.
"""

import datetime as dt
import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from scrapers.documents import Context, Document
from scrapers.extract.filings import english_names, items, lines, numbers, owners, statements
from scrapers.extract.filings.days import page_date
from scrapers.extract.filings.grammar import Kind, province_of
from scrapers.extract.filings.items import Part
from scrapers.extract.filings.mentions import (
    CLAUSE,
    NEAR,
    PLACES,
    SEAT,
    SENTENCE,
    Mention,
    Mentions,
    owned,
)
from scrapers.extract.filings.references import References
from scrapers.extract.filings.scopes import NATIONAL, home_of, local_place, marks_of, scope_of
from scrapers.issues import Issue
from scrapers.lexicon import models, places
from scrapers.records import Filing, Ground
from scrapers.text.numerals import parse

_ENGLISH_PIECE = re.compile(r"\((?![^()]*\))|[.!?]\s|^(?:the|its|this|under|and)\s", re.I)
"""What a piece of an English sentence before a number has and a name has not."""
_ABOUT_AI = re.compile(r"模型|生成式|智能|AI|算法|GPT")
_LEAD = re.compile(
    r"(?:(?:连同|加上)此前(?:已?备案|已?通过)?的|包括了?|包含|涵盖|覆盖|囊括|收录了?|出现了?|的还有|还有|[另也又]有|分别(?:为|是|有|来自)|名单(?:如下|为|有|包括)?|如下|有以下|具体(?:为|是|包括)|它们是|即|涉及|(?<!华)为(?![^，,。；;\n“]{1,14}(?:提供|带来|打造|赋能))|有(?!限|道)|是|如(?!果)|比如|例如|像)[：:]?|——?|[：:]"
)
_NAMING = re.compile(r"包|涵盖|覆盖|囊括|收录|出现|还有|另有|分别|名单|如|具体|它们|即|[：:—]|例|像")
"""Leads after which bare words may be names."""
_HOW_MANY = re.compile(
    r"(\d{1,3}|[两二三四五六七八九十]{1,3})\s*[款个家项](?!多?月|百分|省|城|国|小时|工作日|季度)"
)
_OTHER_TOPIC = re.compile(
    r"[-*•·\d.、\s]*(?!其中|包括|分别|具体|[本此这]次)(?![^：:]{0,8}(?:名单|清单|模型|产品|服务|应用|企业|公司|机构|第.批|备案|登记|获批|新增|[是为有][：:]))[\u4e00-\u9fff]{3,10}[：:]"
)
"""A line with a label of its own, `竞争格局：…`: its list is not of what was approved before."""
_CALLED = re.compile(r"(?:^|[。\n，,])\s*(?:该|这[款个]|此)[^，。]{0,6}?名?[为是叫“]+$")
"""`该应用名为“…”`: the one service that the sentence before was about."""
_BESIDES = re.compile(r"除了?(?P<m>.+?)(?:之|以)?外$")
"""`除云上大模型外，海上大模型也已通过备案`."""
_OF_FIRMS = re.compile(r"等[^，。“”]{0,6}(?:企业|公司|机构|单位|高校|院校|厂商|车企|银行)的")
"""`甲、乙等企业的14款大模型`: those who made them."""
_AMONG = re.compile(r"的?[^，,。；;“”]{0,8}[款个][^，,。；;“”]{0,10}中[，,]")
"""`已备案的6款大模型中，云上大模型…`."""
_GOES_ON = re.compile(r"\s*(?:名单|其中|包括|新增|上榜|[本此这]次)")
_OURSELVES = re.compile(r"本(?:公司|集团|行|院|校)|我(?:司|行|院|校|局|单位)|报告期内|(?:^|[，,：:])公司")
_PLACED = re.compile(
    rf"(?:其中)?[，,]?(?P<place>{PLACES})(?:市|省|自治区)?(?:地区)?(?:的)?(?:有|共|入选|新增)?(?:\d+|[一二两三四五六七八九十]+)?(?:家|款|个|项)?(?:企业|机构|单位|大?模型|产品|服务|应用)?(?:分别)?(?:为|是|有|包括|入选|：|:)*"
)
_FIELD_NAMES = re.compile(r"(?:备案|登记)(?:号|编号|单位|主体|时间|日期)[：:]")
_LISTING = re.compile(
    r"包括|包含|分别|名单|清单|如下|其中|有|具体|新增|[本此这]次|(?:模型|服务|产品|应用|企业|公司|机构|[\d两几三四五六七八九十][款个家项批])(?:分别)?[是为]?[：:]?"
)
"""Words of a sentence that goes on with the list of what the sentence before was about."""
_ONE_OF_THEM = re.compile(r"[、，](?:国产|国内|合规|主流)?已?备案的?大?模型")
"""`接入甲、乙、国产备案模型`: approved models are an item of the list, not what it is a list of."""
_COUNT_BRACKET = re.compile(
    r"(?P<n>\d{1,3}|[一两二三四五六七八九十]{1,3})[款个家项](?:(?!包括|包含|分别|涵盖|[有是为])[^，,。；;、：:（()）“”]){0,24}[（(](?=[^（()）])"
)
_COPULA = re.compile(
    r"(?:均|都|就|也)?(?:(?<!认)[是为系](?!了)|成为|作为|属于|跻身)(?:了)?[^，。“”（()）]{0,14}$"
)
_CHOSEN = re.compile(
    r"(?:调用|接入|采用|使用|选用|支持|内置|搭载|对接|切换[至到])[了的]?(?P<m>[^，,。；;\n]{2,20})$"
)
"""`网关默认调用云上`: the first of a list of names behind the verb of its clause."""
_OF_NOUN = re.compile(
    r"的[^，,。；;、“”（(]{0,12}?(?:模型|服务|应用|产品|助手|平台)(?:之一)?(?=[，,“「《])"
    r"|(?:的|了)*(?:(?:国产|国内|境内|本土|第三方|商业级?|适配|生成式|人工智能|大语言|通用|AI|大?模型|产品|服务|应用|企业|厂商|公司|平台|算法)+)?(?:之一|代表|名单|清单)?(?:当?中|里)?(?:的)?(?:\s?API)?\**"
)


@dataclass(frozen=True, slots=True)
class _Found:
    item: Mention
    kind: Kind
    filed: dt.date | None
    at: int
    """Where it is spoken of: behind its name where a sentence only points at it (`该功能已完成登记`)."""


def read(
    document: Document, context: Context, seen: set[str], has_table: bool, is_chinese: bool
) -> Iterator[Filing | Issue]:
    """Services named outside of tables. `seen` holds the numbers tables gave, in lower case, and grows."""
    if not (is_chinese or has_table):
        yield from english_names.read(document, context, seen)
    spoken = [] if has_table or not is_chinese else list(_listed(document, context))
    named = [one for _, one in spoken]
    numbered: list[Filing] = []
    for item in numbers.read(document, seen, spoken, context.date or page_date(document)):
        if isinstance(item, Filing):
            if not is_chinese and _ENGLISH_PIECE.search(item.model_name):
                continue
            if item.entity_name is None:
                makers_told = {one.entity_name for one in named if _is_same(one, item) and one.entity_name}
                item = replace(item, entity_name=makers_told.pop() if len(makers_told) == 1 else None)
            if item.filed_date is None:
                days_told = {one.filed_date for one in named if _is_same(one, item) and one.filed_date}
                item = replace(item, filed_date=days_told.pop() if len(days_told) == 1 else None)
            numbered.append(item)
        yield item
    for one in _once([one for one in named if not any(_is_same(one, other) for other in numbered)]):
        yield replace(one, entity_name=one.entity_name or items.maker_in_name(one.model_name))


def _is_same(named: Filing, numbered: Filing) -> bool:
    """Whether a service named in a sentence is one whose number was read: by its name in the same register, or in the words of
    the number."""
    if _core(named.model_name) != _core(numbered.model_name):
        return False
    ground = numbered.ground
    is_near = ground.start is not None and ground.end is not None and named.ground.start is not None
    return named.kind == numbered.kind or (is_near and ground.start <= named.ground.start <= ground.end)  # type: ignore[operator]


def _core(model: str) -> str:
    """A name without its class; `云上多模态大模型` is another than `云上大模型`."""
    return re.sub(r"(?:大语言|大)?(?:模型|服务|产品|应用)$", "", model.casefold().replace(" ", ""))


def _listed(document: Document, context: Context) -> Iterator[tuple[int, Filing]]:
    """Each service said to be approved with where the text speaks of it."""
    text = document.text
    for found, here in _Reader(document, context).read():
        item = found.item
        quote = text[item.start : item.end]
        yield (
            found.at,
            Filing(
                kind=found.kind,
                model_name=item.reading.model,
                entity_name=item.reading.maker,
                province=here if here != NATIONAL else None,
                filed_date=found.filed,
                note="named in a sentence; no number printed",
                ground=Ground(
                    quote=quote, start=item.start, end=item.end, locator=f"chars {item.start}-{item.end}"
                ),
            ),
        )


def _once(named: Sequence[Filing]) -> list[Filing]:
    """Each service once, where the text says most of it: with its maker, its day, then by its longest name
    (`文心一言大模型`)."""
    best: dict[tuple[tuple[str, str], str | None], Filing] = {}
    makers_of: dict[tuple[str, str], set[str]] = {}
    for one in named:
        if one.entity_name:
            makers_of.setdefault(_key(one), set()).add(one.entity_name)
    whole = {
        (kind, f"{m}{name}".casefold().replace(" ", "")) for (kind, name), ms in makers_of.items() for m in ms
    }
    for one in named:
        name, maker = _key(one), one.entity_name
        if maker is None and name in whole:
            continue  # `优必选行者大模型` where the text also has `优必选“行者”大模型`
        owners: list[str | None] = [maker] if maker else [*sorted(makers_of.get(name, ()))] or [None]
        for key in ((name, owner) for owner in owners):
            before = best.get(key)
            if before is None or _told(one) > _told(before):
                best[key] = one
    unique = {id(one): one for one in best.values()}
    return sorted(unique.values(), key=lambda one: one.ground.start or 0)


def _key(named: Filing) -> tuple[str, str]:
    edition = re.search(r"[（(][^（()）]*版[)）]$", named.model_name)
    return named.kind, _core(named.model_name) + (edition[0] if edition else "").casefold()


def _told(named: Filing) -> tuple[bool, bool, int]:
    return named.entity_name is not None, named.filed_date is not None, len(named.model_name)


class _Spans:
    """Pieces of a text that do not overlap, to be asked which of them a piece meets."""

    def __init__(self, spans: Sequence[tuple[int, int]]) -> None:
        self.spans = sorted(spans)

    def meets(self, start: int, end: int) -> bool:
        at = bisect_left(self.spans, (end,))
        return at > 0 and self.spans[at - 1][1] > start


class _Reader:
    """Goes through a text once; holds what the sentences before said: the last approval, heading, place."""

    def __init__(self, document: Document, context: Context) -> None:
        self.text, title = document.text, document.title
        self.page = context.date or page_date(document)
        self.home, self.local = home_of(document, context), local_place(document, context)
        self.mentions = Mentions(self.text, owners.issuer_of(self.text, title))
        self.references = References(self.mentions)
        self.register = ""
        self.topic = ""
        self.topic_end = -NEAR
        """Where the approval last spoken of ends."""
        self.numbers: set[int] = set()
        """How many services the last sentence on an approval spoke of."""
        self.lines_end = 0

    def read(self) -> Iterator[tuple[_Found, str | None]]:
        """Each service with the place it was approved in, where the text says one."""
        spoken: str | None = None
        told_of: str | None = None
        if not re.search(r"备案|登记", self.text) and not (
            statements.TOPIC.search(self.text) and _ABOUT_AI.search(self.text)
        ):
            return
        for match in SENTENCE.finditer(self.text):
            start, end = match.span()
            sentence = match[0]
            is_line = self._is_line(start, end)
            self._note_heading(sentence, start, is_line)
            has_topic = statements.TOPIC.search(statements.without_used(sentence)) is not None
            if has_topic and re.search(r"备案|登记", sentence):
                self.register = sentence
            if not has_topic and start - self.topic_end > NEAR:
                continue
            marks = [(at, place) for at, place in marks_of(sentence, None) if place != NATIONAL]
            scope = scope_of(sentence, None)
            if scope is None and not has_topic and start - self.topic_end <= 2:
                scope = told_of  # goes on with what the sentence before is about
            told_of = scope
            if has_topic:
                spoken = scope_of(sentence, self.home) or spoken
            for found in self._sentence(start, end, has_topic, is_line):
                reading = found.item.reading
                yield (
                    found,
                    found.item.place
                    or reading.place
                    or next((place for at, place in reversed(marks) if start + at < found.at), scope)
                    or (spoken if reading.maker is None else None)
                    or self.local
                    or self._seat_of(reading.maker),
                )
            if has_topic:
                self.topic, self.topic_end = sentence, end

    def _seat_of(self, maker: str | None) -> str | None:
        """The one province a text speaks of, for a maker named after it."""
        head = next((m for m in places.find(maker[:8]) if m.start == 0), None) if maker else None
        marks = {place for _, place in marks_of(self.text, None)}
        own = places.province_of(head.place.code) if head and len(marks) == 1 else None
        return own.name if own and own.name in marks else None

    # --- One sentence -----------------------------------------------------------------------------------------------

    def _sentence(self, start: int, end: int, has_topic: bool, is_line: bool) -> Iterator[_Found]:
        text = self.text
        sentence = text[start:end]
        if not has_topic and _OTHER_TOPIC.match(sentence.strip()):
            return
        self.mentions.groups = items.groups(text, start, end)
        own = statements.without_used(sentence)
        around = statements.register_of(own if re.search(r"备案|登记|获批|算法", own) else self.register)
        said_numbers = {int(v) for m in _HOW_MANY.finditer(sentence) if (v := parse(m[1])) is not None}
        if has_topic:
            self.numbers = said_numbers
        said_numbers |= self.numbers
        found: dict[int, _Found] = {}
        behind = start
        undone: list[tuple[int, int]] = []
        subject: list[Mention] = []
        for said in statements.predicates(text, start, end):
            run, is_held = self._before(behind, said, start)
            pointed = False
            if not self._accepted(run, said_numbers, text[run[-1].end : said.start] if run else ""):
                run = []
            if not run and said.is_done and not is_held:
                run = self.references.of(start, behind, said, subject)
                pointed = bool(run)
            if run and statements.is_used(text[run[-1].end : said.end]):
                pass  # `甲，接入已备案的乙`: of another service
            elif run and (is_held or not said.is_done):
                undone.append((run[0].start, said.end))
            elif run:
                near = text[max(run[-1].end, said.start - CLAUSE) : said.end]
                goes_on = re.match(r"[》”号]?[和及与、][^，,。；;\n]{0,40}", text[said.end : end])
                run = self._dealt(run, start, end)
                day = (
                    statements.same_day(text[max(0, start - NEAR) : run[0].start], self.page)
                    if re.search(r"当[天日]|同一?[天日]", text[behind : run[0].start] + near)
                    else statements.day_in(near, self.page)
                    or statements.day_told(text[said.start : end], self.page)
                    or self._day_before(run[0].start)
                    or statements.day_before(text[behind : run[0].start], self.page)
                    or self._day_of_topic(start, run[0].start)
                )
                dealt: list[dt.date | None] = [*statements.days_dealt(near, self.page)]
                days = dealt if len(dealt) == len(run) else [day] * len(run)
                seat = SEAT.search(text, said.end, min(end, said.end + 40))
                days = [
                    statements.day_in(told[0], self.page)
                    if (told := statements.own_day(text[item.end : until]))
                    else day
                    for item, day, until in zip(
                        run, days, [*(i.start for i in run[1:]), said.start], strict=True
                    )
                ]
                for item, day in zip(run, days, strict=True):
                    if seat and text[said.end] in "（(" and item.place is None:
                        item = replace(item, place=province_of(seat["place"]))
                    own = near + (goes_on[0] if goes_on else "")
                    kind = statements.kind_of(own, item.reading.model, around)
                    at = said.start if pointed else item.start
                    found.setdefault(item.start, _Found(item, kind, day, at))
                subject = run
            if said.is_done and said.is_of:
                for item in self._of(said, end, is_held):
                    kind = statements.kind_of(said.words, item.reading.model, around)
                    found.setdefault(item.start, _Found(item, kind, None, item.start))
            behind = said.end
        governed = _Spans([*undone, *((f.item.start, f.item.end) for f in found.values())])
        listed = list(self._after(start, end, said_numbers, has_topic))
        listed = list(
            zip(
                self._dealt([item for item, _ in listed], start, end),
                [lead for _, lead in listed],
                strict=True,
            )
        )
        day = self._day_of_list(start, listed[0][0].start, end, has_topic) if listed else None
        for item, lead in listed:
            if governed.meets(item.start, item.end):
                continue
            kind = statements.kind_of(lead, item.reading.model, around)
            found.setdefault(item.start, _Found(item, kind, day, item.start))
        if not found and not has_topic and start - self.topic_end <= 40:
            for item in self._described(start, end):
                kind = statements.kind_of("", item.reading.model, around)
                found[item.start] = _Found(
                    item, kind, statements.day_before(self.topic, self.page), item.start
                )
        if not found and end >= self.lines_end and text[end : end + 1] == "\n" and self._announces(sentence):
            for item in self._lines(end, said_numbers, has_topic):
                kind = statements.kind_of("", item.reading.model, around)
                day = (
                    statements.day_told(self.text[item.start : item.end], self.page)
                    or statements.day_before(sentence, self.page)
                    or statements.day_before(self.topic, self.page)
                )
                found[item.start] = _Found(item, kind, day, item.start)
        yield from (self._of_issuer(found[at], start) for at in sorted(found))

    def _dealt(self, run: list[Mention], start: int, end: int) -> list[Mention]:
        """The services of a sentence with the makers it deals out to them."""
        if not run:
            return run
        makers = owners.dealt(self.text, run[-1].end, end, len(run))
        makers = makers or owners.dealt_before(self.text[start : run[0].start], len(run))
        return [owned(item, maker) for item, maker in zip(run, makers, strict=True)] if makers else run

    def _of_issuer(self, found: _Found, start: int) -> _Found:
        """A service without a maker, in a sentence in which the firm that writes speaks of itself, is that firm's."""
        item = found.item
        words = self.text[start : max(item.start, self.text.find(item.reading.model, item.start, item.end))]
        if self.mentions.owner and found.item.reading.maker is None and _OURSELVES.search(words):
            return replace(found, item=owned(found.item, self.mentions.owner))
        return found

    def _day_of_list(self, start: int, at: int, end: int, has_topic: bool) -> dt.date | None:
        """The day of the approval that a list at `at` is about, told in its sentence or in the one before."""
        own = statements.day_before(self.text[start:at], self.page) if has_topic else None
        own = own or statements.day_told(self.text[start:end], self.page)
        return own or (statements.day_before(self.topic, self.page) if start - self.topic_end <= 2 else None)

    def _day_of_topic(self, start: int, at: int) -> dt.date | None:
        """The day the sentence before gives, for one that goes on with its list."""
        if start - self.topic_end > 2 or re.search(
            r"此[前后]|随后|之[前后]|早在|去年|今年|近日|日前|目前", self.text[start:at]
        ):
            return None
        return statements.day_before(self.topic, self.page) if _GOES_ON.match(self.text, start) else None

    def _day_before(self, at: int) -> dt.date | None:
        """The whole day that stands right before the first name: `2023年11月3日，云上大模型通过…`."""
        told = re.search(
            r"20\d\d\s?年\s?\d{1,2}\s?月\s?\d{1,2}\s?日[，,]?(?:以)?[“「]?\s*$",
            self.text[max(0, at - 24) : at],
        )
        return statements.day_in(told[0], None) if told else None

    # --- Before a predicate -----------------------------------------------------------------------------------------

    def _before(self, behind: int, said: statements.Said, start: int) -> tuple[list[Mention], bool]:
        """The services right before a predicate, and whether the words between or before them hold it back."""
        text = self.text
        end = said.start
        behind = self._outside(behind, end)
        note = ""
        opened = self._open_bracket(behind, end)
        if opened is not None:
            note, end = text[opened + 1 : end], opened
            if not _is_aside(note):
                return self._within(opened + 1, said), False
        cut = list(items.parts(text, behind, end, inside=self.mentions.groups))
        if not cut:
            return [], False
        last = cut[-1]
        words = text[last.start : last.end]
        core = (
            _cut_copula(items.without_tail(words))
            if said.is_of or said.words.startswith(("首批", "第"))
            else items.without_tail(words)
        )
        core = items.without_tail(core)
        if _OF_FIRMS.match(words[len(core) :]):
            return [], False
        if said.is_of and core == words and not opened and not re.search(r"等$", words):
            # `选用豆包、Kimi 国产备案模型`: only what is known stands before a noun without a word between
            core = re.sub(r"\s*(?:国产|国内|合规|主流)$", "", words)
            if core == words or not items.ends_known(core):
                return [], False
        item = self.mentions.item(last.start, core)
        if item is None or item.reading.sure < 2:
            item = self.mentions.one_of(last) or item
            if item is not None and statements.is_of_another_register(text[item.end : said.start]):
                return [], False
        if item is None or statements.ENDS_UNDONE.search(item.reading.model):
            return [], False
        if opened is not None and item.reading.sure < 3 and last.mark in "：:" and len(cut) == 2:
            # `甲：企业级平台（已备案）`
            item = self.mentions.item(cut[0].start, text[cut[0].start : cut[0].end]) or item
        if (
            opened is not None
            and item.reading.maker is None
            and (maker := items.maker_in(note.rstrip("，, ")))
        ):
            item = replace(item, reading=replace(item.reading, maker=maker, sure=3))
        run = [item]
        is_whole = item.start - last.start <= len(words) - len(words.lstrip())
        following = last
        if (opened is None or re.search(r"[均都皆]", note)) and is_whole | bool(items.LEAD.match(words)):
            for part in reversed(cut[:-1]):
                if following.mark not in "、，,；;" or not following.mark:
                    break
                piece = text[part.start : part.end]
                before = self.mentions.item(part.start, items.without_tail(piece))
                if (
                    before is None
                    and (besides := _BESIDES.match(piece))
                    and re.match("[也还亦同]", said.adverb)
                ):
                    before = self.mentions.item(part.start, besides["m"])
                if before is not None and before.reading.sure == 1:
                    before = self.mentions.one_of(part) or before
                if before is None or before.reading.sure < (1 if following.mark == "、" else 3):
                    chosen = _CHOSEN.search(piece) if following.mark == "、" else None
                    first = self.mentions.one_of(part) or (
                        self.mentions.item(part.start + chosen.start("m"), chosen["m"]) if chosen else None
                    )
                    if before is None and first is not None and following.mark == "、":
                        run.insert(0, first)
                    break
                run.insert(0, before)
                following = part
                if following.mark in "，,；;" and items.LEAD.match(piece):
                    break
        between = text[run[-1].end : end] + said.adverb
        lead = text[self.mentions.clause(behind, run[0].start, "，,；;：:。") : run[0].start]
        is_whole_group = bool(re.search(r"全部|均|都|皆", between))
        is_held = statements.is_held_back(
            between, "" if said.is_of or is_whole_group or said.is_granted else lead
        )
        return self.mentions.one_way(run), is_held

    def _outside(self, at: int, end: int) -> int:
        """The place behind the bracket that `at` stands in, where it closes before `end`."""
        opened = max(self.text.rfind(mark, max(0, at - CLAUSE), at) for mark in "（(")
        if opened >= 0 and at < self.mentions.groups.get(opened, 0) <= end:
            at = self.mentions.groups[opened]
        while at < end and self.text[at] in "）)】]》”":
            at += 1
        return at

    def _within(self, opened: int, said: statements.Said) -> list[Mention]:
        """The services between the bracket a predicate stands in and the predicate: `（甲社“乙”大模型已备案）`."""
        inside = list(items.parts(self.text, opened, said.start, inside=self.mentions.groups))
        if not inside:
            return []
        last = inside[-1]
        item = self.mentions.item(last.start, items.without_tail(self.text[last.start : last.end]))
        return [item] if item is not None and item.reading.sure >= 2 else []

    def _open_bracket(self, start: int, end: int) -> int | None:
        """Where the bracket opens that a predicate stands in; null outside of brackets."""
        at = max(self.text.rfind("（", start, end), self.text.rfind("(", start, end))
        if at < 0 or (at in self.mentions.groups and self.mentions.groups[at] <= end):
            return None
        return at

    def _of(self, said: statements.Said, end: int, is_held: bool) -> list[Mention]:
        """The services right behind the noun an approval qualifies: `首批通过备案的大模型文心一言`, `作为首批通过备案的产品，“文心一言”…`."""
        text = self.text
        noun = _OF_NOUN.match(text, said.end, end)
        at = noun.end() if noun else said.end
        if text[at : at + 1] in "（(" and (closed := self.mentions.groups.get(at)):
            run = self._forward(at + 1, closed - 1, None)
            return run if all(item.reading.sure >= 2 for item in run) else []
        if is_held:
            return []
        if among := _AMONG.match(text, said.end, end):
            first = next(
                items.parts(text, among.end(), min(end, among.end() + 60), inside=self.mentions.groups), None
            )
            item = self.mentions.one_of(first) if first else None
            return [item] if item and item.start <= among.end() + 2 else []
        is_as = re.search(r"作为|成为|是|系|为|属于", text[max(0, said.start - 14) : said.start]) is not None
        if is_as and text[at : at + 1] in "，,":
            at += 1
            first = next(items.parts(text, at, min(end, at + 60), inside=self.mentions.groups), None)
            item = self.mentions.item(first.start, text[first.start : first.end]) if first else None
            if first and (item is None or item.reading.sure < 3 or item.reading.maker is None):
                item = self.mentions.one_of(first) or item
            return [item] if item and item.reading.sure >= 2 else []
        run = self._forward(at, end, None)
        return (
            run
            if run
            and run[0].start <= at + 1
            and all(
                i.reading.sure >= (2 if len(run) > 1 else 3) or text[i.end - 1] in "”」』》）)" for i in run
            )
            else []
        )

    # --- Behind a lead ----------------------------------------------------------------------------------------------

    def _after(self, start: int, end: int, said: set[int], has_topic: bool) -> Iterator[tuple[Mention, str]]:
        """The services behind the leads of a sentence, in brackets behind a number, or all over a sentence that is a list; each
        with the words before its list."""
        text = self.text
        covered = start
        for match in _COUNT_BRACKET.finditer(text, start, end):
            if not self._is_governed(start, match.start(), end, has_topic):
                continue
            opened = match.end() - 1
            closed = self.mentions.groups.get(opened)
            if closed is None:
                continue
            run = self._forward(opened + 1, closed - 1, None)
            count = parse(match["n"])
            if run and (len(run) == count or all(i.reading.sure >= 2 for i in run)):
                head = self.mentions.clause(start, match.start(), "，,；;：:、")
                place = _place_of(text[head : match.end() - 1])
                for item in run:
                    yield replace(item, place=place or item.place), text[head : match.end()]
                covered = max(covered, closed)
        leads = [(start, start, "")] + [(m.start(), m.end(), m[0]) for m in _LEAD.finditer(text, start, end)]
        reached = covered
        for at, behind, lead in leads:
            if behind < reached and lead:
                continue
            if lead and not self._is_governed(start, at, end, has_topic):
                continue
            head = self.mentions.clause(start, at, "，,；;、。")
            run = self._forward(behind, end, _place_of(text[head:behind]) if lead else None)
            if not run:
                continue
            if not lead and not self._is_list(run, start, end, has_topic):
                continue
            if self._listed(run, said, lead, text[run[-1].end : min(end, run[-1].end + 40)], has_topic):
                reached = run[-1].end
                for item in run:
                    yield item, text[head:behind]

    def _described(self, start: int, end: int) -> list[Mention]:
        """The services a sentence tells something of, one by one with their makers, where the one before said how many they are:
        `新增2款。甲公司的某某主打推理，乙公司的某某专攻视频。`"""
        told = [
            m
            for part in items.parts(self.text, start, end, inside=self.mentions.groups)
            if (m := self.mentions.one_of(part)) is not None and m.reading.maker is not None
        ]
        return told if len(told) > 1 and len(told) in self.numbers else []

    def _is_list(self, run: list[Mention], start: int, end: int, has_topic: bool) -> bool:
        """Whether a sentence is nothing but the list it begins with, below words of an approval."""
        if len(run) < 2 or any(item.reading.sure < 3 for item in run):
            return False
        if not all(item.reading.maker for item in run) and (has_topic or run[-1].end < end - 12):
            return False
        return self._is_governed(start, start if not has_topic else end, end, has_topic)

    def _is_governed(self, start: int, at: int, end: int, has_topic: bool) -> bool:
        """Whether the list at a lead is of what was approved: by the words before it in its sentence, else behind it, else by
        the sentence before."""
        text = self.text
        before = text[max(start, at - 240) : at]
        if statements.TOPIC.search(before):
            return statements.is_topic(before)
        if has_topic:
            ahead = text[at : min(end, at + 600)]
            return statements.is_topic(ahead) and not _ONE_OF_THEM.search(ahead)
        if re.search(
            r"语料|数据|功能|能力|场景|领域|技术|参数|用户|客户",
            text[self.mentions.clause(start, at, "，,；;") : at],
        ):
            return False  # `语料涵盖…`
        if at > start and not _LISTING.search(text[max(start, at - 40) : at + 4]):
            return False  # `报告显示：…`: not of what the sentence before is about
        if re.search(r"公布|新增|名单|[本此这]次|[本这]批", text[start:at]) and self.topic_end < 0:
            return statements.is_topic(text[end : end + 60])  # `本次公布的3款为：…。至此累计备案868款`
        told = text[max(0, self.topic_end - 160) : max(0, self.topic_end)]
        return statements.is_topic(told)

    def _forward(self, at: int, end: int, place: str | None) -> list[Mention]:
        """The services of the list that begins at `at`; it ends with the first part that names none."""
        text = self.text
        run: list[Mention] = []
        gaps = 0
        for part in items.parts(text, at, end, inside=self.mentions.groups):
            words = text[part.start : part.end]
            if len(words) > items.LONGEST and not run:
                break
            if (placed := _PLACED.match(words)) and (
                placed.end() == len(words) or placed[0][-1] in "有为是：:"
            ):
                place = province_of(placed["place"])
                if placed.end() == len(words):
                    continue
                words = words[placed.end() :]
                part = Part(part.start + placed.end(), part.end, part.mark)
            core, is_end = _cut_predicate(words)
            item = self.mentions.item(part.start, items.without_tail(core))
            if item is None:
                if not run or part.mark != "、" or is_end:
                    # `甲大模型，甲有限公司；乙大模型，乙有限公司`
                    maker = items.maker_of(core) or core.strip()
                    if (
                        run
                        and part.mark in "，,"
                        and run[-1].reading.maker in (None, maker)
                        and items.is_maker(core.strip())
                        and not re.search(r"分别|[均都]", core)
                    ):
                        told = replace(run[-1].reading, maker=maker, sure=3)
                        run[-1] = replace(run[-1], reading=told, end=part.start + len(core))
                        continue
                    break
                gaps += 1
                if gaps > 1 + len(run) // 2:
                    break
                continue
            if run and part.mark in "：:|｜":
                break
            if (
                run
                and part.mark in "，,；;\n"
                and item.reading.sure < (2 if part.mark in "；;" else 3)
                and not (run[-1].reading.sure >= 2 and item.reading.sure >= 2)
            ):
                break
            run.append(replace(item, place=place))
            if is_end:
                break
        return self.mentions.one_way(run)

    def _listed(self, run: list[Mention], said: set[int], lead: str, rest: str, has_topic: bool) -> bool:
        """Whether the parts behind a lead are a list of services."""
        strong = sum(item.reading.sure >= 2 for item in run)
        sure = sum(item.reading.sure == 3 for item in run)
        if len(run) == 1:
            one = run[0].reading
            if lead == "出现" and self.text[run[0].start] == "“":
                return has_topic
            if one.sure == 3 and one.maker and lead.endswith(("—", "：", ":")) and rest[:1] in "，,。；;":
                return has_topic
            return (
                (has_topic or bool(_CALLED.search(self.text[max(0, run[0].start - 24) : run[0].start])))
                and bool(re.search(r"包|分别|[即为是：:—]|名单|出现|的还有", lead))
                and one.sure >= 2
                and (
                    1 in said
                    or not has_topic
                    or lead == "的还有"
                    or (one.sure == 3 and self.text[run[0].start - 1] in "：:即为是—")
                    or (lead.endswith("出现") and self.text[run[0].start] == "“")
                )
                and (not has_topic or not rest.strip(" 。；;，,）)") or (1 in said and rest[0] in "，,；;。"))
            )
        if len(run) in said and (strong or has_topic or _NAMING.search(lead)):
            return True
        if not has_topic and sure < len(run):
            # right behind the sentence of an approval: `又有一批获批。本批共14款，包括甲科技“乙”、丙网络“丁”`
            is_told = all(item.reading.sure >= 2 and item.reading.maker for item in run)
            return (
                is_told
                and len(run) > 2
                and run[0].start - self.topic_end < CLAUSE
                and bool(_NAMING.search(lead))
            )
        if strong == len(run) and (sure >= 1 or len(run) >= 2):
            return True
        return 2 * strong >= len(run) and sure > 0 and bool(_NAMING.search(lead))

    # --- Lines ------------------------------------------------------------------------------------------------------

    def _announces(self, sentence: str) -> bool:
        return (
            statements.is_topic(sentence[-240:])
            and (
                len(sentence) <= 48
                or bool(re.search(r"[：:]\s*$|如下[：:。]?\s*$|(?:以下|下方)[^。]{0,20}[名清]单", sentence))
            )
        ) or (
            bool(re.search(r"[：:]\s*$|如下[：:。]?\s*$", sentence))
            and statements.is_topic(self.text[max(0, self.topic_end - 160) : self.topic_end])
        )

    def _lines(self, at: int, said: set[int], has_topic: bool) -> list[Mention]:
        """One service a line, below a line that announces them."""
        text = self.text
        run: list[Mention] = []
        number: int | None = None
        skipped = 0
        while at < len(text):
            begin = at + 1
            stop = text.find("\n", begin)
            stop = len(text) if stop < 0 else stop
            line = text[begin:stop]
            at = stop
            if not line.strip():
                if run and skipped:
                    break
                continue
            bullet = lines.BULLET.match(line)
            if statements.TOPIC.search(_FIELD_NAMES.sub("", line)) and not bullet and not run:
                break
            told = lines.read(text, begin, stop)
            item = Mention(*told) if told else None
            if item is None or (run and number is not None and bullet is None):
                if run and number is not None and (bullet is None or bullet["n"]) and skipped < 3:
                    skipped += 1
                    continue
                break
            skipped = 0
            number = 0 if bullet and (bullet["n"] or "①" <= bullet[0].strip()[:1] <= "⑳") else None
            run.append(item)
            self.lines_end = stop
        run = self.mentions.one_way(run)
        strong = sum(item.reading.sure >= 2 for item in run)
        if len(run) in said or (len(run) >= 2 and 2 * strong >= len(run)):
            return run
        self.lines_end = 0
        return []

    # --- Headings and fields ----------------------------------------------------------------------------------------

    def _is_line(self, start: int, end: int) -> bool:
        """Whether a sentence is a line of its own."""
        text = self.text
        return (start == 0 or text[start - 1] == "\n") and (end == len(text) or text[end] == "\n")

    def _note_heading(self, sentence: str, start: int, is_line: bool) -> None:
        if not is_line:
            return
        told = re.match(rf"[-•*\s]*{lines.MAKER_LABEL.pattern}\s*[：:]\s*(\S.*)", sentence)
        if told:
            self.references.maker = told[1].strip(" 。")
            return
        if len(sentence) > 40 or statements.TOPIC.search(sentence) or re.search(r"[。；;，,：:]", sentence):
            return
        words = re.sub(
            r"^\s*#*\s*(?:[（(]?\d{1,2}[.、)）]|[一二三四五六七八九十]+、)?\s*", "", sentence
        ).strip(" *#")
        item = items.reading(re.sub(r"\s*\**[\[【].*$", "", words))
        if item is not None and item.sure >= 2:
            at = start + max(0, sentence.find(item.model))
            self.references.heading, self.references.maker = Mention(item, at, at + len(item.model)), None
        elif not re.match(r"\s*[-•*]", sentence):
            self.references.heading, self.references.maker = None, None

    # --- Items ------------------------------------------------------------------------------------------------------

    def _accepted(self, run: list[Mention], said: set[int], between: str) -> bool:
        """Whether the parts before a predicate are services it speaks of."""
        strong = sum(item.reading.sure >= 2 for item in run)
        if len(run) == 1:
            return strong == 1
        if len(run) in said or strong == len(run):
            return True
        return 2 * strong >= len(run) or bool(
            re.match(r"等|[^，。]{0,6}(?:均|都|分别)", between) and len(run) >= 3
        )


_PREDICATE_TAIL = re.compile(
    r"(?:等等|等)(?=$|[多几\d一二三四五六七八九十两]+[余多]?[款个家项种]|均|都|已|产品|大?模型|服务|应用|企业|公司|机构|厂商|在内|通过|获|完成|国内|国产|知名|主流|AI|生成式|一批|首批|先后|陆续|成功|正式|也|[，。；）)])"
    r"|在内|(?:均|都|已经?|成功|正式|率先|先后|陆续|也|同时|于?20\d\d年|于?\d{1,2}月)+(?:通过|完成|获批|获得|取得|入选|上线|备案|登记|位列|在)"
    r"|(?:通过|完成|获批|获得|取得|入选|位列|榜上有名|在列|首批上线)|(?<=[”」』》）)])(?:[两二三四五六七八九十\d]+[款个项家]|都|也|由|可以?|均|将|目前|现|通过|完成|获|已|均|正式|成功|分别|上线)|(?:共计?|合计)?\d+[款个项]$"
)


def _cut_predicate(words: str) -> tuple[str, bool]:
    """Words up to what ends a list (`等5款已通过备案`), and whether something did."""
    inside = items.groups(words, 0, len(words))
    for match in _PREDICATE_TAIL.finditer(words):
        if match.start() == 0 or any(opened < match.start() < closed for opened, closed in inside.items()):
            continue
        if models.sureness(words[: match.end()]):
            continue
        return words[: match.start()].rstrip(), True
    return words, False


def _is_aside(note: str) -> bool:
    """Whether a bracket says nothing before its predicate but who, where, when and other names: `（云上公司，2025年3月通过备案）`."""
    for piece in re.split(r"[，,；;、]", note):
        words = items.without_lead(items.without_tail(piece.strip(" `")))
        if not words or items.is_maker(words) or items.is_place(words) or items.maker_in(words):
            continue
        if not (words.isascii() or re.match(r"[均都也已现属]", words) or re.fullmatch(items.DATE, words)):
            return False
    return True


def _cut_copula(words: str) -> str:
    """`云上大模型是国内首个` to `云上大模型`."""
    match = _COPULA.search(words)
    return words[: match.start()].rstrip() if match and match.start() >= 2 else words


def _place_of(words: str) -> str | None:
    """The province of `北京5家：`, the words right before a list."""
    match = _PLACED.match(words.strip())
    if match is None or not re.search(r"[家款个项有为是：:]|包括|入选", words):
        return None
    return province_of(match["place"]) if match.end() >= len(words.strip()) - 2 else None
