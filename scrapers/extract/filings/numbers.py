"""Services whose numbers a text prints outside of tables: lines of a lost table, `field: value` lines, numbers in running
text."""

import datetime as dt
import re
from collections.abc import Iterator, Sequence

from scrapers.documents import Document
from scrapers.extract.filings import items, lines, statements
from scrapers.extract.filings.grammar import (
    ALGORITHM,
    NUMBER,
    Kind,
    day_of,
    is_entity,
    makers,
    province_of,
    province_of_number,
    tight,
    whole_numbers,
)
from scrapers.extract.filings.headers import column_named
from scrapers.issues import Issue
from scrapers.records import Filing, Ground

_INLINE = re.compile(
    r"(?<![A-Za-z\d-])(?P<n>[A-Z][A-Za-z]{3,14}-[^\s，。；、（）()“”\"：:,;<>|｜]{1,90}?-\d{8}(?:S?\d{3,6}|S)?)(?![\dA-Za-z-])|网信算备\d{21}号"
)
_LABEL = re.compile(
    r"(?:\s[·•—|-]\s)?[（(【\[，,、\s“\"｜|`]*(?:其|该|对应)?(?:的)?(?:[\u4e00-\u9fff]{2,3}省|[\u4e00-\u9fff]{2,4}[市区])?(?:(?:国家|中央)?网信办)?(?:生成式人工智能|生成式AI)?(?:(?<![\u4e00-\u9fffA-Za-z])(?:大?模型|服务|算法|产品|应用)|(?<=[其该应的国省市区办能])(?:大?模型|服务|算法|产品|应用))?(?:已)?(?:通过|完成)?(?:国家网信办|网信办)?(?:的)?"
    r"(?:备案|登记|上线|注册)?(?:/|或)?(?:备案|登记|上线)?(?:编号|编码|号码?|号)?(?:分别)?(?:为|是|：|:)?[\s“\"（(【`]*$"
)
_FIELD = re.compile(
    r"(?P<key>[\u4e00-\u9fff/（）()]{2,12}|[A-Za-z][A-Za-z ]{2,20})\s*[：:](?:[^\S\n]*|\s*(?=[^\n：:]*(?:\n|$)))(?P<value>(?![\u4e00-\u9fff]{2,8}[：:])[^，,；;。\n|]{1,80}?)\s*(?=[，,；;。\n|]|\s[\u4e00-\u9fff]{2,8}[：:]|$)"
)
_BARE_FIELD = re.compile(
    r"(?P<key>(?:备案|登记|运营|申报|研发|所属|责任)(?:单位|主体|企业)|(?:备案|登记|上线|通过)(?:时间|日期))(?:仍?[为是])?(?P<value>[^，,；;。：:\n|]{4,40})(?=[，,；;。\n|]|$)"
)
"""A field without a colon: `登记单位云上电视台，登记时间2025年8月19日`."""
_COPYRIGHT = re.compile(
    r"(?:©|\(c\)|Copyright|版权所有)[^\n]{0,24}?(?P<e>[\u4e00-\u9fff（）()]{4,30}公司)", re.I
)
"""The firm in the footer of a page."""
_ENUMERATED = re.compile(r"^[（(]?[一二三四五六七八九十]+[）)、]\s*")
_LAST_FIELD = re.compile(r"\s(?P<key>[\u4e00-\u9fff]{2,8})[：:]\s*[^，,；;。：:\n]*$")
"""`备案主体：云上公司` behind a name and a space."""
_ABOUT_PAGE = re.compile(r"^关于(?!本|我)(?P<name>[^\s，。的]{2,20})$", re.M)
"""The heading of a page about one app: `关于云上翻译`."""
_VERBS = re.compile(r"属地|运营|提供|完成|通过|获批|公布|显示|要求|应当|履行|发布|位居|开展|备案|登记")
_OPENERS = re.compile(
    r"^(?:[-*•]?\s*\[[ xX✓√]\]\s*)?(?:\d{1,3}[.．、)）](?!\d)\s*)?(?:其中|此外|另外|而|以及|包括|包含|例如|比如|分别为|分别是|本(?:产品|服务|应用|平台)|(?:所)?(?:使用|采用|接入|调用|基于)(?:的)?(?:是|了)?|[^，。“]{0,8}(?:所用|所使用|使用|采用|接入|调用)的?(?:大?模型|底座)?[为是]|目前|截至目前|为|是|有|由|和|与|及|如|的|了|即)*"
)
_QUOTED = r"[“\"「『《](?P<q>[^”\"」』》]{1,40})[”\"」』》]"


