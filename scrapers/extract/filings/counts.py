"""Totals that prose states, by day and place.

Each number is read with its neighbours (`figures`): the words since the number before, its clause, what it counts, what
follows; `_Reader` goes through the text and keeps what a number leaves open: the place, the register, what was told last.

A number counts when its clause speaks of filing (备案), registration (登记) or approval. `累计` and its kin are totals,
`新增` is what the period added; each number is of the register its own clause names, else of the one named last. Floors
(`40余款`) are marked. Sums of both registers, algorithms, parts of a province and comparisons with another year are left.
"""

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Literal

from scrapers.documents import Context, Document
from scrapers.extract.filings import statements
from scrapers.extract.filings.days import (
    LISTED,
    SPAN,
    STATED,
    UNTIL,
    announced,
    is_until,
    news_day,
    page_date,
    span_end,
    until,
)
from scrapers.extract.filings.figures import (
    COUNT,
    DATED,
    FEW,
    NEW,
    PLUS,
    REGISTER,
    Number,
    counted,
    in_bracket,
    is_other,
    is_part,
    numbers_of,
    of_smaller_place,
    placed,
)
from scrapers.extract.filings.grammar import day_of, province_names
from scrapers.extract.filings.labels import month_end
from scrapers.extract.filings.mentions import SENTENCE
from scrapers.extract.filings.scopes import (
    NATIONAL,
    home_of,
    local_place,
    marks_of,
    scope_of,
    short_names,
)
from scrapers.issues import Issue
from scrapers.lexicon import places
from scrapers.records import FilingCount, Ground

Sense = Literal["total", "new"]
_Register = Literal["filed", "registered"]
_FIELDS: dict[tuple[Sense, _Register], str] = {
    ("total", "filed"): "total_filed",
    ("total", "registered"): "total_registered",
    ("new", "filed"): "new_in_period",
    ("new", "registered"): "new_registered",
}

# --- Numbers --------------------------------------------------------------------------------------------------------

