"""Registers of AI services: tables, JSON copies and prose to filings and totals.

Three registers are kept apart: filing (备案), registration (登记, the `S` in its number) and deep-synthesis algorithm
(网信算备…), with on-device filings (手机端侧) as a fourth list. Columns are found by the words of their header, never by
position alone; a page without header goes on with the one before. What the number, the header and the title say of
the register is weighed in this order.
"""

import datetime as dt
import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal

from scrapers.documents import Context, Document, Table
from scrapers.issues import Issue
from scrapers.records import Filing, FilingCount, Ground, Record

Kind = Literal["filing", "registration", "on_device_filing", "deep_synthesis_algorithm"]

NUMBER = re.compile(r"^([A-Za-z]+)-(.+)-(\d{8})(S?)(\d{0,6})$")
ALGORITHM = re.compile(r"网信算备(\d{6})(\d{9})(\d{2})(\d{3})(\d)号")
_ENDINGS = (
    "公司",
    "院",
    "所",
    "大学",
    "学院",
    "中心",
    "集团",
    "厂",
    "社",
    "局",
    "会",
    "馆",
    "台",
    "有限合伙",
    "合伙企业）",
)

# What a header cell may say, whole: a model may be called 大模型 and a firm 公司 in a data row too.
_HEADERS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("number", re.compile(r"(?:算法)?(?:备案|登记|上线|注册)(?:编号|编码|号码?)|备案/登记编?号")),
    ("date", re.compile(r"(?:备案|登记|公示|发布|通过|注册|上线)?(?:时间|日期)")),
    (
        "entity",
        re.compile(r"(?:备案|登记|申报|申请|运营|开发|研发|所属|运营)?(?:单位|主体|企业|公司|机构)(?:名称)?"),
    ),
    ("product", re.compile(r"应用产品|产品")),
    (
        "model",
        re.compile(
            r"(?:大?模型|应用/?功能|应用或功能|应用|功能|算法|服务|产品|大模型产品)?(?:名称|名)|大?模型"
        ),
    ),
    ("province", re.compile(r"属地|省份?|地区|所在地|地域|所属地区?|省（区、?市）")),
    ("use_case", re.compile(r"适用场景|主要用途|用途|应用场景|场景")),
    ("role", re.compile(r"角色")),
    ("remark", re.compile(r"备注|注销(?:情况|时间|日期)?|状态")),
    ("serial", re.compile(r"序号|编号|No\.?|#", re.I)),
)
_ENGLISH: dict[str, str] = {
    "filing_number": "number", "number": "number", "filing number": "number", "registration number": "number",
    "record number": "number", "filed_date": "date", "date": "date", "filing date": "date", "approved": "date",
    "entity": "entity", "company": "entity", "provider": "entity", "organisation": "entity", "organization": "entity",
    "model": "model", "model_name": "model", "model name": "model", "name": "model", "product": "model",
    "province": "province", "location": "province", "region": "province", "seq": "serial", "no.": "serial", "#": "serial",
}  # fmt: skip