def read(
    document: Document, seen: set[str], named: Sequence[tuple[int, Filing]], page: dt.date | None
) -> Iterator[Filing | Issue]:
    """`seen` holds the numbers tables gave, in lower case, and grows; `named` the services the text says were approved,
    each with where it is spoken of."""
    yield from _lost_rows(document, seen)
    yield from _numbered(document, seen, named, page)


# --- Rows of a table that lost its lines ----------------------------------------------------------------------------


def _lost_rows(document: Document, seen: set[str]) -> Iterator[Filing]:
    """Lines like `3 北京市 文心一言 北京百度网讯科技有限公司 Beijing-… 2023/8/31`: serial, place, number and day are known by
    their shape, the entity by its ending, what is left is the name."""
    if document.tables and seen:
        return
    for number, line in _records(whole_numbers(document.raw_text)):
        parts = (token.strip("*") for token in re.split(r"[\s|｜]+", line))
        tokens = [token for token in parts if token.strip("-—–－•·")]
        tokens = [token for token in tokens if not column_named(re.sub(r"\d+$", "", token))]
        at = next(
            (i for i, token in enumerate(tokens) if NUMBER.match(token) or ALGORITHM.fullmatch(token)), None
        )
        if at is None or len(tokens) < 3 or "：" in line or ":" in line.replace("http:", ""):
            continue
        code = tokens.pop(at)
        if code.lower() in seen:
            continue
        first = tokens[0].rstrip(".、．")
        serial = int(first) if first.isdecimal() and len(first) <= 5 else None
        tokens = tokens if serial is None else tokens[1:]
        place = next((token for token in tokens if province_of(token)), None)
        day = next((token for token in tokens if re.match(r"20\d\d", token) and day_of(token, None)[0]), None)
        rest = [token for token in tokens if token not in (place, day)]
        entity = next((i for i in range(len(rest) - 1, 0, -1) if is_entity(rest[i])), None)
        if entity is None:
            continue
        seen.add(code.lower())
        date, late = day_of(day or "", None)
        match = NUMBER.match(code)
        yield Filing(
            kind=_kind_of(code, ""),
            model_name=_joined(rest[:entity]),
            entity_name=rest[entity],
            province=province_of(place) or (province_of_number(match[1]) if match else None),
            filing_number=code,
            filed_date=date,
            serial=serial,
            is_late_registration=late or "补登" in line,
            ground=Ground(quote=line.strip(), locator=f"line {number}"),
        )


def _records(text: str) -> Iterator[tuple[int, str]]:
    """The lines of a text with their numbers; one that holds several numbers, in its parts."""
    for number, line in enumerate(text.splitlines(), start=1):
        several = len(_INLINE.findall(line)) > 1
        for part in re.split(r"[；;。]", line) if several else [line]:
            yield number, part


def _joined(tokens: list[str]) -> str:
    """Words with a space between Latin ones only."""
    out = ""
    for token in tokens:
        out += (" " if out and out[-1].isascii() and token[0].isascii() else "") + token
    return out


def _kind_of(number: str, words: str) -> Kind:
    if ALGORITHM.search(number):
        return "deep_synthesis_algorithm"
    match = NUMBER.match(number)
    said = statements.register_of(words) or "filing"
    if match and said != "on_device_filing":
        return "registration" if match[4] == "S" else "filing"
    return said


# --- Numbers in running text ----------------------------------------------------------------------------------------


