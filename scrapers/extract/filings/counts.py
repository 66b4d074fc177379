"""Totals that prose states, by day and place.

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
from scrapers.extract.filings.grammar import day, day_of, not_after
from scrapers.issues import Issue
from scrapers.lexicon import places
from scrapers.records import FilingCount, Ground
from scrapers.text import dates
from scrapers.text.numerals import parse

NATIONAL = "national"
Sense = Literal["total", "new"]

# --- Days -----------------------------------------------------------------------------------------------------------

_DAY = (
    r"(?:(?P<y>20\d\d)年|(?P<ty>今年|本年|去年))?(?P<m>\d{1,2})月(?:份)?(?:(?P<d>\d{1,2})[日号]|(?P<end>底|末))"
    r"|(?P<iso>20\d\d[-/.]\d{1,2}[-/.]\d{1,2})"
    r"|(?P<yy>20\d\d)年(?P<mm>\d{1,2})月(?:份)?"
    r"|(?:(?P<ey>20\d\d)年|(?P<eyt>今年|去年))(?:度)?(?P<part>年?底|末|上半年|前?三季度|第?一季度|全年)"
    r"|(?P<half>上半年)"
    r"|(?P<yearend>年[末底])"
    r"|(?P<bm>\d{1,2})月(?:份)?(?P<ten>[上中下]旬)?(?!\d)"
)
_UNTIL = re.compile(
    rf"(?:截[至止]|(?<![\d月日年])[至到]|(?=年[末底](?:总|累计|共|达)))(?:目前|今)?[，,:：]?\s*(?:(?P<now>目前|今日?(?!年)|现在|发稿|(?:本|此|该)?(?:公告|消息|通告|信息|公示)?发布之?[日时]|当[前日])|{_DAY})"
)
_SAID = re.compile(
    r"(?<![\d年])(?P<m>\d{1,2})月(?P<d>\d{1,2})日|(?:[办室厅局委部讯社者从于网]|消息)(?P<only>\d{1,2})日(?![期内起])"
)
_NEWS_DAYS = 14
"""A month and day in the text is the day of the news when it lies at most so many days before the page's date."""


def document_day(document: Document, context: Context) -> dt.date | None:
    """The one day the document's totals speak of: the first `截至`, else the page's."""
    page = context.date or page_date(document)
    for match in _UNTIL.finditer(document.text):
        if (found := _until(match, page, page)) is not None:
            return found
    return page


def page_date(document: Document) -> dt.date | None:
    """The day a page prints for itself: its metadata, else a date near its head."""
    for text in (
        document.meta.get("pubdate", ""),
        document.meta.get("publishdate", ""),
        document.raw_text[:400],
    ):
        if (found := day_of(text, None)[0]) is not None:
            return found
    return None


def _month_end(year: int, month: int) -> dt.date:
    return dt.date(year + (month == 12), month % 12 + 1, 1) - dt.timedelta(days=1)


def _until(match: re.Match[str], page: dt.date | None, news: dt.date | None) -> dt.date | None:
    """The day behind `截至`; null where the text leaves the year out and the page has none."""
    g = match.groupdict()
    if g["now"]:
        return news
    if g["iso"]:
        return dates.first(g["iso"].replace(".", "-"))
    if g["yy"]:
        return _month_end(int(g["yy"]), min(int(g["mm"]), 12))
    if g["yearend"]:
        return dt.date(page.year - (page.month < 12), 12, 31) if page else None
    if g["part"] or g["half"]:
        year = int(g["ey"]) if g["ey"] else page.year - (g["eyt"] == "去年") if page else None
        if year is None:
            return None
        month = {"上": 6, "前": 9, "三": 9, "一": 3, "第": 3}.get((g["part"] or "上")[0], 12)
        return _month_end(year, month)
    month_text = g["m"] or g["bm"]
    if not month_text or not 1 <= int(month_text) <= 12:
        return None
    month = int(month_text)
    if g["y"] or g["ty"]:
        year = int(g["y"]) if g["y"] else page.year - (g["ty"] == "去年") if page else None
        if year is None:
            return None
        return day(year, month, int(g["d"])) if g["d"] else _month_end(year, month)
    if page is None:
        return None
    if g["d"]:
        return not_after(page, month, int(g["d"]))
    end = _month_end(page.year, month)
    if g["ten"] in ("上旬", "中旬"):
        # the day itself is not said: the page's own where it lies in these ten days, else their last
        last = 10 if g["ten"] == "上旬" else 20
        same = (page.year, page.month) == (page.year, month) and page.day <= last
        return page if same else not_after(page, month, last)
    return (
        end
        if end <= page or (end.year, end.month) == (page.year, page.month)
        else _month_end(page.year - 1, month)
    )


