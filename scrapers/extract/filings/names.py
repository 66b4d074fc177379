"""Services a text names outside of tables: lines of a lost table, `field: value` lines, numbers in running text, lists in
a sentence.

A sentence lists services when it speaks of an approval and most of its parts are a maker with a model: `百度（文心一言）`,
`百度的文心一言`, `甲公司“乙大模型”`. Bare names count only where the sentence says how many there are. English texts are
`english_names`'.
"""

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import replace

from scrapers.documents import Context, Document
from scrapers.extract.filings import english_names, single
from scrapers.extract.filings.grammar import (
    ALGORITHM,
    NUMBER,
    Kind,
    day_of,
    is_entity,
    makers,
    province_names,
    province_of,
    province_of_number,
    tight,
)
from scrapers.extract.filings.scopes import NATIONAL, home_of, scope_of
from scrapers.extract.filings.tables import column_named
from scrapers.issues import Issue
from scrapers.records import Filing, Ground
from scrapers.text.numerals import parse

_INLINE = re.compile(
    r"(?<![A-Za-z\d-])(?P<n>[A-Z][A-Za-z]{3,14}-[^\s，。；、（）()“”\"：:,;<>|]{1,90}?-\d{8}(?:S?\d{3,6}|S)?)(?![\dA-Za-z-])|网信算备\d{21}号"
)
_LABEL = re.compile(
    r"[（(【\[，,、\s“\"｜|]*(?:其|该|对应)?(?:的)?(?:生成式人工智能|生成式AI)?(?:大?模型|服务|算法|产品|应用)?(?:已)?(?:通过|完成)?(?:国家网信办|网信办)?(?:的)?"
    r"(?:备案|登记|上线|注册)?(?:/|或)?(?:备案|登记|上线)?(?:编号|编码|号码?|号)?(?:分别)?(?:为|是|：|:)?[\s“\"（(【]*$"
)
_FIELD = re.compile(
    r"(?P<key>[\u4e00-\u9fff/（）()]{2,12}|[A-Za-z][A-Za-z ]{2,20})\s*[：:]\s*(?P<value>[^，,；;。\n|]{1,80}?)\s*(?=[，,；;。\n|]|$)"
)
_VERBS = re.compile(r"属地|运营|提供|完成|通过|获批|公布|显示|要求|应当|履行|发布|位居|开展|备案|登记")
_OPENERS = re.compile(
    r"^(?:其中|此外|另外|而|以及|包括|包含|例如|比如|分别为|分别是|本(?:产品|服务|应用|平台)|(?:所)?(?:使用|采用|接入|调用|基于)(?:的)?(?:是|了)?|目前|截至目前|为|是|有|由|和|与|及|如|的|了|即)+"
)
_APPROVAL = re.compile(
    r"备案|登记|获批|获准|审批|批准|首批|名单|上线|(?<!un)(?<!dis)approv|\bfil(?:ed|ing)|(?<!un)regist|cleared|batch",
    re.I,
)
_LEAD = re.compile(
    r"(?:包括|包含|分别为|分别是|分别有|名单(?:如下|为|有|包括)?|如下|有以下|具体(?:为|是)|它们是|即|涉及|(?<!华)为|有(?!限)|是)[：:]?|[：:]"
)
_HOW_MANY = re.compile(r"(\d{1,3}|[两二三四五六七八九十]{1,3})\s*[款个家项]")
_NEAR = 500
"""Letters before a list in which the approval it is about may be named."""
_MAKER_LABEL = re.compile(r"(?:厂商|公司|开发者|开发单位|单位|主体|运营方|研发方|所属公司)")
_AMONG = re.compile(
    r"(?:其中|包括|包含)[，,]?(?P<items>[^，,。；：]{2,120}?)等(?:\d*[款个项])?(?:产品|服务|应用|大?模型)?(?:均|已|成功)*(?:在列|入列|上榜|入选|榜上有名|在内)"
)
_LISTS = re.compile(r"包括|包含|分别|名单|其中|如下|[\d两二三四五六七八九十][款个家项]|^[^\u4e00-\u9fff]*$")
"""Words of a sentence that goes on with a list though it speaks of no approval itself."""
_OTHER_TOPIC = re.compile(
    r"[-*•·\d.、\s]*(?!其中|包括|分别|具体)(?![^：:]{0,8}(?:名单|清单|模型|产品|服务|应用|企业|公司|机构|第.批))[\u4e00-\u9fff]{3,10}[：:]"
)
"""A line with a label of its own, `竞争格局：…`: its list is not of what was approved before."""
_MODEL_WORD = re.compile(r"模型|GPT|AI|Chat|GLM|LLM|LM$|助手|智能|引擎|机器人|平台|大脑", re.I)
_HEADED = re.compile(
    rf"^(?:其中)?(?:，)?(?P<place>{'|'.join(province_names())})(?:市|省|自治区)?(?:地区)?(?:的)?(?:有|共|入选)?(?:\d+|[一二两三四五六七八九十]+)?(?:家|款|个)?(?:企业|机构|单位)?(?:分别)?(?:为|是|有|包括|：|:)+"
)
_PLACE_BRACKET = re.compile(
    rf"(?P<place>{'|'.join(province_names())})(?:市|省|自治区)?(?:有|新增)?(?P<n>\d{{1,2}}|[一二两三四五六七八九十]{{1,3}})[家款个项](?:企业|大?模型|服务|产品)?"
    r"[（(](?P<items>(?:[^（()）]|[（(][^（()）]*[)）])+)[)）]"
)
_QUOTED = r"[“\"「『《](?P<q>[^”\"」』》]{1,40})[”\"」』》]"


