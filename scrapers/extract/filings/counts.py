"""Totals that prose states, by day and place.

Each number is read with its neighbours (`_Number`): the words since the number before, its clause, what it counts, what
follows; `_Reader` goes through the text and keeps what a number leaves open: the place, the register, what was told last.

A number counts when its clause speaks of filing (备案), registration (登记) or approval. `累计` and its kin are totals,
`新增` is what the period added; each number is of the register its own clause names, else of the one named last. Floors
(`40余款`) are marked. Sums of both registers, algorithms, parts of a province and comparisons with another year are left.
"""

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from typing import Literal

from scrapers.documents import Context, Document
from scrapers.extract.filings import statements
from scrapers.extract.filings.days import (
    LISTED,
    SPAN,
    STATED,
    UNTIL,
    is_until,
    news_day,
    page_date,
    span_end,
    until,
)
from scrapers.extract.filings.grammar import day_of, is_entity, makers, province_names, province_of
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
from scrapers.text.numerals import parse

Sense = Literal["total", "new"]
_Register = Literal["filed", "registered"]
_FIELDS: dict[tuple[Sense, _Register], str] = {
    ("total", "filed"): "total_filed",
    ("total", "registered"): "total_registered",
    ("new", "filed"): "new_in_period",
    ("new", "registered"): "new_registered",
}

# --- Numbers --------------------------------------------------------------------------------------------------------

