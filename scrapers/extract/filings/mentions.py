"""The services that pieces of a Chinese text name, with where they stand and who made them.

`items` reads one part of a list by its words alone; here a part stands in its text, which tells its maker (`owners`) and, for
a list, what its parts share: the maker of two quoted names, the way of its brackets.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from scrapers.extract.filings import items, owners
from scrapers.extract.filings.grammar import makers, province_names, province_of
from scrapers.extract.filings.items import Part, Reading
from scrapers.lexicon import models

NEAR = 500
"""Letters before a list in which the approval it is about may be named."""
CLAUSE = 160
"""Letters of the longest clause: what a list may be judged by."""
SENTENCE = re.compile(r"(?:[^。！!？?\n.]+|\.(?!\s)|(?<![\u4e00-\u9fff])\.)+(?:[。！!？?]|\.(?=\s))?")
"""A half-width stop ends one behind Chinese letters."""
PLACES = "|".join(province_names())
SEAT = re.compile(rf"属地[为是：:]?(?P<place>{PLACES})")
_JOINTS = ("和", "与", "及", "以及", "、", "")
_MADE_THING = re.compile(
    r"(?P<m>[^，,。；;\n“”]{2,24}?)(?:是|系|为)?(?:一款)?由[^，,。；;\n]{2,30}?(?:研发|推出|开发|打造|发布|研制)"
)
"""`云上助手由云上科技自主研发`."""
_HEADED = re.compile(r"[“「]?[\u4e00-\u9fffA-Za-z]{2,10}大模型(?=[^”」（(])")
"""A name at the head of what is told of it: `云上大模型用户最多`."""


@dataclass(frozen=True, slots=True)
class Mention:
    """One service named in `text[start:end]`."""

    reading: Reading
    start: int
    end: int
    place: str | None = None


def owned(item: Mention, maker: str | None) -> Mention:
    return item if item.reading.maker else replace(item, reading=replace(item.reading, maker=maker))


@dataclass(slots=True)
class Mentions:
    """What a text names. `owner` is who `公司` is in it; `groups` are the quotes and brackets of the sentence being read."""

    text: str
    owner: str | None
    groups: Mapping[int, int] = field(default_factory=dict)

    def owner_at(self, at: int) -> str | None:
        """Who `公司` is at `at`: of several firms that answer, the one whose answer it is."""
        return owners.answering(self.text, at) or self.owner

    def clause(self, start: int, at: int, marks: str) -> int:
        """Where the clause of `at` begins, at most `CLAUSE` letters before it."""
        start = max(start, at - CLAUSE)
        return max(start, max(self.text.rfind(mark, start, at) for mark in marks) + 1)

    def item(self, at: int, words: str) -> Mention | None:
        """The service words at `at` name, without what joins them to the sentence."""
        core = items.without_lead(words)
        reading = items.reading(core)
        if reading is None:
            return None
        start = self.text.find(core, at)
        if start < 0:
            return None
        if noted := SEAT.search(core):
            reading = replace(reading, place=province_of(noted["place"]))
        end = start + len(core)
        if reading.maker and (first := owners.first_of_joint(self.text[max(0, start - 40) : start], core)):
            reading = replace(reading, maker=first)
        if reading.maker is None and reading.sure >= 2:
            maker = owners.owner_of(self.text, reading.model, start, end, self.owner_at(start))
            reading = replace(reading, maker=maker)
        return Mention(reading, start, end)

    def one_of(self, part: Part) -> Mention | None:
        """The one sure name at the end or at the head of a part: `搭载文心一言`, `文心一言由百度研发`."""
        words = self.text[part.start : part.end]
        if len(words) > 80:
            return None
        quoted = [(m.start(), m.end(), m["q"]) for m in items.QUOTED.finditer(words) if m[0][0] in '“「『【"']
        if len(quoted) == 1:
            at, to, _ = quoted[0]
            if re.match(
                r"[^，。]{0,4}(?:行动|计划|方案|工程|专项|战略|倡议|论坛|大会)", words[to:]
            ) or items.is_counted(words[to:]):
                return None
            head = words[:at]
            item = self.item(part.start, head + words[at:to])
            if item is not None:
                return item
        known = list(models.find(words))
        if len(known) == 1:
            at, to = known[0]
            to += len((re.match(r"(?:大模型|模型)?", words[to:]) or [""])[0])
            prefix = next((name for name in makers() if words[:at].endswith(name)), None)
            begin = at - len(prefix) if prefix else at
            whole = (
                self.item(part.start, words[:to])
                if re.search(r"(?:公司|院|所|学|集团)的?$", words[:at])
                else None
            )
            return whole or self.item(part.start + begin, words[begin:to])
        if (headed := _HEADED.match(words)) and (item := self.item(part.start, headed[0])):
            return item if item.reading.sure >= 2 else None
        if (made := _MADE_THING.match(words)) and (item := self.item(part.start, made["m"])):
            return item if item.reading.sure >= 2 else None
        for size in range(min(12, len(words) - 1), 1, -1):
            if words[-size - 1] in " 的和与及用持入择取是为有如即" and models.sureness(words[-size:]):
                return self.item(part.end - size, words[-size:])
        whole = self.item(part.start, items.without_tail(words))
        return whole if whole is not None and whole.reading.sure == 3 and whole.reading.maker else None

    def only(self, begin: int, end: int) -> list[Mention]:
        inside = items.groups(self.text, begin, end)
        told = [
            m
            for part in items.parts(self.text, begin, end, inside=inside)
            if (m := self.one_of(part)) is not None
        ]
        return told[-1:] if len({item.reading.model for item in told}) == 1 else []

    def one_way(self, run: list[Mention]) -> list[Mention]:
        """A list with what its parts share: the way of its brackets, the maker of `某旗下“甲”与“乙”`."""
        for at in range(1, len(run)):
            before, item = run[at - 1], run[at]
            joint = self.text[before.end : item.start].strip()
            if (
                item.reading.maker is None
                and joint in _JOINTS
                and (
                    "旗下" in self.text[before.start : before.end]
                    or (
                        joint in ("和", "与", "及")
                        and self._is_of(before)
                        and self.text[item.end : item.end + 1] not in "（("
                    )
                    or (before.reading.maker is not None and item.reading.model[:2] in before.reading.maker)
                    or (
                        before.reading.maker is not None
                        and item.reading.model[:2] == before.reading.model[:2]
                    )
                    or (self._is_bare_quote(item, joint) and self._words(before).endswith(("”", "」")))
                )
            ):
                run[at] = owned(item, before.reading.maker)
        return self._brackets_one_way(run)

    def _is_of(self, item: Mention) -> bool:
        """Whether a part is written `甲的某某`."""
        maker = item.reading.maker
        return maker is not None and self.text[item.start : item.end].startswith(f"{maker}的")

    def _words(self, item: Mention) -> str:
        """What a part prints, without a bracket at its end."""
        return re.sub(r"[（(][^（()）]*[)）]$", "", self.text[item.start : item.end].strip())

    def _is_bare_quote(self, item: Mention, joint: str) -> bool:
        """Whether a part is a quoted name alone; one that is known may be another's in a list of several makers."""
        words = self._words(item)
        is_quote = words[:1] in ("“", "「") and items.QUOTED.fullmatch(words) is not None
        return is_quote and (joint != "、" or item.reading.sure < 3)

    def _brackets_one_way(self, run: list[Mention]) -> list[Mention]:
        """`模型（公司）` or `公司（模型）`: a list writes its brackets one way, the one that most of its parts show."""
        outside = inside = 0
        for item in run:
            words = self.text[item.start : item.end]
            if item.reading.maker and not item.reading.turnable and re.search(r"[)）]\s*$", words):
                is_first = words.find(item.reading.maker) < words.find(item.reading.model)
                outside, inside = outside + is_first, inside + (not is_first)
        if outside >= 2 and outside > inside:
            # `百度（文心一言）、清华（某某科技）`: the odd one names no service
            firms = outside > 2  # `百度（文心一言）、…、某某科技`: a bare one is a firm
            return [
                item
                for item in run
                if not self._is_reversed(item)
                and not (firms and item.reading.maker is None and item.reading.sure < 2)
            ]
        if inside <= outside:
            return run
        return [
            replace(item, reading=items.turned(item.reading))
            if item.reading.turnable
            and item.reading.maker
            and self.text[item.start : item.end].startswith(item.reading.maker)
            else item
            for item in run
        ]

    def _is_reversed(self, item: Mention) -> bool:
        words = self.text[item.start : item.end]
        maker, model = item.reading.maker, item.reading.model
        return bool(
            maker
            and words.endswith((")", "）"))
            and words.find(maker) > words.find(model)
            and not models.sureness(model)
        )