_ITS_NUMBER = re.compile(
    r"(备案|登记)(?:(?:的)?(?:大模型|服务|应用)?(?:数量?|总数|总量)(?:已|累计|共)*(?:达到?|为|有|超过?|突破|增至|升至)*|(?:达|共|各|：)?)$"
)
"""`备案数达到37款`: the number's own register, whatever follows."""
_HERE_ALONE = re.compile(
    r"(?:^[-•*·\s]*|[，,；;])(?:全[国省市区]|我[省市区])(?:共|有|已|达|为|则|[：:]\s*)*$"
)
_QUESTION = re.compile(r"[?？]\s*$")
_OTHER_REGISTERS = re.compile(
    r"(?:ICP|公安|网安|工商|域名|网站)[^，。；]{0,6}(?:备案|登记)号?|备案号[：:]?\S{0,3}ICP"
)
_NOT_IN_IT = re.compile(r"未[^，。；]{0,8}(?:备案|登记)(?:[或和、及]登记)?")
_ABOUT = re.compile(r"过审|备案|登记|获批|获准|审批|批准|注册|大模型|生成式")
_FILED_WORD = re.compile(r"准生证|过审|备案|获批|获准|审批|批准|注册")
_TOTAL = re.compile(
    r"[增提扩涨升][加长升高大]?[至到]|累计|总数|总量|存量|在册|总计|合计|共计|增至|升[至到]|增到|升至|至此|总额"
)
_RUNNING = re.compile(r"在册|存量|累计|总数|总量|[增升][至到]|至此|总额")
_SO_FAR = re.compile(
    r"共有|共|已有|已经|已达|达到|达|目前|现有|拥有|数量|数据为|占全国|分别有|领跑|[位分]列|位居|排名|领先"
)
"""Words of a total that `新增` before them outweighs: `其中新增备案服务达到238款`, `上周共有14家`."""
_WHOLE = re.compile(r"[^，。；]{0,20}[中里][，,]")
"""Behind the number of a whole of which a place has a part: `439款大模型中，北京占142款`."""
_COUNTED_NOUN = re.compile(
    r"$|(?:新增)?的?(?:生成式|AI|人工智能)*(?:产品|服务|应用|大?模型|功能)|[和及、）)（(为是：:中里]|接近|几乎|领跑|居|位|排|紧随|通过|完成|获批|翻|增|多|提[升高]|扩"
)
"""What may stand behind a number of services in a sentence about the registers."""
_OF_SOME_PLACES = re.compile(r"[两二三四五六七八九十\d]+[省市地区家][^，。；]{0,6}$")
"""`三地合计12款`, `8家公司的12款`: of some places, of some firms."""
_AT_PRESENT = re.compile(r"目前|如今|现已|现有|至今|眼下")
_RANGE = re.compile(
    r"\d{1,2}月\d{1,2}日[至到—－~-]{1,2}(?P<to>(?:20\d\d年)?\d{1,2}月\d{1,2}日)(?=[^，,。]{0,4}[，,]?[^，,。]{0,8}(?:新增|新|共|又))"
)
"""`9月1日至10月31日，我省新增9款`."""
_ON_THE_DAY = re.compile(
    r"\W*(?:20\d\d年)?\d{1,2}月\d{1,2}日(?=新增|又有|再增|共有|再添|首批|第[一二三四五六]批)"
)
"""`4月17日新增6款`."""
_STOOD = re.compile(
    r"(?P<day>(?:20\d\d年|去年)\d{1,2}月\d{1,2}日)[，,]?(?:[^，,。；]{0,12}(?:数字|数量|总数|数|规模))?(?:分别)?(?:[是为]|累计|已有|已达|达到?|共有)$"
)
"""`去年12月31日，这两个数字分别是748款和435款`."""
_MONTH_OF_FIRST = re.compile(r"(20\d\d)年(\d{1,2})月首批$")
_DAY_OF_FIRST = re.compile(
    r"(?:消息[，,]|^\W*(?=20))(?P<day>(?:20\d\d年)?\d{1,2}月\d{1,2}日)[，,](?:首批|第[一二三四]批)[^，,。；;]*$"
)
_OF_A_LIST = re.compile(
    r"^\W*(?:[到至])?(?:同年|当年)?(?P<day>(?:20\d\d年)?\d{1,2}月\d{1,2}日)(?:再次|再度|最近一次)?更新时?[，,]"
    r"|^\W*(?P<first>20\d\d年\d{1,2}月\d{1,2}日)[，,][^，,。；;]{0,16}(?:首次|第一次)[^，,。；;]{0,14}公布"
)
"""The day of a list whose number follows: `8月8日更新时，总数变成188款`, `2024年4月2日，首次公布备案信息，117款`."""
_SUM = re.compile(r"(?:共|合计|总计)[有计]?$")
_EVENT = re.compile(r"^(?:\d{4}年)?\d{1,2}月\d{1,2}日，?[^，。；累已达]{0,6}$")
"""The day on which a number was approved: `8月31日，共8家企业的大模型通过备案`."""
_PLACE_FIRST = re.compile(r"[\s\d.、•·*-]*[\u4e00-\u9fff]{2,8}[（(：:\s]{1,2}(?:备案)?\d{1,4}[款个]")
"""`北京（141款，32.1%）：以通用大模型为主`."""
_NAMES_THEM = re.compile(r"[^，。；]{0,10}[：:][^。；\d]{2,}")
"""Behind a few services whose names follow."""
_SET_AGAINST = re.compile(r"[，,][比较][^，,]{0,12}[多增][^，,]{0,3}$")
"""Before what came in since a day, in an aside: `累计28款，比4月底多了9款，登记7款`."""
_WITH_NUMBER = re.compile(r"[\u4e00-\u9fff]{2,8}?[（(]\d{1,4}[款个家项]?[)）]")
"""A place with a number of its own: `排在北京（105款）之后`."""
_RANKED = re.compile(r"领跑|居首|领先|位居|居前")
_HEADLINE = re.compile(r"[\u4e00-\u9fff]{2,8}(?:新增|再添|再增)\d+款[！!]$")
_ABOVE = re.compile(r"[（(注*]?(?:以上|上述|上面|上表|上为|如上)")
_MORE = re.compile(r"这两[个项]数|新增|累计|存量|口径|总[数量]|又有|增至")
_OFFICE = re.compile(r"网信办|互联网信息办公室|网信(?:北京|上海|广东|浙江|江苏)")
_PASSED = re.compile(
    r"[^，。；]{0,15}?(?:(?:通过|获得?)(?:了)?(?:国家网信办|国家|中央网信办)?[^，。；]{0,6}(?:备案|登记|批准)|获批|过审|拿证)"
)
_CALLED = re.compile(
    r"(?:调用|接入|使用|基于|采用)[^，。；]{0,12}?已(?:完成)?备案[^，。；]{0,10}?(?:模型|服务|能力)|已备案(?:的)?(?:大模型|模型)(?:能力|API|接口)"
)
_HEADING = 40
"""A line of fewer letters with a day and no number, `截至2月底 ｜ 国家网信办`, gives the day of all numbers."""
AFTER = 3
"""So many days after a span of time the total is taken."""
REGISTERS_BEGAN = 2024
"""Registrations began in this year: its own count is the total too."""


@dataclass(frozen=True, slots=True)
class _Atom:
    """One number with what is known of it; `as_of` null leaves it to the document."""

    field: str
    value: int
    vague: Literal["exact", "at_least", "about"]
    scope: str
    as_of: dt.date | None
    start: int
    end: int
    announced: dt.date | None
    """The day its own sentence was announced on."""


def read(document: Document, context: Context) -> Iterator[FilingCount | Issue]:
    """One count a day and place: numbers that speak of the same are put together, the first said of each kind wins."""
    reader = _Reader(document, context)
    for sentence in _sentences(document.text):
        yield from reader.sentence(sentence)
    yield from _together(reader.dated(), document.text, reader.day)


