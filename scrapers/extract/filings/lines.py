"""What one line of a list of services names: `1. 文心一言（百度）`, `甲有限公司：乙大模型`, `文心一言 — 聊天助手`."""

import re

from scrapers.extract.filings import items
from scrapers.extract.filings.items import Reading
from scrapers.lexicon import models

BULLET = re.compile(
    r"\s*(?:[-*•·●▪■◆○►▲△▶◎>✅✔☑☆★]+|[（(]?(?P<n>\d{1,3}|[一二三四五六七八九十]{1,3})[.、)）．]|[①-⑳]|第?[一二三四五六七八九十]+、)\s*(?:\[[ xX✓√]\]\s*)?"
)
MAKER_LABEL = re.compile(
    r"(?:厂商|公司|开发者|开发单位|单位|主体|运营方|研发方|所属公司|企业|机构|备案单位|备案主体)"
)


def read(text: str, start: int, end: int) -> tuple[Reading, int, int] | None:
    """The service that the line `text[start:end]` names, and where its words stand: the whole line, or what stands before
    its description."""
    bullet = BULLET.match(text, start, end)
    at = bullet.end() if bullet else start
    line = text[at:end]
    line = re.sub(r"\s*[：:]\s*(?:https?://)?[\w-]+(?:\.[\w-]+)+[\w/.?=&%-]*$", "", line)
    line = re.split(r"(?<=[公司）])(?:至此|以上|目前|截至|此外|上述)", line)[0].strip(" 。；;")
    plain = re.fullmatch(
        r"(.{2,60}?)\s*(?:——|—|–|--| - |：|:|\t|[|｜]|，|,|\s{1,})\s*(.{2,})", line.replace("**", "")
    )
    whole = items.reading(items.without_tail(line)) if len(line) <= 60 else None
    if (
        whole is not None
        and (whole.sure >= 2 or plain is None)
        and not re.search(r"[：:，,|｜—]", re.sub(r"[（(].*?[)）]", "", line))
    ):
        begin = at + text[at:end].find(line)
        return whole, begin, begin + len(line)
    if plain is not None:
        left, right = plain[1].strip(" " + items.QUOTES), plain[2].strip(" " + items.QUOTES)
        if MAKER_LABEL.fullmatch(left):
            return None
        first = re.split(r"[，,；;。\s|｜]", right)[0]
        reading: Reading | None = None
        model, other = items.reading(left), items.reading(first)
        if items.is_maker(right) or items.is_maker(first):
            maker = right if items.is_maker(right) else first
            maker = items.maker_of(maker) or maker
            if model is not None and model.maker is None and not items.is_maker(left):
                reading = Reading(maker, model.model, 3)
        if (
            reading is None
            and items.is_maker(left)
            and models.sureness(left) != 3
            and other is not None
            and len(right) <= 40
        ):
            named = items.reading(right) or other
            reading = Reading(left, named.model, 3)
        if reading is None and model is not None and (model.sure >= 2):
            reading = model
        if reading is not None:
            return reading, at, at + len(text[at:end].rstrip(" 。；;"))
        return None
    return None