def read(
    document: Document, context: Context, seen: set[str], has_table: bool, is_chinese: bool
) -> Iterator[Filing | Issue]:
    """Services named outside of tables. `seen` holds the numbers tables gave, in lower case, and grows."""
    for filing in _lost_rows(document, context, seen):
        has_table = True
        yield filing
    for item in _numbered(document, context, seen):
        has_table |= isinstance(item, Filing)
        yield item
    if not has_table:
        yield from _listed(document, context) if is_chinese else english_names.read(document, context)


# --- Rows of a table that lost its lines ----------------------------------------------------------------------------


def _lost_rows(document: Document, context: Context, seen: set[str]) -> Iterator[Filing]:
    """Lines like `3 北京市 文心一言 北京百度网讯科技有限公司 Beijing-… 2023/8/31`: serial, place, number and day are known by
    their shape, the entity by its ending, what is left is the name."""
    if document.tables and seen:
        return
    for number, line in enumerate(document.raw_text.splitlines(), start=1):
        tokens = [token for token in re.split(r"[\s|｜]+", line) if token.strip("-*•·")]
        at = next(
            (i for i, token in enumerate(tokens) if NUMBER.match(token) or ALGORITHM.fullmatch(token)), None
        )
        if at is None or len(tokens) < 3 or "：" in line or ":" in line.replace("http:", ""):
            continue
        code = tokens.pop(at)
        if code.lower() in seen:
            continue
        serial = int(tokens.pop(0)) if tokens[0].rstrip(".、").isdigit() and len(tokens[0]) <= 5 else None
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
    if match:
        return "registration" if match[4] == "S" else "filing"
    if "端侧" in words:
        return "on_device_filing"
    if "算法" in words and not re.search(r"大模型|生成式", words):
        return "deep_synthesis_algorithm"
    plain = re.sub(r"已(?:完成)?备案(?:的)?(?:大?模型|服务)", "", words)
    return "registration" if ("登记" in plain and "备案" not in plain) else "filing"


# --- Numbers in running text ----------------------------------------------------------------------------------------


