"""One wording for words that mean the same in news of approvals, letter for letter, so that every offset stays: the readers know
`新增`, a text may say `新添`. Records are restored to what is printed.
"""

import re
from dataclasses import replace
from typing import TypeVar

from scrapers.issues import Issue
from scrapers.records import Filing, FilingCount, Record

_SAME = {
    "新添": "新增",
    "净增(?![至到长幅加])": "新增",
    "再添(?=[一二三四五六七八九十两\\d])": "新增",
    "又增(?=[一二三四五六七八九十两\\d])": "新增",
    "总计": "累计",
    "截止(?!日期|时间)": "截至",
    "获知|得知": "获悉",
    "囊括|涵盖": "包括",
    "依次(?=[为是由])": "分别",
    "皆(?=已|为|获|通过|完成|在)": "均",
    "近期|晚近": "近日",
}
_WORDS = re.compile("|".join(f"(?P<w{n}>{words})" for n, words in enumerate(_SAME)))
_MEANT = list(_SAME.values())
_Item = TypeVar("_Item", bound=Record | Issue)


def folded(text: str) -> str:
    """A text with one word for each that means the same; of the same length."""
    return _WORDS.sub(lambda m: _MEANT[int((m.lastgroup or "w0")[1:])], text)


def restored(item: _Item, text: str, read: str) -> _Item:
    """A record of the text that was `read` with the words that are printed in `text`."""
    if not isinstance(item, Filing | FilingCount) or text == read:
        return item
    ground = item.ground
    if ground.start is not None and ground.end is not None:
        item = replace(item, ground=replace(ground, quote=text[ground.start : ground.end]))
    if isinstance(item, Filing):
        item = replace(
            item,
            model_name=_printed(item.model_name, text, read),
            entity_name=_printed(item.entity_name, text, read) if item.entity_name else None,
        )
    return item


def _printed(name: str, text: str, read: str) -> str:
    at = -1 if name in text else read.find(name)
    return name if at < 0 else text[at : at + len(name)]