def _sentences(text: str) -> Iterator[re.Match[str]]:
    """Sentences; lines that are each a province with its number (`北京 218`) are one."""
    row = rf"[^\S\n]*(?:{'|'.join(province_names())})[省市]?[^\S\n]*[：:|,，—-]?[^\S\n]*\d{{1,5}}[^\S\n]*[款个]?[^\S\n]*\n"
    return re.finditer(rf"(?:(?<=\n)|^)(?:{row}){{2,}}|{SENTENCE.pattern}\n?", text)


@dataclass(slots=True)
class _Run:
    """What the numbers of a sentence hand on to the next one."""

    behind: int = 0
    """Where the number before it ends."""
    sense: Sense | None = None
    first_batch: bool = False
    goes_on: bool = False
    """Whether a number before it counted."""
    of_city: bool = False
    year: int = 0
    """The whole year that a number counts for."""
    of_places: int = 0
    """The sum of the numbers of provinces so far."""
    day: dt.date | None = None

    def sense_of(
        self, number: Number, span: re.Match[str] | None, has_place: bool, scope: str
    ) -> Sense | None:
        """Whether a number is a total or what came in, by its own words, else as the one before; null where neither says."""
        left = number.left_in_part
        if left != number.left:
            self.sense = None
        own = _sense(left, number.after, _of_span(span, number)) or self.sense
        if number.hit.re is PLUS:
            own = "new"
        if own is None and re.search(r"[，,][^，,。；;\d]{0,6}累计[^，,。；;\d]{0,14}\d", number.rest):
            own = "new"  # `3款应用完成登记，累计29款`
        at_head = has_place or not number.before.strip(" 　•·*-")
        if own is None and at_head and scope != NATIONAL and _PASSED.match(number.after):
            own = "new"  # `重庆2款大模型通过国家网信办备案`
        if not in_bracket(number.words, number.start) and not _SET_AGAINST.search(left):
            self.sense = own or "total"
        return own

    def day_of(self, number: Number, told: dt.date | None) -> dt.date | None:
        """The day of a number, in brackets that of the one before them: `8月31日首批8款（北京5、上海3）`."""
        self.day = told or (self.day if in_bracket(number.words, number.start) else None)
        return self.day

    def fields(self, number: Number, sense: Sense, kind: _Register, in_span: bool) -> list[str]:
        """The fields of the record a number is for; the first batch is the total too, nothing came before it, and so is what
        the year brought in which registrations began."""
        if not self.goes_on or in_span or sense != "new":
            self.first_batch = False
        is_first = re.search(
            "(?<!继)首批(?!之?后)", re.sub("继[^，,。]*之?后", "", number.left_in_part) + number.after[:16]
        )
        self.first_batch = sense == "new" and (self.first_batch or is_first is not None)
        self.goes_on = True
        fields = [_FIELDS[sense, kind]]
        if self.first_batch:
            fields.append(_FIELDS["total", kind])
        of_year = self.year == REGISTERS_BEGAN and kind == "registered" and sense == "new"
        if of_year and "新增" not in number.lead and "total_registered" not in fields:
            fields.append("total_registered")
        return fields


_Days = list[tuple[re.Match[str], dt.date | None]]