def _numbered(document: Document, context: Context, seen: set[str]) -> Iterator[Filing | Issue]:
    """Each number with the name before it, or the fields of its lines."""
    text = document.text
    cells = "\n".join(tight(cell) for table in document.tables for row in table.rows for cell in row)
    last = 0
    for hit in _INLINE.finditer(text):
        number = tight(hit[0])
        if number.lower() in seen or number in cells:
            last = hit.end()
            continue
        start = max(last, max(text.rfind(mark, 0, hit.start()) for mark in "。；;\n") + 1)
        ends = [i for mark in "。；;\n" if (i := text.find(mark, hit.end())) >= 0]
        following = _INLINE.search(text, hit.end())
        end = min([*ends, following.start() if following else len(text)], default=len(text))
        before, after = text[start : hit.start()], text[hit.end() : end]
        fields = _fields(text, last, hit.start(), end)
        name, entity = fields.get("model"), fields.get("entity")
        if name is None:
            name, beside = _name_before(before)
            entity = entity or beside
        if name is None and (quoted := re.findall(r"[“「]([^”」]{2,40})[”」]", before)):
            name = quoted[-1]
        entity = entity or _entity_in(before) or _entity_in(after)
        title = (document.title or "").strip()
        if (
            (name is None or len(name) > 40)
            and 0 < len(title) <= 30
            and not re.search(r"备案|登记|公告|清单", title)
        ):
            name = title
        locator = f"chars {hit.start()}-{hit.end()}"
        last = hit.end()
        if name is None:
            name = _spoken_of(
                text[max(0, start - 300) : hit.start()], algorithm=bool(ALGORITHM.search(number))
            )
        if name is None:
            yield Issue(level="info", code="no-name", locator=locator, message=f"{number}: no name beside it")
            continue
        seen.add(number.lower())
        match = NUMBER.match(number)
        date = _filed_on(before, after, fields.get("date"))
        quote_start = start + len(before) - len(before.lstrip(" ，、（）()"))
        yield Filing(
            kind=_kind_of(number, before),
            model_name=name,
            entity_name=entity,
            province=province_of(fields.get("province")) or (province_of_number(match[1]) if match else None),
            filing_number=number,
            filed_date=date,
            is_late_registration="补登" in after[:8],
            ground=Ground(
                quote=text[quote_start : hit.end()], start=quote_start, end=hit.end(), locator=locator
            ),
        )


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
    while (stop := re.match(r"[\n，,；;]*[^\n：:]*[：:]", text[end:])) and column_named(
        re.split(r"[\n，,；;]", stop[0].strip(" ：:\n"))[-1]
    ):
        line_end = text.find("\n", end + stop.end())
        end = line_end if line_end > 0 else len(text)
        if column_named(re.split(r"[\n，,；;]", stop[0].strip(" ：:\n"))[-1]) in ("model", "serial"):
            break
    found: dict[str, str] = {}
    for part, keep_last in ((window, True), (text[at:end], False)):
        for field in _FIELD.finditer(part):
            name = column_named(field["key"].strip("（()） "))
            if name and name != "number" and (keep_last or name not in found):
                if not keep_last and name == "model" and "\n" in part[: field.start()]:
                    break  # the next record begins
                if keep_last and name == "model":
                    found.pop("date", None)  # a day before the name is of the record before
                found[name] = field["value"].strip(' “”"')
    return found


def _name_before(before: str) -> tuple[str | None, str | None]:
    """The name that a number's label follows, and the maker before it."""
    head = _LABEL.sub("", before)
    head = re.sub(
        r"[（(，,]\s*(?:已|均)?(?:正式|成功)?(?:通过|完成|获得?)[^，,（()）]*(?:备案|登记)$", "", head
    )
    head = re.sub(r"\s*[（(][A-Za-z][\w .-]{1,30}[)）]$", "", head)
    if quoted := re.search(_QUOTED + r"$", head):
        return quoted["q"], _entity_in(head[: quoted.start()]) or _maker_at_end(head[: quoted.start()])
    chunk = re.split(r"[，,；;：:、。\n｜|]", head)[-1]
    inside = re.search(
        r"(?P<name>[^，,；;：:、。\n（(]{2,40})[（(](?P<entity>[^（()），,]{2,40}(?:[（(][^（()）]*[)）][^（()），,]*)?)$",
        head,
    )
    if inside and is_entity(inside["entity"]):
        return _OPENERS.sub("", inside["name"].strip()).strip('“”"《》 '), inside["entity"].strip()
    opened = head.rfind("（") if "）" not in head[head.rfind("（") :] else -1
    if opened >= 0:
        chunk = (
            re.split(r"[，,；;：:、。\n（]", head[opened:])[-1]
            if head[opened + 1 :].strip()
            else re.split(r"[，,；;：:、。\n]", head[:opened])[-1]
        )
    chunk = _OPENERS.sub("", chunk.strip())
    if pair := pair_of(chunk):
        return pair[1].strip(), pair[0]
    split = re.match(r"^(.{2,40}?(?:公司|研究院|实验室|大学))(?:的|旗下的?|自研的?)?(.{2,40})$", chunk)
    if split and not _VERBS.search(split[2]):
        return split[2], split[1]
    chunk = chunk.strip(' “”"《》-—|*')
    if not chunk or len(chunk) > 40 or _VERBS.search(chunk) or is_entity(chunk):
        return None, None
    return chunk, None