_COUNT = re.compile(
    r"(?P<pre>超过|突破|逾|近|约|超|至少|不少于)?\s*(?<![\d.])(?P<n>\d{1,3}(?:,\d{3})+|\d{1,6}|[一二两三四五六七八九十百千零〇]{1,7})[\s*]*(?P<post>余|多|\+)?[\s*]*(?P<unit>[款个項项例家种])"
    r"(?!月|工作日|省|市|区|批|县|百分点|维度|方面|类|体系|系统|环节)(?P<more>以上)?"
)
_ITS_NUMBER = re.compile(
    r"(备案|登记)(?:(?:的)?(?:大模型|服务|应用)?(?:数量?|总数|总量)(?:已|累计|共)*(?:达到?|为|有|超过?|突破|增至|升至)*|(?:达|共|各|：)?)$"
)
"""`备案数达到37款`: the number's own register, whatever follows."""
_HERE_ALONE = re.compile(r"(?:^|[，,；;])(?:全[国省市区]|我[省市区])(?:共|有|已|达|为|则)*$")
_PLUS = re.compile(r"(?<!\d)[+＋](?P<n>\d{1,4})(?![\d%.])")
"""What came in, without a unit: `累计备案13款（+1）`."""
_BARE = re.compile(
    r"(?:备案|登记)(?:数量?|总数|总量)?(?:达到?|为|共|约|：|:)?(?P<n>\d{1,5})(?=[，。；、,;]|$)"
)
_A_MONTH = r"20\d\d年(?:\d{1,2}月(?:\d{1,2}日)?)?"
_ONE_FIRMS = re.compile(
    r"^(?:目前)?(?:本|该|我|贵)?(?:公司|集团|[本我]行|企业)(?:旗下|已|共|累计|现)*(?:有)?(?:备案|登记|获批)"
)
"""`公司备案大模型增至三款`: what one firm has."""
_AGAINST = re.compile(r"擅自|违规|违法|责令|下架|约谈|查处")
"""Words of sentences about services that broke the rules."""
_CORRECTED = re.compile(r"[^，。；“]{0,12}”[，,]?(?:应为|更正为|改为|应改为)")
"""Behind a number that a notice puts right: `“累计9款”，应为“累计10款”`."""
_GOAL = re.compile(r"有望|排队|等候|等待|申报|待备案|目标|力争|争取|计划|规划|预计|拟新增")
"""Numbers behind these words are not there yet."""
_QUESTION = re.compile(r"[?？]\s*$")
_POINTS_BACK = re.compile(r"(?:上述|以上|上面|这|此|该)$")
"""Before a number of services the text has named: `上述4款产品均已通过备案`."""
_TURN = re.compile(r"[，,](?:而|但是?|然而|不过)")
"""Where a sentence turns to something else: what it says of registers is not of the numbers before."""
_OTHER_SUBJECT = re.compile(
    r"(?!备案|登记|模型|服务|应用|产品|功能|获批|累计|年[末底]|[全我本][国省市区])[\u4e00-\u9fff]{2}(?:总数|总量|(?<!总)数量?|规模)(?:已|也|共|累计|现)*(?:达到?|有|为|超过?|突破|约)*$"
)
"""What a number without a noun counts, when that is something else: `基站数达49个`."""
_REGISTER = re.compile(r"准生证|过审|备案|登记|获批|获准|审批|批准|注册(?!用户|资本|会员|账号|商标|人数|地)")
_OTHER_REGISTERS = re.compile(
    r"(?:ICP|公安|网安|工商|域名|网站)[^，。；]{0,6}(?:备案|登记)号?|备案号[：:]?\S{0,3}ICP"
)
_NOT_IN_IT = re.compile(r"未[^，。；]{0,8}(?:备案|登记)(?:[或和、及]登记)?")
_ABOUT = re.compile(r"过审|备案|登记|获批|获准|审批|批准|注册|大模型|生成式")
_FILED_WORD = re.compile(r"准生证|过审|备案|获批|获准|审批|批准|注册")
_NOT_MODELS = re.compile(
    r"(?:(?:业务|核心|重点|细分|应用|垂直)?(?:领域|场景|环节|行业)|企业|公司|机构|单位|高校|院校|实验室|平台|园区|案例|项目|标准|产业|城市|场景|行业|领域|数据|算力|智能体|岗位|专利|中心|基地|国家|地区|问题|环节|方面|维度|工作|指标|措施)"
)
_TOTAL = re.compile(
    r"[增提扩涨升][加长升高大]?[至到]|累计|总数|总量|总计|合计|共计|增至|升[至到]|增到|升至|至此|总额"
)
_RUNNING = re.compile(r"累计|总数|总量|[增升][至到]|至此|总额")
_SO_FAR = re.compile(
    r"共有|共|已有|已经|已达|达到|达|目前|现有|拥有|数量|数据为|占全国|分别有|领跑|[位分]列|位居|排名|领先"
)
"""Words of a total that `新增` before them outweighs: `其中新增备案服务达到238款`, `上周共有14家`."""
_NEW = re.compile(
    r"新增|新近|新批准|新获准|新通过|新完成|新备案|新登记|新获批|再添|再增|上新|净增(?![至到])|增加(?![至到])|增补|又添|新添|本批|此次|本次|同一?批|[该这][一]?批|首批|本期|上周|本周|日前|近日|(?<!截至)(?<!截止)当日|多出|多了|以来|全年|[再又][^，。；\d]{0,6}$|(?:新|最近)一批|第[一二三四五六七八九十\d]+批|又有|迎来"
)
_WHOLE = re.compile(r"[^，。；]{0,20}[中里][，,]")
"""Behind the number of a whole of which a place has a part: `439款大模型中，北京占142款`."""
_DATED = re.compile(r"^\W*而?(?:20\d\d年)?\d{1,2}月\d{1,2}日[，,]?")
"""The day a part of a sentence begins with: `4月2日，公布117款；截至年底，累计302款`."""
_COUNTED_NOUN = re.compile(
    r"$|(?:新增)?的?(?:生成式|AI|人工智能)*(?:产品|服务|应用|大?模型|功能)|[和及、）)（(为是：:]|接近|几乎|领跑|居|位|排|紧随|通过|完成|获批|翻|增|多|提[升高]|扩"
)
"""What may stand behind a number of services in a sentence about the registers."""
_OF_SOME_PLACES = re.compile(r"[两二三四五六七八九十\d]+[省市地区家][^，。；]{0,6}$")
"""`三地合计12款`, `8家公司的12款`: of some places, of some firms."""
_AT_PRESENT = re.compile(r"目前|如今|现已|现有|至今|眼下")
_RANGE = re.compile(
    r"\d{1,2}月\d{1,2}日[至到—－~-]{1,2}(?P<to>(?:20\d\d年)?\d{1,2}月\d{1,2}日)(?=[^，,。]{0,4}[，,]?[^，,。]{0,8}(?:新增|新|共|又))"
)
"""`9月1日至10月31日，我省新增9款`."""
_ON_THE_DAY = re.compile(r"\W*(?:20\d\d年)?\d{1,2}月\d{1,2}日(?=新增|又有|再增|共有)")
"""`4月17日新增6款`."""
_SUM = re.compile(r"(?:共|合计|总计)[有计]?$")
_EVENT = re.compile(r"^(?:\d{4}年)?\d{1,2}月\d{1,2}日，?[^，。；累已达]{0,6}$")
"""The day on which a number was approved: `8月31日，共8家企业的大模型通过备案`."""
_PLACE_FIRST = re.compile(r"[\s\d.、•·*-]*[\u4e00-\u9fff]{2,8}[（(：:\s]{1,2}(?:备案)?\d{1,4}[款个]")
"""`北京（141款，32.1%）：以通用大模型为主`."""
_MORE = re.compile(r"新增|累计|总[数量]|又有|增至")
_OFFICE = re.compile(r"网信办|互联网信息办公室|网信(?:北京|上海|广东|浙江|江苏)")
_PASSED = re.compile(
    r"[^，。；]{0,15}?(?:通过|获得?)(?:了)?(?:国家网信办|国家|中央网信办)?[^，。；]{0,6}(?:备案|登记|批准)"
)
_FLOOR = ("超过", "逾", "超", "至少", "突破", "不少于")
_CALLED = re.compile(
    r"(?:调用|接入|使用|基于|采用)[^，。；]{0,12}?已(?:完成)?备案[^，。；]{0,10}?(?:模型|服务|能力)|已备案(?:的)?(?:大模型|模型)(?:能力|API|接口)"
)
_BOTH = re.compile(r"备案(?:[（(]登记[）)]|或登记|和登记|及登记|、登记|与登记)|登记(?:或|和|及)备案|备案登记")
_HEADING = 30
"""A line of fewer letters with a day and no number, `截至2月底 ｜ 国家网信办`, gives the day of all numbers."""
REGISTERS_BEGAN = "2024"
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


