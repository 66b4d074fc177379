"""The services that are the subject of an approval in a Chinese sentence: right before its predicate (`甲、乙等均已通过备案`,
`甲（已备案）`, `甲：通过备案`), or the noun it qualifies (`首批通过备案的大模型甲`).
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from scrapers.extract.filings import items, statements
from scrapers.extract.filings.lists import Lists
from scrapers.extract.filings.mentions import CLAUSE, Mention, Mentions

_BESIDES = re.compile(r"除了?(?P<m>.+?)(?:之|以)?外$")
"""`除云上大模型外，海上大模型也已通过备案`."""
_OF_FIRMS = re.compile(r"等[^，。“”]{0,6}(?:企业|公司|机构|单位|高校|院校|厂商|车企|银行)(?:的|旗下)")
"""`甲、乙等企业的14款大模型`: those who made them."""
_AMONG = re.compile(r"的?[^，,。；;“”]{0,8}[款个][^，,。；;“”]{0,10}中[，,]")
"""`已备案的6款大模型中，云上大模型…`."""
_COPULA = re.compile(
    r"(?:均|都|就|也)?(?:(?<!认)[是为系](?!了)|成为|作为|属于|跻身)(?:了)?[^，。“”（()）]{0,14}$"
)
_CHOSEN = re.compile(
    r"(?:调用|接入|采用|使用|选用|支持|内置|搭载|对接|切换[至到])[了的]?(?P<m>[^，,。；;\n]{2,20})$"
)
"""`网关默认调用云上`: the first of a list of names behind the verb of its clause."""
_OF_NOUN = re.compile(
    r"的[^，,。；;、“”（(]{0,12}?(?:模型|服务|应用|产品|助手|平台)(?:之一)?(?=[，,“「《])"
    r"|(?:的|了)*(?:(?:国产|国内|境内|本土|第三方|商业级?|适配|生成式|人工智能|大语言|通用|AI|大?模型|产品|服务|应用|企业|厂商|公司|平台|算法)+)?(?:之一|代表|名单|清单)?(?:当?中|里)?(?:的)?(?:\s?API)?\**"
)


_DEALT_PLACES = re.compile(r"(?:也|均|都)?分别[在于][\u4e00-\u9fff、和及与]{4,30}$")
"""`甲、乙也分别在陕西、四川完成登记`."""
_OF_NAME = re.compile(r"的(?P<m>[^，,。；;、“”（(]{3,20}?模型)(?=[，,。；;])")
"""`今年7月通过备案的云上大模型，…`, of a known one."""


@dataclass(slots=True)
class Subjects:
    mentions: Mentions
    lists: Lists

    def before(self, behind: int, said: statements.Said, start: int) -> tuple[list[Mention], bool]:
        """The services right before a predicate, and whether the words between or before them hold it back."""
        text = self.mentions.text
        end = said.start
        behind = self._outside(behind, end)
        note = ""
        opened = self._open_bracket(behind, end)
        if opened is not None:
            note, end = text[opened + 1 : end], opened
            if not _is_aside(note):
                return self._within(opened + 1, said), False
        if dealt := _DEALT_PLACES.search(text, behind, end):
            end = dealt.start()
        cut = list(items.parts(text, behind, end, inside=self.mentions.groups))
        item = self._last(cut, said, in_bracket=opened is not None) if cut else None
        if item is None:
            return [], False
        if (
            opened is not None
            and item.reading.maker is None
            and (maker := items.maker_in(note.rstrip("，, ")))
        ):
            item = replace(item, reading=replace(item.reading, maker=maker, sure=3))
        run = [item]
        words = text[cut[-1].start : cut[-1].end]
        is_whole = item.start - cut[-1].start <= len(words) - len(words.lstrip())
        if (opened is None or re.search(r"[均都皆]", note)) and (is_whole or items.LEAD.match(words)):
            run = self._with_those_before(run, cut, said)
        between = text[run[-1].end : end] + said.adverb
        lead = text[self.mentions.clause(behind, run[0].start, "，,；;：:。") : run[0].start]
        is_whole_group = bool(re.search(r"全部|均|都|皆", between))
        is_held = statements.is_held_back(
            between, "" if said.is_of or is_whole_group or said.is_granted else lead
        )
        return self.mentions.one_way(run), is_held

    def _last(self, cut: Sequence[items.Part], said: statements.Said, *, in_bracket: bool) -> Mention | None:
        """The service that the last part before a predicate names."""
        text, last = self.mentions.text, cut[-1]
        words = text[last.start : last.end]
        core = items.without_tail(words)
        if said.is_of or said.words.startswith(("首批", "第")):
            core = items.without_tail(_cut_copula(core))
        if _OF_FIRMS.match(words[len(core) :]):
            return None
        if said.is_of and core == words and not in_bracket and not words.endswith("等"):
            # `选用豆包、Kimi 国产备案模型`: only what is known stands before a noun without a word between
            core = re.sub(r"\s*(?:国产|国内|合规|主流)$", "", words)
            if core == words or not items.ends_known(core):
                return None
        item = self.mentions.item(last.start, core)
        if item is None or item.reading.sure < 2:
            item = self.mentions.one_of(last) or item
            if item is not None and statements.is_of_another_register(text[item.end : said.start]):
                return None
        if item is None or (
            statements.ENDS_UNDONE.search(item.reading.model) and not said.adverb.startswith("已")
        ):
            return None
        if in_bracket and item.reading.sure < 3 and last.mark in "：:" and len(cut) == 2:
            # `甲：企业级平台（已备案）`
            item = self.mentions.item(cut[0].start, text[cut[0].start : cut[0].end]) or item
        return item

    def _with_those_before(
        self, run: list[Mention], cut: Sequence[items.Part], said: statements.Said
    ) -> list[Mention]:
        """The service before a predicate with the ones listed before it: `甲、乙（某公司）、丙均已…`."""
        following = cut[-1]
        for part in reversed(cut[:-1]):
            if not following.mark or following.mark not in "、，,；;":
                break
            piece = self.mentions.text[part.start : part.end]
            besides = _BESIDES.match(piece)
            before = self.mentions.item(part.start, besides["m"] if besides else items.without_tail(piece))
            if besides and not re.match("[也还亦同]", said.adverb + said.words):
                before = None
            if before is not None and before.reading.sure == 1:
                before = self.mentions.one_of(part) or before
            if before is None or before.reading.sure < (1 if following.mark == "、" else 3):
                if before is None and following.mark == "、" and (first := self._first_of(part)):
                    run = [first, *run]
                break
            run = [before, *run]
            following = part
            if following.mark in "，,；;" and items.LEAD.match(piece):
                break
        return run

    def _first_of(self, part: items.Part) -> Mention | None:
        """The first name of a list, in a part that is a clause of its own."""
        chosen = _CHOSEN.search(self.mentions.text[part.start : part.end])
        return self.mentions.one_of(part) or (
            self.mentions.item(part.start + chosen.start("m"), chosen["m"]) if chosen else None
        )

    def _outside(self, at: int, end: int) -> int:
        """The place behind the bracket that `at` stands in, where it closes before `end`."""
        opened = max(self.mentions.text.rfind(mark, max(0, at - CLAUSE), at) for mark in "（(")
        if opened >= 0 and at < self.mentions.groups.get(opened, 0) <= end:
            at = self.mentions.groups[opened]
        while at < end and self.mentions.text[at] in "）)】]》”":
            at += 1
        return at

    def _within(self, opened: int, said: statements.Said) -> list[Mention]:
        """The services between the bracket a predicate stands in and the predicate: `（甲社“乙”大模型已备案）`."""
        inside = list(items.parts(self.mentions.text, opened, said.start, inside=self.mentions.groups))
        if not inside:
            return []
        last = inside[-1]
        item = self.mentions.item(last.start, items.without_tail(self.mentions.text[last.start : last.end]))
        return [item] if item is not None and item.reading.sure >= 2 else []

    def _open_bracket(self, start: int, end: int) -> int | None:
        """Where the bracket opens that a predicate stands in; null outside of brackets."""
        at = max(self.mentions.text.rfind("（", start, end), self.mentions.text.rfind("(", start, end))
        if at < 0 or (at in self.mentions.groups and self.mentions.groups[at] <= end):
            return None
        return at

    def of(self, said: statements.Said, end: int, is_held: bool) -> list[Mention]:
        """The services right behind the noun an approval qualifies: `首批通过备案的大模型文心一言`, `作为首批通过备案的产品，“文心一言”…`."""
        text = self.mentions.text
        if named := _OF_NAME.match(text, said.end, end):
            item = self.mentions.item(named.start("m"), named["m"])
            if item is not None and item.reading.sure == 3 and not is_held:
                return [item]
        noun = _OF_NOUN.match(text, said.end, end)
        at = noun.end() if noun else said.end
        if text[at : at + 1] in "（(" and (closed := self.mentions.groups.get(at)):
            run = self.lists.forward(at + 1, closed - 1, None)
            return run if all(item.reading.sure >= 2 for item in run) else []
        if is_held:
            return []
        if text[at : at + 1] in "“「" and (closed := self.mentions.groups.get(at)):
            # `首个通过备案的大模型“甲”亮相某某大会`
            goes_on = re.match(r"(?:大?模型)?[、和与及“「（(]", text[closed : closed + 6])
            class_ = re.match(r"[\u4e00-\u9fff]{0,6}?大模型", text[closed : closed + 10])
            whole = self.mentions.item(at, text[at : closed + (len(class_[0]) if class_ else 0)])
            if whole is not None and whole.reading.sure >= 2 and not goes_on:
                return [whole]
        if among := _AMONG.match(text, said.end, end):
            first = next(
                items.parts(text, among.end(), min(end, among.end() + 60), inside=self.mentions.groups), None
            )
            item = self.mentions.one_of(first) if first else None
            return [item] if item and item.start <= among.end() + 2 else []
        # `作为首批备案的产品，甲…`; not `甲是首批备案的产品，将…`
        is_as = re.search(
            r"作为|成为|(?:^|[，,。；;\n])[^，,。；;\n]{0,4}(?:是|系|为|属于)",
            text[max(0, said.start - 14) : said.start],
        )
        if is_as and text[at : at + 1] in "，,":
            at += 1
            first = next(items.parts(text, at, min(end, at + 60), inside=self.mentions.groups), None)
            item = self.mentions.item(first.start, text[first.start : first.end]) if first else None
            if first and (item is None or item.reading.sure < 3 or item.reading.maker is None):
                item = self.mentions.one_of(first) or item
            return [item] if item and item.reading.sure >= 2 else []
        run = self.lists.forward(at, end, None)
        return (
            run
            if run
            and run[0].start <= at + 1
            and all(
                i.reading.sure >= (2 if len(run) > 1 else 3) or text[i.end - 1] in "”」』》）)" for i in run
            )
            else []
        )


def _is_aside(note: str) -> bool:
    """Whether a bracket says nothing before its predicate but who, where, when and other names: `（云上公司，2025年3月通过备案）`."""
    for piece in re.split(r"[，,；;、]", note):
        words = items.without_lead(items.without_tail(piece.strip(" `")))
        if not words or items.is_maker(words) or items.is_place(words) or items.maker_in(words):
            continue
        if not (words.isascii() or re.match(r"[均都也已现属]", words) or re.fullmatch(items.DATE, words)):
            return False
    return True


def _cut_copula(words: str) -> str:
    """`云上大模型是国内首个` to `云上大模型`."""
    match = _COPULA.search(words)
    return words[: match.start()].rstrip() if match and match.start() >= 2 else words