def _news_day(text: str, page: dt.date | None) -> dt.date | None:
    """The day the text says the news is of (`9月8日发布公告`, `记者11日获悉`), when it is close before the page's."""
    if page is None:
        return None
    for match in _SAID.finditer(text):
        if match["only"]:
            number = int(match["only"])
            found = day(page.year, page.month, number)
            if found is None or found > page:
                before = page.replace(day=1) - dt.timedelta(days=1)
                found = day(before.year, before.month, number)
        else:
            found = not_after(page, int(match["m"]), int(match["d"]))
        if (
            found is not None
            and 0 <= (page - found).days <= _NEWS_DAYS
            and not re.search(r"(?:截[至止]|至|到)[，,]?$", text[max(0, match.start() - 3) : match.start()])
        ):
            return found
    return page


# --- Numbers --------------------------------------------------------------------------------------------------------

_COUNT = re.compile(
    r"(?P<pre>超过|突破|逾|近|约|超|至少|不少于)?\s*(?<![\d.])(?P<n>\d{1,3}(?:,\d{3})+|\d{1,6}|[一二两三四五六七八九十百]{1,4})\s*(?P<post>余|多|\+)?\s*(?P<unit>[款个項项例家种])"
    r"(?!月|工作日|省|市|区|批|县|百分点|维度|方面|类|体系|系统|环节)(?P<more>以上)?"
)
_BARE = re.compile(
    r"(?:备案|登记)(?:数量?|总数|总量)?(?:达到?|为|共|约|：|:)?(?P<n>\d{1,5})(?=[，。；、,;]|$)"
)
_REGISTER = re.compile(r"备案|登记|获批|获准|审批|注册")
_ABOUT = re.compile(r"备案|登记|获批|获准|审批|注册|大模型|生成式")
_FILED_WORD = re.compile(r"备案|获批|获准|审批|注册")
_NOT_MODELS = re.compile(
    r"(?:企业|公司|机构|单位|高校|院校|实验室|平台|园区|案例|项目|标准|产业|城市|场景|行业|领域|数据|算力|智能体|岗位|专利|中心|基地|国家|地区|问题|环节|方面|维度|工作|指标|措施)"
)
_OF_MODELS = re.compile(r"(?:企业|公司|机构|单位|/|、|\w)*的?(?:大?模型|生成式|应用|服务|产品)")
_TOTAL = re.compile(r"累计|总数|总量|总计|合计|共计|增至|升至|至此|总额")
_SO_FAR = re.compile(
    r"共有|共|已有|已经|已达|达到|达|目前|现有|拥有|数量|数据为|占全国|领跑|[位分]列|位居|排名|领先"
)
"""Words of a total that `新增` before them outweighs: `其中新增备案服务达到238款`, `上周共有14家`."""
_NEW = re.compile(
    r"新增|新通过|新完成|新备案|新登记|新获批|再添|再增|增加|增补|新添|本批|此次|本次|首批|本期|上周|本周|日前|近日|当日|以来|新一批|第[一二三四五六七八九十\d]+批|又有|迎来"
)
_OFFICE = re.compile(r"网信办|互联网信息办公室|网信(?:北京|上海|广东|浙江|江苏)")
_PASSED = re.compile(
    r"[^，。；]{0,15}?(?:通过|获得?)(?:了)?(?:国家网信办|国家|中央网信办)?[^，。；]{0,6}(?:备案|登记|批准)"
)
_FLOOR = ("超过", "逾", "超", "至少", "突破", "不少于")
_YEAR = re.compile(
    r"(?<![较比自从至])(20\d\d)年(?![底末初])(?:度|全年)?[，,]?(?=[^，,。；;]{0,12}?(?:新增|共|合计|完成))"
)
_SPAN = re.compile(
    r"(?<!截至)(?:今年|本年|同年)?(?:[上下]半年|[前第]?[一二三四]季度|\d{1,2}月?[至到—－~-]+\d{1,2}月(?:份)?)[，,]?(?=[^，。；]{0,10}?(?:共|合计|完成))"
)
"""A part of a year whose own count follows: `今年上半年共有137款`."""
_CALLED = re.compile(
    r"(?:调用|接入|使用|基于|采用)[^，。；]{0,12}?已(?:完成)?备案[^，。；]{0,10}?(?:模型|服务|能力)|已备案(?:的)?(?:大模型|模型)(?:能力|API|接口)"
)
_BOTH = re.compile(r"备案(?:[（(]登记[）)]|或登记|和登记|及登记|、登记|与登记)|登记(?:或|和|及)备案|备案登记")
_NATION = re.compile(
    r"全国(?!占比|第|首位|前列|领先|总[量数]|[一二三四五六七八九十])|我国|国内|国家网信办(?:今[日天]|\d*日|近日|日前|昨[日天])?(?:公布|发布|宣布|通报|消息|数据)|(?:据|从)国家(?:互联网信息办公室|网信办)"
)
_IN_NATION = re.compile(r"占|居|位[居列]|排")
_OTHER_BODY = re.compile(
    r"[^，。；、（]{0,14}?(?:公司|实验室|大学|研究院|集团|\d{1,2}月\d{1,2}日(?:电|讯)|日报|[（(]记者)"
)
"""Behind a province's name: a firm, a newspaper, a dateline."""
_SHORT_NAMES = {
    "京": "北京市", "津": "天津市", "沪": "上海市", "渝": "重庆市", "冀": "河北省", "晋": "山西省", "辽": "辽宁省", "吉": "吉林省",
    "苏": "江苏省", "浙": "浙江省", "皖": "安徽省", "闽": "福建省", "赣": "江西省", "鲁": "山东省", "豫": "河南省", "鄂": "湖北省",
    "湘": "湖南省", "粤": "广东省", "川": "四川省", "黔": "贵州省", "滇": "云南省", "陕": "陕西省",
}  # fmt: skip
_SHORT = re.compile(rf"在([{''.join(_SHORT_NAMES)}])(?:备案|登记|企业|完成|通过|获批)")
_HERE = re.compile(r"我[市省区]|本[市省区]|全[市省区]|该[市省区]|省内|市内|全自治区")
_PLACES = re.compile(
    r"[\u4e00-\u9fff]{2,4}\d{1,4}[款个项].{0,12}?[，,、；;].{0,6}[\u4e00-\u9fff]{2,4}\d{1,4}[款个项]"
)
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