@cache
def _placed() -> re.Pattern[str]:
    """A province with its number alone: `北京168、上海115`."""
    return re.compile(
        rf"(?P<place>{'|'.join(province_names())})[省市]?[：:（(\s]{{0,2}}(?P<n>\d{{1,4}})(?=[、，,；;（(）)。\s]|$)"
    )


def read(document: Document, context: Context) -> Iterator[FilingCount | Issue]:
    """One count a day and place: numbers that speak of the same are put together, the first said of each kind wins."""
    reader = _Reader(document, context)
    for sentence in _sentences(document.text):
        yield from reader.sentence(sentence)
    yield from _together(reader.atoms, document.text, reader.day)


def _sentences(text: str) -> Iterator[re.Match[str]]:
    """Sentences; lines that are each a province with its number (`北京 218`) are one."""
    row = rf"[^\S\n]*(?:{'|'.join(province_names())})[省市]?[^\S\n]*[：:|,，—-]?[^\S\n]*\d{{1,5}}[^\S\n]*[款个]?[^\S\n]*\n"
    return re.finditer(rf"(?:(?<=\n)|^)(?:{row}){{2,}}|[^。！!？?\n]+[。！!？?\n]?", text)


@dataclass(frozen=True, slots=True)
class _Number:
    """A number with its neighbours in its sentence: `left` the words since the number before, `after` those up to the end of
    its clause, `segment` its part of a list, `noun` what it counts."""

    hit: re.Match[str]
    words: str
    behind: int
    """Where the number before it ends."""
    following: tuple[re.Match[str], ...]

    @property
    def start(self) -> int:
        return self.hit.start()

    @property
    def end(self) -> int:
        return self.hit.end()

    @property
    def before(self) -> str:
        """All the words before it."""
        return self.words[: self.start]

    @property
    def left(self) -> str:
        return self.words[self.behind : self.start]

    @property
    def rest(self) -> str:
        """All the words behind it."""
        return self.words[self.end :]

    def _part(self, marks: str) -> int:
        """Where its part of the sentence begins; a colon right before a number (`新增备案：73款`) parts nothing."""
        end = self.start - len(self.before) + len(self.before.rstrip(" ：:*"))
        return max(self.words.rfind(mark, 0, end) for mark in marks) + 1

    @property
    def _clause(self) -> tuple[int, int]:
        start = self._part("，,；;：:")
        ends = [i for mark in "，,；;。" if (i := self.words.find(mark, self.end)) >= 0]
        end = min(ends, default=len(self.words))
        behind = _BEHIND.match(self.words, end)  # `105款应用，在地方网信办完成登记`
        return start, behind.end() if behind and _SERVICE.search(self.words[self.end : end]) else end

    @property
    def clause(self) -> str:
        start, end = self._clause
        return self.words[start:end]

    @property
    def lead(self) -> str:
        """What its clause says before it."""
        return self.words[self._clause[0] : self.start]

    @property
    def after(self) -> str:
        return self.words[self.end : self._clause[1]]

    @property
    def beyond(self) -> str:
        """The words behind its clause."""
        return self.words[self._clause[1] :]

    @property
    def noun(self) -> str:
        match = re.match(r"[^，。；、（(！!]{0,8}", self.after)
        return match[0] if match else ""

    @property
    def unit(self) -> str | None:
        return self.hit.groupdict().get("unit")

    @property
    def segment(self) -> str:
        """From the number or comma before it to the next comma; inside brackets, what stands before them and in them."""
        words, at = self.words, self.start
        start = max(self.behind, self._part("，,；;、：:"))
        if _in_bracket(words, at):
            opened = max(words.rfind("（", 0, at), words.rfind("(", 0, at))
            start = min(
                start, max(self.behind, max(words.rfind(mark, 0, opened) for mark in "，,；;、：:") + 1)
            )
            closed = [i for mark in "）)" if (i := words.find(mark, self.end)) >= 0]
            return words[start : min(closed, default=len(words))]
        ends = [i for mark in "，,；;。、" if (i := words.find(mark, self.end)) >= 0]
        ends += [self.end] if self.unit and re.match(r"\s+[\u4e00-\u9fff]", self.rest) else []
        ends += [m.start() for m in self.following][:1]
        return words[start : min(ends, default=len(words))]

    @property
    def stretch(self) -> str:
        """The sentence around it up to where it turns to something else."""
        turns = [m.start() for m in _TURN.finditer(self.words)]
        return self.words[
            max((t for t in turns if t < self.start), default=0) : min(
                (t for t in turns if t >= self.end), default=len(self.words)
            )
        ]

    @property
    def value(self) -> int | None:
        text = self.hit["n"]
        if text[0].isdigit():
            return int(text.replace(",", ""))
        value = parse(text)
        return int(value) if value is not None and value == int(value) else None

    @property
    def vague(self) -> Literal["exact", "at_least", "about"]:
        groups = self.hit.groupdict()
        if groups.get("post") or groups.get("more") or groups.get("pre") in _FLOOR:
            return "at_least"
        return "about" if groups.get("pre") else "exact"

    @property
    def goes_on(self) -> bool:
        """Whether it goes on with the number before: `累计538款和263款`."""
        return re.search(r"[款个项家]\s*[和及、与/]\s*$", self.before) is not None

    @property
    def is_of_a_series(self) -> bool:
        """Whether nothing but a day stands between it and the number before, and nothing behind: `到6月底增至252款`."""
        day = UNTIL.search(self.left) or _DATED.search(re.split(r"[：:]", self.left)[-1])
        return bool(
            day
            and self.unit == "款"
            and not self.noun
            and re.fullmatch(
                r"[，,；;\s]*(?:为|是|有|增至|升[至到]|达到?|累计|共|已|则)*", self.left[day.end() :]
            )
        )

    @property
    def own_place(self) -> str | None:
        """The province a number of a list is of (`北京158款`, `上海（46款）`); empty for a smaller place, null for none."""
        if self.hit.re is _placed():
            return province_of(self.hit["place"])
        start = max(self.behind, max(self.words.rfind(mark, 0, self.start) for mark in "，,；;、。：:") + 1)
        chunk = self.words[start : self.start]
        if not chunk.strip() and start == self.start:  # `头名还是北京，163款`
            last = self.words[self.behind : start - 1] if start > self.behind else ""
            ending = [m for m in places.find(last) if m.place.level == "province" and m.end == len(last)]
            return ending[-1].place.name if ending else None
        mentions = [
            m
            for m in places.find(chunk)
            if m.place.level in ("province", "city", "district")
            and not re.match(r"[^，。；]{0,12}?(?:公司|实验室|大学|研究院)", chunk[m.end :])
        ]
        if not mentions:
            return None
        return mentions[-1].place.name if mentions[-1].place.level == "province" else ""