def _numbered(
    document: Document, seen: set[str], named: Sequence[tuple[int, Filing]], page: dt.date | None
) -> Iterator[Filing | Issue]:
    """Each number with the name before it, or the fields of its lines."""
    text = document.text
    cells = "\n".join(tight(cell) for table in document.tables for row in table.rows for cell in row)
    footers = {m["e"] for m in _COPYRIGHT.finditer(text)}
    last = 0
    dealt = _dealt(text, named)
    for hit in _INLINE.finditer(text):
        number, begin = tight(hit[0]), last
        last = hit.end()
        if number.lower() in seen or number in cells:
            continue
        start = max(begin, max(text.rfind(mark, 0, hit.start()) for mark in "。；;\n") + 1)
        ends = [i for mark in "。；;\n" if (i := text.find(mark, hit.end())) >= 0]
        following = _INLINE.search(text, hit.end())
        end = min([*ends, following.start() if following else len(text)], default=len(text))
        before, after = text[start : hit.start()], text[hit.end() : end]
        fields = _fields(text, begin, hit.start(), end)
        name, entity = fields.get("model") or fields.get("product"), fields.get("entity")
        said = dealt.get(hit.start()) or _said_before(text, named, max(begin, start), hit.start())
        if name is None and said is not None:
            name, entity = said.model_name, entity or said.entity_name
        if name is None:
            name, beside = _name_beside(before, after)
            entity = entity or beside
        if said is not None and len(_numbers_of_sentence(text, hit)) > 1:
            # of several services only what stands beside one is its own
            beside_it = text[(said.ground.end or hit.start()) : hit.start()]
            entity = entity or _entity_in(beside_it) or _entity_in(re.split(r"[）)；;]", after)[0])
        else:
            entity = entity or _entity_in(before) or _entity_in(after) or _entity_below(text, end)
        entity = entity or (next(iter(footers)) if len(footers) == 1 else None)
        if (name is None or len(name) > 40) and (title := _titled(document, number)):
            name = title
        if name is None:
            name, beside = _name_above(document, hit, start)
            entity = entity or beside
        only = {one.model_name: one for _, one in named}
        if name is None and len(only) == 1 and len(set(_INLINE.findall(text))) == 1:
            said = next(iter(only.values()))  # the one number of a text about one service
            name, entity = said.model_name, entity or said.entity_name
        locator = f"chars {hit.start()}-{hit.end()}"
        if name is None:
            yield Issue(level="info", code="no-name", locator=locator, message=f"{number}: no name beside it")
            continue
        seen.add(number.lower())
        match = NUMBER.match(number)
        date = (
            (said.filed_date if said and not fields.get("date") else None)
            or _filed_on(before, after, fields.get("date"))
            or statements.day_approved(after, page)
            or statements.day_of_it(text[hit.end() : hit.end() + 60], page)
            or statements.day_told(text[hit.end() : min([*ends], default=len(text))], page)
            or _day_above(text, start, page)
        )
        quote_start = start + len(before) - len(before.lstrip(" ，、（）()"))
        yield Filing(
            kind=_kind_of(
                number, text[max(text.rfind("\n", 0, hit.start()), hit.start() - 400, 0) : hit.start()]
            ),
            model_name=name,
            entity_name=items.without_seat(entity) if entity else None,
            province=province_of(fields.get("province")) or (province_of_number(match[1]) if match else None),
            filing_number=number,
            filed_date=date,
            is_late_registration="补登" in after[:8],
            cancelled_date=_ended_on(before + after, page),
            ground=Ground(
                quote=text[quote_start : hit.end()], start=quote_start, end=hit.end(), locator=locator
            ),
        )


_NO_NAME = re.compile(
    r"(?:(?:filing|registration|model|record)\s?)?(?:number(?:ed)?|no\.?|name|id)|登记|备案|上线|编号|正确|更正后|新|原",
    re.I,
)
"""Labels before a number."""


_OF_PAGE = re.compile(r"(?:发布(?:单位|者)|来源)[：:][^\n]{0,40}日期[：:]|日期[：:][^\n]{0,30}(?:浏览|点击)")
"""The day of a page's head, no field of a service."""
_BEFORE_FIELDS = re.compile(r"\s*(?P<name>[^\s：:，。]{2,30})\s+(?P<key>[\u4e00-\u9fff]{2,6})[：:]")
"""A name that its fields stand behind: `云上助手 登记单位：云上公司 上线编号：…`."""