class _Reader:
    """Goes through a text; what a number leaves open is taken from the ones before."""

    def __init__(self, document: Document, context: Context) -> None:
        self.document = document
        self.page = context.date or page_date(document)
        self.news = news_day(document.text, self.page)
        self.home = home_of(document, context)
        self.scope = local_place(document, context) or NATIONAL
        self.outer = self.scope
        """The scope before the sentence turned to its own."""
        self.register: _Register | None = None
        self.told = ""
        """The last sentence that spoke of registers."""
        self.stated: set[dt.date] = set()
        self.atoms: list[_Atom] = []

    def dated(self) -> list[_Atom]:
        """The numbers; a span of time ends for them with the one day the text gives for all: `3月新增4款…（截至3月28日）`."""
        totals = {(a.scope, a.as_of) for a in self.atoms if a.field.startswith("total") and a.as_of}
        last = next(iter(self.stated)) if len(self.stated) == 1 else None
        dated: list[_Atom] = []
        for atom in self.atoms:
            end = atom.as_of
            if end and last and (end.year, end.month) == (last.year, last.month) and end > last:
                end = last
            elif end and atom.field.startswith("new"):
                # `9月至10月新增73款…；截至11月1日累计611款`: what came in is told with the total
                near = [
                    day
                    for place, day in totals
                    if place == atom.scope and day and 0 < (day - end).days <= AFTER
                ]
                end = near[0] if len(near) == 1 else end
            dated.append(replace(atom, as_of=end))
        return dated

    @property
    def day(self) -> dt.date | None:
        """The day of numbers without one of their own."""
        return next(iter(self.stated)) if len(self.stated) == 1 else self.news

    def sentence(self, sentence: re.Match[str]) -> Iterator[Issue]:
        words, before = sentence[0], self.told
        goes_on = bool(
            REGISTER.search(before)
            and (
                (COUNT.search(words) and (places.find(words) or _MORE.search(words)))
                or len(placed().findall(words)) > 1
            )
        )
        if self.atoms and _PLACE_FIRST.match(words) and places.find(words[:12]):
            # a line of a list of provinces
            goes_on, before = True, before if REGISTER.search(before) else "备案"
        if not (goes_on or REGISTER.search(words)) and (_is_row(words) or not self.told):
            behind = re.match(r"[^。\n]*", self.document.text[sentence.end() :].lstrip())
            # a list above the words on what it is of, or a headline: `安徽新增6款！省委网信办公布备案信息。`
            is_of = behind and (
                _ABOVE.match(behind[0])
                or (sentence.start() == 0 and _HEADLINE.match(words) and len(_registers(behind[0])) == 1)
            )
            if behind and is_of and REGISTER.search(behind[0]):
                goes_on, before = True, behind[0]
        if REGISTER.search(words) or (not goes_on and COUNT.search(words)):
            self.told = words
        is_heading = len(words.strip()) < _HEADING or re.fullmatch(r"\s*[（(注*][^。]{0,60}[)）]?\s*", words)
        heading = UNTIL.search(words) if is_heading and not COUNT.search(words) else None
        if match := STATED.search(words) or heading:
            self.stated |= {found} if (found := until(match, self.page, self.news)) else set()
        self.outer, named = self.scope, scope_of(words, self.home)
        if _RANKED.search(words) and not COUNT.search(words):
            named = None  # `北京依旧领跑`
        if named and len({place for _, place in marks_of(words, self.home)} - {NATIONAL, ""}) > 1:
            named = None  # `五家来自北京，三家来自上海`
        if named == "" and not re.search("[全我本该][市区县州]", words):
            named = None  # `辖区内`: of this sentence alone
        self.scope = self.scope if named is None else named
        if _QUESTION.search(words) or not (
            _ABOUT.search(words)
            or goes_on
            or (
                REGISTER.search(self.document.text)
                and (_OFFICE.search(words) or any(n.is_of_a_series for n in numbers_of(words)))
            )
            or re.search(rf"(?:{_OFFICE.pattern})[^，。；]{{0,16}}[名清]单", words)
        ):
            return
        untils: _Days = [
            (m, until(m, self.page, self.news))
            for m in UNTIL.finditer(words)
            if is_until(m) and not re.match(r"[^，,。；]{0,6}相[比较]", words[m.end() :])
        ]
        untils += [(m, day_of(m[0], self.page)[0]) for m in LISTED.finditer(words)] if not untils else []
        spans = [(m, self.page) for m in SPAN.finditer(words) if not (m["whole"] or m["my"] or m["y"])]
        for match, told_day in [*untils, *spans]:
            if told_day is None:
                yield Issue(
                    level="warning",
                    code="no-year",
                    message=f"{match[0]}: no year in the text nor in the page's date",
                )
        self._numbers(sentence, untils, before)

    def _numbers(self, sentence: re.Match[str], untils: _Days, told: str) -> None:
        words = _CALLED.sub(lambda m: "▢" * len(m[0]), sentence[0])
        named = _registers(_CALLED.sub("", told))
        if len(named) == 2 and not REGISTER.search(words):
            self.register = "filed"  # a breakdown by place below a sentence about both
        elif len(named) == 1 and (self.register is None or not REGISTER.search(words)):
            self.register = "registered" if named[0] == "登记" else "filed"
        hits = counted(words, bool(REGISTER.search(words) or REGISTER.search(told)))
        marks = marks_of(words, self.home)
        dealt, row = _dealt(words, hits), _row_of_places(words)
        # `云南：分别为5款和8款。`, below a sentence about registers
        opens = bool(marks and marks[0][0] == 0 and not REGISTER.search(words))
        run = _Run()
        for index, hit in enumerate(hits):
            number = Number(hit, words, run.behind, tuple(hits[index + 1 :]))
            own_place = dealt.get(hit.start()) or number.own_place
            scope = self._scope(number, own_place, marks, row, run)
            if scope == "":
                run.behind = number.end  # a city or a district: a part of the province
                continue
            listed = (
                opens
                or bool(own_place)
                or bool(_HERE_ALONE.search(number.before))
                or hit[0].startswith("全国")
                or (run.goes_on and number.goes_on)
                or bool(number.unit and _of_a_pair(words, hit, hits, told) is not None)
            )
            if number.value is None or not self._counts(number, listed, told):
                if "同期" in number.left:
                    run.behind = number.end  # what the next one is compared with
                continue
            run.of_places += number.value if own_place else 0
            run.behind = number.end
            spans = [m for m in SPAN.finditer(words, number.behind) if m.end() <= number.start]
            span = spans[-1] if spans else None
            own = run.sense_of(number, span, bool(own_place), scope)
            if own != "new" and not own_place and is_part(number, number.left_in_part):
                continue
            if scope == NATIONAL and number.value <= FEW and _names_them(number):
                continue
            kind = self._register(number, hits, told)
            if (
                scope == NATIONAL
                and number.value <= FEW
                and kind == "registered"
                and not NEW.search(number.left)
            ):
                continue  # provinces register: a few are some of one place
            if own_place and not REGISTER.search(words) and self._is_too_big(number.value, kind):
                kind = "registered" if kind == "filed" else "filed"
            self.register = kind
            ends = span_end(span, self.page) if span else None
            if span and ends and (span["whole"] or span["last"]):
                run.year = ends.year
            as_of = run.day_of(number, self._day(number, untils, ends))
            if as_of and self.page and as_of > self.page and as_of.year > self.page.year:
                continue  # `到2027年末要突破300款`
            for place in _each(words, hit, number.behind) or [scope]:
                for field in run.fields(number, own or "total", kind, span is not None):
                    self.atoms.append(
                        _Atom(
                            field,
                            number.value,
                            number.vague,
                            place,
                            as_of,
                            sentence.start(),
                            sentence.end(),
                            announced(words, self.page),
                        )
                    )

    def _is_too_big(self, value: int, kind: _Register) -> bool:
        """Whether a number of a place is more than the whole country's of this register, not of the other."""
        whole = {atom.field: atom.value for atom in self.atoms if atom.scope == NATIONAL}
        filed, registered = whole.get("total_filed", 0), whole.get("total_registered", 0)
        own, other = (filed, registered) if kind == "filed" else (registered, filed)
        return 0 < own < value <= other

    def _scope(
        self, number: Number, own_place: str | None, marks: list[tuple[int, str]], row: int, run: "_Run"
    ) -> str:
        """The place a number speaks for; empty for a city or a district."""
        # `深圳新增5款，累计47款`: a city's until the sentence names the province
        run.of_city = own_place == "" or (
            run.of_city and own_place is None and not any(at < number.start for at, _ in marks)
        )
        if run.of_city or own_place:
            return "" if run.of_city else str(own_place)
        if run.of_places and (
            (number.value == run.of_places and _SUM.search(number.before))
            or number.hit[0].startswith(("合计", "总计"))
        ):
            return self.outer  # `北京5家、上海3家，共8家`
        return "" if of_smaller_place(number, marks) else self._scope_told(number, marks, row)

    def _scope_told(self, number: Number, marks: list[tuple[int, str]], row: int) -> str:
        """The place that the words before a number, else its sentence, else the text speak for."""
        words, at = number.words, number.start
        if marks and re.search(r"[；;](?:此外|另外|同时|另有)[^；;]*$", number.before):
            return marks[0][1]
        before = [(start, said) for start, said in marks if start < at]
        if at < row:  # `共11家：北京5家，上海3家`
            return before[-1][1] if before else self.outer
        of_whole = _WHOLE.match(number.rest)
        heard = [
            said
            for start, said in before
            if not _closed(words, start, at)
            and not (_WITH_NUMBER.match(words, start) and not in_bracket(words, at))
        ]
        if heard and not of_whole:
            return heard[-1]
        if of_whole or (marks and words[: marks[0][0]].endswith("其中")):
            return self.outer
        behind = {place for start, place in marks if place and start > at}
        if len(behind) > 1 and not before:
            return self.outer  # `首批8家：北京的有…，上海的有…`
        return next((place for _, place in marks if place), self.scope)

    def _counts(self, number: Number, listed: bool, told: str) -> bool:
        """Whether a number counts services of the registers. `listed` tells that a province stands right before it, or that
        the number goes on with a row of them."""
        says = bool(
            REGISTER.search(_NOT_IN_IT.sub("", _OTHER_REGISTERS.sub("", number.stretch)))
            or (
                re.search("清单|名单", number.stretch)
                and (_OFFICE.search(number.stretch) or REGISTER.search(told))
            )
        )
        if is_other(number, says, told):
            return False
        clause = number.clause
        if REGISTER.search(clause):
            return True
        if re.match(r"[，,]其中[^，。；]*(?:备案|登记)", number.beyond):
            return False  # `大模型已超1500个，其中通过备案的有538款`
        if says and re.search(r"大模型|生成式|AI服务", clause):
            return True
        if listed and (says or REGISTER.search(told)):
            return True
        goes_on = REGISTER.search(_OTHER_REGISTERS.sub("", told)) and _MORE.search(number.words)
        if (
            (says or goes_on)
            and number.unit == "款"
            and not _OF_SOME_PLACES.search(number.lead)
            and _COUNTED_NOUN.match(number.noun)
        ):
            return True
        if (
            says
            and re.search(
                r"总[数量]|累计|(?<![省市地区])[合总共]计|增至|升[至到]|共|达|已有|现有|新增|净增|增加|为\d",
                clause,
            )
            and re.match(r"$|应用|服务|模型|大关|和|的|）|\)", number.noun)
        ):
            return True
        if says and not number.noun and UNTIL.search(number.left) and not UNTIL.sub("", number.lead).strip():
            return True  # `备案总数：截至3月31日，346款；截至6月30日，439款`
        # `39个大模型就位`, `新增了12项服务`: in a document about the registers
        if (
            number.noun == ""
            and _MORE.search(clause)
            and (
                REGISTER.search(told)
                or (_OFFICE.search(number.words) and REGISTER.search(self.document.text))
            )
        ):
            return True
        if number.is_of_a_series and REGISTER.search(self.document.text):
            return True  # `历次公告：截至3月底188款，到6月底增至252款。`
        return bool(
            re.search(r"就位|上线|新增|加入|总数|正式|公布", clause)
            and REGISTER.search(self.document.text[:1500])
            and (
                re.search(r"大模型|生成式", clause)
                or re.match(r"(?:新的?)?(?:生成式)?(?:AI)?(?:获批)?的?服务", number.after)
            )
        )

    def _register(self, number: Number, counted: list[re.Match[str]], told: str) -> _Register:
        """Which register a number counts: by the word in its part of the list, in its clause, else by the one named last."""
        paired = _of_a_pair(number.words, number.hit, counted, told)
        if paired is not None:
            return paired
        if own := _ITS_NUMBER.search(number.before):
            return "registered" if own[1] == "登记" else "filed"
        segment = number.segment
        if self.register and re.match(r"[（(]", number.left) and not REGISTER.search(segment):
            return self.register  # `备案9款（新增1款）、登记3款（新增2款）`
        for part in map(statements.without_used, (segment, number.clause)):
            filed, registered = _FILED_WORD.search(part), "登记" in part
            if filed and registered:
                tail = part.partition(number.hit[0])[2] or part
                return _last_register(tail if ("登记" in tail) != bool(_FILED_WORD.search(tail)) else part)
            if filed or registered:
                return "registered" if registered else "filed"
            if re.search(r"应用(?!场景|产品)|功能", part) and "模型" not in part:
                return "registered"
        if _FILED_WORD.search(number.before) or "登记" in number.before:
            last = max(number.before.rfind(word) for word in ("备案", "登记"))
            if number.own_place and re.search("[；;]|其中", number.before[last:]):
                # `备案346款，登记159款，其中天津5款、河北3款`: a breakdown is of what the sentence is about
                return "registered" if _registers(number.before)[:1] == ["登记"] else "filed"
            return _last_register(number.before)
        following = re.search(r"备案|登记|获批|注册", number.rest)
        if following and (
            re.match(r"[^，,。；;\d]{0,6}\d", number.rest[following.end() :])
            or (
                re.search("[，,]", number.rest[: following.start()])
                and any(m.start() > number.end + following.start() for m in number.following)
            )
        ):
            following = None  # of the number behind it: `已达748款，登记应用435款`
        if following and not any(m.start() < number.end + following.start() for m in number.following):
            return "registered" if following[0] == "登记" else "filed"
        return self.register or "filed"

    def _day(self, number: Number, untils: _Days, span: dt.date | None) -> dt.date | None:
        """The day of a number by its own sentence: the last `截至` before it, else the first behind it; the end of its span
        of time where that is earlier (`累计12款，其中2025年新增7款`); where the sentence has several, the day its own part
        begins with."""
        part = re.split(r"[；;：:]", number.left)[-1]
        own = (DATED if untils else _STOOD).match(part)
        told = part[own.end() :] if own else ""
        is_update = "更新" in told and (UNTIL.search(told) or SPAN.search(told))
        if own and (re.search("公[告布示]|发布|通报|消息|获悉|披露", told) or is_update):
            own = None  # the day of the news
        if not untils and (listed := _OF_A_LIST.search(part)):
            return day_of(listed["day"] or listed["first"], self.page)[0]
        if range_ := _RANGE.search(part):
            return day_of(range_["to"], self.page)[0]
        if first := _DAY_OF_FIRST.search(number.left):
            return day_of(first["day"], self.page)[0]
        if month := _MONTH_OF_FIRST.search(number.left):
            return month_end(int(month[1]), int(month[2]))
        own = own or _ON_THE_DAY.match(re.split(r"[，,；;：:]", number.left)[-1])
        if own and (found := day_of(own[0], self.page)[0]):
            return found
        if re.search(r"如今|现在|目前|至今|眼下|[年月]过去", UNTIL.sub("", number.left)) and number.behind:
            return self.news  # `年底还是748款，半年过去已涨到866款`
        if re.search(r"月以来", number.left) and not untils:
            opens = not any(atom.as_of for atom in self.atoms) and UNTIL.search(self.document.text)
            return None if opens else self.news  # `9月以来又有41款`, behind the total of another day
        if number.behind == 0 and _AT_PRESENT.search(number.left) and not untils:
            # after the numbers of another day
            return announced(number.words, self.page) or (self.news if self.atoms else None)
        before = [
            found
            for match, found in untils
            if match.start() < number.start
            and (match.start() >= number.behind or not re.search("[较比]$", number.words[: match.start()]))
        ]
        after = [found for match, found in untils if match.start() > number.start]
        said = before[-1] if before else after[0] if after else None
        return span if span and (said is None or span < said) else said