def _numbers(words: str) -> Iterator[_Number]:
    behind = 0
    for hit in _COUNT.finditer(words):
        yield _Number(hit, words, behind, ())
        behind = hit.end()


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

    @property
    def day(self) -> dt.date | None:
        """The day of numbers without one of their own."""
        return next(iter(self.stated)) if len(self.stated) == 1 else self.news

    def sentence(self, sentence: re.Match[str]) -> Iterator[Issue]:
        words, before = sentence[0], self.told
        goes_on = bool(
            _REGISTER.search(before)
            and (
                (_COUNT.search(words) and (places.find(words) or _MORE.search(words)))
                or len(_placed().findall(words)) > 1
            )
        )
        if self.atoms and _PLACE_FIRST.match(words) and places.find(words[:12]):
            # a line of a list of provinces
            goes_on, before = True, before if _REGISTER.search(before) else "备案"
        if not goes_on or _REGISTER.search(words):
            self.told = words
        is_heading = len(words) < _HEADING or re.fullmatch(r"\s*[（(注*][^。]{0,60}[)）]?\s*", words)
        heading = UNTIL.search(words) if is_heading and not _COUNT.search(words) else None
        if match := STATED.search(words) or heading:
            self.stated |= {found} if (found := until(match, self.page, self.news)) else set()
        self.outer, named = self.scope, scope_of(words, self.home)
        if named == "" and not re.search("[全我本该][市区县州]", words):
            named = None  # `辖区内`: of this sentence alone
        self.scope = self.scope if named is None else named
        if _QUESTION.search(words) or not (
            _ABOUT.search(words)
            or goes_on
            or (
                _REGISTER.search(self.document.text)
                and (_OFFICE.search(words) or any(n.is_of_a_series for n in _numbers(words)))
            )
        ):
            return
        untils: _Days = [(m, until(m, self.page, self.news)) for m in UNTIL.finditer(words) if is_until(m)]
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
        if len(named) == 2 and not _REGISTER.search(words):
            self.register = "filed"  # a breakdown by place below a sentence about both
        elif self.register is None and len(named) == 1:
            self.register = "registered" if named[0] == "登记" else "filed"
        counted = _counted(words, bool(_REGISTER.search(words) or _REGISTER.search(told)))
        marks = marks_of(words, self.home)
        dealt, row = _dealt(words, counted), _row_of_places(words)
        # `云南：分别为5款和8款。`, below a sentence about registers
        opens = bool(marks and marks[0][0] == 0 and not _REGISTER.search(words))
        sense: Sense | None = None
        first_batch = goes_on = of_city = False
        behind = of_places = 0
        for index, hit in enumerate(counted):
            number = _Number(hit, words, behind, tuple(counted[index + 1 :]))
            own_place = dealt.get(hit.start()) or number.own_place
            scope = self._scope(number, marks, row)
            if of_places and number.value == of_places and _SUM.search(number.before):
                scope = self.outer  # `北京5家、上海3家，共8家`
            # `深圳新增5款，累计47款`: a city's until the sentence names the province
            of_city = own_place == "" or (
                of_city and own_place is None and not any(at < number.start for at, _ in marks)
            )
            if of_city or (own_place is None and (scope == "" or _of_smaller_place(number, marks))):
                behind = number.end  # a city or a district: a part of the province
                continue
            listed = (
                opens
                or bool(own_place)
                or bool(_HERE_ALONE.search(number.before))
                or (goes_on and number.goes_on)
                or bool(number.unit and _of_a_pair(words, hit, counted, told) is not None)
            )
            if number.value is None or not self._counts(number, listed, told):
                if "同期" in number.left:
                    behind = number.end  # what the next one is compared with
                continue
            of_places += number.value if own_place else 0
            behind, left = number.end, number.left
            span = next(reversed(list(SPAN.finditer(left))), None)
            if "；" in left or ";" in left:
                sense, left = None, re.split(r"[；;]", left)[-1]
            own = _sense(left, number.after, _of_span(span, number.rest)) or sense
            if hit.re is _PLUS:
                own = "new"
            if own is None and re.search("[等”]$", number.before) and "累计" in number.rest:
                own = "new"  # `“甲”等3款应用完成登记，累计29款`
            at_head = own_place or not number.before.strip(" 　•·*-")
            if own is None and at_head and (own_place or scope) != NATIONAL and _PASSED.match(number.after):
                own = "new"  # `重庆2款大模型通过国家网信办备案`
            this: Sense = own or "total"
            if not _in_bracket(words, number.start):
                sense = this
            if _is_part(number, left) and not own_place and own != "new":
                continue
            kind = self._register(number, counted, told)
            if own_place and not _REGISTER.search(words) and self._is_too_big(number.value, kind):
                kind = "registered" if kind == "filed" else "filed"
            self.register = kind
            as_of = self._day(number, untils, span_end(span, self.page) if span else None)
            first_batch = this == "new" and (
                (first_batch and span is None)
                or bool(re.search("(?<!继)首批(?!之?后)", left + number.after[:16]))
            )
            goes_on = True
            fields = [_FIELDS[this, kind]]
            if first_batch:  # nothing came before the first batch
                fields.append(_FIELDS["total", kind])
            if span and kind == "registered" and span["whole"] == REGISTERS_BEGAN and "新增" not in left:
                fields.append("total_registered")
            for place in _each(words, hit, number.behind) or [own_place or scope]:
                for field in fields:
                    self.atoms.append(
                        _Atom(
                            field, number.value, number.vague, place, as_of, sentence.start(), sentence.end()
                        )
                    )

    def _is_too_big(self, value: int, kind: _Register) -> bool:
        """Whether a number of a place is more than the whole country's of this register, not of the other."""
        whole = {atom.field: atom.value for atom in self.atoms if atom.scope == NATIONAL}
        filed, registered = whole.get("total_filed", 0), whole.get("total_registered", 0)
        own, other = (filed, registered) if kind == "filed" else (registered, filed)
        return 0 < own < value <= other

    def _scope(self, number: _Number, marks: list[tuple[int, str]], row: int) -> str:
        """The place a number speaks for unless it stands in a list with one of its own."""
        words, at = number.words, number.start
        if marks and re.search(r"[；;](?:此外|另外|同时|另有)[^；;]*$", number.before):
            return marks[0][1]
        before = [(start, said) for start, said in marks if start < at]
        if at < row:  # `共11家：北京5家，上海3家`
            return before[-1][1] if before else self.outer
        of_whole = _WHOLE.match(number.rest)
        heard = [said for start, said in before if not _closed(words, start, at)]
        if heard and not of_whole:
            return heard[-1]
        if of_whole or (marks and words[: marks[0][0]].endswith("其中")):
            return self.outer
        return next((place for _, place in marks if place), self.scope)

    def _counts(self, number: _Number, listed: bool, told: str) -> bool:
        """Whether a number counts services of the registers. `listed` tells that a province stands right before it, or that
        the number goes on with a row of them."""
        says = bool(
            _REGISTER.search(_NOT_IN_IT.sub("", _OTHER_REGISTERS.sub("", number.stretch)))
            or (
                re.search("清单|名单", number.stretch)
                and (_OFFICE.search(number.stretch) or _REGISTER.search(told))
            )
        )
        if _is_other(number, says, told):
            return False
        clause = number.clause
        if _REGISTER.search(clause):
            return True
        if re.match(r"[，,]其中[^，。；]*(?:备案|登记)", number.beyond):
            return False  # `大模型已超1500个，其中通过备案的有538款`
        if says and re.search(r"大模型|生成式|AI服务", clause):
            return True
        if listed and (says or _REGISTER.search(told)):
            return True
        goes_on = _REGISTER.search(_OTHER_REGISTERS.sub("", told)) and _MORE.search(number.words)
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
                _REGISTER.search(told)
                or (_OFFICE.search(number.words) and _REGISTER.search(self.document.text))
            )
        ):
            return True
        if number.is_of_a_series and _REGISTER.search(self.document.text):
            return True  # `历次公告：截至3月底188款，到6月底增至252款。`
        return bool(
            re.search(r"就位|上线|新增|加入|总数|正式|公布", clause)
            and _REGISTER.search(self.document.text[:1500])
            and (
                re.search(r"大模型|生成式", clause)
                or re.match(r"(?:新的?)?(?:生成式)?(?:AI)?(?:获批)?的?服务", number.after)
            )
        )

    def _register(self, number: _Number, counted: list[re.Match[str]], told: str) -> _Register:
        """Which register a number counts: by the word in its part of the list, in its clause, else by the one named last."""
        paired = _of_a_pair(number.words, number.hit, counted, told)
        if paired is not None:
            return paired
        if own := _ITS_NUMBER.search(number.before):
            return "registered" if own[1] == "登记" else "filed"
        segment = number.segment
        if self.register and re.match(r"[（(]", number.left) and not _REGISTER.search(segment):
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
            return _last_register(number.before)
        following = re.search(r"备案|登记|获批|注册", number.rest)
        if following and not any(m.start() < number.end + following.start() for m in number.following):
            return "registered" if following[0] == "登记" else "filed"
        return self.register or "filed"

    def _day(self, number: _Number, untils: _Days, span: dt.date | None) -> dt.date | None:
        """The day of a number by its own sentence: the last `截至` before it, else the first behind it; the end of its span
        of time where that is earlier (`累计12款，其中2025年新增7款`); where the sentence has several, the day its own part
        begins with."""
        own = _DATED.match(re.split(r"[；;：:]", number.left)[-1]) if untils else None
        if range_ := _RANGE.search(re.split(r"[；;：:]", number.left)[-1]):
            return day_of(range_["to"], self.page)[0]
        own = own or _ON_THE_DAY.match(re.split(r"[，,；;：:]", number.left)[-1])
        if own and (found := day_of(own[0], self.page)[0]):
            return found
        if re.search(r"如今|现在|目前|至今|眼下|[年月]过去", UNTIL.sub("", number.left)) and number.behind:
            return self.news  # `年底还是748款，半年过去已涨到866款`
        if re.search(r"月以来", number.left) and not untils:
            return self.news  # `9月以来又有41款`
        if number.behind == 0 and _AT_PRESENT.search(number.left) and not untils:
            return self.news if self.atoms else None  # after the numbers of another day
        before = [
            found
            for match, found in untils
            if match.start() < number.start
            and (match.start() >= number.behind or not re.search("[较比]$", number.words[: match.start()]))
        ]
        after = [found for match, found in untils if match.start() > number.start]
        said = before[-1] if before else after[0] if after else None
        return span if span and (said is None or span < said) else said