def read(document: Document, context: Context) -> Iterator[FilingCount | Issue]:
    """One count a day and place: numbers that speak of the same are put together, the first said of each kind wins."""
    text = document.text
    page = context.date or page_date(document)
    news = _news_day(text, page)
    home = _home(document, context)
    atoms: list[_Atom] = []
    scope = home if context.options.get("scope") or _place_of_title(document) else NATIONAL
    register: str | None = None
    told = ""
    for sentence in _sentences(text):
        words, before = sentence[0], told
        told = words
        scope = scope_of(words, home) or scope
        if not (
            _ABOUT.search(words)
            or (_PLACES.search(words) and _REGISTER.search(before))
            or (_OFFICE.search(words) and _REGISTER.search(text))
        ):
            continue
        untils = [m for m in _UNTIL.finditer(words) if _is_until(m)]
        found = [(m, _until(m, page, news)) for m in untils]
        for match, until in found:
            if until is None:
                yield Issue(
                    level="warning",
                    code="no-year",
                    message=f"{match[0]}: no year in the text nor in the page's date",
                )
        made, register = _in_sentence(
            sentence, scope, _marks(words, home), found, register, page, before, document
        )
        atoms += made
    yield from _together(atoms, text, page, news)


def _sentences(text: str) -> Iterator[re.Match[str]]:
    return re.finditer(r"[^。！!？?\n]+[。！!？?\n]?", text)