def _name_beside(before: str, after: str) -> tuple[str | None, str | None]:
    """The name and the maker in the words around a number: before it, behind `对应的`, in quotes."""
    name, entity = _name_before(before)
    if name and _NO_NAME.fullmatch(name):
        name = None
    if name is None and (of_it := re.match(r"[”）)]?(?:对应|所属)?的(?P<name>[^，,。；;]{2,40})", after)):
        found = items.reading(items.without_tail(re.split(r"由|已|于|(?<=[”」])系", of_it["name"])[0]))
        if found and found.sure >= 2:
            name, entity = found.model, entity or found.maker
    if name is None and (noted := re.match(r"[（(](?P<name>[^（()）]{2,30}算法)[)）]", after)):
        name = noted["name"]  # `网信算备…号（云上文本生成算法）`
    if name is None and (quoted := re.findall(r"[“「]([^”」]{2,40})[”」]", before)):
        name = quoted[-1]
    if name is None and (headed := _BEFORE_FIELDS.match(before)) and column_named(headed["key"]) == "entity":
        name = items.name_of(headed["name"])
    return name, entity


def _titled(document: Document, number: str) -> str | None:
    """A short title that is a name: of what a page with a number alone is about."""
    title = (document.title or "").strip()
    is_name = 0 < len(title) <= 30 and not re.search(r"备案|登记|公告|清单|关于|说明|介绍", title)
    is_its = not title.isascii() or _slug(title) in _slug(number) or not NUMBER.match(number)
    return title if is_name and is_its else None


def _name_above(document: Document, hit: re.Match[str], start: int) -> tuple[str | None, str | None]:
    """The name and the maker a number is of that stands below or behind them: the heading, what the text spoke of last, what
    the page is about."""
    text = document.text
    name, entity = _heading_above(text, start)
    if name is None and (raw_at := document.raw_text.find(hit[0])) >= 0:
        name, entity = _heading_above(document.raw_text, document.raw_text.rfind("\n", 0, raw_at) + 1)
    if name is None:
        is_algorithm = bool(ALGORITHM.search(tight(hit[0])))
        name = _spoken_of(text[max(0, start - 300) : hit.start()], algorithm=is_algorithm)
    if name is None and (about := _ABOUT_PAGE.search(text)):
        name = about["name"]
    return name, entity


def _slug(words: str) -> str:
    return re.sub(r"[^a-z0-9]", "", words.lower())


def _said_before(text: str, named: Sequence[tuple[int, Filing]], start: int, at: int) -> Filing | None:
    """The service a number at `at` is of, among those `text[start:at]` says were approved: the only one, or the one right
    before it or before its bracket (`“甲”（备案号…）和“乙”（备案号…）`)."""
    said = [one for spoken, one in named if start <= spoken < at]
    if len({one.model_name for one in said}) == 1:
        return said[0]
    if len(said) > 1 and (end := said[-1].ground.end) is not None:
        between = text[end:at].lstrip("”」》* ")
        is_beside = between[:1] in "（([【" or not _LABEL.sub("", between).strip()
        return said[-1] if is_beside else None
    return said[0] if said else None


def _numbers_of_sentence(text: str, hit: re.Match[str]) -> list[str]:
    start = max(text.rfind(mark, 0, hit.start()) for mark in "。；;\n") + 1
    ends = [i for mark in "。；;\n" if (i := text.find(mark, hit.end())) >= 0]
    return _INLINE.findall(text, start, min(ends, default=len(text)))


def _dealt(text: str, named: Sequence[tuple[int, Filing]]) -> dict[int, Filing]:
    """The services of numbers in a row by where they begin: `甲、乙已备案，备案号分别为…、…`."""
    found: dict[int, Filing] = {}
    row: list[re.Match[str]] = []
    for hit in [*_INLINE.finditer(text), None]:
        if (
            hit is not None
            and row
            and re.fullmatch(r"\s*(?:[、，,和与及]|以及)\s*", text[row[-1].end() : hit.start()])
        ):
            row.append(hit)
            continue
        if len(row) > 1:
            start = max(text.rfind(mark, 0, row[0].start()) for mark in "。；;\n") + 1
            said = [one for spoken, one in named if start <= spoken < row[0].start()]
            if not said and re.match(r"\s*(?:以上|上述)", text[start : row[0].start()]):
                before = [one for spoken, one in named if spoken < start]
                said = before if len(before) == len(row) else []  # a list, then `以上三款的编号依次为…`
            if len(said) == len(row):
                found |= {number.start(): one for number, one in zip(row, said, strict=True)}
        row = [hit] if hit is not None else []
    return found