def _counted(words: str, about: bool) -> list[re.Match[str]]:
    """The numbers of a sentence in their order; those of a row of provinces without units only in one `about` registers."""
    counted = list(_COUNT.finditer(words))
    counted += [
        m
        for m in [*_BARE.finditer(words), *_PLUS.finditer(words)]
        if not any(c.start() <= m.start("n") < c.end() for c in counted)
    ]
    bare = [m for m in _placed().finditer(words) if not any(c.start("n") == m.start("n") for c in counted)]
    return sorted([*counted, *bare] if len(bare) > 1 and about else counted, key=lambda m: m.start("n"))


def _is_other(number: _Number, says: bool, told: str) -> bool:
    """Whether a number counts something else: algorithms, firms, what one firm has or a plan wants, another year's services."""
    segment, noun, after = number.segment, number.noun, number.after
    if "端侧" in segment:
        return True
    if "算法" in segment and not re.search(r"大模型|生成式", segment):
        return True
    if "算法" in told and not re.search(r"大模型|生成式|登记", told + segment) and "服务" not in segment:
        return True
    if re.search(r"(?<!企业)(?<!公司等)(?<!机构)旗下(?:共|的|有|已有)*$", number.before):
        return True  # one firm's
    if _POINTS_BACK.search(number.before) and not _NEW.search(number.clause):
        return True
    if _GOAL.search(re.split(r"[；;]", number.before)[-1]):
        return True
    if "累计" not in number.rest and (re.search(r"[”」』》]\s*这?$", number.before) or _ends_a_list(number)):
        return True  # `“甲”和“乙”两款产品`, `甲大模型、乙助手2款产品`: those just named
    if re.match(r"[^，。；]{0,16}(?:之一|[（(，,]?约?占(?:全市|全区|全县))", number.rest):
        return True  # `8家首批通过备案的公司之一`, a part of a city
    if re.search(r"(?:成为|[是系]|作为)[^，。]{0,6}$", number.before) and number.value == 1:
        return True  # `成为又一款…`
    if re.search(r"(?:奖励|奖补|补贴|资助|支持)[^，。]{0,10}$", number.before) or _CORRECTED.match(
        number.rest
    ):
        return True
    if re.search(
        r"(?:高校|院校|医院|央企|国企|银行|券商|车企|民企)(?:的|已|共|累计)*(?:备案|登记)", number.lead
    ):
        return True  # `上海高校备案大模型达到9款`
    if re.search(
        r"(?:著作权|软著|专利|论文|标准|奖项)(?:共|累计|达)*$|类(?:的)?(?:有|占|达|共)*$", number.before
    ):
        return True  # of one field: `其中医疗类11款`
    if re.match(r"尚无|没有|未(?!变)|的(?:有|是|为|省|地区|城市)", noun):
        return True
    owner = re.fullmatch(r"(?:至此|目前|如今)?(?P<e>.{2,16}?)(?:旗下|已|共|累计|现|目前)*有", number.lead)
    if owner and (owner["e"] in makers() or is_entity(owner["e"])):
        return True  # `小红书已有3款`
    if _ONE_FIRMS.search(number.lead) or number.before.endswith("第"):
        return True
    if re.match(r"[^，。；]{0,8}(?:最高|一次性)?(?:奖|补贴|补助|资助|给予)", after) or _AGAINST.search(
        number.words
    ):
        return True
    if re.search(r"[年较比]同期|其余[^，。]{0,6}$", segment[: segment.find(number.hit["n"])]) or (
        _BOTH.search(segment) and "分别" not in segment
    ):
        return True
    if re.search(rf"[由从](?:{_A_MONTH}(?![底末]))?[^，。；\d]{{0,8}}$", number.before) and re.match(
        r"[，,]?(?:增|升|提高|上升|增加|增长)?[至到]", number.rest
    ):
        return True
    if (
        not number.hit["n"][0].isdigit()
        and number.unit != "款"
        and not re.match(r"(?:生成式|大模型|应用|模型)", after)
    ):
        return True
    if number.unit == "家" and re.match(r"拥有|有|上市", noun):
        return True
    if number.unit == "家":
        of_models = any(
            m.start() < number.end + len(after) and m.groupdict().get("unit") in ("款", "个")
            for m in number.following
        )  # `19家企业的20款应用`
        if says and not of_models and re.search(r"大模型(?:已|共|超|约|近)*$", number.before):
            return False  # `已获备案的大模型40余家`
        return (
            of_models
            or not says
            or not re.search(r"首批|获批|的(?:大模型|模型|应用|服务(?!提供者|商))", number.words)
        )
    if not noun and _OTHER_SUBJECT.search(number.lead):
        return True
    return bool(_NOT_MODELS.match(noun) and not re.match(r"[^，。；]{0,6}的?(?:大?模型|生成式)", noun))