def _is_until(match: re.Match[str]) -> bool:
    """`至` and `到` alone count only before a whole day or an end of a period; `截至` always."""
    return match[0][0] in "截年" or bool(match["end"] or match["part"] or match["d"])


def _in_sentence(
    sentence: re.Match[str],
    running: str,
    marks: list[tuple[int, str]],
    untils: list[tuple[re.Match[str], dt.date | None]],
    register: str | None,
    page: dt.date | None,
    told: str,
    document: Document,
) -> tuple[list[_Atom], str | None]:
    words = _CALLED.sub(lambda m: "▢" * len(m[0]), sentence[0])
    atoms: list[_Atom] = []
    sense: Sense | None = None
    behind = 0
    named = [m[0] for m in re.finditer(r"备案|登记", _CALLED.sub("", told))]
    if len(set(named)) == 2 and not _REGISTER.search(words):
        register = "filed"  # a breakdown by place below a sentence about both
    elif register is None and len(set(named)) == 1:
        register = "registered" if named[0] == "登记" else "filed"
    counted = list(_COUNT.finditer(words))
    counted += [
        m for m in _BARE.finditer(words) if not any(c.start() <= m.start("n") < c.end() for c in counted)
    ]
    counted.sort(key=lambda m: m.start("n"))
    for hit in counted:
        value = _value(hit["n"])
        _clause_start, clause_end = _clause(words, hit)
        after = words[hit.end() : clause_end]
        place = _own_place(words, hit, behind)
        scope = next((said for at, said in reversed(marks) if at < hit.start()), running)
        if marks and re.search(r"[；;](?:此外|另外|同时|另有)[^；;]*$", words[: hit.start()]):
            scope = marks[0][1]
        if place == "":  # a city or a district: a part of the province
            behind = hit.end()
            continue
        if value is None or not _counts_models(
            hit, words, behind, bool(place) or bool(atoms and _joined(words, hit)), counted, told, document
        ):
            continue
        said_before = words[behind : hit.start()]
        year = _YEAR.search(said_before)
        if re.search(r"[；;]", said_before):
            sense, said_before = None, re.split(r"[；;]", said_before)[-1]
        of_year = bool(year) and not re.match(r"[^。；]{0,40}其中[^，。；]{0,8}新增", words[hit.end() :])
        own = _sense(said_before, after, of_year) or sense
        if own is None and (place or scope) != NATIONAL and _PASSED.match(after):
            own = "new"  # `重庆2款大模型通过国家网信办备案`
        this: Sense = own or "total"
        if not _in_bracket(words, hit.start()):
            sense = this
        part = said_before.rpartition("其中")[2] if "其中" in said_before else None
        if part is not None and not place and not _NEW.search(part) and not _REGISTER.search(part):
            behind = hit.end()
            continue
        kind = register = _register(words, hit, behind, register, counted)
        field = {("total", "filed"): "total_filed", ("total", "registered"): "total_registered", ("new", "filed"): "new_in_period", ("new", "registered"): "new_registered"}[this, kind]  # fmt: skip
        groups = hit.groupdict()
        vague: Literal["exact", "at_least", "about"] = (
            "at_least"
            if groups.get("post") or groups.get("more") or groups.get("pre") in _FLOOR
            else "about"
            if groups.get("pre")
            else "exact"
        )
        as_of = _own_day(hit, untils, year, page, this)
        atoms.append(_Atom(field, value, vague, place or scope, as_of, sentence.start(), sentence.end()))
        if year and kind == "registered" and int(year[1]) == REGISTERS_BEGAN and "新增" not in said_before:
            atoms.append(replace(atoms[-1], field="total_registered"))
        behind = hit.end()
    return atoms, register


