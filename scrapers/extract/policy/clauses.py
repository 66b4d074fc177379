"""Support clauses of a text: every number bound to its programme, beneficiary, base and period."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import groupby, takewhile

from scrapers.extract.policy import frames, roles, tiers, topics
from scrapers.extract.policy.draft import Draft
from scrapers.extract.policy.frames import Frame
from scrapers.extract.policy.segments import Sentence
from scrapers.extract.policy.topics import Topic
from scrapers.records import Instrument
from scrapers.text import scan
from scrapers.text.money import Amount, amounts

# A formula of words (补贴金额=算力费用×30%) is a rule, one of numbers an example.
_EXAMPLE = scan.Sought(
    r"(?:例如|比如|譬如)(?![^。;某]{0,24}(?:推出|出台|印发|发布|提出|明确|规定|实施))|举例|假设|假如|假定|如果按|若按|测算|如某|以某|示例|(?<!比)例\d?:|\d[^,。;]{0,4}[×÷]|\d\s?[*x]\s?\d|=\s?\d|\d+/\d{2,}",
    r"[例比譬举假如若测以示\d=]",
)
_OTHER_POT = re.compile(r"[^、,;券]{0,12}(?:资金|基金|奖励)(?:[、,;。]|$)")
"""A pot named after another in one list: `1亿元算力券、1亿元场景专项资金`."""
_OTHER_ITEM = re.compile(
    r"(?P<what>[\u4e00-\u9fff]{2,6})(?:补贴|补助|奖励|资助|支持)\((?:每?年|年度)?(?:最高|上限|不超过)?$"
)
"""A sum beside an item of a list that is for something else: `算力券、社区补贴(年最高200万元)`."""
_ITEM_OF = re.compile(r"\)[、,]\s?(?P<what>[^、,;:()]{2,10})\((?:(?:每?年度?)?(?:最高|上限|不超过))?$")
"""The next item of a list whose sums stand in brackets: `算力支持(3个月免费)、人才落户(最高10万)`."""
_LOAN = scan.Sought(r"银行[^。;]{0,40}(?:落地|投放|发放|提供|授信|放款)[^。;]{0,60}(?:贷款|授信)", "银")
"""What a bank lends."""
_INTEREST = re.compile("贴息|利息|利率|贷")
"""What is paid for a loan is no aid for compute, whoever borrows."""
_OF_VOUCHERS = re.compile(r"的?[^,;。]{0,6}券")
_PROPOSES = "建议:"
_ASKS = scan.Sought(
    r"(?:委员|代表|学者|专家)[^。;]{0,12}(?:建议|呼吁|提议)(?!的|收悉|办理|您|答复)|拟[^,。;]{0,12}研究|(?:正在|将)研究|正在征求意见|未(?:予)?采纳|不予采纳|您们?(?:在[^,。;]{0,30}中)?(?:建议|提出|提议)(?!的|后)",
    "[委代学专拟正将未不您]",
)
"""What somebody asks for is no promise: of one sentence, or of all that follows `建议:`."""
_FORMER = re.compile(
    r"\W{0,3}(?:周边|外地|兄弟|先进|其他)(?:城市|省市|地区|地市)|\W{0,3}(?:原|旧|修[订改]前|调整前)(?:的)?(?:政策|条款|标准|规定|版本?|办法|文件)?:"
)
"""What a comparison says of the old terms or of those of other places."""
_SAYS = scan.Sought(
    r"(?:拟对?|经审[核查])[^。;]{0,60}(?:兑付|兑现|拨付)[^。;]{0,12}[共合总]计|我们(?:企业|公司|团队)?[^。;]{0,8}(?:拿|领|申请|获得|用|省|抵|兑)",
    "[拟经我]",
)
"""What a user tells of his own vouchers, and what is paid out to named ones."""
_TENDER = re.compile(r"招标公告|投标保证金|中标(?:金额|公告|单位)|最高限价|采购预算")
_OFFERED = scan.Sought(
    r"奖金?池|套餐|Coding ?(?:计划|Plan)|充值(?:再|满|即|送|享)|立领|实名送|注册[^,。;]{0,16}(?:[立再]?领|赠?送)\s?\d",
    "[奖套C充立实注]",
)
"""What a contest gives to its winners, or a seller to his customers."""
_TITLE = 120
_RESULTS = re.compile(r"(?:分配|拨付|兑付|兑现|审核|评审)结果|名单(?:的)?公[示告]|公示名单")
_TERMS_OF = re.compile(r"办法|细则|指南|措施")
"""Who was paid how much promises nothing to anybody."""
_COMPUTE_KIND = re.compile(r"券\(?(?:算力|智算)")
"""科技创新券(算力专项): a voucher of many kinds, of which the text is about one."""
_RULES = re.compile(
    r"指南|细则|办法|规程|指引|方案|须知|解读|问答|公告|发放工作|[这怎么样]+(?:领|申)|申[报领]|兑[付现]"
)
_PROGRAMME = re.compile(r"-(?![^-]*(?:发|推|设立|领))[\u4e00-\u9fff]{2,8}券(?:补贴|支持|政策|资金)?$")
"""A title that ends in the voucher it is of: `2026年产业发展资金-算力券补贴`."""
_FIGURE = scan.Sought(r"[\d元%成]|分之|一半|[半全]额", r"[\d元%成分一半全]")

_BASE = re.compile(
    r"(?P<base>[\u4e00-\u9fffA-Za-z\"()/]{2,40}?)(?:的)?(?:最高|不超过|不高于|比例|且)*(?:的)?$"
)
# What stands before a base: how the share is introduced, and who gets it.
_BASE_LEAD = re.compile(
    r".*(?:不得?超过|不高于|按照?|依据|根据|比例|给予|抵扣|其中|均|一般|即可|(?:金额|额度|标准)为|省级|市级|区级|每年|方|企业|单位|主体)(?=.{2})|^(?:分别|照|最高|可|以|为|其|该|\"|,)+"
)
_BASE_AFTER = re.compile(
    r"^(?:的)(?P<base>[\u4e00-\u9fffA-Za-z]{0,10}(?:费用|成本|支出|租金|金额|合同额|服务费|价格|费))"
)
_SPEND_NOUN = re.compile(
    r"(?:费用?|支出|成本|租金|金额|合同额|合同|总额|款|价格|价款|额度?|费|开支|投入|投资)$"
)
_SAME_SUBJECT = re.compile(r"^(?:其|上述|该|以上|前述|此类)")
_LABEL = re.compile(
    r"\s*(?:答|(?:支持|预计|补贴|补助|奖励|资助|申报|兑付|发放|年度|最高|单笔)?(?:标准|比例|额度|方向|范围|对象|条件|方式|内容|上限|金额|预算|规模|总额)):"
)
_OTHER_AID = re.compile(r"\W{0,3}(?P<what>[\u4e00-\u9fff]{2,6})(?:(?P<aid>补贴|补助)|奖励|奖补|资助|扶持):")
"""A label inside a line that opens aid of another kind: `算力补贴:…。数据奖励:…`."""
_COUNTED = re.compile(r"\s*[一二三四五六七八九十]是")
"""A line that counts on (二是…) belongs to what is counted."""
_PARTS = re.compile(r",?\s?其中:?[^;。]{2,24}元[^;。]{2,24}元")
"""What a pot is parted into says what it is for, where nothing else does."""
_TERMS = re.compile(
    r"\s*(?:[(第]?[一二三四五六七八九十\d]{1,3}[)、.条]\s?)(?:[\u4e00-\u9fff]{0,6}(?:标准|比例|额度|限额|上限|规模|方式)|资金[\u4e00-\u9fff]{0,4})\s?[:\n。]"
)
"""An article that is only the terms of what the article before it names."""
_HEADING = 24
_ROW = re.compile(r" \| |^\|.*\|$")
_ROWS = 40
_SHORT = 1500
_IN_LETTERS = re.compile(r"\(?大写:?(?:人民币)?$")
"""30万元(大写:叁拾万元整) says one sum twice."""
_ELSEWISE = re.compile(
    r"[,;、](?![^。]{0,40}(?:[每单]|一次性|同一|[再另]|奖))[^。%元]{0,30}?(?:提高|放宽|上浮|增加|增|调整|上调|限额|上限|封顶|最高|最多|至多|不超过|不高于|为)[到至为]?(?:人民币)?|"
    r"[,;、][^,。%元每单]{0,8}(?:企业|单位|机构|项目|高校|院所|团队|类)[^,。%元每单]{0,3}"
)
_ISSUES = re.compile(r"(?:发放|核销|发券|领券|用券)(?:的)?(?:规模|总额|总量|额度|金额)")
"""Only vouchers are issued by volume: a line of a report on one voucher speaks of it."""
_ITEM_END = re.compile("[,;/+]")
_ITEM_SIZE = 24
_AID_WORD = re.compile(r"补贴|补助|奖励|给予|资助|支持|抵扣")
_DEARER = re.compile(r"(?:高于|超过|低于|超出)(?<!不高于)(?<!不超过)(?<!不低于)$")
"""Electricity dearer than so much."""
_GIVEN = re.compile(r"免费|给予|赠送|提供|支持|发放")
_RAISED_TO = re.compile(
    r"^(?:/年)?(?:提高|降|下调|降低|放宽|提升|增加|扩大|上调|调整|提标|增|扩容)(?:到|至|为)(?:最高|不超过)?$"
)
_LISTS = re.compile(r"[\"']?\s?(?:[、+/和与及]|以及)\s?[\"']?")
_LIST = re.compile(
    r"^(?:[\"']?[\u4e00-\u9fffA-Za-z]{1,6}券[\"']?)?\s?(?:[、和与及或]|以及)\s?(?:最高|不超过)?\s?$"
)
"""Between sums of one list: 100万元、50万元, and 100万元算力券、50万元模型券."""


@dataclass(frozen=True, slots=True)
class Floor:
    """Spend from which a programme pays (`min_spend_cny`)."""

    value: Decimal
    topic: Topic
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Dropped:
    """A number near a programme that is not its promise."""

    code: str
    start: int
    end: int


def read(folded: str, found: list[Sentence]) -> Iterator[Draft | Floor | Dropped]:
    """The promises of a text in order. `folded` is the text folded for matching; offsets are those of the text."""
    head = folded[:_TITLE].lstrip().split("\n")[0]
    if _RESULTS.search(head) and not _TERMS_OF.search(head):
        return
    reader = _Reader(folded, bool(re.search(r"算力|智算|模型|人工智能|comput", folded, re.I)))
    for _, group in groupby(found, key=lambda sentence: sentence.article):
        yield from reader.article(list(group))


class _Reader:
    """Reads sentence by sentence; what an article has said of its topic so far is carried to the next frame."""

    def __init__(self, folded: str, is_about_compute: bool) -> None:
        self.folded = folded
        self.about = is_about_compute
        self.carried: Topic | None = None
        self.voucher: Topic | None = None
        self.heading: Topic | None = None
        self.above: tuple[Topic | None, Topic | None] | None = None
        """In a table, the topics of the words before it."""

        self.titled = self._title()
        """The voucher whose guide or rules the whole text is."""
        self.single = self._only()
        self.proposes = False
        self.siblings: dict[tuple[str, ...], Topic] = {}
        """What the articles under one heading pay for: (一)申报条件 names it, (二)补助标准 gives the numbers."""
        self.is_topical = topics.topic(self._head()) is not None

    def _head(self) -> str:
        return self.folded[:_TITLE].lstrip().split("\n")[0]

    def _title(self) -> Topic | None:
        head = self._head()
        if "。" in head:
            return None
        named = {instrument for _, _, instrument in topics.named(head)}
        if len(named) > 1:
            named.discard("compute_subsidy")
        if not named and _COMPUTE_KIND.search(head):
            named = {"compute_voucher"}
        if not named and "服务券" in head and (topic := topics.topic(head)) and topic.family == "model":
            return replace(topic, strength=3, named=True)
        is_of_one = _RULES.search(head) or _PROGRAMME.search(head)
        return Topic(named.pop(), "user", 3, True) if len(named) == 1 and is_of_one else None

    def article(self, found: list[Sentence]) -> Iterator[Draft | Floor | Dropped]:
        self.carried = self.voucher = self.titled
        self.above = None
        for heading in found[0].headings:
            topic = topics.topic(heading, self.about)
            if topic is not None and not frames.aims(heading):
                self.carried = topic
                self.voucher = topic if topic.named else self.voucher
        parent = found[0].headings[:-1]
        if self.carried is None and _TERMS.match(self.folded, found[0].start):
            self.carried = self.voucher = self.siblings.get(parent)
        self.heading = self.voucher
        yield from self._lines(found)
        if self.carried is not None and self.carried.strength > 1 and (parent or self.is_topical):
            self.siblings[parent] = self.carried

    def _lines(self, found: list[Sentence]) -> Iterator[Draft | Floor | Dropped]:
        for sentence in found:
            if not sentence.headings and sentence.opens_line and not self._goes_on(sentence):
                self.carried = self.voucher = self.heading = self.titled
            text = self.folded[sentence.start : sentence.end]
            if sentence.opens_line:
                self._row(text, sentence.start)
            self.proposes = self.proposes or (text.endswith(_PROPOSES) and text[-4:-3] not in ("的", "号"))
            if self.single and self.carried is None and self.voucher is None and _ISSUES.search(text):
                self.carried = self.voucher = self.single
            if self.carried is None and self.voucher is None and not topics.is_relevant(text):
                continue
            if not _FIGURE.holds(text):
                self._listen(text)
                continue
            if _EXAMPLE.holds(text):
                yield Dropped("worked-example", sentence.start, sentence.end)
                continue
            if _FORMER.match(text) or _SAYS.holds(text) or _LOAN.holds(text):
                yield Dropped("past", sentence.start, sentence.end)
                continue
            if _TENDER.search(text):
                yield Dropped("tender", sentence.start, sentence.end)
                continue
            if _OFFERED.holds(text):
                yield Dropped("offer", sentence.start, sentence.end)
                continue
            if self.proposes or _ASKS.holds(text):
                yield Dropped("proposal", sentence.start, sentence.end)
                continue
            if (
                (aid := _OTHER_AID.match(text))
                and topics.topic(aid["what"] + "补贴") is None
                and (not aid["aid"] or frames.aims(aid["what"]))
            ):
                self.carried = self.voucher = self.titled
            yield from self._sentence(text, sentence)

    def _row(self, text: str, start: int) -> None:
        """A row of a table speaks for itself: it passes nothing on, and where one row names its own voucher the others have
        what they name."""
        if "|" not in text or not _ROW.search(text):
            self.above = None
            return
        if self.above is None:
            rows = takewhile(_ROW.search, self.folded[start:].split("\n", _ROWS)[:_ROWS])
            named = any(topics.named(row) for row in rows if _FIGURE.holds(row))
            self.above = (None, None) if named else (self.carried, self.voucher)
        self.carried, self.voucher = self.above

    def _goes_on(self, sentence: Sentence) -> bool:
        """Whether a line of unnumbered text is still about what the line before was: a labelled value (补贴标准:…), or the
        line under a heading."""
        start = sentence.start
        if _COUNTED.match(self.folded, start):
            return True
        if _LABEL.match(self.folded, start):
            if self.carried is None:
                self.carried = self.voucher = self.single
            return True
        above = self.folded[max(0, start - _HEADING - 2) : start].rstrip("\n ").rsplit("\n", 1)
        return (
            len(above) == 2
            and len(above[1]) > 2
            and not above[1].endswith(("。", ";", ",", ")"))
            and not _FIGURE.holds(above[1])
        )

    def _only(self) -> Topic | None:
        """The one voucher a short text is about."""
        if len(self.folded) > _SHORT:
            return None
        named = {instrument for _, _, instrument in topics.named(self.folded)}
        if len(named) != 1:
            return None
        return Topic(named.pop(), "user", 3, True)

    def _listen(self, text: str) -> None:
        """A sentence without figures still says what the next ones are about."""
        topic = topics.topic(text, self.about)
        if (
            topic is not None
            and topic.strength > 1
            and (topic.named or not frames.aims(text) or frames.spends(text, topic))
        ):
            self.carried = topic
            self.voucher = topic if topic.named else self.voucher

    def _sentence(self, text: str, sentence: Sentence) -> Iterator[Draft | Floor | Dropped]:
        figures: list[Amount] | None = None  # read only where a frame promises something
        has_rate = False
        cap: Draft | None = None
        subject: str | None = None
        found = frames.split(text, self.about)
        refused = False
        for position, frame in enumerate(found):
            topic = frames.settle(frame, self.carried, self.voucher)
            if refused and frame.own is None and frame.subject is None:
                topic = None  # the cap of a promise that was not for compute
            refused = topic is None and (refused or (frame.subject is not None and not frame.is_item))
            if position + 1 < len(found):
                following = found[position + 1]
                if topic is None:
                    topic = frames.pot_of(frame, following)
                elif frames.pays_else(frame, following):
                    topic = None
            if frame.is_item and frame.subject and not frames.names_whom(frame.subject):
                subject = None
            elif frame.subject and not (subject and _SAME_SUBJECT.match(frame.subject)):
                subject = frame.subject
            if topic is None:
                if frame.aims:
                    self.carried = self.heading
                continue
            figures = _figures(text) if figures is None else figures
            inside = [figure for figure in figures if frame.start <= figure.start < frame.end]
            # `使用已备案模型的同样适用` in an article of compute vouchers: what follows is of the vouchers again
            self.carried = topic if inside or topic.named or self.voucher is None else self.voucher
            if topic.named:
                self.voucher = topic
            if frame.subject or frame.own is not None:
                has_rate = False
            reader = _Figures(
                self.folded, text, sentence, frame, inside, topic, subject, has_rate, cap is not None
            )
            for item in reader.read():
                if isinstance(item, Draft):
                    has_rate |= item.kind == "rate_cap"
                    if item.kind == "max_amount":
                        item = cap = _of_same_time(self.folded, cap, item)
                yield item


@dataclass(slots=True)
class _Figures:
    """Reads the figures of one frame in order: what each is of, what part it plays, and whom it is for."""

    folded: str
    text: str
    sentence: Sentence
    frame: Frame
    figures: list[Amount]
    topic: Topic
    subject: str | None
    has_rate: bool
    has_cap: bool
    last: roles.Role = "none"
    """The part of the figure before: figures of one list (50万元、200万元、500万元) are of one kind."""

    def read(self) -> Iterator[Draft | Floor | Dropped]:
        is_of_loan = False
        for position, figure in enumerate(self.figures):
            phrase = next(
                (p for p in self.frame.phrases if p[0] <= figure.start < p[1]),
                (self.frame.start, self.frame.end),
            )
            is_of_loan = is_of_loan or bool(
                _INTEREST.search(self.text, phrase[0], _comma(self.text, figure.end))
                and not _OF_VOUCHERS.match(self.text, figure.end)
            )
            if is_of_loan or self._is_elsewhere(figure, phrase):
                yield self._dropped(figure)
            elif figure.kind != "duration":
                yield from self._figure(position, figure, phrase)

    def _dropped(self, figure: Amount) -> Dropped:
        base = self.sentence.start
        return Dropped("other-number", base + figure.start, base + figure.end)

    def _is_elsewhere(self, figure: Amount, phrase: tuple[int, int]) -> bool:
        """Whether a sum is of another item of the list it stands in."""
        before = self.text[phrase[0] : figure.start]
        if (item := _OTHER_ITEM.search(before)) and frames.aims(item["what"]):
            return True
        item = _ITEM_OF.search(self.text, max(self.frame.start, figure.start - _ITEM_SIZE), figure.start)
        if item and topics.topic(item["what"]) is None and not frames.names_whom(item["what"]):
            return True
        return before.endswith("、") and "券" in before and bool(_OTHER_POT.match(self.text[figure.end :]))

    def _topic(self, figure: Amount, phrase: tuple[int, int]) -> Topic:
        """The topic of the frame with the voucher named last before a figure, or right after it."""
        after = topics.named(self.text, figure.end, min(self.frame.end, figure.end + 16))
        if (
            after
            and not re.search("[,;/]", self.text[figure.end : after[0][0]])
            and after[0][2] != "compute_subsidy"
        ):
            return replace(self.topic, instrument=after[0][2])
        own = topics.named(self.text, self.frame.start, figure.start)
        last = _last(own, self.text, phrase[0], figure.start) if own else None
        if last is None or (last == "compute_subsidy" and self.topic.family == "compute"):
            return self.topic
        return replace(self.topic, instrument=last)

    def _figure(
        self, position: int, figure: Amount, phrase: tuple[int, int]
    ) -> Iterator[Draft | Floor | Dropped]:
        listed = self._is_listed(position)
        at = self._setting(position, phrase, listed)
        role, unit = self._role(figure, at)
        if role is None:
            return
        if listed and figure.kind in ("money", "share"):
            role = "none" if self.last == "spend_floor" else self.last
        self.last = role
        start, end = self.sentence.start + figure.start, self.sentence.start + figure.end
        if role == "none" or (role == "total_budget" and self._is_whole(figure)):
            yield self._dropped(figure)
            return
        topic = self._topic(figure, phrase)
        if role == "spend_floor":
            yield Floor(figure.value, topic, start, end)
            return
        self.has_rate |= role == "rate_cap"
        has_tier = role in ("rate_cap", "max_amount")
        draft = Draft(
            kind=role,
            value=figure.value,
            unit=unit,
            topic=topic,
            start=start,
            end=end,
            sentence=self.sentence,
            period=roles.period(at, role),
            basis=_basis(at) if role == "rate_cap" else None,
            applies_to=_clean(self.subject),
            tier=tiers.of(self.text, self.frame.start, self.figures, position) if has_tier else None,
            low=figure.low,
        )
        own = topics.named(self.text, self.frame.start, figure.start)
        if role == "total_budget" and at.before.endswith("各") and own:
            for instrument in dict.fromkeys(hit[2] for hit in own):
                yield replace(draft, topic=replace(topic, instrument=instrument))
        else:
            yield draft

    def _is_listed(self, position: int) -> bool:
        """Whether a figure goes on with a list of figures of its kind."""
        if not position:
            return False
        one, two = self.figures[position - 1], self.figures[position]
        return one.kind == two.kind and bool(_LIST.match(self.text[one.end : two.start]))

    def _setting(self, position: int, phrase: tuple[int, int], listed: bool) -> roles.Setting:
        """The words around a figure, up to its neighbours and the ends of its phrase."""
        text, figure = self.text, self.figures[position]
        ends = (f.end for f in self.figures[:position] if f.kind != "duration")
        left = phrase[0] if listed else max(phrase[0], max(ends, default=0))
        before = text[left : figure.start].rstrip("( ")
        gap = text[self.figures[position - 1].end : figure.start] if position else ""
        if _RAISED_TO.match(gap):
            before = text[phrase[0] : self.figures[position - 1].start] + gap
        following = self.figures[position + 1].start if position + 1 < len(self.figures) else len(text)
        return roles.Setting(
            words=text[figure.start : figure.end],
            before=before,
            after=text[figure.end : min(phrase[1], following)],
            frame=text[self.frame.start : left],
            sentence=text,
            has_rate=self.has_rate,
            has_cap=self.has_cap,
            subject=self.frame.subject is not None,
            named=self.topic.named,
            is_last=self.sentence.is_open and figure.end >= len(text.rstrip()),
            part_of_pot=roles.parted(self.folded, self.sentence.start + figure.start),
            headings=self.sentence.headings,
        )

    def _role(self, figure: Amount, at: roles.Setting) -> tuple[roles.Role | None, str]:
        """The part of a figure and its unit; null for a number that is neither aid nor a condition of it."""
        if figure.kind == "share":
            return roles.share(figure, at), figure.unit
        if figure.kind == "money":
            role = roles.money(figure, at) if figure.unit == "CNY" else "none"
            if role != "none" and (each := roles.per(at.before)) is not None:
                return "per_unit", f"{figure.unit}/{each}"
            return role, figure.unit
        if figure.kind == "per_unit":
            is_paid = _AID_WORD.search(self.text) and not _DEARER.search(at.before)
            return "per_unit" if is_paid else "none", figure.unit
        if figure.kind == "quantity" and figure.unit == "card-hour":
            is_given = _GIVEN.search(at.frame + at.before + at.after[:4])
            return "per_unit" if is_given else "none", figure.unit
        return None, figure.unit

    def _is_whole(self, figure: Amount) -> bool:
        """Whether a pot is only the sum of parts that are named after it, where nothing says that it is for compute."""
        return (
            self.frame.own is None
            and self.topic.instrument == "compute_subsidy"
            and _PARTS.match(self.text, figure.end) is not None
        )


def _figures(text: str) -> list[Amount]:
    """The amounts of a sentence, without those that only say another one in words: 30万元(大写:叁拾万元整), `补一半:按50%`."""
    found = amounts(text, is_folded=True)
    plain = {
        figure.value for figure in found if figure.kind == "share" and text[figure.end - 1] in "%之一二三四五"
    }
    return [
        figure
        for figure in found
        if not _IN_LETTERS.search(text, max(0, figure.start - 8), figure.start)
        and not (figure.value in plain and text[figure.start : figure.end] in ("一半", "半额"))
    ]


def _of_same_time(folded: str, one: Draft | None, two: Draft) -> Draft:
    """A cap that goes on with the yearly one before it: `每年不超过150万元,初创企业不超过60万元`."""
    if (
        one is None
        or two.period is not None
        or one.period != "per_year"
        or one.topic.family != two.topic.family
    ):
        return two
    goes_on = _ELSEWISE.fullmatch(folded, one.end, two.start)
    return replace(two, period=one.period) if goes_on else two


def _comma(text: str, at: int) -> int:
    """Where what is said of an amount ends: the next comma, semicolon or sign between items, or the end."""
    match = _ITEM_END.search(text, at)
    return match.start() if match else len(text)


def _last(own: list[topics.Hit], text: str, start: int, end: int) -> Instrument:
    """Of the vouchers named before a number the last one. Of a list (模型券、算力券、数据券合计10万元) the one for compute, else
    its first; of several before the phrase of the number (算力券、数据券各1亿元,按算力费用的30%) the one its phrase speaks of."""
    listed = [own[-1]]
    for hit in reversed(own[:-1]):
        if not _LISTS.fullmatch(text, hit[1], listed[-1][0]):
            break
        listed.append(hit)
    if len(listed) > 1:
        names = [instrument for _, _, instrument in reversed(listed)]
        return next((name for name in names if topics.FAMILY[name] == "compute"), names[0])
    if own[-1][0] < start and len({hit[2] for hit in own}) > 1:
        said = topics.topic(text[start:end])
        for _, _, instrument in reversed(own):
            if said is not None and topics.FAMILY[instrument] == said.family:
                return instrument
    return own[-1][2]


def _basis(at: roles.Setting) -> str | None:
    """What a share is taken of: 合同金额, 实际支出费用."""
    if (after := _BASE_AFTER.match(at.after)) is not None:
        return after["base"]
    match = _BASE.search(at.before[-44:])
    if match is None:
        return None
    words = _BASE_LEAD.sub("", _BASE_LEAD.sub("", match["base"])).strip("\"'()")
    return words if len(words) > 1 and _SPEND_NOUN.search(words) else None


def _clean(words: str | None) -> str | None:
    if not words:
        return None
    words = words.strip(" \"'")
    if words.count("(") != words.count(")"):
        words = words.strip("() ")
    return words[:80] or None


def distinct(drafts: list[Draft]) -> list[Draft]:
    """Each promise once: a lead repeats the body, a summary its article. Two articles may promise the same number to
    different subjects, and so may two frames of one sentence: these stay."""
    same: dict[tuple[object, ...], list[Draft]] = {}
    for draft in drafts:
        key = (draft.kind, draft.value, draft.unit, draft.topic.family, draft.topic.side)
        group = same.setdefault(key, [])
        twin = next((at for at, other in enumerate(group) if _repeats(other, draft)), None)
        if twin is None and len(group) < _MOST:
            group.append(draft)
        elif twin is not None:
            one, two = group[twin], draft
            kept = two if _detail(two) > _detail(one) else one
            group[twin] = replace(kept, period=kept.period or one.period or two.period)
    return sorted((draft for group in same.values() for draft in group), key=lambda draft: draft.start)


_MOST = 40
"""Promises of one number kept apart at most: more are no notice, and hostile text stays cheap."""


def _repeats(one: Draft, two: Draft) -> bool:
    if one.sentence is two.sentence:
        return False
    if one.kind == "total_budget":
        return True
    if 0 <= two.sentence.start - one.sentence.end <= 1 and not two.sentence.opens_line:
        return one.applies_to is not None and one.applies_to == two.applies_to
    if not (one.sentence.headings and two.sentence.headings):
        return True
    if one.applies_to is None or two.applies_to is None:
        return one.tier == two.tier
    return one.applies_to == two.applies_to


def _detail(draft: Draft) -> int:
    return (
        sum(part is not None for part in (draft.period, draft.basis, draft.applies_to)) + draft.topic.strength
    )