def _names_them(number: Number) -> bool:
    """Whether the names of a few services follow: `11月1日完成备案的有四款产品：甲、乙…`."""
    return _NAMES_THEM.match(number.after) is not None and not NEW.search(number.left_in_part)


def _last_register(words: str) -> _Register:
    filed = max((m.start() for m in _FILED_WORD.finditer(words)), default=-1)
    return "registered" if words.rfind("登记") > filed else "filed"


def _of_span(span: re.Match[str] | None, number: Number) -> bool:
    """Whether a number is what a span of time brought: `2024年，共302款，其中新增238款` tells a total at its end."""
    if span is None:
        return False
    between = number.words[span.end() : number.start]
    if re.search("累计|截至|总|已有|现有|达|[增升][至到]", between) and not re.match("[单当]月", between):
        return False
    return not (span["whole"] and re.match(r"[^。；]{0,40}其中[^，。；]{0,8}新增", number.rest))


def _sense(said_before: str, after: str, of_span: bool) -> Sense | None:
    """Whether a number is a total or what came in, by the words since the number before; null when they do not say."""
    if of_span and not re.search("累计|截至", said_before):
        return "new"
    said_before = said_before[
        max(said_before.rfind("截至"), said_before.rfind("截止"), 0) :
    ]  # `日前公布，截至3月底…`
    if re.search("仍(?:为|有|是)$", said_before):
        return "total"
    said_before = re.sub(r"(?:没有|未有|无)新增", "", said_before)
    new = [m.start() for m in NEW.finditer(said_before)]
    total = [m.start() for m in _TOTAL.finditer(said_before)]
    if (
        re.match(r"已(?:完成|通过)?(?:备案|登记)的", after)
        and re.search(r"公[告布示]|发布", said_before)
        and not re.search("新增|批", said_before)
    ):
        return "total"  # `公告117款已备案的…`
    if new and re.search(
        r"[，,](?:[^，,]{0,10}(?:目前|现)(?:已|共|总计)?|(?:全[国省市区]|我[国省市区])已)(?:拥有|有|达)",
        said_before[max(new) :],
    ):
        return "total"
    if new and max(new) > max(total, default=-1):
        return "new"
    if total:
        is_sum = re.search(r"批", said_before) and not _RUNNING.search(said_before)
        return "new" if new and is_sum else "total"  # `同一批获批的还有…，合计15款`
    if re.match(
        r"新的?|[^，。；（(]{0,10}新(?:完成|通过|获)|[^，。；（(]{0,16}?(?:日前|近日|不久前|前不久|新近|上周|本周|首批|[为是系]新增)",
        after,
    ):
        return "new"
    if _EVENT.search(said_before):
        return "new"
    return "total" if _SO_FAR.search(said_before) else None


