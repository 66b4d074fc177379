"""Rows of a table that lost its lines: a row a line, its cells told by their shape."""

import datetime as dt
import re
from collections.abc import Iterator

from scrapers.documents import Document
from scrapers.extract.filings.grammar import (
    ALGORITHM,
    NUMBER,
    Kind,
    day_of,
    is_entity,
    province_of,
    province_of_number,
    whole_numbers,
)
from scrapers.extract.filings.headers import column_named
from scrapers.extract.filings.prose import times
from scrapers.extract.filings.prose.words import Text
from scrapers.records import Filing, Ground

_NUMBER = re.compile(
    r"(?<![A-Za-z\d-])(?P<n>[A-Z][A-Za-z]{3,14}-[^\s，。；、（）()“”\"：:,;<>|｜]{1,90}?-\d{8}(?:S?\d{3,6}|S)?)(?![\dA-Za-z-])|网信算备\d{21}号"
)


def read(document: Document, seen: set[str], page: dt.date | None) -> Iterator[Filing]:
    """Lines like `3 北京市 文心一言 北京百度网讯科技有限公司 Beijing-… 2023/8/31`: serial, place, number and day are known by
    their shape, the entity by its ending, what is left is the name. Rows without a day have the only one the page tells of
    approvals. `seen` holds the numbers that tables gave, in lower case, and grows; `page` is the page's day."""
    if document.tables and seen:
        return
    text = Text(document.raw_text)
    told = times.day_spots(times.times(text.text, page, is_chinese=True))
    common = times.only_day(text, told)
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
        tokens[0] = re.sub(r"^[（(]\d{1,3}[）)](?=.)", "", tokens[0])
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
            kind=_kind_of(code),
            model_name=_joined(rest[:entity]),
            entity_name=rest[entity],
            province=province_of(place) or (province_of_number(match[1]) if match else None),
            filing_number=code,
            filed_date=date or (dt.date.fromisoformat(common) if common and not day else None),
            serial=serial,
            is_late_registration=late or "补登" in line,
            ground=Ground(quote=line.strip(), locator=f"line {number}"),
        )


def _records(text: str) -> Iterator[tuple[int, str]]:
    """The lines of a text with their numbers; one that holds several numbers, in its parts."""
    for number, line in enumerate(text.splitlines(), start=1):
        several = len(_NUMBER.findall(line)) > 1
        for part in re.split(r"[；;。]", line) if several else [line]:
            yield number, part


def _joined(tokens: list[str]) -> str:
    """Words with a space between Latin ones only."""
    out = ""
    for token in tokens:
        out += (" " if out and out[-1].isascii() and token[0].isascii() else "") + token
    return out


def _kind_of(number: str) -> Kind:
    if ALGORITHM.search(number):
        return "deep_synthesis_algorithm"
    match = NUMBER.match(number)
    return "registration" if match and match[4] == "S" else "filing"
