"""Services a Chinese text names outside of tables, with or without their numbers.

Numbers tell most (`numbers`). For the rest a text is read sentence by sentence: `statements` judges what is said of an
approval, `mentions` (by `items` and `owners`) what each part of a list names, and three modules find which of them an approval
governs: `subjects` those right before its predicate, `lists` those behind a lead or on the lines below, `references` those it only
points at (`该功能已完成登记`). Here each gets its register, day and place. English texts are `english_names`'.
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
from scrapers.extract.filings.lists import Lists, Topic
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
from scrapers.extract.filings.subjects import Subjects
from scrapers.issues import Issue
from scrapers.lexicon import models, places
from scrapers.records import Filing, Ground
from scrapers.text.numerals import parse

_ENGLISH_PIECE = re.compile(r"\((?![^()]*\))|[.!?]\s|^(?:the|its|this|under|and)\s", re.I)
"""What a piece of an English sentence before a number has and a name has not."""
_ABOUT_AI = re.compile(r"模型|生成式|智能|AI|算法|GPT")
_HOW_MANY = re.compile(
    r"(\d{1,3}|[两二三四五六七八九十]{1,3})\s*[款个家项](?!多?月|百分|省|城|国|小时|工作日|季度)"
)
_OTHER_TOPIC = re.compile(
    r"[-*•·\d.、\s]*(?!其中|包括|分别|具体|[本此这]次)(?![^：:]{0,8}(?:[一二两三四五六七八九十\d][家款个项][：:]|名单|清单|模型|产品|服务|应用|企业|公司|机构|第.批|备案|登记|获批|新增|[是为有][：:]))[\u4e00-\u9fff]{3,10}[：:]"
)
"""A line with a label of its own, `竞争格局：…`: its list is not of what was approved before."""
_ALL_IN = re.compile(rf"(?:全部|[均都皆])(?:在|来自|位于|出自)(?P<place>{PLACES})[市省]?[。；]?\s*$")
"""`14款产品，全部在北京。`, before their list."""
_HOLDS_BACK = re.compile(
    r"正在|准备|提交|递交|计划|申请|筹备|仅|内测|未|审中|初审|复审|冲刺|注销|使用|调用|接入|采用|基于|依托|不属于|算法|公众号|小程序|平台|行动|奖"
)
"""Words of a clause about a service that is not, or not yet, approved."""
_COUNTED_BEHIND = re.compile(
    r"(?:(?!第)[\u4e00-\u9fff]){2,4}?(?:本季度|本月|今年|累计|新增|共|则|已|有|以)*\d+[款个]"
)
"""A place with its own number, `广东本季度新增13款`: not where the names before it are."""
_THERE = re.compile(rf"在(?P<place>{PLACES})[市省]?(?:完成|通过|获批|获得|备案|登记)")
"""`云上助手在上海备案`."""
_GOES_ON = re.compile(r"\s*(?:名单|其中|包括|新增|上榜|[本此这]次)")
_OURSELVES = re.compile(
    r"咱们|我们|本(?:公司|集团|行|院|校)|我(?:司|行|院|校|局|单位)|报告期内|(?:^|[，,：:])公司"
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
        if isinstance(item, Issue):
            yield item
        elif is_chinese or not _ENGLISH_PIECE.search(item.model_name):
            numbered.append(_with_what_is_told(item, named))
    title = document.text.find("\n")
    rest = _once([one for one in named if not any(_is_same(one, other) for other in numbered)])
    every = [*numbered, *rest]
    told = {one.entity_name for one in every if one.entity_name}
    speaks = is_chinese and _OURSELVES.search(document.text) is not None
    ours = owners.issuer_of(document.text, document.title) if speaks else None
    is_by_them = ours is not None
    ours = ours or (told.pop() if speaks and len(told) == 1 else None)
    for one in every:
        if one in rest and any(_is_short_for(one, other, title) for other in every if other is not one):
            continue
        maker = one.entity_name or (items.maker_in_name(one.model_name) if one in rest else None)
        if maker is None and ours and (is_by_them or models.sureness(one.model_name) < 3):
            # a firm that tells of its own services names itself once, before them
            at = document.text.find(ours)
            maker = ours if at < 0 or at < (one.ground.start or 0) else None
        yield replace(one, entity_name=maker)


def _with_what_is_told(numbered: Filing, named: Sequence[Filing]) -> Filing:
    """A service read by its number with the maker and the day a sentence gives for it."""
    same = [one for one in named if _is_same(one, numbered)]
    makers = {one.entity_name for one in same if one.entity_name}
    days = {one.filed_date for one in same if one.filed_date}
    if numbered.entity_name is None and len(makers) == 1:
        numbered = replace(numbered, entity_name=makers.pop())
    if numbered.filed_date is None and len(days) == 1:
        numbered = replace(numbered, filed_date=days.pop())
    return numbered


def _is_same(named: Filing, numbered: Filing) -> bool:
    """Whether a service named in a sentence is one whose number was read: by its name in the same register, or in the words of
    the number."""
    if _core(named.model_name) != _core(numbered.model_name):
        return False
    ground = numbered.ground
    is_near = ground.start is not None and ground.end is not None and named.ground.start is not None
    return named.kind == numbered.kind or (is_near and ground.start <= named.ground.start <= ground.end)  # type: ignore[operator]


def _is_short_for(one: Filing, other: Filing, title: int) -> bool:
    """Whether a name in the headline, up to `title`, is short for one below it: `法衡大模型` for `法衡法律大语言模型`."""
    if one.kind != other.kind or (one.ground.start or 0) > title or (other.ground.start or 0) < title:
        return False
    short, whole = _core(one.model_name), _core(other.model_name)
    theirs = other.entity_name or one.entity_name or ""
    return len(short) > 1 and short != whole and short in whole and theirs.startswith(one.entity_name or "")


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


_PLACES_DEALT = re.compile(
    rf"(?:分别[在于]|属地分别[为是])(?P<row>(?:{PLACES})[省市]?(?:[、和及与](?:{PLACES})[省市]?)+)"
)
"""`分别在陕西、四川完成登记`, `属地分别为北京和上海`."""


def _with_places(run: list[Mention], words: str) -> list[Mention]:
    """Services with the provinces the words behind them deal out."""
    told = _PLACES_DEALT.search(words)
    row = re.split("[、和及与]", told["row"]) if told else []
    if len(row) != len(run):
        return run
    return [
        replace(item, place=province_of(name.rstrip("省市"))) for item, name in zip(run, row, strict=True)
    ]


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
        self.day: dt.date | None = None
        """The day of the service read last, for `同批登记的还有…`."""
        self.topic = Topic()
        self.lists = Lists(self.mentions, self.topic)
        self.subjects = Subjects(self.mentions, self.lists)

    def read(self) -> Iterator[tuple[_Found, str | None]]:
        """Each service with the place it was approved in, where the text says one."""
        spoken: str | None = None
        told_of: str | None = None
        all_in: str | None = None
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
                self.topic.register = sentence
            if not has_topic and start - self.topic.end > NEAR:
                continue
            marks = [(at, place) for at, place in marks_of(sentence, None) if place != NATIONAL]
            scope = scope_of(sentence, self.home if self.home != NATIONAL else None) or None
            counted = {place for at, place in marks if _COUNTED_BEHIND.match(sentence, at)}
            goes_on = not has_topic or re.match(r"(?:与其?|和)?同[批期]", sentence)
            if scope is None and goes_on and start - self.topic.end <= 2:
                scope = told_of  # goes on with what the sentence before is about
            told_of = scope
            if has_topic:
                spoken = scope_of(sentence, self.home) or spoken
            for found in self._sentence(start, end, has_topic):
                reading = found.item.reading
                if found.filed is None and (again := self.text.find(reading.model, found.item.end)) >= 0:
                    # `名单显示，云上助手的备案时间为7月8日`
                    told = SENTENCE.match(self.text, again)
                    found = replace(found, filed=statements.day_told(told[0] if told else "", self.page))
                self.day = found.filed or self.day
                yield (
                    found,
                    found.item.place
                    or reading.place
                    or next(
                        (place for at, place in reversed(marks) if start + at < found.at),
                        None if scope in counted and len(marks) == 1 else scope,
                    )
                    or (all_in if start - self.topic.end <= 2 else None)
                    or (spoken if reading.maker is None else None)
                    or self.local
                    or self._seat_of(reading.maker),
                )
            if has_topic:
                self.topic.words, self.topic.end = sentence, end
                told = _ALL_IN.search(sentence)
                all_in = province_of(told["place"]) if told else None

    def _seat_of(self, maker: str | None) -> str | None:
        """The one province a text speaks of, for a maker named after it."""
        head = next((m for m in places.find(maker[:8]) if m.start == 0), None) if maker else None
        marks = {place for _, place in marks_of(self.text, None)}
        own = places.province_of(head.place.code) if head and len(marks) == 1 else None
        return own.name if own and own.name in marks else None

    # --- One sentence -----------------------------------------------------------------------------------------------

    def _sentence(self, start: int, end: int, has_topic: bool) -> Iterator[_Found]:
        sentence = self.text[start:end]
        is_aside = not has_topic and _OTHER_TOPIC.match(sentence.strip())
        if is_aside and next(statements.predicates(self.text, start, end), None) is None:
            return
        self.mentions.groups = items.groups(self.text, start, end)
        own = statements.without_used(sentence)
        around = statements.register_of(
            own if re.search(r"备案|登记|获批|算法", own) else self.topic.register
        )
        before = statements.register_of(self.topic.words) if start - self.topic.end <= 2 else None
        if before == "on_device_filing" and around == "filing":
            around = before  # `…手机端侧备案。备案时间均为7月8日，共7款：…`
        numbers_said = {int(v) for m in _HOW_MANY.finditer(sentence) if (v := parse(m[1])) is not None}
        if has_topic:
            self.topic.numbers = numbers_said
        numbers_said |= self.topic.numbers
        found, undone = self._governed(start, end, around, numbers_said)
        told = _Spans([*undone, *((f.item.start, f.item.end) for f in found.values())])
        for one in self._of_lists(start, end, around, numbers_said, has_topic):
            if same := found.get(one.item.start):
                found[one.item.start] = replace(same, item=owned(same.item, one.item.reading.maker))
            elif not told.meets(one.item.start, one.item.end):
                found[one.item.start] = one
        known = {one.item.reading.model for one in found.values()}
        for one in self._in_passing(start, end, around):
            if one.item.reading.model not in known and not told.meets(one.item.start, one.item.end):
                found.setdefault(one.item.start, one)
        if not found:
            found = {one.item.start: one for one in self._below(start, end, around, numbers_said, has_topic)}
        yield from (self._of_issuer(found[at], start) for at in sorted(found))

    def _governed(
        self, start: int, end: int, around: Kind | None, numbers_said: set[int]
    ) -> tuple[dict[int, _Found], list[tuple[int, int]]]:
        """The services that the predicates of a sentence speak of, by where they stand, and the pieces of it that say of a
        service that its approval is not done."""
        text = self.text
        found: dict[int, _Found] = {}
        behind = start
        undone: list[tuple[int, int]] = []
        subject: list[Mention] = []
        for said in statements.predicates(text, start, end):
            run, is_held = self.subjects.before(behind, said, start)
            pointed = False
            if not self._accepted(run, numbers_said, text[run[-1].end : said.start] if run else ""):
                run = []
            if not run and said.is_done and not is_held:
                run = self.references.of(start, behind, said, subject)
                pointed = bool(run)
            if run and statements.is_used(text[run[-1].end : said.end]):
                pass  # `甲，接入已备案的乙`: of another service
            elif run and (is_held or not said.is_done):
                undone.append((run[0].start, said.end))
            elif run:
                run = _with_places(self._dealt(run, start, end), text[run[-1].end : end])
                kin = next((one.reading for one in subject if one.reading.maker), None)
                if kin:  # `云上公司的“星辰语义”5月获批，“星辰语音”则在7月`
                    run = [
                        owned(item, kin.maker) if item.reading.model[:2] == kin.model[:2] else item
                        for item in run
                    ]
                near = text[max(run[-1].end, said.start - CLAUSE) : said.end]
                goes_on = re.match(r"[》”号]?[和及与、][^，,。；;\n]{0,40}", text[said.end : end])
                seat = SEAT.search(text, said.end, min(end, said.end + 40))
                for item, day in zip(run, self._days(run, said, start, behind, end), strict=True):
                    there = _THERE.search(near)
                    if seat and text[said.end] in "（(" and item.place is None:
                        item = replace(item, place=province_of(seat["place"]))
                    elif there and item.place is None:
                        item = replace(item, place=province_of(there["place"]))
                    words = near + (goes_on[0] if goes_on else "")
                    kind = statements.kind_of(words, item.reading.model, around)
                    at = said.start if pointed else item.start
                    found.setdefault(item.start, _Found(item, kind, day, at))
                subject = run
            if said.is_done and said.is_of:
                for item in self.subjects.of(said, end, is_held):
                    kind = statements.kind_of(said.words, item.reading.model, around)
                    days = [one.filed for one in found.values() if one.filed]
                    is_same_day = re.search("同一?[日天]", text[start : said.start]) is not None
                    day = (days[-1] if days else self.day) if is_same_day else None
                    day = day or statements.day_in(
                        said.adverb + text[said.start - 12 : said.start], self.page
                    )
                    found.setdefault(item.start, _Found(item, kind, day, item.start))
            behind = said.end
        return found, undone

    def _days(
        self, run: Sequence[Mention], said: statements.Said, start: int, behind: int, end: int
    ) -> list[dt.date | None]:
        """The day each service before a predicate was approved on."""
        text = self.text
        near = text[max(run[-1].end, said.start - CLAUSE) : said.end]
        before = text[behind : run[0].start]
        if re.search(r"当[天日]|同一?[天日]", before + near) and not statements.day_in(near, self.page):
            day = statements.same_day(text[max(0, start - NEAR) : run[0].start], self.page)
        else:
            day = (
                statements.day_in(near, self.page)
                or statements.day_told(text[said.start : end], self.page)
                or self._day_before(run[0].start)
                or statements.day_before(before, self.page)
                or self._day_of_topic(start, run[0].start)
                or (
                    statements.day_before(self.topic.words, self.page)
                    if re.search("在其|同批", before[-12:] + near)
                    else None
                )
            )
        dealt: list[dt.date | None] = [*statements.days_dealt(near + text[said.end : end], self.page)]
        days = dealt if len(dealt) == len(run) else [day] * len(run)
        untils = [*(item.start for item in run[1:]), said.start]
        owns = [statements.own_day(text[item.end : until]) for item, until in zip(run, untils, strict=True)]
        return [
            statements.day_in(own[0], self.page) if own else day for own, day in zip(owns, days, strict=True)
        ]

    def _in_passing(self, start: int, end: int, around: Kind | None) -> Iterator[_Found]:
        """The services in quotes behind their makers in a sentence of an approval that was given, however it puts it, where
        nothing in their clause holds it back."""
        text = self.text
        if not any(said.is_done for said in statements.predicates(text, start, end)):
            return
        for part in items.parts(text, start, end, inside=self.mentions.groups):
            clause = text[self.mentions.clause(start, part.start, "，,。；;：:") : part.end + 20]
            if _HOLDS_BACK.search(re.split("[，,。；;]", clause)[0]):
                continue
            item = self.mentions.one_of(part)
            if item is None or item.reading.maker is None or not items.is_maker(item.reading.maker):
                continue
            name, words = item.reading.model, text[part.start : part.end]
            is_name = "“" in words or name.endswith("大模型") or models.sureness(name) == 3
            if is_name and not name.endswith("算法"):
                kind = statements.kind_of("", item.reading.model, around)
                yield _Found(item, kind, None, item.start)

    def _of_lists(
        self, start: int, end: int, around: Kind | None, numbers_said: set[int], has_topic: bool
    ) -> Iterator[_Found]:
        """The services that the lists of a sentence name."""
        listed = list(self.lists.after(start, end, numbers_said, has_topic))
        run = self._dealt([item for item, _ in listed], start, end)
        day = self._day_of_list(start, run[0].start, end, has_topic) if run else None
        for item, (_, lead) in zip(run, listed, strict=True):
            own = statements.day_in_bracket(self.text[item.start : item.end])
            words = lead if statements.register_of(lead) else self._clause_before(start, item.start)
            kind = statements.kind_of(words, item.reading.model, around)
            yield _Found(item, kind, statements.day_in(own, self.page) if own else day, item.start)

    def _clause_before(self, start: int, at: int) -> str:
        """The last clause before a list that names a register: `无新增备案，新增登记3款，为：…`."""
        clauses = re.split("[，,；;：:]", self.text[start:at])
        return next((one for one in reversed(clauses) if statements.register_of(one)), "")

    def _below(
        self, start: int, end: int, around: Kind | None, numbers_said: set[int], has_topic: bool
    ) -> Iterator[_Found]:
        """The services that a sentence describes which goes on with an approval, or that the lines below it name."""
        day_before = statements.day_before(self.topic.words, self.page)
        if not has_topic and start - self.topic.end <= 40:
            for item in self.lists.described(start, end):
                kind = statements.kind_of("", item.reading.model, around)
                yield _Found(item, kind, day_before, item.start)
        sentence = self.text[start:end]
        is_line_end = end >= self.lists.lines_end and self.text[end : end + 1] == "\n"
        if is_line_end and self.lists.announces(sentence):
            for item in self.lists.lines(end, numbers_said, has_topic):
                day = statements.day_told(self.text[item.start : item.end], self.page)
                day = day or statements.day_before(sentence, self.page) or day_before
                yield _Found(item, statements.kind_of("", item.reading.model, around), day, item.start)

    def _dealt(self, run: list[Mention], start: int, end: int) -> list[Mention]:
        """The services of a sentence with the makers it deals out to them."""
        if not run:
            return run
        makers = owners.dealt(self.text, run[-1].end, end, len(run))
        first = self.text.find(run[0].reading.model, run[0].start, run[0].end)
        makers = makers or owners.dealt_before(self.text[start : max(first, run[0].start)], len(run))
        if makers:
            return [owned(item, maker) for item, maker in zip(run, makers, strict=True)]
        # `甲的“a”；乙省的“b”“c”，备案单位依次为丙、丁；…`: each part by itself
        cut = next(
            (
                m.start()
                for m in re.finditer("[；;]", self.text[start:end])
                if start + m.start() >= run[0].end
            ),
            None,
        )
        if cut is None or start + cut >= run[-1].end:
            return run
        ahead = [item for item in run if item.end <= start + cut]
        return self._dealt(ahead, start, start + cut) + self._dealt(run[len(ahead) :], start + cut + 1, end)

    def _of_issuer(self, found: _Found, start: int) -> _Found:
        """A service without a maker, in a sentence in which the firm that writes speaks of itself, is that firm's."""
        item = found.item
        words = self.text[start : max(item.start, self.text.find(item.reading.model, item.start, item.end))]
        owner, maker = self.mentions.owner_at(item.start), item.reading.maker
        if not owner or not _OURSELVES.search(words):
            return found
        if maker is None or (
            maker != owner and owner.startswith(maker)
        ):  # `公司自研的云上“某某”` of 云上科技
            return replace(found, item=replace(item, reading=replace(item.reading, maker=owner)))
        return found

    def _day_of_list(self, start: int, at: int, end: int, has_topic: bool) -> dt.date | None:
        """The day of the approval that a list at `at` is about, told in its sentence or in the one before."""
        own = statements.day_before(self.text[start:at], self.page) if has_topic else None
        own = own or statements.day_told(self.text[start:end], self.page)
        if own or re.search("同一?[批期日天]", self.text[start:at]):
            return own or self.day
        if start - self.topic.end > 2 or re.search(r"统计|梳理", self.text[start:at]):
            return None
        return statements.day_before(self.topic.words, self.page)

    def _day_of_topic(self, start: int, at: int) -> dt.date | None:
        """The day the sentence before gives, for one that goes on with its list."""
        if start - self.topic.end > 2 or re.search(
            r"此[前后]|随后|之[前后]|早在|去年|今年|近日|日前|不久前|前不久|目前", self.text[start:at]
        ):
            return None
        return (
            statements.day_before(self.topic.words, self.page) if _GOES_ON.match(self.text, start) else None
        )

    def _day_before(self, at: int) -> dt.date | None:
        """The whole day that stands right before the first name: `2023年11月3日，云上大模型通过…`."""
        told = re.search(
            r"20\d\d\s?年\s?\d{1,2}\s?月\s?\d{1,2}\s?日[，,]?(?:以)?[“「]?\s*$",
            self.text[max(0, at - 24) : at],
        )
        return statements.day_in(told[0], None) if told else None

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
        return (2 * strong > len(run) if len(run) == 2 else 2 * strong >= len(run)) or bool(
            re.match(r"等|[^，。]{0,6}(?:均|都|分别)", between) and len(run) >= 3
        )