PROVINCES = (
    "北京市", "天津市", "河北省", "山西省", "内蒙古自治区", "辽宁省", "吉林省", "黑龙江省", "上海市", "江苏省", "浙江省",
    "安徽省", "福建省", "江西省", "山东省", "河南省", "湖北省", "湖南省", "广东省", "广西壮族自治区", "海南省", "重庆市",
    "四川省", "贵州省", "云南省", "西藏自治区", "陕西省", "甘肃省", "青海省", "宁夏回族自治区", "新疆维吾尔自治区",
    "新疆生产建设兵团", "香港特别行政区", "澳门特别行政区",
)  # fmt: skip
_SHORT = {
    re.sub(r"(市|省|壮族自治区|回族自治区|维吾尔自治区|自治区|特别行政区)$", "", name): name
    for name in PROVINCES
}
_PINYIN = {
    "beijing": "北京市", "tianjin": "天津市", "hebei": "河北省", "neimenggu": "内蒙古自治区", "liaoning": "辽宁省",
    "jilin": "吉林省", "heilongjiang": "黑龙江省", "shanghai": "上海市", "jiangsu": "江苏省", "zhejiang": "浙江省",
    "anhui": "安徽省", "fujian": "福建省", "jiangxi": "江西省", "shandong": "山东省", "henan": "河南省", "hubei": "湖北省",
    "hunan": "湖南省", "guangdong": "广东省", "guangxi": "广西壮族自治区", "hainan": "海南省", "chongqing": "重庆市",
    "sichuan": "四川省", "guizhou": "贵州省", "yunnan": "云南省", "xizang": "西藏自治区", "shaanxi": "陕西省",
    "gansu": "甘肃省", "qinghai": "青海省", "ningxia": "宁夏回族自治区", "xinjiang": "新疆维吾尔自治区",
    # `ShanXi` is written for 山西 and, wrongly, for 陕西: a prefix alone does not tell them apart
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Layout:
    """Which column is which, and the register the table belongs to."""

    columns: dict[str, int]
    width: int
    kind: Kind


def read(document: Document, context: Context) -> Iterator[Record | Issue]:
    """Filings of the document's tables (or JSON rows), then the totals and lists its prose states."""
    if document.media_type == "application/json":
        yield from _json_rows(document, context)
        return
    found = 0
    layout: _Layout | None = None
    for table in document.tables:
        for item in _table(table, layout, document, context):
            if isinstance(item, _Layout):
                layout = item
                continue
            found += isinstance(item, Filing)
            yield item
    yield from _counts(document, context)
    if not found:
        yield from _listed(document, context)


def province_of(text: str | None) -> str | None:
    """The full name of a province as registers print it; 国资委 (firms under the central government) is kept as it is."""
    name = re.sub(r"\s", "", text or "")
    if name in PROVINCES or name == "国资委":
        return name
    return _SHORT.get(name.removesuffix("市").removesuffix("省")) if name else None


def _table(
    table: Table, carried: _Layout | None, document: Document, context: Context
) -> Iterator[Record | Issue | _Layout]:
    layout = (
        carried if carried is not None and carried.width == max(map(len, table.rows), default=0) else None
    )
    heading = table.context
    for position, cells in enumerate(table.rows):
        locator = (
            table.row_locators[position]
            if position < len(table.row_locators)
            else f"{table.locator} row {position + 1}"
        )
        columns = _columns(cells)
        if columns is not None:
            layout = _Layout(columns, len(cells), _kind(cells, heading or document.title or ""))
            yield layout
            continue
        if len({cell for cell in cells if cell}) == 1 and len(cells) > 2:
            heading = next(cell for cell in cells if cell)  # a title row merged over the table
            continue
        if layout is None:
            continue
        yield from _row(cells, layout, locator, context)


def _columns(cells: Sequence[str]) -> dict[str, int] | None:
    """The columns of a header row; null when the row is none (a data row names at most one of them by chance)."""
    found: dict[str, int] = {}
    for index, cell in enumerate(cells):
        text = re.sub(r"\s", "", cell)
        name = _ENGLISH.get(cell.strip().lower()) or next(
            (name for name, pattern in _HEADERS if pattern.fullmatch(text) and name not in found), None
        )
        if name is not None and name not in found:
            found[name] = index
    has_identity = "model" in found and ({"entity", "number", "serial", "date"} & set(found))
    return (
        found
        if has_identity and len(found) >= 2 and not any(NUMBER.match(_tight(c)) for c in cells)
        else None
    )


def _kind(header: Sequence[str], heading: str) -> Kind:
    text = "".join(header)
    if "算法名称" in text:
        return "deep_synthesis_algorithm"
    if "上线编号" in text or "登记" in text or ("登记" in heading and "备案" not in heading):
        return "registration"
    if "端侧" in heading or "适用场景" in text:
        return "on_device_filing"
    return "filing"


def _row(cells: Sequence[str], layout: _Layout, locator: str, context: Context) -> Iterator[Record | Issue]:
    def cell(name: str) -> str:
        index = layout.columns.get(name)
        return cells[index].strip() if index is not None and index < len(cells) else ""

    printed = " | ".join(cells)
    model, entity, number = cell("model"), cell("entity"), _tight(cell("number"))
    if not model or (not number and not entity):
        if any(cells):
            yield Issue(level="warning", code="row-not-read", locator=locator, message=printed[:200])
        return
    kind = layout.kind
    correction = None
    if match := NUMBER.match(number):
        if match[4] == "S":
            kind = "registration"
        elif kind == "registration":
            kind = "filing"
    elif ALGORITHM.search(number):
        kind = "deep_synthesis_algorithm"
    elif number:
        yield Issue(
            level="warning", code="number-cut", locator=locator, message=f"{number}: not a whole number"
        )
    if entity and not _is_entity(entity) and _is_entity(model) and kind != "deep_synthesis_algorithm":
        model, entity, correction = entity, model, "model and entity stood in each other's column"
    if entity.startswith("司") and _is_entity(entity):
        entity, correction = entity[1:], "a 司 of the row above stood before the entity"
    date, late = _date(cell("date"), context.date)
    if cell("date") and date is None:
        yield Issue(level="warning", code="no-date", locator=locator, message=f"{cell('date')}: not a date")
    prefix = _PINYIN.get(match[1].lower()) if match else None
    province = province_of(cell("province")) or prefix
    if prefix and province and prefix != province and province != "国资委":
        yield Issue(
            level="info",
            code="prefix-differs",
            locator=locator,
            message=f"{number}: the place printed is {province}",
        )
    serial = re.sub(r"\D", "", cell("serial"))
    yield Filing(
        kind=kind,
        model_name=model,
        entity_name=entity or None,
        province=province,
        filing_number=number or None,
        filed_date=date,
        serial=int(serial) if serial else None,
        use_case=cell("use_case") or None,
        role=cell("role") or None,
        product=cell("product") or None,
        is_late_registration=late,
        cancelled_date=_date(cell("remark"), context.date)[0] if "注销" in cell("remark") else None,
        printed=printed if correction else None,
        note=correction or (cell("remark") or None),
        ground=Ground(quote=printed, locator=locator),
    )


def _is_entity(text: str) -> bool:
    return text.endswith(_ENDINGS) or bool(re.search(r"(公司|研究院|大学|研究所)(（[^）]*）)?$", text))


def _tight(text: str) -> str:
    """A number without the breaks a narrow cell put into it, half-width."""
    return re.sub(r"\s", "", text).translate(str.maketrans("－—–‐", "----"))


def _date(text: str, today: dt.date | None) -> tuple[dt.date | None, bool]:
    """The day of a cell and whether it is marked as registered late; a date without a year takes the page's, the last
    one that is not after it."""
    late = "补登" in text
    if match := re.search(r"(20\d\d)\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})", text):
        return _day(int(match[1]), int(match[2]), int(match[3])), late
    if match := re.search(r"(?<!\d)(20\d\d)(\d\d)(\d\d)(?!\d)", text):
        return _day(int(match[1]), int(match[2]), int(match[3])), late
    if today is not None and (match := re.search(r"(\d{1,2})月(\d{1,2})日", text)):
        day = _day(today.year, int(match[1]), int(match[2]))
        return (_day(today.year - 1, int(match[1]), int(match[2])) if day and day > today else day), late
    return None, late


def _day(year: int, month: int, day: int) -> dt.date | None:
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None


# --- JSON copies ---------------------------------------------------------------------------------------------------


def _json_rows(document: Document, context: Context) -> Iterator[Record | Issue]:
    try:
        content = json.loads(document.raw_text or document.text)
    except ValueError as error:
        yield Issue(level="error", code="not-json", message=str(error)[:200])
        return
    yield from _json_lists(content, "$", context)


def _json_lists(content: Any, path: str, context: Context) -> Iterator[Record | Issue]:
    if isinstance(content, dict):
        for key, value in content.items():
            yield from _json_lists(value, f"{path}.{key}", context)
    elif isinstance(content, list) and content:
        if all(isinstance(row, dict) for row in content):
            names = list(dict.fromkeys(key for row in content for key in row))
            rows = [names, *([str(row.get(name) or "") for name in names] for row in content)]
        elif all(isinstance(row, list) for row in content):
            rows = [[str(cell or "") for cell in row] for row in content]
        else:
            return
        layout: _Layout | None = None
        for position, cells in enumerate(rows):
            if (columns := _columns(cells)) is not None:
                layout = _Layout(columns, len(cells), _kind(cells, path))
            elif layout is not None:
                yield from _row(cells, layout, f"{path}[{position - 1}]", context)


# --- Totals in prose -----------------------------------------------------------------------------------------------

_SENTENCE = re.compile(r"[^。；;！!\n]+[。；;！!\n]?")
_AS_OF = re.compile(
    r"截至(?:目前)?[，,]?\s*((?:20\d\d年)?\d{1,2}月(?:\d{1,2}日|底|末)|20\d\d年[底末]|20\d\d[-/.]\d{1,2}[-/.]\d{1,2})?"
)
_COUNT = re.compile(
    r"(?P<pre>超过|逾|近|约|超|至少)?\s*(?P<n>\d[\d,]*)\s*(?P<post>余|多|\+)?\s*(?:款|个|项|家|例)(?!月|工作日|省|市|区|批)(?P<more>以上)?"
)
_SUBJECT = re.compile(r"备案|登记|模型|服务|应用|功能")
_TOTAL_WORD = re.compile(r"累计|总数|总量|合计|总计|共计|共有|共|已有|已经有|达到|达")
_NEW_WORD = re.compile(r"新增|新通过|新完成|新备案|新登记|再添|增加|增补|本批|此次|首批|其中")
_PERIOD = re.compile(
    r"^\W*(?:(20\d\d)年(?:度|全年)?|(20\d\d)年(\d{1,2})月(?:份)?(?:至(\d{1,2})月(?:份)?)?)[，,间内]"
)


def page_date(document: Document) -> dt.date | None:
    """The day a page prints for itself: its metadata, else a date near its head."""
    for text in (
        document.meta.get("pubdate", ""),
        document.meta.get("publishdate", ""),
        document.raw_text[:400],
    ):
        if (day := _date(text, None)[0]) is not None:
            return day
    return None


def _counts(document: Document, context: Context) -> Iterator[FilingCount | Issue]:
    """Totals by day and place. `累计` and its kin are totals, `新增` is what the period added; a clause about 登记 counts
    registrations. A floor (`40余款`, `超过40款`) is marked, never taken for a measurement."""
    text = document.text
    if "备案" not in text and "登记" not in text:
        yield from _english_counts(document, context)
        return
    page_day = context.date or page_date(document)
    rows: dict[tuple[dt.date | None, str], FilingCount] = {}
    as_of: dt.date | None = None
    scope = str(context.options.get("scope") or _scope(document.title or "") or "national")
    standing = False
    """A `截至` of this paragraph makes the numbers that follow it totals."""
    for match in _SENTENCE.finditer(text):
        sentence = match[0]
        if "算法" in sentence and "大模型" not in sentence and "生成式" not in sentence:
            continue
        if not re.search(r"备案|登记|大模型|生成式", sentence):
            continue
        if (said := _AS_OF.search(sentence)) and said[1]:
            as_of = _as_of(said[1], page_day)
            if as_of is None:
                yield Issue(
                    level="warning",
                    code="no-year",
                    message=f"{said[0]}: no year in the text nor in the page's date",
                )
        elif said and page_day:
            as_of = page_day
        standing = standing or said is not None
        scope = _scope(sentence) or scope
        found: dict[str, tuple[int, str]] = {}
        # `2025年，共有446款` counts the year, not all there are
        period = _PERIOD.search(sentence) if "累计" not in sentence and "截至" not in sentence else None
        sense: Literal["total", "new"] | None = "new" if period else None
        behind = 0
        for hit in _COUNT.finditer(sentence):
            said_before = sentence[behind : hit.start()]
            words = [(m.start(), "total") for m in _TOTAL_WORD.finditer(said_before)]
            words += [(m.start(), "new") for m in _NEW_WORD.finditer(said_before)]
            if not words and sense is None and not _SUBJECT.search(_clause(sentence, hit)):
                continue
            if words and not period:
                sense = "new" if max(words)[1] == "new" else "total"
            elif sense is None:
                sense = "total" if standing else "new"
            behind = hit.end()
            registered = _is_registration(sentence, hit)
            field = {
                ("total", False): "total_filed",
                ("total", True): "total_registered",
                ("new", False): "new_in_period",
                ("new", True): "new_registered",
            }[sense, registered]
            vague = (
                "at_least"
                if hit["post"] or hit["more"] or hit["pre"] in ("超过", "逾", "超", "至少")
                else "about"
                if hit["pre"]
                else "exact"
            )
            found.setdefault(field, (int(hit["n"].replace(",", "")), vague))
        if period and found:
            as_of = dt.date(int(period[1] or period[2]), 12, 31) if period[1] else as_of
        if sentence.endswith("\n"):
            standing = False
        if not found:
            continue
        key = (as_of or page_day, scope)
        ground = Ground(
            quote=sentence.strip(),
            start=match.start(),
            end=match.end(),
            locator=f"chars {match.start()}-{match.end()}",
        )
        before = rows.get(key) or FilingCount(as_of=key[0], scope=scope, ground=ground)
        values = {name: value for name, (value, _) in found.items() if getattr(before, name) is None}
        qualifier = next((q for _, q in found.values() if q != "exact"), before.qualifier)
        rows[key] = replace(before, **values, qualifier=qualifier)  # type: ignore[arg-type]
    yield from rows.values()


def _clause(sentence: str, hit: re.Match[str]) -> str:
    start = max(sentence.rfind(mark, 0, hit.start()) for mark in "，,；;") + 1
    ends = [i for mark in "，,；;。" if (i := sentence.find(mark, hit.end())) >= 0]
    return sentence[start : min(ends, default=len(sentence))]


def _is_registration(sentence: str, hit: re.Match[str]) -> bool:
    """Whether a number counts 登记: by the last of both words in its clause, else by the clause before it, else by what
    follows."""
    clause = _clause(sentence, hit)
    # `直接调用已备案模型能力的应用…完成登记`: what a registered app calls was filed, the app itself is registered
    clause = clause.replace("已备案模型", "").replace("已备案大模型", "")
    if "登记" in clause or "备案" in clause:
        return clause.rfind("登记") > clause.rfind("备案")
    before, after = sentence[: hit.start()], sentence[hit.end() :]
    if "登记" in before or "备案" in before:
        return before.rfind("登记") > before.rfind("备案")
    first = [i for word in ("备案", "登记") if (i := after.find(word)) >= 0]
    return bool(first) and after[min(first) :].startswith("登记")


def _scope(text: str) -> str | None:
    """The province a clause counts for; null when it names none (the whole country is meant, or the place before)."""
    if re.search(r"全国|国家网信办", text):
        return "national"
    for short, name in _SHORT.items():
        if re.search(
            rf"{short}(?:市|省|自治区)?(?:网信办|新增|累计|已|共|有|全市|全省|范围|生成式|大模型|，|,|：|:)",
            text,
        ) or re.search(rf"(?:全|我)(?:市|省).{{0,0}}{short}", text):
            return name
    return None


def _as_of(text: str, page_day: dt.date | None) -> dt.date | None:
    if match := re.match(r"(20\d\d)年(?:底|末)", text):
        return dt.date(int(match[1]), 12, 31)
    if match := re.match(r"(?:(20\d\d)年)?(\d{1,2})月(?:底|末)", text):
        year = int(match[1]) if match[1] else page_day.year if page_day else None
        if year is None:
            return None
        following = dt.date(year + (match[2] == "12"), int(match[2]) % 12 + 1, 1)
        return following - dt.timedelta(days=1)
    return _date(text, page_day)[0]


_ENGLISH_TOTAL = re.compile(
    r"(?P<pre>at least|more than|over|some|about|nearly)?\s*(?P<n>[\d,]{1,6})\s+(?:large language models?|LLMs?|AI models?|generative[- ]AI (?:services|models|products)|models?|services)\b[^.]{0,80}?(?P<what>approved|filed|registered|filings?|cleared|approval)",
    re.I,
)


def _english_counts(document: Document, context: Context) -> Iterator[FilingCount]:
    for hit in _ENGLISH_TOTAL.finditer(document.text):
        pre = (hit["pre"] or "").lower()
        yield FilingCount(
            as_of=context.date,
            scope="national",
            total_filed=int(hit["n"].replace(",", "")),
            qualifier="at_least" if pre in ("at least", "more than", "over") else "about" if pre else "exact",
            source_kind="english press",
            ground=Ground(
                quote=hit[0], start=hit.start(), end=hit.end(), locator=f"chars {hit.start()}-{hit.end()}"
            ),
        )


# --- Lists of names in a sentence -----------------------------------------------------------------------------------

_PAIR = re.compile(
    r"(?P<entity>[\w·（）()]{2,24}?)(?:的|旗下)?[（(《“\"](?P<model>[^（()）《》“”\"]{2,30})[）)》”\"]"
)


def _listed(document: Document, context: Context) -> Iterator[Filing]:
    """`百度（文心一言）、抖音（云雀大模型）…`: three or more maker-and-model pairs in a sentence about approval."""
    for match in _SENTENCE.finditer(document.text):
        sentence = match[0]
        if not re.search(r"备案|登记|获批|上线|开放", sentence):
            continue
        pairs = [hit for part in _parts(sentence) if (hit := _PAIR.search(part))]
        if len(pairs) < 3:
            continue
        kind: Kind = "registration" if "登记" in sentence and "备案" not in sentence else "filing"
        for hit in pairs:
            entity = re.sub(r"^.*?(?:包括|分别是|分别为|有|为|：|:|和|及|以及|与)", "", hit["entity"])
            yield Filing(
                kind=kind,
                model_name=hit["model"],
                entity_name=entity or None,
                note="named in a sentence; no number printed",
                ground=Ground(quote=hit[0], locator=f"chars {match.start()}-{match.end()}"),
            )


def _parts(sentence: str) -> list[str]:
    """A list cut at its commas, but not inside brackets."""
    parts, depth, current = [], 0, ""
    for char in sentence:
        depth += (char in "（(《“") - (char in "）)》”")
        if char in "、，,；;和" and depth <= 0:
            parts.append(current)
            current = ""
        else:
            current += char
    return [*parts, current]