def _closed(words: str, at: int, before: int) -> bool:
    """Whether a place stands in brackets that are closed again."""
    return in_bracket(words, at) and not in_bracket(words, before)


def _is_row(words: str) -> bool:
    """Whether a sentence is a row of provinces with their numbers."""
    rows = [m for m in places.find(words) if re.match(r"[省市]?[：:\s]*\d", words[m.end :])]
    return len(rows) > 1


def _row_of_places(words: str) -> int:
    """Where a row of provinces with a number each begins (`北京5家，上海3家`); -1 without one."""
    starts = [
        m.start
        for m in places.find(words)
        if m.place.level == "province" and re.match(r"有?\d{1,4}[款个家项]", words[m.end :])
    ]
    return starts[0] if len(starts) > 1 else -1


def _dealt(words: str, counted: list[re.Match[str]]) -> dict[int, str]:
    """`湖南、湖北、河南分别有6款、8款、3款`: the province of each number by where it begins."""
    out: dict[int, str] = {}
    last: list[str] = []
    for match in re.finditer(r"分别(?:有|为|是|达到?|新增|备案|登记|完成)*", words):
        lead = words[max(words.rfind(mark, 0, match.start()) for mark in "，,；;。：:") + 1 : match.start()]
        if not lead and match.start():  # `四川、湖北表现突出，分别为11款、9款`
            lead = re.split(r"[，,；;。：:]", words[: match.start() - 1])[-1]
        named = [m.place.name for m in places.find(lead) if m.place.level == "province"] or short_names(lead)
        named = last = named or last
        row: list[re.Match[str]] = []
        for hit in counted:
            if hit.start() == match.end() or (
                row and re.fullmatch(r"[、和及/]", words[row[-1].end() : hit.start()])
            ):
                row.append(hit)
        if len(named) == len(row) > 1:
            out |= {hit.start(): name for hit, name in zip(row, named, strict=True)}
    return out