def _entity_in(text: str) -> str | None:
    found = re.findall(
        r"[\w·（）()]{2,40}?(?:有限责任公司|股份有限公司|有限公司|股份公司|研究院|研究所|实验室|大学)(?![\w])|[\w·（）()]{2,40}?(?:有限责任公司|股份有限公司|有限公司|股份公司)",
        text,
    )
    if not found:
        return None
    name = _OPENERS.sub("", re.split(r"由|为|是|系|：", str(found[-1]))[-1])
    return name.lstrip("）)") or None


def _maker_at_end(text: str) -> str | None:
    text = re.sub(r"(?:的|旗下的?|推出的?|研发的?)$", "", text.rstrip())
    return next((name for name in makers() if text.endswith(name)), None)


_DAY = re.compile(r"20\d\d年\d{1,2}月\d{1,2}日|20\d\d[-/.]\d{1,2}[-/.]\d{1,2}")


def _filed_on(before: str, after: str, field: str | None) -> dt.date | None:
    """The day of a number: its field, else the day behind it in the same bracket, else the last one before it."""
    if field:
        return day_of(field, None)[0]
    if behind := _DAY.search(re.split(r"[）)；;。]", after)[0]):
        return day_of(behind[0], None)[0]
    found = _DAY.findall(before) or _DAY.findall(after)[:1]
    return day_of(found[-1], None)[0] if found else None


# --- Lists in a sentence --------------------------------------------------------------------------------------------


def _listed(document: Document, context: Context) -> Iterator[Filing]:
    text = document.text
    told: set[tuple[str | None, str]] = set()
    home = home_of(document, context)
    spoken: str | None = None
    register = heading = maker = ""
    for match in re.finditer(r"[^。！!\n]+[。！!]?", text):
        sentence = match[0]
        if _is_heading(text, match) and not _APPROVAL.search(sentence):
            heading, maker = sentence.strip(), ""
        elif told_maker := re.match(rf"[-•*\s]*{_MAKER_LABEL.pattern}\s*[：:]\s*(\S.*)", sentence):
            maker = told_maker[1].strip(" 。")
        if not _APPROVAL.search(text[max(0, match.start() - _NEAR) : match.end()]):
            continue
        if not _APPROVAL.search(sentence) and _OTHER_TOPIC.match(sentence.strip()):
            continue
        found = _pairs_in(sentence)
        if not _APPROVAL.search(sentence) and not _LISTS.search(sentence):
            found = [one for one in found if re.search(r"[（(“「《]", one[3])]
        ends_line = text[match.end() : match.end() + 1] == "\n"
        if (
            not found
            and ends_line
            and (
                len(sentence) <= 40
                or re.search(r"[：:]\s*$|如下[：:。]?\s*$|(?:以下|下方)[^。]{0,20}[名清]单", sentence)
            )
        ):
            found = _lines_after(text, match.end())
        scope = scope_of(sentence, None)
        spoken = scope_of(sentence, home) or spoken
        if re.search(r"备案|登记", sentence):
            register = sentence
        if not found:
            yield from _singles(match, told, scope, heading, maker)
        for entity, model, place, quote in found:
            if (entity, model) in told:
                continue
            told.add((entity, model))
            here = scope or (spoken if entity is None else None)
            start = text.find(quote, match.start())
            yield Filing(
                kind=_kind_of("", sentence if re.search(r"备案|登记|获批|算法", sentence) else register),
                model_name=model,
                entity_name=entity,
                province=place or (here if here != NATIONAL else None),
                note="named in a sentence; no number printed",
                ground=Ground(
                    quote=quote,
                    start=start if start >= 0 else None,
                    end=start + len(quote) if start >= 0 else None,
                    locator=f"chars {start}-{start + len(quote)}"
                    if start >= 0
                    else f"chars {match.start()}-{match.end()}",
                ),
            )