_APP_FIELD = re.compile(r"(?:当前)?版本|更新|大小|评分|语言|分类|类别|下载|适龄|包名|兼容|价格|隐私|权限|ICP")
"""Further fields of the page of an app."""


def _heading_above(text: str, at: int) -> tuple[str | None, str | None]:
    """Name and maker of the heading above a list of fields: `云上大模型（说明）：` over `- 备案号：…`."""
    is_of_fields = False
    for line in reversed(text[max(0, at - 300) : at].split("\n")):
        line = line.strip().removeprefix("- ")
        if _glued(line)[0] or _APP_FIELD.match(line):
            is_of_fields = True
            continue
        words = re.sub(r"[（(][^（()）]*[）)]|[#*：:\s]+$|^[#*\s]+", "", line.replace("**", "").strip())
        words = re.sub(r"\s+[vV]?\d+(?:\.\d+)+$", "", words)
        if not words or re.match(r"\s*[-*•·|]", line) or re.search(r"备案|登记", words):
            continue
        if re.match(r"[^，。：:]{2,12}[：:].", line.strip()):
            continue  # another field
        if (
            is_of_fields
            and 2 <= len(words) <= 20
            and re.fullmatch(r"[\w·+ -]+", words)
            and not is_entity(words)
        ):
            return words, None
        words = items.without_lead(words)
        found = items.reading(words) if len(words) <= 30 else None
        return (found.model, found.maker) if found and found.sure >= 2 else (None, None)
    return None, None


def _spoken_of(before: str, algorithm: bool) -> str | None:
    """The one model the words before a number speak of; null when they name none or several."""
    said = set(re.findall(r"(?<![\u4e00-\u9fffA-Za-z])([\u4e00-\u9fffA-Za-z]{2,6}大模型)算法", before))
    return said.pop() + ("算法" if algorithm else "") if len(said) == 1 else None


def _fields(text: str, last: int, at: int, end: int) -> dict[str, str]:
    """`模型名称：…，备案单位：…` around a number, from behind the last one to the end of its line and of the lines that go on
    with fields."""
    start = max(last, at - 400)
    window = text[start:at]
    blank = window.rfind("\n\n")
    window = window[blank + 2 :] if blank >= 0 else window
    is_first = not last and not any(column_named(f["key"]) == "model" for f in _FIELD.finditer(window))
    while (stop := re.match(r"[\n，,；;]*[^\n：:]*[：:]", text[end:])) and column_named(
        re.split(r"[\n，,；;]", stop[0].strip(" ：:\n"))[-1]
    ):
        line_end = text.find("\n", end + stop.end())
        end = line_end if line_end > 0 else len(text)
        if column_named(re.split(r"[\n，,；;]", stop[0].strip(" ：:\n"))[-1]) in ("model", "serial"):
            if is_first:
                is_first = False
                continue
            break
    while bare := re.compile(rf"[；;，,]\s*{_BARE_FIELD.pattern}").match(text, end):
        end = bare.end()
    found: dict[str, str] = {}
    for line in f"{window}\n{text[at:end]}".split("\n"):
        line = line.strip().removeprefix("- ")
        name, value = _glued(line)
        if (name == "entity" and is_entity(value)) or (
            name == "date" and _DAY.match(value) and re.match(r"备案|登记|通过|获批|上线", line)
        ):
            found[name] = value
    doubtful = ""
    for part, keep_last in ((window, True), (text[at:end], False)):
        for field in _FIELD.finditer(part):
            name = column_named(_ENUMERATED.sub("", field["key"]).strip("（()） "))
            if name == "date" and re.search(r"发布|更新|公布|浏览", field["key"]):
                continue  # of the page
            if name == "model" and field["key"].startswith("算法") and not ALGORITHM.match(text, at):
                continue
            if name and name != "number" and (keep_last or name not in found):
                if (
                    not keep_last
                    and name == "model"
                    and "\n" in part[: field.start()]
                    and ("model" in found or last)
                ):
                    break  # the next record begins
                if keep_last and name == "model":
                    # what stands before the name may be of the record before
                    found.pop("date", None)
                    doubtful = found.pop("entity", doubtful)
                found[name] = _balanced(field["value"]).strip(' “”"')
    if doubtful:
        found.setdefault("entity", doubtful)
    sentence = text[max(last, max(text.rfind(mark, 0, at) for mark in "。；;\n") + 1) : end]
    for field in _BARE_FIELD.finditer(sentence):
        # a day stands behind its number
        is_own = "时间" not in field["key"] or field.start() > at - (end - len(sentence))
        if is_own and (name := column_named(field["key"])):
            found.setdefault(name, field["value"].strip(' “”"'))
    if _OF_PAGE.search(window):
        found.pop("date", None)
    if found.get("entity", "").startswith(("分别", "依次")):
        del found["entity"]  # dealt out to several
    return found