def _each(words: str, hit: re.Match[str], behind: int) -> list[str]:
    """The provinces of `上海和广东均为92款`; none for a number of one place."""
    chunk = words[behind : hit.start()]
    match = re.search(r"([^，,；;：:。]+?)[，,]?(?:均|都|各)(?:为|有|是)?$", chunk)
    named = [m.place.name for m in places.find(match[1]) if m.place.level == "province"] if match else []
    return named if len(named) > 1 else []


def _of_a_pair(words: str, hit: re.Match[str], counted: list[re.Match[str]], told: str) -> _Register | None:
    """The register of one of two bare numbers side by side (`累计分别为538款和263款`, `北京254款和177款`): in the order the text named
    the registers; null for another number."""
    at = counted.index(hit)
    if hit.re is placed():
        return None  # `上海221、浙江140`: a row of places
    for first, second in ((at, at + 1), (at - 1, at)):
        if first < 0 or second >= len(counted):
            continue
        left, right = counted[first], counted[second]
        if not re.fullmatch(r"\s*[和及、与/]\s*", words[left.end() : right.start()]):
            continue
        lead = max(words.rfind(mark, 0, left.start()) for mark in "，,；;：:。（(") + 1
        tail = re.match(r"[^，,；;。]*", words[right.end() :])
        clause = words[lead : left.start()]
        if len([m for m in places.find(clause) if m.place.level == "province"]) > 1:
            continue  # `浙江、江苏分别为34款和28款`
        named = _registers(clause)
        if len(named) == 1 or (tail and REGISTER.search(tail[0]) and len(_registers(tail[0])) < 2):
            continue
        if len(named) == 0:
            named = next(
                (r for part in (words[:lead], told, words[right.end() :]) if len(r := _registers(part)) == 2),
                [],
            )
        if len(named) == 2:
            return "registered" if named[at - first] == "登记" else "filed"
    return None