def _sense(said_before: str, after: str, of_year: bool) -> Sense | None:
    """Whether a number is a total or what came in, by the words since the number before; null when they do not say."""
    if (of_year or _SPAN.search(said_before)) and not re.search("累计|截至", said_before):
        return "new"
    new = [m.start() for m in _NEW.finditer(said_before)]
    total = [m.start() for m in _TOTAL.finditer(said_before)]
    if new and max(new) > max(total, default=-1):
        return "new"
    if total:
        return "total"
    if re.match(r"新的?|[^，。；]{0,12}?(?:日前|近日|新近|上周|首批)", after):
        return "new"
    return "total" if _SO_FAR.search(said_before) else None


def _value(text: str) -> int | None:
    if text[0].isdigit():
        return int(text.replace(",", ""))
    value = parse(text)
    return int(value) if value is not None and value == int(value) else None


def _clause(words: str, hit: re.Match[str]) -> tuple[int, int]:
    start = max(words.rfind(mark, 0, hit.start()) for mark in "，,；;：:") + 1
    ends = [i for mark in "，,；;。" if (i := words.find(mark, hit.end())) >= 0]
    return start, min(ends, default=len(words))


def _in_bracket(words: str, at: int) -> bool:
    return max(words.rfind("（", 0, at), words.rfind("(", 0, at)) > max(
        words.rfind("）", 0, at), words.rfind(")", 0, at)
    )


def _counts_models(
    hit: re.Match[str],
    words: str,
    behind: int,
    listed: bool,
    counted: list[re.Match[str]],
    told: str,
    document: Document,
) -> bool:
    """Whether a number counts services of the registers. `listed` tells that a province stands right before it, or that
    the number goes on with a row of them."""
    clause_start, clause_end = _clause(words, hit)
    clause, after = words[clause_start:clause_end], words[hit.end() : clause_end]
    segment = _segment(words, hit, behind, counted)
    of_algorithms = "算法" in segment or ("算法" in told and not re.search(r"大模型|生成式|登记", told))
    if of_algorithms and not re.search(r"大模型|生成式|服务", segment):
        return False
    if re.search(r"同期|其余", segment) or _BOTH.search(segment):
        return False
    unit = hit.groupdict().get("unit")
    if not hit["n"][0].isdigit() and unit != "款" and not re.match(r"(?:生成式|大模型|应用|模型)", after):
        return False
    following = re.match(r"[^，。；、（(]{0,8}", after)
    noun = following[0] if following else ""
    if unit == "家":
        if any(
            hit.end() < m.start() < clause_end and m.groupdict().get("unit") in ("款", "个") for m in counted
        ):
            return False  # `19家企业的20款应用`
        if not re.search(r"首批|获批|的(?:大模型|模型|应用|服务)", words) or not _REGISTER.search(words):
            return False
    elif _NOT_MODELS.match(noun) and not re.match(r"[^，。；]{0,6}的?(?:大?模型|生成式)", noun):
        return False
    if _REGISTER.search(clause):
        return True
    if re.match(r"[，,]其中[^，。；]*(?:备案|登记)", words[clause_end:]):
        return False  # `大模型已超1500个，其中通过备案的有538款`
    if re.search(r"大模型|生成式|AI服务", clause) and _REGISTER.search(words):
        return True
    if listed and (_REGISTER.search(words) or _REGISTER.search(told)):
        return True
    if _REGISTER.search(words) and (
        re.search(r"总[数量]|累计|增至|共|达|新增|增加|为\d", clause)
        and re.match(r"$|应用|服务|模型|和|）|\)", noun)
    ):
        return True
    # `39个大模型就位`, `新增了12项服务`: in a document about the registers
    if noun == "" and _OFFICE.search(words) and _REGISTER.search(document.text) and "新增" in clause:
        return True
    return bool(
        re.search(r"就位|上线|新增|加入|总数|正式", clause)
        and _REGISTER.search(document.text[:1500])
        and (
            re.search(r"大模型|生成式", clause)
            or re.match(r"(?:新的?)?(?:生成式)?(?:AI)?(?:获批)?的?服务", after)
        )
    )


