"""Whose programme it is: the place of the title, else of the issuer, else of the text, narrowest first."""

import csv
import re
from collections import Counter
from functools import cache
from pathlib import Path

from scrapers.lexicon import places
from scrapers.lexicon.places import Place

_NATIONAL = re.compile(
    r"工业和信息化部|国务院|国家发展改革委|国家发展和改革委员会|国家数据局|科技部|科学技术部|财政部|中共中央|中央网信办|国家互联网信息办公室"
)
_BOOK = re.compile(r"《[^《》\n]{2,80}》")


@cache
def _marks() -> tuple[re.Pattern[str], dict[str, str]]:
    """在皖, 来漳, 驻宁: places by the one letter officials write for them."""
    with Path(__file__).with_name("place_marks.csv").open(encoding="utf-8", newline="") as file:
        codes = {row["mark"]: row["code"] for row in csv.DictReader(file)}
    letters = "".join(codes)
    return re.compile(
        rf"(?:在|来|驻|赴)([{letters}])(?=[的企高就落注创投办从开研科成设、,。各院应购租])"
    ), codes


def read(
    title: str | None, programme: str | None, issuer: str | None, folded: str, code: str | None
) -> Place | None:
    """The place of a document; `code` is that of the source, which is taken at its word (a zone of it may be named)."""
    if code and (given := places.by_code(code)):
        return _narrower(given, (title, issuer))
    for words in (title, issuer, programme):
        if words and (place := _first(words)):
            return place
    if _NATIONAL.search((issuer or "") + (title or "")):
        return places.by_code("000000")
    # What a text cites as its basis is of the place above it.
    head = _BOOK.sub("", folded[:900])
    for words in (head[:200], head):
        if place := _first(words):
            return _often(place, head)
    pattern, codes = _marks()
    marks = Counter(match[1] for match in pattern.finditer(folded))
    if marks:
        return places.by_code(codes[marks.most_common(1)[0][0]])
    return _first(folded[:3000])


def _often(place: Place, head: str) -> Place:
    """The city or district a report keeps naming where its first line names the province or city that holds it."""
    counts = Counter(mention.place for mention in places.find(head))
    level = {"province": ("city",), "city": ("district", "zone")}.get(place.level, ())
    inner = [(count, one) for one, count in counts.items() if one.level in level and _holds(place, one)]
    if inner and (best := max(inner, key=lambda pair: pair[0]))[0] >= max(2, counts[place]):
        return best[1]
    return place


def _narrower(place: Place, texts: tuple[str | None, ...]) -> Place:
    """A zone shares the code of its holder: its name decides."""
    for words in texts:
        for mention in places.find(words) if words else ():
            if mention.place.level == "zone" and mention.place.code == place.code:
                return mention.place
    return place


def _first(words: str) -> Place | None:
    """The first place named, or the one inside it that the same words name: 杭州市余杭区 is 余杭区."""
    mentions = places.find(words)
    if not mentions:
        return None
    found, at = mentions[0].place, mentions[0].end
    for mention in mentions[1:]:
        if mention.start - at > 1 or not _holds(found, mention.place):
            break
        found, at = mention.place, mention.end
    if len(words) < 120:
        for mention in mentions:
            if _holds(found, mention.place) and mention.place.level in ("zone", "district"):
                return mention.place
    return found


def _holds(outer: Place, inner: Place) -> bool:
    if outer == inner or outer.code == "000000":
        return False
    if outer.level == "province":
        return inner.code[:2] == outer.code[:2] and inner.level != "province"
    if outer.level == "city":
        return inner.code[:4] == outer.code[:4] and inner.level in ("district", "zone")
    return False