def _is_heading(text: str, line: re.Match[str]) -> bool:
    """Whether a sentence is a short line of its own without any mark."""
    alone = line.start() == 0 or text[line.start() - 1] == "\n"
    ends = line.end() == len(text) or text[line.end()] == "\n"
    return alone and ends and len(line[0]) <= 30 and not re.search(r"[：:，,。；;、]|^\s*[-•*]", line[0])


def _singles(
    sentence: re.Match[str],
    told: set[tuple[str | None, str]],
    scope: str | None,
    heading: str,
    maker: str,
) -> Iterator[Filing]:
    """Services a sentence without a list says were approved, those not told before."""
    ones = single.read(sentence[0])
    if not ones and heading and (one := single.under(heading, sentence[0])):
        ones = [replace(one, entity=maker or None)]
    for one in ones:
        if any(model == one.model and one.entity in (entity, None) for entity, model in told):
            continue
        told.add((one.entity, one.model))
        start = sentence.start() + sentence[0].find(one.quote)
        yield Filing(
            kind=one.kind,
            model_name=one.model,
            entity_name=one.entity,
            province=scope if scope != NATIONAL else None,
            filed_date=one.filed,
            note="named in a sentence; no number printed",
            ground=Ground(
                quote=one.quote,
                start=start,
                end=start + len(one.quote),
                locator=f"chars {start}-{start + len(one.quote)}",
            ),
        )


def _pairs_in(sentence: str) -> list[tuple[str | None, str, str | None, str]]:
    """(maker, model, province, words) of a sentence that lists services; empty when it does not."""
    best: list[tuple[str | None, str, str | None, str]] = []
    starts = [0, *(m.end() for m in _LEAD.finditer(sentence))]
    for start in starts:
        found = _from(sentence, start)
        if len(found) > len(best):
            best = found
    return _by_place(sentence) or best or _in_brackets(sentence)


def _by_place(sentence: str) -> list[tuple[str | None, str, str | None, str]]:
    """`北京5家（百度“文心一言”、…），上海3家（…）`: a bracket a province, each with as many services as it says."""
    out: list[tuple[str | None, str, str | None, str]] = []
    for head in _PLACE_BRACKET.finditer(sentence):
        items = [_trimmed(item) for item in _parts(head["items"])]
        if len(items) != parse(head["n"]):
            continue
        pairs = [pair_of(item) for item in items]
        if not all(pair or _bare(item) for pair, item in zip(pairs, items, strict=True)):
            continue
        place = province_of(head["place"])
        out += [
            (pair[0], pair[1], place, item) if pair else (None, item.strip('“”"《》'), place, item)
            for pair, item in zip(pairs, items, strict=True)
        ]
    return out


def _in_brackets(sentence: str) -> list[tuple[str | None, str, str | None, str]]:
    """`新增3款（甲、乙、丙）`: bare names, as many as the sentence says."""
    said = [int(v) for m in _HOW_MANY.finditer(sentence) if (v := parse(m[1])) is not None]
    for match in re.finditer(r"[（(]([^（()）]+)[)）]", sentence):
        quoted = re.sub(r"(?<=[”」》])(?=[“「《])", "、", match[1])
        items = [item.strip(" “”「」《》") for item in re.split(r"[、，,]", quoted)]
        if len(items) >= 2 and len(items) in said and all(_bare(item) for item in items):
            return [(None, item, None, item) for item in items]
    if among := _AMONG.search(sentence):
        items = [item.strip(" “”「」《》") for item in re.split(r"[、，,]", among["items"])]
        if len(items) >= 2 and all(_bare(item) for item in items):
            return [(None, item, None, item) for item in items]
    return []