def _segment(words: str, hit: re.Match[str], behind: int, counted: list[re.Match[str]]) -> str:
    """The part of a list a number stands in: from the number or comma before it to the next comma; inside brackets, what
    stands before them and in them."""
    start = max(behind, max(words.rfind(mark, 0, hit.start()) for mark in "，,；;、：:") + 1)
    if _in_bracket(words, hit.start()):
        opened = max(words.rfind("（", 0, hit.start()), words.rfind("(", 0, hit.start()))
        start = min(start, max(behind, max(words.rfind(mark, 0, opened) for mark in "，,；;、：:") + 1))
        closed = [i for mark in "）)" if (i := words.find(mark, hit.end())) >= 0]
        return words[start : min(closed, default=len(words))]
    ends = [i for mark in "，,；;。、" if (i := words.find(mark, hit.end())) >= 0]
    ends += [m.start() for m in counted if m.start() >= hit.end()][:1]
    return words[start : min(ends, default=len(words))]


def _joined(words: str, hit: re.Match[str]) -> bool:
    """Whether a number goes on with the one before: `累计538款和263款`."""
    return bool(re.search(r"[款个项家][和及、与]$", words[: hit.start()]))


def _own_place(words: str, hit: re.Match[str], behind: int) -> str | None:
    """The province a number of a list is of (`北京158款`, `上海（46款）`); empty for a smaller place, null for none."""
    start = max(behind, max(words.rfind(mark, 0, hit.start()) for mark in "，,；;、。：:") + 1)
    chunk = words[start : hit.start()]
    mentions = [m for m in places.find(chunk) if m.place.level in ("province", "city", "district")]
    mentions = [
        m for m in mentions if not re.match(r"[^，。；]{0,12}?(?:公司|实验室|大学|研究院)", chunk[m.end :])
    ]
    if not mentions:
        return None
    last = mentions[-1]
    if last.place.level == "province":
        return last.place.name
    return ""


def _register(
    words: str, hit: re.Match[str], behind: int, before: str | None, counted: list[re.Match[str]]
) -> Literal["filed", "registered"]:
    """Which register a number counts: by the word in its part of the list, in its clause, else by the one named last."""
    named = [m[0] for m in re.finditer(r"备案|登记", words)]
    distributed = re.search(r"分别", words[: hit.start()])
    if distributed:
        after = [m for m in counted if m.start() > distributed.start()]
        if (
            len(after) == 2
            and len(set(named)) == 2
            and not _FILED_WORD.search(words[distributed.end() : after[1].end()])
        ):
            order = list(dict.fromkeys(named))
            return "registered" if order[after.index(hit)] == "登记" else "filed"
    clause_start, clause_end = _clause(words, hit)
    for part in (_segment(words, hit, behind, counted), words[clause_start:clause_end]):
        filed, registered = _FILED_WORD.search(part), "登记" in part
        if filed and registered:
            tail = part[part.find(hit[0]) + len(hit[0]) :] if hit[0] in part else part
            if ("登记" in tail) != bool(_FILED_WORD.search(tail)):
                return "registered" if "登记" in tail else "filed"
            return (
                "registered"
                if part.rfind("登记") > max(m.start() for m in _FILED_WORD.finditer(part))
                else "filed"
            )
        if filed or registered:
            return "registered" if registered else "filed"
        if re.search(r"应用(?!场景|产品)|功能", part) and not re.search(r"大模型|模型", part):
            return "registered"
    said = words[: hit.start()]
    if _FILED_WORD.search(said) or "登记" in said:
        last = max((m.start() for m in _FILED_WORD.finditer(said)), default=-1)
        return "registered" if said.rfind("登记") > last else "filed"
    following = re.search(r"备案|登记|获批|注册", words[hit.end() :])
    between = following and any(hit.end() <= m.start() < hit.end() + following.start() for m in counted)
    if following and not (between and before):
        return "registered" if following[0] == "登记" else "filed"
    return "registered" if before == "registered" else "filed"