def _glued(line: str) -> tuple[str | None, str]:
    """A field whose name stands right before what it holds, as boxes of a page come out: `开发者云上公司`."""
    for size in range(min(12, len(line) - 2), 1, -1):
        if (name := column_named(line[:size])) not in (None, "model", "remark"):
            return name, line[size:].strip()
    return None, ""


def _balanced(value: str) -> str:
    """A value without what stands behind the bracket it stood in: `云上公司）备案编号漏印` to `云上公司`."""
    depth = 0
    for at, char in enumerate(value):
        depth += (char in "（(") - (char in "）)")
        if depth < 0:
            return value[:at]
    return value


def _name_before(before: str) -> tuple[str | None, str | None]:
    """The name that a number's label follows, and the maker before it."""
    before = re.sub(r"\s*(?:—+|–|\s-)\s*$", "", before)
    head = _BARE_FIELD.sub("", _LABEL.sub("", before) + "，").rstrip("，, ")
    while (field := _LAST_FIELD.search(head)) and column_named(field["key"]) not in (None, "model"):
        head = head[: field.start()]
    head = re.sub(
        r"[（(，,]\s*(?:已|均)?(?:正式|成功)?(?:通过|完成|获得?)[^，,（()）]*(?:备案|登记)$", "", head
    )
    head = re.sub(r"\s*[（(][A-Za-z][\w .-]{1,30}[)）]$", "", head)
    if quoted := re.search(_QUOTED + r"$", head):
        clause = re.split(r"[，,；;：:。\n]", head[: quoted.start()])[-1]
        beside = _entity_in(head[: quoted.start()]) or _maker_at_end(head[: quoted.start()])
        found = items.reading(items.without_lead(clause + quoted[0])) if not beside else None
        return quoted["q"], found.maker if found else beside
    chunk = re.split(r"[，,；;：:、。\n｜|]|\s[·•]\s", head)[-1]
    inside = re.search(
        r"(?P<name>[^，,；;：:、。\n（(]{2,40})[（(](?P<entity>[^（()），,]{2,40}(?:[（(][^（()）]*[)）][^（()），,]*)?)$",
        head,
    )
    behind = re.search(
        r"(?P<name>[^，,；;：:。\n（(]{2,40}?)的?(?:运营|备案|登记|研发|开发)?(?:主体|单位|厂商)[为是](?P<entity>[^，,；;：:。\n]{2,40})$",
        head,
    )
    if behind and is_entity(behind["entity"]):
        return _OPENERS.sub("", behind["name"].strip()), behind["entity"]
    if inside and is_entity(inside["entity"]):
        return _OPENERS.sub("", inside["name"].strip()).strip('“”"《》 '), inside["entity"].strip()
    opened = head.rfind("（") if "）" not in head[head.rfind("（") :] else -1
    if opened >= 0:
        chunk = (
            re.split(r"[，,；;：:、。\n（]", head[opened:])[-1]
            if head[opened + 1 :].strip()
            else re.split(r"[，,；;：:、。\n]", head[:opened])[-1]
        )
    chunk = _OPENERS.sub("", chunk.strip().lstrip("）)"))
    if (told := lines.read(chunk, 0, len(chunk))) is not None and told[0].maker:
        return told[0].model, told[0].maker  # `云上模型——云上公司`
    if (pair := items.reading(items.without_lead(chunk))) is not None and pair.maker:
        return pair.model, pair.maker
    if quoted := re.search(_QUOTED, chunk):
        found = items.reading(items.without_lead(chunk[: quoted.end()]))
        return (found.model, found.maker) if found else (quoted["q"], None)
    if pair is not None and pair.sure >= 2:
        return pair.model, None
    chunk = chunk.strip(' “”"《》-—|*`')
    if (
        not chunk
        or len(chunk) > 40
        or _VERBS.search(chunk)
        or is_entity(chunk)
        or items.name_of(chunk) is None
    ):
        return None, None
    return chunk, None