def _ends_a_list(number: _Number) -> bool:
    """Whether a number is how many names stand before it, between marks."""
    row = re.split(r"[，,；;：:。]", number.before.removesuffix("等"))[-1]
    named = [part for part in re.split(r"、|和|与|及", row) if part.strip()]
    return (
        len(named) == number.value
        and len(named) > 1
        and not re.search(r"\d+[款个家项]|备案|登记|新增|累计", row)
        and len(places.find(row)) < len(named)
    )


def _is_part(number: _Number, left: str) -> bool:
    """Whether a number is some of the ones before it (`其中金融类8款`); not where it tells its own register."""
    if "其中" not in left or _REGISTER.search(left.rpartition("其中")[2]):
        return False
    return not (_BOTH.search(number.before) and re.match(r"(?:已?完成|通过)(?:备案|登记)", number.after))


_BEHIND = re.compile(
    r"[，,](?:已|均|都|也)*(?:[在于向经由][^，,。；;\d]{0,16}?)?(?:已|均)?(?:完成|通过|办理|获得)了?(?:国家)?(?:登记|备案)"
)
"""A predicate in a clause of its own."""
_SERVICE = re.compile(r"应用|功能|服务|模型")
_LOCAL = re.compile(
    r"(?:市|区|县|高新区|开发区|经开区|新区|园区)?(?:目前|至今|现在)?(?:已|共|累计|现有|集聚|汇聚|聚集|拥有|建成|培育|有)"
)
"""What a city does that is the subject of a sentence; one where something was said is not."""


