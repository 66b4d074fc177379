"""The services an approval speaks of without naming them right before it: those of the sentence or the lines above, the heading,
the first cell of a row, what it points at (`该功能`, `上述3款`, `均`).
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import islice

from scrapers.extract.filings import items, lines, statements
from scrapers.extract.filings.items import Part
from scrapers.extract.filings.mentions import CLAUSE, NEAR, SENTENCE, Mention, Mentions
from scrapers.text.numerals import parse

_SEVERAL = re.compile(
    r"\s*(?:目前|现|至此)?[，,]?(?:(?:上述|以上|前述|这|该|此|上面)?(?P<n>\d{1,2}|[两二三四五六七八九十])[款个项者]|(?:上述|以上|前述|这些|上面))[^，,。；;“”]{0,12}"
)
"""`上述3款大模型`, the subject of an approval: what was named before."""
_ITSELF = re.compile(
    r"\s*(?:目前|现|日前)?[，,]?[“「]?(?:[我该本]?公司|我们|我[司院校行]|集团)(?:是|已|也|现|就|早)*(?:于|在)?"
)
"""The firm as the subject of an approval: it is of the one service the sentences around speak of."""
_THIS_ONE = re.compile(
    r"\s*(?:该|此|这[款个]?|其|上述)(?:大?模型|产品|服务|应用|功能|系统|平台|助手|智能体|软件)"
)
"""`该功能`, the subject of an approval: the one service the sentence before is about."""
_ASIDE = re.compile(r"关于|(?:并|其|后台|底层)?(?:调用|接入|基于|依托|采用|使用)")
"""Begins what is said of the model that a service calls, and the title of a notice."""
_ALL = re.compile(r"\s*(?:日前|近日|不久前|前不久|目前|现)?(?:均|都|双双|全部|分别)(?:已经?|也)?\s*")
_STOPS = "、，,；;：:|｜—\n。！!？?"


@dataclass(slots=True)
class References:
    """`heading` is the service the lines below it are about, `maker` the firm a field named below it."""

    mentions: Mentions
    heading: Mention | None = None
    maker: str | None = None

    def of(self, start: int, behind: int, said: statements.Said, subject: Sequence[Mention]) -> list[Mention]:
        """The service an approval speaks of without naming it right before."""
        if said.is_of and (apposed := self._apposed(start, said)):
            return apposed
        if "|" in self.mentions.text[start : min(said.start, start + CLAUSE)]:
            return self._first_cell(start, said.start)
        if said.is_of:
            return self._pointed_at(start, said) or self._above(start, said)
        return self._without_subject(start, behind, said, subject)

    def _without_subject(
        self, start: int, behind: int, said: statements.Said, subject: Sequence[Mention]
    ) -> list[Mention]:
        """The subject of `…，已通过备案`: the one sure name of its sentence, else the heading above it."""
        text = self.mentions.text
        head = self.mentions.clause(start, said.start, "，,；;—")
        if several := _SEVERAL.fullmatch(text[head : said.start]):
            return self._last_named(head, int(parse(several["n"] or "") or 0), 0)
        itself = _ITSELF.match(text, head)
        if itself and not re.sub(items.DATE, "", text[itself.end() : said.start]).strip("是已也于在去年今"):
            return self._sentence_before(start, 3) or self._sentence_behind(start)
        this = _THIS_ONE.match(text, head)
        only_day = not re.sub(
            rf"{items.DATE}|[，,\s]|近日|日前|不久前|前不久|目前|据了解|据悉|据介绍", "", text[start:head]
        )
        if this and only_day and not statements.is_held_back(text[this.end() : said.start], ""):
            return self._sentence_before(start)
        own = re.sub(
            r"^[-•*·\s]*(?:日前|近日|不久前|前不久|早在|就?已|早已|(?:该|此|这款|其|本)(?:大?模型|产品|服务|应用)?|[今去本上]年|[本上]月|[又再也已]|终于|[在经由][^，,“”]{2,16}?(?:网信办|网信部门|互联网信息办公室)|国内|全国|我国|同时|目前|也|现|同[年月]|当[年月]|次年|\d{1,2}月(?:\d{1,2}日)?|并?于?20\d\d年(?:\d{1,2}月)?(?:\d{1,2}日)?)*",
            "",
            text[head : said.start],
        )
        if own.strip() and not _ALL.fullmatch(own):
            return []
        if subject:
            # `甲6月12日完成备案；乙把图样收进语料库，6月25日完成备案`
            return self.mentions.only(behind, head - 1) if head > behind else []
        if _ALL.search(text[head : said.start] + said.adverb) and (
            all_named := self._last_named(head, None, start)
        ):
            return all_named
        if head > start:
            firsts = islice(items.parts(text, start, head - 1, inside=self.mentions.groups), 6)
            mentions = [
                m
                for part in firsts
                if not _ASIDE.match(text, part.start) and (m := self.mentions.one_of(part)) is not None
            ]
            names = {m.reading.model for m in mentions}
            several = re.search(r"(\d{1,2}|[两二三四五六七八九十])[款个项]", text[start:head])
            if several and len(names) == len(mentions) == parse(several[1]):
                return mentions
            if not mentions and _THIS_ONE.search(text[start:head]):
                return self._sentence_before(start)
            return mentions[:1] if len(names) == 1 or (mentions and mentions[0].reading.sure == 3) else []
        if self.heading is not None:
            return [self._with_owner(self.heading)]
        return []

    def _last_named(self, at: int, count: int | None, begin: int) -> list[Mention]:
        """The services `上述3款` or `均` speaks of: all that the words of the line before it name, if they are so many."""
        above = [] if self.mentions.text[begin:at].strip() else self._lines_above(at)
        if above and len(above) == (count or len(above)):
            return above
        begin = max(begin, at - NEAR)
        begin = max(begin, self.mentions.text.rfind("\n", begin, at) + 1)
        told: dict[str, Mention] = {}
        inside = items.groups(self.mentions.text, begin, at)
        for part in items.parts(self.mentions.text, begin, at, inside=inside, marks=_STOPS):
            words = items.without_tail(self.mentions.text[part.start : part.end])
            item = self.mentions.item(part.start, words) or (self.mentions.one_of(part) if count else None)
            if item is not None and item.reading.sure >= 2:
                told.setdefault(item.reading.model, item)
        return self.mentions.one_way(list(told.values())) if len(told) == (count or len(told)) > 1 else []

    def _lines_above(self, at: int) -> list[Mention]:
        """The services of the list right above a line, one a line, each with a bullet or a number."""
        run: list[Mention] = []
        stop = self.mentions.text.rfind("\n", 0, at)
        while stop > 0:
            begin = self.mentions.text.rfind("\n", 0, stop) + 1
            line = self.mentions.text[begin:stop]
            told = lines.read(self.mentions.text, begin, stop) if lines.BULLET.match(line) else None
            if told is None:
                break
            run.insert(0, Mention(*told))
            stop = begin - 1
        return self.mentions.one_way(run)

    def _apposed(self, start: int, said: statements.Said) -> list[Mention]:
        """The name before `，国内首个通过备案的医学大模型`."""
        text = self.mentions.text
        head = self.mentions.clause(start, said.start, "，,")
        if head == start or not re.fullmatch(
            r"\s*(?:也?是|系|为|成为)?(?:我国|国内|全国|业内|行业|全球|省内)*(?:首[个款批家]|唯一|第一[个款批])?",
            text[head : said.start],
        ):
            return []
        if text[head - 2] in "）)":
            return []
        begin = self.mentions.clause(start, head - 1, "，,；;。：:（(、|")
        item = self.mentions.item(begin, items.without_tail(text[begin : head - 1]))
        sure = item is not None and (item.reading.sure >= 2 or re.search(r"[A-Z]", item.reading.model))
        return [item] if item is not None and sure else []

    def _first_cell(self, start: int, end: int) -> list[Mention]:
        """The service a row of a table begins with."""
        for part in items.parts(self.mentions.text, start, end, self.mentions.groups, marks="|｜"):
            words = self.mentions.text[part.start : part.end].strip("* ")
            begin = self.mentions.text.find(words, part.start)
            item = self.mentions.item(begin, words) or self.mentions.one_of(
                Part(begin, begin + len(words), "")
            )
            return [item] if item and item.reading.sure >= 2 else []
        return []

    def _above(self, start: int, said: statements.Said) -> list[Mention]:
        """The heading above `- 国内首批通过备案的金融大模型之一`."""
        lead = self.mentions.text[start : said.start]
        rest = re.match(r"[^，,。；;\n]{0,24}", self.mentions.text[said.end : said.end + 24])
        is_bare = re.fullmatch(r"[-•*·\s]*(?:是|为|系)?(?:国内|全国|我国|行业内?|业内)*", lead)
        if self.heading is None or not is_bare or not rest or not re.match(r"的[^“「《]*$", rest[0]):
            return []
        return [self._with_owner(self.heading)]

    def _with_owner(self, heading: Mention) -> Mention:
        maker = heading.reading.maker or self.maker
        return replace(heading, reading=replace(heading.reading, maker=maker))

    def _pointed_at(self, start: int, said: statements.Said) -> list[Mention]:
        """The one sure name of the sentence before `这是国内第一个通过备案的大模型`."""
        clause = self.mentions.text[max(start, said.start - 24) : said.start]
        if not re.search(
            r"(?:^|[，,])\s*(?:这|它|(?:该|这一)(?:大?模型|产品|应用)|前者|后者)(?:也|同时)?(?:[是系]|成为)[^，,。]{0,14}$",
            clause,
        ):
            return []
        return self._sentence_before(start)

    def _sentence_before(self, start: int, far: int = 1) -> list[Mention]:
        """The one sure name of the sentence before `start`, or of the one before that, `far` of them; empty where it has none or
        several."""
        for _ in range(far):
            begin = self.mentions.clause(0, max(0, start - 1), "。！!？?\n")
            if named := self.mentions.only(begin, start):
                return named
            start = begin
        return []

    def _sentence_behind(self, start: int) -> list[Mention]:
        """The one sure name of the two sentences from `start` on."""
        sentences = list(islice(SENTENCE.finditer(self.mentions.text, start), 2))
        return self.mentions.only(start, sentences[-1].end()) if sentences else []