def _entity_in(text: str) -> str | None:
    found = re.findall(
        r"[\w·（）()]{2,40}?(?:有限责任公司|股份有限公司|有限公司|股份公司|研究院|研究所|实验室|大学)(?![\w])|[\w·（）()]{2,40}?(?:有限责任公司|股份有限公司|有限公司|股份公司)",
        text,
    )
    if not found:
        return None
    name = re.sub(r"^[（(]\d+[)）]", "", re.split(r"由|(?<!华)为|是|系(?!统)|：", str(found[-1]))[-1])
    name = _OPENERS.sub("", name.lstrip("）)"))
    return items.maker_of(name) or name or None


def _entity_below(text: str, end: int) -> str | None:
    """The firm that is all of the line below a number's line."""
    line = text[end + 1 : end + 60].split("\n")[0].strip() if text[end : end + 1] == "\n" else ""
    return line if is_entity(line) and not re.search(r"[，。；：、\s]", line) else None


def _maker_at_end(text: str) -> str | None:
    text = re.sub(r"(?:的|旗下的?|推出的?|研发的?)$", "", text.rstrip())
    return next((name for name in makers() if text.endswith(name)), None)


_ENDED = re.compile(
    r"(?:终止|注销|撤销|取消)了?(?:其|该服务)?(?:的)?(?:生成式人工智能服务)?备案|备案(?:已|被)?(?:终止|注销|撤销|取消|失效)"
)


def _ended_on(sentence: str, page: dt.date | None) -> dt.date | None:
    """The day a sentence says a filing ended: `自4月1日起终止备案`, else the page's; null where it did not end."""
    ended = _ENDED.search(sentence)
    if ended is None:
        return None
    return statements.same_day(sentence[: ended.start()], page) or page


_DAY = re.compile(r"(?<!自)20\d\d年\d{1,2}月\d{1,2}日(?!起)|20\d\d[-/.]\d{1,2}[-/.]\d{1,2}")


def _day_above(text: str, at: int, page: dt.date | None) -> dt.date | None:
    """The day of the line that a list with numbers stands below: `8月17日，以下应用完成登记：`."""
    above = text[max(0, at - 800) : at]
    told = list(re.finditer(r"(?:^|\n)(?P<line>[^\n]{4,60}(?:登记|备案|获批)[^\n]{0,12}[：:])\s*\n", above))
    return statements.day_before(told[-1]["line"], page) if told else None


def _filed_on(before: str, after: str, field: str | None) -> dt.date | None:
    """The day of a number: its field, else the day behind it in the same bracket, else the last one before it."""
    in_bracket = re.split(r"[）)；;。]|https?:", after)[0]
    if (own := _DAY.search(in_bracket)) and re.search(r"(?:时间|日期)[为是：:]?$", in_bracket[: own.start()]):
        return day_of(own[0], None)[0]
    if field:
        return day_of(field, None)[0]
    if behind := _DAY.search(re.split(r"[）)；;。]|https?:", after)[0]):
        return day_of(behind[0], None)[0]
    after = re.sub(r"https?:[^\s）)]+", "", after)
    found = _DAY.findall(before) or _DAY.findall(after)[:1]
    return day_of(found[-1], None)[0] if found else None