def _from(sentence: str, start: int) -> list[tuple[str | None, str, str | None, str]]:
    body = sentence[start:]
    if rows := _by_semicolon(body):
        return rows
    items: list[tuple[str, str | None]] = []
    place: str | None = None
    for group in re.split(r"[；;]", body):
        if head := _HEADED.match(group.strip()):
            place = province_of(head["place"])
            group = group.strip()[head.end() :]
        items += [(part, place) for part in _parts(group) if part.strip(" 。，")]
    read = [(_trimmed(item), place) for item, place in items]
    read = [(item, place) for item, place in read if item]
    pairs = _one_way(read, [pair_of(item) for item, _ in read])
    if sum(pair is not None for pair in pairs) >= 2:
        pairs = [pair or _weak_pair(item) for pair, (item, _) in zip(pairs, read, strict=True)]
    at = [i for i, pair in enumerate(pairs) if pair]
    if len(at) >= 2:
        span = range(at[0], at[-1] + 1)
        sure = sum(bool(re.search(r"[（(“\"「《]|的", read[i][0])) for i in at)
        if len(at) >= 0.6 * len(span) and (len(at) >= 3 or sure >= 2):
            return [(pair[0], pair[1], read[i][1], read[i][0]) for i in at if (pair := pairs[i])]
    said = [int(v) for m in _HOW_MANY.finditer(sentence) if (v := parse(m[1])) is not None]
    counted = any(re.search(r"\d[款个项家]\s*$", item) for item, _ in items)  # `杭州24款、宁波3款`
    if (
        start
        and not counted
        and len(read) >= 2
        and len(read) in said
        and all(_bare(item) for item, _ in read)
    ):
        return [
            (
                pair[0] if (pair := pair_of(item)) else None,
                pair[1] if pair else item.strip('“”"《》'),
                here,
                item,
            )
            for item, here in read
        ]
    return []


def _by_semicolon(body: str) -> list[tuple[str | None, str, str | None, str]]:
    """`甲大模型，甲有限公司；乙大模型，乙有限公司`: a name and its firm a part."""
    out: list[tuple[str | None, str, str | None, str]] = []
    for part in re.split(r"[；;]", body.strip(" 。")):
        match = re.fullmatch(r"\s*(?P<m>[^，,：:]{2,30})[，,]\s*(?P<e>[^，,：:]{4,40})\s*", part)
        if match is None or not is_entity(match["e"]):
            return []
        out.append((match["e"], match["m"].strip('“”"《》'), None, part.strip()))
    return out if len(out) >= 2 else []


def _one_way(
    read: list[tuple[str, str | None]], pairs: list[tuple[str, str] | None]
) -> list[tuple[str, str] | None]:
    """`模型（公司）` or `公司（模型）`: a list writes its brackets one way, the one that most of its parts show."""
    inside = {
        i: m for i, (item, _) in enumerate(read) if pairs[i] and (m := _BRACKET.match(item)) and not m["tail"]
    }
    shown = sum(
        1 if _is_maker(m["in"]) else -1 for m in inside.values() if _is_maker(m["in"]) != _is_maker(m["out"])
    )
    if shown > 0:
        for i, m in inside.items():
            pairs[i] = (m["in"], _clean_entity(m["out"]).strip('“”"《》'))
    return pairs


def _is_maker(text: str) -> bool:
    return is_entity(text) or text in makers()


def _weak_pair(item: str) -> tuple[str, str] | None:
    """`甲科技的乙`: enough in a list whose other parts are surely pairs."""
    match = re.match(r"^([^的，。：“”（）]{2,16})的([^的，。：“”（）]{2,20})$", item)
    if (
        match is None
        or _VERBS.search(item)
        or province_of(_clean_entity(match[1]))
        or re.search(r"宣布|动作", item)
        or re.search(r"\d|企业|共有|^大模型", match[1] + "|" + match[2][:3])
    ):
        return None
    return _clean_entity(match[1]), match[2]


def _bare(item: str) -> bool:
    return (
        2 <= len(item) <= 30
        and not re.search(r"\d+[款个家项]|备案|登记|通过|完成|公司$|企业|[，。：]", item)
        and not (province_of(item) or item in makers() or is_entity(item))
    )