def _registers(text: str) -> list[str]:
    """The registers a text names, in its order."""
    return list(dict.fromkeys(m[0] for m in re.finditer(r"备案|登记", text)))


# --- Putting together -----------------------------------------------------------------------------------------------


def _is_told(row: FilingCount | None, atom: _Atom) -> bool:
    """Whether a row holds another number for what `atom` counts."""
    return row is not None and getattr(row, atom.field) not in (None, atom.value)


def _together(atoms: list[_Atom], text: str, otherwise: dt.date | None) -> Iterator[FilingCount]:
    """Rows by day and place. A number without a day of its own takes the nearest one said for its place, else the one day the
    text speaks of, else `otherwise`."""
    order = {id(atom): at for at, atom in enumerate(atoms)}
    said: dict[str, list[tuple[int, int, dt.date]]] = {}
    for atom in atoms:
        if atom.as_of is not None:
            said.setdefault(atom.scope, []).append((atom.start, order[id(atom)], atom.as_of))
    rows: dict[tuple[dt.date | None, str], FilingCount] = {}
    chosen: dict[tuple[int, str], dt.date | None] = {}
    """The day taken for the numbers of a sentence that have none."""
    for atom in sorted(atoms, key=lambda a: (a.as_of is None, a.vague != "exact", a.start)):
        as_of = atom.as_of
        if as_of is None:
            near = said.get(atom.scope)
            days = {d for dated in said.values() for *_, d in dated}
            if near:
                at = (atom.start, order[id(atom)])
                nearest = sorted(near, key=lambda s: (abs(s[0] - at[0]), abs(s[1] - at[1])))
                free = (day for *_, day in nearest if not _is_told(rows.get((day, atom.scope)), atom))
                told = chosen.get((atom.start, atom.scope))
                is_now = _AT_PRESENT.search(text, atom.start, atom.end)
                as_of = (told if is_now else None) or next(free, otherwise if is_now else nearest[0][2])
                chosen[atom.start, atom.scope] = as_of
            else:  # a part of the country in a text that speaks of one day only
                as_of = days.pop() if len(days) == 1 else atom.announced or otherwise
        key = (as_of, atom.scope)
        quote = text[atom.start : atom.end]
        lead = len(quote) - len(quote.lstrip())
        start, end = atom.start + lead, atom.start + len(quote.rstrip())
        ground = Ground(quote=text[start:end], start=start, end=end, locator=f"chars {start}-{end}")
        row = rows.get(key) or FilingCount(as_of=as_of, scope=atom.scope, ground=ground)
        if getattr(row, atom.field) is None:
            qualifier = atom.vague if atom.vague != "exact" else row.qualifier
            row = replace(row, **{atom.field: atom.value}, qualifier=qualifier)  # type: ignore[arg-type]
        rows[key] = row
    yield from sorted(rows.values(), key=lambda r: r.ground.start or 0)