_HOUSE = re.compile(
    r"(?:楼|大厦|(?<!公)园区?|街区|街道|社区|小镇|基地|孵化器|园里|谷)[里内中上]?(?:目前|今年)?(?:就|已经?|累计|先后|陆续|一共|共)*(?:走出|诞生|孕育|培育|孵化|集聚|聚集|汇聚|落户|引进|拥有|有)了?(?:超过|近|约)?$"
)
"""A building or a park that has brought them forth: `一栋楼里就走出了9款`."""


_ZONE = re.compile(
    r"(?:^|[，,；;。])(?:园区|新区|开发区|高新区)(?:备案|登记|获批)|[\u4e00-\u9fff]{2,6}(?:高新区|经开区|开发区|新区|园区|产业园|街道|(?<![治地全我本各])区|县|镇)(?:目前|现|内)?(?:已|共|累计)?(?:完成|通过)?(?:备案|登记|获批)"
)
"""`东湖高新区备案大模型已有5款`."""


def _of_smaller_place(number: _Number, marks: list[tuple[int, str]]) -> bool:
    """Whether a city or district is the subject of the sentence up to a number: `合肥高新区集聚企业超千家，拥有22款`."""
    return bool(_HOUSE.search(number.before) or _ZONE.search(number.lead)) or any(
        mention.place.level not in ("province", "national")
        and _LOCAL.match(number.words, mention.end)
        and not any(mention.end <= at < number.start for at, _ in marks)
        for mention in places.find(number.words[: number.start])
    )