def _trimmed(item: str) -> str:
    """An item without the words that join it to the sentence."""
    item = re.sub(
        r"^(?:其中|以及|还有|包括|包含|分别为|分别是|和|与|及|有|为|是|and )+", "", item.strip(" 。，、.,")
    )
    item = re.sub(r"(?:共|合计)?\d+[款个项]$|在内.*$", "", item)
    item = re.sub(
        r"(?<=[”\"」》）)])(?:等|在内|[两二三四五六七八九十\d]+[款个项]|通过|完成|获批|正式|已|均|入选|成功|分别|上线|大模型(?:等|通过|完成|获批)).*$",
        "",
        item,
    )
    item = re.sub(
        r"等(?:\d+|[两二三四五六七八九十多]+)?(?:余)?(?:款|个|家|项)?(?:大模型|模型|产品|服务|企业|公司|应用|机构)?(?:在内)?(?:的)?(?:均|已|成功|正式|日前|近日)?(?:通过|完成|获批|获得|入选|位列|上线|产品|大模型|等).*$|等$",
        "",
        item,
    )
    return re.sub(
        r"(?:均|已|成功|正式)*(?:通过|完成|获批|获得|入选|位列|首批上线)[^（）“”]*$", "", item
    ).strip(" ，。、")


def _parts(text: str) -> list[str]:
    """A list cut at its commas and its last `和`, but not inside brackets or quotes."""
    parts, depth, current, at = [], 0, "", 0
    while at < len(text):
        char = text[at]
        depth += (char in "（(《“「") - (char in "）)》”」")
        joint = next((w for w in ("以及", "和", "及", "与", " and ") if text.startswith(w, at)), None)
        if depth <= 0 and char in "、，,":
            parts.append(current)
            current = ""
        elif (
            depth <= 0
            and joint
            and current
            and pair_of(_trimmed(current))
            and pair_of(_trimmed(text[at + len(joint) :].split("、")[0]))
        ):
            parts.append(current)
            current = ""
            at += len(joint) - 1
        else:
            current += char
        at += 1
    return [*parts, current]


_BRACKET = re.compile(
    r"^(?P<out>[^（()）“”]{2,60})[（(](?P<in>[^（()）]{2,40}(?:[（(][^（()）]{1,20}[)）][^（()）]{0,30})?)[)）](?P<tail>.{0,6})$"
)


def pair_of(item: str) -> tuple[str, str] | None:
    """(maker, model) of one part of a list; null when it is none."""
    item = item.strip()
    if (
        not 4 <= len(item) <= 110
        or re.search(r"数量|(?:模型|服务|应用)约$|超过$", item)
        or re.search(r"\d+\s*(?:款|家|项|%|％|亿|万)", item)
    ):
        return None
    if quoted := re.match(
        rf"^(?P<e>[^“”\"《》「」，。：]{{2,40}}?)(?:的|旗下的?|自主?研发的?|推出的?|发布的?)?{_QUOTED}(?:大模型|模型|应用|服务|功能)?$",
        item,
    ):
        entity = _clean_entity(quoted["e"])
        if re.search(r"倡议|办法|报告|规定|通知|意见|计划|方案|指南|公告", quoted["q"]) or re.search(
            r"(?:共同|联合|发布|印发|根据|按照|制定)$", entity
        ):
            return None
        return (entity, quoted["q"]) if entity and not province_of(entity) else None
    bracketed = re.match(rf"^[^“”（()）]{{0,12}}{_QUOTED}(?:大模型|模型)?[（(](?P<e>.{{2,40}})[)）]$", item)
    if bracketed and _is_maker(bracketed["e"]):
        return bracketed["e"], bracketed["q"]
    noted = re.match(
        r"^(?P<e>.{2,40}?(?:公司|研究院|研究所|实验室|大学))(?:的|旗下的?)(?P<m>[^的].{1,39})$", item
    )
    if noted and not _VERBS.search(noted["m"]):
        return _clean_entity(noted["e"]), noted["m"].strip('“”"《》')
    if bracket := _BRACKET.match(item):
        outside, inside = bracket["out"].strip(), bracket["in"].strip('“”"《》')
        if bracket["tail"] and not is_entity(outside + "（" + inside + "）" + bracket["tail"]):
            return None
        if (
            bracket["tail"]
            or re.search(r"(?:通过|完成|获得).*(?:备案|登记)", outside)
            or province_of(inside)
            or province_of(outside)
            or re.fullmatch(r"[\d年月日.\-/]+", inside)
        ):
            return None
        if (is_entity(inside) or inside in makers()) and not (is_entity(outside) or outside in makers()):
            return inside, _clean_entity(outside).strip('“”"《》')
        entity = _clean_entity(re.sub(r"(?:的|旗下)$", "", outside))
        return (entity, inside) if entity else None
    named = re.match(
        r"^(?P<e>.{2,40}?(?:公司|研究院|研究所|实验室|大学))(?:的|旗下的?|自主?研发的?|推出的?)?(?P<m>[^的].{1,39})$",
        item,
    )
    if named and not re.match(r"[（(].*[)）]$", named["m"]) and not _VERBS.search(named["m"]):
        return _clean_entity(named["e"]), named["m"].strip('“”"《》：:—-· ')
    if of := re.match(r"^(?P<e>[^的]{2,24}?)(?:旗下|自主?研发|推出|发布)?的(?P<m>[^的]{2,30})$", item):
        entity = _clean_entity(of["e"])
        if (
            entity
            and not province_of(entity)
            and "宣布" not in item
            and (entity in makers() or _MODEL_WORD.search(of["m"]))
            and not _VERBS.search(of["m"])
        ):
            return entity, of["m"].strip('“”"《》')
    for name in makers():
        if (
            item.startswith(name)
            and 2
            <= len(rest := re.sub(r"^(?:旗下的?|自研的?|的)", "", item[len(name) :].lstrip("·- ")))
            <= 30
            and not re.match(r"[\u4e00-\u9fff]{0,3}(?:公司|科技|集团|等)", rest)
            and not (name[-1].isascii() and rest[0].isascii() and item[len(name)] not in " ·-")
        ):
            return name, rest
    return None