def _own_day(
    hit: re.Match[str],
    untils: list[tuple[re.Match[str], dt.date | None]],
    year: re.Match[str] | None,
    page: dt.date | None,
    sense: Sense,
) -> dt.date | None:
    """The day of a number by its own sentence: the last `截至` before it, else the first behind it; of a whole year, its
    last day."""
    if year is not None and sense == "new":
        end = dt.date(int(year[1]), 12, 31)
        return end if page is None or end <= page else None
    before = [found for match, found in untils if match.start() < hit.start()]
    after = [found for match, found in untils if match.start() > hit.start()]
    return before[-1] if before else after[0] if after else None


# --- Places ---------------------------------------------------------------------------------------------------------


def _place_of_title(document: Document) -> str | None:
    return scope_of(document.title or "", None)


def _home(document: Document, context: Context) -> str:
    """The place `我省` and `全市` mean: the source's, the title's, else the province the text names most."""
    if context.options.get("scope"):
        return str(context.options["scope"])
    if context.place and (place := places.by_code(context.place)) is not None and place.level == "province":
        return place.name
    if (titled := _place_of_title(document)) not in (None, NATIONAL):
        return str(titled)
    named = [m.place.name for m in places.find(document.text[:5000]) if m.place.level == "province"]
    return max(named, key=named.count) if named else NATIONAL


def scope_of(words: str, home: str | None) -> str | None:
    """The place a sentence speaks for; null when it names none."""
    marks = _marks(words, home)
    places_named = [place for _, place in marks if place != NATIONAL]
    return places_named[0] if places_named else NATIONAL if marks else None


def _marks(words: str, home: str | None) -> list[tuple[int, str]]:
    """Where a sentence turns to a place or to the country: provinces that speak for themselves, `我省` and its kin, 全国."""
    outside = re.sub(r"《[^》]*》|“[^”]*”(?=微信)", lambda m: "▢" * len(m[0]), words)
    marks = [
        (m.start, m.place.name)
        for m in places.find(outside)
        if m.place.level == "province"
        and not _OTHER_BODY.match(outside[m.end :])
        and not re.search(
            r"(?:仅次于|低于|高于|新华社|中新网|中新社|在)$", outside[max(0, m.start - 4) : m.start]
        )
    ]
    if home:
        marks += [(m.start(), home) for m in _HERE.finditer(outside)]
    for m in _NATION.finditer(outside):
        if not (m[0].startswith("全国") and _IN_NATION.search(outside[max(0, m.start() - 3) : m.start()])):
            marks.append((m.start(), NATIONAL))
    marks += [(m.start(), _SHORT_NAMES[m[1]]) for m in _SHORT.finditer(outside)]
    return sorted(marks)


# --- Putting together -----------------------------------------------------------------------------------------------


def _together(
    atoms: list[_Atom], text: str, page: dt.date | None, news: dt.date | None
) -> Iterator[FilingCount]:
    said: dict[str, list[tuple[int, dt.date]]] = {}
    for atom in atoms:
        if atom.as_of is not None:
            said.setdefault(atom.scope, []).append((atom.start, atom.as_of))
    rows: dict[tuple[dt.date | None, str], FilingCount] = {}
    for atom in sorted(atoms, key=lambda a: (a.as_of is None, a.start)):
        as_of = atom.as_of
        if as_of is None:
            near = said.get(atom.scope)
            days = {d for dated in said.values() for _, d in dated}
            if near:
                as_of = min(near, key=lambda s: abs(s[0] - atom.start))[1]
            else:  # a part of the country in a text that speaks of one day only
                as_of = days.pop() if len(days) == 1 else news
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
