"""The services that lists of a Chinese text name: behind a lead (`通过备案的有：甲、乙`, `包括甲和乙`), in a bracket behind a
number (`新增2款（甲、乙）`), all over a sentence that is a list, one a line below words that announce them.

A list is one of approved services where the words before it speak of an approval that was given; parts that only may be names
count where their number is the one printed, or a lead announces them.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from itertools import zip_longest

from scrapers.extract.filings import items, lines, statements
from scrapers.extract.filings.grammar import province_of
from scrapers.extract.filings.items import Part
from scrapers.extract.filings.mentions import CLAUSE, NEAR, PLACES, Mention, Mentions, owned
from scrapers.lexicon import models
from scrapers.text.numerals import parse

_LEAD = re.compile(
    r"(?:(?:连同|加上)(?:此前|早先|先前|早前|之前)(?:已?备案|已?通过)?的|包括了?|包含|涵盖|覆盖|囊括|收录了?|出现了?|的还有|还有|[另也又]有|分别(?:为|是|有|来自)|名单[中里]?(?:如下|为|[既还也]?有(?!利|助)|包括)?|如下|有以下|具体(?:为|是|包括)|它们是|即|涉及|(?<!华)为(?![^，,。；;\n“]{1,14}(?:提供|带来|打造|赋能))|有(?!限|道|利|助|关)|是|如(?!果|有|需)|比如|例如|像)[：:]?|——?|[：:]"
)
_NAMING = re.compile(r"包|涵盖|覆盖|囊括|收录|出现|还有|另有|分别|名单|如|具体|它们|即|[：:—]|例|像")
"""Leads after which bare words may be names."""
_CALLED = re.compile(r"(?:^|[。\n，,])\s*(?:该|这[款个]|此)[^，。]{0,6}?名?[为是叫“]+$")
"""`该应用名为“…”`: the one service that the sentence before was about."""
_ANOTHER = re.compile(
    r"继(?P<first>[^，,。；;]{3,60}?)之?后[，,]?[^，,。；;]{0,24}(?:(?:备案|登记|获批|通过|过审)[^，,。；;]{0,6}(?:又一|第[二三四五六])|(?:又一|第[二三四五六])[^，,。；;]{0,12}(?:备案|登记|获批|通过|过审))"
)
"""`继云上公司“甲”之后，我省获批的又一款模型`: the one before was approved too."""
_BESIDES = re.compile(
    r"除了?(?P<first>[^，,。；;]{3,60}?)(?:之|以)?外[，,](?:还|另|又)[^，,。；;]{0,4}(?:包括|有|为)"
)
"""`除云上公司的甲外，还包括…`."""
_REGISTERED = re.compile(
    r"(?<![^，,。；;：:\n])(?P<e>[^，,。；;：:\n“”]{2,20}?)(?:已|先后|陆续|相继|共|还|又|也)*(?:登记|备案)了(?!解)"
)
"""`云上银行先后登记了甲、乙`."""
_MOST = re.compile(r"其中[，,]?[^，,。；;]{0,12}的?(?:是|为)$")
"""`其中最受关注的是云上公司的“…”`."""
_PLACED = re.compile(
    rf"(?:其中)?[，,]?(?P<place>{PLACES})(?:市|省|自治区)?(?:地区)?(?:的)?(?:有|共|入选|新增)?(?:\d+|[一二两三四五六七八九十]+)?(?:家|款|个|项)?(?:企业|机构|单位|大?模型|产品|服务|应用)?(?:则|分别)?(?:为|是|有|包括|入选|：|:)*"
)
_FIELD_NAMES = re.compile(r"(?:备案|登记)(?:号|编号|单位|主体|时间|日期)[：:]")
_LISTING = re.compile(
    r"包括|包含|分别|名单|清单|如下|其中|有|具体|新增|[本此这]次|(?:模型|服务|产品|应用|企业|公司|机构|[\d两几三四五六七八九十][款个家项批])(?:分别)?[是为]?[：:]?"
)
"""Words of a sentence that goes on with the list of what the sentence before was about."""
_ONE_OF_THEM = re.compile(r"[、，](?:国产|国内|合规|主流)?已?备案的?大?模型")
"""`接入甲、乙、国产备案模型`: approved models are an item of the list, not what it is a list of."""
_COUNT_BRACKET = re.compile(
    r"(?P<n>\d{1,3}|[一两二三四五六七八九十]{1,3})[款个家项](?:(?!包括|包含|分别|涵盖|[有是为])[^，,。；;、：:（()）“”]){0,24}[（(](?=[^（()）])"
)
_NUMBER_FIELD = re.compile(r"(?:其)?(?:备案|登记|上线)(?:编号|号)[为是：:]?\s?[A-Za-z]+-\S+$")
"""Behind a service of a list: `“某某”，备案编号…；`."""
_OF_FIELDS = re.compile(r"等[^，,。；;“”、]{0,6}(?:领域|行业|场景|方向|环节|赛道|门类|类型|业务)$")
"""`覆盖云计算、自动驾驶等领域`."""
_PREDICATE_TAIL = re.compile(
    r"(?:等等|等)(?=$|[多几\d一二三四五六七八九十两]+[余多]?[款个家项种]|均|都|已|产品|大?模型|服务|应用|企业|公司|机构|厂商|在内|通过|获|完成|国内|国产|知名|主流|AI|生成式|一批|首批|先后|陆续|成功|正式|也|[，。；）)])"
    r"|在内|(?:均|都|已经?|成功|正式|率先|先后|陆续|也|同时|于?20\d\d年|于?\d{1,2}月)+(?:通过|完成|获批|获得|取得|入选|上线|备案|登记|位列|在)"
    r"|(?:通过|完成|获批|获得|取得|入选|位列|榜上有名|在列|首批上线)|(?<=[”」』》）)])(?:[两二三四五六七八九十\d]+[款个项家]|都|也|由|可以?|均|将|目前|现|通过|完成|获|已|均|正式|成功|分别|上线)|(?:共计?|合计)?\d+[款个项]$"
)


@dataclass(slots=True)
class Topic:
    """The approval a text last spoke of: its sentence, where that ends, how many services it is about; `register` is the last
    sentence that named a register."""

    words: str = ""
    end: int = -NEAR
    numbers: set[int] = field(default_factory=set)
    register: str = ""


@dataclass(slots=True)
class Lists:
    """`lines_end` is where the last list of lines ends."""

    mentions: Mentions
    topic: Topic
    lines_end: int = 0

    def after(self, start: int, end: int, said: set[int], has_topic: bool) -> Iterator[tuple[Mention, str]]:
        """The services behind the leads of a sentence, in brackets behind a number, or all over a sentence that is a list; each
        with the words before its list."""
        text = self.mentions.text
        covered = start
        did = list(_REGISTERED.finditer(text, start, end))
        for match, behind in zip_longest(did, did[1:]):
            maker = items.maker_of(match["e"])
            stop = behind.start() - 1 if behind else end
            for item in self.forward(match.end(), stop, None) if maker else ():
                yield owned(item, maker), match[0]
        for match in [*_ANOTHER.finditer(text, start, end), *_BESIDES.finditer(text, start, end)]:
            if "批" in match["first"]:
                continue  # `继首批大模型开放后`
            if match.re is _ANOTHER or self._is_governed(start, match.start(), end, has_topic):
                for item in self.forward(match.start("first"), match.end("first"), None):
                    yield item, match[0]
        for match in _COUNT_BRACKET.finditer(text, start, end):
            if not self._is_governed(start, match.start(), end, has_topic):
                continue
            opened = match.end() - 1
            closed = self.mentions.groups.get(opened)
            if closed is None:
                continue
            run = self.forward(opened + 1, closed - 1, None)
            count = parse(match["n"])
            if run and (len(run) == count or all(i.reading.sure >= 2 for i in run)):
                head = self.mentions.clause(start, match.start(), "，,；;：:、")
                place = _place_of(text[head : match.end() - 1])
                for item in run:
                    yield replace(item, place=place or item.place), text[head : match.end()]
                covered = max(covered, closed)
        leads = [(start, start, "")] + [(m.start(), m.end(), m[0]) for m in _LEAD.finditer(text, start, end)]
        reached = covered
        for at, behind, lead in leads:
            if behind < reached and lead:
                continue
            if lead and not self._is_governed(start, at, end, has_topic):
                continue
            head = self.mentions.clause(start, at, "，,；;、。")
            run = self.forward(behind, end, _place_of(text[head:behind]) if lead else None)
            if not run:
                continue
            if not lead and not self._is_list(run, start, end, has_topic):
                continue
            if _OF_FIELDS.search(text[run[-1].start : min(end, run[-1].end + 12)]):
                continue
            if self._listed(run, said, lead, text[run[-1].end : min(end, run[-1].end + 40)], has_topic):
                reached = run[-1].end
                for item in run:
                    yield item, text[head:behind]

    def described(self, start: int, end: int) -> list[Mention]:
        """The services a sentence tells something of, one by one with their makers, where the one before said how many they are:
        `新增2款。甲公司的某某主打推理，乙公司的某某专攻视频。`"""
        told = [
            m
            for part in items.parts(self.mentions.text, start, end, inside=self.mentions.groups)
            if (m := self.mentions.one_of(part)) is not None and m.reading.maker is not None
        ]
        return told if len(told) > 1 and len(told) in self.topic.numbers else []

    def _is_list(self, run: list[Mention], start: int, end: int, has_topic: bool) -> bool:
        """Whether a sentence is nothing but the list it begins with, below words of an approval."""
        if len(run) < 2 or any(item.reading.sure < 3 for item in run):
            return False
        if not all(item.reading.maker for item in run) and (has_topic or run[-1].end < end - 12):
            return False
        return self._is_governed(start, start if not has_topic else end, end, has_topic)

    def _is_governed(self, start: int, at: int, end: int, has_topic: bool) -> bool:
        """Whether the list at a lead is of what was approved: by the words before it in its sentence, else behind it, else by
        the sentence before."""
        text = self.mentions.text
        before = text[max(start, at - 240) : at]
        if statements.TOPIC.search(before):
            return statements.is_topic(before)
        if has_topic:
            ahead = text[at : min(end, at + 600)]
            return statements.is_topic(ahead) and not _ONE_OF_THEM.search(ahead)
        if re.search(
            r"语料|数据|功能|能力|场景|领域|技术|参数|用户|客户",
            text[self.mentions.clause(start, at, "，,；;") : at],
        ):
            return False  # `语料涵盖…`
        if at > start and not _LISTING.search(text[max(start, at - 40) : at + 4]):
            return False  # `报告显示：…`: not of what the sentence before is about
        if re.search(r"公布|新增|名单|[本此这]次|[本这]批", text[start:at]) and self.topic.end < 0:
            return statements.is_topic(text[end : end + 60])  # `本次公布的3款为：…。至此累计备案868款`
        told = text[max(0, self.topic.end - 160) : max(0, self.topic.end)]
        return statements.is_topic(told)

    def forward(self, at: int, end: int, place: str | None) -> list[Mention]:
        """The services of the list that begins at `at`; it ends with the first part that names none."""
        text = self.mentions.text
        run: list[Mention] = []
        gaps = 0
        for part in items.parts(text, at, end, inside=self.mentions.groups):
            words = text[part.start : part.end]
            if run and _NUMBER_FIELD.match(words):
                continue
            if (len(words) > items.LONGEST and not run) or _OF_FIELDS.search(words):
                return []
            if (placed := _PLACED.match(words)) and (
                placed.end() == len(words) or placed[0][-1] in "有为是括：:"
            ):
                place = province_of(placed["place"])
                if placed.end() == len(words):
                    continue
                words = words[placed.end() :]
                part = Part(part.start + placed.end(), part.end, part.mark)
            core, is_end = _cut_predicate(words)
            item = self.mentions.item(part.start, items.without_tail(core))
            if item is None:
                if not run or part.mark != "、" or is_end:
                    # `甲大模型，甲有限公司；乙大模型，乙有限公司`
                    maker = items.maker_of(core) or core.strip()
                    if (
                        run
                        and part.mark in "，,"
                        and run[-1].reading.maker in (None, maker)
                        and items.is_maker(core.strip())
                        and not re.search(r"分别|[均都]", core)
                    ):
                        told = replace(run[-1].reading, maker=maker, sure=3)
                        run[-1] = replace(run[-1], reading=told, end=part.start + len(core))
                        continue
                    break
                gaps += 1
                if gaps > 1 + len(run) // 2:
                    break
                continue
            if run and part.mark in "：:|｜":
                break
            if (
                run
                and part.mark in "，,；;\n"
                and item.reading.sure < (2 if part.mark in "；;" else 3)
                and not (run[-1].reading.sure >= 2 and item.reading.sure >= 2)
            ):
                break
            run.append(replace(item, place=place))
            if is_end:
                break
        return self.mentions.one_way(run)

    def _listed(self, run: list[Mention], said: set[int], lead: str, rest: str, has_topic: bool) -> bool:
        """Whether the parts behind a lead are a list of services."""
        strong = sum(item.reading.sure >= 2 for item in run)
        sure = sum(item.reading.sure == 3 for item in run)
        if len(run) == 1:
            one = run[0].reading
            if lead == "出现" and self.mentions.text[run[0].start] == "“":
                return has_topic
            if one.sure == 3 and one.maker and lead.endswith(("—", "：", ":")) and rest[:1] in "，,。；;":
                return has_topic
            return (
                (
                    has_topic
                    or bool(_CALLED.search(self.mentions.text[max(0, run[0].start - 24) : run[0].start]))
                    or (
                        one.maker is not None
                        and _MOST.search(self.mentions.text[: run[0].start][-24:]) is not None
                    )
                )
                and bool(re.search(r"包|分别|[即为是：:—]|名单|出现|还有", lead))
                and one.sure >= 2
                and (
                    1 in said
                    or not has_topic
                    or lead in ("的还有", "还有")
                    or (one.sure == 3 and self.mentions.text[run[0].start - 1] in "：:即为是—")
                    or (lead.endswith("出现") and self.mentions.text[run[0].start] == "“")
                )
                and (
                    not has_topic
                    or not rest.strip(" 。；;，,）)")
                    or (1 in said and rest[0] in "，,；;。")
                    or re.match(r"[，,](?:完成|备案|登记|获批|通过)的?(?:时间|日期)", rest) is not None
                )
            )
        if len(run) in said and (strong or has_topic or _NAMING.search(lead)):
            return True
        if not has_topic and sure < len(run):
            # right behind the sentence of an approval: `又有一批获批。本批共14款，包括甲科技“乙”、丙网络“丁”`
            is_told = all(item.reading.sure >= 2 and item.reading.maker for item in run)
            return (
                is_told
                and len(run) > 2
                and run[0].start - self.topic.end < CLAUSE
                and bool(_NAMING.search(lead))
            )
        if strong == len(run) and (sure >= 1 or len(run) >= 2):
            return True
        return 2 * strong >= len(run) and sure > 0 and bool(_NAMING.search(lead))

    def announces(self, sentence: str) -> bool:
        return (
            statements.is_topic(sentence[-240:])
            and (
                len(sentence) <= 48
                or bool(re.search(r"[：:]\s*$|如下[：:。]?\s*$|(?:以下|下方)[^。]{0,20}[名清]单", sentence))
            )
        ) or (
            bool(re.search(r"[：:]\s*$|如下[：:。]?\s*$", sentence))
            and statements.is_topic(self.mentions.text[max(0, self.topic.end - 160) : self.topic.end])
        )

    def lines(self, at: int, said: set[int], has_topic: bool) -> list[Mention]:
        """One service a line, below a line that announces them."""
        text = self.mentions.text
        run: list[Mention] = []
        number: int | None = None
        skipped = 0
        while at < len(text):
            begin = at + 1
            stop = text.find("\n", begin)
            stop = len(text) if stop < 0 else stop
            line = text[begin:stop]
            at = stop
            if not line.strip():
                if run and skipped:
                    break
                continue
            bullet = lines.BULLET.match(line)
            if statements.TOPIC.search(_FIELD_NAMES.sub("", line)) and not bullet and not run:
                break
            told = lines.read(text, begin, stop)
            item = Mention(*told) if told else None
            if item is None or (run and number is not None and bullet is None):
                if run and number is not None and (bullet is None or bullet["n"]) and skipped < 3:
                    skipped += 1
                    continue
                break
            skipped = 0
            number = 0 if bullet and (bullet["n"] or "①" <= bullet[0].strip()[:1] <= "⑳") else None
            run.append(item)
            self.lines_end = stop
        run = self.mentions.one_way(run)
        strong = sum(item.reading.sure >= 2 for item in run)
        if len(run) in said or (len(run) >= 2 and 2 * strong >= len(run)):
            return run
        self.lines_end = 0
        return []


def _cut_predicate(words: str) -> tuple[str, bool]:
    """Words up to what ends a list (`等5款已通过备案`), and whether something did."""
    inside = items.groups(words, 0, len(words))
    for match in _PREDICATE_TAIL.finditer(words):
        if match.start() == 0 or any(opened < match.start() < closed for opened, closed in inside.items()):
            continue
        if models.sureness(words[: match.end()]):
            continue
        return words[: match.start()].rstrip(), True
    return words, False


def _place_of(words: str) -> str | None:
    """The province of `北京5家：`, the words right before a list."""
    match = _PLACED.match(words.strip())
    if match is None or not re.search(r"[家款个项有为是：:]|包括|入选", words):
        return None
    return province_of(match["place"]) if match.end() >= len(words.strip()) - 2 else None