def _clean_entity(text: str) -> str:
    text = re.sub(
        r"^.*(?:包括|包含|分别为|分别是|名单为|的有|(?:模型|服务)[为是系]|：|: )", "", text.strip(" ，、：:")
    )
    text = _OPENERS.sub("", text)
    text = re.sub(r"(?:[在于]?(?:20\d\d年)?\d{1,2}月\d{1,2}日)?(?:正式)?宣布[，,]?其?$", "", text)
    return re.sub(r"^(?:由|来自|AI公司|清华系AI公司|人工智能公司)", "", text).removesuffix("旗下")


def _lines_after(text: str, at: int) -> list[tuple[str | None, str, str | None, str]]:
    """A list with one service a line, below a line that announces it."""
    out: list[tuple[str | None, str, str | None, str]] = []
    items: list[tuple[str, str | None]] = []
    for line in text[at:].lstrip("\n").split("\n"):
        item = re.sub(r"^\s*(?:[-*•·●]|[（(]?\d{1,3}[.、)）]|[①-⑳])\s*", "", line).strip(" 。；;")
        item = re.split(r"(?<=[公司）])(?:至此|以上|目前|截至|此外|上述)", item)[0]
        item = re.sub(r"\s*[：:]\s*(?:https?://)?[\w-]+(?:\.[\w-]+)+[\w/.?=&%-]*$", "", item)
        pair = pair_of(item)
        if pair is None and (split := re.fullmatch(r"(.{2,40}?)\s*(?:——|—|–| - |：|:)\s*(.{2,40})", item)):
            left, right = split[1].strip('“”"《》 '), split[2].strip('“”"《》 ')
            if _MAKER_LABEL.fullmatch(left):
                break
            swap = (is_entity(right) or right in makers()) and not (is_entity(left) or left in makers())
            pair = (right, left) if swap else (left, right) if is_entity(left) or left in makers() else None
        if pair is None:
            break
        out.append((pair[0], pair[1], None, line.strip()))
        items.append((item, None))
    turned = _one_way(items, [(entity or "", model) for entity, model, _, _ in out])
    out = [(pair[0], pair[1], None, quote) for pair, (*_, quote) in zip(turned, out, strict=True) if pair]
    return out if len(out) >= 2 else []