def _last_register(words: str) -> _Register:
    filed = max((m.start() for m in _FILED_WORD.finditer(words)), default=-1)
    return "registered" if words.rfind("登记") > filed else "filed"


def _of_span(span: re.Match[str] | None, after: str) -> bool:
    """Whether a number is what a span of time brought: `2024年，共302款，其中新增238款` tells a total at its end."""
    if span is None:
        return False
    between = span.string[span.end() :]
    if re.search("累计|截至|总|已有|现有|达|[增升][至到]", between) and not re.match("[单当]月", between):
        return False
    return not (span["whole"] and re.match(r"[^。；]{0,40}其中[^，。；]{0,8}新增", after))


def _sense(said_before: str, after: str, of_span: bool) -> Sense | None:
    """Whether a number is a total or what came in, by the words since the number before; null when they do not say."""
    if of_span and not re.search("累计|截至", said_before):
        return "new"
    said_before = said_before[
        max(said_before.rfind("截至"), said_before.rfind("截止"), 0) :
    ]  # `日前公布，截至3月底…`
    new = [m.start() for m in _NEW.finditer(said_before)]
    total = [m.start() for m in _TOTAL.finditer(said_before)]
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
        r"新的?|[^，。；（(]{0,10}新(?:完成|通过|获)|[^，。；（(]{0,16}?(?:日前|近日|新近|上周|本周|首批|[为是系]新增)",
        after,
    ):
        return "new"
    if _EVENT.search(said_before):
        return "new"
    return "total" if _SO_FAR.search(said_before) else None


def _in_bracket(words: str, at: int) -> bool:
    return max(words.rfind("（", 0, at), words.rfind("(", 0, at)) > max(
        words.rfind("）", 0, at), words.rfind(")", 0, at)
    )


def _closed(words: str, at: int, before: int) -> bool:
    """Whether a place stands in brackets that are closed again."""
    return _in_bracket(words, at) and not _in_bracket(words, before)


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
    match = re.search(r"([^，,；;：:。]+?)(?:均|都|各)(?:为|有|是)?$", chunk)
    named = [m.place.name for m in places.find(match[1]) if m.place.level == "province"] if match else []
    return named if len(named) > 1 else []


def _of_a_pair(words: str, hit: re.Match[str], counted: list[re.Match[str]], told: str) -> _Register | None:
    """The register of one of two bare numbers side by side (`累计分别为538款和263款`, `北京254款和177款`): in the order the text named
    the registers; null for another number."""
    at = counted.index(hit)
    if hit.re is _placed():
        return None  # `上海221、浙江140`: a row of places
    for first, second in ((at, at + 1), (at - 1, at)):
        if first < 0 or second >= len(counted):
            continue
        left, right = counted[first], counted[second]
        if not re.fullmatch(r"\s*[和及、与/]\s*", words[left.end() : right.start()]):
            continue
        lead = max(words.rfind(mark, 0, left.start()) for mark in "，,；;：:。（(") + 1
        tail = re.match(r"[^，,；;。]*", words[right.end() :])
        named = _registers(words[lead : left.start()])
        if len(named) == 1 or (tail and _REGISTER.search(tail[0]) and len(_registers(tail[0])) < 2):
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


def _together(atoms: list[_Atom], text: str, otherwise: dt.date | None) -> Iterator[FilingCount]:
    """Rows by day and place. A number without a day of its own takes the nearest one said for its place, else the one day the
    text speaks of, else `otherwise`."""
    order = {id(atom): at for at, atom in enumerate(atoms)}
    said: dict[str, list[tuple[int, int, dt.date]]] = {}
    for atom in atoms:
        if atom.as_of is not None:
            said.setdefault(atom.scope, []).append((atom.start, order[id(atom)], atom.as_of))
    rows: dict[tuple[dt.date | None, str], FilingCount] = {}
    for atom in sorted(atoms, key=lambda a: (a.as_of is None, a.vague != "exact", a.start)):
        as_of = atom.as_of
        if as_of is None:
            near = said.get(atom.scope)
            days = {d for dated in said.values() for *_, d in dated}
            if near:
                at = (atom.start, order[id(atom)])
                as_of = min(near, key=lambda s: (abs(s[0] - at[0]), abs(s[1] - at[1])))[2]
            else:  # a part of the country in a text that speaks of one day only
                as_of = days.pop() if len(days) == 1 else otherwise
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
